"""The download: the rows of the view, exactly those on the page and in their order, as CSV."""

from functools import partial

import pandas as pd
import streamlit as st

from pipeline.brief.table import write_csv
from pipeline.tables.columns import INCIDENTS, SHORT_EXPORT
from pipeline.view import View

COLUMNS = {"Short": SHORT_EXPORT, "All columns": tuple(column.name for column in INCIDENTS.columns)}


def draw_download(rows: pd.DataFrame, view: View) -> None:
    """Draw the download of `rows`, which `view` has selected and put in order."""
    with st.popover("Download", icon=":material/download:", key="download"):
        st.markdown(f"**{len(rows):,} incidents** as CSV, in the order of the table")
        st.caption(view.in_words(), width=320)
        chosen = st.segmented_control("Columns", list(COLUMNS), default="Short", required=True, key="columns")
        spreadsheet = st.toggle(
            "For a spreadsheet", key="spreadsheet",
            help="Puts an apostrophe before text that a spreadsheet would take for a formula.",
        )  # fmt: skip
        name = f"incidents{'' if chosen == 'Short' else '-all-columns'}{'-spreadsheet' if spreadsheet else ''}.csv"
        st.download_button(
            f"Download {name}", partial(write_csv, rows, COLUMNS[chosen], spreadsheet=spreadsheet), file_name=name,
            mime="text/csv", type="primary", on_click="ignore", disabled=rows.empty, key="save", width="stretch",
        )  # fmt: skip
