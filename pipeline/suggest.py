"""Read articles for a person who has not yet taken them in: what incidents they would give, and nothing published.

Each article is kept aside as the record that would be taken in, and read from there, so that what is shown is what a
build makes of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from pipeline import __version__
from pipeline.curation.ids import Registry, assign_ids
from pipeline.incidents.copies import mark_signed
from pipeline.incidents.doubts import tie_issues, word_doubts
from pipeline.incidents.merge import merge_reports
from pipeline.intake.articles import read_articles
from pipeline.intake.fetch import Fetched, fetch_page
from pipeline.intake.inputs import ARTICLES
from pipeline.intake.keep import keep_article, keep_fetched, keep_raw
from pipeline.model import Article, Issue
from pipeline.readings import Tell, read_all
from pipeline.tables.columns import AGGREGATES, INCIDENTS, ISSUES, MENTIONS, REPORTS
from pipeline.tables.columns import ARTICLES as READ
from pipeline.tables.rows import Edition, list_rows

SHOWN = (READ, INCIDENTS, REPORTS, MENTIONS, AGGREGATES, ISSUES)
Cells = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """What articles would give: rows of the tables by the name of the table, and the record of each article."""

    tables: dict[str, list[Cells]]
    records: dict[str, str]  # article_id -> the file that holds its record


def suggest_incidents(
    inputs: Sequence[str], stage: Path, tell: Tell, taken: Path = ARTICLES, cached: bool = True
) -> Suggestions:
    """Read files or addresses of pages; raises RefusedError for an address that is not fetched.

    Records are kept in `stage`, under names that are free in the folder `taken`.
    """
    found, amiss = list[tuple[Article, Fetched | None]](), list[Issue]()
    for one in inputs:
        articles, trouble, page = open_input(one, stage, tell)
        found += [(article, page) for article in articles]
        amiss += trouble
    records: dict[str, str] = {}
    kept: list[Article] = []
    for article, page in found:
        path = keep_article(article, stage / "records", beside=(taken,))
        if page is not None:
            keep_raw(page, path)
        again, trouble = open_file(path)
        kept += again
        records |= {one.article_id: str(path) for one in again}
        amiss += [issue for issue in trouble if issue not in amiss]
    return Suggestions(tables=show_tables(make_edition(kept, amiss, tell, cached)), records=records)


def open_input(one: str, stage: Path, tell: Tell) -> tuple[list[Article], list[Issue], Fetched | None]:
    """Give the articles of a file, or of a page that is fetched first, what is amiss with them, and the page."""
    if not one.startswith(("http://", "https://")):
        tell("Opening articles", 0, 0)
        return *open_file(Path(one)), None
    tell("Fetching the page", 0, 0)
    page = fetch_page(one)
    articles, amiss = open_file(keep_fetched(page, stage / "fetched"))
    return [replace(article, url=trust_url(article.url, page.url)) for article in articles], amiss, page


def open_file(path: Path) -> tuple[list[Article], list[Issue]]:
    """Give the articles of a file, and what is amiss with them."""
    found = list(read_articles((path,)))
    return [one for one in found if isinstance(one, Article)], [one for one in found if isinstance(one, Issue)]


def trust_url(said: str, fetched: str) -> str:
    """Give the address that a page gives itself where it lies on the site it came from, else that it came from.

    >>> trust_url("https://a.example/x", "https://a.example/x?from=feed")
    'https://a.example/x'
    >>> trust_url("https://b.example/", "https://a.example/y")
    'https://a.example/y'
    """
    try:
        return said if urlsplit(said).hostname == urlsplit(fetched).hostname else fetched
    except ValueError:  # what a page says of itself need be no address at all
        return fetched


def make_edition(articles: Sequence[Article], amiss: Sequence[Issue], tell: Tell, cached: bool) -> Edition:
    """Read and merge as a build does, with no decisions and no ids of old."""
    read = read_all(articles, cached, tell)
    readings, stories = read.readings, mark_signed(read.signatures)
    tell("Gathering incidents", 0, 0)
    merged, doubts = merge_reports(readings, articles, stories)
    named = assign_ids(merged, Registry(), __version__)
    issues = [*amiss, *(issue for reading in readings for issue in reading.issues)]
    return Edition(
        articles=articles,
        stories=stories,
        incidents=named.incidents,
        aggregates=[total for reading in readings for total in reading.aggregates],
        issues=tie_issues([*issues, *word_doubts(doubts, named.names, named.incidents)], named.incidents),
    )


def show_tables(edition: Edition) -> dict[str, list[Cells]]:
    """Give the rows as a program takes them: days in ISO 8601, None where nothing is stated."""
    return {
        table.name: [
            {
                column.name: cell.isoformat() if isinstance(cell, date) else cell
                for column, cell in zip(table.columns, row, strict=True)
            }
            for row in list_rows(table, edition)
        ]
        for table in SHOWN
    }
