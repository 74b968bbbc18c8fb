"""Flatten the records of a build into the rows of the published tables.

A row holds typed cells: str, int, float, date, or None where the article states nothing. Rows are sorted, so the same
records give the same rows whatever order they came in.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import attrgetter

from pipeline.model import Aggregate, Article, Incident, Issue, Mention, Removed, Report, Story
from pipeline.tables.candidate import Candidate
from pipeline.tables.codes import CODES, list_words
from pipeline.tables.columns import Column, Table
from pipeline.tables.decision import Decided
from pipeline.tables.shelf import list_known

Cell = str | int | float | date | None
Row = tuple[Cell, ...]
Roots = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """All the records that one build publishes; every report's article is among `articles`."""

    articles: Sequence[Article]
    stories: Sequence[Story]
    incidents: Sequence[Incident]
    aggregates: Sequence[Aggregate] = ()
    issues: Sequence[Issue] = ()
    removed: Sequence[Removed] = ()
    candidates: Sequence[Candidate] = ()
    decisions: Sequence[Decided] = ()


def list_rows(table: Table, edition: Edition) -> list[Row]:
    """Give the sorted rows of one table; raises ValueError where two rows share a key or a code is in no list."""
    rows = [tuple(read_cell(c, roots) for c in table.columns) for roots in ROOTS[table.name](edition)]
    names = [c.name for c in table.columns]
    key = names.index(table.key)
    if len(keys := {row[key] for row in rows}) < len(rows):
        seen = [row[key] for row in rows]
        twice = next(k for k in keys if seen.count(k) > 1)
        raise ValueError(f"{table.name}: two rows share {table.key} {twice}: each record needs a place of its own")
    order = [names.index(name) for name in table.sort]
    return sorted(rows, key=lambda row: [(row[i] is None, row[i] or 0) for i in order])


def read_cell(column: Column, roots: Roots) -> Cell:
    """Give the typed cell of a column, None where nothing is stated.

    >>> read_cell(Column("n", "int", "issue.start", ""), {"issue": Issue(kind="limit", message="", to_do="", start=0)})
    0
    """
    first, within = split_path(column.path)
    value = roots[first]
    if within is None or value is None:
        return type_cell(column, value)
    try:
        return type_cell(column, within(value))
    except AttributeError as error:
        if error.obj is None:  # on the way to the value nothing is stated
            return None
        raise


@cache
def split_path(path: str) -> tuple[str, Callable[[object], object] | None]:
    """Give the root of a path and what reads the rest of it; made once for each, as a table has millions of cells."""
    first, _, rest = path.partition(".")
    return first, attrgetter(rest) if rest else None


def type_cell(column: Column, value: object) -> Cell:
    """Give a value of a record as the cell of its column.

    >>> type_cell(Column("latitude", "float", "", "", decimals=5), 34.5281312)
    34.52813
    >>> type_cell(Column("corrected", "list", "", ""), ("city", "venue"))
    'city | venue'
    """
    if value is None or value in ("", ()):
        return None
    if isinstance(value, str):
        if column.type == "date":
            return date.fromisoformat(value)
        check_codes(column, (value,))
        return clean(value)
    if isinstance(value, tuple):
        check_codes(column, value)
        return clean(" | ".join(value))
    if isinstance(value, float):
        return round(value, column.decimals) + 0.0  # never -0.0
    if isinstance(value, int | date):
        return float(value) if column.type == "float" and isinstance(value, int) else value
    raise TypeError(f"{column.name} cannot hold {value!r}")


def check_codes(column: Column, words: tuple[str, ...]) -> None:
    """Raise ValueError where a column of codes holds a word that its list lacks."""
    if column.codes and not known_words(column.codes).issuperset(words):
        strange = min(set(words) - known_words(column.codes))
        raise ValueError(f"{column.name}: {strange!r} is not in its code list ({column.codes})")


@cache
def known_words(codes: str) -> frozenset[str]:
    """Give the words of a code list, as a set."""
    return frozenset(list_words(codes))


def clean(text: str) -> str:
    """Give text that UTF-8 can hold: half a surrogate pair, which a broken JSON file may carry, becomes "?"."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def format_cell(column: Column, cell: Cell) -> str:
    """Write a cell as CSV has it: nothing for None, ISO dates, floats without exponent.

    >>> format_cell(Column("latitude", "float", "", "", decimals=5), 34.5)
    '34.5'
    >>> format_cell(Column("similarity", "float", "", "", decimals=5), 1.0), format_cell(Column("n", "int", "", ""), 0)
    ('1.0', '0')
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        whole, _, part = f"{cell:.{column.decimals}f}".partition(".")
        return f"{whole}.{part.rstrip('0') or '0'}"
    return str(cell)


def incident_roots(edition: Edition) -> Iterator[Roots]:
    """Lay out each incident with its leading report and that report's article."""
    articles = {a.article_id: a for a in list_known(edition.articles)}
    for incident in edition.incidents:
        article = articles[incident.leading.article_id]
        yield {"incident": incident, "report": incident.leading, "article": article} | facts_roots(incident)


