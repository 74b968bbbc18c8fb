"""What is claimed against what is confirmed: two lines by period, for all and for each of the main places.

Claimed is an incident that the group itself says it did (`attribution` claimed). Confirmed is one that a named
verifier or two independent stories attest (`verification` verified or corroborated, or two stories). An incident can
be both, or neither.
"""

from collections import Counter
from dataclasses import dataclass

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
from dashboard.periods import Periods, find_periods
from dashboard.words import escape_markdown, shorten

CLAIMED = "attribution = 'claimed'"
CONFIRMED = "(verification IN ('verified', 'corroborated') OR coalesce(n_stories, 0) >= 2)"
MOST = 60
PLACES = 6
ALL = ""


@dataclass(frozen=True, slots=True)
class Claims:
    """Incidents of one place and period: all, claimed, confirmed, and both."""

    n: int = 0
    claimed: int = 0
    confirmed: int = 0
    both: int = 0

    def __add__(self, other: "Claims") -> "Claims":
        """Add two counts."""
        return Claims(self.n + other.n, self.claimed + other.claimed, self.confirmed + other.confirmed,
                      self.both + other.both)  # fmt: skip


Found = dict[tuple[str, int | None], Claims]


def count_claims(shown: Shown, periods: Periods) -> Found:
    """Count by place and period (None for what lies surely in no one); the place "" stands for all of them.

    Places are provinces, or the cities of the one province there is.
    """
    place = "admin1" if shown.counts().provinces > 1 else "city"
    rows = shown.ask(
        f"SELECT CASE WHEN {place} = '' THEN '' ELSE {place} END AS place, country, {periods.within()} AS period, "
        f"count(*) AS n, count(*) FILTER ({CLAIMED}) AS claimed, count(*) FILTER ({CONFIRMED}) AS confirmed, "
        f"count(*) FILTER ({CLAIMED} AND {CONFIRMED}) AS both FROM shown GROUP BY ALL"
    )
    several = rows["country"].replace("", pd.NA).nunique() > 1
    found: Found = {}
    for name, country, period, *counts in rows.itertuples(index=False, name=None):
        when, some = None if pd.isna(period) else int(period), Claims(*map(int, counts))
        label = f"{name}, {country}" if name and several and country else name
        for key in {(ALL, when), (label, when)}:
            found[key] = found.get(key, Claims()) + some
    return found


def draw_claims(shown: Shown, step: str) -> None:
    """Draw the section."""
    periods = find_periods(shown, step, MOST)
    if periods is None:
        draw_sentence("No incident shown has a day.")
        return
    found = count_claims(shown, periods)
    sentence = say_claims(periods, found)
    draw_sentence(sentence)
    draw_key(("line", "confirmed"), ("dashes", "claimed by the group"))
    colours = find_colours()
    st.altair_chart(_chart(periods, found, ALL, colours), key="claims", width="stretch", alt=sentence)
    draw_as_table(
        f"Claimed and confirmed by {periods.step}",
        [periods.step.capitalize(), "Incidents", "Claimed", "Confirmed", "Both"],
        [_row(periods.name(period), found.get((ALL, period), Claims())) for period in periods]
        + [_row(f"no one {periods.step}", found.get((ALL, None), Claims()))], "claims",
    )  # fmt: skip
    st.caption("Confirmed: a named verifier or two independent stories attest it. An incident can be both.")


def draw_claims_by_place(shown: Shown, step: str) -> None:
    """Draw the same two lines for each of the main places, beside each other."""
    periods = find_periods(shown, step, MOST)
    if periods is None:
        return
    found = count_claims(shown, periods)
    sums = add_places(found)
    places = [place for place, _ in Counter({p: c.n for p, c in sums.items() if p}).most_common(PLACES)]
    if len(places) < 2:
        draw_sentence(
            "The incidents shown lie in one place or their places are not known: there is nothing to compare."
        )
        return
    colours = find_colours()
    heights = [max(some.claimed, some.confirmed) for (p, when), some in found.items() if p in places and when]
    most = max([1, *heights])
    with st.container(key="claim-places"):
        for row in range(0, len(places), 3):
            for column, place in zip(st.columns(3), places[row : row + 3], strict=False):
                with column:
                    some = sums[place]
                    words = f"{some.confirmed:,} confirmed, {some.claimed:,} claimed, of {some.n:,}"
                    st.markdown(f"**{escape_markdown(shorten(place, 40))}**  \n{words}")
                    st.altair_chart(_chart(periods, found, place, colours, most), key=f"claims-{row}-{place}",
                                    width="stretch", alt=f"{place}: {words}")  # fmt: skip
    listed = sorted((place for place in sums if place), key=lambda place: -sums[place].n)
    rows = [_row(place, sums[place]) for place in listed[:100]]
    rest = sums[ALL].n - sum(sums[place].n for place in listed)
    rows += [("place not known", rest, None, None, None)] if rest else []
    draw_as_table("Claimed and confirmed by place", ["Place", "Incidents", "Claimed", "Confirmed", "Both"], rows,
                  "claim-places")  # fmt: skip


