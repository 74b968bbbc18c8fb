"""A page with nothing but the timeline and the link it writes, for the tests of the timeline in a browser."""

import streamlit as st

from dashboard.choice import get_choice, open_link, write_link
from dashboard.load import Shown, load_store
from dashboard.timeline import draw_timeline, take_timeline


def draw_page() -> None:
    """Draw the timeline, and say what is asked."""
    st.set_page_config(layout="wide")
    store, stamp = load_store()
    open_link(picked=False)
    take_timeline(Shown(store, stamp, get_choice().view))
    write_link()
    shown = Shown(store, stamp, get_choice().view)
    draw_timeline(shown)
    counted = shown.counts()
    st.text(f"{counted.shown} shown, {counted.certain} certain, {shown.view.in_words()}, open {get_choice().incident}")


if __name__ == "__main__":
    draw_page()
