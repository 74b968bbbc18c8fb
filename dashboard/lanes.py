"""What the timeline draws, worked out before anything is sent: lanes, marks or heat strips, and the strip of counts.

The browser gets at most a few thousand objects, whatever the number of incidents: the tables are asked once for each
filter how many incidents each lane has on which days, and all counts are made of that. An incident whose days are in
doubt is never put on one of them: it is a mark as long as the doubt, and in counts it is kept apart from the sure ones.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from dashboard.bins import Bins, Days, day_number, day_of
from dashboard.eras import find_bands
from dashboard.load import Shown
from dashboard.palette import FAMILIES, find_family
from dashboard.play import Window, find_step, list_presets
from dashboard.say import read_count, say_days, say_toll
from pipeline.view import View

MOST_MARKS = 300  # above this many, dots hide each other: lanes become heat strips
MOST_LANES, MOST_LANES_OPEN = 12, 40
MOST_CELLS, MOST_COUNTS = 64, 140  # bins of a heat strip and of the strip of counts
MOST_DRAWN = 4_500  # objects of all heat strips, three for each cell
MONTH = 31  # days; what is known less well does not say when the data end
NOT_STATED = "(not stated)"
COLUMNS = {"city": "city", "event_type": "event_type", "perpetrator": "perpetrator", "country": "country"}
DATED = "date_start IS NOT NULL AND date_end IS NOT NULL"
LANES = (
    "SELECT {lane} AS lane, count(*) AS n, count(*) FILTER ({dated}) AS dated FROM shown GROUP BY 1 ORDER BY 3 DESC, 1"
)
DAYS = """SELECT CASE WHEN {lane} = '' THEN -1 ELSE coalesce(list_position(?, {lane}), 0) END AS place,
date_diff('day', DATE '1970-01-01', date_start) AS first, date_diff('day', DATE '1970-01-01', date_end) AS last,
count(*) AS n FROM shown WHERE {dated} GROUP BY ALL ORDER BY ALL"""
MARKS = """SELECT incident_id, title, event_type, {lane} AS lane, date_start, date_end, killed_low, killed_best,
killed_high, injured_low, injured_best, injured_high, casualties_low, casualties_best, casualties_high
FROM shown WHERE {dated} AND {which} ORDER BY date_start, date_end, incident_id"""
LAST = f"SELECT max(date_end) AS last FROM shown WHERE date_diff('day', date_start, date_end) < {MONTH}"

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Dated:
    """How many incidents have which days: rows of lane, first and last day and number, and the lanes themselves."""

    lanes: tuple[Payload, ...]
    lane: Days
    first: Days
    last: Days
    number: Days
    undated: int

    def total(self, mask: Any = slice(None)) -> int:  # noqa: ANN401  an index of numpy
        """Count incidents."""
        return int(self.number[mask].sum())

    def overlapping(self, first: int, last: int) -> Any:  # noqa: ANN401  an array of truths
        """Tell which rows overlap some days."""
        return (self.first <= last) & (self.last >= first)


@dataclass(frozen=True, slots=True)
class Asked:
    """How the reader wants the timeline: lanes by which column, which incident marked, which days, how it plays."""

    lane: str = "city"
    selected: str = ""
    window: Window | None = None
    unfolded: bool = False
    step: str = "month"
    way: str = "window"
    eras: bool = True


def lay_lanes(shown: Shown, asked: Asked) -> Payload:
    """Work out the drawing of the incidents of `shown`, whose view asks for no days, seen through the window asked."""
    dated = find_dated(shown, asked.lane, asked.unfolded)
    extent = find_extent(dated)
    air = max(3, (extent[1] - extent[0]) // 60)
    strip = max(extent[0] - air, day_number(date.min)), min(extent[1] + air, day_number(date.max))
    window = None if asked.window is None else (day_number(asked.window[0]), day_number(asked.window[1]))
    view = window or strip
    seen = dated.overlapping(*view)
    inside = (dated.first >= view[0]) & (dated.last <= view[1])
    marked = dated.total(seen) <= MOST_MARKS
    marks = _find_marks(shown, asked, view, dated) if marked else []
    chosen = next((m for m in marks if m["id"] == asked.selected), None) or _find_chosen(shown, asked, dated)
    if chosen and not marked and chosen["days"][0] <= view[1] and chosen["days"][1] >= view[0]:
        marks = [chosen]
    bands = find_bands(shown, day_of(strip[0]), day_of(strip[1]))
    counts = np.bincount(dated.lane[seen], dated.number[seen], len(dated.lanes)).astype(int).tolist()
    return {
        "lanes": [{**one, "shown": n} for one, n in zip(dated.lanes, counts, strict=True)],
        "unfolded": asked.unfolded,
        "extent": strip,
        "view": view,
        "window": window,
        "counts": _count_all(dated, strip),
        "heat": None if marked else _heat(dated, seen, view),
        "marks": marks,
        "families": _find_families(marks),
        "eras": bands if asked.eras else [],
        "hasEras": bool(bands),
        "selected": asked.selected or None,
        "chosen": chosen and chosen["days"],
        "dated": dated.total(),
        "undated": dated.undated,
        "shown": dated.total(seen),
        "sure": dated.total(inside),
        **lay_player(shown, asked, dated),
    }


def lay_player(shown: Shown, asked: Asked, dated: Dated) -> Payload:
    """Give the windows that one press chooses, how playback goes on, and whether there is a step each way."""
    presets = list_presets(find_last(shown))
    extent = find_played(dated)
    steps = {
        way: find_step(asked.window, extent, step=asked.step, way=asked.way, by=by) is not None
        for way, by in (("back", -1), ("on", 1))
    }
    return {
        "presets": [
            {"label": label, "window": days and [day_number(day) for day in days]} for label, days in presets.items()
        ],
        "player": {"step": asked.step, "way": asked.way, **steps},
    }


def find_last(shown: Shown) -> date | None:
    """Give the last day of all data: the last one of an incident known to the month or better, whatever is asked."""
    last = shown.of(View()).ask(LAST)["last"].iloc[0]
    return None if last is None or last != last else last.date()  # noqa: PLR0124  NaT is not itself


def find_played(dated: Dated) -> Window:
    """Give the days that playback runs over."""
    first, last = find_extent(dated)
    return day_of(first), day_of(last)


def find_extent(dated: Dated) -> tuple[int, int]:
    """Give the first and last day of the incidents."""
    if not len(dated.first):
        return (day_number(date(2023, 1, 1)),) * 2
    return int(dated.first.min()), int(dated.last.max())


def find_dated(shown: Shown, lane: str, unfolded: bool) -> Dated:
    """Ask which days the incidents of each lane have; asked once for each filter, however the days are looked at."""
    column = COLUMNS[lane]
    counts = shown.ask(LANES.format(lane=column, dated=DATED))
    numbers = {name: int(n) for name, n in zip(counts["lane"], counts["dated"], strict=True) if n}
    names = [name for name in numbers if name]
    asked = names[: MOST_LANES_OPEN + 1]
    days = shown.ask(DAYS.format(lane=column, dated=DATED), asked)
    lanes, places = _lay_out(numbers, names, MOST_LANES_OPEN if unfolded else MOST_LANES)
    capitals = lane == "event_type"  # codes are written small
    lanes = [{**one, "name": str(one["name"]).capitalize()} if capitals and one["holds"] == 1 else one for one in lanes]
    of_place = np.array([places.get(name, 0) for name in ("", None, *asked)], np.int64)
    return Dated(
        tuple(lanes),
        of_place[days["place"].to_numpy(np.int64) + 1],
        days["first"].to_numpy(np.int64),
        days["last"].to_numpy(np.int64),
        days["n"].to_numpy(np.int64),
        int(counts["n"].sum() - counts["dated"].sum()),
    )


def _lay_out(numbers: dict[str, int], names: list[str], most: int) -> tuple[list[Payload], dict[str | None, int]]:
    """Give the lanes, fullest first, then the rest together, then what is not stated; and the lane of each name.

    The name None stands for those that have no lane of their own.
    """
    kept, rest = (names, []) if len(names) <= most + 1 else (names[:most], names[most:])
    lanes: list[Payload] = [{"key": name, "name": name, "count": numbers[name], "holds": 1} for name in kept]
    places: dict[str | None, int] = {None: len(kept), **{name: i for i, name in enumerate(kept)}}
    places |= dict.fromkeys(rest, len(kept))
    if rest:
        count = sum(numbers[name] for name in rest)
        lanes.append({"key": None, "name": f"{len(rest):,} other", "count": count, "holds": len(rest)})
    if "" in numbers:
        places[""] = len(lanes)
        lanes.append({"key": "", "name": NOT_STATED, "count": numbers[""], "holds": 1})
    return lanes, places


def _find_marks(shown: Shown, asked: Asked, view: tuple[int, int], dated: Dated) -> list[Payload]:
    """Give the marks of the incidents that can have happened on the days shown."""
    which = f"date_start <= DATE '{day_of(view[1])}' AND date_end >= DATE '{day_of(view[0])}'"
    rows = shown.ask(MARKS.format(lane=COLUMNS[asked.lane], dated=DATED, which=which))
    return _lay_marks(rows.to_dict("records"), asked, dated)  # type: ignore[arg-type]


def _find_chosen(shown: Shown, asked: Asked, dated: Dated) -> Payload | None:
    """Give the mark of the open incident, or None where the filters leave it out or it has no day."""
    if not asked.selected:
        return None
    rows = shown.ask(MARKS.format(lane=COLUMNS[asked.lane], dated=DATED, which="incident_id = ?"), asked.selected)
    return next(iter(_lay_marks(rows.to_dict("records"), asked, dated)), None)  # type: ignore[arg-type]


def _lay_marks(rows: list[dict[str, Any]], asked: Asked, dated: Dated) -> list[Payload]:
    """Give each incident's mark: its days, its size, its family, and what a reader is told of it."""
    places = {lane["key"]: i for i, lane in enumerate(dated.lanes)}
    marks: list[Payload] = []
    for row in rows:
        cells = (row[f"killed_{end}"] for end in ("best", "low", "high"))
        killed = next((n for cell in cells if (n := read_count(cell)) is not None), None)
        first, last = row["date_start"].date(), row["date_end"].date()
        lane = row["lane"].capitalize() if asked.lane == "event_type" else row["lane"]
        marks.append(
            {
                "id": row["incident_id"],
                "lane": places.get(row["lane"], places.get(None)),
                "days": [day_number(first), day_number(last)],
                "killed": killed,
                "family": find_family(row["event_type"]).key,
                "says": [row["title"] or row["event_type"], say_days(first, last), say_toll(row), lane or NOT_STATED],
            }
        )
    return marks


