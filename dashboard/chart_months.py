"""Incidents by month with their killed below: two panels over one axis of time.

A month without an incident is marked as none; a month with incidents none of which has a figure says so, and has no
bar of zero. Killed are counted where an incident surely belongs; the rest is said in words.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from dashboard.chart_look import (
    Colours,
    count_of,
    draw_as_table,
    draw_axis,
    draw_counts,
    draw_key,
    draw_sentence,
    find_colours,
    frame_chart,
    place_periods,
)
from dashboard.choice import choose_days
from dashboard.load import Shown
from dashboard.periods import Periods, find_periods
from pipeline.brief import months as by_month
from pipeline.brief.months import Month
from pipeline.tables.totals import Total

MOST = 240  # bars
PRINTED = 26  # bars that have room for their number
KEY = "months"
HEIGHT = 380  # pixels
UPPER, LOWER = (0.44, 0.04), (1.0, 0.6)  # where the two panels begin and end, as shares of it
HOVER = [
    alt.Tooltip("name:N", title="when"), alt.Tooltip("label:N", title="incidents"),
    alt.Tooltip("said:N", title="killed"), alt.Tooltip("without:Q", title="without a figure"),
]  # fmt: skip


def count_months(shown: Shown, periods: Periods) -> list[Month]:
    """Count the incidents and the killed of each period."""
    return by_month.count_months(shown.ask, periods)


def draw_months(shown: Shown, step: str) -> None:
    """Draw the section."""
    periods = find_periods(shown, step, MOST)
    if periods is None:
        draw_sentence("No incident shown has a day, so there is nothing to draw over time.")
        return
    months = count_months(shown, periods)
    sentence = say_months(shown, periods, months)
    draw_sentence(sentence)
    draw_key(("solid", f"surely in the {periods.step}"), ("hollow", "possibly: days not known well enough"),
             ("red", "killed, best figures added"), ("whisker", "low to high"), ("open", "high is open"),
             ("diamond", "incidents, but no figure of killed"), ("none", "no incident"))  # fmt: skip
    st.altair_chart(_chart(periods, months, find_colours()), key=KEY, width="stretch", on_select=_take_click,
                    selection_mode="period", alt=sentence)  # fmt: skip
    st.session_state.months_shown = periods
    _draw_table(periods, months)


def _take_click() -> None:
    """Show the days of the bar that was clicked."""
    days = find_click(st.session_state[KEY], st.session_state.get("months_shown"))
    if days:
        choose_days(*days)


def find_click(state: Mapping[str, Any], periods: Periods | None) -> tuple[date, date] | None:
    """Give the first and last day of the bar that a state of the chart says was clicked."""
    picked = (state["selection"].get("period") or [{}])[0].get("period")
    return None if picked is None or periods is None else (periods.start(int(picked)), periods.end(int(picked)))


def say_months(shown: Shown, periods: Periods, months: list[Month]) -> str:
    """Say what the chart shows."""
    counts = shown.counts()
    placed, empty = sum(month.sure for month in months), sum(not (month.sure or month.possible) for month in months)
    said = [f"{periods.span()}, {placed:,} of {count_of(counts.shown, 'incident')} surely lie in one "
            f"{periods.step}"]  # fmt: skip
    spread = counts.shown - counts.undated - placed
    others = [f"{spread:,} have days that are not known so well"] if spread else []
    others += [f"{counts.undated:,} have no day"] if counts.undated else []
    said.append("; ".join(others))
    best = [month for month in months if month.value]
    if best:
        most = max(best, key=lambda month: month.value or 0)
        said.append(f"most were killed in {periods.name(most.period)}: {_say_killed(most)}")
    mute = [month for month in months if month.sure and month.value is None and not _is_capped(month)]
    if mute:
        said.append(f"{count_of(len(mute), periods.step)} with incidents and no figure of killed")
    if empty:
        said.append(f"{count_of(empty, periods.step)} without any incident here, which need not mean peace")
    return "; ".join(part for part in said if part) + "."


def _is_capped(month: Month) -> bool:
    """Say whether only upper ends ("up to 30") are stated."""
    return bool(month.killed and month.value is None and month.killed.stated)


def _say_killed(month: Month) -> str:
    """Say the killed of a period."""
    if not month.killed or not month.sure:
        return "none recorded"
    if month.value is None:
        return f"up to {month.killed.high:,}" if _is_capped(month) else "no figure"
    high = "open" if month.killed.open_top else f"{month.killed.high:,}"
    return f"{month.value:,} (low {month.killed.low:,}, high {high})"


def _chart(periods: Periods, months: list[Month], colours: Colours) -> alt.LayerChart:
    """Give both panels in one drawing: incidents in its upper half, killed in its lower, over one axis of time."""
    data = _frame(periods, months)
    upper, lower = _draw_incidents(data, periods, colours), _draw_killed(data, periods, colours)
    panels = alt.layer(alt.layer(*upper), alt.layer(*lower)).resolve_scale(y="independent")
    return frame_chart(panels.properties(height=HEIGHT))


def _draw_incidents(data: pd.DataFrame, periods: Periods, colours: Colours) -> list[alt.Chart]:
    """Give the upper panel: what is sure, on it what is possible, and a sign where there is nothing."""
    pick = alt.selection_point(name="period", fields=["period"], on="click", empty=True)
    y, x = draw_counts("sure:Q", "incidents", colours, ends=UPPER), draw_axis(periods, colours, most=12)
    bars = alt.Chart(data).encode(x=x, x2="end", y=y, tooltip=HOVER)
    sure = bars.encode(y2=alt.datum(0)).mark_bar(color=colours.count, cursor="pointer").add_params(pick)
    possible = (
        bars.encode(y2="top:Q").transform_filter("datum.possible > 0")
        .mark_bar(fill=colours.count, fillOpacity=0.1, stroke=colours.count, strokeWidth=1, cursor="pointer")
    )  # fmt: skip
    words = alt.Chart(data).encode(x=draw_axis(periods, colours, "middle", 12), y=y.copy(), tooltip=HOVER)
    words = words.mark_text(dy=-8, color=colours.ink, fontSize=12)
    layers = [sure, possible, _write(words, "top", "sign", "datum.top == 0", colours.soft)]
    if len(periods) <= PRINTED:
        layers.append(_write(words, "top", "label", "datum.top > 0", colours.ink))
    return layers


def _draw_killed(data: pd.DataFrame, periods: Periods, colours: Colours) -> list[alt.Chart]:
    """Give the lower panel: the killed, from low to high, and a sign where no figure is stated."""
    x, y = draw_axis(periods, colours, most=12), draw_counts("value:Q", "killed", colours, ends=LOWER)
    bars = alt.Chart(data).encode(x=x, x2="end", y=y, y2=alt.datum(0), tooltip=HOVER).mark_bar(color=colours.people)
    middle = alt.Chart(data).encode(x=draw_axis(periods, colours, "middle", 12), y=y, tooltip=HOVER)
    whisker = (
        middle.encode(y=_at(y, "low"), y2="high:Q").transform_filter("datum.high > datum.low")
        .mark_rule(color=colours.ink, strokeWidth=1.5)
    )  # fmt: skip
    mute = (
        middle.encode(y=_at(y, "zero")).transform_filter("datum.mute")
        .mark_point(shape="diamond", size=42, filled=False, color=colours.people, strokeWidth=1.5)
    )  # fmt: skip
    zero = middle.transform_filter("datum.value === 0").mark_tick(color=colours.people, thickness=3, size=9)
    words = middle.mark_text(dy=-8, color=colours.ink, fontSize=12)
    layers = [bars.transform_filter("isValid(datum.value)"), whisker, mute, zero]
    if len(periods) <= PRINTED:
        return [*layers, _write(words, "tall", "printed", "isValid(datum.value)", colours.ink)]
    return [*layers, _write(words, "tall", "arrow", "datum.open", colours.ink)]


def _at(axis: alt.Y, field: str) -> alt.Y:
    """Give the same axis for another field."""
    other = axis.copy()
    other.shorthand = f"{field}:Q"
    return other


def _write(words: alt.Chart, height: str, text: str, which: str, colour: str) -> alt.Chart:
    """Give numbers or signs above the bars."""
    axis = _at(words.encoding.y, height)
    return words.encode(y=axis, text=f"{text}:N", color=alt.value(colour)).transform_filter(which)


def _frame(periods: Periods, months: list[Month]) -> pd.DataFrame:
    """Give the chart a row for each period; no figure is no number."""
    places = place_periods(periods)
    rows = []
    for month in months:
        start, end, middle = places[month.period]
        total = month.killed if month.value is not None else None
        high = total.high if total and not total.open_top else None
        is_open = bool(total and total.open_top)
        rows.append({
            "period": month.period, "name": periods.name(month.period), "start": start, "end": end, "middle": middle,
            "sure": month.sure, "possible": month.possible, "top": month.sure + month.possible,
            "label": f"{month.sure:,}" + (f"–{month.sure + month.possible:,}" if month.possible else ""),
            "sign": "×", "arrow": "↑", "zero": 0,
            "value": month.value, "low": total.low if total else None, "high": high,
            "tall": max(high or 0, month.value or 0), "open": is_open and len(periods) > PRINTED,
            "printed": f"{month.value or 0:,}" + ("+" if is_open else ""), "said": _say_killed(month),
            "mute": bool(month.sure and month.value is None),
            "without": month.killed.without if month.killed else None,
        })  # fmt: skip
    return pd.DataFrame(rows).astype(dict.fromkeys(("value", "low", "high", "without"), "float64"))


def _draw_table(periods: Periods, months: list[Month]) -> None:
    """Draw the numbers of the chart as a table."""
    draw_as_table(
        f"Incidents and killed by {periods.step}",
        [periods.step.capitalize(), "Surely in it", "Possibly too", "Killed", "Low", "Best", "High", "No figure"],
        [
            (periods.name(m.period), m.sure or "none", m.possible or "none", _say_killed(m), *_ends(m.killed),
             m.killed.without if m.killed else None)
            for m in months
        ],
        KEY,
    )  # fmt: skip


def _ends(total: Total | None) -> tuple[object, object, object]:
    """Give low, best and high of a total, each None where no figure has it."""
    if total is None:
        return None, None, None
    low, best, high = (
        value if some else None for value, some in zip((total.low, total.best, total.high), total.figures, strict=True)
    )
    return low, best, "open" if total.open_top else high
