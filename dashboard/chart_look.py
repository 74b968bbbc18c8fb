"""What all charts share: colours for a light and a dark page, the axis of time, keys, and the table beside each.

Colours never carry a meaning alone: every chart can be read in black and white, from its table, and aloud.
"""

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import altair as alt
import streamlit as st

from dashboard.periods import Periods
from dashboard.theme import is_dark
from dashboard.words import escape_html

Ends = tuple[float, float]
SHORT = "datum.value >= 1e6 ? format(datum.value / 1e6, '~r') + ' M' : format(datum.value, ',d')"
WIDE = 44  # pixels that the numbers of an axis take
FEWEST = 10  # incidents below which nothing is compared


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of charts."""

    ink: str
    soft: str
    line: str
    page: str
    count: str
    people: str
    accent: str


LIGHT = Colours("#1b2226", "#56626a", "#dcdfdf", "#ffffff", "#4f6470", "#a3282b", "#0b6780")
DARK = Colours("#e7ecee", "#a3b0b8", "#303a41", "#12181c", "#9fb1bc", "#e0463d", "#6cc5db")


def find_colours() -> Colours:
    """Give the colours of the page's theme."""
    return DARK if is_dark() else LIGHT


def read_time(day: date) -> float:
    """Give the milliseconds of a day as charts count time, the same in every time zone.

    >>> read_time(date(1970, 1, 2))
    86400000.0
    """
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000


def place_periods(periods: Periods) -> dict[int, tuple[float, float, float]]:
    """Give where the bar of each period begins and ends, and its middle."""
    places = {}
    for period in periods:
        start, end = read_time(periods.start(period)), read_time(periods.end(period)) + 86_400_000
        places[period] = (start + 0.06 * (end - start), end - 0.06 * (end - start), (start + end) / 2)
    return places


def draw_axis(periods: Periods, colours: Colours, field: str = "start", most: int = 8) -> alt.X:
    """Give the axis of time over the periods, with what lies at `field` and at most about `most` labels."""
    axis = alt.Axis(grid=False, title=None, domainColor=colours.line, labelOverlap=True,
                    labelColor=colours.soft, tickColor=colours.line, format=_format_axis(periods),
                    labelFlush=True, tickCount=min(len(periods), most))  # fmt: skip
    return alt.X(f"{field}:T", scale=alt.Scale(type="utc", nice=False), axis=axis)


def _format_axis(periods: Periods) -> str:
    """Give the format of the days at the axis."""
    return "%b %Y" if periods.step in ("month", "quarter") and len(periods) <= 60 else "%Y"


def draw_counts(field: str, title: str, colours: Colours, *, ends: Ends = (1, 0), most: int | None = None) -> alt.Y:
    """Give the axis of whole numbers, between two heights as shares of the chart where that has several panels.

    It keeps the same distance from the edge in every chart, so that panels line up; `most` sets its upper end.
    """
    low, high = ({"expr": f"height * {end}"} for end in ends)
    axis = alt.Axis(
        title=title or None, titleAlign="left", titleAnchor="end", titleAngle=0, titleX=-WIDE, titleFontWeight="normal",
        titleY={"expr": f"height * {ends[1]} - 12"}, titleColor=colours.soft, labelColor=colours.soft, orient="left",
        grid=True, gridColor=colours.line, domain=False, ticks=False, tickMinStep=1, tickCount=4 if title else 2,
        labelExpr=SHORT, minExtent=WIDE, maxExtent=WIDE,
    )  # fmt: skip
    scale = alt.Scale(zero=True, range=[low, high], **({} if most is None else {"domain": [0, most]}))
    return alt.Y(field, axis=axis, scale=scale)


def frame_chart(chart: alt.LayerChart) -> alt.LayerChart:
    """Give a chart without a frame, its marks hidden from screen readers: they have its sentence and its table."""
    # `aria` of the whole takes away the words of axes and bars, but leaves their groups as pictures without words.
    mute = alt.MarkConfig(aria=False)
    framed: alt.LayerChart = chart.configure(aria=False, mark=mute, view=alt.ViewConfig(stroke=None))
    return framed


def draw_key(*keys: tuple[str, str]) -> None:
    """Draw the key of a chart: for each a class of the style sheet, and what it stands for."""
    written = "".join(f'<span><i class="key {shape}"></i>{html.escape(words)}</span>' for shape, words in keys)
    st.html(f'<div class="keys">{written}</div>')


def draw_sentence(words: str) -> None:
    """Draw what a chart shows, in words; `words` must be escaped already where they are an article's."""
    st.html(f'<p class="says">{words}</p>')


def draw_as_table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[object]], key: str) -> None:
    """Draw what a chart shows as a table, folded."""
    with st.expander("As a table", key=f"{key}-table"):
        st.html(write_table(caption, columns, rows))


def write_table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write a table whose first column names its rows; None is an empty cell, never zero.

    >>> write_table("a", ["x", "n"], [("p", 1000), ("q", None)]).count("<td></td>")
    1
    """
    heads = "".join(f'<th scope="col">{escape_html(name)}</th>' for name in columns)
    body = "".join(
        f'<tr><th scope="row">{escape_html(row[0])}</th>{"".join(f"<td>{_write_cell(c)}</td>" for c in row[1:])}</tr>'
        for row in rows
    )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{html.escape(caption)}"><table class="figures">'
        f"<caption>{html.escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _write_cell(cell: object) -> str:
    """Write a cell."""
    if cell is None:
        return ""
    return f"{cell:,}" if isinstance(cell, int) else escape_html(cell)


def count_of(number: int, one: str, many: str = "") -> str:
    """Say a number of things.

    >>> count_of(1, "incident"), count_of(1200, "incident"), count_of(2, "city", "cities")
    ('1 incident', '1,200 incidents', '2 cities')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def share(part: int, whole: int) -> str:
    """Say a share in percent.

    >>> share(1, 3)
    '33 %'
    """
    return f"{100 * part / whole:.0f} %"
