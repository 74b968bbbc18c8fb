"""Find the incidents that may be one and were not merged, so that a person can say.

Compared are only incidents of one place and week, of one named site, of one day's toll or of one article; a crowd is
taken apart by town, day, kind and toll first, so that an incident costs about as much among a million as among a
thousand. Nobody is asked about more than a few pairs of one incident.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from pipeline.incidents.reasons import DAYS_OFF, Side, Sign, weigh_reasons
from pipeline.model import Days, Incident, Published

ROOM = 40  # incidents in one block that are all compared with each other
LIKELY = 3.5  # points at which a pair is as likely one incident as two
STEP = 1.0  # points that multiply the odds by e
LEAST = 0.3  # weight below which nobody is asked
MOST = 3  # pairs of one incident that a person is asked about
LONGEST_IN_WEEKS = 31  # days

Key = tuple[str, ...]
Names = frozenset[str]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two incidents that may be one: how likely, and what speaks for and against it."""

    one: Incident
    other: Incident
    weight: float
    signs: Sequence[Sign]


def find_pairs(
    incidents: Sequence[Incident],
    published: Mapping[str, Published | None],
    settled: Collection[Names] = (),
) -> list[Pair]:
    """Give the pairs that a person should look at, the likeliest first.

    `published` is by article; `settled` are the pairs of ids that a person has decided on already. The smaller id is
    the first of a pair.
    """
    in_order = sorted(incidents, key=lambda incident: incident.incident_id)
    sides = [Side.of(incident, published.get(incident.leading.article_id)) for incident in in_order]
    found = []
    for pair in list_near(sides):
        one, other = sorted(pair)
        ours, theirs = sides[one].incident, sides[other].incident
        if is_settled(ours, theirs, settled):
            continue
        signs = weigh_reasons(sides[one], sides[other])
        if signs is not None and (weight := weigh(signs)) >= LEAST:
            found.append(Pair(ours, theirs, weight, signs))
    return keep_few(found)


def weigh(signs: Iterable[Sign]) -> float:
    """Give how likely the two are one, from 0 to 1.

    >>> weigh([Sign(3.0, "the same day"), Sign(0.5, "both name ISIS-K")])
    0.5
    """
    points = math.fsum(sign.points for sign in signs)
    return round(1 / (1 + math.exp((LIKELY - points) / STEP)), 3)


def is_settled(one: Incident, other: Incident, settled: Collection[Names]) -> bool:
    """Tell whether the two are linked, or a person has looked at both."""
    linked = other.incident_id in one.related_ids or one.incident_id in other.related_ids
    accepted = one.review_state == other.review_state == "accepted"
    return linked or accepted or frozenset((one.incident_id, other.incident_id)) in settled


def keep_few(pairs: Iterable[Pair]) -> list[Pair]:
    """Keep the likeliest pairs of each incident."""
    asked: Counter[str] = Counter()
    kept = []
    for pair in sorted(pairs, key=lambda pair: (-pair.weight, pair.one.incident_id, pair.other.incident_id)):
        ids = (pair.one.incident_id, pair.other.incident_id)
        if all(asked[i] < MOST for i in ids):
            asked.update(ids)
            kept.append(pair)
    return kept


def list_near(sides: Sequence[Side]) -> Iterator[tuple[int, int]]:
    """Give the numbers of each two that lie near each other in any way, once; days far apart are not near."""
    blocks: dict[Key, list[int]] = defaultdict(list)
    for no, side in enumerate(sides):
        for key in dict.fromkeys(_keys(side)):
            blocks[key].append(no)
    spans = [_span(side.facts.days) for side in sides]
    placed = [bool(side.facts.place.admin1) for side in sides]
    seen: set[tuple[int, int]] = set()
    for key, members in blocks.items():
        if key[0] == "country" and all(placed[no] for no in members):
            continue
        for pair in _pair_up(members, sides, TRAITS):
            if key[0] == "country" and all(placed[no] for no in pair):
                continue
            if pair not in seen and not _far_apart(spans[pair[0]], spans[pair[1]]):
                seen.add(pair)
                yield pair


def _span(days: Days | None) -> Span | None:
    """Give the ends of some days as numbers."""
    return (days.first.toordinal(), days.last.toordinal()) if days else None


def _far_apart(one: Span | None, other: Span | None) -> bool:
    """Tell whether days lie so far apart that the pair would be left out in any case: most of a block do."""
    return one is not None and other is not None and max(one[0], other[0]) - min(one[1], other[1]) > DAYS_OFF


def _pair_up(
    members: Sequence[int], sides: Sequence[Side], traits: Sequence[Callable[[Side], str]]
) -> Iterator[tuple[int, int]]:
    """Give each two of a block; of a crowd only those alike in ever more traits."""
    if len(members) <= ROOM:
        yield from combinations(members, 2)
    elif not traits:
        yield from pairwise(members)
    else:
        groups: dict[str, list[int]] = defaultdict(list)
        for no in members:
            groups[traits[0](sides[no])].append(no)
        for group in groups.values():
            yield from _pair_up(group, sides, traits[1:])


TRAITS: tuple[Callable[[Side], str], ...] = (
    lambda side: side.facts.place.city,
    lambda side: str(side.facts.days),
    lambda side: side.facts.event_type,
    lambda side: str(side.facts.killed.best),
)


def _keys(side: Side) -> Iterator[Key]:
    """Give the keys of the blocks that an incident lies in."""
    place, days = side.facts.place, side.facts.days
    country = place.country_code or place.country.casefold()
    for week in _weeks(days or _news_days(side)):
        if country:
            yield ("province", country, place.admin1.casefold(), week)
            yield ("country", country, week)
    for word in sorted(side.site.words) if country else ():
        yield ("site", country, word[:6])
    killed = side.facts.killed.best
    if days and len(days) <= 2 and killed is not None and killed >= 5:
        yield ("toll", str(days.first), str(killed))
    yield from (("article", name) for name in sorted(side.articles))


def _weeks(days: Days | None) -> list[str]:
    """Give the weeks that some days lie in, and those next to a day at their edge; none for a range too long."""
    if days is None or len(days) > LONGEST_IN_WEEKS:
        return []
    wide = days.widened(1)
    return [str(week) for week in range(wide.first.toordinal() // 7, wide.last.toordinal() // 7 + 1)]


def _news_days(side: Side) -> Days | None:
    """Give the days of publication of an incident without a day: the news it tells may be theirs."""
    return Days(side.published.first, side.published.last) if side.published else None
