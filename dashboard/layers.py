"""The marks of the map as layers, from the ground up: areas, rings of doubt, bubbles, sites, and what is picked.

A bubble's area is its number of incidents. Filled is known to the town; what is known to a district or province only
is hollow, in a ring as wide as the doubt.
"""

import itertools
from collections.abc import Sequence
from typing import Any

import pydeck as pdk
from pydeck.types import String

from dashboard.palette import find_contrast, read_rgb
from dashboard.places import Box, Place
from pipeline.brief.symbols import INK, LARGEST, PAPER, READABLE, RIM, SMALLEST

TIERS = (0.0, 0.45, 0.7, 1.0)  # of the largest radius
SITE, SITE_METRES = ("key", "at", "fill", "line", "about"), 300
METRES, PIXELS = String("meters"), String("pixels")
FONT = String("Source Sans, sans-serif")
GUARD = "\u2060"  # is not seen
Bubble = dict[str, Any]


def draw_bubbles(
    places: Sequence[Place], sites: Sequence[Place], keys: set[str], dark: bool, token: str
) -> list[pdk.Layer]:
    """Give the layers of places and sites; those with one of `keys` are marked, `token` is in the names to pick from.

    Sites are given in metres, so that they show only to a reader who looks closely enough to tell them apart.
    """
    largest = max((place.count for place in places), default=1)
    smallest = next(radius for most, radius in SMALLEST if len(places) <= most)
    bubbles = _spread([_draw_bubble(place, (smallest, largest), dark) for place in places])
    marked = [one for one in bubbles if one["key"] in keys]
    near = [_draw_bubble(site, (smallest, largest), dark) for site in sites]
    mark: dict[str, Any] = {"filled": False, "get_line_color": [*read_rgb(INK[dark]), 255]}
    return [
        draw_layer("rings", bubbles, ("at", "metres", "mist", "edge"), "metres", get_radius="metres",
                   radius_units=METRES, get_line_width=1, get_fill_color="mist", get_line_color="edge"),
        draw_layer("chosen-ring", marked, ("at", "metres"), "metres", get_radius="metres", radius_units=METRES,
                   get_line_width=2, **mark),
        *(one for i, tier in enumerate(_pile(bubbles)) for one in _draw_group(f"places-{token}-{i}", tier)),
        draw_layer(f"sites-{token}", near, SITE, "key", get_radius=SITE_METRES, radius_units=METRES,
                   radius_max_pixels=9, get_line_width=SITE_METRES / 8, line_width_units=METRES,
                   line_width_max_pixels=1.5, get_fill_color="fill", get_line_color="line", pickable=True),
        draw_layer("chosen-site", [one for one in near if one["key"] in keys], ("at",), "key",
                   get_radius=SITE_METRES * 1.3, radius_units=METRES, radius_max_pixels=12, get_line_width=2, **mark),
        draw_layer("chosen", marked, ("at", "halo"), "halo", get_radius="halo", get_line_width=2.5, **mark),
    ]  # fmt: skip


def draw_box(box: Box | None, dark: bool) -> list[pdk.Layer]:
    """Give the rectangle of the box that is asked, over the date line too."""
    if box is None:
        return []
    west, south, east, north = box
    east += 360 if east < west else 0
    path = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    colour = read_rgb(INK[dark])
    return [
        pdk.Layer("PathLayer", [{"path": path}], id="box", get_path="path", get_color=[*colour, 200], get_width=2,
                  width_units=PIXELS, pickable=False)
    ]  # fmt: skip


def draw_layer(
    name: str,
    marks: Sequence[Bubble],
    fields: tuple[str, ...],
    having: str,
    kind: str = "ScatterplotLayer",
    **how: object,
) -> pdk.Layer:
    """Give one layer of the marks that have a field; only the fields it reads are sent."""
    data = [{field: guard(one[field]) for field in fields} for one in marks if one[having]]
    common: dict[str, object] = {"pickable": False, "get_position": "at"}
    if kind == "ScatterplotLayer":
        common |= {"stroked": True, "filled": True, "radius_units": PIXELS, "line_width_units": PIXELS}
    return pdk.Layer(kind, data, id=name, **common | how)


def guard(cell: Any) -> Any:  # noqa: ANN401  a cell of a mark
    """Give a cell so that deck.gl takes it for what it is: text that begins with @@ it would read as a program.

    >>> guard("@@=alert(1)") == GUARD + "@@=alert(1)", guard("Kabul"), guard(7)
    (True, 'Kabul', 7)
    """
    return f"{GUARD}{cell}" if isinstance(cell, str) and cell.startswith("@@") else cell


