"""Join names that name one place together: "Chora district of central Uruzgan province", "Fullerton, California"."""

import re
from dataclasses import dataclass

from pipeline.places.context import read_nearness
from pipeline.places.gazetteer import Entry
from pipeline.places.scan import Scan
from pipeline.places.spots import Spot
from pipeline.places.words import DIRECTIONS, FILLERS, KIND_WORDS, NEARNESS, NO_NAMES

LINKS = DIRECTIONS | frozenset(
    "of in the a an at 's , ( within capital provincial regional city town village port district province state "
    "area region governorate neighborhood neighbourhood suburb flashpoint restive volatile coastal border that is "
    "part largest which lies neighboring neighbouring southernmost northernmost township county mainly second-largest "
    "biggest inside predominantly shiite shia sunni tribal located situated lies".split()
)
AND = frozenset({"and", "or", "&", ",", "/", "-"})
AND_THEN = AND | frozenset({"in", "near", "then", "also", "the"})
LANDSCAPE = frozenset("lake mount river camp gulf cape fort mountain mountains hills desert dam".split())
STATE_COUNTRIES = frozenset({"US", "CA", "AU", "IN", "MX", "BR", "NG", "DE"})  # "Town, State" is how one writes there
BESIDE = re.compile(
    r",\s+(?:(?:an?|the) (?:[a-z-]+ ){0,3}?(?:village|town|hamlet|settlement|city|community|suburb)"
    r"(?=,? (?:in|of|on|near|that|where|outside|about|some|with|\d)\b)"
    r"|(?:about |around |some |roughly |nearly |almost |just )?\d+ ?(?:km|kms|kilomet\w+|miles?)\b)"
)


@dataclass(slots=True)
class Chain:
    """Spots that name one place together, small to large or large to small."""

    spots: list[Spot]
    joined: bool = False  # named in one breath with the chain before it: "Kirkuk and Taji"


def link_spots(scan: Scan) -> list[Chain]:
    """Give the chains of an article in order; most hold one spot."""
    chains: list[Chain] = []
    for spot in scan.spots:
        last = chains[-1].spots[-1] if chains else None
        link = read_link(scan, last, spot) if last else ""
        if last and ((link == "in" and may_lie_together(scan, last, spot)) or (link and can_hold(scan, last, spot))):
            chains[-1].spots.append(spot)
        else:
            chains.append(Chain([spot], joined=link == "and"))
    return [part for chain in chains for part in cut_last_nationality(chain)]


def cut_last_nationality(chain: Chain) -> list[Chain]:
    """Cut a nationality off the end of a chain: in "Daraa province, a Syrian group" it begins another thought."""
    if len(chain.spots) > 1 and chain.spots[-1].what == "nationality" and chain.spots[0].what != "nationality":
        return [*cut_last_nationality(Chain(chain.spots[:-1], chain.joined)), Chain(chain.spots[-1:])]
    return [chain]


def read_link(scan: Scan, one: Spot, other: Spot) -> str:
    """Tell how two neighbouring spots hang together: "in" (one lies in the other), "and", or "" for not at all.

    "and" also stands for a comma, which may mean either.
    """
    words = [scan.low(n) for n in range(one.last + 1, other.first)]
    if words[:2] == ["in", "the"] and words[2:3] and words[2] in DIRECTIONS:  # "Herat in the west, and Kunduz"
        words = words[3:] or ["in"]
    if len(words) > 10 or any("\n" in scan.gap(n) for n in range(one.last, other.first)):
        return ""
    if not words:
        beside = {one.what, other.what} == {"place"} or scan.low(other.first) == "here"
        return "in" if one.what == "nationality" or beside else ""
    if one.what == "nationality":
        return "in" if all(word in LINKS and word not in (",", "(") for word in words) else ""
    if words[0] in AND and all(word in AND_THEN or (word in FILLERS and other.evidence) for word in words):
        return "and"
    if all(word in LINKS for word in words):
        return "in"
    return "in" if is_apposition(scan, one, other) else ""


def is_apposition(scan: Scan, one: Spot, other: Spot) -> bool:
    """Tell whether the words between say what a place is and where: ", the largest Shia mosque in", ", a town in"."""
    opened = scan.low(one.last + 1) == "," and scan.low(one.last + 2) in ("the", "a", "an")
    if not opened or scan.low(other.first - 1) not in ("in", "of", "at", *DIRECTIONS):
        return False
    between = range(one.last + 3, other.first - 1)
    if not all(scan.low(n).isalpha() and (not scan.is_name(n) or scan.low(n) in NO_NAMES) for n in between):
        return False
    return one.what == "venue" or (one.what == "place" and any(scan.low(n) in KIND_WORDS for n in between))


def may_lie_together(scan: Scan, one: Spot, other: Spot) -> bool:
    """Tell whether one of two linked spots may lie in the other; where no word says so, the gazetteer must."""
    plain = one.what == other.what == "place"
    between = scan.low(one.last + 1) if one.last + 1 < other.first else ","
    if not plain or (
        between != "," and (one.evidence or other.evidence or not (is_well_known(one) and is_well_known(other)))
    ):
        return True
    return any(lies_in_area(a, b) or lies_in_area(b, a) for a in one.entries for b in other.entries)


