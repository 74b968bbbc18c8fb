"""The closed words that dates are made of, and the pieces of patterns built from them.

Months and weekdays count only as written: capital first or all capitals, lower case where the word means nothing else.
Every repetition is bounded, so that no text can make a pattern run long.
"""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from pipeline.dates.calendar import Moment
from pipeline.model import Days

MONTHS = tuple("January February March April May June July August September October November December".split())
WEEKDAYS = tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
COUNTS = (
    "one a an|two couple|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    "sixteen|seventeen|eighteen|nineteen|twenty"
)
NUMBER_WORDS = {word: count for count, words in enumerate(COUNTS.split("|"), start=1) for word in words.split()}
PARTS = {
    "early": ("early", "beginning", "start", "opening"),
    "mid": ("mid", "middle"),
    "late": ("late", "end", "close", "closing"),
}
MEASURES = (
    "km|kms|kilomet(?:er|re)s?|miles?|met(?:er|re)s?|feet|ft|kg|kilograms?|kilos?|tons?|tonnes?|pounds?|lbs?|"
    "lit(?:er|re)s?|acres?|hectares?|dollars?|euros?|afghanis|rupees|hours?|hrs|GMT|UTC|rounds|times|percent|homes|"
    "houses|villages|BC|a\\.?m\\b|p\\.?m\\b"
)
PEOPLE = (
    "people|persons|civilians|men|women|children|troops|soldiers|policemen|police|fighters|militants|insurgents|members|"
    "officers|personnel|others|families|prisoners|detainees|deaths|casualties|victims|recruits|students|pupils|workers|"
    "dead|(?:killed|wounded|injured)(?! (?:an?|the|his|her|their|its|some|more|at|\\d+|two|three|four|five|six|seven|"
    "eight|nine|ten|[A-Z][a-z]+)\\b)|injuries|guards|rebels|terrorists|gunmen|attackers|hostages|passengers|bodies|suspects|"
    "pilgrims|worshippers|refugees|protesters|residents|villagers|boys|girls|years?|months?|weeks?|days?"
)


class Rule(NamedTuple):
    """One way to say a date: what `pattern` matches, or its group `words` if it has one, `read` turns into days."""

    name: str
    pattern: re.Pattern[str]
    read: Callable[[str, Moment], Days | None]
    cues: tuple[frozenset[str], ...]  # one of each is in such words: most paragraphs are passed over by this alone


def rule(name: str, pattern: str, read: Callable[[str, Moment], Days | None]) -> Rule:
    """Give a rule with its pattern compiled and the cues that rules of its name share."""
    return Rule(name, re.compile(pattern), read, CUES[name])


MONTH_CUE = " ".join(f for m in MONTHS for f in (m, m[:3])) + " Sept"
WEEKDAY_CUE = " ".join(WEEKDAYS)
SEASON_CUE = "spring summer autumn fall winter"
UNITS_CUE = "days nights weeks fortnights months years decades"
UNIT_CUE = f"{UNITS_CUE} {UNITS_CUE.replace('s ', ' ').removesuffix('s')}"
PART_CUE = "morning evening afternoon"
FIGURES_CUE = "00"  # stands for any two figures side by side
CUES: dict[str, tuple[frozenset[str], ...]] = {
    name: tuple(frozenset(cue.lower().split()) for cue in cues)
    for names, *cues in (
        ("day days month", MONTH_CUE),
        ("figures years unclear year decade year_modifier", FIGURES_CUE),
        ("between", f"{FIGURES_CUE} {SEASON_CUE} {MONTH_CUE}"),
        ("season", SEASON_CUE),
        ("share", "half quarter week q"),
        ("holiday", "eve day halloween"),
        ("weekday weekdays skip", WEEKDAY_CUE),
        ("prayers", "prayers"),
        ("announced", "next coming upcoming tomorrow"),
        ("today", f"yesterday today tonight overnight night {PART_CUE}"),
        ("this", "last this weekend", "week weekend month year"),
        ("ago", "ago", UNIT_CUE),
        ("past", "past last", f"hour hours {UNIT_CUE}"),
        ("vague", "ago past last", f"hours {UNITS_CUE}"),
        (
            "later",
            "later earlier afterward afterwards previously prior after before next following previous preceding",
            f"{UNIT_CUE} {PART_CUE} {WEEKDAY_CUE}",
        ),
        ("same", "same that", f"{UNIT_CUE} {PART_CUE}"),
        ("after_event", "after before following since prior", UNIT_CUE),
        ("day_of_month", "st nd rd th"),
    )
    for name in names.split()
}
CUE = re.compile(r"[^\W\d_]+|\d\d")


def cues_in(text: str) -> frozenset[str]:
    """Give the words of a text in lower case, and what stands for two figures where it has such.

    >>> sorted(cues_in("Mon. 12th"))
    ['00', 'mon', 'th']
    """
    return frozenset(FIGURES_CUE if found.isdecimal() else found for found in CUE.findall(text.lower()))


def one_of(words: Iterable[str], lower: Iterable[str] = ()) -> str:
    """Give a pattern for any of these words, with capital first or in capitals, and for those of `lower` as they are.

    >>> one_of(["Jan", "March"], ["jan"])
    '(?:March|MARCH|Jan|JAN|jan)'
    """
    forms = [form for word in words for form in (word, word.upper())] + list(lower)
    return f"(?:{'|'.join(sorted(dict.fromkeys(forms), key=len, reverse=True))})"


