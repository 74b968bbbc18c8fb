"""One slide: its title, the room below it, a line at its foot, and what is put between, in points.

No type is smaller than 18 points. What does not fit is left out and counted, never made smaller or put over the edge.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Emu, Pt

from pipeline.brief.bidi import settle
from pipeline.brief.deck_ground import BESIDE, TITLES, Ground
from pipeline.brief.measure import cut, wrap
from pipeline.brief.notes import clean

LEAST = 18  # points of type
TITLE_SIZES = (28, 26, 24, 22, 20, 18)
OPENING_SIZES = (40, 36, 32, *TITLE_SIZES)
LEAST_UNDER = 170  # points of height that the text of the first slide needs
INSET = 7.2  # points left and right in a title
FOOT = 28  # points of the line at the foot
AIR = 10


@dataclass(frozen=True, slots=True)
class Box:
    """A piece of a slide, in points."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Give its right end."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Give its lower end."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph: `lead` in bold, then the text; space `after` in points."""

    text: str
    size: float = LEAST
    lead: str = ""
    bold: bool = False
    muted: bool = False
    link: str = ""
    after: float = 5
    align: PP_ALIGN | None = None

    @property
    def whole(self) -> str:
        """Give lead and text as one."""
        return f"{self.lead}{self.text}"

    def lines(self, width: float, wider: float) -> int:
        """Count the lines that it takes in a column so wide."""
        return len(wrap(self.whole, width / wider, self.size, bold=self.bold or len(self.lead) > len(self.text)))


