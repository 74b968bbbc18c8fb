"""Sign decisions: refuse whoever may not decide and whatever may not be decided, and make rows of the rest.

A row's id is made of its moment and of chance: two servers need no counter between them, and ids sort as they came.
"""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

from pipeline.curation.decisions import Correction, find_undone
from pipeline.curation.drafts import Draft, check_draft, find_newer
from pipeline.curation.people import Person, refuse_stranger


class LogError(Exception):
    """The log cannot be reached or written; one sentence says why and what to do. Nothing was saved."""


class ClashError(Exception):
    """Someone else decided on the same cell since the person looked; `rows` are those decisions."""

    def __init__(self, rows: Sequence[Correction]) -> None:
        """Say who decided what."""
        self.rows = tuple(rows)
        told = "; ".join(f"{row.by} set {row.column} to “{row.now}”" for row in self.rows)
        super().__init__(f"Meanwhile {told}. Look again, then decide.")


def check_drafts(drafts: Sequence[Draft], by: Person) -> None:
    """Refuse who may not decide, then what may not be decided."""
    refuse_stranger(by)
    for draft in drafts:
        check_draft(draft.tidied())


def sign(
    drafts: Sequence[Draft], by: Person, rows: Sequence[Correction], now: datetime | None, seen: str | None
) -> list[Correction]:
    """Give drafts as rows of the log that holds `rows`, signed and dated; refuse what clashes with these."""
    tidied = [draft.tidied() for draft in drafts]
    if seen is not None and (newer := find_newer(rows, tidied, seen)):
        raise ClashError(newer)
    for draft in tidied:
        check_undone(draft, rows)
    moment = (now or datetime.now(UTC)).astimezone(UTC)
    batch = f"{moment:%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}"
    ids = [f"{batch}.{no:0{len(str(len(tidied)))}}" for no in range(1, len(tidied) + 1)]
    name = " ".join(by.name.split())
    at = moment.isoformat(timespec="seconds")
    return [
        Correction(row_id, at, d.incident_id, d.column, d.was, d.now, d.reason, name, d.undoes)
        for row_id, d in zip(ids, tidied, strict=True)
    ]


def check_undone(draft: Draft, rows: Sequence[Correction]) -> None:
    """Raise ValueError where a draft undoes a row that is not there, or that someone has undone already."""
    if not draft.undoes:
        return
    if draft.undoes not in {row.row_id for row in rows}:
        raise ValueError(f"there is no row {draft.undoes} to undo")
    by_undo = next((row for row in reversed(rows) if row.undoes == draft.undoes), None)
    if by_undo and by_undo.row_id not in find_undone(rows):
        raise ValueError(f"{by_undo.by} has undone row {draft.undoes} already")


def refuse_others(rows: Sequence[Correction], seen: Sequence[Correction]) -> None:
    """Raise LogError where the log no longer holds what whoever replaces it has seen there."""
    if list(rows) != list(seen):
        raise LogError("Someone decided meanwhile: nothing was restored, start again.")
