"""Read the decisions of people, `corrections.csv`: a row decides on one cell, or on a whole incident.

The file only grows: a decision is taken back by a row that undoes it. A malformed file stops the build.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.curation.ledger import read_ledger
from pipeline.text.words import wrong

COLUMNS = ("row_id", "at", "incident_id", "column", "was", "now", "reason", "by", "undoes")
WRITE_A_DAY = "write a day as YYYY-MM-DD, with or without a time"

Complaint = tuple[str, str]  # what is wrong, what to do


@dataclass(frozen=True, slots=True)
class Correction:
    """A row of the file; `was` is what the cell showed when the person decided."""

    row_id: str
    at: str
    incident_id: str
    column: str
    was: str
    now: str
    reason: str
    by: str
    undoes: str

    @property
    def day(self) -> str:
        """The day of the decision."""
        return datetime.fromisoformat(self.at).date().isoformat()


def load_corrections(path: Path) -> list[Correction]:
    """Read the corrections in the order they were written. Raises SeedError where the file is malformed."""
    rows: dict[str, Correction] = {}
    for line, cells in read_ledger(path, COLUMNS):
        row = Correction(**{name: cell.strip() for name, cell in cells.items()})
        if complaint := next((words for rule in SOUND if (words := rule(row, rows))), None):
            raise wrong(path, line, *complaint)
        rows[row.row_id] = row
    return list(rows.values())


def lacks_cell(row: Correction, _: Mapping[str, Correction]) -> Complaint | None:
    """Complain of an empty cell that every row needs."""
    needed = ("row_id", "at", "column", "by", *(() if row.column == "undo" else ("incident_id",)))
    empty = next((name for name in needed if not getattr(row, name)), None)
    return (f'the cell "{empty}" is empty', "fill it or remove the row") if empty else None


def repeats_row(row: Correction, above: Mapping[str, Correction]) -> Complaint | None:
    """Complain of a row_id used twice."""
    return (f'the row_id "{row.row_id}" is used above', "give the row a new one") if row.row_id in above else None


def has_no_day(row: Correction, _: Mapping[str, Correction]) -> Complaint | None:
    """Complain of a day that is none.

    >>> has_no_day(Correction("1", "5 May", "a:0", "city", "", "", "", "ana", ""), {})
    ('at is "5 May"', 'write a day as YYYY-MM-DD, with or without a time')
    """
    try:
        datetime.fromisoformat(row.at)
    except ValueError:
        return f'at is "{row.at}"', WRITE_A_DAY
    return None


def undoes_nothing(row: Correction, above: Mapping[str, Correction]) -> Complaint | None:
    """Complain of an undo that names no row above it."""
    if row.column == "undo" and not row.undoes:
        return "an undo row names no row", "write the row_id of the row to undo into undoes"
    if row.undoes and row.undoes not in above:
        return f'undoes names "{row.undoes}", which is no row above', "write the row_id of a row above"
    return None


SOUND = (lacks_cell, repeats_row, has_no_day, undoes_nothing)


def find_undone(corrections: Sequence[Correction]) -> set[str]:
    """Give the ids of the rows that are undone: an undo can itself be undone, which brings the first row back."""
    undone: set[str] = set()
    for row in reversed(corrections):
        if row.undoes and row.row_id not in undone:
            undone.add(row.undoes)
    return undone


def drop_undone(corrections: Sequence[Correction]) -> list[Correction]:
    """Give the rows that hold."""
    undone = find_undone(corrections)
    return [row for row in corrections if row.row_id not in undone and row.column != "undo"]
