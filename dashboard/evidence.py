"""What stands behind an incident, folded away: every figure, every other telling, and why each value is what it is."""

import html
from collections.abc import Hashable, Iterable
from typing import Any

import pandas as pd

from dashboard.facts import Row
from dashboard.say import say_number
from dashboard.source import find_article, say_published, write_link
from dashboard.words import escape_html
from pipeline.tables.load import Tables

MOST = 60  # a longer list is cut, and says so


def write_figures(tables: Tables, incident_id: str) -> str:
    """Write every number of people that the reports of an incident give, and who says it."""
    reports = tables.reports.loc[tables.reports["incident_id"] == incident_id, "report_id"]
    figures = tables.figures[tables.figures["report_id"].isin(reports)].to_dict("records")
    lines = [_write_figure(one) for one in figures[:MOST]]
    head = "<tr><th>Measure</th><th>Number</th><th>Words</th><th>Who says so</th></tr>"
    return _fold("Figures", len(figures), f"<table>{head}{''.join(lines)}</table>")


def _write_figure(one: dict[Hashable, Any]) -> str:
    """Write one figure."""
    unweighed = "" if one["counts"] in ("yes", "") else _note(f"not weighed: {_say_code(one['counts'])}")
    return (
        f"<tr><td>{escape_html(_say_code(one['measure']))}</td>"
        f"<td>{escape_html(say_number(one['low'], one['best'], one['high']))}</td>"
        f"<td><q>{escape_html(one['words'])}</q> {escape_html(one['who'])}</td>"
        f"<td>{escape_html(one['claimant'] or _say_code(one['claimant_type']))} {unweighed}</td></tr>"
    )


def _say_code(code: str) -> str:
    """Say a word of a code list."""
    return code.replace("_", " ")


def write_reports(tables: Tables, row: Row) -> str:
    """Write what the other articles say of an incident; copies say so."""
    told = tables.reports[tables.reports["incident_id"] == row["incident_id"]]
    told = told[told["article_id"] != row["source_article_id"]]
    lines = []
    for one in told.head(MOST).to_dict("records"):
        article = find_article(tables.articles, one["article_id"])
        copied = str(article.get("copy_of") or "")
        kind = f"{article.get('copy_kind') or ''} copy of {copied}".strip() if copied else ""
        link = write_link(str(article.get("url") or ""), "Open ↗")
        outlet = escape_html(article.get("outlet") or one["article_id"])
        lines.append(
            f'<div class="report"><div class="origin"><strong>{outlet}</strong>'
            f"<span>{html.escape(say_published(article))}</span>{link}</div>{_note(kind) if kind else ''}"
            f'<p class="article" dir="auto">{html.escape(one["sentence"])}</p></div>'
        )
    return _fold("Told elsewhere", len(told), "".join(lines))


def write_reasons(tables: Tables, row: Row) -> str:
    """Write for each value the words it was read from and the sentences that support it."""
    mentions = tables.mentions[tables.mentions["incident_id"] == row["incident_id"]]
    mentions = mentions[mentions["article_id"] == row["source_article_id"]].head(MOST)
    supports: dict[str, list[str]] = {}
    for fields, sentence in zip(mentions["fields"], mentions["sentence"], strict=True):
        for field in filter(None, str(fields).split(" | ")):
            supports.setdefault(field, []).append(str(sentence))
    lines = [
        f"<tr><td>{escape_html(field.replace('_', ' '))}</td><td>{_write_rule(tables.reports, row, field)}"
        f"{''.join(f'<p>{escape_html(sentence)}</p>' for sentence in dict.fromkeys(sentences))}</td></tr>"
        for field, sentences in supports.items()
    ]
    sure = row["confidence"]
    doubt = "" if pd.isna(sure) else f"<p>How sure the reading is: {float(str(sure)):.0%}.</p>"  # type: ignore[call-overload]
    notes = f"<p>{escape_html(row['notes'])}</p>" if row["notes"] else ""
    issues = tables.issues.loc[tables.issues["incident_id"] == row["incident_id"], "message"].head(MOST)
    open_points = "".join(f"<p>{escape_html(message)}</p>" for message in issues)
    body = f"{doubt}{notes}{open_points}<table>{''.join(lines)}</table><p>{_note(str(row['incident_id']))}</p>"
    return _fold("Why these values", None, body)


def _write_rule(reports: pd.DataFrame, row: Row, field: str) -> str:
    """Write which rule read a field, where the tables tell."""
    if "rules" not in reports:
        return ""
    leading = reports[(reports["incident_id"] == row["incident_id"])
                      & (reports["article_id"] == row["source_article_id"])]  # fmt: skip
    pairs: Iterable[str] = (pair for rules in leading["rules"].head(1) for pair in str(rules).split(" | "))
    found = [rule for column, _, rule in (pair.partition(": ") for pair in pairs) if column == field and rule]
    return _note(f"rule: {found[0].replace('_', ' ')}") if found else ""


def _fold(title: str, count: int | None, body: str) -> str:
    """Write a part that opens on a click; nothing where there is nothing."""
    if count == 0:
        return ""
    number = "" if count is None else f' <span class="count">{count:,}</span>'
    cut = _note(f"The first {MOST} are listed.") if count is not None and count > MOST else ""
    return f"<details><summary>{html.escape(title)}{number}</summary>{body}{cut}</details>"


def _note(words: str) -> str:
    """Write a remark."""
    return f'<span class="note">{escape_html(words)}</span>'
