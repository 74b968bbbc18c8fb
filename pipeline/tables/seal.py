"""Seals of files: equal seals, equal bytes."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


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
