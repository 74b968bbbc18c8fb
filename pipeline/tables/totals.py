"""Sums of people over incidents: lows, bests and highs apart, and what no sum can hold, said beside it.

None is never zero: an incident without a figure is counted as such. A part of a wave that is itself among the
rows is left out, because the wave's own toll counts it already.
"""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, slots=True)
class Total:
    """The sums of one measure over some incidents."""

    low: int
    best: int
    high: int
    figures: tuple[int, int, int]  # how many incidents have a low, a best, a high
    without: int  # incidents with no figure at all
    open_top: int  # incidents whose figure has no upper end, so that `high` can be more

    def __str__(self) -> str:
        """Give low, best and high; where figures have no upper end, the sum has none either.

        >>> str(Total(5, 7, 9, (3, 2, 2), 0, 0)), str(Total(5, 7, 9, (3, 2, 2), 0, 1))
        ('5 – 7 – 9', '5 – 7 – open')
        """
        return f"{self.low:,} – {self.best:,} – {'open' if self.open_top else f'{self.high:,}'}"


def sum_people(rows: pd.DataFrame, measure: str) -> Total:
    """Add up `measure` ("killed" or "injured") over incidents, each with its columns of the codebook."""
    counted = rows[~find_parts(rows)]
    figures = counted[[f"{measure}_low", f"{measure}_best", f"{measure}_high"]]
    known = figures.notna()
    stated = known.any(axis=1)
    low, best, high = (int(figures[column].sum()) for column in figures)
    return Total(
        low=low,
        best=best,
        high=high,
        figures=(int(known.iloc[:, 0].sum()), int(known.iloc[:, 1].sum()), int(known.iloc[:, 2].sum())),
        without=int((~stated).sum()),
        open_top=int((stated & ~known[f"{measure}_high"]).sum()),
    )


def find_parts(rows: pd.DataFrame) -> "pd.Series[bool]":
    """Say of each row whether it is part of another row, whose toll holds it."""
    found = pd.Series(data=False, index=rows.index, dtype=bool)
    claimed = rows[rows["relation"].str.contains("part_of", regex=False)]
    shown = set(rows["incident_id"]) if len(claimed) else set[str]()
    for index, related, relation in zip(claimed.index, claimed["related_ids"], claimed["relation"], strict=True):
        pairs = zip(related.split(" | "), relation.split(" | "), strict=False)
        found[index] = any(kind == "part_of" and other in shown for other, kind in pairs)
    return found
