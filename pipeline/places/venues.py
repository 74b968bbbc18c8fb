"""Find buildings and sites by name: "Imam Bargah Mosque", "Ministry of Foreign Affairs", "Russian embassy"."""

from pipeline.places.gazetteer import Gazetteer
from pipeline.places.spots import Spot
from pipeline.places.tokens import Tokens
from pipeline.places.words import DIRECTIONS, LOWER_VENUES, MINISTRIES, MONTHS, STREETS, VENUE_NOUNS, VENUE_OF, WEEKDAYS

COMMON = MONTHS | WEEKDAYS | DIRECTIONS | frozenset("the a an in at on near outside two three police".split())
AFFAIRS = frozenset("affairs education culture tourism technology relief returnees development agriculture".split())


def find_venue(words: Tokens, gazetteer: Gazetteer, first: int, last: int, found: list[Spot]) -> Spot | None:
    """Give the building or site that a run of names ends in, or None; `found` are the places in the run."""
    start = skip_common(words, first, last)
    whole = any(s.first == start and s.last == last and s.what == "place" for s in found)
    end = None if whole else next((n for n in range(last, start, -1) if words.low(n) in VENUE_NOUNS), None)
    if end is None and not whole and words.low(start) in VENUE_OF and words.low(last + 1) == "of":
        end = last
    if end is None:
        return lower_venue(words, gazetteer, start, last, found)
    if words.low(end) in VENUE_OF:
        end = extend_of(words, end)
    if end == start:
        return None
    inner = next((s for s in found if s.first >= start and s.last <= end and s.what == "place"), None)
    return make_venue(words, gazetteer, start, end, None if words.low(end) in STREETS else inner)


def skip_common(words: Tokens, first: int, last: int) -> int:
    """Give the first token of a run that is not just the capital of a sentence, a date or a direction."""
    start = first
    while start < last and (words.low(start) in COMMON or words.low(start) == "-"):
        if words.low(start + 1) == "-" and words.low(start) not in MONTHS:
            break
        start += 1
    return start


def lower_venue(words: Tokens, gazetteer: Gazetteer, start: int, last: int, found: list[Spot]) -> Spot | None:
    """Read "Russian embassy", "Kabul international airport" and "Interior ministry" as venues."""
    number = last + 1
    while (
        words.low(number)
        in ("international", "air", "military", "army", "naval", "central", "refugee", "training", "railway", "train")
        and number < last + 3
    ):
        number += 1
    low = words.low(number)
    if low not in LOWER_VENUES | STREETS or any("\n" in words.gap(n) for n in range(last, number)):
        return None
    spot = next((s for s in found if s.first == start and s.last == last), None)
    if words.low(last) in MINISTRIES and low == "ministry":
        return make_venue(words, gazetteer, last, number, None)
    if (
        spot is None
        and start < last
        and low in ("market", "mosque", "hospital", "school", "hotel", "prison", "bridge", "camp", *STREETS)
    ):
        return make_venue(words, gazetteer, start, number, None)
    if spot is not None and low in ("embassy", "consulate"):
        return make_venue(words, gazetteer, start, number, None)
    if (
        spot is not None
        and spot.what == "place"
        and low in ("airport", "prison", "base", "airbase", "airfield", "camp", "station")
    ):
        return make_venue(words, gazetteer, start, number, spot)
    return None


def extend_of(words: Tokens, end: int) -> int:
    """Give the last token of "Ministry of Hajj and Religious Affairs", "University of Central Arkansas"."""
    if words.low(end + 1) != "of":
        return end
    at = end + 3 if words.low(end + 2) == "the" else end + 2
    if not words.is_name(at):
        return end
    at = words.run_end(at)
    while words.low(at + 1) in ("and", "&") and words.is_name(at + 2) and words.low(words.run_end(at + 2)) in AFFAIRS:
        at = words.run_end(at + 2)
    return at


def make_venue(words: Tokens, gazetteer: Gazetteer, first: int, last: int, inner: Spot | None) -> Spot:
    """Give the spot of a building or site, with the place in its name."""
    name = words.slice(first, last)
    known = tuple(e for e in gazetteer.lookup(name) if e.kind in ("site", "neighbourhood"))
    return Spot(first, last, name, "venue", known, "", first, last, inner)
