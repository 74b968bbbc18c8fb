"""Days, months and years as a reader of news counts them.

Pure arithmetic over `Days`: nothing here reads words. Where publication decides, the latest day, month or weekday
that had begun by then is meant; a step past the ends of the calendar stops there instead of failing.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from pipeline.model import Days

WEEK = 7
LEAP_GAP = 8  # two 29 Februaries are at most so many years apart
WEEKDAY_GAP = 40  # in fewer years than this a date falls on every weekday, 29 February too


@dataclass(frozen=True, slots=True)
class Moment:
    """From where words are read: what is known beside the words themselves."""

    today: date | None = None  # the day of publication
    anchor: Days | None = None  # the last date told before the words
    near: Days | None = None  # a date told in the same paragraph, long enough before publication to count from
    entry: Days | None = None  # the day of the dated entry that the words are part of
    year: int | None = None  # the year of the heading or list that the words stand under

    @classmethod
    def on(cls, iso: str) -> "Moment":
        """Give the moment of a publication, written YYYY-MM-DD."""
        return cls(today=date.fromisoformat(iso))


def one_day(year: int, month: int, day: int) -> Days | None:
    """Give that day, or None where the calendar has no such day.

    >>> one_day(2023, 2, 29) is None
    True
    """
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return Days(date(year, month, day), date(year, month, day))


def month_days(year: int, month: int) -> Days:
    """Give a whole month.

    >>> str(month_days(2024, 2))
    '2024-02-01/2024-02-29'
    """
    return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def year_days(year: int, last: int | None = None) -> Days:
    """Give a whole year, or the years up to `last`.

    >>> str(year_days(2019, 2021))
    '2019-01-01/2021-12-31'
    """
    return Days(date(year, 1, 1), date(last or year, 12, 31))


def third_of(days: Days, part: str) -> Days:
    """Give the early, mid or late third of a month or a year; longer stretches stay whole.

    >>> str(third_of(month_days(2023, 3), "late")), str(third_of(year_days(2022), "early"))
    ('2023-03-21/2023-03-31', '2022-01-01/2022-04-30')
    """
    step = ("early", "mid", "late").index(part)
    year, month = days.first.year, days.first.month
    if days == year_days(year):
        return Days(date(year, step * 4 + 1, 1), month_days(year, step * 4 + 4).last)
    if days == month_days(year, month):
        last = days.last if part == "late" else date(year, month, step * 10 + 10)
        return Days(date(year, month, step * 10 + 1), last)
    return days


def shift_days(day: date, days: int) -> date:
    """Give the day so many days later, or earlier where negative.

    >>> str(shift_days(date(2023, 3, 1), -1))
    '2023-02-28'
    """
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def shift_months(day: date, months: int) -> date:
    """Give the same day of a month so many months later, or that month's last day.

    >>> str(shift_months(date(2023, 3, 31), -1))
    '2023-02-28'
    """
    count = day.year * 12 + day.month - 1 + months
    if not 12 <= count < 120000:
        return date.min if months < 0 else date.max
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shifted(days: Days, count: int, unit: str) -> Days:
    """Move days by so many units; units longer than a day leave half a unit of doubt on both sides.

    >>> str(shifted(Days.parse("2023-05-19"), -2, "day")), str(shifted(Days.parse("2023-05-19"), -3, "week"))
    ('2023-05-17', '2023-04-25/2023-05-01')
    >>> str(shifted(Days.parse("2022-08-30"), 2, "month"))
    '2022-10-15/2022-11-14'
    """
    if unit == "day":
        return Days(shift_days(days.first, count), shift_days(days.last, count))
    if unit == "week":
        return Days(shift_days(days.first, count * WEEK - 3), shift_days(days.last, count * WEEK + 3))
    months = {"month": 1, "year": 12, "decade": 120}[unit]
    first, last = shift_months(days.first, count * months), shift_months(days.last, count * months)
    if unit == "month":
        return Days(shift_days(first, -15), shift_days(last, 15))
    return Days(shift_months(first, -months // 2), shift_months(last, months // 2))


def latest_day(month: int, day: int, today: date, weekday: int | None = None) -> Days | None:
    """Give the latest such day up to `today`, on that weekday if one is named.

    >>> str(latest_day(3, 27, date(2023, 5, 19))), str(latest_day(4, 19, date(2023, 5, 19), weekday=3))
    ('2023-03-27', '2018-04-19')
    """
    for year in range(today.year, today.year - (LEAP_GAP if weekday is None else WEEKDAY_GAP), -1):
        found = one_day(year, month, day)
        if found and found.first <= today and weekday in (None, found.first.weekday()):
            return found
    return None


def latest_month(month: int, today: date) -> Days:
    """Give the latest such month begun by `today`.

    >>> str(latest_month(6, date(2023, 5, 19)))
    '2022-06-01/2022-06-30'
    """
    return month_days(today.year if month <= today.month else max(today.year - 1, 1), month)


def latest_weekday(weekday: int, today: date) -> Days:
    """Give the latest such weekday up to `today`, Monday being 0.

    >>> str(latest_weekday(0, date(2023, 5, 19)))
    '2023-05-15'
    """
    day = shift_days(today, -((today.weekday() - weekday) % WEEK))
    return Days(day, day)


def nearest_weekday(weekday: int, day: date, today: date | None) -> Days:
    """Give the weekday nearest to `day`, not after `today`.

    >>> str(nearest_weekday(6, date(2015, 2, 22), None)), str(nearest_weekday(0, date(2015, 2, 22), None))
    ('2015-02-22', '2015-02-23')
    """
    found = latest_weekday(weekday, shift_days(day, 3)).first
    if today and found > today:
        found = shift_days(found, -WEEK)
    return Days(found, found)


def nearest_day(month: int, day: int, near: date, today: date | None) -> Days | None:
    """Give the such day that a story told from `near` on means: a little before it, or in the months after it.

    >>> str(nearest_day(1, 2, date(2021, 12, 30), None)), str(nearest_day(8, 29, date(2021, 8, 26), None))
    ('2022-01-02', '2021-08-29')
    """
    for year in (near.year, near.year + 1, near.year - 1):
        found = one_day(year, month, day)
        if found and -120 <= (found.first - near).days <= 245 and not (today and found.first > today):
            return found
    return None


def nearest_month(month: int, near: Days, today: date | None) -> Days | None:
    """Give the such month that a story told from `near` on means.

    >>> str(nearest_month(10, Days.parse("2021-08-26"), date(2023, 5, 19)))
    '2021-10-01/2021-10-31'
    """
    day = nearest_day(month, 15, near.first.replace(day=15), today)
    return month_days(day.first.year, month) if day else None


def week_of(day: date) -> Days:
    """Give the week, Monday to Sunday, that holds `day`.

    >>> str(week_of(date(2023, 5, 19)))
    '2023-05-15/2023-05-21'
    """
    monday = shift_days(day, -day.weekday())
    return Days(monday, shift_days(monday, WEEK - 1))


def up_to(days: Days, today: date) -> Days | None:
    """Give what of `days` had come by `today`, or None for days still to come.

    >>> str(up_to(year_days(2023), date(2023, 5, 19)))
    '2023-01-01/2023-05-19'
    """
    return Days(days.first, min(days.last, today)) if days.first <= today else None
