"""Find the words of a text that name a date, and read one such finding from where it stands.

All rules look for their words; of findings that overlap the one that starts first wins, then the longer, then the rule
named first. Words that only look like a date take part in that too, so that "Friday prayers" hides its Friday.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.dates.anchored import ANCHORED_RULES, UNPLACED_RULES, read_nothing
from pipeline.dates.calendar import Moment, up_to
from pipeline.dates.explicit import DAY_RULES, MONTH_RULES, SAID, YEAR_RULES, names_year
from pipeline.dates.grammar import GAP, MONTH, SEASON, TIME_OF_DAY, WEEKDAY, Rule, cues_in, rule
from pipeline.dates.relative import RELATIVE_RULES, read_weekday
from pipeline.dates.stretches import STRETCH_RULES
from pipeline.model import Days, Published, span_days

SERVICES = (
    "prayers?|sermons?|mosque|mass|services?|worship|school|Times|Telegraph|Mirror|Mail|Express|Herald|Night Football"
)
SKIP_RULES = (
    rule(
        "prayers",
        rf"\b(?i:during|after|before|following|leaving){GAP}(?:the{GAP})?(?P<words>Friday{GAP}"
        rf"(?:{TIME_OF_DAY}{GAP})?prayers)\b",
        read_weekday,
    ),
    rule("skip", rf"{WEEKDAY}{GAP}(?:(?:{TIME_OF_DAY}|(?i:congregational)){GAP})?(?i:{SERVICES})\b", read_nothing),
    rule("skip", rf"\b(?:(?i:every|each)|Black|Good|Bloody|Ash|Palm|Easter|Super|Holy){GAP}{WEEKDAY}", read_nothing),
)
ANNOUNCING_RULES = (
    rule(
        "announced",
        rf"\b(?i:(?:this{GAP})?(?:next|coming|upcoming)){GAP}(?:{WEEKDAY}|{MONTH}|{SEASON}|(?:week|weekend|month|year)\b)",
        read_nothing,
    ),
    rule("announced", rf"\b(?i:(?:the{GAP}day{GAP}after{GAP})?tomorrow)\b", read_nothing),
)
RULES: tuple[Rule, ...] = (
    DAY_RULES
    + STRETCH_RULES
    + MONTH_RULES
    + YEAR_RULES
    + SKIP_RULES
    + ANNOUNCING_RULES
    + RELATIVE_RULES
    + ANCHORED_RULES
    + UNPLACED_RULES
)
READABLE = Moment.on("9000-12-31")  # every rule that reads its words at all reads them from here
READABLE = replace(READABLE, year=2000, anchor=Days.parse("2000-01-01"))
UNREAD = ("skip", "announced", "after_event", "vague", "unclear")
LINKED = re.compile(r",?\s(?:(?:early |late )?(?:in|on|at)\s)?")
LINKS = ("later", "same", "ago", "vague")
YEAR_LINKS = ("this", "same")
LINKABLE = ("day", "figures", "month", "days", "holiday", "season")


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that a rule found: where they stand, and what of them names the date."""

    start: int
    end: int
    words: str
    rule: Rule


def scan_words(text: str) -> list[Hit]:
    """Give the words of a text that name a date, in order, none overlapping another.

    >>> [hit.words for hit in scan_words("A year later, in September 2022, and again on Friday night")]
    ['September 2022', 'Friday night']
    """
    return link_hits([hit for hit in pick_hits(text) if hit.rule.name != "skip"], text)


def pick_hits(text: str) -> Iterator[Hit]:
    """Walk over the text from finding to finding; each rule looks again only where its last finding was passed over."""
    words = cues_in(text)
    rules = [one for one in RULES if not any(cue.isdisjoint(words) for cue in one.cues)]
    upcoming = [first_hit(one, text, 0) for one in rules]
    while found := [hit for hit in upcoming if hit]:
        best = min(found, key=lambda hit: (hit.start, -hit.end))
        yield best
        upcoming = [
            first_hit(one, text, best.end) if hit and hit.start < best.end else hit
            for one, hit in zip(rules, upcoming, strict=True)
        ]


def first_hit(one: Rule, text: str, start: int) -> Hit | None:
    """Give the first words from `start` on that the rule finds and can make something of."""
    while match := one.pattern.search(text, start):
        first, last = match.span("words") if "words" in one.pattern.groupindex else match.span()
        if one.name in UNREAD or one.read(text[first:last], READABLE):
            return Hit(first, last, text[first:last], one)
        start = match.start() + 1
    return None


def link_hits(hits: list[Hit], text: str) -> list[Hit]:
    """Join "a year later, in" to the date after it, which is more exact; "last year, on" gives that date its year."""
    linked: list[Hit] = []
    for hit in hits:
        before = linked[-1] if linked else None
        between = text[before.end : hit.start] if before else ""
        linkable = hit.rule.name in LINKABLE and LINKED.fullmatch(between)
        if before and linkable and before.rule.name in YEAR_LINKS and SAID.fullmatch(before.words):
            words = hit.words if names_year(hit.words) else f"{hit.words} {before.words}"
            linked[-1] = replace(hit, start=before.start, words=words)
        elif before and linkable and before.rule.name in LINKS:
            linked[-1] = replace(hit, start=before.start)
        else:
            linked.append(hit)
    return linked


def read_hit(hit: Hit, published: Published | None, context: Moment) -> tuple[Days | None, str]:
    """Read found words from where they stand: the days, cut at publication, and the basis they rest on.

    Where publication is a window the words are read from both of its ends, and the days span the two readings.
    """
    said = hit.rule.read(hit.words, Moment())
    basis = "explicit"
    if not said:
        ends = {published.first, published.last} if published else {None}
        said = span_days(days for day in ends if (days := hit.rule.read(hit.words, replace(context, today=day))))
        basis = "context" if hit.rule.read(hit.words, context) else "relative"
    return (up_to(said, published.last) if said and published else said), basis
