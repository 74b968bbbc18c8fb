"""The map: one bubble for each place, over a base map that this server gives out itself.

A bubble's area is its number of incidents. What is known to a district or province only is a hollow bubble in a ring
as wide as the doubt. No host but ours is asked, unless `MAP_STYLE_URL` names another style.
"""

import itertools
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import pandas as pd
import pydeck as pdk
import streamlit as st
from pydeck.types import String

from dashboard.palette import FAMILIES, find_contrast, read_rgb
from dashboard.places import MOST_PLACES, Place, find_places, find_sites
from dashboard.view_state import Fit, View, count_outside, fit_view, holds

INK, PAPER = {False: "#1b2226", True: "#f2f5f7"}, {False: "#ffffff", True: "#161b20"}
LARGEST = 22.0  # pixels
SMALLEST = ((60, 9.0), (400, 6.5), (MOST_PLACES, 4.5))  # up to so many places; the more there are, the smaller
READABLE = 7.5  # pixels; a smaller bubble has no room for its count
CREDITS = "Natural Earth (public domain), place names GeoNames (CC BY 4.0)."
RIM = 1.45  # how much wider a hollow bubble is than a filled one over it
TIERS = (0.0, 0.45, 0.7, 1.0)  # of the largest radius
SITE, SITE_METRES = ("key", "at", "fill", "line", "about"), 300
METRES, PIXELS = String("meters"), String("pixels")
Bubble = dict[str, Any]


@dataclass(frozen=True, slots=True)
class MapPick:
    """The place a reader picked, with its incidents; all empty where none is.

    A page acts when `nonce` is another than last time.
    """

    incidents: tuple[str, ...] = ()
    place: str = ""
    nonce: str = ""


def draw_map(rows: pd.DataFrame, *, selected: str | None, dark: bool, key: str, height: int) -> MapPick:
    """Draw the places of `rows` of `incidents`, and give the place that the reader picked."""
    places = find_places(rows)
    drawn, sites = places[:MOST_PLACES], find_sites(rows, places)[:MOST_PLACES]
    view = _keep_view(drawn, key, height)
    deck = pdk.Deck(
        layers=draw_layers(drawn, selected, dark, sites),
        initial_view_state=pdk.ViewState(**view),
        map_provider="carto",  # any style by its URL goes through this provider, ours too
        map_style=find_style(dark),
        tooltip={"text": "{about}", "style": _style_tooltip(dark)},
    )
    located = sum(len(place.incidents) for place in drawn)
    alt = f"Map of {located} incidents at {len(drawn)} places"
    event = st.pydeck_chart(deck, on_select="rerun", key=key, height=height, alt=alt)
    outside = count_outside(_find_points(drawn), view, height)
    st.html(_write_legend(drawn, _say_missing(len(places) - len(drawn), outside), dark, bool(sites)))
    return read_pick(event, {place.key: place for place in [*sites, *places]})


def find_style(dark: bool) -> str:
    """Give the URL of the style; `{theme}` in MAP_STYLE_URL stands for light or dark."""
    theme = "dark" if dark else "light"
    return os.environ.get("MAP_STYLE_URL", "").replace("{theme}", theme) or f"/app/static/{theme}.json"


def read_pick(event: Mapping[str, object] | object, places: dict[str, Place]) -> MapPick:
    """Read the pick out of the chart's state, which holds a list of objects for each layer.

    >>> read_pick({"selection": {"objects": {"places": [{"key": "nowhere"}]}}}, {})
    MapPick(incidents=(), place='', nonce='')
    """
    selection = event.get("selection") if isinstance(event, Mapping) else None
    layers = selection.get("objects") if isinstance(selection, Mapping) else None
    for layer, objects in (layers or {}).items():
        for one in objects:
            if place := places.get(one.get("key", "")):
                return MapPick(place.incidents, place.name, f"{layer}/{place.key}")
    return MapPick()


