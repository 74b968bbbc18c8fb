"""Native tables on slides: a head, rows that fit whole, and what is left out said in the last one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from pipeline.brief.deck_ground import ACCENT
from pipeline.brief.deck_page import LEAST, Box, Page, clean_run, tell
from pipeline.brief.measure import LINE, cut, wrap

PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # the style without lines and fills
SIDE = 5  # points left and right in a cell
RULE = "C9CFD2"
PALEST = (0xE3, 0xEE, 0xF1)
Shade = float  # 0 to 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: `lead` in bold before its text, `shade` of the accent behind it, a link under the text."""

    text: str
    lead: str = ""
    bold: bool = False
    shade: Shade | None = None
    link: str = ""

    @property
    def whole(self) -> str:
        """Give lead and text as one."""
        return f"{self.lead}{self.text}"


@dataclass(frozen=True, slots=True)
class Look:
    """How a table is drawn: widths of its columns in points, how they stand, lines of a cell at most, air above."""

    widths: Sequence[float]
    right: frozenset[int] = frozenset()  # columns of numbers
    middle: frozenset[int] = frozenset()
    lines: int = 3
    air: float = 3


def put_table(
    page: Page,
    box: Box,
    look: Look,
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    about: str,
    more: Callable[[int], Sequence[Cell]] | None = None,
) -> int:
    """Put a table into a box, and give how many of the rows are in it.

    Where not all fit, `more` gives a last row that says how many are left out.
    """
    cut_rows = [[_cut(page, look, at, one) for at, one in enumerate(row)] for row in rows]
    heads = [Cell(text, bold=True) for text in head]
    room = box.height - _high(page, look, heads)
    kept = _count_fitting(page, look, cut_rows, room)
    if kept < len(rows) and more:
        while kept and _sum(page, look, [*cut_rows[:kept], list(more(len(rows) - kept))]) > room:
            kept -= 1
        cut_rows = [*cut_rows[:kept], [_cut(page, look, at, one) for at, one in enumerate(more(len(rows) - kept))]]
    else:
        cut_rows = cut_rows[:kept]
    _draw(page, box, look, [heads, *cut_rows], about)
    return kept


def _count_fitting(page: Page, look: Look, rows: Sequence[Sequence[Cell]], room: float) -> int:
    """Count the rows that fit whole."""
    for place, row in enumerate(rows):
        room -= _high(page, look, row)
        if room < -0.5:
            return place
    return len(rows)


def _sum(page: Page, look: Look, rows: Sequence[Sequence[Cell]]) -> float:
    """Give the height of some rows."""
    return sum(_high(page, look, row) for row in rows)


def _high(page: Page, look: Look, row: Sequence[Cell]) -> float:
    """Give the height of a row."""
    widths = ((width - 2 * SIDE) / page.ground.wider for width in look.widths)
    lines = [len(wrap(one.whole, width, LEAST, bold=_is_bold(one))) for one, width in zip(row, widths, strict=True)]
    return max(lines) * LEAST * LINE + 2 * look.air


def _cut(page: Page, look: Look, at: int, cell: Cell) -> Cell:
    """Cut the text of a cell to the lines that it may take."""
    width = (look.widths[at] - 2 * SIDE) / page.ground.wider
    whole = cut(clean_run(cell.whole), width, LEAST, look.lines, bold=_is_bold(cell))
    lead = whole[: len(cell.lead)] if cell.lead else ""
    return Cell(whole[len(lead) :], lead, cell.bold, cell.shade, cell.link)


def _is_bold(cell: Cell) -> bool:
    """Say whether a cell is best measured as bold."""
    return cell.bold or len(cell.lead) > len(cell.text)


def _draw(page: Page, box: Box, look: Look, rows: Sequence[Sequence[Cell]], about: str) -> None:
    """Draw the table."""
    heights = [_high(page, look, row) for row in rows]
    size = (len(rows), len(look.widths), Pt(box.left), Pt(box.top), Pt(sum(look.widths)), Pt(sum(heights)))
    put = page.slide.shapes.add_table(*(Emu(int(n)) if at > 1 else n for at, n in enumerate(size)))
    tell(put, "Table", about)
    table: Any = put.table
    table.horz_banding = False
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = PLAIN
    for at, width in enumerate(look.widths):
        table.columns[at].width = Pt(width)
    for place, (row, height) in enumerate(zip(rows, heights, strict=True)):
        table.rows[place].height = Pt(height)
        for at, cell in enumerate(row):
            align = PP_ALIGN.RIGHT if at in look.right else PP_ALIGN.CENTER if at in look.middle else PP_ALIGN.LEFT
            _fill(page, table.cell(place, at), cell, align, look.air, is_head=place == 0)


def _fill(page: Page, put: Any, cell: Cell, align: PP_ALIGN, air: float, *, is_head: bool) -> None:  # noqa: ANN401
    """Fill one cell."""
    put.margin_left = put.margin_right = Pt(SIDE)
    put.margin_top = put.margin_bottom = Pt(air)
    put.vertical_anchor = MSO_ANCHOR.BOTTOM if is_head else MSO_ANCHOR.TOP
    here = put.text_frame.paragraphs[0]
    here.alignment = align
    _rule(put, heavy=is_head)
    ink = None if cell.shade is None else _shade(put, cell.shade)
    for text, bold in ((cell.lead, True), (cell.text, cell.bold)):
        run = here.add_run() if text or not cell.whole else None
        if run is None:
            continue
        run.text, run.font.size, run.font.bold = text, Pt(LEAST), bold
        if ink:
            run.font.color.rgb = RGBColor.from_string(ink)
        if cell.link and text and not bold:
            run.hyperlink.address = cell.link
    if not cell.whole:
        here.font.size = Pt(LEAST)


def _shade(put: Any, shade: Shade) -> str:  # noqa: ANN401
    """Put a shade of the accent behind a cell, and give the colour of type that stands out from it."""
    dark = [int(ACCENT[at : at + 2], 16) for at in (0, 2, 4)]
    mixed = [round(pale + (deep - pale) * shade) for pale, deep in zip(PALEST, dark, strict=True)]
    put.fill.solid()
    put.fill.fore_color.rgb = RGBColor(*mixed)
    return "FFFFFF" if shade > 0.6 else "1B2226"


def _rule(put: Any, *, heavy: bool) -> None:  # noqa: ANN401
    """Draw the line below a cell, and none elsewhere."""
    properties = put._tc.get_or_add_tcPr()
    line = properties.makeelement(qn("a:lnB"), {"w": str(19050 if heavy else 6350)})
    fill = line.makeelement(qn("a:solidFill"), {})
    fill.append(fill.makeelement(qn("a:srgbClr"), {"val": "56626A" if heavy else RULE}))
    line.append(fill)
    properties.insert(0, line)
