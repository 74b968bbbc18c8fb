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
from pipeline.brief.measure import cut, measure, wrap

PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # the style without lines and fills
SIDE, TIGHT = 5, 2  # points left and right in a cell
RULE = "C9CFD2"
PALEST = (0xE3, 0xEE, 0xF1)
Shade = float  # 0 to 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: `lead` before its text, in bold or with a link under it; `shade` of the accent behind it."""

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
    sizes: Sequence[int] = (24, 22, 20, LEAST)  # of type: the largest at which nothing is left out

    def width(self, at: int) -> float:
        """Give the room for text in a column."""
        return self.widths[at] - 2 * self.side(at)

    def side(self, at: int) -> float:
        """Give the air left and right in a column."""
        return TIGHT if at in self.middle else SIDE


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
    heads = [Cell(text, bold=True) for text in head]
    size = next((one for one in look.sizes if _fits(page, box, look, [heads, *rows], one)), LEAST)
    cut_rows = [_cut_row(page, look, row, size) for row in rows]
    room = box.height - _high(page, look, heads, size)
    kept = _count_fitting(page, look, cut_rows, room, size)
    if kept < len(rows) and more:
        while kept and _sum(page, look, [*cut_rows[:kept], list(more(len(rows) - kept))], size) > room:
            kept -= 1
        cut_rows = [*cut_rows[:kept], _cut_row(page, look, more(len(rows) - kept), size)]
    _draw(page, box, look, [heads, *(cut_rows if more else cut_rows[:kept])], about, size)
    return kept


def _fits(page: Page, box: Box, look: Look, rows: Sequence[Sequence[Cell]], size: int) -> bool:
    """Say whether all rows fit, no text of them cut and no word of a narrow column broken."""
    wider = page.ground.wider
    for row in rows:
        for at, cell in enumerate(row):
            width, bold = look.width(at) / wider, _is_bold(cell)
            longest = max(cell.whole.split(" "), key=len, default="")
            if measure(longest, size, bold=bold) > width or len(wrap(cell.whole, width, size, bold=bold)) > look.lines:
                return False
    return _sum(page, look, rows, size) <= box.height


def _count_fitting(page: Page, look: Look, rows: Sequence[Sequence[Cell]], room: float, size: int) -> int:
    """Count the rows that fit whole."""
    for place, row in enumerate(rows):
        room -= _high(page, look, row, size)
        if room < -0.5:
            return place
    return len(rows)


def _sum(page: Page, look: Look, rows: Sequence[Sequence[Cell]], size: int) -> float:
    """Give the height of some rows."""
    return sum(_high(page, look, row, size) for row in rows)


def count_rows(page: Page, height: float, air: float) -> int:
    """Count the rows of one line that a height has room for."""
    return int(height // (LEAST * page.ground.line + 2 * air))


def _high(page: Page, look: Look, row: Sequence[Cell], size: int) -> float:
    """Give the height of a row."""
    wider = page.ground.wider
    lines = [len(wrap(one.whole, look.width(at) / wider, size, bold=_is_bold(one))) for at, one in enumerate(row)]
    return max(lines) * size * page.ground.line + 2 * look.air


def _cut_row(page: Page, look: Look, row: Sequence[Cell], size: int) -> list[Cell]:
    """Cut the texts of a row to the lines that they may take."""
    return [_cut(look.width(at) / page.ground.wider, look.lines, one, size) for at, one in enumerate(row)]


def _cut(width: float, lines: int, cell: Cell, size: int) -> Cell:
    """Cut the text of a cell."""
    whole = cut(clean_run(cell.whole), width, size, lines, bold=_is_bold(cell))
    lead = whole[: len(cell.lead)] if cell.lead else ""
    return Cell(whole[len(lead) :], lead, cell.bold, cell.shade, cell.link)


def _is_bold(cell: Cell) -> bool:
    """Say whether a cell is best measured as bold."""
    return cell.bold or len(cell.lead) > len(cell.text)


def _draw(page: Page, box: Box, look: Look, rows: Sequence[Sequence[Cell]], about: str, size: int) -> None:
    """Draw the table."""
    heights = [_high(page, look, row, size) for row in rows]
    place = [Emu(int(Pt(n))) for n in (box.left, box.top, sum(look.widths), sum(heights))]
    put = page.slide.shapes.add_table(len(rows), len(look.widths), *place)
    tell(put, "Table", about)
    table: Any = put.table
    table.horz_banding = False
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = PLAIN
    for at, width in enumerate(look.widths):
        table.columns[at].width = Pt(width)
    for line, (row, height) in enumerate(zip(rows, heights, strict=True)):
        table.rows[line].height = Pt(height)
        for at, cell in enumerate(row):
            align = PP_ALIGN.RIGHT if at in look.right else PP_ALIGN.CENTER if at in look.middle else PP_ALIGN.LEFT
            put = table.cell(line, at)
            put.margin_left = put.margin_right = Pt(look.side(at))
            put.margin_top = put.margin_bottom = Pt(look.air)
            put.vertical_anchor = MSO_ANCHOR.BOTTOM if line == 0 else MSO_ANCHOR.TOP
            _fill(put, cell, align, size, is_head=line == 0)


def _fill(put: Any, cell: Cell, align: PP_ALIGN, size: int, *, is_head: bool) -> None:  # noqa: ANN401
    """Fill one cell."""
    here = put.text_frame.paragraphs[0]
    here.alignment = align
    _rule(put, heavy=is_head)
    ink = None if cell.shade is None else _shade(put, cell.shade)
    for text, is_lead in ((cell.lead, True), (cell.text, False)):
        if not text:
            continue
        run = here.add_run()
        run.text, run.font.size, run.font.bold = text, Pt(size), cell.bold or (is_lead and not cell.link)
        if ink:
            run.font.color.rgb = RGBColor.from_string(ink)
        if cell.link and is_lead:
            run.hyperlink.address = cell.link
    if not cell.whole:
        here.font.size = Pt(size)


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
