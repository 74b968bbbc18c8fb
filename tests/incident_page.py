"""A page with nothing but one incident, for the tests of it: served by Streamlit, or run by its AppTest."""

from pathlib import Path

import streamlit as st

from dashboard.choice import get_choice, open_link, write_link
from dashboard.incident import draw_incident
from dashboard.load import Shown, load_store

STYLE = Path(__file__).parent.parent / "dashboard" / "style.css"


def draw_page() -> None:
    """Draw the incident that the link names, in a panel as on the page."""
    st.set_page_config(layout="wide")
    st.html(STYLE)
    store, stamp = load_store()
    for name, usual in (("wide", 440), ("tall", 700)):
        st.session_state.setdefault(name, int(st.query_params.get(name, usual)))
    open_link(picked=False)
    write_link()
    with st.container(height=st.session_state.tall, border=True, key="panel", width=st.session_state.wide):
        draw_incident(
            Shown(store, stamp, get_choice().view), get_choice().incident, dark=st.context.theme.type == "dark"
        )


if __name__ == "__main__":
    draw_page()
