"""The one filter: what a reader asked to see, as a link, as SQL and in words.

The page, its exports and the tests all select through here, so that what leaves the page is what was on it.
A view is a value: equal views give equal links, and a link gives the view back.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlencode

import duckdb
import pandas as pd

# How each order sorts; the id settles ties, so that a view has one order only.
ORDERS = {
    "newest": "date_start DESC NULLS LAST, date_end DESC, incident_id",
    "oldest": "date_start NULLS LAST, date_end, incident_id",
    "deadliest": "killed DESC NULLS LAST, date_start DESC NULLS LAST, incident_id",
}
# What a search for words looks through.
SEARCHED = (
    "title", "event_type", "city", "admin2", "admin1", "country", "place_text", "venue", "target_text",
    "perpetrator", "date_text", "source_sentence", "source_title", "source_outlet", "notes",
)  # fmt: skip
KILLED = "coalesce(killed_best, killed_low, killed_high)"
NOT_STATED = "(not stated)"

Query = Mapping[str, Iterable[str]]
Parameter = str | int | date | list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What to show; an empty field asks nothing, and "" in a list stands for what is not stated."""

    since: date | None = None
    until: date | None = None
    countries: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    perpetrators: tuple[str, ...] = ()
    killed_from: int | None = None
    killed_to: int | None = None
    words: str = ""
    order: str = "newest"

    def __post_init__(self) -> None:
        """Bring the fields into the one form that equal views share."""
        for name in ("countries", "cities", "types", "perpetrators"):
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))
        object.__setattr__(self, "words", " ".join(self.words.split()))
        if self.since and self.until and self.since > self.until:
            self._swap("since", "until")
        if self.killed_from is not None and self.killed_to is not None and self.killed_from > self.killed_to:
            self._swap("killed_from", "killed_to")
        if self.order not in ORDERS:
            raise ValueError(f"no order is called {self.order!r}: use one of {', '.join(ORDERS)}")

    def _swap(self, one: str, other: str) -> None:
        """Exchange two ends that were given the wrong way round."""
        first, second = getattr(self, one), getattr(self, other)
        object.__setattr__(self, one, second)
        object.__setattr__(self, other, first)

    @classmethod
    def from_query(cls, query: Query) -> "View":
        """Read the fields of a link, leaving out whatever cannot be read.

        >>> View.from_query({"city": ["Kabul"], "from": ["2023-03-01"], "to": ["soon"]})
        ... # doctest: +ELLIPSIS
        View(since=datetime.date(2023, 3, 1), until=None, countries=(), cities=('Kabul',), ...)
        """
        texts = {key: list(values) for key, values in query.items()}
        killed_from, _, killed_to = _last(texts, "killed").partition("..")
        return cls(
            since=_read_date(_last(texts, "from")),
            until=_read_date(_last(texts, "to")),
            countries=tuple(texts.get("country", ())),
            cities=tuple(texts.get("city", ())),
            types=tuple(texts.get("type", ())),
            perpetrators=tuple(texts.get("by", ())),
            killed_from=_read_number(killed_from),
            killed_to=_read_number(killed_to),
            words=_last(texts, "q"),
            order=order if (order := _last(texts, "order")) in ORDERS else "newest",
        )

    def to_query(self) -> dict[str, list[str]]:
        """Give the fields of a link: only those that ask something.

        >>> View(cities=("Kabul",), killed_from=10).to_query()
        {'city': ['Kabul'], 'killed': ['10..']}
        """
        ends = ["" if end is None else str(end) for end in (self.killed_from, self.killed_to)]
        query = {
            "from": [str(self.since)] if self.since else [],
            "to": [str(self.until)] if self.until else [],
            "country": list(self.countries),
            "city": list(self.cities),
            "type": list(self.types),
            "by": list(self.perpetrators),
            "killed": ["..".join(ends)] if any(ends) else [],
            "q": [self.words] if self.words else [],
            "order": [self.order] if self.order != "newest" else [],
        }
        return {key: values for key, values in query.items() if values}

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

    def to_sql(self, table: str = "incidents") -> tuple[str, list[Parameter]]:
        """Give the query for the ids this view keeps, in its order, and the query's parameters."""
        conditions, parameters = ["true"], list[Parameter]()
        for rule in CONDITIONS:
            for condition, parameter in rule(self):
                conditions.append(condition)
                parameters.append(parameter)
        where = " AND ".join(conditions)
        order = ORDERS[self.order]
        return f"SELECT incident_id, {KILLED} AS killed FROM {table} WHERE {where} ORDER BY {order}", parameters

    def chips(self) -> list[tuple[str, "View"]]:
        """Give each thing that is asked in words, with the view that no longer asks it."""
        found: list[tuple[str, View]] = []
        if self.since or self.until:
            found.append((say_days(self.since, self.until), self.without_days()))
        for name in ("countries", "cities", "types", "perpetrators"):
            for value in getattr(self, name):
                rest: Any = {name: tuple(other for other in getattr(self, name) if other != value)}
                found.append((_say_value(name, value), replace(self, **rest)))
        if self.killed_from is not None or self.killed_to is not None:
            found.append((_say_killed(self), replace(self, killed_from=None, killed_to=None)))
        if self.words:
            found.append((f"“{self.words}”", replace(self, words="")))
        return found

    def in_words(self) -> str:
        """Say in one line what is asked.

        >>> View(cities=("Kabul",), perpetrators=("",), killed_from=10).in_words()
        'Kabul · perpetrator (not stated) · 10 or more killed'
        """
        return " · ".join(words for words, _ in self.chips()) or "all incidents"

    def without_days(self) -> "View":
        """Give this view over all days."""
        return replace(self, since=None, until=None)


