"""The menu of briefs: a file of what is shown to hand out, made on a click while the page stays in use.

It says how far it is, and saves the file when it is made. Beside it stands the speaker mode, which needs no file.
"""

from datetime import date
from functools import partial
from pathlib import Path
from secrets import token_hex

import streamlit as st

from dashboard.brief_job import BriefJob, Order, find_job, start_job
from dashboard.choice import choose_setting, get_release
from dashboard.component import make_component
from dashboard.download import find_link
from dashboard.load import Shown
from dashboard.who import find_person
from dashboard.words import escape_markdown, shorten
from pipeline.brief.briefing import Changes
from pipeline.brief.briefs import BRIEFS, PAPERS, Brief, Options
from pipeline.curation.editions import note_export
from pipeline.curation.place import curation_of_page
from pipeline.curation.releases import ReleaseError
from pipeline.curation.since import choose_usual, find_state, load_changes, offer_states

BY_NAME = {one.name: one for one in BRIEFS.values()}
NO_CHANGES = "Do not tell what changed"
FORMS = {"pdf": "PDF", "png": "PNG", "docx": "Word", "md": "Markdown"}
STEPS = {"incidents": "By incident", "weeks": "By week"}


def draw_briefs(shown: Shown) -> None:
    """Draw the menu of what can be handed out of what is shown."""
    with st.popover("Brief", icon=":material/slideshow:", key="brief"), st.container(key="brief-body"):
        _draw_menu(shown)


@st.fragment
def _draw_menu(shown: Shown) -> None:
    """Draw the choice, then the button, the progress or the file; choosing draws nothing else anew."""
    many = shown.counts().shown
    with st.container(gap=None):
        st.markdown(f"**{many:,} {'incident' if many == 1 else 'incidents'}**, to hand out as")
        st.caption(escape_markdown(shorten(shown.view.in_words(), 240)))
    name = st.radio("Brief", list(BY_NAME), key="brief-kind", width="stretch", label_visibility="collapsed")
    st.caption(BY_NAME[name].about)
    order = _choose_order(shown, BY_NAME[name])
    with st.container(key="brief-make"):
        _draw_making(order)
    with st.container(horizontal=True, vertical_alignment="center", key="brief-speak"):
        st.markdown("Speaker mode", width="stretch")
        for step, label in STEPS.items():
            st.button(label, icon=":material/slideshow:" if step == "incidents" else ":material/date_range:",
                      key=f"speak-{step}", on_click=choose_setting, args=("speak", step))  # fmt: skip


def _choose_order(shown: Shown, brief: Brief) -> Order:
    """Draw the options that a kind of file has, and give what is ordered."""
    ending = _choose(f"brief-form-{brief.key}", "Form", {one: FORMS.get(one, one) for one in brief.endings})
    paper = _choose(f"brief-paper-{brief.key}", "Paper", {one: PAPERS[one] for one in brief.papers})
    template, since = None, ""
    if brief.tells_changes:
        since = _choose_since()
    if brief.takes_template:
        given = st.file_uploader("Your own template", type=["pptx", "potx"], key="brief-template")
        template = given.getvalue() if given else None
    return Order(
        brief, shown.store, (str(shown.store.folder), shown.stamp), shown.view, find_link(shown),
        Options(ending=ending, paper=paper, template=template), since,
        partial(_find_changes, since, shown.store.folder),
    )  # fmt: skip


def _choose(key: str, label: str, offered: dict[str, str]) -> str:
    """Draw a choice where there is more than one, and give what is chosen."""
    if len(offered) < 2:
        return next(iter(offered), "")
    return str(
        st.segmented_control(label, list(offered), default=next(iter(offered)), required=True, key=key,
                             format_func=offered.__getitem__, label_visibility="collapsed")
    )  # fmt: skip


def _choose_since() -> str:
    """Draw the choice of the state since which the file tells what changed, "" for none."""
    curation = curation_of_page()
    offered = {"": NO_CHANGES, **dict(offer_states(curation))}
    usual = st.session_state.setdefault("brief-since-usual", choose_usual(curation))
    if usual not in offered:
        offered[usual] = f"Since {usual}, the oldest state kept"
    return str(st.selectbox("What changed", list(offered), index=list(offered).index(usual), key="brief-since",
                            format_func=offered.__getitem__))  # fmt: skip


def _find_changes(since: str, folder: Path) -> Changes | None:
    """Find what changed; where the last export is not kept any more, nothing is told."""
    if not since:
        return None
    try:
        state = find_state(curation_of_page(), since)
    except ReleaseError:
        return None
    return Changes(state.words, load_changes(state, folder), state.note)


def _draw_making(order: Order) -> None:
    """Draw the button that makes the file; while it is made, how far it is; then the file."""
    job = find_job(order)
    asked = st.session_state.get("brief-asked") == order.key
    if job is None or job.failure or not (asked or job.is_over):
        st.button(f"Make {_name(order.brief)}", type="primary", icon=":material/slideshow:", key="brief-start",
                  width="stretch", on_click=_start, args=(order,))  # fmt: skip
        if job is not None and job.failure and asked:
            st.error(escape_markdown(job.failure), icon=":material/block:")
    elif job.is_over:
        _draw_file(order, job)
    else:
        _watch(job)


def _name(brief: Brief) -> str:
    """Name a kind of file in a sentence."""
    return brief.name if brief.name[:2].isupper() else brief.name[0].lower() + brief.name[1:]


def _start(order: Order) -> None:
    """Start to make what is ordered."""
    st.session_state["brief-asked"] = order.key
    st.session_state["brief-save"] = order.key
    start_job(order)


@st.fragment(run_every=0.4)
def _watch(job: BriefJob) -> None:
    """Say how far it is, until it is over."""
    if job.is_over:
        st.rerun()
    st.progress(min(job.share, 1.0), text=f"{escape_markdown(job.doing)} …")


def _draw_file(order: Order, job: BriefJob) -> None:
    """Draw the button that saves the file, and press it once where the reader has just asked for the file."""
    file = order.brief.name_file(order.view, date.today(), order.options, get_release())
    label = f"Save {_name(order.brief)} · {_say_size(len(job.content))}"
    st.download_button(
        label, job.content, file_name=file, type="primary",
        mime=order.brief.mime(order.options), icon=":material/download:", on_click="ignore", key="brief-save-button",
        width="stretch",
    )  # fmt: skip
    st.caption(escape_markdown(file))
    if st.session_state.get("brief-save") == order.key:
        st.session_state.pop("brief-save")
        note_export(curation_of_page(), find_person().name, order.store.seal(), order.view.to_url())
        st.session_state["brief-saved"] = token_hex(8)
    asked = {"saved": st.session_state.get("brief-saved", ""), "label": label}
    _PRESS(key="brief-press", data=asked, height="content")


def _say_size(size: int) -> str:
    """Say how large a file is.

    >>> _say_size(160_964), _say_size(2_485_693), _say_size(900)
    ('161 kB', '2.5 MB', '1 kB')
    """
    return f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{max(round(size / 1000), 1)} kB"


_PRESS = make_component("incident_brief_press", "brief_press")
