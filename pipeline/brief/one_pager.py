"""The one-pager: one printed page of a view, A4 or Letter, that an analyst can send as it is.

Whatever is asked, all of it stands on one page: the map takes the room that the words leave, and where words are too
many the longest are cut, which a mark says. Names and sentences of articles are set as they are.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.brief.briefing import BORDERS, Briefing, Tell
from pipeline.brief.cells import find_link
from pipeline.brief.chart_columns import list_columns, say_columns
from pipeline.brief.maps import draw_map
from pipeline.brief.notes import Footnotes, clean, read_day
from pipeline.brief.page_words import (
    ask_filters,
    list_kinds,
    list_method,
    list_tiles,
    say_as_of,
    say_kinds,
    say_map,
    say_n,
    say_range,
    say_sources,
    shorten,
    tell_note,
    total_kinds,
)
from pipeline.brief.projection import Projection
from pipeline.brief.say import say_days, say_number
from pipeline.brief.typeset import measure_page, set_page

PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
SIDES, BOTTOM = 26.0, 17.0  # millimetres of margins
ROW, ROW_OF_KINDS, HEAD, LEGEND = 3.35, 3.9, 9.0, 4.0  # millimetres of rows, heads, and what stands under the map
LOWEST, HIGHEST, EMPTY = 58.0, 140.0, 104.0  # millimetres of the map
TALLER = 9.0  # millimetres that columns may grow where there is room
MOST_LISTED = 16  # incidents


@dataclass(frozen=True, slots=True)
class Room:
    """How much words may take: letters of a sentence, of the title, of the filters; outlets; space between parts."""

    sentence: int = 420
    told: int = 260
    title: int = 160
    filters: int = 480
    outlets: int = 12
    gap: float = 3.4
    lowest: float = 84.0
    table_gap: float = 1.0


ROOMS = (
    Room(),
    Room(gap=2.6, lowest=76),
    Room(sentence=300, filters=300, outlets=8, gap=2.4, lowest=72, table_gap=0.8),
    Room(sentence=200, told=200, filters=240, outlets=6, gap=2.0, lowest=66, table_gap=0.65),
    Room(sentence=140, told=150, title=110, filters=160, outlets=4, gap=1.6, lowest=LOWEST, table_gap=0.45),
)


def make_one_pager(
    briefing: Briefing, *, paper: str = "a4", day: date | None = None, tell: Tell = lambda doing, done, of: None
) -> bytes:
    """Make the page as a PDF; `day` is the day it bears, none if not given, and `tell` hears how far it is."""
    tell("Setting the page", 0, 3)
    words = fit_page(briefing, PAPERS[paper], day)
    tell("Drawing the map", 1, 3)
    drawn = draw_map(briefing, (words["map-width"], words["map-height"]), shade="incidents")
    tell("Writing the file", 2, 3)
    made = set_page(
        "one_pager", words | {"map": drawn.content.decode(), "map-note": say_map(briefing, drawn.projection)}
    )
    tell("One-pager", 3, 3)
    return made


def fit_page(briefing: Briefing, paper: tuple[float, float], day: date | None) -> dict[str, Any]:
    """Give the words of the page, as many as it has room for; its map takes the room that they leave."""
    for room in ROOMS:
        words = tell_page(briefing, paper, room, day)
        left = _find_left(words, paper)
        if left >= 0:
            break
    _share_out(briefing, words, room, max(left - 0.8, 0.0))
    while words["beside"] and _find_left(words, paper) < 0:  # what stands beside the map must not reach below it
        words["beside"] = words["beside"][:-1]
    return words


def _share_out(briefing: Briefing, words: dict[str, Any], room: Room, left: float) -> None:
    """Give the millimetres that are left to the columns, the map and what stands beside it, then to the gaps."""
    taller = min(left * 0.4, 2 * TALLER) if len(briefing.months) > 5 else 0.0
    height = min(room.lowest + left - taller, HIGHEST if briefing.n else EMPTY)
    beside = list_beside(briefing, height)
    used = 2 * HEAD + ROW_OF_KINDS * (len(briefing.kinds) + 1) + sum(HEAD + ROW * len(one["rows"]) for one in beside)
    if briefing.n:  # a map far higher than what stands beside it would leave a hole
        height = max(min(height, used + 8), min(height, room.lowest + 12))
    slack = room.lowest + left - taller - height
    words |= {"map-height": round(height, 1), "beside": beside, "gap": round(room.gap + min(slack / 5, 9.0), 2)}
    words["bar-height"] += taller / 2


def _find_left(words: dict[str, Any], paper: tuple[float, float]) -> float:
    """Give the millimetres that are left on the page beneath the words, less than 0 where they go on to another."""
    measured = measure_page("one_pager", words)
    return paper[1] - BOTTOM - measured["end"] - 0.5 if measured["page"] == 1 else -1.0


def tell_page(briefing: Briefing, paper: tuple[float, float], room: Room, day: date | None) -> dict[str, Any]:
    """Give what the page says."""
    width = paper[0] - SIDES
    notes = Footnotes()
    deadliest = [
        {"words": shorten(one.sentence, room.told), "notes": notes.numbers(one.notes)} for one in briefing.deadliest
    ]
    return {
        "paper": list(paper), "width": width, "title": shorten(briefing.title, room.title),
        "filters": shorten(ask_filters(briefing), room.filters), "as-of": say_as_of(briefing),
        "version": briefing.version, "n-words": say_n(briefing, day), "link": find_link(briefing.link),
        "link-shown": shorten(clean(briefing.link), 88), "borders": BORDERS,
        "tiles": list_tiles(briefing), "tile-height": 22.0, **_tell_middle(briefing, width, room),
        "deadliest": deadliest, "deadliest-title": _name_deadliest(len(deadliest)),
        "deadliest-none": "No incident shown has a figure of people killed."
        if briefing.n else "No incident is shown.",
        "method": list_method(briefing), "sources": say_sources(briefing, room.outlets),
        "notes": [tell_note(note, room.sentence) for note in notes.notes], "gap": room.gap,
    }  # fmt: skip


def _tell_middle(briefing: Briefing, width: float, room: Room) -> dict[str, Any]:
    """Give what map, table and months say."""
    per = briefing.periods.step if briefing.periods else "month"
    wide = round(width * 0.6, 1) if briefing.n else width
    return {
        "map": "", "map-note": say_map(briefing, Projection(-100.0, -10.0).name), "map-width": wide,
        "map-height": room.lowest, "map-title": "Incidents by province",
        "map-alt": f"Map of {briefing.n:,} incidents by province; the numbers stand in the tables",
        "kinds": list_kinds(briefing), "all-kinds": total_kinds(briefing), "kinds-note": say_kinds(briefing),
        "table-size": 7.8, "table-gap": room.table_gap, "beside": [], "beside-gap": 2.6, "bar-height": 11.0,
        "months": list_columns(briefing), "months-title": f"Incidents and killed by {per}",
        "months-note": say_columns(briefing),
    }  # fmt: skip


def list_beside(briefing: Briefing, height: float) -> list[dict[str, Any]]:
    """Give the tables that fill the room beside the map under the table of types: provinces, perpetrators, targets."""
    if not briefing.n:
        return []
    left = height + LEGEND - HEAD * 2 - ROW_OF_KINDS * (len(briefing.kinds) + 1)
    provinces = [(one.shape.name, f"{one.count:,}", say_range(one.killed)) for one in briefing.provinces.provinces]
    authors = [(shorten(one.name, 44) or "not stated", f"{one.n:,}", say_range(one.killed)) for one in briefing.authors]
    targets = [(name, f"{briefing.targets.total(name):,}", "") for name in briefing.targets.names]
    named = {"By province: incidents, killed": provinces, "By perpetrator: incidents, killed": authors,
             "By target: incidents": targets}  # fmt: skip
    parts = [(name, rows) for name, rows in named.items() if rows]
    while parts and left < sum(HEAD + ROW * min(4, len(rows)) for _, rows in parts):
        parts.pop()
    rooms = _share(int((left - HEAD * len(parts)) // ROW), [len(rows) for _, rows in parts])
    left -= HEAD * (len(parts) + 1) + ROW * sum(rooms)
    listed = list_incidents(briefing)
    if 0 < 2 * ROW * len(listed) <= left:
        parts.append(("The incidents, killed", listed))
        rooms.append(len(listed))
    return [{"name": name, "rows": _cut(rows, most)} for (name, rows), most in zip(parts, rooms, strict=True)]


def list_incidents(briefing: Briefing) -> list[tuple[str, str, str]]:
    """Give the incidents themselves with their killed, where they are few."""
    if briefing.n > min(MOST_LISTED, len(briefing.rows)):
        return []
    rows = briefing.rows.to_dict("records")
    return [(f"{shorten(clean(row['title']), 64)}, {say_days(read_day(row['date_start']), read_day(row['date_end']))}",
             "", say_number(*(row[f"killed_{end}"] for end in ("low", "best", "high"))) or "not stated")
            for row in rows]  # fmt: skip


def _share(room: int, wanted: list[int]) -> list[int]:
    """Share rows out evenly, what one table does not need going to the others.

    >>> _share(10, [2, 9, 9]), _share(0, [])
    ([2, 4, 4], [])
    """
    given = [0] * len(wanted)
    while room > 0 and given != wanted:
        for place, want in enumerate(wanted):
            if given[place] < want and room > 0:
                given[place] += 1
                room -= 1
    return given


def _cut(rows: list[tuple[str, str, str]], most: int) -> list[tuple[str, str, str]]:
    """Give the first rows, the last of them saying how many are left out."""
    if len(rows) <= most:
        return rows
    return [*rows[: most - 1], (f"and {len(rows) - most + 1:,} more", "", "")]


def _name_deadliest(found: int) -> str:
    """Name the part of the deadliest."""
    return {0: "The deadliest", 1: "The deadliest"}.get(
        found, "The two deadliest" if found == 2 else "The three deadliest"
    )
