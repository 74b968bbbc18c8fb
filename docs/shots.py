"""Take the pictures of the README: the page over the tables in data/, in a Chromium that is installed already.

Run it after a change of the page or of the tables: `make shots`.
"""

import re
import shutil
from io import BytesIO
from pathlib import Path

from browser import CHROMIUM, serve
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from pipeline.tables.load import read_tables

DOCS = Path(__file__).parent
DATA = DOCS.parent / "data"
SIZES = {"wide": (1440, 1180), "narrow": (1024, 1900), "page": (1440, 760)}
PATIENCE = 60_000  # milliseconds: without a graphics card the map takes its time
SETTLE = 4_000  # milliseconds in which what is drawn does not change


def take_shots() -> None:
    """Take every picture and say its size."""
    with serve(DATA) as address, sync_playwright() as playwright:
        chromium = next(filter(None, map(shutil.which, CHROMIUM)))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (size, theme, path) in list_shots().items():
            picture = take_shot(browser, f"{address}{path}", size, theme)
            target = DOCS / f"{name}.png"
            save_small(picture, target)
            print(f"{target.name}: {target.stat().st_size // 1000} kB")
        browser.close()


def list_shots() -> dict[str, tuple[str, str, str]]:
    """Give for each picture the size of the window, the theme, and what is opened."""
    opened = f"/?incident={find_richest()}"
    return {
        "explore-light": ("wide", "light", opened),
        "explore-dark": ("wide", "dark", opened),
        "start-light": ("wide", "light", "/?order=newest"),
        "narrow-light": ("narrow", "light", opened),
        "narrow-dark": ("narrow", "dark", "/?order=newest"),
        "numbers": ("wide", "light", "/numbers"),
        "sources": ("page", "light", "/sources"),
        "codebook": ("page", "dark", "/codebook"),
        "about": ("page", "light", "/about"),
    }


def find_richest() -> str:
    """Give an incident that several stories tell of and whose dead are counted: it has most to show."""
    rows = read_tables(DATA).incidents.sort_values("incident_id")
    rows["told"] = rows["killed_low"].notna() & rows["latitude"].notna()
    return str(rows.sort_values(["told", "n_stories", "killed_low"], kind="stable").iloc[-1]["incident_id"])


def take_shot(browser: Browser, url: str, size: str, theme: str) -> bytes:
    """Open the page, wait until it is drawn, and give its picture."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if theme == "dark" else "light"
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    if "?" in url:
        with page.expect_response(re.compile(r"\.pbf$")):
            page.goto(url)
        await_map(page)
    else:
        page.goto(url)
        page.locator("h1").first.wait_for()
    page.wait_for_load_state("networkidle")
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
