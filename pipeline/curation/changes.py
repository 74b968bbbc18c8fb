"""Say what changed between two states of the incidents, in words a reader needs: new, revised, merged, gone.

A revision is told by what a reader would say of it ("killed 19 → 24"), not by cell: what reads the same is no change.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field, fields
from datetime import date
from typing import cast

from pipeline.brief.say import read_count, say_days, say_number, say_place
from pipeline.brief.table import stream_csv
from pipeline.tables.shapes import Column

Row = Mapping[str, object]
Signed = Mapping[tuple[str, str], str]  # who decided on a cell: incident, column -> name

KINDS: dict[str, str] = {
    "new": "not there before",
    "revised": "told differently now",
    "newly claimed": "a side now says that it did it",
    "merged": "found to be the same as another",
    "withdrawn": "no longer read from the articles",
    "rejected": "a person said that it is no incident",
}
MACHINE, PERSON = "machine", "person"
NOT_STATED, NO_BEST = "not stated", "no best figure"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed; `column` is what was revised, `by` is "machine", or the person where known."""

    kind: str
    incident_id: str
    title: str
    days: str = ""
    column: str = ""
    before: str = ""
    after: str = ""
    by: str = MACHINE


def say_toll(row: Row, measure: str) -> str:
    """Say a number of people so that no two numbers read the same.

    >>> say_toll({"killed_low": 19, "killed_best": 19}, "killed"), say_toll({}, "killed")
    ('at least 19', 'not stated')
    >>> say_toll({"killed_low": 8, "killed_best": 10, "killed_high": 12}, "killed")
    '8 to 12, best 10'
    """
    low, best, high = (read_count(row.get(f"{measure}_{end}")) for end in ("low", "best", "high"))
    words = say_number(low, best, high) or NOT_STATED
    about = "about " if row.get(f"{measure}_state") == "approximate" else ""
    if low is None and best is not None:
        return f"{about}{words}, low not stated"
    spread = best != low or (best is not None and high is not None and low != high)
    return f"{about}{words}, {NO_BEST if best is None else f'best {best}'}" if spread else about + words


def say_where(row: Row) -> str:
    """Say a place with its point.

    >>> say_where({"city": "Herat", "admin1": "Herat", "country": "Afghanistan", "latitude": 34.3, "longitude": 62.2})
    'Herat, Afghanistan (34.3, 62.2)'
    """
    point = [row.get("latitude"), row.get("longitude")]
    named = ", ".join(filter(None, [str(row.get("venue") or ""), say_place(cast("dict[str, object]", row))]))
    return named if None in point else f"{named} ({point[0]}, {point[1]})"


def say_when(row: Row) -> str:
    """Say the days it can have happened on."""
    return say_days(*(cell if isinstance(cell := row.get(end), date) else None for end in ("date_start", "date_end")))


@dataclass(frozen=True, slots=True)
class Matter:
    """Something a reader looks at, the cells it is told by, and how."""

    name: str
    cells: tuple[str, ...]
    say: Callable[[Row], str]


def code(name: str) -> Matter:
    """Give a matter that is one cell of words."""
    return Matter(name, (name,), lambda row: str(row.get(name) or "").replace("_", " ") or NOT_STATED)


def toll(measure: str) -> Matter:
    """Give a matter that is a number of people."""
    cells = tuple(f"{measure}_{part}" for part in ("low", "best", "high", "state"))
    return Matter(measure, cells, lambda row: say_toll(row, measure))


PLACE = ("country", "admin1", "admin2", "city", "venue", "latitude", "longitude", "geo_precision")
MATTERS = (
    Matter("days", ("date_start", "date_end"), say_when),
    Matter("place", PLACE, say_where),
    code("event_type"),
    toll("killed"),
    toll("injured"),
    toll("casualties"),
    code("perpetrator"),
    code("attribution"),
    code("verification"),
    code("status"),
)
CELLS = tuple(cell for matter in MATTERS for cell in matter.cells)
NEEDED = ("incident_id", "title", "reviewer", "corrected", *CELLS)


@dataclass(frozen=True, slots=True)
class Fates:
    """What became of the ids that are gone, by id."""

    rows: Mapping[str, Row] = field(default_factory=dict)

    def follow(self, incident_id: str) -> tuple[str, str, bool]:
        """Give why an id is gone at last, what it was merged into, and whether a person said so.

        >>> a, b = ({"reason": "merged", "merged_into": "c"}, {"reason": "rejected", "since": "2026-11-22"})
        >>> Fates({"a": a}).follow("a"), Fates({"a": a, "c": b}).follow("a"), Fates().follow("a")
        (('merged', 'c', False), ('rejected', '', True), ('withdrawn', '', False))
        """
        reason, into, is_person = "withdrawn", "", False
        seen, now = set[str](), incident_id
        while (row := self.rows.get(now)) and now not in seen:
            seen.add(now)
            reason, into = str(row["reason"]), str(row.get("merged_into") or "")
            is_person = reason == "rejected" or is_day(str(row.get("since") or ""))
            now = into
        return reason, "" if into in seen else into, is_person


