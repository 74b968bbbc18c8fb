"""Read articles from files and folders: the text of each, and what is known of it.

Everything that is not read is an issue with one sentence: an article left out is of the kind `unreadable`, and any
other kind means that the article is there. The order depends on the names of the files alone.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from pipeline.intake.drafts import Draft, UnreadableError
from pipeline.intake.formats import ENDINGS, read_drafts
from pipeline.intake.inputs import InputFile, Inputs, find_inputs, real
from pipeline.intake.published import infer_published
from pipeline.intake.remote import fetch_files
from pipeline.intake.sources import Source, load_sources
from pipeline.model import Article, Issue
from pipeline.text.english import tell_language
from pipeline.text.heads import read_outlet, read_title
from pipeline.text.words import SeedError

__all__ = ["SeedError", "read_articles"]

UNSAFE = re.compile("[\x00-\x1f\x7f\u2028\u2029|\ud800-\udfff]")  # half a surrogate: a file name that is no UTF-8
HALF = re.compile("[\ud800-\udfff]")  # of a pair: no file of UTF-8 can hold it
LONGEST_ID = 120


def read_articles(inputs: Sequence[Path] = (), addresses: Sequence[str] = ()) -> Iterator[Article | Issue]:
    """Give the articles of files or folders (none: the project's own) one by one, and an issue for whatever is amiss.

    `addresses` are those of files elsewhere, for fsspec. Raises SeedError where an input is not there or sources.csv is
    malformed.
    """
    found = find_inputs(inputs) if inputs or not addresses else Inputs((), (), ())
    sources: dict[Path, Source] = {}
    stale: dict[Issue, None] = {}
    for folder in found.folders:
        loaded = load_sources(folder)
        sources.update(loaded.by_file)
        stale.update(dict.fromkeys(loaded.stale))
    yield from stale
    yield from map(empty_folder, found.empty)
    seen: dict[str, str] = {}
    for file in chain(found.files, fetch_files(addresses)):
        if isinstance(file, Issue):
            yield file
            continue
        source = sources.get(real(file.path), Source())
        for draft in read_file(file):
            if isinstance(draft, Issue):
                yield draft
            else:
                yield from admit(complete(draft, file, source), draft, seen)


def read_file(file: InputFile) -> Iterator[Draft | Issue]:
    """Give the drafts of one file, and an issue for each part, or the whole, that could not be read."""
    try:
        for draft in read_drafts(file.path):
            if isinstance(draft, UnreadableError):
                yield left_out(place(file, draft.line), draft)
            elif not draft.text.strip():
                yield left_out(place(file, draft.line), UnreadableError("it has no text", "add the text or remove it"))
            else:
                yield draft
    except UnreadableError as error:
        yield left_out(place(file, error.line), error)


def place(file: InputFile, line: int | None) -> str:
    """Name where something stands: the file, and the line or number of a record."""
    return f"{file.name}:{line}" if line else file.name


def complete(draft: Draft, file: InputFile, source: Source) -> Article:
    """Give the article of a draft: what was stated with it, else what a person wrote in sources.csv, else the rest."""
    stated = draft if draft.stated else Draft(text="")
    return Article(
        article_id=safe_id(draft.article_id or file.path.stem),
        text=HALF.sub("�", draft.text),
        title=stated.title or source.title or draft.title or read_title(draft.text),
        outlet=stated.outlet or source.outlet or draft.outlet or read_outlet(draft.text),
        author=stated.author or source.author or draft.author,
        url=stated.url or source.url or draft.url,
        published=stated.published or source.published or draft.published or infer_published(draft.text),
        language=tell_language(draft.text),
        added_on=source.added_on,
        source=place(file, draft.line),
        caption_spans=draft.caption_spans,
    )


def admit(article: Article, draft: Draft, seen: dict[str, str]) -> Iterator[Article | Issue]:
    """Give the article under an id of its own, with its doubts; nothing where the same id and text were read before."""
    seal = hashlib.sha256(article.text.encode()).hexdigest()
    clash = seen.get(article.article_id, seal) != seal
    named = replace(article, article_id=f"{article.article_id}~{seal[:8]}") if clash else article
    if named.article_id in seen:
        return
    seen[named.article_id] = seal
    yield named
    if clash:
        yield second_text(article, named)
    yield from doubts(named, draft)


def doubts(article: Article, draft: Draft) -> Iterator[Issue]:
    """Give what a person should know of how an article was read."""
    if draft.note:
        yield Issue(
            kind="limit",
            message=f"{article.source}: {draft.note}.",
            to_do="Check it and correct the file.",
            article_id=article.article_id,
        )
    if article.language != "en":
        yield Issue(
            kind="limit",
            message=f"{article.source} does not look like English: what it tells may be missed.",
            to_do="Add a translation.",
            article_id=article.article_id,
        )


def second_text(article: Article, named: Article) -> Issue:
    """Word the doubt about two different texts under one id."""
    return Issue(
        kind="conflict",
        message=f'{article.source} is a second, different text under the id "{article.article_id}".',
        to_do="Give one of the two another name or id.",
        article_id=named.article_id,
    )


def left_out(name: str, error: UnreadableError) -> Issue:
    """Word what was left out."""
    to_do = error.to_do[0].upper() + error.to_do[1:]
    return Issue(kind="unreadable", message=f"{name} was left out: {error.message}.", to_do=f"{to_do}.", words=name)


def empty_folder(name: str) -> Issue:
    """Word that a folder holds nothing to read."""
    return Issue(
        kind="unreadable",
        message=f"The folder {name} holds no article.",
        to_do=f"Put articles there ({ENDINGS}).",
        words=name,
    )


def safe_id(words: str) -> str:
    """Make an id that can stand in a list of ids: what cannot is replaced, and told apart by its hash.

    >>> safe_id("wire/2024:17 b"), safe_id("a | b")
    ('wire/2024:17 b', 'a _ b~22119a1d')
    """
    name = unicodedata.normalize("NFC", words).strip()
    safe = UNSAFE.sub("_", name)[:LONGEST_ID]
    return safe if safe == name else f"{safe}~{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
