"""The map: which places it draws and how, what it takes from the browser, and that its ground is all our own."""

import base64
import json
import re
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from generate import write
from hypothesis import given
from hypothesis import strategies as st

from dashboard.fan import MOST_MARKS, draw_fan, place_marks
from dashboard.here import Here, box_around, offer_views
from dashboard.layers import draw_box, draw_bubbles
from dashboard.legend import explain_shades
from dashboard.load import Shown
from dashboard.map import find_style, read_pick, view_province
from dashboard.places import find_clusters, find_incidents, find_place_of, find_places, find_sites, find_step
from dashboard.provinces import load_atlas, roll_up
from dashboard.shades import colour_provinces, draw_provinces, name_classes, shade_style
from dashboard.view_state import AIR, TILE, WIDTH_OF_HEIGHT, _to_mercator, count_outside, fit_view, move
from pipeline.brief.shading import RAMPS
from pipeline.tables.store import Store
from pipeline.view import View
from static.make_places import LAST_GLYPH
from static.make_styles import COLOURS, draw_style

STATIC = Path("static")
# Fewer than 17 points: none of them is so small a part that the view may leave it out.
POINTS = st.lists(st.tuples(st.floats(-179, 179), st.floats(-60, 72)), min_size=2, max_size=16, unique=True)


def rows_of(count, **columns):
    """Make rows of `incidents` in one town, with some columns given."""
    point = {"latitude": 34.528, "longitude": 69.172, "geo_precision": "city", "geo_radius_km": 5.0}
    names = {"venue": "", "city": "Kabul", "admin2": "", "admin1": "Kabul", "country": "Afghanistan"}
    row = {"event_type": "bombing"} | names | point
    made = pd.DataFrame([{"incident_id": f"test:{i}"} | row for i in range(count)])
    return made.assign(**{f"killed_{end}": pd.array([3] * count, "Int64") for end in ("low", "best", "high")} | columns)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write(tmp_path_factory.mktemp("tables"), 400)


@pytest.fixture(scope="module")
def shown(folder):
    return Shown(Store(folder), (), View())


@pytest.fixture
def show(tmp_path):
    """Show rows of `incidents` made for a test."""
    number = iter(range(99))

    def put(rows):
        folder = tmp_path / str(next(number))
        folder.mkdir()
        rows.to_parquet(folder / "incidents.parquet")
        return Shown(Store(folder), ((str(folder), 0, 0),), View())

    return put


def bubbles(places, sites=(), keys=(), dark=False, token="t"):
    """Give the bubbles that can be picked, hollow ones first, by place."""
    layers = [layer for layer in draw_bubbles(places, sites, set(keys), dark, token) if layer.pickable]
    return {one["key"]: one for layer in layers for one in layer.data}


def data_of(layers, name):
    return next(layer.data for layer in layers if layer.id == name)


def test_one_bubble_a_place_and_no_incident_lost(shown):
    places = find_places(shown)
    located = shown.rows(9_999).dropna(subset=["latitude"])
    assert sorted(i for p in places for i in find_incidents(shown, p.key)["incident_id"]) == sorted(
        located["incident_id"]
    )
    assert [place.count for place in places] == sorted((place.count for place in places), reverse=True)
    known = sum(place.killed.stated + place.killed.without for place in places)
    assert known <= len(located), "a toll counts once"


def test_rows_without_a_point_make_no_place(show):
    assert find_places(show(rows_of(2, latitude=[None, None], longitude=[None, None]))) == []


def test_a_site_counts_with_its_town_but_a_province_has_its_own_bubble(show):
    precisions = ["city", "site", "province"]
    points = {"latitude": [34.5, 34.51, 34.5], "longitude": [69.2, 69.21, 69.2], "city": ["Kabul", "Kabul", ""]}
    rows = rows_of(3, geo_precision=precisions, admin1=["Kabul"] * 3, venue=["", "the gate", ""], **points)
    shown = show(rows)
    places = {place.precise: place for place in find_places(shown)}
    assert (places[True].count, places[False].count) == (2, 1)
    assert (places[True].latitude, places[True].longitude) == (34.5, 69.2), "a site does not move its town"
    sites = find_sites(shown, list(places.values()))
    assert [(site.name, site.count) for site in sites] == [("the gate, Kabul, Afghanistan", 1)]
    drawn = bubbles(list(places.values()))
    assert drawn["34.500,69.200,province"]["r"] > drawn[places[True].key]["r"], "its rim must stay in reach"
    assert find_place_of(shown, "test:1") == (places[True].key, sites[0].key)
    assert list(find_incidents(shown, sites[0].key)["incident_id"]) == ["test:1"]


