"""Totals that articles state over many incidents, and how many of our incidents fall into each.

A total says how many (or how many people), of what, where and when. Ours are counted as the filters stand: at the
place, on days that overlap, of the kind the word names ("bombings"), and of the group where the sentence ties it to
the number. What counts evidence and not incidents is not compared. A total without a first day reaches back without
end; one without a last day ends with the day its article was published.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from dashboard.chart_claims import CLAIMED, CONFIRMED
from dashboard.load import Shown
from pipeline.tables.store import read_total, sum_columns
from pipeline.tables.totals import Total
from pipeline.view import View

KINDS = {  # what the unit of a total tells of the type
    "bombing": ("bombing", "suicide bombing", "explosion"),
    "blast": ("bombing", "suicide bombing", "explosion"),
    "explosion": ("bombing", "suicide bombing", "explosion"),
    "strike": ("air or drone strike",),
    "shooting": ("shooting",),
    "raid": ("raid",),
    "clash": ("armed clash",),
    "assassination": ("assassination",),
    "kidnapping": ("kidnapping",),
    "abduction": ("kidnapping",),
}
NOT_INCIDENTS = re.compile(r"evidence|video|image|report|claim|violation|abuse|killing|murder")
ROUGH = re.compile(
    r"(?:about|around|some|nearly|almost|roughly|more than|over|at least|up to|as many as|no fewer than)\b", re.I
)
DID = r"(?: has| have| had)?(?: also| already| since)? (?:claimed|carried out|conducted|launched|staged|committed)\b"


@dataclass(frozen=True, slots=True)
class Stated:
    """One total as articles state it, copies of one story folded into one."""

    count: int | None
    people: int | None
    rough: str
    unit: str
    place: str
    since: date | None
    until: date | None
    published: date | None
    claimant: str
    outlet: str
    statement: str
    articles: int

    @property
    def compared(self) -> bool:
        """Say whether it counts incidents, or people killed, so that ours can stand beside it."""
        return bool(self.count or self.people) and not (self.count and NOT_INCIDENTS.search(self.unit))

    @property
    def last(self) -> date | None:
        """Give the last day that it can reach to."""
        return self.until or self.published


@dataclass(frozen=True, slots=True)
class Ours:
    """Our incidents that fall into a total; None where nothing can be compared."""

    n: int
    sure: int
    claimed: int
    confirmed: int
    killed: Total
    group: str
    types: tuple[str, ...]


def read_stated(shown: Shown) -> list[Stated]:
    """Give the totals that articles state, the largest first, copies of one story folded."""
    rows = shown.ask(
        "SELECT a.*, coalesce(r.story_id, a.article_id) AS story, r.outlet, r.published "
        "FROM all_aggregates a LEFT JOIN all_articles r USING (article_id) "
        'WHERE a."count" IS NOT NULL OR a.killed_low IS NOT NULL ORDER BY a.article_id, a.sentence_start LIMIT 20000'
    )
    if rows.empty:
        return []
    key = ["story", "count", "unit", "killed_low", "place", "since", "until"]
    folded = rows.assign(articles=rows.groupby(key, dropna=False)["aggregate_id"].transform("size"))
    folded = folded.drop_duplicates(key)
    stated = [_read(row) for row in folded.to_dict("records")]
    return sorted(stated, key=lambda one: (not one.compared, -(one.count or 0), -(one.people or 0), one.statement))


def _read(row: dict) -> Stated:  # type: ignore[type-arg]
    """Read one total."""
    count, people = (None if pd.isna(row[name]) else int(row[name]) for name in ("count", "killed_low"))
    offset = str(row["aggregate_id"]).rpartition(":")[2]
    # The id of a total says where its number begins, the words that make it a rough one with it.
    at = int(offset) - int(row["sentence_start"]) if offset.isdecimal() else -1
    rough = ROUGH.match(row["statement"], at) if count and at >= 0 else None
    since, until, published = (read_day(row[name]) for name in ("since", "until", "published"))
    return Stated(count, people, rough[0].lower() if rough else "", row["unit"], row["place"], since, until, published,
                  row["claimant"], row["outlet"] or "", row["statement"], int(row["articles"]))  # fmt: skip


def read_day(cell: object) -> date | None:
    """Read a day of a table, None where none is stated.

    >>> read_day("2023-03-01"), read_day(""), read_day(pd.NaT)
    (datetime.date(2023, 3, 1), None, None)
    """
    day = pd.to_datetime(str(cell)[:10], errors="coerce") if cell is not None and not pd.isna(cell) else pd.NaT
    return None if pd.isna(day) else day.date()


def count_ours(shown: Shown, stated: list[Stated]) -> list[Ours]:
    """Count our incidents that fall into each total, in one question."""
    if not stated:
        return []
    places, groups = _find_places(shown), _find_groups(shown)
    columns, parameters, kinds = [], [], []
    for number, one in enumerate(stated):
        group, types = find_group(one, groups), find_types(one.unit)
        kinds.append((group, types))
        asked, values = _condition(one, places, group, types)
        parameters += values
        columns.append(f"({asked}) AS in_{number}")
    parts, names = [], ("n", "sure", "claimed", "confirmed")
    for number, one in enumerate(stated):
        within = f"in_{number} AND date_start >= {_day(one.since)} AND date_end <= {_day(one.last)}"
        conditions = (f"in_{number}", within, f"in_{number} AND {CLAIMED}", f"in_{number} AND {CONFIRMED}")
        parts += [f"count(*) FILTER ({c}) AS {name}_{number}" for c, name in zip(conditions, names, strict=True)]
    row = shown.ask(f"SELECT {', '.join(parts)} FROM (SELECT *, {', '.join(columns)} FROM shown)", *parameters).to_dict(
        "records"
    )[0]
    tolls = _count_tolls(shown, columns, parameters, stated)
    return [
        Ours(*(int(row[f"{name}_{number}"]) for name in names), tolls[number], *kinds[number])
        for number in range(len(stated))
    ]


def _count_tolls(shown: Shown, columns: list[str], parameters: list[object], stated: list[Stated]) -> list[Total]:
    """Add up the killed of ours in each total that states them."""
    none, asked = Total(0, 0, 0, (0, 0, 0), 0, 0, 0), [n for n, one in enumerate(stated) if one.people and one.compared]
    if not asked:
        return [none] * len(stated)
    union = " UNION ALL ".join(f"SELECT {n} AS number, {sum_columns('killed')} FROM fell WHERE in_{n}" for n in asked)
    rows = shown.ask(
        f", fell AS (SELECT *, {', '.join(columns)} FROM shown) SELECT * FROM ({union})", *parameters
    ).to_dict("records")
    found = {int(row["number"]): read_total(row, "killed") for row in rows}
    return [found.get(number, none) for number in range(len(stated))]


def _condition(
    one: Stated, places: dict[str, tuple[set[str], ...]], group: str, types: tuple[str, ...]
) -> tuple[str, list[object]]:
    """Give the condition that an incident falls into a total, and its parameters."""
    asked, values = ["true"], []
    if one.place:
        named = match_place(one.place, places)
        asked.append("(" + " OR ".join(f"list_contains(?, {column})" for column in ("country", "admin1", "city")) + ")")
        values += [tuple(sorted(names)) for names in named]
    if one.since:
        asked.append(f"date_end >= {_day(one.since)}")
    if one.last and (one.since or one.until):
        asked.append(f"date_start <= {_day(one.last)}")
    elif one.last:
        asked.append(f"(date_start IS NULL OR date_start <= {_day(one.last)})")
    if types:
        asked.append("list_contains(?, event_type)")
        values.append(types)
    if group:
        asked.append("perpetrator = ?")
        values.append(group)
    return " AND ".join(asked), values


def _day(day: date | None) -> str:
    """Write a day in SQL; no day is no bound."""
    return f"DATE '{day:%Y-%m-%d}'" if day else "date_start"


def find_types(unit: str) -> tuple[str, ...]:
    """Give the types that the unit of a total names, none for all.

    >>> find_types("car bombings"), find_types("attacks"), find_types("airstrikes")
    (('bombing', 'suicide bombing', 'explosion'), (), ('air or drone strike',))
    """
    return next((types for word, types in KINDS.items() if word in unit), ())


def find_group(one: Stated, groups: list[str]) -> str:
    """Give the group that the sentence ties to the number, "" where it ties none.

    "70 attacks by X", "70 X attacks" and "X claimed 70 attacks" tie it; a group that is only named does not.
    """
    for name in groups:
        if len(name) < 3 or name not in one.statement:
            continue
        said, unit = re.escape(name), re.escape(one.unit.split()[-1]) if one.unit else "attacks"
        if re.search(rf"{said} {unit}\b|{unit} (?:\w+ ){{0,2}}by (?:the )?{said}\b|{said}{DID}", one.statement):
            return name
    return ""


def match_place(words: str, places: dict[str, tuple[set[str], ...]]) -> tuple[set[str], ...]:
    """Give the countries, provinces and cities that the words of a place mean; a bare name means all that bear it.

    >>> known = {"kunduz": (set(), {"Kunduz"}, {"Kunduz"})}
    >>> match_place("Kunduz city", known), match_place("Kunduz, Afghanistan", known)
    ((set(), set(), {'Kunduz'}), (set(), {'Kunduz'}, {'Kunduz'}))
    """
    head = words.split(",", maxsplit=1)[0].strip()
    kind = re.search(r"\s+(city|town|province|governorate|state|region)$", head, re.I)
    country, admin1, city = places.get(fold(head[: kind.start()] if kind else head), (set(), set(), set()))
    if not kind:
        return country, admin1, city
    return (set(), set(), city) if kind[1].lower() in ("city", "town") else (set(), admin1, set())


@lru_cache(maxsize=100_000)
def fold(name: str) -> str:
    """Write a name so that its usual spellings are alike.

    >>> fold("Mazar-i-Sharif") == fold("Mazār-e Sharīf"), fold("the Kunar")
    (True, 'kunar')
    """
    plain = "".join(c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c))
    return " ".join(word for word in re.findall(r"\w+", plain) if word not in ("i", "e", "the"))


def _find_places(shown: Shown) -> dict[str, tuple[set[str], ...]]:
    """Give the countries, provinces and cities of the tables, by their folded name."""
    rows = shown.of(View()).ask("SELECT DISTINCT country, admin1, city FROM shown")
    places: dict[str, tuple[set[str], ...]] = {}
    for which, column in enumerate(("country", "admin1", "city")):
        for name in rows[column].unique():
            if name:
                places.setdefault(fold(name), (set(), set(), set()))[which].add(name)
    return places


def _find_groups(shown: Shown) -> list[str]:
    """Give the names of perpetrators in the tables, the longest first, so that no part of a name is taken for it."""
    names = shown.of(View()).ask("SELECT DISTINCT perpetrator FROM shown WHERE perpetrator <> ''")["perpetrator"]
    return sorted(names, key=lambda name: (-len(name), name))
