"""A page for tests that hides nothing: whoever comes may press its button, and the log says whether they may decide."""

import os
from pathlib import Path

import streamlit as st

from dashboard.who import admit_reader, draw_who, find_person
from pipeline.curation.log import Draft, NotAllowedError, open_log

admit_reader()
draw_who()
person = find_person()
st.text(f"here: {person.how or 'nobody'}, may decide: {person.may_curate}")
st.text(person.why_not)
if st.button("Decide", key="decide"):
    try:
        draft = Draft("a:0", "city", "Testa", "Oldtown", "told by the test")
        (row,) = open_log(Path(os.environ["INCIDENT_CURATION"])).append([draft], find_person())
        st.text(f"saved by {row.by}")
    except NotAllowedError as error:
        st.text(f"refused: {error}")
