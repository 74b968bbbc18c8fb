"""The headline: how many incidents, people and places the view holds, each sum with its doubt beside it."""

import html
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from dashboard.load import Shown
from pipeline.tables.store import Counts
from pipeline.tables.totals import Total
from pipeline.view import View


def draw_headline(shown: Shown) -> None:
    """Draw the tiles for the incidents shown."""
    counts = shown.counts()
    tiles = [
        _write_tile("Incidents", f"{counts.shown:,}", _say_shown(counts, shown.view)),
        _write_people("Killed", counts.killed, counts),
        _write_people("Injured", counts.injured, counts),
        _write_tile("Provinces", f"{counts.provinces:,}", [_say_places(counts)]),
    ]
    st.html(Path(__file__).with_name("headline.css"))
    with st.container(key="headline"):
        st.html(f'<div class="tiles">{"".join(tiles)}</div>')


def _say_shown(counts: Counts, view: View) -> list[str]:
    """Say how many of all are shown, how many surely belong to the days asked, and what no drawing can hold."""
    said = ["all shown" if counts.shown == counts.total else f"of {counts.total:,} shown"]
    if view.since or view.until:
        said.append(f"{counts.certain:,} certainly inside")
    gaps = [f"{n:,} without a {what}" for n, what in ((counts.undated, "date"), (counts.unplaced, "place")) if n]
    return [" · ".join(said), " · ".join(gaps)]


def _say_places(counts: Counts) -> str:
    """Say what the count of provinces leaves out."""
    return f"{counts.unplaced:,} incidents without a point" if counts.unplaced else "every incident has a point"


def _write_people(label: str, total: Total, counts: Counts) -> str:
    """Write the tile of a sum of people."""
    if not any(total.figures):
        return _write_tile(label, "–", ["no figure stated" if counts.shown else "no incidents"])
    # vague figures ("several") have a low and no best, so the lows may add up to more: never show less than is sure
    value = max(total.best, total.low)
    high = "open" if total.open_top else f"{total.high:,}"
    notes = [f"low {total.low:,} · best {total.best:,} · high {high}"]
    if total.without:
        notes.append(f"{total.without:,} without a figure")
    hint = _explain(total, counts.shown - total.without - total.stated)
    return _write_tile(label, f"{value:,}", notes, hint, _write_range(total, value))


def _write_range(total: Total, value: int) -> str:
    """Write the bar from low to high with a mark at the best; an open end fades."""
    most = max(total.high, value)
    if not most or (total.low == value == total.high and not total.open_top):
        return ""
    low, best = (100 * end / most for end in (total.low, value))
    if total.open_top:  # the known part is drawn short of the edge, the open part fades towards it
        low, best = 0.72 * low, 0.72 * best
    return (
        f'<div class="tile-range{" open" if total.open_top else ""}" aria-hidden="true">'
        f'<i style="left:{low:.1f}%;right:0"></i><b style="left:{best:.1f}%"></b></div>'
    )


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


def _write_tile(label: str, value: str, notes: Sequence[str], hint: str = "", drawing: str = "") -> str:
    """Write one tile."""
    title = f' title="{html.escape(hint)}"' if hint else ""
    lines = "".join(f'<div class="tile-note">{html.escape(note)}</div>' for note in notes if note)
    return (
        f'<div class="tile"{title}><div class="tile-label">{html.escape(label)}</div>'
        f'<div class="tile-value">{html.escape(value)}</div>{drawing}{lines}</div>'
    )
