"""Find words that name another day than the one an incident was given: a caption, or another sentence of it.

Its reader noted the words of each report that name other days; here they are told of what stayed one incident.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.incidents.reasons import say_days
from pipeline.model import DateWords, Days, Incident, Report, Sentence

WEIGHTS = {"explicit": 0.6, "relative": 0.4, "context": 0.4, "inferred": 0.3}
CAPTION = 0.8  # what a picture shows was dated by who took it
SET_BY_HAND = {"date_start", "date_end"}


@dataclass(frozen=True, slots=True)
class OtherDay:
    """Words that name another day: where they stand, and how much they say."""

    weight: float
    reason: str
    words: str
    against: str = ""


def find_other_days(incidents: Sequence[Incident]) -> Iterator[tuple[Incident, list[OtherDay]]]:
    """Give the incidents whose words do not agree on a day, with these words; what a person has set is settled."""
    shared = count_tellers(incidents)
    for incident in filter(is_open, incidents):
        found = list(compare_reports(incident))
        for report in incident.reports:
            alone = [m.sentence for m in report.mentions if shared[report.article_id, m.sentence.start] == 1]
            found += tell_others(report, alone)
        if found:
            yield incident, sorted(found, key=lambda other: (-other.weight, other.reason))


def is_open(incident: Incident) -> bool:
    """Tell whether an incident has days that no person has set."""
    return incident.facts.days is not None and not SET_BY_HAND & set(incident.corrected)


def count_tellers(incidents: Iterable[Incident]) -> Counter[tuple[str, int]]:
    """Count the reports that each sentence speaks of: one that speaks of two may well name two days."""
    return Counter(
        (report.article_id, start)
        for incident in incidents
        for report in incident.reports
        for start in {mention.sentence.start for mention in report.mentions}
    )


def tell_others(report: Report, sentences: Iterable[Sentence]) -> Iterator[OtherDay]:
    """Say which words of these sentences name other days than the report has."""
    for sentence in sentences:
        for words in report.other_days:
            if report.facts.days and words.days and sentence.start <= words.start < sentence.end:
                yield tell_other(report.facts.days, words, words.days, sentence)


def tell_other(days: Days, words: DateWords, other: Days, sentence: Sentence) -> OtherDay:
    """Say which words name another day."""
    where = "a caption" if sentence.kind == "caption" else "another sentence"
    weight = CAPTION if sentence.kind == "caption" else WEIGHTS.get(words.basis, 0.4)
    gap = (other.first - days.last).days
    after = "the day after" if gap == 1 else f"{gap} days later"
    later = f"it may tell of what came after, {after}" if gap > 0 else ""
    said = f"{where} says “{words.words}” ({say_days(other)}), the incident has {say_days(days)}"
    return OtherDay(weight / 2 if later else weight, said, sentence.text, later)


def compare_reports(incident: Incident) -> Iterator[OtherDay]:
    """Give the reports whose days have none in common with those of the incident: a person put them together."""
    days = incident.facts.days
    for report in incident.reports:
        theirs = report.facts.days
        if days and theirs and not theirs.meet(days):
            said = f"{report.article_id} gives {say_days(theirs)}, the incident has {say_days(days)}"
            yield OtherDay(0.9, said, tell_words(report))


def tell_words(report: Report) -> str:
    """Give the words that a report has its day from, else its sentence."""
    return report.facts.date_text or report.leading.sentence.text
