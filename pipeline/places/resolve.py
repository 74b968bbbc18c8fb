"""Decide which of the namesakes a name means: what it is said to lie in, the article's countries and provinces, people.

Names that hang together ("Chora district of Uruzgan province") are decided together: a candidate that lies in none of
the places it is said to lie in is out.
"""

from collections.abc import Sequence
from math import log10

from pipeline.places.gazetteer import Entry
from pipeline.places.gazetteer_build import distance_km
from pipeline.places.scene import Scene
from pipeline.places.spots import Spot

KINDS_FOR = {
    "admin1": ("admin1", "admin2"),
    "admin2": ("admin2", "neighbourhood", "city", "admin1"),
    "city": ("city", "neighbourhood", "admin2"),
    "commune": ("city", "admin2", "neighbourhood"),
    "quarter": ("neighbourhood", "site", "city", "admin2", "admin1"),
    "area": ("neighbourhood", "site", "city", "admin2", "admin1"),
}


GREAT = 500_000  # people of a city that has districts of its own
DISTRICT_KM = 40.0  # how far from the middle of its district a town can lie
LEVELS = {"country": 3.0, "admin2": -1.5, "neighbourhood": 3.2, "site": 3.2}
LARGE = 100_000  # people of a city that its bare name means, also where its province is called the same
BREADTH = {"country": 0, "admin1": 1, "admin2": 2, "city": 3}


def propose(spot: Spot, scene: Scene, strong: bool) -> list[Entry]:
    """Give what a spot can mean, given the word for its kind; looser spellings only in the article's main country."""
    kinds = KINDS_FOR.get(spot.kind, ())
    found = [e for e in spot.entries if not kinds or e.kind in kinds or e.kind == "site"]
    if spot.kind == "quarter" and scene.points:  # a town far from the article's cities is no quarter of theirs
        found = [e for e in found if e.kind != "city" or scene.is_near(e)]
    sure = (spot.evidence or strong) and spot.what != "venue"
    if sure and scene.main_country and not any(scene.share(e.country_code) for e in found):
        loose = scene.gazetteer.lookup_loosely(spot.name, scene.main_country)
        found += [e for e in loose if not kinds or e.kind in kinds]
    return found


def score(entry: Entry, spot: Spot, scene: Scene) -> float:
    """Weigh one meaning of a spot: its country in this article, its people, its level, how it is spelled."""
    points = log10(entry.population + 10) / 2 - entry.rank + 0.7 * entry.listed
    points += 4 * scene.share(entry.country_code) + LEVELS.get(entry.kind, 0.0) + level_fit(entry, spot)
    if entry.kind != "admin1" and entry.admin1_number in scene.admin1s:
        points += 1.0
    return points + (0.7 if entry.kind != "country" and scene.is_near(entry) else 0.0)


def level_fit(entry: Entry, spot: Spot) -> float:
    """Weigh how the level of an entry fits the word beside the name; without one, a city that leads its province."""
    kinds = KINDS_FOR.get(spot.kind, ())
    if entry.kind in kinds:
        return 4.0 if entry.kind == kinds[0] else -float(kinds.index(entry.kind))
    if kinds or entry.kind != "city":
        return 0.0
    return 1.0 if leads_its_province(entry, spot) else -0.6


def leads_its_province(city: Entry, spot: Spot) -> bool:
    """Tell whether a city's bare name means the city rather than the province of the same name, as Herat does."""
    provinces = [e for e in spot.entries if e.kind == "admin1" and e.number == city.admin1_number]
    return (
        not provinces
        or city.population >= LARGE
        or ((city.rank == 0 or city.listed) and city.population * 2 > provinces[0].population)
    )


def settle(chain: Sequence[Spot], scene: Scene, strong: bool) -> list[Entry | None]:
    """Give the entry of each spot of a chain, or None where no known place fits the others."""
    options = [propose(spot, scene, strong) for spot in chain]
    for _ in range(2):
        for one in range(len(chain)):
            for other in range(len(chain)):
                if one != other:
                    narrow(options, one, other, chain, scene)
    widen_districts(options, chain)
    keep_owners(options, chain)
    chosen: list[Entry | None] = [None] * len(chain)
    order = sorted(range(len(chain)), key=lambda n: min((BREADTH.get(e.kind, 4) for e in options[n]), default=9))
    for number in order:
        fitting = [e for e in options[number] if all(c is None or hang_together(e, c) for c in chosen)]
        chosen[number] = max(fitting, key=lambda e: (score(e, chain[number], scene), -e.number), default=None)
    return chosen


def widen_districts(options: list[list[Entry]], chain: Sequence[Spot]) -> None:
    """Let "X district of Kunduz" mean the province of Kunduz, not its city: a district lies in no city."""
    if not any(spot.kind == "admin2" for spot in chain):
        return
    named = any(options[number] for number, spot in enumerate(chain) if spot.kind == "admin2")
    for number, spot in enumerate(chain):
        great = not named and any(e.kind == "city" and e.population >= GREAT for e in options[number])
        if not spot.kind and not great and any(e.kind == "admin1" for e in options[number]):
            options[number] = [e for e in options[number] if e.kind in ("admin1", "country")]


def keep_owners(options: list[list[Entry]], chain: Sequence[Spot]) -> None:
    """Let a city keep its quarter: "Hamburg's St Georg neighbourhood" is in Hamburg, whatever town has that name."""
    quarters = [number for number, spot in enumerate(chain) if spot.kind == "quarter"]
    if not quarters:
        return
    for number, spot in enumerate(chain):
        cities = [e for e in spot.entries if e.kind == "city" and e.rank <= 1]
        inside = [e for q in quarters for e in options[q] if e.kind in ("neighbourhood", "site")]
        if spot.kind not in ("", "city") or not cities or inside:
            continue
        known = [e for other, found in enumerate(options) if other not in (number, *quarters) for e in found]
        fitting = [e for e in cities if not known or any(e.lies_in(k) or k.lies_in(e) for k in known)]
        if fitting and not any(e.kind == "city" for e in options[number]):
            options[number] = fitting
            for quarter in quarters:
                options[quarter] = []


def hang_together(one: Entry, other: Entry) -> bool:
    """Tell whether one of two places lies in the other; a town near a district's middle may, whatever the maps say."""
    if one.lies_in(other) or other.lies_in(one):
        return True
    if {one.kind, other.kind} != {"city", "admin2"} or one.admin1_number != other.admin1_number:
        return False
    return bool(one.position and other.position and distance_km(one.position, other.position) <= DISTRICT_KM)


def narrow(options: list[list[Entry]], one: int, other: int, chain: Sequence[Spot], scene: Scene) -> None:
    """Keep those options of one spot that lie in an option of the other, or hold one; look more loosely if none do."""
    if not options[other]:
        return
    kept = [e for e in options[one] if any(hang_together(e, o) for o in options[other])]
    if not kept and chain[one].what in ("place", "unknown") and chain[other].what != "unknown":
        code = next((o.country_code for o in options[other] if o.kind in ("country", "admin1")), "")
        loose = scene.gazetteer.lookup_loosely(chain[one].name, code) if code else ()
        kept = [e for e in loose if any(e.lies_in(o) for o in options[other])]
    if kept or chain[one].what == "unknown" or one < other:
        options[one] = kept
