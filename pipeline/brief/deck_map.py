"""The slide of the map: the picture, the provinces with most incidents beside it, and what is not drawn."""

from collections.abc import Iterator

from pptx.enum.shapes import MSO_SHAPE

from pipeline.brief.briefing import BORDERS, Briefing
from pipeline.brief.deck_draft import Draft
from pipeline.brief.deck_legend import Part, find_legend_height, put_legend
from pipeline.brief.deck_page import Box, Para
from pipeline.brief.deck_table import Cell, Look, put_table
from pipeline.brief.deck_words import count_of
from pipeline.brief.maps import draw_map
from pipeline.brief.notes import clean
from pipeline.brief.palette import FAMILIES
from pipeline.brief.places import say_killed

SIDE = 300  # points of the column beside the map
NUMBER = 64
GAP = 20
SCALE = 2.6  # the picture is drawn so much smaller, so that its letters are large on the slide
MM = 25.4 / 72  # of a point
DPI = 420
# The shapes of the picture's marks.
SHAPES = {
    "bombing": MSO_SHAPE.OVAL, "shooting": MSO_SHAPE.RECTANGLE, "killing": MSO_SHAPE.DIAMOND,
    "strike": MSO_SHAPE.ISOSCELES_TRIANGLE, "kidnapping": MSO_SHAPE.REGULAR_PENTAGON,
    "other": MSO_SHAPE.FLOWCHART_MERGE,
}  # fmt: skip


def tell_map(draft: Draft) -> None:
    """Put the slide; nothing to draw, no slide."""
    briefing = draft.briefing
    if not briefing.places:
        return
    page = draft.begin(_name(draft))
    body = page.body
    legend = list(_list_legend(briefing))
    under = find_legend_height(legend, body.width)
    low = Box(body.left, body.bottom - 44, body.width, 44)
    page.say(low, [Para(page.fits(BORDERS, body.width, 2), muted=True, after=0)], name="Borders")
    put_legend(page, Box(body.left, low.top - under - 4, body.width, under), legend)
    field = Box(body.left, body.top, body.width - SIDE - GAP, body.height - under - 56)
    size = (field.width / SCALE * MM, field.height / SCALE * MM)
    drawn = draw_map(briefing, size, legend=False, form="png", dpi=DPI)
    provinces = briefing.provinces.provinces
    listed = "; ".join(f"{one.shape.name} {one.count:,}" for one in provinces[:12])
    page.show(
        field, drawn.content, f"Map of {count_of(len(briefing.places), 'place')}. Incidents by province: {listed}."
    )
    hints = _list_hints(draft, drawn.outside)
    beside = Box(field.right + GAP, field.top, SIDE, field.height)
    if provinces:
        rows = [[Cell(clean(one.shape.name)), Cell(f"{one.count:,}")] for one in provinces]
        look = Look((SIDE - NUMBER, NUMBER), frozenset({1}), lines=1, air=1, sizes=(20, 18))
        put_table(page, beside, look, ("province", "n"), rows, "Incidents by province",
                  lambda n: [Cell(f"and {n:,} more"), Cell("")])  # fmt: skip
    told = [f"{one.shape.name}: {count_of(one.count, 'incident')}, {say_killed(one.killed)}." for one in provinces]
    page.tell_speaker(*hints, f"Projection: {drawn.projection}.", *told, BORDERS, draft.standing)


def _name(draft: Draft) -> str:
    """Name the slide by the province with most incidents."""
    provinces, n = draft.briefing.provinces.provinces, draft.briefing.n
    if len(provinces) < 2:
        return f"Where it happened: {clean(provinces[0].shape.name)}" if provinces else "Where it happened"
    first = provinces[0]
    return f"Where it happened: {clean(first.shape.name)} has {first.count:,} of {count_of(n, 'incident')}"


def _list_legend(briefing: Briefing) -> Iterator[Part]:
    """Give what the marks mean."""
    present = {place.family.key for place in briefing.places}
    for family in FAMILIES:
        if family.key in present:
            yield Part(family.label, SHAPES[family.key], family.light)
    if any(not place.precise for place in briefing.places):
        yield Part("hollow: known to the area only", MSO_SHAPE.OVAL, hollow=True)
    if briefing.counts.unplaced:
        yield Part(f"{briefing.counts.unplaced:,} without a point not drawn")


def _list_hints(draft: Draft, outside: int) -> list[str]:
    """Say for the notes what is not drawn, and what the numbers are."""
    hints = ["A mark stands for the incidents of a place, larger ones bear their number."]
    if draft.briefing.counts.unplaced:
        hints.append(f"{draft.briefing.counts.unplaced:,} without a point are not drawn.")
    if outside:
        hints.append(f"{count_of(outside, 'place')} outside the map.")
    return hints
