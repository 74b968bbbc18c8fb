"""What a table that comes back is compared with: the tables now with every decision, and how they stood before."""

import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pandas as pd
import pyarrow.parquet as pq

from pipeline.curation.decisions import Correction, drop_undone
from pipeline.curation.editions import list_editions
from pipeline.curation.edits import EDITABLE, parse_cell
from pipeline.curation.upload_cells import Habits, is_same, loosen, show
from pipeline.curation.upload_file import KEY, Sheet
from pipeline.tables.columns import INCIDENTS, Column
from pipeline.tables.rows import format_cell, type_cell
from pipeline.tables.store import BY_NAME, Store

Cells = Mapping[str, str]
SOME = 2_000  # ids in one question
TRIED = 300  # rows that are laid beside each edition
PATIENCE = 8.0  # seconds for looking at editions


class Now(Protocol):
    """The tables as they are, with the decisions that they do not hold yet."""

    def cells(self, incident_ids: Sequence[str]) -> dict[str, Cells]:
        """Give the cells of those of the incidents that there are, as the CSV writes them."""
        ...

    def follow(self, incident_id: str) -> tuple[str, str]:
        """Give the incident that an id which is gone went into ("" for none), and why it is gone."""
        ...


@dataclass(frozen=True, slots=True)
class Past:
    """How the tables stood once, and when, in words."""

    cells: Mapping[str, Cells]
    since: str


class StoreNow:
    """The tables of a folder, with the rows of the log that came after they were built."""

    def __init__(self, store: Store, rows: Sequence[Correction] = ()) -> None:
        """Take the tables and the whole log."""
        self.store = store
        self.seen = rows[-1].row_id if rows else ""
        built = set(store.whole("decisions", 10_000_000)["row_id"]) if "decisions" in BY_NAME else set[str]()
        self.decided: dict[str, dict[str, str]] = {}
        for row in drop_undone(rows):
            if row.row_id not in built and row.column in EDITABLE:
                with suppress(ValueError):
                    self.decided.setdefault(self._name(row.incident_id), {})[row.column] = write(row.column, row.now)

    def cells(self, incident_ids: Sequence[str]) -> dict[str, Cells]:
        """Give the cells of those of the incidents that there are, as the CSV writes them."""
        found: dict[str, Cells] = {}
        for at in range(0, len(incident_ids), SOME):
            frame = self.store.find("incidents", KEY, incident_ids[at : at + SOME])
            for name, row in read_frame(frame).items():
                found[name] = {**row, **self.decided.get(name, {})}
        return found

    def follow(self, incident_id: str) -> tuple[str, str]:
        """Give the incident that an id which is gone went into ("" for none), and why it is gone."""
        return self.store.follow(incident_id)

    def _name(self, incident_id: str) -> str:
        """Give the id that an incident has now."""
        return self.store.follow(incident_id)[0] or incident_id


def write(name: str, text: str) -> str:
    """Write a cell that a person set as the table would show it."""
    column = EDITABLE[name]
    return format_cell(column, type_cell(column, parse_cell(column, text)))


def read_frame(frame: pd.DataFrame) -> dict[str, Cells]:
    """Give the rows of incidents as the CSV writes them, by their ids."""
    columns = [column for column in INCIDENTS.columns if column.name in frame]
    texts = [[_write(column, cell) for cell in frame[column.name].astype(object)] for column in columns]
    rows = (dict(zip((c.name for c in columns), cells, strict=True)) for cells in zip(*texts, strict=True))
    return {row[KEY]: row for row in rows}


def _write(column: Column, cell: object) -> str:
    """Write one cell of a frame."""
    if cell is None or cell is pd.NaT or cell is pd.NA or cell != cell:  # noqa: PLR0124  NaN
        return ""
    return str(cell)[:10] if column.type == "date" else format_cell(column, cell)  # type: ignore[arg-type]


def find_past(sheet: Sheet, now: Now, curation: Path) -> Past | None:
    """Give the kept edition that a file without a hidden sheet fits best, None where the tables now fit as well.

    Such a file does not say when it was taken, but most of its cells are as they were then. One with it needs none.
    """
    if sheet.taken is not None:
        return None
    names = [loosen(show(cells[KEY])) for _, cells in sheet.rows[:TRIED]]
    least = count_changed(sheet, now.cells(names))
    best: tuple[Path, str] | None = None
    until = time.monotonic() + PATIENCE
    for kept in reversed(list_editions(curation)):
        if not least or time.monotonic() > until:
            break
        many = count_changed(sheet, read_edition(kept.path, names))
        if many < least:
            least, best = many, (kept.path, f"the tables of {kept.at.astimezone():%-d %B %Y, %H:%M}")
    if best is None:
        return None
    return Past(read_edition(best[0], [loosen(show(cells[KEY])) for _, cells in sheet.rows]), best[1])


def read_edition(path: Path, incident_ids: Iterable[str]) -> dict[str, Cells]:
    """Give the cells of some incidents in an edition; of a file that is none, nothing."""
    try:
        frame = pq.read_table(path, filters=[(KEY, "in", list(incident_ids))]).to_pandas(integer_object_nulls=True)
    except (OSError, ValueError):
        return {}
    return read_frame(frame)


def count_changed(sheet: Sheet, there: Mapping[str, Cells]) -> int:
    """Count the cells of the first rows of a file that are not as they are there; a row that is not counts whole."""
    habits, many = Habits(sheet.encoding, sheet.comma), 0
    for _, cells in sheet.rows[:TRIED]:
        row = there.get(loosen(show(cells[KEY])))
        if row is None:
            many += len(cells)
            continue
        many += sum(not is_same(INCIDENTS.column(n), row.get(n, ""), cell, habits) for n, cell in cells.items())
    return many
