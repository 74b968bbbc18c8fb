"""Take the pictures of the README: the page over the tables in data/, in a Chromium that is installed already.

Run it after a change of the page or of the tables: `make shots`.
"""

import os
import re
import shutil
from io import BytesIO
from pathlib import Path
from typing import Literal

from browser import CHROMIUM, serve
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from pipeline.tables.load import read_tables

DOCS = Path(__file__).parent
DATA = DOCS.parent / "data"
WIDTHS = {"wide": 1440, "narrow": 1024}
THEMES = ("light", "dark")
# Each page, and how high a window shows what matters of it: beside each other, and one below the other.
HEIGHTS = {
    "start": (1180, 1900), "explore": (1180, 1900), "numbers": (2300, 2700), "review": (1100, 1500),
    "sources": (1000, 1200), "changes": (900, 1000), "spreadsheet": (900, 1000), "codebook": (1000, 1200),
    "about": (1000, 1200),
}  # fmt: skip
PATIENCE = 60_000  # milliseconds: without a graphics card the map takes its time
SETTLE = 4_000  # milliseconds in which what is drawn does not change


def take_shots() -> None:
    """Take every picture and say its size."""
    os.environ["INCIDENT_CURATOR"] = "Ana"
    with serve(DATA) as address, sync_playwright() as playwright:
        chromium = next(filter(None, map(shutil.which, CHROMIUM)))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (path, width, height, theme) in list_shots().items():
            picture = take_shot(browser, f"{address}{path}", (width, height), theme)
            target = DOCS / f"{name}.png"
            save_small(picture, target)
            print(f"{target.name}: {target.stat().st_size // 1000} kB")
        browser.close()


def list_shots() -> dict[str, tuple[str, int, int, str]]:
    """Give for each picture what is opened, the width and height of the window, and the theme."""
    paths = {"start": "/?order=newest", "explore": f"/?incident={find_richest()}"}
    return {
        f"{page}-{size}-{theme}": (paths.get(page, f"/{page}"), width, height, theme)
        for page, heights in HEIGHTS.items()
        for (size, width), height in zip(WIDTHS.items(), heights, strict=True)
        for theme in THEMES
    }


def find_richest() -> str:
    """Give an incident that several stories tell of and whose dead are counted: it has most to show."""
    rows = read_tables(DATA).incidents.sort_values("incident_id")
    rows["told"] = rows["killed_low"].notna() & rows["latitude"].notna()
    return str(rows.sort_values(["told", "n_stories", "killed_low"], kind="stable").iloc[-1]["incident_id"])


def take_shot(browser: Browser, url: str, size: tuple[int, int], theme: str) -> bytes:
    """Open the page in a window of a width and height, wait until it is drawn, and give its picture."""
    scheme: Literal["light", "dark"] = "dark" if theme == "dark" else "light"
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    context.add_init_script("localStorage.setItem('incident-tour', 'seen')")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    if "?" in url:
        with page.expect_response(re.compile(r"\.pbf$")):
            page.goto(url)
        await_map(page)
    else:
        page.goto(url)
        page.locator("h1").first.wait_for()
    page.locator("[data-testid=stSkeleton]").first.wait_for(state="detached")
    page.wait_for_timeout(SETTLE)
    page.wait_for_function("!document.querySelector('[data-testid=stSkeleton], [data-testid=stStatusWidget]')")
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    page.wait_for_timeout(SETTLE)
    picture = page.screenshot()
    context.close()
    return picture


def await_map(page: Page) -> None:
    """Wait until the map stays as it is: its letters come after its land, and its land after its bubbles."""
    chart = page.locator(".st-key-map [data-testid=stDeckGlJsonChart]")
    before, now = b"", chart.screenshot()
    while now != before:
        page.wait_for_timeout(SETTLE)
        before, now = now, chart.screenshot()


def save_small(picture: bytes, target: Path) -> None:
    """Write a picture with the 256 colours that come nearest to its own: a page is flat, and a clone stays small."""
    image = Image.open(BytesIO(picture)).convert("RGB").quantize(256, kmeans=5, dither=Image.Dither.NONE)
    image.save(target, optimize=True)


if __name__ == "__main__":
    take_shots()
