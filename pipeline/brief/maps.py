"""Draw the map of a briefing as a vector or picture, from the base map of the page and with its marks.

Letters are drawn as paths, so that a map looks the same everywhere. Only marks and names that fit are drawn; what lies
outside is counted in the legend. No clock and no chance: the same briefing gives the same bytes.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from pipeline.brief.atlas import Province, Shape, load_atlas
from pipeline.brief.briefing import Briefing
from pipeline.brief.frame import Frame, count_outside, find_frame
from pipeline.brief.ground import HALO, Rectangle, draw_ground, draw_names, draw_scale
from pipeline.brief.inset import Closer, draw_inset, find_closer, find_room
from pipeline.brief.map_legend import Key, draw_legend, find_height, list_keys
from pipeline.brief.map_text import MM, SEMIBOLD, write
from pipeline.brief.marks import INK, Mark, make_marks, make_plain

mpl.rcParams["svg.hashsalt"] = "incidents"  # names inside an SVG are made of it, else of chance
MOST_MARKS = 1_500
NEARLY_ALL = 0.9  # of the incidents: a country with so many is shown whole
WIDEST = 32.0  # degrees of a country that is shown whole
FULL_SIZE = 150.0  # millimetres: a map whose shorter side has these has marks in full size


@dataclass(frozen=True, slots=True)
class Drawn:
    """A map as a file, and what a caption has to say of it."""

    content: bytes
    projection: str
    outside: int  # places that lie outside of the frame
    frame: Frame


def draw_map(
    briefing: Briefing,
    size_mm: tuple[float, float],
    *,
    look: str = "colour",
    shade: str = "",
    inset: bool = False,
    numbered: Mapping[str, str] | None = None,
    legend: bool = True,
    form: str = "svg",
    dpi: int = 200,
) -> Drawn:
    """Draw the map of a briefing, `size_mm` wide and high, as "svg" or "png".

    `look` is "colour" or "print" (greys only); `shade` "incidents" or "killed" shades the provinces by it; `inset` adds
    the densest town where its sites are known; `numbered` gives the numbers of marks by the keys of places.
    """
    places, provinces = briefing.places[:MOST_MARKS], briefing.provinces.provinces
    sheet = _lay_out(briefing, size_mm, shade, look, legend=legend)
    figure = Figure(figsize=(size_mm[0] * MM / 72, size_mm[1] * MM / 72), dpi=72)
    size = (size_mm[0], size_mm[1] - sheet.low)
    axes = add_axes(figure, sheet.frame, (0, sheet.low / size_mm[1], 1, size[1] / size_mm[1]))
    marks = make_marks([one for one in places if sheet.frame.holds(one)], look, find_scale(size_mm), numbered)
    marks = [make_plain(one) for one in marks] if shade else marks
    draw_ground(axes, sheet.frame, provinces if shade else (), shade, look)
    draw_marks(axes, sheet.frame, marks, look)
    closer = find_closer(briefing) if inset else None
    taken = _add_inset(axes, closer, sheet.frame, marks, size, look, numbered) if closer else []
    taken.append(draw_scale(axes, sheet.frame, marks, size, taken))
    draw_names(axes, sheet.frame, marks, size, taken)
    if legend:
        draw_legend(figure, sheet.keys, size_mm, sheet.low)
    content = save_figure(figure, form, dpi)
    return Drawn(content, sheet.frame.projection.name, count_outside(sheet.frame, briefing.places), sheet.frame)


def _add_inset(
    axes: Axes, closer: Closer, frame: Frame, marks: Sequence[Mark], size: tuple[float, float], look: str,
    numbered: Mapping[str, str] | None,
) -> list[Rectangle]:  # fmt: skip
    """Draw the inset where it covers least, and give the room that it takes."""
    left, low, wide, high = find_room(frame, marks, size)
    draw_inset(axes, closer, frame, (left, low, wide, high), size, look=look, numbers=numbered)
    return [(left, low, left + wide, low + high)]


def _lay_out(briefing: Briefing, size_mm: tuple[float, float], shade: str, look: str, *, legend: bool) -> "Sheet":
    """Share the paper between map and legend: what lies outside of the map has to be said in the legend."""
    places, provinces = briefing.places[:MOST_MARKS], briefing.provinces.provinces
    low, keys, whole = 0.0, list[Key](), find_whole(briefing)
    for _ in range(2):
        ratio = size_mm[0] / max(size_mm[1] - low, 1)
        frame = find_frame(places, (one.shape for one in provinces), whole, ratio)
        if legend:
            keys = list_keys(places, provinces, shade, look, count_outside(frame, briefing.places))
            low = find_height(keys, size_mm[0])
    return Sheet(frame, low, tuple(keys))


@dataclass(frozen=True, slots=True)
class Sheet:
    """How the paper is shared: the frame of the map over the lowest `low` millimetres, which hold the legend."""

    frame: Frame
    low: float
    keys: tuple[Key, ...]


def add_axes(figure: Figure, frame: Frame, place: tuple[float, float, float, float]) -> Axes:
    """Add a window of kilometres, at a place of the paper in parts of it."""
    axes = figure.add_axes(place)
    axes.set_xlim(frame.west, frame.east)
    axes.set_ylim(frame.south, frame.north)
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_linewidth(0.5)
        spine.set_edgecolor("#8a9096")
    return axes


def draw_marks(axes: Axes, frame: Frame, marks: Sequence[Mark], look: str) -> None:
    """Draw rings of doubt, then marks with their numbers."""
    for mark in marks:
        if not (mark.hollow and mark.place.members == 1 and mark.place.radius_km):
            continue
        x, y = (float(one) for one in frame.projection.project(mark.place.longitude, mark.place.latitude))
        edge, style = (mark.edge, "solid") if look == "colour" else (INK, (0, (3, 2)))
        for fill, alpha, line in ((edge, 0.05, 0.0), ("none", 0.55, 0.6)):
            axes.add_patch(Circle((x, y), mark.place.radius_km, facecolor=fill, alpha=alpha, edgecolor=edge,
                                  linewidth=line, linestyle=style, zorder=3))  # fmt: skip
    for order, mark in enumerate(marks):
        x, y = (float(one) for one in frame.projection.project(mark.place.longitude, mark.place.latitude))
        above = 5 + order / 10_000
        axes.scatter([x], [y], s=mark.size, marker=mark.shape, facecolor=mark.fill, edgecolor=mark.edge,
                     linewidth=mark.rim, zorder=above)  # fmt: skip
        if mark.text:
            _number(axes, (x, y), mark, above, covered=mark.hollow and _is_covered(mark, marks, frame, axes))


def _number(axes: Axes, at: tuple[float, float], mark: Mark, above: float, *, covered: bool) -> None:
    """Write the number of a mark into it, or above it where another mark lies over its middle."""
    size = min(11.0, max(5.4, mark.radius * (2.6 if len(mark.text) < 3 else 2.1)))
    if covered:
        write(axes, at, mark.text, min(size, 7.5), weight=SEMIBOLD, down=-(mark.radius * MM + 4.2), color=INK,
              zorder=6.5, path_effects=HALO)  # fmt: skip
        return
    down = {"^": 0.25, "v": -0.25}.get(mark.shape, 0.0) * mark.radius * MM
    write(axes, at, mark.text, size, weight=SEMIBOLD, down=down, color=mark.ink, zorder=above)


def _is_covered(mark: Mark, marks: Sequence[Mark], frame: Frame, axes: Axes) -> bool:
    """Tell whether the middle of a mark lies under one that is drawn after it."""
    width = axes.get_window_extent().width / MM  # the canvas has 72 dots to the inch
    per_mm = (frame.east - frame.west) / width
    x, y = (float(one) for one in frame.projection.project(mark.place.longitude, mark.place.latitude))
    for other in marks[marks.index(mark) + 1 :]:
        x2, y2 = (float(one) for one in frame.projection.project(other.place.longitude, other.place.latitude))
        if ((x - x2) ** 2 + (y - y2) ** 2) ** 0.5 / per_mm < other.radius + 1.0:
            return True
    return False


def find_scale(size_mm: tuple[float, float]) -> float:
    """Give how large marks are on a map of this size.

    >>> find_scale((300, 150)), find_scale((100, 75))
    (1.0, 0.5)
    """
    return max(0.45, min(1.3, min(size_mm) / FULL_SIZE))


def find_whole(briefing: Briefing) -> list[Shape]:
    """Give the provinces of the one country that nearly all incidents are in, where it is not too wide to show."""
    counted: dict[str, int] = {}
    for province in briefing.provinces.provinces:
        counted[_country(province)] = counted.get(_country(province), 0) + province.count
    code = max(counted, key=lambda one: counted[one], default="")
    if not code or counted[code] < NEARLY_ALL * sum(counted.values()):
        return []
    shapes = load_atlas().by_country.get(code, [])
    xs = [point[0] for shape in shapes for polygon in shape.polygons for point in polygon[0]]
    return shapes if xs and max(xs) - min(xs) <= WIDEST else []


def save_figure(figure: Figure, form: str, dpi: int) -> bytes:
    """Give a figure as a file."""
    out = io.BytesIO()
    if form == "svg":
        FigureCanvasSVG(figure)
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": "Incidents"})
    else:
        FigureCanvasAgg(figure)
        figure.savefig(out, format="png", dpi=dpi, metadata={"Software": None})
    return out.getvalue()


def _country(province: Province) -> str:
    """Give the code of a province's country."""
    return province.shape.key.split("/", 1)[0]
