"""Let days go by: incidents happen, articles tell of them as they are published, copies and follow-ups come later.

About `PER_DAY` incidents a day over the whole world, as a large database of attacks has them, so that more articles
mean more years, not more crowded weeks. What is held is the last days only.
"""

import heapq
import math
import random
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

from wire.articles import Desk, Piece
from wire.happenings import Happening, World
from wire.towns import list_lands

PER_DAY = 40  # incidents
END = date(2024, 12, 31)
ARTICLES_PER_INCIDENT = 2.5  # those without any incident among them
TELLINGS = (55, 22, 12, 6, 3, 2)  # percent of incidents that are told 1, 2 ... 6 times
TOLD = sum(times * share for times, share in enumerate(TELLINGS, 1)) / 100
SEVERAL = 0.07  # articles that tell of several incidents, for each incident
COPIES = {"exact": 0.3, "near": 0.4, "cut": 0.3}
COPIED = 0.4  # share of the tellings after the first that are copies of one before
OPEN_DAYS = 10  # after which nobody tells of an incident any more

Job = Callable[[date], Piece]


@dataclass(slots=True)
class Schedule:
    """What is to be published on coming days."""

    jobs: list[tuple[date, int, Job]] = field(default_factory=list)
    turns: Iterator[int] = field(default_factory=count)

    def put(self, day: date, job: Job) -> None:
        """Plan an article for a day."""
        heapq.heappush(self.jobs, (day, next(self.turns), job))

    def due(self, day: date) -> Iterator[Piece]:
        """Write what is due, in the order it was planned; writing may plan more."""
        while self.jobs and self.jobs[0][0] <= day:
            yield heapq.heappop(self.jobs)[2](day)


def stream_pieces(articles: int, seed: int, per_day: int = PER_DAY) -> Iterator[Piece | Happening]:
    """Give articles in the order of publication, and each incident when all that tells of it has been given."""
    rng = random.Random(seed)
    world = World(list_lands())
    desk, schedule, recent = Desk(world, rng), Schedule(), deque[Happening]()
    day, given = find_start(articles, per_day), 0
    while given < articles:
        today = [world.draw(rng, day) for _ in range(per_day)]
        for one in today:
            plan_tellings(one, desk, schedule, rng)
        recent.extend(today)
        plan_rest(list(recent), desk, schedule, rng, day, per_day)
        for piece in schedule.due(day):
            yield piece
            given += 1
            if given == articles:
                break
        while recent and recent[0].day < day - timedelta(days=OPEN_DAYS):
            yield recent.popleft()
        day += timedelta(days=1)
    yield from recent


def find_start(articles: int, per_day: int) -> date:
    """Give the day on which a wire of so many articles begins; raises ValueError where the calendar is too short."""
    days = math.ceil(articles / ARTICLES_PER_INCIDENT / per_day)
    if days >= END.toordinal():
        raise ValueError(f"{articles:,} articles take {days:,} days: choose more than {per_day} incidents a day")
    return END - timedelta(days=days)


def plan_tellings(one: Happening, desk: Desk, schedule: Schedule, rng: random.Random) -> None:
    """Plan the articles that tell of an incident: the first soon, others and copies in the following days."""
    times = rng.choices(range(1, 7), TELLINGS)[0]
    copies = sum(rng.random() < COPIED for _ in range(times - 1))

    def tell_first(day: date) -> Piece:
        piece = desk.tell(one, day)
        for _ in range(copies):
            how = rng.choices(list(COPIES), list(COPIES.values()))[0]
            schedule.put(day + timedelta(days=rng.randrange(2)), lambda at, how=how: desk.copy(piece, how, at))
        return piece

    first = one.day + timedelta(days=rng.randrange(2))
    schedule.put(first, tell_first)
    for turn in range(times - 1 - copies):
        if one.killed_later > one.killed and turn == 0:
            schedule.put(first + timedelta(days=1 + rng.randrange(3)), lambda at: desk.tell_later(one, at))
        else:
            schedule.put(first + timedelta(days=rng.randrange(2)), lambda at: desk.tell(one, at))


def plan_rest(
    recent: list[Happening], desk: Desk, schedule: Schedule, rng: random.Random, day: date, per_day: int
) -> None:
    """Plan the articles of several incidents and those of none."""
    for _ in range(draw_count(rng, SEVERAL * per_day)):
        lead = rng.choice(recent)
        near = [one for one in recent if one.town.country == lead.town.country and one.town != lead.town]
        if near:
            several = [lead, *rng.sample(near, min(len(near), rng.choice((1, 2))))]
            schedule.put(day, lambda at, several=several: desk.tell_several(several, at))
    for _ in range(draw_count(rng, (ARTICLES_PER_INCIDENT - TOLD - SEVERAL) * per_day)):
        schedule.put(day, desk.tell_quiet)


def draw_count(rng: random.Random, mean: float) -> int:
    """Draw a whole number that is `mean` on average."""
    return int(mean) + (rng.random() < mean % 1)
