"""The timeline and the map in a real browser: mouse, keys, labels, glyphs, and that no other host is asked."""

import itertools
import math
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from dashboard.places import find_places
from dashboard.view_state import TILE, _to_mercator, fit_view

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parent.parent
PATIENCE = 60_000  # milliseconds: the map is drawn in software, and other checks may run beside this one


class Drawings:
    """The page of drawings, open in a browser, and what it asked for."""

    def __init__(self, browser, url):
        self.browser, self.url, self.foreign, self.asked, self.page = browser, url, [], {}, None

    def open(self, width=1440, scheme="light", **query):
        """Open the page anew, in a window of its own."""
        self.close()
        self.page = self.browser.new_page(viewport={"width": width, "height": 1000}, color_scheme=scheme)
        self.page.route("**/*", self._judge)
        self.page.on("response", lambda response: self.asked.update({response.url: response.status}))
        self.page.goto(f"{self.url}?" + "&".join(f"{key}={value}" for key, value in query.items()))
        self.page.locator(".timeline .foot span").wait_for(timeout=PATIENCE)
        self.wait_for("selected")
        return self.page

    def close(self):
        """Leave the page."""
        if self.page:
            self.page.close()
        self.page = None

    def _judge(self, route):
        """Let our own addresses through, and note the others."""
        if route.request.url.startswith((self.url, "blob:", "data:")):
            route.continue_()
        else:
            self.foreign.append(route.request.url)
            route.abort()

    def wait_for(self, words):
        """Wait until the page says so."""
        self.page.get_by_text(words).first.wait_for(timeout=PATIENCE)

    def wait_until(self, holds, what):
        """Wait until something is so."""
        for _ in range(PATIENCE // 250):
            if holds():
                return
            self.page.wait_for_timeout(250)
        pytest.fail(f"waited in vain: {what}")

    def focused(self):
        """Give the words that a screen reader says of what has the focus."""
        return self.page.evaluate(
            "(() => { let one = document.activeElement; while (one.shadowRoot) one = one.shadowRoot.activeElement;"
            " return one && one.getAttribute('aria-label') })()"
        )


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Serve the page of drawings, with the files that the real page serves."""
    home = tmp_path_factory.mktemp("drawings")
    (home / "page.py").write_text("from drawing_page import draw_page\n\ndraw_page()\n")
    (home / "static").symlink_to(ROOT / "static")
    shutil.copytree(ROOT / ".streamlit", home / ".streamlit")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "page.py", "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1", "--server.headless", "true", "--server.fileWatcherType", "none"]
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    with subprocess.Popen(command, cwd=home, env={**os.environ, "PYTHONPATH": paths}) as process:
        url = f"http://127.0.0.1:{port}/"
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{url}_stcore/health", timeout=1).close()
                break
            except OSError:
                time.sleep(0.25)
        yield url
        process.terminate()


@pytest.fixture(scope="module")
def drawings(server, chromium):
    shown = Drawings(chromium.browser, server)  # the one browser of all tests: a second cannot run beside it
    yield shown
    shown.close()


def test_mouse_and_keys_on_the_timeline(drawings):
    page = drawings.open()
    strip = page.locator(".timeline .strip").bounding_box()
    middle, y = strip["x"] + strip["width"] * 0.4, strip["y"] + 20
    page.mouse.move(middle, y)
    page.mouse.down()
    page.mouse.move(middle + 60, y, steps=4)
    page.mouse.move(middle + 200, y, steps=4)
    page.mouse.up()
    drawings.wait_for("window 202")
    page.locator(".timeline .strip").focus()
    page.keyboard.press("Tab")
    labels = [drawings.focused()]
    for _ in range(3):
        page.keyboard.press("ArrowRight")
        labels.append(drawings.focused())
    assert len(set(labels)) == 4, "each arrow key goes to another incident"
    page.keyboard.press("Enter")
    drawings.wait_for("selected test:")
    assert drawings.focused() == labels[-1], "the focus stays where the reader is"
    page.keyboard.press("Escape")
    drawings.wait_for("window None")
    page.locator(".timeline .mark.dot .hit").last.hover(force=True)
    assert page.locator(".timeline .tip.shown .title").inner_text().startswith("Incident")
    assert page.locator(".timeline b").count() == 0, "a name was taken for markup"


@pytest.mark.parametrize("width", [1024, 1440])
def test_labels_neither_touch_nor_leave_the_drawing(drawings, width):
    page = drawings.open(width=width)
    home = page.locator(".timeline").bounding_box()
    boxes = [one.bounding_box() for one in page.locator(".timeline .strip .tick:not(.outer)").all()]
    assert len(boxes) > 3
    for box in boxes:
        assert home["x"] <= box["x"] and box["x"] + box["width"] <= home["x"] + home["width"] + 1
    for left, right in itertools.pairwise(sorted(boxes, key=lambda box: box["x"])):
        assert left["x"] + left["width"] <= right["x"], "two labels of the axis touch"


def test_many_incidents_become_heat_strips_that_zoom(drawings):
    page = drawings.open(n=4000)
    assert page.locator(".timeline .mark").count() == 0
    page.locator(".timeline .cell .shape").nth(20).click(force=True)
    drawings.wait_for("window 202")


def test_the_map_is_picked_and_asks_no_other_host(drawings):
    import drawing_page  # noqa: PLC0415  it draws when Streamlit runs it

    page = drawings.open(scheme="dark")
    drawings.wait_until(
        lambda: any("Source%20Sans/0-255.pbf" in url for url in drawings.asked), "the glyphs of the base map"
    )
    places = find_places(drawing_page.rows(drawing_page.COUNT))
    herat = next(place for place in places if place.name.startswith("Herat"))
    view = fit_view([(place.longitude, place.latitude) for place in places], 420).view
    scale = TILE * 2 ** view["zoom"]
    page.get_by_test_id("stDeckGlJsonChart").scroll_into_view_if_needed()
    box = page.get_by_test_id("stDeckGlJsonChart").bounding_box()
    x = box["x"] + box["width"] / 2 + (herat.longitude - view["longitude"]) / 360 * scale
    y = box["y"] + 210 + (_to_mercator(view["latitude"]) - _to_mercator(herat.latitude)) * scale
    assert math.isfinite(x + y)
    page.mouse.move(x, y)
    page.locator(".deck-tooltip", has_text="Herat").wait_for(timeout=PATIENCE)
    page.mouse.click(x, y)
    drawings.wait_for(f"selected {herat.incidents[0]}")
    failed = {url: status for url, status in drawings.asked.items() if status >= 400}
    assert not failed
    assert drawings.foreign == [], "the drawings asked a host that is not ours"
