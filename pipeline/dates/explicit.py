"""Rules for words that name a day, a month or a year, and for the year that a day without one belongs to.

A rule takes the words and the moment they are read from, and gives the days, or None where the words need something
that the moment does not hold (a year, the day of publication) or name no day of the calendar.
"""

import re

from pipeline.dates.calendar import (
    Moment,
    latest_day,
    latest_month,
    month_days,
    nearest_day,
    nearest_month,
    one_day,
    third_of,
    year_days,
)
from pipeline.dates.grammar import (
    ANY_MONTH,
    FULL_DAY,
    GAP,
    MEASURES,
    MONTH,
    NO_COUNT,
    PART,
    SAID_YEAR,
    SHORT_WEEKDAY,
    WEEKDAY,
    YEAR,
    YEAR_TAIL,
    month_number,
    part_name,
    rule,
    weekday_number,
)
from pipeline.model import Days

FIGURES = r"\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}"
MONTH_AND = re.compile(ANY_MONTH)
WEEKDAY_AND = re.compile(rf"{WEEKDAY}|{SHORT_WEEKDAY}")
SAID = re.compile(SAID_YEAR)
BEFORE_MONTH = "in|during|since|until|till|of|by|from|before|after|through|throughout|between"
BEFORE_YEAR = "in|during|since|until|till|before|after|throughout|(?:in|of|for|during|since)\\s+the\\s+year|year"
DETERMINER = r"(?:\b(?i:the|a|an|its|their|his|her|our|another)\s|['’]s\s|^|\n|[:(“\"‘•;]\s?|[–—]\s)"


def year_of(words: str, at: Moment) -> int | None:
    """Give the year that the words name, by itself or by another one; else that of the heading they stand under.

    >>> year_of("March 2021", Moment()), year_of("March of last year", Moment.on("2023-05-19"))
    (2021, 2022)
    """
    if written := re.search(r"(?<!\d)\d{4}(?!\d)", words):
        return int(written[0])
    if not (said := SAID.search(words)):
        return at.year
    step = next(
        (s for w, s in (("last", -1), ("previous", -1), ("following", 1), ("next", 1)) if w in said[0].lower()), 0
    )
    if re.search("(?i)last|this", said[0]):
        return at.today.year + step if at.today else None
    return at.anchor.first.year + step if at.anchor else None


def names_year(words: str) -> bool:
    """Tell whether the words themselves say which year they mean."""
    return bool(re.search(r"(?<!\d)\d{4}(?!\d)", words) or SAID.search(words))


def read_figures(words: str, at: Moment) -> Days | None:
    """Read a date in figures: year first, or day first with full stops, or where only one order is possible.

    >>> str(read_figures("2022-12-12", Moment())), str(read_figures("12/25/2022", Moment()))
    ('2022-12-12', '2022-12-25')
    >>> read_figures("03/04/2022", Moment()) is None
    True
    """
    a, b, c = (int(n) for n in re.split("[-/.]", words))
    if re.match(r"\d{4}", words):
        return one_day(a, b, c)
    if not re.search(r"\d{4}$", words):
        if not at.today or len(words) < 6:
            return None
        c += 2000 if c <= at.today.year % 100 else 1900
    day_first, month_first = one_day(c, b, a), one_day(c, a, b)
    if "." in words or day_first == month_first:
        return day_first
    return None if day_first and month_first else day_first or month_first


def read_day(words: str, at: Moment) -> Days | None:
    """Read a day and a month, with a year or without.

    >>> str(read_day("Thursday, the 19th of April", Moment.on("2012-05-07")))
    '2012-04-19'
    >>> str(read_day("March 27", Moment.on("2023-05-19"))), read_day("March 27", Moment())
    ('2023-03-27', None)
    """
    month = MONTH_AND.search(words)
    day = re.search(r"(?<!\d)\d{1,2}(?!\d)", words)
    if not month or not day:
        return None
    number, of_month = month_number(month[0]), int(day[0])
    if names_year(words) or at.year:
        year = year_of(words, at)
        return one_day(year, number, of_month) if year else None
    if near := at.entry or at.near:
        return nearest_day(number, of_month, near.first, at.today)
    weekday = WEEKDAY_AND.search(words)
    return latest_day(number, of_month, at.today, weekday_number(weekday[0]) if weekday else None) if at.today else None


