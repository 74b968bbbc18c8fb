"""Days at which an axis of time is marked: the beginnings of weeks, months or years, as few as there is room for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DAYS = (1, 2, 7, 14)
MONTHS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 12000)


@dataclass(frozen=True, slots=True)
class Tick:
    """A day and what is written at it."""

    day: date
    name: str


def find_ticks(first: date, last: date, most: int) -> list[Tick]:
    """Give the finest marks of which no more than `most` lie from `first` to `last`.

    >>> [tick.name for tick in find_ticks(date(2022, 11, 20), date(2023, 3, 2), 5)]
    ['Dec 2022', 'Jan 2023', 'Feb 2023', 'Mar 2023']
    >>> [tick.name for tick in find_ticks(date(2023, 3, 1), date(2023, 3, 31), 5)]
    ['6 Mar', '13 Mar', '20 Mar', '27 Mar']
    """
    for step in DAYS:
        if (last - first).days // step <= most and len(found := list(_list_days(first, last, step))) <= most:
            return found
    for step in MONTHS:
        if len(found := list(_list_months(first, last, step))) <= most:
            break
    return found


def _list_days(first: date, last: date, step: int) -> Iterator[Tick]:
    """Give every so many days; weeks begin on Monday."""
    day = first if step < 7 else first + timedelta(days=-first.weekday() % 7)
    while day <= last:
        yield Tick(day, f"{day.day} {day:%b}")
        day += timedelta(days=step)


def _list_months(first: date, last: date, step: int) -> Iterator[Tick]:
    """Give the first days of every so many months."""
    month = -(-(first.year * 12 + first.month - 1 + (first.day > 1)) // step) * step
    while month <= last.year * 12 + last.month - 1:
        day = date(max(1, month // 12), month % 12 + 1, 1)
        yield Tick(day, f"{day:%b} {day.year}" if step < 12 else f"{day.year}")
        month += step
