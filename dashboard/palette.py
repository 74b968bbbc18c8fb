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

__all__ = ["FAMILIES", "OTHER", "Family", "find_contrast", "find_family", "find_present", "read_rgb"]
