"""Make the two styles of the base map, light and dark, which differ in their colours only.

Run by hand after a change here: `python static/make_styles.py`. They are Mapbox style v8 and ask this server only.
"""

import json
from pathlib import Path
from typing import Any

HOME = Path(__file__).parent
SERVED = "/app/static/basemap"
FONT = ["Source Sans"]
COLOURS = {
    "light": {
        "water": "#dde4e8",
        "land": "#f6f5f2",
        "country": "#a2a6aa",
        "province": "#dcdad5",
        "country name": "#6e747a",
        "province name": "#9a968e",
        "city name": "#4a5056",
        "dot": "#8b9096",
    },
    "dark": {
        "water": "#10151a",
        "land": "#1d242b",
        "country": "#5d6872",
        "province": "#2f3840",
        "country name": "#8f9aa5",
        "province name": "#66717b",
        "city name": "#b4bec7",
        "dot": "#7d8893",
    },
}
Json = Any


def make_styles() -> None:
    """Write light.json and dark.json beside this file."""
    for name, colours in COLOURS.items():
        text = json.dumps(draw_style(name, colours), indent=1)
        (HOME / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def draw_style(name: str, colours: dict[str, str]) -> Json:
    """Give the style: water, land, borders, then names over all."""
    names = ("admin0", "admin1", "places", "provinces")
    return {
        "version": 8,
        "name": f"Base map, {name}",
        "glyphs": f"{SERVED}/glyphs/{{fontstack}}/{{range}}.pbf",
        "sources": {one: {"type": "geojson", "data": f"{SERVED}/{one}.geojson", "maxzoom": 9} for one in names},
        "layers": [*_draw_areas(colours), _name_provinces(colours), *_name_cities(colours), _name_countries(colours)],
    }


def _draw_areas(colours: dict[str, str]) -> list[Json]:
    """Give land and borders; a country's border is always stronger than a province's."""
    return [
        {"id": "water", "type": "background", "paint": {"background-color": colours["water"]}},
        {"id": "land", "type": "fill", "source": "admin0", "paint": {"fill-color": colours["land"]}},
        {
            "id": "province-border",
            "type": "line",
            "source": "admin1",
            "minzoom": 3.6,
            "paint": {
                "line-color": colours["province"],
                "line-width": _by_zoom((4, 0.6), (7, 1.2)),
                "line-opacity": _by_zoom((3.6, 0), (4.6, 1)),
            },
        },
        {
            "id": "country-border",
            "type": "line",
            "source": "admin0",
            "layout": {"line-join": "round"},
            "paint": {"line-color": colours["country"], "line-width": _by_zoom((1, 0.5), (4, 1), (7, 1.8))},
        },
    ]


def _name_countries(colours: dict[str, str]) -> Json:
    """Give the names of countries, in capitals; they go once the country fills the map."""
    return {
        **_label("country-name", "places", colours["country name"], colours["land"]),
        "maxzoom": 7.5,
        "filter": ["all", ["==", ["get", "k"], "country"], [">=", ["zoom"], ["get", "z"]]],
        "layout": {
            "text-field": ["upcase", ["get", "n"]],
            "text-font": FONT,
            "text-size": _by_zoom((2, 10), (6, 13)),
            "text-letter-spacing": 0.12,
            "text-max-width": 7,
            "text-padding": 4,
            "symbol-sort-key": ["get", "z"],
        },
    }


def _name_provinces(colours: dict[str, str]) -> Json:
    """Give the names of provinces, faint, from a zoom at which they do not crowd the cities."""
    return {
        **_label("province-name", "provinces", colours["province name"], colours["land"]),
        "minzoom": 5.5,
        "filter": [">=", ["zoom"], ["get", "z"]],
        "layout": {
            "text-field": ["upcase", ["get", "n"]],
            "text-font": FONT,
            "text-size": _by_zoom((5, 9.5), (8, 11.5)),
            "text-letter-spacing": 0.08,
            "text-max-width": 8,
            "text-padding": 6,
        },
    }


def _name_cities(colours: dict[str, str]) -> list[Json]:
    """Give main cities as a small dot with the name beside it, clear of a bubble that may lie on the dot."""
    is_city = ["all", ["!=", ["get", "k"], "country"], [">=", ["zoom"], ["get", "z"]]]
    is_capital = ["==", ["get", "k"], "capital"]
    dot = {
        "id": "city",
        "type": "circle",
        "source": "places",
        "minzoom": 3,
        "filter": is_city,
        "paint": {"circle-radius": ["case", is_capital, 2.4, 1.7], "circle-color": colours["dot"]},
    }
    name = {
        **_label("city-name", "places", colours["city name"], colours["land"]),
        "minzoom": 3,
        "filter": is_city,
        "layout": {
            "text-field": ["get", "n"],
            "text-font": FONT,
            "text-size": ["interpolate", ["linear"], ["zoom"], 3, 11, 7, ["case", is_capital, 15, 13.5]],
            "text-variable-anchor": ["left", "right", "bottom", "top"],
            "text-radial-offset": _by_zoom((3, 0.6), (5, 1.3)),
            "text-justify": "auto",
            "text-padding": 3,
            "symbol-sort-key": ["-", ["get", "z"], ["case", is_capital, 0.5, 0]],
        },
    }
    return [dot, name]


def _label(name: str, source: str, colour: str, halo: str) -> Json:
    """Give what all layers of names share: a halo in the tone of the land keeps them readable over lines."""
    paint = {"text-color": colour, "text-halo-color": halo, "text-halo-width": 1.4, "text-halo-blur": 0.4}
    return {"id": name, "type": "symbol", "source": source, "paint": paint}


def _by_zoom(*stops: tuple[float, float]) -> Json:
    """Give a value that grows evenly between zooms."""
    return ["interpolate", ["linear"], ["zoom"], *(number for stop in stops for number in stop)]


if __name__ == "__main__":
    make_styles()
