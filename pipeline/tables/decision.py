"""The record of one decision of a person and what became of it; `curation/fates.py` finds that out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A row of the log as it stands among the others and beside what the machine reads now."""

    row_id: str
    at: str
    incident_id: str  # as the incident is called now
    column: str
    was: str
    now: str
    reason: str
    by: str
    undoes: str = ""
    state: str = "holds"  # holds, undone, overtaken, agrees, conflict, left_out
    machine: str = ""
    words: tuple[str, ...] = ()
    rule: str = ""
    no: int = 0
