"""What marks on a slide mean: native shapes with words beside them, on as many lines as they need."""

from collections.abc import Sequence
from dataclasses import dataclass

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR

from pipeline.brief.deck_page import LEAST, Box, Page, Para, draw, paint
from pipeline.brief.measure import measure

LINE = 26.0  # points
GAP = 20
GREY = "#56626A"


@dataclass(frozen=True, slots=True)
class Part:
    """One mark and its words; None is words alone."""

    words: str
    shape: MSO_SHAPE | None = None
    colour: str = GREY
    hollow: bool = False
    wide: bool = False

    @property
    def lead(self) -> float:
        """Give the room that the mark takes."""
        return 0 if self.shape is None else 30 if self.wide else 20


def find_legend_height(parts: Sequence[Part], width: float) -> float:
    """Give the height of a legend in a box so wide."""
    return LINE * (_lay(parts, width)[-1][1] + 1) if parts else 0.0


def put_legend(page: Page, box: Box, parts: Sequence[Part]) -> None:
    """Put a legend into a box."""
    for part, (left, line) in zip(parts, _lay(parts, box.width), strict=True):
        top = box.top + line * LINE
        middle = top + LINE / 2
        if part.shape is not None:
            size = Box(box.left + left, middle - 4, 24, 8) if part.wide else Box(box.left + left, middle - 7, 14, 14)
            shape = draw(page.slide.shapes, part.shape, size)
            paint(shape, part.colour, hollow=part.hollow)
            shape.name = "Legend"
        text = Box(box.left + left + part.lead, top, _wide(part.words) * page.ground.wider, LINE)
        page.say(text, [Para(part.words, after=0)], anchor=MSO_ANCHOR.MIDDLE, name="Legend")


def _wide(words: str) -> float:
    """Give the width of words, with a little more than they need."""
    return measure(words, LEAST) * 1.04 + 3


def _lay(parts: Sequence[Part], width: float) -> list[tuple[float, int]]:
    """Give the left end and the line of each part."""
    places, left, line = list[tuple[float, int]](), 0.0, 0
    for part in parts:
        wide = part.lead + _wide(part.words)
        if left and left + wide > width:
            left, line = 0.0, line + 1
        places.append((left, line))
        left += wide + GAP
    return places
