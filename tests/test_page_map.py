"""The map on its page: what a pick does, what its tools ask, and that the view is the reader's."""

import math
import os
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager

import pytest
from browser import ROOT, _await_health, await_map, retry
from generate import write
from page import link, make_app, opened

from dashboard.load import Shown
from dashboard.places import find_incidents, find_places
from dashboard.provinces import load_atlas, roll_up
from dashboard.view_state import TILE, _to_mercator
from pipeline.tables.store import Store
from pipeline.view import View


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write(tmp_path_factory.mktemp("tables"), 300)


@pytest.fixture(scope="module")
def shown(folder):
    return Shown(Store(folder), (), View())


@pytest.fixture
def app(folder, monkeypatch):
    monkeypatch.setenv("INCIDENT_DATA", str(folder))
    return make_app("from map_page import draw_page\ndraw_page()")


def pick(app, layer, key):
    """Let the browser report a pick."""
    app.session_state["map"] = {"selection": {"objects": {layer: [{"key": key}]}, "indices": {}}}
    app.run()
    assert not app.exception, app.exception[0].message


def legend(app):
    return next(part.proto.body for part in app.get("html") if "map-legend" in part.proto.body)


def test_a_bubble_lists_its_incidents_and_its_fan_opens_them_one_by_one(app, shown):
    opened(app)
    before = app.session_state["map-view"]
    place = next(place for place in find_places(shown) if place.precise and place.count > 3)
    ids = tuple(find_incidents(shown, place.key)["incident_id"])
    pick(app, "places-x-1", place.key)
    assert app.session_state.choice.listed == ids
    assert f"its {place.count} incidents" in legend(app), "the fan is open"
    pick(app, "fan-x", ids[2])
    assert app.session_state.choice.incident == ids[2] and "Around the point" in legend(app)
    pick(app, "fan-y", ids[1])
    assert app.session_state.choice.incident == ids[1]
    assert app.session_state["map-view"] == before, "a pick moves no map"


def test_only_here_asks_for_the_place_its_province_or_a_box(app, shown):
    place = next(place for place in find_places(shown) if place.city and place.count > 3)
    one = find_incidents(shown, place.key)["incident_id"].iloc[0]
    opened(app, incident=one)
    before = app.session_state["map-view"]
    app.button(key="here-50").click().run()
    assert View.from_query(link(app)).box is not None and "box" in link(app)
    assert app.session_state["map-view"] == before, "a filter moves no map"
    app.button(key="here-no-box").click().run()
    app.button(key="here-province").click().run()
    assert link(app)["province"] == [place.admin1]
    app.button(key="here-place").click().run()
    assert link(app)["city"] == [place.city]
    app.button(key="map-fit-all").click().run()
    assert app.session_state["map-view"] != before, "the reader asked for another view"


def test_provinces_are_a_switch_in_the_link_and_filter_on_a_click(app, shown):
    opened(app, map="provinces", shade="killed")
    assert "Killed in the province" in legend(app) and "not authoritative" in legend(app)
    province = roll_up(shown, load_atlas()).provinces[0]
    pick(app, "provinces-x", province.shape.key)
    assert link(app)["province"] == [province.names[0][1]] and link(app)["map"] == ["provinces"]
    app.segmented_control(key="map-switch").set_value("clusters").run()
    assert link(app)["map"] == ["clusters"] and "counted together" in legend(app)


def test_a_pick_of_what_is_not_there_does_nothing(app):
    opened(app)
    pick(app, "places-x", "<img src=x onerror=alert(1)>")
    assert app.session_state.choice.listed == () and link(app) == {}


@contextmanager
def serve_map(folder, home):
    """Serve the page of the map, with the files that the real page serves."""
    (home / "page.py").write_text("from map_page import draw_page\n\ndraw_page()\n")
    (home / "static").symlink_to(ROOT / "static")
    shutil.copytree(ROOT / ".streamlit", home / ".streamlit")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    command = [sys.executable, "-m", "streamlit", "run", "page.py", f"--server.port={port}", "--server.headless=true",
               "--server.fileWatcherType=none"]  # fmt: skip
    environment = os.environ | {"INCIDENT_DATA": str(folder), "PYTHONPATH": paths}
    with subprocess.Popen(command, cwd=home, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            _await_health(server, f"http://localhost:{port}/_stcore/health")
            yield f"http://localhost:{port}"
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def map_site(folder, tmp_path_factory):
    with serve_map(folder, tmp_path_factory.mktemp("home")) as url:
        yield url


def click_map(page, offset, until):
    """Click the map, so many pixels from its middle, until it is so: the browser may still be drawing."""
    chart = await_map(page)

    def click():
        box = chart.bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2 + offset[0], box["y"] + box["height"] / 2 + offset[1])

    retry(page, until, f"{offset} of the map was clicked", click)


@pytest.mark.browser
def test_a_reader_clicks_a_bubble_then_a_mark_of_its_fan(page, map_site, shown):
    kabul = next(place for place in find_places(shown) if place.city == "Kabul" and place.precise)
    page.goto(f"{map_site}/?city=Kabul")
    click_map(page, (0, 0), lambda: page.get_by_text(f"listed {kabul.count}").count() > 0)
    first = find_incidents(shown.of(View(cities=("Kabul",))), kabul.key)["incident_id"].iloc[0]
    click_map(page, (0, -44), lambda: page.get_by_text(f"incident {first} ·").count() > 0)
    page.locator(".st-key-map-switch button", has_text="Provinces").click()
    page.get_by_text("Incidents in the province").wait_for()
    # Far from the town and still in its province: only its shape can be picked there.
    shape = load_atlas().find("AF", "Kabul", None)
    scale = TILE * 2**6.0
    x = (shape.label[0] + 0.25 - kabul.longitude) / 360 * scale
    y = (_to_mercator(kabul.latitude) - _to_mercator(shape.label[1])) * scale
    assert math.isfinite(x + y)
    click_map(page, (x, y), lambda: "province=Kabul" in page.url)
