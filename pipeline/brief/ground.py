"""The ground of the maps in files: water, land, shades, borders, and the names that fit, as the page has them."""

from collections.abc import Iterable, Sequence
from math import log2
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import withStroke

from pipeline.brief.atlas import Province, find_class
from pipeline.brief.basemap import read_features
from pipeline.brief.frame import Box, Frame
from pipeline.brief.map_text import MM, REGULAR, SEMIBOLD, can_write, measure, write
from pipeline.brief.marks import INK, PAPER, Mark
from pipeline.brief.shading import shade_classes, value_of

WATER, LAND, COUNTRY, PROVINCE = "#dde4e8", "#f6f5f2", "#8d9297", "#cbc9c3"
PRINT = {WATER: "#ffffff", LAND: "#ffffff", COUNTRY: "#5b6065", PROVINCE: "#b9b9b9"}
# The shades of greys are as light as those of colours, so that what is printed in black and white reads the same.
GREYS = ("#e9e9e9", "#cfcfcf", "#ababab", "#7d7d7d", "#4c4c4c")
NAMES = {"country": "#6e747a", "province": "#8a867e", "capital": "#33393e", "city": "#4a5056", "mark": "#1b2226"}
HALO = [withStroke(linewidth=1.5, foreground="#ffffffcc")]
MOST_NAMED = 12  # marks whose place is named first
OVER: tuple[tuple[float, float], ...] = ((0.0, 0.0),)  # where a name stands from its point
BESIDE = ((1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0))
FINEST = 0.12  # millimetres: corners nearer to one another are one
Rectangle = tuple[float, float, float, float]  # left, low, right, high, in millimetres from the corner of the map


def draw_ground(axes: Axes, frame: Frame, shaded: Sequence[Province], measure_by: str, look: str) -> None:
    """Draw water, land, borders and the shades of provinces."""
    tone = PRINT if look == "print" else dict.fromkeys(())
    width = axes.figure.get_figwidth() * 25.4  # type: ignore[union-attr]
    step = (frame.east - frame.west) / width * FINEST
    axes.set_facecolor(tone.get(WATER, WATER))
    _add(axes, read_features("admin0"), frame, step, facecolor=tone.get(LAND, LAND), edgecolor="none", zorder=1)
    fills = colour_shades(shaded, measure_by, look)
    if _zoom(frame, width) > 3.6 or shaded:
        _add(axes, read_features("admin1"), frame, step, facecolor="none", zorder=2.2,
             edgecolor=tone.get(PROVINCE, PROVINCE) if not shaded else "#a3a6a9", linewidth=0.4)  # fmt: skip
    for one in shaded:
        if one.shape.key in fills:
            shapes = [{"geometry": {"type": "MultiPolygon", "coordinates": one.shape.polygons}}]
            _add(axes, shapes, frame, step, facecolor=fills[one.shape.key], edgecolor="#8d9196", linewidth=0.4,
                 zorder=2)  # fmt: skip
    _add(axes, read_features("admin0"), frame, step, facecolor="none", edgecolor=tone.get(COUNTRY, COUNTRY),
         linewidth=0.9, zorder=2.5)  # fmt: skip


def colour_shades(shaded: Sequence[Province], measure_by: str, look: str) -> dict[str, str]:
    """Give the shade of each province that has a figure, by its key."""
    if not shaded:
        return {}
    classes, colours = find_shades(shaded, measure_by, look)
    numbers = ((one.shape.key, find_class(value_of(one, measure_by), classes)) for one in shaded)
    return {key: colours[number] for key, number in numbers if number is not None}


def find_shades(shaded: Sequence[Province], measure_by: str, look: str) -> tuple[list[tuple[int, int]], list[str]]:
    """Give the classes of the provinces' values with their shades."""
    classes, colours = shade_classes(shaded, measure_by, False)
    if look == "print":
        steps = np.linspace(0, len(GREYS) - 1, len(colours)).round().astype(int) if len(colours) > 1 else [2]
        colours = [GREYS[int(step)] for step in steps][: len(colours)]
    return classes, colours


