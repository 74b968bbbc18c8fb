"""What speaks against a reading: signs, seen in the report alone, that day, place or toll may be read wrong.

Each doubt holds or does not. How much each one weighs is learnt from gold sets and stands in confidence.csv.
"""

import re
from collections.abc import Callable, Iterator

from pipeline.model import Count, Figure, Report
from pipeline.people.numbers import find_quantities

NO_VALUE = ("vague", "open_low", "conflicting")
TOLLS = ("killed", "injured")
# Roots alone: they ask whether such a word is there at all; what it does in its sentence was read by harm.csv.
DEATH = re.compile(r"\b(?:kill|dead\b|death|die[ds]?\b|murder|assassinat|execut|behead|fatal|slain\b|massacre)", re.I)
HURT = re.compile(r"\b(?:injur|wound|hurt\b|maim)", re.I)
MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
NOT_PEOPLE = re.compile(
    rf"^(?:[\s-]*(?:years?|met(?:re|er)s?|km|kilomet\w*|miles?|percent|hours?|minutes?|days?|weeks?|months?|[ap]\.?m)\b"
    rf"|\s?%|(?:st|nd|rd|th)\b|\s+{MONTHS}|:\d)",
    re.I,
)
BEFORE_A_DAY = re.compile(rf"(?:{MONTHS}\w*\.?|[$€£])\s*$", re.I)
YEARS = range(1900, 2100)
ONE_BY_ONE = ("shooting", "stabbing", "armed attack", "other violence")
OTHER_HARM = ("armed clash", "raid", "kidnapping", "hijacking", "arson", "riot")


def is_retold_day(report: Report, alone: bool) -> bool:
    """Tell whether the day comes from another sentence or from the day of publication."""
    return report.facts.date_basis in ("relative", "context", "inferred")


def is_concluded_day(report: Report, alone: bool) -> bool:
    """Tell whether the day was counted from the day of publication, or concluded."""
    return report.facts.date_basis in ("relative", "inferred")


def is_span_of_days(report: Report, alone: bool) -> bool:
    """Tell whether the days are more than one."""
    return report.facts.days is not None and len(report.facts.days) > 1


def has_no_day(report: Report, alone: bool) -> bool:
    """Tell whether no day was read beside other incidents of the article, or in more than one sentence."""
    return report.facts.days is None and (not alone or len(report.mentions) > 1)


def has_no_town(report: Report, alone: bool) -> bool:
    """Tell whether no place narrower than a country was read."""
    return report.facts.place.precision in ("country", "unknown")


def has_no_country(report: Report, alone: bool) -> bool:
    """Tell whether no place at all was read."""
    return report.facts.place.precision == "unknown"


def has_only_place(report: Report, alone: bool) -> bool:
    """Tell whether the place is only the one place named: no words say that it happened there."""
    return dict(report.rules).get("place") == "the only place named"


def has_no_toll(report: Report, alone: bool) -> bool:
    """Tell whether neither killed nor injured people were read."""
    return all(getattr(report.facts, measure).state == "not_stated" for measure in TOLLS)


def has_one_toll(report: Report, alone: bool) -> bool:
    """Tell whether killed or injured people were not read."""
    return any(getattr(report.facts, measure).state == "not_stated" for measure in TOLLS)


def tells_of_unread_death(report: Report, alone: bool) -> bool:
    """Tell whether a word of death stands there, but no number of killed was read."""
    return report.facts.killed.state == "not_stated" and bool(DEATH.search(words_of(report)))


def tells_of_unread_wounds(report: Report, alone: bool) -> bool:
    """Tell whether a word of wounds stands there, but no number of injured was read."""
    return report.facts.injured.state == "not_stated" and bool(HURT.search(words_of(report)))


def has_vague_toll(report: Report, alone: bool) -> bool:
    """Tell whether a toll has no number to hold on to ("several", "up to 30"), or figures that contradict."""
    facts = report.facts
    return any(is_vague(count) for count in (facts.killed, facts.injured, facts.casualties))


