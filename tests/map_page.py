"""A page with nothing but the map and its tools over the tables that INCIDENT_DATA names: for the tests of the map."""

import streamlit as st

from dashboard.choice import get_choice, open_link, write_link
from dashboard.load import Shown, load_store
from dashboard.map import draw_map, take_map
from dashboard.map_tools import choose_manner, draw_map_tools


def draw_page() -> None:
    """Draw the map and say what is chosen."""
    st.set_page_config(layout="wide")
    store, stamp = load_store()
    open_link(picked=False)
    take_map(Shown(store, stamp, get_choice().view), "map")
    write_link()
    shown = Shown(store, stamp, get_choice().view)
    manner = choose_manner(key="map", height=480, dark=st.context.theme.type == "dark")
    with st.container(horizontal=True, vertical_alignment="center", key="map-head"):
        draw_map_tools(shown, manner)
    draw_map(shown, manner)
    choice = get_choice()
    st.text(f"shown {shown.counts().shown} · incident {choice.incident} · listed {len(choice.listed)} · {choice.place}")


if __name__ == "__main__":
    draw_page()