def draw_layers(places: list[Place], selected: str | None, dark: bool, sites: Sequence[Place] = ()) -> list[pdk.Layer]:
    """Give the layers, from the ground up: rings of doubt, hollow bubbles, filled ones, the mark of the selected.

    Sites are given in metres, so that they show only to a reader who looks closely enough to tell them apart.
    """
    largest = max((len(place.incidents) for place in places), default=1)
    smallest = next(radius for most, radius in SMALLEST if len(places) <= most)
    bubbles = _spread([_draw_bubble(place, (smallest, largest), dark) for place in places])
    chosen = [one for one, place in zip(bubbles, places, strict=True) if selected and selected in place.incidents]
    # The name of the layer changes with what is drawn, so that a pick never outlives the drawing it was made on.
    token = crc32("|".join([selected or "", *(place.key for place in places)]).encode())
    mark: dict[str, Any] = {"filled": False, "get_line_color": [*read_rgb(INK[dark]), 255]}
    return [
        _layer("rings", bubbles, ("at", "metres", "mist", "edge"), "metres", get_radius="metres", radius_units=METRES,
               get_line_width=1, get_fill_color="mist", get_line_color="edge"),
        _layer("chosen-ring", chosen, ("at", "metres"), "metres", get_radius="metres", radius_units=METRES,
               get_line_width=2, **mark),
        *(layer for i, tier in enumerate(_pile(bubbles)) for layer in _draw_group(f"places-{token:08x}-{i}", tier)),
        _layer(f"sites-{token:08x}", [_draw_bubble(site, (smallest, largest), dark) for site in sites], SITE, "key",
               get_radius=SITE_METRES, radius_units=METRES, radius_max_pixels=9, get_line_width=SITE_METRES / 8,
               line_width_units=METRES, line_width_max_pixels=1.5, get_fill_color="fill", get_line_color="line",
               pickable=True),
        _layer("chosen", chosen, ("at", "halo"), "halo", get_radius="halo", get_line_width=2.5, **mark),
    ]  # fmt: skip


def _draw_group(name: str, bubbles: list[Bubble]) -> list[pdk.Layer]:
    """Give bubbles that can be picked, and their counts over them."""
    fields = ("key", "at", "r", "rim", "fill", "line", "about")
    return [
        _layer(name, bubbles, fields, "key", get_radius="r", get_line_width="rim", get_fill_color="fill",
               get_line_color="line", pickable=True),
        _layer(f"{name}-counts", bubbles, ("at", "n", "size", "ink"), "n", kind="TextLayer", get_text="n",
               get_size="size", get_color="ink", font_family=String("Source Sans, sans-serif"), font_weight=600),
    ]  # fmt: skip


def _pile(bubbles: list[Bubble]) -> list[list[Bubble]]:
    """Sort bubbles into tiers, from the ground up: the hollow ones, then the filled ones from large to small.

    All counts of a layer lie over all its bubbles; so a small bubble covers the count of a large one only from above.
    """
    filled = [one for one in bubbles if one["metres"] is None]
    largest = max((one["r"] for one in filled), default=0)
    tiers = [[one for one in filled if low < one["r"] / largest <= high] for low, high in itertools.pairwise(TIERS)]
    return [[one for one in bubbles if one["metres"] is not None], *reversed(tiers)]


def _layer(
    name: str,
    bubbles: list[Bubble],
    fields: tuple[str, ...],
    having: str,
    kind: str = "ScatterplotLayer",
    **how: object,
) -> pdk.Layer:
    """Give one layer of the bubbles that have a field; only the fields it reads are sent."""
    data = [{field: one[field] for field in fields} for one in bubbles if one[having]]
    common: dict[str, object] = {"pickable": False, "get_position": "at"}
    if kind == "ScatterplotLayer":
        common |= {"stroked": True, "filled": True, "radius_units": PIXELS, "line_width_units": PIXELS}
    return pdk.Layer(kind, data, id=name, **common | how)


def _spread(bubbles: list[Bubble]) -> list[Bubble]:
    """Widen a hollow bubble that lies under a filled one on the same spot, so that its rim can be seen and picked."""
    filled = {_find_spot(one): one["r"] for one in bubbles if one["metres"] is None}
    for one in bubbles:
        under = filled.get(_find_spot(one))
        if one["metres"] is not None and under is not None and one["r"] < under * RIM:
            one |= {"r": under * RIM, "halo": under * RIM + 4, "n": ""}
    return bubbles


def _find_spot(bubble: Bubble) -> tuple[float, ...]:
    """Give a bubble's point to about ten kilometres."""
    return tuple(round(degree, 1) for degree in bubble["at"])


