"""Decide which of the namesakes a name means: what it is said to lie in, the article's countries and provinces, people.

Names that hang together ("Chora district of Uruzgan province") are decided together: a candidate that lies in none of
the places it is said to lie in is out.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log10

from pipeline.gazetteer import Entry, Gazetteer
from pipeline.gazetteer_build import distance_km
from pipeline.place_spots import Spot
from pipeline.place_words import PERSON_NAMES

KINDS_FOR = {
    "admin1": ("admin1", "admin2"),
    "admin2": ("admin2", "neighbourhood", "city", "admin1"),
    "city": ("city", "neighbourhood", "admin2"),
    "area": ("neighbourhood", "site", "city", "admin2", "admin1"),
}


@dataclass(slots=True)
class Scene:
    """What the whole article says about where it plays: the weight of each country, the provinces it names."""

    gazetteer: Gazetteer
    weights: Counter[str] = field(default_factory=Counter)
    admin1s: set[int] = field(default_factory=set)
    points: list[tuple[float, float]] = field(default_factory=list)

    def share(self, country_code: str) -> float:
        """Give the part of the article's places that lie in a country, 0 to 1."""
        total = sum(self.weights.values())
        return self.weights[country_code] / total if total else 0.0

    @property
    def main_country(self) -> str:
        """Give the code of the country most spoken of, or nothing."""
        return self.weights.most_common(1)[0][0] if self.weights else ""


def set_scene(spots: Iterable[Spot], gazetteer: Gazetteer, title_end: int) -> Scene:
    """Weigh the countries that an article names: by name, by nationality, by well-known cities; thrice in its title."""
    scene = Scene(gazetteer)
    for spot in spots:
        times = 3 if spot.last < title_end else 1
        if spot.what == "nationality":
            scene.weights[spot.entries[0].country_code] += times
        elif spot.what == "place":
            countries = [e for e in spot.entries if e.kind == "country"]
            if countries and not any(e.kind == "admin1" and e.rank == 0 for e in spot.entries):
                scene.weights[countries[0].country_code] += 2 * times
    for spot in spots:
        if spot.what == "place" and not spot.right_name and spot.name.lower() not in PERSON_NAMES:
            best = max(spot.entries, key=lambda e: (e.population, -e.rank), default=None)
            if best and best.kind != "country" and best.rank < 2 and best.population >= 300_000:
                scene.weights[best.country_code] += 1 if scene.weights[best.country_code] else 0.5  # type: ignore[assignment]
            scene.admin1s.update(e.number for e in spot.entries if e.kind == "admin1" and (spot.kind == "admin1"))
    return scene


def propose(spot: Spot, scene: Scene, strong: bool) -> list[Entry]:
    """Give what a spot can mean, given the word for its kind; looser spellings only in the article's main country."""
    found = list(spot.entries)
    if spot.kind:
        kinds = KINDS_FOR[spot.kind]
        found = [e for e in found if e.kind in kinds or e.kind == "site"]
    if (
        (spot.evidence or strong)
        and spot.what != "venue"
        and not any(scene.share(e.country_code) for e in found)
        and scene.main_country
    ):
        loose = scene.gazetteer.lookup_loosely(spot.name, scene.main_country)
        found += [e for e in loose if not spot.kind or e.kind in KINDS_FOR[spot.kind]]
    return found


def score(entry: Entry, spot: Spot, scene: Scene) -> float:
    """Weigh one meaning of a spot: its country in this article, its people, its level, how it is spelled."""
    people = log10(entry.population + 10) / 2
    points = people - 0.6 * entry.rank + 0.7 * entry.listed + 4 * scene.share(entry.country_code)
    points += {"country": 3.0, "admin2": -1.5, "neighbourhood": 0.8, "site": 0.8}.get(entry.kind, 0.0)
    if spot.kind in KINDS_FOR:
        points += (
            4 * (entry.kind == KINDS_FOR[spot.kind][0]) - KINDS_FOR[spot.kind].index(entry.kind)
            if (entry.kind in KINDS_FOR[spot.kind])
            else 0
        )
    elif entry.kind == "city":
        points += 1.0 if leads_its_province(entry, spot) else -0.6
    if entry.kind != "admin1" and entry.admin1_number in scene.admin1s:
        points += 1.0
    if scene.points and entry.position and entry.kind != "country":
        points += 1.0 if min(distance_km(entry.position, other) for other in scene.points) < 120 else 0.0
    return points


def leads_its_province(city: Entry, spot: Spot) -> bool:
    """Tell whether a city's bare name means the city rather than the province of the same name, as Herat does."""
    provinces = [e for e in spot.entries if e.kind == "admin1" and e.number == city.admin1_number]
    return not provinces or ((city.rank == 0 or city.listed) and city.population * 2 > provinces[0].population)


def settle(chain: Sequence[Spot], scene: Scene, strong: bool) -> list[Entry | None]:
    """Give the entry of each spot of a chain, or None where no known place fits the others."""
    options = [propose(spot, scene, strong) for spot in chain]
    for _ in range(2):
        for one in range(len(chain)):
            for other in range(len(chain)):
                if one != other:
                    narrow(options, one, other, chain, scene)
    chosen: list[Entry | None] = [None] * len(chain)
    breadth = {"country": 0, "admin1": 1, "admin2": 2, "city": 3}
    order = sorted(range(len(chain)), key=lambda n: min((breadth.get(e.kind, 4) for e in options[n]), default=9))
    for number in order:
        fitting = [e for e in options[number] if all(c is None or e.lies_in(c) or c.lies_in(e) for c in chosen)]
        chosen[number] = max(fitting, key=lambda e: (score(e, chain[number], scene), -e.number), default=None)
    return chosen


def narrow(options: list[list[Entry]], one: int, other: int, chain: Sequence[Spot], scene: Scene) -> None:
    """Keep those options of one spot that lie in an option of the other, or hold one; look more loosely if none do."""
    if not options[other]:
        return
    kept = [e for e in options[one] if any(e.lies_in(o) or o.lies_in(e) for o in options[other])]
    if not kept and chain[one].what in ("place", "unknown") and chain[other].what != "unknown":
        code = next((o.country_code for o in options[other] if o.kind in ("country", "admin1")), "")
        loose = scene.gazetteer.lookup_loosely(chain[one].name, code) if code else ()
        kept = [e for e in loose if any(e.lies_in(o) for o in options[other])]
    if kept or chain[one].what == "unknown" or one < other:
        options[one] = kept
