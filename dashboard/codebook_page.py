"""The codebook as a page: every table, column and code with its meaning, drawn from the one list that makes them.

A search keeps the columns and codes that hold all its words; it stands in the link, so that a meaning can be sent.
"""

import html
from collections.abc import Iterable, Sequence

import streamlit as st

from dashboard.choice import leave_link
from dashboard.release import write_fields
from pipeline.tables.codes import CODES, Code
from pipeline.tables.columns import PUBLISHED, Column, Table

TYPES = {"str": "text", "code": "code", "date": "day", "int": "whole number", "float": "number", "list": "list"}
RULES = """
An empty cell means *not stated*, never zero. Days are ISO 8601, ends included. Lists are joined by " | ". Code words
are words, never numbers. A table may gain a column; a column never changes its meaning.
"""


def draw_codebook() -> None:
    """Draw the page of the codebook."""
    leave_link()
    if "codebook_asked" not in st.session_state:
        st.session_state.codebook_asked = st.query_params.get("q", "")
    st.title("Codebook", anchor=False)
    st.markdown(RULES)
    asked = st.text_input(
        "Search columns and codes", key="codebook_asked", icon=":material/search:", width=420,
        placeholder="killed, precision, verification …",
    )  # fmt: skip
    write_fields({"q": asked} if asked else {})
    tables, lists = find_entries(asked)
    columns, words = sum(len(c) for _, c in tables), sum(len(c) for _, c in lists)
    st.html(f'<p class="found" role="status">{columns:,} columns in {len(tables)} tables, {words:,} codes in '
            f"{len(lists)} lists</p>")  # fmt: skip
    if not tables and not lists:
        st.info("No column and no code has these words. Take off a word, or empty the search to see all.")
        return
    st.html(f'<div class="codebook">{_write_contents(tables, lists)}{_write_tables(tables)}{_write_lists(lists)}</div>')


def find_entries(
    asked: str,
) -> tuple[list[tuple[Table, list[Column]]], list[tuple[str, list[Code]]]]:
    """Give the columns, by table, and the codes, by list, that hold all words of a search; all where it is empty.

    >>> tables, lists = find_entries("province capital")
    >>> [c.name for _, columns in tables for c in columns], [(name, codes[0].word) for name, codes in lists]
    ([], [('geo_precision', 'province')])
    """
    words = asked.casefold().split()
    tables = [(table, [c for c in table.columns if _holds(words, table.name, c.name, c.about)]) for table in PUBLISHED]
    lists = [(name, [c for c in codes if _holds(words, name, c.word, c.about, c.acled, c.gtd)])
             for name, codes in CODES.items()]  # fmt: skip
    return [(t, c) for t, c in tables if c], [(n, c) for n, c in lists if c]


def _holds(words: Iterable[str], *texts: str) -> bool:
    """Say whether all words stand in the texts."""
    text = " ".join(texts).casefold()
    return all(word in text for word in words)


def _write_contents(tables: Sequence[tuple[Table, list[Column]]], lists: Sequence[tuple[str, list[Code]]]) -> str:
    """Write links to the tables and lists that are shown."""
    parts = {
        "Tables": [(f"table-{table.name}", table.name) for table, _ in tables],
        "Codes": [(f"codes-{name}", name) for name, _ in lists],
    }
    lines = [f"<p><b>{title}</b> {_write_links(links)}</p>" for title, links in parts.items() if links]
    return f'<nav aria-label="Contents of the codebook">{"".join(lines)}</nav>'


def _write_links(links: Sequence[tuple[str, str]]) -> str:
    """Write links to places of this page."""
    return " ".join(f'<a href="#{anchor}" target="_self">{name}</a>' for anchor, name in links)


def _write_tables(tables: Sequence[tuple[Table, list[Column]]]) -> str:
    """Write each table with its columns."""
    return "".join(
        f'<h2 id="table-{table.name}"><code>{table.name}</code></h2><p>A row for {html.escape(table.about)}. Key: '
        f"<code>{table.key}</code>.</p>"
        + _write_grid(("Column", "Holds", "Meaning"), [_write_column(table, column) for column in columns])
        for table, columns in tables
    )


def _write_column(table: Table, column: Column) -> list[str]:
    """Write the cells of a column's row."""
    kind = TYPES[column.type]
    if column.codes:
        kind = f'<a href="#codes-{column.codes}" target="_self">{kind}</a>'
    if column.name in table.links:
        other, key = table.links[column.name]
        kind += f" → <code>{other}.{key}</code>"
    named = "_" in column.about.split()[0]  # a name keeps its small letter
    meaning = html.escape(column.about if named else column.about[:1].upper() + column.about[1:])
    return [f"<code>{column.name}</code>", kind, f"{meaning}{'. Always filled' if column.required else ''}."]


def _write_lists(lists: Sequence[tuple[str, list[Code]]]) -> str:
    """Write each list of codes; the categories of other data sets stand beside those that have any."""
    written = []
    for name, codes in lists:
        other = any(code.acled or code.gtd for code in codes)
        heads = ("Code", "Meaning", *(("ACLED", "GTD") if other else ()))
        rows = [[f"<code>{html.escape(code.word)}</code>", html.escape(code.about),
                 *((html.escape(code.acled), html.escape(code.gtd)) if other else ())] for code in codes]  # fmt: skip
        written.append(f'<h2 id="codes-{name}">Codes of <code>{name}</code></h2>{_write_grid(heads, rows)}')
    return "".join(written)


def _write_grid(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a table of HTML whose first cells head their rows."""
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    cells = [(first, "".join(f"<td>{cell}</td>" for cell in rest)) for first, *rest in rows]
    lines = [f'<tr><th scope="row">{first}</th>{rest}</tr>' for first, rest in cells]
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
