"""The columns that the table of the page can show: ten that say an incident in short, and all of the codebook.

The short ones put several cells into one ("11 (10–12)"); those of the codebook show a cell as an export has it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.cells import describe_incidents
from pipeline.tables.columns import INCIDENTS, Column
from pipeline.tables.rows import Cell, format_cell
from pipeline.view import NAMED_ORDERS, ORDERS

_FALLING = {"date", "int", "float"}  # what one wants to see the last or most of first


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: what it is called, what it means, how wide it may be, and what it sorts by ("" for nothing)."""

    key: str
    label: str
    about: str
    kind: str = "text"  # text, title, long, days or number
    sort: str = ""
    falls: bool = False  # whether a first click on its head puts the greatest first

    def find_order(self, now: str) -> tuple[str, str]:
        """Give how it is sorted now, and the order that a click on its head asks for.

        >>> TableColumn("killed", "Killed", "", sort="killed", falls=True).find_order("deadliest")
        ('descending', 'killed')
        """
        if not self.sort:
            return "", ""
        up, down = (NAMED_ORDERS.get(name, name) for name in (self.sort, f"-{self.sort}"))
        if now == up:
            return "ascending", down
        return ("descending", up) if now == down else ("none", down if self.falls else up)


_COUNTED = "19+ at least 19 · 30 max: up to 30 · 50 ±: about 50 · empty: not stated, which is not zero."
_SHORT = (
    TableColumn("when", "When", "As exact as the article: 2023-03 is some day in March 2023.", "days", "when", True),
    TableColumn("where", "Where", "The nearest place that is known; a province is not its capital.", "text", "where"),
    TableColumn("what", "What", "The type of the incident.", "text", "event_type"),
    TableColumn("who", "Perpetrator", "The side that did it, by its usual name.", "text", "perpetrator"),
    TableColumn("killed", "Killed", f"People killed. {_COUNTED}", "number", "killed", True),
    TableColumn("injured", "Injured", f"People injured. {_COUNTED}", "number", "injured", True),
    TableColumn("stories", "Stories", "Independent stories; copies count once.", "number", "n_stories", True),
    TableColumn("sure", "Verification", "How well attested it is.", "text", "verification"),
    TableColumn("sentence", "Source sentence", "The sentence it was read from, word for word.", "long"),
    TableColumn("outlet", "Outlet", "Who published that sentence.", "text", "source_outlet"),
)  # fmt: skip
USUAL = tuple(column.key for column in _SHORT)
_LONG = {"source_sentence", "place_text", "target_text", "notes", "source_title", "source_url", "venue"}


def _take_column(column: Column) -> TableColumn:
    """Give a column of the codebook as one of the table."""
    kinds = {"title": "title", "int": "number", "float": "number", "date": "days"}
    kind = "long" if column.name in _LONG else kinds.get(column.name) or kinds.get(column.type, "text")
    about = column.about[:1].upper() + column.about[1:] + "."
    sort = column.name if column.name in ORDERS else ""
    return TableColumn(column.name, column.name, about, kind, sort, column.type in _FALLING)


# The ids of the short ones are words of the page; those of the codebook are its names.
COLUMNS = {column.key: column for column in (*_SHORT, *map(_take_column, INCIDENTS.columns))}


def clean_columns(text: str) -> str:
    """Give the columns that a link asks for, one comma between two, without those that do not exist.

    >>> clean_columns("when,notes,nonsense,when"), clean_columns(",".join(USUAL)), clean_columns("nonsense")
    ('when,notes', '', '')
    """
    known = tuple(dict.fromkeys(key for key in text.split(",") if key in COLUMNS))
    return "" if known == USUAL else ",".join(known)


def read_columns(text: str) -> tuple[TableColumn, ...]:
    """Give the columns that are asked for, the usual ones where none are."""
    return tuple(COLUMNS[key] for key in (text.split(",") if text else USUAL))


def write_cells(rows: pd.DataFrame, columns: Sequence[TableColumn]) -> list[list[str]]:
    """Write the cells of `rows` of `incidents`, a list for each row."""
    short = describe_incidents(rows)
    written = [list(short[column.key]) if column.key in USUAL else _write_exact(column.key, rows) for column in columns]
    return [list(cells) for cells in zip(*written, strict=True)]


def _write_exact(name: str, rows: pd.DataFrame) -> list[str]:
    """Write a column as an export has it."""
    column = INCIDENTS.column(name)
    return [format_cell(column, _read_cell(cell)) for cell in rows[name].astype(object)]


def _read_cell(cell: Any) -> Cell:  # noqa: ANN401  whatever a frame holds
    """Give a cell as the tables have it: None for what is not stated, a day for a point in time."""
    if pd.isna(cell):
        return None
    return cell.date() if isinstance(cell, pd.Timestamp) else cell
