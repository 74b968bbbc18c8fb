"""What the cells of a workbook said when it was taken, kept in a hidden sheet of it.

A workbook that comes back corrected is compared with this sheet, so that what a person changed is told from what the
tables came to say in the meantime. A row is one text of JSON, which no spreadsheet program takes for a day or a number.
"""

import json
from collections.abc import Iterable, Iterator, Sequence

from pipeline.tables.columns import Column
from pipeline.tables.rows import Cell, format_cell

AS_TAKEN = "as taken"
MOST_TAKEN = 20_000  # incidents: the sheet adds a third to the file
PIECE = 30_000  # characters: a cell holds 32,767
ABOUT = (
    "To correct: change cells of the sheet “incidents”, save as .xlsx and bring the file back (page “Correct by "
    f"spreadsheet”, or python -m pipeline correct FILE). The hidden sheet “{AS_TAKEN}” keeps what each cell said, to "
    "tell your changes from those of the tables: leave it in."
)
TOO_MANY = f"To correct cells and bring the file back, take at most {MOST_TAKEN:,} incidents at a time."


def write_taken(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Iterator[list[str]]:
    """Give the lines of the sheet, each as the pieces of one text: the names of the columns, then every row.

    >>> list(write_taken([Column("city", "str", "", ""), Column("killed_low", "int", "", "")], [["Herat", None]]))
    [['["city", "killed_low"]'], ['["Herat", ""]']]
    """
    yield _cut([column.name for column in columns])
    for row in rows:
        yield _cut([format_cell(column, cell) for column, cell in zip(columns, row, strict=True)])


def read_taken(lines: Iterable[Sequence[object]]) -> dict[str, dict[str, str]]:
    """Give the cells of each incident by their columns. Raises ValueError where the sheet is not as it was written.

    >>> read_taken([['["incident_id", "city"]'], ['["a:0", "He', 'rat"]', None], [None]])
    {'a:0': {'incident_id': 'a:0', 'city': 'Herat'}}
    """
    joined = ("".join(piece for piece in line if isinstance(piece, str)) for line in lines)
    texts = [json.loads(text) for text in joined if text]
    if not all(isinstance(cells, list) and all(isinstance(cell, str) for cell in cells) for cells in texts):
        raise ValueError("a row of the hidden sheet is no list of texts")
    if not texts or "incident_id" not in texts[0]:
        raise ValueError("the hidden sheet names no incident_id")
    names = texts[0]
    rows = (dict(zip(names, cells, strict=True)) for cells in texts[1:])
    return {row["incident_id"]: row for row in rows}


def _cut(cells: list[str]) -> list[str]:
    """Write cells as one text, in pieces that a cell of a spreadsheet holds; its own escapes stay out of it."""
    text = json.dumps(cells).replace("_x", "\\u005fx")
    return [text[at : at + PIECE] for at in range(0, len(text), PIECE)]
