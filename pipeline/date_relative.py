"""Rules for words that count from the day of publication or from the date told before them.

Weekdays are counted from a date in the same paragraph that lies long before publication (`Moment.near`), and in a dated
entry of a list from its date (`Moment.entry`): an entry of 2014 speaks of a Monday and a yesterday of its own.
"""

import re
from datetime import date

from pipeline.date_calendar import (
    WEEK,
    Moment,
    latest_weekday,
    month_days,
    nearest_weekday,
    shift_days,
    shift_months,
    shifted,
    third_of,
    up_to,
    week_of,
    year_days,
)
from pipeline.date_explicit import WEEKDAY_AND
from pipeline.date_grammar import (
    DASH,
    GAP,
    NUMBER,
    PART,
    TIME_OF_DAY,
    UNIT,
    WEEKDAY,
    Rule,
    count_of,
    part_name,
    rule,
    weekday_number,
)
from pipeline.model import Days, span_days

COUNTED = re.compile(rf"(?P<count>{NUMBER}){GAP}(?:of{GAP})?(?P<unit>{UNIT})s?\b")
CALENDAR_UNIT = re.compile(r"(?i:week(?:end)?|month|year)\b")


def here(at: Moment) -> date | None:
    """Give the day that words such as "today" are said on."""
    return at.entry.last if at.entry else at.today


def read_weekday(words: str, at: Moment) -> Days | None:
    """Read a weekday as the latest one up to publication, and "last" one as before that day.

    >>> friday = Moment.on("2023-05-19")
    >>> str(read_weekday("early Sunday", friday)), str(read_weekday("last Friday", friday))
    ('2023-05-14', '2023-05-12')
    """
    named = WEEKDAY_AND.search(words)
    if not named:
        return None
    number = weekday_number(named[0])
    near = at.entry or at.near
    if near and len(near) == 1:
        return nearest_weekday(number, near.first, at.today)
    if not at.today:
        return None
    if re.search(r"(?i)last week|week ago", words):
        day = shift_days(week_of(at.today).first, number - WEEK)
        return Days(day, day)
    return latest_weekday(number, shift_days(at.today, -1) if words.lower().startswith("last ") else at.today)


def read_weekdays(words: str, at: Moment) -> Days | None:
    """Read two weekdays as the days from the one to the other.

    >>> str(read_weekdays("between Friday and Sunday", Moment.on("2023-05-19")))
    '2023-05-12/2023-05-14'
    """
    named = [weekday_number(w[0]) for w in WEEKDAY_AND.finditer(words)]
    if len(named) != 2 or named[0] == named[1]:
        return None
    last = read_weekday(WEEKDAY_AND.findall(words)[1], at)
    return Days(shift_days(last.first, -((named[1] - named[0]) % WEEK)), last.last) if last else None


def read_today(words: str, at: Moment) -> Days | None:
    """Read today, yesterday, last night and overnight.

    >>> str(read_today("yesterday", Moment.on("2023-05-19"))), str(read_today("overnight", Moment.on("2023-05-19")))
    ('2023-05-18', '2023-05-18/2023-05-19')
    """
    day, said = here(at), words.lower()
    if not day:
        return None
    if "before yesterday" in said:
        return Days(shift_days(day, -2), shift_days(day, -2))
    if "yesterday" in said:
        return Days(shift_days(day, -1), shift_days(day, -1))
    return Days(shift_days(day, -1), day) if "night" in said and "tonight" not in said else Days(day, day)


def read_calendar_unit(words: str, at: Moment) -> Days | None:
    """Read this or last week, weekend, month or year, or a third of it.

    >>> str(read_calendar_unit("this year", Moment.on("2023-05-19")))
    '2023-01-01/2023-05-19'
    >>> str(read_calendar_unit("late last month", Moment.on("2023-05-19")))
    '2023-04-21/2023-04-30'
    """
    unit = CALENDAR_UNIT.search(words)
    if not unit or not at.today:
        return None
    back = int(re.search(r"(?i)\blast\b", words) is not None)
    name, today = unit[0].lower(), at.today
    if name == "weekend":
        saturday = latest_weekday(5, today).first
        return up_to(Days(saturday, shift_days(saturday, 1)), today)
    if name == "week":
        return up_to(week_of(shift_days(today, -back * WEEK)), today)
    month = shift_months(today, -back)
    whole = month_days(month.year, month.month) if name == "month" else year_days(max(today.year - back, 1))
    part = part_name(re.sub(r"(?i)(?<=\bearl)ier|\blater\b|\bearlier\b", "", words))
    return up_to(third_of(whole, part) if part else whole, today)