def read_month(words: str, at: Moment) -> Days | None:
    """Read a month or a third of it, with a year or without.

    >>> str(read_month("late March", Moment.on("2023-05-19"))), str(read_month("October 2021", Moment()))
    ('2023-03-21/2023-03-31', '2021-10-01/2021-10-31')
    """
    month = MONTH_AND.search(words)
    if not month:
        return None
    number, part = month_number(month[0]), part_name(words[: month.start()])
    year = year_of(words, at)
    near = at.entry or at.near
    if year is None and near and not names_year(words):
        told = nearest_month(number, near, at.today)
        year = told.first.year if told else None
    if year is None and not names_year(words) and at.today:
        year = latest_month(number, at.today).first.year
        year -= re.match("last", words, re.IGNORECASE) is not None and at.today.month == number
    if not year:
        return None
    return third_of(month_days(year, number), part) if part else month_days(year, number)


def read_year(words: str, at: Moment) -> Days | None:
    """Read a year or a third of it.

    >>> str(read_year("late 2022", Moment())), str(read_year("2019", Moment()))
    ('2022-09-01/2022-12-31', '2019-01-01/2019-12-31')
    """
    year, part = year_of(words, Moment()), part_name(words)
    if not year:
        return None
    return third_of(year_days(year), part) if part else year_days(year)


def read_decade(words: str, at: Moment) -> Days | None:
    """Read a decade, whole whatever part of it is named.

    >>> str(read_decade("the early 1990s", Moment()))
    '1990-01-01/1999-12-31'
    """
    year = int(re.findall(r"\d{4}", words)[0])
    return year_days(year, year + 9)


DAY_RULES = (
    rule("figures", rf"(?<![\w/.:-]){FIGURES}(?![\d%]|[-/.]\d)", read_figures),
    rule("day", FULL_DAY, read_day),
)
MONTH_RULES = (
    rule("month", rf"(?:{PART})?{ANY_MONTH}{YEAR_TAIL}", read_month),
    rule("month", rf"{PART}{MONTH}", read_month),
    rule("month", rf"\b(?i:{BEFORE_MONTH}){GAP}(?:the{GAP}month{GAP}of{GAP})?(?P<words>{MONTH})", read_month),
    rule("month", rf"\b(?i:last|this){GAP}{MONTH}", read_month),
    rule("month", rf"\b(?i:the){GAP}(?P<words>{MONTH})(?={GAP}[a-z])(?!{GAP}(?:on|for|of)\b)", read_month),
    rule("month", rf"(?P<words>{MONTH})(?<!April)(?<!May)(?<!June)(?=['’]s\b)", read_month),
)
YEAR_RULES = (
    rule("year", rf"\b(?i:{BEFORE_YEAR}){GAP}(?P<words>{YEAR})", read_year),
    rule("year", rf"\b(?i:of|by|from){GAP}(?P<words>{YEAR})(?!{GAP}(?:to|and|or|in{GAP}\d+|[a-z]+s)\b)", read_year),
    rule("year", rf"\((?P<words>{YEAR})\)", read_year),
    rule("year", rf"{PART}{YEAR}", read_year),
    rule("decade", r"(?:\b(?i:the)\s)?(?:\b(?i:early|mid|late)[\s-])?\b(?:1[89]|20)\d0s\b", read_decade),
    rule(
        "year_modifier",
        rf"{DETERMINER}(?:[a-z]{{3,14}}\s)?(?P<words>{YEAR})(?=\s[A-Za-z])(?!\s(?:{MEASURES})\b){NO_COUNT}",
        read_year,
    ),
)
