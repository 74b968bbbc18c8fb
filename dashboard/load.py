"""Load the published tables once, for every reader of the page, and again when their files change."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import pandas as pd
import streamlit as st

from dashboard.release import open_release
from dashboard.who import admit_reader
from dashboard.words import escape_markdown
from pipeline.tables.columns import TABLES
from pipeline.tables.faults import word_fault
from pipeline.tables.load import BrokenTablesError, NoTablesError, Tables
from pipeline.tables.source import find_files
from pipeline.tables.store import Counts, Store
from pipeline.view import View

DEFAULT = Path(__file__).parent.parent / "data"
Stamp = tuple[tuple[str, int, int], ...]
T = TypeVar("T")
TURNS = 5  # that tables are opened in, while builds put others in their place


# Streamlit's own way of hashing a view, at each of some seventy questions, took a sixth of the time of a page.
keep = partial(st.cache_resource, show_spinner=False, hash_funcs={View: repr})
# An incident with its neighbours in the order of the view.
_PLACE = (
    "SELECT incident_id, asked.place, mine.place FROM asked "
    "JOIN (SELECT place FROM asked WHERE incident_id = ?) mine ON abs(asked.place - mine.place) <= 1"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an incident stands in a view: which one it is, the first being 1, and its neighbours ("" at the ends)."""

    number: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The incidents that a view keeps, each question about them asked once for all readers."""

    store: Store
    stamp: Stamp
    view: View

    def ask(self, sql: str, *parameters: object, without: tuple[str, ...] = ()) -> pd.DataFrame:
        """Ask `sql` of `shown`, as `Store.ask` says; what it gives is shared, and never to be changed."""
        return _ask(self.store, self._state(), self.view, sql, parameters, without)

    def counts(self) -> Counts:
        """Count them, and the people of their tolls."""
        return _count(self.store, self._state(), self.view)

    def facets(self) -> dict[str, dict[str, int]]:
        """Count the values of every list that can be asked, by its part of the link."""
        return _facet(self.store, self._state(), self.view)

    def rows(self, most: int, after: int = 0) -> pd.DataFrame:
        """Give the first of them `after` some, in the order of the view, with all columns."""
        return _rows(self.store, self._state(), self.view, most, after)

    def place(self, incident_id: str) -> "Place | None":
        """Give where an incident stands in the order of the view, or None where it is not shown."""
        return _place(self.store, self._state(), self.view, incident_id)

    def around(self, incident_id: str) -> Tables:
        """Give what stands behind one incident, as `Store.around` says; never to be changed."""
        return _find_around(self.store, self._state(), incident_id)

    def once(self, name: str, make: Callable[[], T]) -> T:
        """Make something of them once for all readers; `name` says what, and is never given to two things."""
        made: T = _make(make, self._state(), self.view, name)
        return made

    def of(self, view: View) -> "Shown":
        """Ask the same tables for another view."""
        return Shown(self.store, self.stamp, view)

    def _state(self) -> str:
        """Name the state of the tables that an answer is good for."""
        return f"{self.store.folder} {self.stamp}"


def load_store() -> tuple[Store, Stamp]:
    """Give the tables of this page's folder, or of the release that is asked for, and their state.

    Ends the page with what to do where there are none.
    """
    admit_reader()
    folder = open_release() or Path(os.environ.get("INCIDENT_DATA") or DEFAULT)
    try:
        return open_whole(folder)
    except (NoTablesError, OSError) as error:
        broken = not isinstance(error, NoTablesError) or isinstance(error, BrokenTablesError)
        st.title("These tables cannot be shown" if broken else "No incidents to show yet")
        why = str(error) if isinstance(error, NoTablesError) else word_fault(error) or f"{error}."
        st.write(f"{escape_markdown(why)} Build the tables, then reload this page:")
        st.code("make app\n# or, for the tables alone:\npython -m pipeline build", language=None)
        st.write("To look at tables that lie elsewhere, name their folder in the variable `INCIDENT_DATA`.")
        st.stop()


def open_whole(folder: Path) -> tuple[Store, Stamp]:
    """Open tables that are all of one build, and give their state; a build that ends meanwhile is waited for."""
    for _ in range(TURNS):
        stamp: Stamp = ()
        try:
            stamp = find_stamp(folder)
            store = _open(str(folder), stamp)
            if stamp == find_stamp(folder):
                return store, stamp
        except (NoTablesError, OSError):
            time.sleep(0.05)
            if stamp == find_stamp(folder):  # nobody is writing: they are not there, or broken
                raise
    raise BrokenTablesError(f"The tables in {folder} change faster than they can be read.")


@st.cache_resource(max_entries=2, show_spinner="Reading the tables …")
def _open(folder: str, stamp: Stamp) -> Store:
    """Open the tables of a folder in the state that the stamp names."""
    return Store(Path(folder))


@keep(max_entries=400)
def _ask(
    _store: Store,
    state: str,
    view: View,
    sql: str,
    parameters: tuple[object, ...],
    without: tuple[str, ...],
) -> pd.DataFrame:
    """Ask once for each view and state of the tables: most clicks open an incident and change no filter."""
    return _store.ask(view, sql, parameters, without=without)


@keep(max_entries=400)
def _count(_store: Store, state: str, view: View) -> Counts:
    """Count once."""
    return _store.counts(view)


@keep(max_entries=400)
def _facet(_store: Store, state: str, view: View) -> dict[str, dict[str, int]]:
    """Count the values of lists once."""
    return _store.facets(view)


@keep(max_entries=200)
def _make(_make: Callable[[], T], state: str, view: View, name: str) -> T:
    """Make something once."""
    return _make()


@keep(max_entries=50)
def _rows(_store: Store, state: str, view: View, most: int, after: int) -> pd.DataFrame:
    """Fetch rows once."""
    return _store.rows(view, most=most, after=after)


@keep(max_entries=400)
def _place(_store: Store, state: str, view: View, incident_id: str) -> Place | None:
    """Find the place of an incident once."""
    found = next(_store.stream(view, _PLACE, 3, [incident_id]), [])
    ids = {place - mine: (one, mine) for one, place, mine in found}
    return Place(int(ids[0][1]), ids.get(-1, ("",))[0], ids.get(1, ("",))[0]) if found else None


@keep(max_entries=50)
def _find_around(_store: Store, state: str, incident_id: str) -> Tables:
    """Find what stands behind an incident once: a page shows it several ways."""
    return _store.around(incident_id)


def find_stamp(folder: Path) -> Stamp:
    """Say in which state the files of the tables are."""
    paths = [path for table in TABLES for path in find_files(folder, table.name)]
    states = ((path, path.stat()) for path in paths)
    return tuple((path.name, state.st_mtime_ns, state.st_size) for path, state in states)
