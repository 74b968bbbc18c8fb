"""What people have decided as the log says it now, beside what the tables already know of it.

A decision is safe as soon as it is in the log; the tables take it in with the next build. Until then the page shows it
over the tables, so that nobody decides twice.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.load import Shown
from pipeline.curation.decisions import Correction, find_undone
from pipeline.curation.edits import EDITABLE
from pipeline.curation.log import open_log
from pipeline.curation.place import curation_of_page
from pipeline.tables.store import Store

BUILT = 'SELECT row_id, incident_id, "column", state, machine, words, rule FROM all_decisions ORDER BY no'
LINKS = ("related_to", "not_related")


@dataclass(frozen=True, slots=True)
class Known:
    """What the tables say of a decision: what became of it, and what the machine reads in its cell."""

    incident_id: str
    column: str
    state: str
    machine: str
    words: str
    rule: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The log, which of its rows are undone, and which the tables know."""

    rows: tuple[Correction, ...]
    undone: frozenset[str]
    known: Mapping[str, Known]
    pending: Mapping[str, tuple[Correction, ...]]  # rows that the tables do not know, by each incident they are about

    @property
    def seen(self) -> str:
        """The last row that there is, "" for none."""
        return self.rows[-1].row_id if self.rows else ""

    def cells(self, incident_id: str) -> dict[str, str]:
        """Give the cells of an incident that people set since the tables were built."""
        ours = self.pending.get(incident_id, ())
        return {row.column: row.now for row in ours if row.column in EDITABLE and row.row_id not in self.undone}

    def is_settled(self, *incident_ids: str) -> bool:
        """Say whether someone decided on one of these since the tables were built."""
        return any(
            row.row_id not in self.undone and row.column != "undo"
            for one in incident_ids
            for row in self.pending.get(one, ())
        )

    def is_parted(self, one: str, other: str) -> bool:
        """Say whether someone decided on these two since the tables were built."""
        return any(
            {row.incident_id, row.now.partition(" | ")[0]} == {one, other} and row.row_id not in self.undone
            for row in (*self.pending.get(one, ()), *self.pending.get(other, ()))
        )

    def last_of(self, name: str) -> Correction | None:
        """Give the last decision of this person that holds."""
        return next(
            (r for r in reversed(self.rows) if r.by == name and r.column != "undo" and r.row_id not in self.undone),
            None,
        )

    def reasons_of(self, name: str, most: int = 8) -> list[str]:
        """Give the reasons that this person gave last, each once."""
        given = (row.reason for row in reversed(self.rows) if row.by == name and row.reason)
        return list(dict.fromkeys(given))[:most]


def read_standing(shown: Shown) -> Standing:
    """Read the log beside the tables. Raises SeedError or LogError where it cannot be read."""
    rows = open_log(curation_of_page()).read()
    found = shown.ask(BUILT)
    known = {str(row[0]): Known(*map(str, row[1:])) for row in found.itertuples(index=False)}
    by_id = {row.row_id: row for row in rows}
    pending: dict[str, list[Correction]] = defaultdict(list)
    for row in rows:
        if row.row_id in known:
            continue
        about = row
        while about.undoes in by_id:
            about = by_id[about.undoes]
        for one in dict.fromkeys(find_now(shown.store, name) for name in name_incidents(about)):
            pending[one].append(row)
    frozen = {name: tuple(several) for name, several in pending.items()}
    return Standing(tuple(rows), frozenset(find_undone(rows)), known, frozen)


def name_incidents(row: Correction) -> list[str]:
    """Give the incidents that a decision is about: of a merge and of a link both."""
    other = row.now.partition(" | ")[0] if row.column in ("same_as", *LINKS) else ""
    return [row.incident_id, other] if other else [row.incident_id]


def find_now(store: Store, incident_id: str) -> str:
    """Give the id that an incident has in the tables now."""
    return store.follow(incident_id)[0] or incident_id
