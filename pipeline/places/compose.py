"""Make one `Place` of names that hang together: each level filled, the point that of the most specific known one."""

from collections.abc import Sequence
from dataclasses import replace
from math import asin, atan2, cos, degrees, radians, sin

from pipeline.model import Place
from pipeline.places.context import Nearby
from pipeline.places.gazetteer import Entry
from pipeline.places.gazetteer_build import EARTH_KM, distance_km, middle
from pipeline.places.names import strip_kind
from pipeline.places.resolve import score
from pipeline.places.scene import Scene
from pipeline.places.spots import Spot
from pipeline.places.words import HONOURED

CLOSE_KM = 25.0  # farther off than this, something did not happen in that city any more
BREADTH = {"site": 0, "neighbourhood": 1, "city": 2, "admin2": 3, "admin1": 4, "country": 5}


def compose_place(pairs: Sequence[tuple[Spot, Entry | None]], nearby: Nearby | None, scene: Scene) -> Place:
    """Give the place that the spots of a chain name together, with what is near it said so in its radius."""
    known = sorted((e for _, e in pairs if e is not None), key=lambda e: (BREADTH[e.kind], e.radius_km))
    inner = [s.inner for s, e in pairs if s.inner and e is None and s.inner.first == s.name_first]
    if not any(e.kind in ("city", "neighbourhood", "site") for e in known):
        known = sorted([*known, *read_inner(inner, known, scene)], key=lambda e: BREADTH[e.kind])
    place = place_of(known[0], pairs) if known else Place()
    if len(known) > 1 and known[0].kind in ("site", "neighbourhood") and not place.city:
        cities = [e for e in known if e.kind == "city"]
        place = replace(place, city=printed(cities[0], pairs)) if cities else place
    held = any(s.kind == "commune" and known and e is known[0] for s, e in pairs)  # a commune holds villages
    if held and any(e is None and s.kind in ("city", "") and s.what in ("unknown", "place") for s, e in pairs):
        place = replace(place, city="", admin2=place.admin2 or place.city, geo_id="", precision="district")
    place = name_unknown(place, [s for s, e in pairs if e is None])
    return move_off(place, nearby) if nearby else place


def place_of(entry: Entry, pairs: Sequence[tuple[Spot, Entry | None]]) -> Place:
    """Give the place of one entry, its names as the codebook has them."""
    precision = entry.point
    point = entry.position if precision != "country" else None
    city = (
        entry.city if entry.kind in ("site", "neighbourhood") else printed(entry, pairs) if entry.kind == "city" else ""
    )
    return Place(
        precision=precision if point or precision == "country" else "province" if entry.admin1 else "country",
        country=entry.country, country_code=entry.country_code, admin1=entry.admin1, admin2=entry.admin2, city=city,
        venue=entry.name if entry.kind == "site" else "",
        latitude=round(point[0], 5) if point else None, longitude=round(point[1], 5) if point else None,
        radius_km=entry.radius_km if point else None, geo_id=entry.geo_id,
    )  # fmt: skip


def printed(entry: Entry, pairs: Sequence[tuple[Spot, Entry | None]]) -> str:
    """Give the name of a city to print: the listed English one, else the article's own spelling."""
    name = next((s.name for s, e in pairs if e is entry and s.what == "place"), entry.name)
    return entry.name if entry.listed or name.isupper() or not name[0].isupper() else name


def read_inner(inner: Sequence[Spot], known: Sequence[Entry], scene: Scene) -> list[Entry]:
    """Give the place in the name of a venue ("Atlanta Post Office"), where it agrees with what is known."""
    found = []
    for spot in inner:
        options = [
            e
            for e in spot.entries
            if e.rank == 0 and e.kind != "admin2" and all(e.lies_in(k) or k.lies_in(e) for k in known)
        ]
        best = max(options, key=lambda e: (score(e, spot, scene), -e.number), default=None)
        enough = 0 if known or (best and scene.share(best.country_code)) else 100_000 if scene.weights else 10_000
        if best and best.population >= enough and (known or spot.name.lower() not in HONOURED):
            found.append(best)
    return found


def name_unknown(place: Place, spots: Sequence[Spot]) -> Place:
    """Add the names that no gazetteer knows: a village, a district, a building; the point stays that of the known."""
    for spot in spots:
        name = strip_kind(spot.name) or spot.name
        if spot.what == "venue":
            place = replace(place, venue=place.venue or spot.name)
        elif spot.kind == "admin2" and not place.admin2:
            place = replace(place, admin2=name)
        elif spot.kind == "admin1" and not place.admin1:
            place = replace(place, admin1=name)
        elif spot.kind in ("city", "commune", "") and not place.city:
            place = replace(place, city=name)
    return place


def move_off(place: Place, nearby: Nearby) -> Place:
    """Move a point so many kilometres off, or widen its radius where only "near" or "north of" is said."""
    if place.latitude is None or place.longitude is None or place.precision in ("province", "district"):
        return place
    radius = place.radius_km or 5.0
    if nearby.km is None:
        wider = radius + (20.0 if nearby.bearing is not None else 10.0 if place.precision == "city" else 1.0)
        return replace(
            place, radius_km=round(wider, 1), precision="district" if nearby.bearing is not None else place.precision
        )
    if nearby.bearing is None:
        return replace(place, radius_km=round(radius + nearby.km, 1), precision="district")
    latitude, longitude = travel((place.latitude, place.longitude), nearby.km, nearby.bearing)
    radius = round(max(5.0, nearby.km * 0.4), 1)
    close = nearby.km <= CLOSE_KM
    return replace(
        place, latitude=latitude, longitude=longitude, radius_km=radius, precision="district",
        city=place.city if close else "", geo_id=place.geo_id if close else "",
    )  # fmt: skip


def lie_between(one: Place, other: Place) -> Place:
    """Give the first of two towns with its point amid them: "on the road between Gao and Menaka"."""
    levels = ("country", "country_code", "admin1")
    place = replace(one, geo_id="", **{x: getattr(one, x) or getattr(other, x) for x in levels})
    if other.admin1 not in ("", place.admin1):
        place = replace(place, admin1="", admin2="")
    points = [(p.latitude, p.longitude) for p in (one, other) if p.latitude is not None and p.longitude is not None]
    if not points:
        return place
    (latitude, longitude), apart = middle(points), distance_km(points[0], points[-1])
    radius = round((apart / 2 if len(points) > 1 else CLOSE_KM) + 5.0, 1)
    return replace(place, latitude=latitude, longitude=longitude, radius_km=radius, precision="district")


def travel(point: tuple[float, float], km: float, bearing: float) -> tuple[float, float]:
    """Give the point so many kilometres from another on a bearing (0 north, 90 east).

    >>> travel((33.0, 44.0), 111.195, 0)
    (34.0, 44.0)
    """
    latitude, longitude, angle, way = radians(point[0]), radians(point[1]), km / EARTH_KM, radians(bearing)
    there = asin(sin(latitude) * cos(angle) + cos(latitude) * sin(angle) * cos(way))
    turn = atan2(sin(way) * sin(angle) * cos(latitude), cos(angle) - sin(latitude) * sin(there))
    return round(degrees(there), 5), round((degrees(longitude + turn) + 180) % 360 - 180, 5)
