"""The base map that the stand-alone HTML bears in itself: all land, and what lies around the incidents in more detail.

Lines are written as whole hundredths of a degree, each corner as its step from the one before, which takes a third of
the room.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.brief.basemap import read_features

NEAR, AROUND = 4, 12  # degrees from an incident: provinces and towns; countries in full detail
EVERYWHERE = 4  # names that show from this zoom or an earlier one are on the whole map
MOST_CORNERS = 60_000  # of provinces
Point = tuple[float, float]
Ring = Sequence[Sequence[float]]


def cut_ground(points: Iterable[Point]) -> dict[str, Any]:
    """Give the base map for incidents at these points (longitude, latitude)."""
    spots = {(round(x), round(y)) for x, y in points}
    reach = range(-NEAR, NEAR + 1)
    near = {(x + i, y + j) for x, y in spots for i in reach for j in reach}
    around = {(x // 4, y // 4) for x, y in _widen(spots)}
    land = [
        [_write_ring(ring, is_near=_touches(ring, around, 4)) for ring in polygon]
        for feature in read_features("admin0")
        for polygon in _polygons(feature)
    ]
    return {
        "land": [kept for polygon in land if (kept := [ring for ring in polygon if len(ring) >= 8])],
        "provinces": _cut_provinces(near),
        "names": [*_name_places(near), *_name_provinces(near)],
    }


def _widen(spots: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Give the cells around spots in which countries keep their detail."""
    reach = range(-AROUND, AROUND + 1, 4)
    return {(x + i, y + j) for x, y in spots for i in reach for j in reach}


def _touches(ring: Ring, cells: set[tuple[int, int]], size: int = 1) -> bool:
    """Say whether a corner of a ring lies in one of the cells of a grid."""
    return any((round(x) // size, round(y) // size) in cells for x, y in ring)


def _polygons(feature: dict[str, Any]) -> list[list[Ring]]:
    """Give the polygons of a feature."""
    shape = feature["geometry"]
    if not shape:
        return []
    polygons: list[list[Ring]] = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return polygons


def _cut_provinces(near: set[tuple[int, int]]) -> list[list[int]]:
    """Give the outlines of the provinces near an incident, as many as there is room for."""
    rings: list[list[int]] = []
    corners = 0
    for feature in read_features("admin1"):
        for polygon in _polygons(feature):
            if _touches(polygon[0], near):
                rings.append(_write_ring(polygon[0], is_near=True))
                corners += len(polygon[0])
        if corners > MOST_CORNERS:
            break
    return rings


def _name_places(near: set[tuple[int, int]]) -> list[list[Any]]:
    """Give the names of countries, and of cities that are large or near, as x, y, name, kind, first zoom."""
    return [
        [*feature["geometry"]["coordinates"], props["n"], props["k"], props["z"]]
        for feature in read_features("places")
        if (props := feature["properties"])["k"] == "country" or props["z"] <= EVERYWHERE or _is_near(feature, near)
    ]


def _name_provinces(near: set[tuple[int, int]]) -> list[list[Any]]:
    """Give the names of the provinces near an incident."""
    return [
        [*feature["geometry"]["coordinates"], feature["properties"]["n"], "province", feature["properties"]["z"]]
        for feature in read_features("provinces")
        if _is_near(feature, near)
    ]


def _is_near(feature: dict[str, Any], near: set[tuple[int, int]]) -> bool:
    """Say whether a point of the base map lies near an incident."""
    x, y = feature["geometry"]["coordinates"]
    return (round(x), round(y)) in near


def _write_ring(ring: Ring, *, is_near: bool) -> list[int]:
    """Write a ring as whole hundredths of a degree, each corner as its step from the one before.

    >>> _write_ring([[1.0, 2.0], [1.01, 2.0], [1.01, 2.5], [1.0, 2.0]], is_near=True)
    [100, 200, 1, 0, 0, 50, -1, -50]
    >>> _write_ring([[1.0, 2.0], [1.01, 2.0], [1.01, 2.5], [1.0, 2.0]], is_near=False)
    [100, 200, 0, 50, 0, -50]
    """
    grid = 1 if is_near else 10
    written: list[int] = []
    last = (0, 0)
    for x, y in ring:
        corner = (round(x * 100 / grid) * grid, round(y * 100 / grid) * grid)
        step = (corner[0] - last[0], corner[1] - last[1])
        if not written or step != (0, 0):
            written += step
        last = corner
    return written