def _find_families(marks: list[Payload]) -> list[Payload]:
    """Give the families of types that occur among the marks."""
    keys = {mark["family"] for mark in marks}
    return [{"key": one.key, "label": one.label} for one in FAMILIES if one.key in keys]


def _heat(dated: Dated, seen: Any, view: tuple[int, int]) -> Payload:  # noqa: ANN401  an array of truths
    """Count per lane and bin what is sure to lie there and what may; cells without anything are left out."""
    bins = Bins.over(*view, min(MOST_CELLS, MOST_DRAWN // (3 * len(dated.lanes))))
    sure, may = bins.count(dated.first[seen], dated.last[seen], dated.number[seen], dated.lane[seen], len(dated.lanes))
    lanes, cells = np.nonzero(sure + may)
    found = np.stack([lanes, cells, sure[lanes, cells], may[lanes, cells]], axis=1)
    return {"unit": bins.unit, "edges": bins.edges.tolist(), "cells": found.tolist()}


def _count_all(dated: Dated, strip: tuple[int, int]) -> Payload:
    """Count over all days for the strip of counts."""
    bins = Bins.over(*strip, MOST_COUNTS)
    sure, may = bins.count(dated.first, dated.last, dated.number, np.zeros_like(dated.lane), 1)
    return {"unit": bins.unit, "edges": bins.edges.tolist(), "sure": sure[0].tolist(), "may": may[0].tolist()}
