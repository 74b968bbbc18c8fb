"""The legend under the maps in files: what the marks and shades mean, and what is not on the map."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle

from pipeline.brief.atlas import Province
from pipeline.brief.ground import find_shades
from pipeline.brief.map_text import measure, write
from pipeline.brief.marks import INK, PAPER, SHAPES, colour_family
from pipeline.brief.palette import FAMILIES
from pipeline.brief.places import Place

TEXT = 7.0  # points
ROW = 4.1  # millimetres
GAP = 4.0
SOFT = "#3f464c"
RING = "only the district or province is known: anywhere in the ring"
MEASURED = {"incidents": "Incidents in the province:", "killed": "Killed in the province (best figures):"}
Draw = Callable[[Axes, float, float], None]


@dataclass(frozen=True, slots=True)
class Key:
    """One entry: its words, the room of its symbol, and how that is drawn."""

    words: str
    room: float = 0.0
    draw: Draw | None = None

    @property
    def width(self) -> float:
        """Give how wide the entry is, in millimetres."""
        return self.room + (1.2 if self.room else 0.0) + measure(self.words, TEXT)


def list_keys(places: Sequence[Place], shaded: Sequence[Province], shade: str, look: str, outside: int) -> list[Key]:
    """Give the entries that a map of these places and shades needs."""
    hollow = any(not place.precise for place in places)
    if shade:
        keys = _list_shades(shaded, shade, look)
        keys += [Key("a place with incidents", 2.4, _disc(0.9, INK, PAPER))] if places else []
        keys += [Key("known to the district or province only", 2.4, _disc(0.9, PAPER, INK))] if hollow else []
    else:
        present = {place.family.key for place in places}
        keys = [
            Key(one.label, 3.0, _shape(one.key, colour_family(one, look))) for one in FAMILIES if one.key in present
        ]
        keys += [Key("larger: more incidents; shape: the most frequent type", 5.6, _sizes())] if len(places) > 1 else []
        keys += [Key(RING, 4.2, _ring())] if hollow else []
    if outside:
        keys.append(Key(f"{outside:,} place{'s lie' if outside != 1 else ' lies'} outside this map"))
    return keys or [Key("No incident shown has a point.")]


def wrap_keys(keys: Sequence[Key], width: float) -> list[list[Key]]:
    """Put entries in rows."""
    rows, used = [list[Key]()], 0.0
    for key in keys:
        if rows[-1] and used + key.width > width:
            rows.append([])
            used = 0.0
        rows[-1].append(key)
        used += key.width + GAP
    return rows


def find_height(keys: Sequence[Key], width: float) -> float:
    """Give how high the legend is."""
    return len(wrap_keys(keys, width)) * ROW + 1.2


def draw_legend(figure: Figure, keys: Sequence[Key], size: tuple[float, float], height: float) -> None:
    """Draw the legend into the lowest `height` millimetres of the paper."""
    axes = figure.add_axes((0, 0, 1, height / size[1]))
    axes.set_xlim(0, size[0])
    axes.set_ylim(0, height)
    axes.axis("off")
    y = height - 1.2 - ROW / 2
    for row in wrap_keys(keys, size[0]):
        x = 0.2
        for key in row:
            if key.draw:
                key.draw(axes, x + key.room / 2, y)
                x += key.room + 1.2
            write(axes, (x, y), key.words, TEXT, color=SOFT, ha="left")
            x += measure(key.words, TEXT) + GAP
        y -= ROW


def _list_shades(shaded: Sequence[Province], shade: str, look: str) -> list[Key]:
    """Give the shades in words, with what has no figure."""
    classes, colours = find_shades(shaded, shade, look)
    words = [f"{low:,}" if low == high else f"{low:,}–{high:,}" for low, high in classes]
    keys = [Key(MEASURED[shade])] if classes else []
    return keys + [Key(one, 4.4, _swatch(colour)) for one, colour in zip(words, colours, strict=True)]


def _disc(radius: float, fill: str, edge: str) -> Draw:
    """Draw a disc."""

    def draw(axes: Axes, x: float, y: float) -> None:
        axes.add_patch(Circle((x, y), radius, facecolor=fill, edgecolor=edge, linewidth=0.9))

    return draw


def _ring() -> Draw:
    """Draw a hollow mark in its ring."""

    def draw(axes: Axes, x: float, y: float) -> None:
        axes.add_patch(Circle((x, y), 1.9, facecolor="none", edgecolor=INK, linewidth=0.5, alpha=0.6))
        axes.add_patch(Circle((x, y), 0.9, facecolor=PAPER, edgecolor=INK, linewidth=1.0))

    return draw


def _sizes() -> Draw:
    """Draw a small mark and a large one."""

    def draw(axes: Axes, x: float, y: float) -> None:
        axes.add_patch(Circle((x - 1.8, y), 0.8, facecolor="#9aa0a5", edgecolor="none"))
        axes.add_patch(Circle((x + 1.0, y), 1.6, facecolor="#9aa0a5", edgecolor="none"))

    return draw


def _shape(key: str, colour: str) -> Draw:
    """Draw the marker of a family."""
    marker, share = SHAPES[key]

    def draw(axes: Axes, x: float, y: float) -> None:
        axes.scatter([x], [y], s=18 / share, marker=marker, facecolor=colour, edgecolor="none")

    return draw


def _swatch(colour: str) -> Draw:
    """Draw the shade of a class."""

    def draw(axes: Axes, x: float, y: float) -> None:
        corner = (x - 2.2, y - 1.3)
        axes.add_patch(Rectangle(corner, 4.4, 2.6, facecolor=colour, edgecolor="#8d9196", linewidth=0.5))

    return draw
