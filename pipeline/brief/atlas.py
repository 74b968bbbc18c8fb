"""Incidents by province: which shape of the base map each province of the tables is, and how dark it is drawn.

A province is found by its name, as the boundaries or today's labels write it, else by a point that an article gave
for a town in it. What cannot be found is counted and said, never put somewhere near.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from math import hypot
from typing import Any

from pipeline.brief.basemap import read_features
from pipeline.tables.store import Ask, read_total, sum_columns
from pipeline.tables.totals import Total

COAST = 0.15  # degrees: a town on a coast may lie outside of its simplified shape
MOST_SHAPES = 1_500  # provinces drawn; more would be slow to send
# What a name may bear and another list leaves out.
GENERIC = re.compile(
    r"\b(province|governorate|region|state|oblast|district|county|wilayat|wilaya|muhafazat|department|republic|"
    r"autonomous|special|municipality|prefecture|territory|division|ostan|isle|island|islands|of|the|al|el|as|ash|ad|an|ar)\b"
)
CLASSES = 5
PROVINCES = (
    "SELECT country, country_code, admin1, count(*) AS n, mode({'x': longitude, 'y': latitude}) FILTER ("
    "latitude IS NOT NULL AND geo_precision IN ('site', 'city')) AS seen, "
    f"{sum_columns('killed')} FROM shown GROUP BY ALL ORDER BY n DESC, country, admin1"
)
Ring = list[list[float]]
Polygon = list[Ring]


@dataclass(frozen=True, slots=True)
class Shape:
    """One province of the base map: its polygons, and the point at which its label stands."""

    key: str  # country code and name, as the boundaries write them
    name: str  # today's name
    label: tuple[float, float]
    polygons: tuple[Polygon, ...]


@dataclass(frozen=True, slots=True)
class Province:
    """A shape and what happened in it, under the names that the tables give it."""

    shape: Shape
    count: int
    killed: Total
    names: tuple[tuple[str, str], ...]  # country, province

    @property
    def people(self) -> int | None:
        """Give who was killed for the shade, the lows where they say more than the bests; None where none is stated."""
        return max(self.killed.best, self.killed.low) if self.killed.stated else None


@dataclass(frozen=True, slots=True)
class RollUp:
    """All provinces of a view, those with most incidents first, and the incidents that lie in none."""

    provinces: tuple[Province, ...] = ()
    unnamed: int = 0  # no province is stated
    unfound: int = 0  # the province stated is not on the base map
    names_unfound: tuple[str, ...] = field(default=())


class Atlas:
    """The shapes of the base map, by name and by point."""

    def __init__(self, shapes: Iterable[tuple[str, Sequence[str], Shape]]) -> None:
        """Take shapes with their country and the names they go by, their own first, which no other can take."""
        listed = list(shapes)
        self.by_name: dict[tuple[str, str], Shape] = {}
        self.by_sound: dict[tuple[str, str], Shape | None] = {}
        self.by_country: dict[str, list[Shape]] = {}
        for country, _, shape in listed:
            self.by_country.setdefault(country, []).append(shape)
        for rank in range(max((len(names) for _, names, _ in listed), default=0)):
            for country, names, shape in listed:
                for name in names[rank : rank + 1]:
                    self.by_name.setdefault((country, fold_name(name)), shape)
                    key = (country, _spell_bare(name))
                    same = self.by_sound.setdefault(key, shape)
                    self.by_sound[key] = shape if same is shape else None

    def find(self, country: str, name: str, point: tuple[float, float] | None) -> Shape | None:
        """Find a province by its name, whatever its vowels, else by a point in it."""
        found = self.by_name.get((country, fold_name(name))) or self.by_sound.get((country, _spell_bare(name) or "?"))
        if found or point is None:
            return found
        near = self.by_country.get(country, [])
        inside = (shape for shape in near if any(holds_point(one, point) for one in shape.polygons))
        return next(inside, None) or min(
            (shape for shape in near if _measure(shape, point) < COAST),
            key=lambda one: _measure(one, point),
            default=None,
        )


@lru_cache(maxsize=1)
def load_atlas() -> Atlas:
    """Read the boundaries, and the labels that give their provinces today's names."""
    return Atlas(_read_shapes())


def roll_up(ask: Ask, atlas: Atlas) -> RollUp:
    """Put what is shown on the provinces of the base map."""
    found: dict[str, tuple[Shape, list[dict[Any, Any]]]] = {}
    unnamed, unfound = 0, list[dict[Any, Any]]()
    for row in ask(PROVINCES).to_dict("records"):
        if not row["admin1"]:
            unnamed += row["n"]
        elif shape := atlas.find(row["country_code"], row["admin1"], _read_point(row["seen"])):
            found.setdefault(shape.key, (shape, []))[1].append(row)
        else:
            unfound.append(row)
    provinces = [_gather(shape, rows) for shape, rows in found.values()]
    return RollUp(
        tuple(sorted(provinces, key=lambda one: (-one.count, one.shape.key))[:MOST_SHAPES]),
        unnamed,
        sum(row["n"] for row in unfound),
        tuple(f"{row['admin1']}, {row['country']}" if row["country"] else row["admin1"] for row in unfound),
    )


