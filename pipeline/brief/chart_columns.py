"""The columns of the months on a printed page: heights from 0 to 1, and the numbers above them.

A month without an incident bears a cross, one with incidents and no figure of killed a dash, never a bar of zero.
"""

from collections.abc import Sequence
from typing import Any

from pipeline.brief.briefing import Briefing
from pipeline.brief.marks import say_count
from pipeline.brief.months import Month
from pipeline.brief.periods import Periods

CLOSE = 27  # columns: with more, only every third is named
WIDE = 24  # columns: with more, there is no room for a range above each
NONE, NO_FIGURE, BEYOND = "×", "–", "↑"


def list_columns(briefing: Briefing) -> list[dict[str, Any]]:
    """Give a column for each period."""
    periods = briefing.periods
    if periods is None:
        return []
    most = max((month.sure + month.possible for month in briefing.months), default=1) or 1
    tallest = _find_top(briefing.months)
    wide = len(periods) <= WIDE
    return [
        {"label": _name(periods, one.period), "incidents": _count(one, most, wide=wide), "killed": _kill(one, tallest)}
        for one in briefing.months
    ]


def say_columns(briefing: Briefing) -> str:
    """Explain the signs that the columns need."""
    months, step = briefing.months, briefing.periods.step if briefing.periods else "month"
    said = [f"Solid: surely in the {step}{', with their number' if len(months) > WIDE else ''}"]
    if any(month.possible for month in months):
        said.append("dotted: possibly, for their days are not known well enough, and they may stand in several columns")
    said.append("killed: best figures of the sure ones, line up to the high")
    if any(month.killed and month.killed.open_top for month in months):
        said.append("+ the high is open")
    top = _find_top(months)
    if any((_find_high(month) or 0) > top for month in months):
        said.append(f"{BEYOND} the high lies beyond the drawing")
    if any(month.sure and month.value is None for month in months):
        said.append(f"{NO_FIGURE} incidents, but no figure of killed")
    if any(not month.sure + month.possible for month in months):
        said.append(f"{NONE} none recorded, which need not mean peace")
    if briefing.counts.undated:
        said.append(f"{briefing.counts.undated:,} have no day and are in no column")
    return "; ".join(said) + "."


def _count(month: Month, most: int, *, wide: bool) -> list[float | str]:
    """Give the heights of what is sure and what is possible, and the number above."""
    words = say_count(month.sure) if month.sure else ""
    if month.possible and wide:
        words = f"{words or '0'}–{say_count(month.sure + month.possible)}"
    return [month.sure / most, month.possible / most, words or ("" if month.possible else NONE)]


def _kill(month: Month, tallest: int) -> list[float | str]:
    """Give the heights of the best figures and of the highs, and the number above."""
    value = month.value
    if value is None:
        return [0.0, 0.0, NO_FIGURE if month.sure else ""]
    high = _find_high(month) or 0
    sign = "+" if month.killed and month.killed.open_top else BEYOND if high > tallest else ""
    return [value / tallest, min(high / tallest, 1.0), f"{say_count(value)}{sign}"]


def _find_top(months: Sequence[Month]) -> int:
    """Give the number at the top of the drawing: a high far above all best figures would leave nothing of them."""
    values = max((month.value or 0 for month in months), default=0)
    return max(1, values, min(max((_find_high(month) or 0 for month in months), default=0), 2 * values))


def _find_high(month: Month) -> int | None:
    """Give the sum of the highs, None where it is open."""
    return month.killed.high if month.killed and month.value is not None and not month.killed.open_top else None


def _name(periods: Periods, period: int) -> str:
    """Name a period in two short lines: the month, and the year where that begins."""
    name = periods.name(period)
    if " " not in name:
        return name
    part, year = name.split(" ")
    starts = period == periods.first or periods.start(period).month == 1
    if len(periods) > CLOSE and not starts and (period - periods.first) % 3:
        return ""
    return f"{part}\n{year}" if starts else f"{part}\n "