Conditions = list[tuple[str, Parameter]]


def _ask_days(view: View) -> Conditions:
    """Keep days that overlap: a month is kept by any of its days."""
    asked: Conditions = []
    if view.since:
        asked.append(("date_end >= ?", view.since))
    if view.until:
        asked.append(("date_start <= ?", view.until))
    return asked


def _ask_lists(view: View) -> Conditions:
    """Keep what is in the lists; several values of one list are alternatives."""
    lists = {
        "country": view.countries,
        "city": view.cities,
        "event_type": view.types,
        "perpetrator": view.perpetrators,
    }
    return [(f"list_contains(?, coalesce({column}, ''))", list(values)) for column, values in lists.items() if values]


def _ask_killed(view: View) -> Conditions:
    """Keep by the best figure, else the lower or upper one; what is not stated is no number at all."""
    asked: Conditions = []
    if view.killed_from is not None:
        asked.append((f"{KILLED} >= ?", view.killed_from))
    if view.killed_to is not None:
        asked.append((f"{KILLED} <= ?", view.killed_to))
    return asked


def _ask_words(view: View) -> Conditions:
    """Keep what holds every word, whatever its case and accents."""
    text = f"concat_ws(chr(10), {', '.join(SEARCHED)})"
    return [(f"contains(lower(strip_accents({text})), lower(strip_accents(?)))", word) for word in view.words.split()]


CONDITIONS: tuple[Callable[[View], Conditions], ...] = (_ask_days, _ask_lists, _ask_killed, _ask_words)
NEEDED = {"incident_id", "date_start", "date_end", "killed_low", "killed_best", "killed_high", *SEARCHED}


def select_incidents(incidents: pd.DataFrame, view: View) -> pd.DataFrame:
    """Give the rows of `incidents` that `view` keeps, in its order; `incidents` has the codebook's columns."""
    sql, parameters = view.to_sql("asked")
    with duckdb.connect() as db:
        db.register("asked", incidents[[column for column in incidents.columns if column in NEEDED]])
        ids = [row[0] for row in db.execute(sql, parameters).fetchall()]
    kept: pd.DataFrame = incidents.iloc[pd.Index(incidents["incident_id"]).get_indexer(ids)]
    return kept


def count_certain(rows: pd.DataFrame, view: View) -> int:
    """Count the rows whose days lie wholly inside the days that are asked."""
    inside = rows["date_start"].notna()
    if view.since:
        inside &= rows["date_start"] >= pd.Timestamp(view.since)
    if view.until:
        inside &= rows["date_end"] <= pd.Timestamp(view.until)
    return int(inside.sum())


def find_unread(query: Query) -> list[str]:
    """Give the parts of a link that could not be read, as "key=value".

    >>> find_unread({"from": ["soon"], "city": ["Kabul"], "incident": ["a:1"]})
    ['from=soon']
    """
    known = {"from", "to", "country", "city", "type", "by", "killed", "q", "order"}
    read = View.from_query(query).to_query()
    return [
        f"{key}={value}"
        for key, values in query.items()
        if key in known and not read.get(key)
        for value in values
        if value and (key, value) != ("order", "newest")
    ]


def say_days(since: date | None, until: date | None) -> str:
    """Say a stretch of days, either end of which may be open.

    >>> say_days(date(2023, 3, 1), None)
    'from 1 Mar 2023'
    """
    first, last = (f"{day.day} {day:%b} {day.year}" if day else "" for day in (since, until))
    if first and last:
        return first if first == last else f"{first} – {last}"
    return f"from {first}" if first else f"until {last}"


def _say_value(name: str, value: str) -> str:
    """Say one value of a list, and of which list where the value does not."""
    kind = {"countries": "country", "cities": "city", "types": "type", "perpetrators": "perpetrator"}[name]
    return value or f"{kind} {NOT_STATED}"


def _say_killed(view: View) -> str:
    """Say the range of people killed."""
    low, high = view.killed_from, view.killed_to
    if low is None:
        return f"{high} or fewer killed"
    if high is None:
        return f"{low} or more killed"
    return f"{low} killed" if low == high else f"{low} to {high} killed"


def _last(texts: Mapping[str, list[str]], key: str) -> str:
    """Give the last value of a key, as browsers do, or ""."""
    return (texts.get(key) or [""])[-1]


def _read_date(text: str) -> date | None:
    """Read a day written YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _read_number(text: str) -> int | None:
    """Read a whole number of people that a filter can ask for."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
