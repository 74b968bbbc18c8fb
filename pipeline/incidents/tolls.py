"""Weigh the figures that several reports give for one incident.

The span covers every independent figure; which of them is best, and by which rule, stays visible. A figure that comes
from the attackers themselves never stands for an incident while an independent one exists.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipeline.model import Count, Published

NOT_STATED = Count()
ROUNDING = 0.2  # "about 50" is said of anything from 40 to 60


@dataclass(frozen=True, slots=True)
class Saying:
    """How many one source says there were, when it said so, and whether it is the attackers' own word."""

    count: Count
    said: Published | None = None
    by_party: bool = False


def combine_counts(sayings: Sequence[Saying]) -> Count:
    """Give the span, the best figure and the state of what independent sources say about one number.

    >>> early, late = Published.on("2022-09-30"), Published.on("2022-10-02")
    >>> combine_counts([Saying(Count(19, 19, 19, "exact"), early), Saying(Count(24, 24, 24, "exact"), late)])
    Count(low=19, best=24, high=24, state='conflicting', rule='latest_independent')
    """
    weighed = _weighed(sayings)
    if len(weighed) <= 1:
        return replace(weighed[0].count, rule=weighed[0].count.rule or "only_one") if weighed else NOT_STATED
    counts = [saying.count for saying in weighed]
    lows = [count.low for count in counts if count.low is not None]
    low, high = min(lows, default=None), _top(counts)
    best, rule = next((found, name) for name, choose in RULES if (found := choose(weighed)) is not None or not name)
    return Count(low, best, high, _state(counts, low, high), rule)


def _weighed(sayings: Sequence[Saying]) -> list[Saying]:
    """Leave out what says nothing, the attackers' word beside an independent one, and "dozens" beside a number."""
    stated = [saying for saying in sayings if saying.count.state != "not_stated"]
    independent = [saying for saying in stated if not saying.by_party] or stated
    return [saying for saying in independent if saying.count.state != "vague"] or independent


def _only_one(sayings: Sequence[Saying]) -> int | None:
    """There is one number, however many say it.

    >>> _only_one([Saying(Count(7, 7, 7, "exact")), Saying(Count(7, 7, None, "open_high"))])
    7
    """
    numbers = {saying.count.best for saying in sayings} - {None}
    return numbers.pop() if len(numbers) == 1 else None


def _latest(sayings: Sequence[Saying]) -> int | None:
    """Take the figure that was certainly said last, where every figure has its day.

    >>> one, other = Count(19, 19, 19, "exact"), Count(24, 24, 24, "exact")
    >>> _latest([Saying(one, Published.on("2022-10-02")), Saying(other, Published.on("2022-09-30"))])
    19
    >>> _latest([Saying(one, Published.on("2022-10-02")), Saying(other)]) is None
    True
    """
    dated = [(saying.said, saying.count.best) for saying in sayings if saying.count.best is not None]
    known = [(said, best) for said, best in dated if said is not None]
    if not known or len(known) < len(dated):
        return None
    newest = max(said.first for said, _ in known)
    last_said = {best for said, best in known if said.last >= newest}
    return last_said.pop() if len(last_said) == 1 else None


def _majority(sayings: Sequence[Saying]) -> int | None:
    """Take the figure that more sources give than any other.

    >>> _majority([Saying(Count(low=n, best=n, high=n, state="exact")) for n in (19, 24, 24)])
    24
    >>> _majority([Saying(Count(low=n, best=n, high=n, state="exact")) for n in (19, 24)]) is None
    True
    """
    votes = Counter(saying.count.best for saying in sayings if saying.count.best is not None).most_common(2)
    alone = len(votes) == 1 or (len(votes) == 2 and votes[0][1] > votes[1][1])
    return votes[0][0] if alone else None


def _lowest(sayings: Sequence[Saying]) -> int | None:
    """Take the lowest figure: the one that no source goes below.

    >>> _lowest([Saying(Count(low=n, best=n, high=n, state="exact")) for n in (24, 19)])
    19
    """
    return min((saying.count.best for saying in sayings if saying.count.best is not None), default=None)


def _none(sayings: Sequence[Saying]) -> int | None:
    """Name no best figure: nobody gave a number."""
    return None


RULES: tuple[tuple[str, Callable[[Sequence[Saying]], int | None]], ...] = (
    ("only_one", _only_one),
    ("latest_independent", _latest),
    ("majority", _majority),
    ("lowest", _lowest),
    ("", _none),
)


def _top(counts: Sequence[Count]) -> int | None:
    """Give the top of the span: none where the highest figure is itself open.

    >>> _top([Count(19, 19, 19, "exact"), Count(24, 24, None, "open_high")]) is None
    True
    >>> _top([Count(19, 19, None, "open_high"), Count(24, 24, 24, "exact")])
    24
    """
    highs = [count.high for count in counts if count.high is not None]
    open_lows = [count.low or 0 for count in counts if count.high is None]
    return max(highs) if highs and max(highs) >= max(open_lows, default=0) else None


def _state(counts: Sequence[Count], low: int | None, high: int | None) -> str:
    """Say how the span is to be read."""
    if any(count.state == "conflicting" for count in counts) or _disagree(counts):
        return "conflicting"
    states = {count.state for count in counts}
    if len(states) == 1:
        return states.pop()
    if high is None:
        return "open_high"
    if low is None:
        return "open_low"
    return "exact" if states & {"exact", "stated_zero"} else "approximate"


def _disagree(counts: Sequence[Count]) -> bool:
    """Tell whether two of the figures cannot both be right.

    >>> _disagree([Count(19, 19, None, "open_high"), Count(24, 24, 24, "exact")])
    False
    >>> _disagree([Count(19, 19, 19, "exact"), Count(24, 24, None, "open_high")])
    True
    """
    spans = [_span(count) for count in counts]
    return max(first for first, _ in spans) > min(last for _, last in spans)


def _span(count: Count) -> tuple[float, float]:
    """Give the numbers that a figure allows."""
    slack = ROUNDING if count.state == "approximate" else 0.0
    low = 0.0 if count.low is None else count.low * (1 - slack)
    return low, float("inf") if count.high is None else count.high * (1 + slack)


def say_count(count: Count) -> str:
    """Write a count as short as it can be said.

    >>> [say_count(c) for c in (Count(19, 19, None), Count(10, 10, 12), Count(None, None, 30), Count())]
    ['at least 19', '10 to 12', 'up to 30', '']
    """
    if count.low is None:
        return "" if count.high is None else f"up to {count.high}"
    if count.high is None:
        return f"at least {count.low}"
    return str(count.low) if count.low == count.high else f"{count.low} to {count.high}"
