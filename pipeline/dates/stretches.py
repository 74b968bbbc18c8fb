"""Rules for stretches: between two dates, seasons, quarters and halves, and days that have a name.

The same contract as the rules for single dates: words and moment in, days or None out.
"""

import re
from dataclasses import replace

from pipeline.dates.calendar import Moment, latest_day, month_days, shift_months, year_days
from pipeline.dates.explicit import MONTH_AND, names_year, read_day, read_month, read_year, year_of
from pipeline.dates.grammar import (
    ANY_MONTH,
    DASH,
    DAY,
    FULL_DAY,
    GAP,
    MONTH,
    NO_COUNT,
    PART,
    POINT,
    SAID_YEAR,
    SEASON,
    SEP,
    YEAR,
    YEAR_TAIL,
    Rule,
    rule,
)
from pipeline.model import Days

HOLIDAYS = {
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "valentine's day": (2, 14),
    "st patrick's day": (3, 17),
    "april fools' day": (4, 1),
    "may day": (5, 1),
    "bastille day": (7, 14),
    "halloween": (10, 31),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "boxing day": (12, 26),
}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # first months, as north of the equator
ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 0}
BETWEEN = re.compile(rf"(?:(?i:between|from|overnight){GAP})?(?P<first>{POINT}){SEP}(?P<last>{POINT})")
TWO_DAYS = rf"(?:{DASH}|{GAP}(?:to|and|through|until|or){GAP}|/)"
NIGHT = rf"overnight(?:{GAP}(?:from|on))?|(?:the{GAP})?nights?{GAP}(?:of|between)"
FROM = rf"(?i:\b(?:between|from|{NIGHT}){GAP}(?:the{GAP})?)"
HOLIDAY = "|".join(re.sub(r"^st\b", r"st\.?", n).replace(" ", GAP).replace("'", "['’]?") for n in HOLIDAYS)


def read_point(words: str, at: Moment) -> Days | None:
    """Read one end of a stretch: a day, a month, a season or a year.

    >>> str(read_point("early 2023", Moment()))
    '2023-01-01/2023-04-30'
    """
    if re.fullmatch(FULL_DAY, words):
        return read_day(words, at)
    if MONTH_AND.search(words):
        return read_month(words, at)
    return read_season(words, at) if re.search(SEASON, words) else read_year(words, at)


def read_between(words: str, at: Moment) -> Days | None:
    """Read the stretch from one date to another; the first may take its year from the second.

    >>> str(read_between("between late 2022 and early 2023", Moment()))
    '2022-09-01/2023-04-30'
    >>> str(read_between("December 30 to January 2, 2021", Moment()))
    '2020-12-30/2021-01-02'
    """
    ends = BETWEEN.fullmatch(words)
    last = read_point(ends["last"], at) if ends else None
    if not ends or not last:
        return None
    if names_year(ends["first"]):
        first = read_point(ends["first"], at)
        if first and first.first > last.last and not names_year(ends["last"]):
            last = read_point(ends["last"], replace(at, year=first.first.year + 1))
    else:
        first = read_point(ends["first"], replace(at, year=last.last.year))
        if first and first.first > last.last:
            first = read_point(ends["first"], replace(at, year=last.last.year - 1))
    return Days(first.first, last.last) if first and last and first.first < last.last and first != last else None


def read_days_of_month(words: str, at: Moment) -> Days | None:
    """Read two days of one month.

    >>> str(read_days_of_month("the night of 3 to 4 March", Moment.on("2023-05-19")))
    '2023-03-03/2023-03-04'
    >>> str(read_days_of_month("March 3-5, 2021", Moment()))
    '2021-03-03/2021-03-05'
    """
    month = MONTH_AND.search(words)
    days = re.findall(r"(?<!\d)\d{1,2}(?!\d)", words)
    if not month or len(days) < 2 or [int(day) for day in days] != sorted({int(day) for day in days}):
        return None
    rest = re.sub(r"(?<!\d)\d{1,2}(?:st|nd|rd|th)?(?!\d)", " ", words[month.end() :])
    last = read_day(f"{month[0]} {days[-1]} {rest}", at)
    return Days(last.first.replace(day=int(days[0])), last.last) if last and int(days[0]) else None


