"""Add up what an article says of the people of one incident: each person once, parts and repeats aside.

Within a sentence, people named side by side are different people. From sentence to sentence the same people are told of
again, unless the words say "another" or "more"; a larger number later is the toll as it rose.
"""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.model import Count, Figure
from pipeline.people.numbers import add_counts

MORE = (
    r"\b(?:another|other|others|more|additional|further|an? (?:second|third|fourth|fifth|sixth)"
    r"|of (?:the|those|these) (?:injured|wounded|hurt|hospitali[sz]ed))\b"
)


@dataclass(frozen=True, slots=True)
class Toll:
    """What an article says of one measure: the count, the attackers in it, each figure with why it counts or not."""

    count: Count
    attackers: int | None
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """The figures of one measure in one sentence, added up."""

    figures: tuple[Figure, ...]
    count: Count
    more: bool
    party: bool

    @property
    def whole(self) -> bool:
        """Tell whether it is one number of people of no kind, and so a toll that can stand against another."""
        return len(self.figures) == 1 and self.figures[0].who.lower() in ("", "people", "persons", "dead", "others")

    @property
    def attackers(self) -> bool:
        """Tell whether all of them are attackers."""
        return all(f.group == "attacker" for f in self.figures)


def count_all(figures: Sequence[Figure]) -> dict[str, Toll]:
    """Give the toll of killed, injured and both together from all figures of a report.

    Who "was shot" was hurt, unless the words say killed: of fourteen shot of whom thirteen died, one is injured.
    """
    shot = [f for f in figures if f.measure == "shot"]
    rest = [f for f in figures if f.measure != "shot"]
    killed = count_people(rest, "killed")
    injured = count_people(rest, "injured")
    both = count_people(rest, "killed_or_injured")
    if not shot:
        return {"killed": killed, "injured": injured, "killed_or_injured": both}
    hit = count_people([replace(f, measure="injured") for f in shot], "injured")
    if injured.count.state != "not_stated" or hit.count.low is None:
        told = tuple(replace(f, measure="killed_or_injured", counts="repeats") for f in shot)
        both = replace(both, figures=(*both.figures, *told))
    elif not killed.count.low:
        injured = replace(hit, figures=(*injured.figures, *hit.figures))
    else:
        told = tuple(replace(f, measure="killed_or_injured") for f in shot)
        victims = killed.count.low - (killed.attackers or 0)
        left = hit.count.low - victims if hit.count.low > victims else hit.count.low - killed.count.low
        both = replace(both, figures=(*both.figures, *told))
        if left > 0 and hit.count.state == "exact":
            injured = replace(injured, count=Count(left, left, left, "exact", "only_one"))
    return {"killed": killed, "injured": injured, "killed_or_injured": both}


def count_people(figures: Sequence[Figure], measure: str) -> Toll:
    """Give the toll of one measure from all figures of a report, in the order of the text."""
    mine = without_lone_parts([f for f in figures if f.measure == measure])
    statements = [
        s
        for no in sorted({f.sentence_no for f in mine})
        for s in state([f for f in mine if f.sentence_no == no], contrasted(figures, measure, no))
    ]
    if not statements:
        return Toll(Count(), None, tuple(mine))
    independent = [s for s in statements if not s.party] or statements
    count, weighed = settle(independent, measure)
    only = independent is statements or len(independent) == len(statements)
    kept = {id(f) for s in weighed for f in s.figures}
    marked = tuple(mark(f, kept, party=not only and any(f in s.figures for s in statements if s.party)) for f in mine)
    return Toll(count, attackers_among(marked), marked)


def without_lone_parts(figures: list[Figure]) -> list[Figure]:
    """Count "four of them" where no whole is told of which they would be a part."""
    if any(f.counts != "part_of_total" for f in figures):
        return figures
    return [replace(f, counts="yes") for f in figures]


def contrasted(figures: Sequence[Figure], measure: str, sentence_no: int) -> int:
    """Give the place in a sentence behind which "others" are others than those of another measure.

    In "killed a girl and injured 20 others" the twenty are beside the girl, not beside people injured before.
    """
    other = [f.start for f in figures if f.sentence_no == sentence_no and f.measure != measure]
    return min(other, default=sys.maxsize)


