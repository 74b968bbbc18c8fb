"""The eras and milestones behind the timeline: those of the country that most of the incidents shown are in."""

from datetime import date
from pathlib import Path

import streamlit as st

from dashboard.bins import day_number
from dashboard.load import Shown
from dashboard.words import escape_markdown
from pipeline.tables.eras import Era, EraError, find_eras, read_eras

COUNTRY = "SELECT country_code FROM shown WHERE country_code <> '' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"


def find_bands(shown: Shown, first: date, last: date) -> list[dict[str, object]]:
    """Give what to draw behind the days first..last: names and days, an open end closed by `last`."""
    path = find_eras(shown.store.folder)
    if path is None:
        return []
    country = next(iter(shown.ask(COUNTRY)["country_code"]), "")
    return [
        {
            "name": era.name,
            "note": era.note,
            "days": [day_number(era.first), day_number(era.last or max(last, era.first))],
            "open": era.last is None,
            "milestone": era.is_milestone,
        }
        for era in _read(path, path.stat().st_mtime_ns)
        if era.first <= last and (era.last or last) >= first and (not era.countries or country in era.countries)
    ]


@st.cache_resource(max_entries=8, show_spinner=False)
def _read(path: Path, changed: int) -> tuple[Era, ...]:
    """Read a list once, and say on the page what is wrong with it."""
    try:
        return read_eras(path)
    except EraError as error:
        st.warning(f"The timeline has no eras: {escape_markdown(str(error))}", icon=":material/event_busy:")
        return ()