def read_years(words: str, at: Moment) -> Days | None:
    """Read two years written as one.

    >>> str(read_years("2015-16", Moment()))
    '2015-01-01/2016-12-31'
    """
    first, last = (int(n) for n in re.findall(r"\d+", words))
    if "-" in words and last <= 12:
        return None  # 2010-12 may be a month
    return year_days(first, first // 100 * 100 + last) if first % 100 < last else None


def read_season(words: str, at: Moment) -> Days | None:
    """Read a season; a winter named by one year may be the one it begins or the one it ends with.

    >>> str(read_season("spring of 2021", Moment())), str(read_season("last summer", Moment.on("2023-05-19")))
    ('2021-03-01/2021-05-31', '2022-06-01/2022-08-31')
    """
    name = re.search(SEASON, words)
    start = SEASONS[name[0].lower()] if name else 0
    year = year_of(words, at)
    if not start or (year is None and (names_year(words) or not at.today)):
        return None
    if year is None and at.today:
        year = at.today.year - (start > at.today.month)
        return season_days(year, start)
    if start == 12 and year and not re.search(rf"\d{DASH}\d\d\b|/", words):
        return Days(season_days(year - 1, start).first, season_days(year, start).last)
    return season_days(year, start) if year else None


def season_days(year: int, start: int) -> Days:
    """Give the three months from `start` on."""
    first = month_days(year, start).first
    return Days(first, month_days(shift_months(first, 2).year, shift_months(first, 2).month).last)


def read_share(words: str, at: Moment) -> Days | None:
    """Read a half or a quarter of a year, a half or a week of a month.

    >>> str(read_share("second half of 2021", Moment())), str(read_share("first week of March 2023", Moment()))
    ('2021-07-01/2021-12-31', '2023-03-01/2023-03-07')
    """
    which = next((n for w, n in ORDINALS.items() if w in words.lower()), None)
    if quarter := re.search(r"\bQ([1-4])", words):
        which = int(quarter[1])
    whole = read_month(words, at) if MONTH_AND.search(words) else None
    year = year_of(words, at)
    if which is None or (whole is None and not year):
        return None
    if whole:
        end = whole.last.day
        width = 7 if "week" in words.lower() else 15
        first, last = (end - width + 1, end) if not which else (width * (which - 1) + 1, width * which)
        last = end if width == 15 and which == 2 else min(last, end)
        return Days(whole.first.replace(day=first), whole.first.replace(day=last)) if first <= last else None
    months = 6 if "half" in words.lower() else 3
    which = which or 12 // months
    if not year or which * months > 12:
        return None
    return Days(month_days(year, (which - 1) * months + 1).first, month_days(year, which * months).last)


def read_holiday(words: str, at: Moment) -> Days | None:
    """Read a day that bears a name and falls on the same date every year.

    >>> str(read_holiday("New Year’s Eve in 1985", Moment()))
    '1985-12-31'
    """
    said = re.sub(r"\s+", " ", words.lower().replace("’", "'"))
    found = next(
        (d for name, d in HOLIDAYS.items() if re.sub("['.]", "", said).startswith(name.replace("'", ""))), None
    )
    if not found:
        return None
    month, day = found
    year = year_of(words, at)
    if year:
        return Days(month_days(year, month).first.replace(day=day), month_days(year, month).first.replace(day=day))
    return latest_day(month, day, at.today) if at.today and not names_year(words) else None


ORDINAL = rf"(?i:\b(?:{'|'.join(ORDINALS)}))\b"
MONTH_OR_YEAR = rf"(?:{YEAR}|{SAID_YEAR}|{ANY_MONTH}(?:{YEAR_TAIL})?)"
MORE_DAYS = rf"(?:,{GAP}\d{{1,2}}(?:st|nd|rd|th)?){{0,5}},?"
DAY_END = rf"(?:the{GAP})?\d{{1,2}}(?:st|nd|rd|th)?"
STRETCH_RULES: tuple[Rule, ...] = (
    rule("between", rf"\b(?i:between|from|overnight){GAP}{POINT}{SEP}{POINT}", read_between),
    rule(
        "between", rf"(?:{FULL_DAY})(?:{GAP}(?:to|until|through){GAP}|{GAP}?{DASH}{GAP}?)(?:{FULL_DAY})", read_between
    ),
    rule("between", rf"{ANY_MONTH}{GAP}?(?:{DASH}|to|through){GAP}?{ANY_MONTH}{YEAR_TAIL}", read_between),
    rule("between", rf"\b(?i:in|during){GAP}(?P<words>{MONTH}{GAP}and{GAP}{MONTH}(?:{YEAR_TAIL})?)", read_between),
    rule("between", rf"{YEAR}(?:{DASH}|{GAP}to{GAP}){YEAR}", read_between),
    rule("between", rf"\b(?i:in|during){GAP}(?P<words>{YEAR}{GAP}and{GAP}{YEAR})", read_between),
    rule("years", r"(?<![\w/.:-])(?:19|20)\d\d[–/-]\d\d\b(?![-/.\d])", read_years),
    rule(
        "days",
        rf"(?:{FROM})?{ANY_MONTH}{GAP}{DAY}{MORE_DAYS}{TWO_DAYS}{DAY_END}(?![\w%]){NO_COUNT}(?:{YEAR_TAIL})?",
        read_days_of_month,
    ),
    rule("days", rf"{ANY_MONTH}{GAP}{DAY} {DASH} {DAY_END}(?![\w%]| [A-Za-z])(?:{YEAR_TAIL})?", read_days_of_month),
    rule(
        "days",
        rf"(?:{FROM})?(?:the{GAP})?{DAY}{MORE_DAYS}(?:{TWO_DAYS}| {DASH} ){DAY_END}"
        rf"{GAP}(?:of{GAP})?{ANY_MONTH}(?:{YEAR_TAIL})?",
        read_days_of_month,
    ),
    rule("season", rf"(?:{PART})?\b{SEASON}(?:{YEAR_TAIL}(?:[–/-]\d\d(?!\d))?)", read_season),
    rule(
        "season", rf"\b(?i:in|during|since){GAP}(?:the{GAP})?(?P<words>(?:{PART})?{SEASON})(?!{GAP}of\b)", read_season
    ),
    rule("season", rf"\b(?i:last|this){GAP}{SEASON}", read_season),
    rule("share", rf"(?:the{GAP})?{ORDINAL}{GAP}(?:quarter|half|week){GAP}(?:of|in){GAP}{MONTH_OR_YEAR}", read_share),
    rule("share", rf"{ORDINAL}{GAP}(?:quarter|half){GAP}{SAID_YEAR}|\bQ[1-4]{GAP}?(?:of{GAP})?{YEAR}", read_share),
    rule("holiday", rf"\b(?i:{HOLIDAY})(?:{YEAR_TAIL})?", read_holiday),
)
