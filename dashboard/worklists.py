"""The worklists of a view: what to review first, what may be one incident, what contradicts, what is in conflict.

What someone decided since the tables were built is no longer listed, so that the next one always is the next to do.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.load import Shown
from dashboard.standing import Standing
from pipeline.curation.queue import QUEUE, REMAINING, WORKLIST, WORKLISTS

LISTS = {
    "queue": "To review", "same": "Same incident?", "figures": "Figures contradict", "dates": "Days contradict",
    "far": "Far from the rest", "conflicts": "Conflicts", "decisions": "Decisions",
}  # fmt: skip
KINDS = {"same": "same_incident", "figures": "figures", "dates": "dates", "far": "far"}
MOST = 2_000  # of one list; the first of them come first
CONFLICTS = "SELECT incident_id FROM shown WHERE review_state = 'conflict' ORDER BY incident_id"
OPEN = "SELECT incident_id FROM shown WHERE review_state IN ('suggested', 'conflict') AND incident_id IN ({})"
EMPTY = {
    "queue": "Every incident of this view is settled.",
    "same": "No two incidents of this view look like one.",
    "figures": "No figures of one incident contradict each other.",
    "dates": "No words for the days of one incident disagree.",
    "far": "No incident lies far from the rest of its article.",
    "conflicts": "No decision is in conflict with what the articles now say.",
    "decisions": "Nobody has decided anything yet.",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to settle: an incident, the other one where there are two, and what speaks for and against."""

    incident_id: str
    other_id: str = ""
    pros: tuple[str, ...] = ()
    cons: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def is_at(self, incident_id: str, other_id: str) -> bool:
        """Say whether a link means this one."""
        return self.incident_id == incident_id and (not other_id or self.other_id == other_id)


def count_lists(shown: Shown, standing: Standing) -> dict[str, int]:
    """Count each list."""
    found = dict(shown.ask(WORKLISTS).itertuples(index=False, name=None))
    counts = {name: int(found.get(kind, 0)) for name, kind in KINDS.items() if name == "same"}
    counts |= {name: len(find_items(shown, name, standing)) for name in (*KINDS, "conflicts")
               if name not in counts or counts[name] <= MOST}  # fmt: skip
    touched = [one for one in standing.pending if standing.is_settled(one)]
    done = len(shown.ask(OPEN.format(", ".join("?" * len(touched))), *touched)) if touched else 0
    return {
        "queue": int(shown.ask(REMAINING)["remaining"].iloc[0]) - done, **counts,
        "decisions": sum(row.column != "undo" for row in standing.rows),
    }  # fmt: skip


def find_items(shown: Shown, name: str, standing: Standing) -> list[Item]:
    """Give the first things of a list, in their order."""
    if name == "decisions":
        return []
    if name in KINDS:
        items = gather_items(shown.ask(f"{WORKLIST} LIMIT {MOST}", KINDS[name]))
        return [one for one in items if not is_done(one, standing)]
    found = shown.ask(f"{QUEUE} LIMIT {MOST}" if name == "queue" else f"{CONFLICTS} LIMIT {MOST}")
    return [Item(str(one)) for one in found["incident_id"] if not standing.is_settled(str(one))]


def is_done(item: Item, standing: Standing) -> bool:
    """Say whether someone settled it since the tables were built: a pair is only settled as a pair."""
    if item.other_id:
        return standing.is_parted(item.incident_id, item.other_id)
    return standing.is_settled(item.incident_id)


def gather_items(candidates: pd.DataFrame) -> list[Item]:
    """Give what is to settle, each incident or pair once, with all that speaks for and against.

    >>> row = {"incident_id": "a", "other_id": "", "reasons_for": "x | y", "reasons_against": "", "words": ""}
    >>> gather_items(pd.DataFrame([row, row | {"reasons_for": "z"}]))[0].pros
    ('x', 'y', 'z')
    """
    items: dict[tuple[str, str], Item] = {}
    for row in candidates.to_dict("records"):
        key = (str(row["incident_id"]), str(row["other_id"] or ""))
        lists = [read_list(row[name]) for name in ("reasons_for", "reasons_against", "words")]
        had = items.get(key, Item(*key))
        both = [tuple(dict.fromkeys((*a, *b))) for a, b in zip((had.pros, had.cons, had.words), lists, strict=True)]
        items[key] = Item(*key, *both)
    return list(items.values())


def read_list(cell: object) -> tuple[str, ...]:
    """Read a cell that is a list.

    >>> read_list("a | b"), read_list(None)
    (('a', 'b'), ())
    """
    return tuple(part for part in str(cell).split(" | ") if part) if isinstance(cell, str) else ()


def find_place(items: Sequence[Item], incident_id: str, other_id: str) -> int | None:
    """Give which of the list a link means, None for one that is not in it."""
    return next((no for no, item in enumerate(items) if item.is_at(incident_id, other_id)), None)
