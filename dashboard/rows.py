"""Incidents as rows to pick from: a Streamlit component of our own table, for the table of the page and short lists.

A row that is picked opens its incident; the row of the incident that is open is marked and brought into sight. Only
the rows of one page go to the browser, as text, in the order of the view, so that what is seen is what is exported.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.choice import get_choice, is_new, sort_by, turn_page
from dashboard.columns import COLUMNS, TableColumn
from dashboard.component import make_component
from pipeline.view import ORDERS

A_PAGE = 200
TABLE = "table"
_IN_LISTS = (TableColumn("title", "Incident", "What happened, and where.", "title"), COLUMNS["when"], COLUMNS["killed"])


@dataclass(frozen=True, slots=True)
class RowPage:
    """Some rows of a longer list: their ids and cells, where they begin in it, and how long it is."""

    ids: Sequence[str]
    cells: Sequence[Sequence[str]]
    first: int
    of: int


def take_pick(key: str) -> str | None:
    """Give the incident that was just picked in the rows drawn under `key`, or None; other wishes are fulfilled."""
    state = st.session_state.get(key)
    act = dict(state).get("act") if state else None
    kind, value, nonce = read_act(act)
    if not is_new(key, nonce) or not nonce or "choice" not in st.session_state:
        return None
    if kind == "open":
        return str(value)
    if kind == "order":
        sort_by(str(value))
    elif kind == "page":
        turn_page(int(value))
    return None


def read_act(sent: object) -> tuple[str, str | int, int]:
    """Read what the browser says was done, to what, and its number; what is of no known form is nothing.

    >>> read_act({"kind": "open", "value": "a:1", "nonce": 7}), read_act({"kind": "order", "value": "x", "nonce": 7})
    (('open', 'a:1', 7), ('', '', 0))
    """
    if not isinstance(sent, Mapping):
        return "", "", 0
    kind, value, nonce = (sent.get(name) for name in ("kind", "value", "nonce"))
    if not isinstance(nonce, int):
        return "", "", 0
    if kind == "page" and isinstance(value, int) and value > 0:
        return kind, int(value), nonce
    if not isinstance(value, str) or not value:
        return "", "", 0
    if kind == "open" or (kind == "order" and value in ORDERS):
        return kind, value, nonce
    return "", "", 0


def draw_list(key: str, ids: list[str], cells: pd.DataFrame, *, most_height: int = 420, of: int = 0) -> None:
    """Draw a short list of incidents, in the order given; of a long one, which has `of` in all, the first."""
    of = max(of, len(ids))
    names = [column.key for column in _IN_LISTS]
    page = RowPage(ids[:A_PAGE], cells[names].head(A_PAGE).to_numpy().tolist(), 0, of)
    note = f"The first {A_PAGE:,} of {of:,}; narrow the filters to list the others." if of > A_PAGE else ""
    draw_rows(key, page, _IN_LISTS, label="Incidents to choose from", height=most_height, note=note, sortable=False)


def draw_rows(
    key: str, page: RowPage, columns: Sequence[TableColumn], *, label: str, height: int, note: str = "",
    sortable: bool = True,
) -> None:  # fmt: skip
    """Draw rows under `key`, no higher than `height` pixels."""
    choice = get_choice()
    st.session_state[f"{key} ids"] = list(page.ids)
    data: dict[str, Any] = asdict(page) | {
        "columns": [_head(column, choice.view.order if sortable else None) for column in columns],
        "rows": [[one, *cells] for one, cells in zip(page.ids, page.cells, strict=True)],
        "open": choice.incident,
        "page": page.first // A_PAGE + 1,
        "pages": -(-page.of // A_PAGE) if sortable else 1,
    }
    del data["ids"], data["cells"]
    data |= {"label": label, "height": height, "note": note}
    _COMPONENT(key=key, data=data, on_act_change=_do_nothing)


def _head(column: TableColumn, order: str | None) -> dict[str, str]:
    """Give the head of a column; without an order its click does nothing."""
    ways, asked = ("", "") if order is None else column.find_order(order)
    return {"label": column.label, "about": column.about, "kind": column.kind, "sorted": ways, "next": asked}


def _do_nothing() -> None:
    """Stand for a state of the component, which Streamlit knows by its callback."""


_COMPONENT = make_component("incident_rows", "row_list")