def say_place(place: Place) -> str:
    """Say what a place is, for its tooltip."""
    kind = f"{place.count:,} incidents, mostly" if place.count > 1 else "1 incident:"
    lines = [place.name, f"{kind} {place.family.label.lower()}", place.toll]
    if place.members > 1:
        lines.append("Counted together, in the middle of their incidents")
    elif not place.precise:
        within = f", somewhere within {place.radius_km:,.0f} km" if place.radius_km else ""
        lines.append(f"No town is stated{within}")
    return "\n".join(lines)


def _draw_group(name: str, bubbles: list[Bubble]) -> list[pdk.Layer]:
    """Give bubbles that can be picked, and their counts over them."""
    fields = ("key", "at", "r", "rim", "fill", "line", "about")
    return [
        draw_layer(name, bubbles, fields, "key", get_radius="r", get_line_width="rim", get_fill_color="fill",
                   get_line_color="line", pickable=True),
        draw_layer(f"{name}-counts", bubbles, ("at", "n", "size", "ink"), "n", kind="TextLayer", get_text="n",
                   get_size="size", get_color="ink", font_family=FONT, font_weight=600),
    ]  # fmt: skip


def _pile(bubbles: list[Bubble]) -> list[list[Bubble]]:
    """Sort bubbles into tiers, from the ground up: the hollow ones, then the filled ones from large to small.

    All counts of a layer lie over all its bubbles; so a small bubble covers the count of a large one only from above.
    """
    filled = [one for one in bubbles if not one["hollow"]]
    largest = max((one["r"] for one in filled), default=0)
    tiers = [[one for one in filled if low < one["r"] / largest <= high] for low, high in itertools.pairwise(TIERS)]
    return [[one for one in bubbles if one["hollow"]], *reversed(tiers)]


def _spread(bubbles: list[Bubble]) -> list[Bubble]:
    """Widen a hollow bubble that lies under a filled one on the same spot, so that its rim can be seen and picked."""
    filled = {_find_spot(one): one["r"] for one in bubbles if not one["hollow"]}
    for one in bubbles:
        under = filled.get(_find_spot(one))
        if one["hollow"] and under is not None and one["r"] < under * RIM:
            one |= {"r": under * RIM, "halo": under * RIM + 4, "n": ""}
    return bubbles


def _find_spot(bubble: Bubble) -> tuple[float, ...]:
    """Give a bubble's point to about ten kilometres."""
    return tuple(round(degree, 1) for degree in bubble["at"])


def _draw_bubble(place: Place, scale: tuple[float, int], dark: bool) -> Bubble:
    """Give one bubble: its area grows with the incidents, precise places are filled, the others hollow."""
    smallest, largest = scale
    most = min(LARGEST, smallest * largest**0.5)
    radius = max(smallest, most * (place.count / largest) ** 0.5)
    colour = place.family.colour(dark)
    paper, rgb = read_rgb(PAPER[dark]), read_rgb(colour)
    on_colour = max(("#ffffff", "#1b2226"), key=lambda one: find_contrast(one, colour))
    return {
        "key": place.key,
        "at": [place.longitude, place.latitude],
        "hollow": not place.precise,
        "n": "" if radius < READABLE else say_count(place.count),
        "r": round(radius, 1),
        "halo": round(radius + 4, 1),
        "size": round(min(14.0, 8 + radius / 4), 1),
        "metres": None if place.precise or place.members > 1 else round(place.radius_km * 1000),
        "fill": [*rgb, 235] if place.precise else [*paper, 225],
        "line": [*paper, 255] if place.precise else [*rgb, 255],
        "rim": 1 if place.precise else 2,
        "ink": [*read_rgb(on_colour if place.precise else INK[dark]), 255],
        "mist": [*rgb, 16],
        "edge": [*rgb, 110],
        "about": say_place(place),
    }


def say_count(count: int) -> str:
    """Say a count as short as a bubble needs it.

    >>> say_count(999), say_count(1234), say_count(45_678), say_count(999_960)
    ('999', '1.2k', '46k', '1M')
    """
    if count < 1000:
        return str(count)
    if count < 999_500:
        return f"{count / 1000:.1f}k" if count < 9_950 else f"{count / 1000:.0f}k"
    return f"{count / 1_000_000:.1f}".removesuffix(".0") + "M"
