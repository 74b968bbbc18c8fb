"""Say in words what speaks for and against two incidents being one.

Each rule is a piece of evidence with its points, or None where no person need be asked. What merging weighs is weighed
here too, but near misses (the day after, the next town, a toll that does not fit) only count against the pair.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.incidents.likeness import (
    BLASTS,
    OFFICES,
    TOGETHER_DAYS,
    compare_counts,
    is_definite,
    name_target,
    related,
)
from pipeline.incidents.nearness import APART, NAMED_ALIKE, UNPLACED, Site, compare_places, compare_sites, read_site
from pipeline.incidents.tolls import say_count
from pipeline.model import Count, Days, Facts, Incident, Place, Published
from pipeline.places.gazetteer_build import distance_km
from pipeline.places.names import fold_words

NEXT_TOWN_KM = 60.0  # an article may name the nearest larger town
DAYS_OFF = 3  # an outlet may give the day it heard of it
ORDINARY = ("unknown", "other", "civilians")  # targets that tell no two incidents apart


class Sign(NamedTuple):
    """One piece of evidence: above zero it speaks for one incident, else against."""

    points: float
    words: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two incidents, with what is needed of the articles that tell of it."""

    incident: Incident
    site: Site
    published: Published | None  # of the leading article
    articles: frozenset[str]
    sentences: frozenset[tuple[str, int]]

    @classmethod
    def of(cls, incident: Incident, published: Published | None = None) -> "Side":
        """Lay an incident out for comparing."""
        facts = incident.facts
        return cls(
            incident,
            read_site(facts.place.venue or name_target(facts), facts.place),
            published,
            frozenset(report.article_id for report in incident.reports),
            frozenset((report.article_id, report.leading.sentence.start) for report in incident.reports),
        )

    @property
    def facts(self) -> Facts:
        """What is said of it."""
        return self.incident.facts


Rule = Callable[[Side, Side], Sequence[Sign] | None]


def weigh_reasons(one: Side, other: Side) -> list[Sign] | None:
    """Give all that speaks for and against the two being one, or None where they plainly are two."""
    signs: list[Sign] = []
    for rule in RULES:
        found = rule(one, other)
        if found is None:
            return None
        signs += found
    return signs


def same_day(one: Side, other: Side) -> Sequence[Sign] | None:
    """Compare the days: the narrower what they have in common, the more it says."""
    ours, theirs = one.facts.days, other.facts.days
    if ours is None or theirs is None:
        return _unknown_day(one, other)
    longer = max(len(ours), len(theirs))
    points = next((points for most, points in ((2, 3.0), (6, 2.0), (11, 1.5), (31, 1.0)) if longer <= most), 0.25)
    if ours == theirs:
        return [Sign(points, f"the same {'day' if longer == 1 else 'days'}: {say_days(ours)}")]
    narrow, wide = sorted((one, other), key=lambda side: len(side.facts.days or ()))
    inside, around = (ours, theirs) if narrow is one else (theirs, ours)
    common = ours.meet(theirs)
    if common == inside:
        return [Sign(points, f"days overlap: {say_days(inside)} lies in {say_wide(wide.facts, around)}")]
    if common:
        return [Sign(points - 0.5, f"days overlap: {say_days(ours)} and {say_days(theirs)}")]
    return _other_day(ours, theirs)


def _other_day(ours: Days, theirs: Days) -> Sequence[Sign] | None:
    """Let days that lie close together count against it, others forbid it."""
    first, last = sorted((ours, theirs))
    gap = (last.first - first.last).days
    if gap > DAYS_OFF or max(len(ours), len(theirs)) > DAYS_OFF:
        return None
    apart = "one day" if gap == 1 else f"{gap} days"
    return [Sign(-float(gap), f"{apart} apart: {say_days(first)} and {say_days(last)}")]


