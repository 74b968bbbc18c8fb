"""The steps of the speaker mode: the incidents of a view one after the other, or its weeks, each with "so far" sums.

"So far" holds what has surely happened by then: an incident counts once its last possible day is past. What has no day
comes last. Sums are lows and highs apart, as everywhere, and say how many incidents have no figure.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from dashboard.bins import day_number
from pipeline.brief.notes import clean, read_day
from pipeline.brief.palette import find_family
from pipeline.brief.say import say_days, say_place, say_toll
from pipeline.tables.store import read_total, sum_columns
from pipeline.tables.totals import Total
from pipeline.view import figure_of

MOST_INCIDENTS, MOST_WEEKS = 1_000, 520
TOLD, MARKED = 3, 120  # incidents of a week that are told, and points of it that are drawn
COLUMNS = """incident_id, title, event_type, date_start, date_end, city, admin2, admin1, country, geo_precision,
latitude, longitude, geo_radius_km, killed_low, killed_best, killed_high, injured_low, injured_best, injured_high,
casualties_low, casualties_best, casualties_high, killed_claim, verification, source_sentence, source_outlet,
source_published, date_trunc('week', date_start)::DATE AS week,
coalesce(date_trunc('week', date_start) = date_trunc('week', date_end), false) AS inside"""
IN_TURN = f"""SELECT {COLUMNS}, counts FROM shown ORDER BY date_end NULLS LAST, date_start, incident_id LIMIT ?"""
RANKED = f"""SELECT * FROM (SELECT {COLUMNS}, row_number() OVER (PARTITION BY date_trunc('week', date_start)
ORDER BY {figure_of("killed")} DESC NULLS LAST, date_start, incident_id) AS place FROM shown
WHERE date_trunc('week', date_start) = date_trunc('week', date_end) AND date_start >= ?) WHERE place <= ?
ORDER BY week, place"""
PASSED = f"""SELECT date_trunc('week', date_end)::DATE AS week, count(*) AS n, {sum_columns("killed")}
FROM shown WHERE date_end IS NOT NULL GROUP BY 1 ORDER BY 1"""
INSIDE = """SELECT date_trunc('week', date_start)::DATE AS week, count(*) AS n FROM shown
WHERE date_trunc('week', date_start) = date_trunc('week', date_end) GROUP BY 1 ORDER BY 1"""
VAGUE = """SELECT date_start, date_end FROM shown WHERE date_start IS NOT NULL
AND date_trunc('week', date_start) <> date_trunc('week', date_end)"""
CLAIMS = {"disputed": "disputed", "single_source": "one story only", "party_claim": "told by a party to the fight"}
NONE = Total(0, 0, 0, (0, 0, 0), 0, 0, 0)
Step = dict[str, Any]
Question = Callable[..., pd.DataFrame]  # as `Shown.ask`


@dataclass(slots=True)
class SoFar:
    """What has surely happened by a step."""

    incidents: int = 0
    killed: Total = NONE

    def add(self, incidents: int, killed: Total) -> None:
        """Add what has happened since the step before."""
        self.incidents += incidents
        self.killed = add_totals(self.killed, killed)

    def write(self) -> Step:
        """Give the counters."""
        return {"n": self.incidents, "killed": say_range(self.killed), "without": self.killed.without}


def list_incidents(ask: Question) -> list[Step]:
    """Give a step for each incident in the order of their last possible days, those without a day at the end."""
    far, steps = SoFar(), list[Step]()
    for row in ask(IN_TURN, MOST_INCIDENTS).to_dict("records"):
        far.add(1, read_one(row) if row["counts"] else NONE)
        days = read_day(row["date_start"]), read_day(row["date_end"])
        steps.append({**_tell(row), "id": row["incident_id"], "days": _number(*days), "marks": _mark([row]),
                      "far": far.write()})  # fmt: skip
    return steps


def list_weeks(ask: Question) -> list[Step]:
    """Give a step for each of the last weeks that surely had an incident, and one for what is in no week."""
    inside = {read_day(row["week"]): int(row["n"]) for row in ask(INSIDE).to_dict("records")}
    weeks = sorted(week for week in inside if week)[-MOST_WEEKS:]
    rows = ask(RANKED, weeks[0] if weeks else date.min, MARKED).to_dict("records")
    told: dict[date | None, list[Step]] = {}
    for row in rows:
        told.setdefault(read_day(row["week"]), []).append(row)
    passed = [
        (read_day(row["week"]), int(row["n"]), read_total(row, "killed")) for row in ask(PASSED).to_dict("records")
    ]
    may, far, at, steps = _count_vague(ask(VAGUE)), SoFar(), 0, list[Step]()
    for week in weeks:
        while at < len(passed) and (passed[at][0] or date.max) <= week:
            far.add(*passed[at][1:])
            at += 1
        steps.append(_tell_week(week, inside[week], may(week), told.get(week, []), far))
    return [*steps, *_tell_rest(ask, sum(inside.values()))]


def _tell_week(week: date, n: int, may: int, rows: list[Step], far: SoFar) -> Step:
    """Tell a week: how many incidents it had, how many more may belong to it, and its deadliest."""
    last = week + timedelta(days=6)
    more = n - min(TOLD, len(rows))
    return {
        "id": f"week:{week}",
        "title": f"{n:,} {'incident' if n == 1 else 'incidents'}",
        "when": f"{week.day} {week:%b}{'' if week.year == last.year else f' {week.year}'} – {last.day} {last:%b %Y}",
        "toll": f"{may:,} more may have happened in this week or another" if may else "",
        "told": [_tell(row) for row in rows[:TOLD]],
        "more": f"and {more:,} more" if more > 0 else "",
        "days": _number(week, last),
        "marks": _mark(rows),
        "far": far.write(),
    }  # fmt: skip


def _tell_rest(ask: Question, inside: int) -> Iterator[Step]:
    """Tell of what belongs to no single week."""
    row = ask(f"SELECT count(*) AS n, {sum_columns('killed')} FROM shown").to_dict("records")[0]
    rest = int(row["n"]) - inside
    if rest:
        undated = int(ask("SELECT count(*) AS n FROM shown WHERE date_start IS NULL")["n"].iloc[0])
        without = f"{undated:,} of them have no day at all" if undated else ""
        yield {
            "id": "week:none", "title": f"{rest:,} {'incident' if rest == 1 else 'incidents'} not known to the week",
            "when": "day not known well enough", "toll": without, "days": None, "marks": [], "told": [], "more": "",
            "far": SoFar(int(row["n"]), read_total(row, "killed")).write(),
        }  # fmt: skip


def _count_vague(rows: pd.DataFrame) -> Callable[[date], int]:
    """Give what counts the incidents that may lie in a week, and may not."""
    first, last = (np.sort(rows[name].to_numpy("datetime64[D]")) for name in ("date_start", "date_end"))

    def count(week: date) -> int:
        begun = np.searchsorted(first, np.datetime64(week + timedelta(days=6)), "right")
        return int(begun - np.searchsorted(last, np.datetime64(week), "left"))

    return count


def _tell(row: Step) -> Step:
    """Tell an incident: what, when, where, how many, and the sentence it was read from."""
    days = read_day(row["date_start"]), read_day(row["date_end"])
    published = read_day(row["source_published"])
    outlet = clean(row["source_outlet"]) or "outlet not stated"
    doubt = "only the perpetrator says how many" if row["killed_claim"] else CLAIMS.get(str(row["verification"]), "")
    return {
        "title": clean(row["title"]) or clean(row["event_type"]),
        "when": say_days(*days),
        "place": clean(say_place(row)),
        "toll": f"{say_toll(row)}{f' ({doubt})' if doubt else ''}",
        "sentence": clean(row["source_sentence"]),
        "source": f"{outlet}, {published.day} {published:%B %Y}" if published else f"{outlet}, no day stated",
    }


def _mark(rows: list[Step]) -> list[list[Any]]:
    """Give the points of incidents: x, y, family, whether it is exact, and the radius in km."""
    return [
        [round(float(row["longitude"]), 4), round(float(row["latitude"]), 4), find_family(row["event_type"]).key,
         int(row["geo_precision"] in ("site", "city")),
         0 if pd.isna(row["geo_radius_km"]) else float(row["geo_radius_km"])]
        for row in rows
        if not pd.isna(row["latitude"]) and not pd.isna(row["longitude"])
    ]  # fmt: skip


def _number(first: date | None, last: date | None) -> list[int] | None:
    """Give days as numbers, None for no days."""
    return [day_number(first), day_number(last)] if first and last else None


def read_one(row: Step) -> Total:
    """Give the killed of one incident as a sum.

    >>> str(read_one({"killed_low": 3, "killed_best": 4, "killed_high": None}))
    '3 – 4 – open'
    """
    low, best, high = (None if pd.isna(row[f"killed_{end}"]) else int(row[f"killed_{end}"])
                       for end in ("low", "best", "high"))  # fmt: skip
    stated = not (low is None and best is None and high is None)
    figures = int(low is not None), int(best is not None), int(high is not None)
    return Total(low or 0, best or 0, high or 0, figures, int(not stated), int(stated), int(stated and high is None))


def add_totals(one: Total, other: Total) -> Total:
    """Add two sums.

    >>> str(add_totals(Total(1, 2, 3, (1, 1, 1), 0, 1, 0), Total(1, 1, 0, (1, 1, 0), 0, 1, 1)))
    '2 – 3 – open'
    """
    low, best, high = (a + b for a, b in zip(one.figures, other.figures, strict=True))
    return Total(
        one.low + other.low, one.best + other.best, one.high + other.high, (low, best, high),
        one.without + other.without, one.stated + other.stated, one.open_top + other.open_top,
    )  # fmt: skip


def say_range(total: Total) -> str:
    """Say a sum from low to high; nothing stated is no zero.

    >>> say_range(Total(5, 7, 9, (3, 2, 2), 0, 3, 0)), say_range(Total(5, 7, 9, (3, 2, 2), 0, 3, 1)), say_range(NONE)
    ('5 – 9', 'at least 5', '–')
    """
    if not total.stated:
        return "–"
    least = total.low if total.figures[0] else 0
    if total.open_top:
        return f"at least {least:,}"
    return f"{least:,}" if least == total.high else f"{least:,} – {total.high:,}"
