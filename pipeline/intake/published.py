"""Infer from a text without a date when it was published: a window in which that must lie, or nothing.

News names a month without its year when it has just gone by. So the latest such month says what the text came after,
and the years named beside it say of which year it is. Nothing is guessed where no month or day has a year.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.dates.stated_days import end_of_month
from pipeline.intake.published_times import DAY, MONTH, TIMES, YEAR, Time, find_times, read_month
from pipeline.model import Days, Published

PLAIN = re.compile(
    r"(?:by [^|,\d]{3,40}[|,•–—-]|first published|published|posted|last updated|updated|date|on|at"
    r"|est|edt|gmt|utc|bst|cet|ist|a\.?m|p\.?m|(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?|\d{1,2}[:.]\d\d|\W)*",
    re.IGNORECASE,
)
DATELINES = tuple(
    re.compile(
        rf"(?m)^\s*[A-Z][A-Z .'’-]{{2,30}}(?:,\s[A-Z][\w .]+?)?,\s+{day}(?:,?\s+{YEAR})?"
        r"\s*(?:\([^)\n]*\))?\s*[-–—]"
    )
    for day in (rf"{MONTH}\s+{DAY}", rf"{DAY}\s+{MONTH}")
)
COUNTS = "one two three four five six seven eight nine ten eleven twelve".split()
ELAPSED = re.compile(
    r"(?:\b(?P<more>more than|over)|\b(?P<less>nearly|almost|just under|close to)|\b(?:about|around|some|the))?\s{0,9}"
    rf"\b(?P<count>an?|{'|'.join(COUNTS)}|\d{{1,2}})[\s-](?P<unit>year|month)s?\s+(?P<link>since|ago|on from)\b"
    r"(?P<rest>[^.\n]{0,80})",
    re.IGNORECASE,
)
SINCE = re.compile(rf"\bsince\s+(?:(?:early|mid|late)[\s-]+)?{MONTH},?\s+{YEAR}")
NEW = 92  # days: a month that went by so shortly before a day with its year says nothing newer than that day
HEAD_LINES = 8
MOST_LOOKED_AT = 200_000  # characters of a text
HEAD = 1000  # characters


@dataclass(frozen=True, slots=True)
class Clues:
    """What a text says of its own time: times with a year, times without, and how long ago a dated time was."""

    text: str
    dated: tuple[Time, ...]
    bare: tuple[Time, ...]
    elapsed: tuple[Days, ...]


def infer_published(text: str) -> Published | None:
    r"""Give the window in which `text` was published, or None where nothing in it tells.

    >>> found = infer_published("Seized on 3 May 2018, it was freed in 2019.\n\nGunmen came back in March.")
    >>> str(found.first), str(found.last), found.basis
    ('2019-04-01', '2019-05-31', 'inferred')
    >>> infer_published("Gunmen attacked a convoy on Monday, police said.")
    """
    text = text[:MOST_LOOKED_AT]
    times = find_times(text)
    dated = tuple(time for time in times if time.year)
    clues = Clues(text, dated, tuple(time for time in times if not time.year), tuple(read_elapsed(text)))
    window = next((found for rule in RULES if (found := rule(clues))), None)
    return Published(window.first, window.last, "inferred") if window else None


def posted_line(clues: Clues) -> Days | None:
    r"""Read a line at the head that says nothing but a day, where no other line is like it.

    >>> text = "Four die in blast\n\nUpdated 5:10 AM EDT, Fri May 19, 2023\n\nA bomb went off."
    >>> str(posted_line(Clues(text, (), (), ())))
    '2023-05-19'
    """
    lines = [line.strip() for line in clues.text.splitlines() if line.strip()]
    days = [(number, line, day) for number, line in enumerate(lines) if len(line) < 120 and (day := lone_day(line))]
    head = [(line, day) for number, line, day in days if number < HEAD_LINES]
    for key in ("published", "posted", "updated"):
        for line, day in head:
            if key in line.lower():
                return Days(day, day)
    return Days(head[0][1], head[0][1]) if head and len(days) == 1 else None


def lone_day(line: str) -> date | None:
    """Give the day that a line names beside nothing but words of posting, weekday and hour."""
    words = line.title() if line.isupper() else line
    for pattern in TIMES[:3]:
        found = pattern.search(words)
        if found and found["year"] and PLAIN.fullmatch(words[: found.start()] + words[found.end() :]):
            return Time(0, 0, "", None, read_month(found["month"]), read_day(found["day"])).past(int(found["year"]))
    return None


def read_day(words: str) -> int:
    """Give the day of the month: "3rd"."""
    return int(re.sub(r"\D", "", words))


def dateline(clues: Clues) -> Days | None:
    """Read the day in a dateline, with its own year or the one that the text's other dates leave.

    >>> text = "KABUL, May 12 (Plain News) — A bomb went off."
    >>> str(dateline(Clues(text, (Time(0, 0, "2022", 2022),), (), ())))
    '2022-05-12/2022-05-13'
    """
    found = next((line for pattern in DATELINES if (line := pattern.search(clues.text[:HEAD]))), None)
    if not found:
        return None
    time = Time(0, 0, found[0], None, read_month(found["month"]), read_day(found["day"]))
    floor = latest_begun(clues)
    if found["year"]:
        first = time.past(int(found["year"]))
    elif floor:
        first = next(past for year in (floor.year, floor.year + 1) if (past := time.past(year)) >= floor)
    else:
        return None
    return Days(first, first + timedelta(1))


def latest_begun(clues: Clues) -> date | None:
    """Give the first day on which all the dated times had begun."""
    return max((time.begun(time.year) for time in clues.dated if time.year), default=None)


def after_months(clues: Clues) -> Days | None:
    """Read the latest month or day without a year: the text came after it, and before another two months had gone by.

    The year is the first in which that month comes after what the text gives a year to, since a year is named for
    what is not of the running one.
    """
    floor = latest_begun(clues)
    latest = latest_bare(clues.bare)
    if not floor or not latest:
        return None
    floor = max([floor, *(window.first for window in clues.elapsed)])
    day_named = any(time.day for time in clues.dated if time.year and time.begun(time.year) == floor)
    years = (floor.year - 1, floor.year, floor.year + 1)
    fits = (
        year for year in years if (latest.past(year) + timedelta(NEW) if day_named else latest.begun(year)) >= floor
    )
    first = max(floor, latest.past(next(fits)))
    window = Days(first, end_of_following_month(first))
    return next((both for elapsed in clues.elapsed if (both := window.meet(elapsed))), window)


def latest_bare(times: tuple[Time, ...]) -> Time | None:
    """Give the latest of months without a year: the one after which the year has its longest silence.

    >>> latest_bare(tuple(Time(0, 0, "", None, month) for month in (11, 1, 12))).month
    1
    """
    times = tuple(time for time in times if not time.words.lower().startswith("last")) or times
    months = sorted({time.month for time in times if time.month})
    if not months:
        return None
    silences = [(after - month - 1) % 12 for month, after in zip(months, [*months[1:], months[0]], strict=True)]
    longest = max(range(len(months)), key=lambda place: (silences[place], place))
    return max((time for time in times if time.month == months[longest]), key=lambda time: time.past(2000))


def after_event(clues: Clues) -> Days | None:
    """Read how much time has gone by since a dated event."""
    floor = latest_begun(clues) or date.min
    open_windows = [window for window in clues.elapsed if window.last >= floor]
    latest = max(open_windows, key=lambda window: window.first, default=None)
    return Days(max(latest.first, floor), latest.last) if latest else None


def after_days(clues: Clues) -> Days | None:
    """Read the latest day or month with a year: the text came after it, within a year; a year alone says too little."""
    first = latest_begun(clues)
    if first is None or not any(time.month for time in clues.dated if time.year and time.begun(time.year) == first):
        return None
    return Days(first, add_months(first, 12) - timedelta(1))


def read_elapsed(text: str) -> list[Days]:
    """Give the windows that "nearly two years since August 2021" and the like allow.

    Where the words name no date, the text's only "since MONTH YEAR" stands for it.

    >>> [str(window) for window in read_elapsed("It is nearly two years since the border was shut in August 2021.")]
    ['2023-04-01/2023-08-31']
    """
    windows = []
    anchors = {(int(found["year"]), read_month(found["month"])) for found in SINCE.finditer(text)}
    for found in ELAPSED.finditer(text):
        before = text[max(0, found.start() - 40) : found.start()]
        if re.search(r"\bhad (?:been|passed)\W*\Z", before):
            continue
        near = [time for time in find_times(found["rest"]) + find_times(before) if time.year and time.month]
        named = {(time.year or 0, time.month or 0) for time in near[:1]}
        if not named and found["link"].lower() == "since" and len(anchors) == 1:
            named = anchors
        windows += [elapsed_window(found, year, month) for year, month in named]
    return windows


def elapsed_window(found: re.Match[str], year: int, month: int) -> Days:
    """Give the days on which so much time had gone by since a month, as loosely as such words are meant."""
    words = found["count"].lower()
    count = int(words) if words.isdigit() else COUNTS.index(words) + 1 if words in COUNTS else 1
    unit = 12 if found["unit"].lower() == "year" else 1
    slack = 4 if unit == 12 else 1
    least = count * unit - (0 if found["more"] else slack)
    most = count * unit + (0 if found["less"] else slack)
    last = add_months(date(year, month, 1), most)
    return Days(add_months(date(year, month, 1), least), end_of_month(last.year, last.month))


def add_months(day: date, months: int) -> date:
    """Give the day so many months later, or the last of a month that is too short.

    >>> str(add_months(date(2024, 3, 31), 11))
    '2025-02-28'
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return min(date(year, month + 1, 1) + timedelta(day.day - 1), end_of_month(year, month + 1))


def end_of_following_month(day: date) -> date:
    """Give the last day of the month after that of `day`."""
    following = add_months(day.replace(day=1), 1)
    return end_of_month(following.year, following.month)


RULES: tuple[Callable[[Clues], Days | None], ...] = (
    posted_line,
    dateline,
    after_months,
    after_event,
    after_days,
)
