"""Read a table of incidents that was taken along and comes back: CSV as Excel and others write it, or a workbook.

Whoever sends a file may be a stranger, or their program may have hurt it: what is read is bounded in bytes, cells and
time, nothing in it is run or followed, and a file that cannot be read is refused in one sentence.
"""

import csv
import io
import re
import time
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.brief.taken import AS_TAKEN, read_taken
from pipeline.curation.upload_book import Book
from pipeline.curation.upload_raw import Line, Raw, UploadError, tidy_name
from pipeline.tables.columns import INCIDENTS

MOST_MB = 50
MOST_UNPACKED_MB = 400
MOST_PARTS = 2_000  # of a workbook
MOST_COLUMNS = 300
MOST_ROWS = 50_000
MOST_CELL = 100_000  # characters
MOST_SECONDS = 90.0
HEAD = 20  # rows among which the header stands
KNOWN = {column.name for column in INCIDENTS.columns}
KEY = "incident_id"
ZIP = b"PK\x03\x04"
ANSI = "cp1252"  # what Excel writes a plain CSV in, in the West
OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file says: the columns we know, each row under its number in the file, and how the file was written.

    `taken` is what each incident said when the file was taken, None where the file does not hold it.
    """

    columns: tuple[str, ...]
    strange: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, Raw]], ...]
    taken: dict[str, dict[str, str]] | None = None
    encoding: str = "utf-8"
    comma: bool = False  # its numbers may have a decimal comma
    notes: tuple[str, ...] = field(default=())


def read_upload(content: bytes, name: str) -> Sheet:
    """Read a file. Raises UploadError."""
    if len(content) > MOST_MB << 20:
        raise UploadError(f"The file has {len(content) >> 20:,} MB, and {MOST_MB} are the most: take fewer incidents.")
    if not content.strip():
        raise UploadError("The file is empty.")
    until = time.monotonic() + MOST_SECONDS
    if content.startswith(ZIP):
        return arrange_workbook(content, until)
    if content.startswith(OLD_EXCEL) or name.lower().endswith((".xls", ".ods", ".numbers", ".xlsb")):
        raise UploadError("This kind of file is not read, or it has a password: save it as .xlsx or .csv.")
    if name.lower().endswith((".xlsx", ".xlsm")):
        raise UploadError("The workbook is not whole: save it again as .xlsx.")
    return arrange_csv(content, until)


def arrange_csv(content: bytes, until: float) -> Sheet:
    """Read a CSV in whatever encoding and with whatever separator spreadsheet programs write one."""
    text, encoding = decode(content)
    first, _, rest = text.partition("\n")
    if told := re.fullmatch(r'"?sep=(.)"?', first.strip("\r \ufeff")):
        delimiter, text = told[1], rest
    else:
        delimiter = find_delimiter(text)
    csv.field_size_limit(MOST_CELL)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return arrange(watch(((lines.line_num, cells) for cells in lines), until), encoding, delimiter != ",")
    except csv.Error as error:
        raise UploadError(f"Line {lines.line_num} is no line of a CSV: {error}. Save the file again.") from error


def decode(content: bytes) -> tuple[str, str]:
    r"""Give the text of a CSV and the name of its encoding.

    >>> decode("é".encode("utf-16")), decode("é;1".encode("cp1252")), decode(b"a\x00,\x00")
    (('é', 'utf-16'), ('é;1', 'cp1252'), ('a,', 'utf-16-le'))
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), "utf-16"
    if b"\0" in content[:200]:
        encoding = "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
        return content.decode(encoding, "replace"), encoding
    if content.isascii():  # what it could not hold is lost
        return content.decode("ascii"), ANSI
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return content.decode(ANSI, "replace"), ANSI


def find_delimiter(text: str) -> str:
    """Give what parts the columns: whichever shows most columns that we know near the top.

    >>> find_delimiter("incident_id;title;city"), find_delimiter("incident_id,title")
    (';', ',')
    """
    head = text[:20_000].splitlines()[:HEAD]
    known = {
        mark: max((len(KNOWN & {tidy_name(name) for name in line.split(mark)}) for line in head), default=0)
        for mark in ",;\t|"
    }
    return max(known, key=lambda mark: known[mark])


def watch(lines: Iterable[Line], until: float) -> Iterator[Line]:
    """Pass lines on, until there are too many or it takes too long."""
    for count, line in enumerate(lines):
        if count > MOST_ROWS + HEAD:
            raise UploadError(f"The file has more than {MOST_ROWS:,} rows: take fewer incidents.")
        if count % 500 == 0 and time.monotonic() > until:
            raise UploadError(f"Reading the file took more than {MOST_SECONDS:.0f} seconds: take fewer incidents.")
        yield line


def arrange(lines: Iterator[Line], encoding: str = "utf-8", comma: bool = False) -> Sheet:
    """Find the header, and give the rows below it by the names of their columns."""
    names: list[str] = []
    for no, (_, cells) in enumerate(lines):
        names = [tidy_name(cell) for cell in cells[:MOST_COLUMNS]]
        if KEY in names or no >= HEAD:
            break
    if KEY not in names:
        raise UploadError(f"No column is called {KEY}: bring back a file that was downloaded here, with its header.")
    if twice := next((name for name in names if name in KNOWN and names.count(name) > 1), None):
        raise UploadError(f"Two columns are called {twice}: remove one.")
    known = [(place, name) for place, name in enumerate(names) if name in KNOWN]
    rows = []
    for number, cells in lines:
        row = {name: cells[place] if place < len(cells) else None for place, name in known}
        if any(cell is not None and cell != "" for cell in row.values()):
            rows.append((number, row))
    strange = tuple(dict.fromkeys(name for name in names if name and name not in KNOWN))
    return Sheet(tuple(name for _, name in known), strange, tuple(rows), None, encoding, comma)


def arrange_workbook(content: bytes, until: float) -> Sheet:
    """Read the incidents of a workbook, and the hidden sheet that says what they were; all else in it is let be."""
    check_parts(content)
    try:
        book = Book(content)
        sheet = arrange(watch(book.lines(book.find_sheet(KEY, HEAD), MOST_COLUMNS), until))
        taken, notes = None, list[str]()
        if book.has(AS_TAKEN):
            try:
                taken = read_taken(cells for _, cells in watch(book.lines(AS_TAKEN, MOST_COLUMNS), until))
            except (ValueError, KeyError, TypeError):
                notes.append(f"The hidden sheet “{AS_TAKEN}” was changed and cannot be used.")
    except (UploadError, MemoryError):
        raise
    except Exception as error:  # a workbook that is not one fails anywhere in the library that reads it
        raise UploadError("The workbook cannot be read: save it again as .xlsx.") from error
    return Sheet(sheet.columns, sheet.strange, sheet.rows, taken, notes=tuple(notes))


def check_parts(content: bytes) -> None:
    """Refuse a workbook that unpacks to more than it may, before anything is unpacked: it says so itself."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as pack:
            parts = pack.infolist()
    except Exception as error:  # zipfile raises what it stumbles over, NotImplementedError among it
        raise UploadError("The workbook is not whole: save it again as .xlsx.") from error
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise UploadError("This is no workbook of Excel: save it as .xlsx or .csv.")
    if any(part.flag_bits & 1 for part in parts):
        raise UploadError("The workbook has a password: save it without one.")
    size = sum(part.file_size for part in parts)
    if size > MOST_UNPACKED_MB << 20 or len(parts) > MOST_PARTS:
        raise UploadError(f"The workbook unpacks to {size >> 20:,} MB in {len(parts):,} parts: take fewer incidents.")
