"""Time what a reader waits for, in a real browser, beside a bare Streamlit page in the same run: `make bench-page`.

The bare page has a map of one point, one list to choose from, and one text that changes. Ratios to it hold on any
machine; seconds do not. `python tests/bench_page.py FOLDER` keeps the generated tables in FOLDER for the next time.
"""

import math
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from browser import CHROMIUM, PATIENCE, ROOT, serve, wait_until
from generate import write
from playwright.sync_api import Page, TimeoutError, sync_playwright

SIZES = {1_000: 1.5, 100_000: 2.0, 1_000_000: 3.0}  # incidents, and how many times the bare page's time they may take
CLICKS, GIVE_UP = 15, 40_000  # milliseconds
TARGET = ROOT / "docs" / "page-speed.md"
CHART = "[data-testid=stDeckGlJsonChart]"
# Looks into our own parts too, which have a tree of their own.
DEEP = """window.seen = (name, root = document) => root.querySelector(name)?.innerText
    ?? [...root.querySelectorAll("*")]
    .filter(e => e.shadowRoot).map(e => window.seen(name, e.shadowRoot)).find(words => words !== undefined)"""
PANEL = "document.querySelector('.st-key-panel')?.innerText"
SPOTS = [(x, y) for y in range(-180, 200, 25) for x in range(-280, 300, 25)]
TOLD = "[...document.querySelectorAll('.deck-tooltip')].find(e => e.style.display !== 'none')?.innerText"
LISTED = 3  # incidents that a bubble has at least, to open one after the other
APART = 240  # pixels: what fans out of one bubble must not hide the other
HEAD = "import pandas as pd, pydeck as pdk, streamlit as st\n"
MAP = """
seen = pdk.ViewState(latitude={latitude}, longitude={longitude}, zoom={zoom})
dots = pdk.Layer("ScatterplotLayer", {data}, id="dots", get_position="[longitude, latitude]", get_radius=4000,
                 radius_min_pixels=8, pickable=True)
picked = st.pydeck_chart(pdk.Deck(map_provider=None, initial_view_state=seen, layers=[dots]), on_select="rerun",
                         selection_mode="single-object", height=480)
st.markdown(f"picked {{picked['selection']['indices']}} chosen {{st.session_state.get('words')}}")
"""
BARE = HEAD + MAP.format(data='[{"longitude": 69, "latitude": 34}]', latitude=34, longitude=69, zoom=5)
BARE += 'st.multiselect("Words", ["one", "two", "three"], key="words")\n'
RAW = HEAD + "rows = pd.read_parquet(PATH, columns=['longitude', 'latitude']).dropna()\n"
RAW += MAP.format(data="rows", latitude=34.5, longitude=69.2, zoom=5)
Times = dict[str, float | None]


def bench() -> None:
    """Time all pages and write the table."""
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        kept = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(scratch)
        chromium = next(filter(None, map(shutil.which, CHROMIUM)))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1440, "height": 1100})
        context.add_init_script("localStorage.setItem('incident-tour', 'seen')")
        context.add_init_script(DEEP)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        (Path(scratch) / "bare.py").write_text(BARE)
        times: dict[int, tuple[Times, Times]] = {}
        for size in SIZES:
            folder = make_tables(kept / str(size), size)
            with serve(kept, Path(scratch) / "bare.py") as url:
                bare = time_bare(page, url)
            with serve(folder) as url:
                times[size] = (time_ours(page, url), bare)
            print(size, *times[size], flush=True)
        (Path(scratch) / "raw.py").write_text(RAW.replace("PATH", repr(str(kept / "100000" / "incidents.parquet"))))
        with serve(kept, Path(scratch) / "raw.py") as url:
            raw = time_raw(page, url)
        TARGET.write_text(write_report(times, raw), encoding="utf-8")
        browser.close()


def make_tables(folder: Path, size: int) -> Path:
    """Give a folder with the tables of so many incidents, made now where it has none."""
    if not (folder / "incidents.parquet").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        write(folder, size)
    return folder


def time_bare(page: Page, url: str) -> Times:
    """Time the bare page: its point, and a word of its list, each until the text is another."""
    page.goto(url)
    page.locator(CHART).wait_for()
    page.wait_for_timeout(5_000)
    said = "[...document.querySelectorAll('[data-testid=stMarkdown]')].map(e => e.innerText).join()"
    middle = find_middle(page)
    await_change(page, said, lambda: page.mouse.click(*middle))
    point = [await_change(page, said, lambda: page.mouse.click(*middle)) for _ in range(CLICKS)]
    words = [time_option(page, "[data-testid=stMultiSelect] input", said, number % 2) for number in range(CLICKS)]
    return {"bubble": statistics.median(point), "type": statistics.median(words)}


def time_ours(page: Page, url: str) -> Times:
    """Time our page: a bubble until its incidents show, one of them until its sentence, a type until the count."""
    started = time.perf_counter()
    page.goto(url)
    page.locator(".tile-value").first.wait_for()
    first = time.perf_counter() - started
    page.locator(f".st-key-map {CHART}").wait_for()
    page.locator(".st-key-table .rows").wait_for()
    page.wait_for_timeout(12_000)
    page.locator(f".st-key-map {CHART}").scroll_into_view_if_needed()
    spots = find_bubbles(page)
    bubbles, sentences = [], []
    for number in range(CLICKS):
        bubbles.append(time_bubble(page, spots[number % 2]))
        row = page.locator(".st-key-listed tbody tr").nth(number % LISTED)
        row.wait_for()
        sentences.append(await_change(page, "window.seen('mark')", row.click))
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    count = "document.querySelector('.tile-value')?.innerText"
    types = [time_option(page, ".st-key-types input", count, number % 2) for number in range(CLICKS)]
    named = {"bubble": bubbles, "sentence": sentences, "type": types}
    return {"first": first} | {name: statistics.median(values) for name, values in named.items()}


