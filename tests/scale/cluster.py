"""Two real Dask workers on this machine, which die as processes do: by SIGKILL, in the middle, and are started again.

Scheduler and workers listen on 127.0.0.1 only, at ports that the system gives.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from scale.kept import ROOT, make_env, say

KILL_AT = (0.3, 0.6)  # shares of the reading at which a worker is killed
PATIENCE = 60  # seconds until the scheduler must be there
LOCAL = ("--host", "127.0.0.1", "--no-dashboard")
READING = "Reading"  # what the build says it does while workers may be killed


@dataclass(slots=True)
class Cluster:
    """A scheduler and its workers; `kills` are the moments at which one was killed."""

    folder: Path
    cache: Path
    scheduler: subprocess.Popen[bytes]
    address: str
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    kills: list[float] = field(default_factory=list)

    def add_worker(self) -> None:
        """Start a worker: one process that nobody looks after."""
        more = ("--nthreads", "1", "--no-nanny", "--local-directory", str(self.folder))
        self.workers.append(start(["worker", self.address, *LOCAL, *more], self.folder, self.cache))

    def heed(self, doing: str, done: int, of: int) -> None:
        """Kill a worker when reading has come so far, and start another in its place."""
        share = done / of if of else 0.0
        if doing.startswith(READING) and len(self.kills) < len(KILL_AT) and share >= KILL_AT[len(self.kills)]:
            victim = self.workers.pop(0)
            victim.kill()
            victim.wait()
            self.kills.append(round(share, 2))
            say(f"killed    worker {victim.pid} at {share:.0%} of the reading")
            self.add_worker()


@contextmanager
def run_cluster(folder: Path, cache: Path, workers: int = 2) -> Iterator[Cluster]:
    """Run a scheduler and workers whose logs lie in `folder`; all end with the block."""
    folder.mkdir(parents=True, exist_ok=True)
    where = folder / "scheduler.json"
    where.unlink(missing_ok=True)
    scheduler = start(["scheduler", "--port", "0", *LOCAL, "--scheduler-file", str(where)], folder, cache)
    cluster = Cluster(folder, cache, scheduler, "")
    try:
        cluster.address = await_address(where, scheduler)
        for _ in range(workers):
            cluster.add_worker()
        yield cluster
    finally:
        for process in (*cluster.workers, scheduler):
            process.kill()
            process.wait()


def start(words: Sequence[str], folder: Path, cache: Path) -> subprocess.Popen[bytes]:
    """Start one part of the cluster, with its log beside it."""
    command = [sys.executable, "-m", "dask", *words]
    with (folder / f"{words[0]}.log").open("ab") as log:
        return subprocess.Popen(command, cwd=ROOT, env=make_env(INCIDENT_CACHE=str(cache)), stdout=log, stderr=log)


def await_address(where: Path, scheduler: subprocess.Popen[bytes]) -> str:
    """Give the address of the scheduler, once it has written it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and scheduler.poll() is None:
        try:
            return str(json.loads(where.read_text(encoding="utf-8"))["address"])
        except (OSError, ValueError, KeyError):
            time.sleep(0.2)
    raise RuntimeError(f"the scheduler did not start: see scheduler.log in {where.parent}")
