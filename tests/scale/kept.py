"""Keep every figure that was measured, with its command, so that a run that is stopped goes on where it was."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
Figures = dict[str, Any]


@dataclass(slots=True)
class Kept:
    """The figures of one folder by name; `folder`/measured.json holds them."""

    folder: Path
    figures: dict[str, Figures] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path) -> "Kept":
        """Take up what was measured before."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "measured.json"
        return cls(folder, json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {})

    def measure(self, name: str, command: str, measure: Callable[[], Figures]) -> Figures:
        """Give the figures of that name, measured now where they were not before, and say so on one line."""
        if name in self.figures:
            say(f"kept      {name}")
            return self.figures[name]
        say(f"measuring {name}: {command}")
        started = time.monotonic()
        found = measure()
        spent = time.monotonic() - started
        about = {"command": command, "took": round(spent, 1), "at": f"{datetime.now(UTC):%Y-%m-%d}"}
        self.figures[name] = found | about | {"commit": tell_commit()}
        aside = self.folder / "measured.json.part"
        aside.write_text(json.dumps(self.figures, indent=1) + "\n", encoding="utf-8")
        aside.replace(self.folder / "measured.json")
        say(f"measured  {name} in {spent:.0f} s: {tell_short(found)}")
        return self.figures[name]


def run_alone(module: str, *words: object) -> Figures:
    """Measure in a fresh process: `python -m scale.MODULE WORDS`, which prints one line of JSON last."""
    command = [sys.executable, "-m", f"scale.{module}", *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, env=make_env(), stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"scale.{module} {' '.join(map(str, words))} ended with {done.returncode}: see above")
    found: Figures = json.loads(done.stdout.splitlines()[-1])
    return found


def tell_command(module: str, *words: object) -> str:
    """Give the command of `run_alone` as a person types it."""
    return f"PYTHONPATH=.:tests python -m scale.{module} {' '.join(map(str, words))}"


def make_env(**more: str) -> dict[str, str]:
    """Give the environment of a process that finds our modules."""
    return {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}", **more}


def tell_commit() -> str:
    """Name the commit that is measured."""
    git = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    return subprocess.run(git, capture_output=True, text=True, check=True).stdout.strip()


def tell_short(found: Figures) -> str:
    """Give the single numbers among some figures on one line."""
    return ", ".join(f"{name} {value}" for name, value in found.items() if isinstance(value, (int, float, str)))[:300]


def say(line: str) -> None:
    """Say one line of progress, with the time."""
    print(f"{datetime.now():%H:%M:%S} {line}", flush=True)
