"""The few colours of the page, which are those of the files that are taken along too."""

from pipeline.brief.palette import (
    FAMILIES,
    OTHER,
    Family,
    find_contrast,
    find_family,
    find_present,
    read_rgb,
)

__all__ = [
    "FAMILIES",
    "OTHER",
    "Family",
    "find_contrast",
    "find_family",
    "find_present",
    "read_rgb",
    "write_family_colours",
]


def write_family_colours() -> str:
    """Write the CSS that gives each family its colour, light and dark."""
    rules = [f".of-{one.key} {{ --family: {one.light}; }}" for one in FAMILIES]
    return "\n".join([*rules, *(f".dark .of-{one.key} {{ --family: {one.dark}; }}" for one in FAMILIES)])
