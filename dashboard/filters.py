"""The filters at the side, and the line that says which are set and takes them off again."""

from collections.abc import Iterable, Mapping
from datetime import date

import streamlit as st

from dashboard.choice import choose_view, fill_widget, get_choice
from dashboard.load import Shown
from dashboard.words import escape_markdown, shorten
from pipeline.view import DAY_STEPS, NOT_STATED, ORDERS, PICKS, PLACE_STEPS, Pick, View

FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)
LADDERS = {"place_step": ("Place known to", PLACE_STEPS), "day_step": ("Day known to", DAY_STEPS)}
NUMBERS = ("killed_from", "killed_to", "injured_from", "injured_to")


def draw_filters(shown: Shown) -> None:
    """Draw the filters; each changes the view that is chosen, and says what its values would keep."""
    view = shown.view
    for key in ("since", "until", *NUMBERS, "stories_from", "words", "order", "claims"):
        fill_widget(key, getattr(view, key))
    for key in LADDERS:
        fill_widget(key, getattr(view, key) or None)
    for pick in PICKS:
        fill_widget(pick.field, list(getattr(view, pick.field)))
    st.text_input(
        "Search", key="words", type="search", icon=":material/search:", on_change=take_filters, live=False,
        placeholder="words of the sentence, place …",
        help="Finds incidents whose title, place, names or source sentence hold every word.",
    )  # fmt: skip
    _draw_days()
    facets = shown.facets()
    for pick in PICKS:
        values = facets[pick.key]
        if len(values) > 1 or getattr(view, pick.field):
            _draw_list(pick, values, getattr(view, pick.field))
    for measure in ("killed", "injured"):
        _draw_people(measure)
    for key, (label, steps) in LADDERS.items():
        st.selectbox(label, steps, key=key, index=None, placeholder="any", on_change=take_filters,
                     format_func=lambda step: f"{step} or better")  # fmt: skip
    st.number_input("Independent stories, at least", key="stories_from", min_value=1, max_value=999, step=1,
                    placeholder="any", on_change=take_filters)  # fmt: skip
    st.toggle("Count perpetrators' own figures", key="claims", on_change=take_filters,
              help="Off: what only the perpetrator says of killed and injured is left out of every sum.")  # fmt: skip
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
    asked = {key: state.get(key) for key in ("since", "until", *NUMBERS, "stories_from")}
    asked |= {key: state.get(key) or "" for key in (*LADDERS, "words")}
    asked |= {pick.field: tuple(state.get(pick.field, ())) for pick in PICKS}
    choose_view(View(**asked, order=state.order, claims=state.claims, box=get_choice().view.box))


def _draw_days() -> None:
    """Draw the two ends of the days asked."""
    help_text = "Keeps what can have happened in these days: a month is kept by any of its days."
    for column, (key, label) in zip(st.columns(2, gap="xsmall"), (("since", "From"), ("until", "To")), strict=True):
        column.date_input(
            label, key=key, format="YYYY-MM-DD", min_value=FIRST, max_value=LAST, on_change=take_filters,
            help=help_text if key == "until" else None,
        )  # fmt: skip


def _draw_list(pick: Pick, values: Mapping[str, int], chosen: Iterable[str]) -> None:
    """Draw a choice among values, the most frequent first; a link may ask for one that does not occur."""
    options = sorted(values, key=lambda value: (not value, -values[value], value))
    options += [value for value in chosen if value not in values]
    st.multiselect(
        pick.label.capitalize(), options, key=pick.field, on_change=take_filters, placeholder="any",
        format_func=lambda value: f"{shorten(value or NOT_STATED, 60)} · {values.get(value, 0):,}",
    )  # fmt: skip


def _draw_people(measure: str) -> None:
    """Draw the range of people killed or injured."""
    help_text = "By the best figure, else the lower, else the upper one. Incidents without a figure have no number."
    ends = ((f"{measure}_from", f"{measure.capitalize()}, at least"), (f"{measure}_to", "at most"))
    for column, (key, label) in zip(st.columns(2, gap="xsmall"), ends, strict=True):
        column.number_input(
            label, key=key, min_value=0, max_value=999_999_999, step=1, placeholder="any", on_change=take_filters,
            help=help_text if key == f"{measure}_to" else None,
        )  # fmt: skip


def _say_order(order: str) -> str:
    """Say how an order sorts."""
    return {
        "newest": "Newest first",
        "oldest": "Oldest first",
        "deadliest": "Most killed first",
        "doubtful": "Most doubtful first",
    }[order]
