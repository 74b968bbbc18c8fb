"""The link of what is shown, to copy, and views that are kept by name.

Views are kept in the reader's browser: several readers share one server without a login, so that a file of the
server's would mix up whose views are whose, and could be written by all. A file takes them to another browser.
"""

from urllib.parse import parse_qs

import streamlit as st

from dashboard.choice import get_choice, open_saved
from dashboard.component import make_component

LONGEST_LINK = 20_000  # characters


def draw_saved() -> None:
    """Draw the button that copies the link, and the views that are kept."""
    _COPY(key="copy-link", data={"label": "Copy link"}, width="content", height="content")
    with st.popover("Saved views", icon=":material/bookmark:", key="saved"), st.container(key="saved-body"):
        choice = get_choice()
        data = {"link": choice.to_url(), "words": choice.view.in_words()}
        _VIEWS(key="saved-views", data=data, on_open_change=_open_kept)


def _open_kept() -> None:
    """Open the view that was picked among those kept."""
    link = st.session_state["saved-views"].get("open")
    if isinstance(link, str) and len(link) <= LONGEST_LINK:
        open_saved(parse_qs(link, keep_blank_values=True))


_COPY = make_component("incident_copy_link", "saved_views", only="copy")
_VIEWS = make_component("incident_saved_views", "saved_views", only="saved")
