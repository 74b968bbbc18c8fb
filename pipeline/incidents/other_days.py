"""Find words that name another day than the one an incident was given: a caption, or another sentence of it.

Each sentence of a report was read for its day; here the date words of all its sentences are laid beside that day.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from pipeline.dates.choice import ASIDE
from pipeline.dates.find import find_dates
from pipeline.dates.statements import is_statement_date
from pipeline.incidents.reasons import say_days
from pipeline.model import Article, DateWords, Days, Incident, Report, Sentence
from pipeline.text.sentences import split_blocks

WEIGHTS = {"explicit": 0.6, "relative": 0.4, "context": 0.4, "inferred": 0.3}
CAPTION = 0.8  # what a picture shows was dated by who took it
WIDE = 11  # days: a longer stretch is background, unless a caption names it
MONTH = 31
SET_BY_HAND = {"date_start", "date_end"}


@dataclass(frozen=True, slots=True)
class OtherDay:
    """Words that name another day: where they stand, and how much they say."""

    weight: float
    reason: str
    words: str
    against: str = ""


def find_other_days(
    incidents: Sequence[Incident],
    articles: Mapping[str, Article],
    text_of: Callable[[Article], str] = attrgetter("text"),
) -> Iterator[tuple[Incident, list[OtherDay]]]:
    """Give the incidents whose words do not agree on a day, with these words; what a person has set is settled."""
    shared = count_tellers(incidents)
    lasts = find_lasts(shared)
    left = Counter(report.article_id for incident in incidents for report in incident.reports)
    dates: dict[str, list[DateWords]] = {}
    for incident in incidents:
        found = list(compare_reports(incident)) if is_open(incident) else []
        for report in incident.reports if is_open(incident) else ():
            article = articles.get(report.article_id)
            if article is None or report.facts.days is None:
                continue
            if report.article_id not in dates:
                whole = replace(article, text=text_of(article))
                blocks, until = split_blocks(whole), lasts[report.article_id]
                dates[report.article_id] = find_dates(whole.text, whole.published, blocks, until)
            alone = [m.sentence for m in report.mentions if shared[report.article_id, m.sentence.start] == 1]
            found += compare_sentences(report.facts.days, alone, dates[report.article_id])
        left.subtract(report.article_id for report in incident.reports)
        for name in {report.article_id for report in incident.reports if not left[report.article_id]}:
            dates.pop(name, None)
        if found:
            yield incident, sorted(found, key=lambda other: (-other.weight, other.reason))


def is_open(incident: Incident) -> bool:
    """Tell whether an incident has days that no person has set."""
    return incident.facts.days is not None and not SET_BY_HAND & set(incident.corrected)


def find_lasts(tellers: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Give where the last sentence of each article starts that speaks of a report: no date behind it matters."""
    lasts: dict[str, int] = {}
    for article_id, start in tellers:
        lasts[article_id] = max(start, lasts.get(article_id, 0))
    return lasts


def count_tellers(incidents: Iterable[Incident]) -> Counter[tuple[str, int]]:
    """Count the reports that each sentence speaks of: one that speaks of two may well name two days."""
    return Counter(
        (report.article_id, start)
        for incident in incidents
        for report in incident.reports
        for start in {mention.sentence.start for mention in report.mentions}
    )


def compare_sentences(days: Days, sentences: Sequence[Sentence], dates: Sequence[DateWords]) -> Iterator[OtherDay]:
    """Give the date words of these sentences that have no day in common with `days`."""
    for sentence in sentences:
        inside = [words for words in dates if sentence.start <= words.start < sentence.end and is_day(words, sentence)]
        if any(words.days and words.days.meet(days) for words in inside):
            continue
        for words in inside:
            if words.days and not words.days.meet(days):
                yield tell_other(days, words, words.days, sentence)


def is_day(words: DateWords, sentence: Sentence) -> bool:
    """Tell whether words name the days of a deed, and not a bound, the dateline or the day of a statement."""
    most = MONTH if sentence.kind == "caption" else WIDE
    if words.days is None or len(words.days) > most or words.rule in (*ASIDE, "dateline"):
        return False
    return not is_statement_date(sentence, words)


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
