"""Which days come next: the presets of the timeline, and the steps of its playback. Days in, days out.

The window of days that is played moves by calendar days, weeks or months. It keeps its length (a moving window), or
its first day stays and only its last day moves on (cumulative).
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

Window = tuple[date, date]
STEPS = ("month", "week", "day")  # the usual one first
WAYS = ("window", "cumulative")
ALL, YEAR, QUARTER = "All days", "Last year", "Last 90 days"


def list_presets(last: date | None) -> dict[str, Window | None]:
    """Give the windows that one press chooses, None for all days; the others end on the `last` day of the data.

    >>> [str(day) for day in list_presets(date(2023, 5, 19))["Last year"]]
    ['2022-05-20', '2023-05-19']
    """
    if last is None or last.year < 2:
        return {ALL: None}
    return {
        ALL: None,
        YEAR: (shift_months(last, -12) + timedelta(days=1), last),
        QUARTER: (last - timedelta(days=89), last),
    }


def find_step(window: Window | None, extent: Window, *, step: str, way: str, by: int) -> Window | None:
    """Give the window one step later (`by` 1) or earlier (-1), or None where no data lie that way.

    From all days, playback begins with the first step of the data; backwards it begins with the last one.

    >>> data = (date(2021, 9, 20), date(2023, 5, 19))
    >>> first = find_step(None, data, step="month", way="window", by=1)
    >>> [str(day) for day in first or ()]
    ['2021-09-01', '2021-09-30']
    >>> [str(day) for day in find_step(first, data, step="month", way="window", by=1) or ()]
    ['2021-10-01', '2021-10-31']
    >>> [str(day) for day in find_step(first, data, step="week", way="cumulative", by=1) or ()]
    ['2021-09-01', '2021-10-07']
    >>> find_step(first, data, step="day", way="window", by=-1) is None
    True
    """
    if window is None:
        return frame(extent[0 if by > 0 else 1], step)
    ended = window[1] >= extent[1] if by > 0 else (window[1] if way == "cumulative" else window[0]) <= extent[0]
    if ended:
        return None
    move = _MOVES[step]
    try:
        first, last = window[0] if way == "cumulative" else move(window[0], by), move(window[1], by)
    except (OverflowError, ValueError):  # a link may ask for the first day or the last that there is
        return None
    return (first, last) if first <= last else None


def frame(day: date, step: str) -> Window:
    """Give the calendar day, week or month that holds a day.

    >>> [str(day) for day in frame(date(2024, 2, 14), "week")]
    ['2024-02-12', '2024-02-18']
    """
    if step == "month":
        return day.replace(day=1), _end_month(day)
    if step == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    return day, day


def shift_months(day: date, by: int) -> date:
    """Give the same day some months later; the last day of a month leads to the last day of the other.

    >>> str(shift_months(date(2023, 1, 31), 1)), str(shift_months(date(2023, 2, 28), 1))
    ('2023-02-28', '2023-03-31')
    """
    months = day.year * 12 + day.month - 1 + by
    there = date(months // 12, months % 12 + 1, 1)
    end = _end_month(there)
    return end if day == _end_month(day) else there.replace(day=min(day.day, end.day))


def _end_month(day: date) -> date:
    """Give the last day of a month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


_MOVES: dict[str, Callable[[date, int], date]] = {
    "day": lambda day, by: day + timedelta(days=by),
    "week": lambda day, by: day + timedelta(days=7 * by),
    "month": shift_months,
}