def draw_names(axes: Axes, frame: Frame, marks: Sequence[Mark], size: tuple[float, float], taken: list[Rectangle],
               *, sites: bool = False) -> None:  # fmt: skip
    """Write the names that fit: of the main marks, then countries, cities and provinces; `taken` is kept free.

    Marks are named by their towns, in a close view by their `sites`.
    """
    taken = [*taken, *(_box(_to_mm(frame, size, mark.place.longitude, mark.place.latitude), mark.reach)
                       for mark in marks)]  # fmt: skip
    scale = max(0.85, min(1.3, min(size) / 130))
    spots = list(_list_names(frame, marks, size, sites=sites))
    for kind, name, point, gap in spots:
        words = name.upper() if kind in ("country", "province") else name
        if kind in ("country", "province"):
            points = 6.4 * scale if kind == "province" else 7.6 * scale
            offsets = OVER
        else:
            points = {"mark": 8.0, "capital": 7.6}.get(kind, 7.0) * scale
            offsets = BESIDE
        weight = SEMIBOLD if kind in ("mark", "country") else REGULAR
        wide, tall = measure(words, points, weight), points / MM * 0.8
        for across, up in offsets:
            x = point[0] + across * (gap + 0.6 + wide / 2)
            y = point[1] + up * (gap + 0.4 + tall / 2)
            rectangle = (x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
            if _fits(rectangle, size, taken):
                taken.append(rectangle)
                at = _from_mm(frame, size)(x, y)
                write(axes, at, words, points, weight=weight, color=NAMES[kind], zorder=7, path_effects=HALO)
                if kind in ("capital", "city"):
                    _dot(axes, frame, size, point)
                break


def draw_scale(
    axes: Axes, frame: Frame, marks: Sequence[Mark], size: tuple[float, float], taken: Sequence[Rectangle] = ()
) -> Rectangle:
    """Draw a bar of kilometres in the corner with the fewest marks, and give the room that it takes."""
    per_mm = (frame.east - frame.west) / size[0]
    length = next(km for km in (5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1) if km / per_mm <= size[0] * 0.28)
    wide, tall, gap = length / per_mm, 5.2, 2.0
    words = f"{length:,} km"
    room = wide + measure(words, 6.5) + 3.5
    spots = [_to_mm(frame, size, mark.place.longitude, mark.place.latitude) for mark in marks]
    corners = [(gap, gap), (size[0] - gap - room, gap), (gap, size[1] - gap - tall),
               (size[0] - gap - room, size[1] - gap - tall)]  # fmt: skip
    left, low = min(corners, key=lambda at: sum(
        at[0] - 4 < x < at[0] + room + 4 and at[1] - 4 < y < at[1] + tall + 4 for x, y in spots
    ) + 1000 * sum(one[0] < at[0] + room and one[2] > at[0] and one[1] < at[1] + tall and one[3] > at[1]
                   for one in taken))  # fmt: skip
    to_km = _from_mm(frame, size)
    for part in range(4):
        (x, y), (x2, y2) = (to_km(left + 1 + (part + i) * wide / 4, low + 1.6 + i * 1.2) for i in (0, 1))
        axes.fill([x, x2, x2, x], [y, y, y2, y2], facecolor=INK if part % 2 == 0 else PAPER, edgecolor=INK,
                  linewidth=0.5, zorder=8)  # fmt: skip
    write(axes, to_km(left + wide + 2, low + 2.2), words, 6.5, ha="left", zorder=8, path_effects=HALO)
    return left, low, left + room, low + tall


def _list_names(
    frame: Frame, marks: Sequence[Mark], size: tuple[float, float], *, sites: bool
) -> Iterable[tuple[str, str, tuple[float, float], float]]:
    """Give names by kind, each with its point and how far from it to stand, the most important first."""
    zoom, reach = _zoom(frame, size[0]), {}
    for mark in sorted(marks, key=lambda one: -one.place.count)[:MOST_NAMED]:
        name = mark.place.name.split(", ")[0] if sites else mark.place.city
        if name in reach:  # a site without a name of its own
            continue
        at = _to_mm(frame, size, mark.place.longitude, mark.place.latitude)
        if mark.place.precise and name and can_write(name) and len(name) < 40:
            reach[name] = at
            yield "mark", name, at, mark.reach
    for feature in sorted(_within("places", frame), key=lambda one: (one["properties"]["z"], one["properties"]["n"])):
        kind, name = feature["properties"]["k"], feature["properties"]["n"]
        at = _to_mm(frame, size, *feature["geometry"]["coordinates"])
        if feature["properties"]["z"] > zoom + (1.2 if kind == "country" else 0.4):
            continue
        if kind == "country":
            yield kind, name, at, 0.0
        elif name not in reach:
            over = [mark for mark in marks if _near(frame, size, mark, at)]
            if not any(mark.hollow for mark in over):  # a name beside a hollow mark would read as its place
                yield kind, name, at, max((mark.reach for mark in over), default=0.7)
    if zoom > 4.4:
        for feature in _within("provinces", frame):
            if feature["properties"]["z"] <= zoom + 1.2:
                yield (
                    "province",
                    feature["properties"]["n"],
                    _to_mm(frame, size, *feature["geometry"]["coordinates"]),
                    0.0,
                )


def _near(frame: Frame, size: tuple[float, float], mark: Mark, at: tuple[float, float]) -> bool:
    """Tell whether a mark lies on a point."""
    x, y = _to_mm(frame, size, mark.place.longitude, mark.place.latitude)
    return bool((x - at[0]) ** 2 + (y - at[1]) ** 2 < mark.reach**2)


def _within(name: str, frame: Frame) -> Iterable[dict[str, Any]]:
    """Give the points of the base map that lie in the frame."""
    west, south, east, north = frame.box
    for feature in read_features(name):
        x, y = feature["geometry"]["coordinates"]
        if west <= x <= east and south <= y <= north:
            yield feature


def _add(axes: Axes, features: Iterable[dict[str, Any]], frame: Frame, step: float, **how: Any) -> None:  # noqa: ANN401
    """Add the areas that the frame may hold, as one shape."""
    vertices, codes = list[Any](), list[Any]()
    for feature in features:
        geometry = feature["geometry"]
        if not geometry or not geometry["coordinates"]:
            continue
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        for ring in (ring for polygon in polygons for ring in polygon if _meets(ring, frame.box)):
            points = _project(ring, frame, step)
            if len(points) > 3:
                vertices.append(points)
                codes.append([Path.MOVETO, *[Path.LINETO] * (len(points) - 2), Path.CLOSEPOLY])
    if vertices:
        path = Path(np.concatenate(vertices), np.concatenate(codes))
        axes.add_artist(PathPatch(path, joinstyle="round", **how))  # `add_patch` would measure it, which takes seconds


def _project(ring: Any, frame: Frame, step: float) -> Any:  # noqa: ANN401
    """Give a ring in kilometres, without corners that nobody could tell apart."""
    points = np.asarray(ring, float)
    x, y = frame.projection.project(points[:, 0], points[:, 1])
    cells = np.round(np.column_stack([x, y]) / step) * step
    kept = np.ones(len(cells), bool)
    kept[1:] = (np.diff(cells, axis=0) != 0).any(axis=1)
    kept[-1] = True
    return cells[kept]


def _meets(ring: Any, box: Box) -> bool:  # noqa: ANN401
    """Tell whether a ring may reach into a box of degrees."""
    points = np.asarray(ring, float)
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    return bool(west <= box[2] and east >= box[0] and south <= box[3] and north >= box[1])


def _zoom(frame: Frame, width_mm: float) -> float:
    """Give the zoom of the page at which the map would look as large."""
    degrees = (frame.east - frame.west) / 111.2 / max(np.cos(np.radians(frame.projection.latitude)), 0.2)
    return log2(width_mm / 25.4 * 96 / degrees * 360 / 512)


def _to_mm(frame: Frame, size: tuple[float, float], longitude: float, latitude: float) -> tuple[float, float]:
    """Give where a point lies on the paper, from the lower left corner of the map."""
    x, y = frame.projection.project(longitude, latitude)
    return (
        float((x - frame.west) / (frame.east - frame.west) * size[0]),
        float((y - frame.south) / (frame.north - frame.south) * size[1]),
    )


def _from_mm(frame: Frame, size: tuple[float, float]) -> Any:  # noqa: ANN401
    """Give what turns millimetres of the paper into kilometres of the map."""
    return lambda x, y: (
        frame.west + x / size[0] * (frame.east - frame.west),
        frame.south + y / size[1] * (frame.north - frame.south),
    )


def _box(at: tuple[float, float], reach: float) -> Rectangle:
    """Give the room of a mark."""
    return at[0] - reach, at[1] - reach, at[0] + reach, at[1] + reach


def _fits(one: Rectangle, size: tuple[float, float], taken: Iterable[Rectangle]) -> bool:
    """Tell whether a rectangle lies on the map and on nothing else."""
    inside = one[0] > 0.5 and one[1] > 0.5 and one[2] < size[0] - 0.5 and one[3] < size[1] - 0.5
    return inside and not any(
        one[0] < other[2] + 0.3 and one[2] > other[0] - 0.3 and one[1] < other[3] + 0.2 and one[3] > other[1] - 0.2
        for other in taken
    )


def _dot(axes: Axes, frame: Frame, size: tuple[float, float], at: tuple[float, float]) -> None:
    """Draw the dot of a city."""
    x, y = _from_mm(frame, size)(*at)
    axes.scatter([x], [y], s=3.2, marker="o", facecolor="#8b9096", edgecolor="none", zorder=2.8)