def is_day(text: str) -> bool:
    """Tell the day of a correction from the name of a release of the program.

    >>> is_day("2026-11-22"), is_day("0.1.0")
    (True, False)
    """
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def compare_editions(
    old: Iterable[Row], new: Iterable[Row], removed: Iterable[Row], signed: Signed | None = None
) -> list[Change]:
    """Give what changed from the rows of `old` to those of `new`, whose removed ids are given.

    Rows that stand unchanged on both sides may be left out on both. Sorted by kind, then by incident.
    """
    before, after = ({str(row["incident_id"]): row for row in rows} for rows in (old, new))
    fates = Fates({str(row["incident_id"]): row for row in removed})
    added = (row for incident_id, row in after.items() if incident_id not in before)
    changes = [Change("new", *name_incident(row), by=find_creator(row)) for row in added]
    changes += [tell_gone(row, fates, after) for i, row in before.items() if i not in after]
    for incident_id in before.keys() & after.keys():
        changes += list_revised(before[incident_id], after[incident_id], signed or {})
    kinds = list(KINDS)
    order = [matter.name for matter in MATTERS]
    return sorted(
        changes, key=lambda c: (kinds.index(c.kind), c.incident_id, order.index(c.column) if c.column else -1)
    )


def name_incident(row: Row) -> tuple[str, str, str]:
    """Give the id of an incident, its title (the id where it has none) and its days."""
    return str(row["incident_id"]), str(row.get("title") or row["incident_id"]), say_when(row)


def find_creator(row: Row) -> str:
    """Say who first told of an incident: what a person split off is signed from the start."""
    return MACHINE if not row.get("reviewer") else f"{PERSON}: {row['reviewer']}"


def tell_gone(row: Row, fates: Fates, after: Mapping[str, Row]) -> Change:
    """Tell what became of an incident that is there no more; `after` may lack what did not change."""
    reason, into, is_person = fates.follow(str(row["incident_id"]))
    name = f"{name_incident(after[into])[1]} ({into})" if into in after else into
    return Change(reason, *name_incident(row), after=name, by=PERSON if is_person else MACHINE)


def list_revised(old: Row, new: Row, signed: Signed) -> Iterator[Change]:
    """Give each matter in which two states of an incident differ."""
    for matter in MATTERS:
        before, after = matter.say(old), matter.say(new)
        if before == after:
            continue
        kind, by = "revised", find_reviser(matter, old, new, signed)
        if matter.name == "attribution" and after == "claimed":
            kind, who = "newly claimed", str(new.get("perpetrator") or "")
            after = f"{after} by {who}" if who else after
        yield Change(kind, *name_incident(new), matter.name, before, after, by)


def find_reviser(matter: Matter, old: Row, new: Row, signed: Signed) -> str:
    """Say who revised a matter: a cell that a person set, now or before, changes by what people decide."""
    set_now, set_before = ({*str(row.get("corrected") or "").split(" | ")} & {*matter.cells} for row in (new, old))
    names = {name for cell in matter.cells if (name := signed.get((str(new["incident_id"]), cell)))}
    if names and set_now:
        return f"{PERSON}: {', '.join(sorted(names))}"
    if set_now and set_now != set_before and new.get("reviewer"):
        return f"{PERSON}: {new['reviewer']}"
    return PERSON if set_now or set_before else MACHINE


def count_kinds(changes: Iterable[Change]) -> dict[str, int]:
    """Count the incidents of each kind of change.

    >>> days, place = (Change("revised", "b", "B", column=matter) for matter in ("days", "place"))
    >>> count_kinds([Change("new", "a", "A"), days, place])
    {'new': 1, 'revised': 1, 'newly claimed': 0, 'merged': 0, 'withdrawn': 0, 'rejected': 0}
    """
    told = {(change.kind, change.incident_id) for change in changes}
    return {kind: sum(1 for one, _ in told if one == kind) for kind in KINDS}


def write_changes(changes: Iterable[Change]) -> bytes:
    """Write changes as CSV for a spreadsheet: a byte order mark, and no cell that it would reckon with."""
    columns = [Column(one.name, "str", "", "") for one in fields(Change)]
    rows = [astuple(change) for change in changes]
    return b"".join(stream_csv(columns, iter([rows] if rows else []), spreadsheet=True))
