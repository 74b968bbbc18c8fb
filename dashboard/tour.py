"""The tour of the page and the help beside its title: four steps for whoever is here for the first time.

It opens by itself once for each browser, and from the help whenever one asks. The browser keeps that it was seen.
"""

import streamlit as st

from dashboard.component import make_component
from dashboard.theme import draw_theme_switch

# Each step: its title, what it says, and the part of the page it stands beside; the first part that is to be seen.
STEPS = (
    ("Ask", "Filters narrow everything on the page. Choices in one filter widen it, each further filter narrows it. "
     "The numbers beside the choices say how many incidents each would keep.",
     ('[data-testid="stSidebar"][aria-expanded="true"]', '[data-testid="stExpandSidebarButton"]')),
    ("Look", "Timeline, map and table show the same incidents. A long bar is a day that is not exactly known, a hollow "
     "mark a place that is not. Pick an incident in any of them, and the others follow.", (".st-key-timeline",)),
    ("Check", "The incident that is open lies here: what, when, where, who says so, and the sentence it was read from, "
     "marked in its article.", (".st-key-panel",)),
    ("Take it along", "The link says all that is on the screen: send it, or keep it as a saved view. What you download "
     "is what is shown. The tour and the keys are under Help.", (".st-key-title",)),
)  # fmt: skip
KEYS = """
| Key | Does |
|---|---|
| **Tab** | goes to the next part: filters, timeline, map, table |
| **↑ ↓** | step through the rows of the table, or the marks of a lane |
| **Enter** | opens what is marked |
| **Esc** | closes a menu, a list or the tour |

The table holds all that the map shows, row by row.
"""


def draw_tour() -> None:
    """Put the tour on the page; it shows itself where it is new to the browser and the link asks nothing."""
    steps = [{"title": title, "words": words, "parts": parts} for title, words, parts in STEPS]
    fresh = not st.query_params
    _COMPONENT(key="tour", data={"steps": steps, "asked": st.session_state.get("tour_asked", 0), "fresh": fresh},
               height="content")  # fmt: skip


def draw_help() -> None:
    """Draw the help: the tour again, the look for a wall, the keys."""
    with st.popover("Help", icon=":material/help:", key="help"), st.container(key="help-body"):
        st.button("Take the tour", key="tour_open", icon=":material/tour:", on_click=_ask_tour, width="stretch")
        draw_theme_switch("projector_help")
        st.markdown(KEYS)
        st.caption("How to read the page: “About” above. What a column means: “Codebook”, or its head.")


def _ask_tour() -> None:
    """Show the tour."""
    st.session_state.tour_asked = st.session_state.get("tour_asked", 0) + 1


_COMPONENT = make_component("incident_tour", "tour")
