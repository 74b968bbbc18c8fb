"""What a person decides on the review page, made into rows of the log: all of it is checked before any is written.

Who may decide is asked of the server at that moment, and the log itself asks again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from dashboard.service.log import log_event
from dashboard.standing import Standing
from pipeline.curation.drafts import check_cells, check_draft, keep_persons, take_machines, undo, undo_all
from pipeline.curation.edits import EDITABLE
from pipeline.curation.log import ClashError, Draft, Log, LogError, NotAllowedError
from pipeline.curation.people import Person
from pipeline.tables.store import Store

LONGEST = 4_000  # characters of what is sent


@dataclass(frozen=True, slots=True)
class Sent:
    """What the browser says a person did; nothing in it is trusted."""

    kind: str
    nonce: int
    incident: str = ""
    other: str = ""
    report: str = ""
    relation: str = ""
    row: str = ""
    reason: str = ""
    seen: str = ""
    by: int = 0
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it: saved or not, in words, and which cell was refused."""

    saved: bool
    words: str
    column: str = ""
    nonce: int = 0


@dataclass(frozen=True, slots=True)
class Desk:
    """What a decision is made on: the tables, what was decided before, and the cells of the incident as shown."""

    store: Store
    standing: Standing
    person: Person
    cells: Mapping[str, str]


class CellError(ValueError):
    """What the codebook does not allow in one cell."""

    def __init__(self, column: str, words: str) -> None:
        """Say which cell, and what is wrong."""
        self.column = column
        super().__init__(words)


def read_sent(told: object) -> Sent | None:
    """Read what the browser sent, None for what is of no known form.

    >>> read_sent({"kind": "go", "nonce": 3, "by": 1, "cells": {"city": 5}})
    Sent(kind='go', nonce=3, incident='', other='', report='', relation='', row='', reason='', seen='', by=1, cells={})
    >>> read_sent({"kind": 5}) is None
    True
    """
    if not isinstance(told, Mapping) or not isinstance(told.get("nonce"), int):
        return None
    kind, by, cells = told.get("kind"), told.get("by"), told.get("cells")
    if not isinstance(kind, str):
        return None
    names = ("incident", "other", "report", "relation", "row", "reason", "seen")
    texts = {name: value[:LONGEST] for name in names if isinstance(value := told.get(name), str)}
    read = cells.items() if isinstance(cells, Mapping) else ()
    said = {str(name): value[:LONGEST] for name, value in read if isinstance(value, str)}
    return Sent(kind, told["nonce"], **texts, by=by if by in (-1, 1) else 0, cells=said)  # type: ignore[arg-type]


def save(sent: Sent, desk: Desk, log: Log) -> Answer:
    """Save what was decided, all or nothing, or say why not."""
    try:
        drafts = DECIDE[sent.kind](sent, desk)
        for draft in drafts:
            check_one(draft)
        log_event("decide", rows=len(log.append(drafts, desk.person, seen=sent.seen)))
    except CellError as error:
        return Answer(False, str(error), error.column, sent.nonce)
    except (NotAllowedError, LogError, ClashError, ValueError) as error:
        return Answer(False, f"{error}".rstrip(".") + ".", "", sent.nonce)
    return Answer(True, say_saved(sent, drafts), "", sent.nonce)


def check_one(draft: Draft) -> None:
    """Check a draft; of a cell it is said which. Raises ValueError."""
    try:
        check_draft(draft.tidied())
    except ValueError as error:
        if draft.column in EDITABLE and draft.reason.strip():
            raise CellError(draft.column, str(error)) from error
        raise


def edit(sent: Sent, desk: Desk) -> list[Draft]:
    """Set the cells that were changed."""
    strange = sorted(set(sent.cells) - set(EDITABLE))
    if strange:
        raise ValueError(f"no person sets a column {strange[0]}")
    new = {name: value.strip() for name, value in sent.cells.items()}
    changed = {name: value for name, value in new.items() if value != desk.cells.get(name, "")}
    if not changed:
        raise ValueError("nothing was changed: change a cell, or accept the incident as it is")
    drafts = [Draft(sent.incident, name, desk.cells.get(name, ""), now, sent.reason) for name, now in changed.items()]
    for draft in drafts:
        check_one(draft)
    try:
        check_cells(desk.cells, drafts)
    except ValueError as error:
        named = next((name for name in changed if name in str(error)), next(iter(changed)))
        raise CellError(named, str(error)) from error
    return drafts


