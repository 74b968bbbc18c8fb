"""Put everything that people wrote and decided into one archive: articles, words, ids, the log, releases, kept states.

What a build makes of it is not in it, nor are caches and secrets: the same program makes the same tables again.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

from pipeline import __version__
from pipeline.curation.bag import BagError, write_bag
from pipeline.curation.kept_places import LOG, KeptPlaces
from pipeline.curation.log import Log, write_log
from pipeline.intake.inputs import real


def make_backup(path: Path, places: KeptPlaces, log: Log, now: datetime | None = None) -> tuple[int, int]:
    """Write a backup, and give how many files and decisions it holds. Raises BagError, SeedError or LogError."""
    inside = (places.articles, places.words, places.curation, *filter(None, (places.rest,)))
    if holder := next((folder for folder in inside if real(path).is_relative_to(real(folder))), None):
        raise BagError(f"{path} lies in {holder}, which is backed up itself: name a file elsewhere.")
    rows = log.read()
    files: dict[str, Path | bytes] = {
        name: place for name, place in places.list_files(log).items() if not is_database(place)
    }
    if strange := next((name for name in files if not is_text(name)), None):
        raise BagError(f"The name of {strange!r} is no UTF-8: give that file another name.")
    at = (now or datetime.now(UTC)).astimezone(UTC)
    told = {
        "Source-Organization": "violent-incidents",
        "Bagging-Date": f"{at:%Y-%m-%d}",
        "Made-At": at.isoformat(timespec="seconds"),
        "Program-Version": __version__,
        "Decisions": str(len(rows)),
    }
    write_bag(path, {**files, LOG: write_log(rows).encode("utf-8")}, told)
    return len(files), len(rows)


def is_database(path: Path) -> bool:
    """Tell whether a file is the database that holds the log, or lies beside it for its transactions."""
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("sqlite:///"):
        return False
    base = real(Path(address.removeprefix("sqlite:///").partition("?")[0]))
    return real(path) in {base, *(base.with_name(base.name + end) for end in ("-journal", "-wal", "-shm"))}


def is_text(name: str) -> bool:
    r"""Tell whether a name can be written as UTF-8.

    >>> is_text("a.txt"), is_text("a\udcff.txt")
    (True, False)
    """
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
