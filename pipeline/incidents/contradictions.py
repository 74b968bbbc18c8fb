"""Find the tolls of one incident that cannot all be right, and the attackers' word against that of others.

A toll that only rose ("at least 19", later 24) contradicts nothing; a spread that is small for its size is no one's
worry.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.incidents.facts import MEASURES, is_party
from pipeline.incidents.reasons import say_days
from pipeline.incidents.tolls import say_count
from pipeline.model import Article, Count, Days, Figure, Incident, Published, Report

LEAST_SPREAD = 2  # people
LEAST_SHARE = 1.2  # of the higher figure to the lower
LEAST_BOAST = 1.5  # of the attackers' figure to that of others
CLAIM_WEIGHS = 0.7  # that attackers give other figures is usual


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two figures of one incident that do not fit: how much, and what speaks for and against its being an error."""

    measure: str
    weight: float
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """One figure, and who says it."""

    number: int
    words: str
    source: str
    published: Published | None


def find_contradictions(incident: Incident, articles: Mapping[str, Article]) -> Iterator[Contradiction]:
    """Give what contradicts in the tolls of an incident; what a person has set is settled."""
    for measure in MEASURES:
        if {f"{measure}_low", f"{measure}_best", f"{measure}_high"} & set(incident.corrected):
            continue
        count: Count = getattr(incident.facts, measure)
        if count.state == "conflicting" and (spread := weigh_spread(incident, measure, articles)):
            yield spread
        elif claim := weigh_claim(incident, measure, articles):
            yield claim


def weigh_spread(incident: Incident, measure: str, articles: Mapping[str, Article]) -> Contradiction | None:
    """Give the contradiction of independent figures, where it is large enough for a person to care."""
    voices = sorted(_list_voices(incident.reports, measure, articles), key=lambda voice: voice.number)
    if len(voices) < 2 or not matters(voices[0].number, voices[-1].number):
        return None
    low, high = voices[0], voices[-1]
    rise: tuple[str, ...] = ()
    if low.published and high.published and high.published.first > low.published.last:
        came = say_days(Days(high.published.first, high.published.last))
        rise = (f"the higher figure came later, on {came}: a toll may rise",)
    return Contradiction(
        measure,
        weigh_gap(low.number, high.number) * (CLAIM_WEIGHS if rise else 1.0),
        (f"{measure}: {low.words} ({low.source}) against {high.words} ({high.source})",),
        rise,
        (low.words, high.words),
    )


def _list_voices(reports: Sequence[Report], measure: str, articles: Mapping[str, Article]) -> Iterator[Voice]:
    """Give the figures that independent sources name: each report's own toll, or those within a report that differ."""
    for report in reports:
        count: Count = getattr(report.facts, measure)
        if is_party(report, measure):
            continue
        source = _name_source(report, articles)
        published = articles[report.article_id].published if report.article_id in articles else None
        if count.state == "conflicting":
            for figure in _figures(report, measure):
                if (number := _size(figure.count)) is not None and figure.claimant_type != "perpetrator":
                    yield Voice(number, f"“{figure.words}”", figure.claimant or source, published)
        elif (number := _size(count)) is not None and count.state not in ("vague", "open_low"):
            yield Voice(number, say_count(count), source, published)


def weigh_claim(incident: Incident, measure: str, articles: Mapping[str, Article]) -> Contradiction | None:
    """Give the attackers' figure that lies far from that of others."""
    said = [(report, figure) for report in incident.reports for figure in _figures(report, measure)]
    claims = [(r, f) for r, f in said if f.claimant_type == "perpetrator" and _size(f.count) is not None]
    others = [f for _, f in said if f.claimant_type != "perpetrator" and f.counts == "yes"]
    ours = _size(getattr(incident.facts, measure))
    if not claims or not others or ours is None:
        return None
    report, claim = max(claims, key=lambda pair: (abs((_size(pair[1].count) or 0) - ours), -pair[1].start))
    number = _size(claim.count) or 0
    if not matters(min(ours, number), max(ours, number)) or max(ours, number) < LEAST_BOAST * min(ours, number):
        return None
    who = claim.claimant or incident.facts.perpetrator or "the attackers"
    return Contradiction(
        measure,
        weigh_gap(min(ours, number), max(ours, number)) * CLAIM_WEIGHS,
        (f"{measure}: {who} say “{claim.words}” ({_name_source(report, articles)}), others {ours}",),
        ("a party's own figure never stands for the incident",),
        (claim.words,),
    )


def matters(low: int, high: int) -> bool:
    """Tell whether two figures lie far enough apart for a person to look.

    >>> matters(19, 24), matters(190, 200), matters(1, 2)
    (True, False, False)
    """
    return high - low >= LEAST_SPREAD and high >= LEAST_SHARE * low


def weigh_gap(low: int, high: int) -> float:
    """Weigh a gap by its share of the toll and by the people it is about, from 0 to 1.

    >>> round(weigh_gap(19, 24), 2), round(weigh_gap(10, 100), 2)
    (0.42, 0.96)
    """
    return math.sqrt(1 - low / high) / 2 + min(1.0, math.log10(1 + high - low) / 2) / 2


def _figures(report: Report, measure: str) -> list[Figure]:
    """Give the figures of one measure that a report holds."""
    return [figure for figure in report.figures if figure.measure == MEASURES[measure]]


def _size(count: Count) -> int | None:
    """Give the number to compare by."""
    return next((n for n in (count.best, count.low, count.high) if n is not None), None)


def _name_source(report: Report, articles: Mapping[str, Article]) -> str:
    """Name who says it: the outlet, else the title, else the article."""
    article = articles.get(report.article_id)
    return (article.outlet or article.title if article else "") or report.article_id
