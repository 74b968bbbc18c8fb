"""The inset of a map: the town with most incidents whose sites are known, closer than the map can show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from pipeline.brief.briefing import Briefing
from pipeline.brief.frame import Frame
from pipeline.brief.ground import Rectangle as Taken
from pipeline.brief.ground import draw_ground, draw_names, draw_scale
from pipeline.brief.map_text import SEMIBOLD, can_write, measure, write
from pipeline.brief.marks import INK, Mark, make_marks
from pipeline.brief.places import Place
from pipeline.brief.projection import Projection

SHARE = 0.3  # of the map's width and height
LEAST_KM = 8.0  # across
AIR = 1.35
Room = tuple[float, float, float, float]  # left, low, wide, high, in millimetres from the corner of the map


@dataclass(frozen=True, slots=True)
class Closer:
    """A town and its sites, which the inset shows."""

    town: Place
    sites: tuple[Place, ...]


def find_closer(briefing: Briefing) -> Closer | None:
    """Give the town with most incidents that has sites of its own, None where no site is known."""
    of_town: dict[tuple[str, str, str], list[Place]] = {}
    for site in briefing.sites:
        of_town.setdefault((site.country, site.admin1, site.city), []).append(site)
    for town in briefing.places:
        sites = of_town.get((town.country, town.admin1, town.city), []) if town.precise and town.city else []
        if sites:
            return Closer(town, tuple(sites))
    return None


def find_room(frame: Frame, marks: Sequence[Mark], size: tuple[float, float]) -> Room:
    """Give the corner of the map in which an inset covers least."""
    wide, high = size[0] * SHARE, size[1] * SHARE
    spots = [(*_place(frame, size, mark.place), mark) for mark in marks]
    corners = [(x, y) for y in (2.0, size[1] - high - 2) for x in (size[0] - wide - 2, 2.0)]
    left, low = min(corners, key=lambda at: sum(
        mark.place.count for x, y, mark in spots
        if at[0] - mark.reach < x < at[0] + wide + mark.reach and at[1] - mark.reach < y < at[1] + high + mark.reach
    ))  # fmt: skip
    return left, low, wide, high


def frame_closer(closer: Closer, ratio: float) -> Frame:
    """Give the frame around a town and its sites."""
    places = (closer.town, *closer.sites)
    middle = Projection(closer.town.longitude, closer.town.latitude)
    xs, ys = middle.project([one.longitude for one in places], [one.latitude for one in places])
    x, y = float(xs.max() + xs.min()) / 2, float(ys.max() + ys.min()) / 2
    high = max(float(ys.max() - ys.min()) * AIR, float(xs.max() - xs.min()) * AIR / ratio, LEAST_KM)
    return Frame(middle, x - high * ratio / 2, y - high / 2, x + high * ratio / 2, y + high / 2)


def draw_inset(
    axes: Axes, closer: Closer, frame: Frame, room: Room, size: tuple[float, float],
    *, look: str, numbers: Mapping[str, str] | None,
) -> None:  # fmt: skip
    """Draw the inset into its room of the map, which is `size` millimetres, and mark on the map what it shows."""
    left, low, wide, high = room
    inner = axes.inset_axes((left / size[0], low / size[1], wide / size[0], high / size[1]), zorder=9)
    near = frame_closer(closer, wide / high)
    inner.set(xlim=(near.west, near.east), ylim=(near.south, near.north), xticks=[], yticks=[])
    for spine in inner.spines.values():
        spine.set(linewidth=1.0, edgecolor=INK)
    marks = make_marks((closer.town, *closer.sites), look, 0.75, numbers)
    draw_ground(inner, near, (), "", look)
    for mark in marks:
        x, y = (float(one) for one in near.projection.project(mark.place.longitude, mark.place.latitude))
        inner.scatter([x], [y], s=mark.size, marker=mark.shape, facecolor=mark.fill, edgecolor=mark.edge,
                      linewidth=mark.rim, zorder=5)  # fmt: skip
        if mark.text:
            write(inner, (x, y), mark.text, 6.0, weight=SEMIBOLD, color=mark.ink, zorder=6)
    title = _write_title(inner, closer, near, (wide, high))
    taken = [title, draw_scale(inner, near, marks, (wide, high), [title])]
    draw_names(inner, near, marks, (wide, high), taken, sites=True)
    _mark_source(axes, closer, frame, near)


def _write_title(inner: Axes, closer: Closer, near: Frame, size: tuple[float, float]) -> Taken:
    """Name the town in the corner, and give the room that takes."""
    name = closer.town.city if can_write(closer.town.city) else "The town with most incidents"
    words = f"{name}: its sites"
    wide, high = measure(words, 7.5, SEMIBOLD) + 3, 4.4
    per_mm = (near.east - near.west) / size[0]
    corner = (near.west, near.north - high * per_mm)
    inner.add_patch(Rectangle(corner, wide * per_mm, high * per_mm, facecolor=INK, edgecolor="none", zorder=8))
    at = (near.west + wide * per_mm / 2, near.north - high * per_mm / 2)
    write(inner, at, words, 7.5, weight=SEMIBOLD, color="#ffffff", zorder=9)
    return 0.0, size[1] - high, wide, size[1]


def _mark_source(axes: Axes, closer: Closer, frame: Frame, near: Frame) -> None:
    """Draw on the map the rectangle that the inset shows."""
    x, y = (float(one) for one in frame.projection.project(closer.town.longitude, closer.town.latitude))
    wide, high = near.east - near.west, near.north - near.south
    axes.add_patch(Rectangle((x - wide / 2, y - high / 2), wide, high, facecolor="none", edgecolor=INK, linewidth=0.7,
                             zorder=4.5))  # fmt: skip


def _place(frame: Frame, size: tuple[float, float], place: Place) -> tuple[float, float]:
    """Give where a place lies on the map, in millimetres."""
    x, y = frame.projection.project(place.longitude, place.latitude)
    return (float((x - frame.west) / (frame.east - frame.west)) * size[0],
            float((y - frame.south) / (frame.north - frame.south)) * size[1])  # fmt: skip
