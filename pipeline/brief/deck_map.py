"""The slide of the map: the picture, the provinces with most incidents beside it, and what is not drawn."""

from pipeline.brief.briefing import BORDERS
from pipeline.brief.deck_draft import Draft
from pipeline.brief.deck_page import Box, Para
from pipeline.brief.deck_table import Cell, Look, put_table
from pipeline.brief.deck_words import count_of
from pipeline.brief.maps import draw_map
from pipeline.brief.measure import LINE
from pipeline.brief.notes import clean
from pipeline.brief.places import say_killed

SIDE = 300  # points of the column beside the map
NUMBER = 64
GAP = 20
SCALE = 2.6  # the picture is drawn so much smaller, so that its letters are large on the slide
MM = 25.4 / 72  # of a point
DPI = 420


def tell_map(draft: Draft) -> None:
    """Put the slide; nothing to draw, no slide."""
    briefing = draft.briefing
    if not briefing.places:
        return
    page = draft.begin(_name(draft))
    body = page.body
    borders = page.fits(BORDERS, body.width, 2)
    low = Box(body.left, body.bottom - 44, body.width, 44)
    page.say(low, [Para(borders, muted=True, after=0)], name="Borders")
    field = Box(body.left, body.top, body.width - SIDE - GAP, body.height - 52)
    size = (field.width / SCALE * MM, field.height / SCALE * MM)
    drawn = draw_map(briefing, size, legend=False, form="png", dpi=DPI)
    provinces = briefing.provinces.provinces
    listed = "; ".join(f"{one.shape.name} {one.count:,}" for one in provinces[:12])
    page.show(
        field, drawn.content, f"Map of {count_of(len(briefing.places), 'place')}. Incidents by province: {listed}."
    )
    beside = Box(field.right + GAP, field.top, SIDE, field.height)
    hints = _list_hints(draft, drawn.outside)
    words = page.fits(" ".join(hints), SIDE, 7)
    high = len(Para(words).whole) and Para(words).lines(SIDE, page.ground.wider) * 18 * LINE
    if provinces:
        rows = [[Cell(clean(one.shape.name)), Cell(f"{one.count:,}")] for one in provinces]
        look = Look((SIDE - NUMBER, NUMBER), frozenset({1}), lines=1, air=2, sizes=(18,))
        room = Box(beside.left, beside.top, SIDE, beside.height - high - 10)
        put_table(page, room, look, ("province", "n"), rows, "Incidents by province",
                  lambda n: [Cell(f"and {n:,} more"), Cell("")])  # fmt: skip
    page.say(
        Box(beside.left, beside.bottom - high - 2, SIDE, high + 2), [Para(words, muted=True, after=0)], name="Hints"
    )
    told = [f"{one.shape.name}: {count_of(one.count, 'incident')}, {say_killed(one.killed)}." for one in provinces]
    page.tell_speaker(*hints, f"Projection: {drawn.projection}.", *told, BORDERS, draft.standing)


def _name(draft: Draft) -> str:
    """Name the slide by the province with most incidents."""
    provinces, n = draft.briefing.provinces.provinces, draft.briefing.n
    if len(provinces) < 2:
        return f"Where it happened: {clean(provinces[0].shape.name)}" if provinces else "Where it happened"
    first = provinces[0]
    return f"Where it happened: {clean(first.shape.name)} has {first.count:,} of {count_of(n, 'incident')}"


def _list_hints(draft: Draft, outside: int) -> list[str]:
    """Say what the marks mean and what is not drawn."""
    briefing = draft.briefing
    hints = ["Marks bear their incidents."]
    if any(not place.precise for place in briefing.places):
        hints.append("Hollow: known to the district or province only.")
    if briefing.counts.unplaced:
        hints.append(f"{briefing.counts.unplaced:,} without a point are not drawn.")
    if outside:
        hints.append(f"{count_of(outside, 'place')} outside the map.")
    return hints
