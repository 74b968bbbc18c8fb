"""The marks of the maps in files: those of the page, with a shape for each family of types beside its colour.

A mark's area is its number of incidents. Filled is known to the town; what is known to a district or province only is
hollow, in a ring as wide as the doubt. Shape, filling and size tell all, so that a map holds in black and white.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import pi, sqrt

from pipeline.brief.palette import Family, find_contrast
from pipeline.brief.places import Place

INK, PAPER, GREY = "#1b2226", "#ffffff", "#4a4f54"
RIM = 1.45  # how much wider a hollow mark is than a filled one over it, as on the page
SMALLEST = ((60, 1.7), (400, 1.3), (10**9, 0.9))  # millimetres: up to so many places; the more there are, the smaller
LARGEST = 5.2  # millimetres
READABLE = 1.55  # millimetres; a smaller mark has no room for a number
# The marker of each family, and the share of its square that the shape covers.
SHAPES = {
    "bombing": ("o", pi / 4), "shooting": ("s", 1.0), "killing": ("D", 1.0), "strike": ("^", 0.5),
    "kidnapping": ("p", 0.594), "other": ("v", 0.5),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """A place as it is drawn, its sizes in millimetres."""

    place: Place
    radius: float  # of the circle of the same area
    fill: str
    edge: str
    rim: float
    ink: str
    text: str
    plain: bool = False  # a disc whatever happened

    @property
    def hollow(self) -> bool:
        """Tell whether the place is known to a district or province only."""
        return not self.place.precise

    @property
    def shape(self) -> str:
        """Give the marker."""
        return "o" if self.plain else SHAPES[self.place.family.key][0]

    @property
    def size(self) -> float:
        """Give what matplotlib takes for a size: square points of the marker's square."""
        points = self.radius * 72 / 25.4
        return pi * points**2 / (pi / 4 if self.plain else SHAPES[self.place.family.key][1])

    @property
    def reach(self) -> float:
        """Give how far the mark reaches from its point, in millimetres."""
        return self.radius * (1.45 if self.shape in "D^v" else 1.15)


def colour_family(family: Family, look: str) -> str:
    """Give the colour of a family on paper."""
    return family.light if look == "colour" else GREY


def make_marks(places: Sequence[Place], look: str, scale: float, numbers: Mapping[str, str] | None) -> list[Mark]:
    """Give the marks of places, those to be drawn first first: the hollow ones, then the filled from large to small.

    `scale` shrinks them for a small map. With `numbers` a mark bears the number of its place, else its incidents.
    """
    smallest = next(radius for most, radius in SMALLEST if len(places) <= most) * sqrt(scale)
    largest = max((place.count for place in places), default=1)
    top = min(LARGEST * scale, smallest * largest**0.5)
    marks = []
    for place in places:
        radius = max(smallest, top * (place.count / largest) ** 0.5)
        text = _find_text(place, radius, numbers)
        if text and numbers is not None:
            radius = max(radius, READABLE * max(scale, 1.0) * (1.25 if len(text) > 2 else 1.0))
        marks.append(_make_mark(place, radius, text, look))
    return sorted(_spread(marks), key=lambda one: (not one.hollow, -one.radius, one.place.key))


def make_plain(mark: Mark) -> Mark:
    """Give a mark that only tells where, and how well that is known: the shades of provinces tell the rest."""
    fill, edge = (PAPER, INK) if mark.hollow else (INK, PAPER)
    return replace(mark, radius=min(mark.radius, 1.1), fill=fill, edge=edge, text="", plain=True)


def say_count(count: int) -> str:
    """Say a count as short as a mark needs it.

    >>> say_count(999), say_count(1234), say_count(45_678)
    ('999', '1.2k', '46k')
    """
    if count < 1000:
        return str(count)
    return f"{count / 1000:.1f}k" if count < 9_950 else f"{count / 1000:.0f}k"


def _find_text(place: Place, radius: float, numbers: Mapping[str, str] | None) -> str:
    """Give what stands in a mark."""
    if numbers is not None:
        return numbers.get(place.key, "")
    return say_count(place.count) if radius >= READABLE else ""


def _make_mark(place: Place, radius: float, text: str, look: str) -> Mark:
    """Give one mark in its colours."""
    colour = colour_family(place.family, look)
    if not place.precise:
        return Mark(place, radius, PAPER, colour if look == "colour" else INK, 1.3, INK, text)
    ink = max((PAPER, INK), key=lambda one: find_contrast(one, colour))
    return Mark(place, radius, colour, PAPER, 0.6, ink, text)


def _spread(marks: list[Mark]) -> list[Mark]:
    """Widen a hollow mark that lies under a filled one on the same spot, so that its rim can be seen."""
    filled = {_find_spot(one.place): one.radius for one in marks if not one.hollow}
    spread = []
    for one in marks:
        under = filled.get(_find_spot(one.place))
        if one.hollow and under is not None and one.radius < under * RIM:
            spread.append(Mark(one.place, under * RIM, one.fill, one.edge, one.rim, one.ink, one.text))
        else:
            spread.append(one)
    return spread


def _find_spot(place: Place) -> tuple[float, float]:
    """Give a place's point to about ten kilometres."""
    return round(place.longitude, 1), round(place.latitude, 1)
