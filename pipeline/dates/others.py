"""Find the words of a report's sentences that name another day than its own.

Each report is given one stretch of days; here the date words of all its sentences are laid beside it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.dates.choice import ASIDE
from pipeline.dates.statements import is_statement_date
from pipeline.model import DateWords, Days, Report, Sentence

WIDE = 11  # days: a longer stretch is background, unless a caption names it
MONTH = 31


def note_other_days(report: Report, dates: Sequence[DateWords]) -> Report:
    """Give a report with the words of its sentences that name other days than its own; `dates` are its article's."""
    days = report.facts.days
    if days is None:
        return report
    sentences = {mention.sentence.start: mention.sentence for mention in report.mentions}
    found = [words for sentence in sentences.values() for words in find_others(days, sentence, dates)]
    return replace(report, other_days=tuple(found)) if found else report


def find_others(days: Days, sentence: Sentence, dates: Sequence[DateWords]) -> Iterator[DateWords]:
    """Give the date words of a sentence, if none of them has a day in common with `days`."""
    inside = [words for words in dates if sentence.start <= words.start < sentence.end and is_day(words, sentence)]
    if not any(words.days and words.days.meet(days) for words in inside):
        yield from inside


def is_day(words: DateWords, sentence: Sentence) -> bool:
    """Tell whether words name the days of a deed, and not a bound, the dateline or the day of a statement."""
    most = MONTH if sentence.kind == "caption" else WIDE
    if words.days is None or len(words.days) > most or words.rule in (*ASIDE, "dateline"):
        return False
    return not is_statement_date(sentence, words)
