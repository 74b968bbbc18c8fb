"""Where the map looks first: so that all points lie in it, with some air, and no closer than one can trust."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asinh, atan, degrees, log2, pi, radians, sinh, tan

WIDTH_OF_HEIGHT = 1.35  # how wide a map of a given height is taken to be; wider ones show more
AIR = 0.76  # the part of the map that the points may fill
CLOSEST, FARTHEST, OF_ONE = 7.0, 0.5, 6.0
TILE = 512  # pixels of the world at zoom 0
WHOLE_WORLD = (-150.0, -50.0, 170.0, 68.0)

Box = tuple[float, float, float, float]
View = dict[str, float]


@dataclass(frozen=True, slots=True)
class Fit:
    """A view, and the box of points it was made for."""

    box: Box
    view: View


def holds(outer: Box, inner: Box) -> bool:
    """Tell whether one box lies in the other.

    >>> holds((0, 0, 9, 9), (1, 1, 9, 2)), holds((0, 0, 9, 9), (1, 1, 10, 2))
    (True, False)
    """
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def fit_view(points: Sequence[tuple[float, float]], height: int) -> Fit:
    """Give the view that shows points (longitude, latitude), with their box (west, south, east, north).

    >>> fit_view([(69.17, 34.53)], 400).view["zoom"]
    6.0
    """
    box = _find_box(points)
    west, south, east, north = box
    low, high = _to_mercator(south), _to_mercator(north)
    wide = max((east - west) / 360, 1e-6)
    tall = max(high - low, 1e-6)
    fitting = log2(AIR * height / TILE / max(wide / WIDTH_OF_HEIGHT, tall))
    zoom = OF_ONE if len(set(points)) == 1 else min(max(fitting, FARTHEST), CLOSEST)
    middle = _to_latitude((low + high) / 2)
    view = {"longitude": round((west + east) / 2, 3), "latitude": round(middle, 3), "zoom": round(zoom, 2)}
    return Fit(box, {**view, "min_zoom": 0.3, "max_zoom": 12.0})


def _find_box(points: Sequence[tuple[float, float]]) -> Box:
    """Give the box of points; without any, the inhabited world."""
    if not points:
        return WHOLE_WORLD
    longitudes, latitudes = zip(*points, strict=True)
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _to_mercator(latitude: float) -> float:
    """Give the height on the map, as a part of the world's width."""
    return asinh(tan(radians(min(max(latitude, -80.0), 80.0)))) / (2 * pi)


def _to_latitude(height: float) -> float:
    """Undo `_to_mercator`.

    >>> round(_to_latitude(_to_mercator(34.5)), 6)
    34.5
    """
    return degrees(atan(sinh(height * 2 * pi)))
