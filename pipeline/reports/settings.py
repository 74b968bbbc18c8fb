"""Place each telling in its article: the days, places and quiet sentences around it that hold for it.

A telling often leaves day and place to the sentence that leads up to it, or to the heading that it stands under.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from pipeline.dates.find import choose_days
from pipeline.dates.statements import is_statement_date
from pipeline.kinds.read import read_event_type
from pipeline.model import Block, DateWords, Days, Place, PlaceWords, Sentence
from pipeline.places.find import choose_place
from pipeline.reports.mentions import APART, SCENE, Telling

T = TypeVar("T", DateWords, PlaceWords)
BOUNDS = ("since", "until", "year_modifier", "past", "decade")  # rules of dates that bound a time and name no day
KINDS = {
    "suicide bombing": "blast",
    "bombing": "blast",
    "explosion": "blast",
    "vehicle attack": "blast",
    "air or drone strike": "strike",
    "shelling": "strike",
    "kidnapping": "kidnapping",
    "hijacking": "kidnapping",
    "stabbing": "blade",
    "arson": "fire",
    "shooting": "guns",
    "execution": "guns",
    "assassination": "guns",
}
TURN = 40  # characters of a sentence in which it turns to another incident
COMMON = frozenset(
    "attack bombing blast explosion shooting raid people person man woman group police officer official city "
    "province country area "
    "district town security force government authority number time day week month year incident bomb member "
    "fighter militant "
    "responsibility statement report state other injury death killing bomber gunman attacker suicide island "
    "islamic".split()
)


@dataclass(frozen=True, slots=True)
class Layout:
    """All of an article that tellings stand among; `heads` has the date of the heading over each block."""

    sentences: Sequence[Sentence]
    blocks: Sequence[Block]
    dates: Sequence[DateWords]
    places: Sequence[PlaceWords]
    heads: Sequence[DateWords | None]

    @property
    def is_list(self) -> bool:
        """Tell whether the article has entries that begin with a date of their own: one alone is no list."""
        return sum(self.opens_with_date(block) for block in self.blocks) > 1

    def opens_with_date(self, block: Block) -> bool:
        """Tell whether a block begins with the date that holds for it."""
        head = self.heads[block.no]
        return head is not None and block.start <= head.start < block.end


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Day, place and context of one telling, before it is given to a draft."""

    telling: Telling
    dates: tuple[DateWords, ...]
    places: tuple[PlaceWords, ...]
    support: tuple[Sentence, ...]
    head: DateWords | None
    own_head: bool  # an entry of a list, with its own date
    quiet_days: bool  # the days stand in a sentence beside it, and so may be of something else
    family: str
    words: frozenset[str]

    @cached_property
    def names_place(self) -> bool:
        """Tell whether the telling's own words name the place of what happened."""
        return any(p.role == "event" and self.telling.start <= p.start < self.telling.end for p in self.places)

    @cached_property
    def days(self) -> Days | None:
        """The days that the telling's own words, or the heading above it, name."""
        return days_of(self.dates, self.head)

    @cached_property
    def place(self) -> Place:
        """The place that the telling's words name."""
        return event_place(self.places)


def place_tellings(tellings: Sequence[Telling], layout: Layout) -> list[Setting]:
    """Give the setting of each telling that can be of one incident."""
    rare, listed = rare_words(tellings, layout.places), layout.is_list
    loud = {t.sentence.no for t in tellings}
    return [place_telling(t, layout, loud, rare, listed) for t in tellings if t.general != "total"]


def place_telling(telling: Telling, layout: Layout, loud: set[int], rare: frozenset[str], listed: bool) -> Setting:
    """Gather the days, places and quiet sentences that go with one telling."""
    block = layout.blocks[telling.sentence.block]
    opens = layout.opens_with_date(block)
    head = layout.heads[block.no] if listed or not opens else None
    support = support_of(telling, layout.sentences, loud)
    dates = own_dates(telling, layout.dates, head if listed else None)
    quiet = not any(d.days for d in dates)
    if quiet:
        dates += [d for s in support for d in within(layout.dates, [(s.start, s.end)]) if tells_day(s, d, telling)]
    whole = (telling.sentence.start, telling.sentence.end)
    places = within(layout.places, [whole if telling.target or telling.led else (telling.start, telling.end)])
    if not any(p.role == "event" for p in places):
        beside = [s for s in support if s.start < telling.start or not telling.definite]
        places += within(layout.places, [(s.start, s.end) for s in beside])
    return Setting(
        telling=led_into(telling, support),
        dates=tuple(d for d in dates if d != head),
        places=tuple(places),
        support=tuple(support),
        head=head,
        own_head=listed and opens,
        quiet_days=quiet,
        family=KINDS.get(read_event_type([telling.text]), ""),
        words=(telling.lemmas | quiet_words(telling, support)) & rare,
    )


