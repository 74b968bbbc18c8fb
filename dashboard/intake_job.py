"""A run of the pipeline in a process of its own, watched from the page: the page itself never loads what reads.

The process says each step as a line of JSON, and what it made as the last one; whatever else it says is why it failed.
"""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import streamlit as st

ROOT = Path(__file__).parent.parent
# How far a run is when a step begins.
WEIGHTS = {
    "Fetching": 0.05,
    "Opening": 0.1,
    "Loading": 0.15,
    "Reading": 0.3,
    "Merging": 0.85,
    "Gathering": 0.9,
    "Writing": 0.95,
}
MOST_SAID = 20  # sentences of a failing process that are kept


class Job:
    """One run of `python -m pipeline ...`; its fields change while it runs."""

    def __init__(self, *words: str) -> None:
        self.steps: list[str] = []
        self.done, self.of = 0, 0
        self.result: dict[str, Any] = {}
        self.said: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pipeline", *words], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace",
            env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        self.reader = threading.Thread(target=self._listen, daemon=True)
        self.reader.start()

    @property
    def is_over(self) -> bool:
        """Say whether it has ended, and all it said is heard."""
        return self.process.poll() is not None and not self.reader.is_alive()

    @property
    def failure(self) -> str:
        """Give why it made nothing, once it is over; "" where it made something."""
        return "" if self.result else " ".join(self.said[-3:]) or f"It ended with {self.process.returncode}."

    @property
    def share(self) -> float:
        """Give how much of it is done, 0 to 1, as well as can be told."""
        if not self.steps:
            return 0.0
        begin = WEIGHTS.get(self.steps[-1].split()[0], 0.5)
        return begin + (0.55 * self.done / self.of if self.of and self.steps[-1].startswith("Reading") else 0.0)

    def stop(self) -> None:
        """End it; what it had not finished is not there."""
        self.process.terminate()
        self.process.wait(10)

    def _listen(self) -> None:
        """Hear what it says."""
        for line in self.process.stdout or ():
            try:
                heard = json.loads(line)
            except ValueError:
                heard = None
            if not isinstance(heard, dict):
                self.said = [*self.said, line.strip()][-MOST_SAID:]
            elif "doing" in heard:
                self.done, self.of = int(heard["done"]), int(heard["of"])
                if heard["doing"] not in self.steps:
                    self.steps.append(str(heard["doing"]))
            else:
                self.result = heard


def draw_job(job: Job) -> None:
    """Draw how far a run is, step by step."""
    doing = job.steps[-1] if job.steps else "Starting"
    count = f" · {job.done:,} of {job.of:,}" if job.of > 1 else ""
    st.progress(min(job.share, 1.0), text=f"{doing}{count} …")
    if len(job.steps) > 1:
        st.caption(" · ".join(f"✓ {step}" for step in job.steps[:-1]))
