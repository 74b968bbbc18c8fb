"""Tell what is no place: persons, groups and common words that some village happens to share a name with."""

from pipeline.places.context import Reading
from pipeline.places.gazetteer import Entry
from pipeline.places.scan import Scan
from pipeline.places.scene import Scene
from pipeline.places.spots import Spot
from pipeline.places.tokens import ARTICLES
from pipeline.places.words import (
    ACTORS,
    EVENT_NOUNS,
    KIND_WORDS,
    LOCATIVES,
    MONTHS,
    NO_NAMES,
    PERSON_NAMES,
    SAYING,
    TITLES,
    VENUE_NOUNS,
)

NO_PLACE = frozenset("attack attacks massacre bombing battle operation state party army front brigade police".split())
BUSINESSES = frozenset(
    "restaurant store cafe café bar club shop mall supermarket nightclub pub diner house home".split()
)
AFTER_TAKEN = frozenset(", . ; in on at near and where late early overnight again".split())
DIRECT = frozenset(
    {'after "in"', 'after "near"', 'after "outside"', "head of item", "so far from", "here", 'after "between"'}
)


def is_credible(scan: Scan, spot: Spot, entry: Entry, scene: Scene, *, strong: bool, chained: bool) -> bool:
    """Tell whether a name is this place at all. `strong`: words say that something happened there; `chained`: it lies
    in (or holds) another place named beside it.
    """  # noqa: D205 - two short explanations
    if entry.kind == "country" or chained:
        return True
    sure = spot.evidence or entry.listed or entry.population >= 100_000
    owner = scan.low(spot.last + 1) == "'s"
    if is_surname(scan, spot) and not spot.evidence:
        return False
    if spot.is_single and spot.name.lower() in PERSON_NAMES and not spot.evidence:
        return strong and not owner and entry.population >= 100_000
    if (
        owner
        and not sure
        and (scan.low(spot.last + 2) in BUSINESSES | LOCATIVES or not scan.low(spot.last + 2).isalpha())
    ):
        return False
    if spot.right_name and not is_institution(scan, spot) and not (scene.share(entry.country_code) and sure):
        return entry.population >= 1_000_000
    if strong or spot.evidence:
        enough = 100_000 if scene.weights else 1_000
        if scene.share(entry.country_code) > 0 or entry.listed or (entry.rank <= 1 and entry.population >= enough):
            return True
        alone = len({e.country_code for e in spot.entries}) == 1
        area = spot.evidence and entry.kind.startswith("admin")
        return alone and entry.rank <= 1 and (area or (entry.rank == 0 and entry.population >= 5_000))
    return is_known(entry, spot, scene)


def is_institution(scan: Scan, spot: Spot) -> bool:
    """Tell whether the capitalised word after a place is that of an office or an occasion: "New Orleans Police"."""
    return scan.low(spot.last + 1) in NO_NAMES | ACTORS | VENUE_NOUNS | EVENT_NOUNS | frozenset(KIND_WORDS)


def is_known(entry: Entry, spot: Spot, scene: Scene) -> bool:
    """Tell whether a name needs no words beside it: a province or larger town where the article plays, a great city."""
    share = scene.share(entry.country_code)
    if share >= 0.15 and (entry.listed or entry.population >= 20_000 or (entry.kind == "admin1" and entry.rank <= 1)):
        return True
    if scene.weights and share == 0:
        return entry.population >= 500_000 and entry.rank <= 1
    return entry.rank <= 1 and entry.population >= (100_000 if spot.is_single else 50_000)


def is_surname(scan: Scan, spot: Spot) -> bool:
    """Tell whether a single name is the surname of a person named in full, or of someone who speaks."""
    if not spot.is_single:
        return False
    speaks = scan.low(spot.last + 1) in ("said", "told", "added", "says", "wrote", "tweeted")
    return scan.low(spot.first) in scan.persons or (
        speaks and max((e.population for e in spot.entries), default=0) < 10**6
    )


def is_person(scan: Scan, spot: Spot) -> bool:
    """Tell whether an unknown name looks like a person's: a title before it, or a first name at its head."""
    first = scan.low(spot.name_first)
    before = scan.low(spot.name_first - 1)
    before = scan.low(spot.name_first - 2) if before == "." else before
    return (
        first in TITLES or before in TITLES or (first in PERSON_NAMES and not spot.is_single) or is_surname(scan, spot)
    )


def is_named_place(scan: Scan, spot: Spot, reading: Reading, *, leads: bool, chained: bool) -> bool:
    """Tell whether a name that no gazetteer knows is a place all the same, by the words around it.

    `leads`: the words of `reading` stand right before this spot; `chained`: it is said to lie in a known place.
    """
    if spot.what in ("nationality", "venue"):
        return spot.what == "venue"
    words = [scan.low(n) for n in range(spot.name_first, spot.name_last + 1) if scan.is_name(n)]
    words = words[1:] if len(words) > 1 and words[0] in ARTICLES else words
    if not words or any(word in NO_PLACE | MONTHS for word in words):
        return False
    if spot.evidence and (words[0] not in TITLES | NO_NAMES or (spot.kind in ("area", "quarter") and len(words) > 1)):
        return True
    if (
        is_person(scan, spot)
        or (spot.is_single and words[0] in NO_NAMES)
        or (len(words) > 1 and words[-1] in ACTORS | SAYING)
    ):
        return False
    owner = scan.low(spot.last + 1) == "'s" or scan.low(spot.name_first - 1) in (
        "a",
        "an",
        "his",
        "her",
        "their",
        "its",
    )
    taken = reading.rule in ("after a verb of taking", "what a town has, of") and scan.low(spot.last + 1) in AFTER_TAKEN
    struck = chained and reading.rule == "after a verb of harm"
    direct = leads and (reading.rule in DIRECT or taken or struck) and not owner
    return (
        direct
        and len(words) <= 5
        and len(words[0]) > 1
        and not spot.name.isupper()
        and words[0] not in NO_NAMES | set(KIND_WORDS)
    )
