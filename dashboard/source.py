"""The sentence an incident was read from, inside its article, with outlet, day and link."""

import html
from datetime import date

import pandas as pd
import streamlit as st

from dashboard.excerpt import write_excerpt
from dashboard.facts import Row
from dashboard.words import escape_html, find_link
from pipeline.tables.load import Tables, read_text


def draw_source(tables: Tables, row: Row) -> None:
    """Draw where an incident was read."""
    article_id = str(row["source_article_id"])
    text = read_text(tables.folder, article_id)
    start, end = int(row["source_start"]), int(row["source_end"])  # type: ignore[call-overload]
    if text is None:
        body = f"<p><mark>{html.escape(str(row['source_sentence']))}</mark></p>"
    else:
        others = _find_others(tables.mentions, str(row["incident_id"]), article_id)
        body = write_excerpt(text, (start, end), others, whole=bool(st.session_state.get("whole")))
    origin = _write_origin(tables.articles, row)
    st.html(
        f'<div class="incident"><div class="source">{origin}<div class="article" dir="auto">{body}</div></div></div>'
    )
    if text is not None and len(text) > 2 * (end - start) + 1300:
        st.toggle("Show the whole article", key="whole")


def say_published(article: Row) -> str:
    """Say when an article was published, and how that is known.

    >>> say_published({"published": "2023-05-19", "published_basis": "given"})
    '19 May 2023'
    >>> say_published({"published": "2023-05-01", "published_latest": "2023-06-30", "published_basis": "inferred"})
    '1 May 2023 – 30 Jun 2023 (inferred from the text)'
    >>> say_published({})
    'day not stated'
    """
    first, last = str(article.get("published") or ""), str(article.get("published_latest") or "")
    basis = {"inferred": " (inferred from the text)", "metadata": " (from the file's metadata)"}
    if not first:
        return "day not stated"
    days = _say_day(first) if last in ("", first) else f"{_say_day(first)} – {_say_day(last)}"
    return days + basis.get(str(article.get("published_basis")), "")


def find_article(articles: pd.DataFrame, article_id: str) -> Row:
    """Give the row of an article, empty where there is none."""
    found = articles[articles["article_id"] == article_id].to_dict("records")
    return {str(key): value for key, value in found[0].items()} if found else {}


def write_link(url: str, words: str) -> str:
    """Write a link that leaves the page, or nothing where the address is not one to follow.

    >>> write_link("javascript:alert(1)", "Open")
    ''
    """
    safe = find_link(url)
    if not safe:
        return ""
    return f'<a href="{html.escape(safe)}" target="_blank" rel="noopener noreferrer">{html.escape(words)}</a>'


def _write_origin(articles: pd.DataFrame, row: Row) -> str:
    """Write outlet, day, link and title of the article."""
    article = find_article(articles, str(row["source_article_id"])) or {"published": row["source_published"]}
    outlet = escape_html(row["source_outlet"] or "outlet not stated")
    link = write_link(str(row["source_url"]), "Open article ↗")
    return (
        f'<div class="origin"><strong>{outlet}</strong><span>{html.escape(say_published(article))}</span>{link}</div>'
        f'<div class="headline">{escape_html(row["source_title"])}</div>'
    )


def _find_others(mentions: pd.DataFrame, incident_id: str, article_id: str) -> list[tuple[int, int]]:
    """Give the sentences of an article that speak of an incident."""
    found = mentions[(mentions["incident_id"] == incident_id) & (mentions["article_id"] == article_id)]
    return [(int(a), int(b)) for a, b in zip(found["sentence_start"], found["sentence_end"], strict=True)]


def _say_day(iso: str) -> str:
    """Say a day that is written YYYY-MM-DD; anything else stays as it is."""
    try:
        day = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return f"{day.day} {day:%b} {day.year}"
