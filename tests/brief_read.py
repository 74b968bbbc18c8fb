"""Read what is handed out with other readers than those that wrote it, for tests."""

import html
import io
import re
import subprocess
from xml.etree import ElementTree
from zipfile import ZipFile

from PIL import Image

WORDS = {
    "pptx": ("ppt/slides/", "ppt/notesSlides/"),
    "docx": ("word/document", "word/header", "word/footer", "word/footnotes"),
}


def read_words(content, ending):
    """Give the text of a file in one line, None for a picture."""
    if ending == "png":
        with Image.open(io.BytesIO(content)) as picture:
            picture.verify()
        return None
    return " ".join(READ[ending](content).split())


def _read_pdf(content):
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()


def _read_office(content):
    """Give the text of each paragraph of an Office file, whatever wrote it."""
    with ZipFile(io.BytesIO(content)) as parts:
        kind = "pptx" if "ppt/presentation.xml" in parts.namelist() else "docx"
        names = [name for name in parts.namelist() if name.startswith(WORDS[kind]) and name.endswith(".xml")]
        links = re.findall(r'Target="(https?://[^"]+)"', "".join(parts.read(name).decode() for name in parts.namelist()
                                                               if name.endswith(".rels")))  # fmt: skip
        trees = [ElementTree.fromstring(parts.read(name)) for name in names]
    paragraphs = [one for tree in trees for one in tree.iter() if one.tag.endswith("}p")]
    told = ["".join(t.text or "" for t in one.iter() if t.tag.endswith("}t")) for one in paragraphs]
    return "\n".join([*told, *map(html.unescape, links)])


def _read_html(content):
    """Give what the page says of itself without its scripts, which hold the data."""
    bare = re.sub(r"(?s)<(script|style)[^>]*>.*?</\1>", " ", content.decode())
    return html.unescape(re.sub(r"<[^>]+>", " ", bare))


def _read_markdown(content):
    return re.sub(r"\\(.)", r"\1", content.decode())


READ = {"pdf": _read_pdf, "pptx": _read_office, "docx": _read_office, "html": _read_html, "md": _read_markdown}
