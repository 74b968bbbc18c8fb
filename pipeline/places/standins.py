"""Words that stand for a place: "the capital" for a country's, "here" for the dateline's, "the city" for the last one.

A scan marks them as spots without entries; once the article's countries are known they get the place they stand for, or
go where there is none.
"""

from pipeline.places.context import read_role
from pipeline.places.gazetteer import Entry
from pipeline.places.resolve import settle
from pipeline.places.scan import Scan
from pipeline.places.scene import Scene

CLEAR = 0.5  # the part of an article's places that must lie in a country for "the capital" to be that country's


def name_standins(scan: Scan, scene: Scene) -> None:
    """Give each stand-in among the spots its place, and take out those that stand for none."""
    for number, spot in enumerate(scan.spots):
        if spot.what not in ("capital", "here", "city"):
            continue
        if spot.what == "capital":
            entry = capital_of(scan, number, scene)
        else:
            entry = named_before(scan, number, scene, ("dateline",) if spot.what == "here" else ("event", "dateline"))
        spot.what, spot.entries, spot.kind, spot.evidence = "place", (entry,) if entry else (), "city", True
    scan.spots = [spot for spot in scan.spots if spot.entries or spot.what != "place"]


def capital_of(scan: Scan, number: int, scene: Scene) -> Entry | None:
    """Give the capital that is meant: "the Iraqi capital", "Mali's capital", else that of the article's country."""
    spot = scan.spots[number]
    before = scan.spots[number - 1] if number else None
    owner = spot.first - 1 - (scan.low(spot.first - 1) == "'s")
    if before and before.last == owner and before.entries:
        return scan.gazetteer.capital(before.entries[0].country_code)
    code = scene.main_country
    return scan.gazetteer.capital(code) if code and scene.share(code) >= CLEAR else None


def named_before(scan: Scan, number: int, scene: Scene, roles: tuple[str, ...]) -> Entry | None:
    """Give the last city named before a spot in one of the roles: where the report was sent from, or tells of."""
    for spot in reversed(scan.spots[:number]):
        if spot.what == "place" and read_role(scan, spot.first, spot.last).role in roles:
            entry = settle([spot], scene, strong=True)[0]
            if entry and entry.kind == "city":
                return entry
    return None
