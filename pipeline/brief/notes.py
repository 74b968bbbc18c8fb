"""Footnotes: each leads to an outlet, a day and the sentence itself, and one sentence has one number in a file.

Every file numbers its own footnotes, in the order in which it speaks.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from pipeline.brief.cells import find_link, straighten


@dataclass(frozen=True, slots=True)
class Note:
    """Where something is said: the sentence is an exact piece of the article; `remark` is ours."""

    article_id: str
    sentence: str
    outlet: str = ""
    title: str = ""
    published: date | None = None
    url: str = ""
    remark: str = field(default="", compare=False)  # such as that a person corrected the figure

    @property
    def source(self) -> str:
        """Give outlet and day, as a footnote begins."""
        outlet = self.outlet or self.title or self.article_id
        return (
            f"{outlet}, {self.published.day} {self.published:%B %Y}" if self.published else f"{outlet}, no day stated"
        )

    @property
    def text(self) -> str:
        """Give the whole footnote in words."""
        said = f"{self.source}: “{self.sentence}”"
        return f"{said} {self.remark}" if self.remark else said


@dataclass(slots=True)
class Footnotes:
    """The footnotes of one file, in the order of their numbers from 1."""

    notes: list[Note] = field(default_factory=list)
    _places: dict[tuple[str, str], int] = field(default_factory=dict)

    def number(self, note: Note) -> int:
        """Give the number of a footnote, a new one where its sentence has none yet."""
        key = (note.article_id, note.sentence)
        if key not in self._places:
            self.notes.append(note)
            self._places[key] = len(self.notes)
        return self._places[key]

    def numbers(self, notes: Iterable[Note]) -> list[int]:
        """Give the numbers of several footnotes, each once."""
        return list(dict.fromkeys(self.number(note) for note in notes))


def read_note(row: Mapping[str, object], prefix: str = "", remark: str = "") -> Note:
    """Read a footnote from a row that has an article's cells beside a sentence.

    `prefix` is "source_" for a row of `incidents`.

    >>> read_note({"article_id": "a", "sentence": "A  bomb.", "outlet": "Post", "published": date(2023, 3, 1)}).text
    'Post, 1 March 2023: “A bomb.”'
    """
    cells = {name: clean(row.get(f"{prefix}{name}")) for name in ("article_id", "sentence", "outlet", "title", "url")}
    return Note(
        article_id=cells["article_id"],
        sentence=cells["sentence"],
        outlet=cells["outlet"],
        title=cells["title"],
        published=read_day(row.get(f"{prefix}published")),
        url=find_link(cells["url"]),
        remark=remark,
    )


def read_day(cell: object) -> date | None:
    """Read a day of the tables, None where none is stated.

    >>> read_day(pd.Timestamp("2023-03-01")), read_day(pd.NaT), read_day("2023-03-01"), read_day("")
    (datetime.date(2023, 3, 1), None, datetime.date(2023, 3, 1), None)
    """
    if cell is None or cell == "" or pd.isna(cell):  # type: ignore[call-overload]
        return None
    return pd.Timestamp(str(cell)).date()


def clean(cell: object) -> str:
    r"""Give the words of a cell in one line, without what turns the direction of text or no XML can hold.

    >>> clean("a\u202e\n b"), clean(None)
    ('a b', '')
    """
    words = "" if cell is None else straighten(str(cell))
    return " ".join("".join(one for one in words if one.isspace() or unicodedata.category(one) != "Cc").split())
