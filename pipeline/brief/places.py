"""The places of the map, gathered in the database: one for each town or point, and nothing put where it was not said.

A town holds what happened in it, its sites too. What is known to the district or province only is kept apart. Where
there are more places than a browser can draw, or a reader asks for it, neighbours are counted together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, isfinite
from typing import Any

from pipeline.brief.palette import FAMILIES, Family
from pipeline.brief.say import say_number
from pipeline.tables.store import Ask, read_total, sum_columns
from pipeline.tables.totals import Total

MOST_PLACES = 5_000  # more would slow the browser
STEPS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)  # degrees
NAMES = {
    "site": ("venue", "city", "admin1", "country"), "city": ("city", "admin1", "country"),
    "district": ("admin2", "admin1", "country"), "province": ("admin1", "country"),
}  # fmt: skip
LOCATED = "latitude IS NOT NULL AND longitude IS NOT NULL"
POINT_KEY = "printf('%.3f,%.3f,%s', latitude, longitude, geo_precision)"
IS_TOWN = "geo_precision IN ('site', 'city') AND city <> ''"
TOWN_KEY = f"CASE WHEN {IS_TOWN} THEN country || '/' || admin1 || '/' || city ELSE {POINT_KEY} END"
SITE_KEY = f"CASE WHEN geo_precision = 'site' THEN 'site:' || {POINT_KEY} ELSE '' END"
FAMILY = " ".join(
    f"WHEN event_type IN ({', '.join(repr(kind) for kind in sorted(one.types))}) THEN '{one.key}'" for one in FAMILIES
)
SUMS = [column.rsplit(" AS ", 1)[1] for column in sum_columns("killed").split(", ") if " AS " in column]
BY_KEY = {family.key: family for family in FAMILIES}
# Rows are first counted by point and type, which are few, and only then named and gathered.
GATHER = """, points AS (
  SELECT country, admin1, city, geo_precision, latitude, longitude, event_type,
    admin2, {venue} AS venue, count(*) AS n, max(geo_radius_km) AS radius, {sums} FROM shown WHERE {where} GROUP BY ALL
), keyed AS (
  SELECT *, {key} AS key, {town_key} AS place, CASE {family} ELSE 'other' END AS family,
    geo_precision IN ('site', 'city') AS precise, geo_precision <> 'site' AS firm FROM points
), spots AS (SELECT key, latitude, longitude, firm, sum(n) AS n FROM keyed GROUP BY ALL
), families AS (SELECT key, family, sum(n) AS n FROM keyed GROUP BY ALL
), spot AS (
  SELECT key, arg_max({{'x': longitude, 'y': latitude}}, (firm, n, latitude, longitude)) AS peak FROM spots GROUP BY key
), kind AS (SELECT key, arg_max(family, (n, family)) AS family FROM families GROUP BY key
), gathered AS (
  SELECT key, sum(n) AS n, count(DISTINCT place) AS members, bool_and(precise) AS precise,
    coalesce(max(radius), 0) AS radius, sum(n * longitude) / sum(n) AS mean_x, sum(n * latitude) / sum(n) AS mean_y,
    min(longitude) AS west, min(latitude) AS south, max(longitude) AS east, max(latitude) AS north,
    {names}, {totals} FROM keyed GROUP BY key
) SELECT *, peak.x AS x, peak.y AS y FROM gathered JOIN spot USING (key) JOIN kind USING (key)
WHERE key <> '' ORDER BY n DESC, key LIMIT {most}"""
COUNT = (
    f"SELECT count(DISTINCT {TOWN_KEY}) AS n FROM ("
    f"SELECT DISTINCT country, admin1, city, geo_precision, latitude, longitude FROM shown WHERE {LOCATED})"
)
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One point, or a cell of neighbours, and what happened there."""

    key: str
    name: str
    latitude: float
    longitude: float
    precise: bool
    radius_km: float
    count: int
    family: Family
    killed: Total
    box: Box
    members: int = 1  # places counted together
    country: str = ""
    admin1: str = ""
    city: str = ""

    @property
    def toll(self) -> str:
        """Say who was killed."""
        return say_killed(self.killed)


def find_places(ask: Ask, most: int = MOST_PLACES) -> list[Place]:
    """Gather what is shown and has a point into places, those with most incidents first, at most `most`."""
    return _gather(ask, TOWN_KEY, most)


def count_places(ask: Ask) -> int:
    """Count the places that what is shown lies at."""
    return int(ask(COUNT)["n"].iloc[0])


def find_clusters(ask: Ask, step: float) -> list[Place]:
    """Gather what is shown into cells of `step` degrees, drawn at the middle of their incidents."""
    return _gather(ask, cell_key(step), MOST_PLACES)


