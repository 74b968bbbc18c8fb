"""The sheets of a workbook as rows of values: no formula is reckoned, no link followed, no macro seen."""

import io
import warnings
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook

from pipeline.curation.upload_raw import Broken, Line, Raw, UploadError, tidy_name

ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
ERROR = "the cell shows an error"
NOT_RECKONED = "the cell is a formula whose result the file does not hold: write the value"


class Book:
    """A workbook that is read as far as it is asked for."""

    def __init__(self, content: bytes) -> None:
        """Open it."""
        self.content = content
        self.formulas = self._open(values=False)

    def _open(self, *, values: bool) -> Any:  # noqa: ANN401  openpyxl's types do not say what a read-only book is
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that it leaves out
            return load_workbook(io.BytesIO(self.content), read_only=True, keep_links=False, data_only=values)

    def has(self, name: str) -> bool:
        """Say whether there is a sheet of that name."""
        return any(sheet.title == name for sheet in self.formulas.worksheets)

    def find_sheet(self, key: str, head: int) -> str:
        """Give the name of the sheet `incidents`, else of the first with a column `key` in its first `head` rows."""
        sheets = sorted(self.formulas.worksheets, key=lambda sheet: sheet.title.lower() != "incidents")
        for sheet in sheets:
            for row in sheet.iter_rows(max_row=head, max_col=300, values_only=True):
                if key in map(tidy_name, row):
                    return str(sheet.title)
        raise UploadError(f"No sheet has a column {key}: bring back a file that was downloaded here, with its header.")

    def lines(self, name: str, most: int) -> Iterator[Line]:
        """Give the rows of a sheet, at most `most` columns of them; a formula gives the result that the file holds."""
        results: Iterator[tuple[Raw, ...]] | None = None
        for number, row in enumerate(self.formulas[name].iter_rows(max_col=most), start=1):
            if any(cell.data_type == "f" for cell in row) and results is None:
                book = self._open(values=True)
                results = book[name].iter_rows(min_row=number, max_col=most, values_only=True)
            reckoned = next(results, ()) if results is not None else ()
            yield number, [_read(cell, reckoned[place : place + 1]) for place, cell in enumerate(row)]


def _read(cell: Any, reckoned: tuple[Raw, ...]) -> Raw:  # noqa: ANN401
    """Give what a cell shows; of a formula that is its result, as far as the file holds it."""
    value: Raw = cell.value
    if cell.data_type == "f":
        value = reckoned[0] if reckoned else None
        if value is None:
            return Broken(NOT_RECKONED, str(cell.value))
    return Broken(ERROR) if cell.data_type == "e" or (cell.data_type == "f" and value in ERRORS) else value
