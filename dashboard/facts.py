"""The facts of one incident as HTML: each value with how exact it is and the words it was read from."""

import pandas as pd

from dashboard.palette import find_family
from dashboard.say import Cell, say_days, say_number
from dashboard.words import escape_html, shorten

Row = dict[str, Cell]


def write_head(row: Row, *, dark: bool) -> str:
    """Write what it was, and how far it is to be believed."""
    family = find_family(row["event_type"])
    tags = [
        f'<span class="tag"><i style="background:{family.colour(dark)}"></i>{escape_html(row["event_type"])}</span>'
    ]
    tags += [f'<span class="tag strong">{escape_html(row["status"])}</span>'] if row["status"] != "occurred" else []
    tags += [f'<span class="tag">{escape_html(str(row["verification"]).replace("_", " "))}</span>']
    if row["review_state"] not in ("", "suggested"):
        by = f"{row['review_state']} {row['reviewer']}".strip()
        tags.append(f'<span class="tag strong">{escape_html(by)}</span>')
    return f'<div class="tags">{"".join(tags)}</div><h3>{escape_html(row["title"] or row["event_type"])}</h3>'


def write_facts(row: Row) -> str:
    """Write the facts, each with how exact it is and the words it was read from."""
    facts = [
        ("When", _say_when(row), _write_note(row["date_precision"], row["date_basis"], row["date_text"])),
        ("Where", _say_where(row), _write_note(_say_exactness(row), "", row["place_text"])),
        *((name.capitalize(), _say_people(row, name), _say_doubt(row, name)) for name in ("killed", "injured")),
    ]
    if _say_people(row, "casualties") and not (_say_people(row, "killed") or _say_people(row, "injured")):
        facts.append(("Killed or injured", _say_people(row, "casualties"), _say_doubt(row, "casualties")))
    attribution = "" if row["attribution"] == "unknown" else str(row["attribution"])
    facts.append(("By", str(row["perpetrator"]), _write_note(attribution, "", "")))
    means = [str(row[name]) for name in ("weapon", "target_type") if row[name] not in ("", "unknown")]
    if means:
        facts.append(("Means, target", " · ".join(means), _write_note("", "", row["target_text"])))
    corrected = str(row["corrected"]).split(" | ")
    lines = [
        f"<dt>{escape_html(name)}</dt><dd>{escape_html(value) or '<em>not stated</em>'}{note}</dd>"
        for name, value, note in facts
    ]
    changed = f'<p class="note">Set by a person: {escape_html(", ".join(corrected))}</p>' if corrected[0] else ""
    return f'<dl class="facts">{"".join(lines)}</dl>{changed}'


def _write_note(*parts: Cell) -> str:
    """Write how exact a value is and, last, the words it was read from."""
    *grades, words = (str(part or "") for part in parts)
    said = [escape_html(grade) for grade in grades if grade and grade != "unknown"]
    if words:
        said.append(f"<q>{escape_html(shorten(words, 160))}</q>")
    return f'<span class="note">{" · ".join(said)}</span>' if said else ""


def _say_when(row: Row) -> str:
    """Say the days."""
    start, end = row["date_start"], row["date_end"]
    return "" if pd.isna(start) else say_days(start.date(), end.date())  # type: ignore[call-overload, attr-defined]


def _say_where(row: Row) -> str:
    """Say the place from the nearest to the widest."""
    names = (str(row[name]) for name in ("venue", "city", "admin2", "admin1", "country"))
    return ", ".join(dict.fromkeys(name for name in names if name))


def _say_exactness(row: Row) -> str:
    """Say how exact the point on the map is."""
    if pd.isna(row["latitude"]):  # type: ignore[call-overload]
        return f"{row['geo_precision']}, no point on the map" if row["geo_precision"] != "unknown" else ""
    radius = row["geo_radius_km"]
    return str(row["geo_precision"]) + ("" if pd.isna(radius) else f", ± {radius:g} km")  # type: ignore[call-overload]


def _say_people(row: Row, measure: str) -> str:
    """Say a number of people."""
    return say_number(*(row[f"{measure}_{end}"] for end in ("low", "best", "high")))


def _say_doubt(row: Row, measure: str) -> str:
    """Say how firm a number of people is."""
    state, best = str(row[f"{measure}_state"]), row[f"{measure}_best"]
    grades = {"approximate": "approximate", "vague": "only a vague word", "conflicting": "figures conflict"}
    told = grades.get(state, "")
    if state == "conflicting" and not pd.isna(best):  # type: ignore[call-overload]
        told += f" · best {best} ({str(row.get(f'{measure}_rule') or 'no rule').replace('_', ' ')})"
    return f'<span class="note">{escape_html(told)}</span>' if told else ""
