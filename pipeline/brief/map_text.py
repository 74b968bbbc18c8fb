"""The letters of maps: Source Sans as it lies beside the base map, and how wide words are in it."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags

FONTS = Path(__file__).resolve().parents[2] / "static" / "vendor" / "source-sans-3-ttf"
REGULAR, SEMIBOLD, ITALIC = "400Regular", "600SemiBold", "400Regular_Italic"
MM = 72 / 25.4  # points
CAPITAL = 0.655  # how high a capital is, in sizes


@lru_cache(maxsize=256)
def font(size: float, weight: str = REGULAR) -> FontProperties:
    """Give the letters in a size of points."""
    return FontProperties(fname=str(FONTS / f"SourceSans3_{weight}.ttf"), size=size)


def measure(words: str, size: float, weight: str = REGULAR) -> float:
    """Give how wide words are, in millimetres.

    >>> round(measure("Kabul", 10.0), 1)
    8.6
    """
    return sum(_read_advance(one, weight) for one in words) * size / MM


@lru_cache(maxsize=4_000)
def _read_advance(letter: str, weight: str) -> float:
    """Give how wide a letter is, in sizes."""
    letters = _open_font(weight)
    letters.set_size(1000, 72)
    return float(letters.load_char(ord(letter), flags=LoadFlags.NO_HINTING).linearHoriAdvance) / 65536 / 1000


@lru_cache(maxsize=4)
def _open_font(weight: str) -> FT2Font:
    """Open the letters of a weight."""
    return FT2Font(str(FONTS / f"SourceSans3_{weight}.ttf"))


def write(
    axes: Axes, at: tuple[float, float], words: str, points: float, *, weight: str = REGULAR, down: float = 0.0,
    **how: Any,  # noqa: ANN401
) -> None:  # fmt: skip
    """Write words so that their capitals and digits stand in the middle of a point; no mark-up in them is obeyed."""
    how = {"ha": "center", "color": "#1b2226", **how}
    axes.annotate(words, at, (0, -CAPITAL / 2 * points - down), textcoords="offset points", va="baseline",
                  font_properties=font(points, weight), parse_math=False, annotation_clip=False, **how)  # fmt: skip


def can_write(words: str) -> bool:
    """Tell whether the letters hold all of the words.

    >>> can_write("Mazār-e Sharīf"), can_write("کابل")
    (True, False)
    """
    return all(ord(one) in _read_letters() for one in words)


@lru_cache(maxsize=1)
def _read_letters() -> frozenset[int]:
    """Give the letters there are, by their code points."""
    return frozenset(_open_font(REGULAR).get_charmap())
