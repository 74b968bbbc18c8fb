"""Fetch articles from addresses that fsspec knows (https://, s3://, file://, ...), globs among them, a file at a time.

What lies there is never held as a whole: each file is copied aside, read like any other, and dropped.
"""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import fsspec

from pipeline.intake.inputs import InputFile
from pipeline.model import Issue
from pipeline.text.words import SeedError


def set_addresses_apart(inputs: Sequence[str]) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Give the paths and the addresses among some inputs.

    >>> paths, addresses = set_addresses_apart(["news/2024", "s3://news/2024/*.jsonl"])
    >>> [path.as_posix() for path in paths], addresses
    (['news/2024'], ('s3://news/2024/*.jsonl',))
    """
    paths = tuple(Path(one) for one in inputs if "://" not in one)
    return paths, tuple(one for one in inputs if "://" in one)


def fetch_files(addresses: Sequence[str]) -> Iterator[InputFile | Issue]:
    """Give each file at these addresses under a path that holds until the next is asked for, in the order of names.

    Raises SeedError where an address cannot be looked up, or leads to nothing.
    """
    for address in addresses:
        system, places = find_places(address)
        for place in places:
            name = PurePosixPath(place).name
            with tempfile.TemporaryDirectory() as folder:
                aside = Path(folder) / name
                try:
                    system.get_file(place, str(aside))
                except Exception as error:  # each of many libraries has errors of its own; a file costs itself only
                    yield not_fetched(name, error)
                    continue
                yield InputFile(name, aside)


def find_places(address: str) -> tuple[Any, list[str]]:
    """Give the file system of an address, and the places there that it means, sorted."""
    try:
        system, path = fsspec.core.url_to_fs(address)
        places = system.glob(path) if fsspec.core.has_magic(path) else [path] if system.exists(path) else []
        if len(places) == 1 and system.isdir(places[0]):
            places = [place for place in system.find(places[0]) if not PurePosixPath(place).name.startswith(".")]
    except ImportError as error:
        raise SeedError(f"{address} cannot be read yet: {error}.") from error
    except Exception as error:  # as above
        why = " ".join(str(error).split()) or type(error).__name__
        raise SeedError(f"{address} cannot be looked up ({why[:200]}): check the address.") from error
    if not places:
        raise SeedError(f"There is nothing at {address}: check the address.")
    return system, sorted(places)


def not_fetched(name: str, error: Exception) -> Issue:
    """Word that a file could not be fetched."""
    why = " ".join(str(error).split())[:200] or type(error).__name__
    return Issue(
        kind="unreadable", message=f"{name} was left out: it could not be fetched ({why}).",
        to_do="Build again when it can be reached.", words=name,
    )  # fmt: skip
