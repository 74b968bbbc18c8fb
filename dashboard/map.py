"""The map: one bubble for each place, over a base map that this server gives out itself.

A bubble's area is its number of incidents. What is known to a district or province only is a hollow bubble in a ring
as wide as the doubt. No host but ours is asked, unless `MAP_STYLE_URL` names another style.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

import pandas as pd
import pydeck as pdk
import streamlit as st
from pydeck.types import String

from dashboard.palette import FAMILIES, find_contrast, read_rgb
from dashboard.places import MOST_PLACES, Place, find_places
from dashboard.view_state import Fit, View, fit_view, holds

INK, PAPER = {False: "#1b2226", True: "#f2f5f7"}, {False: "#ffffff", True: "#161b20"}
SMALLEST, LARGEST = 8.5, 30.0  # pixels
Deck = dict[str, object]


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
    drawn = places[:MOST_PLACES]
    deck = pdk.Deck(
        layers=draw_layers(drawn, selected, dark),
        initial_view_state=pdk.ViewState(**_keep_view(drawn, key, height)),
        map_provider="carto",  # any style by its URL goes through this provider, ours too
        map_style=find_style(dark),
        tooltip={"text": "{about}", "style": _style_tooltip(dark)},
    )
    located = sum(len(place.incidents) for place in drawn)
    alt = f"Map of {located} incidents at {len(drawn)} places"
    event = st.pydeck_chart(deck, on_select="rerun", key=key, height=height, alt=alt)
    st.html(_write_legend(drawn, len(places) - len(drawn), dark))
    return read_pick(event, {place.key: place for place in places})


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


def draw_layers(places: list[Place], selected: str | None, dark: bool) -> list[pdk.Layer]:
    """Give the layers, from the ground up: rings of doubt, the mark of the selected place, bubbles, counts."""
    largest = max((len(place.incidents) for place in places), default=1)
    data = [_draw_bubble(place, largest, dark) for place in places]
    chosen = [one for one, place in zip(data, places, strict=True) if selected and selected in place.incidents]
    rings = [one for one in data if one["metres"]]
    # The name of the layer changes with what is drawn, so that a pick never outlives the drawing it was made on.
    token = crc32("|".join([selected or "", *(place.key for place in places)]).encode())
    ink = [*read_rgb(INK[dark]), 255]
    at = {"get_position": "at", "pickable": False}
    pixels = {"radius_units": String("pixels"), "line_width_units": String("pixels"), "stroked": True}
    return [
        pdk.Layer("ScatterplotLayer", rings, id="rings", **at, get_radius="metres", stroked=True, filled=True,
                  line_width_units=String("pixels"), get_line_width=1, get_fill_color="mist", get_line_color="edge"),
        pdk.Layer("ScatterplotLayer", [one for one in chosen if one["metres"]], id="chosen-ring", **at, stroked=True,
                  filled=False, get_radius="metres", line_width_units=String("pixels"), get_line_width=2,
                  get_line_color=ink),
        pdk.Layer("ScatterplotLayer", data, id=f"places-{token:08x}", get_position="at", pickable=True, filled=True,
                  **pixels, get_radius="r", get_line_width="rim", get_fill_color="fill", get_line_color="line"),
        pdk.Layer("ScatterplotLayer", chosen, id="chosen", **at, filled=False, **pixels, get_radius="halo",
                  get_line_width=2.5, get_line_color=ink),
        pdk.Layer("TextLayer", data, id="counts", **at, get_text="n", get_size="size", get_color="ink",
                  font_family=String("Source Sans, sans-serif"), font_weight=600),
    ]  # fmt: skip


def _draw_bubble(place: Place, largest: int, dark: bool) -> Deck:
    """Give one bubble: its area grows with the incidents, precise places are filled, the others hollow."""
    count = len(place.incidents)
    most = min(LARGEST, SMALLEST * largest**0.5)
    radius = max(SMALLEST, most * (count / largest) ** 0.5)
    colour = place.family.colour(dark)
    paper, rgb = read_rgb(PAPER[dark]), read_rgb(colour)
    on_colour = max(("#ffffff", "#1b2226"), key=lambda one: find_contrast(one, colour))
    noun = "incident" if count == 1 else "incidents"
    doubt = "" if place.precise else f"\nKnown only to within {place.radius_km:,.0f} km"
    return {
        "key": place.key,
        "at": [place.longitude, place.latitude],
        "n": str(count) if count < 1000 else f"{count / 1000:.1f}k",
        "r": round(radius, 1),
        "halo": round(radius + 4, 1),
        "size": round(min(14.0, 8 + radius / 4), 1),
        "metres": 0 if place.precise else round(place.radius_km * 1000),
        "fill": [*rgb, 235] if place.precise else [*paper, 225],
        "line": [*paper, 255] if place.precise else [*rgb, 255],
        "rim": 1 if place.precise else 2,
        "ink": [*read_rgb(on_colour if place.precise else INK[dark]), 255],
        "mist": [*rgb, 16],
        "edge": [*rgb, 110],
        "about": f"{place.name}\n{count:,} {noun}, mostly {place.family.label.lower()}\n{place.toll}{doubt}",
    }


def _keep_view(places: list[Place], key: str, height: int) -> View:
    """Give the view that fits the first data; it stays while later data lie inside, so that a filter moves nothing."""
    fitted = fit_view([(place.longitude, place.latitude) for place in places], height)
    kept: Fit = st.session_state.get(f"{key}-view", fitted)
    if places and not holds(kept.box, fitted.box):
        kept = fitted
    if places:
        st.session_state[f"{key}-view"] = kept
    return kept.view


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


def _write_legend(places: list[Place], left_out: int, dark: bool) -> str:
    """Write what the marks mean, and whose data the ground is; no word of the data is in it."""
    present = {place.family.key for place in places}
    keys = [_write_key(f.label, _write_disc(11, f"background:{f.colour(dark)}")) for f in FAMILIES if f.key in present]
    grey = "background:currentColor;opacity:.5"
    keys.append(
        _write_key("more incidents, larger; colour: most frequent type", _write_disc(7, grey) + _write_disc(13, grey))
    )
    if not all(place.precise for place in places):
        ring = "border:1px solid currentColor;opacity:.7"
        core = _write_disc(7, "border:1.5px solid currentColor;margin:3px")
        hollow = f'<span style="display:inline-block;border-radius:50%;{ring}">{core}</span>'
        keys.append(_write_key("only the district or province is known: somewhere in the ring", hollow))
    note = f"{left_out:,} places with the fewest incidents are not drawn. " if left_out else ""
    note += "Boundaries are not authoritative. Natural Earth (public domain), place names GeoNames (CC BY 4.0)."
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
