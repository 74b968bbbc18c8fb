"""The map: which places it draws and how, what it takes from the browser, and that its ground is all our own."""

import json
import re
from pathlib import Path

import drawing_page
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard.map import draw_layers, find_style, read_pick
from dashboard.places import find_places, find_sites
from dashboard.view_state import AIR, TILE, WIDTH_OF_HEIGHT, _to_mercator, count_outside, fit_view
from static.make_places import LAST_GLYPH
from static.make_styles import COLOURS, draw_style

STATIC = Path("static")
# Fewer than 17 points: none of them is so small a part that the view may leave it out.
POINTS = st.lists(st.tuples(st.floats(-179, 179), st.floats(-60, 72)), min_size=2, max_size=16, unique=True)


def bubbles(rows, selected=None, dark=False):
    """Give the bubbles that can be picked, hollow ones first, by place."""
    layers = [layer for layer in draw_layers(find_places(rows), selected, dark) if layer.pickable]
    return {one["key"]: one for layer in layers for one in layer.data}, [layer.id for layer in layers]


def test_one_bubble_a_place_and_no_incident_lost():
    rows = drawing_page.rows(300)
    places = find_places(rows)
    assert sorted(i for place in places for i in place.incidents) == sorted(rows["incident_id"])
    assert len(places) == rows.groupby(["city", "admin1"]).ngroups
    assert [len(place.incidents) for place in places] == sorted((len(p.incidents) for p in places), reverse=True)


def test_rows_without_a_point_make_no_place():
    assert find_places(drawing_page.rows(2, latitude=[None, None], longitude=[None, None])) == []
    assert find_places(drawing_page.rows(0)) == []


def test_a_site_counts_with_its_town_but_a_province_has_its_own_bubble():
    precisions = ["city", "site", "province"]
    points = {"latitude": [34.5, 34.51, 34.5], "longitude": [69.2, 69.21, 69.2], "city": ["Kabul", "Kabul", ""]}
    rows = drawing_page.rows(3, geo_precision=precisions, admin1=["Kabul"] * 3, venue=["", "the gate", ""], **points)
    places = {place.precise: place for place in find_places(rows)}
    assert len(places[True].incidents) == 2 and len(places[False].incidents) == 1
    assert (places[True].latitude, places[True].longitude) == (34.5, 69.2), "a site does not move its town"
    assert [(site.name, len(site.incidents)) for site in find_sites(rows, find_places(rows))] == [
        ("the gate, Kabul, Afghanistan", 1)
    ]
    drawn, _ = bubbles(rows)
    assert drawn["34.500,69.200,province"]["r"] > drawn[places[True].key]["r"], "its rim must stay in reach"


def test_a_province_is_a_ring_with_its_true_radius():
    rows = drawing_page.rows(1, geo_precision=["province"], geo_radius_km=[84.2], admin1=["Nangarhar"])
    rings = next(layer for layer in draw_layers(find_places(rows), None, False) if layer.id == "rings")
    assert [ring["metres"] for ring in rings.data] == [84_200]
    about = next(iter(bubbles(rows)[0].values()))["about"]
    assert about.startswith("Nangarhar, Afghanistan\n1 incident") and "within 84 km" in about


def test_areas_grow_with_incidents():
    rows = drawing_page.rows(400, geo_precision=["city"] * 400)
    drawn, _ = bubbles(rows)
    sizes = sorted((len(place.incidents), drawn[place.key]["r"]) for place in find_places(rows))
    largest, radius = sizes[-1]
    for count, r in sizes:
        assert r == pytest.approx(max(9.0, radius * (count / largest) ** 0.5), abs=0.1)


def test_the_layers_to_pick_from_change_with_what_is_selected():
    rows = drawing_page.rows(40)
    assert bubbles(rows)[1] != bubbles(rows, "test:3")[1] != bubbles(rows[:30], "test:3")[1]
    assert bubbles(rows, "test:3")[1] == bubbles(rows, "test:3", dark=True)[1]


@pytest.mark.parametrize("count", [0, 1, 15, 573, 10_000])
def test_little_is_sent_whatever_the_number(count):
    layers = draw_layers(find_places(drawing_page.rows(count)), None, False)
    assert sum(len(layer.data or []) for layer in layers) <= 5_000
    assert len(json.dumps([layer.data for layer in layers])) < 500_000


