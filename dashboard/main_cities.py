"""The main cities of the base map, and which points lie in one of them.

A main city is one that the base map labels: a capital, or a city of 70,000 people or more that is the largest around
(GeoNames). A point is in it within REACH of its middle.
"""

import json
from collections import defaultdict
from functools import lru_cache
from math import cos, hypot, radians
from pathlib import Path

PLACES = Path(__file__).parent.parent / "static" / "basemap" / "places.geojson"
REACH = 15  # kilometres
CELL = 0.5  # degrees; wider than REACH to the 70th parallel
DEGREE = 111.2  # kilometres
Cells = dict[tuple[int, int], list[tuple[float, float, str]]]


def find_kind(longitude: float, latitude: float) -> str:
    """Say whether a point lies in a "capital", in another main "city", or in neither, "".

    >>> find_kind(69.2, 34.55), find_kind(67.11, 36.7), find_kind(70.9, 34.9)
    ('capital', 'city', '')
    """
    column, row = int(longitude // CELL), int(latitude // CELL)
    near = [
        (hypot((x - longitude) * cos(radians(latitude)), y - latitude) * DEGREE, kind)
        for i in (-1, 0, 1)
        for j in (-1, 0, 1)
        for x, y, kind in _read_cities().get((column + i, row + j), ())
    ]
    distance, kind = min(near, default=(REACH + 1.0, ""))
    return kind if distance <= REACH else ""


@lru_cache(maxsize=1)
def _read_cities() -> Cells:
    """Read the cities of the base map, by the cell of a coarse grid that each lies in."""
    cells: Cells = defaultdict(list)
    with PLACES.open(encoding="utf-8") as file:
        for feature in json.load(file)["features"]:
            kind = feature["properties"]["k"]
            if kind in ("capital", "city"):
                x, y = feature["geometry"]["coordinates"]
                cells[int(x // CELL), int(y // CELL)].append((x, y, kind))
    return cells
