"""Caches of a test's own that need not make the gazetteer anew, which takes half a minute."""

import os
import shutil
from pathlib import Path

from pipeline.cache import CACHE
from pipeline.places.gazetteer import Gazetteer, file_version


def put_gazetteer(folder: Path) -> Path:
    """Put the gazetteer, and the seal without which it is made anew, into a folder, and give the folder."""
    Gazetteer.open()
    folder.mkdir(parents=True, exist_ok=True)
    for made in CACHE.glob(f"gazetteer-{file_version()}.*"):
        if not (folder / made.name).exists():
            link_or_copy(made, folder / made.name)
    return folder


def link_or_copy(source: Path, to: Path) -> None:
    """Give a file a second name, or copy it to another disk."""
    try:
        os.link(source.resolve(), to)
    except OSError:
        shutil.copy(source, to)
