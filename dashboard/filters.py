"""The filters at the side, and the line that says which are set and takes them off again."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

import pandas as pd
import streamlit as st

from dashboard.choice import choose_view, fill_widget, get_choice
from dashboard.words import escape_markdown, shorten
from pipeline.view import NOT_STATED, ORDERS, View

LISTS = {
    "countries": ("Country", "country"),
    "cities": ("City", "city"),
    "types": ("Type", "event_type"),
    "perpetrators": ("Perpetrator", "perpetrator"),
}
FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)


def draw_filters(incidents: pd.DataFrame) -> None:
    """Draw the filters for all incidents; each changes the view that is chosen."""
    view = get_choice().view
    for key in ("since", "until", "killed_from", "killed_to", "words", "order"):
        fill_widget(key, getattr(view, key))
    for key in LISTS:
        fill_widget(key, list(getattr(view, key)))
    st.text_input(
        "Search", key="words", type="search", icon=":material/search:", on_change=take_filters, live=False,
        placeholder="words of the sentence, place …",
        help="Finds incidents whose title, place, names or source sentence hold every word.",
    )  # fmt: skip
    _draw_days()
    for key, (label, column) in LISTS.items():
        values = Counter(incidents[column])
        if key != "countries" or len(values) > 1 or view.countries:
            _draw_list(key, label, values, getattr(view, key))
    _draw_killed()
    st.selectbox(
        "Order of table and download", list(ORDERS), key="order", format_func=_say_order, on_change=take_filters
    )
    st.button("Reset all filters", icon=":material/restart_alt:", on_click=choose_view, args=(View(),), width="stretch")


def draw_chips(view: View) -> None:
    """Draw what is asked, each with a button that no longer asks it."""
    chips = view.chips()
    if not chips:
        return
    with st.container(horizontal=True, gap="xsmall", key="chips"):
        for number, (words, rest) in enumerate(chips):
            label, shown = escape_markdown(shorten(words, 42)), f"Take off: {escape_markdown(words)}"
            st.button(label, key=f"chip-{number}", icon=":material/close:", icon_position="right", help=shown,
                      on_click=choose_view, args=(rest,))  # fmt: skip
        st.button("Reset", key="reset", type="tertiary", on_click=choose_view, args=(View(order=view.order),))


def take_filters() -> None:
    """Make what the widgets hold the view."""
    state = st.session_state
    choose_view(
        View(
            since=state.since, until=state.until, killed_from=state.killed_from, killed_to=state.killed_to,
            words=state.words or "", order=state.order,
            **{key: tuple(state.get(key, ())) for key in LISTS},
        )
    )  # fmt: skip


def _draw_days() -> None:
    """Draw the two ends of the days asked."""
    help_text = "Keeps what can have happened in these days: a month is kept by any of its days."
    for column, (key, label) in zip(st.columns(2, gap="xsmall"), (("since", "From"), ("until", "To")), strict=True):
        column.date_input(
            label, key=key, format="YYYY-MM-DD", min_value=FIRST, max_value=LAST, on_change=take_filters,
            help=help_text if key == "until" else None,
        )  # fmt: skip


def _draw_list(key: str, label: str, values: Counter[str], chosen: Iterable[str]) -> None:
    """Draw a choice among values, the most frequent first; a link may ask for one that does not occur."""
    options = sorted(values, key=lambda value: (not value, -values[value], value))
    options += [value for value in chosen if value not in values]
    st.multiselect(
        label, options, key=key, on_change=take_filters, placeholder="any",
        format_func=lambda value: f"{shorten(value or NOT_STATED, 60)} · {values[value]:,}",
    )  # fmt: skip


def _draw_killed() -> None:
    """Draw the range of people killed."""
    help_text = "By the best figure, else the lower, else the upper one. Incidents without a figure have no number."
    ends = (("killed_from", "Killed, at least"), ("killed_to", "at most"))
    for column, (key, label) in zip(st.columns(2, gap="xsmall"), ends, strict=True):
        column.number_input(
            label, key=key, min_value=0, max_value=999_999_999, step=1, placeholder="any", on_change=take_filters,
            help=help_text if key == "killed_to" else None,
        )  # fmt: skip


def _say_order(order: str) -> str:
    """Say how an order sorts."""
    return {"newest": "Newest first", "oldest": "Oldest first", "deadliest": "Most killed first"}[order]
