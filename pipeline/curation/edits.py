"""Set cells of an incident to what a person wrote, in the type of their column, and only where the whole stays sound.

Dates come in pairs, points too, and a toll keeps its order: cells that belong together are set together or not at all.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from pipeline.model import Count, Days, Facts, Incident
from pipeline.tables.codes import list_words
from pipeline.tables.columns import INCIDENTS, Column
from pipeline.tables.rows import facts_roots, format_cell, read_cell

Value = str | int | float | date | None

BESIDE_FACTS = {"title", "verification", "notes"}
DERIVED = {"date_precision", "killed_rule", "injured_rule"}
EDITABLE = {
    c.name: c
    for c in INCIDENTS.columns
    if c.name in BESIDE_FACTS or (c.path.startswith("facts.") and c.name not in DERIVED)
}
TOLLS = ("killed", "injured", "casualties")
POINT = ("latitude", "longitude", "geo_precision", "geo_radius_km")
POINTLESS = ("country", "unknown")


def show_cell(incident: Incident, name: str) -> str:
    """Give the text of an incident's cell, as the table shows it."""
    column = EDITABLE[name]
    return format_cell(column, read_cell(column, {"incident": incident} | facts_roots(incident)))


def parse_cell(column: Column, text: str) -> Value:
    """Read what a person wrote for a column, or raise ValueError saying what is wrong.

    >>> parse_cell(EDITABLE["killed_low"], "19"), parse_cell(EDITABLE["killed_low"], "")
    (19, None)
    >>> parse_cell(EDITABLE["weapon"], "gun")
    Traceback (most recent call last):
    ValueError: weapon cannot be "gun": write one of explosives, firearms, drone, aircraft, artillery, vehicle, melee, \
incendiary, chemical, other, unknown
    """
    if not text:
        if column.required:
            raise ValueError(f"{column.name} cannot be empty")
        return "" if column.type in ("str", "code") else None
    if column.type == "code" and text not in (words := list_words(column.codes)):
        raise ValueError(f'{column.name} cannot be "{text}": write one of {", ".join(words)}')
    try:
        return READ[column.type](text)
    except ValueError as error:
        raise ValueError(f'{column.name} cannot be "{text}": write {WANTED[column.type]}') from error


def whole(text: str) -> int:
    """Read a whole number of people, never negative, and no more than there are."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 10):
        raise ValueError(text)
    return int(text)


def real(text: str) -> float:
    """Read a number that can be written down again."""
    if not math.isfinite(number := float(text)):
        raise ValueError(text)
    return number


READ: Mapping[str, Callable[[str], Value]] = {
    "str": str,
    "code": str,
    "int": whole,
    "float": real,
    "date": date.fromisoformat,
}
WANTED = {"int": "a whole number", "float": "a number", "date": "a day as YYYY-MM-DD"}


def family(name: str) -> str:
    """Name the cells that are set together with this one.

    >>> family("date_end"), family("killed_low"), family("latitude"), family("city")
    ('days', 'killed', 'point', 'city')
    """
    if name in ("date_start", "date_end"):
        return "days"
    if name in POINT:
        return "point"
    measure, _, part = name.partition("_")
    return measure if measure in TOLLS and part in ("low", "best", "high", "state") else name


def set_cells(incident: Incident, values: Mapping[str, Value]) -> Incident:
    """Set cells of one family; raises ValueError where the incident would no longer be sound."""
    kind = family(next(iter(values), ""))
    if kind == "days":
        return replace(incident, facts=set_days(incident.facts, values))
    for name, value in values.items():
        incident = set_path(incident, EDITABLE[name].path.removeprefix("incident."), value)
    if kind == "point":
        return replace(incident, facts=mend_point(incident.facts, values))
    if kind in TOLLS:
        count = mend_toll(getattr(incident.facts, kind), f"{kind}_state" in values)
        incident = set_path(incident, f"facts.{kind}", count)
    return incident


def set_path(record: Any, path: str, value: object) -> Any:  # noqa: ANN401  any record of the model
    """Give a record with the value at a dotted path replaced."""
    name, _, rest = path.partition(".")
    return replace(record, **{name: set_path(getattr(record, name), rest, value) if rest else value})


def set_days(facts: Facts, values: Mapping[str, Any]) -> Facts:
    """Set the first and last day; a date given alone where there was none is a single day."""
    was = facts.days
    first = values.get("date_start", was.first if was else values.get("date_end"))
    last = values.get("date_end", was.last if was else values.get("date_start"))
    if first is None and last is None:
        return replace(facts, days=None)
    if first is None or last is None:
        raise ValueError("date_start and date_end are both empty or neither is")
    if first > last:
        raise ValueError(f"date_start {first} would come after date_end {last}")
    return replace(facts, days=Days(first, last))


def mend_point(facts: Facts, values: Mapping[str, Value]) -> Facts:
    """Check the point; a place that a person calls a country, or unknown, loses its point."""
    place = facts.place
    if place.precision in POINTLESS and not {"latitude", "longitude"} & set(values):
        return replace(facts, place=replace(place, latitude=None, longitude=None, radius_km=None))
    lat, lon = place.latitude, place.longitude
    if lat is None and lon is None:
        return facts
    if lat is None or lon is None:
        raise ValueError("latitude and longitude are both empty or neither is")
    if not (-90 <= lat <= 90 and -180 <= lon <= 180) or lat == lon == 0 or (place.radius_km or 0) < 0:
        raise ValueError(f"{lat}, {lon} with a radius of {place.radius_km or 0} km is no place on earth")
    if place.precision in POINTLESS:
        raise ValueError(f'a point needs a geo_precision: set it too, it is "{place.precision}"')
    return facts


def mend_toll(count: Count, state_is_set: bool) -> Count:
    """Check the order of a toll, and say anew how firm it is unless the person did.

    >>> mend_toll(Count(19, 19, None, "exact"), False)
    Count(low=19, best=19, high=None, state='open_high', rule='analyst')
    """
    known = [number for number in (count.low, count.best, count.high) if number is not None]
    if known != sorted(known):
        raise ValueError(f"low, best and high would be out of order: {', '.join(map(str, known))}")
    state = count.state if state_is_set else next(name for name, holds in STATES if holds(count))
    return replace(count, state=state, rule="analyst")


STATES: tuple[tuple[str, Callable[[Count], bool]], ...] = (
    ("not_stated", lambda c: c.low is c.best is c.high is None),
    ("stated_zero", lambda c: c.low == c.high == 0),
    ("vague", lambda c: c.best is None and c.high is None),
    ("open_high", lambda c: c.high is None),
    ("open_low", lambda c: c.low is None),
    ("exact", lambda _: True),
)
