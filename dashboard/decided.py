"""Every decision: who, when, why, what became of it, and the way to take it back."""

import streamlit as st

from dashboard.component import make_component
from dashboard.facts import Row
from dashboard.load import Shown
from dashboard.review_acts import Answer
from dashboard.standing import Standing
from dashboard.worklists import EMPTY
from pipeline.tables.codes import CODES

MOST = 300  # the latest are listed
WAITING = "saved, in the tables after the next build"


def draw_decided(shown: Shown, standing: Standing, may: bool, said: Answer | None) -> None:
    """Draw the decisions, the latest first."""
    rows = list_decided(shown, standing)
    if not rows:
        st.info(EMPTY["decisions"], icon=":material/check:")
        return
    data: Row = {"rows": rows, "can": may, "seen": standing.seen, "of": sum(r.column != "undo" for r in standing.rows)}
    data["answer"] = {"saved": said.saved, "words": said.words, "nonce": said.nonce} if said else None
    _COMPONENT(key="decided", data=data, on_act_change=_do_nothing)


def list_decided(shown: Shown, standing: Standing) -> list[Row]:
    """Give the latest decisions, each with what became of it and who took it back."""
    meant = {code.word: code.about for code in CODES["decision_state"]}
    undoing = {row.undoes: row for row in standing.rows if row.undoes and row.row_id not in standing.undone}
    latest = [row for row in reversed(standing.rows) if row.column != "undo"][:MOST]
    ids = list({known.incident_id if (known := standing.known.get(r.row_id)) else r.incident_id for r in latest})
    found = shown.store.find("incidents", "incident_id", ids)
    titles = dict(zip(found["incident_id"], found["title"], strict=True))
    told = []
    for row in latest:
        known = standing.known.get(row.row_id)
        name = known.incident_id if known else row.incident_id
        back = undoing.get(row.row_id)
        state = "undone" if back else known.state if known else "saved"
        why = f"by {back.by}, {back.day}: {back.reason}" if back else meant.get(state, WAITING)
        told.append({
            "row": row.row_id, "day": row.at[:16].replace("T", " "), "by": row.by, "incident": name,
            "title": titles.get(name) or name, "column": row.column.replace("_", " "), "was": row.was,
            "now": row.now, "reason": row.reason, "state": state.replace("_", " "), "why": why, "undone": bool(back),
            "there": name in titles, "machine": known.machine if known and state == "conflict" else "",
        })  # fmt: skip
    return told


def _do_nothing() -> None:
    """Stand for what the component sends, which Streamlit knows by its callback."""


_COMPONENT = make_component("incident_decided", "decided")
