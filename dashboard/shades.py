"""Provinces shaded by what happened in them: the ground's own style with the shades under its borders and names.

Each class is darker (on a dark page brighter) than the one before, and each province bears its number, so that the
map holds in black and white. A province for which no figure is stated has no shade, and never that of zero.
"""

import base64
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pydeck as pdk
import streamlit as st

from dashboard.layers import FONT, INK, METRES, PIXELS, draw_layer, guard, say_count
from dashboard.palette import find_contrast, read_rgb
from dashboard.places import say_killed
from dashboard.provinces import Province, find_class
from pipeline.brief.shading import BORDER, shade_classes, value_of

STATIC = Path(__file__).parent.parent / "static"
KEY = ["concat", ["get", "c"], "/", ["get", "n"]]  # of a province on the base map
LARGEST_TEXT = 13  # pixels
Shade = tuple[str, str]  # what a class holds in words, and its colour


def draw_provinces(
    provinces: Sequence[Province], measure: str, marked: set[str], dark: bool, token: str, *, ground: bool
) -> list[pdk.Layer]:
    """Give the layers: areas to pick, numbers, and the outline of those marked.

    The style of the ground has the shades already where `ground` says so; on another's style the areas bear them.
    """
    classes, colours = shade_classes(provinces, measure, dark)
    areas, numbers, edges = [], [], []
    for one in provinces:
        number = find_class(value_of(one, measure), classes)
        colour = None if number is None else colours[number]
        fill = [*read_rgb(colour or BORDER[dark]), 1 if ground or not colour else 170]
        about = guard(say_province(one))
        areas += [{"key": one.shape.key, "polygon": part, "fill": fill, "about": about} for part in one.shape.polygons]
        numbers.append(_draw_number(one, measure, colour, dark))
        if one.shape.key in marked:
            edges += [{"path": ring} for part in one.shape.polygons for ring in part]
    ink = [*read_rgb(INK[dark]), 255]
    return [
        pdk.Layer("PolygonLayer", areas, id=f"provinces-{token}", get_polygon="polygon", get_fill_color="fill",
                  stroked=False, filled=True, pickable=True),
        draw_layer("province-numbers", numbers, ("at", "n", "size", "ink", "halo"), "n", kind="TextLayer", get_text="n",
                   get_size="size", size_units=METRES, size_max_pixels=LARGEST_TEXT, get_color="ink", font_family=FONT,
                   font_weight=600, get_pixel_offset=[0, 8]),
        pdk.Layer("PathLayer", edges, id="province-edges", get_path="path", get_color=ink, get_width=2,
                  width_units=PIXELS, pickable=False),
    ]  # fmt: skip


def say_province(province: Province) -> str:
    """Say what happened in a province, for its tooltip."""
    country, name = province.names[0]
    named = ", ".join(part for part in (name, country) if part)
    others = {other for _, other in province.names[1:]} - {name}
    also = [f"Also written {', '.join(sorted(others))}"] if others else []
    plural = "s" if province.count != 1 else ""
    return "\n".join([named, f"{province.count:,} incident{plural}", say_killed(province.killed), *also])


def name_classes(provinces: Sequence[Province], measure: str, dark: bool) -> list[Shade]:
    """Give the classes in words, with their colours, for the legend."""
    classes, colours = shade_classes(provinces, measure, dark)
    words = [f"{low:,}" if low == high else f"{low:,} – {high:,}" for low, high in classes]
    return list(zip(words, colours, strict=True))


@st.cache_data(max_entries=100, show_spinner=False)
def shade_style(theme: str, colours: tuple[tuple[str, str], ...], dark: bool) -> str:
    """Give the URL of the ground's style with provinces in their colours, by their keys on the base map."""
    style = json.loads((STATIC / f"{theme}.json").read_text("utf-8"))
    layers: list[dict[str, Any]] = []
    for layer in style["layers"]:
        if layer["id"] not in ("city", "city-name"):
            layers.append(layer)
        if layer["id"] == "land" and colours:
            pairs = [part for pair in colours for part in pair]
            paint = {"fill-color": ["match", KEY, *pairs, "rgba(0,0,0,0)"]}
            layers.append({"id": "shade", "type": "fill", "source": "admin1", "paint": paint})
        if layer["id"] == "province-border" and colours:
            layers.append(_draw_borders([name for name, _ in colours], dark))
    text = json.dumps(style | {"layers": layers}, ensure_ascii=True, separators=(",", ":"))
    return f"data:application/json;base64,{base64.b64encode(text.encode()).decode()}"


def colour_provinces(provinces: Sequence[Province], measure: str, dark: bool) -> tuple[tuple[str, str], ...]:
    """Give each province's key with its colour, where it has a figure."""
    classes, colours = shade_classes(provinces, measure, dark)
    numbers = ((one.shape.key, find_class(value_of(one, measure), classes)) for one in provinces)
    return tuple((key, colours[number]) for key, number in numbers if number is not None)


def _draw_borders(keys: Sequence[str], dark: bool) -> dict[str, Any]:
    """Give the borders of shaded provinces, which neighbours of one shade need."""
    width = ["interpolate", ["linear"], ["zoom"], 2, 0.3, 7, 1.2]
    return {"id": "shade-border", "type": "line", "source": "admin1", "filter": ["in", KEY, ["literal", keys]],
            "paint": {"line-color": BORDER[dark], "line-width": width}}  # fmt: skip


def _draw_number(province: Province, measure: str, colour: str | None, dark: bool) -> dict[str, Any]:
    """Give the number of a province; its size follows the province, so that numbers of small ones do not crowd."""
    value = value_of(province, measure)
    ink = max(("#ffffff", "#1b2226"), key=lambda one: find_contrast(one, colour)) if colour else INK[dark]
    xs = [point[0] for part in province.shape.polygons for point in part[0]]
    wide = max(xs) - min(xs)
    return {
        "at": list(province.shape.label),
        "n": "–" if value is None else say_count(value),
        "size": max(round(min(wide, 4.0) * 111_000 / 5), 14_000),
        "ink": [*read_rgb(ink), 255],
        "halo": colour or "",
    }
