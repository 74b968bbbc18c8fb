"""LibreOffice makes pages of slides and texts, and poppler reads what stands on them and where."""

import shutil
import subprocess
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import pytest

PATIENCE = 240  # seconds
WORD = "{http://www.w3.org/1999/xhtml}word"
PAGE = "{http://www.w3.org/1999/xhtml}page"


@dataclass(frozen=True)
class Word:
    """A word and the box it stands in, in points."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def make_pdf(folder, **files):
    """Give PDFs of files by name; skips the test where LibreOffice or poppler are not here, or cannot read such."""
    if not shutil.which("soffice") or not shutil.which("pdftotext"):
        pytest.skip("LibreOffice or poppler is not here: apt-get install libreoffice-impress-nogui poppler-utils")
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    sources = [str(folder / name.replace("_", ".")) for name in files]
    command = ["soffice", profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder)]
    ran = subprocess.run([*command, *sources], capture_output=True, text=True, timeout=PATIENCE, check=True)
    made = {name: folder / f"{name.rsplit('_', 1)[0]}.pdf" for name in files}
    if not any(path.is_file() for path in made.values()):
        pytest.skip(f"This LibreOffice reads no such file: install its Impress and Writer ({ran.stderr[:80]})")
    return made


def read_pages(pdf):
    """Give each page as its size and its words."""
    ran = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True)
    for page in ET.fromstring(ran.stdout).iter(PAGE):
        size = float(page.get("width")), float(page.get("height"))
        ends = ("xMin", "yMin", "xMax", "yMax")
        yield size, [Word(word.text or "", *(float(word.get(end)) for end in ends)) for word in page.iter(WORD)]


def read_text(pdf):
    """Give all words in one line."""
    ran = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True)
    return " ".join(ran.stdout.split())


def find_outside(pdf):
    """Give the words that stand beyond their page."""
    return [
        word for (width, height), words in read_pages(pdf) for word in words
        if word.left < 0 or word.top < 0 or word.right > width or word.bottom > height
    ]  # fmt: skip


def find_overlaps(pdf, share=0.35):
    """Give the pairs of words of a page that lie on each other by more than a `share` of the smaller one."""
    found = []
    for number, (_, words) in enumerate(read_pages(pdf), start=1):
        for at, one in enumerate(words):
            for other in words[at + 1 :]:
                wide = min(one.right, other.right) - max(one.left, other.left)
                high = min(one.bottom, other.bottom) - max(one.top, other.top)
                least = min((w.right - w.left) * (w.bottom - w.top) for w in (one, other))
                if wide > 0 and high > 0 and wide * high > share * least > 0:
                    found.append((number, one.text, other.text))
    return found
