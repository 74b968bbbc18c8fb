"""Builds in the background: after a decision the tables are built anew, one build at a time for all readers.

Decisions made while a build runs ask for one more run after it; the page says how far it is.
"""

import threading
from pathlib import Path

from dashboard.intake import OWN, find_articles
from dashboard.intake_job import Job
from dashboard.load import DEFAULT


class Rebuild:
    """The builds of one folder of tables."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words
        self.job: Job | None = None
        self.failure = ""
        self.lock = threading.Lock()
        self.wanted = self.running = False

    def ask(self) -> None:
        """Build soon: now, or once more after the build that runs."""
        with self.lock:
            self.wanted = True
            if self.running:
                return
            self.running = True
        threading.Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        """Build until nobody wants another."""
        while True:
            with self.lock:
                if not self.wanted:
                    self.running, self.job = False, None
                    return
                self.wanted, self.failure = False, ""
            try:
                self.job = Job("build", "--json", *self.words)
                self.job.process.wait()
                self.job.reader.join()
                self.failure = self.job.failure
            except OSError as error:
                self.failure = f"The build could not be started ({error.strerror})."


_REBUILDS: dict[str, Rebuild] = {}
_GUARD = threading.Lock()


def find_rebuild(tables: Path) -> Rebuild | None:
    """Give the builds of these tables, None where it is not known from which articles they are made."""
    articles = find_articles(tables)
    if articles is None:
        return None
    own = articles == OWN and tables.resolve() == DEFAULT.resolve()
    words = () if own else (str(articles), "--out", str(tables))
    with _GUARD:
        return _REBUILDS.setdefault(str(tables.resolve()), Rebuild(words))
