"""The slide of the timeline: a lane for each city, a mark for each incident, as long as the doubt about its days.

Where there are more incidents than marks can be told apart, the lanes are a native table of counts by period.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from typing import Any

import pandas as pd
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR

from pipeline.brief.briefing import Briefing
from pipeline.brief.deck_draft import Draft
from pipeline.brief.deck_legend import Part, find_legend_height, put_legend
from pipeline.brief.deck_page import LEAST, Box, Page, Para, draw, paint, tell
from pipeline.brief.deck_table import Cell, Look, count_rows, put_table
from pipeline.brief.deck_words import count_of
from pipeline.brief.measure import measure
from pipeline.brief.notes import clean, read_day
from pipeline.brief.palette import FAMILIES, find_family
from pipeline.brief.periods import find_periods
from pipeline.brief.say import read_count, say_days, say_toll
from pipeline.brief.ticks import find_ticks

MOST_MARKS = 300
NAMES, TICK = 200, 86  # points: of the names of lanes, and of a name on the axis
AXIS, LOWEST, HIGHEST = 26, 27, 84  # points: of the axis, and of a lane
COLUMN, UNSURE = 54, 72
LEAST_DOT, MOST_DOT, THIN = 9, 30, 10
NOT_STATED = "(city not stated)"
ROWS = """SELECT incident_id, title, event_type, city AS lane, date_start, date_end, killed_low, killed_best,
killed_high, injured_low, injured_best, injured_high, casualties_low, casualties_best, casualties_high FROM shown
WHERE date_start IS NOT NULL AND date_end IS NOT NULL ORDER BY date_start, date_end, incident_id"""
BY_PERIOD = "SELECT city AS lane, {within} AS period, count(*) AS n FROM shown GROUP BY ALL"


@dataclass(frozen=True, slots=True)
class Mark:
    """One incident on a lane."""

    lane: str
    first: date
    last: date
    colour: str
    killed: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Axis:
    """Days, as numbers from the year 1, over the width of a field."""

    field: Box
    first: int
    last: int

    def find(self, day: date) -> float:
        """Give where a day begins; what lies beyond is put at the end."""
        share = (day.toordinal() - self.first) / (self.last + 1 - self.first)
        return self.field.left + self.field.width * min(1.0, max(0.0, share))


def tell_lanes(draft: Draft) -> None:
    """Put the slide; without a day, no slide."""
    briefing = draft.briefing
    counts = briefing.counts
    if counts.first is None:
        return
    page = draft.begin(_name(draft))
    dated = counts.shown - counts.undated
    if dated > MOST_MARKS:
        _put_table(draft, page)
        return
    marks = list(_read_marks(draft))
    _put_lanes(draft, page, marks)
    page.tell_speaker(*(mark.words for mark in marks), draft.standing)


def _name(draft: Draft) -> str:
    """Name the slide by the city with most incidents."""
    found = draft.store.ask(draft.briefing.view, "SELECT city, count(*) AS n FROM shown GROUP BY 1 ORDER BY 2 DESC, 1")
    named = [(clean(city), int(n)) for city, n in found.itertuples(index=False, name=None) if city]
    if not named or len(named) == 1:
        return "When it happened" + (f" in {named[0][0]}" if named else "")
    return f"When and where: {named[0][0]} has {named[0][1]:,} of {count_of(draft.briefing.n, 'incident')}"


def _read_marks(draft: Draft) -> Iterator[Mark]:
    """Give the marks of the incidents that have days."""
    for row in draft.store.ask(draft.briefing.view, ROWS).to_dict("records"):
        first, last = read_day(row["date_start"]), read_day(row["date_end"])
        assert first is not None and last is not None  # the question asks for them
        ends = (read_count(row[f"killed_{end}"]) for end in ("best", "low", "high"))
        lane, family = clean(row["lane"]) or NOT_STATED, find_family(row["event_type"])
        told = {str(name): cell for name, cell in row.items()}
        words = f"{say_days(first, last)}: {clean(row['title'])}; {say_toll(told)}."
        yield Mark(lane, first, last, family.light, next((n for n in ends if n is not None), None), words)


def _order(lanes: Counter[str], room: int) -> tuple[list[str], list[str]]:
    """Give the lanes of their own, fullest first and what is not stated last, and those that share one."""
    named = sorted((name for name in lanes if name != NOT_STATED), key=lambda name: (-lanes[name], name))
    room -= NOT_STATED in lanes
    kept = named if len(named) <= room else named[: max(0, room - 1)]
    return kept, named[len(kept) :]


def _put_lanes(draft: Draft, page: Page, marks: Sequence[Mark]) -> None:
    """Draw the lanes, their axis and what the marks mean."""
    body, counts = page.body, draft.briefing.counts
    legend = list(_list_legend(marks, counts.undated))
    under = find_legend_height(legend, body.width)
    field = Box(body.left + NAMES, body.top, body.width - NAMES, body.height - under - AXIS - 8)
    tally = Counter(mark.lane for mark in marks)
    kept, others = _order(tally, int(field.height // LOWEST))
    lanes = [*kept, *([None] if others else []), *([NOT_STATED] if NOT_STATED in tally else [])]
    high = min(HIGHEST, field.height / len(lanes))
    field = Box(field.left, field.top, field.width, high * len(lanes))
    axis = _find_axis(draft.briefing, field)
    place = {name: at for at, name in enumerate(lanes)}
    for name, at in place.items():
        words = name or f"{len(others):,} other cities"
        n = sum(tally[one] for one in others) if name is None else tally[name]
        _put_lane(page, Box(body.left, field.top + at * high, body.width, high), f"{words} · {n:,}", at)
    _put_axis(page, axis)
    drawn = [
        _put_mark(page, row, mark)
        for at in place.values()
        for row, mark in _stack(axis, [one for one in marks if place.get(one.lane, place.get(None)) == at], at, high)
    ]
    group = page.slide.shapes.add_group_shape(drawn)
    tell(
        group, "Incidents", f"{count_of(len(marks), 'incident')} on {count_of(len(lanes), 'lane')}, listed in the notes"
    )
    put_legend(page, Box(body.left, field.bottom + AXIS + 8, body.width, under), legend)


def _put_lane(page: Page, box: Box, words: str, at: int) -> None:
    """Draw one lane with its name."""
    if at % 2 == 0:
        band = draw(page.slide.shapes, MSO_SHAPE.RECTANGLE, box)
        paint(band, "#F4F5F4")
        band.name = "Lane"
    name, _, n = words.rpartition(" · ")
    room = NAMES - 12 - measure(f" · {n}", LEAST) * page.ground.wider
    text = Para(f"{page.fits(name, room)} · {n}", after=0)
    words_in = Box(box.left + 4, box.top, NAMES - 8, box.height)
    page.say(words_in, [text], anchor=MSO_ANCHOR.MIDDLE, name="Name of a lane")


def _find_axis(briefing: Briefing, field: Box) -> Axis:
    """Give the axis over the days that are asked and told, with a little air."""
    counts, view = briefing.counts, briefing.view
    assert counts.first is not None and counts.last is not None  # there is a day
    first = max(counts.first, view.since or counts.first)
    last = max(first, min(counts.last, view.until or counts.last))
    air = max(1, (last - first).days // 60)
    return Axis(field, max(first.toordinal() - air, 1), min(last.toordinal() + air, date.max.toordinal()))


def _put_axis(page: Page, axis: Axis) -> None:
    """Draw a line at some days, each with its name below."""
    field = axis.field
    ticks = find_ticks(date.fromordinal(axis.first), date.fromordinal(axis.last), int(field.width // TICK))
    for tick in ticks:
        left = axis.find(tick.day)
        line = draw(page.slide.shapes, MSO_SHAPE.RECTANGLE, Box(left, field.top, 0.75, field.height + 4))
        paint(line, "#B4BCC0")
        line.name = "Line"
        wide = measure(tick.name, LEAST) * page.ground.wider * 1.05 + 4
        if left + wide <= page.ground.width - 8:
            page.say(Box(left, field.bottom + 3, wide, 23), [Para(tick.name, muted=True, after=0)], name="Day")


def _stack(axis: Axis, marks: Sequence[Mark], at: int, high: float) -> list[tuple[Box, Mark]]:
    """Lay the marks of one lane out in rows, so that as few as can be lie on each other; give each its box."""
    ends, places = list[float](), list[tuple[int, float, float, Mark]]()
    for mark in marks:
        left, right = axis.find(mark.first), axis.find(mark.last + timedelta(days=1 if mark.last < date.max else 0))
        half = max(0.0, (LEAST_DOT + 2.2 * sqrt(mark.killed or 0) - (right - left)) / 2)
        free = [row for row, end in enumerate(ends) if end <= left - half]
        row = free[0] if free else len(ends) if (len(ends) + 1) * THIN <= high else ends.index(min(ends))
        ends[row : row + 1] = [right + half]
        places.append((row, left, right, mark))
    each = high / max(1, len(ends))
    top = axis.field.top + at * high
    return [(Box(left, top + row * each, right - left, each), mark) for row, left, right, mark in places]


def _put_mark(page: Page, box: Box, mark: Mark) -> Any:  # noqa: ANN401
    """Draw one incident: a dot on its day, or a hollow bar over the days that it can have happened on."""
    middle, edge = box.top + box.height / 2, page.body.right
    if mark.first == mark.last:
        size = max(6.0, min(MOST_DOT, box.height - 2, LEAST_DOT + 2.2 * sqrt(mark.killed or 0)))
        left = min(edge - size, max(page.body.left + NAMES, box.left + box.width / 2 - size / 2))
        shape = draw(page.slide.shapes, MSO_SHAPE.OVAL, Box(left, middle - size / 2, size, size))
        paint(shape, mark.colour, alpha=80)
    else:
        wide = max(8.0, box.width)
        shape = draw(
            page.slide.shapes, MSO_SHAPE.ROUNDED_RECTANGLE, Box(min(box.left, edge - wide), middle - 3.5, wide, 7)
        )
        paint(shape, mark.colour, hollow=True)
    tell(shape, "Incident", mark.words)
    return shape


def _list_legend(marks: Sequence[Mark], undated: int) -> Iterator[Part]:
    """Give what the marks mean."""
    present = {mark.colour for mark in marks}
    yield from (Part(family.label, MSO_SHAPE.OVAL, family.light) for family in FAMILIES if family.light in present)
    if any(mark.first == mark.last for mark in marks):
        yield Part("larger: more killed", MSO_SHAPE.OVAL)
    if any(mark.first != mark.last for mark in marks):
        yield Part("some day in it", MSO_SHAPE.ROUNDED_RECTANGLE, hollow=True, wide=True)
    if undated:
        yield Part(f"{undated:,} without a day not drawn")


def _put_table(draft: Draft, page: Page) -> None:
    """Put the lanes as a table of counts by period."""
    briefing, body = draft.briefing, page.body
    periods = find_periods(
        briefing.counts, briefing.view, "month", int((body.width - NAMES - COLUMN - UNSURE) // COLUMN)
    )
    assert periods is not None  # there is a first day
    found = draft.store.ask(briefing.view, BY_PERIOD.format(within=periods.within()))
    cells, lanes = Counter[tuple[str, int | None]](), Counter[str]()
    for city, when, n in found.itertuples(index=False, name=None):
        name = clean(city) or NOT_STATED
        cells[name, None if pd.isna(when) else int(when)] += int(n)
        lanes[name] += int(n)
    columns: list[int | None] = [*periods, *([None] if any(when is None for _, when in cells) else [])]
    kept, others = _order(lanes, count_rows(page, body.height - 74, 2))
    most = max(cells.values())
    rows = [_row(cells, [name], name, columns, most) for name in kept]
    rows += [_row(cells, others, f"{len(others):,} other cities", columns, most)] if others else []
    rows += [_row(cells, [NOT_STATED], NOT_STATED, columns, most)] if NOT_STATED in lanes else []
    each = (body.width - NAMES - COLUMN - UNSURE) / len(periods)
    widths = (NAMES, *(UNSURE if when is None else each for when in columns), COLUMN)
    heads = ["unsure" if when is None else periods.short(when) for when in columns]
    look = Look(widths, middle=frozenset(range(1, len(widths))), lines=1, air=2)
    room = Box(body.left, body.top, body.width, body.height - 26)
    put_table(page, room, look, ("city", *heads, "all"), rows, "Incidents by city and period")
    note = f"“unsure”: the days do not all lie in one {periods.step}, or are not stated. An empty cell: none recorded."
    low = Box(body.left, body.bottom - 23, body.width, 23)
    page.say(low, [Para(page.fits(note, low.width), muted=True, after=0)])
    page.tell_speaker(note, *(f"{name}: {n:,}." for name, n in lanes.most_common(60)), draft.standing)


def _row(cells: Counter[tuple[str, int | None]], of: Sequence[str], name: str, columns: Sequence[int | None],
         most: int) -> list[Cell]:  # fmt: skip
    """Give a row of counts, shaded by their share of the most."""
    row = [Cell(name)]
    for when in columns:
        n = sum(cells[one, when] for one in of)
        row.append(Cell(f"{n:,}" if n else "", shade=n / most if n and most else None))
    total = sum(n for (one, _), n in cells.items() if one in set(of))
    return [*row, Cell(f"{total:,}", bold=True)]
