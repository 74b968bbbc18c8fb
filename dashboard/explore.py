"""The page itself: filters at the side, then headline, timeline, map beside the incident, and the table.

In reading order: take what was picked, draw with it, and begin again when a drawing reports a new pick.
"""

from datetime import date

import pandas as pd
import streamlit as st

from dashboard.cells import describe_incidents
from dashboard.choice import (
    LANES,
    choose_days,
    choose_incident,
    choose_setting,
    fill_widget,
    get_choice,
    get_setting,
    is_new,
    list_incidents,
    open_link,
    write_link,
)
from dashboard.download import draw_download
from dashboard.filters import draw_chips, draw_filters
from dashboard.headline import draw_headline, name_places
from dashboard.incident import draw_incident
from dashboard.load import Shown, load_store
from dashboard.map import draw_map
from dashboard.rows import MOST_ROWS, TABLE, draw_list, draw_table, take_pick
from dashboard.timeline import draw_timeline
from dashboard.words import escape_markdown
from pipeline.tables.store import Store
from pipeline.view import View

LISTS = ("undated", "unplaced", "listed", "latest")
COUNTRIES = "SELECT country, count(*) AS n FROM shown GROUP BY country ORDER BY n DESC, country"
MAP, PANEL = 480, 760  # pixels; the panel is as high as the window where the style sheet can say so


def draw_explore() -> None:
    """Draw the page."""
    store, stamp = load_store()
    picks = [picked for key in (TABLE, *LISTS) if (picked := take_pick(key))]
    open_link(picked=bool(picks))
    for picked in picks:
        choose_incident(picked)
    _follow_removed(store)
    if not store.size("incidents"):
        st.title("No incidents")
        st.write("The tables are there, and hold no incident. Put articles into `seeds/articles/` and run `make app`.")
        st.stop()
    shown = Shown(store, stamp, get_choice().view)
    with st.sidebar:
        draw_filters(shown)
    write_link()
    rows = shown.rows(MOST_ROWS)
    _draw_title(shown, rows)
    anytime = shown.of(shown.view.without_days()).rows(MOST_ROWS)
    with st.container(key="body"):
        left, right = st.columns([62, 38], gap="medium")
    with left:
        _draw_timeline(anytime, shown.view)
        _draw_map(rows)
        _draw_table(rows, shown.counts().shown)
    with right, st.container(height=PANEL, border=True, key="panel"):
        _draw_panel(store, rows)


def _follow_removed(store: Store) -> None:
    """Open what a removed incident was merged into."""
    incident_id = get_choice().incident
    successor, _ = store.follow(incident_id)
    if successor:
        st.session_state.moved = (incident_id, successor)
        choose_incident(successor)


def _draw_title(shown: Shown, rows: pd.DataFrame) -> None:
    """Draw the title, the headline, and what is asked."""
    view = shown.view
    with st.container(horizontal=True, vertical_alignment="center", key="title"):
        countries = shown.ask(COUNTRIES)["country"]
        st.title(name_places(list(countries)), width="stretch", anchor=False)
        draw_download(shown)
    for part in st.session_state.get("unread", []):
        st.warning(
            f"A part of the link could not be read and is left out: {escape_markdown(part)}", icon=":material/link_off:"
        )
    draw_headline(shown)
    draw_chips(view)
    if rows.empty:
        st.info(f"No incident fits {escape_markdown(view.in_words())}. Take off a filter above, or widen the days.",
                icon=":material/filter_alt_off:")  # fmt: skip


