"""The table of the view: its rows page by page, the columns one wants, in the order that the download has too."""

import streamlit as st

from dashboard.choice import choose_setting, fill_widget, get_choice, get_setting, sort_by
from dashboard.columns import COLUMNS, USUAL, TableColumn, clean_columns, read_columns, write_cells
from dashboard.load import Shown
from dashboard.rows import A_PAGE, TABLE, RowPage, draw_rows
from pipeline.tables.columns import SHORT_EXPORT
from pipeline.view import USUAL_ORDERS

HEIGHT = 420  # pixels
_SETS = {"usual": USUAL, "short export": SHORT_EXPORT, "all": tuple(key for key in COLUMNS if key not in USUAL)}
_ORDERS = {
    "newest": "Newest first", "oldest": "Oldest first", "deadliest": "Most killed first",
    "doubtful": "Most doubtful first",
}  # fmt: skip


def draw_table(shown: Shown) -> None:
    """Draw the table, with how it is sorted and which columns it has above it."""
    columns, of = read_columns(get_setting("cols")), shown.counts().shown
    with st.container(horizontal=True, vertical_alignment="center", key="table-head"):
        st.markdown("#### Table", width="content")
        st.space("stretch")
        _draw_order(columns)
        _draw_columns(columns)
    if not of:
        return
    first = (find_page(shown, of) - 1) * A_PAGE
    rows = shown.rows(A_PAGE, first)
    page = RowPage(list(rows["incident_id"]), write_cells(rows, columns), first, of)
    note = "Click a row to open it, a column’s head to sort."
    draw_rows(TABLE, page, columns, label="Incidents", height=HEIGHT, note=note)


def find_page(shown: Shown, of: int) -> int:
    """Give the page to show: the one that is asked for, else the one with the open incident, else the first."""
    pages = -(-of // A_PAGE)
    if asked := get_setting("page"):
        return min(int(asked), pages)
    place = shown.place(get_choice().incident) if pages > 1 and get_choice().incident else None
    return 1 if place is None else (place.number - 1) // A_PAGE + 1


def say_order(order: str) -> str:
    """Say how an order sorts.

    >>> say_order("-n_stories"), say_order("city")
    ('Stories, falling', 'City, rising')
    """
    named = next((c.label for c in COLUMNS.values() if c.sort == order.removeprefix("-")), order.removeprefix("-"))
    return _ORDERS.get(order) or f"{named[:1].upper()}{named[1:]}, {'falling' if order.startswith('-') else 'rising'}"


def _draw_order(columns: tuple[TableColumn, ...]) -> None:
    """Draw the choice of an order: the usual ones, and both ways of each column that is shown."""
    order = get_choice().view.order
    ways = [way for column in columns if column.sort for way in _find_ways(column)]
    fill_widget("order", order)
    st.selectbox(
        "Sort", list(dict.fromkeys([*USUAL_ORDERS, *ways, order])), key="order", format_func=say_order, width=190,
        label_visibility="collapsed", on_change=_take_order, help="The download has the same order.",
    )  # fmt: skip


def _find_ways(column: TableColumn) -> tuple[str, str]:
    """Give both orders of a column."""
    _, one = column.find_order("")
    return one, column.find_order(one)[1]


def _take_order() -> None:
    """Sort as the choice says."""
    sort_by(st.session_state.order)


def _draw_columns(columns: tuple[TableColumn, ...]) -> None:
    """Draw the choice of columns, in the order in which they are chosen."""
    shown = [column.key for column in columns]
    fill_widget("cols", shown)
    label = "Columns" if tuple(shown) == USUAL else f"Columns · {len(shown)}"
    with st.popover(label, icon=":material/view_column:", key="columns-choice"), st.container(key="columns-body"):
        st.multiselect(
            "Columns, in this order", list(COLUMNS), key="cols", format_func=_name_column, on_change=_take_columns,
            help="Those with an underscore are the columns of the codebook, as an export has them.",
        )  # fmt: skip
        with st.container(horizontal=True, gap="xsmall"):
            for name, keys in _SETS.items():
                st.button(name.capitalize(), key=f"columns-{name}", on_click=choose_setting,
                          args=("cols", clean_columns(",".join(keys))), disabled=tuple(shown) == keys)  # fmt: skip


def _name_column(key: str) -> str:
    """Name a column in the choice."""
    return COLUMNS[key].label


def _take_columns() -> None:
    """Show the columns that are chosen; none is the usual ones."""
    choose_setting("cols", clean_columns(",".join(st.session_state.cols)))
