"""The articles behind the incidents: what each yielded, the totals they state, what could not be read, and new ones."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pandas as pd
import streamlit as st

from dashboard.article import draw_article
from dashboard.choice import leave_link
from dashboard.intake import draw_intake
from dashboard.load import Shown, load_store
from dashboard.look import LISTS, Look, choose_look, get_look, open_look, take_widget, write_look
from dashboard.stories import draw_stories
from pipeline.tables.store import Store
from pipeline.view import View

MOST = 2_000  # rows of a table
TOTALS = (
    "SELECT * FROM all_aggregates WHERE "
    "contains(lower(concat_ws(' ', statement, unit, place, claimant, article_id)), ?)"
)
ISSUES = (
    "SELECT * FROM all_issues WHERE (kind = ? OR ? = '') AND "
    "contains(lower(concat_ws(' ', message, words, article_id, incident_id)), ?)"
)
_TEXT = st.column_config.TextColumn
_NUMBER = st.column_config.NumberColumn
_LINK = st.column_config.LinkColumn


def draw_sources() -> None:
    """Draw the page of sources."""
    store, stamp = load_store()
    if "choice" in st.session_state:
        leave_link()
    look = open_look()
    write_look()
    st.html(Path(__file__).with_name("sources.css"))
    with st.container(horizontal=True, vertical_alignment="center", key="sources-title"):
        st.title("Sources", anchor=False, width="content")
        _draw_lists(store, look)
    shown = Shown(store, stamp, View())
    if look.list == "add":
        draw_intake(shown)
    elif look.article:
        draw_article(store, look)
    elif look.list == "totals":
        _draw_totals(shown, look)
    elif look.list == "issues":
        _draw_issues(shown, look)
    else:
        draw_stories(shown, look)


def _draw_lists(store: Store, look: Look) -> None:
    """Draw the choice among the lists."""
    labels = {
        "articles": f"Articles · {store.size('articles'):,}",
        "totals": f"Totals · {store.size('aggregates'):,}",
        "issues": f"Issues · {store.size('issues'):,}",
        "add": ":material/add: Add articles",
    }
    st.session_state.look_list = look.list
    st.segmented_control("List", LISTS, key="look_list", format_func=labels.__getitem__, required=True,
                         label_visibility="collapsed", on_change=_choose_list)  # fmt: skip


def _choose_list() -> None:
    """Show another list, from its beginning."""
    choose_look(list=st.session_state.look_list, article="", at=-1, q="", only="", kind="")


def _draw_totals(shown: Shown, look: Look) -> None:
    """Draw the totals, which are no incidents."""
    _draw_search("Search totals", "Words of the statement, a place or who counts")
    st.caption(
        "What articles sum up over many incidents, such as a year's count. They are never shown as incidents. "
        "Click a row to read it in its article."
    )
    rows = shown.ask(f"{TOTALS} ORDER BY article_id, sentence_start LIMIT {MOST + 1}", look.q.strip().lower())
    _draw_rows("totals", rows, {
        "count": _NUMBER("Count", width=75), "unit": _TEXT("Of", width=110), "place": _TEXT("Place", width=130),
        "since": _TEXT("Since", width=95), "until": _TEXT("Until", width=95),
        "killed_low": _NUMBER("Killed, at least", width=105),
        "claimant": _TEXT("Who counts", width=150), "statement": _TEXT("Statement", width=440),
        "article_id": _TEXT("Article", width=180),
    })  # fmt: skip


def _draw_issues(shown: Shown, look: Look) -> None:
    """Draw what could not be read, and what a person should settle."""
    kinds = shown.ask("SELECT kind, count(*) AS n FROM all_issues GROUP BY 1 ORDER BY 2 DESC, 1")
    counts = dict(zip(kinds["kind"], kinds["n"], strict=True))
    st.session_state.look_kind = look.kind if look.kind in counts else ""
    with st.container(horizontal=True, vertical_alignment="center", key="issues-head"):
        _draw_search("Search issues", "Words, an article or an incident")
        st.segmented_control(
            "Kind", ["", *counts], key="look_kind", required=True, label_visibility="collapsed",
            format_func=lambda kind: f"{kind.replace('_', ' ').capitalize()} · {counts[kind]:,}" if kind else "All",
            on_change=take_widget, args=("kind",),
        )  # fmt: skip
    st.caption(
        "What an article says and the machine could not read, or should not decide; nothing of it was guessed. "
        "Click a row to see the words in their article."
    )
    kind = look.kind if look.kind in counts else ""
    rows = shown.ask(f"{ISSUES} ORDER BY kind, article_id, start LIMIT {MOST + 1}", kind, kind, look.q.strip().lower())
    opened = rows["incident_id"].map(lambda name: f"./?incident={quote(str(name), safe='')}" if name else None)
    _draw_rows("issues", rows.assign(kind=rows["kind"].str.replace("_", " "), opened=opened), {
        "kind": _TEXT("Kind", width=110), "message": _TEXT("What", width=400), "words": _TEXT("Words", width=180),
        "to_do": _TEXT("What to do", width=280), "article_id": _TEXT("Article", width=180),
        "opened": _LINK("Incident", display_text="Open ↗", width=80),
    })  # fmt: skip


def _draw_search(label: str, hint: str) -> None:
    """Draw the search of a list."""
    st.session_state.look_q = get_look().q
    st.text_input(label, key="look_q", placeholder=hint, icon=":material/search:", label_visibility="collapsed",
                  width=340, on_change=take_widget, args=("q",))  # fmt: skip


def _draw_rows(key: str, rows: pd.DataFrame, columns: dict[str, Any]) -> None:
    """Draw a table that fills the page, whose rows open their article; or say that it is empty."""
    if rows.empty:
        st.info("There are none." if not get_look().q else "None fits. Search for fewer words.")
        return
    listed = rows.head(MOST)
    st.session_state["look ids"] = list(listed["article_id"])
    starts = listed["start" if key == "issues" else "sentence_start"]
    st.session_state["look starts"] = [-1 if pd.isna(start) else int(start) for start in starts]
    height = min((len(listed) + 1) * 32 + 3, 640)
    st.dataframe(listed[list(columns)], column_config=columns, hide_index=True, height=height, row_height=32,
                 placeholder="", key=key, on_select=lambda: _open_row(key), selection_mode="single-cell")  # fmt: skip
    if len(rows) > MOST:
        st.caption(f"The first {MOST:,} are listed: search to find others. The published tables hold all.")


def _open_row(key: str) -> None:
    """Open the article of the row that was clicked, at its words."""
    cells = st.session_state[key]["selection"]["cells"]
    ids = st.session_state["look ids"]
    if cells and cells[0][0] < len(ids) and ids[cells[0][0]]:
        choose_look(article=ids[cells[0][0]], at=st.session_state["look starts"][cells[0][0]])
