"""Rules for words that count from the day of publication.

Weekdays are counted from a date in the same paragraph that lies long before publication (`Moment.near`), and in a dated
entry of a list from its date (`Moment.entry`): an entry of 2014 speaks of a Monday and a yesterday of its own.
"""

import re
from datetime import date

from pipeline.dates.calendar import (
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
from pipeline.dates.explicit import WEEKDAY_AND
from pipeline.dates.grammar import (
    DASH,
    GAP,
    NUMBER,
    PART,
    TIME_OF_DAY,
    UNIT,
    WEEKDAY,
    Rule,
    count_units,
    part_name,
    rule,
    weekday_number,
)
from pipeline.model import Days

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
    if len(named) == 1 and (night := read_weekday(WEEKDAY_AND.findall(words)[0], at)):
        return Days(shift_days(night.first, -1), night.last)  # "overnight into Thursday"
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
    part = part_name(words)
    return up_to(third_of(whole, part) if part else whole, today)


def read_ago(words: str, at: Moment) -> Days | None:
    """Read a number of days, weeks, months or years back from publication.

    >>> str(read_ago("two days ago", Moment.on("2023-05-19"))), str(read_ago("two years ago", Moment.on("2023-05-19")))
    ('2023-05-17', '2020-11-19/2021-11-19')
    """
    counted = count_units(words)
    if not counted or not at.today:
        return None
    return shifted(Days(at.today, at.today), -counted[0], counted[1])


def read_past(words: str, at: Moment) -> Days | None:
    """Read the last so many days, weeks or months as the stretch up to publication.

    >>> str(read_past("in the past two weeks", Moment.on("2023-05-19")))
    '2023-05-05/2023-05-19'
    """
    counted = count_units(words) or count_units(re.sub(r"(?i)\b(?:past|last)\b", "one", words))
    if not counted or not at.today:
        return None
    count, unit = counted
    if unit == "hour":
        return Days(shift_days(at.today, -count // 24), at.today)
    if unit in ("day", "week"):
        return Days(shift_days(at.today, -count * (WEEK if unit == "week" else 1)), at.today)
    return Days(shift_months(at.today, -count * {"month": 1, "year": 12, "decade": 120}[unit]), at.today)


LAST_OR_THIS = rf"(?:{PART})?(?i:\b(?:last|this)){GAP}"
RELATIVE_RULES: tuple[Rule, ...] = (
    rule(
        "weekdays",
        rf"(?i:\b(?:between|from|overnight|(?:the{GAP})?night{GAP}(?:of|from)){GAP})?(?:from{GAP})?{WEEKDAY}"
        rf"(?:{GAP}{TIME_OF_DAY})?(?:{GAP}(?:to|and|through|into|until){GAP}|{DASH}){WEEKDAY}",
        read_weekdays,
    ),
    rule("weekdays", rf"\b(?i:overnight){GAP}(?i:into|to){GAP}{WEEKDAY}", read_weekdays),
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
)
