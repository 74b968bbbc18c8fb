"""Find the incidents that lie far from everything else their article tells of: often a namesake was taken."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.incidents.reasons import measure_km, say_place
from pipeline.model import Incident, Place, Report
from pipeline.places.names import fold_words

FAR_KM = 1500.0
OTHERS = 2  # other places of the article: one alone is nothing to be far from
SET_BY_HAND = {"country", "country_code", "admin1", "city", "latitude", "longitude", "geo_precision"}


@dataclass(frozen=True, slots=True)
class Outlier:
    """How far an incident lies from the rest of its article."""

    weight: float
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]
    words: str


def find_outliers(incidents: Sequence[Incident]) -> Iterator[tuple[Incident, Outlier]]:
    """Give the incidents far from the rest of the article that leads them; what a person has set is settled."""
    by_article: dict[str, list[Report]] = defaultdict(list)
    for incident in incidents:
        for report in incident.reports:
            by_article[report.article_id].append(report)
    summary = {
        name: Counter(r.facts.place.country_code for r in reports if r.facts.place.country_code)
        for name, reports in by_article.items()
    }
    for incident in incidents:
        report = incident.leading
        if SET_BY_HAND & set(incident.corrected) or not report.facts.place.country_code:
            continue
        countries = summary[report.article_id] - Counter([report.facts.place.country_code])
        if found := weigh_outlier(report, by_article[report.article_id], countries):
            yield incident, found


def weigh_outlier(report: Report, of_article: Sequence[Report], placed: Counter[str]) -> Outlier | None:
    """Say how far a report lies from the others of its article, where it lies far; `placed` counts their countries."""
    place = report.facts.place
    if placed.total() < OTHERS or place.country_code in placed:
        return None
    others = [one for one in of_article if one is not report]
    reasons = [say_country(place, others, placed)]
    weight = 0.4 + 0.2 * (len(placed) == 1)
    if near := find_nearest(place, others):
        far, name = near
        if far < FAR_KM and len(placed) > 1:
            return None
        if far >= FAR_KM:
            weight += 0.2
            reasons.append(f"{far:,.0f} km from {name}, the nearest other place of its article")
    against: tuple[str, ...] = ()
    if is_named(place, report):
        weight, against = weight / 2, (f"its own sentences name {place.country}",)
    return Outlier(round(weight, 3), tuple(reasons), against, place.text or report.leading.sentence.text)


def say_country(place: Place, others: Sequence[Report], placed: Counter[str]) -> str:
    """Say that it is the only one in its country."""
    names = sorted({o.facts.place.country for o in others if o.facts.place.country_code})
    rest = names[0] if len(names) == 1 else f"{len(names)} other countries"
    return f"the only one in {place.country}: the other {placed.total()} of its article are in {rest}"


def find_nearest(place: Place, others: Sequence[Report]) -> tuple[float, str] | None:
    """Give the distance to the nearest other place of the article, and its name."""
    far = [(km, say_place(o.facts.place)) for o in others if (km := measure_km(place, o.facts.place)) is not None]
    return min(far, default=None)


def is_named(place: Place, report: Report) -> bool:
    """Tell whether the sentences of a report name its country."""
    country = fold_words(place.country)
    said = [word for mention in report.mentions for word in fold_words(mention.sentence.text)]
    return bool(country) and any(said[n : n + len(country)] == country for n in range(len(said)))
