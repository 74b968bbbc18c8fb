"""What the reader has chosen: one view and one incident, shared by the timeline, the map, the table and the link.

The link always says what the page shows. A link that is opened, or reached by the browser's back button, is read
anew; every other change comes from the page and is written into the link.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import streamlit as st

from pipeline.view import View, find_unread

DRAWINGS = ("timeline", "map")
LANES = {"city": "City", "event_type": "Type", "perpetrator": "Perpetrator", "country": "Country"}
# How the page shows what is asked: for each setting of the link its values, the usual one first.
SETTINGS: dict[str, tuple[str, ...]] = {
    "lane": tuple(LANES),
    "map": ("places", "provinces"),
    "shade": ("incidents", "killed"),
}
Query = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """The view, the incident that is open ("" for none), settings that are not usual, and a place to list."""

    view: View = field(default_factory=View)
    incident: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    listed: tuple[str, ...] = ()
    place: str = ""

    def to_query(self) -> Query:
        """Give the fields of the link.

        >>> Choice(View(cities=("Kabul",)), "a:12").to_query()
        {'city': ['Kabul'], 'incident': ['a:12']}
        """
        query = self.view.to_query() | {name: [value] for name, value in self.settings.items()}
        if self.incident:
            query["incident"] = [self.incident]
        return query


def open_link(*, picked: bool) -> None:
    """Take the choice from the link where it was opened or gone back to, and not written by the page itself.

    `picked` says that a row was picked just now.
    """
    state, query = st.session_state, _read_query()
    # The browser tells of a link that we wrote only after the click that follows, so a click never is a new link.
    clicked = _is_clicked() or picked
    if "choice" in state and (clicked or query == state.link or (state.link is None and not query)):
        return
    incident = (query.get("incident") or [""])[-1]
    state.unread = find_unread(query)
    asked = {name: query[name][-1] for name in SETTINGS if query.get(name)}
    settings = {name: value for name, value in asked.items() if value in SETTINGS[name][1:]}
    state.choice = Choice(View.from_query(query), incident, settings)


def write_link() -> None:
    """Bring the link up to what is chosen."""
    query = get_choice().to_query()
    if query != _read_query():
        st.query_params.from_dict(query)
    st.session_state.link = query
    st.session_state.clicked = False


def leave_link() -> None:
    """Let go of the link on a page that has none, so that the choice is still there when the reader returns."""
    st.session_state.link = None


def _read_query() -> Query:
    """Give the fields of the link that the browser shows."""
    return {key: st.query_params.get_all(key) for key in st.query_params}


def _is_clicked() -> bool:
    """Say whether a click on a widget or on one of the drawings made this run."""
    drawings = {key: repr(st.session_state.get(key)) for key in DRAWINGS}
    return is_new("drawings", drawings) or bool(st.session_state.get("clicked"))


def get_choice() -> Choice:
    """Give what is chosen now."""
    choice: Choice = st.session_state.choice
    return choice


def choose_view(view: View) -> None:
    """Show another view; a list of incidents of one place belongs to the old one."""
    _choose(view=view, listed=(), place="")


def choose_days(since: date | None, until: date | None) -> None:
    """Show other days."""
    choose_view(replace(get_choice().view, since=since, until=until))


def choose_incident(incident_id: str) -> None:
    """Open an incident, or close the one that is open with ""."""
    _choose(incident=incident_id)


def list_incidents(incident_ids: tuple[str, ...], place: str) -> None:
    """List the incidents of one place to choose from, none to close the list; a single one is opened at once."""
    if len(incident_ids) == 1:
        _choose(incident=incident_ids[0], listed=(), place="")
    else:
        _choose(incident="", listed=incident_ids, place=place)


def get_setting(name: str) -> str:
    """Give how the page shows something."""
    return get_choice().settings.get(name, SETTINGS[name][0])


def choose_setting(name: str, value: str | None = None) -> None:
    """Show something another way; without a value, as the widget of that name says."""
    asked = value or st.session_state[name] or SETTINGS[name][0]
    settings = {key: kept for key, kept in get_choice().settings.items() if key != name}
    _choose(settings=settings if asked == SETTINGS[name][0] else settings | {name: asked})


def _choose(**changes: Any) -> None:  # noqa: ANN401  fields of Choice
    """Change the choice."""
    st.session_state.choice = replace(get_choice(), **changes)
    st.session_state.clicked = True


def is_new(source: str, value: object) -> bool:
    """Say whether a part of the page reports something else than the last time it was asked.

    Selections stay in their widgets, so that only a change is a click.
    """
    seen: dict[str, object] = st.session_state.setdefault("seen", {})
    changed = seen.get(source) != value
    seen[source] = value
    return changed


def fill_widget(key: str, value: Any) -> None:  # noqa: ANN401  what a widget holds is its own affair
    """Let a widget show what is chosen; untouched where it already does, so that typing is not disturbed."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