def time_raw(page: Page, url: str) -> float | None:
    """Time a plain chart of 100,000 points, None where it does not answer."""
    page.goto(url)
    page.locator(CHART).wait_for(timeout=3 * PATIENCE)
    page.wait_for_timeout(20_000)
    middle = find_middle(page)
    said = "[...document.querySelectorAll('[data-testid=stMarkdown]')].map(e => e.innerText).join()"
    try:
        return await_change(page, said, lambda: page.mouse.click(*middle))
    except TimeoutError:
        return None


def find_middle(page: Page) -> tuple[float, float]:
    """Give the middle of the map."""
    box = page.locator(CHART).first.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def time_bubble(page: Page, spot: tuple[float, float]) -> float:
    """Click on a bubble until the panel is another; a press that a busy browser takes for a drag is made again."""
    for _ in range(3):
        try:
            return await_change(page, PANEL, lambda: click_map(page, spot), GIVE_UP // 4)
        except TimeoutError:
            print("a click was lost", flush=True)
    raise RuntimeError("three clicks on a bubble brought nothing")


def click_map(page: Page, spot: tuple[float, float]) -> None:
    """Click on a spot of the map, as seen from its middle: the page may have moved under it."""
    page.locator(f".st-key-map {CHART}").scroll_into_view_if_needed()
    x, y = find_middle(page)
    page.mouse.click(x + spot[0], y + spot[1])


def find_bubbles(page: Page) -> list[tuple[float, float]]:
    """Point at places on the map, as seen from its middle, and give two that hold several incidents, far apart."""
    x, y = find_middle(page)
    found: list[tuple[float, float]] = []
    for dx, dy in SPOTS:
        page.mouse.move(x + dx, y + dy)
        page.wait_for_timeout(120)
        several = re.search(r"([\d,]+) incidents", page.evaluate(TOLD) or "")
        enough = several and int(several[1].replace(",", "")) >= LISTED
        if enough and all(math.dist((dx, dy), other) >= APART for other in found):
            found.append((dx, dy))
        if len(found) == 2:
            return found
    raise RuntimeError("no two bubbles were found on the map")


def time_option(page: Page, field: str, watched: str, number: int) -> float:
    """Choose an option of a list, or take it off again, and time it until `watched` is another."""
    if number:
        remove = page.locator(field).locator("xpath=ancestor::*[@data-baseweb='select'][1]//*[@title='Delete']")
        if remove.count():
            return await_change(page, watched, remove.last.click)
        page.locator(field).click()
        return await_change(page, watched, lambda: page.keyboard.press("Backspace"))
    page.locator(field).click()
    option = page.locator("[role=option]").nth(1)
    option.wait_for()
    spent = await_change(page, watched, option.click)
    page.keyboard.press("Escape")
    return spent


def await_change(page: Page, watched: str, act: Callable[[], object], most: int = GIVE_UP) -> float:
    """Act, and give the seconds until what the browser is asked for is another; a script still running is let end."""
    before = page.evaluate(watched)
    started = time.perf_counter()
    act()
    wait_until(page, f"before => {{ const now = {watched}; return now && now !== before; }}", before, most)
    spent = time.perf_counter() - started
    wait_until(page, "() => !document.querySelector('[data-testid=stStatusWidget]')")
    page.wait_for_timeout(300)
    return spent


def write_report(times: dict[int, tuple[Times, Times]], raw: float | None) -> str:
    """Write the table."""
    return "\n".join(list_lines(times, raw)) + "\n"


def list_lines(times: dict[int, tuple[Times, Times]], raw: float | None) -> Iterator[str]:
    """Give the lines of the report."""
    git = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(git, capture_output=True, text=True, check=True).stdout
    yield "# How long the page takes to answer\n"
    yield f"{datetime.now(UTC):%Y-%m-%d}, commit {commit.strip()}; written by `make bench-page`."
    yield (
        f"Medians of {CLICKS} clicks in Chromium without a graphics card. A ratio of 2 is twice the time that a "
        "bare Streamlit page with a map of one point and one text takes, timed just before in the same run.\n"
    )
    heads = (
        "incidents",
        "a bubble until its incidents show",
        "one of them until its sentence shows",
        "a type until the count changes",
        "at most",
        "first number on the page",
        "the bare page: point, word",
    )
    yield f"| {' | '.join(heads)} |"
    yield "|---:|---:|---:|---:|---:|---:|---:|"
    held = 0
    for size, (spent, bare) in times.items():
        ratios = [(spent["bubble"], bare["bubble"]), (spent["sentence"], bare["type"]), (spent["type"], bare["type"])]
        cells = " | ".join(f"{mine / other:.2f} ({mine:.2f} s)" for mine, other in ratios)
        base = f"{bare['bubble']:.2f} s, {bare['type']:.2f} s"
        held += sum(mine <= SIZES[size] * other for mine, other in ratios)
        yield f"| {size:,} | {cells} | {SIZES[size]:g} | {spent['first']:.1f} s | {base} |"
    if held < 3 * len(times):
        yield f"\n{held} of the {3 * len(times)} ratios are at most what was asked: the others **fall short**."
    answer = f"answers a click after {raw:.1f} s" if raw else f"has not answered a click after {GIVE_UP // 1000} s"
    yield f"\nA plain `st.pydeck_chart` of the raw points of 100,000 incidents {answer}."


if __name__ == "__main__":
    bench()
