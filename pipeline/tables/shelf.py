"""Keep the texts of articles on disk, as they will be published, and in memory only what else is known of them.

A million articles are a few gigabytes of text, of which a build looks at one after the other.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.model import Article
from pipeline.tables.texts import name_text


class Shelf(Sequence[Article]):
    """Articles in the order they came in; each is whole when it is asked for."""

    def __init__(self, folder: Path) -> None:
        """Begin an empty shelf in a new folder."""
        folder.mkdir()
        self.folder = folder
        self.known: list[Article] = []

    def add(self, article: Article) -> None:
        """Put the text of an article on the disk; ids must differ."""
        (self.folder / name_text(article.article_id)).write_bytes(article.text.encode("utf-8", "replace"))
        self.known.append(replace(article, text=""))

    def read_text(self, article: Article) -> str:
        """Give the text of an article on this shelf."""
        return (self.folder / name_text(article.article_id)).read_bytes().decode("utf-8")

    def settle(self) -> None:
        """See all texts to the disk at once: a call for each would take longer than the reading."""
        os.sync()

    def __len__(self) -> int:
        """Give how many there are."""
        return len(self.known)

    def __getitem__(self, number: Any) -> Any:  # noqa: ANN401  numbers only: slices are not asked for
        """Give one article, whole."""
        article = self.known[number]
        return replace(article, text=self.read_text(article))

    def __iter__(self) -> Iterator[Article]:
        """Give each article, whole, and hold none."""
        return (self[number] for number in range(len(self)))


def list_known(articles: Sequence[Article]) -> Sequence[Article]:
    """Give what is known of articles, without the texts of those on a shelf."""
    return articles.known if isinstance(articles, Shelf) else articles
