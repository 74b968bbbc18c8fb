"""Load the published tables once, for every reader of the page, and again when their files change."""

import os
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from dashboard.cells import describe_incidents
from dashboard.words import escape_markdown
from pipeline.tables.columns import TABLES
from pipeline.tables.load import NoTablesError, Tables, find_file, read_tables
from pipeline.view import View, select_incidents

DEFAULT = Path(__file__).parent.parent / "data"
Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """The tables, and their incidents as table cells show them (same rows, same index)."""

    tables: Tables
    cells: pd.DataFrame
    stamp: Stamp

    def select(self, view: View) -> pd.DataFrame:
        """Give the incidents that `view` keeps, in its order."""
        return _select(self, (str(self.tables.folder), self.stamp), view)


def load_tables() -> Loaded:
    """Give the tables of this page's folder, or end the page with what to do where there are none."""
    folder = Path(os.environ.get("INCIDENT_DATA") or DEFAULT)
    try:
        return _read(str(folder), _stamp(folder))
    except NoTablesError as error:
        st.title("No incidents to show yet")
        st.write(f"{escape_markdown(str(error))} Build the tables, then reload this page:")
        st.code("make app\n# or, for the tables alone:\npython -m pipeline build", language="bash")
        st.write("To look at tables that lie elsewhere, name their folder in the variable `INCIDENT_DATA`.")
        st.stop()


@st.cache_resource(max_entries=2, show_spinner="Reading the tables …")
def _read(folder: str, stamp: Stamp) -> Loaded:
    """Read the tables of a folder in the state that the stamp names."""
    tables = read_tables(Path(folder))
    return Loaded(tables, describe_incidents(tables.incidents), stamp)


@st.cache_resource(max_entries=100, show_spinner=False)
def _select(_loaded: Loaded, state: tuple[str, Stamp], view: View) -> pd.DataFrame:
    """Select once for each view and state of the tables: most clicks open an incident and change no filter."""
    return select_incidents(_loaded.tables.incidents, view)


def _stamp(folder: Path) -> Stamp:
    """Say in which state the files of the tables are."""
    paths = [path for table in TABLES if (path := find_file(folder, table.name))]
    return tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in paths)
