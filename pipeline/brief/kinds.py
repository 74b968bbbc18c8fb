"""Incidents by what happened and by whom it struck: counts of incidents, and sums of killed with their doubt."""

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from pipeline.brief.notes import clean
from pipeline.brief.periods import Periods
from pipeline.tables.store import Ask, read_total, sum_columns
from pipeline.tables.totals import Total
from pipeline.view import figure_of

UNKNOWN = "unknown"
MOST_TARGETS = 10
OTHERS = "all other targets"
COUNTED = (
    f"count(*) AS n, count(*) FILTER ({figure_of('killed')} > 0) AS deadly, {sum_columns('killed')} "
    "FROM shown GROUP BY 1 ORDER BY n DESC, kind"
)
KINDS = f"SELECT coalesce(nullif(event_type, ''), 'other violence') AS kind, {COUNTED}"
AUTHORS = f"SELECT coalesce(perpetrator, '') AS kind, {COUNTED} LIMIT 100"


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of event or a perpetrator: incidents, those in which someone was killed by any figure, and the killed."""

    name: str
    n: int
    deadly: int
    killed: Total


@dataclass(frozen=True, slots=True)
class Targets:
    """Incidents by target and period; the period None is for days that lie surely in no one."""

    periods: Periods | None
    names: tuple[str, ...]  # the commonest first, then all others together, then unknown
    counts: dict[tuple[str, int | None], int]

    def total(self, name: str) -> int:
        """Count all incidents of a target."""
        return sum(n for (what, _), n in self.counts.items() if what == name)

    @property
    def unsure(self) -> int:
        """Count the incidents whose days lie surely in no one period."""
        return sum(n for (_, when), n in self.counts.items() if when is None)


def count_kinds(ask: Ask) -> tuple[Kind, ...]:
    """Count by type of event, the commonest first."""
    return _count(ask, KINDS)


def count_authors(ask: Ask) -> tuple[Kind, ...]:
    """Count by perpetrator, the commonest first; "" is not stated."""
    return _count(ask, AUTHORS)


def _count(ask: Ask, sql: str) -> tuple[Kind, ...]:
    """Read the kinds of a question."""
    rows = ask(sql).to_dict("records")
    return tuple(Kind(clean(row["kind"]), int(row["n"]), int(row["deadly"]), read_total(row, "killed")) for row in rows)


def count_targets(ask: Ask, periods: Periods | None) -> Targets:
    """Count by target and period, the main targets by name and the others together."""
    when = periods.within() if periods else "NULL"
    found = ask(
        f"SELECT coalesce(nullif(target_type, ''), '{UNKNOWN}') AS target, {when} AS period, count(*) AS n "
        "FROM shown GROUP BY ALL"
    )
    totals = Counter[str]()
    cells = [(str(what), None if pd.isna(at) else int(at), int(n)) for what, at, n in found.itertuples(index=False)]
    for what, _, n in cells:
        totals[what] += n
    named = sorted((name for name in totals if name != UNKNOWN), key=lambda name: (-totals[name], name))
    kept = named if len(named) <= MOST_TARGETS else named[: MOST_TARGETS - 1]
    counts = Counter[tuple[str, int | None]]()
    for what, at, n in cells:
        counts[what if what in kept or what == UNKNOWN else OTHERS, at] += n
    present = {what for what, _ in counts}
    names = [*kept, *(name for name in (OTHERS, UNKNOWN) if name in present)]
    return Targets(periods, tuple(names), dict(counts))
