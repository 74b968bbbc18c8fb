"""The cells that a file changes, as a table to tick: what stood there, what is to stand, and what hinders it."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from dashboard.component import make_component
from pipeline.curation.upload import Change, Diff, Refused

MOST = 2_000  # changed cells on one screen; what is not listed is not saved
MOST_REFUSED = 500
LONGEST = 600  # characters of a cell


def draw_cells(diff: Diff, mark: str) -> list[Change]:
    """Draw the changed and the refused cells of a diff that `mark` names, and give the changes that are ticked."""
    listed = diff.changes[:MOST]
    usual = [no for no, one in enumerate(listed) if not one.is_conflict]
    data = {"mark": mark, "ticked": usual, "incidents": tell_incidents(listed, diff.refused[:MOST_REFUSED])}
    state = _COMPONENT(key=f"cells-{mark}", data=data, default={"ticked": usual}, on_ticked_change=_do_nothing)
    ticked = dict(state).get("ticked") if state else None
    return [listed[no] for no in read_ticked(usual if ticked is None else ticked, len(listed))]


def read_ticked(sent: object, many: int) -> list[int]:
    """Read which of `many` cells the browser says are ticked; what is none of them is left out.

    >>> read_ticked([2, 0, 2, 9, "1", True], 3), read_ticked("0", 3)
    ([0, 2], [])
    """
    numbers = sent if isinstance(sent, list) else []
    return sorted({no for no in numbers if isinstance(no, int) and not isinstance(no, bool) and 0 <= no < many})


def tell_incidents(changes: Sequence[Change], refused: Sequence[Refused]) -> list[dict[str, Any]]:
    """Give what the browser draws: each incident with its cells, in the order of the file."""
    told = [(one.row, one.incident_id, one.title, tell_change(no, one)) for no, one in enumerate(changes)]
    told += [(one.row, one.incident_id, one.title, tell_refused(one)) for one in refused]
    told.sort(key=lambda one: one[:2])
    groups = groupby(told, key=lambda one: one[1:3])
    return [{"id": name, "title": title or name, "cells": [one[3] for one in cells]} for (name, title), cells in groups]


def tell_change(no: int, one: Change) -> dict[str, Any]:
    """Give one change."""
    kind = "older" if one.is_older else "conflict" if one.is_conflict else "change"
    now = f"“{one.current}”" if one.current else "nothing"
    note = {
        "change": "",
        "conflict": f"It said {f'“{one.was}”' if one.was else 'nothing'} when you took the file; now {now}.",
        "older": "The tables said so before: the file may just be older.",
    }[kind]
    return {"no": no, "kind": kind, "column": one.column, "before": cut(one.current), "after": cut(one.now),
            "note": cut(note), "allowed": []}  # fmt: skip


def tell_refused(one: Refused) -> dict[str, Any]:
    """Give one cell that is refused."""
    why = one.why.partition(": write one of")[0] if one.allowed else one.why
    return {"no": -1, "kind": "refused", "column": one.column, "before": cut(one.was), "after": cut(one.now),
            "note": cut(f"{why}."), "allowed": list(one.allowed)}  # fmt: skip


def cut(text: str) -> str:
    """Cut what is too long to be looked at."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _do_nothing() -> None:
    """Stand for a state of the component, which Streamlit knows by its callback."""


_COMPONENT = make_component("incident_cell_diff", "cell_diff")
