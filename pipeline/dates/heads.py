"""The date that a heading or the head of a list item gives to what stands under it or beside it.

A head is a date at the start of a block, followed by a colon, a dash or the end of the line. On a line of its own it
holds for the blocks under it, until the next such line of its level or above (a year above a month above a day); at
the start of an item it holds for that item, for indented lines after it and for what stands between two items. A head
without a year takes it from the heading above, else from the list, in whichever direction that runs.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.dates.calendar import Moment, latest_day
from pipeline.dates.explicit import read_month, read_year
from pipeline.dates.grammar import MONTH, YEAR, rule
from pipeline.dates.words import READABLE, RULES, Hit, read_hit
from pipeline.model import Block, DateWords, Published

LEAD = re.compile(r"[\s•●▪◦‣·*#>=+|_–—-]{0,12}(?:\(?\d{1,3}[.)]\s{1,3})?[*_\[(\"“]{0,4}(?:(?i:year|on|in)\s)?(?=\S)")
PLACE = r"(?:\s\([^)\n]{1,40}\)|,\s[A-Z][\w’'-]*(?:[\s,]{1,2}[A-Z][\w’'-]*){0,4})?"  # "5 June (Kabul): ..."
TAIL = re.compile(PLACE + r"[*_\])\"”]{0,4}\s{0,3}(?::|[–—|\t]|-{1,2}(?=\s)|\.\s?[–—-])|[*_\])]{1,4}\s")
ALONE = re.compile(r"[\s*_\])\"”#=–—:.,|-]*")
BARE_RULES = (rule("year", rf"(?:{YEAR})", read_year), rule("month", MONTH, read_month))
LEVELS = {"year": 1, "years": 1, "decade": 1, "month": 2, "season": 2, "share": 2}  # the rest are days: 3
HEAD_NAMES = {"figures", "day", "days", "between", "holiday", "weekday", *LEVELS}
HEAD_RULES = (*(one for one in RULES if one.name in HEAD_NAMES and "words" not in one.pattern.groupindex), *BARE_RULES)
HALF_YEAR = 183
TURN = 45  # a step back of more than so many days is a turn of the year, of fewer a list not quite in order
NEAR_TOP = 4


@dataclass(frozen=True, slots=True)
class Head:
    """A date at the head of a block, before its year is settled."""

    block: int
    hit: Hit
    alone: bool

    @property
    def level(self) -> int:
        """1 for a year, 2 for a month, 3 for days."""
        return LEVELS.get(self.hit.rule.name, 3)


def head_dates(blocks: Sequence[Block], text: str, published: Published | None) -> list[DateWords | None]:
    """Give for each block the date of the heading or list head that governs it, or None."""
    heads = [
        head for no, block in enumerate(blocks) if (head := find_head(no, text[block.start : block.end], block.start))
    ]
    heads = [] if is_byline(heads, published) else heads
    dated = dict(zip((head.block for head in heads), settle_years(heads, published), strict=True))
    return spread_heads(blocks, text, {head.block: head for head in heads}, dated)


def find_head(no: int, text: str, start: int) -> Head | None:
    """Give the date that a block begins with, if it stands there as a head.

    >>> find_head(0, "• Oct. 9 — Two men were shot.", 0).hit.words, find_head(0, "== 2018 ==", 0).alone
    ('Oct. 9', True)
    >>> find_head(0, "On March 5 two men were shot.", 0) is None
    True
    """
    lead = LEAD.match(text)
    first = lead.end() if lead else 0
    beginning = text[first : first + 100]
    for hit in hits_at_start(beginning):
        after = beginning[hit.end :]
        alone = bool(ALONE.fullmatch(after)) and len(beginning) < 100
        closed = TAIL.match(after) or (hit.rule.name == "figures" and after[:1].isspace())
        if alone or closed or (hit.rule.name not in LEVELS and re.match(r"\.\s+[A-Z]", after)):
            return Head(no, replace(hit, start=start + first, end=start + first + hit.end), alone)
    return None


def hits_at_start(text: str) -> list[Hit]:
    """Give all readings of the words a text begins with, longest first."""
    matches = ((one, one.pattern.match(text)) for one in HEAD_RULES)
    hits = [Hit(0, found.end(), found[0], one) for one, found in matches if found]
    return sorted((hit for hit in hits if hit.rule.read(hit.words, READABLE)), key=lambda hit: -hit.end)


def is_byline(heads: list[Head], published: Published | None) -> bool:
    """Tell whether the only head is a day at the top that just says when the article appeared."""
    if len(heads) != 1 or heads[0].level != 3 or heads[0].block >= NEAR_TOP:
        return False
    days, _ = read_hit(heads[0].hit, published, Moment())
    return published is None or days is None or (published.first - days.last).days <= 1


def settle_years(heads: list[Head], published: Published | None) -> list[DateWords]:
    """Give every head its days, with the year of the heading above it or of the list it belongs to."""
    years: list[int | None] = []
    above: int | None = None
    for head in heads:
        own = head.hit.rule.read(head.hit.words, Moment())
        if own and head.alone and head.level < 3:
            above = own.first.year if own.first.year == own.last.year else None
        years.append(own.last.year if own else above)
    basis = "context" if any(years) else "relative"
    dated = []
    for head, year in zip(heads, list_years(heads, years, published), strict=True):
        days, own_basis = read_hit(head.hit, published, Moment(year=year))
        shown = own_basis if own_basis == "explicit" or year is None else basis
        dated.append(DateWords(head.hit.start, head.hit.end, head.hit.words, days, shown, head.hit.rule.name))
    return dated


def list_years(heads: list[Head], years: list[int | None], published: Published | None) -> list[int | None]:
    """Give the years of a list of heads, of which some are known, by counting on from those in the list's direction."""
    at_2000 = [head.hit.rule.read(head.hit.words, Moment(year=2000)) for head in heads]
    rows = [
        (no, days.first.timetuple().tm_yday)
        for no, (head, days) in enumerate(zip(heads, at_2000, strict=True))
        if days and head.level > 1
    ]
    found = list(years)
    if not rows or all(found[no] is not None for no, _ in rows):
        return found
    rising = runs_forward(rows, found)
    if all(found[no] is None for no, _ in rows):
        if not published:
            return found
        newest = rows[-1] if rising else rows[0]
        days = at_2000[newest[0]]
        latest = latest_day(days.first.month, days.first.day, published.last) if days else None
        found[newest[0]] = latest.first.year if latest else None
    for chain, forward in ((rows, rising), (rows[::-1], not rising)):
        count_on(chain, found, forward, published)
    return found