def _unknown_day(one: Side, other: Side) -> Sequence[Sign] | None:
    """Ask of an incident without a day that its article came out after the other, better still with the news of it."""
    for undated, dated in ((one, other), (other, one)):
        days, published = dated.facts.days, undated.published
        if days is None or published is None or undated.facts.days:
            continue
        if published.last < days.first:
            return None
        with_news = (published.first - days.last).days <= TOGETHER_DAYS
        when = say_days(Days(published.first, published.last))
        if with_news:
            return [Sign(1.0, f"one names no day, but its article is from {when}")]
        return [Sign(-1.0, f"one names no day, and its article is from {when}")]
    return [Sign(-1.0 if one.facts.days or other.facts.days else -2.0, "no day to compare")]


def same_place(one: Side, other: Side) -> Sequence[Sign] | None:
    """Compare the places at the coarser of their levels, and the sites."""
    ours, theirs = one.facts.place, other.facts.place
    points = compare_places(ours, theirs)
    if points == APART:
        far = measure_km(ours, theirs)
        if far is None or far > NEXT_TOWN_KM or ours.country_code != theirs.country_code:
            return None
        return [Sign(-1.5, f"two places: {say_place(ours)} and {say_place(theirs)}, {far:.0f} km apart")]
    if points == UNPLACED:
        return [Sign(points, "one names no place")]
    if points >= 2:
        return [Sign(2.0, say_same(ours, theirs))]
    if points >= 1:
        return [Sign(1.0, f"same province: {ours.admin1 or theirs.admin1}")]
    return [Sign(-0.5, f"only the country in common: {ours.country or theirs.country}")]


def same_site(one: Side, other: Side) -> Sequence[Sign]:
    """Compare the buildings, sites or targets that are named."""
    if not one.site.words or not other.site.words:
        return ()
    points = compare_sites(one.site, other.site)
    names = [side.facts.place.venue or side.facts.target_text for side in (one, other)]
    if points >= NAMED_ALIKE:
        return [Sign(points, f"same site: {names[0]}")]
    if points > 0:
        return [Sign(0.5, f"same kind of site: {names[0]}")]
    return [Sign(max(points, -2.0), f"two sites: {names[0]} and {names[1]}")]


def same_kind(one: Side, other: Side) -> Sequence[Sign]:
    """Compare the kinds of act: two articles may name one act differently, but a stabbing is no air strike."""
    ours, theirs = one.facts.event_type, other.facts.event_type
    if ours == theirs:
        return [Sign(1.0, f"same kind: {ours}")]
    if {ours, theirs} <= BLASTS:
        return [Sign(1.0, f"one kind in two words: {ours} and {theirs}")]
    return [Sign(-0.5 if related(ours, theirs) else -3.0, f"two kinds: {ours} and {theirs}")]


def same_side(one: Side, other: Side) -> Sequence[Sign]:
    """Compare who is said to have done it."""
    ours, theirs = one.facts.perpetrator, other.facts.perpetrator
    if not ours or not theirs:
        return ()
    if ours == theirs or ours.startswith(theirs) or theirs.startswith(ours):
        return [Sign(0.5, f"both name {ours}")]
    return [Sign(-1.0, f"one says {say_blame(one.facts)}, the other names {theirs}")]


def same_target(one: Side, other: Side) -> Sequence[Sign]:
    """Compare what was aimed at; a province has one governor at a time."""
    held = OFFICES & set(fold_words(one.facts.target_text)) & set(fold_words(other.facts.target_text))
    if held:
        return [Sign(1.5, f"same office: {min(held)}")]
    ours, theirs = one.facts.target_type, other.facts.target_type
    if ours in ORDINARY or theirs in ORDINARY:
        return ()
    return [Sign(0.5, f"same target: {ours}")] if ours == theirs else [Sign(-0.5, f"targets: {ours} and {theirs}")]


