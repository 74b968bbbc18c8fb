"""The timeline: lanes of incidents over time, as a Streamlit component of our own SVG.

It draws what `lanes.py` has worked out and gives back what the reader picked. Nothing is fetched, and data reach the
browser as text only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.choice import SETTINGS, choose_days, choose_incident, choose_setting, get_choice, get_setting, is_new
from dashboard.component import make_component
from dashboard.lanes import Asked, find_dated, find_played, lay_lanes
from dashboard.load import Shown
from dashboard.palette import write_family_colours
from dashboard.play import Window, find_step
from pipeline.brief.drawing import read_drawing, read_drawing_style

KEY = "timeline"
PLAYED = ("step", "way", "eras")  # the settings of the page that the timeline's own buttons change
NEXT = """SELECT incident_id FROM shown WHERE date_start IS NOT NULL AND (date_start, date_end, incident_id) {sign}
(SELECT (date_start, date_end, incident_id) FROM incidents WHERE incident_id = ?)
ORDER BY date_start {order}, date_end {order}, incident_id {order} LIMIT 1"""


@dataclass(frozen=True, slots=True)
class TimelinePick:
    """What stands picked on the timeline: an incident, the days shown, and a number that grows with every pick.

    A page acts when `nonce` is another than last time; incident and days then hold, None meaning no incident and all
    days. `move` asks for a step of playback from those days, `go` for the incident after or before, and `settings`
    for other ways to show the timeline.
    """

    incident: str | None = None
    range: Window | None = None
    nonce: int = 0
    move: int = 0
    go: int = 0
    settings: Mapping[str, str] = field(default_factory=dict)


def take_timeline(shown: Shown) -> None:
    """Do what was just picked on the timeline, before anything is drawn; `shown` is what was shown till now."""
    pick = read_pick(_read_state().get("pick"))
    if not is_new(KEY, pick.nonce) or not pick.nonce:
        return
    for name, value in pick.settings.items():
        choose_setting(name, value)
    anytime = shown.of(shown.view.without_days())
    days = _move(anytime, pick) if pick.move else pick.range
    if days != find_window(anytime, shown):
        choose_days(*(days or (None, None)))
    incident = _go_on(shown, pick) if pick.go else pick.incident
    if (incident or "") != get_choice().incident:
        choose_incident(incident or "")


def draw_timeline(shown: Shown) -> None:
    """Draw the incidents of `shown`, and of the same filters over all days, in lanes."""
    anytime = shown.of(shown.view.without_days())
    state = _read_state()
    asked = Asked(
        lane=get_setting("lane"),
        selected=get_choice().incident,
        window=find_window(anytime, shown),
        unfolded=bool(state.get("unfolded")),
        step=get_setting("step"),
        way=get_setting("way"),
        eras=get_setting("eras") == "shown",
    )
    answered = read_pick(state.get("pick")).nonce
    payload = {**lay_lanes(anytime, asked), "answered": answered}
    _COMPONENT(key=KEY, data=payload, on_pick_change=_do_nothing, on_unfolded_change=_do_nothing)


def find_window(anytime: Shown, shown: Shown) -> Window | None:
    """Give the days that the view asks for, an open end closed by the data; None for all days."""
    since, until = shown.view.since, shown.view.until
    one = since or until
    if one is None:
        return None
    if since is None or until is None:
        ends = anytime.counts()
        since, until = since or ends.first or one, until or ends.last or one
    return (since, until) if since <= until else (one, one)


def read_pick(sent: object) -> TimelinePick:
    """Read what the browser sent; whatever is not of the expected form is no pick.

    >>> read_pick({"incident": "a:1", "range": ["2023-03-01", "2023-03-31"], "nonce": 7}).range
    (datetime.date(2023, 3, 1), datetime.date(2023, 3, 31))
    >>> read_pick({"incident": 5, "range": ["soon", 3], "nonce": 8, "move": 9, "settings": {"step": "age"}})
    TimelinePick(incident=None, range=None, nonce=8, move=0, go=0, settings={})
    """
    if not isinstance(sent, dict):
        return TimelinePick()
    incident, nonce, move, go = (sent.get(name) for name in ("incident", "nonce", "move", "go"))
    settings = sent.get("settings")
    asked = settings if isinstance(settings, dict) else {}
    return TimelinePick(
        incident if isinstance(incident, str) else None,
        _read_range(sent.get("range")),
        nonce if isinstance(nonce, int) else 0,
        move if move in (-1, 1) else 0,
        go if go in (-1, 1) else 0,
        {name: asked[name] for name in PLAYED if asked.get(name) in SETTINGS[name]},
    )


def _move(anytime: Shown, pick: TimelinePick) -> Window | None:
    """Give the days one step of playback on, or those that are picked where there is no further step."""
    extent = find_played(find_dated(anytime, get_setting("lane"), unfolded=False))
    found = find_step(pick.range, extent, step=get_setting("step"), way=get_setting("way"), by=pick.move)
    return found or pick.range


def _go_on(shown: Shown, pick: TimelinePick) -> str | None:
    """Give the incident after or before the one picked, in the order of time, or the same at the end."""
    sign, order = (">", "ASC") if pick.go > 0 else ("<", "DESC")
    found: pd.DataFrame = shown.ask(NEXT.format(sign=sign, order=order), pick.incident or "")
    return pick.incident if found.empty else str(found["incident_id"].iloc[0])


def _read_range(sent: object) -> Window | None:
    """Read two days written YYYY-MM-DD, the first one not after the second."""
    try:
        first, last = (date.fromisoformat(day) for day in sent)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        return None
    return (first, last) if first <= last else None


def _read_state() -> dict[str, Any]:
    """Give what the component keeps in the session."""
    state = st.session_state.get(KEY)
    return dict(state) if state else {}


def _do_nothing() -> None:
    """Stand for a state of the component, which Streamlit knows by its callback."""


_COMPONENT = make_component("incident_timeline", "timeline", maker=read_drawing(),
                            style=read_drawing_style() + write_family_colours())  # fmt: skip
