"""Find the times that a text names and that were past when it was written: "in April", "March 27", "late 2022".

These are clues to when the text was published, not the dates of incidents: a time that may lie ahead, and a month
that belongs to a year told of before, would mislead and are left out or given their year.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from pipeline.dates.stated_days import end_of_month

NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d%-])"
MONTH = (
    r"(?P<month>Jan(?:uary|\.)|Feb(?:ruary|\.)|Mar(?:ch|\.)|Apr(?:il|\.)|May|Jun[e.]|Jul[y.]|Aug(?:ust|\.)|Sept?\."
    r"|September|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))(?!\w)"
)
NUMBER = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d:%]|,\d)"
DAY = rf"(?P<day>{NUMBER})(?:\s*(?:[-–]|and|to)\s*{NUMBER})?"
PART = r"(?P<part>[Ee]arly|[Mm]id|[Ll]ate|[Ee]nd of)[\s-]+"
THINGS = (
    "report|assessment|survey|study|review|analysis|statement|attack|bombing|shooting|explosion|blast|strike|raid"
    "|massacre|killing|kidnapping|war|invasion|withdrawal|takeover|coup|uprising|offensive|siege"
)
TIMES = tuple(
    re.compile(rf"(?<!\w){pattern}")
    for pattern in (
        r"(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?!\d)",
        rf"{MONTH}\s+{DAY}(?:,?\s+(?:of\s+)?{YEAR})?",
        rf"{DAY}\s+(?:of\s+)?{MONTH}(?:,?\s+(?:of\s+)?{YEAR})?",
        rf"(?P<since>[Ss]ince\s+)?(?:{PART})?{MONTH},?\s+(?:of\s+)?{YEAR}",
        rf"(?:{PART}|(?:[Ii]n|[Ss]ince|[Dd]uring|[Ff]rom|[Ll]ast|[Tt]his|[Oo]f|[Bb]etween)\s+){MONTH}",
        rf"(?:(?P<since>[Ss]ince|[Ff]rom)\s+|{PART}|(?:[Ii]n|[Dd]uring|[Bb]etween)\s+){YEAR}",
        rf"(?P<since>[Aa]n?|[Tt]he|[Ii]ts|[Tt]heir|[Tt]his|deadly)\s+{YEAR}\s+(?:\w+[\s-]){{0,3}}(?:{THINGS})\b",
    )
)
OTHER_YEAR = re.compile(
    r"\s*,?\s*(?:(?:of|in) )?(?:that|the (?:same|following|next|previous)|each|every|any|a|one) year\b"
)
SHARED_YEAR = re.compile(
    rf"\s*(?:and|to|or|until|through|[-–,])\s*(?:{MONTH}|{NUMBER})[^.;\n]{{0,12}}?,?\s+{YEAR}".replace(
        "?P<month>", "?:"
    )
)
AHEAD = re.compile(
    r"\b(?:will|shall|scheduled|planned|plans?|planning|set (?:to|for)|due|upcoming|forthcoming|ahead of|expected"
    r"|deadline|goals?|targets?|agenda|vision)\b|’ll\b"
    r"|\b(?:until|till|by|before|every|each|next|coming|following|same)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
WILL = re.compile(r"(?!\W*and\b)[^.;]{0,30}\bwill\b")
HEADING = re.compile(rf"\W*{YEAR}\W*\Z")


@dataclass(frozen=True, slots=True)
class Time:
    """A time as the text names it: what is not named is None; `part` is early, mid, late or end of."""

    start: int
    end: int
    words: str
    year: int | None
    month: int | None = None
    day: int | None = None
    part: str = ""
    told: bool = False  # told as a point of a story, so that a month after it belongs to its year

    def begun(self, year: int) -> date:
        """Give the first day of this time in `year`: a text that names the year too may come from amid it."""
        if self.month is None:
            return date(year, {"mid": 5, "late": 9, "end of": 12}.get(self.part, 1), 1)
        day = self.day or {"mid": 11, "late": 21, "end of": 21}.get(self.part, 1)
        return date(year, self.month, min(day, end_of_month(year, self.month).day))

    def past(self, year: int) -> date:
        """Give the first day after this month, or the named day itself, in `year`: a running month is "this month"."""
        month = self.month or 12
        if self.day:
            return self.begun(year)
        if self.part in ("early", "mid"):
            return date(year, month, 11 if self.part == "early" else 21)
        return date(year + month // 12, month % 12 + 1, 1)


def find_times(text: str) -> list[Time]:
    """Give the past times that a text names, in order; months told under a year get that year.

    >>> [(time.words, time.year) for time in find_times("In October 2021 a mosque was hit. In May a bank burned.")]
    [('October 2021', 2021), ('In May', 2022)]
    >>> [time.words for time in find_times("Founded in 2015, it meets by June 2024. Raids began in late May.")]
    ['in 2015', 'late May']
    """
    times: list[Time] = []
    heading: int | None = None
    for paragraph in re.finditer(r"[^\n]+", text):
        if head := HEADING.match(paragraph[0]):
            heading = int(head["year"])
        running: Time | None = None
        for time in paragraph_times(paragraph[0], paragraph.start()):
            dated = in_told_year(time, running, heading)
            times.append(dated)
            running = dated if time.told or (running and dated.year) else running
    return list(with_named_months(times))


def with_named_months(times: list[Time]) -> Iterator[Time]:
    r"""Give a day without a year the year in which the text elsewhere names its month, if that is one year only.

    >>> words = "A school was hit in September 2022.\n\nThe yard after the September 30 attack."
    >>> [time.year for time in find_times(words)]
    [2022, 2022]
    """
    years: dict[int, set[int]] = {}
    for time in times:
        if time.year and time.month and not time.day:
            years.setdefault(time.month, set()).add(time.year)
    for time in times:
        named = years.get(time.month or 0, set()) if time.day and not time.year else set()
        yield replace(time, year=min(named)) if len(named) == 1 else time


def paragraph_times(words: str, start: int) -> Iterator[Time]:
    """Give the times of one paragraph that were past; of two that overlap, the one of the earlier pattern."""
    found: dict[int, re.Match[str]] = {}
    taken: set[int] = set()
    for pattern in TIMES:
        for match in pattern.finditer(words):
            if taken.isdisjoint(range(*match.span())):
                found[match.start()] = match
                taken.update(range(*match.span()))
    for _, match in sorted(found.items()):
        before = re.split(r"[.!?]\s", words[max(0, match.start() - 40) : match.start()])[-1]
        after = words[match.end() : match.end() + 40]
        if not (AHEAD.search(before) or WILL.match(after) or OTHER_YEAR.match(after)):
            yield read_time(match, after, start)


def read_time(found: re.Match[str], after: str, start: int) -> Time:
    """Give the time that was found, with the year that a pair of months may share ("in March and April 2022")."""
    get = found.groupdict()
    year, month, day = get.get("year"), get.get("month"), get.get("day")
    shared = SHARED_YEAR.match(after)
    if not year and shared:
        year = shared["year"]
    return Time(
        start + found.start(),
        start + found.end(),
        found[0],
        int(year) if year else None,
        read_month(month) if month else None,
        int(re.sub(r"\D", "", day)) if day else None,
        (get.get("part") or "").lower(),
        told=bool(year) and not get.get("since"),
    )


def read_month(name: str) -> int:
    """Give the number of a month: "Sept.", "09"."""
    return int(name) if name.isdigit() else NAMES.index(name[:3].lower()) + 1


def in_told_year(time: Time, running: Time | None, heading: int | None) -> Time:
    """Give a time without a year that of the story told before it in its paragraph, else that of the heading above."""
    if time.year or time.month is None:
        return time
    if running and running.year:
        return replace(time, year=running.year + (time.month < (running.month or 1)))
    return replace(time, year=heading)
