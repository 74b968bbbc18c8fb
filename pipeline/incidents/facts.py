"""Make one incident of what several articles tell of it.

Days are the narrowest that all agree on, the place is the most exact, the strongest attribution counts, and what is
disputed is said in words. Nothing is averaged.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import reduce

from pipeline.incidents.nearness import rank_exactness
from pipeline.incidents.retold import Told
from pipeline.incidents.titles import name_incident
from pipeline.incidents.tolls import Saying, combine_counts, say_count
from pipeline.model import Article, Count, Days, Facts, Incident, Place, Report

# Means before purpose, as the codebook has it; what only says that there was violence comes last.
KINDS = (
    *("suicide bombing", "vehicle attack", "air or drone strike", "shelling", "bombing", "stabbing", "arson"),
    *("shooting", "assassination", "execution", "kidnapping", "hijacking", "armed clash", "raid", "riot"),
    *("armed attack", "explosion", "other violence"),
)
STATUS = ("occurred", "foiled", "alleged", "denied")
ATTRIBUTION = ("claimed", "attributed", "suspected", "disputed", "denied", "unknown")
MEASURES = {"killed": "killed", "injured": "injured", "casualties": "killed_or_injured"}
LEFT_BY_A_SECOND_STORY = 0.6  # share of the doubt that stays when another story tells the same


def combine_told(told: Sequence[Told], articles: Mapping[str, Article]) -> Incident:
    """Give the incident that these reports tell of, led by the most informative one."""
    ranked = sorted(told, key=_leads)
    facts = _combine_facts(ranked)
    reports = [one.report for one in ranked] + [copy for one in ranked for copy in one.copies]
    n_stories = len({one.story_id for one in ranked})
    doubt = 1 - max(one.report.confidence for one in ranked)
    return Incident(
        incident_id=ranked[0].report.report_id,
        title=name_incident(facts),
        facts=facts,
        reports=tuple(reports),
        verification=_verify(ranked, facts, n_stories),
        n_articles=len({report.article_id for report in reports}),
        n_stories=n_stories,
        confidence=round(1 - doubt * LEFT_BY_A_SECOND_STORY ** (n_stories - 1), 3),
        notes=_say_disputes(ranked, facts, articles),
    )


def _leads(told: Told) -> tuple[bool, int, str, str, int]:
    """Sort originals before copies, the more informative before the less, the earlier before the later."""
    facts = told.report.facts
    days = {"day": 4, "days": 3, "week": 2, "month": 1}.get(facts.days.precision, 0) if facts.days else -1
    place = {"site": 3, "city": 3, "district": 2, "province": 1}.get(facts.place.precision, 0)
    figures = sum(count.state != "not_stated" for count in (facts.killed, facts.injured, facts.casualties))
    return told.is_copy, -(days + place + figures), told.published_key, told.report.article_id, told.report.start


def _combine_facts(ranked: Sequence[Told]) -> Facts:
    """Give what the reports say together; the first of them leads."""
    said = [one.report.facts for one in ranked]
    dated = [facts for facts in said if facts.days]
    words = min(dated, key=lambda facts: len(facts.days or ()), default=said[0])
    perpetrator, attribution = _blame(said)
    target = next((facts for facts in said if facts.target_type != "unknown"), said[0])
    return replace(
        said[0],
        event_type=min((facts.event_type for facts in said), key=_rank(KINDS)),
        status=min((facts.status for facts in said), key=_rank(STATUS)),
        days=reduce(_common_days, (facts.days for facts in said)),
        date_text=words.date_text,
        date_basis=words.date_basis,
        place=_combine_places([facts.place for facts in said]),
        target_type=target.target_type,
        target_text=target.target_text or next((facts.target_text for facts in said if facts.target_text), ""),
        weapon=next((facts.weapon for facts in said if facts.weapon != "unknown"), "unknown"),
        suicide=next((facts.suicide for facts in said if facts.suicide != "unknown"), "unknown"),
        perpetrator=perpetrator,
        attribution=attribution,
        killed=_combine_toll(ranked, "killed"),
        injured=_combine_toll(ranked, "injured"),
        casualties=_combine_toll(ranked, "casualties"),
        killed_attackers=next((f.killed_attackers for f in said if f.killed_attackers is not None), None),
        injured_attackers=next((f.injured_attackers for f in said if f.injured_attackers is not None), None),
    )


def _rank(order: Sequence[str]) -> Callable[[str], int]:
    """Give a key that sorts codes as `order` has them, others last."""
    return lambda code: order.index(code) if code in order else len(order)


def _common_days(one: Days | None, other: Days | None) -> Days | None:
    """Give the narrowest days that both agree on."""
    return (one.meet(other) or one) if one and other else one or other


def _combine_places(places: Sequence[Place]) -> Place:
    """Give the most exact place, with the building or site that another report of it names."""
    best, *others = rank_exactness(places)
    return replace(best, venue=best.venue or next((place.venue for place in others if place.venue), ""))


def _blame(said: Sequence[Facts]) -> tuple[str, str]:
    """Give who did it and how sure that is: the strongest attribution, disputed where two equally strong ones differ.

    >>> claimed, suspected = (Facts(perpetrator="ISIS-K", attribution=a) for a in ("claimed", "suspected"))
    >>> _blame([suspected, claimed])
    ('ISIS-K', 'claimed')
    >>> _blame([claimed, Facts(perpetrator="TTP", attribution="claimed")])
    ('ISIS-K', 'disputed')
    """
    named = sorted(
        (facts for facts in said if facts.perpetrator), key=lambda facts: _rank(ATTRIBUTION)(facts.attribution)
    )
    if not named:
        return "", said[0].attribution
    best = named[0]
    rivals = {facts.perpetrator for facts in named if facts.attribution == best.attribution}
    denied = any(facts.attribution == "denied" and facts.perpetrator == best.perpetrator for facts in named)
    disputed = denied and best.attribution != "denied"
    apart = any(not (a.startswith(b) or b.startswith(a)) for a in rivals for b in rivals)
    return best.perpetrator, "disputed" if disputed or (apart and best.attribution != "unknown") else best.attribution


def _combine_toll(ranked: Sequence[Told], measure: str) -> Count:
    """Weigh the counts of one measure; each story is one voice."""
    sayings = [Saying(_count(one.report, measure), one.published, is_party(one.report, measure)) for one in ranked]
    return combine_counts(sayings)


def _count(report: Report, measure: str) -> Count:
    """Give the count of one measure as one report has it."""
    count: Count = getattr(report.facts, measure)
    return count


def is_party(report: Report, measure: str) -> bool:
    """Tell whether a report has its count from the attackers alone."""
    figures = [figure for figure in report.figures if figure.measure == MEASURES[measure]]
    return bool(figures) and all(figure.claimant_type == "perpetrator" for figure in figures)


def _verify(ranked: Sequence[Told], facts: Facts, n_stories: int) -> str:
    """Give the codebook's `verification`: the first that holds.

    Disputed is whether it happened, not who did it or how many died: these have columns of their own.
    """
    statuses = {one.report.facts.status for one in ranked}
    claims = [figure for one in ranked for figure in one.report.figures]
    only_claims = bool(claims) and all(figure.claimant_type == "perpetrator" for figure in claims)
    rules = (
        ("disputed", "denied" in statuses),
        ("verified", any(one.report.verifiers for one in ranked)),
        ("corroborated", n_stories > 1),
        ("party_claim", only_claims or (facts.status == "alleged" and facts.attribution == "claimed")),
    )
    return next((code for code, holds in rules if holds), "single_source")


def _say_disputes(ranked: Sequence[Told], facts: Facts, articles: Mapping[str, Article]) -> str:
    """Say in words what the reports disagree on."""
    notes = []
    for measure in ("killed", "injured"):
        if getattr(facts, measure).state == "conflicting":
            said = [(say_count(_count(one.report, measure)), _source(one, articles)) for one in ranked]
            notes.append(f"{measure.capitalize()}: " + "; ".join(f"{n} ({who})" for n, who in said if n) + ".")
    names = {one.report.facts.perpetrator for one in ranked} - {""}
    if len(names) > 1:
        said = [(one.report.facts.perpetrator, _source(one, articles)) for one in ranked]
        notes.append("Perpetrator: " + "; ".join(f"{name} ({who})" for name, who in said if name) + ".")
    if len({one.report.facts.status for one in ranked}) > 1:
        said = [(one.report.facts.status, _source(one, articles)) for one in ranked]
        notes.append("Whether it happened: " + "; ".join(f"{status} ({who})" for status, who in said) + ".")
    return " ".join(notes)


def _source(told: Told, articles: Mapping[str, Article]) -> str:
    """Name who says it, and when: the outlet, else the title, else the article."""
    article = articles.get(told.report.article_id)
    name = (article.outlet or article.title if article else "") or told.report.article_id
    day = told.published if told.published and told.published.first == told.published.last else None
    return f"{name}, {day.first}" if day else name
