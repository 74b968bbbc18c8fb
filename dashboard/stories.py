"""The articles behind the incidents as stories, each with its copies folded under it, and what each article yielded.

A page of stories is asked of the tables at a time, so that a hundred thousand articles are as quick as ten.
"""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.chart_look import count_of
from dashboard.component import make_component
from dashboard.load import Shown
from dashboard.look import ONLY, Look, choose_look, take_widget
from pipeline.brief.cells import find_link

A_PAGE = 40  # stories
# Goes on from the tables that `Store.ask` names: what each article yielded.
YIELDED = """, told AS (SELECT article_id, count(*) AS reports, count(DISTINCT incident_id) AS incidents
FROM all_reports GROUP BY 1), summed AS (SELECT article_id, count(*) AS totals FROM all_aggregates GROUP BY 1),
doubts AS (SELECT article_id, count(*) AS issues FROM all_issues WHERE article_id <> '' GROUP BY 1),
yielded AS (SELECT a.*, coalesce(reports, 0) AS reports, coalesce(incidents, 0) AS incidents,
coalesce(totals, 0) AS totals, coalesce(issues, 0) AS issues FROM all_articles a LEFT JOIN told USING (article_id)
LEFT JOIN summed USING (article_id) LEFT JOIN doubts USING (article_id)) """
CONDITIONS = {
    "": "true",
    "nothing": "incidents = 0 AND totals = 0",
    "copies": "story_id IN (SELECT story_id FROM all_articles WHERE copy_of <> '')",
    "issues": "issues > 0",
}
SEARCHED = "lower(strip_accents(concat_ws(chr(10), title, outlet, author, article_id, url)))"
COUNTED = f"""SELECT count(*) AS articles, count(DISTINCT story_id) AS stories,
count(*) FILTER (copy_of <> '') AS copies,
count(*) FILTER ({CONDITIONS["nothing"]}) AS nothing,
count(*) FILTER (issues > 0) AS issues FROM yielded"""
Row = dict[str, Any]


