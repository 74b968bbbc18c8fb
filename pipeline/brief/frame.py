"""Where the map of a file looks: the region that holds the incidents, whole where it is one country.

A few incidents far from all others do not set the frame where leaving them out doubles the scale; how many places lie
outside of it is counted, for the map has to say so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.brief.atlas import Shape
from pipeline.brief.places import Place
from pipeline.brief.projection import WIDE, Projection

AIR = 0.05  # of the frame, on each side
NEARLY_ALL = 0.94  # of the incidents
LEAST_KM = 120.0  # across; a single point is shown with what lies around it
WORLD = (-165.0, -52.0, 178.0, 72.0)
Box = tuple[float, float, float, float]  # west, south, east, north, in degrees


@dataclass(frozen=True, slots=True)
class Frame:
    """A projection, and the window of kilometres of it that is drawn."""

    projection: Projection
    west: float
    south: float
    east: float
    north: float

    def holds(self, place: Place) -> bool:
        """Tell whether a place lies in the window."""
        x, y = self.projection.project(place.longitude, place.latitude)
        return bool(self.west <= x <= self.east and self.south <= y <= self.north)

    @property
    def box(self) -> Box:
        """Give degrees that hold the window amply, for finding what to draw."""
        if self.projection.world:
            return -180.0, -90.0, 180.0, 90.0
        half = max(self.east - self.west, self.north - self.south) / 111 * 0.75
        middle, away = self.projection, half / max(np.cos(np.radians(self.projection.latitude)), 0.2)
        return middle.longitude - away, middle.latitude - half, middle.longitude + away, middle.latitude + half


def find_frame(places: Sequence[Place], provinces: Iterable[Shape], whole: Iterable[Shape], ratio: float) -> Frame:
    """Give the frame of places, of those `provinces` they lie in, and of all that is `whole`.

    `ratio` is the width of the paper by its height.
    """
    points = _find_core(places)
    if not points:
        west, south, east, north = WORLD
        ends = [(west, south), (east, north), (west, 0.0), (east, 0.0)]
        return _fit(ends, Projection(0, 0, world=True), ratio)
    around = [box for box in map(_find_box, provinces) if any(_holds(box, point) for point in points)]
    around += map(_find_box, whole)
    corners = [*points, *((x, y) for box in around for x in (box[0], box[2]) for y in (box[1], box[3]))]
    west, east = min(x for x, _ in corners), max(x for x, _ in corners)
    south, north = min(y for _, y in corners), max(y for _, y in corners)
    world = east - west > WIDE or north - south > WIDE
    middle = Projection(0, 0, world=True) if world else Projection(round((west + east) / 2, 1),
                                                                  round((south + north) / 2, 1))  # fmt: skip
    return _fit(corners, middle, ratio)


def count_outside(frame: Frame, places: Iterable[Place]) -> int:
    """Count the places that a frame does not show."""
    return sum(not frame.holds(place) for place in places)


def _find_core(places: Sequence[Place]) -> list[tuple[float, float]]:
    """Give the points that set the frame: all, or those nearest to the middle where the others are far off."""
    if not places:
        return []
    total = sum(place.count for place in places)
    middle = [_find_median([(place.longitude, place.latitude)[axis] for place in places],
                           [place.count for place in places]) for axis in (0, 1)]  # fmt: skip
    ranked = sorted(places, key=lambda one: max(abs(one.longitude - middle[0]), abs(one.latitude - middle[1])))
    held, core = 0, list[Place]()
    for place in ranked:
        if held >= NEARLY_ALL * total:
            break
        core.append(place)
        held += place.count
    kept = core if _span(ranked) > 2 * max(_span(core), 4.0) else ranked
    return [(place.longitude, place.latitude) for place in kept]


def _span(places: Sequence[Place]) -> float:
    """Give how many degrees places lie apart."""
    xs, ys = [place.longitude for place in places], [place.latitude for place in places]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def _find_median(values: Sequence[float], counts: Sequence[int]) -> float:
    """Give the value in the middle of the incidents."""
    ranked = sorted(zip(values, counts, strict=True))
    held = np.cumsum([count for _, count in ranked])
    return ranked[int(np.searchsorted(held, held[-1] / 2))][0]


def _find_box(shape: Shape) -> Box:
    """Give the box of a province."""
    points = np.array([point for polygon in shape.polygons for point in polygon[0]])
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    return float(west), float(south), float(east), float(north)


def _holds(box: Box, point: tuple[float, float]) -> bool:
    """Tell whether a box holds a point."""
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _fit(corners: Sequence[tuple[float, float]], projection: Projection, ratio: float) -> Frame:
    """Give the window of the paper's shape around corners, with some air."""
    xs, ys = projection.project(*zip(*corners, strict=True))
    wide, tall = (max(float(np.ptp(one)) * (1 + 2 * AIR), LEAST_KM) for one in (xs, ys))
    wide, tall = max(wide, tall * ratio), max(tall, wide / ratio)
    x, y = ((float(one.max()) + float(one.min())) / 2 for one in (xs, ys))
    return Frame(projection, x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