def accept(sent: Sent, desk: Desk) -> list[Draft]:
    """Accept the incident as it is shown; that settles its conflicts, too."""
    return [Draft(sent.incident, "accepted", desk.cells.get("review_state", ""), "accepted", sent.reason)]


def reject(sent: Sent, _: Desk) -> list[Draft]:
    """Say that it is no incident."""
    return [Draft(sent.incident, "not_an_incident", "", "", sent.reason)]


def merge(sent: Sent, desk: Desk) -> list[Draft]:
    """Put the other incident into this one."""
    return [Draft(find_other(sent, desk), "same_as", "", sent.incident, sent.reason)]


def part(sent: Sent, desk: Desk) -> list[Draft]:
    """Say that two incidents are two."""
    return [Draft(sent.incident, "not_related", "", find_other(sent, desk), sent.reason)]


def link(sent: Sent, desk: Desk) -> list[Draft]:
    """Link two incidents."""
    return [Draft(sent.incident, "related_to", "", f"{find_other(sent, desk)} | {sent.relation}", sent.reason)]


def split(sent: Sent, desk: Desk) -> list[Draft]:
    """Make an incident of its own of a report, with its copies."""
    if not sent.report:
        raise ValueError("choose the report that tells of another incident")
    ours = desk.store.find("reports", "incident_id", [sent.incident])
    if sent.report not in set(ours["report_id"]):
        raise ValueError(f"there is no report {sent.report} of this incident")
    return [Draft(sent.incident, "split_off", "", sent.report, sent.reason)]


def take_back(sent: Sent, desk: Desk) -> list[Draft]:
    """Undo one decision, or with no row all that this person decided in one go last."""
    rows = desk.standing.rows
    if sent.row:
        named = next((row for row in rows if row.row_id == sent.row), None)
        if named is None:
            raise ValueError(f"there is no row {sent.row} to undo")
        return [undo(named, sent.reason)]
    last = desk.standing.last_of(" ".join(desk.person.name.split()))
    if last is None:
        raise ValueError("there is nothing of yours to undo")
    return undo_all(rows, last, sent.reason)


def settle(sent: Sent, desk: Desk) -> list[Draft]:
    """Settle a conflict: the person's value stays, or the machine's is taken."""
    row = next((row for row in desk.standing.rows if row.row_id == sent.row), None)
    known = desk.standing.known.get(sent.row)
    if row is None or known is None:
        raise ValueError("there is no such conflict any more")
    if sent.kind == "take":
        return take_machines(desk.standing.rows, row, sent.reason)
    return keep_persons(row, known.machine, sent.reason)


def find_other(sent: Sent, desk: Desk) -> str:
    """Give the other incident that was chosen, by its id or a link to it. Raises ValueError where there is none."""
    other = read_id(sent.other)
    if not other:
        raise ValueError("choose the other incident")
    if other == sent.incident:
        raise ValueError("choose another incident than this one")
    now = desk.store.follow(other)[0] or other
    if desk.store.find("incidents", "incident_id", [now]).empty:
        raise ValueError(f"there is no incident {other}")
    return now


def read_id(text: str) -> str:
    """Read the id of an incident that was written, or stands in a link.

    >>> read_id(" a:0 "), read_id("http://localhost:8501/?city=Kabul&incident=a%3A0")
    ('a:0', 'a:0')
    """
    return next(iter(parse_qs(urlsplit(text.strip()).query).get("incident", [])), "") or text.strip()


DECIDE: Mapping[str, Callable[[Sent, Desk], list[Draft]]] = {
    "edit": edit, "accept": accept, "reject": reject, "merge": merge, "apart": part, "link": link, "split": split,
    "undo": take_back, "keep": settle, "take": settle,
}  # fmt: skip
SAID = {
    "accept": "accepted", "reject": "not an incident", "merge": "merged", "apart": "two incidents", "link": "linked",
    "split": "split off", "undo": "undone", "keep": "your side of the conflict is kept",
    "take": "the articles' value is taken",
}  # fmt: skip


def say_saved(sent: Sent, drafts: list[Draft]) -> str:
    """Say what was saved."""
    if sent.kind != "edit":
        return f"Saved: {SAID[sent.kind]}."
    told = ", ".join(f"{d.column.replace('_', ' ')} {d.was or 'nothing'} → {d.now or 'nothing'}" for d in drafts[:4])
    return f"Saved: {told}{' …' if len(drafts) > 4 else ''}."
