"""The map sheet: a map to print, A3 or A4, in the manner of a humanitarian map, as PDF or PNG.

Marks bear numbers that a list explains. Shape, filling and size say what colours say too, so that the sheet holds in
black and white. The list has as many places as there is room for, those with most incidents first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.brief.briefing import BORDERS, Briefing, Tell
from pipeline.brief.cells import find_link
from pipeline.brief.inset import find_closer
from pipeline.brief.maps import draw_map
from pipeline.brief.names import name_view
from pipeline.brief.notes import Footnotes, clean, read_day
from pipeline.brief.page_words import ask_filters, say_as_of, say_n, say_range, say_sources, shorten, tell_note
from pipeline.brief.places import Place
from pipeline.brief.projection import Projection
from pipeline.brief.say import say_days, say_number
from pipeline.brief.typeset import measure_page, set_page

LONG = Projection(-100.0, -10.0).name  # as long as the name of a projection can be


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper, lying: its size and margins in millimetres, its letters in points, its dots as a picture."""

    wide: float
    high: float
    margin: float
    beside: float  # how wide the column beside the map is
    letters: float
    dpi: int


@dataclass(frozen=True, slots=True)
class Room:
    """What the column beside the map has room for."""

    places: int
    told: bool  # each incident under its place
    sentence: int = 260
    filters: int = 300
    deadliest: int = 3
    outlets: int = 5
    letters: float = 1.0  # of the usual size


PAPERS = {
    "a3": Paper(420.0, 297.0, 11.0, 102.0, 8.4, 150),
    "a4": Paper(297.0, 210.0, 8.0, 78.0, 6.7, 200),
    "letter": Paper(279.4, 215.9, 8.0, 78.0, 6.7, 200),
}
ROOMS = (
    *(Room(40, told=True, letters=size) for size in (1.45, 1.25, 1.1, 1.0)),
    Room(40, told=True, sentence=180),
    *(Room(36, told=False, letters=size) for size in (1.35, 1.2, 1.1)),
    *(Room(most, told=False) for most in (44, 38, 33, 29, 26, 24)),
    *(Room(most, told=False, sentence=180, filters=200, outlets=3) for most in (24, 22, 20, 18, 16, 13)),
    Room(10, told=False, sentence=130, filters=140, outlets=2, deadliest=2),
    Room(6, told=False, sentence=110, filters=110, outlets=1, deadliest=1),
)
MOST_TOLD = 36  # incidents that are told one by one
GUTTER = 5.0
LETTERS = "abcdefghijkl"


def make_map_sheet(
    briefing: Briefing, *, paper: str = "a3", form: str = "pdf", day: date | None = None, look: str = "colour",
    tell: Tell = lambda doing, done, of: None,
) -> bytes:  # fmt: skip
    """Make the sheet as "pdf" or "png"; `look` is "colour", or "print" for greys only, `tell` hears how far it is."""
    sheet = PAPERS[paper]
    tell("Setting the sheet", 0, 3)
    words, numbers = fit_sheet(briefing, sheet, paper, day)
    tell("Drawing the map", 1, 3)
    size = (words["map-width"], words["map-height"])
    drawn = draw_map(briefing, size, look=look, inset=True, numbered=numbers)
    tell("Writing the file", 2, 3)
    about = [[name, drawn.projection if name == "Projection" else text] for name, text in words["about"]]
    made = set_page("map_sheet", words | {"map": drawn.content.decode(), "about": about}, form, sheet.dpi)
    tell("Map sheet", 3, 3)
    return made


def fit_sheet(
    briefing: Briefing, sheet: Paper, paper: str, day: date | None
) -> tuple[dict[str, Any], Mapping[str, str]]:
    """Give the words of the sheet, as many as there is room for, and the numbers of the places by their keys."""
    incidents = group_incidents(briefing)
    for room in ROOMS:
        if room.told and (briefing.n > MOST_TOLD or briefing.left_out):
            continue
        words = tell_sheet(briefing, sheet, paper, room, day, incidents)
        measured = measure_page("map_sheet", words)
        if measured["page"] == 1 and measured["end"] <= sheet.high - sheet.margin - 0.5:
            break
    numbers = {place.key: str(number) for number, place in enumerate(briefing.places[: room.places], start=1)}
    return words, numbers | {site.key: name for site, name in name_sites(briefing, numbers)}


def name_sites(briefing: Briefing, numbers: Mapping[str, str]) -> list[tuple[Place, str]]:
    """Give the sites that the inset shows, with the number of their town and a letter each."""
    closer = find_closer(briefing)
    if closer is None or closer.town.key not in numbers:
        return []
    return [(site, f"{numbers[closer.town.key]}{letter}") for site, letter in zip(closer.sites, LETTERS, strict=False)]


