"""Read sources.csv, where a person completes what a file does not say of itself.

It lies in the input's folder or its parent; `file` is a path as seen from there. A malformed file stops the build; a
row about a file that is gone is a doubt to settle.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.dates.stated_days import read_published
from pipeline.intake.inputs import real
from pipeline.model import Issue, Published
from pipeline.text.words import load_words, wrong

NAME = "sources.csv"
COLUMNS = ("file", "title", "outlet", "author", "url", "published", "added_on")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a person wrote of one file."""

    title: str = ""
    outlet: str = ""
    author: str = ""
    url: str = ""
    published: Published | None = None
    added_on: str = ""


@dataclass(frozen=True, slots=True)
class Sources:
    """What people wrote of the files of one folder, by the file's place, and the rows whose file is gone."""

    by_file: dict[Path, Source]
    stale: tuple[Issue, ...] = ()


def load_sources(folder: Path) -> Sources:
    """Give what sources.csv says of the articles in `folder`; raise SeedError where it is malformed."""
    path = next((place / NAME for place in (folder, folder.parent) if (place / NAME).is_file()), None)
    if path is None:
        return Sources({})
    by_file: dict[Path, Source] = {}
    stale: list[Issue] = []
    for line, row in enumerate(load_words(path, COLUMNS, key="file"), 2):
        source = read_source(path, line, row)
        places = list_places(path.parent, folder, row["file"])
        files = [place for place in places if os.path.exists(place)]  # noqa: PTH110  pathlib raises for too long a name
        by_file.update((real(file), source) for file in files[:1])
        if not files:
            stale.append(missing_file(row["file"]))
    return Sources(by_file, tuple(stale))


def list_places(home: Path, folder: Path, file: str) -> Iterator[Path]:
    """Give where a named file may lie: in the input's folder, beside sources.csv, or one folder below it."""
    yield folder / file
    yield home / file
    yield from (below / file for below in sorted(home.iterdir()) if below.is_dir())


def read_source(path: Path, line: int, row: dict[str, str]) -> Source:
    """Give one row as a record, or raise SeedError for a cell that is no date."""
    words, added = row.get("published", ""), row.get("added_on", "")
    published = read_published(words)
    if words and published is None:
        raise wrong(path, line, f'published "{words}" is no date', "write YYYY-MM-DD")
    if added and not (DAY.fullmatch(added) and read_published(added)):
        raise wrong(path, line, f'added_on "{added}" is no date', "write YYYY-MM-DD")
    return Source(
        title=row.get("title", ""),
        outlet=row.get("outlet", ""),
        author=row.get("author", ""),
        url=row.get("url", ""),
        published=published,
        added_on=added,
    )


def missing_file(file: str) -> Issue:
    """Word the doubt about a row whose file is not there."""
    return Issue(
        kind="conflict",
        message=f"{NAME} names {file}, and there is no such file.",
        to_do="Put the file back, or remove the row.",
        words=file,
    )
