"""Find the places an article names, with exact offsets, and decide which places they are.

The gazetteer proposes, context decides: the words around a name, what it is said to lie in, the article's countries.
What only looks like a place (persons, groups, common words) is left out; a village no gazetteer knows keeps its name.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.gazetteer import Entry, Gazetteer
from pipeline.model import Place, PlaceWords
from pipeline.place_choice import article_country, choose_place
from pipeline.place_compose import compose_place
from pipeline.place_context import Reading, read_kind, read_link, read_nearness, read_role
from pipeline.place_resolve import Scene, is_credible, set_scene, settle
from pipeline.place_scan import Scan, Spot
from pipeline.place_words import MONTHS, NO_NAMES, PERSON_NAMES, TITLES

__all__ = ["article_country", "choose_place", "find_places"]


@dataclass(slots=True)
class Chain:
    """Spots that name one place together, small to large or large to small."""

    spots: list[Spot]
    joined: bool = False  # the chain before it is named in one breath: "Kirkuk and Taji"


def find_places(text: str, gazetteer: Gazetteer, title: str = "") -> list[PlaceWords]:
    """Give all places that `text` names, in document order, each with the role its words give it.

    The `title`, where it is not part of the text, helps to tell namesakes apart; its words are not returned.
    """
    scan = Scan(text, gazetteer)
    for spot in scan.spots:
        read_kind(scan, spot)
    headline = Scan(title, gazetteer).spots if title else []
    scene = set_scene([*headline, *scan.spots], gazetteer, title_end(scan))
    found: list[PlaceWords] = []
    before: PlaceWords | None = None
    for chain in link_spots(scan):
        words = read_chain(scan, chain, scene, before)
        found += words
        before = words[-1] if words else None
    return found


def title_end(scan: Scan) -> int:
    """Give the number of the first token after the first line."""
    end = scan.text.strip().find("\n")
    return next((n for n, token in enumerate(scan.tokens) if token.start > end), 0) if 0 < end < 200 else 0


def link_spots(scan: Scan) -> list[Chain]:
    """Join neighbouring spots that name one place together into chains."""
    chains: list[Chain] = []
    for spot in scan.spots:
        last = chains[-1].spots[-1] if chains else None
        link = read_link(scan, last, spot) if last else ""
        fits = last is not None and (
            can_hold(scan, last, spot) if link == "and" else may_lie_together(scan, last, spot)
        )
        if link and fits:
            chains[-1].spots.append(spot)
        else:
            chains.append(Chain([spot], joined=link == "and"))
    return chains


def may_lie_together(scan: Scan, one: Spot, other: Spot) -> bool:
    """Tell whether one of two spots may lie in the other; after a comma the gazetteer must know of it."""
    if one.what != "place" or other.what != "place" or scan.low(one.last + 1) != ",":
        return True
    return any(a.lies_in(b) or b.lies_in(a) for a in one.entries for b in other.entries)


def can_hold(scan: Scan, small: Spot, large: Spot) -> bool:
    """Tell whether, after a comma, the first place may lie in the second: "Fullerton, California"."""
    if scan.low(small.last + 1) != "," or scan.low(large.first - 1) not in (",", "in") or large.what == "nationality":
        return False
    larger = [e for e in large.entries if e.kind in ("country", "admin1", "admin2") or small.what == "venue"]
    if small.what in ("unknown", "venue"):
        return (
            bool(larger)
            and (small.what == "venue" or small.name.lower() not in NO_NAMES)
            and not is_person(scan, small)
        )
    larger += [
        e for e in large.entries if e.kind == "city" and any(s.kind in ("neighbourhood", "site") for s in small.entries)
    ]
    return any(s.lies_in(e) and s.number != e.number and s.kind != e.kind for s in small.entries for e in larger)


def is_person(scan: Scan, spot: Spot) -> bool:
    """Tell whether an unknown name looks like a person's: a title before it, or a first name at its head."""
    first = scan.tokens[spot.name_first].low
    before = scan.low(spot.name_first - 1)
    before = scan.low(spot.name_first - 2) if before == "." else before
    return first in TITLES or before in TITLES or (first in PERSON_NAMES and spot.name_last > spot.name_first)


