"""Small records for the tests of the second half: articles, reports and readings made of a few words each."""

import re
from datetime import date

from pipeline.model import (
    Article,
    Count,
    Days,
    Facts,
    Figure,
    Mention,
    Place,
    Published,
    Reading,
    Report,
    Sentence,
    Story,
)

PROVINCES = {"Nangarhar", "Balkh"}
TOWNS = {
    "Kabul": ("Kabul", 34.52813, 69.17233),
    "Herat": ("Herat", 34.34817, 62.19967),
    "Jalalabad": ("Nangarhar", 34.42647, 70.45153),
    "Kandahar": ("Kandahar", 31.61332, 65.71013),
}
GROUPS = {"ISIS-K", "TTP"}


def make_place(name: str, venue: str = "") -> Place:
    """A town, a province or the country of the tests; nowhere for an empty name."""
    known = {"country": "Afghanistan", "country_code": "AF", "venue": venue, "text": name}
    if name in TOWNS:
        province, latitude, longitude = TOWNS[name]
        return Place(
            precision="city", city=name, admin1=province, latitude=latitude, longitude=longitude, radius_km=5.0, **known
        )
    if name in PROVINCES:
        return Place(precision="province", admin1=name, **known)
    return Place(precision="country", **known) if name else Place(venue=venue)


def make_count(words: str) -> Count:
    """`19`, `19+` (at least), `10-12`, `~50` (about), or nothing."""
    if not words:
        return Count()
    if words.endswith("+"):
        return Count(int(words[:-1]), int(words[:-1]), None, "open_high")
    if words.startswith("~"):
        return Count(*[int(words[1:])] * 3, "approximate")
    low, _, high = words.partition("-")
    return Count(int(low), int(low), int(high or low), "exact" if int(low) else "stated_zero")


def make_facts(words: str) -> Facts:
    """Facts written `kind; days; place; ...`, then in any order `killed 19`, a group, @target, a site, `foiled`."""
    kind, days, place, *rest = (part.strip() for part in (words + ";;").split(";"))
    told = {"killed": "", "injured": "", "group": "", "target": "unknown", "venue": "", "status": "occurred"}
    for part in filter(None, rest):
        measure = re.fullmatch(r"(killed|injured) (\S+)", part)
        if measure:
            told[measure[1]] = measure[2]
        elif part.startswith("@"):
            told["target"] = part[1:]
        else:
            key = "group" if part in GROUPS else "status" if part in ("foiled", "alleged", "denied") else "venue"
            told[key] = part
    return Facts(
        event_type=kind,
        status=told["status"],
        days=Days.parse(days) if days else None,
        date_text=days,
        date_basis="explicit" if days else "",
        place=make_place(place, told["venue"]),
        target_type=told["target"],
        perpetrator=told["group"],
        attribution="attributed" if told["group"] else "unknown",
        killed=make_count(told["killed"]),
        injured=make_count(told["injured"]),
    )


def make_report(article_id: str, words: str, start: int = 0, sentence: str = "", **more: object) -> Report:
    """A report of these facts, told in one sentence."""
    text = sentence or f"Sentence {start} of {article_id} tells of {words}."
    said = Sentence(start, start, start + len(text), text, start, "body")
    return Report(
        article_id=article_id,
        facts=make_facts(words),
        mentions=(Mention(sentence=said, trigger="attack"),),
        start=start,
        **{"confidence": 0.8, **more},
    )


def make_figure(measure: str, count: str, claimant_type: str) -> Figure:
    """A figure with who said it."""
    return Figure(
        measure=measure,
        count=make_count(count),
        words=count,
        start=0,
        end=1,
        sentence_no=0,
        claimant_type=claimant_type,
    )


def make_reading(article_id: str, *words: str, sentences: tuple[str, ...] = ()) -> Reading:
    """A reading with a report for each of the facts."""
    told = zip(range(0, 100 * len(words), 100), words, sentences or [""] * len(words), strict=True)
    return Reading(article_id=article_id, reports=tuple(make_report(article_id, w, s, t) for s, w, t in told))


def make_article(article_id: str, published: str = "", **more: str) -> Article:
    """An article of that id."""
    day = Published(date.fromisoformat(published), date.fromisoformat(published)) if published else None
    return Article(article_id=article_id, text="A text.", published=day, outlet=f"The {article_id} Post", **more)


def make_story(article_id: str, copy_of: str = "") -> Story:
    """An original, or a copy of one."""
    return Story(
        article_id=article_id, story_id=copy_of or article_id, copy_of=copy_of, copy_kind="near" if copy_of else ""
    )
