"""A real Chromium before a real server, for the tests marked `browser`; any request to another host is cut off.

`make test` says how to get a Chromium where there is none. `INCIDENT_TEST_TABLES=DIR` adds the tables of a folder of
one's own to those that the page is tried on.
"""

import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from generate import write
from playwright import sync_api

ROOT = Path(__file__).parent.parent
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
OURS = {"localhost", "127.0.0.1", ""}
PATIENCE = 60_000  # milliseconds: without a graphics card, and with other checks beside, the map takes its time
CHART = "[data-testid=stVegaLiteChart]"
# The page has come whole, each chart has its marks, and nothing fades in any more.
DRAWN = f"""() => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning" &&
    !document.querySelector("[data-testid=stSkeleton], [data-stale=true]") &&
    [...document.querySelectorAll("{CHART}")].every(c => c.querySelector(".role-mark > *")) &&
    document.getAnimations().every(a => a.playState !== "running" ||
        a.effect.getComputedTiming().iterations === Infinity)"""
TABLE_SETS = ("generated", pytest.param("data", marks=pytest.mark.soak), "given")
sync_api.expect.set_options(timeout=PATIENCE)


@contextmanager
def serve(folder, script="app.py", *options, root=ROOT, log=subprocess.DEVNULL):
    """Serve the page, or a `script` that draws a part of it, over the tables of `folder`, and give its address.

    `options` are for Streamlit; `root` is a copy of the project to run instead of this one; `log` takes
    what it says.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, f"--server.port={port}", "--server.headless=true",
               "--server.fileWatcherType=none", *options]  # fmt: skip
    environment = os.environ | {"INCIDENT_DATA": str(folder), "PYTHONPATH": str(root)}
    if Path(folder) == ROOT / "data":  # what is tried on the project's own tables leaves nothing beside its articles
        environment.setdefault("INCIDENT_CURATION", tempfile.mkdtemp())
    server = subprocess.Popen(command, cwd=root, env=environment, stdout=log, stderr=log)
    try:
        _await_health(server, f"http://localhost:{port}/_stcore/health")
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(60)


def _await_health(server, url):
    """Wait until the server answers."""
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with {server.returncode}; run `streamlit run app.py` to see why")
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server did not answer within a minute; run `streamlit run app.py` to see why")


def wait_until(page, holds, arg=None, most=PATIENCE):
    """Wait until `holds`, a JavaScript function of `arg`, gives a truth, for at most `most` milliseconds.

    Playwright's own `wait_for_function` evaluates words in the page, which the page's headers forbid.
    """
    end = time.monotonic() + most / 1000
    look = f"""async ([arg, end]) => {{
        const holds = {holds};
        while (!(await holds(arg))) {{
            if (performance.now() > end) return false;
            await new Promise((go) => setTimeout(go, 20));
        }}
        return true;
    }}"""
    while (left := end - time.monotonic()) > 0:
        try:
            now = page.evaluate("performance.now()")
            if page.evaluate(look, [arg, now + left * 1000]):
                return
        except sync_api.Error as error:  # the page went on to another address: look there
            if "context was destroyed" not in str(error):
                raise
    raise sync_api.TimeoutError(f"after {most / 1000:.0f} seconds this did not hold in {page.url}: {holds}")


def await_drawn(page):
    """Wait until the page has drawn all that its last run gave it."""
    wait_until(page, DRAWN)


def retry(page, done, what, act=lambda: None):
    """Act, and act again, until it is done: the page may still be drawing what is acted on. Or wait only."""
    end = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < end:
        act()
        again = time.monotonic() + 4
        while time.monotonic() < again:
            if done():
                return
            page.wait_for_timeout(100)  # hears the browser meanwhile, which a sleep of Python's does not
    raise AssertionError(f"{what}, and nothing came of it; the page is {page.url}")


def read_until(page, read, wanted):
    """Read until it is what is wanted, or `wanted` says so, and give what was read last, to assert and to show."""
    end, fits = time.monotonic() + PATIENCE / 1000, wanted if callable(wanted) else lambda found: found == wanted
    while not fits(found := read()) and time.monotonic() < end:
        page.wait_for_timeout(50)
    return found


def count_colours(png):
    """Count the colours of a picture."""
    image = pytest.importorskip("PIL.Image")
    return len(image.open(io.BytesIO(png)).convert("RGB").getcolors(1 << 24))


def await_map(page):
    """Wait until the map has its ground, and give its part of the page."""
    chart = page.locator(".st-key-map [data-testid=stDeckGlJsonChart]")
    chart.scroll_into_view_if_needed()
    retry(page, lambda: count_colours(chart.screenshot()) > 30, "the map was waited for")
    return chart


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests, as a context to open windows in."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        pytest.fail("the browser tests need Chromium: apt-get install chromium")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        # One context keeps what the browser has compiled, which spares each test the better part of its wait.
        context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
        context.add_init_script(
            "localStorage.getItem('incident-tour') ?? localStorage.setItem('incident-tour', 'seen')"
        )
        yield context
        browser.close()


@pytest.fixture(scope="session")
def generated_tables(tmp_path_factory):
    """The tables of 10,000 generated incidents."""
    return write(tmp_path_factory.mktemp("generated"), 10_000)


@pytest.fixture(scope="session", params=TABLE_SETS)
def table_folder(request, tmp_path_factory):
    """Each folder of tables that the page must hold on."""
    if request.param == "generated":
        return request.getfixturevalue("generated_tables")
    folder = ROOT / "data" if request.param == "data" else named_tables(tmp_path_factory)
    if folder is None or not any((folder / f"incidents.{form}").is_file() for form in ("parquet", "csv")):
        pytest.skip("no tables there" if folder else "neither INCIDENT_TEST_TABLES nor INCIDENT_BENCH names a folder")
    return folder


def named_tables(tmp_path_factory):
    """The tables that INCIDENT_TEST_TABLES names, else those built of the outer lists of events, else None."""
    if named := os.environ.get("INCIDENT_TEST_TABLES"):
        return Path(named)
    lists = Path(os.environ.get("INCIDENT_BENCH", "")) / "bench" / "wiki_timelines.jsonl"
    if not os.environ.get("INCIDENT_BENCH") or not lists.is_file():
        return None
    folder = tmp_path_factory.mktemp("lists") / "data"
    subprocess.run([sys.executable, "-m", "pipeline", "build", "-q", lists, "--out", folder], cwd=ROOT, check=True)
    return folder


@pytest.fixture(scope="session")
def site(table_folder):
    """The address of the page over a folder of tables."""
    with serve(table_folder) as url:
        yield url


@pytest.fixture
def page(chromium):
    """A new window; the test fails if the page asked another host, broke, or tried what its headers forbid."""
    foreign, broken, refused = [], [], []
    window = chromium.new_page()
    window.set_default_timeout(PATIENCE)

    def keep_home(route):
        if urlsplit(route.request.url).hostname in OURS or route.request.url.startswith(("data:", "blob:")):
            route.continue_()
        else:
            foreign.append(route.request.url)
            route.abort()

    window.route("**/*", keep_home)
    window.on("console", lambda told: refused.append(told.text) if "Content Security Policy" in told.text else None)
    window.on("pageerror", lambda error: broken.append(str(error)))
    window.on("dialog", lambda dialog: (broken.append(f"a dialog opened: {dialog.message}"), dialog.dismiss()))
    yield window
    window.close()
    assert foreign == [], "the page asked another host"
    assert broken == [], "the page broke in the browser"
    assert refused == [], "the browser refused what dashboard/service/headers.py does not allow: do without"
