"""The slide of what changed since the last brief: counts by kind, and each change in words."""

from collections.abc import Sequence

from pipeline.brief.briefing import Change
from pipeline.brief.deck_draft import Draft
from pipeline.brief.deck_table import Cell, Look, put_table
from pipeline.brief.notes import clean

GONE = ("merged", "withdrawn", "rejected")
MOST_NOTED = 100
LABELS = {"event_type": "type", "casualties": "killed or injured"}


def list_changes(draft: Draft) -> list[Change]:
    """Give what changed of the incidents shown, and what is gone, which no filter finds any more."""
    since = draft.briefing.since
    if since is None or not since.changes:
        return []
    shown = set(draft.store.ids(draft.briefing.view))
    return [one for one in since.changes if one.incident_id in shown or one.kind in GONE]


def tell_changes(draft: Draft) -> None:
    """Put the slide; nothing changed, no slide."""
    since, changes = draft.briefing.since, list_changes(draft)
    if since is None or not changes:
        return
    page = draft.begin(f"Since {since.words}: {count_kinds(changes)}")
    width = page.body.width
    widths = (130, width * 0.44, width * 0.56 - 130)
    rows = [[Cell(clean(one.kind), bold=True), Cell(name_change(one)), Cell(say_change(one))] for one in changes]

    def more(left_out: int) -> Sequence[Cell]:
        return [Cell(""), Cell(f"and {left_out:,} more"), Cell("in the list of changes")]

    put_table(page, page.body, Look(widths, lines=2), ("change", "incident", "from → to"), rows, "What changed", more)
    told = [f"{one.kind}: {name_change(one)}: {say_change(one)}" for one in changes[:MOST_NOTED]]
    rest = len(changes) - MOST_NOTED
    page.tell_speaker(since.note, *told, f"And {rest:,} more." if rest > 0 else "", draft.standing)


def count_kinds(changes: Sequence[Change]) -> str:
    """Count the incidents of each kind in words."""
    kinds = dict.fromkeys(one.kind for one in changes)
    counted = {kind: len({one.incident_id for one in changes if one.kind == kind}) for kind in kinds}
    return ", ".join(f"{n:,} {kind}" for kind, n in counted.items())


def name_change(change: Change) -> str:
    """Name the incident of a change with its days."""
    return clean(f"{change.title}, {change.days}" if change.days else change.title)


def say_change(change: Change) -> str:
    """Say what stood there and what stands there now, and by whom where it was a person."""
    by = "" if change.by in ("", "machine") else f" ({change.by})"
    if change.column:
        return clean(f"{LABELS.get(change.column, change.column)}: {change.before} → {change.after}{by}")
    into = f"now part of {change.after}" if change.after else {"new": "was not there before"}.get(change.kind, "")
    return clean(f"{into or 'no longer listed'}{by}")
