"""Choose, of all the date words said of one incident, those that tell its days best."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import DateWords

ASIDE = (
    "year_modifier",
    "since",
    "until",
    "past",
    "decade",
    "announced",
    "prayers",
)  # speak of other times, unless alone


def choose_days(words: Sequence[DateWords]) -> DateWords | None:
    """Give the narrowest reading that the date words of an incident agree on, or None where none was read.

    The first words lead; later ones narrow them where they agree and are passed over where they contradict. An
    explicit date leads before a relative one unless it is vaguer. Bounds ("since August 2021") count only where there
    is nothing else, and a dateline never: it says when the article was written.
    """
    read = [word for word in words if word.days and word.rule != "dateline"]
    leading = [word for word in read if word.rule not in ASIDE] or read
    if not leading:
        return None
    chosen = lead_of(leading)
    for word in leading:
        common = chosen.days.meet(word.days) if chosen.days and word.days else None
        if common and common != chosen.days:
            narrower = word if word.days == common else chosen
            chosen = replace(narrower, days=common)
    return chosen


def lead_of(words: Sequence[DateWords]) -> DateWords:
    """Give the words to start from: the first, or the first explicit ones where those are as narrow."""
    first = words[0]
    if first.basis == "explicit" or not first.days:
        return first
    width = len(first.days)
    return next((w for w in words if w.basis == "explicit" and w.days and len(w.days) <= width), first)
