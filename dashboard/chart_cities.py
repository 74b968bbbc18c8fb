"""Has violence moved into cities: by period, how many incidents lie in a main city, and how many elsewhere.

In a main city is an incident whose place is known to the site or town, not farther than `main_cities.REACH` from the
middle of a capital or of another main city of the base map. Elsewhere is every other site, town or district. What is
known to the province or country only cannot be told, and is shown as such: a province alone is not its capital.
"""

from collections import Counter
from math import sqrt

import altair as alt
import pandas as pd
import streamlit as st

from dashboard.chart_look import (
    FEWEST,
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
    share,
)
from dashboard.load import Shown
from dashboard.main_cities import REACH, find_kind
from dashboard.periods import Periods, find_periods

MOST = 40
KINDS = {"capital": "in a capital", "city": "in another main city", "else": "elsewhere", "unknown": "cannot be told"}
KEYS = {"capital": "solid", "city": "middle", "else": "hollow", "unknown": "dashed"}
Counts = Counter[tuple[int | None, str]]


def count_cities(shown: Shown, periods: Periods) -> Counts:
    """Count incidents by period, None where they lie in no one surely, and by kind of place."""
    found = shown.ask(
        f"SELECT {periods.within()} AS period, geo_precision IN ('site', 'city', 'district') AS known, "
        "geo_precision = 'district' AND city = '' AS wide, round(longitude, 2) AS x, round(latitude, 2) AS y, "
        "count(*) AS n FROM shown GROUP BY ALL"
    )
    counts: Counts = Counter()
    for period, known, wide, x, y, n in found.itertuples(index=False, name=None):
        when = None if pd.isna(period) else int(period)
        counts[when, _find_kind(known, wide, x, y)] += int(n)
    return counts


def _find_kind(known: bool, wide: bool, x: float, y: float) -> str:
    """Give the kind of a place; a district of which no town is named is no city, a place without a point no kind."""
    if not known or pd.isna(x) or pd.isna(y):
        return "unknown"
    return (find_kind(x, y) if not wide else "") or "else"


def draw_cities(shown: Shown, step: str) -> None:
    """Draw the section."""
    periods = find_periods(shown, step, MOST)
    if periods is None:
        draw_sentence("No incident shown has a day.")
        return
    counts = count_cities(shown, periods)
    sentence = say_cities(periods, counts)
    draw_sentence(sentence)
    present = [kind for kind in KINDS if any(counts[period, kind] for period in periods)]
    draw_key(*((KEYS[kind], KINDS[kind]) for kind in present))
    st.altair_chart(_chart(periods, counts, find_colours()), key="cities", width="stretch", alt=sentence)
    draw_as_table(
        f"Incidents by {periods.step} and kind of place",
        [periods.step.capitalize(), *KINDS.values(), "in main cities"],
        [(name, *(counts[period, kind] for kind in KINDS), _share_of(counts, [period]))
         for period, name in [*((p, periods.name(p)) for p in periods), (None, "no one " + periods.step)]],
        "cities",
    )  # fmt: skip
    st.caption(
        f"In a main city: the site or town lies within {REACH} km of the middle of a capital or of another main city "
        "of the base map (70,000 people or more, the largest around). Cannot be told: known to the province or "
        "country only."
    )


def _share_of(counts: Counts, when: list[int | None]) -> str:
    """Give the share of main cities among what can be told."""
    inside, told = _add(counts, when)
    return f"{share(inside, told)} of {told:,}" if told else ""


def _add(counts: Counts, when: list[int | None]) -> tuple[int, int]:
    """Count what lies in main cities, and what can be told at all."""
    inside = sum(counts[period, kind] for period in when for kind in ("capital", "city"))
    return inside, inside + sum(counts[period, "else"] for period in when)


