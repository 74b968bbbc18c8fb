"""The headline: how many incidents, people and places the view holds, each sum with its doubt beside it."""

import html

import pandas as pd
import streamlit as st

from pipeline.tables.totals import Total, find_parts, sum_people
from pipeline.view import View, count_certain


def draw_headline(rows: pd.DataFrame, view: View, of: int) -> None:
    """Draw the tiles for the rows that `view` keeps out of `of` incidents."""
    tiles = [
        _write_tile("Incidents", f"{len(rows):,}", _say_shown(rows, view, of)),
        _write_people("Killed", sum_people(rows, "killed"), rows),
        _write_people("Injured", sum_people(rows, "injured"), rows),
        _write_tile("Places", f"{_count_places(rows):,}", _say_places(rows)),
    ]
    st.html(f'<div class="tiles">{"".join(tiles)}</div>')


def name_places(rows: pd.DataFrame) -> str:
    """Name the countries that rows are about, for the title.

    >>> name_places(pd.DataFrame({"country": ["Iraq", "", "Iraq"]}))
    'Incidents in Iraq'
    """
    countries = [name for name in rows["country"].value_counts().index if name]
    if not countries:
        return "Incidents"
    if len(countries) <= 3:
        return "Incidents in " + " and ".join(", ".join(countries).rsplit(", ", 1))
    return f"Incidents in {len(countries)} countries"


def _say_shown(rows: pd.DataFrame, view: View, of: int) -> str:
    """Say how many of all are shown, and how many of them are sure to belong to the days asked."""
    shown = "all shown" if len(rows) == of else f"of {of:,}"
    if view.since or view.until:
        return f"{shown} · {count_certain(rows, view):,} certainly inside"
    return shown


def _say_places(rows: pd.DataFrame) -> str:
    """Say how many incidents are known to the town at least."""
    exact = int(rows["geo_precision"].isin(("site", "city")).sum())
    return f"{exact:,} incidents known to the town"


def _count_places(rows: pd.DataFrame) -> int:
    """Count the towns that are named."""
    return len(rows.loc[rows["city"] != "", ["country", "admin1", "city"]].drop_duplicates())


def _write_people(label: str, total: Total, rows: pd.DataFrame) -> str:
    """Write the tile of a sum of people."""
    if not any(total.figures):
        return _write_tile(label, "–", "no figure stated" if len(rows) else "no incidents")
    # vague figures ("several") have a low and no best, so the lows may add up to more: never show less than is sure
    value = max(total.best, total.low)
    high = "open" if total.open_top else f"{total.high:,}"
    best = f" · best {total.best:,}" if total.best < value else ""
    notes = [f"low {total.low:,}{best} · high {high}"]
    if total.without:
        notes.append(f"{total.without:,} without a figure")
    return _write_tile(label, f"{value:,}", " · ".join(notes), _explain(total, int(find_parts(rows).sum())))


def _explain(total: Total, parts: int) -> str:
    """Explain what a sum holds and what it cannot hold."""
    lows, bests, highs = (f"{count:,}" for count in total.figures)
    hints = [
        f"Added apart: the best figures of {bests} incidents, the lower ones of {lows}, the upper ones of {highs}."
    ]
    if total.open_top:
        hints.append(
            f"The upper ones add up to {total.high:,}, but {total.open_top:,} incidents have none (at least …): "
            "the high is open."
        )
    if total.without:
        hints.append(f"{total.without:,} have no figure, which is not zero.")
    if parts:
        hints.append(f"{parts:,} are parts of another incident shown, whose toll counts them already.")
    return " ".join(hints)


def _write_tile(label: str, value: str, note: str, hint: str = "") -> str:
    """Write one tile."""
    title = f' title="{html.escape(hint)}"' if hint else ""
    return (
        f'<div class="tile"{title}><div class="tile-label">{html.escape(label)}</div>'
        f'<div class="tile-value">{html.escape(value)}</div><div class="tile-note">{html.escape(note)}</div></div>'
    )
