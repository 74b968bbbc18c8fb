"""Keep the incidents of each build that changed something, and note each export, so that one can ask what changed.

An edition is a file named by when it was kept (UTC) and by the first digits of the seal of its tables. The newest 200
stay, of the last year the last one of each day, and always the one of the last export.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from pipeline.curation.ledger import read_ledger, write_ledger
from pipeline.tables.columns import INCIDENTS
from pipeline.tables.seal import seal_tables
from pipeline.tables.source import find_files, select_columns
from pipeline.text.words import SeedError, wrong

EDITIONS, EXPORTS = "editions", "exports.csv"
EXPORT_COLUMNS = ("at", "by", "hash", "view")
STAMP = "%Y%m%dT%H%M%S"
DIGITS = 8  # of the seal, in a name
MOST, A_YEAR = 200, timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Kept:
    """An edition that is kept: its file, when it was kept, and the first digits of its seal."""

    path: Path
    at: datetime
    digits: str


@dataclass(frozen=True, slots=True)
class Export:
    """Something that was taken along: when, by whom, from tables of which seal, and the view's link."""

    at: datetime
    by: str
    hash: str
    view: str


def find_seal(tables: Path) -> str:
    """Give the seal of the tables in a folder, as read-mes of exports name it; "" where there are none."""
    files = find_files(tables, "incidents")
    return seal_tables(tables, files) if files else ""


def keep_edition(tables: Path, curation: Path, now: datetime | None = None) -> Path | None:
    """Keep the incidents of `tables`, unless the newest edition is of the same tables; give its file.

    A folder that cannot be written costs the edition only, never the build: None.
    """
    folder, seal = curation / EDITIONS, find_seal(tables)
    kept = list_editions(curation)
    if not seal or (kept and kept[-1].digits == seal[:DIGITS]):
        return None
    at = (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    if kept:  # names tell the order, whatever the clock did
        at = max(at, kept[-1].at + timedelta(seconds=1))
    path = folder / f"{at:{STAMP}}-{seal[:DIGITS]}.parquet"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        copy_table(tables, path)
        export = find_last_export(curation)
        for old in choose_old([*kept, Kept(path, at, seal[:DIGITS])], export.hash[:DIGITS] if export else ""):
            old.path.unlink(missing_ok=True)
    except (OSError, SeedError):
        return None
    return path


def copy_table(tables: Path, path: Path) -> None:
    """Put the incidents of `tables` into one file, which is there whole or not at all."""
    source = find_files(tables, "incidents")
    for left in path.parent.glob(".new-*"):  # by a build that died
        left.unlink(missing_ok=True)
    handle, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    os.close(handle)
    aside = Path(name)
    try:
        if len(source) == 1 and source[0].suffix == ".parquet":
            shutil.copyfile(source[0], aside)
        else:
            with duckdb.connect() as db:
                rows, to = select_columns(db, source, INCIDENTS), str(aside).replace("'", "''")
                db.execute(f"COPY ({rows}) TO '{to}' (FORMAT parquet, COMPRESSION zstd)")
        with aside.open("rb") as file:
            os.fsync(file.fileno())
        aside.chmod(0o644)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def list_editions(curation: Path) -> list[Kept]:
    """Give the editions that are kept, the oldest first; files that are none are passed over."""
    return sorted(_read_names(curation / EDITIONS), key=lambda one: (one.at, one.digits))


def _read_names(folder: Path) -> Iterator[Kept]:
    """Read what the names of files say."""
    for path in folder.glob("*.parquet"):
        stamp, _, digits = path.stem.partition("-")
        with suppress(ValueError):
            yield Kept(path, datetime.strptime(stamp, STAMP).replace(tzinfo=UTC), digits)


def choose_old(kept: Sequence[Kept], exported: str = "") -> list[Kept]:
    """Give the editions that need not stay, of all in their order; `exported` are the digits of the last export.

    >>> at = datetime(2026, 11, 22, tzinfo=UTC)
    >>> kept = [Kept(Path(str(n)), at + timedelta(minutes=n), f"{n:08}") for n in range(MOST + 3)]
    >>> [one.path.name for one in choose_old(kept, "00000001")]
    ['0', '2']
    """
    if not kept:
        return []
    first = kept[-1].at - A_YEAR
    last_of_day = {one.at.astimezone().date(): one.path for one in kept}
    stay = {one.path for one in kept[-MOST:]}
    stay |= {one.path for one in kept if one.at >= first and last_of_day[one.at.astimezone().date()] == one.path}
    ours = [one.path for one in kept if one.digits == exported]
    return [one for one in kept if one.path not in stay and one.path not in ours[-1:]]


def note_export(curation: Path, by: str, seal: str, view: str, now: datetime | None = None) -> bool:
    """Note that something was taken along from tables of that seal; False where it cannot be written.

    Taking along goes on without the note: it is only lost to "since the last export".
    """
    at = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
    _, _, line = write_ledger(EXPORT_COLUMNS, [(at, by, seal, view)]).partition("\n")
    try:
        curation.mkdir(parents=True, exist_ok=True)
        with hold_exports(curation) as file:
            os.write(file, ("" if os.fstat(file).st_size else ",".join(EXPORT_COLUMNS) + "\n").encode() + line.encode())
            os.fsync(file)
    except OSError:
        return False
    return True


@contextmanager
def hold_exports(curation: Path) -> Iterator[int]:
    """Open the list of exports for one writer at a time; a last line that a crash left unfinished is ended."""
    file = os.open(curation / EXPORTS, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        size = os.fstat(file).st_size
        if size and os.pread(file, 1, size - 1) != b"\n":
            os.ftruncate(file, os.pread(file, size, 0).rfind(b"\n") + 1)
        yield file
    finally:
        os.close(file)


def list_exports(curation: Path) -> list[Export]:
    """Give the exports that were noted, the first one first. Raises SeedError where the list is malformed."""
    path, exports = curation / EXPORTS, list[Export]()
    for line, row in read_ledger(path, EXPORT_COLUMNS):
        try:
            at = datetime.fromisoformat(row["at"]).astimezone(UTC)
        except ValueError as error:
            raise wrong(
                path, line, f'at is "{row["at"]}"', "write when it was, as 2026-11-22T07:40:00+00:00"
            ) from error
        exports.append(Export(at, row["by"], row["hash"], row["view"]))
    return exports


def find_last_export(curation: Path) -> Export | None:
    """Give the last export that was noted, None without any."""
    return next(reversed(list_exports(curation)), None)
