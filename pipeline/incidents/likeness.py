"""Weigh how likely it is that two reports of different articles tell of one incident.

Each piece of evidence is a small rule that gives points, or None where the two cannot be one. What several reports have
in common is kept as one gist, so that a new report is weighed against an incident, not against each report of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from pipeline.incidents.nearness import (
    APART,
    NAMED_ALIKE,
    UNPLACED,
    Site,
    compare_places,
    compare_sites,
    exactness,
    read_site,
)
from pipeline.incidents.titles import is_site
from pipeline.model import Count, Days, Facts, Place, Published
from pipeline.places.names import fold_words

TOGETHER_DAYS = 3  # between the first and the last outlet to tell of the news of a day
ENOUGH = 5.0  # same day, same town, same kind: five points, if nothing speaks against it
OFFICES = frozenset(
    "governor mayor minister ambassador president premier bishop archbishop".split()
)  # one holder a place
BLASTS = frozenset({"suicide bombing", "bombing", "explosion"})  # one act, told more or less exactly
FAMILIES = (
    {"suicide bombing", "bombing", "explosion", "vehicle attack", "armed attack", "assassination", "arson"},
    {"shooting", "armed attack", "assassination", "execution", "armed clash", "raid", "riot"},
    {"air or drone strike", "shelling", "explosion", "assassination"},
    {"shelling", "armed clash", "armed attack"},
    {"vehicle attack", "stabbing", "armed attack"},
    {"kidnapping", "hijacking", "armed attack", "execution", "raid"},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """What the reports of one incident agree on: the days common to all, the most exact place, every figure."""

    days: Days | None
    known_by: Published | None  # when the last of the articles without a day was published
    place: Place
    sites: frozenset[Site]
    kinds: frozenset[str]
    perpetrators: frozenset[str]
    targets: frozenset[str]
    offices: frozenset[str]
    killed: frozenset[Count]
    injured: frozenset[Count]
    foiled: bool

    @classmethod
    def of(cls, facts: Facts, published: Published | None = None) -> "Gist":
        """Give the gist of one report; an article that names no day still tells that it was before."""
        site = read_site(facts.place.venue or name_target(facts), facts.place)
        return cls(
            days=facts.days,
            known_by=None if facts.days else published,
            place=facts.place,
            sites=frozenset([site] if site.words else []),
            kinds=frozenset([facts.event_type]),
            perpetrators=frozenset([facts.perpetrator] if facts.perpetrator else []),
            targets=frozenset([facts.target_type]) - {"unknown", "other"},
            offices=OFFICES & frozenset(fold_words(facts.target_text)),
            killed=_stated(facts.killed),
            injured=_stated(facts.injured),
            foiled=facts.status == "foiled",
        )

    def meet(self, other: "Gist") -> "Gist":
        """Give the gist of both together; their days must have one in common."""
        days = self.days.meet(other.days) if self.days and other.days else self.days or other.days
        return replace(
            self,
            days=days,
            known_by=self.known_by or other.known_by,
            place=max(self.place, other.place, key=exactness),
            sites=self.sites | other.sites,
            kinds=self.kinds | other.kinds,
            perpetrators=self.perpetrators | other.perpetrators,
            targets=self.targets | other.targets,
            offices=self.offices | other.offices,
            killed=self.killed | other.killed,
            injured=self.injured | other.injured,
        )


def weigh_likeness(one: Gist, other: Gist) -> float | None:
    """Give the points for the two being one incident, or None where they cannot be.

    >>> kabul = Place(precision="city", country_code="AF", city="Kabul")
    >>> day, month = Days.parse("2022-09-30"), Days.parse("2022-09-01/2022-09-30")
    >>> one = Gist.of(Facts(event_type="bombing", days=day, place=kabul))
    >>> weigh_likeness(one, one)
    6.0
    >>> weigh_likeness(one, Gist.of(Facts(event_type="bombing", days=month, place=kabul)))
    4.0
    """
    total = 0.0
    for rule in EVIDENCE:
        points = rule(one, other)
        if points is None:
            return None
        total += points
    return total


def _weigh_status(one: Gist, other: Gist) -> float | None:
    """Refuse to take a foiled attack for one that happened."""
    return 0 if one.foiled == other.foiled else None


def _weigh_days(one: Gist, other: Gist) -> float | None:
    """Give more the narrower both are: a long range says little about one day within it."""
    if one.days is None or other.days is None:
        return _weigh_unknown_days(one, other)
    if not one.days.meet(other.days):
        return None
    steps = ((2, 3.0), (6, 2.0), (31, 1.0))
    longer = max(len(one.days), len(other.days))
    return next((points for most, points in steps if longer <= most), 0.0)


def _weigh_unknown_days(one: Gist, other: Gist) -> float | None:
    """Ask of a report without a day that it came out after the incident, better still with the news of it.

    >>> before, soon, late = (Published.on(day) for day in ("2021-08-25", "2021-08-27", "2023-05-19"))
    >>> dated = Gist.of(Facts(days=Days.parse("2021-08-26")))
    >>> [_weigh_unknown_days(dated, Gist.of(Facts(), published)) for published in (before, soon, late)]
    [None, 1.0, -1.0]
    """
    for undated, dated in ((one, other), (other, one)):
        if dated.days and undated.known_by:
            if undated.known_by.last < dated.days.first:
                return None
            return 1.0 if (undated.known_by.first - dated.days.last).days <= TOGETHER_DAYS else -1.0
    if not one.known_by or not other.known_by:
        return -1.0 if one.days or other.days else -3.0
    return 0.0 if abs((one.known_by.first - other.known_by.first).days) <= TOGETHER_DAYS else -3.0


def _weigh_place(one: Gist, other: Gist) -> float | None:
    """Let the places agree at the coarser of their levels; one site that both name is as good as one town."""
    points = compare_places(one.place, other.place)
    if points == APART:
        return None
    return max(points, 2.0) if _weigh_site(one, other) == NAMED_ALIKE and points > UNPLACED else points


def _weigh_site(one: Gist, other: Gist) -> float:
    """Compare the buildings, sites or targets that are named; the best pair counts."""
    return max((compare_sites(a, b) for a in one.sites for b in other.sites), default=0.0)


def _weigh_kind(one: Gist, other: Gist) -> float | None:
    """Compare the kinds of act: two articles may name one act differently, but a stabbing is no air strike."""
    if one.kinds & other.kinds or (one.kinds & BLASTS and other.kinds & BLASTS):
        return 1.0
    return min(-0.5 if related(a, b) else -3.0 for a in one.kinds for b in other.kinds)


def related(one: str, other: str) -> bool:
    """Tell whether two kinds can name one act.

    >>> related("explosion", "suicide bombing"), related("stabbing", "air or drone strike")
    (True, False)
    """
    return "other violence" in (one, other) or any(one in family and other in family for family in FAMILIES)


def _weigh_actors(one: Gist, other: Gist) -> float | None:
    """Compare who did it and to whom."""
    points = 0.0
    for ours, theirs, differ in ((one.perpetrators, other.perpetrators, -1.0), (one.targets, other.targets, 0.0)):
        if ours and theirs:
            points += 0.5 if ours & theirs else differ
    return points


def _weigh_office(one: Gist, other: Gist) -> float | None:
    """Compare who held what office: a province has one governor at a time."""
    return 1.0 if one.offices & other.offices else 0.0


def _weigh_tolls(one: Gist, other: Gist) -> float | None:
    """Compare the figures: equal ones speak for one incident, far ones against it, impossible ones forbid it."""
    killed = _weigh_numbers(one.killed, other.killed)
    injured = _weigh_numbers(one.injured, other.injured)
    return None if killed is None or injured is None else killed + injured / 2


def _weigh_numbers(ours: frozenset[Count], theirs: frozenset[Count]) -> float | None:
    """Weigh every figure of the one against every figure of the other.

    >>> nineteen, two = Count(19, 19, 19, "exact"), Count(2, 2, 2, "exact")
    >>> _weigh_numbers(frozenset([nineteen]), frozenset([Count(24, 24, 24, "exact")]))
    -0.5
    >>> _weigh_numbers(frozenset([Count(200, 200, None, "open_high")]), frozenset([two])) is None
    True
    """
    pairs = [compare_counts(a, b) for a in ours for b in theirs]
    known = [points for points in pairs if points is not None]
    if len(known) < len(pairs):
        return None
    worst, best = min(known, default=0.0), max(known, default=0.0)
    return worst if worst < 0 else best


def compare_counts(one: Count, other: Count) -> float | None:
    """Weigh two figures; a lower one that is open may have risen since."""
    small, large = sorted((one, other), key=lambda count: (_size(count), count.high is not None))
    low, high = _size(small), _size(large)
    if low == high:
        return 0.0 if low < 2 else 1.0 if low < 5 else 2.0
    if high - low <= 2 or high <= 2 * low:
        return -0.5 if small.state == large.state == "exact" else 0.0
    if small.high is None or high <= 3 * low:
        return -1.0
    return None if high - low > 10 else -2.0


def name_target(facts: Facts) -> str:
    """Give what was aimed at where it is a building or site: people are no place to tell incidents by."""
    return facts.target_text if is_site(facts.target_text) else ""


def is_definite(count: Count) -> bool:
    """Tell whether a count says something definite: "dozens" neither agrees nor disagrees."""
    return count.state not in ("not_stated", "vague", "open_low")


def _stated(count: Count) -> frozenset[Count]:
    """Keep a count that says something definite."""
    return frozenset([count]) if is_definite(count) else frozenset()


def _size(count: Count) -> int:
    """Give the number to compare by."""
    return next((n for n in (count.best, count.low, count.high) if n is not None), 0)


EVIDENCE: tuple[Callable[[Gist, Gist], float | None], ...] = (
    _weigh_status,
    _weigh_days,
    _weigh_place,
    _weigh_site,
    _weigh_kind,
    _weigh_actors,
    _weigh_office,
    _weigh_tolls,
)
