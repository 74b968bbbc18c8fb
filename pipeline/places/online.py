"""Ask OpenStreetMap, only where a person wishes it, for the towns and villages that the offline gazetteer lacks.

An answer counts only where it lies in what is already known of the place, and each answer is kept on disk, so that a
question leaves the machine once. The data is © OpenStreetMap contributors, ODbL.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from geopy.distance import great_circle
from geopy.exc import GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim

from pipeline.cache import CACHE
from pipeline.model import Issue, Place, Reading
from pipeline.tables.folder import replace_file

ANSWERS = CACHE / "nominatim.json"
USER_AGENT = "incident-tables/0.1 (reads news articles; asks for places its gazetteer lacks)"
SECONDS_BETWEEN = 1.1  # the service's rule: at most one question a second
LOOSE = frozenset({"unknown", "country", "province", "district"})
BEYOND = 1.5  # how many radii from the middle of the province or district an answer may lie
LEAST_KM, TOWN_KM = 30.0, 5.0

Point = tuple[float, float]
Ask = Callable[[str, str], Point | None]  # name and what it lies in, country code -> latitude and longitude


@dataclass(frozen=True, slots=True)
class Located:
    """Readings with the points that were found, and what is amiss where the service could not be asked."""

    readings: list[Reading]
    issues: tuple[Issue, ...] = ()


def locate_online(readings: Sequence[Reading], ask: Ask | None = None) -> Located:
    """Give towns without a point of their own one, where the service knows them; stop asking where it fails."""
    ask = ask or open_nominatim(ANSWERS)
    located: list[Reading] = []
    for done, reading in enumerate(readings):
        try:
            located.append(_locate_reading(reading, ask))
        except GeopyError as error:
            return Located([*located, *readings[done:]], (_word_failure(error),))
    return Located(located)


def _locate_reading(reading: Reading, ask: Ask) -> Reading:
    """Locate the places of one reading."""
    reports = (replace(r, facts=replace(r.facts, place=_locate(r.facts.place, ask))) for r in reading.reports)
    return replace(reading, reports=tuple(reports))


def _locate(place: Place, ask: Ask) -> Place:
    """Give a named town the point that the service knows for it, if that lies where the town must lie.

    >>> village = Place(precision="province", city="Some Village", country="Afghanistan", country_code="AF",
    ...                 admin1="Balkh", latitude=36.7, longitude=67.1, radius_km=90.0)
    >>> _locate(village, lambda name, country: (36.9, 66.9)).precision
    'city'
    >>> _locate(village, lambda name, country: (31.6, 65.7)) == village
    True
    """
    if not place.city or not place.country_code or place.precision not in LOOSE:
        return place
    point = ask(", ".join(filter(None, (place.city, place.admin1, place.country))), place.country_code)
    if point is None or not _fits(place, point):
        return place
    latitude, longitude = (round(degrees, 5) for degrees in point)
    return replace(place, precision="city", latitude=latitude, longitude=longitude, radius_km=TOWN_KM, geo_id="")


def _fits(place: Place, point: Point) -> bool:
    """Tell whether a point lies in the area that the place is known to lie in."""
    if place.latitude is None:
        return True
    most = max(LEAST_KM, BEYOND * (place.radius_km or 0.0))
    return float(great_circle((place.latitude, place.longitude), point).km) <= most


def open_nominatim(answers: Path, service: Ask | None = None) -> Ask:
    """Give what asks Nominatim, at its pace, for what is not among the answers kept in a file."""
    known = _load_answers(answers)
    asking = service or _connect()

    def ask(name: str, country_code: str) -> Point | None:
        key = f"{country_code} {name}"
        if key not in known:
            known[key] = asking(name, country_code)
            answers.parent.mkdir(parents=True, exist_ok=True)
            replace_file(answers, json.dumps(known, ensure_ascii=False, sort_keys=True, indent=0).encode("utf-8"))
        return known[key]

    return ask


def _connect() -> Ask:
    """Give the service itself, asked no faster than it allows."""
    geocode = RateLimiter(
        Nominatim(user_agent=USER_AGENT, timeout=10).geocode,
        min_delay_seconds=SECONDS_BETWEEN,
        max_retries=1,
        swallow_exceptions=False,
    )

    def ask(name: str, country_code: str) -> Point | None:
        found = geocode(name, country_codes=country_code.lower())
        return (float(found.latitude), float(found.longitude)) if found else None

    return ask


def _load_answers(path: Path) -> dict[str, Point | None]:
    """Load the answers of earlier builds; a broken file is as good as none."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return {str(key): (float(at[0]), float(at[1])) if at else None for key, at in held.items()}
    except (OSError, ValueError, TypeError, AttributeError, IndexError, KeyError):
        return {}


def _word_failure(error: Exception) -> Issue:
    """Word that the service could not be asked.

    >>> _word_failure(GeopyError("refused")).message
    'OpenStreetMap could not be asked (refused): towns that the gazetteer lacks have no point of their own.'
    """
    why = " ".join(str(error).split())[:120] or type(error).__name__
    return Issue(
        kind="limit",
        message=f"OpenStreetMap could not be asked ({why}): towns that the gazetteer lacks have no point of their own.",
        to_do="Build again when the network is there; answers so far are kept.",
    )
