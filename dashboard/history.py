"""What became of an incident since it was first read: what was merged into it, and what a person decided.

The published tables say which cells a person has set, who did it last and when; beside each stands what the articles
themselves say, so that both values are seen.
"""

import pandas as pd

from dashboard.facts import Row, read_rows
from dashboard.say import say_days
from dashboard.source import say_day
from pipeline.tables.load import Tables
from pipeline.tables.store import Store

DEEPEST = 8  # merges of merges that are followed
REVIEWS = {"accepted": "Accepted", "edited": "Edited", "conflict": "Edited, though the articles now read otherwise,"}


def list_history(store: Store, tables: Tables, row: Row) -> list[Row]:
    """Give each thing that happened: when ("" where unknown), what, and remarks."""
    merged = [
        {
            "when": _say_since(one["since"]),
            "what": "Merged into this incident:",
            "name": one["incident_id"],
            "notes": [],
        }
        for one in _find_merged(store, tables.removed)
    ]
    return [*merged, *_list_review(tables, row)]


def _list_review(tables: Tables, row: Row) -> list[Row]:
    """Give what a person decided, and what the machine says to it."""
    state = str(row["review_state"])
    if state in ("", "suggested") and not row["corrected"]:
        return []
    what = REVIEWS.get(state, "Edited") + (" by" if row["reviewer"] else "")
    columns = [column for column in str(row["corrected"]).split(" | ") if column]
    troubles = tables.issues[tables.issues["kind"] == "stale_correction"]
    notes = [_say_change(tables.reports, row, column) for column in columns]
    notes += [f"{one['message']} {one['to_do']}".strip() for one in read_rows(troubles)]
    return [{"when": _say_since(row["reviewed_on"]), "what": what, "name": row["reviewer"], "notes": notes}]


def _say_change(reports: pd.DataFrame, row: Row, column: str) -> str:
    """Say what a person set a cell to, and what the article that leads says itself.

    >>> reports = pd.DataFrame([{"incident_id": "a:1", "article_id": "a", "killed_best": 19}])
    >>> _say_change(reports, {"incident_id": "a:1", "source_article_id": "a", "killed_best": 21}, "killed_best")
    'killed best: set to 21; the article says 19'
    """
    name, now = column.replace("_", " "), _say_cell(row.get(column))
    told = read_rows(reports[(reports["incident_id"] == row["incident_id"])
                             & (reports["article_id"] == row["source_article_id"])])  # fmt: skip
    if not told or column not in told[0]:
        return f"{name}: set to {now}"
    was = _say_cell(told[0][column])
    return f"{name}: set to {now}; the article says {'the same' if was == now else was}"


def _say_cell(value: object) -> str:
    """Say one cell; an empty one is not stated."""
    if isinstance(value, pd.Timestamp):
        return say_days(value.date(), value.date())
    return "not stated" if value is None or value == "" or pd.isna(value) else str(value)  # type: ignore[call-overload]


def _find_merged(store: Store, removed: pd.DataFrame) -> list[Row]:
    """Give the incidents that were merged into one, also by way of others."""
    found, last = read_rows(removed), removed
    for _ in range(DEEPEST):
        if last.empty:
            break
        last = store.find("removed", "merged_into", list(last["incident_id"]))
        found += [one for one in read_rows(last) if one not in found]
    return [one for one in found if one["reason"] == "merged"]


def _say_since(cell: object) -> str:
    """Say a day, or the release that a change came with."""
    return say_day(str(cell)) if cell and not pd.isna(cell) else ""  # type: ignore[call-overload]
