"""What the timeline draws, worked out before anything is sent: lanes, marks or heat strips, and the strip of counts.

The browser gets at most a few hundred objects, whatever the number of incidents. An incident whose days are in
doubt is never put on one of them: it is a mark as long as the doubt, and in counts it is kept apart from the sure ones.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.palette import find_family, find_present
from dashboard.say import read_count, say_days, say_toll

MOST_MARKS = 300  # above this many, dots hide each other: lanes become heat strips
MOST_LANES, MOST_LANES_OPEN = 12, 40
MOST_CELLS, MOST_COUNTS = 64, 140  # bins of a heat strip and of the strip of counts
NOT_STATED = "(not stated)"
EPOCH = date(1970, 1, 1)
UNITS = ("day", "week", "month", "quarter", "year", "5 years", "10 years", "25 years", "100 years")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}

Days = NDArray[np.int64]
Payload = dict[str, object]


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

    def count(self, starts: Days, ends: Days) -> tuple[list[int], list[int], list[float]]:
        """Count per bin: what is sure to lie in it, what may, and the share of the latter that falls to it.

        The sure ones and the shares over all bins add up to the number of incidents.
        """
        size = len(self.edges) - 1
        lows = np.searchsorted(self.edges, starts, side="right") - 1
        highs = np.searchsorted(self.edges, ends, side="right") - 1
        sure = (lows == highs) & (lows >= 0) & (lows < size)
        touching = ~sure & (highs >= 0) & (lows < size)
        first, after = np.clip(lows[touching], 0, size - 1), np.clip(highs[touching], 0, size - 1) + 1
        shares = 1.0 / (highs[touching] - lows[touching] + 1)
        may, share = np.zeros(size + 1), np.zeros(size + 1)
        for steps, weights in ((may, np.ones(len(shares))), (share, shares)):
            np.add.at(steps, first, weights)
            np.add.at(steps, after, -weights)
        return (
            np.bincount(lows[sure], minlength=size).tolist(),
            np.cumsum(may)[:size].round().astype(int).tolist(),
            np.cumsum(share)[:size].round(2).tolist(),
        )


def day_number(day: date) -> int:
    """Give the days since 1970-01-01, the form in which days are sent."""
    return (day - EPOCH).days


def lay_lanes(
    rows: pd.DataFrame, *, lane: str, selected: str | None, window: tuple[date, date] | None, unfolded: bool = False
) -> Payload:
    """Work out the drawing of `rows` of `incidents`, in lanes by the column `lane`, seen through `window`."""
    dated = _find_dated(rows, lane)
    lanes, numbers = _find_lanes(dated, unfolded)
    starts, ends = dated["start"].to_numpy(np.int64), dated["end"].to_numpy(np.int64)
    extent = _find_extent(starts, ends, window)
    view = _find_view(dated, extent, selected, window)
    seen = (starts <= view[1]) & (ends >= view[0])
    in_window = seen if window is None else (starts <= day_number(window[1])) & (ends >= day_number(window[0]))
    shown = np.bincount(numbers[in_window], minlength=len(lanes)).tolist()
    marked = seen if seen.sum() <= MOST_MARKS else seen & (dated["incident_id"] == selected).to_numpy()
    return {
        "lanes": [{**one, "shown": n} for one, n in zip(lanes, shown, strict=True)],
        "unfolded": unfolded,
        "extent": extent,
        "view": view,
        "window": None if window is None else [day_number(day) for day in window],
        "counts": _count_all(starts, ends, extent),
        "heat": None if seen.sum() <= MOST_MARKS else _heat(starts[seen], ends[seen], numbers[seen], view),
        "marks": _find_marks(dated[marked], numbers[marked], dated["lane"][marked].tolist()),
        "families": [
            {"key": f.key, "label": f.label, "light": f.light, "dark": f.dark}
            for f in find_present(dated["event_type"][seen].unique())
        ],
        "selected": selected,
        "dated": len(dated),
        "undated": len(rows) - len(dated),
        "shown": int(in_window.sum()),
    }


def _find_dated(rows: pd.DataFrame, lane: str) -> pd.DataFrame:
    """Keep the rows that have days, in the order of time, with their day numbers and the name of their lane."""
    dated = rows[rows["date_start"].notna() & rows["date_end"].notna()].copy()
    for column, end in (("date_start", "start"), ("date_end", "end")):
        dated[end] = pd.to_datetime(dated[column]).to_numpy("datetime64[D]").astype(np.int64)
    names = dated[lane].astype("string").fillna("").str.strip()
    if lane == "event_type":  # codes are written small
        names = names.str.capitalize()
    dated["lane"] = names.mask(names == "", NOT_STATED).astype(object)
    return dated.sort_values(["start", "end", "incident_id"], kind="stable")


def _find_lanes(dated: pd.DataFrame, unfolded: bool) -> tuple[list[dict[str, object]], Days]:
    """Give the lanes, fullest first, then the rest together, then what is not stated; and the lane of each row."""
    counts = dated["lane"].value_counts().to_dict()
    names = sorted((name for name in counts if name != NOT_STATED), key=lambda name: (-counts[name], name))
    most = MOST_LANES_OPEN if unfolded else MOST_LANES
    kept, rest = (names, []) if len(names) <= most + 1 else (names[:most], names[most:])
    lanes: list[dict[str, object]] = [{"name": name, "count": counts[name], "holds": 1} for name in kept]
    place = {name: i for i, name in enumerate(kept)} | dict.fromkeys(rest, len(kept))
    if rest:
        lanes.append({"name": f"{len(rest)} other", "count": sum(counts[name] for name in rest), "holds": len(rest)})
    if NOT_STATED in counts:
        place[NOT_STATED] = len(lanes)
        lanes.append({"name": NOT_STATED, "count": counts[NOT_STATED], "holds": 1})
    return lanes, np.array([place[name] for name in dated["lane"]], dtype=np.int64)


def _find_extent(starts: Days, ends: Days, window: tuple[date, date] | None) -> tuple[int, int]:
    """Give the first and last day there is anything to show, with a little air."""
    days = [*([starts.min(), ends.max()] if len(starts) else [])]
    days += [day_number(day) for day in window or ()]
    first, last = (int(min(days)), int(max(days))) if days else (day_number(date(2023, 1, 1)),) * 2
    air = max(3, (last - first) // 60)
    return first - air, last + air


def _find_view(
    dated: pd.DataFrame, extent: tuple[int, int], selected: str | None, window: tuple[date, date] | None
) -> tuple[int, int]:
    """Give the days the lanes show: the window, or all; widened so that the selected incident is in it."""
    if window is None:
        return extent
    first, last = (day_number(day) for day in window)
    for start, end in dated.loc[dated["incident_id"] == selected, ["start", "end"]].itertuples(index=False):
        if start > last or end < first:
            first, last = min(first, int(start)), max(last, int(end))
    return first, last


def _find_marks(dated: pd.DataFrame, numbers: Days, lanes: list[str]) -> list[Payload]:
    """Give each incident's mark: its days, its size, its family, and what a reader is told of it."""
    marks: list[Payload] = []
    for row, number, lane in zip(_read_rows(dated), numbers.tolist(), lanes, strict=True):
        cells = (row.get(f"killed_{end}") for end in ("best", "low", "high"))
        killed = next((n for cell in cells if (n := read_count(cell)) is not None), None)
        first, last = (EPOCH + timedelta(days=row[end]) for end in ("start", "end"))
        marks.append(
            {
                "id": row["incident_id"],
                "lane": number,
                "days": [row["start"], row["end"]],
                "killed": killed,
                "family": find_family(row["event_type"]).key,
                "says": [str(row["title"] or row["event_type"]), say_days(first, last), say_toll(row), lane],
            }
        )
    return marks


