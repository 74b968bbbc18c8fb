"""Let many readers use the page at once, and write how long a filter takes: `make bench-service`.

Two of them are real browsers, the others speak Streamlit's protocol; each changes a filter, and then thinks.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from bench_page import DEEP, time_option
from browser import CHROMIUM, PATIENCE, ROOT, serve
from generate import write
from load_client import Load, let_readers_in
from playwright.sync_api import Page, sync_playwright

TARGET = ROOT / "docs" / "reliability.md"
PLACE = re.compile(r"(<!-- load: [^\n]*-->\n).*?(<!-- load: end -->)", re.DOTALL)
INCIDENTS, SESSIONS, BROWSERS, SECONDS, THINKS = 10_000, 50, 2, 600, 30.0
COUNT = "document.querySelector('.tile-value')?.innerText"


def bench(sessions: int, seconds: float, thinks: float) -> None:
    """Measure, and write the figures into the document."""
    with tempfile.TemporaryDirectory() as scratch, serve(write(Path(scratch) / "tables", INCIDENTS)) as url:
        let_readers_in(url, 1, 20, 2.0)  # what the first reader alone waits for is not this question
        before, spent, seen = weigh_server(url), time_server(url), []
        watching = threading.Thread(target=use_browsers, args=(url, time.perf_counter() + seconds, thinks, seen))
        weights = Weights(url, time.perf_counter() + seconds)
        watching.start()
        weights.start()
        load = let_readers_in(url, sessions - BROWSERS, seconds, thinks)
        watching.join()
        weights.join()
        spent = time_server(url) - spent
    said = write_report(sessions, seconds, thinks, load, seen, before, max(weights.found), spent)
    print(said)
    text = TARGET.read_text(encoding="utf-8")
    TARGET.write_text(PLACE.sub(lambda found: found[1] + said + found[2], text), encoding="utf-8")


class Weights(threading.Thread):
    """Weighs the server each second until the end."""

    def __init__(self, url: str, until: float) -> None:
        """Say which server, and until when."""
        super().__init__(daemon=True)
        self.url, self.until, self.found = url, until, [0.0]

    def run(self) -> None:
        """Weigh."""
        while time.perf_counter() < self.until:
            self.found.append(weigh_server(self.url))
            time.sleep(1)


def weigh_server(url: str) -> float:
    """Give the megabytes of memory that the server of an address holds."""
    found = re.search(r"VmRSS:\s+(\d+) kB", (find_server(url) / "status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def time_server(url: str) -> float:
    """Give the seconds of computing that the server of an address has taken."""
    fields = (find_server(url) / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def find_server(url: str) -> Path:
    """Give where the system tells of the server of an address."""
    option = f"--server.port={urlsplit(url).port}"
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if option in (folder / "cmdline").read_text().split("\0"):
                return folder
        except OSError:
            continue
    raise RuntimeError(f"no process has {option}")


def use_browsers(url: str, until: float, thinks: float, seen: list[float]) -> None:
    """Change a filter in real browsers, one after the other, and keep the seconds until the count is another."""
    with sync_playwright() as playwright:
        chromium = next(filter(None, map(shutil.which, CHROMIUM)))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        pages = [open_browser(browser.new_page(), url) for _ in range(BROWSERS)]
        number = 0
        while time.perf_counter() + thinks / BROWSERS < until:
            time.sleep(thinks / BROWSERS)
            seen.append(time_option(pages[number % BROWSERS], ".st-key-types input", COUNT, number // BROWSERS % 2))
            number += 1
        browser.close()


def open_browser(page: Page, url: str) -> Page:
    """Open the page in a window of its own."""
    page.add_init_script("localStorage.setItem('incident-tour', 'seen')")
    page.add_init_script(DEEP)
    page.set_default_timeout(2 * PATIENCE)
    page.goto(url)
    page.locator(".st-key-table .rows").wait_for()
    return page


def write_report(
    sessions: int,
    seconds: float,
    thinks: float,
    load: Load,
    seen: list[float],
    before: float,
    after: float,
    spent: float,
) -> str:
    """Write what was measured."""
    commit = subprocess.run(["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"], capture_output=True, text=True,
                            check=True).stdout.strip()  # fmt: skip
    rows = [
        ("a filter, over the protocol", load.changed),
        ("a filter, in a real browser, until the count is another", seen),
        ("the page, from connecting to drawn", load.opened),
    ]
    lines = [f"| {name} | {len(times)} | {middle(times):.2f} s | {late(times):.2f} s |" for name, times in rows]
    errors = f" ({'; '.join(sorted(set(load.errors))[:3])})" if load.errors else ""
    said = [
        f"{datetime.now(UTC):%Y-%m-%d}, commit {commit}: {sessions} sessions at once, {BROWSERS} of them browsers,",
        f"for {seconds:.0f} seconds over {INCIDENTS:,} incidents; each changes a filter every {thinks:g} seconds.",
        f"{os.cpu_count()} cores, shared with the readers; {os.getloadavg()[1]:.1f} wanted to run at once at the end.",
    ]
    table = ["| what is waited for | times | median | 95 of 100 wait no longer than |", "|---|---:|---:|---:|", *lines]
    memory = [
        f"Errors: {len(load.errors)}{errors}. Memory of the server: {before:.0f} MB before, {after:.0f} MB at most,",
        f"which is {(after - before) / sessions:.1f} MB for each session. The server computed for {spent:.0f} seconds,",
        f"{spent / max(len(load.opened) + len(load.changed) + len(seen), 1):.2f} for each time the page was drawn.",
    ]
    return "\n".join(["", *said, "", *table, "", *memory, ""])


def middle(spent: list[float]) -> float:
    """Give the median, 0 of nothing."""
    return statistics.median(spent) if spent else 0.0


def late(spent: list[float]) -> float:
    """Give what 95 of 100 stay below, 0 of nothing."""
    return sorted(spent)[min(int(0.95 * len(spent)), len(spent) - 1)] if spent else 0.0


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sessions", type=int, default=SESSIONS)
    asked.add_argument("--seconds", type=float, default=SECONDS)
    asked.add_argument("--thinks", type=float, default=THINKS)
    given = asked.parse_args()
    bench(given.sessions, given.seconds, given.thinks)
