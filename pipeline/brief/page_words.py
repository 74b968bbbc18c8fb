"""What the printed pages say of a briefing, in words: tiles, tables, method, sources. None is never zero."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pipeline.brief.briefing import Briefing
from pipeline.brief.kinds import Kind
from pipeline.brief.notes import Note
from pipeline.tables.totals import Total

NOT_STATED, IN_WAVE = "not stated", "in its wave"  # a part of a wave that is shown is counted in its toll
OUTLETS_NAMED = 12


def shorten(words: str, most: int) -> str:
    """Cut words to `most` characters, at a blank where there is one near.

    >>> shorten("a very long name indeed", 12), shorten("short", 12)
    ('a very long …', 'short')
    """
    if len(words) <= most:
        return words
    kept = words[:most]
    return f"{kept[: kept.rfind(' ')] if ' ' in kept[most // 2 :] else kept} …"


def say_n(briefing: Briefing, day: date | None = None) -> str:
    """Say how many incidents are shown, and the day that the file bears."""
    shown, total = briefing.counts.shown, briefing.counts.total
    said = f"n = {shown:,} of {total:,} incident{'s' if total != 1 else ''}"
    return f"{said} · made on {day.day} {day:%B %Y}" if day else said


def say_as_of(briefing: Briefing) -> str:
    """Say of which day the data is."""
    return f"Data as of {briefing.as_of_words}" if briefing.as_of else "No source with a day of publication is shown"


def ask_filters(briefing: Briefing) -> str:
    """Say what was asked."""
    asked = f"Filters: {briefing.filters}"
    return asked if briefing.view.claims else f"{asked} · sums without figures that only the perpetrator gives"


def say_range(total: Total) -> str:
    """Say the sums of low and high.

    >>> say_range(Total(5, 7, 9, (3, 2, 2), 0, 3, 0)), say_range(Total(5, 7, 9, (3, 2, 2), 0, 3, 1))
    ('5 – 9', '5 – open')
    >>> say_range(Total(0, 0, 30, (0, 0, 1), 0, 1, 0)), say_range(Total(0, 0, 0, (0, 0, 0), 2, 0, 0))
    ('up to 30', 'not stated')
    >>> say_range(Total(0, 0, 0, (0, 0, 0), 0, 0, 0))
    'in its wave'
    >>> say_range(Total(4, 4, 4, (1, 1, 1), 0, 1, 0))
    '4'
    """
    if not total.stated:
        return NOT_STATED if total.without else IN_WAVE
    if not any(total.figures[:2]):
        return f"up to {total.high:,}"
    low = total.low if total.figures[0] else total.best
    if total.open_top:
        return f"{low:,} – open"
    return f"{low:,}" if low == total.high else f"{low:,} – {total.high:,}"


def list_tiles(briefing: Briefing) -> list[dict[str, Any]]:
    """Give the tiles, as the page has them."""
    counts, asks_days = briefing.counts, briefing.view.since or briefing.view.until
    gaps = [f"{n:,} without a {what}" for n, what in ((counts.undated, "day"), (counts.unplaced, "point")) if n]
    some = "all of them" if counts.shown == counts.total else f"of {counts.total:,}"
    some += f" · {counts.certain:,} certainly inside the days" if asks_days else ""
    return [
        _tile("Incidents", f"{counts.shown:,}", [some, *gaps]),
        _tile_people("Killed", counts.killed, counts.shown),
        _tile_people("Injured", counts.injured, counts.shown),
        _tile("Provinces", f"{counts.provinces:,}", [f"{briefing.method.town:,} known to the town",
                                                     f"{briefing.method.area:,} to the district or province only"]),
    ]  # fmt: skip


def _tile(name: str, value: str, notes: Sequence[str], bar: tuple[float, float, bool] | None = None) -> dict[str, Any]:
    """Give one tile."""
    return {"name": name, "value": value, "notes": [note for note in notes if note], "bar": bar}


def _tile_people(name: str, total: Total, shown: int) -> dict[str, Any]:
    """Give the tile of a sum of people."""
    if not total.stated:
        return _tile(name, "–", ["no figure is stated" if shown else "no incident is shown"])
    high = "open" if total.open_top else f"{total.high:,}"
    without = [f"{total.without:,} without a figure"] if total.without else []
    if not any(total.figures[:2]):
        return _tile(name, f"≤ {total.high:,}", ["only upper figures are stated", *without])
    value = max(total.best, total.low)
    notes = [f"low {total.low:,} · best {total.best:,} · high {high}", *without]
    return _tile(name, f"{value:,}", notes, _find_bar(total, value))


def _find_bar(total: Total, value: int) -> tuple[float, float, bool] | None:
    """Give where low and best lie on a bar, and whether its upper end is open; None where there is no doubt to draw."""
    most = max(total.high, value)
    if not most or (total.low == value == total.high and not total.open_top):
        return None
    share = 0.72 if total.open_top else 1.0
    return total.low / most * share, value / most * share, bool(total.open_top)


def list_kinds(briefing: Briefing) -> list[list[str]]:
    """Give the table of types: incidents, those with a death, killed, and those without a figure."""
    return [_row(one) for one in briefing.kinds]


def _row(one: Kind) -> list[str]:
    """Give a row of the table of types."""
    return [one.name, f"{one.n:,}", f"{one.deadly:,}", say_range(one.killed), f"{one.killed.without:,}"]


def total_kinds(briefing: Briefing) -> list[str]:
    """Give the row of all types; its sums are those of the tiles."""
    killed = briefing.counts.killed
    deadly = sum(one.deadly for one in briefing.kinds)
    return ["all", f"{briefing.n:,}", f"{deadly:,}", say_range(killed), f"{killed.without:,}"]


def say_kinds(briefing: Briefing) -> str:
    """Explain what the table cannot show."""
    said = []
    if briefing.counts.killed.open_top:
        open_top = briefing.counts.killed.open_top
        said.append(f"open: {open_top:,} figure{'s have' if open_top != 1 else ' has'} no upper end (“at least”).")
    parts = briefing.n - briefing.counts.killed.stated - briefing.counts.killed.without
    if parts:
        said.append(f"{parts:,} {'are parts' if parts > 1 else 'is a part'} of a wave, in whose toll they are counted.")
    if briefing.party_only:
        said.append(f"In {len(briefing.party_only):,} only the perpetrator says how many.")
    return " ".join(said)


def list_method(briefing: Briefing) -> list[str]:
    """Say in three lines how well the incidents are known."""
    method, counts, n = briefing.method, briefing.counts, briefing.n
    if not n:
        return ["No incident fits what is asked, so there is nothing to say of how well it is known."]
    spans = n - method.exact_day - counts.undated
    return [
        f"Days: {method.exact_day:,} of {n:,} are known to the exact day, {spans:,} to a span of days, "
        f"{counts.undated:,} have none.",
        f"Places: {method.town:,} are known to the site or town, {method.area:,} to the district or province only "
        f"(hollow on the map), {counts.unplaced:,} have no point and are not on the map.",
        f"Sources: {method.single_story:,} rest on a single story, {method.confirmed:,} are confirmed by a named "
        f"verifier or by two independent stories. {method.corrected:,} hold a correction by a person. Sums add lows, "
        "bests and highs apart; what has no figure is counted as such, never as zero.",
    ]


def say_sources(briefing: Briefing, most: int = OUTLETS_NAMED) -> str:
    """Say which articles it rests on."""
    sources = briefing.sources
    if not sources.articles:
        return "No article stands behind this page, because no incident is shown."
    named = [f"{shorten(name, 60) or 'outlet not stated'} ({n:,})" for name, n in sources.outlets[:most]]
    rest = len(sources.outlets) - len(named)
    more = f", and {rest:,} more" if rest > 0 else ""
    stories = f"{sources.stories:,} independent stor{'ies' if sources.stories != 1 else 'y'}"
    return f"{sources.articles:,} article{'s' if sources.articles != 1 else ''}, {stories}: {', '.join(named)}{more}."


def say_map(briefing: Briefing, projection: str) -> str:
    """Say below the map what is not on it, and how it is drawn."""
    rolled, said = briefing.provinces, []
    if briefing.counts.unplaced:
        said.append(f"{briefing.counts.unplaced:,} without a point are not marked.")
    if rolled.unnamed + rolled.unfound:
        said.append(f"{rolled.unnamed + rolled.unfound:,} lie in no province of this map and shade none.")
    return " ".join([*said, f"{projection}."])


def tell_note(note: Note, most: int) -> dict[str, str]:
    """Give a footnote, its sentence cut where it is longer than `most` letters."""
    cut = replace(note, sentence=shorten(note.sentence, most))
    return {"source": shorten(cut.source, 120), "sentence": cut.sentence, "remark": shorten(cut.remark, 160),
            "url": cut.url, "url-shown": shorten(cut.url, 90)}  # fmt: skip
