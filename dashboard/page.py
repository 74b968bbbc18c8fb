"""The page: incidents on a timeline and a map, each beside the sentence it was read from.

`app.py` draws it for each reader, at each click.
"""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard.about import draw_about
from dashboard.changes import draw_changes
from dashboard.choice import enter_page
from dashboard.codebook_page import draw_codebook
from dashboard.explore import draw_explore
from dashboard.numbers import draw_numbers
from dashboard.release import enter_release
from dashboard.review import draw_review
from dashboard.round_trip import draw_spreadsheet
from dashboard.service.log import time_event
from dashboard.sources import draw_sources
from dashboard.theme import draw_theme
from dashboard.who import admit_reader, can_read, draw_who


def draw_page() -> None:
    """Draw the page that the link names, for the reader before it."""
    st.set_page_config(page_title="Incidents", page_icon="📍", layout="wide", initial_sidebar_state="expanded")
    st.html(Path(__file__).with_name("style.css"))

    page = st.navigation(
        [
            st.Page(draw_explore, title="Explore", icon=":material/timeline:", default=True),
            st.Page(draw_numbers, title="Numbers", icon=":material/bar_chart:", url_path="numbers"),
            st.Page(draw_review, title="Review", icon=":material/rule:", url_path="review"),
            st.Page(draw_sources, title="Sources", icon=":material/newspaper:", url_path="sources"),
            st.Page(draw_changes, title="What changed", icon=":material/history:", url_path="changes"),
            st.Page(draw_spreadsheet, title="Spreadsheet", icon=":material/table_edit:", url_path="spreadsheet"),
            st.Page(draw_codebook, title="Codebook", icon=":material/menu_book:", url_path="codebook"),
            st.Page(draw_about, title="About", icon=":material/info:", url_path="about"),
        ],
        position="top" if can_read() else "hidden",
    )
    with time_event("run", page=page.url_path or "explore"):
        _draw_parts(page)


def _draw_parts(page: StreamlitPage) -> None:
    """Draw what is before and beside every page, and the page itself."""
    admit_reader()
    enter_page(page.url_path)
    if page.url_path not in ("", "numbers"):  # the pages whose link is not that of the view
        enter_release()
    if page.url_path:  # the page of the link itself reads its link first
        draw_theme()
    page.run()
    if page.url_path in ("", "numbers"):  # the pages that have a sidebar anyway
        draw_who()