def read_ago(words: str, at: Moment) -> Days | None:
    """Read a number of days, weeks, months or years back from publication.

    >>> str(read_ago("two days ago", Moment.on("2023-05-19"))), str(read_ago("two years ago", Moment.on("2023-05-19")))
    ('2023-05-17', '2020-11-19/2021-11-19')
    """
    counted = COUNTED.search(words)
    if not counted or not at.today:
        return None
    return shifted(Days(at.today, at.today), -count_of(counted["count"]), unit_of(counted["unit"]))


def read_past(words: str, at: Moment) -> Days | None:
    """Read the last so many days, weeks or months as the stretch up to publication.

    >>> str(read_past("in the past two weeks", Moment.on("2023-05-19")))
    '2023-05-05/2023-05-19'
    """
    counted = re.search(rf"(?:(?P<count>{NUMBER}){GAP})?(?P<unit>hour|{UNIT})s?$", words)
    if not counted or not at.today:
        return None
    count, unit = count_of(counted["count"] or "one"), counted["unit"]
    if unit == "hour":
        return Days(shift_days(at.today, -count // 24), at.today)
    if unit in ("day", "night", "week", "fortnight"):
        width = {"week": WEEK, "fortnight": 2 * WEEK}.get(unit, 1)
        return Days(shift_days(at.today, -count * width), at.today)
    return Days(shift_months(at.today, -count * {"month": 1, "year": 12, "decade": 120}[unit]), at.today)


def unit_of(word: str) -> str:
    """Give the unit to count in."""
    return {"night": "day", "fortnight": "week"}.get(word, word)


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
    counted = COUNTED.search(words)
    unit = re.search(rf"(?i){UNIT}|morning|evening|afternoon|{WEEKDAY}", words)
    if counted and not re.search(r"(?i)next|following|previous|preceding", words):
        count, name = count_of(counted["count"]), unit_of(counted["unit"])
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


LAST_OR_THIS = rf"(?:{PART})?(?i:\b(?:last|this)){GAP}"
ADJ = r"(?i:next|following|previous|preceding)"
RELATIVE_RULES: tuple[Rule, ...] = (
    rule(
        "weekdays",
        rf"(?i:\b(?:between|from|overnight|(?:the{GAP})?night{GAP}(?:of|from)){GAP})?(?:from{GAP})?{WEEKDAY}"
        rf"(?:{GAP}{TIME_OF_DAY})?(?:{GAP}(?:to|and|through|into|until){GAP}|{DASH}){WEEKDAY}",
        read_weekdays,
    ),
    rule(
        "weekday",
        rf"(?:\b(?i:early|late|last|this(?:{GAP}past)?|(?:the{GAP})?past)(?:{GAP}on)?{GAP})?{WEEKDAY}"
        rf"(?:{GAP}{TIME_OF_DAY}\b)?(?:{GAP}(?:of{GAP})?last{GAP}week\b|{GAP}a{GAP}week{GAP}ago\b)?",
        read_weekday,
    ),
    rule("weekday", rf"\b(?i:last{GAP}week{GAP}on){GAP}{WEEKDAY}", read_weekday),
    rule(
        "today",
        rf"(?<!USA )\b(?i:the{GAP}day{GAP}before{GAP}yesterday|yesterday|today|tonight|overnight|last{GAP}night|"
        rf"(?:earlier{GAP})?this{GAP}(?:morning|afternoon|evening))\b(?!{GAP}(?:show|newspaper)\b)",
        read_today,
    ),
    rule("this", rf"{LAST_OR_THIS}(?i:week|weekend|month|year)\b(?!-)", read_calendar_unit),
    rule("this", rf"\b(?i:over|at|on|during){GAP}(?P<words>the{GAP}weekend)\b", read_calendar_unit),
    rule("ago", rf"{NUMBER}{GAP}(?:of{GAP})?{UNIT}s?{GAP}ago\b", read_ago),
    rule(
        "past",
        rf"\b(?:(?i:in|over|during|within){GAP})?(?i:the{GAP}(?:past|last)){GAP}{NUMBER}{GAP}(?:hour|{UNIT})s?\b(?!{GAP}of\b)",
        read_past,
    ),
    rule("past", rf"\b(?i:in|over|during|within){GAP}(?i:the{GAP}(?:past|last)){GAP}{UNIT}\b(?!{GAP}of\b)", read_past),
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
