"""The filters at the side, and the line that says which are set and takes them off again.

What is asked most stands open; the rest lies in groups, and a group opens by itself when it asks something.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.choice import choose_view, fill_widget, get_choice
from dashboard.load import Shown
from dashboard.words import escape_markdown, shorten
from pipeline.tables.store import Counts
from pipeline.view import DAY_STEPS, NOT_STATED, PICKS, PLACE_STEPS, Pick, View

FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)
MOST = 999_999_999
MOST_LISTED = 1_000  # values of one list; another can be typed
LADDERS = {"place_step": ("Place known to", PLACE_STEPS), "day_step": ("Day known to", DAY_STEPS)}
NUMBERS = ("killed_from", "killed_to", "injured_from", "injured_to", "stories_from")
BY_FIELD = {pick.field: pick for pick in PICKS}
Facets = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Group:
    """Filters that stand together under one head: fields of a view, in the order in which they are drawn."""

    name: str
    fields: tuple[str, ...]

    def count(self, view: View) -> int:
        """Count what a view asks of it."""
        usual = View()
        lists: list[int] = [len(getattr(view, field)) for field in self.fields if field in BY_FIELD]
        others = [getattr(view, field) != getattr(usual, field) for field in self.fields if field not in BY_FIELD]
        return sum(lists) + others.count(True)


OPEN = ("types", "perpetrators", "countries", "provinces", "cities")
GROUPS = (
    Group("Killed and injured", ("killed_from", "killed_to", "injured_from", "injured_to", "claims")),
    Group("How exact, how sure", ("place_step", "day_step", "stories_from", "verifications", "attributions")),
    Group("Target and weapon", ("targets", "weapons")),
    Group("Status and review", ("statuses", "reviews")),
)


def draw_filters(shown: Shown) -> None:
    """Draw the filters; each changes the view that is chosen, and says what its values would keep."""
    view, facets = shown.view, shown.facets()
    _fill_widgets(view)
    st.html(_STYLES)
    _draw_standing(shown.counts(), view)
    st.text_input(
        "Search", key="words", type="search", icon=":material/search:", on_change=take_filters, live=False,
        placeholder="words of title or sentence …", label_visibility="collapsed",
        help="Finds incidents whose title, place, names or source sentence hold every word.",
    )  # fmt: skip
    _draw_days()
    for field in OPEN:
        _draw_field(field, view, facets)
    opened: set[str] = st.session_state.setdefault("opened groups", set())
    for group in GROUPS:
        asked = group.count(view)
        # Once it has opened it stays so, and does not close under the hand that takes its last filter off.
        opened |= {group.name} if asked else set()
        with st.expander(f"{group.name} · {asked}" if asked else group.name, expanded=group.name in opened):
            for field in group.fields:
                _draw_field(field, view, facets)
    st.button("Reset all filters", icon=":material/restart_alt:", on_click=reset_filters, width="stretch",
              key="reset-all", disabled=view == view.without_filters() and view.claims)  # fmt: skip


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
        st.button("Reset", key="reset", type="tertiary", on_click=reset_filters)


def take_filters() -> None:
    """Make what the widgets hold the view; what has no widget stays."""
    state = st.session_state
    asked: dict[str, Any] = {key: state.get(key) for key in ("since", "until", *NUMBERS)}
    asked |= {key: state.get(key) or "" for key in (*LADDERS, "words")}
    asked |= {pick.field: tuple(state.get(pick.field, ())) for pick in PICKS}
    choose_view(replace(get_choice().view, **asked, claims=state.claims))


def reset_filters() -> None:
    """Ask nothing, in the same order."""
    st.session_state["opened groups"] = set()
    choose_view(View(order=get_choice().view.order))


def say_standing(counts: Counts, view: View) -> tuple[str, str]:
    """Say how many are shown, and what of them is in doubt or on no drawing."""
    rest = []
    if view.since or view.until:
        rest.append(f"{counts.certain:,} certainly inside")
    if counts.undated:
        rest.append(f"{counts.undated:,} without a date")
    if counts.unplaced:
        rest.append(f"{counts.unplaced:,} without a place")
    return f"{counts.shown:,} of {counts.total:,} shown", ", ".join(rest)


def _draw_standing(counts: Counts, view: View) -> None:
    """Draw how many are shown."""
    first, rest = say_standing(counts, view)
    st.html(f'<div class="standing" role="status"><b>{first}</b>{f", {rest}" if rest else ""}</div>')


def _fill_widgets(view: View) -> None:
    """Let the widgets show what the view asks."""
    for key in ("since", "until", *NUMBERS, "words", "claims"):
        fill_widget(key, getattr(view, key))
    for key in LADDERS:
        fill_widget(key, getattr(view, key) or None)
    for pick in PICKS:
        fill_widget(pick.field, list(getattr(view, pick.field)))


def _draw_field(field: str, view: View, facets: Facets) -> None:
    """Draw the widget of one field; the upper end of a range comes with its lower one."""
    if field in BY_FIELD:
        _draw_list(BY_FIELD[field], facets[BY_FIELD[field].key], getattr(view, field))
    elif field in LADDERS:
        label, steps = LADDERS[field]
        st.selectbox(label, steps, key=field, index=None, placeholder="any", on_change=take_filters,
                     format_func=lambda step: step if step == steps[0] else f"{step} or better")  # fmt: skip
    elif field == "stories_from":
        st.number_input("Independent stories, at least", key=field, min_value=0, max_value=MOST, step=1,
                        placeholder="any", on_change=take_filters,
                        help="Copies of one text count as one story.")  # fmt: skip
    elif field == "claims":
        st.toggle("Count perpetrators’ own figures", key=field, on_change=take_filters,
                  help="Off: what only the perpetrator says of killed and injured is in no sum.")  # fmt: skip
    elif field.endswith("_from"):
        _draw_people(field.removesuffix("_from"))


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
    many = len(options) > MOST_LISTED
    options = options[:MOST_LISTED] + ([""] if many and "" in values else [])
    options += [value for value in chosen if value not in options]
    st.multiselect(
        pick.label.capitalize(), options, key=pick.field, on_change=take_filters, select_all=False,
        placeholder=f"any of {len(values):,}" if len(values) > 1 else "any", accept_new_options=many,
        format_func=lambda value: f"{shorten((value or NOT_STATED).replace('_', ' '), 60)} · {values.get(value, 0):,}",
        help=f"The {MOST_LISTED:,} commonest are listed; type another in full." if many else None,
    )  # fmt: skip


def _draw_people(measure: str) -> None:
    """Draw the range of people killed or injured."""
    help_text = "By the best figure, else the lower, else the upper one. Incidents without a figure have no number."
    ends = ((f"{measure}_from", f"{measure.capitalize()}, at least"), (f"{measure}_to", "at most"))
    for column, (key, label) in zip(st.columns([6, 5], gap="xsmall"), ends, strict=True):
        column.number_input(
            label, key=key, min_value=0, max_value=MOST, step=1, placeholder="any", on_change=take_filters,
            help=help_text if key == f"{measure}_to" else None,
        )  # fmt: skip


_STYLES = Path(__file__).with_name("filters.css")
