"""The download: the rows of the view, exactly those on the page and in their order, as CSV."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard.load import Shown
from pipeline.brief.table import write_csv
from pipeline.tables.columns import INCIDENTS, SHORT_EXPORT

COLUMNS = {"Short": SHORT_EXPORT, "All columns": tuple(column.name for column in INCIDENTS.columns)}


def draw_download(shown: Shown) -> None:
    """Draw the download of what is shown, in its order."""
    view, many = shown.view, shown.counts().shown
    with st.popover("Download", icon=":material/download:", key="download"):
        st.markdown(f"**{many:,} incidents** as CSV, in the order of the table")
        st.caption(view.in_words(), width=320)
        chosen = st.segmented_control("Columns", list(COLUMNS), default="Short", required=True, key="columns")
        spreadsheet = st.toggle(
            "For a spreadsheet", key="spreadsheet",
            help="Puts an apostrophe before text that a spreadsheet would take for a formula.",
        )  # fmt: skip
        name = f"incidents{'' if chosen == 'Short' else '-all-columns'}{'-spreadsheet' if spreadsheet else ''}.csv"
        st.download_button(
            f"Download {name}", partial(_write, shown, COLUMNS[chosen], spreadsheet=spreadsheet), file_name=name,
            mime="text/csv", type="primary", on_click="ignore", disabled=not many, key="save", width="stretch",
        )  # fmt: skip


def _write(shown: Shown, columns: Sequence[str], *, spreadsheet: bool) -> bytes:
    """Write the file, once it is asked for."""
    return write_csv(shown.store.rows(shown.view), columns, spreadsheet=spreadsheet)