def add_places(found: Found) -> dict[str, Claims]:
    """Add up all periods of each place, days that are not known with them."""
    sums: dict[str, Claims] = {}
    for (place, _), some in found.items():
        sums[place] = sums.get(place, Claims()) + some
    return sums


def _row(name: str, some: Claims) -> tuple[str, int | str, int | None, int | None, int | None]:
    """Give a row of the table; where there is no incident nothing could be claimed or confirmed."""
    return (name, some.n, some.claimed, some.confirmed, some.both) if some.n else (name, "none", None, None, None)


def say_claims(periods: Periods, found: Found) -> str:
    """Say what the chart shows."""
    some = add_places(found).get(ALL, Claims())
    loose = found.get((ALL, None), Claims()).n
    begin = f"{periods.span()}, of {count_of(some.n, 'incident')} {some.claimed:,} are claimed and "
    begin += f"{some.confirmed:,} confirmed"
    begin += f" ({loose:,} of them in no one {periods.step} surely, so not in the chart)" if loose else ""
    if some.claimed < FEWEST:
        return (
            f"{begin}; too few are claimed to say how many of them hold ({some.both:,} of {some.claimed:,} confirmed)."
        )
    held = f"of those claimed, {some.both:,} are confirmed ({share(some.both, some.claimed)})"
    return f"{begin}; {held}; {some.confirmed - some.both:,} are confirmed that no group is known to have claimed."


def _chart(periods: Periods, found: Found, place: str, colours: Colours, most: int | None = None) -> alt.LayerChart:
    """Give two lines, told apart by dashes and marks; periods without an incident break both.

    Charts of several places are small, and share the upper end `most`, so that they compare.
    """
    small = most is not None
    hover = [alt.Tooltip("name:N", title="when"), alt.Tooltip("n:Q", title="incidents"),
             alt.Tooltip("claimed:Q"), alt.Tooltip("confirmed:Q"), alt.Tooltip("both:Q")]  # fmt: skip
    base = alt.Chart(_frame(periods, found, place)).encode(
        x=draw_axis(periods, colours, "middle", 4 if small else 8), tooltip=hover
    )
    lines = []
    for field, colour, dash, shape in (
        ("confirmed", colours.count, [1, 0], "circle"), ("claimed", colours.people, [5, 3], "triangle-up"),
    ):  # fmt: skip
        line = base.encode(y=draw_counts(f"{field}:Q", "" if small else "incidents", colours, most=most))
        lines.append(line.mark_line(color=colour, strokeDash=dash, strokeWidth=2, invalid="break-paths-show-domains"))
        lines.append(line.mark_point(color=colour, shape=shape, filled=field == "confirmed", size=18 if small else 40,
                                     opacity=1, invalid="filter"))  # fmt: skip
    return frame_chart(alt.layer(*lines).properties(height=120 if small else 230))


def _frame(periods: Periods, found: Found, place: str) -> pd.DataFrame:
    """Give the chart a row for each period."""
    places, rows = place_periods(periods), []
    for period in periods:
        some = found.get((place, period))
        row = {"name": periods.name(period), "middle": places[period][2], "n": some.n if some else 0}
        for field in ("claimed", "confirmed", "both"):
            row[field] = getattr(some, field) if some else None
        rows.append(row)
    return pd.DataFrame(rows).astype(dict.fromkeys(("claimed", "confirmed", "both"), "float64"))
