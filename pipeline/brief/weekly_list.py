"""The weekly list before it is written: incidents by week, day and province, each with what is reported and by whom.

A figure is always said to be reported, and to be the least: sources are seldom complete. Days that are in doubt beyond
one week come after the weeks, and what has no day at all comes last.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from pipeline.brief.briefing import MOST, Briefing
from pipeline.brief.deadliest import find_remark, say_author
from pipeline.brief.notes import Footnotes, Note, clean, read_day, read_note
from pipeline.brief.say import read_count, say_days
from pipeline.tables.store import Store

MOST_SOURCES = 5  # of an incident, by name; the others are counted
UNKNOWN = "Day not stated"
LONGER = "Some day in a longer stretch"
NO_PROVINCE = "Province not stated"
TELLERS = f"""SELECT r.incident_id, r.article_id, r.sentence, a.outlet, a.title, a.url, a.published,
coalesce(a.copy_of, '') <> '' AS copied FROM asked JOIN all_reports r USING (incident_id)
JOIN all_articles a USING (article_id) WHERE place <= {MOST}
ORDER BY place, copied, a.published NULLS LAST, r.article_id, r.report_id"""
COLUMNS = ("incident_id", "article_id", "sentence", "outlet", "title", "url", "published", "copied")


@dataclass(frozen=True, slots=True)
class Entry:
    """One incident of the list; `sources` are its footnotes with their numbers, `more` says what else there is."""

    week: str
    day: str
    province: str
    title: str
    words: str
    sources: tuple[tuple[int, Note], ...]
    more: str


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading."""

    name: str
    entries: tuple[Entry, ...]


def list_entries(briefing: Briefing, store: Store, notes: Footnotes) -> list[Entry]:
    """Give the entries in the order of the list, and number the footnotes in that order."""
    told, copies = find_tellers(store, briefing)
    rows = sorted(briefing.rows.to_dict("records"), key=_order)
    return [_read_entry(row, briefing, store, notes, told, copies) for row in rows]


def group(entries: Sequence[Entry], by: str) -> list[Group]:
    """Put entries that follow each other under the names of their weeks, days or provinces."""
    return [Group(name, tuple(several)) for name, several in groupby(entries, key=lambda one: getattr(one, by))]


def find_tellers(store: Store, briefing: Briefing) -> tuple[dict[str, list[Note]], dict[str, int]]:
    """Give the sentences that tell of each incident, one for each article that is no copy, and how many copies are."""
    told, copies = dict[str, list[Note]](), dict[str, int]()
    for rows in store.stream(briefing.view, TELLERS):
        for row in rows:
            named = dict(zip(COLUMNS, row, strict=True))
            one = str(named["incident_id"])
            if named["copied"]:
                copies[one] = copies.get(one, 0) + 1
            elif all(note.article_id != str(named["article_id"]) for note in told.setdefault(one, [])):
                told[one].append(read_note(named))
    return told, copies


def _read_entry(
    row: Mapping[Any, Any], briefing: Briefing, store: Store, notes: Footnotes, told: Mapping[str, list[Note]],
    copies: Mapping[str, int],
) -> Entry:  # fmt: skip
    """Read one incident."""
    one = str(row["incident_id"])
    first, last = read_day(row["date_start"]), read_day(row["date_end"])
    found = told.get(one) or [read_note(row, "source_")]
    sources = tuple((notes.number(note), note) for note in found[:MOST_SOURCES])
    beside = [f"{len(found) - MOST_SOURCES} more" if len(found) > MOST_SOURCES else ""]
    beside.append(f"{copies[one]} {'copy' if copies[one] == 1 else 'copies'} of these" if one in copies else "")
    return Entry(
        week=name_week(first, last),
        day=name_day(first, last),
        province=_name_province(row),
        title=clean(row["title"]) or clean(row["event_type"]).capitalize(),
        words=say_reported(row, party_only=one in briefing.party_only) + f" {find_remark(store, row)}".rstrip(),
        sources=sources,
        more="; ".join(filter(None, beside)),
    )


def _order(row: Mapping[Any, Any]) -> tuple[Any, ...]:
    """Give what an incident is sorted by: weeks, longer stretches, no day; then days, province, id."""
    first, last = read_day(row["date_start"]), read_day(row["date_end"])
    rank = 2 if first is None or last is None else 0 if is_in_one_week(first, last) else 1
    province = _name_province(row)
    days = (first or date.max, last or date.max)
    return rank, *days, province == NO_PROVINCE, province.casefold(), str(row["incident_id"])


def _name_province(row: Mapping[Any, Any]) -> str:
    """Name the province with its country."""
    named = [clean(row.get(name)) for name in ("admin1", "country")]
    if not named[0]:
        return f"{NO_PROVINCE}, {named[1]}" if named[1] else NO_PROVINCE
    return ", ".join(filter(None, named))


