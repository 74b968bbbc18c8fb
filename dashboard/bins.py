"""Stretches of the calendar next to each other, and how many incidents surely or possibly lie in each.

An incident whose days all lie in one bin is sure to belong there; one whose days reach over several may belong to any
of them, and is counted in each as possible, never as sure.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

EPOCH = date(1970, 1, 1)
UNITS = ("day", "week", "month", "quarter", "year", "5 years", "10 years", "25 years", "100 years")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}

Days = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bins:
    """Stretches of days next to each other: bin i runs from edges[i] up to, without, edges[i + 1]."""

    unit: str
    edges: Days

    @classmethod
    def over(cls, first: int, last: int, most: int) -> "Bins":
        """Give the finest bins of a calendar unit of which no more than `most` cover first..last.

        >>> bins = Bins.over(day_number(date(2023, 1, 1)), day_number(date(2023, 12, 31)), 60)
        >>> bins.unit, len(bins.edges) - 1
        ('week', 53)
        """
        for unit in UNITS:
            edges = _cut(unit, first, last)
            if len(edges) - 1 <= most:
                break
        return cls(unit, edges)

    def count(self, starts: Days, ends: Days, numbers: Days, lanes: Days, of: int) -> tuple[Days, Days]:
        """Count what is sure to lie in each bin, and what may; an array of `of` lanes by bins for each.

        `numbers` says how many incidents have those days, `lanes` in which lane they are.
        """
        size = len(self.edges) - 1
        lows = np.searchsorted(self.edges, starts, side="right") - 1
        highs = np.searchsorted(self.edges, ends, side="right") - 1
        sure, steps = np.zeros((of, size), np.int64), np.zeros((of, size + 1), np.int64)
        inside = (lows == highs) & (lows >= 0) & (lows < size)
        np.add.at(sure, (lanes[inside], lows[inside]), numbers[inside])
        over = (lows != highs) & (highs >= 0) & (lows < size)
        np.add.at(steps, (lanes[over], np.clip(lows[over], 0, size - 1)), numbers[over])
        np.add.at(steps, (lanes[over], np.clip(highs[over], 0, size - 1) + 1), -numbers[over])
        return sure, np.cumsum(steps, axis=1)[:, :size]


def day_number(day: date) -> int:
    """Give the days since 1970-01-01, the form in which days are sent."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """Undo `day_number`.

    >>> day_of(day_number(date(2023, 3, 27)))
    datetime.date(2023, 3, 27)
    """
    return EPOCH + timedelta(days=int(number))


def _cut(unit: str, first: int, last: int) -> Days:
    """Cut first..last into calendar units.

    >>> [str(day_of(n)) for n in _cut("quarter", 0, 100)]
    ['1970-01-01', '1970-04-01', '1970-07-01']
    """
    if unit in ("day", "week"):
        step = 1 if unit == "day" else 7
        monday = first - (first + 3) % 7 if step == 7 else first
        return np.arange(monday, last + step + 1, step, dtype=np.int64)[: (last - monday) // step + 2]
    step = _MONTHS.get(unit) or 12 * int(unit.removesuffix(" years"))
    low, high = (_month_number(day_of(day)) // step * step for day in (first, last))
    months = np.arange(low, high + step + 1, step) - _month_number(EPOCH)
    days: Days = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return days


def _month_number(day: date) -> int:
    """Give the months since the year 0."""
    return day.year * 12 + day.month - 1
