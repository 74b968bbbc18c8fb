"""One incident beside the sentences it was read from: what is known, how exactly, who says so, and what became of it.

One component of our own draws it all, so that a fact and its words light up together without asking the server.
Nothing is fetched, and words of articles reach the browser as text only.
"""

import html
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboard.choice import choose_incident, choose_setting, get_choice, get_setting, list_incidents
from dashboard.component import make_component
from dashboard.evidence import list_reasons
from dashboard.facts import Row, read_rows, write_facts, write_head
from dashboard.history import list_history
from dashboard.load import Shown
from dashboard.palette import write_family_colours
from dashboard.squares import RULE, judge_incident
from dashboard.strips import lay_strips, list_others
from dashboard.tellings import list_stories
from dashboard.words import escape_markdown, shorten
from pipeline.tables.load import Tables
from pipeline.tables.store import Store

MOST_RELATED = 12


def draw_incident(shown: Shown, incident_id: str, *, dark: bool) -> None:
    """Draw the incident with that id, and the way to its neighbours in the view, or say where it went."""
    store = shown.store
    told = _tell_once(store, incident_id, whole=get_setting("text") == "whole")
    if told is None:
        _say_gone(store, incident_id)
        return
    _draw_steps(incident_id, shown)
    _COMPONENT(
        key=KEY, data=told | {"dark": dark}, on_open_change=_open_related, on_text_change=_turn_text
    )  # fmt: skip


def draw_story(store: Store, incident_id: str, tables: Tables, key: str, *, dark: bool) -> None:
    """Draw the incident alone, on a page that has its own way from one to the next and `tables` around it."""
    if told := _tell_once(store, incident_id, tables, whole=get_setting("text") == "whole"):
        _COMPONENT(key=key, data=told | {"dark": dark}, on_open_change=_leave_linked, on_text_change=_turn_text)


def _leave_linked() -> None:
    """Leave a linked incident closed: the page that draws this one alone has its own way to another."""


def tell_incident(store: Store, incident_id: str, around: Tables | None = None, *, whole: bool) -> Row | None:
    """Give all that the page says of an incident, None where there is none; `whole` for the whole leading article."""
    tables = around or store.around(incident_id)
    row = find_incident(tables.incidents, incident_id)
    if row is None:
        return None
    stories = list_stories(tables, row, whole=whole)
    return {
        "id": incident_id,
        "head": write_head(row),
        "squares": judge_incident(tables, row),
        "rule": RULE,
        "facts": write_facts(row),
        "strips": lay_strips(tables, row),
        "others": list_others(tables),
        "stories": stories,
        "articles": max(len(stories), _count_articles(tables)),
        "related": _list_related(tables.incidents, row),
        "history": list_history(store, tables, row),
        "reasons": list_reasons(tables, row),
    }


def find_incident(incidents: pd.DataFrame, incident_id: str) -> Row | None:
    """Give the row of that id, or None."""
    found = read_rows(incidents[incidents["incident_id"] == incident_id])
    return found[0] if found else None


def _tell_once(store: Store, incident_id: str, around: Tables | None = None, *, whole: bool) -> Row | None:
    """Tell of the incident that is open, anew only where it is another: most clicks leave it open."""
    asked = (store, incident_id, whole)
    if st.session_state.get("told", (None, None))[0] != asked:
        st.session_state.told = (asked, tell_incident(store, incident_id, around, whole=whole))
    told: Row | None = st.session_state.told[1]
    return told


def _count_articles(tables: Tables) -> int:
    """Count the articles that tell of the incident."""
    return int(tables.reports["article_id"].nunique()) if len(tables.reports) else 1


def _list_related(incidents: pd.DataFrame, row: Row) -> list[Row]:
    """Give the incidents that this one is linked to."""
    pairs = zip(str(row["related_ids"]).split(" | "), str(row["relation"]).split(" | "), strict=False)
    known = dict(zip(incidents["incident_id"], incidents["title"], strict=True))
    return [
        {"id": other, "title": shorten(known[other] or other, 120), "relation": relation.replace("_", " ")}
        for other, relation in pairs
        if other in known
    ][:MOST_RELATED]


def _open_related() -> None:
    """Open the linked incident that was clicked, if it is one of those shown."""
    picked = st.session_state[KEY].get("open")
    told = st.session_state.get("told", (None, None))[1] or {"related": []}
    if picked in {one["id"] for one in told["related"]}:
        choose_incident(picked)


def _turn_text() -> None:
    """Show the whole article that leads, or no longer."""
    choose_setting("text", "around" if get_setting("text") == "whole" else "whole")


def _say_gone(store: Store, incident_id: str) -> None:
    """Say that there is no such incident."""
    _, reason = store.follow(incident_id)
    name = escape_markdown(shorten(incident_id, 80))
    if reason:
        st.info(f"The incident {name} was removed ({reason}); nothing stands in its place.", icon=":material/info:")
    else:
        st.warning(f"There is no incident {name} in these tables: the link may be of another build.",
                   icon=":material/link_off:")  # fmt: skip
    st.button("Close", on_click=choose_incident, args=("",))


def _draw_steps(incident_id: str, shown: Shown) -> None:
    """Draw the way to the incident before and after, and back to where one came from."""
    place = shown.place(incident_id)
    choice = get_choice()
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="steps"):
        _draw_icon("before", "chevron_left", "Previous incident of the table", place.before if place else "")
        _draw_icon("after", "chevron_right", "Next incident of the table", place.after if place else "")
        of = f"{place.number:,} of {shown.counts().shown:,}" if place else "outside the filters"
        st.caption(of, width="stretch")
        fields = {"incident": [incident_id]} | choice.view.to_query()
        link = html.escape(f"./review?{urlencode(fields, doseq=True)}")
        st.html(f'<a class="to-review" href="{link}" target="_self">Review this</a>', width="content")
        if choice.listed:
            st.button(f"Back to {escape_markdown(shorten(choice.place, 24))}", key="back", type="tertiary",
                      on_click=list_incidents, args=(choice.listed, choice.place))  # fmt: skip
        _draw_icon("close", "close", "Close", "", disabled=False)


def _draw_icon(key: str, icon: str, label: str, incident_id: str, *, disabled: bool | None = None) -> None:
    """Draw a button that is an icon and opens an incident."""
    st.button("", key=key, icon=f":material/{icon}:", help=label, type="tertiary", on_click=choose_incident,
              args=(incident_id,), disabled=not incident_id if disabled is None else disabled)  # fmt: skip


KEY = "incident"
_COMPONENT = make_component("incident_story", "incident", style=write_family_colours())
