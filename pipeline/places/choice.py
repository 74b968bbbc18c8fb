"""Choose the place of an incident from the places that its sentences name."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Place, PlaceWords
from pipeline.places.gazetteer_build import distance_km, middle

SPECIFIC = {"site": 0, "city": 1, "district": 2, "province": 3, "country": 4, "unknown": 5}
WEIGHTS = {"event": 2.0, "dateline": 2.0, "other": 1.0, "nationality": 1.0}
SUBURB_KM = 25.0  # how far off its city's middle a suburb can lie
AREA = re.compile(r"\b(?:territory|region|area|zone)(?: of(?: the)? ?$|$)|^(?:territory|region|zone) of\b", re.I)
ASIDE = re.compile("said|place before lies|beyond a border")  # rules of places that only stand beside what happened
SENTENCE_END = re.compile(r"[.!?]\s|\n")
CLEAR = 0.6  # the part of an article's places that must lie in one country for it to be the article's


def choose_place(words: Sequence[PlaceWords], background: Place | None = None, text: str = "") -> tuple[Place, str]:
    """Give the place of an incident from the place words of its sentences, in their order, and the rule that chose it.

    `background` is the article's country, used only where nothing else names one. With the article's `text`, places
    named in one breath keep its own words ("Kirkuk, Ramadi and Taji").
    """
    events = [w for w in words if w.role == "event" and says_where(w)]
    others = [w for w in words if w.role == "other" and says_where(w) and not ASIDE.search(w.rule)]
    origins = [w for w in others if "came from" in w.rule]
    others = [w for w in others if w not in origins]
    if events:
        events = put_roads_last(leave_wider(events, text), text)
        listed = named_together(events, text)
        if len(listed) > 1:
            return with_country(join_places(listed, text), words, background), "places named together"
        if not any(w.place.country_code or w.place.city for w in events):
            events += others or origins
        return with_country(merge_places([w.place for w in events]), words, background), "where it happened"
    if others:
        return with_country(merge_places([w.place for w in others]), words, background), "the only place named"
    return choose_country(words, background)


def choose_country(words: Sequence[PlaceWords], background: Place | None) -> tuple[Place, str]:
    """Give the country of an incident as a place where its words name nothing narrower, and the rule that chose it.

    Soldiers and guests may be far from home, so the article's own country comes before their nationality.
    """
    home = [w for w in words if w.role == "event" or (w.role == "nationality" and "own police" in w.rule)]
    away = [w for w in words if w.role in ("nationality", "dateline", "other") and "guest" not in w.rule]
    away.sort(key=lambda w: ("nationality", "dateline", "other").index(w.role))
    for hint in home:
        if hint.place.country_code:
            text = hint.place.text if hint.role == "event" else ""
            return replace(country_only(hint.place), text=text), f"country of the {hint.role}"
    if background is not None and background.city:
        return replace(background, text=""), "city of the article"
    if background is not None and background.country_code:
        return country_only(background), "country of the article"
    last = next((w for w in away if w.place.country_code), None)
    return (country_only(last.place), f"country of the {last.role}") if last else (Place(), "no place named")


def says_where(words: PlaceWords) -> bool:
    """Tell whether place words name more than a country."""
    place = words.place
    return bool(place.city or place.admin1 or place.admin2 or place.venue or not place.country_code)


def country_only(place: Place) -> Place:
    """Give the country of a place as a place."""
    return Place(precision="country", country=place.country, country_code=place.country_code)


def leave_wider(events: list[PlaceWords], text: str) -> list[PlaceWords]:
    """Leave out a place named only as an area where a town of the same province is named too.

    "In the territory of Oru, fighters burned down the clinic of Bela": it happened in Bela.
    """

    def is_area(words: PlaceWords) -> bool:
        return bool(AREA.search(text[max(0, words.start - 30) : words.start]) or AREA.search(words.words))

    first = events[0]
    towns = [w for w in events[1:] if w.place.city and w.rule != "so far from" and not is_area(w)]
    levels = ("country_code", "admin1")
    near = [w for w in towns if all(getattr(w.place, x) in (getattr(first.place, x), "") for x in levels)]
    return [w for w in events if w is not first] if near and is_area(first) else events


def put_roads_last(events: list[PlaceWords], text: str) -> list[PlaceWords]:
    """Put a place that a road only leads to, or that lies far off, behind the other places of its sentence."""
    first = events[0]
    same = [w for w in events[1:] if not SENTENCE_END.search(text[first.end : w.start])]
    far = first.rule == "so far from" and not first.place.city
    if not same or not (far or "road to" in first.rule):
        return events
    first = replace(first, place=replace(first.place, admin1="", admin2="")) if far else first
    return [*same, first, *(w for w in events[1:] if w not in same)]


def is_suburb(one: PlaceWords, other: PlaceWords, text: str) -> bool:
    """Tell whether a bare comma joins a suburb to its city: "in Tottenham, London"."""
    here, there = position(one.place), position(other.place)
    return text[one.end : other.start] == ", " and bool(here and there and distance_km(here, there) <= SUBURB_KM)


def position(place: Place) -> tuple[float, float] | None:
    """Give latitude and longitude, or None where no point is known."""
    return None if place.latitude is None or place.longitude is None else (place.latitude, place.longitude)


def named_together(words: Sequence[PlaceWords], text: str = "") -> list[PlaceWords]:
    """Give the places named in one breath with the first one: "Kirkuk, Ramadi and Taji"."""
    listed = [words[0]]
    for one in words[1:]:
        close = 0 <= one.start - listed[-1].end <= 6
        same = one.place.geo_id == listed[-1].place.geo_id and one.place.geo_id
        if not close or "together" not in one.rule or same or not one.place.country_code:
            break
        listed.append(one)
    return listed[:1] if len(listed) == 2 and is_suburb(listed[0], listed[1], text) else listed


def join_places(words: Sequence[PlaceWords], article: str) -> Place:
    """Give one place for several named together: their province or country, a point amid them."""
    places = [w.place for w in words]
    first = places[0]
    text = article[words[0].start : words[-1].end] or " | ".join(p.text for p in places)
    one_country = len({p.country_code for p in places}) == 1
    points = [(p.latitude, p.longitude) for p in places if p.latitude is not None and p.longitude is not None]
    if not one_country:
        return Place(text=text)
    if len({p.admin1 for p in places}) > 1 or not first.admin1 or not points:
        return replace(country_only(first), text=text)
    centre = middle(points)
    radius = max(distance_km(centre, point) for point in points) + max(p.radius_km or 5.0 for p in places)
    return Place(
        precision="province", country=first.country, country_code=first.country_code, admin1=first.admin1,
        latitude=centre[0], longitude=centre[1], radius_km=round(radius, 1), text=text,
    )  # fmt: skip


def merge_places(places: Sequence[Place]) -> Place:
    """Give the first place, made more specific by later ones that agree with it."""
    chosen = places[0]
    for place in places[1:]:
        if not agree(chosen, place):
            continue
        better = SPECIFIC[place.precision] < SPECIFIC[chosen.precision]
        both = " | ".join(dict.fromkeys(t for t in (chosen.text, place.text) if t))
        chosen = replace(fill(place, chosen), text=both) if better else fill(chosen, place)
    return chosen


def agree(one: Place, other: Place) -> bool:
    """Tell whether two places can be one: no level names two different things."""
    levels = ("country_code", "admin1", "city")
    pairs = [(getattr(one, level), getattr(other, level)) for level in levels]
    return all(a == b or not a or not b for a, b in pairs)


def fill(place: Place, other: Place) -> Place:
    """Give a place with its empty levels filled from another that agrees with it; the point stays."""
    names = ("country", "country_code", "admin1", "admin2", "city", "venue")
    return replace(place, **{name: getattr(other, name) for name in names if not getattr(place, name)})


def with_country(place: Place, words: Sequence[PlaceWords], background: Place | None) -> Place:
    """Give a place its country from the other words or the article, where its own words name none."""
    if place.country_code:
        return place
    hint, _ = choose_country(words, background)
    precision = "country" if place.precision == "unknown" and hint.country_code else place.precision
    return replace(place, country=hint.country, country_code=hint.country_code, precision=precision)


def article_country(words: Sequence[PlaceWords]) -> Place | None:
    """Give the country that most of an article's places lie in, where that is clear."""
    weights: Counter[str] = Counter()
    named: dict[str, Place] = {}
    for one in words:
        if one.place.country_code and "border" not in one.rule:
            weights[one.place.country_code] += WEIGHTS[one.role]  # type: ignore[assignment]
            named.setdefault(one.place.country_code, one.place)
    if not weights:
        return None
    code, weight = weights.most_common(1)[0]
    if weight < CLEAR * sum(weights.values()):
        return None
    return article_city([w.place for w in words if w.role == "event" and says_where(w)]) or country_only(named[code])


def article_city(places: Sequence[Place]) -> Place | None:
    """Give the city that all places of an article's events lie in, where there is one."""
    cities = [p for p in places if p.city and p.precision == "city"]
    if not cities or any(not agree(p, cities[0]) for p in places):
        return None
    return replace(cities[0], venue="")
