"""Find the places an article names, with exact offsets, and decide which places they are.

The gazetteer proposes, context decides: the words around a name, what it is said to lie in, the article's countries.
What only looks like a place (persons, groups, common words) is left out; a village no gazetteer knows keeps its name.
"""

from dataclasses import replace

from pipeline.model import Place, PlaceWords
from pipeline.places.choice import article_country, choose_place
from pipeline.places.compose import compose_place, lie_between
from pipeline.places.context import Reading, beyond_border, read_nearness, read_role
from pipeline.places.doubts import is_credible, is_named_place
from pipeline.places.gazetteer import Entry, Gazetteer
from pipeline.places.links import Chain, link_spots, read_kind
from pipeline.places.resolve import settle
from pipeline.places.scan import Scan
from pipeline.places.scene import Scene, set_scene
from pipeline.places.spots import Spot
from pipeline.places.standins import name_standins
from pipeline.places.words import AT_HOME, GUESTS

BETWEEN = 'after "between"'
__all__ = ["article_country", "choose_place", "find_places"]


def find_places(text: str, gazetteer: Gazetteer, title: str = "") -> list[PlaceWords]:
    """Give all places that `text` names, in document order, each with the role its words give it.

    The `title`, where it is not part of the text, helps to tell namesakes apart; its words are not returned.
    """
    scan = Scan(text, gazetteer)
    for spot in scan.spots:
        read_kind(scan, spot)
    end = title_end(scan)
    headline = [*(Scan(title, gazetteer).spots if title else []), *(spot for spot in scan.spots if spot.last < end)]
    scene = set_scene(gazetteer, headline, [s for s in scan.spots if not beyond_border(scan, s.first, s.last)])
    name_standins(scan, scene)
    found: list[PlaceWords] = []
    before: PlaceWords | None = None
    for chain in link_spots(scan):
        words = read_chain(scan, chain, scene, before)
        if words and before and locates(scan, before, words[0]):
            words[0] = replace(words[0], role="other", rule="tells where the place before lies")
            found[-1] = replace(before, place=lie_at(before.place, words[0].place))
        if (
            words
            and before
            and before.rule == words[0].rule == BETWEEN
            and chain.joined
            and in_one_land(before, words[0])
        ):
            found[-1] = amid(scan, before, words.pop(0))
        found += words
        before = words[-1] if words else None
    return found


def locates(scan: Scan, before: PlaceWords, words: PlaceWords) -> bool:
    """Tell whether words only say where the place right before them lies: "Kasur, south of Lahore"."""
    named = (
        before.role in ("event", "other")
        and bool(before.place.city or before.place.admin2 or not before.place.country_code)
        and "said" not in before.rule
    )
    near = words.rule == 'after "near"' and before.place.latitude is None
    return (words.rule == "so far from" or near) and named and scan.text[before.end : words.start] == ", "


def in_one_land(one: PlaceWords, other: PlaceWords) -> bool:
    """Tell whether two places can be the ends of one road, and not two governments at odds."""
    codes = {one.place.country_code, other.place.country_code} - {""}
    return len(codes) < 2 and bool(one.place.city or one.place.admin1) and bool(other.place.city)


def amid(scan: Scan, one: PlaceWords, other: PlaceWords) -> PlaceWords:
    """Give one place for two towns that something happened between."""
    words = scan.text[one.start : other.end]
    place = lie_between(one.place, other.place) if one.place.city else other.place
    return replace(one, end=other.end, words=words, place=replace(place, text=words))


def lie_at(place: Place, spot: Place) -> Place:
    """Give a place that no gazetteer knows the point and the province of the spot that words say it lies at."""
    if place.latitude is not None or place.country_code not in ("", spot.country_code):
        return place
    return replace(spot, city=place.city, admin2="", venue=place.venue, geo_id="", text=place.text)


def title_end(scan: Scan) -> int:
    """Give the number of the first token after the first line."""
    end = scan.text.strip().find("\n")
    return next((n for n, token in enumerate(scan.tokens) if token.start > end), 0) if 0 < end < 200 else 0


def read_chain(scan: Scan, chain: Chain, scene: Scene, before: PlaceWords | None) -> list[PlaceWords]:
    """Give the words of a chain as one place, or none where it names no place after all."""
    spots = chain.spots
    reading = read_role(scan, spots[0].first, spots[-1].last)
    if reading.rule == 'after "outside"' and all(e.kind == "country" for s in spots for e in s.entries[:1]):
        reading = Reading("other", "outside a country")
    if chain.joined and before and before.role in ("event", "dateline") and reading.rule == "only named":
        between = before.rule == BETWEEN
        reading = Reading(before.role, BETWEEN if between else "named together with the place before")
    pairs = keep_places(scan, spots, reading, scene)
    if pairs and pairs[0][0] is not spots[0]:  # what stood first was no place: the words before the next one count
        return read_chain(scan, Chain([spot for spot, _ in pairs]), scene, None)
    if all(spot.what == "nationality" for spot, _ in pairs):
        return [nationality(scan, spot) for spot, _ in pairs]
    return [compose(scan, pairs, reading, scene)]


def keep_places(scan: Scan, spots: list[Spot], reading: Reading, scene: Scene) -> list[tuple[Spot, Entry | None]]:
    """Give those spots of a chain that are places, each with its entry, or None where no gazetteer knows it."""
    strong = reading.role != "other"
    entries = settle(spots, scene, strong)
    kept: list[tuple[Spot, Entry | None]] = []
    for number, (spot, entry) in enumerate(zip(spots, entries, strict=True)):
        chained = any(other is not None and other is not entry for other in entries)
        if entry and (
            spot.what == "nationality" or is_credible(scan, spot, entry, scene, strong=strong, chained=chained)
        ):
            kept.append((spot, entry))
        elif is_named_place(scan, spot, reading, leads=number == 0, chained=chained):
            kept.append((spot, None))
    return kept


def nationality(scan: Scan, spot: Spot) -> PlaceWords:
    """Give a word such as "Afghan": a hint to a country, never a place of its own."""
    entry = spot.entries[0]
    start, end = scan.tokens[spot.first].start, scan.tokens[spot.last].end
    words = scan.text[start:end]
    place = Place(precision="country", country=entry.country, country_code=entry.country_code, text=words)
    after = {scan.low(spot.last + 1), scan.low(spot.last + 2)}
    rule = "of a country's own police, towns" if after & AT_HOME else "of a guest" if after & GUESTS else "of people"
    return PlaceWords(start, end, words, place, "nationality", f"nationality {rule}")


def compose(scan: Scan, pairs: list[tuple[Spot, Entry | None]], reading: Reading, scene: Scene) -> PlaceWords:
    """Make one place of the spots of a chain, moved off where the words say so."""
    first, last = pairs[0][0].first, pairs[-1][0].last
    nearby = read_nearness(scan, first)
    start = scan.tokens[min(nearby.start, first) if nearby else first].start
    words = scan.text[start : scan.tokens[last].end]
    place = compose_place(pairs, nearby, scene)
    return PlaceWords(start, start + len(words), words, replace(place, text=words), reading.role, reading.rule)
