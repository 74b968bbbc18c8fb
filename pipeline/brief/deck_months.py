"""The slides that count: incidents and killed by month as native charts, targets by month as a native table."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.util import Emu, Pt

from pipeline.brief.briefing import Briefing
from pipeline.brief.deck_draft import Draft
from pipeline.brief.deck_ground import ACCENT
from pipeline.brief.deck_page import LEAST, Box, Page, Para, tell
from pipeline.brief.deck_table import Cell, Look, count_rows, put_table
from pipeline.brief.deck_words import count_of
from pipeline.brief.kinds import OTHERS, UNKNOWN, Targets, count_targets
from pipeline.brief.months import Month, count_months
from pipeline.brief.periods import Periods, find_periods

MAY, PEOPLE = "9DB9C2", "A3282B"
COLUMN = 50  # points of a period in the table of targets
NAMES, UNSURE = 160, 72
MOST_PERIODS = 12
MOST_COLUMNS, FEW_COLUMNS, MOST_YEARS = 24, 18, 12


def tell_months(draft: Draft) -> None:
    """Put the charts of incidents and killed by month."""
    briefing = draft.briefing
    periods = _find_periods(briefing)
    months = count_months(partial(draft.store.ask, briefing.view), periods) if periods else []
    if periods is None or not any(month.sure or month.possible for month in months):
        return
    most = max(months, key=lambda one: one.sure)
    page = draft.begin(
        f"{periods.name(most.period)} has the most incidents: {most.sure:,}" if most.sure and len(months) > 1
        else f"Incidents by {periods.step}"
    )  # fmt: skip
    killed = [month.value for month in months]
    stated = any(value is not None for value in killed)
    loose = briefing.n - sum(month.sure for month in months)
    note = (f"{loose:,} of {briefing.n:,} lie surely in no one {periods.step}. " if loose else "") + (
        "Killed: the best figures, else the lowest; no column where none is stated." if stated
        else "No incident in one surely has a figure of killed."
    )  # fmt: skip
    body = page.body
    words = page.fits(note, body.width, 2)
    under = Box(body.left, body.bottom - 48, body.width, 48)
    half = (body.height - 54) / (2 if stated else 1)
    first = Box(body.left, body.top, body.width, half)
    series = [
        ("incidents surely in it", [m.sure for m in months], ACCENT),
        ("possibly in it", [m.possible for m in months], MAY),
    ]
    _put_chart(page, first, periods, series, f"Incidents by {periods.step}")
    if stated:
        second = Box(body.left, body.top + half, body.width, half)
        _put_chart(page, second, periods, [("people reported killed", killed, PEOPLE)], f"Killed by {periods.step}")
    page.say(under, [Para(words, muted=True, after=0)])
    page.tell_speaker(note, *(_say_month(periods, month) for month in months), draft.standing)


def _find_periods(briefing: Briefing) -> Periods | None:
    """Give the periods whose names stand beside each other."""
    found = find_periods(briefing.counts, briefing.view, "month", MOST_COLUMNS)
    if found is None or found.step in ("month", "quarter"):
        return found
    return find_periods(briefing.counts, briefing.view, "year", MOST_YEARS)


def _say_month(periods: Periods, month: Month) -> str:
    """Say one month for the notes."""
    killed = "no figure of killed" if month.killed is None or not month.killed.stated else (
        f"killed {month.killed} (low – best – high), {month.killed.without:,} without a figure")  # fmt: skip
    return f"{periods.name(month.period)}: {month.sure:,} surely, {month.possible:,} possibly; {killed}."


def _put_chart(
    page: Page, box: Box, periods: Periods, series: Sequence[tuple[str, Sequence[int | None], str]], about: str
) -> None:
    """Put a native column chart, whose names are as many as fit beside each other."""
    data = CategoryChartData()
    _name_columns(data, periods)
    names = [periods.name(period) for period in periods]
    for name, values, _ in series:
        data.add_series(name, values)
    place = (Emu(int(Pt(n))) for n in (box.left, box.top, box.width, box.height))
    put: Any = page.slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_STACKED, *place, data)
    tell(put, "Chart", f"{about}: {'; '.join(f'{n} {v}' for n, v in zip(names, series[0][1], strict=True) if v)}")
    chart = put.chart
    chart.font.size = Pt(LEAST)
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.legend.font.size = Pt(LEAST)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 40, 100
    for one, (_, _, colour) in zip(plot.series, series, strict=True):
        one.format.fill.solid()
        one.format.fill.fore_color.rgb = RGBColor.from_string(colour)
    axis = chart.value_axis
    axis.major_gridlines.format.line.color.rgb = RGBColor.from_string("DCDFDF")
    axis.format.line.fill.background()
    axis.tick_labels.font.size = chart.category_axis.tick_labels.font.size = Pt(LEAST)
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "#,##0", False
    highest = max((sum(v or 0 for v in column) for column in zip(*(s[1] for s in series), strict=True)), default=1)
    axis.minimum_scale, axis.major_unit = 0, _find_unit(highest)
    chart.category_axis._element.get_or_add_txPr().bodyPr.set("rot", "0")


def _find_unit(highest: int) -> int:
    """Give the distance of the lines of a chart: two to four of them, at whole numbers.

    >>> _find_unit(1), _find_unit(7), _find_unit(24), _find_unit(430)
    (1, 3, 10, 200)
    """
    size = 1
    while True:
        for step in (1, 2, 3, 5):
            if highest / (step * size) <= 3:
                return step * size
        size *= 10


def _name_columns(data: Any, periods: Periods) -> None:  # noqa: ANN401  the library has no types
    """Name the columns; months and quarters stand below their year, in as few letters as they have room for."""
    if periods.step not in ("month", "quarter"):
        data.categories = [periods.name(period) for period in periods]
        return
    letters = None if periods.step == "quarter" or len(periods) <= FEW_COLUMNS else 1
    year = None
    for period in periods:
        first = periods.start(period)
        if year is None or year.label != str(first.year):
            year = data.add_category(str(first.year))
        year.add_sub_category(periods.name(period).split()[0][:letters])


def tell_targets(draft: Draft) -> None:
    """Put the table of targets by month."""
    briefing = draft.briefing
    if not briefing.targets.counts:
        return
    page = draft.begin(_name_targets(briefing.targets))
    targets = _find_targets(draft, page)
    periods = targets.periods
    columns: list[int | None] = [*periods] if periods else []
    columns += [None] if targets.unsure or periods is None else []
    loose = UNSURE if None in columns else 0
    each = (page.body.width - NAMES - COLUMN - loose) / max(1, len(columns) - bool(loose))
    widths = (NAMES, *(loose if when is None else each for when in columns), COLUMN)
    names, folded = _fold(targets, count_rows(page, page.body.height - 124, 2))
    most = max(targets.counts.values())
    rows = [_row(targets, [name], name, columns, most) for name in names]
    if folded:
        rows.append(_row(targets, folded, f"{len(folded)} other targets", columns, most))
    rows.append(_row(targets, [*names, *folded], "all", columns, None))
    heads = [_head(periods, when) for when in columns]
    look = Look(widths, middle=frozenset(range(1, len(widths))), lines=1, air=2)
    high = Box(page.body.left, page.body.top, page.body.width, page.body.height - 50)
    put_table(page, high, look, ("target", *heads, "all"), rows, "Incidents by target and period")
    step = periods.step if periods else "period"
    note = (
        f"Incidents whose days all lie in the {step}; “unsure”: they do not, or are not stated. "
        "An empty cell: none recorded."
    )
    low = Box(page.body.left, page.body.bottom - 46, page.body.width, 46)
    page.say(low, [Para(page.fits(note, low.width, 2), muted=True, after=0)])
    told = [f"{name}: {targets.total(name):,}." for name in targets.names]
    page.tell_speaker(note, *told, draft.standing)


def _name_targets(targets: Targets) -> str:
    """Say whom most incidents struck."""
    known = [name for name in targets.names if name not in (UNKNOWN, OTHERS)]
    if not known:
        return "Targets: none is stated"
    first = max(known, key=targets.total)
    return f"Targets: {first} most often, in {count_of(targets.total(first), 'incident')}"


def _find_targets(draft: Draft, page: Page) -> Targets:
    """Count targets by periods of which no more than fit beside each other."""
    briefing = draft.briefing
    room = min(MOST_PERIODS, int((page.body.width - NAMES - COLUMN - UNSURE) // COLUMN))
    periods = find_periods(briefing.counts, briefing.view, "month", room)
    if periods == briefing.targets.periods:
        return briefing.targets
    return count_targets(partial(draft.store.ask, briefing.view), periods)


def _fold(targets: Targets, room: int) -> tuple[list[str], list[str]]:
    """Give the targets with a row of their own, and those that share one."""
    names = list(targets.names)
    if len(names) <= room:
        return names, []
    return names[: room - 1], names[room - 1 :]


def _row(targets: Targets, of: Sequence[str], name: str, columns: Sequence[int | None], most: int | None) -> list[Cell]:
    """Give a row of counts, shaded by their share of `most`; None shades nothing."""
    cells = [Cell(name, bold=most is None)]
    for when in columns:
        n = sum(targets.counts.get((one, when), 0) for one in of)
        cells.append(Cell(f"{n:,}" if n else "", bold=most is None, shade=n / most if n and most else None))
    total = sum(targets.total(one) for one in of)
    return [*cells, Cell(f"{total:,}", bold=True)]


def _head(periods: Periods | None, when: int | None) -> str:
    """Name a column."""
    if when is None or periods is None:
        return "unsure"
    return periods.short(when).replace("–", "– ")
