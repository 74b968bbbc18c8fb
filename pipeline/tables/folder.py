"""Replace a folder of published tables as one thing: a build that dies half-way leaves the earlier tables whole.

A build claims its folder for as long as it runs, writes aside of it, and swaps at the end. A folder that holds anything
we did not make is refused, so that no one's work is overwritten.
"""

import ctypes
import errno
import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.tables.columns import PUBLISHED
from pipeline.tables.seal import SEALS, write_seals

PACKAGE_NAME = "violent-incidents"
HEADING = "# Codebook\n\nThe tables of this folder, each as CSV and as Parquet"  # of our codebooks, and of no other
ENDS = ("", ".csv", ".parquet", ".geojson")
REGISTRY = "ids.csv"
BESIDE_TABLES = {"datapackage.json", "codebook.md", REGISTRY, SEALS, "texts"}
EXCHANGE = 2  # RENAME_EXCHANGE of Linux
HERE = -100  # AT_FDCWD of Linux


class FolderError(Exception):
    """A folder cannot take our tables, or holds none; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A folder that one build holds, and the place aside where it writes first."""

    out: Path
    aside: Path


@contextmanager
def claim_folder(out: Path) -> Iterator[Claim]:
    """Hold `out` for one build, tidy up after a dead one, and raise FolderError where it is not ours to replace."""
    out = out.resolve()
    aside, old = (out.with_name(f".{out.name}.{word}") for word in ("new", "old"))
    with hold_lock(out):
        if old.exists() and not out.exists():  # died between the two renames of `swap_folder`
            old.rename(out)
        refuse_strangers(out)
        for leftover in (aside, old):
            shutil.rmtree(leftover, ignore_errors=True)
        aside.mkdir()
        aside.chmod(0o755)
        try:
            yield Claim(out, aside)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def hold_lock(out: Path) -> Iterator[None]:
    """Hold the lock file beside `out`; it goes with the process, however that ends."""
    lock = out.with_name(f".{out.name}.lock")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        file = lock.open("w")
    except OSError as error:
        raise FolderError(f"{out} cannot be written ({error.strerror}): name another folder with --out") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FolderError(f"another build is writing {out}: wait for it, or name another --out") from error
        if not lock.exists() or not os.path.samestat(lock.stat(), os.fstat(file.fileno())):
            raise FolderError(f"another build has just written {out}: start again")
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)


def refuse_strangers(out: Path) -> None:
    """Raise FolderError unless `out` is new, empty, or holds nothing but what a build wrote (hidden files aside)."""
    if not out.exists():
        return
    if not out.is_dir():
        raise FolderError(f"{out} is a file: name a folder with --out")
    held = {path.name for path in out.iterdir() if not path.name.startswith(".")}
    if held <= {REGISTRY}:  # restored from a backup, for the build to go on from
        return
    ours = list_ours(out / "datapackage.json")
    if strangers := sorted(held - ours):
        raise FolderError(
            f"{out} holds {strangers[0]}, which no build wrote: move it, or name another folder with --out"
        )


def list_ours(package: Path) -> set[str]:
    """Give the names that the build which wrote this data package wrote beside it; none if it is not our package.

    Where the package is broken the codebook vouches for the folder, or no build could ever repair it.
    """
    try:
        described = json.loads(package.read_text(encoding="utf-8"))
        if described["name"] == PACKAGE_NAME:
            tables = described["resources"]
            return BESIDE_TABLES | {name for t in tables for name in (t["path"], *t.get("alternates", ()))}
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return list_usual(package.with_name("codebook.md")) if package.is_file() else set()


def list_usual(codebook: Path) -> set[str]:
    """Give the names that builds of this version write, where the codebook is ours; else none."""
    try:
        ours = codebook.read_bytes().startswith(HEADING.encode())
    except OSError:
        return set()
    names = (table.name for table in PUBLISHED)
    return BESIDE_TABLES | {f"{name}{end}" for name in names for end in ENDS} if ours else set()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file and see it to the disk, so that a swap never brings in an empty one."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace_file(path: Path, content: bytes) -> None:
    """Write a file aside and put it in the place of the one there, which stays whole until then."""
    handle, aside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(handle)
    try:
        write_whole(Path(aside), content)
        Path(aside).chmod(0o644)
        Path(aside).replace(path)
    except OSError:
        Path(aside).unlink(missing_ok=True)  # a disk that is full has no room for halves
        raise


def swap_folder(claim: Claim) -> None:
    """Put what was written aside in the place of `out`, in one step where the system can, keeping its hidden files."""
    out, aside = claim.out, claim.aside
    write_seals(aside)
    if not out.exists():
        aside.rename(out)
        return
    for path in out.glob(".*"):
        (shutil.copytree if path.is_dir() else shutil.copy2)(path, aside / path.name)
    if exchange(aside, out):
        return
    old = out.with_name(f".{out.name}.old")
    try:
        out.rename(old)
    except OSError as error:
        if error.errno not in (errno.EXDEV, errno.EBUSY):
            raise
        refill(out, aside)  # a mount point, or a folder of a container's image: it cannot be renamed
        return
    aside.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step; False where the system cannot."""
    try:
        rename = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError):
        return False
    return bool(rename(HERE, os.fsencode(one), HERE, os.fsencode(other), EXCHANGE) == 0)


def refill(out: Path, aside: Path) -> None:
    """Replace the files in `out` one by one, the data package last: each is whole, though not all change at once."""
    new = sorted(
        (p.relative_to(aside) for p in aside.rglob("*") if p.is_file()), key=lambda p: p.name == "datapackage.json"
    )
    gone = [p for p in out.rglob("*") if p.is_file() and p.relative_to(out) not in new]
    for path in new:
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        replace_file(out / path, (aside / path).read_bytes())
    for path in gone:
        path.unlink()
