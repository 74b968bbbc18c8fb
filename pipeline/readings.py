"""Read every article once: take from the cache what was read before, and go on past an article that fails.

The language model takes seconds to load, so it is loaded only when there is something new to read.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pipeline.cache import READINGS, Cache, name_reader, open_cache
from pipeline.model import Article, Issue, Reading
from pipeline.text.words import SeedError

if TYPE_CHECKING:
    from pipeline.reports.language import Tools

Tell = Callable[[str, int, int], None]  # what is done now, how much of it is done, and of how much (0: not known)


def read_all(articles: Sequence[Article], cached: bool, tell: Tell) -> list[Reading]:
    """Give the readings of the articles, in their order."""
    cache = open_cache(READINGS, name_reader()) if cached else Cache(None)
    found = [cache.find(article) for article in articles]
    readings = []
    for done, (article, known) in enumerate(zip(articles, found, strict=True)):
        readings.append(known or _read_and_keep(article, cache, tell))
        tell("Reading articles", done + 1, len(articles))
    return readings


def _read_and_keep(article: Article, cache: Cache, tell: Tell) -> Reading:
    """Read one article and keep the reading; a failure is not kept, so that a mended reader tries again."""
    from pipeline.reports.read import read_article

    tools = _load_tools(tell)
    try:
        reading = read_article(article, tools)
    except SeedError:
        raise
    except Exception as error:  # whatever a strange text makes the reader stumble over costs this article only
        return Reading(article_id=article.article_id, issues=(_word_failure(article, error),))
    cache.keep(article, reading)
    return reading


def _load_tools(tell: Tell) -> "Tools":
    """Load what the reader needs; once for each process."""
    from pipeline.reports.language import load_tools

    if not load_tools.cache_info().currsize:
        tell("Loading the language model and the gazetteer", 0, 0)
    return load_tools()


def _word_failure(article: Article, error: Exception) -> Issue:
    """Word that the reader failed on an article.

    >>> _word_failure(Article(article_id="a", text="", source="a.txt"), ValueError("odd")).message
    'a.txt was left out: the reader failed on it (ValueError: odd).'
    """
    name = article.source or article.article_id
    why = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return Issue(
        kind="unreadable",
        message=f"{name} was left out: the reader failed on it ({why}).",
        to_do="Report this, with the article.",
        article_id=article.article_id,
        words=name,
    )