GAP = r"(?:[^\S\n]{1,3}(?:\n[^\S\n]{0,2})?|\n[^\S\n]{0,2})"  # between words, over one line end at most
DASH = r"[-–—‒]"
MONTH = rf"\b{one_of(MONTHS, [m.lower() for m in MONTHS if m not in ('March', 'May')])}\b"
SHORT_MONTH = rf"\b{one_of([m[:3] for m in MONTHS if m != 'May'] + ['Sept'])}\b\.?"
ANY_MONTH = rf"(?:{MONTH}|{SHORT_MONTH})"
WEEKDAY = rf"\b{one_of(WEEKDAYS, [w.lower() for w in WEEKDAYS])}\b"
SHORT_WEEKDAY = rf"\b{one_of('Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun'.split())}\b\.?"
NO_COUNT = rf"(?!{GAP}(?:{MEASURES}|{PEOPLE})\b)"  # "March 16 people" and "2000 women" are numbers of people
DAY = r"(?<![\d.,:/$€£-])(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%]|[.,:]\d{1,2}\b)"
YEAR = rf"(?<![\w$€£#.,/])(?:1[89]|20)\d\d(?![\w%]|[,.]\d|-year|/\d){NO_COUNT}"
SAID_YEAR = rf"(?:of{GAP})?(?i:(?:last|this|that(?: same)?|the (?:same|previous|following|next)) year)\b"
YEAR_TAIL = rf"(?:,?{GAP}(?:of{GAP}|in{GAP})?{YEAR}|,(?:1[89]|20)\d\d\b|\.{GAP}{YEAR}(?=,)|,?{GAP}{SAID_YEAR})"
PART = (
    rf"(?i:\b(?:early|late|mid|later|earlier|(?:the{GAP})?(?:very{GAP})?(?:beginning|start|middle|end|close){GAP}of)"
    rf"(?:(?:{GAP}|-)(?:in{GAP}|the{GAP})?))"
)
TIME_OF_DAY = r"(?i:morning|afternoon|evening|night|midnight|midday|noon|dawn|dusk)"
NUMBER = rf"(?:\b\d{{1,3}}|(?i:\b(?:{'|'.join(NUMBER_WORDS)})))\b"
UNIT = r"(?:day|night|week|fortnight|month|year|decade)"
SEASON = r"(?i:spring|summer|autumn|fall|winter)\b"

DAY_MONTH = rf"(?:the{GAP})?{DAY}(?:{GAP}(?:day{GAP})?of)?(?:{GAP}|-){ANY_MONTH}"
MONTH_DAY = rf"{ANY_MONTH}{GAP}(?:the{GAP})?{DAY}{NO_COUNT}"
WEEKDAY_HEAD = (
    rf"(?:{WEEKDAY}|{SHORT_WEEKDAY})(?:{GAP}{TIME_OF_DAY})?(?:,{GAP}|,|{GAP}|{GAP}{DASH}{GAP})"
    rf"(?:(?:the|of|on|in){GAP}){{0,2}}"
)
FULL_DAY = rf"(?:{WEEKDAY_HEAD})?(?:{DAY_MONTH}(?:-{YEAR})?|{MONTH_DAY})(?:{YEAR_TAIL})?"
POINT = rf"(?:(?:{PART})?{YEAR}|{FULL_DAY}|(?:{PART})?{ANY_MONTH}(?:{YEAR_TAIL})?|(?:{PART})?{SEASON}(?:{YEAR_TAIL})?)"
SEP = rf"(?:,?{GAP}(?:to|until|till|through|and){GAP}|{GAP}?{DASH}{GAP}?)"


def month_number(word: str) -> int:
    """Give the number of a month, written out or cut short.

    >>> month_number("Sept.")
    9
    """
    return [m[:3].lower() for m in MONTHS].index(word[:3].lower()) + 1


def weekday_number(word: str) -> int:
    """Give the number of a weekday, Monday being 0.

    >>> weekday_number("Thurs.")
    3
    """
    return [w[:3].lower() for w in WEEKDAYS].index(word[:3].lower())


def part_name(words: str | None) -> str | None:
    """Give early, mid or late, whichever the words say.

    >>> part_name("the beginning of "), part_name("mid-")
    ('early', 'mid')
    """
    said = re.findall("[a-z]+", (words or "").lower())
    return next((part for part, names in PARTS.items() if any(n in said for n in names)), None)


def count_of(word: str) -> int:
    """Give the number that a word or figure says.

    >>> count_of("Seven"), count_of("18")
    (7, 18)
    """
    return int(word) if word.isdecimal() else NUMBER_WORDS[word.lower()]


def count_units(words: str) -> tuple[int, str] | None:
    """Give how many of which unit the words count: hours, days, weeks, months, years or decades.

    >>> count_units("two weeks ago"), count_units("a fortnight later"), count_units("weeks ago")
    ((2, 'week'), (2, 'week'), None)
    """
    counted = re.search(rf"(?P<count>{NUMBER}){GAP}(?:of{GAP})?(?P<unit>hour|{UNIT})s?\b", words)
    if not counted:
        return None
    count, unit = count_of(counted["count"]), counted["unit"]
    return {"fortnight": (2 * count, "week"), "night": (count, "day")}.get(unit, (count, unit))
