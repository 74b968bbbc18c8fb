"""Keep articles that a person takes in as records of their own, such as `seeds/articles` holds.

A file that is there is never overwritten: a second article of the same name gets a number. What a record states is
read back as it was, so what a person was shown before is what a build reads.
"""

import hashlib
import json
import os
import re
import tempfile
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pipeline.intake.fetch import Fetched
from pipeline.model import Article, Published
from pipeline.tables.folder import replace_file, write_whole

LONGEST = 80  # characters of a name
RAW = ".raw"


def keep_article(article: Article, folder: Path, beside: Sequence[Path] = ()) -> Path:
    """Write an article as a JSON record into `folder`, under a name that is free there and in the folders `beside`."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = {path.stem.casefold() for place in (folder, *beside) if place.is_dir() for path in place.iterdir()}
    name = name_record(article.article_id)
    for number in range(1, len(taken) + 2):
        stem = name if number == 1 else f"{name}-{number}"
        if stem.casefold() in taken:
            continue
        path = folder / f"{stem}.json"
        if put_new(path, write_record(article, stem).encode("utf-8", "replace")):
            return path
    raise FileExistsError(f"every name like {name} is taken in {folder}")


def put_new(path: Path, content: bytes) -> bool:
    """Write a file whole or not at all, and never over another; False where one is there already."""
    handle, aside = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    os.close(handle)
    try:
        write_whole(Path(aside), content)
        Path(aside).chmod(0o644)
        os.link(aside, path)
    except FileExistsError:
        return False
    finally:
        Path(aside).unlink(missing_ok=True)
    return True


def keep_fetched(page: Fetched, folder: Path) -> Path:
    """Write a page that was fetched, for the reader of its format."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name_page(page.url)}{page.ending}"
    replace_file(path, page.content)
    return path


def keep_raw(page: Fetched, record: Path) -> Path:
    """Keep the bytes of a page beside the record made of it, with their hash and how they came; give the latter's path.

    They lie in the folder `.raw` there, which no reader of articles opens, no build publishes and git ignores.
    """
    folder = record.parent / RAW
    folder.mkdir(parents=True, exist_ok=True)
    raw = folder / f"{record.stem}{page.ending}"
    raw.write_bytes(page.content)
    said = {
        "file": raw.name,
        "sha256": hashlib.sha256(page.content).hexdigest(),
        "bytes": len(page.content),
        "fetched": page.at,
        "asked": page.asked,
        "url": page.url,
        "status": page.status,
        "content_type": page.kind,
    }
    path = folder / f"{record.stem}.json"
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def carry_raw(record: Path, kept: Path) -> None:
    """Carry the bytes of a page along when its record is taken in as `kept`; a record without any has none to carry."""
    said = record.parent / RAW / f"{record.stem}.json"
    try:
        told = json.loads(said.read_bytes())
        raw = said.with_name(Path(told["file"]).name)
        content = raw.read_bytes()
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return
    folder = kept.parent / RAW
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{kept.stem}{raw.suffix}").write_bytes(content)
    told = {**told, "file": f"{kept.stem}{raw.suffix}"}
    (folder / f"{kept.stem}.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_record(article: Article, record_id: str) -> str:
    """Give an article as a JSON record; a day that was only inferred is left to be inferred again.

    >>> one = Article(article_id="x", text="A blast.", title="T", published=Published.on("2023-05-19"))
    >>> print(write_record(one, "a"))
    {
     "id": "a",
     "title": "T",
     "published": "2023-05-19",
     "text": "A blast."
    }
    <BLANKLINE>
    """
    fields = {
        "id": record_id,
        **{name: getattr(article, name) for name in ("title", "outlet", "author", "url")},
        "published": write_published(article.published),
        "captions": article.caption_spans,
        "text": article.text,
    }
    return json.dumps({name: value for name, value in fields.items() if value}, ensure_ascii=False, indent=1) + "\n"


def write_published(published: Published | None) -> str:
    """Write a day of publication as a record has it, a month or year where no more was stated.

    >>> from datetime import date
    >>> write_published(Published(date(2024, 2, 1), date(2024, 2, 29))), write_published(None)
    ('2024-02', '')
    """
    if published is None or published.basis == "inferred":
        return ""
    first, last = published.first, published.last
    if first == last:
        return first.isoformat()
    return f"{first:%Y-%m}" if (first.year, first.month) == (last.year, last.month) else f"{first:%Y}"


def name_record(words: str) -> str:
    """Give a name for a file that every system takes, made of the words of an id.

    >>> name_record("Café bombing: 3 dead!"), name_record("../../etc/passwd"), name_record("会议"), name_record("con")
    ('cafe-bombing-3-dead', 'etc-passwd', 'article', 'article-con')
    """
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii").lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST].strip("-")
    reserved = re.fullmatch(r"con|prn|aux|nul|com\d|lpt\d|sources|corrections|ids", name)
    return f"article-{name}" if reserved else name or "article"


def name_page(url: str) -> str:
    """Give a name for a page: the last part of its address that says something, else its site.

    >>> name_page("https://www.example.org/world/blast-in-market.html?x=1"), name_page("https://www.example.org/")
    ('blast-in-market', 'example-org')
    """
    parts = urlsplit(url)
    said = [re.sub(r"\.\w{2,5}\Z", "", unquote(part)) for part in parts.path.split("/")]
    telling = [part for part in said if re.search(r"[^\W\d_]{3}", part)]
    return name_record(telling[-1] if telling else (parts.hostname or "").removeprefix("www."))