def find_classes(values: Iterable[int | None]) -> list[tuple[int, int]]:
    """Give the classes that values fall into, each with its first and last value; zero is a class of its own.

    >>> find_classes([1, 2, 3]), find_classes([0, 4, 480, None])
    ([(1, 1), (2, 2), (3, 3)], [(0, 0), (4, 9), (10, 27), (28, 69), (70, 179), (180, 480)])
    >>> find_classes([None])
    []
    """
    stated = [value for value in values if value is not None]
    least, most = min((one for one in stated if one), default=1), max(stated, default=0)
    zero = [(0, 0)] if 0 in stated else []
    if most - least < CLASSES:
        return zero + [(value, value) for value in range(least, most + 1)]
    rising = (_round(least * (most / least) ** (i / CLASSES)) for i in range(1, CLASSES))
    starts = list(dict.fromkeys([least, *(start for start in rising if start > least)]))
    return zero + [(low, high - 1) for low, high in pairwise([*starts, most + 1])]


def find_class(value: int | None, classes: list[tuple[int, int]]) -> int | None:
    """Give the number of the class of a value, None where none is stated.

    >>> find_class(5, [(1, 4), (5, 9)]), find_class(None, [(1, 4)])
    (1, None)
    """
    return next((i for i, (low, high) in enumerate(classes) if value is not None and low <= value <= high), None)


def fold_name(name: str) -> str:
    """Bring a name into the form in which two lists agree.

    >>> fold_name("Ninawá Governorate") == fold_name("Ninawa"), fold_name("Sar-e Pul"), fold_name("Al Anbar")
    (True, 'sarepul', 'anbar')
    """
    plain = "".join(one for one in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(one))
    bare = re.sub(r"[^a-z]", "", GENERIC.sub(" ", re.sub(r"[^a-z]+", " ", plain.replace("'", ""))))
    return bare or re.sub(r"\W", "", plain)


def _spell_bare(name: str) -> str:
    """Give a name without its vowels, which spellings differ in; a short one says too little.

    >>> _spell_bare("Nimruz") == _spell_bare("Nimroz"), _spell_bare("Ghor")
    (True, '')
    """
    bare = re.sub(r"[aeiouy]", "", fold_name(name))
    return bare if len(bare) > 3 or (len(bare) == 3 and "h" not in bare) else ""


def holds_point(polygon: Polygon, point: tuple[float, float]) -> bool:
    """Say whether a point lies in a polygon and in none of its holes.

    >>> square = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
    >>> holds_point([square], (1, 2)), holds_point([square], (5, 2))
    (True, False)
    """
    x, y = point
    crossed = sum(
        (a[1] > y) != (b[1] > y) and x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]
        for ring in polygon
        for a, b in pairwise(ring)
    )
    return crossed % 2 == 1


def _read_shapes() -> Iterable[tuple[str, Sequence[str], Shape]]:
    """Read each province with its names; parts of one province are put together."""
    areas, labels = (read_features(name) for name in ("admin1", "provinces"))
    drawn = [area for area in areas if area["geometry"] and area["geometry"]["coordinates"]]
    parts: dict[str, list[Any]] = {}
    for area, label in zip(drawn, labels, strict=True):  # the labels were made of the areas, in their order
        parts.setdefault(f"{area['properties']['c']}/{area['properties']['n']}", []).append((area, label))
    for key, pairs in parts.items():
        polygons = tuple(
            polygon
            for area, _ in pairs
            for polygon in (area["geometry"]["coordinates"] if area["geometry"]["type"] == "MultiPolygon"
                            else [area["geometry"]["coordinates"]])
        )  # fmt: skip
        first = pairs[0][1]
        names = [one for area, label in pairs for one in (area["properties"]["n"], label["properties"]["n"])]
        x, y = first["geometry"]["coordinates"]
        yield key.split("/")[0], names, Shape(key, first["properties"]["n"], (x, y), polygons)


def _gather(shape: Shape, rows: list[dict[Any, Any]]) -> Province:
    """Add up the rows that lie in one shape."""
    columns = [name for name in rows[0] if name.startswith("killed_")]
    total = read_total({name: sum(row[name] for row in rows) for name in columns}, "killed")
    return Province(
        shape, int(sum(row["n"] for row in rows)), total, tuple((row["country"], row["admin1"]) for row in rows)
    )


def _measure(shape: Shape, point: tuple[float, float]) -> float:
    """Give how far a point lies from the nearest corner of a shape, in degrees."""
    return min(hypot(x - point[0], y - point[1]) for polygon in shape.polygons for x, y in polygon[0])


def _read_point(cell: object) -> tuple[float, float] | None:
    """Read the point that a province was seen at."""
    return (float(cell["x"]), float(cell["y"])) if isinstance(cell, dict) else None


def _round(value: float) -> int:
    """Round to two digits, the second an even one.

    >>> _round(3.6), _round(37.2), _round(1234.0)
    (4, 38, 1200)
    """
    if value < 10:
        return max(1, round(value))
    size: int = 10 ** (len(str(int(value))) - 2)
    return round(value / size / 2) * 2 * size
