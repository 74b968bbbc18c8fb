"""The page itself: filters at the side, then headline, timeline, map beside the incident, and the table.

In reading order: take what was picked, draw with it, and begin again when a drawing reports a new pick.
"""

import pandas as pd
import streamlit as st

from dashboard.brief_menu import draw_briefs
from dashboard.cells import describe_incidents
from dashboard.choice import (
    LANES,
    choose_incident,
    choose_setting,
    fill_widget,
    get_choice,
    get_setting,
    list_incidents,
    open_link,
    write_link,
)
from dashboard.download import draw_download
from dashboard.filters import draw_chips, draw_filters
from dashboard.headline import draw_headline
from dashboard.incident import draw_incident
from dashboard.load import Shown, load_store
from dashboard.map import draw_map, take_map
from dashboard.map_tools import choose_manner, draw_map_tools
from dashboard.rows import A_PAGE, TABLE, draw_list, take_pick
from dashboard.saved import draw_saved
from dashboard.speaker import draw_speaker
from dashboard.table import draw_table
from dashboard.theme import draw_theme, is_dark
from dashboard.timeline import draw_timeline, take_timeline
from dashboard.tour import draw_help, draw_tour
from dashboard.words import escape_markdown, shorten
from pipeline.brief.title import name_places
from pipeline.tables.store import Store

LISTS = ("undated", "unplaced", "listed", "latest")
COUNTRIES = "SELECT country, count(*) AS n FROM shown GROUP BY country ORDER BY n DESC, country"
UNDATED = f"SELECT * FROM shown WHERE date_start IS NULL LIMIT {A_PAGE}"
MANY_UNDATED = "SELECT count(*) AS n FROM shown WHERE date_start IS NULL"
UNPLACED = f"SELECT * FROM shown WHERE latitude IS NULL LIMIT {A_PAGE}"
FIRST = 15  # incidents listed where none is open
MAP, PANEL = 480, 760  # pixels; the panel is as high as the window where the style sheet can say so


def draw_explore() -> None:
    """Draw the page."""
    picks = [picked for key in (TABLE, *LISTS) if (picked := take_pick(key))]
    open_link(picked=bool(picks))
    for picked in picks:
        choose_incident(picked)
    store, stamp = load_store()
    take_timeline(Shown(store, stamp, get_choice().view))
    take_map(Shown(store, stamp, get_choice().view), "map")
    _follow_removed(store)
    if not store.size("incidents"):
        st.title("No incidents")
        st.write("The tables are there, and hold no incident. Put articles into `seeds/articles/` and run `make app`.")
        st.stop()
    shown = Shown(store, stamp, get_choice().view)
    if get_setting("speak"):
        write_link()
        draw_speaker(shown)
        return
    draw_theme()
    _draw_title(shown)
    with st.container(key="body"):
        left, right = st.columns([62, 38], gap="medium")
    # What a click asks for reaches the browser first: the incident, then the filters, and the drawings at last.
    with right, st.container(height=PANEL, border=True, key="panel"):
        _draw_panel(shown)
    with st.sidebar:
        draw_filters(shown)
    write_link()
    with left:
        _draw_timeline(shown)
        _draw_map(shown)
        draw_table(shown)
    draw_tour()


def _follow_removed(store: Store) -> None:
    """Open what a removed incident was merged into."""
    incident_id = get_choice().incident
    successor, _ = store.follow(incident_id) if incident_id else ("", "")
    if successor:
        st.session_state.moved = (incident_id, successor)
        choose_incident(successor)


def _draw_title(shown: Shown) -> None:
    """Draw the title, the headline, and what is asked."""
    view = shown.view
    with st.container(horizontal=True, vertical_alignment="center", key="title"):
        countries = shown.ask(COUNTRIES)["country"]
        st.title(escape_markdown(name_places(list(countries))), width="stretch", anchor=False)
        draw_saved()
        draw_download(shown)
        draw_briefs(shown)
        draw_help()
    if unread := st.session_state.get("unread"):
        words = ", ".join(escape_markdown(shorten(part, 80)) for part in unread[:8]) + (" …" if len(unread) > 8 else "")
        st.warning(f"Parts of the link could not be read and are left out: {words}", icon=":material/link_off:")
    draw_headline(shown)
    draw_chips(view)
    if not shown.counts().shown:
        st.info(f"No incident fits {escape_markdown(view.in_words())}. Take off a filter above, or widen the days.",
                icon=":material/filter_alt_off:")  # fmt: skip


