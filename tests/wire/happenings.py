"""Invent incidents: what truly happened, before anybody tells of it."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate

from wire.towns import Land, Town

KINDS = {  # kind -> how often, how later sentences call it
    "suicide bombing": (6, "suicide bombing"), "bombing": (20, "bombing"), "shooting": (22, "shooting"),
    "armed attack": (18, "attack"), "air or drone strike": (10, "air strike"), "shelling": (8, "shelling"),
    "stabbing": (5, "stabbing"), "armed clash": (11, "fighting"),
}  # fmt: skip
SITES = ("a market", "the central mosque", "the bus station", "a police checkpoint", "an army post", "a school",
         "a church", "the courthouse", "a hotel", "the town hall", "a fuel station", "a hospital", "a wedding hall",
         "a bank", "a bakery", "the railway station")  # fmt: skip
NAMELESS = ("air or drone strike", "shelling", "armed clash", "stabbing")  # kinds that no group is named for
SPARED, RISES = 0.07, 0.35  # shares of incidents that kill nobody, and whose toll rises in the following days


@dataclass(slots=True, eq=False)
class Happening:
    """An incident as it truly was, and the articles that have told of it so far."""

    day: date
    town: Town
    kind: str
    site: str
    killed: int
    killed_later: int  # in the days after; equal to `killed` where the toll does not rise
    injured: int
    group: str
    stance: str  # claim, blame, nobody: what is said of who did it
    told_later: bool = False
    articles: list[str] = field(default_factory=list)

    @property
    def noun(self) -> str:
        """What a sentence after the first calls it."""
        return KINDS[self.kind][1]

    def as_truth(self, number: int) -> dict[str, object]:
        """Give the row of the truth; the toll is the last that was told."""
        return {
            "incident": f"truth-{number:07d}", "day": str(self.day), "city": self.town.name,
            "admin1": self.town.admin1, "country": self.town.country, "country_code": self.town.country_code,
            "killed": self.killed_later if self.told_later else self.killed, "killed_first": self.killed,
            "injured": self.injured, "kind": self.kind, "perpetrator": self.group, "articles": self.articles,
        }  # fmt: skip


class World:
    """What incidents are drawn from."""

    def __init__(self, lands: Sequence[Land]) -> None:
        """Weigh the countries once."""
        self.lands = lands
        self.weights = list(accumulate(land.weight for land in lands))
        self.kinds = list(accumulate(often for often, _ in KINDS.values()))

    def draw_town(self, rng: random.Random) -> tuple[Land, Town]:
        """Draw a country by its weight, and one of its towns, the large ones more often."""
        land = rng.choices(self.lands, cum_weights=self.weights)[0]
        return land, land.towns[int(len(land.towns) * rng.random() ** 2)]

    def draw(self, rng: random.Random, day: date) -> Happening:
        """Draw an incident of a day."""
        land, town = self.draw_town(rng)
        kind = rng.choices(list(KINDS), cum_weights=self.kinds)[0]
        killed = 0 if rng.random() < SPARED else min(90, 1 + int(rng.expovariate(0.22)))
        rises = killed > 1 and rng.random() < RISES
        stance = "nobody" if kind in NAMELESS or not land.groups else rng.choice(("claim", "blame", "nobody"))
        return Happening(
            day=day,
            town=town,
            kind=kind,
            site=rng.choice(SITES),
            killed=killed,
            killed_later=killed + (1 + int(rng.expovariate(0.5)) if rises else 0),
            injured=2 + int(rng.expovariate(0.12)),
            group="" if stance == "nobody" else rng.choice(land.groups),
            stance=stance,
        )
