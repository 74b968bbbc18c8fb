"""The kinds of filters: each knows its fields of a view, its part of a link, its condition in SQL, and its words.

A filter never sees the whole view: it is handed values by field, and hands values back, so that a new filter is one
line in `pipeline/view/view.py` and nothing else has to know of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

NOT_STATED = "(not stated)"
LONGEST_LIST = 500  # values that a link may ask of one list
MOST_WORDS = 40

Values = Mapping[str, Any]
Texts = Mapping[str, list[str]]
Condition = tuple[str, list[Any]]
Chip = tuple[str, dict[str, Any]]  # what is asked, and the fields as they are without it


class Filter(Protocol):
    """One thing that a view can ask."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Give its parts of a link."""

    def read(self, texts: Texts) -> dict[str, Any]:
        """Give the fields that a link asks, those that cannot be read left empty."""

    def write(self, values: Values) -> dict[str, list[str]]:
        """Give the parts of a link; no value, no part."""

    def ask(self, values: Values) -> list[Condition]:
        """Give the conditions in SQL on the table of incidents, with their parameters."""

    def say(self, values: Values) -> list[Chip]:
        """Give each thing that is asked in words, and what to set to ask it no more."""


@dataclass(frozen=True, slots=True)
class Days:
    """Days that overlap those asked: "in March" is kept by any day of March."""

    keys: tuple[str, ...] = ("from", "to")

    def read(self, texts: Texts) -> dict[str, Any]:
        """Read two days."""
        return {"since": read_date(last(texts, "from")), "until": read_date(last(texts, "to"))}

    def write(self, values: Values) -> dict[str, list[str]]:
        """Write two days."""
        return {
            key: [str(values[name])] for key, name in (("from", "since"), ("to", "until")) if values[name] is not None
        }

    def ask(self, values: Values) -> list[Condition]:
        """Ask for an overlap."""
        ends = (("date_end >= ?", values["since"]), ("date_start <= ?", values["until"]))
        return [(condition, [day]) for condition, day in ends if day is not None]

    def say(self, values: Values) -> list[Chip]:
        """Say the stretch of days."""
        if values["since"] is None and values["until"] is None:
            return []
        return [(say_days(values["since"], values["until"]), {"since": None, "until": None})]