def same_toll(one: Side, other: Side) -> Sequence[Sign]:
    """Compare the figures: equal ones speak for one incident, far ones against it."""
    return [
        *_compare(one.facts.killed, other.facts.killed, "killed", 1.0),
        *_compare(one.facts.injured, other.facts.injured, "injured", 0.5),
    ]


def _compare(ours: Count, theirs: Count, measure: str, share: float) -> Sequence[Sign]:
    """Compare two figures of one measure."""
    if not is_definite(ours) or not is_definite(theirs):
        return ()
    points = compare_counts(ours, theirs)
    points = -3.0 if points is None else points
    both = f"{say_count(ours)} {measure}"
    if ours.best == theirs.best is not None:
        words = f"{both} in both" if say_count(ours) == say_count(theirs) else f"{both} against {say_count(theirs)}"
        return [Sign(max(points, 0.25) * share, words)]
    return [Sign(min(points, -0.25) * share, f"{both} against {say_count(theirs)}")]


def told_apart(one: Side, other: Side) -> Sequence[Sign] | None:
    """Hold it against them that one article tells of both, more so in one sentence."""
    if one.sentences & other.sentences:
        return None
    if one.articles & other.articles:
        return [Sign(-2.5 if one.facts.days and other.facts.days else -1.0, "one article tells of both")]
    return ()


def same_status(one: Side, other: Side) -> Sequence[Sign]:
    """Hold it against them that only one of them was foiled."""
    foiled = {one.facts.status == "foiled", other.facts.status == "foiled"}
    return [Sign(-2.0, "only one of them was foiled")] if len(foiled) > 1 else ()


RULES: tuple[Rule, ...] = (
    told_apart,
    same_day,
    same_place,
    same_site,
    same_kind,
    same_side,
    same_target,
    same_toll,
    same_status,
)


def say_days(days: Days) -> str:
    """Write days as a person would.

    >>> [say_days(Days.parse(iso)) for iso in ("2023-03-27", "2023-03-21/2023-03-31", "2022-09-01/2023-04-30")]
    ['27 March 2023', '21 to 31 March 2023', '1 September 2022 to 30 April 2023']
    """
    first, last = days.first, days.last
    end = f"{last.day} {last:%B %Y}"
    if first == last:
        return end
    same_month = (first.year, first.month) == (last.year, last.month)
    start = str(first.day) if same_month else f"{first.day} {first:%B}" if first.year == last.year else ""
    return f"{start or f'{first.day} {first:%B %Y}'} to {end}"


def say_wide(facts: Facts, days: Days) -> str:
    """Write wide days by the words they were read from."""
    return f"“{facts.date_text}” ({say_days(days)})" if facts.date_text else say_days(days)


def say_place(place: Place) -> str:
    """Name a place by the nearest name it has."""
    return place.city or place.admin2 or place.admin1 or place.country or "an unnamed place"


def say_same(one: Place, other: Place) -> str:
    """Say that two places are one, or as near as one.

    >>> say_same(Place(city="Kabul"), Place(city="Kabul")), say_same(Place(city="Brixton"), Place(city="Tottenham"))
    ('same city: Kabul', 'close by: Brixton and Tottenham')
    """
    if one.city and other.city:
        return f"same city: {one.city}" if one.city == other.city else f"close by: {one.city} and {other.city}"
    return f"same district: {one.admin2 or other.admin2}"


def say_blame(facts: Facts) -> str:
    """Say who did it, and who says so.

    >>> say_blame(Facts(perpetrator="ISIS-K", attribution="claimed"))
    'claimed by ISIS-K'
    """
    how = {"claimed": "claimed by", "denied": "denied by", "suspected": "suspected to be"}
    return f"{how.get(facts.attribution, 'done by')} {facts.perpetrator}"


def measure_km(one: Place, other: Place) -> float | None:
    """Give the distance between two places in km, where both have a point."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    return distance_km((one.latitude, one.longitude), (other.latitude, other.longitude))
