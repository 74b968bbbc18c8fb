"""The view as a workbook: incidents with their figures, sentences and articles, the codebook, and what it all is.

Dates are dates and numbers numbers; text is text whatever it looks like, and only http and https addresses are links.
The same view of the same tables gives the same bytes.
"""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from pipeline.brief.cells import find_link
from pipeline.brief.readme import READING, tell_facts
from pipeline.brief.rows import count_rows, stream_rows, with_incident
from pipeline.brief.taken import ABOUT, AS_TAKEN, MOST_TAKEN, TOO_MANY, write_taken
from pipeline.tables.codes import CODES
from pipeline.tables.columns import ARTICLES, FIGURES, INCIDENTS, MENTIONS, Column
from pipeline.tables.package import tell_column
from pipeline.tables.rows import Cell
from pipeline.tables.store import Store
from pipeline.view import View

SHEETS = {"incidents": INCIDENTS, "figures": FIGURES, "mentions": MENTIONS, "sources": ARTICLES}
CODEBOOK = tuple(Column(name, "str", "", "") for name in ("table", "column", "type", "meaning"))
MOST_ROWS = 1_048_575  # of a sheet, beside its header
LONGEST_TEXT, LONGEST_LINK, MOST_LINKS = 32_767, 2_079, 65_000
FIRST_DAY = date(1900, 3, 1)  # of those that all spreadsheets count the same
WIDTHS = {"date": 11, "int": 9, "float": 10, "code": 15, "list": 22, "str": 18}
WIDE = {"title": 44, "source_sentence": 70, "sentence": 70, "source_title": 36, "notes": 36, "meaning": 90,
        "incident_id": 24, "column": 28}  # fmt: skip
MADE_ON = datetime(2000, 1, 1)  # a workbook must name a day; ours carries no clock


class TooManyRowsError(Exception):
    """A workbook cannot hold what is asked; the message says what to do."""


def write_xlsx(store: Store, view: View, link: str = "") -> bytes:
    """Write the incidents that `view` keeps, in its order, with what stands behind them.

    Raises TooManyRowsError where a sheet cannot hold its rows.
    """
    if refusal := refuse_xlsx(store, view):
        raise TooManyRowsError(refusal)
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": "Incidents", "comments": view.in_words()[:250], "created": MADE_ON})
        styles = {
            "head": book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF0"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            "bold": book.add_format({"bold": True, "valign": "top"}),
            "prose": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        for name, table in SHEETS.items():
            columns = with_incident(table)
            batches = stream_rows(store, view, table, columns)
            _fill_sheet(book.add_worksheet(name), styles, columns, (row for rows in batches for row in rows))
        _fill_sheet(book.add_worksheet("codebook"), styles, CODEBOOK, _list_codebook())
        is_short = count_rows(store, view, INCIDENTS) <= MOST_TAKEN
        facts = [*tell_facts(store, view, link), ("To correct", ABOUT if is_short else TOO_MANY)]
        _fill_readme(book.add_worksheet("read-me"), styles, facts)
        if is_short:
            _fill_taken(book.add_worksheet(AS_TAKEN), store, view)
    return out.getvalue()


def refuse_xlsx(store: Store, view: View) -> str:
    """Say why a workbook cannot hold the view and what to do, or "" where it can."""
    for name, table in SHEETS.items():
        # Only tables that are longer than a sheet need counting.
        if store.size(table.name) > MOST_ROWS and (rows := count_rows(store, view, table)) > MOST_ROWS:
            return (
                f"A sheet of a workbook holds {MOST_ROWS:,} rows, and {name} would have {rows:,}: "
                "narrow the filters, or take the CSV."
            )
    return ""


def _fill_sheet(
    sheet: Any,  # noqa: ANN401  xlsxwriter has no types
    styles: dict[str, Any],
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
) -> None:
    """Fill a sheet with a header that stays in sight and can be filtered by, and rows of typed cells."""
    for place, column in enumerate(columns):
        sheet.set_column(place, place, WIDE.get(column.name, WIDTHS[column.type]))
        sheet.write_string(0, place, column.name, styles["head"])
    sheet.freeze_panes(1, 2 if columns[0].name.endswith("_id") else 0)
    at, links = 0, 0
    for at, row in enumerate(rows, start=1):
        for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
            if cell is not None and cell != "":
                linked = column.name.endswith("url") and links < MOST_LINKS
                links += _write_cell(sheet, (at, place), column, cell, styles["date"], linked=linked)
    sheet.autofilter(0, 0, at, len(columns) - 1)


def _fill_taken(sheet: Any, store: Store, view: View) -> None:  # noqa: ANN401
    """Fill the hidden sheet with what the cells of the incidents say now."""
    sheet.hide()
    rows = (row for rows in stream_rows(store, view, INCIDENTS) for row in rows)
    for at, pieces in enumerate(write_taken(INCIDENTS.columns, rows)):
        for place, piece in enumerate(pieces):
            sheet.write_string(at, place, piece)


def _write_cell(sheet: Any, at: tuple[int, int], column: Column, cell: Cell, days: Any, *, linked: bool) -> bool:  # noqa: ANN401
    """Write one cell with its type, and say whether it is a link."""
    if column.type in ("int", "float"):
        sheet.write_number(*at, cell)
        return False
    day = _read_day(cell) if column.type == "date" else None
    if day is not None and day >= FIRST_DAY:
        sheet.write_datetime(*at, day, days)
        return False
    text = str(cell)
    if linked and len(text) < LONGEST_LINK and (link := find_link(text)):
        sheet.write_url(*at, link, string=text[:LONGEST_TEXT])
        return True
    sheet.write_string(*at, text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…")
    return False


def _read_day(cell: Cell) -> date | None:
    """Read a day, as itself or as it is written."""
    if isinstance(cell, date):
        return cell
    try:
        return date.fromisoformat(str(cell))
    except ValueError:
        return None


def _list_codebook() -> Iterable[tuple[str, str, str, str]]:
    """List what each column of the sheets means, then each word of the code lists."""
    for name, table in SHEETS.items():
        for column in with_incident(table):
            yield name, column.name, column.type, tell_column(column).replace("`", "")
    yield from ((f"code list {name}", code.word, "code", code.about) for name in CODES for code in CODES[name])


def _fill_readme(sheet: Any, styles: dict[str, Any], facts: list[tuple[str, str]]) -> None:  # noqa: ANN401
    """Say what the workbook holds and how it is to be read."""
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)
    for at, (name, value) in enumerate([*facts, *(("How to read it", line) for line in READING)]):
        sheet.write_string(at, 0, name, styles["bold"])
        sheet.write_string(at, 1, value[:LONGEST_TEXT], styles["prose"])