def _draw_timeline(shown: Shown) -> None:
    """Draw the timeline over all days, looking at those asked, and the tray of what has no day."""
    fill_widget("lane", get_setting("lane"))
    anytime = shown.of(shown.view.without_days())
    asked = shown.view.since or shown.view.until
    with st.container(horizontal=True, vertical_alignment="center", key="timeline-head"):
        st.markdown("#### Timeline", width="content")
        st.segmented_control("Lanes by", list(LANES), key="lane", format_func=LANES.__getitem__, required=True,
                             label_visibility="collapsed", on_change=choose_setting, args=("lane",))  # fmt: skip
        st.space("stretch")
        hint = "They are not in the days asked, and not ruled out by them." if asked else ""
        _draw_tray("undated", "without a day", anytime, UNDATED, hint, int(anytime.ask(MANY_UNDATED)["n"].iloc[0]))
    draw_timeline(shown)


def _draw_map(shown: Shown) -> None:
    """Draw the map; a place with several incidents lists them, a province is seen alone."""
    manner = choose_manner(key="map", height=MAP, dark=is_dark())
    with st.container(horizontal=True, vertical_alignment="center", key="map-head"):
        st.markdown("#### Map", width="content")
        draw_map_tools(shown, manner)
        hint = "Only the country is known, or nothing: there is no point to draw."
        _draw_tray("unplaced", "off the map", shown, UNPLACED, hint, shown.counts().unplaced)
    draw_map(shown, manner)


def _draw_panel(shown: Shown) -> None:
    """Draw the open incident, else the list to choose from, else the latest ones."""
    choice = get_choice()
    if choice.incident:
        old, new = st.session_state.get("moved", ("", ""))
        if choice.incident == new:
            st.info(f"{escape_markdown(old)} was merged into this incident.", icon=":material/merge:")
        draw_incident(shown, choice.incident, dark=is_dark())
        return
    listed = _find_listed(shown.store, choice.listed) if choice.listed else shown.rows(FIRST)
    if choice.listed:
        with st.container(horizontal=True, vertical_alignment="center", key="listed-head"):
            st.markdown(f"**{escape_markdown(choice.place)}** · {len(listed):,} incidents", width="stretch")
            st.button(
                "", key="close-list", icon=":material/close:", type="tertiary", help="Close",
                on_click=list_incidents, args=((), ""),
            )  # fmt: skip
    elif listed.empty:
        st.markdown("There is nothing to open here: no incident fits the filters.")
    else:
        st.markdown("Pick an incident on the timeline, the map or in the table. The first of this view:")
    if not listed.empty:
        key = "listed" if choice.listed else "latest"
        draw_list(key, list(listed["incident_id"]), describe_incidents(listed), most_height=PANEL - 120)


def _find_listed(store: Store, incident_ids: tuple[str, ...]) -> pd.DataFrame:
    """Give the rows of incidents that are listed, in the order of the list."""
    found = store.find("incidents", "incident_id", list(incident_ids))
    order = pd.Index(found["incident_id"]).get_indexer(pd.Index(incident_ids))
    return found.iloc[order[order >= 0]]


def _draw_tray(key: str, what: str, shown: Shown, first: str, hint: str, of: int) -> None:
    """Draw how many incidents a drawing cannot hold, and on a click which they are; `first` asks for some of them."""
    if not of:
        return
    rows = shown.ask(first)
    with st.popover(f"{of:,} {what}", icon=":material/inbox:", key=f"{key}-tray"):
        st.caption(f"{hint} Pick one to open it.".strip())
        draw_list(key, list(rows["incident_id"]), shown.once(key, lambda: describe_incidents(rows)), of=of)