def test_a_province_is_a_ring_with_its_true_radius(show):
    rows = rows_of(1, geo_precision=["province"], geo_radius_km=[84.2], city=[""], admin1=["Nangarhar"])
    places = find_places(show(rows))
    layers = draw_bubbles(places, [], set(), False, "t")
    assert [ring["metres"] for ring in data_of(layers, "rings")] == [84_200]
    about = next(iter(bubbles(places).values()))["about"]
    assert about.startswith("Nangarhar, Afghanistan\n1 incident") and "within 84 km" in about


def test_areas_grow_with_incidents(shown):
    places = [place for place in find_places(shown) if place.precise]
    drawn = bubbles(places)
    sizes = sorted((place.count, drawn[place.key]["r"]) for place in places)
    largest, radius = sizes[-1]
    for count, r in sizes:
        assert r == pytest.approx(max(9.0, radius * (count / largest) ** 0.5), abs=0.1)


def test_what_is_picked_or_open_is_marked(shown):
    places = find_places(shown)
    marked = data_of(draw_bubbles(places, [], {places[3].key}, True, "t"), "chosen")
    assert [one["at"] for one in marked] == [[places[3].longitude, places[3].latitude]]


def test_little_is_sent_whatever_the_number(show):
    rows = rows_of(12_000, city=[f"Town {i % 7_000}" for i in range(12_000)], geo_precision=["city"] * 12_000,
                             latitude=[-60 + (i % 7_000) / 60 for i in range(12_000)],
                             longitude=[(i % 7_000) * 7 % 350 - 175.0 for i in range(12_000)])  # fmt: skip
    shown = show(rows)
    step = find_step(shown, 0)
    clusters = find_clusters(shown, step)
    assert 1_000 < len(clusters) <= 5_000 and sum(one.count for one in clusters) == 12_000
    assert len(find_places(shown)) == 5_000
    first = clusters[0]
    assert len(find_incidents(shown, first.key)) == first.count
    layers = draw_bubbles(clusters, [], set(), False, "t")
    assert len(json.dumps([layer.data for layer in layers])) < 2_000_000


def test_neighbours_are_counted_together_and_say_so(shown):
    clusters = find_clusters(shown, 5)
    together = [one for one in clusters if one.members > 1]
    assert together and "more places" in together[0].name
    assert "Counted together" in bubbles(clusters)[together[0].key]["about"]
    assert sum(one.count for one in clusters) == sum(one.count for one in find_places(shown))


def test_every_incident_of_a_point_fans_out_and_none_moves(shown):
    place = next(place for place in find_places(shown) if 2 < place.count < MOST_MARKS)
    rows = find_incidents(shown, place.key)
    layers = draw_fan(place, rows, rows["incident_id"].iloc[0], False, "t")
    marks = data_of(layers, "fan-t")
    assert [one["key"] for one in marks] == list(rows["incident_id"])
    assert {tuple(one["at"]) for one in marks} == {(place.longitude, place.latitude)}
    assert len({tuple(one["offset"]) for one in marks}) == len(marks)
    assert len(data_of(layers, "fan-chosen")) == 1
    single = next(place for place in find_places(shown) if place.count == 1)
    assert draw_fan(single, find_incidents(shown, single.key), "", False, "t") == []


@given(st.integers(2, MOST_MARKS))
def test_marks_of_a_fan_do_not_touch(count):
    points = [complex(*one) for one in place_marks(count)]
    assert min(abs(a - b) for i, a in enumerate(points) for b in points[:i]) > 17


def test_provinces_are_found_by_name_spelling_and_point():
    atlas = load_atlas()
    for name, key in {
        "Herat": "AF/Hirat",
        "Nimruz": "AF/Nimroz",
        "Paktika": "AF/Paktika",
        "Paktia": "AF/Paktya",
    }.items():
        assert atlas.find("AF", name, None).key == key
    assert atlas.find("IQ", "Nineveh", None).key == "IQ/Ninawa"
    assert atlas.find("IQ", "Salahaddin", (43.68, 34.6)).key == "IQ/Sala ad-Din"
    assert atlas.find("AF", "Atlantis", None) is None and atlas.find("ZZ", "Atlantis", (69.2, 34.5)) is None