def facts_roots(teller: Incident | Report) -> Roots:
    """Lay out the facts of an incident or report."""
    days = teller.facts.days
    return {"facts": teller.facts, "date_precision": days.precision if days else "unknown"}


def report_roots(edition: Edition) -> Iterator[Roots]:
    """Lay out each report with its incident."""
    for incident in edition.incidents:
        for report in incident.reports:
            rules = tuple(f"{column}: {rule}" for column, rule in report.rules if rule)
            ours: Roots = {"incident": incident, "report": report, "article": report, "rules": rules}
            yield ours | facts_roots(report)


def mention_roots(edition: Edition) -> Iterator[Roots]:
    """Lay out each sentence of each report, once."""
    for incident in edition.incidents:
        for report in incident.reports:
            for mention in {m.sentence.start: m for m in reversed(report.mentions)}.values():
                ours: Roots = {"incident": incident, "report": report, "article": report, "mention": mention}
                yield ours | {"mention_id": name_mention(report, mention)}


def name_mention(report: Report, mention: Mention) -> str:
    """Give the id of a mention: its report and where its sentence starts."""
    return f"{report.report_id}:{mention.sentence.start}"


def figure_roots(edition: Edition) -> Iterator[Roots]:
    """Lay out each figure with the mention whose sentence says it."""
    for incident in edition.incidents:
        for report in incident.reports:
            mention_of = {m.sentence.no: name_mention(report, m) for m in reversed(report.mentions)}
            name = Namer()
            for figure in report.figures:
                figure_id = name(f"{report.report_id}:{figure.start}:{figure.measure}")
                ours: Roots = {"report": report, "figure": figure, "figure_id": figure_id}
                yield ours | {"mention_id": mention_of.get(figure.sentence_no)}


class Namer:
    """Tells twins apart: the second thing of one name gets ~2, the third ~3.

    >>> name = Namer()
    >>> name("a"), name("b"), name("a")
    ('a', 'b', 'a~2')
    """

    def __init__(self) -> None:
        self.seen: dict[str, int] = {}

    def __call__(self, name: str) -> str:
        """Give the name, marked where it was given before."""
        times = self.seen[name] = self.seen.get(name, 0) + 1
        return name if times == 1 else f"{name}~{times}"


def article_roots(edition: Edition) -> Iterator[Roots]:
    """Lay out each article with its place among the copies; an article of no story is its own."""
    stories = {s.article_id: s for s in edition.stories}
    for article in edition.articles:
        alone = Story(article_id=article.article_id, story_id=article.article_id)
        published = article.published
        yield {
            "article": article,
            "story": stories.get(article.article_id, alone),
            "text_sha256": hashlib.sha256(article.text.encode("utf-8", "replace")).hexdigest(),
            "words": len(article.text.split()),
            "published_latest": published.last if published and published.basis == "inferred" else None,
        }


def aggregate_roots(edition: Edition) -> Iterator[Roots]:
    """Lay out each total over many incidents."""
    name = Namer()
    for total in sorted(edition.aggregates, key=lambda a: (a.article_id, a.start, a.unit, a.count or 0)):
        yield {"aggregate": total, "article": total, "aggregate_id": name(f"{total.article_id}:{total.start}")}


def issue_roots(edition: Edition) -> Iterator[Roots]:
    """Lay out each issue once, under an id made of what it is about, so that better wording does not change it."""
    name = Namer()
    for issue in sorted(set(edition.issues), key=repr):
        about = (issue.kind, issue.article_id, issue.report_id, issue.incident_id, issue.start, issue.end, issue.words)
        seal = hashlib.sha256(repr(about).encode("utf-8", "replace")).hexdigest()
        yield {"issue": issue, "issue_id": name(f"{issue.kind}:{seal[:12]}")}


def removed_roots(edition: Edition) -> Iterator[Roots]:
    """Lay out each id that is gone."""
    return ({"removed": removed} for removed in edition.removed)


def candidate_roots(edition: Edition) -> Iterator[Roots]:
    """Lay out each thing that a person should look at."""
    return ({"candidate": candidate} for candidate in edition.candidates)


def decision_roots(edition: Edition) -> Iterator[Roots]:
    """Lay out each decision of a person."""
    return ({"decision": decision} for decision in edition.decisions)


def code_roots(_: Edition) -> Iterator[Roots]:
    """Lay out each word of the code lists."""
    return ({"code_id": f"{name}:{code.word}", "list": name, "code": code} for name in CODES for code in CODES[name])


ROOTS: dict[str, Callable[[Edition], Iterator[Roots]]] = {
    "incidents": incident_roots,
    "reports": report_roots,
    "mentions": mention_roots,
    "figures": figure_roots,
    "articles": article_roots,
    "aggregates": aggregate_roots,
    "issues": issue_roots,
    "removed": removed_roots,
    "candidates": candidate_roots,
    "decisions": decision_roots,
    "codes": code_roots,
}
