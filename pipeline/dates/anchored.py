"""Rules for words that count from the date told before them, and for words that count from what is no date.

"Two days later" goes on from the last date of the text; "two days after the vote" is not for this reader to place.
"""

import re

from pipeline.dates.calendar import (
    WEEK,
    Moment,
    month_days,
    one_day,
    shift_days,
    shift_months,
    shifted,
    week_of,
    year_days,
)
from pipeline.dates.explicit import WEEKDAY_AND
from pipeline.dates.grammar import GAP, NUMBER, UNIT, WEEKDAY, Rule, count_units, rule, weekday_number
from pipeline.model import Days, span_days


def read_later(words: str, at: Moment) -> Days | None:
    """Read "two days later", "the next day" and their like, counted from the date told before.

    >>> str(read_later("two days later", Moment(anchor=Days.parse("2021-08-26"))))
    '2021-08-28'
    >>> str(read_later("the following week", Moment(anchor=Days.parse("2021-08-26"))))
    '2021-08-30/2021-09-05'
    """
    if not at.anchor:
        return None
    back = re.search(r"(?i)\b(?:earlier|before|previous|previously|prior|preceding)\b", words) is not None
    counted = count_units(words)
    unit = re.search(rf"(?i){UNIT}|morning|evening|afternoon|{WEEKDAY}", words)
    if counted and not re.search(r"(?i)next|following|previous|preceding", words):
        count, name = counted
        if name == "day" and len(at.anchor) > 2:
            return None
        return shifted(at.anchor, -count if back else count, name)
    if not unit:
        return None
    return step_from(at.anchor, unit[0], -1 if back else 1)


def step_from(anchor: Days, unit: str, step: int) -> Days | None:
    """Give the next or previous day, weekday, week, month or year as seen from the anchor."""
    edge = anchor.last if step > 0 else anchor.first
    name = unit.lower()
    if WEEKDAY_AND.fullmatch(unit):
        day = shift_days(edge, step)
        while day.weekday() != weekday_number(unit):
            day = shift_days(day, step)
        return Days(day, day)
    if name == "week":
        return week_of(shift_days(edge, step * WEEK))
    if name == "month":
        return month_days(shift_months(edge, step).year, shift_months(edge, step).month)
    if name == "year":
        return year_days(min(max(edge.year + step, 1), 9999))
    day = shift_days(edge, step)
    return Days(day, day) if len(anchor) <= 2 else None


def read_same(words: str, at: Moment) -> Days | None:
    """Read the day, week, month or year of the date told before; "earlier" means up to it and "later" from it on.

    >>> str(read_same("Earlier that month", Moment(anchor=Days.parse("2022-09-30"))))
    '2022-09-01/2022-09-30'
    """
    unit = re.search(r"(?i)week|month|year|day|night|morning|evening|afternoon", words)
    if not at.anchor or not unit:
        return None
    anchor, name = at.anchor, unit[0].lower()
    if name == "week":
        whole = span_days([week_of(anchor.first), anchor]) if len(anchor) <= WEEK else None
    elif name == "month":
        whole = month_days(anchor.first.year, anchor.first.month)
    elif name == "year":
        whole = year_days(anchor.first.year)
    else:
        whole = anchor if len(anchor) <= WEEK else None
    if not whole or anchor.last > whole.last:
        return None
    if re.match("(?i)earlier", words):
        return Days(whole.first, anchor.last)
    return Days(anchor.first, whole.last) if re.match("(?i)later", words) else whole


def read_nothing(words: str, at: Moment) -> Days | None:
    """Give no days: the words count from something that is no date ("two days after the vote"), or are unclear."""
    return None


def read_day_of_month(words: str, at: Moment) -> Days | None:
    """Read "the 12th" as that day of the month told of before, else as the latest one up to publication.

    >>> str(read_day_of_month("12th", Moment(anchor=Days.parse("2021-05-03"))))
    '2021-05-12'
    """
    day = int(re.findall(r"\d+", words)[0])
    if at.anchor and len(at.anchor) <= 31:
        return one_day(at.anchor.first.year, at.anchor.first.month, day)
    if not at.today:
        return None
    month = at.today if day <= at.today.day else shift_months(at.today, -1)
    return one_day(month.year, month.month, day)


ADJ = r"(?i:next|following|previous|preceding)"
ANCHORED_RULES: tuple[Rule, ...] = (
    rule(
        "later",
        rf"{NUMBER}{GAP}{UNIT}s?{GAP}(?i:later|earlier|afterwards?|previously|prior)\b(?!{GAP}(?:than|to)\b)",
        read_later,
    ),
    rule("later", rf"{NUMBER}{GAP}{UNIT}s?{GAP}(?:after|before)(?=[.,;:!?)]|$)", read_later),
    rule("later", rf"\b(?i:the|that){GAP}{ADJ}{GAP}(?:{UNIT}|morning|evening|afternoon|{WEEKDAY})\b", read_later),
    rule("later", rf"\b(?i:the){GAP}(?:day|week|month|year){GAP}(?:before|after)(?=[.,;:!?)]|$)", read_later),
    rule(
        "same",
        rf"\b(?i:(?:(?:earlier|later){GAP})?(?:(?:that|the){GAP}same|that)){GAP}"
        rf"(?:day|night|morning|evening|afternoon|week|month|year)\b(?!{GAP}(?:that|when)\b)",
        read_same,
    ),
    rule(
        "day_of_month",
        rf"\b(?i:on{GAP}the){GAP}(?P<words>[0-3]?\d(?:st|nd|rd|th))"
        rf"(?=[,;]|\.(?:\s|$)|{GAP}(?:and|at|when|near|outside|died|was|were|had)\b)",
        read_day_of_month,
    ),
)
UNPLACED_RULES: tuple[Rule, ...] = (
    rule(
        "after_event",
        rf"{NUMBER}{GAP}{UNIT}s?{GAP}(?:after|before|following|since|prior{GAP}to)(?={GAP}\w)",
        read_nothing,
    ),
    rule(
        "after_event",
        rf"\b(?i:the){GAP}(?:day|night|week|month|year)s?{GAP}(?:after|before)(?={GAP}\w)(?!{GAP}yesterday)",
        read_nothing,
    ),
    rule("vague", rf"(?:\b(?i:several|(?:a{GAP})?few|many|some){GAP})?\b{UNIT}s{GAP}ago\b", read_nothing),
    rule(
        "vague",
        rf"\b(?i:the{GAP}(?:past|last)){GAP}(?:(?:few|several|couple{GAP}of){GAP})?(?:hour|{UNIT})s\b",
        read_nothing,
    ),
    rule("unclear", r"(?<![\w/.:-])\d{1,2}[/-]\d{1,2}[/-]\d{4}(?![\d%]|[-/.]\d)", read_nothing),
)
