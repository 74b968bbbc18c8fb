"""All that a briefing tells of a view, gathered once: the one-pager, the deck, the map sheet and the others draw it.

The numbers are those of the page, for they are asked in the same way. What has no figure, day or place is counted and
said, never taken for zero. Every file numbers its own footnotes with a `Footnotes` of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol

import pandas as pd

from pipeline.brief.atlas import RollUp, load_atlas, roll_up
from pipeline.brief.claims import Disputed, find_disputed
from pipeline.brief.deadliest import Deadliest, find_deadliest
from pipeline.brief.doubts import Method, Sources, Unknowns, find_method, find_sources, find_unknowns
from pipeline.brief.kinds import Kind, Targets, count_authors, count_kinds, count_targets
from pipeline.brief.months import Month, count_months
from pipeline.brief.notes import clean
from pipeline.brief.periods import Periods, find_periods
from pipeline.brief.places import Place, find_places, find_sites
from pipeline.brief.title import name_briefing
from pipeline.tables.store import Ask, Counts, Store
from pipeline.view import View

MOST = 5_000  # incidents that a briefing lists; its sums hold all
MOST_MONTHS = 36  # periods of the months; more are counted by quarter, then by year
MOST_TARGET_PERIODS = 12
DIGITS = 12  # of the seal
BORDERS = (
    "Boundaries are not authoritative and express no opinion about the status of any territory. "
    "Natural Earth (public domain), place names GeoNames (CC BY 4.0)."
)
Tell = Callable[[str, int, int], None]  # what is being done, how much of it is done, of how much


class Change(Protocol):
    """One thing that changed, as `pipeline.curation.changes` finds it."""

    @property
    def kind(self) -> str:
        """Give what kind of change it is."""

    @property
    def incident_id(self) -> str:
        """Give the incident."""

    @property
    def title(self) -> str:
        """Give its title."""

    @property
    def days(self) -> str:
        """Say its days."""

    @property
    def column(self) -> str:
        """Give what was revised."""

    @property
    def before(self) -> str:
        """Say what it was."""

    @property
    def after(self) -> str:
        """Say what it is now."""

    @property
    def by(self) -> str:
        """Give who did it, "machine" or a person."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since an earlier state, which `words` name; `note` says what is amiss with that state."""

    words: str
    changes: Sequence[Change]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """What is told; the texts of articles in it are in one line, without what turns the direction of text."""

    title: str
    filters: str  # in words
    as_of: date | None  # the latest day of publication among the sources of what is shown
    version: str  # of the tables
    link: str
    view: View
    counts: Counts
    rows: pd.DataFrame  # the incidents shown with all columns, in the order of the view, the first MOST
    party_only: frozenset[str]  # incidents whose killed only the perpetrator states
    kinds: tuple[Kind, ...]
    authors: tuple[Kind, ...]  # by perpetrator, the commonest first; "" is not stated
    periods: Periods | None  # None where no incident shown has a day
    months: tuple[Month, ...]
    provinces: RollUp
    places: tuple[Place, ...]  # what the map marks, most incidents first
    sites: tuple[Place, ...]  # sites of towns that are not where their town is marked
    targets: Targets
    disputed: tuple[Disputed, ...]
    deadliest: tuple[Deadliest, ...]
    method: Method
    unknowns: Unknowns
    sources: Sources
    since: Changes | None = None

    @property
    def n(self) -> int:
        """Give how many incidents are shown."""
        return self.counts.shown

    @property
    def left_out(self) -> int:
        """Give how many of them are not among the rows."""
        return self.counts.shown - len(self.rows)

    @property
    def as_of_words(self) -> str:
        """Say of which day the data is."""
        return f"{self.as_of.day} {self.as_of:%B %Y}" if self.as_of else "no source with a day"


def gather_briefing(
    store: Store,
    view: View,
    link: str = "",
    *,
    since: Changes | None = None,
    tell: Tell = lambda doing, done, of: None,
) -> Briefing:
    """Gather what the files tell of `view`; `link` is where it is seen, `since` what changed, `tell` hears how far."""
    ask = partial(store.ask, view)
    tell("Counting", 0, 4)
    counts, sources = store.counts(view), find_sources(store, view)
    tell("Reading the incidents", 1, 4)
    rows = store.rows(view, most=MOST)
    tell("Placing them on the map", 2, 4)
    provinces, places = roll_up(ask, load_atlas()), tuple(find_places(ask))
    tell("Comparing what is said", 3, 4)
    said = find_disputed(store, view), find_deadliest(store, view), find_claimed(ask)
    tell("Gathered", 4, 4)
    periods, months = _count_time(ask, counts, view)
    return Briefing(
        title=name_briefing(ask, counts, view), filters=clean(view.in_words()), as_of=sources.latest,
        version=store.seal()[:DIGITS], link=link, view=view, counts=counts, rows=rows, kinds=count_kinds(ask),
        authors=count_authors(ask),
        periods=periods, months=months, provinces=provinces, places=places,
        sites=tuple(find_sites(ask, places)),
        targets=count_targets(ask, find_periods(counts, view, "month", MOST_TARGET_PERIODS)),
        disputed=said[0], deadliest=said[1], party_only=said[2], method=find_method(store, view),
        unknowns=find_unknowns(store, view, counts), sources=sources, since=since,
    )  # fmt: skip


def find_claimed(ask: Ask) -> frozenset[str]:
    """Give the incidents whose killed only the perpetrator states."""
    return frozenset(map(str, ask("SELECT incident_id FROM shown WHERE killed_claim")["incident_id"]))


def _count_time(ask: Ask, counts: Counts, view: View) -> tuple[Periods | None, tuple[Month, ...]]:
    """Count by month, or by longer periods where there were too many."""
    periods = find_periods(counts, view, "month", MOST_MONTHS)
    return periods, tuple(count_months(ask, periods)) if periods else ()
