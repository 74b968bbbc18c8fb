"""What each outlet says of an incident, in order of publication, in its own words; copies folded under their story."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import pandas as pd

from dashboard.excerpt import WHOLE, Light, Paragraph, Span, cut_excerpt, find_window
from dashboard.facts import Row, read_rows
from dashboard.lights import find_lights, find_span
from dashboard.say import say_toll
from dashboard.source import cite, find_article
from pipeline.tables.load import Tables, read_text

MOST = 60  # stories; a longer list is cut, and says so
BEFORE, AFTER = 160, 420  # characters around the sentence that the incident was read from
BESIDE = 90  # characters around any other sentence


def list_stories(tables: Tables, row: Row, *, whole: bool) -> list[Row]:
    """Give the stories that tell of an incident, the earliest first; `whole` shows all of the article that leads."""
    reports = read_rows(tables.reports[tables.reports["incident_id"] == row["incident_id"]])
    for one in reports:
        one["article"] = find_article(tables.articles, one)
    reports.sort(key=lambda one: (_story(one), not _is_source(one, row), _copied(one), one["article_id"]))
    stories = [list(same) for _, same in groupby(reports, key=_story)]
    stories.sort(key=lambda same: (min(map(_day, same)), _story(same[0])))
    if not stories:
        return [_tell_alone(tables, row)]
    lead = next((same for same in stories if _is_source(same[0], row)), None)
    kept = stories[:MOST] + ([lead] if lead in stories[MOST:] and lead else [])
    return [_tell_story(tables, row, same, whole=whole) for same in kept]


def _tell_story(tables: Tables, row: Row, reports: list[Row], *, whole: bool) -> Row:
    """Give one story: its first telling in its article, and where else the same text stands."""
    first = reports[0]
    told = [one for one in reports if one["article_id"] == first["article_id"]]
    # Several reports of one article may tell of one incident: that of the incident's own sentence leads.
    told.sort(key=lambda one: one["sentence_start"] != row["source_start"])
    copies = [next(same) for _, same in groupby(reports, key=lambda one: str(one["article_id"]))]
    return _tell(tables, row, told, whole=whole) | {
        "copies": [_tell_copy(tables.folder, one) for one in copies if one["article_id"] != first["article_id"]]
    }


def _tell(tables: Tables, row: Row, told: list[Row], *, whole: bool) -> Row:
    """Give what one article says, with its words lit."""
    first, is_source = told[0], _is_source(told[0], row)
    text, shift = _read(tables.folder, first)
    ids = [one["report_id"] for one in told]
    mentions = [_shift(one, shift) for one in read_rows(tables.mentions[tables.mentions["report_id"].isin(ids)])]
    figures = [_shift(one, shift) for one in read_rows(tables.figures[tables.figures["report_id"].isin(ids)])]
    lights: list[Light] = []
    for one in told:
        mine = [[x for x in rows if x["report_id"] == one["report_id"]] for rows in (mentions, figures)]
        lights += find_lights(text, _shift(one, shift), *mine)
    span = find_span(_shift(first, shift))
    lights = _lead_by([one for one in lights if 0 <= one.start < one.end <= len(text)], span, is_source=is_source)
    return cite(first["article"], text, span) | {
        "lead": is_source,
        "says": say_toll(first) if "killed_low" in first else "",
        "whole": is_source and whole,
        "more": is_source and len(text) > span[1] - span[0] + BEFORE + AFTER,
        "text": _cut(text, span, lights, is_source=is_source, whole=is_source and whole),
    }


def _cut(text: str, span: Span, lights: Sequence[Light], *, is_source: bool, whole: bool) -> list[Paragraph]:
    """Cut the pieces of an article that are shown."""
    if whole:
        return cut_excerpt(text, [find_window(text, span, WHOLE, WHOLE)], lights)
    sides = (BEFORE, AFTER) if is_source else (BESIDE, BESIDE)
    windows = [find_window(text, span, *sides)]
    windows += [find_window(text, (one.start, one.end), BESIDE, BESIDE) for one in lights]
    return cut_excerpt(text, windows, lights)


def _lead_by(lights: list[Light], span: Span, *, is_source: bool) -> list[Light]:
    """Let one sentence lead: the one that the incident was read from; all others are marked more faintly."""
    keys = {"lead", "also"}
    leads = [Light(*span, "lead" if is_source else "also")]
    sentences = {(one.start, one.end) for one in lights if one.key in keys}
    also = [Light(*one, "also") for one in sorted(sentences) if one[1] <= span[0] or one[0] >= span[1]]
    return [*leads, *also, *(one for one in lights if one.key not in keys)]


def _tell_copy(folder: Path, report: Row) -> Row:
    """Give where else the text of a story stands."""
    article = report["article"]
    text, shift = _read(folder, report)
    alike = article.get("similarity")
    kind = f"{article.get('copy_kind') or ''} copy".strip() if article.get("copy_of") else "the same text"
    percent = "" if alike is None or pd.isna(alike) else f", {alike:.0%} alike"
    return cite(article, text, find_span(_shift(report, shift))) | {"kind": kind + percent}


def _tell_alone(tables: Tables, row: Row) -> Row:
    """Give the sentence of an incident whose reports are not in the tables."""
    report = {"article_id": row["source_article_id"], "sentence": row["source_sentence"], "report_id": ""} | {
        f"sentence_{end}": row[f"source_{end}"] for end in ("start", "end")
    }
    report["article"] = find_article(tables.articles, row)
    return _tell(tables, row, [report], whole=False) | {"copies": []}


def _read(folder: Path, report: Row) -> tuple[str, int]:
    """Give the text of a report's article, else its sentence alone, and how far that shifts the offsets."""
    text = read_text(folder, str(report["article_id"]))
    start, end = find_span(report)
    if text is None or text[start:end] != report["sentence"]:
        return str(report["sentence"]), start
    return text, 0


def _shift(row: Row, by: int) -> Row:
    """Give a row with its offsets counted from another place."""
    names = ("sentence_start", "sentence_end", "start", "end")
    return row if not by else row | {name: int(row[name]) - by for name in names if name in row}


def _is_source(report: Row, row: Row) -> bool:
    """Say whether a report is of the article that the incident was read from."""
    return bool(report["article_id"] == row["source_article_id"])


def _story(report: Row) -> str:
    """Give the story of a report."""
    return str(report["article"].get("story_id") or report["article_id"])


def _copied(report: Row) -> bool:
    """Say whether a report's article copies another."""
    return bool(report["article"].get("copy_of"))


def _day(report: Row) -> str:
    """Give the day a report's article was published, after all others where none is stated."""
    return str(report["article"].get("published") or "9999")
