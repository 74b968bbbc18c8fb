"""Read a PDF with poppler, which did not write it: its pages, words, boxes and fonts."""

import re
import subprocess
import unicodedata
from html import unescape

import pandas as pd
from generate import write

PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">')
WORD = re.compile(r'<word xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="(-?[\d.]+)" yMax="(-?[\d.]+)">(.*?)</word>')


def ask(content, *command):
    """Give what a program of poppler says of a PDF."""
    return subprocess.run([*command, "-"], input=content, capture_output=True, check=True).stdout.decode()


def read_text(content, *how):
    """Give the words of a PDF in one line, as they are read aloud, without the signs that only guide a line."""
    text = subprocess.run(["pdftotext", *how, "-", "-"], input=content, capture_output=True, check=True).stdout
    return plain(text.decode())


def plain(text):
    """Bring words into the form in which a page gives them back."""
    kept = "".join(one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one) != "Cf")
    return " ".join(kept.split())


def read_boxes(content):
    """Give width and height of the only page in points, and the box of each word on it."""
    text = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=content, capture_output=True, check=True).stdout
    pages = PAGE.findall(text.decode())
    assert len(pages) == 1, f"{len(pages)} pages instead of one"
    size = tuple(map(float, pages[0]))
    return size, [(*map(float, ends), unescape(word)) for *ends, word in WORD.findall(text.decode())]


def find_outside(content, margin):
    """Give the words that reach into the margin of the page, in points."""
    (width, height), words = read_boxes(content)
    assert words, "the page has no words"
    return [w for *_, w in (one for one in words if one[0] < margin or one[1] < margin
                            or one[2] > width - margin or one[3] > height - margin)]  # fmt: skip


def list_fonts(content):
    """Give the fonts with what poppler says of them."""
    return ask(content, "pdffonts").splitlines()[2:]


def write_single(folder):
    """Write tables of a single incident, which has a point."""
    write(folder, 12)
    rows = pd.read_parquet(folder / "incidents.parquet")
    rows[rows["latitude"].notna()].head(1).to_parquet(folder / "incidents.parquet", index=False)
    return folder
