"""The table of a view as CSV: as the codebook has it, or with cells that no spreadsheet takes for a formula."""

import csv
import io
from collections.abc import Iterable

import pandas as pd

# What a spreadsheet may take for the start of a formula when it opens a CSV.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(rows: pd.DataFrame, columns: Iterable[str], *, spreadsheet: bool = False) -> bytes:
    """Write `columns` of `rows` in their order: UTF-8, LF, an empty cell for what is not stated.

    With `spreadsheet`, text that looks like a formula gets a leading apostrophe, and the file a byte order mark.
    """
    names = [name for name in columns if name in rows]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for record in rows[names].itertuples(index=False, name=None):
        cells = (write_cell(value) for value in record)
        writer.writerow(
            [defuse(cell, value) for cell, value in zip(cells, record, strict=True)] if spreadsheet else cells
        )
    return out.getvalue().encode("utf-8-sig" if spreadsheet else "utf-8")


def write_cell(value: object) -> str:
    """Write one cell.

    >>> write_cell(pd.NA), write_cell(3), write_cell(pd.Timestamp("2023-03-01")), write_cell(34.5)
    ('', '3', '2023-03-01', '34.5')
    """
    if isinstance(value, str):
        return value
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return ""
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)


def defuse(cell: str, value: object) -> str:
    """Put an apostrophe before text that a spreadsheet would reckon with; a number stays a number.

    >>> defuse("=1+1", "=1+1"), defuse("-3.5", -3.5), defuse("a=b", "a=b")
    ("'=1+1", '-3.5', 'a=b')
    """
    return f"'{cell}" if isinstance(value, str) and cell.startswith(FORMULA) else cell
