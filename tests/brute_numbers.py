"""What the page of numbers counts, worked out the plain way, row by row: what its charts are held against."""

import json
from collections import Counter
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import pandas as pd
from brute import keep

ENDS = ("low", "best", "high")
CITIES = [
    (*feature["geometry"]["coordinates"], feature["properties"]["k"])
    for feature in json.loads(
        (Path(__file__).parent.parent / "static" / "basemap" / "places.geojson").read_text("utf-8")
    )["features"]
    if feature["properties"]["k"] in ("capital", "city")
]


def read_rows(incidents, figures, reports, view):
    """Give the rows that a view keeps, as plain records, with what only a perpetrator says taken out if so asked."""
    rows = incidents[keep(incidents, view)].to_dict("records")
    owner = dict(zip(reports["report_id"], reports["incident_id"], strict=True))
    said = {}
    for figure in figures.to_dict("records"):
        said.setdefault((owner[figure["report_id"]], figure["measure"]), set()).add(figure["claimant_type"])
    ids = {row["incident_id"] for row in rows}
    for row in rows:
        wholes = dict(zip(row["related_ids"].split(" | "), row["relation"].split(" | "), strict=False))
        row["counts"] = not any(kind == "part_of" and whole in ids for whole, kind in wholes.items())
        if not view.claims and said.get((row["incident_id"], "killed")) == {"perpetrator"}:
            row |= {f"killed_{end}": pd.NA for end in ENDS}
    return rows


def find_reach(row, months):
    """Give the first and last period of a row, None without a day."""
    if pd.isna(row["date_start"]):
        return None
    return tuple((row[end].year * 12 + row[end].month - 1) // months for end in ("date_start", "date_end"))


def find_period(row, view, months):
    """Give the one period that a row surely lies in, else None."""
    reach = find_reach(row, months)
    if reach is None or reach[0] != reach[1]:
        return None
    before = view.since and row["date_start"].date() < view.since
    after = view.until and row["date_end"].date() > view.until
    return None if before or after else reach[0]


def count_month(rows, view, months, period):
    """Count the rows surely and possibly in a period, and add up the killed of the sure ones."""
    sure = [row for row in rows if find_period(row, view, months) == period]
    reach = [find_reach(row, months) for row in rows]
    touching = sum(1 for one in reach if one and one[0] <= period <= one[1])
    added = [row for row in sure if row["counts"]]
    sums = tuple(sum(int(row[f"killed_{end}"]) for row in added if not pd.isna(row[f"killed_{end}"])) for end in ENDS)
    without = sum(all(pd.isna(row[f"killed_{end}"]) for end in ENDS) for row in added)
    return len(sure), touching - len(sure), sums, without


def count_kinds(rows, view, months):
    """Count rows by period and kind of place."""
    return Counter((find_period(row, view, months), find_kind(row)) for row in rows)


def find_kind(row, reach=15):
    """Say in what kind of place a row lies, measuring the way to every city on the globe."""
    if row["geo_precision"] not in ("site", "city", "district") or pd.isna(row["latitude"]):
        return "unknown"
    if row["geo_precision"] == "district" and not row["city"]:
        return "else"
    point = round(float(row["longitude"]), 2), round(float(row["latitude"]), 2)
    near = [(find_distance(*point, x, y), kind) for x, y, kind in CITIES if abs(y - point[1]) < 1]
    distance, kind = min(near, default=(reach + 1, ""))
    return kind if distance <= reach else "else"


def find_distance(x, y, other_x, other_y):
    """Give the kilometres between two points on the globe."""
    x, y, other_x, other_y = map(radians, (x, y, other_x, other_y))
    half = sin((other_y - y) / 2) ** 2 + cos(y) * cos(other_y) * sin((other_x - x) / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(half))


def is_claimed(row):
    """Say whether the group itself says it did it."""
    return row["attribution"] == "claimed"


def is_confirmed(row):
    """Say whether a verifier or two stories attest it."""
    stories = 0 if pd.isna(row["n_stories"]) else row["n_stories"]
    return row["verification"] in ("verified", "corroborated") or stories >= 2
