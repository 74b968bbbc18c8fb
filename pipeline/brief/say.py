"""Days and tolls in words, for the page and for what is taken along from it.

None is never zero: what is not stated is said to be so, and a lower end without an upper one is "at least".
"""

from collections.abc import Mapping
from datetime import date

import pandas as pd

Cell = object


def say_days(start: date | None, end: date | None) -> str:
    """Say when something can have happened; days are said to be doubtful by how they are put.

    >>> say_days(date(2023, 3, 27), date(2023, 3, 27))
    '27 March 2023'
    >>> say_days(date(2023, 3, 21), date(2023, 3, 31))
    'between 21 and 31 March 2023'
    >>> say_days(date(2021, 10, 1), date(2021, 10, 31)), say_days(date(2019, 1, 1), date(2019, 12, 31))
    ('some day in October 2021', 'some day in 2019')
    >>> say_days(date(2022, 9, 1), date(2023, 4, 30))
    'between 1 September 2022 and 30 April 2023'
    >>> say_days(None, None)
    'day not stated'
    """
    if start is None or end is None:
        return "day not stated"
    if start == end:
        return _say_day(start)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"some day in {start.year}" if start.year == end.year else f"some day from {start.year} to {end.year}"
    whole_month = start.day == 1 and (end.month != (pd.Timestamp(end) + pd.Timedelta(days=1)).month)
    if (start.year, start.month) == (end.year, end.month):
        return f"some day in {start:%B %Y}" if whole_month else f"between {start.day} and {_say_day(end)}"
    first = _say_day(start) if start.year != end.year else f"{start.day} {start:%B}"
    return f"between {first} and {_say_day(end)}"


def say_number(low: Cell, best: Cell, high: Cell) -> str:
    """Say a number of people with its doubt, or "" where none is stated.

    >>> say_number(19, 19, 19), say_number(19, 19, None), say_number(10, 10, 12), say_number(None, None, 30)
    ('19', 'at least 19', '10 to 12', 'up to 30')
    >>> say_number(0, 0, 0), say_number(None, None, None)
    ('0', '')
    """
    ends = [read_count(cell) for cell in (low, best, high)]
    least = ends[0] if ends[0] is not None else ends[1]
    most = ends[2]
    if least is None:
        return "" if most is None else f"up to {most}"
    if most is None:
        return f"at least {least}"
    return str(least) if least == most else f"{least} to {most}"


def say_toll(row: dict[str, Cell]) -> str:
    """Say how many were killed and injured, from a row of `incidents`.

    >>> say_toll({"killed_low": 2, "killed_best": 2, "killed_high": 2, "injured_low": 5, "injured_best": 5})
    '2 killed, at least 5 injured'
    >>> say_toll({"killed_low": 0, "killed_best": 0, "killed_high": 0})
    'no one killed, injured not stated'
    >>> say_toll({"casualties_low": 100, "casualties_best": 100})
    'at least 100 killed or injured'
    """
    killed, injured, both = (_say_measure(row, measure) for measure in ("killed", "injured", "casualties"))
    if both and not killed and not injured:
        return f"{both} killed or injured"
    parts = [
        f"{'no one' if number == '0' else number} {measure}" if number else f"{measure} not stated"
        for number, measure in ((killed, "killed"), (injured, "injured"))
    ]
    return ", ".join(parts) if killed or injured else "killed and injured not stated"


def read_count(cell: Cell) -> int | None:
    """Give a number of people from a cell of a table, None where it is empty.

    >>> read_count(float("nan")), read_count(0.0), read_count(None)
    (None, 0, None)
    """
    return None if cell is None or pd.isna(cell) else int(cell)  # type: ignore[call-overload]


def _say_measure(row: dict[str, Cell], measure: str) -> str:
    """Say one measure of a row."""
    return say_number(*(row.get(f"{measure}_{end}") for end in ("low", "best", "high")))


def _say_day(day: date) -> str:
    """Say one day.

    >>> _say_day(date(2023, 3, 7))
    '7 March 2023'
    """
    return f"{day.day} {day:%B %Y}"


def say_place(row: Mapping[str, Cell]) -> str:
    """Say where, from a row of `incidents`, and how much of it is known.

    >>> say_place({"city": "", "admin1": "Balkh", "country": "Afghanistan", "geo_precision": "province"})
    'Balkh, Afghanistan (known to the province only)'
    >>> say_place({"city": "Herat", "admin1": "Herat", "country": "Afghanistan", "geo_precision": "city"})
    'Herat, Afghanistan'
    >>> say_place({"geo_precision": "unknown"})
    'place not stated'
    """
    named = [str(row[name]) for name in ("city", "admin2", "admin1", "country") if row.get(name)]
    where = ", ".join(dict.fromkeys(named))
    only = {"district", "province", "country"} & {str(row.get("geo_precision"))}
    return f"{where}{''.join(f' (known to the {area} only)' for area in only)}" if where else "place not stated"
