"""What a deck stands on: a ground of our own, or the template that somebody hands in (.pptx or .potx).

A template gives its size, its masters, colours and fonts; its own slides are left out. Our ground names fonts that
every office program has or replaces by others of the same width.
"""

import io
import re
from dataclasses import dataclass
from zipfile import BadZipFile, ZipFile

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import SlideLayout, SlideMaster
from pptx.util import Emu, Pt

from pipeline.brief.measure import LINE
from pipeline.brief.palette import FAMILIES

WIDE, HIGH = 960, 540  # points: 16:9 as PowerPoint has it
MARGIN = 40
INK, MUTED, ACCENT, PALE = "1B2226", "56626A", "0B6780", "F4F5F4"
LATIN = "Arial"
# What stands for our font where a text is in another script; programs take the next one that they have.
SCRIPTS = {
    "Jpan": "Yu Gothic", "Hang": "Malgun Gothic", "Hans": "Microsoft YaHei", "Hant": "Microsoft JhengHei",
    "Arab": "Arial", "Hebr": "Arial", "Deva": "Nirmala UI", "Beng": "Nirmala UI", "Thai": "Leelawadee UI",
}  # fmt: skip
# Fonts no wider than the one we measure with, and how much wider others may be.
NARROW = re.compile(
    r"arial|helvetica|liberation sans|calibri|carlito|aptos|source sans|segoe|times|garamond|cambria|roboto",
    re.IGNORECASE,
)
WIDER, TALLER = 1.2, 1.15
MOST_BYTES, MOST_PARTS = 300_000_000, 5_000
TEMPLATE = b"presentationml.template.main+xml"
PLAIN = b"presentationml.presentation.main+xml"
BESIDE = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}
TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}


class TemplateError(Exception):
    """A template cannot be used; the message is one sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Ground:
    """An empty deck, and where on its slides there is room, in points."""

    deck: Deck
    opening: SlideLayout  # of the first slide: a title, perhaps with a place for text below it
    layout: SlideLayout  # of all others
    width: float
    height: float
    wider: float  # than the font we measure with
    line: float  # heights of the type from line to line
    is_own: bool


def lay_ground(template: bytes | None = None) -> Ground:
    """Give an empty deck, on `template` if there is one. Raises TemplateError."""
    deck = _draw_own() if template is None else _open(template)
    _leave_out_slides(deck)
    width, height = deck.slide_width, deck.slide_height
    if not width or not height or width < Pt(560) or height < Pt(360):
        raise TemplateError("The slides of the template are too small for type of 18 points: make them 16:9.")
    is_known = template is None or NARROW.search(" ".join(_find_fonts(deck)))
    wider, line = (1.0, LINE) if is_known else (WIDER, LINE * TALLER)
    return Ground(
        deck, _choose_opening(deck), _choose_layout(deck), width / 12700, height / 12700, wider, line, template is None
    )


def _open(template: bytes) -> Deck:
    """Open a template, one that is marked as such too."""
    refused = "The template is no PowerPoint file (.pptx or .potx): save it as one and try again."
    try:
        with ZipFile(io.BytesIO(template)) as parts:
            sizes = parts.infolist()
            if sum(one.file_size for one in sizes) > MOST_BYTES or len(sizes) > MOST_PARTS:
                raise TemplateError("The template is too large: leave out its pictures and films.")
            if any(one.filename.lower().endswith("vbaproject.bin") for one in sizes):
                raise TemplateError("The template has macros: save it as .potx or .pptx, which have none.")
            kinds = parts.read("[Content_Types].xml")
            if TEMPLATE in kinds:
                template = _swap(parts, kinds.replace(TEMPLATE, PLAIN))
        return Presentation(io.BytesIO(template))
    except (BadZipFile, KeyError, ValueError, AttributeError, etree.XMLSyntaxError) as error:
        raise TemplateError(refused) from error


def _swap(parts: ZipFile, kinds: bytes) -> bytes:
    """Give the same archive with other kinds of contents."""
    out = io.BytesIO()
    with ZipFile(out, "w") as changed:
        for one in parts.infolist():
            changed.writestr(one, kinds if one.filename == "[Content_Types].xml" else parts.read(one))
    return out.getvalue()


def _leave_out_slides(deck: Deck) -> None:
    """Take out the slides, what lists them, and the picture of the first one."""
    listed = deck.slides._sldIdLst
    for one in list(listed):
        deck.part.drop_rel(one.rId)
        listed.remove(one)
    for name in ("p:extLst", "p:custShowLst"):
        for element in deck.part._element.findall(qn(name)):
            deck.part._element.remove(element)
    package = deck.part.package
    for key in [key for key, rel in package._rels.items() if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        package.drop_rel(key)


def _choose_layout(deck: Deck) -> SlideLayout:
    """Choose the layout with a title and as little else as there is."""

    def rank(layout: SlideLayout) -> tuple[bool, int]:
        kinds = [one.placeholder_format.type for one in layout.placeholders]
        others = [kind for kind in kinds if kind not in BESIDE | TITLES]
        return PP_PLACEHOLDER.TITLE not in kinds, len(others)

    layouts = list(deck.slide_layouts)
    if not layouts:
        raise TemplateError("The template has no layout: add one with a title and try again.")
    return min(layouts, key=rank)


def _choose_opening(deck: Deck) -> SlideLayout:
    """Choose the layout of the first slide: the one that the template has for it, else that of all others."""
    wanted = {PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.SUBTITLE}
    fitting = (one for one in deck.slide_layouts if wanted <= {p.placeholder_format.type for p in one.placeholders})
    return next(fitting, None) or _choose_layout(deck)


def _find_fonts(deck: Deck) -> list[str]:
    """Give the names of the fonts of a template's theme."""
    blob = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob
    return re.findall(r'<a:latin[^>]*typeface="([^"]*)"', blob.decode("utf-8", "replace"))


