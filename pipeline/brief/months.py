"""Incidents by month with their killed: what is sure to lie in a period, and what may.

A month without an incident is none; a month with incidents none of which has a figure has no number of zero.
"""

from dataclasses import dataclass
from typing import Any

from pipeline.brief.periods import Periods
from pipeline.tables.store import Ask, read_total, sum_columns
from pipeline.tables.totals import Total


@dataclass(frozen=True, slots=True)
class Month:
    """What one period holds: incidents surely and possibly in it, and the killed of the sure ones."""

    period: int
    sure: int
    possible: int
    killed: Total | None

    @property
    def value(self) -> int | None:
        """Give the killed to draw, None where no figure is stated; vague figures have a low and no best."""
        return max(self.killed.best, self.killed.low) if self.killed and any(self.killed.figures[:2]) else None


def count_months(ask: Ask, periods: Periods) -> list[Month]:
    """Count the incidents and the killed of each period."""
    start, end = periods.index("date_start"), periods.index("date_end")
    found: list[dict[Any, Any]] = ask(
        f"SELECT {start} AS first, {end} AS last, sure, count(*) AS n, {sum_columns('killed')} "
        "FROM shown WHERE date_start IS NOT NULL AND date_end IS NOT NULL GROUP BY ALL"
    ).to_dict("records")
    sure = {row["first"]: row for row in found if row["sure"] and row["first"] == row["last"]}
    reach = [0] * (len(periods) + 1)
    for one in found:
        # Days that reach beyond those asked count at the ends of what is drawn.
        first, last = max(one["first"], periods.first), min(one["last"], periods.last)
        if first <= last:
            reach[first - periods.first] += one["n"]
            reach[last - periods.first + 1] -= one["n"]
    months, held = [], 0
    for period, change in zip(periods, reach, strict=False):
        held += change
        row = sure.get(period)
        n = int(row["n"]) if row else 0
        months.append(Month(period, n, int(held) - n, read_total(row, "killed") if row else None))
    return months