def _draw_timeline(anytime: pd.DataFrame, view: View) -> None:
    """Draw the timeline over all days, looking at those asked, and the tray of what has no day."""
    choice = get_choice()
    lane = get_setting("lane")
    fill_widget("lane", lane)
    with st.container(horizontal=True, vertical_alignment="center", key="timeline-head"):
        st.markdown("#### Timeline", width="content")
        st.segmented_control("Lanes by", list(LANES), key="lane", format_func=LANES.__getitem__, required=True,
                             label_visibility="collapsed", on_change=choose_setting, args=("lane",))  # fmt: skip
        st.space("stretch")
        hint = "They are not in the days asked, and not ruled out by them." if view.since or view.until else ""
        _draw_tray("undated", "without a day", anytime[anytime["date_start"].isna()], hint)
    window = _find_window(anytime, view)
    pick = draw_timeline(anytime, lane=lane, selected=choice.incident or None, window=window, key="timeline")
    if is_new("timeline", pick.nonce) and pick.nonce:
        if pick.range != window:
            choose_days(*(pick.range or (None, None)))
        choose_incident(pick.incident or "")
        st.rerun()


def _find_window(rows: pd.DataFrame, view: View) -> tuple[date, date] | None:
    """Give the days to look at, an open end closed by the data."""
    one = view.since or view.until
    if one is None:
        return None
    dated = rows["date_start"].notna().any()
    first = view.since or (rows["date_start"].min().date() if dated else one)
    last = view.until or (rows["date_end"].max().date() if dated else one)
    return (first, last) if first <= last else (last, first)


def _draw_map(rows: pd.DataFrame) -> None:
    """Draw the map; a place with several incidents lists them."""
    with st.container(horizontal=True, vertical_alignment="center", key="map-head"):
        st.markdown("#### Map", width="stretch")
        _draw_tray("unplaced", "without a point", rows[rows["latitude"].isna()],
                   "Only the country is known, or nothing: there is no point to draw.")  # fmt: skip
    pick = draw_map(rows, selected=get_choice().incident or None, dark=_is_dark(), key="map", height=MAP)
    if is_new("map", pick.nonce) and pick.incidents:
        list_incidents(pick.incidents, pick.place)
        st.rerun()


def _draw_panel(store: Store, rows: pd.DataFrame) -> None:
    """Draw the open incident, else the list to choose from, else the latest ones."""
    choice = get_choice()
    if choice.incident:
        old, new = st.session_state.get("moved", ("", ""))
        if choice.incident == new:
            st.info(f"{escape_markdown(old)} was merged into this incident.", icon=":material/merge:")
        draw_incident(store, choice.incident, list(rows["incident_id"]), dark=_is_dark())
        return
    listed = rows[rows["incident_id"].isin(choice.listed)] if choice.listed else rows.head(15)
    if choice.listed:
        with st.container(horizontal=True, vertical_alignment="center", key="listed-head"):
            st.markdown(f"**{escape_markdown(choice.place)}** · {len(listed):,} incidents", width="stretch")
            st.button(
                "", key="close-list", icon=":material/close:", type="tertiary", help="Close",
                on_click=list_incidents, args=((), ""),
            )  # fmt: skip
    elif rows.empty:
        st.markdown("There is nothing to open here: no incident fits the filters.")
    else:
        st.markdown("Pick an incident on the timeline, the map or in the table. The first of this view:")
    if not listed.empty:
        key = "listed" if choice.listed else "latest"
        draw_list(key, list(listed["incident_id"]), describe_incidents(listed), most_height=PANEL - 120)


def _is_dark() -> bool:
    """Say whether the page is dark."""
    return bool(st.context.theme.type == "dark")


def _draw_tray(key: str, what: str, rows: pd.DataFrame, hint: str) -> None:
    """Draw how many incidents a drawing cannot hold, and on a click which they are."""
    if rows.empty:
        return
    with st.popover(f"{len(rows):,} {what}", icon=":material/inbox:", key=f"{key}-tray"):
        st.caption(f"{hint} Pick one to open it.".strip())
        draw_list(key, list(rows["incident_id"]), describe_incidents(rows))


def _draw_table(rows: pd.DataFrame, of: int) -> None:
    """Draw the table of the view."""
    with st.container(horizontal=True, vertical_alignment="center", key="table-head"):
        st.markdown("#### Table", width="content")
        st.caption("Click a row to open it.", width="stretch")
    if not rows.empty:
        draw_table(list(rows["incident_id"]), describe_incidents(rows), get_choice().incident, of)
