"""One article as it was read: its text, what each sentence of it gave, and what could not be read."""

from typing import Any
from urllib.parse import quote

import pandas as pd
import streamlit as st

from dashboard.annotate import FIRST, Mark, Note, write_annotated
from dashboard.component import make_component
from dashboard.look import Look, choose_look
from dashboard.say import say_days, say_toll
from dashboard.stories import read_day, write_published
from dashboard.words import escape_html, escape_markdown
from pipeline.brief.cells import find_link
from pipeline.tables.load import read_text
from pipeline.tables.store import Store

Row = dict[str, Any]
KEYS = {
    "lead": "the sentence an incident was read from",
    "told": "speaks of it too",
    "total": "a total over many incidents: no incident",
    "doubt": "could not be read, or needs a person",
}
LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SCROLL = make_component("incident_scroll", "article_scroll")


def draw_article(store: Store, look: Look) -> None:
    """Draw the article that is open, or say that there is none."""
    st.button("Back to the list", icon=":material/arrow_back:", type="tertiary", key="article-close",
              on_click=choose_look, kwargs={"article": "", "at": -1, "page": look.page})  # fmt: skip
    found = _records(store.find("articles", "article_id", [look.article]))
    if not found:
        st.warning(f"There is no article {escape_markdown(look.article)} in these tables.", icon=":material/link_off:")
        return
    article = found[0]
    st.header(escape_markdown(article["title"] or article["article_id"]), anchor=False)
    _draw_origin(store, article)
    text = read_text(store.folder, look.article)
    if text is None:
        st.info("The text of this article does not lie beside the tables.")
        return
    marks, notes, loose = gather_notes(store, look.article)
    st.html(_write_legend(marks))
    for note in loose:
        st.html(f'<div class="sources"><div class="jot {note.kind} loose"><div>{note.body}</div></div></div>')
    whole = bool(st.session_state.get("article-whole")) or look.at >= FIRST
    st.html(f'<div class="sources read">{write_annotated(text, marks, notes, len(text) if whole else FIRST)}</div>')
    if len(text) > FIRST:
        st.toggle("Show the whole article", key="article-whole")
    if look.at >= 0:
        _SCROLL(key="article-scroll", data={"id": f"at-{look.at}"})


def gather_notes(store: Store, article_id: str) -> tuple[list[Mark], list[Note], list[Note]]:
    """Give the marks of an article, the notes beside them, and those about no words of it."""
    marks, notes = _note_incidents(store, article_id)
    for row in _records(store.find("aggregates", "article_id", [article_id])):
        number = LETTERS[len([n for n in notes if n.kind == "total"]) % 26]
        marks.append(Mark(int(row["sentence_start"]), int(row["sentence_end"]), "total", number))
        notes.append(Note(int(row["sentence_start"]), "total", number, _write_total(row)))
    loose = []
    issues = _records(store.find("issues", "article_id", [article_id]))
    named = _records(store.find("incidents", "incident_id", [row["incident_id"] for row in issues]))
    titles = {row["incident_id"]: row["title"] for row in named}
    for row in issues:
        body = _write_issue(row, titles.get(row["incident_id"], ""))
        note = Note(-1 if pd.isna(row["start"]) else int(row["start"]), "doubt", "?", body)
        if note.start < 0 or pd.isna(row["end"]):
            loose.append(note)
            continue
        marks.append(Mark(note.start, int(row["end"]), "doubt", "?"))
        notes.append(note)
    return marks, sorted(notes, key=lambda note: note.start), loose


def _note_incidents(store: Store, article_id: str) -> tuple[list[Mark], list[Note]]:
    """Give the marks and notes of the incidents that an article tells of, in the order of its text."""
    reports = sorted(
        _records(store.find("reports", "article_id", [article_id])), key=lambda r: int(r["sentence_start"])
    )
    rows = _records(store.find("incidents", "incident_id", [r["incident_id"] for r in reports]))
    titles = {row["incident_id"]: row["title"] for row in rows}
    numbers = {report["report_id"]: str(number) for number, report in enumerate(reports, 1)}
    leads = {(report["report_id"], int(report["sentence_start"])) for report in reports}
    marks, notes = [], []
    for row in _records(store.find("mentions", "article_id", [article_id])):
        start, number = int(row["sentence_start"]), numbers.get(row["report_id"], "")
        kind = "lead" if (row["report_id"], start) in leads else "told"
        marks.append(Mark(start, int(row["sentence_end"]), kind, number))
    for report in reports:
        body = write_report(report, titles.get(report["incident_id"], ""))
        notes.append(Note(int(report["sentence_start"]), "lead", numbers[report["report_id"]], body))
    return marks, notes


