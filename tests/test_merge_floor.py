"""How well merging does on two made-up newspapers of one world: a floor that may not sink.

The second paper tells each incident less exactly than the first: a province for a town, a month for a day, a rounder
kind, an early toll. Raise the floors when merging gets better; look at what it joined wrongly when it gets worse.
"""

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from stories import make_article, make_count, make_facts, make_report

from pipeline.incidents.merge import merge_reports
from pipeline.model import Article, Days, Place, Reading

INCIDENTS, DAYS = 600, 2000
FOUND, WRONG = 0.83, 0.02  # of all incidents; one day, town and kind twice by chance is half of what is wrong
COARSER = {"suicide bombing": ("bombing", "explosion"), "bombing": ("explosion",), "shooting": ("armed attack",)}
SITES = ("", "", "", "hotel", "police station", "Grand Theatre", "Blue Mosque", "Russian embassy", "North Gate")


def tell_exactly(rng: random.Random) -> str:
    kind = rng.choice(["suicide bombing", "bombing", "shooting", "armed attack", "stabbing"])
    day = date(2022, 1, 1) + timedelta(days=rng.randrange(DAYS))
    town = rng.choice(["Kabul"] * 3 + ["Herat", "Jalalabad", "Kandahar"])
    killed = int(rng.paretovariate(0.9))
    return f"{kind}; {day}; {town}; {rng.choice(SITES)}; killed {killed}"


def tell_loosely(words: str, rng: random.Random) -> str:
    kind, day, town, site, killed = words.split("; ")
    killed = rng.choice([killed, killed, f"killed {max(1, int(killed[7:]) * 4 // 5)}+", ""])
    kind = rng.choice([kind, *COARSER.get(kind, ())])
    day = rng.choice([day, day, day, day, f"{day[:8]}01/{day[:8]}28" if day[8:] <= "28" else day])
    return f"{kind}; {day}; {town}; {rng.choice([site, site, ''])}; {killed}"


def loosen_place(place: Place, rng: random.Random) -> Place:
    if rng.random() < 0.8:
        return place
    return replace(place, precision="province", city="", latitude=None, longitude=None)


def print_papers(rng: random.Random) -> tuple[list[Reading], list[Article]]:
    readings, articles = [], []
    for no in range(INCIDENTS):
        exact = tell_exactly(rng)
        loose = make_report(f"second-{no}", tell_loosely(exact, rng))
        loose = replace(loose, facts=replace(loose.facts, place=loosen_place(loose.facts.place, rng)))
        for report in (make_report(f"first-{no}", exact), loose):
            readings.append(Reading(article_id=report.article_id, reports=(report,)))
            articles.append(make_article(report.article_id, "2023-06-01"))
    return readings, articles


def test_two_papers_of_one_world():
    incidents, _ = merge_reports(*print_papers(random.Random(11)), [])
    told = [Counter(r.article_id.split("-")[1] for r in incident.reports) for incident in incidents]
    found = sum(2 in count.values() for count in told) / INCIDENTS
    wrong = sum(len(count) - 1 for count in told) / INCIDENTS
    assert found >= FOUND, f"only {found:.1%} of the incidents were recognised in the second paper"
    assert wrong <= WRONG, f"{wrong:.1%} were joined wrongly"


def test_the_made_up_world_is_what_it_says():
    facts = make_facts("bombing; 2022-09-30; Kabul; Grand Theatre; killed 19+")
    assert (facts.days, facts.killed) == (Days.parse("2022-09-30"), make_count("19+"))
