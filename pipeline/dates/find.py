"""Read the dates of an article: which days its words can mean, seen from where they stand and when it was published.

Never more exact than the words, never after publication. Words that name a time no rule can place keep `days` None.
The rules stand in `date_explicit`, `date_stretches` and `date_relative`, the order they are tried in `date_words`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.dates.calendar import Moment
from pipeline.dates.choice import choose_days
from pipeline.dates.heads import BARE_RULES, NEAR_TOP, head_dates
from pipeline.dates.words import UNREAD, Hit, read_hit, scan_words
from pipeline.model import Block, DateWords, Days, Published
from pipeline.text.sentences import paragraph_spans

__all__ = ["choose_days", "find_dates", "head_dates", "read_days"]
FUTURE = re.compile(
    r"\b(?:will|shall|won['’]t|to be held|(?:is|are|was|were|been) (?:due|set|expected|planned|slated)"
    r"|scheduled|plans? to|planned for|planning to|ahead of|upcoming|(?:due|expected) (?:on|in|to))\b[^.;:!?\n]*$"
)
SINCE = re.compile(r"(?i)\b(?:since|after|following|starting|beginning)\s(?:from\s|in\s|on\s|at least\s|about\s)?$")
ONWARD = re.compile(r"(?i)\s(?:onwards?|on\b(?!\s\w)|(?:to|until|till)\s(?:now|date|the present|today))")
UNTIL = re.compile(r"(?i)\b(?:until|till|before|prior to|as of|by|up to|through)\s(?:the end of\s)?$")
PLACE_BEFORE = re.compile(r"[^\S\n]*[A-Z][\w .,’'/-]{1,60}(?:,\s|\s[—–-]\s)")
AGENCY_BEHIND = re.compile(r"\s?\([A-Z][^)\n]{1,40}\)\s?[-–—]")
DASH_BEHIND = re.compile(r"\s?[-–—]{1,2}\s")
OF_A_DEED = re.compile(r"['’]s\b")
NO_ANCHOR = ("since", "until", "announced", "dateline", "year_modifier", "past", "decade", "year", "years")
MONTH_AT_MOST = 31  # days
LONG_BEFORE = 6  # days: within a week of publication, words are counted from publication


def read_days(
    words: str, published: Published | None, anchor: Days | None = None, year: int | None = None
) -> DateWords | None:
    """Read words on their own: what they say best, or None where they name no day that had come.

    `anchor` is the date told before them and `year` that of the heading they stand under, where there are such.

    >>> str(read_days("late March", Published.on("2023-05-19")).days)
    '2023-03-21/2023-03-31'
    >>> read_days("next Friday", Published.on("2023-05-19")) is None
    True
    """
    context = Moment(anchor=anchor, year=year)
    said, hits = words, scan_words(words)
    if not hits and any(one.pattern.fullmatch(words) for one in BARE_RULES):
        said = f"in {words}"  # a month or a year alone is a date where no sentence is there to say otherwise
        hits = scan_words(said)
    return choose_days([name_bounds(hit, said, date_hit(hit, said, published, context)) for hit in hits])


def find_dates(text: str, published: Published | None, blocks: Sequence[Block] | None = None) -> list[DateWords]:
    """Find the dates of an article in the order of the text, each read from where it stands.

    >>> [str(d.days) for d in find_dates("Shot on May 3, 2021. A day later he died.", None)]
    ['2021-05-03', '2021-05-04']
    """
    if blocks is None:
        blocks = [Block(no, a, b, "body") for no, (a, b) in enumerate(paragraph_spans(text))]
    heads = head_dates(blocks, text, published)
    found: list[DateWords] = []
    anchor: Days | None = None
    for block, head in zip(blocks, heads, strict=True):
        context = head_context(head, anchor)
        after = block.start
        for inside in scan_words(text[block.start : block.end]):
            hit = replace(inside, start=inside.start + block.start, end=inside.end + block.start)
            if head and head.start == hit.start:
                words = head
            else:
                words = name_bounds(hit, text, date_hit(hit, text, published, context, after))
                words = name_dateline(words, block, text, published)
            found.append(words)
            context = move_on(context, words, published)
            after = hit.end
        anchor = context.anchor
    return found


def head_context(head: DateWords | None, anchor: Days | None) -> Moment:
    """Give what the words of a block may lean on: the date of the head that governs it, else the last date told."""
    if not head or not head.days:
        return Moment(anchor=anchor)
    if len(head.days) <= LONG_BEFORE:
        return Moment(anchor=head.days, entry=head.days)
    one_year = head.days.first.year == head.days.last.year
    return Moment(anchor=head.days, year=head.days.first.year if one_year else None)


def move_on(context: Moment, words: DateWords, published: Published | None) -> Moment:
    """Give the context of what follows: the last date told, and in its paragraph also a near one if it is long past."""
    if not words.days or words.rule in NO_ANCHOR:
        return context
    context = replace(context, anchor=words.days)
    long_past = published is None or (published.first - words.days.last).days > LONG_BEFORE
    if len(words.days) <= MONTH_AT_MOST and words.basis == "explicit" and long_past:
        return replace(context, near=words.days, year=None)
    return context


def date_hit(hit: Hit, text: str, published: Published | None, context: Moment, after: int = 0) -> DateWords:
    """Read a finding; one that lies in the future, or that future words from `after` on announce, has no days."""
    days, basis = (None, "relative") if hit.rule.name in UNREAD else read_hit(hit, published, context)
    words = DateWords(hit.start, hit.end, text[hit.start : hit.end], days, basis, hit.rule.name)
    before, behind = text[max(after, hit.start - 80) : hit.start], text[hit.end : hit.end + 2]
    said_ahead = basis == "relative" and is_announced(hit, before, behind)
    to_come = hit.rule.name not in UNREAD and not days and published and hit.rule.read(hit.words, Moment())
    return replace(words, days=None, rule="announced") if said_ahead or to_come else words


def is_announced(hit: Hit, before: str, behind: str) -> bool:
    """Tell whether the words before say that it is still to come; "Friday's attack" never is."""
    of_a_deed = OF_A_DEED.match(behind) or re.search(r"(?i)\b(?:the|last|this|ago)\b", hit.words)
    return not of_a_deed and bool(FUTURE.search(before))


def name_bounds(hit: Hit, text: str, words: DateWords) -> DateWords:
    """Name the rule `since` or `until` where the words are the bound of a time and not the time itself."""
    if not words.days or words.rule == "year_modifier" or OF_A_DEED.match(text, hit.end):
        return words
    before = text[max(0, hit.start - 40) : hit.start]
    if SINCE.search(before) or (ONWARD.match(text, hit.end) and re.search(r"(?i)\bfrom\s$", before)):
        return replace(words, rule="since")
    return replace(words, rule="until") if UNTIL.search(before) else words


def name_dateline(words: DateWords, block: Block, text: str, published: Published | None) -> DateWords:
    """Name the rule `dateline` where place and date open a report: "Kabul, May 18 (Reuters) - ..."."""
    if not words.days or words.start - block.start > 70 or not PLACE_BEFORE.fullmatch(text, block.start, words.start):
        return words
    fresh = published is None or (published.first - words.days.last).days <= 1
    opening = block.no < NEAR_TOP and fresh and DASH_BEHIND.match(text, words.end)
    return replace(words, rule="dateline") if opening or AGENCY_BEHIND.match(text, words.end) else words
