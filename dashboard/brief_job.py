"""Briefs made in the background: a file takes seconds, in which neither its reader nor any other is kept waiting.

A file is made once for a view, a state of the tables and the options; whoever asks for the same again gets the same.
One is made at a time: the libraries that draw are not for several at once.
"""

import hashlib
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from dashboard.service.log import time_event
from pipeline.brief.briefing import Changes
from pipeline.brief.briefs import Brief, BriefError, Options, make_brief
from pipeline.curation.releases import ReleaseError
from pipeline.tables.store import Store
from pipeline.view import View

MOST_KEPT = 12  # files; a large one has a few megabytes
WAITING = "Waiting for the file of another reader"
Key = tuple[str, ...]
LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made, of which state of the tables; `changes` finds what changed, named by `since`."""

    brief: Brief
    store: Store
    state: object
    view: View
    link: str
    options: Options
    since: str = ""
    changes: Callable[[], Changes | None] = lambda: None

    @property
    def key(self) -> Key:
        """Tell it from all other orders."""
        template = hashlib.sha256(self.options.template or b"").hexdigest()
        named = self.brief.key, self.brief.find_ending(self.options), self.brief.find_paper(self.options), template
        return (*named, str(self.state), self.view.to_url(), self.link, self.since)


class BriefJob:
    """One file that is being made; its fields change until `is_over`."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.doing, self.share = WAITING, 0.0
        self.content = b""
        self.failure = ""
        self.seconds = 0.0
        self.is_over = False
        threading.Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        """Make it."""
        start = time.monotonic()
        try:
            with _ONE_AT_A_TIME, time_event("brief", kind=self.order.brief.key) as said:
                self.content = self._make()
                said["bytes"] = len(self.content)
        except (BriefError, ReleaseError) as error:
            self.failure = str(error)
        except Exception:
            LOG.exception("a brief could not be made")
            self.failure = "The file could not be made; the log of the server says why."
        self.seconds = time.monotonic() - start
        self.is_over = True

    def _make(self) -> bytes:
        """Give the file."""
        order = self.order
        return make_brief(order.brief, order.store, order.view, order.link, order.options, since=order.changes(),
                          tell=self._hear)  # fmt: skip

    def _hear(self, doing: str, done: int, of: int) -> None:
        """Hear how far it is."""
        self.doing, self.share = doing, done / of if of else 0.0


def start_job(order: Order) -> BriefJob:
    """Give the job that makes what is ordered: one that made it already, or a new one."""
    with _GUARD:
        job = _JOBS.get(order.key)
        if job is None or job.failure:
            job = _JOBS[order.key] = BriefJob(order)
        _JOBS.move_to_end(order.key)
        over = [key for key, one in _JOBS.items() if one.is_over]
        for key in over[: max(len(_JOBS) - MOST_KEPT, 0)]:
            del _JOBS[key]
        return job


def find_job(order: Order) -> BriefJob | None:
    """Give the job of what is ordered, None where nobody started it."""
    with _GUARD:
        return _JOBS.get(order.key)


_JOBS: OrderedDict[Key, BriefJob] = OrderedDict()
_GUARD, _ONE_AT_A_TIME = threading.Lock(), threading.Lock()
