"""Make the picture of the marks that fan out around a point of the map: a disc and a ring, white on nothing.

Run by hand after a change here: `python static/make_marks.py`. The map gives each mark its colour.
"""

from pathlib import Path

from PIL import Image, ImageDraw

SIZE, FINER, RING = 64, 8, 11  # pixels of a mark; drawn so much larger first; width of the ring


def make_marks() -> None:
    """Write marks.png beside this file."""
    wide = SIZE * FINER
    alpha = Image.new("L", (2 * wide, wide), 0)
    draw = ImageDraw.Draw(alpha)
    edge = 2 * FINER
    draw.ellipse((edge, edge, wide - edge, wide - edge), fill=255)
    draw.ellipse((wide + edge, edge, 2 * wide - edge, wide - edge), outline=255, width=RING * FINER)
    alpha = alpha.resize((2 * SIZE, SIZE), Image.Resampling.LANCZOS)
    white = Image.new("L", alpha.size, 255)
    Image.merge("RGBA", (white, white, white, alpha)).save(Path(__file__).with_name("marks.png"), optimize=True)


if __name__ == "__main__":
    make_marks()
