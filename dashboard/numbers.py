"""The page of numbers: what the incidents add up to over time, by place, by who and whom, beside what others count.

Every chart follows every filter, says in a sentence what it shows, and stands as a table too.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import streamlit as st

from dashboard.chart_cities import draw_cities
from dashboard.chart_claims import draw_claims, draw_claims_by_place
from dashboard.chart_look import count_of, draw_sentence
from dashboard.chart_months import draw_months
from dashboard.chart_totals import draw_totals
from dashboard.chart_whom import draw_whom
from dashboard.choice import choose_setting, choose_view, fill_widget, get_choice, get_setting, open_link, write_link
from dashboard.download import draw_download
from dashboard.filters import draw_chips, draw_filters
from dashboard.headline import draw_headline
from dashboard.load import Shown, load_store
from dashboard.words import escape_markdown

PER = {"month": "Month", "quarter": "Quarter", "year": "Year"}


def draw_numbers() -> None:
    """Draw the page."""
    open_link(picked=False)
    store, stamp = load_store()
    st.html(Path(__file__).with_name("numbers.css"))
    shown = Shown(store, stamp, get_choice().view)
    with st.sidebar:
        draw_filters(shown)
    write_link()
    with st.container(horizontal=True, vertical_alignment="center", key="title"):
        st.title("Numbers", width="stretch", anchor=False)
        draw_download(shown)
    for part in st.session_state.get("unread", []):
        st.warning(
            f"A part of the link could not be read and is left out: {escape_markdown(part)}", icon=":material/link_off:"
        )
    draw_headline(shown)
    draw_chips(shown.view)
    if not shown.counts().shown:
        asked = escape_markdown(shown.view.in_words())
        words = f"No incident fits {asked}. Take off a filter above, or widen the days."
        st.info(words, icon=":material/filter_alt_off:")
        _draw_section("What others count", draw_totals, shown)
        return
    _draw_time(shown)
    step = get_setting("per")
    with st.container(key="pair"):
        left, right = st.columns(2, gap="medium")
    with left:
        _draw_section("Into the cities?", draw_cities, shown, step)
    with right:
        _draw_section("Claimed and confirmed", draw_claims, shown, step)
    _draw_section("Claimed and confirmed, by place", draw_claims_by_place, shown, step)
    _draw_section("From whom to whom", draw_whom, shown, step)
    _draw_section("What others count", draw_totals, shown)


def _draw_time(shown: Shown) -> None:
    """Draw incidents and killed over time, with what a period is and whose figures count."""
    fill_widget("per", get_setting("per"))
    fill_widget("independent", not shown.view.claims)
    with st.container(horizontal=True, vertical_alignment="center", key="time-head"):
        st.markdown("#### Incidents and killed over time", width="content")
        st.segmented_control("Count by", list(PER), key="per", format_func=PER.__getitem__, required=True,
                             label_visibility="collapsed", on_change=choose_setting, args=("per",))  # fmt: skip
        st.space("stretch")
        st.toggle("Without perpetrators' own figures", key="independent", on_change=_take_toggle,
                  help="What only the perpetrator says of killed and injured is left out of every sum.")  # fmt: skip
    _say_claims(shown)
    draw_months(shown, get_setting("per"))


def _take_toggle() -> None:
    """Count perpetrators' own figures or not."""
    choose_view(replace(get_choice().view, claims=not st.session_state.independent))


def _say_claims(shown: Shown) -> None:
    """Say what perpetrators' own figures make of the sums."""
    with_them, without = (shown.of(replace(shown.view, claims=claims)).counts().killed for claims in (True, False))
    mute = without.without - with_them.without
    if mute > 0:
        every, other = (max(total.best, total.low) for total in (with_them, without))
        where = f"in {count_of(mute, 'incident')}{'' if shown.view.claims else ': they are left out here'}"
        draw_sentence(f"Of {every:,} killed, {every - other:,} rest on what only the perpetrator says, {where}.")


def _draw_section(title: str, draw: Callable[..., None], *given: object) -> None:
    """Draw a part of the page under its heading."""
    st.markdown(f"#### {title}")
    draw(*given)
