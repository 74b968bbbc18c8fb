"""Two incidents side by side: what differs between them, and what speaks for and against their being one."""

from collections.abc import Iterable, Sequence

from dashboard.facts import Row, read_rows, say_people, say_where
from dashboard.load import Shown
from dashboard.say import say_days
from dashboard.worklists import Item, gather_items
from pipeline.tables.load import Tables
from pipeline.tables.store import Store

MOST = 12
LINES = ("When", "Where", "Type", "Killed", "Injured", "Perpetrator", "Target", "Means", "Stories", "Outlet")
BESIDE = ("Stories", "Outlet")  # which always may differ


def list_others(shown: Shown, tables: Tables, incident_id: str, at: Item | None, asked: Sequence[str]) -> list[Row]:
    """Give the incidents that this one may be put together with, the one of the worklist first, then those asked."""
    pairs = tables.candidates[tables.candidates["kind"] == "same_incident"]
    pairs = pairs.sort_values("weight", ascending=False)
    items = [turn(item, incident_id) for item in gather_items(pairs)]
    if at and at.other_id:
        items = [turn(at, incident_id), *items]
    related = [one for cell in tables.incidents["related_ids"].head(1) for one in str(cell).split(" | ") if one]
    items += [Item(incident_id, one) for one in (*asked, *related)]
    chosen = {item.other_id: item for item in reversed(items) if item.other_id != incident_id}
    order = list(dict.fromkeys(item.other_id for item in items if item.other_id in chosen))[:MOST]
    rows = find_rows(shown.store, [incident_id, *order])
    if incident_id not in rows:
        return []
    return [compare(rows[incident_id], rows[one], chosen[one]) for one in order if one in rows]


def turn(item: Item, incident_id: str) -> Item:
    """Give a pair as seen from one of the two."""
    other = item.incident_id if item.other_id == incident_id else item.other_id
    return Item(incident_id, other, item.pros, item.cons, item.words)


def find_rows(store: Store, incident_ids: Sequence[str]) -> dict[str, Row]:
    """Give the rows of incidents by their ids."""
    return {row["incident_id"]: row for row in read_rows(store.find("incidents", "incident_id", incident_ids))}


def compare(ours: Row, theirs: Row, item: Item) -> Row:
    """Lay two incidents side by side, line by line, and say where they differ."""
    lines = [
        [name, a, b, a != b and bool(a) and bool(b) and name not in BESIDE]
        for name, a, b in zip(LINES, say_lines(ours), say_lines(theirs), strict=True)
        if a or b
    ]
    return {
        "id": theirs["incident_id"], "title": theirs["title"] or theirs["event_type"], "lines": lines,
        "pros": list(item.pros), "cons": list(item.cons), "words": list(item.words),
        "sentences": [ours["source_sentence"], theirs["source_sentence"]],
    }  # fmt: skip


def say_lines(row: Row) -> Iterable[str]:
    """Say what is compared, in the order of LINES."""
    start, end = row["date_start"], row["date_end"]
    days = "" if start is None or start != start else say_days(start.date(), end.date())  # noqa: PLR0124  NaT
    known = ("target_type", "weapon")
    target, weapon = ("" if row[name] == "unknown" else str(row[name]) for name in known)
    return (
        days, say_where(row), str(row["event_type"]), say_people(row, "killed"), say_people(row, "injured"),
        str(row["perpetrator"]), target, weapon, str(row["n_stories"]), str(row["source_outlet"]),
    )  # fmt: skip