def _read_rows(dated: pd.DataFrame) -> list[dict[str, Any]]:
    """Give the rows by column name."""
    return [{str(name): cell for name, cell in row.items()} for row in dated.to_dict("records")]


def _heat(starts: Days, ends: Days, numbers: Days, view: tuple[int, int]) -> Payload:
    """Count per lane and bin; cells without anything are left out."""
    bins = Bins.over(*view, MOST_CELLS)
    cells = []
    for lane in np.unique(numbers).tolist():
        counts = bins.count(starts[numbers == lane], ends[numbers == lane])
        cells += [[lane, i, *n] for i, n in enumerate(zip(*counts, strict=True)) if n[0] or n[1]]
    return {"unit": bins.unit, "edges": bins.edges.tolist(), "cells": cells}


def _count_all(starts: Days, ends: Days, extent: tuple[int, int]) -> Payload:
    """Count over all days for the strip below the lanes."""
    bins = Bins.over(*extent, MOST_COUNTS)
    sure, may, share = bins.count(starts, ends)
    return {"unit": bins.unit, "edges": bins.edges.tolist(), "sure": sure, "may": may, "share": share}


def _cut(unit: str, first: int, last: int) -> Days:
    """Cut first..last into calendar units.

    >>> [str(EPOCH + timedelta(days=int(n))) for n in _cut("quarter", 0, 100)]
    ['1970-01-01', '1970-04-01', '1970-07-01']
    """
    if unit in ("day", "week"):
        step = 1 if unit == "day" else 7
        monday = first - (first + 3) % 7 if step == 7 else first
        return np.arange(monday, last + step + 1, step, dtype=np.int64)
    step = _MONTHS.get(unit) or 12 * int(unit.removesuffix(" years"))
    low, high = (_month_number(EPOCH + timedelta(days=day)) // step * step for day in (first, last))
    months = np.arange(low, high + step + 1, step) - _month_number(EPOCH)
    days: Days = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return days


def _month_number(day: date) -> int:
    """Give the months since the year 0."""
    return day.year * 12 + day.month - 1