def read_chain(scan: Scan, chain: Chain, scene: Scene, before: PlaceWords | None) -> list[PlaceWords]:
    """Give the words of a chain as one place, or none where it names no place after all."""
    spots = chain.spots
    if all(spot.what == "nationality" for spot in spots):
        return [nationality(scan, spots[-1])]
    reading = read_role(scan, spots[0].first, spots[-1].last)
    if chain.joined and before and before.role in ("event", "dateline") and reading.rule == "only named":
        reading = Reading(before.role, "named together with the place before")
    entries = settle(spots, scene)
    strong = reading.role != "other"
    kept = [keep(scan, s, e, entries, scene, strong) for s, e in zip(spots, entries, strict=True)]
    if not any(
        kept_entry or is_named(scan, s, strong, reading, spots) for s, kept_entry in zip(spots, kept, strict=True)
    ):
        return [nationality(scan, s) for s in spots if s.what == "nationality"]
    pairs = [(s, e) for s, e in zip(spots, kept, strict=True) if e or is_named(scan, s, strong, reading, spots)]
    return [compose(scan, pairs, reading, scene)]


def keep(
    scan: Scan, spot: Spot, entry: Entry | None, entries: Sequence[Entry | None], scene: Scene, strong: bool
) -> Entry | None:
    """Give the entry of a spot where it is credible there."""
    if entry is None or spot.what == "nationality":
        return entry
    chained = any(other is not None and other is not entry for other in entries)
    return entry if is_credible(entry, spot, scene, strong, chained) else None


def is_named(scan: Scan, spot: Spot, strong: bool, reading: Reading, spots: Sequence[Spot]) -> bool:
    """Tell whether a name that no gazetteer knows is a place all the same, by the words around it."""
    if spot.what == "nationality":
        return False
    if spot.what == "venue":
        return True
    low = [scan.tokens[n].low for n in range(spot.name_first, spot.name_last + 1)]
    if (
        (low[0] in NO_NAMES and spot.name_first == spot.name_last)
        or any(word in MONTHS for word in low)
        or is_person(scan, spot)
    ):
        return False
    if any(
        word in ("attack", "attacks", "massacre", "bombing", "battle", "operation", "state", "party") for word in low
    ):
        return False
    if spot.evidence:
        return True
    direct = reading.rule in ('after "in"', 'after "near"', 'after "outside"', "head of item", "so far from")
    return (
        direct
        and spot is spots[0]
        and len(low) <= 4
        and len(low[0]) > 2
        and not spot.name.isupper()
        and low[0] not in NO_NAMES
    )


def nationality(scan: Scan, spot: Spot) -> PlaceWords:
    """Give a word such as "Afghan": a hint to a country, never a place of its own."""
    entry = spot.entries[0]
    start, end = scan.tokens[spot.first].start, scan.tokens[spot.last].end
    words = scan.text[start:end]
    place = Place(precision="country", country=entry.country, country_code=entry.country_code, text=words)
    return PlaceWords(start, end, words, place, "nationality", "nationality")


def compose(scan: Scan, pairs: list[tuple[Spot, Entry | None]], reading: Reading, scene: Scene) -> PlaceWords:
    """Make one place of the spots of a chain, moved off where the words say so."""
    first, last = pairs[0][0].first, pairs[-1][0].last
    nearby = read_nearness(scan, first)
    start = scan.tokens[min(nearby.start, first) if nearby else first].start
    words = scan.text[start : scan.tokens[last].end]
    place = compose_place(pairs, nearby, scene)
    return PlaceWords(start, start + len(words), words, replace(place, text=words), reading.role, reading.rule)
