"""Incidents as rows to pick from: the table of the view, and the short lists of what has no day, no place or no turn.

A row that is picked opens its incident; the table marks the incident that is open, wherever it was picked.
"""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.choice import is_new

Columns = dict[str, Any]
MOST_ROWS = 5_000
ROW_HEIGHT = 32
TABLE = "table"
_KILLED_HELP = "19+ at least 19 · 30 max: up to 30 · 50 ±: about 50 · empty: not stated, which is not zero"
_TEXT = st.column_config.TextColumn
_IN_TABLE = {
    "when": _TEXT("When", width=150, help="As exact as the article: 2023-03 is some day in March 2023."),
    "where": _TEXT("Where", width=125),
    "what": _TEXT("What", width=110),
    "who": _TEXT("Perpetrator", width=105),
    "killed": _TEXT("Killed", width=56, alignment="right", help=_KILLED_HELP),
    "injured": _TEXT("Injured", width=60, alignment="right"),
    "stories": st.column_config.NumberColumn("Stories", width=60, help="Independent stories; copies count once."),
    "verification": _TEXT("Verification", width=100),
    "sentence": _TEXT("Source sentence", width=420),
    "outlet": _TEXT("Outlet", width=120),
}  # fmt: skip
_IN_LISTS = {
    "title": _TEXT("Incident", width=192),
    "when": _TEXT("When", width=118),
    "killed": _TEXT("Killed", width=56, alignment="right", help=_KILLED_HELP),
}


def take_pick(key: str) -> str | None:
    """Give the incident that was just picked in the rows drawn under `key`, or None."""
    state = st.session_state.get(key)
    place = _find_place(state) if state else None
    ids: list[str] = st.session_state.get(f"{key} ids", [])
    if not is_new(key, place) or place is None or place >= len(ids):
        return None
    return ids[place]


def draw_table(shown: list[str], cells: pd.DataFrame, selected: str, of: int) -> None:
    """Draw the first rows of a view of `of` incidents; `cells` has a row for each of `shown`."""
    place = shown.index(selected) if selected in shown else None
    _set_place(TABLE, place)
    _draw(
        TABLE, shown, cells, _IN_TABLE, ["single-row", "single-cell"], height=min(len(shown) + 1, 13) * ROW_HEIGHT + 3
    )
    if of > len(shown):
        st.caption(
            f"The first {len(shown):,} of {of:,} rows are listed; the timeline, the map and the download hold "
            "all. Narrow the filters to list the others."
        )


def draw_list(key: str, ids: list[str], cells: pd.DataFrame, *, most_height: int = 420) -> None:
    """Draw a short list of incidents, none of them marked."""
    _set_place(key, None)
    height = min((len(ids[:MOST_ROWS]) + 1) * ROW_HEIGHT + 3, most_height)
    _draw(key, ids[:MOST_ROWS], cells.head(MOST_ROWS), _IN_LISTS, ["single-cell"], height=height)


def _draw(key: str, ids: list[str], cells: pd.DataFrame, columns: Columns, modes: list[Any], *, height: int) -> None:
    """Draw rows, any cell of which picks its row."""
    st.session_state[f"{key} ids"] = ids
    st.dataframe(
        cells[list(columns)], key=key, hide_index=True, height=height, row_height=ROW_HEIGHT, placeholder="",
        column_config=columns, on_select="rerun", selection_mode=modes,
        alt="Incidents" if key == TABLE else "Incidents to choose from",
    )  # fmt: skip


def _set_place(key: str, place: int | None) -> None:
    """Mark the row at `place`, without taking our own mark for a click of the reader."""
    state = st.session_state.get(key)
    selection = state["selection"] if state else {}
    if selection.get("cells") or list(selection.get("rows", [])) != ([] if place is None else [place]):
        st.session_state[key] = {"selection": {"rows": [] if place is None else [place], "columns": [], "cells": []}}
    is_new(key, place)


def _find_place(state: Any) -> int | None:  # noqa: ANN401  a state of Streamlit, or a dictionary in tests
    """Give the position of the row that was picked; a click on a cell outdoes the row that is marked."""
    selection = state["selection"]
    cells, rows = selection.get("cells"), selection.get("rows")
    if cells:
        return int(cells[0][0])
    return int(rows[0]) if rows else None
