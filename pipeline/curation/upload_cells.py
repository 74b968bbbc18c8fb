"""Tell a cell that a person changed from one that only a spreadsheet program did, and read what the person wrote.

Programs write days another way, turn numbers into floats and an empty cell into nothing; they trim, escape, and lose
letters that their encoding lacks. None of that is a correction.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.brief.cells import defuse
from pipeline.curation.edits import parse_cell
from pipeline.curation.upload_days import is_same_words, read_days
from pipeline.curation.upload_file import ANSI
from pipeline.curation.upload_raw import Broken, Raw
from pipeline.tables.codes import list_words
from pipeline.tables.columns import Column
from pipeline.tables.rows import format_cell, type_cell

LONGEST = 5_000  # characters of a cell that a person sets
CUT = 32_000  # a workbook holds 32,767 characters of a cell, and ours ends what it cuts with a "…"
SWITCHES = {"TRUE": "yes", "FALSE": "no"}
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ESCAPED = re.compile(r"_x005[Ff](?=_x[0-9A-Fa-f]{4}_)")  # what workbooks put before a text that looks like an escape
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_THOUSANDS = re.compile("\\d{1,3}([,.'’ \u00a0\u202f]\\d{3})+")
_BARBED = re.compile(r"(^|[;\t\r\n])'(?=\s*[=+\-@＝＋－＠])")


@dataclass(frozen=True, slots=True)
class Habits:
    """How a file writes: its encoding, whether numbers may have a decimal comma, and which of 3/4 is the day."""

    encoding: str = "utf-8"
    comma: bool = False
    day_first: bool | None = None


def is_same(column: Column, was: str, cell: Raw, habits: Habits) -> bool:
    """Say whether a cell still says what it said when it was taken.

    >>> from pipeline.curation.edits import EDITABLE
    >>> date_start, killed = EDITABLE["date_start"], EDITABLE["killed_best"]
    >>> is_same(date_start, "2023-03-27", "27.03.2023", Habits()), is_same(killed, "19", 19.0, Habits())
    (True, True)
    >>> is_same(killed, "", 0, Habits()), is_same(EDITABLE["city"], "Herat", " Herat ", Habits())
    (False, True)
    """
    if isinstance(cell, Broken):
        return bool(cell.text) and loosen(was) == loosen(cell.text)  # a text that looks like a formula became one
    text = show(cell)
    return was == text or loosen(was) == loosen(text) or any(rule(column, was, cell, text, habits) for rule in SAME)


def show(cell: Raw) -> str:
    """Write a cell as the codebook writes its value.

    >>> show(None), show(19.0), show(True), show(datetime(2023, 3, 27)), show(34.5)
    ('', '19', 'TRUE', '2023-03-27', '34.5')
    """
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        return cell.date().isoformat()
    return "" if cell is None or isinstance(cell, Broken) else str(cell)


def unbar(text: str) -> str:
    """Take off the apostrophes that keep a spreadsheet from running a text.

    >>> unbar("'=1+1"), unbar("it's")
    ('=1+1', "it's")
    """
    return _BARBED.sub(r"\1", text)


def loosen(text: str) -> str:
    r"""Give a text without what programs add, drop or escape, however often they escaped it.

    >>> loosen(" a_x000D_\n b\x0b"), loosen("'=1+1") == loosen(defuse("=1+1"))
    ('a b', True)
    >>> loosen("_x0041_") == loosen("_x005F_x0041_")
    True
    """
    whole = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), _ESCAPED.sub("", text))
    return " ".join(_CONTROL.sub("", whole).replace("\u00a0", " ").split())


def _is_barbed(_: Column, was: str, cell: Raw, text: str, habits: Habits) -> bool:
    """Say whether it only has the apostrophes that keep a spreadsheet from running it."""
    return loosen(defuse(was)) == loosen(text)


def _is_cut(_: Column, was: str, cell: Raw, text: str, habits: Habits) -> bool:
    """Say whether it is only cut where a cell of a workbook ends."""
    return len(was) > CUT and len(text) > CUT // 2 and loosen(was).startswith(loosen(text).removesuffix("…"))


def _is_same_number(column: Column, was: str, cell: Raw, text: str, habits: Habits) -> bool:
    """Say whether it is the same number, or that number shown with fewer decimals."""
    before, after = read_number(was, Habits()), read_number(cell, habits)
    if before is None or after is None:
        return False
    if column.type == "float":
        shown = len(f"{text.replace(',', '.')}.".split(".")[1]) if isinstance(cell, str) else 0
        is_rounded = shown > 0 and round(before, shown) == after
        return is_rounded or math.isclose(before, after, abs_tol=10**-column.decimals / 2)
    return before == after


def _is_same_day(column: Column, was: str, cell: Raw, text: str, habits: Habits) -> bool:
    """Say whether it can be the same day."""
    days = read_days(cell) if column.type == "date" or isinstance(cell, date) else []
    return was in map(str, days)


def _is_mangled(column: Column, was: str, cell: Raw, text: str, habits: Habits) -> bool:
    """Say whether a text became a day."""
    return column.type == "str" and is_same_words(was, cell)


def _is_lossy(_: Column, was: str, cell: Raw, text: str, habits: Habits) -> bool:
    """Say whether letters that the encoding of the file lacks became question marks, and nothing else changed."""
    return lacks_letters(was, text, habits, "?")


def lacks_letters(was: str, text: str, habits: Habits, shown: str = "") -> bool:
    """Say whether a text differs only in letters that the encoding of the file lacks, `shown` in place of them or any.

    >>> lacks_letters("Şırnak", "Sirnak", Habits("cp1252")), lacks_letters("Herat", "Hirat", Habits("cp1252"))
    (True, False)
    """
    before, after = was.strip(), text.strip()
    if habits.encoding != ANSI or len(before) != len(after) or not before:
        return False
    pairs = zip(before, after, strict=True)
    return all(one == two or (not one.encode(ANSI, "ignore") and two in (shown or two)) for one, two in pairs)


def _is_same_word(column: Column, was: str, cell: Raw, text: str, habits: Habits) -> bool:
    """Say whether a word of a code list, or TRUE and FALSE, is only written in other letters."""
    said = {text.strip().casefold(), SWITCHES.get(text, "") if isinstance(cell, bool) else ""}
    return (column.type == "code" or isinstance(cell, bool)) and was.casefold() in said


SAME: tuple[Callable[[Column, str, Raw, str, Habits], bool], ...] = (
    _is_barbed, _is_cut, _is_same_number, _is_same_day, _is_mangled, _is_lossy, _is_same_word
)  # fmt: skip


def read_number(cell: Raw, habits: Habits) -> float | None:
    """Read a number with its thousands parted and its decimals as the file writes them; None where it is none.

    >>> read_number("1,234", Habits()), read_number("34,5", Habits(comma=True)), read_number("many", Habits())
    (1234.0, 34.5, None)
    """
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return None
    text = str(cell).strip()
    if isinstance(cell, str):
        if habits.comma and text.count(",") == 1 and "." not in text:
            text = text.replace(",", ".")
        elif _THOUSANDS.fullmatch(text):
            text = re.sub(r"\D", "", text)
    try:
        number = float(text)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def read_cell(column: Column, cell: Raw, habits: Habits) -> str:
    """Give what a person wrote as the table would show it. Raises ValueError with what is allowed.

    >>> from pipeline.curation.edits import EDITABLE
    >>> read_cell(EDITABLE["date_end"], "28/03/2023", Habits()), read_cell(EDITABLE["weapon"], "Drone ", Habits())
    ('2023-03-28', 'drone')
    >>> read_cell(EDITABLE["killed_low"], "about 20", Habits())
    Traceback (most recent call last):
    ValueError: killed_low cannot be "about 20": write a whole number
    """
    if isinstance(cell, Broken):
        raise ValueError(cell.why)
    text = loosen(unbar(show(cell)))
    if len(text) > LONGEST:
        raise ValueError(f"{column.name} has {len(text):,} characters, and {LONGEST:,} are the most")
    if text and set(text) == {"#"}:
        raise ValueError("the cell shows only #: its column was too narrow when it was saved")
    text = READ[column.type](column, cell, text, habits) if text else ""
    return format_cell(column, type_cell(column, parse_cell(column, text)))


def _read_day(column: Column, cell: Raw, text: str, habits: Habits) -> str:
    """Read a day; one that can be two is taken as the rest of the file has them, else refused."""
    days = read_days(cell)
    if len(days) > 1:
        if habits.day_first is None:
            raise ValueError(f'{column.name} "{text}" can be {" or ".join(map(str, days))}: write it as YYYY-MM-DD')
        return str(days[0] if habits.day_first else days[1])
    return str(days[0]) if days else text


def _read_figure(column: Column, cell: Raw, text: str, habits: Habits) -> str:
    """Read a number; what is none stays as it is, to be refused."""
    number = read_number(text if isinstance(cell, str) else cell, habits)
    if number is None:
        return text
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def _read_word(column: Column, cell: Raw, text: str, habits: Habits) -> str:
    """Read a word of a code list in whatever letters it is written; TRUE and FALSE are yes and no."""
    words = {word.casefold(): word for word in list_words(column.codes)}
    said = SWITCHES.get(text, text) if isinstance(cell, bool) else text
    return words.get(said.casefold(), text)


def _read_text(column: Column, cell: Raw, text: str, habits: Habits) -> str:
    """Take a text as it is."""
    return text


READ: dict[str, Callable[[Column, Raw, str, Habits], str]] = {
    "date": _read_day, "int": _read_figure, "float": _read_figure, "code": _read_word, "str": _read_text
}  # fmt: skip
