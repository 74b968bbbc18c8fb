"""Read the words around a place name: whether something happened there, or it is only named.

Everything here works on the tokens of a `Scan`; no parser is needed. Each rule gives a name, for `explain`.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.places.scan import Scan
from pipeline.places.words import (
    ACTORS,
    CIVIC,
    COMPASS,
    EVENT_NOUNS,
    FILLERS,
    HARM_NOUNS,
    HITTING,
    KIND_WORDS,
    LOCATIVES,
    NEARNESS,
    NO_NAMES,
    PLACE_NOUNS,
    SAYING,
    STANDING,
    TAKING,
)

ROADS = frozenset("road highway motorway leading track".split())
SPEAKING = frozenset("said say says told announced reported confirmed".split())
COUNTRY_NOUNS = frozenset("country nation region city kingdom capital province state".split())
DISTANCE = re.compile(
    r"(?:(?P<about>about|around|some|roughly|approximately|nearly|almost)\s+)?(?P<far>\d+(?:[.,]\d+)?)\s*-?\s*"
    r"(?P<unit>km|kms|kilomet(?:er|re)s?|miles?|mi)\b(?:\s*\([^)]{1,30}\))?\s*(?:to the\s+|due\s+)?"
    r"(?P<way>[a-z]+(?:-[a-z]+)?)?\s*(?:of|from|away from|outside|outside of)\s+(?:the\s+)?"
    r"(?:(?!(?:in|at|on)\b)(?-i:[a-z])[\w-]*\s+){0,3}$",
    re.I,
)
ITEM = re.compile(
    r"[ \t]*(?P<bullet>[•*·‣–-]\s*|\d{1,2}[.)]\s+)?"
    r"(?P<date>(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:\s*[-–]\s*\d{1,2})?(?:,?\s+\d{4})?|"
    r"\d{1,2}\s+[A-Z][a-z]{2,8}\.?(?:\s+\d{4})?|"
    r"\d{4}-\d\d-\d\d|[A-Z][a-z]{2,8}\s+\d{4})\s*(?:[:–—]|-(?=\s))\s*)?"
)
AFTER_HEAD = re.compile(
    r"(?:\s*(?:,|and|&)\s+[A-Z][\w'’ -]{2,40}?){0,4}(?:\s*\([A-Z][\w /]{1,20}\))?\s*(?P<sign>[–—:]|-(?=\s|-))"
)
HEADED = re.compile(r"^[ \t]*[A-Z][\w'’./ -]{2,30}:(?=\s)", re.M)
TOP_LINES = 6  # a report opens within so many lines
AFTER_DATELINE = re.compile(
    r"(?:,\s*(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8})(?:,?\s+\d{4})?)?\s*"
    r"(?P<agency>\([A-Z][\w /.]{1,25}\))?\s*(?:[–—]|--?)\s"
)
TREATED = re.compile(
    r"(?:\b(?:condition|pronounced|rushed|airlifted|transported|treated|treatment|recover\w*|hospitali[sz]ed|buried|funerals?|burials?|mourners|autopsy|post-mortem)\b"
    r"|\b(?:to|at) (?:an? |the )?(?:\w+ ){0,2}?(?:hospitals?|clinics?|morgue|mortuary|court)\b)(?: [\w-]+){0,3}\s*$"
)


class Reading(NamedTuple):
    """What the words around a place say: its role and the rule that read it."""

    role: str
    rule: str


@dataclass(slots=True)
class Nearby:
    """How far off a named place something happened, and where the words that say so begin."""

    start: int  # number of the first token of those words
    km: float | None = None
    bearing: float | None = None


def skip_back(scan: Scan, number: int) -> int:
    """Walk left from a token over words that may stand between a preposition and its place; give where that stops."""
    at, steps = number, 0
    while at >= 0 and steps < 10:
        if "\n" in scan.gap(at):
            return -1
        if not is_filler(scan, at):
            return at
        at, steps = at - 1, steps + 1
    return at


def is_filler(scan: Scan, at: int) -> bool:
    """Tell whether a word may stand between a preposition and its place: "in the [country's restive eastern] ..."."""
    low, token = scan.low(at), scan.tokens[at]
    if low in FILLERS or low in KIND_WORDS or (low == "of" and scan.low(at - 1) in PLACE_NOUNS):
        return True
    if low in PLACE_NOUNS:
        return scan.low(at + 1) in ("of", ",")
    if low in COUNTRY_NOUNS or low == "'s":
        return scan.low(at + 1) == "'s" or scan.low(at - 1) in COUNTRY_NOUNS
    if low in ('"', "“", "‘", ","):
        return scan.low(at - 1) in PLACE_NOUNS
    common = low in NO_NAMES and low not in LOCATIVES
    return token.is_name and (common or scan.gazetteer.nationality(token.text) is not None)


def read_role(scan: Scan, first: int, last: int) -> Reading:
    """Tell whether something happened at the place whose tokens run from `first` to `last`."""
    rules = (
        head_of_item,
        right_here,
        beyond_border,
        noun_after,
        preposition_before,
        verb_before,
        venue_of,
        so_far_from,
    )
    found = next((found for rule in rules if (found := rule(scan, first, last))), None)
    return found or Reading("other", "only named")


def head_of_item(scan: Scan, first: int, last: int) -> Reading | None:
    """Read a place at the head of an item ("June 28, 2016: Baghdad - ...") or a dateline ("KABUL, May 19 (AP) -")."""
    start, end = scan.tokens[first].start, scan.tokens[last].end
    line = scan.text.rfind("\n", 0, start) + 1
    if start - line > 60:
        return None
    lead = ITEM.match(scan.text, line, start)
    if lead is None or lead.end() != start:
        return None
    listed = bool(lead["bullet"] or lead["date"])
    after = AFTER_HEAD.match(scan.text, end)
    dateline = AFTER_DATELINE.match(scan.text, end)
    capitals = scan.text[start:end].split(",")[0].isupper()
    if not listed and dateline and (capitals or dateline["agency"] or dateline[0].strip()[-1] in "–—-"):
        return Reading("dateline", "dateline")
    if after and not listed and after["sign"] == ":" and opens_report(scan, line, end):
        return Reading("dateline", "dateline")
    if after and (listed or after["sign"] == ":"):
        return Reading("event", "head of item")
    return None


def opens_report(scan: Scan, line: int, end: int) -> bool:
    """Tell whether a name and a colon open a report ("QUETTA: Two men ..."), and are not a head of a list."""
    return len(HEADED.findall(scan.text)) == 1 and scan.text.count("\n", 0, line) <= TOP_LINES and end - line < 40


def right_here(scan: Scan, first: int, last: int) -> Reading | None:
    """Read "here", and a name before it: "in Barangay Lapay here", "two men were shot here on Monday"."""
    return Reading("event", "here") if scan.low(last) == "here" and scan.low(first - 1) not in ("of", "from") else None


def beyond_border(scan: Scan, first: int, last: int) -> Reading | None:
    """Read the country on the other side: "close to the border with Niger", "a province bordering Iraq"."""
    before = scan.low(first - 2) if scan.low(first - 1) == "the" else scan.low(first - 1)
    shared = before == "with" and scan.low(first - 2) in ("border", "borders", "frontier")
    return Reading("other", "beyond a border") if shared or before == "bordering" else None


def noun_after(scan: Scan, first: int, last: int) -> Reading | None:
    """Read the noun that a place qualifies: "the Kabul attack", "an Orlando nightclub"; "the Kabul government"."""
    at = last + 1
    owner = scan.low(at) == "'s"
    if scan.low(at) == "-" and scan.low(at + 1) in ("based", "born", "backed", "led", "controlled"):
        return Reading("other", "origin of an actor")
    if owner:
        at += 1
    for number in range(at, min(at + 4, len(scan.tokens))):
        low = scan.low(number)
        gap = scan.gap(number - 1)
        if not low[0].isalpha() or "\n" in gap:
            return None
        if low in ACTORS and (
            preposition_before(scan, first, last) is None or scan.low(number) in ("police", "government")
        ):
            return Reading("other", "qualifies an actor")
        if low in EVENT_NOUNS:
            return preposition_before(scan, first, last) or Reading("event", "qualifies what happened")
        if not (
            scan.tokens[number].is_name or low in FILLERS or low in ("international", "night", "military", "terror")
        ):
            return None
    return None


def preposition_before(scan: Scan, first: int, last: int) -> Reading | None:
    """Read the preposition that governs a place: "in", "near", "30 km north of"; "from" and "to" say nothing of it."""
    at = skip_back(scan, first - 1)
    low = scan.low(at)
    if low == "of" and scan.low(at - 1) in ("battle", "attack", "bombing", "siege", "massacre", "town", "shelling"):
        return Reading("event", "what happened, of")
    if low == "from" and DISTANCE.search(scan.text[max(0, scan.tokens[first].start - 60) : scan.tokens[first].start]):
        return Reading("event", "so far from")
    aged = low == "of" and scan.low(at - 1) == "," and scan.low(at - 2).isdigit()
    if low == "from" and scan.low(at - 1) in ("reports", "report", "news"):
        return Reading("event", "reports from")
    if low == "from" or aged:
        return Reading("other", "where someone came from")
    if on_the_road(scan, at) is not None:
        return Reading("event", "on the road to")
    if low == "and" and scan.low(at - 1) in ("in", "inside", "near"):
        low = scan.low(at - 1)
    if low not in LOCATIVES:
        return None
    if said_there(scan, at):
        return Reading("other", "where something was said")
    if scan.low(at - 1) in ACTORS and scan.low(last + 1) in SPEAKING:
        return Reading("other", "where the speaker is")
    if TREATED.search(scan.text[max(0, scan.tokens[at].start - 70) : scan.tokens[at].start]):
        return Reading("other", "where someone was brought")
    return Reading("event", f"after {low!r}".replace("'", '"'))


def on_the_road(scan: Scan, at: int) -> int | None:
    """Give the number of the first word of "on the road to", where those words end at a token; else None."""
    if scan.low(at) != "to" or scan.low(at - 1) not in ROADS:
        return None
    return next((n for n in range(at - 2, at - 6, -1) if scan.low(n) == "on"), None)


def said_there(scan: Scan, at: int) -> bool:
    """Tell whether the words before a preposition speak of saying, living or learning there, not of an event."""
    if scan.low(at - 1) in HARM_NOUNS:
        return False
    before = [scan.low(n) for n in range(max(0, at - 3), at)]
    for sign in (".", ",", ";", "–", "—"):
        if sign in before:
            before = before[len(before) - before[::-1].index(sign) :]
    return any(word in SAYING for word in before)


def verb_before(scan: Scan, first: int, last: int) -> Reading | None:
    """Read a verb of hitting right before a place: "a blast rocked Kabul"."""
    at = skip_back(scan, first - 1)
    if scan.low(at) in TAKING:
        return Reading("event", "after a verb of taking")
    return Reading("event", "after a verb of harm") if scan.low(at) in HITTING else None


def venue_of(scan: Scan, first: int, last: int) -> Reading | None:
    """Read a place that what was struck belongs to: "beside the police station of", "burned down the clinic of"."""
    at = first - 1
    while scan.low(at) == "the":
        at -= 1
    if scan.low(at) != "of" or scan.low(at - 1) not in STANDING or scan.low(last + 1) == "&":
        return None
    number = at - 2
    while number > at - 6 and scan.low(number)[:1].isalpha() and not is_governor(scan, number):
        number -= 1
    if not is_governor(scan, number) or said_there(scan, number):
        return None
    civic = scan.low(at - 1) in CIVIC
    return Reading("event", "what a town has, of" if civic else "what stands in it, of")


def is_governor(scan: Scan, number: int) -> bool:
    """Tell whether a word before a building says that something happened there or to it."""
    low = scan.low(number)
    return low in (LOCATIVES | HITTING | TAKING) and not scan.is_name(number)


def so_far_from(scan: Scan, first: int, last: int) -> Reading | None:
    """Read a distance or a direction from a place: "two bodies were found north of Taji"."""
    nearby = read_nearness(scan, first)
    away = nearby is not None and (nearby.km is not None or nearby.bearing is not None)
    return Reading("event", "so far from") if away else None


def read_nearness(scan: Scan, first: int) -> Nearby | None:
    """Read "30 km north of", "near", "outside", "on the outskirts of" before a place."""
    start = scan.tokens[first].start
    line = max(scan.text.rfind("\n", 0, start) + 1, start - 90)
    far = DISTANCE.search(scan.text[line:start])
    if far:
        km = float(far["far"].replace(",", "")) * (1.609344 if far["unit"].lower().startswith("mi") else 1.0)
        return Nearby(token_at(scan, line + far.start(), first), km, COMPASS.get((far["way"] or "").lower()))
    at = skip_back(scan, first - 1)
    if at < 0:
        return None
    between = [scan.low(n) for n in range(at + 1, first)]
    for number, low in enumerate(between):
        if low in COMPASS and between[number + 1 : number + 2] == ["of"]:
            return Nearby(at + 1 + number, None, COMPASS[low])
        if low == "outskirts":
            return Nearby(at + 1 + number)
    if scan.low(at) in NEARNESS:
        return Nearby(at)
    on = on_the_road(scan, at)
    if on is not None:
        return Nearby(on)
    return None


def token_at(scan: Scan, offset: int, first: int) -> int:
    """Give the number of the token that starts at an offset or after it, looking back from `first`."""
    number = first
    while number > 0 and scan.tokens[number - 1].start >= offset:
        number -= 1
    return number
