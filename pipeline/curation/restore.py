"""Put a backup back, exactly as it was, or touch nothing: every seal is checked before the first file is written.

What is here and not in the backup would be lost by that. So it is refused, with what that is, unless it was told; and
then what is here is first backed up itself.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.curation.backup import make_backup
from pipeline.curation.bag import Bag, open_bag
from pipeline.curation.decisions import Correction, load_corrections
from pipeline.curation.kept_places import EDITIONS, GROWING, LOG, LOG_FILE, KeptPlaces
from pipeline.curation.log import FileLog, Log
from pipeline.tables.seal import seal_file

MOST_NAMED = 3


class LossError(Exception):
    """What is here would be lost; the message says what, and how to go on."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, what this collection has no place for, and where what was here before is saved."""

    files: int
    decisions: int
    made_at: str
    homeless: int
    saved: Path | None


def restore_backup(path: Path, places: KeptPlaces, log: Log, *, replace: bool = False) -> Restored:
    """Put everything of a backup back; raises BagError where it is not whole, LossError where something would be lost.

    With `replace` what would be lost is saved in a backup beside this one first.
    """
    with open_bag(path) as bag:
        rows, seen = read_rows(bag), log.read()
        named = {name: place for name in bag.seals if name != LOG and (place := places.find_place(name))}
        homes = {name: place for name, place in named.items() if not (name == LOG_FILE and isinstance(log, FileLog))}
        here = places.list_files(log)
        lost = [*list_lost_decisions(rows, seen), *list_lost_files(bag, homes, here)]
        if lost and not replace:
            raise LossError(word_loss(lost))
        saved = choose_name(path) if lost else None
        if saved:
            make_backup(saved, places, log)
        with stage_files(bag, homes) as staged:
            log.put_back(rows, seen)  # the only step that others can be quicker in: nothing is moved before it
            for aside, place in staged:
                aside.replace(place)
        for place in (here[name] for name in find_strangers(bag, here) if saved):
            place.unlink()
    os.sync()
    return Restored(len(homes), len(rows), bag.info.get("Made-At", ""), len(bag.seals) - 1 - len(named), saved)


def read_rows(bag: Bag) -> list[Correction]:
    """Read the log of a backup. Raises BagError where it has none, SeedError where it is malformed."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / LOG
        path.write_bytes(bag.read(LOG))
        return load_corrections(path)


def list_lost_decisions(kept: Sequence[Correction], here: Sequence[Correction]) -> Iterator[str]:
    """Say which decisions of the log here the backup lacks."""
    there = set(kept)
    if lost := [row for row in here if row not in there]:
        last = max(lost, key=lambda row: row.at)
        yield f"{len(lost):,} decision{'s' * (len(lost) > 1)}, the last by {last.by} on {last.day}"


def list_lost_files(bag: Bag, homes: Mapping[str, Path], here: Mapping[str, Path]) -> Iterator[str]:
    """Say which files here the backup lacks, or holds with other words."""
    yield from find_strangers(bag, here)
    for name, place in homes.items():
        if place.is_file() and seal_file(place) != bag.seals[name] and not has_grown(bag, name, place):
            yield name


def find_strangers(bag: Bag, here: Mapping[str, Path]) -> list[str]:
    """Give the names of the files here that the backup lacks; states that builds kept may stay beside its own."""
    return [name for name in here if name not in bag.seals and not name.startswith(f"curation/{EDITIONS}")]


def has_grown(bag: Bag, name: str, place: Path) -> bool:
    """Tell whether a file that is only ever added to is, in the backup, the one here and more."""
    return name in GROWING and bag.read(name).startswith(place.read_bytes())


def word_loss(lost: Sequence[str]) -> str:
    """Say what would be lost, and how to go on.

    >>> word_loss(["words/weapons.csv", "ids.csv", "a", "b"])[:91]
    'Nothing was restored: here are words/weapons.csv, ids.csv, a and 1 more, which the backup l'
    """
    named = ", ".join(lost[:MOST_NAMED]) + (f" and {len(lost) - MOST_NAMED:,} more" if len(lost) > MOST_NAMED else "")
    return (
        f"Nothing was restored: here are {named}, which the backup lacks or has otherwise. "
        "With --replace what is here is saved in a backup of its own first, and then replaced."
    )


def choose_name(path: Path) -> Path:
    """Give a free name beside a backup for one of what it replaces."""
    names = (path.with_name(f"{path.stem}.replaced-{number}.zip") for number in range(1, 10_000))
    return next(name for name in names if not name.exists())


@contextmanager
def stage_files(bag: Bag, homes: Mapping[str, Path]) -> Iterator[list[tuple[Path, Path]]]:
    """Write the files beside their places, all of them before any is moved; a full disk then has touched nothing."""
    staged = list[tuple[Path, Path]]()
    try:
        for name, place in homes.items():
            if place.is_file() and seal_file(place) == bag.seals[name]:
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            aside = place.with_name(f".{place.name}.restored")
            staged.append((aside, place))
            with aside.open("wb") as file:
                bag.copy(name, file)
                file.flush()
                os.fsync(file.fileno())
        yield staged
    finally:
        for aside, _ in staged:
            aside.unlink(missing_ok=True)
