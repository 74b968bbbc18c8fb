"""Make readings without texts: what a reader would find in a wire of so many reports, for measuring what comes after.

The incidents, towns, days and tolls are drawn as for the articles, one report to an article; a telling is as exact as
the wire's own are after reading. Records of one town share its place, as those of one build do.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from pipeline.model import Article, Count, Days, Facts, Mention, Place, Published, Reading, Report, Sentence
from pipeline.places.gazetteer import Gazetteer
from wire.articles import Desk
from wire.happenings import Happening, World
from wire.phrases import count_people, say_day
from wire.stream import PER_DAY, TELLINGS, find_start
from wire.towns import Town, list_lands

WEAPONS = {"suicide bombing": "explosives", "bombing": "explosives", "shooting": "firearms", "shelling": "artillery",
           "air or drone strike": "aircraft", "stabbing": "melee"}  # fmt: skip
TARGETS = {"market": "market", "mosque": "religious site", "church": "religious site", "school": "school",
           "hospital": "hospital", "checkpoint": "police", "post": "military", "station": "transport"}  # fmt: skip
VENUES = 0.4  # share of the reports that name the building
TOLD_IN_WORDS = "People in the town spoke of what they had seen and heard."


@dataclass(frozen=True, slots=True)
class Records:
    """What merging needs: readings and the articles that they are of; every article is a story of its own."""

    readings: list[Reading]
    articles: list[Article]


def make_records(reports: int, seed: int = 7, texts: bool = False) -> Records:
    """Give so many reports, in as many articles; with `texts` these are worded, else they share one sentence."""
    readings, articles = [], []
    desk = Desk(World(list_lands()), random.Random(seed))
    for number, (one, published) in enumerate(stream_tellings(reports, seed)):
        article_id = f"r{number:08d}"
        day = Published(published, published)
        text = desk.tell(one, published).text if texts else TOLD_IN_WORDS
        articles.append(Article(article_id=article_id, text=text, published=day, outlet="The Wire"))
        report = make_report(one, article_id, published, random.Random(number))
        readings.append(Reading(article_id=article_id, reports=(report,)))
    return Records(readings, articles)


def stream_tellings(reports: int, seed: int) -> Iterator[tuple[Happening, date]]:
    """Give incidents with the day on which one article more tells of them; more reports take more years."""
    rng, world = random.Random(seed), World(list_lands())
    day, told = find_start(reports, PER_DAY), 0
    while told < reports:
        for one in [world.draw(rng, day) for _ in range(PER_DAY)]:
            for _ in range(rng.choices(range(1, 7), TELLINGS)[0]):
                if told < reports:
                    yield one, day + timedelta(days=rng.randrange(3))
                told += 1
        day += timedelta(days=1)


def make_report(one: Happening, article_id: str, published: date, rng: random.Random) -> Report:
    """Give one telling: now and then without the building, with the earlier toll, or with a month for a day."""
    venue = one.site.split(" ", 1)[1] if rng.random() < VENUES else ""
    month = rng.random() < 0.05
    day = Days(one.day.replace(day=1), one.day) if month else Days(one.day, one.day)
    killed = rng.choice((one.killed, one.killed_later))
    text = f"{one.kind.capitalize()} at {one.site} in {one.town.name}, {count_people(killed)} killed, {article_id}."
    said = Sentence(0, 0, len(text), text, 0, "body")
    facts = Facts(
        event_type=one.kind,
        days=day,
        date_text=say_day(rng, one.day, published),
        date_basis="relative",
        place=place_town(one.town, venue),
        target_type=TARGETS.get(venue.rpartition(" ")[2], "unknown"),
        target_text=venue,
        weapon=WEAPONS.get(one.kind, "unknown"),
        perpetrator=one.group if rng.random() < 0.6 else "",
        attribution="attributed" if one.group else "unknown",
        killed=Count(killed, killed, killed, "exact"),
        injured=Count(one.injured, one.injured, one.injured, "exact"),
    )
    mention = Mention(sentence=said, trigger="attack", fields=("date", "place", "killed"))
    return Report(article_id=article_id, facts=facts, mentions=(mention,), confidence=0.8)


@cache
def place_town(town: Town, venue: str) -> Place:
    """Give the place of a town, or of a building in it."""
    entry = next(
        e for e in open_gazetteer().lookup(town.name)
        if e.kind == "city" and (e.country_code, e.admin1) == (town.country_code, town.admin1)
    )  # fmt: skip
    return Place(
        precision="site" if venue else "city",
        country=town.country,
        country_code=town.country_code,
        admin1=town.admin1,
        admin2=entry.admin2,
        city=town.name,
        venue=venue,
        latitude=entry.latitude,
        longitude=entry.longitude,
        radius_km=entry.radius_km,
        geo_id=entry.geo_id,
        text=town.name,
    )


@cache
def open_gazetteer() -> Gazetteer:
    """Open the gazetteer once."""
    return Gazetteer.open()
