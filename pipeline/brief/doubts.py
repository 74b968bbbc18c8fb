"""How well a view is known: by which method, what is not known at all, and on which sources it rests."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.brief.notes import clean, read_day
from pipeline.brief.rows import BEHIND
from pipeline.tables.store import Counts, Store
from pipeline.view import View

MOST_OUTLETS = 200
METHOD = f"""SELECT count(*) FILTER (t.date_precision = 'day'), count(*) FILTER (t.geo_precision IN ('site', 'city')),
count(*) FILTER (t.geo_precision IN ('district', 'province')), count(*) FILTER (t.n_stories <= 1),
count(*) FILTER (t.verification IN ('verified', 'corroborated')), count(*) FILTER (t.verification = 'party_claim'),
count(*) FILTER (t.verification = 'disputed'), count(*) FILTER (t.attribution = 'claimed'),
count(*) FILTER (coalesce(t.corrected, '') <> ''), count(*) FILTER (t.review_state IN ('accepted', 'edited'))
FROM {BEHIND["incidents"]}"""
ISSUES = """SELECT kind, count(*) AS n FROM all_issues WHERE incident_id IN (SELECT incident_id FROM asked)
OR (incident_id = '' AND report_id IN (SELECT report_id FROM all_reports JOIN asked USING (incident_id)))
GROUP BY kind ORDER BY n DESC, kind"""
OUTLETS = f"""SELECT outlet, count(*) AS n FROM {BEHIND["articles"]} GROUP BY outlet
ORDER BY outlet = '', n DESC, outlet"""
TOTALS = f"SELECT count(*), count(DISTINCT story_id), max(published) FROM {BEHIND['articles']}"


@dataclass(frozen=True, slots=True)
class Method:
    """How many of the incidents shown are known how well."""

    exact_day: int
    town: int  # known to the site or the town
    area: int  # known to the district or province only
    single_story: int
    confirmed: int  # by a named verifier, or by two independent stories
    party_claim: int  # told by the perpetrator alone
    disputed: int
    claimed: int  # the group says that it did it
    corrected: int  # a person set at least one cell
    reviewed: int  # a person accepted or edited it


@dataclass(frozen=True, slots=True)
class Unknowns:
    """What the incidents shown do not tell; none of it is zero."""

    no_day: int
    no_point: int
    no_killed: int
    no_injured: int
    no_perpetrator: int
    no_target: int
    single_story: int
    issues: tuple[tuple[str, int], ...]  # kinds of open questions, the commonest first


@dataclass(frozen=True, slots=True)
class Sources:
    """The articles behind the incidents shown."""

    articles: int
    stories: int  # copies of one text count once
    outlets: tuple[tuple[str, int], ...]  # with their articles, most first; "" where the outlet is not stated
    latest: date | None  # the latest day of publication


def find_method(store: Store, view: View) -> Method:
    """Count how well the incidents shown are known."""
    (counted,) = next(store.stream(view, METHOD))
    return Method(*(int(n) for n in counted))


def find_unknowns(store: Store, view: View, counts: Counts) -> Unknowns:
    """Count what the incidents shown do not tell."""
    row: dict[Any, Any] = store.ask(
        view,
        "SELECT count(*) FILTER (coalesce(killed_low, killed_best, killed_high) IS NULL) AS no_killed, "
        "count(*) FILTER (coalesce(injured_low, injured_best, injured_high) IS NULL) AS no_injured, "
        "count(*) FILTER (perpetrator = '') AS no_perpetrator, "
        "count(*) FILTER (target_type IN ('', 'unknown')) AS no_target, "
        "count(*) FILTER (n_stories <= 1) AS single_story FROM shown",
    ).to_dict("records")[0]
    issues = [(str(kind), int(n)) for rows in store.stream(view, ISSUES) for kind, n in rows]
    named = {str(name): int(n) for name, n in row.items()}
    return Unknowns(no_day=counts.undated, no_point=counts.unplaced, issues=tuple(issues), **named)


def find_sources(store: Store, view: View) -> Sources:
    """Count the articles behind the incidents shown, by their outlets."""
    (totals,) = next(store.stream(view, TOTALS))
    outlets = [(clean(outlet), int(n)) for rows in store.stream(view, OUTLETS) for outlet, n in rows]
    return Sources(int(totals[0]), int(totals[1]), tuple(outlets[:MOST_OUTLETS]), read_day(totals[2]))
