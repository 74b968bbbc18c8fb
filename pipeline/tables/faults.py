"""Word what goes wrong around the program and not in it: full and read-only disks, missing packages.

Each is a sentence with what to do, for the command line and for the page.
"""

import errno
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError
from pathlib import Path

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
CLOSED = (errno.EROFS, errno.EACCES, errno.EPERM)
MANY = (errno.EMFILE, errno.ENFILE)
BROKEN = (errno.EIO, errno.ESTALE, errno.ENXIO)
INSTALL = "`make build` installs all that is needed, `.venv/bin/python -m pip install -r requirements.txt` too"
SAID = re.compile(r"\[errno (\d+)\]", re.IGNORECASE)  # what writes Parquet says the number in its words only


def word_fault(error: BaseException) -> str | None:
    """Give a sentence for what is wrong around the program, None where it is none of these.

    >>> word_fault(OSError(errno.ENOSPC, "No space left on device", "somewhere/data/a.csv"))
    'The disk of somewhere/data is full: free some space and try again.'
    >>> word_fault(ValueError("odd")) is None
    True
    """
    for one in chain(error):
        for rule in RULES:
            if words := rule(one):
                return words
    return None


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """Give an error and those that it came of."""
    for _ in range(8):
        if error is None:
            return
        yield error
        error = error.__cause__


def word_disk(error: BaseException) -> str | None:
    """Word what a disk refuses."""
    if not isinstance(error, OSError) or not (number := find_number(error)):
        return None
    where = f" of {Path(os.fsdecode(error.filename)).parent}" if isinstance(error.filename, str | bytes) else ""
    what = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else "A file"
    if number in FULL:
        return f"The disk{where} is full: free some space and try again."
    if number in CLOSED:
        return f"{what} cannot be opened or written ({os.strerror(number)}): see to its rights, or name another place."
    if number in MANY:
        return "Too many files are open: let more be (`ulimit -n 4096`), and try again."
    if number in BROKEN:
        return f"The disk{where} fails ({os.strerror(number)}): see to it before anything else."
    return None


def find_number(error: OSError) -> int:
    """Give the number of an error, 0 where it has none."""
    said = SAID.search(str(error))
    return error.errno or (int(said[1]) if said else 0)


def word_base(error: BaseException) -> str | None:
    """Word what SQLite refuses.

    >>> word_base(sqlite3.OperationalError("database or disk is full"))
    'The disk is full: free some space and try again.'
    """
    if not isinstance(error, sqlite3.Error):
        return None
    if "disk is full" in str(error):
        return "The disk is full: free some space and try again."
    if "readonly" in str(error) or "unable to open" in str(error):
        return "A file of the cache cannot be written: see to its rights, or name another folder in INCIDENT_CACHE."
    return None


def word_package(error: BaseException) -> str | None:
    """Word that something is not installed.

    >>> word_package(ModuleNotFoundError("No module named 'spacy'", name="spacy"))[:51]
    'spacy is not installed: `make build` installs all t'
    """
    if isinstance(error, PackageNotFoundError | ModuleNotFoundError) and error.name:
        return f"{error.name.partition('.')[0]} is not installed: {INSTALL}."
    if isinstance(error, ImportError):
        return f"A package cannot be loaded ({' '.join(str(error).split())[:120]}): {INSTALL}."
    return None


def word_memory(error: BaseException) -> str | None:
    """Word that the memory is used up."""
    return (
        "The memory is used up: close other programs, or take fewer articles." if type(error) is MemoryError else None
    )


RULES: tuple[Callable[[BaseException], str | None], ...] = (word_disk, word_base, word_package, word_memory)