def draw_stories(shown: Shown, look: Look) -> None:
    """Draw the list of stories, with what is asked of it."""
    _draw_asking({str(name): count for name, count in shown.ask(YIELDED + COUNTED).to_dict("records")[0].items()})
    condition, parameters = say_condition(look)
    found = int(shown.ask(f"{YIELDED}SELECT count(DISTINCT story_id) AS n FROM yielded WHERE {condition}", *parameters)
                ["n"].iloc[0])  # fmt: skip
    pages = max(1, -(-found // A_PAGE))
    page = min(look.page, pages)
    if not found:
        st.info("No article fits. Search for fewer words, or choose All.", icon=":material/filter_alt_off:")
        return
    rows = find_stories(shown, look, page)
    folded = not (look.q or look.only == "copies")
    _COMPONENT(key="stories", data={"stories": rows, "open": not folded}, on_pick_change=_open_picked)
    with st.container(horizontal=True, vertical_alignment="center", key="stories-foot"):
        first = (page - 1) * A_PAGE + 1
        st.caption(f"Stories {first:,}–{min(first + A_PAGE - 1, found):,} of {found:,}, the newest first.")
        st.space("stretch")
        if pages > 1:
            key = f"look_page {page}"  # a widget for each page shown, so that the link can set it
            st.pagination(pages, default=page, key=key, on_change=_turn_page, args=(key,))


def say_condition(look: Look) -> tuple[str, tuple[str, ...]]:
    """Give the condition that the articles of a list fulfil, and its parameters.

    >>> say_condition(Look(only="issues"))
    ('issues > 0', ())
    """
    words = look.q.split()
    parts = [CONDITIONS[look.only], *(f"contains({SEARCHED}, lower(strip_accents(?)))" for _ in words)]
    return " AND ".join(parts[1:] if look.only == "" and words else parts), tuple(words)


def find_stories(shown: Shown, look: Look, page: int) -> list[Row]:
    """Give the stories of one page, newest first, each as the article that leads it and its copies."""
    condition, parameters = say_condition(look)
    rows = shown.ask(
        f"{YIELDED}, wanted AS (SELECT story_id, max(published) AS day FROM yielded WHERE {condition} GROUP BY 1 "
        f"ORDER BY day DESC NULLS LAST, story_id LIMIT {A_PAGE} OFFSET {(page - 1) * A_PAGE}) "
        "SELECT yielded.*, day FROM wanted JOIN yielded USING (story_id) "
        "ORDER BY day DESC NULLS LAST, story_id, copy_of <> '', similarity DESC, article_id",
        *parameters,
    )
    stories: dict[str, Row] = {}
    for row in rows.to_dict("records"):
        article = show_article({str(key): value for key, value in row.items()})
        if row["story_id"] in stories:
            stories[row["story_id"]]["copies"].append(article)
        else:
            stories[row["story_id"]] = article | {"copies": []}
    return list(stories.values())


def show_article(row: Row) -> Row:
    """Give what the list shows of an article."""
    alike: str = "" if pd.isna(row["similarity"]) else f", {row['similarity']:.0%} alike"
    numbers = {name: int(row[name]) for name in ("incidents", "totals", "issues")}
    return {
        "id": row["article_id"],
        "title": row["title"] or row["article_id"],
        "outlet": row["outlet"] or "outlet not stated",
        "published": write_published(row),
        "copy": f"{row['copy_kind']} copy{alike}" if row["copy_of"] else "",
        "words": "" if pd.isna(row["words"]) else f"{int(row['words']):,}",
        "link": find_link(row["url"]),
        **numbers,
    }


def write_published(row: Row) -> str:
    """Write when an article was published, short, with its doubt.

    >>> write_published({"published": "2023-05-01", "published_latest": "2023-06-30", "published_basis": "inferred"})
    '2023-05-01 – 06-30, inferred'
    >>> write_published({"published": "2023-05-19", "published_latest": ""}), write_published({"published": ""})
    ('2023-05-19', 'day not stated')
    """
    first, last = str(row.get("published") or "")[:10], str(row.get("published_latest") or "")[:10]
    if not first or first in ("None", "NaT", "nan"):
        return "day not stated"
    span = first
    if last not in ("", first, "None", "NaT", "nan"):
        span = f"{first} – {last[5:] if last[:4] == first[:4] else last}"
    return f"{span}, inferred" if row.get("published_basis") == "inferred" else span


def read_day(iso: object) -> date | None:
    """Give a day that is written YYYY-MM-DD, None for anything else."""
    try:
        return date.fromisoformat(str(iso)[:10])
    except ValueError:
        return None


def _draw_asking(counts: Row) -> None:
    """Draw the search, the choice of articles, and what there is in all."""
    look: Look = st.session_state.look
    st.session_state.look_q, st.session_state.look_only = look.q, look.only
    numbers = {"": counts["articles"], "nothing": counts["nothing"], "issues": counts["issues"]}
    with st.container(horizontal=True, vertical_alignment="center", key="stories-head"):
        st.text_input("Search articles", key="look_q", placeholder="Title, outlet, author or id",
                      icon=":material/search:", label_visibility="collapsed", width=300,
                      on_change=take_widget, args=("q",))  # fmt: skip
        st.segmented_control(
            "Articles that", list(ONLY), key="look_only", required=True, label_visibility="collapsed",
            format_func=lambda one: ONLY[one] + (f" · {numbers[one]:,}" if one in numbers else ""),
            on_change=take_widget, args=("only",),
        )  # fmt: skip
        st.space("stretch")
        told = f"{count_of(counts['articles'], 'article')} in {count_of(counts['stories'], 'story', 'stories')}"
        copies = f"{counts['copies']:,} {'is a copy' if counts['copies'] == 1 else 'are copies'}"
        st.caption(f"{told}; {copies}.", width="content",
                   help="Copies of one text count as one story, however many outlets print it.")  # fmt: skip


def _turn_page(key: str) -> None:
    """Show another page of the list."""
    choose_look(page=st.session_state[key])


def _open_picked() -> None:
    """Open the article that was picked in the list."""
    picked = st.session_state["stories"].get("pick")
    if isinstance(picked, str) and picked:
        choose_look(article=picked, at=-1, page=st.session_state.look.page)


_COMPONENT = make_component("incident_stories", "story_list")
