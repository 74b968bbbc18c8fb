"""Find the files of the inputs, in an order that depends on their names alone.

Folders are searched to the bottom, links to folders too, each folder once, so that links in a circle do no harm.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.text.words import SEEDS, SeedError

ARTICLES = SEEDS / "articles"
OURS = frozenset(("sources.csv", "corrections.csv", "ids.csv"))
CURATION = "curation"  # the folder of what people decided about the articles beside it
DECIDED = ("corrections.csv", "exports.csv", "editions", "releases")  # what marks it as ours


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file of an input, and its name as seen from that input: no message tells where on a machine it lies."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files of all inputs, the folders that sources.csv is looked for in, and the folders without any file."""

    files: tuple[InputFile, ...]
    folders: tuple[Path, ...]
    empty: tuple[str, ...]


def find_inputs(inputs: Sequence[Path]) -> Inputs:
    """Give the files of `inputs`, files or folders (none: the project's own); raise SeedError for a wrong path."""
    files: dict[Path, InputFile] = {}
    folders: dict[Path, None] = {}
    empty = []
    for place in inputs or (ARTICLES,):
        if not place.exists():
            raise SeedError(f"There is no file or folder {place}: check the path.")
        root = place if place.is_dir() else place.parent
        folders[root] = None
        found = list(walk(root, set())) if place.is_dir() else [place]
        for path in found:
            files.setdefault(real(path), InputFile(show(path.relative_to(root)), path))
        if not found:
            empty.append(place.name or str(place))
    ordered = sorted(files.values(), key=lambda file: (file.name.split("/"), str(file.path)))
    return Inputs(tuple(ordered), tuple(folders), tuple(empty))


def show(path: Path) -> str:
    """Give a path as words that can be written, also where its bytes are no UTF-8."""
    return path.as_posix().encode("utf-8", "replace").decode("utf-8")


def real(path: Path) -> Path:
    """Give the place that a path leads to, or the path itself where its links lead in a circle."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def walk(folder: Path, seen: set[Path]) -> Iterator[Path]:
    """Give the files below a folder, without hidden files, locks of open documents, our own tables and decisions."""
    if real(folder) in seen:
        return
    seen.add(real(folder))
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~$")) or path.name in OURS:
            continue
        if path.is_dir():
            if path.name != CURATION or not any((path / name).exists() for name in DECIDED):
                yield from walk(path, seen)
        else:
            yield path
