"""Sums of people over incidents: lows, bests and highs apart, and what no sum can hold, said beside it.

None is never zero: an incident without a figure is counted as such. A part of a wave that is itself among the
rows is left out, because the wave's own toll counts it already.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Total:
    """The sums of one measure over some incidents."""

    low: int
    best: int
    high: int
    figures: tuple[int, int, int]  # how many incidents have a low, a best, a high
    without: int  # incidents with no figure at all
    stated: int  # incidents with a figure; with `without`, all but the parts of waves
    open_top: int  # incidents whose figure has no upper end, so that `high` can be more

    def __str__(self) -> str:
        """Give low, best and high; where figures have no upper end, the sum has none either.

        >>> str(Total(5, 7, 9, (3, 2, 2), 0, 3, 0)), str(Total(5, 7, 9, (3, 2, 2), 0, 3, 1))
        ('5 – 7 – 9', '5 – 7 – open')
        """
        return f"{self.low:,} – {self.best:,} – {'open' if self.open_top else f'{self.high:,}'}"
