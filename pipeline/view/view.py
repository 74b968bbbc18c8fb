"""The one filter: what a reader asked to see, as a link, as SQL and in words.

The page, its exports, the briefs and the tests all select through here, so that what leaves the page is what was on
it. A view is a value: equal views give equal links, and a link gives the view back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlencode

from pipeline.view.filters import (
    LONGEST_LIST,
    MOST_WORDS,
    AtLeast,
    Box,
    Condition,
    Days,
    Filter,
    Ladder,
    People,
    Pick,
    Words,
)
from pipeline.view.orders import NAMED_ORDERS, ORDERS, USUAL_ORDERS

# What a search for words looks through.
SEARCHED = (
    "title", "event_type", "city", "admin2", "admin1", "country", "place_text", "venue", "target_text",
    "perpetrator", "date_text", "source_sentence", "source_title", "source_outlet", "notes",
)  # fmt: skip
PLACE_STEPS = ("site", "city", "district", "province", "country")
DAY_STEPS = ("day", "days", "week", "month")

# The lists of values to pick from, in the order in which the page offers them.
PICKS = (
    Pick("countries", "country", "country", "country"),
    Pick("provinces", "province", "admin1", "province"),
    Pick("cities", "city", "city", "city"),
    Pick("types", "type", "event_type", "type"),
    Pick("targets", "target", "target_type", "target"),
    Pick("weapons", "weapon", "weapon", "weapon"),
    Pick("perpetrators", "by", "perpetrator", "perpetrator"),
    Pick("attributions", "attribution", "attribution", "attribution"),
    Pick("verifications", "verification", "verification", "verification"),
    Pick("statuses", "status", "status", "status"),
    Pick("reviews", "review", "review_state", "review state"),
)
FOLDED = "folded"  # what is searched, as `pipeline.tables.store` folds it
FILTERS: tuple[Filter, ...] = (
    Days(),
    *PICKS,
    People("killed"),
    People("injured"),
    Ladder("place_step", "place", "geo_precision", PLACE_STEPS, "place"),
    Ladder("day_step", "date", "date_precision", DAY_STEPS, "date"),
    AtLeast("stories_from", "stories", "n_stories", "independent stories"),
    Box(),
    Words(FOLDED),
)
KEYS = frozenset(key for one in FILTERS for key in one.keys) | {"order", "claims"}

Query = Mapping[str, Iterable[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What to show; an empty field asks nothing, and "" in a list stands for what is not stated."""

    since: date | None = None
    until: date | None = None
    countries: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    perpetrators: tuple[str, ...] = ()
    attributions: tuple[str, ...] = ()
    verifications: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    killed_from: int | None = None
    killed_to: int | None = None
    injured_from: int | None = None
    injured_to: int | None = None
    place_step: str = ""  # this precision of place or a better one
    day_step: str = ""  # this precision of days or a better one
    stories_from: int | None = None
    box: tuple[float, float, float, float] | None = None  # west, south, east, north, in degrees
    words: str = ""
    order: str = "newest"
    claims: bool = True  # whether sums count what only the perpetrator says; no incident is left out by it

    def __post_init__(self) -> None:
        """Bring the fields into the one form that equal views share."""
        for pick in PICKS:
            object.__setattr__(self, pick.field, tuple(sorted(set(getattr(self, pick.field)))))
        object.__setattr__(self, "words", " ".join(self.words.split()[:MOST_WORDS]))
        object.__setattr__(self, "order", NAMED_ORDERS.get(self.order, self.order))
        for low, high in (("since", "until"), ("killed_from", "killed_to"), ("injured_from", "injured_to")):
            first, second = getattr(self, low), getattr(self, high)
            if first is not None and second is not None and first > second:
                object.__setattr__(self, low, second)
                object.__setattr__(self, high, first)
        if self.order not in ORDERS:
            usual = ", ".join(USUAL_ORDERS)
            raise ValueError(f"no order is called {self.order!r}: use {usual}, or a column, or a column after a minus")

    @classmethod
    def from_query(cls, query: Query) -> "View":
        """Read the fields of a link, leaving out whatever cannot be read.

        >>> View.from_query({"city": ["Kabul"], "from": ["2023-03-01"], "to": ["soon"]}).to_query()
        {'from': ['2023-03-01'], 'city': ['Kabul']}
        """
        texts = {key: list(values) for key, values in query.items()}
        read = {name: value for one in FILTERS for name, value in one.read(texts).items()}
        order = (texts.get("order") or [""])[-1]
        claims = (texts.get("claims") or [""])[-1] != "no"
        return cls(**read, order=order if order in ORDERS or order in NAMED_ORDERS else "newest", claims=claims)

    def to_query(self) -> dict[str, list[str]]:
        """Give the fields of a link: only those that ask something.

        >>> View(cities=("Kabul",), killed_from=10).to_query()
        {'city': ['Kabul'], 'killed': ['10..']}
        """
        values = self._values()
        query = {key: texts for one in FILTERS for key, texts in one.write(values).items()}
        if self.order != "newest":
            query["order"] = [self.order]
        if not self.claims:
            query["claims"] = ["no"]
        return query

    @classmethod
    def from_url(cls, url: str) -> "View":
        """Read the view in what follows the question mark of a link."""
        return cls.from_query(parse_qs(url, keep_blank_values=True))

    def to_url(self) -> str:
        """Write what follows the question mark of a link.

        >>> View(words="school bus", since=date(2023, 3, 1)).to_url()
        'from=2023-03-01&q=school+bus'
        """
        return urlencode(self.to_query(), doseq=True)

    def conditions(self, *without: str) -> Condition:
        """Give the condition that keeps what this view asks, and its parameters.

        `without` names parts of a link that are left out of account: the counts beside a list's values are those
        that its other values would have.
        """
        values = self._values()
        asked = [pair for one in FILTERS if not set(one.keys) & set(without) for pair in one.ask(values)]
        parameters = [parameter for _, several in asked for parameter in several]
        return " AND ".join(["true", *(condition for condition, _ in asked)]), parameters

    def to_sql(self, table: str = "incidents") -> Condition:
        """Give the query for the ids this view keeps, in its order, and the query's parameters."""
        where, parameters = self.conditions()
        return f"SELECT incident_id FROM {table} WHERE {where} ORDER BY {ORDERS[self.order]}", parameters

    def chips(self) -> list[tuple[str, "View"]]:
        """Give each thing that is asked in words, with the view that no longer asks it."""
        values = self._values()
        return [(words, replace(self, **rest)) for one in FILTERS for words, rest in one.say(values)]

    def in_words(self) -> str:
        """Say in one line what is asked.

        >>> View(cities=("Kabul",), perpetrators=("",), killed_from=10).in_words()
        'Kabul · perpetrator (not stated) · 10 or more killed'
        """
        return " · ".join(words for words, _ in self.chips()) or "all incidents"

    def without_days(self) -> "View":
        """Give this view over all days."""
        return replace(self, since=None, until=None)

    def without_filters(self) -> "View":
        """Give the view of all incidents, in the same order and counted the same way."""
        return View(order=self.order, claims=self.claims)

    def _values(self) -> dict[str, Any]:
        """Give the fields by their names."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def find_unread(query: Query) -> list[str]:
    """Give the parts of a link that could not be read, as "key=value", and those that ask for too much.

    >>> find_unread({"from": ["soon"], "city": ["Kabul"], "incident": ["a:1"], "killed": ["3..many"]})
    ['from=soon', 'killed=3..many']
    """
    texts = {key: list(values) for key, values in query.items() if key in KEYS}
    read = View.from_query(texts).to_query()
    standard = {("order", "newest"), ("order", "-when"), ("claims", "yes")}
    unread = [
        f"{key}={value}"
        for key, values in texts.items()
        if not read.get(key)
        for value in values
        if value and (key, value) not in standard
    ]
    lists = {pick.key for pick in PICKS}
    unread += [f"{key} after its first {LONGEST_LIST} values" for key in texts if key in lists
               and len(texts[key]) > LONGEST_LIST]  # fmt: skip
    if len((texts.get("q") or [""])[-1].split()) > MOST_WORDS:
        unread.append(f"q after its first {MOST_WORDS} words")
    return unread
