"""The days that a cell of a spreadsheet can mean, however the program or the person wrote them."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

MONTHS = "january february march april may june july august september october november december".split()
FIRST_SERIAL, LAST_SERIAL = 18_264, 80_000  # 1950 to 2119: what of plain numbers can be a day
EPOCH = date(1899, 12, 30)
CLOCK = re.compile(r"[T ]\d{1,2}:\d\d(:\d\d(\.\d+)?)?( ?[AP]M)?(Z|[+-]00:?00)?$", re.IGNORECASE)


def read_days(cell: object) -> list[date]:
    """Give each day that a cell can mean, the day-first reading of 3/4/2023 before the other; none where it is no day.

    >>> [str(day) for day in read_days("03/04/2023")], [str(day) for day in read_days("27-Mar-23")]
    (['2023-04-03', '2023-03-04'], ['2023-03-27'])
    >>> read_days(datetime(2023, 3, 27)) == read_days("2023-03-27 00:00:00") == read_days(45012) == read_days("45012")
    True
    """
    if isinstance(cell, datetime):
        return [cell.date()]
    if isinstance(cell, date):
        return [cell]
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_serial(float(cell))
    if not isinstance(cell, str):
        return []
    text = CLOCK.sub("", cell.strip()).strip()
    return next((days for rule in RULES if (days := rule(text))), [])


def _from_serial(number: float) -> list[date]:
    """Read the number that spreadsheets keep a day as."""
    return [EPOCH + timedelta(days=int(number))] if FIRST_SERIAL <= number <= LAST_SERIAL else []


def _iso(text: str) -> list[date]:
    """Read 2023-03-27, 2023/3/27, 2023.03.27, and 20230327."""
    found = re.fullmatch(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})\.?", text)
    if not found or (not found[2] and len(text) != 8):
        return []
    return _make([(found[1], found[3], found[4])])


def _serial(text: str) -> list[date]:
    """Read 45012 and 45012.0."""
    return _from_serial(float(text)) if re.fullmatch(r"\d{5}(\.0+)?", text) else []


def _figures(text: str) -> list[date]:
    """Read 27.03.2023, 27/3/23, 3/27/2023 and 27-03-2023: the day first, then the month first."""
    found = re.fullmatch(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})\.?", text)
    if not found:
        return []
    one, two, year = found[1], found[3], found[4]
    # With dots the day always stands first.
    return _make([(year, two, one), *([] if found[2] == "." else [(year, one, two)])])


def _named(text: str) -> list[date]:
    """Read 27 March 2023, 27-Mar-23, March 27, 2023 and Monday, 27 March 2023."""
    words = re.findall(r"[a-z]+|\d+", text.lower())
    months = [place for word in words if len(word) > 2 for place, name in enumerate(MONTHS, 1) if name.startswith(word)]
    numbers = [word for word in words if word.isdecimal()]
    if len(months) != 1 or len(numbers) != 2 or len(words) > 5:
        return []
    day, year = numbers if len(numbers[0]) <= 2 else numbers[::-1]
    return _make([(year, str(months[0]), day)])


RULES: tuple[Callable[[str], list[date]], ...] = (_iso, _serial, _figures, _named)


def _make(parts: list[tuple[str, str, str]]) -> list[date]:
    """Give the days that are ones, each once; two figures of a year are 1930 to 2029, as spreadsheets take them."""
    days = []
    for year, month, day in parts:
        full = int(year) + (0 if len(year) > 2 else 2000 if int(year) < 30 else 1900)
        try:
            days.append(date(full, int(month), int(day)))
        except ValueError:
            continue
    return list(dict.fromkeys(days))


def is_same_words(was: str, cell: object) -> bool:
    """Say whether words of a day became a day: Excel turns "October 2021" into 1 October 2021 and shows "Oct-21".

    >>> is_same_words("October 2021", "Oct-21"), is_same_words("March 27", "27-Mar")
    (True, True)
    >>> is_same_words("March 27", "28-Mar")
    False
    """
    said, shown = _parts(was), _parts(cell.strftime("%d %B %Y") if isinstance(cell, date) else cell)
    if not said or not shown or said[0] != shown[0] or not said[1]:
        return False
    return said[1] <= shown[1] or (len(said[1]) > 1 and bool(shown[1]) and shown[1] <= said[1])


def _parts(text: object) -> tuple[int, set[int]] | None:
    """Give the month and the numbers of words of a day, years by their last two figures; None for other words."""
    if not isinstance(text, str) or not re.fullmatch(
        r"(\d{1,2}[ -])?[A-Za-z]{3,9}([ -]\d{1,4})?(,? ?-?\d{4}|-\d\d)?", text
    ):
        return None
    word = re.search(r"[A-Za-z]+", text)
    months = [no for no, name in enumerate(MONTHS, 1) if word and name.startswith(word[0].lower())]
    return (months[0], {int(number) % 100 for number in re.findall(r"\d+", text)}) if months else None