def counts_otherwise(report: Report, alone: bool) -> bool:
    """Tell whether people are counted as something else than killed or injured: abducted, arrested, both together."""
    return any(figure.measure not in TOLLS for figure in report.figures)


def adds_figures(report: Report, alone: bool) -> bool:
    """Tell whether a toll was added up from several figures."""
    return any(len(counted(report, measure)) > 1 for measure in TOLLS)


def repeats_figures(report: Report, alone: bool) -> bool:
    """Tell whether a figure repeats another, or is set aside as a claim of one side."""
    return any(figure.counts in ("repeats", "party_claim") for figure in report.figures)


def leaves_numbers(report: Report, alone: bool) -> bool:
    """Tell whether a number that could count people was left unread."""
    return any(unread_numbers(report))


def has_other_harm(report: Report, alone: bool) -> bool:
    """Tell whether its kind is one in which both sides fall, or that harms in other ways than death and wounds."""
    return report.facts.event_type in OTHER_HARM


def has_victims_one_by_one(report: Report, alone: bool) -> bool:
    """Tell whether its kind is one whose victims are told of one by one, the attacker among them."""
    return report.facts.event_type in ONE_BY_ONE


DOUBTS: dict[str, Callable[[Report, bool], bool]] = {
    "day from elsewhere": is_retold_day,
    "day concluded": is_concluded_day,
    "more days than one": is_span_of_days,
    "no day where one is expected": has_no_day,
    "no place but a country": has_no_town,
    "no place at all": has_no_country,
    "only place named": has_only_place,
    "killed or injured not stated": has_one_toll,
    "neither killed nor injured stated": has_no_toll,
    "word of death without a number": tells_of_unread_death,
    "word of wounds without a number": tells_of_unread_wounds,
    "vague toll": has_vague_toll,
    "people counted otherwise": counts_otherwise,
    "toll added up": adds_figures,
    "figure repeated": repeats_figures,
    "numbers left unread": leaves_numbers,
    "kind with other harm": has_other_harm,
    "kind told victim by victim": has_victims_one_by_one,
}


def words_of(report: Report) -> str:
    """Give the words of all sentences that speak of a report."""
    return " ".join(mention.sentence.text for mention in report.mentions)


def counted(report: Report, measure: str) -> list[Figure]:
    """Give the figures that make up a toll."""
    return [figure for figure in report.figures if figure.measure == measure and figure.counts == "yes"]


def is_vague(count: Count) -> bool:
    """Tell whether a count names no number to hold on to.

    >>> is_vague(Count(12, None, None, "vague")), is_vague(Count(12, 12, None, "open_high"))
    (True, False)
    """
    return count.state in NO_VALUE


def unread_numbers(report: Report) -> Iterator[str]:
    """Give the numbers of the sentences that tell of a report which no figure took; not ages, days and the like.

    >>> from pipeline.model import Facts, Mention, Sentence
    >>> words = "On 5 May a man of 30 years shot at 40 cars near kilometre 12."
    >>> mention = Mention(sentence=Sentence(0, 0, len(words), words, 0, "body"), trigger="shot")
    >>> list(unread_numbers(Report(article_id="a", facts=Facts(), mentions=(mention,))))
    ['40', '12']
    """
    for mention in report.mentions:
        sentence = mention.sentence
        for quantity in find_quantities(sentence.text) if mention.trigger else ():
            start = sentence.start + quantity.start
            low, exact = quantity.count.low, quantity.count.state != "vague"
            taken = any(
                f.start <= start < f.end or start <= f.start < sentence.start + quantity.end for f in report.figures
            )
            if not low or not exact or taken or low in YEARS or NOT_PEOPLE.match(sentence.text[quantity.end :]):
                continue
            if not BEFORE_A_DAY.search(sentence.text[: quantity.start]):
                yield quantity.words
