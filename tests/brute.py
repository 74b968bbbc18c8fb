"""What a view keeps, worked out the plain way with pandas: what the page, its link and its exports are held against."""

import unicodedata
from dataclasses import fields

import pandas as pd

from pipeline.view import DAY_STEPS, PICKS, PLACE_STEPS, SEARCHED, View

MINDED = {pick.field for pick in PICKS} | {
    "since", "until", "killed_from", "killed_to", "injured_from", "injured_to", "place_step", "day_step",
    "stories_from", "box", "words",
}  # fmt: skip
HOW_SHOWN = {"order", "claims"}  # they leave no incident out


def find_ids(incidents, view):
    """Give the ids that a view keeps, in its order."""
    return list(sort_rows(incidents[keep(incidents, view)], view.order)["incident_id"])


def keep(incidents, view):
    """Say for each row whether a view keeps it."""
    strange = {field.name for field in fields(View)} - MINDED - HOW_SHOWN
    assert not strange, f"a view can ask {sorted(strange)}: ask it here in the plain way too, and in tests/states.py"
    kept = pd.Series(True, index=incidents.index)
    for asked in (keep_days, keep_picks, keep_people, keep_steps, keep_box, keep_words):
        kept &= asked(incidents, view)
    return kept


def keep_days(rows, view):
    """Keep the days that overlap those asked."""
    since = rows["date_end"] >= pd.Timestamp(view.since) if view.since else True
    until = rows["date_start"] <= pd.Timestamp(view.until) if view.until else True
    return pd.Series(since & until, index=rows.index)


def keep_picks(rows, view):
    """Keep one of the values of each list."""
    kept = pd.Series(True, index=rows.index)
    for pick in PICKS:
        if picked := getattr(view, pick.field):
            kept &= rows[pick.column].isin(picked)
    return kept


def keep_people(rows, view):
    """Keep figures in the ranges: the best, else the low, else the high one."""
    kept = pd.Series(True, index=rows.index)
    for measure in ("killed", "injured"):
        number = find_figure(rows, measure)
        if (low := getattr(view, f"{measure}_from")) is not None:
            kept &= (number >= low).fillna(False).astype(bool)
        if (high := getattr(view, f"{measure}_to")) is not None:
            kept &= (number <= high).fillna(False).astype(bool)
    return kept


def find_figure(rows, measure):
    """Give one number for a measure."""
    best, low, high = (rows[f"{measure}_{end}"] for end in ("best", "low", "high"))
    return best.fillna(low).fillna(high)


def keep_steps(rows, view):
    """Keep what is known as exactly as asked, and by as many stories."""
    kept = pd.Series(True, index=rows.index)
    for asked, column, steps in (
        (view.place_step, "geo_precision", PLACE_STEPS),
        (view.day_step, "date_precision", DAY_STEPS),
    ):
        if asked:
            kept &= rows[column].isin(steps[: steps.index(asked) + 1])
    if view.stories_from is not None:
        kept &= (rows["n_stories"] >= view.stories_from).fillna(False).astype(bool)
    return kept


def keep_box(rows, view):
    """Keep the points in the box."""
    if not view.box:
        return pd.Series(True, index=rows.index)
    west, south, east, north = view.box
    longitude, latitude = (rows[axis].astype("float64") for axis in ("longitude", "latitude"))
    across = longitude.between(west, east) if west <= east else (longitude >= west) | (longitude <= east)
    return across & latitude.between(south, north)


def keep_words(rows, view):
    """Keep what holds every word, whatever its case and accents."""
    kept = pd.Series(True, index=rows.index)
    if view.words:
        texts = pd.Series(map("\n".join, zip(*(rows[column] for column in SEARCHED), strict=True)), index=rows.index)
        texts = texts.map(fold)
        for word in view.words.split():
            kept &= texts.str.contains(fold(word), regex=False)
    return kept


def fold(text):
    """Fold case and accents as the search does."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", plain).lower()


def sort_rows(rows, order):
    """Put rows in an order; what is not stated comes last, and newer days and then the id settle ties."""
    newer = ("date_start", False)
    name = order.removeprefix("-")
    keys = {
        "newest": (newer, ("date_end", False)),
        "oldest": (("date_start", True), ("date_end", True)),
        "deadliest": (("killed", False), newer),
        "doubtful": (("confidence", True), newer),
    }.get(order, ((name, name == order), newer))
    places = [rows[column].replace("", None) for column in ("city", "admin2", "admin1", "country")]
    nearest = places[0].fillna(places[1]).fillna(places[2]).fillna(places[3]).fillna("")
    sorted_by = {"where": nearest} | {measure: find_figure(rows, measure) for measure in ("killed", "injured")}
    rows = rows.assign(**sorted_by).assign(tie=rows["incident_id"].astype(object))
    columns, rising = [*(column for column, _ in keys), "tie"], [*(up for _, up in keys), True]
    for number, column in enumerate(columns[:-1]):
        values = rows[column]
        if not pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_datetime64_any_dtype(values):
            folded = [fold(text) or None for text in values]
            ranks = {text: rank for rank, text in enumerate(sorted(set(filter(None, folded))))}
            values = pd.Series([ranks.get(text) for text in folded], index=rows.index, dtype="Int64")
        rows, columns[number] = rows.assign(**{f"key {number}": values}), f"key {number}"
    return rows.sort_values(columns, ascending=rising, na_position="last")
