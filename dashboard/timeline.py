"""The timeline: lanes of incidents over time, as a Streamlit component of our own SVG.

It draws what `lanes.py` has worked out and gives back what the reader picked. Nothing is fetched, and data reach the
browser as text only.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import streamlit as st

from dashboard.lanes import lay_lanes
from dashboard.palette import FAMILIES


@dataclass(frozen=True, slots=True)
class TimelinePick:
    """What stands picked on the timeline: an incident, the days shown, and a number that grows with every pick.

    A page acts when `nonce` is another than last time; both values then hold, None meaning no incident and all days.
    """

    incident: str | None = None
    range: tuple[date, date] | None = None
    nonce: int = 0


def draw_timeline(
    rows: pd.DataFrame, *, lane: str, selected: str | None, window: tuple[date, date] | None, key: str
) -> TimelinePick:
    """Draw `rows` of `incidents` in lanes by the column `lane`, and give what the reader picked.

    `window` is the stretch of days to look at, None for all. Rows outside it should be among `rows`, so that the strip
    can show what lies outside; without them only the strip is shorter. Rows without days are counted, not drawn.
    """
    unfolded = bool(_read_state(key).get("unfolded"))
    payload = lay_lanes(rows, lane=lane, selected=selected, window=window, unfolded=unfolded)
    _COMPONENT(key=key, data=payload, on_pick_change=_do_nothing, on_unfolded_change=_do_nothing)
    return read_pick(_read_state(key).get("pick"), set(rows["incident_id"]))


def read_pick(sent: object, known: set[str]) -> TimelinePick:
    """Read what the browser sent; whatever is not of the expected form, or names no known incident, is no pick.

    >>> read_pick({"incident": "a:1", "range": ["2023-03-01", "2023-03-31"], "nonce": 7}, {"a:1"})
    TimelinePick(incident='a:1', range=(datetime.date(2023, 3, 1), datetime.date(2023, 3, 31)), nonce=7)
    >>> read_pick({"incident": "b:2", "range": ["soon", 3], "nonce": 8}, {"a:1"}), read_pick(None, set())
    (TimelinePick(incident=None, range=None, nonce=8), TimelinePick(incident=None, range=None, nonce=0))
    """
    if not isinstance(sent, dict):
        return TimelinePick()
    incident, nonce = sent.get("incident"), sent.get("nonce")
    return TimelinePick(
        incident if isinstance(incident, str) and incident in known else None,
        _read_range(sent.get("range")),
        nonce if isinstance(nonce, int) else 0,
    )


def _read_range(sent: object) -> tuple[date, date] | None:
    """Read two days written YYYY-MM-DD, the first one not after the second."""
    try:
        first, last = (date.fromisoformat(day) for day in sent)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        return None
    return (first, last) if first <= last else None


def _read_state(key: str) -> dict[str, object]:
    """Give what the component keeps in the session."""
    state = st.session_state.get(key)
    return dict(state) if state else {}


def _do_nothing() -> None:
    """Stand for a state of the component, which Streamlit knows by its callback."""


def _colour_families() -> str:
    """Write the CSS that gives each family its colour, light and dark."""
    rules = [f".of-{one.key} {{ --family: {one.light}; }}" for one in FAMILIES]
    rules += [f".dark .of-{one.key} {{ --family: {one.dark}; }}" for one in FAMILIES]
    return "\n".join(rules)


_PARTS = Path(__file__).with_name("timeline")
_COMPONENT = st.components.v2.component(
    "incident_timeline",
    js="\n".join(part.read_text("utf-8") for part in sorted(_PARTS.glob("*.js"))),
    css=(_PARTS / "timeline.css").read_text("utf-8") + _colour_families(),
)