def find_step(ask: Ask, least: float) -> float:
    """Give the step of cells, at least `least` degrees, that makes few enough of them."""
    steps = [step for step in (round(least, 2), *STEPS) if step > 0 and step >= least - 0.005] or [STEPS[-1]]
    counted = ", ".join(f"count(DISTINCT {cell_key(step)}) AS s{i}" for i, step in enumerate(steps))
    points = f"(SELECT DISTINCT latitude, longitude FROM shown WHERE {LOCATED})"
    counts = ask(f"SELECT {counted} FROM {points}").iloc[0]
    return next((step for i, step in enumerate(steps) if counts[f"s{i}"] <= MOST_PLACES), steps[-1])


def find_sites(ask: Ask, places: Sequence[Place]) -> list[Place]:
    """Give the sites that are not where their town is drawn, for readers who look closely; no more than fit."""
    towns = {(place.longitude, place.latitude) for place in places}
    room = MOST_PLACES - len(places)
    sites = _gather(ask, SITE_KEY, room, "geo_precision = 'site'") if room > 0 else []
    return [site for site in sites if (site.longitude, site.latitude) not in towns]


def cell_key(step: float) -> str:
    """Give the SQL that names the cell of a point."""
    return f"'cell:{step:g}:' || floor(longitude / {step:g})::INTEGER || ':' || floor(latitude / {step:g})::INTEGER"


def name_cell(longitude: float, latitude: float, step: float) -> str:
    """Name the cell of a point, as `cell_key` does in the database.

    >>> name_cell(69.17, 34.53, 0.5)
    'cell:0.5:138:69'
    """
    return f"cell:{step:g}:{floor(longitude / step)}:{floor(latitude / step)}"


def say_killed(total: Total) -> str:
    """Say who was killed, lows and highs apart, and how many incidents give no figure.

    >>> say_killed(Total(7, 7, 9, (2, 2, 2), 1, 2, 0)), say_killed(Total(0, 0, 0, (0, 0, 0), 3, 0, 0))
    ('7 to 9 killed, 1 without a figure', 'killed not stated')
    """
    if not total.stated:
        return "killed not stated"
    words = say_number(max(total.low, 0), None, None if total.open_top else max(total.high, total.low))
    silent = f", {total.without:,} without a figure" if total.without else ""
    return f"{'no one' if words == '0' else words} killed{silent}"


def key_sql(key: str) -> str:
    """Give the SQL that names what a key is of."""
    if key.startswith("cell:"):
        step = float(key.split(":")[1])
        return cell_key(step) if isfinite(step) and step > 0 else TOWN_KEY
    return SITE_KEY if key.startswith("site:") else TOWN_KEY


def _gather(ask: Ask, key: str, most: int, where: str = "true") -> list[Place]:
    """Gather what is shown by a key."""
    names = ", ".join(f"arg_max({name}, (n, {name})) AS {name}" for name in
                      ("country", "admin1", "admin2", "city", "venue", "geo_precision"))  # fmt: skip
    totals = ", ".join(f"sum({name}) AS {name}" for name in SUMS)
    sql = GATHER.format(
        venue="venue" if key == SITE_KEY else "''",
        where=f"{LOCATED} AND {where}",
        key=key,
        town_key=TOWN_KEY,
        family=FAMILY,
        sums=sum_columns("killed"),
        names=names,
        totals=totals,
        most=most,
    )
    return [_read(row) for row in ask(sql).to_dict("records")]


def _read(row: dict[Any, Any]) -> Place:
    """Read one place."""
    together = row["key"].startswith("cell:") and row["members"] > 1
    at = (row["mean_x"], row["mean_y"]) if together else (row["x"], row["y"])
    return Place(
        key=row["key"],
        name=_name(row, together),
        longitude=round(float(at[0]), 5),
        latitude=round(float(at[1]), 5),
        precise=bool(row["precise"]),
        radius_km=0.0 if together else float(row["radius"]),
        count=int(row["n"]),
        family=BY_KEY[row["family"]],
        killed=read_total(row, "killed"),
        box=_round_out((row["west"], row["south"], row["east"], row["north"])),
        members=int(row["members"]) if together else 1,
        **{name: "" if together else row[name] for name in ("country", "admin1", "city")},
    )


def _name(row: dict[Any, Any], together: bool) -> str:
    """Name a place by its most usual name and by what it lies in."""
    columns = NAMES.get(row["geo_precision"], ("country",))
    if row["key"].startswith("site:"):
        columns = NAMES["site"]
    elif row["geo_precision"] == "site" and row["city"]:
        columns = NAMES["city"]
    names = list(dict.fromkeys(row[column] for column in columns if row[column]))
    if together:
        return f"{(names or ['A place without a name'])[0]} and {int(row['members']) - 1:,} more places"
    return ", ".join(names) or "Place without a name"


def _round_out(box: Box) -> Box:
    """Round a box outwards to the four decimals that a link keeps, so that no point falls out of it.

    >>> _round_out((69.17233, 34.52813, 69.17233, 34.52813))
    (69.1723, 34.5281, 69.1724, 34.5282)
    """
    west, south, east, north = (float(end) * 10_000 for end in box)
    return floor(west) / 10_000, floor(south) / 10_000, -floor(-east) / 10_000, -floor(-north) / 10_000