def can_hold(scan: Scan, small: Spot, large: Spot) -> bool:
    """Tell whether, after a comma, the first place may lie in the second: "Fullerton, California"."""
    if (
        scan.low(large.first - 1) in NEARNESS
        or scan.low(small.last + 1) != ","
        or large.what == "nationality"
        or large.first - small.last > 3
    ):
        return False
    areas = [e for e in large.entries if e.kind in ("country", "admin1", "admin2")]
    if small.what == "venue":
        return bool(large.entries)
    if any(lies_in_area(s, e) for s in small.entries for e in large.entries if s.number != e.number):
        return True
    if small.what == "unknown":
        return bool(areas or (small.evidence and large.evidence)) and small.name.lower() not in NO_NAMES
    return not is_well_known(small) and any(e.kind == "admin1" and e.country_code in STATE_COUNTRIES for e in areas)


def lies_in_area(small: Entry, large: Entry) -> bool:
    """Tell whether a place lies in an area: a city in a province, a quarter in a city; a city lies in no city."""
    if large.kind == "city" and small.kind not in ("neighbourhood", "site"):
        return False
    return small.kind != large.kind and small.lies_in(large)


def is_well_known(spot: Spot) -> bool:
    """Tell whether a name has a meaning that needs no province beside it."""
    return any(e.kind in ("country", "admin1") or e.population >= 300_000 or e.listed for e in spot.entries)


def read_kind(scan: Scan, spot: Spot) -> None:
    """Take the word for a place's kind into its spot: "Nawa district", "the city of Haditha", "Helmand Province"."""
    if spot.what in ("nationality", "venue"):
        return
    rules = (kind_inside, kind_after, kind_before, landscape, said_beside, measured_from)
    any(rule(scan, spot) for rule in rules)


def measured_from(scan: Scan, spot: Spot) -> bool:
    """Read a town in what a distance or a direction counts from: "30 km north of Herat" is the city."""
    if scan.low(spot.first - 1) not in ("of", "from") or not any(e.kind == "city" for e in spot.entries):
        return False
    nearby = read_nearness(scan, spot.first)
    if nearby is None or nearby.km is None:
        return False
    spot.kind = "city"
    return True


def said_beside(scan: Scan, spot: Spot) -> bool:
    """Read what words after a comma say a name is: "Ourel, a village in", "Ourel, some 40 kilometres south of"."""
    if spot.what not in ("unknown", "place"):
        return False
    found = BESIDE.match(scan.text, scan.tokens[spot.last].end)
    if found is None:
        return False
    spot.evidence = True
    return True


def kind_inside(scan: Scan, spot: Spot) -> bool:
    """Read the kind in a name that the gazetteer knows with it: "Helmand Province"."""
    kind = KIND_WORDS.get(scan.low(spot.name_last), "")
    if (
        spot.is_single
        or kind in ("", "area", "quarter")
        or spot.what != "place"
        or any(e.kind == "neighbourhood" for e in spot.entries)
    ):
        return False
    spot.kind, spot.evidence = kind, True
    return True


def landscape(scan: Scan, spot: Spot) -> bool:
    """Read the kind in a name that the gazetteer does not know: "Lake Tharthar", "Hamrin Hills"."""
    ends = {scan.low(spot.name_first), scan.low(spot.name_last)}
    if spot.what != "unknown" or spot.is_single or not ends & LANDSCAPE:
        return False
    spot.kind, spot.evidence = "area", True
    return True


def kind_after(scan: Scan, spot: Spot) -> bool:
    """Read the kind after a name: "Nawa district", "Farah City"."""
    word = scan.low(spot.last + 1)
    if [scan.low(spot.last + n) for n in (1, 2)] == ["local", "government"] and scan.low(spot.last + 3) == "area":
        spot.kind, spot.last, spot.evidence = "admin2", spot.last + 3, True
        return True
    if scan.gap(spot.last) not in (" ", "-") or word not in KIND_WORDS or word in ("capital", "capitals"):
        return False
    if word == "department" and scan.low(spot.last + 2) in ("store", "stores"):
        return False
    spot.kind, spot.last, spot.evidence = KIND_WORDS[word], spot.last + 1, True
    return True


def kind_before(scan: Scan, spot: Spot) -> bool:
    """Read the kind before a name: "the city of Haditha", "the capital, Kabul", "in the village of Kakai"."""
    before = spot.first - 1
    joint = scan.low(before) if scan.low(before) in ("of", ",", "(", "“", '"') else ""
    noun = before - 1 if joint else before
    kind = KIND_WORDS.get(scan.low(noun), "")
    if not kind or scan.is_name(noun) or (joint in (",", "(") and scan.low(noun) != "capital"):
        return False
    if scan.low(noun) == "capital" and joint == "of":
        if not (scan.low(noun - 1) == "the" or scan.gazetteer.nationality(scan.low(noun - 1))):
            return False
        provinces = any(e.kind == "admin1" for e in spot.entries) or scan.low(spot.last + 1) in KIND_WORDS
        if provinces and not any(e.kind == "city" and e.rank == 0 for e in spot.entries):
            return False
    if joint == "of" and named_before(scan, noun):
        return False
    spot.evidence = True
    if not (joint == "of" and kind in ("area", "quarter") and spot.what != "unknown"):
        spot.kind = kind
        spot.first = noun if joint == "of" and scan.low(noun) != "capital" else spot.first
    return True


def named_before(scan: Scan, number: int) -> bool:
    """Tell whether the word before a token is a name that the token is the kind of: "the Taimani district of Kabul"."""
    before = number - 1
    if not scan.is_name(before) or scan.gap(before) not in (" ", "-"):
        return False
    return scan.low(before) not in NO_NAMES and not scan.gazetteer.nationality(scan.low(before))
