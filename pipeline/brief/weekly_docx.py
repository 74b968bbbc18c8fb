"""A weekly list as a text document: headings to jump by, links under the sources, page numbers at the foot."""

import io
from datetime import date, datetime
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from pipeline.brief.bidi import settle
from pipeline.brief.notes import Note, clean
from pipeline.brief.steady import steady
from pipeline.brief.weekly_list import Entry, group
from pipeline.brief.weekly_page import EMPTY, SENTENCES, Sheet

FONT = {"ascii": "Arial", "hAnsi": "Arial", "cs": "Arial", "eastAsia": "Microsoft YaHei"}
# What stands for a font where a program does not have it.
FALLBACKS = {"Arial": "Liberation Sans, Helvetica", "Microsoft YaHei": "Noto Sans CJK SC, PingFang SC"}
INK, MUTED, ACCENT = RGBColor(0x1B, 0x22, 0x26), RGBColor(0x56, 0x62, 0x6A), RGBColor(0x0B, 0x67, 0x80)
SIZES = {"Normal": (10.5, INK), "Title": (20, INK), "Heading 1": (15, ACCENT), "Heading 2": (12.5, INK),
         "Heading 3": (10.5, MUTED), "Heading 4": (10.5, MUTED)}  # fmt: skip
NO_STYLE = '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:fonts>'


def write_docx(sheet: Sheet, day: date) -> bytes:
    """Write the list; `day` is the date of the file."""
    text: Any = Document()
    _dress(text)
    _put_head(text, sheet)
    if not sheet.entries:
        text.add_paragraph(EMPTY)
    for week in group(sheet.entries, "week"):
        _head(text, week.name, 1)
        for one in group(week.entries, "day"):
            if one.name:
                _head(text, one.name, 2)
            for province in group(one.entries, "province"):
                _head(text, province.name, 3)
                for entry in province.entries:
                    _put_entry(text, entry)
    if sheet.notes:
        _head(text, SENTENCES, 1)
    for number, note in enumerate(sheet.notes, start=1):
        _put_note(text, number, note)
    for line in sheet.ends:
        _mute(text.add_paragraph(_clean(line)), 9)
    _put_foot(text, sheet)
    about = text.core_properties
    about.title, about.author, about.last_modified_by, about.comments = _clean(sheet.title)[:250], "", "", ""
    about.subject, about.revision = _clean(" · ".join(sheet.facts[:2]))[:250], 1
    about.created = about.modified = datetime(day.year, day.month, day.day)
    out = io.BytesIO()
    text.save(out)
    return steady(out.getvalue(), day)


def _clean(text: str) -> str:
    """Clean words, and settle names that run from right to left."""
    return settle(clean(text))


def _dress(text: Any) -> None:  # noqa: ANN401  the library has no types
    """Set paper, fonts and colours."""
    page = text.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(22)
    page.top_margin = page.bottom_margin = Mm(20)
    for style in text.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH:
            _set_font(style)
    for name, (size, colour) in SIZES.items():
        style = text.styles[name]
        style.font.size, style.font.color.rgb = Pt(size), colour
        style.paragraph_format.space_after = Pt(3)
        if name.startswith("Heading"):
            style.font.bold, style.font.italic = True, False
            style.paragraph_format.space_before = Pt({"Heading 1": 16, "Heading 2": 10}.get(name, 6))
            style.paragraph_format.keep_with_next = True
    fonts = text.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    listed = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>' for name, other in FALLBACKS.items()
    )
    fonts._blob = NO_STYLE.format(listed).encode()


def _set_font(style: Any) -> None:  # noqa: ANN401
    """Name the fonts of a style, for each kind of script."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for kind, name in FONT.items():
        fonts.set(qn(f"w:{kind}"), name)


def _put_head(text: Any, sheet: Sheet) -> None:  # noqa: ANN401
    """Put the title, and what was asked of which state of the data."""
    title = text.add_paragraph(_clean(sheet.title), style="Title")
    borders = title.style.element.find(f"{qn('w:pPr')}/{qn('w:pBdr')}")
    if borders is not None:
        borders.getparent().remove(borders)
    for fact in sheet.facts:
        _mute(text.add_paragraph(_clean(fact)))
    if sheet.link:
        _link(_mute(text.add_paragraph()), "The same view, with its sources", sheet.link)


def _head(text: Any, words: str, level: int) -> None:  # noqa: ANN401
    """Put a heading; its style is named by its id, for the library looks names up slowly."""
    put = text.add_paragraph(_clean(words))
    put._p.style = f"Heading{level}"


def _put_entry(text: Any, entry: Entry) -> None:  # noqa: ANN401
    """Put one incident with its sources in brackets."""
    put = text.add_paragraph()
    put._p.style = "ListBullet"
    put.paragraph_format.space_after = Pt(4)
    put.add_run(_clean(entry.title)).bold = True
    put.add_run(f": {_clean(entry.words)} [")
    for place, (number, note) in enumerate(entry.sources):
        put.add_run("; " if place else "")
        _put_source(put, note)
        put.add_run(f" ({number})")
    put.add_run(f"; {_clean(entry.more)}]" if entry.more else "]")


def _put_source(put: Any, note: Note) -> None:  # noqa: ANN401
    """Put outlet and day, with a link where there is one."""
    if note.url:
        _link(put, _clean(note.source), note.url)
    else:
        put.add_run(_clean(note.source))


def _put_note(text: Any, number: int, note: Note) -> None:  # noqa: ANN401
    """Put a sentence with its number and source."""
    put = text.add_paragraph()
    put.paragraph_format.left_indent, put.paragraph_format.first_line_indent = Mm(9), Mm(-9)
    put.paragraph_format.tab_stops.add_tab_stop(Mm(9))
    put.add_run(f"{number}\t")
    _put_source(put, note)
    put.add_run(f": “{_clean(note.sentence)}”")
    for run in put.runs:
        run.font.size = Pt(9)


def _mute(put: Any, size: float = 10) -> Any:  # noqa: ANN401
    """Make a paragraph step back."""
    for run in put.runs:
        run.font.size, run.font.color.rgb = Pt(size), MUTED
    return put


def _link(put: Any, words: str, url: str) -> None:  # noqa: ANN401
    """Add words with a link under them, for which the library has no word."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), put.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = put.add_run(words)
    run.font.color.rgb, run.font.underline = ACCENT, True
    link.append(run._r)
    put._p.append(link)


def _put_foot(text: Any, sheet: Sheet) -> None:  # noqa: ANN401
    """Put the state of the data and the number of the page at the foot of every page."""
    put = text.sections[0].footer.paragraphs[0]
    put.add_run(f"{_clean(sheet.facts[1])} · page ")
    for kind, words in (("begin", ""), ("", "PAGE"), ("separate", ""), (None, "1"), ("end", "")):
        run = put.add_run(words if kind is None else "")
        if kind is not None:
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            else:
                element.text = words
            run._r.append(element)
    _mute(put, 8.5)
