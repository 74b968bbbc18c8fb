"""Read a bomb in a process of its own, which may end badly, and tell what it cost and what came of it.

The time is that of the processor, and the memory is what the process held at most beyond what it held before: other
work on the machine changes neither.
"""

import os
import pickle
import re
import resource
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from pipeline.intake.articles import read_articles
from pipeline.model import Article
from pipeline.reports.language import load_tools
from pipeline.reports.read import read_article

MOST_SECONDS = 240  # of the processor, from which on the system ends the process


@dataclass(frozen=True, slots=True)
class Cost:
    """What reading took, and what came of it; `failure` is what the reader raised, or that it was ended."""

    seconds: float
    megabytes: int
    articles: tuple[Article, ...] = ()
    readings: tuple = ()
    issues: tuple = ()
    failure: str = ""


def measure_reading(path):
    """Read a file as a build does, its articles too, in a process of its own."""
    warm_up()
    here, there = os.pipe()
    child = os.fork()
    if not child:
        os.close(here)
        with os.fdopen(there, "wb") as out:
            pickle.dump(read_alone(path), out)
        os._exit(0)
    os.close(there)
    with os.fdopen(here, "rb") as told:
        said = told.read()
    _, status = os.waitpid(child, 0)
    ended = signal.Signals(status & 127).name if status & 127 else "no word"
    return pickle.loads(said) if said else Cost(MOST_SECONDS, 0, failure=f"the process was ended ({ended})")


def warm_up():
    """Load what a reader needs before the clock runs."""
    read_article(Article(article_id="a", text="A bomb killed four people in Kabul on May 3, 2021."), load_tools())


def read_alone(path):
    """Read a file in this process, and measure it."""
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    Path("/proc/self/clear_refs").write_text("5")
    before, start = most_memory(), time.process_time()
    found, readings, failure = [], [], ""
    try:
        found = list(read_articles((path,)))
        readings = [read_article(one, load_tools()) for one in found if isinstance(one, Article)]
    except Exception as error:
        failure = f"{type(error).__name__}: {error}"[:200]
    articles = tuple(one for one in found if isinstance(one, Article))
    issues = tuple(one for one in [*found, *(i for r in readings for i in r.issues)] if not isinstance(one, Article))
    seconds, megabytes = time.process_time() - start, (most_memory() - before) // 1024
    return Cost(seconds, megabytes, articles, tuple(readings), issues, failure)


def most_memory():
    """Give the most memory that this process has held since it was last asked to forget, in kilobytes."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1])
