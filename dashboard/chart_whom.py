"""From whom to whom: for each of the main perpetrators, which targets were struck when, every count printed.

These are tables with shaded cells, so that they are read by eye, by ear and on paper alike. Who or what is not stated
has a panel and a row of its own.
"""

import html
from collections import Counter
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.chart_look import FEWEST, count_of, draw_sentence, share
from dashboard.load import Shown
from dashboard.periods import Periods, find_periods
from dashboard.words import escape_html, shorten

MOST = 10  # periods
GROUPS, TARGETS = 4, 7
NO_ONE, OTHERS, UNKNOWN = "perpetrator not stated", "all other perpetrators", "unknown"
OTHER_TARGETS = "all other targets"
SHADES = 6


@dataclass(frozen=True, slots=True)
class Panel:
    """The targets of one perpetrator by period; the period None is for days that lie surely in no one."""

    name: str
    counts: Counter[tuple[str, int | None]]

    def total(self, target: str | None = None) -> int:
        """Count all, or those of one target."""
        return sum(n for (what, _), n in self.counts.items() if target in (None, what))


def count_whom(shown: Shown, periods: Periods) -> tuple[list[Panel], list[str]]:
    """Count incidents by perpetrator, target and period: the main ones by name, the others together."""
    rows = shown.ask(
        f"SELECT perpetrator, coalesce(nullif(target_type, ''), '{UNKNOWN}') AS target, {periods.within()} AS period, "
        "count(*) AS n FROM shown GROUP BY ALL"
    )
    cells = [
        (str(who), str(what), None if pd.isna(when) else int(when), int(n))
        for who, what, when, n in rows.itertuples(index=False, name=None)
    ]
    groups, targets = Counter[str](), Counter[str]()
    for who, what, _, n in cells:
        groups[who] += n
        targets[what] += n
    named = _first(groups, GROUPS, {""})
    struck = _first(targets, TARGETS, {UNKNOWN})
    panels = {name: Panel(name or NO_ONE, Counter()) for name in (*named, "")} | {OTHERS: Panel(OTHERS, Counter())}
    for who, what, when, n in cells:
        panel = panels[who if who in named or not who else OTHERS]
        panel.counts[what if what in struck or what == UNKNOWN else OTHER_TARGETS, when] += n
    ordered = [panels[name] for name in (*named, OTHERS, "")]
    return [panel for panel in ordered if panel.counts], [*struck, OTHER_TARGETS, UNKNOWN]


def _first(counted: Counter[str], most: int, apart: set[str]) -> list[str]:
    """Give the commonest names, ties by name, without those that stand apart."""
    names = sorted((name for name in counted if name not in apart), key=lambda name: (-counted[name], name))
    return names[:most]


def draw_whom(shown: Shown, step: str) -> None:
    """Draw the section."""
    periods = find_periods(shown, step, MOST)
    if periods is None:
        draw_sentence("No incident shown has a day.")
        return
    panels, targets = count_whom(shown, periods)
    present = [target for target in targets if any(panel.total(target) for panel in panels)]
    draw_sentence(say_whom(shown, panels, periods))
    most = max(n for panel in panels for n in panel.counts.values())
    st.html(f'<div class="panels">{"".join(_write_panel(panel, present, periods, most) for panel in panels)}</div>')
    st.caption(f"Each number counts incidents whose days all lie in that {periods.step}; “unsure” counts those whose "
               "days do not, or are not stated. A dot: none is recorded, not that none happened.")  # fmt: skip


def say_whom(shown: Shown, panels: list[Panel], periods: Periods) -> str:
    """Say, fit for HTML, who struck most and whom."""
    counts = shown.counts()
    stated = sum(panel.total() for panel in panels if panel.name != NO_ONE)
    begin = f"{periods.span()}, a perpetrator is named in {stated:,} of {count_of(counts.shown, 'incident')}"
    first = next((panel for panel in panels if panel.name not in (NO_ONE, OTHERS)), None)
    if first is None:
        return f"{begin}."
    targets = Counter[str]()
    for (what, _), n in first.counts.items():
        targets[what] += n
    what, n = max(((w, c) for w, c in targets.items() if w not in (UNKNOWN, OTHER_TARGETS)), key=lambda one: one[1],
                  default=("", 0))  # fmt: skip
    said = f"{begin}, most often {escape_html(shorten(first.name, 80))} ({first.total():,})"
    known = first.total() - targets[UNKNOWN]
    if known < FEWEST:
        return f"{said}; the target is known in {known:,} of these, too few to say whom they struck most."
    return f"{said}, whose commonest known target is {escape_html(what)} ({n:,} of {known:,}, {share(n, known)})."


def _write_panel(panel: Panel, targets: list[str], periods: Periods, most: int) -> str:
    """Write the table of one perpetrator."""
    columns: list[int | None] = [*periods]
    if any(when is None for _, when in panel.counts):
        columns.append(None)
    heads = "".join(f'<th scope="col" title="{_title(periods, when)}">{_head(periods, when)}</th>' for when in columns)
    rows = "".join(
        f'<tr><th scope="row">{escape_html(target)}</th>{"".join(_cell(panel, target, w, most) for w in columns)}'
        f"<td class=sum>{panel.total(target) or '·'}</td></tr>"
        for target in targets
    )
    name = escape_html(shorten(panel.name, 70))
    region = f'tabindex="0" role="region" aria-label="{html.escape(panel.name)}"'
    return (
        f'<div class="panel scroll" {region}><table class="heat">'
        f"<caption><b>{name}</b> <span>{count_of(panel.total(), 'incident')}</span></caption>"
        f'<thead><tr><th scope="col">target</th>{heads}<th scope="col" class="sum">all</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _cell(panel: Panel, target: str, when: int | None, most: int) -> str:
    """Write a cell, shaded by its count as a share of the largest of all panels."""
    n = panel.counts[target, when]
    if not n:
        return '<td class="h0">·</td>'
    return f'<td class="h{1 + (SHADES - 1) * n // (most + 1)}">{n:,}</td>'


def _head(periods: Periods, when: int | None) -> str:
    """Write the head of a column; the year stands below its first period."""
    return "unsure" if when is None else html.escape(periods.short(when)).replace(" ", "<br>", 1)


def _title(periods: Periods, when: int | None) -> str:
    """Write the full name of a column."""
    return f"in no one {periods.step} surely" if when is None else html.escape(periods.name(when))
