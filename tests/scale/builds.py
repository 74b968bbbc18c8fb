"""Run `python -m pipeline build` on a wire, and measure it by its own lines of progress: each leg, memory, storage.

A build that is stopped goes on from its cache; the legs of all attempts are kept beside it and added up.
"""

import hashlib
import json
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from caches import put_gazetteer

from scale.kept import ROOT, Figures, make_env
from scale.memory import Watch

EVERY = 0.5  # seconds between two looks at the memory
STARTING = "Starting"
Heed = Callable[[str, int, int], None]  # what is done, how much, of how much: may do something at that moment


@dataclass(slots=True)
class Legs:
    """The seconds between two lines of progress, put down to what the first of them said was being done."""

    spent: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    doing: str = STARTING
    since: float = field(default_factory=time.monotonic)
    built: str = ""

    def hear(self, line: str, heed: Heed | None = None) -> None:
        """Take one line of the build."""
        said = json.loads(line)
        self.pause()
        self.doing = said.get("doing", self.doing)
        self.built = said.get("built", self.built)
        if heed and "doing" in said:
            heed(self.doing, said["done"], said["of"])

    def pause(self) -> None:
        """Put the time up to now down to what is being done."""
        now = time.monotonic()
        self.spent[self.doing] += now - self.since
        self.since = now


@dataclass(frozen=True, slots=True)
class Place:
    """Where one build keeps its cache, its tables and the figures of its attempts."""

    folder: Path

    @property
    def out(self) -> Path:
        """The published tables."""
        return self.folder / "tables"

    @property
    def cache(self) -> Path:
        """The readings, and the gazetteer."""
        return self.folder / "cache"

    def attempts(self, name: str) -> Path:
        """The figures of each attempt at a build of this place."""
        return self.folder / f"{name}.json"


def run_build(
    place: Place, name: str, inputs: Sequence[Path], flags: Sequence[str] = (), heed: Heed | None = None
) -> Figures:
    """Build and give the figures of it: seconds and legs over all attempts, peaks, what was built."""
    put_gazetteer(place.cache)  # no build is timed with making it
    earlier: list[Figures] = read_attempts(place.attempts(name))
    command = [sys.executable, "-m", "pipeline", "build", *map(str, inputs), "--out", str(place.out), "--json", *flags]
    env = make_env(INCIDENT_CACHE=str(place.cache))
    legs = Legs()
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as build:
        watch = Watch(build.pid)
        ended = threading.Event()

        def keep() -> None:
            count = 0
            while not ended.wait(EVERY):
                watch.look()
                count += 1
                if count % 20 == 0:
                    write_attempts(place.attempts(name), [*earlier, tell_attempt(legs, watch)])

        keeper = threading.Thread(target=keep)
        keeper.start()
        try:
            for line in build.stdout or ():
                legs.hear(line, heed)
        finally:
            if sys.exc_info()[0]:
                build.terminate()  # stopped here, it must not go on alone
            ended.set()
            keeper.join()
            legs.pause()
            attempts = [*earlier, tell_attempt(legs, watch)]
            write_attempts(place.attempts(name), attempts)
    if build.returncode not in (0, 3):
        raise RuntimeError(f"the build ended with {build.returncode}: {' '.join(command)}")
    return add_up(attempts)


def tell_attempt(legs: Legs, watch: Watch) -> Figures:
    """Give the figures of one attempt so far."""
    return {
        "legs": {name: round(spent, 2) for name, spent in list(legs.spent.items())},
        "cpu_s": round(sum(list(watch.seconds.values())), 1),
        "driver_mb": watch.driver_mb,
        "workers_mb": watch.workers_mb,
        "built": legs.built,
    }


def add_up(attempts: Sequence[Figures]) -> Figures:
    """Give the figures of a build over its attempts: times are added, of memory the most counts.

    >>> add_up([{"legs": {"a": 1.0}, "cpu_s": 1, "driver_mb": 5, "workers_mb": [], "built": ""},
    ...         {"legs": {"a": 2.0}, "cpu_s": 1, "driver_mb": 4, "workers_mb": [7], "built": "all"}])["seconds"]
    3.0
    """
    legs: dict[str, float] = defaultdict(float)
    for attempt in attempts:
        for name, spent in attempt["legs"].items():
            legs[name] += spent
    return {
        "seconds": round(sum(legs.values()), 1),
        "legs": {name: round(spent, 1) for name, spent in legs.items()},
        "cpu_s": round(sum(attempt["cpu_s"] for attempt in attempts), 1),
        "driver_mb": max(attempt["driver_mb"] for attempt in attempts),
        "workers_mb": max((attempt["workers_mb"] for attempt in attempts), default=[]),
        "attempts": len(attempts),
        "built": attempts[-1]["built"],
    }


def read_attempts(path: Path) -> list[Figures]:
    """Read the figures of the attempts so far."""
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []


def write_attempts(path: Path, attempts: list[Figures]) -> None:
    """Keep the figures of the attempts, whole or as they were."""
    aside = path.with_suffix(".part")
    aside.write_text(json.dumps(attempts), encoding="utf-8")
    aside.replace(path)


def hash_folder(folder: Path) -> str:
    """Give one hash of the names and bytes of all that a build published."""
    seal = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            seal.update(f"{path.relative_to(folder)}\0{hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode())
    return seal.hexdigest()


def weigh_storage(place: Place, articles: int) -> Figures:
    """Give the bytes an article that the cache, the tables and the texts take."""
    texts = place.out / "texts"
    cache = weigh(place.cache) - sum(path.stat().st_size for path in place.cache.glob("gazetteer*"))
    apart = {"cache": cache, "texts": weigh(texts), "tables": weigh(place.out) - weigh(texts)}
    return {f"{name}_bytes": round(size / articles) for name, size in apart.items()}


def weigh(folder: Path) -> int:
    """Give the bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