def _draw_bubble(place: Place, scale: tuple[float, int], dark: bool) -> Bubble:
    """Give one bubble: its area grows with the incidents, precise places are filled, the others hollow."""
    count, (smallest, largest) = len(place.incidents), scale
    most = min(LARGEST, smallest * largest**0.5)
    radius = max(smallest, most * (count / largest) ** 0.5)
    colour = place.family.colour(dark)
    paper, rgb = read_rgb(PAPER[dark]), read_rgb(colour)
    on_colour = max(("#ffffff", "#1b2226"), key=lambda one: find_contrast(one, colour))
    return {
        "key": place.key,
        "at": [place.longitude, place.latitude],
        "n": "" if radius < READABLE else str(count) if count < 1000 else f"{count / 1000:.1f}k",
        "r": round(radius, 1),
        "halo": round(radius + 4, 1),
        "size": round(min(14.0, 8 + radius / 4), 1),
        "metres": None if place.precise else round(place.radius_km * 1000),
        "fill": [*rgb, 235] if place.precise else [*paper, 225],
        "line": [*paper, 255] if place.precise else [*rgb, 255],
        "rim": 1 if place.precise else 2,
        "ink": [*read_rgb(on_colour if place.precise else INK[dark]), 255],
        "mist": [*rgb, 16],
        "edge": [*rgb, 110],
        "about": _say_place(place),
    }


def _say_place(place: Place) -> str:
    """Say what a place is, for its tooltip."""
    count = len(place.incidents)
    kind = f"{count:,} incidents, mostly" if count > 1 else "1 incident:"
    lines = [place.name, f"{kind} {place.family.label.lower()}", place.toll]
    if not place.precise:
        within = f", somewhere within {place.radius_km:,.0f} km" if place.radius_km else ""
        lines.append(f"No town is stated{within}")
    return "\n".join(lines)


def _keep_view(places: list[Place], key: str, height: int) -> View:
    """Give the view that fits the first data; it stays while later data lie inside, so that a filter moves nothing."""
    fitted = fit_view(_find_points(places), height, [len(place.incidents) for place in places])
    kept: Fit = st.session_state.get(f"{key}-view", fitted)
    if places and not holds(kept.box, fitted.box):
        kept = fitted
    if places:
        st.session_state[f"{key}-view"] = kept
    return kept.view


def _find_points(places: list[Place]) -> list[tuple[float, float]]:
    """Give the places as longitude and latitude."""
    return [(place.longitude, place.latitude) for place in places]


def _say_missing(left_out: int, outside: int) -> str:
    """Say which places are not drawn, and which only show once one zooms out.

    >>> _say_missing(0, 2)
    '2 places lie outside the first view. '
    """
    missing = f"{left_out:,} places with the fewest incidents are not drawn. " if left_out else ""
    return missing + (
        f"{outside:,} place{'s lie' if outside > 1 else ' lies'} outside the first view. " if outside else ""
    )


def _style_tooltip(dark: bool) -> dict[str, str]:
    """Give the tooltip's look, that of the timeline's."""
    return {
        "backgroundColor": PAPER[dark],
        "color": INK[dark],
        "border": f"1px solid {'#3a444d' if dark else '#d5d9db'}",
        "borderRadius": "6px",
        "padding": "8px 11px",
        "fontSize": "13px",
        "fontFamily": "inherit",
        "maxWidth": "320px",
        "whiteSpace": "pre-wrap",
    }


def _write_legend(places: list[Place], missing: str, dark: bool, has_sites: bool) -> str:
    """Write what the marks mean, and whose data the ground is; no word of the data is in it."""
    present = {place.family.key for place in places}
    keys = [_write_key(f.label, _write_disc(11, f"background:{f.colour(dark)}")) for f in FAMILIES if f.key in present]
    grey = "background:currentColor;opacity:.5"
    keys.append(
        _write_key(
            "larger: more incidents; colour: the most frequent type", _write_disc(7, grey) + _write_disc(13, grey)
        )
    )
    if has_sites:
        keys.append(_write_key("zoom in for single sites", _write_disc(7, "background:currentColor;opacity:.75")))
    if not all(place.precise for place in places):
        ring = "border:1px solid currentColor;opacity:.7"
        core = _write_disc(7, "border:1.5px solid currentColor;margin:3px")
        hollow = f'<span style="display:inline-block;border-radius:50%;{ring}">{core}</span>'
        keys.append(_write_key("only the district or province is known: anywhere in the ring", hollow))
    note = f"{missing}Boundaries are not authoritative. {CREDITS}"
    return (
        '<div style="font-size:13px;line-height:1.45;opacity:.85;display:flex;flex-wrap:wrap;gap:4px 16px">'
        f'{"".join(keys)}<span style="flex-basis:100%">{note}</span></div>'
    )


def _write_key(label: str, mark: str) -> str:
    """Write one entry of the legend."""
    return f'<span style="display:inline-flex;align-items:center;gap:6px">{mark}{label}</span>'


def _write_disc(width: int, style: str) -> str:
    """Write a disc; Streamlit lets no SVG through."""
    size = f"width:{width}px;height:{width}px"
    return f'<span style="display:block;box-sizing:border-box;flex:none;border-radius:50%;{size};{style}"></span>'