def _draw_own() -> Deck:
    """Draw our own ground: white, one accent, a title at the top left."""
    deck = Presentation()
    stretch = Pt(WIDE) / (deck.slide_width or 1)
    deck.slide_width, deck.slide_height = Pt(WIDE), Pt(HIGH)
    master = deck.slide_master
    for page in (master, *deck.slide_layouts):
        for element in page.element.iter(qn("a:off"), qn("a:ext")):
            for name in {"x", "cx"} & set(element.attrib):
                element.set(name, str(round(int(element.get(name, "0")) * stretch)))
    _place(master, PP_PLACEHOLDER.TITLE, (MARGIN, 26, WIDE - 2 * MARGIN, 72))
    opening = deck.slide_layouts[0]
    _place(opening, PP_PLACEHOLDER.CENTER_TITLE, (MARGIN, 84, WIDE - 2 * MARGIN, 110))
    _place(opening, PP_PLACEHOLDER.SUBTITLE, (MARGIN, 214, WIDE - 2 * MARGIN, 290))
    for style in opening.element.iter(qn("a:lvl1pPr")):
        style.set("algn", "l")
        style.remove(style.find(qn("a:defRPr")))
    style = master.element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    style.set("algn", "l")
    for name, value in (("sz", "2800"), ("b", "1")):
        style.find(qn("a:defRPr")).set(name, value)
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = _paint(theme.blob)
    return deck


def _place(page: SlideMaster | SlideLayout, kind: PP_PLACEHOLDER, box: tuple[float, ...]) -> None:
    """Put a placeholder of a master or a layout into a box of points."""
    for shape in page.placeholders:
        if shape.placeholder_format.type == kind:
            shape.left, shape.top, shape.width, shape.height = (Emu(Pt(n)) for n in box)


def _paint(theme: bytes) -> bytes:
    """Put our colours and fonts into a theme."""
    root = etree.fromstring(theme)
    root.set("name", "Incidents")
    accents = [ACCENT, *(family.light.lstrip("#") for family in FAMILIES[:5])]
    colours = {"dk1": INK, "lt1": "FFFFFF", "dk2": MUTED, "lt2": PALE, "hlink": ACCENT, "folHlink": MUTED}
    for name, colour in {**colours, **{f"accent{n}": c for n, c in enumerate(accents, start=1)}}.items():
        slot = root.find(f".//{qn('a:clrScheme')}/{qn(f'a:{name}')}")
        for old in list(slot):
            slot.remove(old)
        etree.SubElement(slot, qn("a:srgbClr")).set("val", colour)
    for fonts in (qn("a:majorFont"), qn("a:minorFont")):
        for font in root.find(f".//{fonts}"):
            script = font.get("script")
            if font.tag == qn("a:latin") or script in SCRIPTS:
                font.set("typeface", SCRIPTS.get(script or "", LATIN))
    painted: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return painted
