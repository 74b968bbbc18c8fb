"""Periods of time that charts count by: months, quarters, years or longer, as few as a chart can hold.

A period is a number: months since the year 0, divided by how many months it has. An incident lies in a period only
if all its days do; the days of the others are not known well enough to say, and charts count them apart.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.tables.store import Counts
from pipeline.view import View

STEPS = ("month", "quarter", "year", "five years", "ten years", "century", "thousand years")
MONTHS = dict(zip(STEPS, (1, 3, 12, 60, 120, 1200, 12000), strict=True))


@dataclass(frozen=True, slots=True)
class Periods:
    """The periods from `first` to `last`, both with it, each as long as `step`."""

    step: str
    first: int
    last: int

    def __iter__(self) -> Iterator[int]:
        """Go through the periods in order."""
        return iter(range(self.first, self.last + 1))

    def __len__(self) -> int:
        """Count the periods."""
        return self.last - self.first + 1

    def start(self, period: int) -> date:
        """Give the first day of a period.

        >>> Periods("quarter", 8092, 8093).start(8092)
        datetime.date(2023, 1, 1)
        """
        year, month = divmod(period * MONTHS[self.step], 12)
        return date(max(year, 1), month + 1, 1)

    def end(self, period: int) -> date:
        """Give the last day of a period.

        >>> Periods("quarter", 8092, 8093).end(8092)
        datetime.date(2023, 3, 31)
        """
        year, month = divmod((period + 1) * MONTHS[self.step] - 1, 12)
        year = min(year, 9999)
        return date(year, month + 1, monthrange(year, month + 1)[1])

    def name(self, period: int) -> str:
        """Name a period.

        >>> Periods("month", 0, 0).name(24278), Periods("quarter", 0, 0).name(8092), Periods("year", 0, 0).name(2023)
        ('Mar 2023', 'Q1 2023', '2023')
        >>> Periods("five years", 0, 0).name(404)
        '2020–2024'
        """
        first = self.start(period)
        if self.step == "month":
            return f"{first:%b} {first.year}"
        if self.step == "quarter":
            return f"Q{first.month // 3 + 1} {first.year}"
        return str(first.year) if self.step == "year" else f"{first.year}–{self.end(period).year}"

    def short(self, period: int) -> str:
        """Name a period in as few letters as the head of a narrow column has: its year only where that begins."""
        name = self.name(period)
        if self.step not in ("month", "quarter") or period == self.first:
            return name
        return name if period * MONTHS[self.step] % 12 == 0 else name.split()[0]

    def span(self) -> str:
        """Say from when to when, to begin a sentence.

        >>> Periods("month", 24276, 24278).span()
        'Between Jan 2023 and Mar 2023'
        """
        first, last = self.name(self.first), self.name(self.last)
        return f"In {first}" if first == last else f"Between {first} and {last}"

    def index(self, column: str) -> str:
        """Give the SQL of the period that a day lies in.

        >>> Periods("quarter", 0, 0).index("date_start")
        '((year(date_start) * 12 + month(date_start) - 1) // 3)'
        """
        return f"((year({column}) * 12 + month({column}) - 1) // {MONTHS[self.step]})"

    def within(self) -> str:
        """Give the SQL of the one period that an incident of `shown` surely lies in, NULL where none is sure."""
        start, end = self.index("date_start"), self.index("date_end")
        return f"CASE WHEN sure AND {start} = {end} THEN {start} END"


def find_periods(counts: Counts, view: View, step: str, most: int) -> Periods | None:
    """Give the periods that the days shown reach over, longer ones than `step` where they were more than `most`.

    None where no incident shown has a day.
    """
    if counts.first is None or counts.last is None:
        return None
    first = max(counts.first, view.since or counts.first)
    last = max(first, min(counts.last, view.until or counts.last))
    for longer in STEPS[STEPS.index(step) :]:
        size = MONTHS[longer]
        found = Periods(longer, *((day.year * 12 + day.month - 1) // size for day in (first, last)))
        if len(found) <= most:
            break
    return found
