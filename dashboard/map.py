"""The map: places, counts of neighbours, or shaded provinces, over a base map that this server gives out itself.

The view is the reader's: it is set once, and again only when the reader asks for it. No host but ours is asked,
unless `MAP_STYLE_URL` names another style.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

import pydeck as pdk
import streamlit as st

from dashboard.choice import choose_view, is_new, list_incidents
from dashboard.fan import draw_fan, say_fan
from dashboard.layers import GUARD, INK, PAPER, PIXELS, draw_box, draw_bubbles
from dashboard.legend import explain_bubbles, explain_shades, say_missing
from dashboard.load import Shown
from dashboard.places import (
    MOST_LISTED,
    MOST_PLACES,
    Place,
    count_places,
    find_clusters,
    find_incidents,
    find_open,
    find_place_of,
    find_places,
    find_sites,
    find_step,
)
from dashboard.provinces import Province, load_atlas, roll_up
from dashboard.shades import colour_provinces, draw_provinces, name_classes, shade_style
from dashboard.view_state import TILE, Fit, count_outside, fit_view, move
from pipeline.view import View

CELL = 64  # pixels between counts of neighbours


@dataclass(frozen=True, slots=True)
class Scene:
    """What is drawn: layers, their style, the legend, and the points that a view must hold."""

    layers: list[pdk.Layer]
    style: str
    legend: str
    points: list[tuple[float, float]]
    counts: list[int]
    drawn: int  # marks that can be picked
    places: Mapping[str, Place]
    provinces: Mapping[str, Province]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How the page draws the map."""

    key: str
    height: int
    dark: bool
    mode: str = "places"  # or "clusters", "provinces"
    shade: str = "incidents"  # or "killed"
    selected: str = ""  # the open incident
    listed: tuple[str, ...] = ()  # the incidents of the place that is listed


def draw_map(shown: Shown, manner: Manner) -> None:
    """Draw the map of what is shown."""
    scene = _set_provinces(shown, manner) if manner.mode == "provinces" else _set_places(shown, manner)
    view = _keep_view(scene, manner)
    deck = pdk.Deck(
        layers=[*scene.layers, *draw_box(shown.view.box, manner.dark)],
        initial_view_state=pdk.ViewState(**view),
        map_provider="carto",  # any style by its URL goes through this provider, ours too
        map_style=scene.style,
        tooltip={"text": "{about}", "style": _style_tooltip(manner.dark)},
    )
    what = "provinces" if manner.mode == "provinces" else "places"
    alt = f"Map of {sum(scene.counts):,} incidents in {scene.drawn:,} {what}; the table below holds the same incidents"
    st.pydeck_chart(deck, on_select="rerun", key=manner.key, height=manner.height, alt=alt)
    st.html(scene.legend)
    st.session_state[f"{manner.key}-drawn"] = (scene.places, scene.provinces)


def take_map(shown: Shown, key: str) -> None:
    """Take what was picked on the map as it was drawn last: a place lists its incidents, a province is seen alone."""
    layer, picked = read_pick(st.session_state.get(key))
    if not is_new(key, f"{layer}/{picked}") or not layer:
        return
    places, provinces = st.session_state.get(f"{key}-drawn", ({}, {}))
    if layer.startswith("fan"):
        list_incidents((picked,), "")
    elif place := places.get(picked):
        ids = tuple(find_incidents(shown, picked)["incident_id"])
        st.session_state[f"{key}-spot"], st.session_state[f"{key}-spot-ids"] = place, ids
        more = f", the first {MOST_LISTED} of {place.count:,}" if place.count > len(ids) else ""
        list_incidents(ids, f"{place.name}{more}")
    elif province := provinces.get(picked):
        choose_view(view_province(shown.view, province))


def find_spot(key: str, listed: Sequence[str], selected: str) -> Place | None:
    """Give the place that was picked on the map, while its list or one of its incidents is open."""
    place: Place | None = st.session_state.get(f"{key}-spot")
    of_it: tuple[str, ...] = st.session_state.get(f"{key}-spot-ids", ())
    return place if place and ((listed and listed[0] in of_it) or selected in of_it) else None


def fit_map(key: str) -> None:
    """Let the map look at all that is shown, at its next drawing."""
    st.session_state[f"{key}-fit"] = True


def find_style(dark: bool) -> str:
    """Give the URL of the style; `{theme}` in MAP_STYLE_URL stands for light or dark."""
    theme = "dark" if dark else "light"
    return os.environ.get("MAP_STYLE_URL", "").replace("{theme}", theme) or f"/app/static/{theme}.json"


def read_pick(event: Mapping[str, object] | object) -> tuple[str, str]:
    """Read layer and key of the pick out of the chart's state, which holds a list of objects for each layer.

    >>> read_pick({"selection": {"objects": {"places-1": [{"key": "Kabul"}]}}}), read_pick({"selection": {}})
    (('places-1', 'Kabul'), ('', ''))
    """
    selection = event.get("selection") if isinstance(event, Mapping) else None
    layers = selection.get("objects") if isinstance(selection, Mapping) else None
    for layer, objects in (layers or {}).items():
        for one in objects:
            if key := one.get("key"):
                return layer, str(key).removeprefix(GUARD)
    return "", ""


def view_province(view: View, province: Province) -> View:
    """Give the view that keeps one province alone; where it does so already, the view that no longer does."""
    countries, names = (tuple(sorted(set(part))) for part in zip(*province.names, strict=True))
    if view.provinces == names:
        return replace(view, provinces=(), countries=() if view.countries == countries else view.countries)
    return replace(view, countries=countries if all(countries) else view.countries, provinces=names, cities=())


