"""The articles behind the incidents, which of them are copies, the totals they state, and what could not be read."""

from typing import Any
from urllib.parse import quote

import pandas as pd
import streamlit as st

from dashboard.choice import leave_link
from dashboard.load import load_store
from dashboard.words import find_link
from pipeline.tables.store import Store

_TEXT = st.column_config.TextColumn


def draw_sources() -> None:
    """Draw the page of sources."""
    store, _ = load_store()
    if "choice" in st.session_state:
        leave_link()
    st.title("Sources", anchor=False)
    names = {"articles": "Articles", "aggregates": "Totals over many incidents", "issues": "Issues"}
    labels = [f"{name} · {store.size(table):,}" for table, name in names.items()]
    for tab, draw in zip(st.tabs(labels), (_draw_articles, _draw_totals, _draw_issues), strict=True):
        with tab:
            draw(store)


def _draw_articles(store: Store) -> None:
    """Draw the articles, copies beside what they copy."""
    articles = store.whole("articles")
    stories = articles["story_id"].nunique()
    copies = int((articles["copy_of"] != "").sum())
    st.caption(
        f"{len(articles):,} articles tell {stories:,} stories; {copies:,} are copies. "
        "Copies of one text count as one story, however many outlets print it."
    )
    told = store.whole("reports").groupby("article_id").size()
    shown = articles.sort_values(["story_id", "copy_of", "article_id"])
    shown = shown.assign(
        incidents=shown["article_id"].map(told).fillna(0).astype(int),
        link=shown["url"].map(find_link).replace("", None),
    )
    _draw(shown, {
        "story_id": _TEXT("Story", width=150), "title": _TEXT("Title", width=330), "outlet": _TEXT("Outlet", width=130),
        "published": _TEXT("Published", width=95), "published_basis": _TEXT("Day is", width=80),
        "published_latest": _TEXT("or up to", width=95), "copy_kind": _TEXT("Copy", width=75),
        "copy_of": _TEXT("of", width=140), "incidents": st.column_config.NumberColumn("Incidents", width=80),
        "words": st.column_config.NumberColumn("Words", width=70),
        "link": st.column_config.LinkColumn("Link", display_text="Open ↗", width=75),
    })  # fmt: skip


def _draw_totals(store: Store) -> None:
    """Draw the totals, which are no incidents."""
    st.caption("What articles sum up over many incidents, such as a year's count. These are never shown as incidents.")
    _draw(store.whole("aggregates"), {
        "statement": _TEXT("Statement", width=520), "count": st.column_config.NumberColumn("Count", width=75),
        "unit": _TEXT("Unit", width=110), "place": _TEXT("Place", width=120), "since": _TEXT("Since", width=95),
        "until": _TEXT("Until", width=95), "claimant": _TEXT("Who counts", width=150),
        "article_id": _TEXT("Article", width=180),
    })  # fmt: skip


def _draw_issues(store: Store) -> None:
    """Draw what could not be read, and what a person should settle."""
    st.caption(
        "What an article says and the machine could not read, or should not decide. Nothing of this was guessed."
    )
    issues = store.whole("issues")
    kinds = issues["kind"].value_counts()
    kind = st.pills("Kind", list(kinds.index), format_func=lambda name: f"{name.replace('_', ' ')} · {kinds[name]:,}",
                    label_visibility="collapsed", key="kind") if len(kinds) > 1 else None  # fmt: skip
    issues = issues if kind is None else issues[issues["kind"] == kind]
    opened = issues["incident_id"].map(lambda name: f"./?incident={quote(name, safe='')}" if name else None)
    _draw(issues.assign(kind=issues["kind"].str.replace("_", " "), opened=opened), {
        "kind": _TEXT("Kind", width=120), "message": _TEXT("What", width=380), "words": _TEXT("Words", width=200),
        "to_do": _TEXT("What to do", width=280), "article_id": _TEXT("Article", width=170),
        "incident_id": _TEXT("Incident", width=150),
        "opened": st.column_config.LinkColumn("", display_text="Open ↗", width=75),
    })  # fmt: skip


def _draw(rows: pd.DataFrame, columns: dict[str, Any]) -> None:
    """Draw a table that fills the page, or say that it is empty."""
    if rows.empty:
        st.info("There are none.")
        return
    height = min((len(rows.head(5_000)) + 1) * 32 + 3, 640)
    st.dataframe(rows[list(columns)].head(5_000), column_config=columns, hide_index=True, height=height, row_height=32,
                 placeholder="")  # fmt: skip
    if len(rows) > 5_000:
        st.caption(f"The first 5,000 of {len(rows):,} are listed; the published tables hold all.")