def write_report(report: Row, title: str) -> str:
    """Write what an article says of an incident: its title as a link to it, its days and its toll."""
    address = f"./?incident={quote(str(report['incident_id']), safe='')}"
    days = say_days(read_day(report["date_start"]), read_day(report["date_end"]))
    said = f"<span>{escape_html(days)} · {escape_html(say_toll(report))}</span>"
    return f'<a href="{address}" target="_self">{escape_html(title or report["incident_id"])}</a>{said}'


def _write_total(row: Row) -> str:
    """Write a total over many incidents."""
    number: str = "" if pd.isna(row["count"]) else f"{int(row['count']):,} "
    days = " ".join(f"{word} {str(row[word])[:10]}" for word in ("since", "until") if row[word])
    parts = [row["place"], days, f"says {row['claimant']}" if row["claimant"] else ""]
    said = " · ".join(escape_html(part) for part in parts if part)
    return f"<strong>Total: {escape_html((number + str(row['unit'])).strip())}</strong><span>{said}</span>"


def _write_issue(row: Row, title: str) -> str:
    """Write what could not be read, and what to do."""
    kind = str(row["kind"]).replace("_", " ")
    words = f" <q>{escape_html(row['words'])}</q>" if row["words"] else ""
    link = ""
    if row["incident_id"]:
        named = escape_html(title or "the incident")
        link = f' On <a href="./?incident={quote(str(row["incident_id"]), safe="")}" target="_self">{named}</a>'
    return (
        f"<strong>{escape_html(kind.capitalize())}</strong>{words}<span>{escape_html(row['message'])} "
        f"{escape_html(row['to_do'])}{link}</span>"
    )


def _draw_origin(store: Store, article: Row) -> None:
    """Draw where an article is from, and the others that print the same text."""
    link = find_link(article["url"])
    words: str = "" if pd.isna(article["words"]) else f"{int(article['words']):,} words"
    parts = [
        article["outlet"] or "outlet not stated",
        article["author"],
        write_published(article),
        words,
        article["article_id"],
    ]
    with st.container(horizontal=True, vertical_alignment="center", key="article-origin"):
        st.caption(" · ".join(escape_markdown(str(part)) for part in parts if part), width="content")
        if link:
            st.link_button("Open at the publisher", link, icon=":material/open_in_new:", type="tertiary")
    others = [row for row in _records(store.find("articles", "story_id", [article["story_id"]]))
              if row["article_id"] != article["article_id"]]  # fmt: skip
    if not others:
        return
    what = "This is a copy" if article["copy_of"] else "Copies of this"
    with st.expander(f"{what}: {len(others):,} more print{'' if len(others) > 1 else 's'} the story"):
        for row in others[:50]:
            name = f"{row['outlet'] or row['article_id']} · {write_published(row)} · {row['copy_kind'] or 'the first'}"
            st.button(escape_markdown(name), key=f"copy-{row['article_id']}", type="tertiary", on_click=choose_look,
                      kwargs={"article": row["article_id"], "at": -1, "page": st.session_state.look.page})  # fmt: skip


def _write_legend(marks: list[Mark]) -> str:
    """Write what the marks mean, those that occur; or that nothing was read."""
    present = {mark.kind for mark in marks}
    if not present:
        return '<div class="sources legend">Nothing in this article was read as an incident or a total.</div>'
    keys = "".join(
        f'<span><mark class="{kind}">Aa</mark> {words}</span>' for kind, words in KEYS.items() if kind in present
    )
    return f'<div class="sources legend">{keys}</div>'


def _records(frame: pd.DataFrame) -> list[Row]:
    """Give rows as plain records, in the order of the table."""
    return [{str(key): value for key, value in row.items()} for row in frame.astype(object).to_dict("records")]