class Page:
    """A slide that is being filled."""

    def __init__(self, ground: Ground, title: str, foot: str, *, opens: bool = False) -> None:
        """Begin a slide with its title, and a line at its foot with its number; the first slide has no foot."""
        self.ground = ground
        self.layout = ground.opening if opens else ground.layout
        self.slide: Slide = ground.deck.slides.add_slide(self.layout)
        self.title = "\n".join(map(clean, title.split("\n")))
        self.under = self._keep_places()
        if opens and self.under is not None:
            self._put_title(OPENING_SIZES, keep=True)
            self.body = _box(self.under)
            return
        head = self._put_title(TITLE_SIZES)
        under = self._find_foot(head)
        top = head.bottom + AIR
        self.body = Box(head.left, top, head.width, under.top - AIR - top)
        if not opens:
            self._put_foot(under, foot)

    def tell_opening(self, paras: Sequence[Para]) -> None:
        """Put the text of the first slide where its layout has room for it, else in the body."""
        if self.under is None:
            self.say(self.body, paras)
            return
        self._fill(self.under.text_frame, paras, self.body, MSO_ANCHOR.TOP)

    def say(self, box: Box, paras: Sequence[Para], *, anchor: MSO_ANCHOR = MSO_ANCHOR.TOP, name: str = "") -> float:
        """Put paragraphs into a box, whole ones only; give how high they are."""
        put = self.slide.shapes.add_textbox(*_emu(box))
        if name:
            put.name = name
        return self._fill(put.text_frame, paras, box, anchor)

    def _fill(self, frame: TextFrame, paras: Sequence[Para], box: Box, anchor: MSO_ANCHOR) -> float:
        """Write paragraphs, whole ones only, into the frame of a box; give how high they are."""
        kept, height = list[Para](), 0.0
        for para in paras:
            high = para.lines(box.width, self.ground.wider) * para.size * self.ground.line
            if kept and height + high > box.height + 1:
                break
            kept.append(para)
            height += high + para.after
        _steady(frame, anchor)
        for place, para in enumerate(kept):
            self._write(frame, para, first=place == 0)
        return height

    def fits(self, text: str, width: float, lines: int = 1, size: float = LEAST, *, bold: bool = False) -> str:
        """Give text cut to so many lines of a column."""
        return cut(clean(text), width / self.ground.wider, size, lines, bold=bold)

    def show(self, box: Box, png: bytes, about: str) -> None:
        """Put a picture into a box, as large as it can be, with what it shows in words."""
        picture = self.slide.shapes.add_picture(io.BytesIO(png), 0, 0)
        scale = min(Pt(box.width) / picture.width, Pt(box.height) / picture.height)
        picture.width, picture.height = Emu(int(picture.width * scale)), Emu(int(picture.height * scale))
        picture.left = Emu(int(Pt(box.left) + (Pt(box.width) - picture.width) / 2))
        picture.top = Emu(int(Pt(box.top) + (Pt(box.height) - picture.height) / 2))
        tell(picture, "Map", about)

    def tell_speaker(self, *paragraphs: str) -> None:
        """Write the notes of the speaker."""
        frame = self.slide.notes_slide.notes_text_frame
        if frame is not None:
            frame.text = "\n".join(filter(None, (settle(clean(one)) for one in paragraphs)))

    def _keep_places(self) -> Any:  # noqa: ANN401  a placeholder, or None
        """Take out what the layout keeps free beside the title, and give the place for the text of a first slide."""
        under = None
        for shape in list(self.slide.placeholders):
            kind = shape.placeholder_format.type
            large = shape.height and shape.height >= Pt(LEAST_UNDER) and shape.width >= Pt(self.ground.width / 2)
            if kind == PP_PLACEHOLDER.SUBTITLE and large:
                under = shape
            elif kind not in TITLES:
                shape._element.getparent().remove(shape._element)
        return under

    def _put_title(self, sizes: Sequence[int], *, keep: bool = False) -> Box:
        """Write the title, as large as it fits; `keep` it where the layout has it, else where there is room below."""
        own = self.slide.shapes.title
        ground = self.ground
        usual = Box(ground.width / 24, 28, ground.width * 11 / 12, 76)
        box = usual if own is None else _box(own)
        if keep:
            usual = box
        if box.bottom > ground.height * 0.4 or box.width < ground.width * 0.5 or box.height < LEAST * ground.line + 8:
            box = usual
        lines = max(1, min(2, int((box.height - 4) // (LEAST * ground.line))))
        size, text = self._size_title(box, lines, sizes)
        if ground.is_own and not keep:
            box = Box(
                box.left, box.top, box.width, len(wrap(text, box.width, size, bold=True)) * size * ground.line + 4
            )
        shape = own or self.slide.shapes.add_textbox(*_emu(box))
        shape.left, shape.top, shape.width, shape.height = _emu(box)
        frame = shape.text_frame
        anchor = MSO_ANCHOR.TOP if ground.is_own and not keep else MSO_ANCHOR.MIDDLE
        _steady(frame, MSO_ANCHOR.BOTTOM if keep and ground.is_own else anchor, INSET if not ground.is_own else 0)
        self._write(frame, Para(text, size, bold=ground.is_own, after=0), first=True)
        return box

    def _size_title(self, box: Box, lines: int, sizes: Sequence[int]) -> tuple[float, str]:
        """Give the largest size at which the title fits, and the title, cut where none is small enough."""
        width = (box.width - 2 * INSET) / self.ground.wider
        for size in sizes:
            found = len(wrap(self.title, width, size, bold=True))
            if found <= lines and found * size * self.ground.line <= box.height:
                return size, self.title
        return LEAST, cut(self.title, width, LEAST, lines, bold=True)

    def _find_foot(self, head: Box) -> Box:
        """Find the line at the foot: where the layout has its own, else at the lower end."""
        free = [one for one in self.layout.placeholders if one.placeholder_format.type in BESIDE]
        ends = [(one.top + one.height) / 12700 for one in free if one.top and one.height]
        end = min(max(ends, default=self.ground.height - 14), self.ground.height - 8)
        end = end if end > self.ground.height * 0.85 else self.ground.height - 14
        return Box(head.left, end - FOOT, head.width, FOOT)

    def _put_foot(self, box: Box, foot: str) -> None:
        """Write the line at the foot, and the number of the slide as a field."""
        number = 56
        left = Box(box.left, box.top, box.width - number, box.height)
        words = self.fits(foot, left.width)
        self.say(left, [Para(words, muted=True, after=0)], anchor=MSO_ANCHOR.BOTTOM, name="Foot")
        put = self.slide.shapes.add_textbox(*_emu(Box(box.right - number, box.top, number, box.height)))
        put.name = "Number"
        _steady(put.text_frame, MSO_ANCHOR.BOTTOM)
        here = put.text_frame.paragraphs[0]
        here.alignment = PP_ALIGN.RIGHT
        run = here.add_run()
        run.text = str(len(self.ground.deck.slides))
        self._dress(run.font, Para("", muted=True))
        run._r.tag = qn("a:fld")
        run._r.set("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
        run._r.set("type", "slidenum")

    def _write(self, frame: TextFrame, para: Para, *, first: bool) -> None:
        """Write one paragraph."""
        here = frame.paragraphs[0] if first else frame.add_paragraph()
        here.space_after = Pt(para.after)
        if para.align is not None:
            here.alignment = para.align
        for text, bold in ((para.lead, True), *((line, para.bold) for line in para.text.split("\n"))):
            if text:
                if bold is para.bold and here.runs and "\n" in para.text:
                    here.add_line_break()
                run = here.add_run()
                run.text = clean_run(text)
                self._dress(run.font, para, bold=bold)
                if para.link and not bold:
                    run.hyperlink.address = para.link

    def _dress(self, font: Any, para: Para, *, bold: bool = False) -> None:  # noqa: ANN401
        """Give type its size and colour."""
        font.size = Pt(para.size)
        if bold:
            font.bold = True
        if para.muted and self.ground.is_own:
            font.color.theme_color = MSO_THEME_COLOR.TEXT_2


def clean_run(text: str) -> str:
    """Clean the text of a run, the spaces at its ends left as they are.

    >>> clean_run(" 19  killed ")
    ' 19 killed '
    """
    begin, end = (" " if text[at : at + 1 or None].isspace() else "" for at in (0, -1))
    inner = settle(clean(text))
    return f"{begin}{inner}{end}" if inner else begin


def tell(shape: Any, name: str, about: str) -> None:  # noqa: ANN401  any shape
    """Give a shape a name, and words for those who do not see it."""
    shape.name = name
    shape._element.find(f".//{qn('p:cNvPr')}").set("descr", clean(about))


def paint(shape: Any, colour: str, *, hollow: bool = False, alpha: int = 100) -> None:  # noqa: ANN401
    """Fill a shape with a colour #rrggbb, or draw only its edge."""
    rgb = RGBColor.from_string(colour.lstrip("#").upper())
    for style in shape._element.findall(qn("p:style")):  # it brings a shadow
        shape._element.remove(style)
    if hollow:
        shape.fill.background()
        shape.line.color.rgb, shape.line.width = rgb, Pt(2)
        return
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb
    shape.line.fill.background()
    if alpha < 100:
        colour_of = shape._element.spPr.find(f"{qn('a:solidFill')}/{qn('a:srgbClr')}")
        colour_of.append(colour_of.makeelement(qn("a:alpha"), {"val": str(alpha * 1000)}))


def draw(shapes: Any, kind: MSO_SHAPE, box: Box) -> Any:  # noqa: ANN401  shapes of a slide or a group
    """Draw a shape."""
    return shapes.add_shape(kind, *_emu(box))


def _box(shape: Any) -> Box:  # noqa: ANN401
    """Give the box of a shape."""
    return Box(*(n / 12700 for n in (shape.left, shape.top, shape.width, shape.height)))


def _emu(box: Box) -> tuple[Emu, Emu, Emu, Emu]:
    """Give a box in the unit of the file."""
    left, top, width, height = (Emu(round(n * 12700)) for n in (box.left, box.top, box.width, box.height))
    return left, top, width, height


def _steady(frame: TextFrame, anchor: MSO_ANCHOR, inset: float = 0) -> None:
    """Make text break at the edge of its box and keep its size."""
    frame.word_wrap, frame.auto_size, frame.vertical_anchor = True, MSO_AUTO_SIZE.NONE, anchor
    frame.margin_left = frame.margin_right = Pt(inset)
    frame.margin_top = frame.margin_bottom = Pt(0)
