"""What a test needs to make a fault happen: commands that it befalls, disks that are full, folders nobody may write."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from caches import put_gazetteer

ROOT = Path(__file__).parents[1]
RUNNER = Path(__file__).with_name("fault_runner.py")
NOBODY = 65534
BLAST = "A suicide bomber killed 19 people at a school in Kabul on 30 September 2022, police said.\n"
SHOOTING = "Gunmen shot dead four traders in Herat on 5 October 2022, officials said.\n"


@dataclass(frozen=True)
class Done:
    """How a command ended: its exit code (below zero for a signal), what it said, and its steps of writing."""

    code: int
    said: str
    failed: str
    writes: int

    def sentence(self, *words: str, code: int) -> str:
        """The one sentence it failed with."""
        assert self.code == code, f"ended with {self.code}, not {code}: {self.failed or self.said}"
        said = [line for line in self.failed.splitlines() if not line.startswith("No state before")]
        assert len(said) == 1 and said[0].endswith("."), f"one sentence, not {self.failed!r}"
        assert not {"Traceback", "Errno", "Exception"} & set(self.failed.replace("[", " ").split()), self.failed
        missing = [word for word in words if word not in self.failed]
        assert not missing, f"{self.failed!r} does not say {missing}"
        return self.failed


class Runner:
    """The process that makes commands, with a cache of its own behind a link that a test may lead elsewhere."""

    def __init__(self, home: Path, copied: bool = False, loaded: bool = False, clock: float | None = None) -> None:
        self.home, self.cache = home, home / "cache"
        self.cache.symlink_to(put_gazetteer(home / "real-cache"))
        root = home / "project" if copied else ROOT
        for name in ("pipeline", "seeds", "data") if copied else ():
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "editions", ".*"))
        how = (str(clock or 0), "loaded" if loaded else "bare")
        self.process = subprocess.Popen(
            [sys.executable, str(RUNNER), *how], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=os.environ | {"PYTHONPATH": str(root), "INCIDENT_CACHE": str(self.cache), "USER": "ana"},
        )  # fmt: skip
        assert self.process.stdout
        assert self.process.stdout.readline() == "ready\n", "the runner did not start: run it by hand to see why"

    def run(self, *words: object, stdout: str = "", **fault: object) -> Done:
        """Run `python -m pipeline WORDS`, with what is to go wrong."""
        assert self.process.stdin
        assert self.process.stdout
        places = {"stdout": stdout or str(self.home / "stdout"), "stderr": str(self.home / "stderr"),
                  "held": str(self.home / "held")}  # fmt: skip
        self.process.stdin.write(json.dumps({"words": [*map(str, words)], **places, **fault}) + "\n")
        self.process.stdin.flush()
        ended = json.loads(self.process.stdout.readline())
        said = "" if stdout else (self.home / "stdout").read_text("utf-8")
        return Done(ended["code"], said, (self.home / "stderr").read_text("utf-8"), ended["writes"])

    def close(self) -> None:
        """End it."""
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(20)


@contextmanager
def start_runner(**how: object) -> Iterator[Runner]:
    """A runner in a folder that every user may enter, unlike those of pytest."""
    home = Path(tempfile.mkdtemp(prefix="faults-"))
    home.chmod(0o755)
    runner = Runner(home, **how)  # type: ignore[arg-type]
    try:
        yield runner
    finally:
        runner.close()
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def runner() -> Iterator[Runner]:
    """One that has the language model loaded."""
    with start_runner(loaded=True) as one:
        yield one


def snapshot(folder: Path) -> dict[str, bytes]:
    """All files below a folder that are not hidden."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    named = ((path.relative_to(folder).as_posix(), path) for path in paths)
    return {name: path.read_bytes() for name, path in named if not name.startswith(".") and "/." not in name}


def check_package(folder: Path) -> None:
    """Every table that the data package names is the one it seals, and every Parquet file too."""
    for table in json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]:
        content = (folder / table["path"]).read_bytes()
        assert table["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}", (
            f"{table['path']} is not what is sealed"
        )
    subprocess.run(["sha256sum", "--check", "--quiet", "parquet.sha256"], cwd=folder, check=True)


@dataclass(frozen=True)
class Disk:
    """A folder on a disk that can be filled up; `limit` is the fault where no disk can be made."""

    folder: Path
    fill: Callable[[], None]
    free: Callable[[], None]
    fault: dict[str, int]


@contextmanager
def make_disk(home: Path, megabytes: int = 8) -> Iterator[Disk]:
    """A real small disk where this user may mount one; else a limit on the size of files, which the system keeps."""
    folder = home / "disk"
    folder.mkdir()
    junk = folder / ".junk"
    made = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder]
    if shutil.which("mount") and subprocess.run(made, capture_output=True, check=False).returncode == 0:
        try:
            yield Disk(folder, lambda: fill_up(junk), junk.unlink, {})
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)
    else:
        fault: dict[str, int] = {}
        yield Disk(folder, lambda: fault.update(limit=64), fault.clear, fault)


def fill_up(junk: Path) -> None:
    """Write until the disk takes no byte more."""
    with junk.open("wb", buffering=0) as file:
        for size in (1 << 16, 1):
            try:
                while file.write(b"x" * size):
                    pass
            except OSError:
                continue


@contextmanager
def forbid_writing(folder: Path, how: str) -> Iterator[dict[str, int]]:
    """A folder that cannot be written: mounted read-only, or by its rights and for a user who is not root."""
    if how == "mount":
        bind = subprocess.run(["mount", "--bind", folder, folder], capture_output=True, check=False)
        if bind.returncode:
            pytest.skip("this user may not mount; the same fault is made by rights")
        subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)
        try:
            yield {}
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)
    else:
        folder.chmod(0o555)
        try:
            yield {"uid": NOBODY} if os.geteuid() == 0 else {}
        finally:
            folder.chmod(0o755)
