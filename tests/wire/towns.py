"""Real towns to lay invented incidents in, and the groups that act there: from the gazetteer and the word lists.

Countries with many attacks in the news of recent years weigh more; within a country large towns do.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.places.gazetteer import Gazetteer
from pipeline.text.words import WORDS

# Country codes and how many incidents they have beside each other.
WEIGHTS = {
    **dict.fromkeys("AF PK SY NG SO".split(), 8), **dict.fromkeys("IQ YE ML BF MM UA CD IN".split(), 5),
    **dict.fromkeys("NE TD CM SS SD LY EG MX CO PH".split(), 3),
    **dict.fromkeys("BD TH ID TR RU HT VE BR PE EC HN GT ZA MZ KE ET UG BI CF LB IL PS JO SA IR TJ KG UZ LK NP FR "
                    "GB DE ES BE US AU SE DZ TN".split(), 1),
}  # fmt: skip
TOWNS = 60  # of a country, the largest first
LEAST_PEOPLE = 20_000


@dataclass(frozen=True, slots=True)
class Town:
    """A town as the gazetteer names it."""

    name: str
    admin1: str
    country: str
    country_code: str


@dataclass(frozen=True, slots=True)
class Land:
    """A country with its towns, the largest first, and the armed groups that the word lists have there."""

    code: str
    weight: int
    towns: tuple[Town, ...]
    groups: tuple[str, ...]


@cache
def list_lands() -> tuple[Land, ...]:
    """Give the countries with their towns and groups, always in one order."""
    gazetteer = Gazetteer.open()
    ordinary = read_ordinary()
    groups = read_groups()
    return tuple(
        Land(code, weight, tuple(find_towns(gazetteer, code, ordinary)), groups.get(code, ()))
        for code, weight in sorted(WEIGHTS.items())
    )


def find_towns(gazetteer: Gazetteer, code: str, ordinary: frozenset[str]) -> list[Town]:
    """Give the largest towns of a country whose names are no ordinary words and lead back to them."""
    sql = (
        "SELECT id, name FROM entries WHERE kind = 'city' AND country_code = ? AND population >= ? "
        "AND admin1 IS NOT NULL ORDER BY population DESC, id LIMIT ?"
    )
    towns: dict[str, Town] = {}
    for number, name in gazetteer.base.execute(sql, (code, LEAST_PEOPLE, 3 * TOWNS)).fetchall():
        found = next((entry for entry in gazetteer.lookup(name) if entry.number == number), None)
        plain = name.replace("-", "").replace(" ", "").replace("'", "").isalpha() and len(name.split()) <= 2
        if found and plain and name.casefold() not in ordinary and found.admin1 and found.name not in towns:
            towns[found.name] = Town(found.name, found.admin1, found.country, code)
        if len(towns) == TOWNS:
            break
    return list(towns.values())


def read_ordinary() -> frozenset[str]:
    """Give the words that the reader never takes for a place."""
    rows = read_rows(WORDS / "no_places.csv")
    return frozenset(word.strip().casefold() for row in rows for word in row["words"].split("|"))


def read_groups() -> dict[str, tuple[str, ...]]:
    """Give the armed groups by the code of the countries they act in."""
    groups: dict[str, list[str]] = {}
    for row in read_rows(WORDS / "groups.csv"):
        for code in row["countries"].split(" | ") if row["kind"] == "armed group" else ():
            groups.setdefault(code, []).append(row["name"])
    return {code: tuple(names) for code, names in groups.items()}


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
