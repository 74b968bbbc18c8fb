"""The few colours of the page and the files: one for each family of event types, in the timeline and on the map.

Eighteen types are more than an eye can tell apart, so they share six colours. These differ for readers with each
common colour blindness too, and stand out from the page with a contrast of at least 3 : 1, light or dark.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Family:
    """Event types that share a colour."""

    key: str
    label: str
    light: str
    dark: str
    types: frozenset[str]

    def colour(self, dark: bool) -> str:
        """Give the colour as #rrggbb for a dark or a light page."""
        return self.dark if dark else self.light


FAMILIES = (
    Family(
        "bombing", "Bombing, explosion", "#a3282b", "#e0463d", frozenset({"suicide bombing", "bombing", "explosion"})
    ),
    Family(
        "shooting",
        "Shooting, armed attack",
        "#2a56b4",
        "#4a80ee",
        frozenset({"shooting", "armed attack", "armed clash", "raid"}),
    ),
    Family("killing", "Assassination, execution", "#5e3a78", "#9b6db5", frozenset({"assassination", "execution"})),
    Family("strike", "Air strike, shelling", "#a97a14", "#f1c748", frozenset({"air or drone strike", "shelling"})),
    Family("kidnapping", "Kidnapping, hijacking", "#1a9a6c", "#2cc583", frozenset({"kidnapping", "hijacking"})),
    Family(
        "other",
        "Other violence",
        "#87889b",
        "#a0aab4",
        frozenset({"stabbing", "vehicle attack", "arson", "riot", "other violence"}),
    ),
)
OTHER = FAMILIES[-1]
_FAMILY_OF = {kind: family for family in FAMILIES for kind in family.types}


def find_family(event_type: object) -> Family:
    """Give the family of an event type; what the code list does not know is other violence.

    >>> find_family("suicide bombing").key, find_family("raid").key, find_family("").key
    ('bombing', 'shooting', 'other')
    """
    return _FAMILY_OF.get(str(event_type), OTHER)


def find_present(event_types: Iterable[object]) -> list[Family]:
    """Give the families that occur, in the order of the legend."""
    present = {find_family(kind).key for kind in event_types}
    return [family for family in FAMILIES if family.key in present]


def read_rgb(colour: str) -> tuple[int, int, int]:
    """Split #rrggbb.

    >>> read_rgb("#a3282b")
    (163, 40, 43)
    """
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def find_contrast(one: str, other: str) -> float:
    """Give the contrast of two colours by WCAG 2, 1 to 21.

    >>> round(find_contrast("#ffffff", "#000000"))
    21
    """
    low, high = sorted(_find_luminance(colour) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def _find_luminance(colour: str) -> float:
    """Give the relative luminance of a colour by WCAG 2."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in read_rgb(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
