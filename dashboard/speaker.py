"""The speaker mode: the incidents of a view, or its weeks, one step at a time on a wall, by keyboard.

Nothing moves by itself, and the map and the timeline stay where they are from step to step. Notes and the last step
are kept in the speaker's browser under the link of the view; they are sent nowhere.
"""

from typing import Any
from urllib.parse import urlencode

import streamlit as st

from dashboard.bins import day_number
from dashboard.choice import choose_incident, choose_setting, get_release, get_setting
from dashboard.component import make_component
from dashboard.load import Shown, Stamp
from dashboard.palette import write_family_colours
from dashboard.speaker_steps import MOST_INCIDENTS, MOST_WEEKS, Step, list_incidents, list_weeks
from dashboard.theme import is_dark
from dashboard.view_state import fit_view
from pipeline.brief.notes import clean
from pipeline.brief.standalone_ground import cut_ground
from pipeline.brief.title import name_briefing
from pipeline.tables.store import Counts
from pipeline.view import View

HEIGHT = 480  # pixels of a map that fits the points as the page's does
OTHER = {"incidents": "weeks", "weeks": "incidents"}


def draw_speaker(shown: Shown) -> None:
    """Draw the steps over the whole window, and go back to the page where the speaker has ended."""
    unit = get_setting("speak")
    counts = shown.counts()
    data = {
        **_lay_out(shown, (str(shown.store.folder), shown.stamp), shown.view, unit),
        "title": name_briefing(shown.ask, counts, shown.view),
        "filters": clean(shown.view.in_words()),
        "unit": unit,
        "total": counts.shown,
        "link": urlencode(shown.view.to_query() | {"release": [get_release()]}, doseq=True),
        "says": _say_left_out(counts, unit),
        "dark": is_dark(),
    }
    _COMPONENT(key="speaker", data=data, on_act_change=_act, height="content")


def _act() -> None:
    """Do what the speaker asked: end, step by the other unit, or open an incident in the page."""
    act = st.session_state["speaker"].get("act")
    if not isinstance(act, dict):
        return
    if act.get("kind") == "other":
        choose_setting("speak", OTHER.get(get_setting("speak"), "incidents"))
        return
    choose_setting("speak", "")
    if act.get("kind") == "open" and isinstance(act.get("incident"), str):
        choose_incident(act["incident"])


@st.cache_resource(max_entries=20, show_spinner="Laying out the steps …")
def _lay_out(_shown: Shown, state: tuple[str, Stamp], view: View, unit: str) -> dict[str, Any]:
    """Lay out the steps once for each view and state of the tables."""
    steps = (list_weeks if unit == "weeks" else list_incidents)(_shown.ask)
    points = [(mark[0], mark[1]) for step in steps for mark in step["marks"]]
    return {
        "steps": steps,
        "ground": cut_ground(points),
        "look": fit_view(points, HEIGHT).view,
        "extent": _reach(steps),
    }


def _reach(steps: list[Step]) -> list[int] | None:
    """Give the first and last day of all steps."""
    days = [day for step in steps if step["days"] for day in step["days"]]
    return [min(days), max(days)] if days else None


def _say_left_out(counts: Counts, unit: str) -> str:
    """Say what the steps leave out."""
    if unit == "incidents" and counts.shown > MOST_INCIDENTS:
        return f"The first {MOST_INCIDENTS:,} of {counts.shown:,} incidents; step by week (W), or narrow the view."
    if unit == "weeks" and counts.first and counts.last:
        weeks = (day_number(counts.last) - day_number(counts.first)) // 7
        return f"At most the last {MOST_WEEKS} weeks with incidents." if weeks > MOST_WEEKS else ""
    return ""


_COMPONENT = make_component("incident_speaker", "speaker", style=write_family_colours())
