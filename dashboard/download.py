"""The download: what is shown, exactly and in its order, as one of the formats of `pipeline.brief`.

Nothing is written before it is asked for.
"""

from datetime import date
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from dashboard.choice import get_release
from dashboard.load import Shown
from dashboard.service.log import time_event
from dashboard.who import find_person
from dashboard.words import escape_markdown, shorten
from pipeline.brief.formats import FORMATS, Format
from pipeline.curation.editions import note_export
from pipeline.curation.place import curation_of_page

NAMES = {one.name: one.about for one in FORMATS}
FEW, MANY = 10_000, 50_000  # incidents: a workbook of more takes its time; one of fewer always has rows enough


def draw_download(shown: Shown) -> None:
    """Draw the download of what is shown."""
    with st.popover("Download", icon=":material/download:", key="download"), st.container(key="formats"):
        _draw_menu(shown)


@st.fragment
def _draw_menu(shown: Shown) -> None:
    """Draw what is taken along, the choice of formats, and the button; choosing draws nothing else anew."""
    view, many = shown.view, shown.counts().shown
    with st.container(gap=None):
        st.markdown(f"**{many:,} {'incident' if many == 1 else 'incidents'}**, in the order of the table")
        st.caption(escape_markdown(shorten(view.in_words(), 240)))
    name = st.radio("Format", list(NAMES), captions=list(NAMES.values()), key="format", width="stretch",
                    label_visibility="collapsed")  # fmt: skip
    chosen = _choose_columns([one for one in FORMATS if one.name == name])
    refusal = chosen.refuse(shown.store, view) if many > MANY else ""
    if refusal:
        st.warning(refusal, icon=":material/block:")
    elif chosen.key == "xlsx" and many > FEW:
        st.caption("A workbook of this size takes some minutes; CSV takes seconds.")
    file = chosen.name_file(view, date.today(), get_release())
    st.download_button(
        f"Download {chosen.name}", partial(_take_along, chosen, shown, find_link(shown)), file_name=file,
        mime=chosen.mime, type="primary", icon=":material/download:", on_click="ignore", key="save", width="stretch",
        disabled=not many or bool(refusal),
    )  # fmt: skip
    st.caption(escape_markdown(file) if many else "There is nothing to take along: no incident fits the filters.")


def _take_along(chosen: Format, shown: Shown, link: str) -> bytes:
    """Write what is shown, and note that it was taken along, for "what changed since the last export"."""
    with time_event("export", format=chosen.key, incidents=shown.counts().shown) as said:
        content = chosen.write(shown.store, shown.view, link)
        said["bytes"] = len(content)
    note_export(curation_of_page(), find_person().name, shown.store.seal(), shown.view.to_url())
    return content


def _choose_columns(formats: list[Format]) -> Format:
    """Draw the choice of columns where a format has one, and give what is chosen."""
    if len(formats) == 1:
        return formats[0]
    labels = {one.full: f"{'All' if one.full else 'Main'} {len(one.columns)} columns" for one in formats}
    full = st.segmented_control(
        "Columns", list(labels), default=False, required=True, format_func=labels.__getitem__, key="columns",
        label_visibility="collapsed", width="stretch",
    )  # fmt: skip
    return next(one for one in formats if one.full == full)


def find_link(shown: Shown) -> str:
    """Give the address of this view."""
    release = {"release": [name]} if (name := get_release()) else {}
    address, asked = st.context.url or "", urlencode(shown.view.to_query() | release, doseq=True)
    return f"{address}?{asked}" if asked else address
