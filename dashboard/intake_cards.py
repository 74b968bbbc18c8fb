"""What articles would give, before they join: each article with its incidents, totals and doubts, to take or leave."""

from typing import Any
from urllib.parse import quote

import streamlit as st

from dashboard.cells import write_place
from dashboard.load import Shown
from dashboard.say import say_days, say_toll
from dashboard.stories import read_day, write_published
from dashboard.words import escape_html, escape_markdown

Row = dict[str, Any]
TAKE, LEAVE = "Take in", "Leave out"
SAME = (
    "SELECT incident_id, title FROM shown WHERE city <> '' AND city = ? "
    "AND date_start <= ?::DATE AND date_end >= ?::DATE ORDER BY incident_id LIMIT 3"
)
NEW = (
    "SELECT incident_id, title FROM all_incidents WHERE incident_id IN "
    "(SELECT incident_id FROM all_reports WHERE article_id = ?) ORDER BY date_start, incident_id"
)


def draw_suggestions(shown: Shown, found: Row) -> list[str]:
    """Draw every article that was read, and give those that are to be taken in."""
    tables, taken = found["tables"], []
    articles = tables["articles"]
    lost = [one for one in tables["issues"] if one["kind"] == "unreadable"]
    for issue in lost:
        st.warning(escape_markdown(f"{issue['message']} {issue['to_do']}"), icon=":material/visibility_off:")
    if not articles:
        return []
    count = len(tables["incidents"])
    st.markdown(f"**{len(articles)} article{'' if len(articles) == 1 else 's'} read, {count or 'no'} "
                f"incident{'' if count == 1 else 's'} found.** Nothing of it has joined yet.")  # fmt: skip
    for article in articles:
        with st.container(border=True, key=f"read-{article['article_id']}"):
            if _draw_article(shown, article, tables):
                taken.append(article["article_id"])
    return taken


def _draw_article(shown: Shown, article: Row, tables: Row) -> bool:
    """Draw one article with what it gives; give whether it is to be taken in."""
    mine = article["article_id"]
    there = shown.ask("SELECT article_id FROM all_articles WHERE text_sha256 = ?", article["text_sha256"])["article_id"]
    reports = [one for one in tables["reports"] if one["article_id"] == mine]
    titles = {one["incident_id"]: one["title"] for one in tables["incidents"]}
    totals = [one for one in tables["aggregates"] if one["article_id"] == mine]
    with st.container(horizontal=True, vertical_alignment="center", key=f"head-{mine}"):
        st.markdown(f"##### {escape_markdown(article['title'] or mine)}", width="stretch")
        choice = st.segmented_control("Decision", [TAKE, LEAVE], default=LEAVE if len(there) else TAKE, required=True,
                                      key=f"take-{mine}", label_visibility="collapsed")  # fmt: skip
    parts = [
        article["outlet"] or "outlet not stated",
        write_published(article),
        f"{article['words']:,} words",
        article["url"],
    ]
    st.caption(" · ".join(escape_markdown(str(part)) for part in parts if part))
    if len(there):
        st.warning(
            f"This very text is in the tables already, as {escape_markdown(there.iloc[0])}.",
            icon=":material/content_copy:",
        )
    said = "".join(write_suggestion(one, titles.get(one["incident_id"], ""), _find_same(shown, one)) for one in reports)
    said += "".join(
        '<div class="jot total"><div><strong>Total, no incident</strong>'
        f"<span>{escape_html(one['statement'])}</span></div></div>"
        for one in totals
    )
    st.html(f'<div class="sources given">{said or "No incident and no total was read in it."}</div>')
    _draw_doubts([one for one in tables["issues"] if one["article_id"] == mine])
    return bool(choice == TAKE)


def write_suggestion(report: Row, title: str, same: list[tuple[str, str]]) -> str:
    """Write one incident that an article would give: what, when, where, how many, and the sentence it was read from."""
    days = say_days(read_day(report["date_start"]), read_day(report["date_end"]))
    place = write_place({name: value or "" for name, value in report.items()}) or "place not stated"
    facts = " · ".join(escape_html(one) for one in (days, place, report["perpetrator"], say_toll(report)) if one)
    known = "; ".join(
        f'<a href="./?incident={quote(one, safe="")}" target="_blank">{escape_html(name)}</a>' for one, name in same
    )
    return (
        f'<div class="jot lead"><div><strong>{escape_html(title)}</strong><span>{facts}</span>'
        f'<p class="para"><mark class="lead">{escape_html(report["sentence"])}</mark></p>'
        + (f"<span>Known for these days and this town: {known}</span>" if known else "")
        + "</div></div>"
    )


def _find_same(shown: Shown, report: Row) -> list[tuple[str, str]]:
    """Give the incidents in the tables that lie in the same town on the same days."""
    if not report["city"] or not report["date_start"]:
        return []
    rows = shown.ask(SAME, report["city"], report["date_end"], report["date_start"])
    return list(zip(rows["incident_id"], rows["title"], strict=True))


def _draw_doubts(issues: list[Row]) -> None:
    """Draw what could not be read in an article."""
    if not issues:
        return
    with st.expander(f"{len(issues)} thing{'' if len(issues) == 1 else 's'} could not be read, or need a person"):
        for issue in issues:
            words = f"“{issue['words']}” " if issue["words"] else ""
            st.markdown(escape_markdown(f"{words}{issue['message']} {issue['to_do']}"))


def draw_built(shown: Shown, built: str, article_ids: list[str]) -> None:
    """Draw what a build made, and the incidents that the new articles tell of."""
    st.success(f"The tables are built anew: {escape_markdown(built)}.", icon=":material/check_circle:")
    for article_id in article_ids:
        rows = shown.ask(NEW, article_id)
        links = [f"- [{escape_markdown(title)}](./?incident={quote(one, safe='')})"
                 for one, title in zip(rows["incident_id"], rows["title"], strict=True)]  # fmt: skip
        st.markdown("\n".join([f"**{escape_markdown(article_id)}** tells of:", *(links or ["- no incident"])]))