def test_the_roll_up_adds_up_and_says_what_it_leaves_out(shown, show):
    rolled = roll_up(shown, load_atlas())
    rows = shown.rows(9_999)
    assert sum(one.count for one in rolled.provinces) + rolled.unnamed + rolled.unfound == len(rows)
    assert rolled.unnamed == (rows["admin1"] == "").sum()
    kabul = next(one for one in rolled.provinces if one.shape.key == "AF/Kabul")
    assert kabul.count == (rows["admin1"] == "Kabul").sum()
    odd = rows_of(2, admin1=["Atlantis", ""], city=["", ""], geo_precision=["province", "country"])
    left = roll_up(show(odd), load_atlas())
    legend = explain_shades([], "incidents", left)
    assert "for 1 none is stated" in legend and "Atlantis" in legend and "not authoritative" in legend


def test_no_figure_is_not_zero(show):
    rows = rows_of(3, admin1=["Kabul", "Herat", "Balkh"], country_code=["AF"] * 3)
    rows = rows.assign(**{f"killed_{e}": pd.array([0, None, 7], "Int64") for e in ("low", "best", "high")})
    rolled = roll_up(show(rows), load_atlas())
    colours = dict(colour_provinces(rolled.provinces, "killed", False))
    assert set(colours) == {"AF/Kabul", "AF/Balkh"} and len(set(colours.values())) == 2
    numbers = data_of(draw_provinces(rolled.provinces, "killed", set(), False, "t", ground=True), "province-numbers")
    assert sorted(one["n"] for one in numbers) == ["0", "7", "–"]
    assert "no figure stated" in explain_shades(name_classes(rolled.provinces, "killed", False), "killed", rolled)


@pytest.mark.parametrize("ramp", RAMPS)
def test_shades_hold_in_black_and_white(ramp):
    greys = [sum(w * int(c[i : i + 2], 16) for w, i in ((0.299, 1), (0.587, 3), (0.114, 5))) for c in RAMPS[ramp]]
    steps = [b - a for a, b in pairwise(greys)]
    assert all(abs(step) > 18 for step in steps) and len({step > 0 for step in steps}) == 1


def test_the_style_of_shades_is_ours_and_asks_no_other_host(shown):
    rolled = roll_up(shown, load_atlas())
    url = shade_style("light", colour_provinces(rolled.provinces, "incidents", False), False)
    style = json.loads(base64.b64decode(url.partition(",")[2]))
    assert "shade" in [layer["id"] for layer in style["layers"]]
    assert "http" not in json.dumps(style) and "mapbox" not in json.dumps(style)


def test_a_click_on_a_province_sees_it_alone_and_another_lets_go(shown):
    province = next(one for one in roll_up(shown, load_atlas()).provinces if one.shape.key == "AF/Hirat")
    alone = view_province(View(types=("bombing",)), province)
    assert (alone.provinces, alone.countries, alone.types) == (("Herat",), ("Afghanistan",), ("bombing",))
    assert view_province(alone, province) == View(types=("bombing",))


def test_a_place_its_province_and_a_box_around_it_can_be_seen_alone(shown):
    here = Here(69.1723, 34.5281, "Afghanistan", "Kabul", "Kabul")
    offers = {key: view for key, _, view in offer_views(View(), here, "")}
    assert offers["place"].cities == ("Kabul",) and offers["province"].provinces == ("Kabul",)
    nameless = offer_views(View(), Here(69.0, 34.0, box=(68.9, 33.9, 69.1, 34.1)), "a point")
    assert nameless[0][2].box == (68.9, 33.9, 69.1, 34.1)
    view = View(box=box_around(69.1723, 34.5281, 25))
    assert View.from_url(view.to_url()) == view, "a link must keep every digit"
    path = draw_box(view.box, False)[0].data[0]["path"]
    assert path[0] == path[-1] and len(path) == 5 and draw_box(None, False) == []
    over = draw_box(box_around(179.9, 0, 100), False)[0].data[0]["path"]
    assert over[1][0] > 180, "a box over the date line is one box"


def test_a_pick_is_read_from_a_plain_dict():
    assert read_pick({"selection": {"indices": {}, "objects": {"places-1": [{"key": "a"}]}}}) == ("places-1", "a")
    for nothing in (
        {},
        {"selection": {}},
        {"selection": {"objects": {}}},
        {"selection": {"objects": {"a": [{}]}}},
        None,
    ):
        assert read_pick(nothing) == ("", "")


def test_a_fit_always_reaches_the_browser():
    first = fit_view([(69.2, 34.5), (62.2, 34.3)], 440)
    again = move(first, first)
    assert all(again.view[name] != first.view[name] for name in ("longitude", "latitude", "zoom"))
    assert all(abs(again.view[name] - first.view[name]) < 0.001 for name in ("longitude", "latitude", "zoom"))


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
