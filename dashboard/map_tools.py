"""What stands over the map: what it draws, what it shades by, what to see alone, and a look at all that is shown."""

import streamlit as st

from dashboard.choice import choose_setting, fill_widget, get_choice, get_setting
from dashboard.here import draw_here, find_here
from dashboard.load import Shown
from dashboard.map import Manner, find_spot, fit_map

MODES = {"places": "Places", "clusters": "Clusters", "provinces": "Provinces"}
SHADES = {"incidents": "Incidents", "killed": "Killed"}


def choose_manner(*, key: str, height: int, dark: bool) -> Manner:
    """Give how the map is drawn now."""
    choice = get_choice()
    return Manner(key=key, height=height, dark=dark, mode=get_setting("map"), shade=get_setting("shade"),
                  selected=choice.incident, listed=choice.listed)  # fmt: skip


def draw_map_tools(shown: Shown, manner: Manner) -> None:
    """Draw the switches of the map and its buttons."""
    # The map itself is a widget of the name "map", so the switches have names of their own.
    _draw_switch("map", "Draw", MODES)
    if manner.mode == "provinces":
        _draw_switch("shade", "Shade by", SHADES)
    spot = find_spot(manner.key, manner.listed, manner.selected)
    draw_here(shown.view, find_here(shown, spot, manner.selected), spot.name if spot else "")
    st.button("", key="map-fit-all", icon=":material/fit_screen:", help="Look at all that is shown",
              on_click=fit_map, args=(manner.key,))  # fmt: skip
    st.space("stretch")


def _draw_switch(name: str, label: str, options: dict[str, str]) -> None:
    """Draw a switch for a setting of the link."""
    key = f"{name}-switch"
    fill_widget(key, get_setting(name))
    st.segmented_control(label, list(options), key=key, format_func=options.__getitem__, required=True,
                         label_visibility="collapsed", on_change=_take_switch, args=(name,))  # fmt: skip


def _take_switch(name: str) -> None:
    """Draw as the switch says."""
    choose_setting(name, st.session_state[f"{name}-switch"])
