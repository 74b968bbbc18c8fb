"""The page of the round trip alone, for the browser tests."""

from pathlib import Path

import streamlit as st

from dashboard.round_trip import draw_spreadsheet

st.set_page_config(layout="wide")
st.html(Path(__file__).parent.parent / "dashboard" / "style.css")
draw_spreadsheet()
