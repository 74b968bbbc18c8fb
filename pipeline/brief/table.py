"""The table of a view as CSV: as the codebook has it, or with cells that no spreadsheet takes for a formula."""

import csv
import io
from collections.abc import Iterator, Sequence

from pipeline.brief.cells import defuse
from pipeline.brief.rows import SHORT, Batches, stream_rows
from pipeline.tables.columns import INCIDENTS, Column
from pipeline.tables.rows import Cell, Row, format_cell
from pipeline.tables.store import Store
from pipeline.view import View


def write_csv(store: Store, view: View, link: str = "", *, full: bool = False, spreadsheet: bool = False) -> bytes:
    """Write the incidents that `view` keeps, in its order: UTF-8, LF, an empty cell for what is not stated.

    With `spreadsheet`, text that looks like a formula gets an apostrophe, and the file a byte order mark.
    """
    columns = INCIDENTS.columns if full else SHORT
    out = io.BytesIO()
    out.writelines(stream_csv(columns, stream_rows(store, view, INCIDENTS, columns), spreadsheet=spreadsheet))
    return out.getvalue()


def stream_csv(columns: Sequence[Column], batches: Batches, *, spreadsheet: bool = False) -> Iterator[bytes]:
    """Give the pieces of a CSV file."""
    lines = _Lines()
    # Python's writer leaves a lone carriage return bare unless its lines end in one.
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    yield lines.take("utf-8-sig" if spreadsheet else "utf-8")
    for rows in batches:
        writer.writerows(format_rows(columns, rows, spreadsheet=spreadsheet))
        yield lines.take()


def format_rows(columns: Sequence[Column], rows: Sequence[Row], *, spreadsheet: bool = False) -> Iterator[Row]:
    """Give rows whose cells the writer of CSV puts as the codebook has them: it knows all but floats."""
    cells = list(zip(*rows, strict=True))
    for place, column in enumerate(columns):
        if column.type == "float":
            cells[place] = tuple(format_cell(column, cell) for cell in cells[place])
        elif spreadsheet:
            cells[place] = tuple(_defuse(cell) for cell in cells[place])
    return zip(*cells, strict=True)


def _defuse(cell: Cell) -> Cell:
    """Defuse a text; a number stays a number."""
    return defuse(cell) if isinstance(cell, str) else cell


class _Lines:
    """What a writer of CSV has written, each line ended by LF."""

    def __init__(self) -> None:
        """Begin without lines."""
        self.lines: list[str] = []

    def write(self, line: str) -> None:
        """Take a line that ends in CR and LF."""
        self.lines.append(f"{line[:-2]}\n")

    def take(self, encoding: str = "utf-8") -> bytes:
        """Give the lines, and begin anew."""
        taken = "".join(self.lines).encode(encoding)
        self.lines = []
        return taken
