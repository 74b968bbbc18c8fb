"""Seals of files: equal seals, equal bytes.

The data package seals the CSV files of a build; the Parquet files, which no other version of the library writes to the
same bytes, are sealed in a file beside them that `sha256sum -c` reads.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

SEALS = "parquet.sha256"
MOST_CHECKED = 4 << 30  # bytes: what is larger is taken as it is, or the page would open after minutes


def seal_file(*paths: Path) -> str:
    """Give the SHA-256 of a file, or of several one after the other."""
    seal = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            while part := file.read(1 << 20):
                seal.update(part)
    return seal.hexdigest()


def seal_tables(folder: Path, files: Iterable[Path]) -> str:
    """Give the seal of the tables in `folder`: of its data package, which seals them, else of their `files`."""
    package = folder / "datapackage.json"
    return seal_file(package) if package.is_file() else seal_file(*files)


def write_seals(folder: Path) -> None:
    """Seal the Parquet files in a folder, and see them and their seals to the disk."""
    lines = list[str]()
    for path in sorted(folder.rglob("*.parquet")):
        with path.open("rb") as file:
            os.fsync(file.fileno())
        lines.append(f"{seal_file(path)}  {path.relative_to(folder).as_posix()}\n")
    if not lines:
        return
    with (folder / SEALS).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())


def read_seals(folder: Path) -> dict[str, str]:
    """Give the seals of the tables in a folder by the name of the file; those that are not there seal nothing."""
    try:
        lines = (folder / SEALS).read_text(encoding="utf-8").splitlines()
        seals = {name: seal for seal, _, name in (line.partition("  ") for line in lines)}
    except (OSError, UnicodeDecodeError):
        seals = {}
    try:
        tables = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
        return seals | {str(table["path"]): str(table["hash"]).removeprefix("sha256:") for table in tables}
    except (OSError, ValueError, KeyError, TypeError):
        return seals


def find_broken(folder: Path, files: Sequence[Path]) -> Iterator[Path]:
    """Give the files of a folder that are not what was sealed when they were built; where nothing sealed them, none."""
    if sum(path.stat().st_size for path in files) > MOST_CHECKED:
        return
    seals = read_seals(folder)
    for path in files:
        seal = seals.get(path.relative_to(folder).as_posix())
        if seal is not None and seal_file(path) != seal:
            yield path
