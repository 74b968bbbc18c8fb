"""Gather what a person should look at: incidents that may be one, and values that other words speak against.

What a person linked, parted, accepted or set is settled and does not come again. The ids of candidates are made of what
they are about, so that better wording does not change them.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from pipeline.incidents.contradictions import find_contradictions
from pipeline.incidents.other_days import find_other_days
from pipeline.incidents.outliers import find_outliers
from pipeline.incidents.pairs import find_pairs
from pipeline.model import Article, Incident
from pipeline.tables.candidate import Candidate
from pipeline.tables.shelf import list_known

LEAST = 0.25  # weight below which nobody is asked; pairs have their own, higher one
MOST_WORDS = 3  # that are quoted beside one candidate


def find_candidates(
    incidents: Sequence[Incident], articles: Sequence[Article], settled: Collection[frozenset[str]] = ()
) -> list[Candidate]:
    """Give all candidates, sorted by id; `settled` are pairs of ids that a person has decided on."""
    by_id = {article.article_id: article for article in list_known(articles)}
    found: list[Candidate] = [
        *pair_candidates(incidents, by_id, settled),
        *figure_candidates(incidents, by_id),
        *day_candidates(incidents),
        *far_candidates(incidents),
    ]
    return sorted((c for c in found if c.weight >= LEAST), key=lambda candidate: candidate.candidate_id)


def pair_candidates(
    incidents: Sequence[Incident], articles: Mapping[str, Article], settled: Collection[frozenset[str]]
) -> Iterator[Candidate]:
    """Give the pairs that may be one incident; the smaller id comes first."""
    published = {name: article.published for name, article in articles.items()}
    for pair in find_pairs(incidents, published, settled):
        one, other = pair.one, pair.other
        yield Candidate(
            candidate_id=name_candidate("same_incident", one.incident_id, other.incident_id),
            kind="same_incident",
            incident_id=one.incident_id,
            other_id=other.incident_id,
            weight=pair.weight,
            reasons_for=tidy(sign.words for sign in pair.signs if sign.points > 0),
            reasons_against=tidy(sign.words for sign in pair.signs if sign.points <= 0),
            words=tidy(incident.leading.leading.sentence.text for incident in (one, other)),
        )


def figure_candidates(incidents: Sequence[Incident], articles: Mapping[str, Article]) -> Iterator[Candidate]:
    """Give the tolls whose figures contradict."""
    for incident in open_only(incidents):
        for found in find_contradictions(incident, articles):
            yield Candidate(
                candidate_id=name_candidate("figures", incident.incident_id, found.measure),
                kind="figures",
                incident_id=incident.incident_id,
                weight=round(found.weight, 3),
                reasons_for=tidy(found.reasons_for),
                reasons_against=tidy(found.reasons_against),
                words=tidy(found.words),
            )


def day_candidates(incidents: Sequence[Incident]) -> Iterator[Candidate]:
    """Give the incidents whose words do not agree on a day."""
    for incident, found in find_other_days(open_only(incidents)):
        best = found[:MOST_WORDS]
        yield Candidate(
            candidate_id=name_candidate("dates", incident.incident_id),
            kind="dates",
            incident_id=incident.incident_id,
            weight=best[0].weight,
            reasons_for=tidy(other.reason for other in best),
            reasons_against=tidy(other.against for other in best),
            words=tidy(other.words for other in best),
        )


def far_candidates(incidents: Sequence[Incident]) -> Iterator[Candidate]:
    """Give the incidents far from the rest of their article."""
    for incident, found in find_outliers(incidents):
        if incident.review_state != "accepted":
            yield Candidate(
                candidate_id=name_candidate("far", incident.incident_id),
                kind="far",
                incident_id=incident.incident_id,
                weight=found.weight,
                reasons_for=tidy(found.reasons_for),
                reasons_against=tidy(found.reasons_against),
                words=tidy([found.words]),
            )


def open_only(incidents: Sequence[Incident]) -> list[Incident]:
    """Leave out what a person has accepted as it stands."""
    return [incident for incident in incidents if incident.review_state != "accepted"]


def name_candidate(kind: str, *about: str) -> str:
    """Name a candidate by what it is about.

    >>> name_candidate("far", "a:0")
    'far:da6dc352af3a'
    """
    return f"{kind}:{hashlib.sha256(repr(about).encode('utf-8', 'replace')).hexdigest()[:12]}"


def tidy(words: Iterable[str]) -> tuple[str, ...]:
    r"""Give each of some words once and on one line; the sign that parts the items of a list does not occur in them.

    >>> tidy(["two  lines\nof words", "", "a | b", "a / b"])
    ('two lines of words', 'a / b')
    """
    lines = (" ".join(line.split()).replace(" | ", " / ") for line in words)
    return tuple(dict.fromkeys(line for line in lines if line))