def _set_places(shown: Shown, manner: Manner) -> Scene:
    """Set the scene of places, counted together where there are too many or the reader asks for it."""
    step = _find_step(shown, manner)
    places = find_clusters(shown, step) if step else find_places(shown)
    sites = [] if step else find_sites(shown, places)
    spot = find_spot(manner.key, manner.listed, manner.selected)
    keys = {*find_place_of(shown, manner.selected, step)} - {""}
    if spot and manner.listed:
        keys = {spot.key}
    token = _name_drawing(shown, manner, spot)
    layers = draw_bubbles(places, sites, keys, manner.dark, token)
    if spot and not (spot.members == 1 and spot.count > 1 and any(one.key == spot.key for one in (*places, *sites))):
        spot = None
    if spot:
        layers += draw_fan(spot, find_incidents(shown, spot.key), manner.selected, manner.dark, token)
    points = [(place.longitude, place.latitude) for place in places]
    kept: Fit | None = st.session_state.get(f"{manner.key}-view")
    outside = count_outside(points, kept.view, manner.height) if kept else 0
    left_out = 0 if step or len(places) < MOST_PLACES else count_places(shown) - len(places)
    missing = say_fan(spot.count) + say_missing(left_out, outside) if spot else say_missing(left_out, outside)
    legend = explain_bubbles(places, manner.dark, missing, has_sites=bool(sites), together=bool(step))
    drawn = {place.key: place for place in (*sites, *places)}
    counts = [place.count for place in places]
    return Scene(layers, find_style(manner.dark), legend, points, counts, len(places), drawn, {})


def _find_step(shown: Shown, manner: Manner) -> float:
    """Give the degrees in which neighbours are counted together, 0 for not at all."""
    if manner.mode != "clusters":
        # To count them all is a question of its own, and rarely needed.
        full = len(find_places(shown)) == MOST_PLACES
        return find_step(shown, 0) if full and count_places(shown) > MOST_PLACES else 0.0
    key = f"{manner.key}-view"
    if key not in st.session_state and (places := find_places(shown)):
        points = [(place.longitude, place.latitude) for place in places]
        st.session_state[key] = fit_view(points, manner.height, [place.count for place in places])
    kept: Fit | None = st.session_state.get(key)
    return find_step(shown, CELL / (TILE * 2 ** kept.view["zoom"]) * 360 if kept else 1.0)


def _set_provinces(shown: Shown, manner: Manner) -> Scene:
    """Set the scene of shaded provinces."""
    rolled, dark = roll_up(shown, load_atlas()), manner.dark
    ours = not os.environ.get("MAP_STYLE_URL")
    theme = "dark" if dark else "light"
    colours = colour_provinces(rolled.provinces, manner.shade, dark)
    asked = set(shown.view.provinces)
    token = _name_drawing(shown, manner, None)
    marked = {one.shape.key for one in rolled.provinces if asked & {name for _, name in one.names}}
    layers = draw_provinces(rolled.provinces, manner.shade, marked, dark, token, ground=ours)
    return Scene(
        layers=[*layers, *_mark_open(shown, manner)],
        style=shade_style(theme, colours, dark) if ours else find_style(dark),
        legend=explain_shades(name_classes(rolled.provinces, manner.shade, dark), manner.shade, rolled),
        points=[one.shape.label for one in rolled.provinces],
        counts=[one.count for one in rolled.provinces],
        drawn=len(rolled.provinces),
        places={},
        provinces={one.shape.key: one for one in rolled.provinces},
    )


def _mark_open(shown: Shown, manner: Manner) -> list[pdk.Layer]:
    """Give the mark of the open incident, at its point."""
    row = find_open(shown, manner.selected)
    if row is None:
        return []
    at = [row["longitude"], row["latitude"]]
    mark = {"at": at, "n": 1, "r": 7}
    ink, paper = (tuple(int(one[manner.dark][i : i + 2], 16) for i in (1, 3, 5)) for one in (INK, PAPER))
    return [
        pdk.Layer("ScatterplotLayer", [mark], id="chosen", get_position="at", get_radius="r", radius_units=PIXELS,
                  stroked=True, filled=True, get_fill_color=[*paper, 255], get_line_color=[*ink, 255],
                  get_line_width=3, line_width_units=PIXELS, pickable=False)
    ]  # fmt: skip


def _name_drawing(shown: Shown, manner: Manner, spot: Place | None) -> str:
    """Name what is drawn: layers to pick from bear this, so that a pick never outlives the drawing it was made on."""
    state = (shown.view, shown.stamp, manner.mode, manner.shade, manner.selected, spot.key if spot else "")
    return f"{crc32(repr(state).encode()):08x}"


def _keep_view(scene: Scene, manner: Manner) -> dict[str, float]:
    """Give the view that the map opened with, and another only where the reader asks for it."""
    state, key = st.session_state, f"{manner.key}-view"
    kept: Fit | None = state.get(key)
    if kept is None or state.pop(f"{manner.key}-fit", False):
        fitted = fit_view(scene.points, manner.height, scene.counts)
        if kept is None and not scene.points:
            return fitted.view
        # The browser takes only numbers that are new to it, and the reader may have moved since the last ones.
        kept = state[key] = move(fitted, kept)
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
