"""The log of decisions: signed, only ever added to, and safe on disk before anyone is told that it is saved.

A file for one machine, a database for a team on several; both give the same rows. The file is written anew beside the
old one and put in its place, for three reasons: whoever reads it needs no lock, a kill at any moment leaves the one or
the other whole, and decisions made in one go are there all or none, which adding rows at the end could not promise.
"""

import fcntl
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from pipeline.curation.decisions import COLUMNS, Correction, load_corrections
from pipeline.curation.drafts import Draft, check_draft
from pipeline.curation.ledger import quote, write_ledger
from pipeline.curation.people import NotAllowedError, Person
from pipeline.curation.signing import ClashError, LogError, check_drafts, refuse_others, sign
from pipeline.text.words import SeedError

__all__ = [
    "ClashError",
    "Draft",
    "FileLog",
    "Log",
    "LogError",
    "NotAllowedError",
    "SeedError",
    "check_draft",
    "open_log",
]

PATIENCE = 30.0  # seconds that a writer waits for the others


class Log(Protocol):
    """All decisions of people about one collection of articles."""

    def read(self) -> list[Correction]:
        """Give all rows in the order they were written. Raises SeedError or LogError."""
        ...

    def append(
        self, drafts: Sequence[Draft], by: Person, now: datetime | None = None, *, seen: str | None = None
    ) -> list[Correction]:
        """Sign and save all of `drafts` or none, and return only when they are safe.

        Raises NotAllowedError for who may not decide, ValueError for what the codebook does not allow, LogError where
        it cannot be saved. `seen` names the last row that the person saw ("" for none): ClashError where a later one is
        about the same cell.
        """
        ...

    def put_back(self, rows: Sequence[Correction], seen: Sequence[Correction]) -> None:
        """Make the log hold `rows` and no others, if it still holds those `seen`; raises LogError where it does not."""
        ...


class FileLog:
    """The log in `corrections.csv`."""

    def __init__(self, path: Path) -> None:
        """Name the file; it and its folder are made by the first decision."""
        self.path = path

    def read(self) -> list[Correction]:
        """Give all rows in the order they were written. Raises SeedError where the file is malformed."""
        return list(load_state(self.path, state_of(self.path)))

    def append(
        self, drafts: Sequence[Draft], by: Person, now: datetime | None = None, *, seen: str | None = None
    ) -> list[Correction]:
        """Sign and save all of `drafts` or none, as `Log.append` says."""
        check_drafts(drafts, by)
        try:
            with self._lock() as path:
                rows = sign(drafts, by, load_state(path, state_of(path)), now, seen)
                if rows:
                    replace_safely(path, self._bytes(path) + write_rows(rows))
        except SeedError as error:
            raise LogError(f"{error} Nothing was saved.") from error
        except OSError as error:
            raise LogError(f"{self.path.name} cannot be written ({error.strerror}): nothing was saved.") from error
        return rows

    def put_back(self, rows: Sequence[Correction], seen: Sequence[Correction]) -> None:
        """Make the log hold `rows` and no others, as `Log.put_back` says."""
        try:
            with self._lock() as path:
                refuse_others(load_state(path, state_of(path)), seen)
                replace_safely(path, write_log(rows).encode("utf-8"))
        except OSError as error:
            raise LogError(f"{self.path.name} cannot be written ({error.strerror}): nothing was restored.") from error

    def _bytes(self, path: Path) -> bytes:
        """Give what the file holds, with the header and a whole last line."""
        held = path.read_bytes() if path.exists() else b""
        return (held if held.endswith(b"\n") else held + b"\n") if held else write_ledger(COLUMNS, ()).encode("utf-8")

    @contextmanager
    def _lock(self) -> Iterator[Path]:
        """Hold the lock file, which goes with the process however that ends, and give the file behind any link."""
        path = self.path.resolve()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.with_name(f".{path.name}.lock").open("a") as file:
            wait_for(file.fileno(), path.name)
            yield path


def state_of(path: Path) -> tuple[int, ...]:
    """Give what changes whenever the file does; nothing where there is none."""
    if not path.exists():
        return ()
    stat = path.stat()
    return (stat.st_ino, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=4)
def load_state(path: Path, state: tuple[int, ...]) -> tuple[Correction, ...]:
    """Read the file once in each of its states: a page asks at every click."""
    return tuple(load_corrections(path))


def wait_for(descriptor: int, name: str) -> None:
    """Wait for a lock, not for ever."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > end:
                raise LogError(f"Others have been writing {name} for long: nothing was saved, try again.") from error
            time.sleep(0.005)
        else:
            return


def replace_safely(path: Path, content: bytes) -> None:
    """Put a file in the place of another so that a kill or a power cut leaves one of the two whole.

    The name aside is always the same: under the lock there is one writer, and what a dead one left is written over.
    """
    aside = path.with_name(f".{path.name}.new")
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    with aside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    aside.chmod(mode)
    aside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # only now is the new name itself on disk
    finally:
        os.close(folder)


def write_rows(rows: Sequence[Correction]) -> bytes:
    """Give rows as lines of the file."""
    return "".join(",".join(map(quote, astuple(row))) + "\n" for row in rows).encode("utf-8")


def write_log(rows: Sequence[Correction]) -> str:
    """Give the whole log in the form of the file."""
    return write_ledger(COLUMNS, [astuple(row) for row in rows])


def open_log(folder: Path) -> Log:
    """Open the log of the decisions that lie in `folder`: the database that DATABASE_URL names, else the file there."""
    if url := os.environ.get("DATABASE_URL"):
        from pipeline.curation.sql_log import SqlLog  # noqa: PLC0415  a file needs no database

        return SqlLog(url)
    return FileLog(folder / "corrections.csv")