def test_a_pick_is_read_from_a_plain_dict():
    places = {place.key: place for place in find_places(drawing_page.rows(40))}
    key = next(key for key, place in places.items() if place.name == "Kabul, Afghanistan")
    pick = read_pick({"selection": {"indices": {"places-1": [0]}, "objects": {"places-1": [{"key": key}]}}}, places)
    assert (pick.incidents, pick.place) == (places[key].incidents, "Kabul, Afghanistan") and pick.nonce
    for nothing in ({}, {"selection": {}}, {"selection": {"objects": {}}}, None):
        assert read_pick(nothing, places).incidents == ()


def test_a_pick_reaches_the_page():
    page = AppTest.from_file("drawing_page.py", default_timeout=60)
    places = find_places(drawing_page.rows(drawing_page.COUNT))
    kandahar = next(place for place in places if place.name.startswith("Kandahar"))
    page.session_state["map"] = {"selection": {"objects": {"places-1": [{"key": kandahar.key}]}}}
    page.run()
    assert not page.exception
    assert page.session_state.selected == kandahar.incidents[0]


def test_the_view_stays_when_a_filter_narrows_the_data():
    page = AppTest.from_file("drawing_page.py", default_timeout=60).run()
    before = page.session_state["map-view"]
    page.query_params["n"] = "3"
    assert page.run().session_state["map-view"] == before


@given(POINTS, st.sampled_from([320, 440, 540]))
def test_the_first_view_holds_all_points(points, height):
    fit = fit_view(points, height)
    scale = TILE * 2 ** fit.view["zoom"]
    if fit.view["zoom"] == 0.5:
        return  # the whole world does not fit any map
    room = AIR + 0.02
    for longitude, latitude in points:
        across = abs(longitude - fit.view["longitude"]) / 360 * scale
        along = abs(_to_mercator(latitude) - _to_mercator(fit.view["latitude"])) * scale
        assert across <= room * height * WIDTH_OF_HEIGHT / 2 and along <= room * height / 2


def test_few_incidents_far_away_do_not_set_the_first_view():
    near, far = [(69.2, 34.5), (65.7, 31.6), (62.2, 34.3)], (-4.2, 53.2)
    fit = fit_view([*near, far], 440, [50, 30, 20, 2])
    assert fit.view == fit_view(near, 440).view and fit.box[0] == -4.2
    assert count_outside([*near, far], fit.view, 440) == 1
    assert count_outside([*near, far], fit_view([*near, far], 440, [50, 30, 20, 40]).view, 440) == 0


def test_one_point_is_not_looked_at_too_closely():
    assert fit_view([(69.2, 34.5)] * 5, 440).view["zoom"] == 6


def test_another_style_can_be_named(monkeypatch):
    monkeypatch.delenv("MAP_STYLE_URL", raising=False)
    assert find_style(dark=True) == "/app/static/dark.json"
    monkeypatch.setenv("MAP_STYLE_URL", "https://maps.example.org/{theme}/style.json")
    assert find_style(dark=False) == "https://maps.example.org/light/style.json"


@pytest.mark.parametrize("theme", COLOURS)
def test_the_style_is_what_its_script_makes_and_asks_this_server_only(theme):
    text = (STATIC / f"{theme}.json").read_text("utf-8")
    assert json.loads(text) == draw_style(theme, COLOURS[theme]), "run: python static/make_styles.py"
    urls = re.findall(r'"([^"]*/[^"]*)"', text)
    assert urls and all(url.startswith("/app/static/basemap/") for url in urls)
    for source in json.loads(text)["sources"].values():
        assert Path(source["data"].replace("/app/static", "static")).is_file()


@pytest.mark.parametrize("name", ["places", "provinces"])
def test_every_letter_of_a_label_has_a_glyph(name):
    text = (STATIC / "basemap" / f"{name}.geojson").read_text("utf-8")
    names = [feature["properties"]["n"] for feature in json.loads(text)["features"]]
    assert all(names) and max(map(ord, "".join(names))) <= LAST_GLYPH, "a letter without a glyph blanks its tile"
    assert len(text.encode()) < 700_000
    assert {"0-255.pbf", "256-511.pbf"} == {path.name for path in STATIC.glob("basemap/glyphs/Source Sans/*.pbf")}


def test_provinces_have_their_present_names():
    text = (STATIC / "basemap/provinces.geojson").read_text("utf-8")
    names = {feature["properties"]["n"] for feature in json.loads(text)["features"]}
    assert {"Daykundi", "Helmand", "Nangarhar", "Herat"} <= names
