"""What the page shows, how it is to be read, what lies behind it and whom to thank."""

import streamlit as st

from dashboard.choice import leave_link
from dashboard.load import load_store
from pipeline.tables.columns import TABLES

READING = """
News articles are read by rules, sentence by sentence. What several articles tell of one incident is brought together,
and every value keeps the words it was read from. Open an incident to see its sentence marked in the article.

- **Days** are never more exact than the article: "in March" is drawn as a bar over the whole month and listed as
  2023-03. A filter keeps what *can* have happened in the days asked, and says how many certainly did.
- **Places** known to the province or district only are hollow and lie in a ring as wide as the doubt. What is known to
  the country only, or not at all, has no point: it is in the tray above the map.
- **Numbers** are what articles say. "At least 19" has no upper end; *not stated* is never zero. Sums add the lows, the
  bests and the highs apart, and say how many incidents have no figure. A part of a wave is not added to the wave.
- **Stories** are independent texts: a report printed by five outlets is one story.
- **Verification** says how an incident is attested: *corroborated* needs two independent stories, *party claim* means
  that only a side to the conflict says so.
"""
CREDITS = """
Place names and coordinates: [GeoNames](https://www.geonames.org), licensed under
[CC BY 4.0](https://creativecommons.org/licenses/by/4.0/). Base map: Natural Earth, public domain.

**Boundaries, names and their spelling on the map are not authoritative** and express no opinion about the status of
any country or territory.

Nothing on this page is fetched from another host: the map, its letters and all data come from this server.
"""


def draw_about() -> None:
    """Draw the page about the data."""
    store = load_store()[0]
    if "choice" in st.session_state:
        leave_link()
    st.title("About the data", anchor=False)
    left, right = st.columns([55, 45], gap="large")
    with left:
        st.markdown("#### How to read it")
        st.markdown(READING)
        st.markdown("#### Credits and borders")
        st.markdown(CREDITS)
    with right:
        st.markdown("#### Tables")
        lines = [f"| `{table.name}` | {store.size(table.name):,} | {table.about} |" for table in TABLES]
        st.markdown("\n".join(["| table | rows | a row for |", "|---|---:|---|", *lines]))
        st.caption("Each is published as CSV and Parquet, with a data package that describes every column.")
