"""Where a person is on the review page: the worklist and the incident, which stand in the link with the filters."""

from dataclasses import dataclass, replace

import streamlit as st

from dashboard.choice import Choice, choose_view, get_choice
from dashboard.release import FIELD
from dashboard.worklists import LISTS
from pipeline.view import KEYS, View

Query = dict[str, list[str]]
TAB = "review-list"  # the widget of the worklists


@dataclass(frozen=True, slots=True)
class Place:
    """A worklist, and the incident of it that is open, "" for the first; `other` names the second of a pair."""

    tab: str = "queue"
    incident: str = ""
    other: str = ""

    def to_query(self) -> Query:
        """Give the fields of the link.

        >>> Place("same", "a:0", "b:0").to_query(), Place().to_query()
        ({'tab': ['same'], 'incident': ['a:0'], 'with': ['b:0']}, {})
        """
        told = {"tab": self.tab if self.tab != "queue" else "", "incident": self.incident, "with": self.other}
        return {name: [value] for name, value in told.items() if value}


def read_place(query: Query) -> Place:
    """Read the fields of a link.

    >>> read_place({"tab": ["nothing"], "incident": ["a:0"]})
    Place(tab='queue', incident='a:0', other='')
    """
    tab, incident, other = ((query.get(name) or [""])[-1] for name in ("tab", "incident", "with"))
    return Place(tab if tab in LISTS else "queue", incident, other)


def open_place(*, acted: bool) -> Place:
    """Give where one is: as the link says where one was opened, else as the page itself left it."""
    state, query = st.session_state, {key: st.query_params.get_all(key) for key in st.query_params}
    clicked = state.pop("review_clicked", False) or acted
    if "choice" not in state:
        state.update(choice=Choice(View.from_query(query)), link=None, unread=[])
    if "review_place" not in state or (query and not clicked and query != state.get("review_link")):
        if KEYS & set(query):
            choose_view(replace(View.from_query(query), order=get_choice().view.order))
        state.review_place = read_place(query)
    place: Place = state.review_place
    return place


def go_to(place: Place) -> None:
    """Go somewhere."""
    st.session_state.review_place = place
    st.session_state.review_clicked = True


def write_place(place: Place) -> None:
    """Bring the link up to where one is."""
    state = st.session_state
    state.review_place = place
    release = get_choice().settings.get(FIELD)
    query = get_choice().view.to_query() | place.to_query() | ({FIELD: [release]} if release else {})
    if query != {key: st.query_params.get_all(key) for key in st.query_params}:
        st.query_params.from_dict(query)
    state.review_link = query


def take_tab() -> None:
    """Go to the worklist that was picked."""
    picked = st.session_state[TAB]
    if picked:
        go_to(Place(picked))
