"""The places of the map: incidents that share a point make one bubble, and nothing is put where it was not said to be.

What is known to the district or province only is kept apart from what happened in the town whose point it shares.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.palette import Family, find_family
from dashboard.say import read_count, say_number

PRECISE = ("site", "city")
MOST_PLACES = 5_000  # more would slow the browser; the page says how many are left out
NAMES: dict[str, tuple[str, ...]] = {
    "district": ("admin2", "admin1", "country"),
    "province": ("admin1", "country"),
}


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
    located = rows[rows["latitude"].notna() & rows["longitude"].notna()].copy()
    if located.empty:
        return []
    points = zip(located["latitude"], located["longitude"], located["geo_precision"], strict=True)
    located["key"] = [place_key(*point) for point in points]
    places = [_gather(str(key), group) for key, group in located.groupby("key", sort=False)]
    return sorted(places, key=lambda place: (-len(place.incidents), place.key))


def _gather(key: str, group: pd.DataFrame) -> Place:
    """Make one place of the rows that share it."""
    first = group.iloc[0]
    families = group["event_type"].map(lambda kind: find_family(kind).key).value_counts()
    common = next(kind for kind in group["event_type"] if find_family(kind).key == families.index[0])
    return Place(
        key=key,
        name=_name(group, str(first["geo_precision"])),
        latitude=float(first["latitude"]),
        longitude=float(first["longitude"]),
        precise=key.endswith(",city"),
        radius_km=float(np.nan_to_num(group["geo_radius_km"].astype("float64").max())),
        incidents=tuple(group["incident_id"]),
        family=find_family(common),
        toll=add_killed(group),
    )


def _name(group: pd.DataFrame, precision: str) -> str:
    """Name a place by the most usual name in its rows, and by what it lies in."""
    names: list[str] = []
    for column in NAMES.get(precision, ("city", "admin1", "country")):
        values = group[column].dropna().astype(str)
        values = values[values != ""]
        name = values.mode().iloc[0] if len(values) else ""
        if name and name not in names:
            names.append(name)
    return ", ".join(names) or "Place without a name"


def add_killed(group: pd.DataFrame) -> str:
    """Add up who was killed, lows and highs apart, and say how many rows give no figure.

    >>> rows = {"killed_low": [3, 4, None], "killed_best": [3, 4, None], "killed_high": [3, 6, None]}
    >>> add_killed(pd.DataFrame(rows))
    '7 to 9 killed, 1 without a figure'
    >>> add_killed(pd.DataFrame({"killed_low": [None], "killed_best": [None], "killed_high": [None]}))
    'killed not stated'
    """
    low, best, high = (group[f"killed_{end}"].astype("float64") for end in ("low", "best", "high"))
    stated = low.notna() | best.notna() | high.notna()
    if not stated.any():
        return "killed not stated"
    least, most = low.fillna(best)[stated], high[stated]
    total = say_number(least.sum(), None, None if most.isna().any() else most.sum())
    silent = read_count((~stated).sum())
    return f"{'no one' if total == '0' else total} killed" + (f", {silent} without a figure" if silent else "")