def say_cities(periods: Periods, counts: Counts) -> str:
    """Compare the earlier with the later half of the time; too few, or no more than chance, is said."""
    every = list(periods)
    told = _add(counts, every)[1]
    placed = sum(counts[period, kind] for period in every for kind in KINDS)
    begin = f"{periods.span()}, the kind of place is known of {told:,} of {count_of(placed, 'incident')}"
    earlier, later = every[: len(every) // 2], every[len(every) // 2 :]
    (a, m), (b, n) = _add(counts, [*earlier]), _add(counts, [*later])
    if min(m, n) < FEWEST:
        inside = _add(counts, every)[0]
        return (
            f"{begin}: {inside:,} in main cities. Too few to say whether that has changed ({m:,} before, {n:,} after)."
        )
    pooled = (a + b) / (m + n)
    chance = 1.96 * sqrt(pooled * (1 - pooled) * (1 / m + 1 / n))
    change = b / n - a / m
    verdict = (
        "no more of a change than chance would make" if abs(change) <= chance
        else "a shift into main cities" if change > 0 else "a shift out of main cities"
    )  # fmt: skip
    return (
        f"{begin}. In main cities were {share(a, m)} ({a:,} of {m:,}) until {periods.name(earlier[-1])} and "
        f"{share(b, n)} ({b:,} of {n:,}) from {periods.name(later[0])} on: {verdict}."
    )


def _chart(periods: Periods, counts: Counts, colours: Colours) -> alt.LayerChart:
    """Give bars stacked by kind, from the surest up."""
    data = _frame(periods, counts)
    hover = [alt.Tooltip("name:N", title="when"), alt.Tooltip("what:N", title="place"),
             alt.Tooltip("n:Q", title="incidents")]  # fmt: skip
    bars = alt.Chart(data).encode(
        x=draw_axis(periods, colours),
        x2="end",
        y=draw_counts("low:Q", "incidents", colours),
        y2="high:Q",
        tooltip=hover,
    )
    marks = {
        "capital": {"fill": colours.accent, "fillOpacity": 1, "stroke": colours.accent},
        "city": {"fill": colours.accent, "fillOpacity": 0.5, "stroke": colours.accent},
        "else": {"fill": colours.accent, "fillOpacity": 0.08, "stroke": colours.accent},
        "unknown": {"fillOpacity": 0, "stroke": colours.soft, "strokeDash": [3, 2]},
        "none": {"opacity": 0},
    }
    layers = [
        bars.mark_bar(strokeWidth=1, **look).transform_filter(f"datum.kind == '{kind}'") for kind, look in marks.items()
    ]
    if len(periods) <= 16:
        layers.append(
            alt.Chart(data).transform_filter("datum.roomy").mark_text(fontSize=11, baseline="middle").encode(
                x=draw_axis(periods, colours, "middle"), y="centre:Q", text="n:Q",
                color=alt.condition("datum.kind == 'capital'", alt.value(colours.page), alt.value(colours.ink)))
        )  # fmt: skip
    return frame_chart(alt.layer(*layers).properties(height=230))


def _frame(periods: Periods, counts: Counts) -> pd.DataFrame:
    """Give the chart a row for each bar."""
    places, rows = place_periods(periods), []
    tallest = max(sum(counts[period, kind] for kind in KINDS) for period in periods)
    for period in periods:
        start, end, middle = places[period]
        low = 0
        # A row of no kind keeps the place of a period without incidents.
        for kind, what in (KINDS | {"none": ""}).items():
            n = counts[period, kind]
            if n or kind == "none":
                rows.append({"name": periods.name(period), "start": start, "end": end, "middle": middle, "kind": kind,
                             "what": what, "n": n, "low": low, "high": low + n, "centre": low + n / 2,
                             "roomy": n >= tallest * 0.07})  # fmt: skip
                low += n
    columns = ["name", "start", "end", "middle", "kind", "what", "n", "low", "high", "centre", "roomy"]
    return pd.DataFrame(rows, columns=columns)
