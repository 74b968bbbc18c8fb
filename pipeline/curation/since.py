"""Find the earlier state of the incidents that a reader asks about, and read what differs from it.

A state is named by a day (as it was when that day began), by a release, or as that of the last export. Where nothing so
old is kept, the oldest that is stands in for it, and that is said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import duckdb

from pipeline.curation.changes import CELLS, NEEDED, Change, compare_editions
from pipeline.curation.editions import DIGITS, find_last_export, list_editions
from pipeline.curation.releases import (
    ReleaseError,
    check_release,
    find_folder,
    is_name,
    list_names,
    list_releases,
    read_release,
)
from pipeline.tables.columns import INCIDENTS, REMOVED
from pipeline.tables.load import NoTablesError
from pipeline.tables.source import find_files, read_files, select_columns

LAST_EXPORT = "last-export"
CORE = ", ".join(CELLS)
# What stands otherwise, or not at all, on the other side; and what others were merged into, for its title. Of each row
# one number is compared: the texts of a million rows on both sides are slow to lay beside each other.
SEALED = f"SELECT incident_id, hash({CORE}) AS seal FROM"
DIFFERING = """SELECT * FROM ({rows}) WHERE incident_id IN (SELECT merged_into FROM removed UNION ALL
SELECT ours.incident_id FROM {one} ours LEFT JOIN {other} USING (incident_id)
WHERE ours.seal IS DISTINCT FROM {other}.seal)"""
SIDES = (("old", "new"), ("new", "old"))
DECIDED = ("holds", "conflict")  # states of decisions that show in the table
Row = Mapping[str, Any]


class NoStateError(ReleaseError):
    """There is no such earlier state; the message is one sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class State:
    """An earlier state of the incidents: how it is asked for, its file, what it is in words, and what is amiss."""

    asked: str
    path: Path
    words: str
    note: str = ""


def find_state(curation: Path, asked: str, *, checked: bool = False) -> State:
    """Give the state that is asked for; `checked` says that the release it names was checked already.

    Raises NoStateError, or ReleaseError where a release is not what was frozen.
    """
    if asked == LAST_EXPORT:
        return find_exported(curation)
    if is_name(asked) and asked in list_names(curation):
        return find_frozen(curation, asked, checked=checked)
    if day := read_day(asked):
        return find_day(curation, day)
    raise NoStateError(
        f"“{asked[:80]}” is no day (such as 2026-11-01), no release and not “{LAST_EXPORT}”: name one of them."
    )


def read_day(asked: str) -> date | None:
    """Read a day, None for what is none.

    >>> read_day("2026-11-01"), read_day("soon")
    (datetime.date(2026, 11, 1), None)
    """
    try:
        return date.fromisoformat(asked)
    except ValueError:
        return None


def find_frozen(curation: Path, name: str, *, checked: bool = False) -> State:
    """Give the state of a release, every file of it checked."""
    release = (read_release if checked else check_release)(curation, name)
    folder = find_folder(curation, name)
    return State(name, find_files(folder, "incidents")[0], f"release {name} of {say_day(release.day)}")


def find_exported(curation: Path) -> State:
    """Give the state that the last export was taken from, kept as an edition or frozen as a release."""
    export = find_last_export(curation)
    if export is None:
        raise NoStateError("Nothing was exported yet: name a day or a release instead.")
    words = f"the last export, {say_time(export.at)}{f' by {export.by}' if export.by else ''}"
    for kept in reversed(list_editions(curation)):
        if kept.digits == export.hash[:DIGITS]:
            return State(LAST_EXPORT, kept.path, words)
    for release in list_releases(curation):
        if release.files.get("datapackage.json") == export.hash:
            return State(LAST_EXPORT, find_frozen(curation, release.name).path, words)
    raise NoStateError("The tables of the last export are not kept any more: name a day or a release instead.")


def find_day(curation: Path, day: date) -> State:
    """Give the state when a day began, where the server is; else the oldest one."""
    kept = list_editions(curation)
    if not kept:
        raise NoStateError("No earlier state is kept yet: every build that changes something keeps one from now on.")
    start = datetime.combine(day, time()).astimezone()
    before = [one for one in kept if one.at <= start]
    if before:
        return State(day.isoformat(), before[-1].path, f"the beginning of {say_day(day.isoformat())}")
    words = f"{say_time(kept[0].at)}, the oldest state that is kept"
    return State(day.isoformat(), kept[0].path, words, f"No state before {say_time(kept[0].at)} is kept.")


def offer_states(curation: Path) -> list[tuple[str, str]]:
    """Give what can be asked for beside a day, each with its words: the last export, then the releases."""
    export = find_last_export(curation)
    last = [] if export is None else [(LAST_EXPORT, f"Since the last export · {say_time(export.at)}")]
    return [*last, *((one.name, f"Since release {one.name} · {say_day(one.day)}") for one in list_releases(curation))]


def choose_usual(curation: Path) -> str:
    """Give what to ask where nothing is said: the last export, the newest release or the oldest day; "" for none."""
    offered = [asked for asked, _ in offer_states(curation)]
    kept = list_editions(curation)
    return offered[0] if offered else kept[0].at.astimezone().date().isoformat() if kept else ""


def say_day(day: str) -> str:
    """Say a day.

    >>> say_day("2026-11-02")
    '2 November 2026'
    """
    read = date.fromisoformat(day)
    return f"{read.day} {read:%B %Y}"


def say_time(at: datetime) -> str:
    """Say a moment in the time of this place."""
    here = at.astimezone()
    return f"{say_day(here.date().isoformat())}, {here:%H:%M}"


def load_changes(state: State, tables: Path) -> list[Change]:
    """Compare the incidents in a folder of tables with an earlier state. Raises NoTablesError."""
    new, removed = find_files(tables, "incidents"), find_files(tables, "removed")
    if not new:
        raise NoTablesError(f"There is no incidents.parquet or incidents.csv in {tables}.")
    with duckdb.connect() as db:
        try:
            db.execute(f"CREATE TABLE removed AS {select_columns(db, removed, REMOVED)}")
            rows = {
                name: select_columns(db, files, INCIDENTS, NEEDED)
                for name, files in (("old", [state.path]), ("new", new))
            }
            for name, select in rows.items():
                db.execute(f"CREATE TABLE {name} AS {SEALED} ({select})")
            old, now = (fetch(db, DIFFERING.format(rows=rows[one], one=one, other=other)) for one, other in SIDES)
            gone = fetch(db, "SELECT * FROM removed")
            signed = read_signed(db, find_files(tables, "decisions"))
        except duckdb.Error as error:
            raise NoTablesError(f"The tables in {tables} are not as the codebook says: {error}.") from error
    return compare_editions(old, now, gone, signed)


def fetch(db: duckdb.DuckDBPyConnection, sql: str) -> list[Row]:
    """Give the rows of a question by the names of their columns."""
    found = db.execute(sql)
    names = [str(column[0]) for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def read_signed(db: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> dict[tuple[str, str], str]:
    """Give who decided on each cell that a person set, where the tables tell."""
    if not files:
        return {}
    sql = f'SELECT incident_id, "column", "by" FROM {read_files(files)} WHERE state IN (?, ?) ORDER BY "at"'
    rows = db.execute(sql, list(DECIDED)).fetchall()
    return {(str(incident_id), str(column)): str(by) for incident_id, column, by in rows}
