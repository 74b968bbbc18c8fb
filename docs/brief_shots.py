"""Take the pictures of docs/briefs.md: every brief of the tables in data/, rendered by other programs than made it.

PDF by pdftoppm, slides and documents by LibreOffice, HTML and the speaker mode by Chromium. Run it after a change of
the briefs or the tables: `make shots`.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from browser import CHROMIUM, serve
from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from shots import DATA, DOCS, PATIENCE, SETTLE, save_small

from pipeline.brief.briefs import BRIEFS, make_brief
from pipeline.tables.store import Store
from pipeline.view import View

LINK = "http://localhost:8501/"
WINDOW = (1440, 900)
GAP = 12  # pixels between slides
SLIDES = 8  # of the deck that are shown
SMALLEST = 900  # pixels across: a picture that is too heavy is made no smaller

Take = Callable[[Browser, Path], Image.Image]


def list_shots() -> dict[str, Take]:
    """Give for each picture what takes it."""
    return {
        "brief-one-pager": lambda browser, folder: render_pdf(make("one-pager", folder), 110)[0],
        "brief-deck": lambda browser, folder: lay_out(render_pdf(convert(make("deck", folder)), 60)[:SLIDES]),
        "brief-map-sheet": lambda browser, folder: render_pdf(make("map-sheet", folder), 90)[0],
        "brief-html": lambda browser, folder: shoot(browser, make("html", folder).as_uri(), "body"),
        "brief-weekly": lambda browser, folder: render_pdf(convert(make("weekly", folder)), 100)[0],
        "brief-speaker": shoot_speaker,
    }


def take_shots() -> None:
    """Take every picture and say its size."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        chromium = next(filter(None, map(shutil.which, CHROMIUM)))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, take in list_shots().items():
            target = DOCS / f"{name}.png"
            save_light(take(browser, Path(folder)), target)
            print(f"{target.name}: {target.stat().st_size // 1000} kB")
        browser.close()


def make(key: str, folder: Path) -> Path:
    """Make a brief of all incidents, and give its path."""
    brief = BRIEFS[key]
    path = folder / f"{key}.{brief.endings[0]}"
    path.write_bytes(make_brief(brief, Store(DATA), View(), LINK))
    return path


def convert(path: Path) -> Path:
    """Let LibreOffice open a file and print it."""
    home = f"-env:UserInstallation={(path.parent / 'office').as_uri()}"
    subprocess.run(["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", path.parent, path], check=True,
                   capture_output=True, timeout=180)  # fmt: skip
    return path.with_suffix(".pdf")


def render_pdf(path: Path, dpi: int) -> list[Image.Image]:
    """Give the pages of a PDF as pictures."""
    subprocess.run(["pdftoppm", "-png", "-r", str(dpi), path, path.with_suffix("")], check=True)
    return [Image.open(page).convert("RGB") for page in sorted(path.parent.glob(f"{path.stem}-*.png"))]


def lay_out(slides: list[Image.Image]) -> Image.Image:
    """Lay slides out two by two."""
    width, height = slides[0].size
    rows = (len(slides) + 1) // 2
    whole = Image.new("RGB", (2 * width + 3 * GAP, rows * (height + GAP) + GAP), "#8a949a")
    for i, slide in enumerate(slides):
        whole.paste(slide, (GAP + i % 2 * (width + GAP), GAP + i // 2 * (height + GAP)))
    return whole


def shoot(browser: Browser, url: str, drawn: str, *keys: str) -> Image.Image:
    """Open a page, wait until something is drawn, press keys, and give its picture."""
    page = browser.new_page(viewport={"width": WINDOW[0], "height": WINDOW[1]})
    page.set_default_timeout(PATIENCE)
    page.goto(url)
    page.locator(drawn).first.wait_for()
    page.wait_for_timeout(SETTLE)
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_timeout(500)
    picture = Image.open(BytesIO(page.screenshot()))
    page.close()
    return picture


def shoot_speaker(browser: Browser, folder: Path) -> Image.Image:
    """Take the picture of a step of the speaker mode."""
    with serve(DATA) as address:
        return shoot(browser, f"{address}/?speak=incidents", ".speaker h2", "Home", "ArrowRight", "ArrowRight")


def save_light(picture: Image.Image, target: Path) -> None:
    """Save a picture in few colours, smaller where it would weigh too much for a clone."""
    while True:
        content = BytesIO()
        picture.save(content, "PNG")
        save_small(content.getvalue(), target)
        if target.stat().st_size < 400_000 or picture.width < SMALLEST:
            return
        picture = picture.resize((picture.width * 4 // 5, picture.height * 4 // 5), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    take_shots()
