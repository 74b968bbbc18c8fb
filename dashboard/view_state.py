"""Where the map looks first: so that all points lie in it, with some air, and no closer than one can trust."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asinh, atan, degrees, log2, pi, radians, sinh, tan

WIDTH_OF_HEIGHT = 1.35  # how wide a map of a given height is taken to be; wider ones show more
AIR = 0.76  # the part of the map that the points may fill
CLOSEST, FARTHEST, OF_ONE = 7.0, 0.5, 6.0
NEARLY_ALL = 0.94  # of the incidents
TILE = 512  # pixels of the world at zoom 0
MOVED = 0.0001  # degrees or steps of zoom
WHOLE_WORLD = (-150.0, -50.0, 170.0, 68.0)

Box = tuple[float, float, float, float]
View = dict[str, float]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Fit:
    """A view, and the box of points it was made for."""

    box: Box
    view: View


def move(fitted: Fit, before: Fit | None) -> Fit:
    """Give a view whose numbers all differ from those of the one before, by less than can be seen.

    >>> one = fit_view([(69.17, 34.53)], 400)
    >>> move(one, None) == one, move(one, one).view["zoom"]
    (True, 6.0001)
    """
    if before is None:
        return fitted
    view = dict(fitted.view)
    for name in ("longitude", "latitude", "zoom"):
        if abs(view[name] - before.view[name]) < MOVED / 2:
            view[name] = round(view[name] + MOVED, 6)
    return Fit(fitted.box, view)


def fit_view(points: Sequence[Point], height: int, counts: Sequence[int] = ()) -> Fit:
    """Give the view that shows points (longitude, latitude), with their box (west, south, east, north).

    A few of the incidents far from all others do not set the view, where leaving them out doubles the scale;
    `counts` says how many incidents each point has.

    >>> fit_view([(69.17, 34.53)], 400).view["zoom"]
    6.0
    """
    whole = _fit_box(_find_box(points), height, len(set(points)) == 1)
    core = _find_core(points, counts or [1] * len(points))
    close = _fit_box(_find_box(core), height, len(set(core)) == 1)
    return Fit(_find_box(points), close if close["zoom"] >= whole["zoom"] + 1 else whole)


def count_outside(points: Sequence[Point], view: View, height: int) -> int:
    """Count the points that a view does not show."""
    scale = TILE * 2 ** view["zoom"]
    middle = _to_mercator(view["latitude"])
    return sum(
        abs(longitude - view["longitude"]) / 360 * scale > height * WIDTH_OF_HEIGHT / 2
        or abs(_to_mercator(latitude) - middle) * scale > height / 2
        for longitude, latitude in points
    )


def _find_core(points: Sequence[Point], counts: Sequence[int]) -> list[Point]:
    """Give the points nearest to the middle that hold nearly all incidents."""
    if not points:
        return []
    middle = [_find_median([point[axis] for point in points], counts) for axis in (0, 1)]
    order = sorted(range(len(points)), key=lambda i: max(abs(points[i][axis] - middle[axis]) for axis in (0, 1)))
    core, held = list[Point](), 0
    for i in order:
        if held >= NEARLY_ALL * sum(counts):
            break
        core.append(points[i])
        held += counts[i]
    return core


def _find_median(values: Sequence[float], counts: Sequence[int]) -> float:
    """Give the value in the middle of the incidents.

    >>> _find_median([5.0, 1.0, 9.0], [1, 1, 5])
    9.0
    """
    half = 0
    for value, count in sorted(zip(values, counts, strict=True)):
        half += count
        if 2 * half >= sum(counts):
            return value
    raise ValueError("there is no middle of nothing")


def _fit_box(box: Box, height: int, is_point: bool) -> View:
    """Give the view in which a box fills the map but for some air."""
    west, south, east, north = box
    low, high = _to_mercator(south), _to_mercator(north)
    wide = max((east - west) / 360, 1e-6)
    tall = max(high - low, 1e-6)
    fitting = log2(AIR * height / TILE / max(wide / WIDTH_OF_HEIGHT, tall))
    zoom = OF_ONE if is_point else min(max(fitting, FARTHEST), CLOSEST)
    middle = _to_latitude((low + high) / 2)
    view = {"longitude": round((west + east) / 2, 3), "latitude": round(middle, 3), "zoom": round(zoom, 2)}
    return {**view, "min_zoom": 0.3, "max_zoom": 14.0}


def _find_box(points: Sequence[Point]) -> Box:
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