def runs_forward(rows: list[tuple[int, int]], years: list[int | None]) -> bool:
    """Tell whether a list of days runs from old to new, by most of the steps between its rows."""
    score = 0
    for (a, day_a), (b, day_b) in pairwise(rows):
        year_a, year_b = years[a], years[b]
        if year_a and year_b:
            score += ((year_b, day_b) > (year_a, day_a)) - ((year_b, day_b) < (year_a, day_a))
        elif abs(day_b - day_a) < HALF_YEAR:
            score += (day_b > day_a) - (day_b < day_a)
    return score >= 0


def count_on(rows: list[tuple[int, int]], years: list[int | None], rising: bool, published: Published | None) -> None:
    """Fill in the years that follow a known one, turning the year where the days step against the direction."""
    known: tuple[int, int] | None = None
    for no, day in rows:
        year = years[no]
        if year is None and known:
            year, last = known
            step = last - day if rising else day - last
            year += (1 if rising else -1) if step > TURN else 0
            if published and year > published.last.year:
                year = known[0]
            years[no] = year
        known = (year, day) if year is not None else known


def spread_heads(
    blocks: Sequence[Block], text: str, heads: dict[int, Head], dated: dict[int, DateWords]
) -> list[DateWords | None]:
    """Give each block the head that holds for it: its own, that of its item, or the nearest heading above."""
    given: list[DateWords | None] = []
    above: dict[int, DateWords] = {}
    item: DateWords | None = None
    for no, block in enumerate(blocks):
        head = heads.get(no)
        if head:
            item = None if head.alone else dated[no]
            above = (
                {k: v for k, v in above.items() if k < head.level} | {head.level: dated[no]} if head.alone else above
            )
            given.append(dated[no])
            continue
        if block.kind in ("title", "heading"):
            above = {k: v for k, v in above.items() if k < 3}
            item = None
        elif item and not (is_indented(block, text) or is_inside_list(no, blocks, heads)):
            item = None
        holding = item or (above[max(above)] if above else None)
        given.append(replace(holding, basis="context") if holding else None)
    return given


def is_indented(block: Block, text: str) -> bool:
    """Tell whether a block begins behind white space on its line."""
    return block.start > 0 and text[block.start - 1] in " \t\u00a0"


def is_inside_list(no: int, blocks: Sequence[Block], heads: dict[int, Head]) -> bool:
    """Tell whether the next item of a dated list follows within a few blocks, with no heading before it."""
    for later in range(no + 1, min(no + 5, len(blocks))):
        if later in heads:
            return not heads[later].alone
        if blocks[later].kind in ("title", "heading"):
            return False
    return False
