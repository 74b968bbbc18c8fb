"""One incident beside the sentence it was read from: what is known, how exactly, and who says so."""

import pandas as pd
import streamlit as st

from dashboard.choice import choose_incident, get_choice, list_incidents
from dashboard.evidence import write_figures, write_reasons, write_reports
from dashboard.facts import Row, write_facts, write_head
from dashboard.source import draw_source
from dashboard.words import escape_markdown, shorten
from pipeline.tables.store import Store


def draw_incident(store: Store, incident_id: str, shown: list[str], *, dark: bool) -> None:
    """Draw the incident with that id, or say where it went; `shown` are the ids of the view in its order."""
    tables = store.around(incident_id)
    row = find_incident(tables.incidents, incident_id)
    if row is None:
        _say_gone(store, incident_id)
        return
    _draw_steps(incident_id, shown)
    st.html(f'<div class="incident">{write_head(row, dark=dark)}{write_facts(row)}</div>')
    draw_source(tables, row)
    _draw_related(tables.incidents, row)
    parts = (write_figures(tables, incident_id), write_reports(tables, row), write_reasons(tables, row))
    st.html(f'<div class="incident">{"".join(parts)}</div>')


def find_incident(incidents: pd.DataFrame, incident_id: str) -> Row | None:
    """Give the row of that id, or None."""
    found = incidents[incidents["incident_id"] == incident_id].to_dict("records")
    return {str(key): value for key, value in found[0].items()} if found else None


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


def _draw_steps(incident_id: str, shown: list[str]) -> None:
    """Draw the way to the incident before and after, and back to where one came from."""
    place = shown.index(incident_id) if incident_id in shown else None
    choice = get_choice()
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="steps"):
        before = shown[place - 1] if place else ""
        after = shown[place + 1] if place is not None and place + 1 < len(shown) else ""
        _draw_icon("before", "chevron_left", "Previous incident of the table", before)
        _draw_icon("after", "chevron_right", "Next incident of the table", after)
        st.caption(f"{place + 1:,} of {len(shown):,}" if place is not None else "outside the filters", width="stretch")
        if choice.listed:
            st.button(f"Back to {escape_markdown(shorten(choice.place, 24))}", key="back", type="tertiary",
                      on_click=list_incidents, args=(choice.listed, choice.place))  # fmt: skip
        _draw_icon("close", "close", "Close", "", disabled=False)


def _draw_icon(key: str, icon: str, label: str, incident_id: str, *, disabled: bool | None = None) -> None:
    """Draw a button that is an icon and opens an incident."""
    st.button("", key=key, icon=f":material/{icon}:", help=label, type="tertiary", on_click=choose_incident,
              args=(incident_id,), disabled=not incident_id if disabled is None else disabled)  # fmt: skip


def _draw_related(incidents: pd.DataFrame, row: Row) -> None:
    """Draw a button for each incident that this one is linked to."""
    pairs = zip(str(row["related_ids"]).split(" | "), str(row["relation"]).split(" | "), strict=False)
    known = incidents.set_index("incident_id")["title"]
    for number, (other, relation) in enumerate(pairs):
        if other in known.index and number < 12:
            label = f"{relation.replace('_', ' ')}: {shorten(known[other], 60)}"
            st.button(escape_markdown(label), key=f"related-{number}", icon=":material/link:", type="tertiary",
                      on_click=choose_incident, args=(other,))  # fmt: skip
