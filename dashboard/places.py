"""The places of the map: incidents that share a point make one bubble, and nothing is put where it was not said to be.

What is known to the district or province only is kept apart from what happened in the town whose point it shares.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.palette import Family, find_family
from dashboard.say import read_count, say_number

PRECISE = ("site", "city")
NEEDED = (
    "incident_id", "event_type", "city", "admin2", "admin1", "country", "latitude", "longitude", "geo_precision",
    "geo_radius_km", "killed_low", "killed_best", "killed_high",
)  # fmt: skip
MOST_PLACES = 5_000  # more would slow the browser; the page says how many are left out
NAMES: dict[str, tuple[str, ...]] = {
    "district": ("admin2", "admin1", "country"),
    "province": ("admin1", "country"),
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


def place_key(latitude: float, longitude: float, precision: str) -> str:
    """Name a place by its point, to about a hundred metres, and by how exact it is.

    >>> place_key(34.52813, 69.17233, "city")
    '34.528,69.172,city'
    """
    return f"{latitude:.3f},{longitude:.3f},{precision if precision not in PRECISE else 'city'}"


def find_places(rows: pd.DataFrame) -> list[Place]:
    """Gather the rows of `incidents` that have a point into places, those with most incidents first."""
    located = rows.loc[rows["latitude"].notna() & rows["longitude"].notna(), list(NEEDED)]
    groups: dict[str, list[Row]] = {}
    # Plain dicts: a group of pandas costs milliseconds each, and there may be thousands.
    for row in located.astype(object).where(located.notna(), None).to_dict("records"):
        groups.setdefault(place_key(row["latitude"], row["longitude"], row["geo_precision"]), []).append(row)
    places = [_gather(key, group) for key, group in groups.items()]
    return sorted(places, key=lambda place: (-len(place.incidents), place.key))


def _gather(key: str, group: list[Row]) -> Place:
    """Make one place of the rows that share it."""
    families = Counter(find_family(row["event_type"]) for row in group)
    return Place(
        key=key,
        name=_name(group),
        latitude=float(group[0]["latitude"]),
        longitude=float(group[0]["longitude"]),
        precise=key.endswith(",city"),
        radius_km=max(float(row["geo_radius_km"] or 0) for row in group),
        incidents=tuple(row["incident_id"] for row in group),
        family=max(families, key=lambda one: (families[one], one.key)),
        toll=add_killed(group),
    )


def _name(group: list[Row]) -> str:
    """Name a place by the most usual name in its rows, and by what it lies in."""
    names: list[str] = []
    for column in NAMES.get(group[0]["geo_precision"], ("city", "admin1", "country")):
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
