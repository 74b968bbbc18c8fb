"""What the reader has chosen: one view and one incident, shared by the timeline, the map, the table and the link.

The link always says what the page shows. A link that is opened, or reached by the browser's back button, is read
anew; every other change comes from the page and is written into the link.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from dashboard.columns import clean_columns
from pipeline.view import KEYS, View, find_unread

DRAWINGS = ("timeline", "map")
LANES = {"city": "City", "event_type": "Type", "perpetrator": "Perpetrator", "country": "Country"}
# How the page shows what is asked: for each setting of the link its values, the usual one first.
SETTINGS: dict[str, tuple[str, ...]] = {
    "lane": tuple(LANES),
    "step": ("month", "week", "day"),
    "way": ("window", "cumulative"),
    "eras": ("shown", "hidden"),
    "map": ("places", "clusters", "provinces"),
    "shade": ("incidents", "killed"),
    "text": ("around", "whole"),
    "per": ("month", "quarter", "year"),
    "totals": ("few", "all"),
    "theme": ("usual", "projector"),
    "speak": ("", "incidents", "weeks"),
}
Query = dict[str, list[str]]


def clean_page(text: str) -> str:
    """Give the number of a page of the table, "" for what is none.

    >>> clean_page("12"), clean_page("0"), clean_page("x")
    ('12', '', '')
    """
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0
    return str(number) if number else ""


# Settings that have no list of values: each with what brings its value into one form, "" being the usual one.
# The name of a release stays whatever it is: a link that names none may not show other tables.
WRITTEN: dict[str, Callable[[str], str]] = {"cols": clean_columns, "page": clean_page, "release": str.strip}


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

    def to_url(self) -> str:
        """Write what follows the question mark of the link."""
        return urlencode(self.to_query(), doseq=True)


def open_saved(query: Query) -> None:
    """Take the choice from a link that was kept; the browser's link follows it."""
    open_query(query)
    st.session_state.clicked = True


def open_link(*, picked: bool) -> None:
    """Take the choice from the link where it was opened or gone back to, and not written by the page itself.

    `picked` says that a row was picked just now.
    """
    state, query = st.session_state, _read_query()
    # The browser tells of a link that we wrote only after the click that follows, so a click never is a new link.
    # Each click counts for one run only: one that was cut short must not outdo the back button that cut it.
    clicked = _take_click() or picked
    if "choice" in state and (clicked or query == state.link or (state.link is None and not query)):
        return
    open_query(query)


def open_query(query: Query) -> None:
    """Take the choice from the fields of a link, and note those that say nothing we know."""
    settings, unread = read_settings(query)
    known = KEYS | set(SETTINGS) | set(WRITTEN) | {"incident"}
    strange = [f"{key}={value}" for key, values in query.items() if key not in known for value in values]
    st.session_state.unread = [*find_unread(query), *unread, *strange]
    st.session_state.choice = Choice(View.from_query(query), (query.get("incident") or [""])[-1], settings)


def read_settings(query: Query) -> tuple[dict[str, str], list[str]]:
    """Read the settings of a link that are not usual, and say which cannot be read.

    >>> read_settings({"lane": ["perpetrator"], "cols": ["when"], "page": ["x"], "shade": ["incidents"]})
    ({'lane': 'perpetrator', 'cols': 'when'}, ['page=x'])
    """
    asked = {name: query[name][-1] for name in (*SETTINGS, *WRITTEN) if query.get(name) and query[name][-1]}
    read = {name: WRITTEN[name](value) if name in WRITTEN else value for name, value in asked.items()}
    settings = {name: value for name, value in read.items() if value in SETTINGS.get(name, ("", value))[1:] and value}
    unread = [
        f"{name}={value}"
        for name, value in asked.items()
        if name not in settings and value != SETTINGS.get(name, ("",))[0]
    ]
    return settings, unread


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


def enter_page(name: str) -> None:
    """Keep the choice when the reader comes from another page, whose link and drawings are not this one's."""
    if st.session_state.get("page_open") != name:
        st.session_state.page_open = name
        leave_link()
        _take_click()


def _read_query() -> Query:
    """Give the fields of the link that the browser shows."""
    return {key: st.query_params.get_all(key) for key in st.query_params}


def _take_click() -> bool:
    """Say whether a click on a widget or on one of the drawings made this run."""
    drawings = {key: _read_drawing(key) for key in DRAWINGS}
    clicked = bool(st.session_state.pop("clicked", False))
    return is_new("drawings", drawings) or clicked


def _read_drawing(key: str) -> str:
    """Say what a drawing reports; one that reports nothing yet is as one that is not drawn: no click."""
    state = dict(st.session_state.get(key) or {})
    picked = (state.pop("selection", None) or {}).get("objects")
    return repr({name: value for name, value in (*state.items(), ("objects", picked)) if value})


def get_choice() -> Choice:
    """Give what is chosen now."""
    choice: Choice = st.session_state.choice
    return choice


def choose_view(view: View) -> None:
    """Show another view; a list of incidents of one place and a page of the table belong to the old one."""
    _choose(view=view, listed=(), place="", settings=_without("page"))


def choose_days(since: date | None, until: date | None) -> None:
    """Show other days."""
    choose_view(replace(get_choice().view, since=since, until=until))


def choose_incident(incident_id: str) -> None:
    """Open an incident, or close the one that is open with ""; the table turns to its page if it is on another."""
    stays = not incident_id or incident_id in st.session_state.get("table ids", ())
    _choose(incident=incident_id, **({} if stays else {"settings": _without("page")}))


def list_incidents(incident_ids: tuple[str, ...], place: str) -> None:
    """List the incidents of one place to choose from, none to close the list; a single one is opened at once."""
    if len(incident_ids) == 1:
        choose_incident(incident_ids[0])
        _choose(listed=(), place="")
    else:
        _choose(incident="", listed=incident_ids, place=place)


def get_setting(name: str) -> str:
    """Give how the page shows something."""
    return get_choice().settings.get(name, _find_usual(name))


def choose_setting(name: str, value: str | None = None) -> None:
    """Show something another way; without a value, as the widget of that name says."""
    asked = (st.session_state[name] if value is None else value) or _find_usual(name)
    settings = _without(name)
    _choose(settings=settings if asked == _find_usual(name) else settings | {name: asked})


def get_release() -> str:
    """Give the name of the release that is shown, "" for the tables of now."""
    return get_setting("release") if "choice" in st.session_state else ""


def choose_release(name: str) -> None:
    """Show a release, or with "" the tables of now; pages without a link of their own may ask it first."""
    if "choice" not in st.session_state:
        st.session_state.update(choice=Choice(), link=None, unread=[])
    choose_setting("release", name)


def turn_page(number: int) -> None:
    """Turn the table to a page; only where none is asked for it turns to the page of the open incident by itself."""
    choose_setting("page", str(number) if number > 1 or get_choice().incident else "")


def sort_by(order: str) -> None:
    """Sort by an order, and show its beginning."""
    choose_view(replace(get_choice().view, order=order))
    turn_page(1)


def _find_usual(name: str) -> str:
    """Give what a setting is where the link says nothing of it."""
    return SETTINGS[name][0] if name in SETTINGS else ""


def _without(name: str) -> dict[str, str]:
    """Give the settings that are not usual but for one."""
    return {key: kept for key, kept in get_choice().settings.items() if key != name}


def _choose(**changes: Any) -> None:  # noqa: ANN401  fields of Choice
    """Change the choice; what the link said wrong is past."""
    st.session_state.unread = []
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