def led_into(telling: Telling, support: Sequence[Sentence]) -> Telling:
    """Give a telling the turn to another incident that the quiet sentence before it takes: "An hour later, ..."."""
    opening = next((s.text for s in support if s.start < telling.start), "")
    turns, scene = bool(APART.search(opening[:TURN])), bool(SCENE.match(opening))
    return replace(telling, apart=telling.apart or turns, sets_scene=telling.sets_scene or scene)


def own_dates(telling: Telling, dates: Sequence[DateWords], head: DateWords | None) -> list[DateWords]:
    """Give the dates in a telling's own words that are no days of statements, nor stand before the date it heads."""
    whole = (telling.sentence.start, telling.sentence.end)
    found = within(dates, [whole if telling.target else (telling.start, telling.end)])
    if telling.beside and not telling.apart and not any(d.days for d in found):
        found = within(dates, [whole])
    behind = head.end if head is not None and telling.sentence.start <= head.start < telling.sentence.end else 0
    return [d for d in found if d.start >= behind and not is_statement_date(telling.sentence, d)]


def tells_day(sentence: Sentence, date: DateWords, telling: Telling) -> bool:
    """Tell whether a date in a quiet sentence beside a telling can be the day of what is told.

    Before the telling it sets the scene; behind it only a day is near enough to be meant.
    """
    if sentence.start > telling.start and (date.days is None or len(date.days) > 2):
        return False
    return date.rule not in BOUNDS and not is_statement_date(sentence, date)


def support_of(telling: Telling, sentences: Sequence[Sentence], loud: set[int]) -> list[Sentence]:
    """Give the quiet sentences of a telling's paragraph that go with it: before the first telling, and behind it."""
    no, block = telling.sentence.no, telling.sentence.block
    before: list[Sentence] = []
    n = no - 1
    while n >= 0 and sentences[n].block == block and n not in loud:
        before.insert(0, sentences[n])
        n -= 1
    reached_start = n < 0 or sentences[n].block != block
    after: list[Sentence] = []
    n = no + 1
    while n < len(sentences) and sentences[n].block == block and n not in loud:
        after.append(sentences[n])
        n += 1
    return (before if reached_start else []) + after


def within(found: Sequence[T], spans: Sequence[tuple[int, int]]) -> list[T]:
    """Give what lies within any of the spans."""
    return [f for f in found if any(a <= f.start < b for a, b in spans)]


def days_of(dates: Sequence[DateWords], head: DateWords | None) -> Days | None:
    """Give the days that words name, else those of the heading above them."""
    chosen = choose_days(dates) if dates else None
    if chosen and chosen.days:
        return chosen.days
    return head.days if head else None


def event_place(places: Sequence[PlaceWords]) -> Place:
    """Give the place that words in, at or near a place name; a nationality is none."""
    named = [p for p in places if p.role in ("event", "dateline")]
    return choose_place(named)[0] if named else Place()


def quiet_words(telling: Telling, support: Sequence[Sentence]) -> frozenset[str]:
    """Give the words of the quiet sentences that lead up to a telling."""
    before = " ".join(s.text for s in support if s.start < telling.start)
    return frozenset(re.findall(r"[a-z]{4,}", before.lower()))


def rare_words(tellings: Sequence[Telling], places: Sequence[PlaceWords]) -> frozenset[str]:
    """Give the words that tell one incident of an article from another: neither everyday words of violence nor places.

    A word that runs through the whole article, like the name of its subject, tells nothing apart either.
    """
    levels = ("city", "admin1", "admin2", "country")
    names = {w for p in places for level in levels for w in getattr(p.place, level).lower().split()}
    count = Counter(w.lower() for t in tellings for w in t.lemmas)
    most = max(3, len(tellings) // 5)
    return frozenset(w for w, n in count.items() if n <= most and w not in COMMON and w not in names)
