"""Random states of the filters, the same for the same seed, that keep none, few and many incidents of given tables.

Each state asks a few things. Half of them take what they ask from one incident, so that one at least is kept; the
others ask whatever the tables hold anywhere, and often keep nothing.
"""

import random
from datetime import date, timedelta

import pandas as pd

from pipeline.view import DAY_STEPS, ORDERS, PICKS, PLACE_STEPS, View


def make_states(incidents, many=200, seed=11):
    """Give `many` views of `incidents`, all of them different."""
    rng, states = random.Random(seed), dict.fromkeys([View()])
    rows = incidents.to_dict("records")
    while len(states) < many:
        states[make_state(rng, rows)] = None
    return list(states)


def make_state(rng, rows):
    """Make one view that asks up to four things."""
    anchor = rng.choice(rows) if rng.random() < 0.6 else None
    asked = {"order": rng.choice(list(ORDERS)), "claims": rng.random() > 0.1}
    for ask in rng.sample(ASKED, rng.choice([1, 1, 2, 2, 3, 4])):
        asked |= ask(rng, anchor or rng.choice(rows), rows)
    return View(**asked)


def ask_pick(pick):
    """Ask for a value that a row has in a list, and perhaps for more."""

    def ask(rng, row, rows):
        others = [other[pick.column] for other in rng.sample(rows, min(len(rows), rng.choice([0, 0, 1, 3])))]
        return {pick.field: (row[pick.column], *others)}

    return ask


def ask_days(rng, row, rows):
    """Ask for a stretch of days about those of a row, one end perhaps open."""
    middle = date(2023, 1, 1) if pd.isna(row["date_start"]) else row["date_start"].date()
    before, after = (timedelta(days=rng.choice([0, 0, 3, 30, 400])) for _ in range(2))
    ends = {"since": middle - before, "until": middle + after}
    if rng.random() < 0.4:
        ends.pop(rng.choice(list(ends)))
    return ends


def ask_people(measure):
    """Ask for a range about a figure of a row."""

    def ask(rng, row, rows):
        best = row[f"{measure}_best"]
        middle = rng.randrange(30) if pd.isna(best) else int(best)
        ends = {f"{measure}_from": max(0, middle - rng.choice([0, 1, 5])), f"{measure}_to": middle + rng.choice([0, 4])}
        if rng.random() < 0.6:
            ends.pop(rng.choice(list(ends)))
        return ends

    return ask


def ask_box(rng, row, rows):
    """Ask for a box about the point of a row, or one that goes over the date line."""
    if pd.isna(row["latitude"]):
        return {"box": (170.0, -80.0, 75.5, 80.0)}
    half = rng.choice([0.3, 2.0, 20.0])
    longitude, latitude = round(float(row["longitude"]), 1), round(float(row["latitude"]), 1)
    west, east = max(-180.0, longitude - half), min(180.0, longitude + half)
    south, north = max(-90.0, latitude - half), min(90.0, latitude + half)
    return {"box": tuple(round(end, 2) for end in (west, south, east, north))}


def ask_words(rng, row, rows):
    """Ask for words of a row, or for such as try to break the search."""
    words = f"{row['title']} {row['source_sentence']}".split()
    hard = ["%", "_", "'", '"', "ÉXAMPLE", "nowhere at all", "=1+1", "kabul", "<b>"]
    return {"words": rng.choice([rng.choice(words).upper(), rng.choice(words), rng.choice(hard)])}


def ask_steps(rng, row, rows):
    """Ask how exactly something is known, and by how many stories."""
    return rng.choice([
        {"place_step": rng.choice(PLACE_STEPS)}, {"day_step": rng.choice(DAY_STEPS)},
        {"stories_from": rng.choice([1, 2, 3])},
    ])  # fmt: skip


ASKED = [
    *map(ask_pick, PICKS), ask_days, ask_days, ask_people("killed"), ask_people("injured"), ask_box, ask_words,
    ask_steps, ask_steps,
]  # fmt: skip
