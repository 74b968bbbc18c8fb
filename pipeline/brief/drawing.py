"""The drawing of a timeline as JavaScript and CSS, the same for the page and for the HTML that is handed out.

It draws lanes, marks as long as the doubt about their days, and the strip of counts; who uses it says what to draw.
"""

from functools import lru_cache
from pathlib import Path

_PARTS = Path(__file__).with_name("timeline")


@lru_cache(maxsize=1)
def read_drawing() -> str:
    """Give the JavaScript, its parts in their order."""
    return "\n".join(part.read_text("utf-8") for part in sorted(_PARTS.glob("*.js")))


@lru_cache(maxsize=1)
def read_drawing_style() -> str:
    """Give the CSS; its colours are variables that the page sets."""
    return (_PARTS / "timeline.css").read_text("utf-8")