@dataclass(frozen=True, slots=True)
class Pick:
    """Values of one column, any of which will do; "" stands for what is not stated."""

    field: str
    key: str
    column: str
    label: str

    @property
    def keys(self) -> tuple[str, ...]:
        """Give its part of a link."""
        return (self.key,)

    def read(self, texts: Texts) -> dict[str, Any]:
        """Read the values."""
        return {self.field: tuple(texts.get(self.key, ())[:LONGEST_LIST])}

    def write(self, values: Values) -> dict[str, list[str]]:
        """Write the values."""
        return {self.key: list(values[self.field])} if values[self.field] else {}

    def ask(self, values: Values) -> list[Condition]:
        """Ask for one of the values."""
        picked = values[self.field]
        return [(f"list_contains(?, coalesce({self.column}, ''))", [list(picked)])] if picked else []

    def say(self, values: Values) -> list[Chip]:
        """Say each value, and of which column where the value does not."""
        picked = values[self.field]
        return [
            (value.replace("_", " ") if value else f"{self.label} {NOT_STATED}",
             {self.field: tuple(other for other in picked if other != value)})
            for value in picked
        ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class People:
    """A range of people by the best figure, else the lower or upper one; what is not stated is no number at all."""

    measure: str

    @property
    def keys(self) -> tuple[str, ...]:
        """Give its part of a link."""
        return (self.measure,)

    def read(self, texts: Texts) -> dict[str, Any]:
        """Read "10..20", "10.." or "..20"."""
        low, dots, high = last(texts, self.measure).partition("..")
        ends = (read_number(low), read_number(high))
        # An end that is written and is no number makes the whole unreadable: half a range would keep more than asked.
        whole = dots and all(not text or end is not None for text, end in zip((low, high), ends, strict=True))
        first, final = ends if whole else (None, None)
        return {f"{self.measure}_from": first, f"{self.measure}_to": final}

    def write(self, values: Values) -> dict[str, list[str]]:
        """Write the range."""
        ends = ["" if end is None else str(end) for end in self._ends(values)]
        return {self.measure: ["..".join(ends)]} if any(ends) else {}

    def ask(self, values: Values) -> list[Condition]:
        """Ask for a figure in the range."""
        ends = zip((">=", "<="), self._ends(values), strict=True)
        return [(f"{figure_of(self.measure)} {sign} ?", [end]) for sign, end in ends if end is not None]

    def say(self, values: Values) -> list[Chip]:
        """Say the range."""
        low, high = self._ends(values)
        if low is None and high is None:
            return []
        if low is None:
            words = f"{high} or fewer {self.measure}"
        elif high is None:
            words = f"{low} or more {self.measure}"
        else:
            words = f"{low} {self.measure}" if low == high else f"{low} to {high} {self.measure}"
        return [(words, {f"{self.measure}_from": None, f"{self.measure}_to": None})]

    def _ends(self, values: Values) -> tuple[int | None, int | None]:
        """Give both ends."""
        return values[f"{self.measure}_from"], values[f"{self.measure}_to"]


@dataclass(frozen=True, slots=True)
class Ladder:
    """A step of a column whose codes go from fine to coarse; what is as fine or finer is kept."""

    field: str
    key: str
    column: str
    steps: tuple[str, ...]
    label: str

    @property
    def keys(self) -> tuple[str, ...]:
        """Give its part of a link."""
        return (self.key,)

    def read(self, texts: Texts) -> dict[str, Any]:
        """Read the step."""
        step = last(texts, self.key)
        return {self.field: step if step in self.steps else ""}

    def write(self, values: Values) -> dict[str, list[str]]:
        """Write the step."""
        return {self.key: [values[self.field]]} if values[self.field] else {}

    def ask(self, values: Values) -> list[Condition]:
        """Ask for the step or a finer one."""
        step = values[self.field]
        return [(f"list_contains(?, {self.column})", [list(self.steps[: self.steps.index(step) + 1])])] if step else []

    def say(self, values: Values) -> list[Chip]:
        """Say the step."""
        step = values[self.field]
        finest = step == self.steps[0]
        return [(f"{self.label} {'known to the' if finest else 'only'} {step}{'' if finest else ' or better'}",
                 {self.field: ""})] if step else []  # fmt: skip


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A count that must be reached."""

    field: str
    key: str
    column: str
    label: str

    @property
    def keys(self) -> tuple[str, ...]:
        """Give its part of a link."""
        return (self.key,)

    def read(self, texts: Texts) -> dict[str, Any]:
        """Read the count."""
        return {self.field: read_number(last(texts, self.key))}

    def write(self, values: Values) -> dict[str, list[str]]:
        """Write the count."""
        return {} if values[self.field] is None else {self.key: [str(values[self.field])]}

    def ask(self, values: Values) -> list[Condition]:
        """Ask for the count."""
        return [] if values[self.field] is None else [(f"{self.column} >= ?", [values[self.field]])]

    def say(self, values: Values) -> list[Chip]:
        """Say the count."""
        return (
            [] if values[self.field] is None else [(f"{values[self.field]} or more {self.label}", {self.field: None})]
        )


@dataclass(frozen=True, slots=True)
class Words:
    """Words that must all stand in what is searched, whatever their case and accents."""

    text: str  # the SQL of what is searched, folded already
    keys: tuple[str, ...] = ("q",)

    def read(self, texts: Texts) -> dict[str, Any]:
        """Read the words."""
        return {"words": last(texts, "q")}

    def write(self, values: Values) -> dict[str, list[str]]:
        """Write the words."""
        return {"q": [values["words"]]} if values["words"] else {}

    def ask(self, values: Values) -> list[Condition]:
        """Ask for every word."""
        return [(f"contains({self.text}, lower(strip_accents(?)))", [word]) for word in values["words"].split()]

    def say(self, values: Values) -> list[Chip]:
        """Say the words."""
        return [(f"“{values['words']}”", {"words": ""})] if values["words"] else []


@dataclass(frozen=True, slots=True)
class Box:
    """A box of degrees, west, south, east, north; one whose west lies east of its east goes over the date line."""

    keys: tuple[str, ...] = ("box",)

    def read(self, texts: Texts) -> dict[str, Any]:
        """Read four numbers."""
        return {"box": read_box(last(texts, "box"))}

    def write(self, values: Values) -> dict[str, list[str]]:
        """Write four numbers."""
        return {"box": [",".join(f"{end:g}" for end in values["box"])]} if values["box"] else {}

    def ask(self, values: Values) -> list[Condition]:
        """Ask for a point in the box."""
        if not values["box"]:
            return []
        west, south, east, north = values["box"]
        across = "longitude BETWEEN ? AND ?" if west <= east else "(longitude >= ? OR longitude <= ?)"
        return [(across, [west, east]), ("latitude BETWEEN ? AND ?", [south, north])]

    def say(self, values: Values) -> list[Chip]:
        """Say the box."""
        if not values["box"]:
            return []
        west, south, east, north = values["box"]
        across = f"{say_degrees(west, 'EW')} to {say_degrees(east, 'EW')}"
        return [(f"in the box {across}, {say_degrees(south, 'NS')} to {say_degrees(north, 'NS')}", {"box": None})]


def figure_of(measure: str) -> str:
    """Give the SQL of one number for a measure of people: best, else low, else high.

    >>> figure_of("killed")
    'coalesce(killed_best, killed_low, killed_high)'
    """
    return f"coalesce({', '.join(f'{measure}_{end}' for end in ('best', 'low', 'high'))})"


def say_days(since: date | None, until: date | None) -> str:
    """Say a stretch of days, either end of which may be open.

    >>> say_days(date(2023, 3, 1), None)
    'from 1 Mar 2023'
    """
    first, final = (f"{day.day} {day:%b} {day.year}" if day else "" for day in (since, until))
    if first and final:
        return first if first == final else f"{first} – {final}"
    return f"from {first}" if first else f"until {final}"


def say_degrees(degrees: float, sides: str) -> str:
    """Say degrees with their side.

    >>> say_degrees(-12.5, "NS"), say_degrees(69.0, "EW")
    ('12.5° S', '69° E')
    """
    return f"{abs(degrees):g}° {sides[degrees < 0]}"


def last(texts: Texts, key: str) -> str:
    """Give the last value of a key, as browsers do, or ""."""
    return (texts.get(key) or [""])[-1]


def read_date(text: str) -> date | None:
    """Read a day written YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_number(text: str) -> int | None:
    """Read a whole number that a filter can ask for."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def read_box(text: str) -> tuple[float, float, float, float] | None:
    """Read "west,south,east,north" in degrees, or give None where that is no box on Earth.

    >>> read_box("69,34,70.5,35"), read_box("69,35,70,34"), read_box("a,b,c,d")
    ((69.0, 34.0, 70.5, 35.0), None, None)
    """
    ends = text.split(",")
    try:
        west, south, east, north = (round(float(end), 4) + 0.0 for end in ends)
    except (ValueError, OverflowError):
        return None
    on_earth = all(-180 <= end <= 180 for end in (west, east)) and -90 <= south <= north <= 90
    return (west, south, east, north) if on_earth else None
