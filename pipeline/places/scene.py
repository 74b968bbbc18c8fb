"""Weigh where an article plays: which countries and provinces it names, and where its well-known places lie."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.places.gazetteer import Entry, Gazetteer
from pipeline.places.gazetteer_build import distance_km
from pipeline.places.spots import Spot
from pipeline.places.words import PERSON_NAMES

WELL_KNOWN = 300_000  # people of a city whose name alone speaks for its country
NEAR_KM = 120.0


@dataclass(slots=True)
class Scene:
    """What the whole article says about where it plays."""

    gazetteer: Gazetteer
    weights: dict[str, float] = field(default_factory=dict)  # by country code
    admin1s: set[int] = field(default_factory=set)  # numbers of the provinces named as such
    points: list[tuple[float, float]] = field(default_factory=list)  # of its well-known places

    def add(self, country_code: str, weight: float) -> None:
        """Add to the weight of a country."""
        self.weights[country_code] = self.weights.get(country_code, 0.0) + weight

    def share(self, country_code: str) -> float:
        """Give the part of the article's places that lie in a country, 0 to 1."""
        total = sum(self.weights.values())
        return self.weights.get(country_code, 0.0) / total if total else 0.0

    @property
    def main_country(self) -> str:
        """Give the code of the country most spoken of, or nothing."""
        return max(self.weights, key=lambda code: (self.weights[code], code), default="")

    def is_near(self, entry: Entry) -> bool:
        """Tell whether another well-known place of the article lies near."""
        here = entry.position
        return here is not None and any(1 < distance_km(here, other) < NEAR_KM for other in self.points)


def set_scene(gazetteer: Gazetteer, title: Iterable[Spot], spots: Iterable[Spot]) -> Scene:
    """Weigh the countries that an article names: by name, by nationality, by well-known cities; thrice in its title."""
    scene = Scene(gazetteer)
    body = list(spots)
    for spot, times in [*((s, 3) for s in title), *((s, 1) for s in body)]:
        if spot.what == "nationality":
            scene.add(spot.entries[0].country_code, times)
        elif spot.what == "place" and (country := named_country(spot)):
            scene.add(country.country_code, 2 * times)
    for spot in body:
        if spot.what == "place" and not spot.right_name and spot.name.lower() not in PERSON_NAMES:
            add_city(scene, spot)
            if spot.kind == "admin1":
                scene.admin1s.update(e.number for e in spot.entries if e.kind == "admin1")
    return scene


def named_country(spot: Spot) -> Entry | None:
    """Give the country that a spot names, or None where a province is called the same (Georgia)."""
    country = next((e for e in spot.entries if e.kind == "country"), None)
    shared = any(e.kind == "admin1" and e.rank == 0 for e in spot.entries)
    return None if shared else country


def add_city(scene: Scene, spot: Spot) -> None:
    """Add what a well-known city or province says about its country."""
    best = max(spot.entries, key=lambda e: (e.rank == 0 or e.listed, e.population), default=None)
    if best is None or best.kind == "country" or best.rank > 1 or best.population < WELL_KNOWN:
        return
    scene.add(best.country_code, 1.0 if best.country_code in scene.weights else 0.5)
    if best.kind == "city" and best.position:
        scene.points.append(best.position)
