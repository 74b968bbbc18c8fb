"""The incidents of one point, spread around it so that each can be picked: marks beside the map, as it were.

They stand at a distance in pixels, whatever the zoom, and no stored point moves; a disc under them says so.
"""

from collections.abc import Sequence
from datetime import date
from math import cos, pi, sin
from typing import Any

import pandas as pd
import pydeck as pdk

from dashboard.cells import write_days
from dashboard.layers import INK, PAPER, PIXELS, Bubble, draw_layer
from dashboard.palette import find_family, read_rgb
from dashboard.places import Place
from dashboard.say import say_number

FIRST, APART = 44.0, 21.0  # pixels: the first circle of marks, and from each to the next
SPACING = 19.0  # pixels from mark to mark
MOST_MARKS = 60
CLEAR = 27.0  # pixels around the point: its own bubble stays to be seen
ATLAS = "/app/static/marks.png"  # made by static/make_marks.py: a disc, and a ring
MARKS = {
    "disc": {"x": 0, "y": 0, "width": 64, "height": 64, "mask": True},
    "ring": {"x": 64, "y": 0, "width": 64, "height": 64, "mask": True},
}
SIZES = ((0, 11.0), (1, 13.0), (10, 16.0), (50, 19.0))  # from so many killed on, in pixels


def draw_fan(place: Place, rows: pd.DataFrame, selected: str, dark: bool, token: str) -> list[pdk.Layer]:
    """Give the layers of the fan around a place: a disc, and a mark for each of the first of its incidents."""
    records = rows.head(MOST_MARKS).astype(object).to_dict("records")
    if len(records) < 2:
        return []
    offsets = place_marks(len(records))
    at = [place.longitude, place.latitude]
    marks = [_draw_mark(row, at, one, place.precise, dark) for row, one in zip(records, offsets, strict=True)]
    ink, paper = ([*read_rgb(tone[dark]), 255] for tone in (INK, PAPER))
    under = [one | {"icon": "disc", "size": one["size"] + 4, "colour": paper} for one in marks]
    chosen = [
        one | {"icon": "ring", "size": one["size"] + 11, "colour": ink} for one in marks if one["key"] == selected
    ]
    outer = max(abs(complex(*one)) for one in offsets) + 18
    plate = {"at": at, "r": (outer + CLEAR) / 2, "w": outer - CLEAR, "outer": outer}
    common: dict[str, Any] = {"get_icon": "icon", "get_pixel_offset": "offset", "icon_atlas": pdk.types.String(ATLAS),
                              "icon_mapping": MARKS, "size_units": PIXELS, "kind": "IconLayer"}  # fmt: skip
    fields = ("key", "at", "icon", "offset", "size", "colour", "about")
    return [
        draw_layer("fan-plate", [plate], ("at", "r", "w"), "r", get_radius="r", get_line_width="w", filled=False,
                   get_line_color=[*paper[:3], 205]),
        draw_layer("fan-edge", [plate], ("at", "outer"), "r", get_radius="outer", get_line_width=1, filled=False,
                   get_line_color=[*ink[:3], 130]),
        draw_layer("fan-under", under, fields[1:-1], "size", get_size="size", get_color="colour", **common),
        draw_layer(f"fan-{token}", marks, fields, "key", get_size="size", get_color="colour", pickable=True, **common),
        draw_layer("fan-chosen", chosen, fields[1:-1], "size", get_size="size", get_color="colour", **common),
    ]  # fmt: skip


def say_fan(count: int) -> str:
    """Say what stands around the point.

    >>> say_fan(1234)
    'Around the point: the first 60 of its 1,234 incidents, larger where more were killed. '
    """
    which = f"the first {MOST_MARKS} of its {count:,} incidents" if count > MOST_MARKS else f"its {count:,} incidents"
    return f"Around the point: {which}, larger where more were killed. "


def place_marks(count: int) -> list[tuple[float, float]]:
    """Give the places of marks around a point, in pixels, from the top on with the clock, circle after circle.

    >>> place_marks(2)
    [(0.0, -44.0), (0.0, 44.0)]
    """
    offsets: list[tuple[float, float]] = []
    radius = FIRST
    while count > 0:
        fit = min(count, int(2 * pi * radius / SPACING))
        turns = [2 * pi * i / fit for i in range(fit)]
        offsets += [(round(radius * sin(turn), 1) + 0.0, round(-radius * cos(turn), 1) + 0.0) for turn in turns]
        count, radius = count - fit, radius + APART
    return offsets


def _draw_mark(row: dict[str, Any], at: Sequence[float], offset: Sequence[float], precise: bool, dark: bool) -> Bubble:
    """Give the mark of one incident: larger where more were killed, hollow where its town is not known."""
    family = find_family(row["event_type"])
    ends = [None if pd.isna(row[f"killed_{end}"]) else int(row[f"killed_{end}"]) for end in ("low", "best", "high")]
    killed = next((end for end in (ends[1], ends[0], ends[2]) if end is not None), 0)
    toll = say_number(*ends)
    start, end = (None if pd.isna(row[name]) else row[name] for name in ("date_start", "date_end"))
    return {
        "key": row["incident_id"],
        "at": list(at),
        "offset": list(offset),
        "icon": "disc" if precise else "ring",
        "size": next(size for least, size in reversed(SIZES) if killed >= least),
        "colour": [*read_rgb(family.colour(dark)), 255],
        "about": "\n".join([row["title"], _say_days(start, end), f"{toll} killed" if toll else "killed not stated"]),
    }


def _say_days(start: date | None, end: date | None) -> str:
    """Say when it happened."""
    return write_days(start, end) or "day not stated"
