"""Freeze the tables under a name, and tell whether a release is still what was frozen.

A release is a folder with a copy of everything that was published, and `release.json`, which seals each file of it. It
is there whole or not at all, and no name is given twice.
"""

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from pipeline.tables.folder import FolderError, hold_lock, list_ours, write_whole
from pipeline.tables.seal import seal_file

RELEASES, ABOUT = "releases", "release.json"
SAFE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")
MOST_NAMED = 10
RESERVED = {"last-export", "now"}  # they are asked for like a release


class ReleaseError(Exception):
    """A release cannot be made, or is not what was frozen; the message is one sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Release:
    """What was frozen: its name, the day, by whom and why, and the SHA-256 of each file and of all this together."""

    name: str
    day: str
    by: str
    note: str
    files: dict[str, str]
    seal: str = ""

    def reckon_seal(self) -> str:
        """Give the seal that all else of it must have."""
        told = {name: cell for name, cell in asdict(self).items() if name != "seal"}
        return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def is_name(name: str) -> bool:
    """Tell whether a release can be called so, on every file system and in every link.

    >>> is_name("2026-Q3"), is_name("../data"), is_name(".hidden"), is_name("now"), is_name("")
    (True, False, False, False, False)
    """
    return SAFE.fullmatch(name) is not None and name not in RESERVED


def find_folder(curation: Path, name: str) -> Path:
    """Give the folder of a release, or raise ReleaseError where there is none of that name."""
    folder = curation / RELEASES / name
    if not is_name(name) or not (folder / ABOUT).is_file():
        shown = name if len(name) <= 80 else f"{name[:80]}…"
        there = ", ".join(list_names(curation)[-MOST_NAMED:])
        raise ReleaseError(f"There is no release “{shown}”: {f'there is {there}' if there else 'none was made yet'}.")
    return folder


def make_release(tables: Path, curation: Path, name: str, by: str, note: str = "", day: date | None = None) -> Release:
    """Freeze what is published in `tables` under a name that is still free. Raises ReleaseError or FolderError."""
    refuse_name(curation, name)
    tables, home = tables.resolve(), curation / RELEASES
    ours = list_ours(tables / "datapackage.json")
    if not ours:
        raise FolderError(f"{tables} holds no tables of ours: build them first")
    try:
        home.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".new-", dir=home))
    except OSError as error:
        raise FolderError(f"{home} cannot be written ({error.strerror})") from error
    try:
        with hold_lock(tables):  # no build may swap the tables while they are copied
            files = {path: copy_file(tables / path, aside / path) for path in sorted(list_files(tables, ours))}
        refuse_torn(aside, tables)
        release = Release(name, (day or date.today()).isoformat(), by, note, files)
        release = Release(**{**asdict(release), "seal": release.reckon_seal()})
        about = json.dumps(asdict(release), indent=1, ensure_ascii=False) + "\n"
        write_whole(aside / ABOUT, about.encode("utf-8", "replace"))
        aside.chmod(0o755)
        put_in_place(aside, home / name)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return release


def refuse_name(curation: Path, name: str) -> None:
    """Raise ReleaseError where a release cannot be called so, or one is already."""
    if not is_name(name):
        raise ReleaseError(
            f"A release cannot be called “{name}”: use up to 64 letters, digits, dots, hyphens and underscores, with a "
            f"letter or digit at both ends, and none of {', '.join(sorted(RESERVED))}."
        )
    # Some file systems do not tell capitals from small letters.
    if any(one.casefold() == name.casefold() for one in list_names(curation)):
        raise ReleaseError(f"There is a release “{name}” already, and it stays as it is: take another name.")


def list_files(folder: Path, ours: Sequence[str] | set[str]) -> Iterator[str]:
    """Give the files of a folder that lie under the names given."""
    for name in ours:
        place = folder / name
        paths = place.rglob("*") if place.is_dir() else [place]
        yield from (path.relative_to(folder).as_posix() for path in paths if path.is_file())


def copy_file(source: Path, to: Path) -> str:
    """Copy a file to the disk, and give the seal of the copy."""
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, to)
    with to.open("rb") as file:
        os.fsync(file.fileno())
    return seal_file(to)


def refuse_torn(aside: Path, tables: Path) -> None:
    """Raise FolderError where a table that was copied is not the one that its data package describes."""
    package = json.loads((aside / "datapackage.json").read_text(encoding="utf-8"))
    for table in package["resources"]:
        path = aside / table["path"]
        if not path.is_file() or f"sha256:{seal_file(path)}" != table["hash"]:
            raise FolderError(f"{tables / table['path']} is not the table that was built: build the tables again")


def put_in_place(aside: Path, folder: Path) -> None:
    """Give the folder its name in one step; of two releases of one name at once, the second is refused."""
    try:
        aside.rename(folder)
    except OSError as error:
        raise ReleaseError(f"There is a release “{folder.name}” already: take another name.") from error
    handle = os.open(folder.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def list_names(curation: Path) -> list[str]:
    """Give the names of the releases there are."""
    return sorted(path.parent.name for path in (curation / RELEASES).glob(f"[!.]*/{ABOUT}"))


def read_release(curation: Path, name: str) -> Release:
    """Read what a release says of itself. Raises ReleaseError where there is none, or it cannot be read."""
    path = find_folder(curation, name) / ABOUT
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        words = {key: str(told[key]) for key in ("name", "day", "by", "note", "seal")}
        files = {str(file): str(seal) for file, seal in told["files"].items()}
        date.fromisoformat(words["day"])
        return Release(files=files, **words)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReleaseError(f"Release “{name}” is refused: its {ABOUT} cannot be read.") from error


def list_releases(curation: Path) -> list[Release]:
    """Give the releases that can be read, the newest first."""
    found = list[Release]()
    for name in list_names(curation):
        with suppress(ReleaseError):
            found.append(read_release(curation, name))
    return sorted(found, key=lambda release: (release.day, release.name), reverse=True)


def check_release(curation: Path, name: str) -> Release:
    """Give a release whose every file is the one that was frozen, or raise ReleaseError saying which is not."""
    release, folder = read_release(curation, name), curation / RELEASES / name
    if release.name != name or release.reckon_seal() != release.seal:
        raise ReleaseError(f"Release “{name}” is refused: its {ABOUT} was changed after it was frozen.")
    held = {path.name for path in folder.iterdir() if not path.name.startswith(".")}  # some systems add hidden files
    there = set(list_files(folder, held)) - {ABOUT}
    if astray := sorted(there ^ set(release.files)):
        what = "was added to it" if astray[0] in there else "is missing"
        raise ReleaseError(f"Release “{name}” is refused: {astray[0]} {what}.")
    for file, seal in release.files.items():
        if seal_file(folder / file) != seal:
            raise ReleaseError(f"Release “{name}” is refused: {file} was changed after it was frozen.")
    return release
