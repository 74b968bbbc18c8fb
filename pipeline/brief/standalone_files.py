"""What the stand-alone HTML is put together from, as it lies on the disk: page, deck.gl, letters, colours."""

import json
from base64 import b64encode
from functools import lru_cache
from pathlib import Path

_STATIC = Path(__file__).resolve().parents[2] / "static"
_PARTS = Path(__file__).with_name("standalone")
DECK = _STATIC / "vendor" / "deck.gl" / "dist.min.js"
_FONTS = _STATIC / "vendor" / "source-sans-3"
# Which characters each file of letters has, so that a browser takes others from the reader's own fonts.
_RANGES = {
    "latin-ext": "U+0100-02BA,U+1E00-1E9F,U+1EF2-1EFF,U+2C60-2C7F",
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2212,U+2215",
}


@lru_cache(maxsize=1)
def read_deck() -> str:
    """Give deck.gl as it came, which draws the map."""
    return DECK.read_text("utf-8")


@lru_cache(maxsize=1)
def read_page() -> tuple[str, str, str]:
    """Give our own page: HTML, CSS and JavaScript."""
    parts = sorted(_PARTS.glob("*.js"))
    script = "\n".join(part.read_text("utf-8") for part in parts)
    return (_PARTS / "page.html").read_text("utf-8"), (_PARTS / "page.css").read_text("utf-8"), script


@lru_cache(maxsize=1)
def read_letters() -> str:
    """Give the CSS that bears the letters in itself."""
    faces = []
    for name, characters in _RANGES.items():
        data = b64encode((_FONTS / f"source-sans-3-{name}-wght-normal.woff2").read_bytes()).decode()
        faces.append(
            "@font-face{font-family:'Source Sans 3';font-weight:200 900;font-display:swap;"
            f"src:url(data:font/woff2;base64,{data}) format('woff2');unicode-range:{characters}}}"
        )
    return "\n".join(faces)


@lru_cache(maxsize=2)
def read_ground_colours(theme: str) -> dict[str, str]:
    """Give the colour of each layer of the base map, `theme` being light or dark, as its style has it.

    >>> read_ground_colours("light")["water"]
    '#dde4e8'
    """
    style = json.loads((_STATIC / f"{theme}.json").read_text("utf-8"))
    kinds = ("background-color", "fill-color", "line-color", "circle-color", "text-color")
    return {
        layer["id"]: next(str(layer["paint"][kind]) for kind in kinds if kind in layer["paint"])
        for layer in style["layers"]
    }
