"""The places of the map: one bubble each, and nothing is put where it was not said to be.

A town's bubble holds what happened in it, its sites too. What is known to the district or province only is kept apart.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.palette import Family, find_family
from dashboard.say import read_count, say_number

PRECISE = ("site", "city")
TEXTS = ("event_type", "venue", "city", "admin2", "admin1", "country", "geo_precision")
FIGURES = ("latitude", "longitude", "geo_radius_km", "killed_low", "killed_best", "killed_high")
NEEDED = ("incident_id", *TEXTS, *FIGURES)
MOST_PLACES = 5_000  # more would slow the browser; the page says how many are left out
NAMES: dict[str, tuple[str, ...]] = {
    "site": ("venue", "city", "admin1", "country"),
    "city": ("city", "admin1", "country"),
    "district": ("admin2", "admin1", "country"),
    "province": ("admin1", "country"),
    "country": ("country",),
    "unknown": ("country",),
}
Row = dict[Any, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One point and what happened there."""

    key: str
    name: str
    latitude: float
    longitude: float
    precise: bool
    radius_km: float
    incidents: tuple[str, ...]
    family: Family
    toll: str


def find_places(rows: pd.DataFrame) -> list[Place]:
    """Gather the rows of `incidents` that have a point into places, those with most incidents first.

    Sites count with their town, whose bubble would hide theirs; `find_sites` has them one by one.
    """
    return _gather_all(_read_located(rows), name_place)


def find_sites(rows: pd.DataFrame, places: list[Place]) -> list[Place]:
    """Gather the rows known to the site that are not where their town is drawn: for readers who look closely."""
    towns = {(place.latitude, place.longitude) for place in places}
    sites = _gather_all(_read_located(rows[rows["geo_precision"] == "site"]), name_point)
    return [site for site in sites if (site.latitude, site.longitude) not in towns]


def name_place(row: Row) -> str:
    """Name the place of a row: its town, else its point, and by how exact the point is.

    >>> name_place({"city": "Kabul", "admin1": "Kabul", "country": "Afghanistan", "geo_precision": "site"})
    'Afghanistan/Kabul/Kabul'
    """
    if row["geo_precision"] in PRECISE and row["city"]:
        return f"{row['country']}/{row['admin1']}/{row['city']}"
    return name_point(row)


def name_point(row: Row) -> str:
    """Name a point, to about a hundred metres, with how exact it is.

    >>> name_point({"latitude": 34.52813, "longitude": 69.17233, "geo_precision": "province"})
    '34.528,69.172,province'
    """
    return f"{row['latitude']:.3f},{row['longitude']:.3f},{row['geo_precision']}"


def _read_located(rows: pd.DataFrame) -> list[Row]:
    """Read the rows that have a point; plain dicts, for a group of pandas costs milliseconds each."""
    located = rows.loc[rows["latitude"].notna() & rows["longitude"].notna(), list(NEEDED)]
    filled = {column: located[column].astype(object).fillna("") for column in TEXTS}
    return located.assign(**filled, geo_radius_km=located["geo_radius_km"].fillna(0)).to_dict("records")


def _gather_all(rows: list[Row], name: Callable[[Row], str]) -> list[Place]:
    """Make places of the rows that share a name."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(name(row), []).append(row)
    places = [_gather(key, group) for key, group in groups.items()]
    return sorted(places, key=lambda place: (-len(place.incidents), place.key))


def _gather(key: str, group: list[Row]) -> Place:
    """Make one place; a town lies where most of its rows say that it does, those known to the town before sites."""
    families = Counter(find_family(row["event_type"]) for row in group)
    points = Counter((row["geo_precision"] != "site", row["latitude"], row["longitude"]) for row in group)
    _, latitude, longitude = max(points, key=lambda point: (point[0], points[point], point))
    return Place(
        key=key,
        name=_name(key, group),
        latitude=float(latitude),
        longitude=float(longitude),
        precise=group[0]["geo_precision"] in PRECISE,
        radius_km=max(float(row["geo_radius_km"]) for row in group),
        incidents=tuple(row["incident_id"] for row in group),
        family=max(families, key=lambda one: (families[one], one.key)),
        toll=add_killed(group),
    )


def _name(key: str, group: list[Row]) -> str:
    """Name a place by the most usual name in its rows, and by what it lies in."""
    precision = group[0]["geo_precision"]
    names: list[str] = []
    for column in NAMES[precision if key.endswith(f",{precision}") else "city"]:
        values = Counter(row[column] for row in group if row[column])
        name = max(values, key=lambda one: (values[one], one)) if values else ""
        if name and name not in names:
            names.append(name)
    return ", ".join(names) or "Place without a name"


def add_killed(group: list[Row]) -> str:
    """Add up who was killed, lows and highs apart, and say how many rows give no figure.

    >>> three = {"killed_low": 3, "killed_best": 3, "killed_high": 3}
    >>> more = {"killed_low": 4, "killed_best": 4, "killed_high": 6}
    >>> none = {"killed_low": None, "killed_best": None, "killed_high": None}
    >>> add_killed([three, more, none]), add_killed([none])
    ('7 to 9 killed, 1 without a figure', 'killed not stated')
    """
    figures = [[read_count(row[f"killed_{end}"]) for end in ("low", "best", "high")] for row in group]
    stated = [figure for figure in figures if any(count is not None for count in figure)]
    if not stated:
        return "killed not stated"
    least = sum(low if low is not None else best or 0 for low, best, _ in stated)
    highs = [high for _, _, high in stated]
    most = None if None in highs else sum(high for high in highs if high is not None)
    total = say_number(least, None, most)
    silent = len(figures) - len(stated)
    return f"{'no one' if total == '0' else total} killed" + (f", {silent} without a figure" if silent else "")
