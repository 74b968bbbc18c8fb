"""The line that says how far the tables are behind the decisions, and sees when others decide or a build ends."""

from pathlib import Path

import streamlit as st

from dashboard.load import Stamp, find_stamp
from dashboard.rebuild import Rebuild, find_rebuild
from dashboard.words import escape_markdown
from pipeline.curation.log import LogError, SeedError, open_log
from pipeline.curation.place import curation_of_page


def draw_watch(tables: Path, stamp: Stamp, seen: str) -> None:
    """Draw the line; the whole page is drawn anew when the log or the tables are others than those drawn."""
    _watch(str(tables), stamp, seen)


@st.fragment(run_every=2.0)
def _watch(tables: str, stamp: Stamp, seen: str) -> None:
    """Look every other second."""
    rebuild = find_rebuild(Path(tables))
    if find_stamp(Path(tables)) not in (stamp, ()) or _read_last() not in (seen, None):
        st.session_state.review_clicked = True
        st.rerun()
    with st.container(key="review-watch"):
        if rebuild is not None:
            _draw_build(rebuild)


def _read_last() -> str | None:
    """Give the last row of the log, None where it cannot be read."""
    try:
        rows = open_log(curation_of_page()).read()
    except (SeedError, LogError):
        return None
    return rows[-1].row_id if rows else ""


def _draw_build(rebuild: Rebuild) -> None:
    """Draw the build that runs, or why the last one made nothing."""
    job = rebuild.job
    if rebuild.running and job is not None:
        doing = job.steps[-1] if job.steps else "Starting"
        count = f" {job.done:,} of {job.of:,}" if job.of > 1 else ""
        more = " · once more after it" if rebuild.wanted else ""
        st.caption(f":material/sync: Saved. The tables are being built anew: {doing.lower()}{count} …{more}")
    elif rebuild.failure:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.warning(f"Everything is saved; the tables could not be built: {escape_markdown(rebuild.failure)}",
                       icon=":material/sync_problem:")  # fmt: skip
            st.button("Build again", key="review-build", on_click=rebuild.ask)