def tell_sheet(
    briefing: Briefing, sheet: Paper, paper: str, room: Room, day: date | None, incidents: Mapping[str, list[str]]
) -> dict[str, Any]:
    """Give what the sheet says."""
    notes, width = Footnotes(), sheet.wide - 2 * sheet.margin - sheet.beside - GUTTER
    deadliest = [{"words": shorten(one.sentence, 200), "notes": notes.numbers(one.notes)}
                 for one in briefing.deadliest[: room.deadliest]]  # fmt: skip
    return {
        "paper": [sheet.wide, sheet.high], "margin": sheet.margin, "gutter": GUTTER,
        "base": sheet.letters * room.letters,
        "title": shorten(briefing.title, 150), "filters": shorten(ask_filters(briefing), room.filters),
        "as-of": say_as_of(briefing), "n-words": say_n(briefing, day), "version": briefing.version,
        "link": find_link(briefing.link),
        "sums": [["Killed", say_sum(briefing, "killed")], ["Injured", say_sum(briefing, "injured")]],
        "map": "", "map-width": width, "map-height": sheet.high - 2 * sheet.margin,
        "map-alt": f"Map of {briefing.n:,} incidents; the list beside it holds the numbered places",
        "list-title": "Places on the map: incidents · killed", **_list_places(briefing, room, incidents),
        "deadliest": deadliest, "deadliest-title": "The deadliest",
        "notes": [tell_note(note, room.sentence) for note in notes.notes],
        "about": _tell_about(briefing, paper, room),
    }  # fmt: skip


def say_sum(briefing: Briefing, measure: str) -> str:
    """Say a sum of people with its doubt."""
    total = briefing.counts.killed if measure == "killed" else briefing.counts.injured
    if not total.stated:
        return "no figure is stated" if briefing.n else "no incident is shown"
    without = f"; {total.without:,} without a figure" if total.without else ""
    return f"low – best – high: {total}{without}"


def name_place(row: Mapping[Any, Any]) -> str:
    """Give the key of the place that an incident is marked at, "" where it has no point.

    >>> name_place({"latitude": 34.5, "longitude": 69.2, "geo_precision": "province", "city": ""})
    '34.500,69.200,province'
    """
    if row["latitude"] is None or row["latitude"] != row["latitude"]:
        return ""
    if row["geo_precision"] in ("site", "city") and row["city"]:
        return f"{row['country']}/{row['admin1']}/{row['city']}"
    return f"{row['latitude']:.3f},{row['longitude']:.3f},{row['geo_precision']}"


def group_incidents(briefing: Briefing) -> dict[str, list[str]]:
    """Tell each incident in a line, by the place that it is marked at."""
    told: dict[str, list[str]] = {}
    if briefing.n > MOST_TOLD:
        return told
    for row in briefing.rows.astype(object).where(briefing.rows.notna(), None).to_dict("records"):
        days = say_days(read_day(row["date_start"]), read_day(row["date_end"]))
        killed = say_number(*(row[f"killed_{end}"] for end in ("low", "best", "high")))
        number = "no one killed" if killed == "0" else f"{killed} killed" if killed else "killed not stated"
        claim = " (the perpetrator alone says so)" if str(row["incident_id"]) in briefing.party_only else ""
        told.setdefault(name_place(row), []).append(f"{days}: {clean(row['event_type'])}, {number}{claim}")
    return told


def _list_places(briefing: Briefing, room: Room, incidents: Mapping[str, list[str]]) -> dict[str, Any]:
    """Give the numbered places, and what is not among them."""
    shown, rest = briefing.places[: room.places], briefing.places[room.places :]
    lines = {key: list(told) for key, told in incidents.items()} if room.told else {}
    for site, name in name_sites(briefing, {place.key: str(number) for number, place in enumerate(shown, 1)}):
        town = f"{site.country}/{site.admin1}/{site.city}"
        first = clean(site.name.split(", ")[0])
        named = "a site without a name" if first == clean(site.city) else shorten(first, 40)
        lines.setdefault(town, []).append(f"{name}: {named}, {site.count:,} of them")
    more = sum(one.count for one in rest)
    said = [f"{len(rest):,} more places with {more:,} incidents bear no number."] if rest else []
    if briefing.counts.unplaced:
        unplaced = incidents.get("", []) if room.told else []
        said.append(f"{briefing.counts.unplaced:,} without a point are not on the map"
                    f"{': ' + '; '.join(unplaced) if unplaced else ''}.")  # fmt: skip
    if any(not place.precise for place in shown):
        said.append("A hollow number: only the district or province is known.")
    return {
        "places": [_tell_place(place, number, lines.get(place.key, [])) for number, place in enumerate(shown, 1)],
        "list-note": " ".join(said),
        "list-none": "No incident shown has a point." if briefing.n else "No incident is shown: take off a filter.",
    }


def _tell_place(place: Place, number: int, lines: list[str]) -> dict[str, Any]:
    """Give one place of the list."""
    area = "" if place.precise else f" ({place.key.rsplit(',', 1)[-1]} only)"
    return {"number": str(number), "hollow": not place.precise, "name": shorten(clean(place.name), 90) + area,
            "count": f"{place.count:,}", "killed": say_range(place.killed),
            "lines": lines}  # fmt: skip


def _tell_about(briefing: Briefing, paper: str, room: Room) -> list[list[str]]:
    """Give all that a sheet has to say of itself."""
    day = f"{briefing.as_of:%Y%m%d}" if briefing.as_of else "nodate"
    rows = [
        ["Data", f"{say_as_of(briefing)}, version {briefing.version}"],
        ["Sources", say_sources(briefing, room.outlets)],
        ["Projection", LONG],
        ["Boundaries", BORDERS],
        ["Catalogue", f"INC_{name_view(briefing.view)}_{paper.upper()}_{day}"],
    ]
    return [*rows, ["Link", shorten(clean(briefing.link), 140)]] if briefing.link else rows