def state(figures: Sequence[Figure], contrast: int) -> list[Statement]:
    """Add up the figures of one sentence, those of different claimants apart."""
    out = []
    for claimant in dict.fromkeys((f.claimant, f.claimant_type) for f in figures):
        said = [f for f in figures if (f.claimant, f.claimant_type) == claimant]
        own = next((fs for why in ("yes", "repeats") if (fs := [f for f in said if f.counts == why])), [])
        if own:
            own = without_repeats(own)
            more = all(is_more(f) and f.start < contrast for f in own)
            out.append(Statement(tuple(own), add_counts([f.count for f in own]), more, claimant[1] == "perpetrator"))
    return out


def without_repeats(figures: list[Figure]) -> list[Figure]:
    """Leave out bare people ("he", "victims") where numbers stand beside them."""
    exact = [f for f in figures if f.count.state != "vague" or f.count.low is None] or figures
    for total in exact:
        parts = [f for f in exact if f is not total and f.start > total.start]
        if len(parts) > 1 and total.count.low == sum(f.count.low or 0 for f in parts):
            return [f for f in exact if f.start <= total.start]  # "three people, a soldier and two civilians"
    return exact


def is_more(figure: Figure) -> bool:
    """Tell whether a figure speaks of people beside those counted before."""
    return bool(re.search(MORE, f"{figure.words} {figure.who}", re.IGNORECASE)) and not (
        figure.words.lower().startswith("more than")
        and figure.words.lower().count("more") == 1
        and "other" not in figure.words.lower()
    )


def settle(statements: Sequence[Statement], measure: str) -> tuple[Count, list[Statement]]:
    """Give the toll from statements in the order of the text, and the statements that it rests on."""
    current, base = statements[0].count, [statements[0]]
    rule = "only_one"
    for statement in statements[1:]:
        new = statement.count
        sides = {s.attackers for s in base} | {statement.attackers}
        fresh = any(f.counts == "yes" for f in statement.figures)
        disputed = fresh and not statement.more and differ(statement, base[0])
        if disputed and statement.whole and new.low not in (None, 0, 1, current.low) and new.state != "vague":
            current, base, rule = spanned(current, new), [*base, statement], "latest_independent"
        elif len(sides) > 1 and len({s.attackers for s in base}) == 1:
            current, base = with_attackers(current, base, statement, measure)
        elif statement.more and not base[-1].more and current.state != "stated_zero":
            current, base = add_counts([current, new]), [*base, statement]
        elif larger(new, current):
            current, base = (spanned(current, new), [*base, statement]) if disputed else (new, [statement])
            rule = "latest_independent"
    return replace(current, rule=rule), base


def with_attackers(
    current: Count, base: list[Statement], statement: Statement, measure: str
) -> tuple[Count, list[Statement]]:
    """Take in attackers of whom another sentence tells: the dead count all, the injured are the attacked."""
    if measure == "killed":
        return add_counts([current, statement.count]), [*base, statement]
    return (current, base) if statement.attackers else (statement.count, [statement])


def differ(one: Statement, other: Statement) -> bool:
    """Tell whether two named claimants make two statements."""
    said, known = claimants(one), claimants(other)
    return said != known and all(said) and all(known)


def claimants(statement: Statement) -> set[str]:
    """Give who makes a statement."""
    return {f.claimant for f in statement.figures}


def larger(new: Count, known: Count) -> bool:
    """Tell whether a count says more people than another."""
    if known.state == "stated_zero":
        return bool(new.low)
    if known.state == "vague" and new.state != "vague" and new.low is not None:
        return True
    if new.low is None:
        return False
    return known.low is None or (new.low > known.low and new.state != "vague")


def spanned(first: Count, second: Count) -> Count:
    """Give the span of two counts that two people state of the same thing."""
    lows = [c.low for c in (first, second) if c.low is not None]
    high = None if first.high is None or second.high is None else max(first.high, second.high)
    return Count(min(lows) if lows else None, second.best, high, "conflicting", "latest_independent")


def mark(figure: Figure, kept: set[int], party: bool) -> Figure:
    """Say why a figure is not in the toll, where it is not."""
    if party:
        return replace(figure, counts="party_claim")
    return figure if id(figure) in kept or figure.counts != "yes" else replace(figure, counts="repeats")


def attackers_among(figures: Sequence[Figure]) -> int | None:
    """Give how many attackers are stated, or None where none is; an attacker named twice is one."""
    lows = [f.count.low for f in figures if f.group == "attacker" and f.count.low and (f.counts != "repeats")]
    return sum(lows) if lows else None
