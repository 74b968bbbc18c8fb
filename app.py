"""The page: incidents on a timeline and a map, each beside the sentence it was read from. Run with `make app`.

Streamlit starts this file once as the server, and runs it again to draw the page for each reader.
"""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

if get_script_run_ctx(suppress_warning=True) is None:
    from dashboard.service.serve import list_middleware, list_routes, run_beside

    app = st.App(__file__, routes=list_routes(), middleware=list_middleware(), lifespan=run_beside)
else:
    from dashboard.page import draw_page

    draw_page()
