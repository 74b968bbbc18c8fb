"""Say how sure a reading is, from what the article states and what had to be concluded."""

from pipeline.model import Report

BASIS = {"explicit": 0.0, "relative": -0.03, "context": -0.1, "inferred": -0.15, "": -0.2}
PRECISION = {"site": 0.0, "city": 0.0, "district": -0.05, "province": -0.1, "country": -0.2, "unknown": -0.25}


def rate_report(report: Report) -> float:
    """Give a confidence from 0 to 1: how likely day, place and toll are read right.

    The weights are set by hand; docs/quality.md says how far they hold on the gold sets.
    """
    facts = report.facts
    rating = 0.85 + BASIS.get(facts.date_basis, -0.1) + PRECISION[facts.place.precision]
    tolls = (facts.killed, facts.injured)
    rating -= 0.1 * all(t.state == "not_stated" for t in tolls)
    rating -= 0.05 * any(t.state in ("vague", "conflicting") for t in tolls)
    return round(min(0.95, max(0.05, rating)), 2)
