"""The facts of one incident in words: each value, how exact it is, and the words it was read from.

Each fact has a key, under which `lights` finds its words in the articles, so that every cell leads to them.
"""

from typing import Any

import pandas as pd

from dashboard.palette import find_family
from dashboard.say import read_count, say_days, say_number
from dashboard.words import shorten

Row = dict[str, Any]
LONGEST_QUOTE = 160
PRECISIONS = {
    "day": "to the day", "days": "2 to 6 days", "week": "to about a week", "month": "to about a month",
    "range": "more than a month", "year": "to the year",
}  # fmt: skip
BASES = {
    "relative": "reckoned from the day of publication", "context": "from another sentence",
    "inferred": "worked out from what else is said",
}  # fmt: skip
DOUBTS = {"approximate": "approximate", "vague": "only a vague word", "conflicting": "figures conflict"}
ATTRIBUTIONS = {
    "claimed": "claimed by the group itself", "attributed": "attributed by authorities or reporting",
    "suspected": "suspected", "denied": "the group denies it", "disputed": "sources name different sides",
}  # fmt: skip


def read_rows(frame: pd.DataFrame) -> list[Row]:
    """Give the rows of a table as plain records, in its order."""
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*(frame[name].tolist() for name in names), strict=True)]


def write_head(row: Row) -> Row:
    """Give what it was, and how far a person has looked at it."""
    review = "" if row["review_state"] in ("", "suggested") else f"{row['review_state']} {row['reviewer']}".strip()
    return {
        "title": row["title"] or row["event_type"],
        "type": row["event_type"],
        "family": find_family(row["event_type"]).key,
        "status": "" if row["status"] == "occurred" else row["status"],
        "review": review,
    }


def write_facts(row: Row) -> list[Row]:
    """Give the facts: name, value ("" where not stated), remarks, and the words of the article."""
    facts = [
        _fact("date", "When", _say_when(row), [PRECISIONS.get(row["date_precision"]), BASES.get(row["date_basis"])],
              row["date_text"]),
        _fact("place", "Where", say_where(row), [_say_exactness(row)], row["place_text"]),
        _count(row, "killed", "Killed"),
        _count(row, "injured", "Injured"),
    ]  # fmt: skip
    if say_people(row, "casualties") and not (say_people(row, "killed") or say_people(row, "injured")):
        facts.append(_count(row, "casualties", "Killed or injured"))
    facts.append(_fact("who", "By whom", row["perpetrator"], [ATTRIBUTIONS.get(row["attribution"])], ""))
    target = "" if row["target_type"] == "unknown" else row["target_type"]
    facts.append(_fact("target", "Target", target, [], row["target_text"]))
    if row["weapon"] not in ("", "unknown"):
        facts.append(_fact("what", "Means", row["weapon"], [], ""))
    corrected = set(str(row["corrected"]).split(" | ")) - {""}
    for fact in facts:
        if any(is_of(column, fact["key"]) for column in corrected):
            fact["notes"].append("set by a person")
    return facts


def is_of(column: str, key: str) -> bool:
    """Say whether a column of `incidents` belongs to the fact of that key.

    >>> is_of("date_start", "date"), is_of("city", "place"), is_of("killed_best", "injured")
    (True, True, False)
    """
    starts = {
        "place": ("country", "admin", "city", "place", "venue", "latitude", "longitude", "geo"),
        "who": ("perpetrator", "attribution"), "what": ("weapon", "suicide", "event_type"),
    }  # fmt: skip
    return column.startswith(starts.get(key, (f"{key}_",)))


def say_where(row: Row) -> str:
    """Say the place from the nearest to the widest.

    >>> say_where({"venue": "", "city": "Kabul", "admin2": "", "admin1": "Kabul", "country": "Afghanistan"})
    'Kabul, Afghanistan'
    """
    names = (str(row[name]) for name in ("venue", "city", "admin2", "admin1", "country"))
    return ", ".join(dict.fromkeys(name for name in names if name))


def say_people(row: Row, measure: str) -> str:
    """Say a number of people."""
    return say_number(*(row[f"{measure}_{end}"] for end in ("low", "best", "high")))


def _fact(key: str, name: str, value: str, notes: list[str | None], quote: str) -> Row:
    """Make one fact."""
    return {"key": key, "name": name, "value": str(value), "notes": [note for note in notes if note],
            "quote": shorten(str(quote), LONGEST_QUOTE)}  # fmt: skip


def _count(row: Row, measure: str, name: str) -> Row:
    """Make the fact of a number of people."""
    state, best = row[f"{measure}_state"], read_count(row[f"{measure}_best"])
    notes = [DOUBTS.get(state)]
    if state == "conflicting" and best is not None:
        notes.append(f"best {best} ({str(row.get(f'{measure}_rule') or 'no rule').replace('_', ' ')})")
    attackers = read_count(row.get(f"{measure}_attackers"))
    notes.append(f"{attackers} of them attackers" if attackers else None)
    return _fact(measure, name, say_people(row, measure), notes, "")


def _say_when(row: Row) -> str:
    """Say the days."""
    start, end = row["date_start"], row["date_end"]
    return "" if pd.isna(start) else say_days(start.date(), end.date())


def _say_exactness(row: Row) -> str:
    """Say how exact the point on the map is."""
    precision, radius = row["geo_precision"], row["geo_radius_km"]
    if precision in ("", "unknown"):
        return ""
    if pd.isna(row["latitude"]):
        return f"only the {precision} is known: no point on the map"
    only = "" if precision in ("site", "city") else "only "
    return f"{only}to the {precision}" + ("" if pd.isna(radius) else f", ± {radius:g} km")
