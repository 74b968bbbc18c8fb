"""Say what a backup holds of a collection of articles, and where each of it lies on this machine.

The names in a backup say what a thing is and not where it lay, so that it can be put back elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.curation.log import FileLog, Log
from pipeline.curation.place import curation_of
from pipeline.intake.inputs import ARTICLES, CURATION, DECIDED, OURS, real
from pipeline.text.words import SEEDS, WORDS

LOG = "log.csv"  # of a backup: the decisions, whatever they are kept in
LOG_FILE, SOURCES, IDS = f"curation/{DECIDED[0]}", "sources.csv", "ids.csv"
EDITIONS = "editions/"  # states that builds kept: none of them is a decision
GROWING = (IDS, "curation/exports.csv")  # files that are only ever added to


@dataclass(frozen=True, slots=True)
class KeptPlaces:
    """Where the articles, the words, the registry of ids and the decisions of one collection lie."""

    articles: Path
    words: Path
    sources: Path
    ids: Path
    curation: Path
    rest: Path | None = None  # the folder of the project's own seeds, and what else lies there

    def find_place(self, name: str) -> Path | None:
        """Give where a file of a backup belongs, None where this collection has no such place."""
        first, _, below = name.partition("/")
        folders = {"articles": self.articles, "words": self.words, "curation": self.curation, "rest": self.rest}
        files = {SOURCES: self.sources, IDS: self.ids}
        if not below:
            return files.get(first)
        folder = folders.get(first)
        return folder / below if folder else None

    def list_files(self, log: Log) -> dict[str, Path]:
        """Give every file that a backup holds, beside the log, by its name there.

        Where the log is a database, a file of decisions beside it is a file like others.
        """
        found = {f"words/{name}": path for name, path in walk_files(self.words)}
        found |= {f"articles/{n}": p for n, p in walk_files(self.articles) if not n.startswith(f"{CURATION}/")}
        for name in DECIDED[isinstance(log, FileLog) :]:
            place = self.curation / name
            inside = [(name, place)] if place.is_file() else [(f"{name}/{n}", p) for n, p in walk_files(place)]
            found |= {f"curation/{one}": path for one, path in inside}
        found |= {name: path for name, path in ((SOURCES, self.sources), (IDS, self.ids)) if path.is_file()}
        if self.rest is not None:
            held = set(map(real, found.values()))
            found |= {f"rest/{name}": path for name, path in walk_files(self.rest) if real(path) not in held}
        return found


def find_kept(articles: Path | None, tables: Path) -> KeptPlaces:
    """Give the places of the articles in a folder, whose tables are `tables`; None are the project's own."""
    if articles is None or real(articles) == real(ARTICLES):
        return KeptPlaces(ARTICLES, WORDS, SEEDS / SOURCES, SEEDS / IDS, curation_of(()), SEEDS)
    beside = next((p for p in (articles / SOURCES, articles.parent / SOURCES) if p.is_file()), articles / SOURCES)
    return KeptPlaces(articles, WORDS, beside, tables / IDS, curation_of([articles]))


def walk_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Give the files below a folder by their names from there; hidden ones are locks and halves of writers."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in name.parts) and name.as_posix() not in OURS:
            yield name.as_posix(), path
