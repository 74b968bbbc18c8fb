"""The articles behind an incident: when each was published, where it is to be read, and how a sentence is cited."""

from datetime import date

import pandas as pd

from dashboard.facts import Row, read_rows
from dashboard.fragment import Span, link_sentence
from dashboard.words import shorten

LONGEST_TITLE = 160


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
    days = say_day(first) if last in ("", first) else f"{say_day(first)} – {say_day(last)}"
    return days + basis.get(str(article.get("published_basis")), "")


def find_article(articles: pd.DataFrame, row: Row) -> Row:
    """Give the row of the article that a report is from; where there is none, what the incident says of it."""
    article_id = row.get("article_id") or row.get("source_article_id")
    found = read_rows(articles[articles["article_id"] == article_id])
    if found:
        return found[0]
    names = ("title", "outlet", "url", "published")
    return {"article_id": article_id, "story_id": article_id} | {name: row.get(f"source_{name}", "") for name in names}


def cite(article: Row, text: str, span: Span) -> Row:
    """Give what names an article, with a link to the sentence, and the sentence as one quotes it."""
    link = link_sentence(str(article.get("url") or ""), text, span)
    outlet, title = str(article.get("outlet") or ""), shorten(str(article.get("title") or ""), LONGEST_TITLE)
    published = say_published(article)
    named = [f"“{title}”" if title else "", outlet, published, link or str(article["article_id"])]
    return {
        "article": str(article["article_id"]),
        "at": span[0],
        "outlet": outlet or "outlet not stated",
        "title": title,
        "published": published,
        "link": link,
        "quote": f"“{' '.join(text[slice(*span)].split())}”\n— {', '.join(part for part in named if part)}",
    }


def say_day(iso: str) -> str:
    """Say a day that is written YYYY-MM-DD; anything else stays as it is."""
    try:
        day = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return f"{day.day} {day:%b} {day.year}"