def is_in_one_week(first: date, last: date) -> bool:
    """Tell whether days lie in one week, which begins on Monday.

    >>> is_in_one_week(date(2023, 3, 6), date(2023, 3, 12)), is_in_one_week(date(2023, 3, 5), date(2023, 3, 6))
    (True, False)
    """
    return first.isocalendar()[:2] == last.isocalendar()[:2]


def name_week(first: date | None, last: date | None) -> str:
    """Name the week that days lie in.

    >>> name_week(date(2023, 3, 7), date(2023, 3, 7)), name_week(date(2022, 12, 30), date(2022, 12, 30))
    ('Week of 6 to 12 March 2023', 'Week of 26 December 2022 to 1 January 2023')
    >>> name_week(None, None), name_week(date(2023, 3, 1), date(2023, 3, 31))
    ('Day not stated', 'Some day in a longer stretch')
    """
    if first is None or last is None:
        return UNKNOWN
    if not is_in_one_week(first, last):
        return LONGER
    monday = first - timedelta(days=first.weekday())
    sunday = monday + timedelta(days=min(6, (date.max - monday).days))
    begin = f"{monday.day}"
    if (monday.year, monday.month) != (sunday.year, sunday.month):
        begin += f" {monday:%B}" + (f" {monday.year}" if monday.year != sunday.year else "")
    return f"Week of {begin} to {sunday.day} {sunday:%B} {sunday.year}"


def name_day(first: date | None, last: date | None) -> str:
    """Name a day, or a stretch of days that it is in.

    >>> name_day(date(2023, 3, 7), date(2023, 3, 7)), name_day(date(2023, 3, 1), date(2023, 3, 31))
    ('Tuesday, 7 March 2023', 'Some day in March 2023')
    """
    if first is None or last is None:
        return ""
    if first == last:
        return f"{first:%A}, {first.day} {first:%B} {first.year}"
    words = say_days(first, last)
    return words[:1].upper() + words[1:]


def say_reported(row: Mapping[Any, Any], *, party_only: bool = False) -> str:
    """Say what is reported of an incident.

    >>> say_reported({"killed_low": 19, "killed_best": 19, "killed_high": 24})
    'at least 19 and up to 24 reported killed; injured not stated.'
    >>> say_reported({"casualties_low": 100, "perpetrator": "ISKP", "attribution": "claimed"}, party_only=True)
    'at least 100 reported killed or injured, by the perpetrator’s own account; claimed by ISKP.'
    """
    tolls = {name: say_figure(row, name) for name in ("killed", "injured", "casualties")}
    if tolls["casualties"] and not tolls["killed"] and not tolls["injured"]:
        toll = tolls["casualties"]
    elif tolls["killed"] or tolls["injured"]:
        toll = "; ".join(tolls[name] or f"{name} not stated" for name in ("killed", "injured"))
    else:
        toll = "killed and injured not stated"
    claim = ", by the perpetrator’s own account" if party_only else ""
    status = clean(row.get("status"))
    doubt = "" if status in ("", "occurred") else f"; {status}"
    return f"{toll}{claim}{say_author(row)}{doubt}{_say_doubt(row)}."


def say_figure(row: Mapping[Any, Any], measure: str) -> str:
    """Say one figure, "" where none is stated.

    >>> say_figure({"killed_low": 3, "killed_high": 3}, "killed"), say_figure({"killed_high": 30}, "killed")
    ('at least 3 reported killed', 'up to 30 reported killed')
    >>> say_figure({"killed_low": 0, "killed_high": 0}, "killed"), say_figure({}, "killed")
    ('no one reported killed', '')
    """
    low, best, high = (read_count(row.get(f"{measure}_{end}")) for end in ("low", "best", "high"))
    least = low if low is not None else best
    name = "killed or injured" if measure == "casualties" else measure
    if least is None:
        return "" if high is None else f"up to {high:,} reported {name}"
    if least == 0 and high == 0:
        return f"no one reported {name}"
    most = f" and up to {high:,}" if high is not None and high > least else ""
    return f"at least {least:,}{most} reported {name}"


def _say_doubt(row: Mapping[Any, Any]) -> str:
    """Say where the place is not known to the town, and where sources disagree."""
    only = {"district", "province", "country"} & {clean(row.get("geo_precision"))}
    disputed = "; disputed between sources" if clean(row.get("verification")) == "disputed" else ""
    return "".join(f"; place known to the {area} only" for area in only) + disputed


def tell_sources(notes: Footnotes) -> Iterator[tuple[int, Note]]:
    """Give the footnotes with their numbers."""
    yield from enumerate(notes.notes, start=1)
