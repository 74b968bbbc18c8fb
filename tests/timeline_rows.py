"""Rows of `incidents` for the tests of the timeline: any precision of day and place, any toll, the same each time."""

import random
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from dashboard.load import Shown
from pipeline.tables.store import Store
from pipeline.view import View

TOWNS = [
    ("Kabul", "Kabul"),
    ("Herat", "Herat"),
    ("Kunduz", "Kunduz"),
    ("", "Badakhshan"),
    ("<b>Town</b> & co", "Balkh"),
]
TYPES = ["suicide bombing", "bombing", "shooting", "armed attack", "shelling", "assassination", "kidnapping", "arson"]


def rows(count: int, **columns: object) -> pd.DataFrame:
    """Make `count` rows, with some columns given."""
    chance = random.Random(count)
    made = pd.DataFrame([make_row(number, chance) for number in range(count)], columns=list(make_row(0, chance)))
    made = made.assign(**columns)
    counts = {f"killed_{end}": "Int64" for end in ("low", "best", "high")}
    return made.astype({"date_start": "datetime64[s]", "date_end": "datetime64[s]", **counts})


def make_row(number: int, chance: random.Random) -> dict[str, object]:
    """Make one row."""
    town, province = chance.choice(TOWNS)
    start = date(2021, 8, 1) + timedelta(days=chance.randrange(700))
    end = start + timedelta(days=chance.choices([0, 3, 10, 30, 364, 800], [60, 8, 8, 14, 8, 2])[0])
    dated = chance.random() > 0.06 or number in (2, 3)
    killed = None if chance.random() < 0.25 else chance.choice([0, 1, 2, 5, 13, 60, 180])
    return {
        "incident_id": f"test:{number}",
        "title": f"Incident {number} in {town or province}",
        "event_type": chance.choice(TYPES),
        "date_start": start if dated else None,
        "date_end": end if dated else None,
        "city": town,
        "admin1": province,
        "country": "Afghanistan",
        "country_code": "AF",
        "perpetrator": chance.choice(["ISKP", ""]),
        **{f"killed_{end}": killed for end in ("low", "best", "high")},
    }


def keep(folder: Path, frame: pd.DataFrame) -> Path:
    """Write rows as the tables of a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    frame.assign(**{day: frame[day].dt.date for day in ("date_start", "date_end")}).to_parquet(
        folder / "incidents.parquet", index=False
    )
    return folder


def show(folder: Path, frame: pd.DataFrame, view: View | None = None) -> Shown:
    """Open rows as the page does."""
    return Shown(Store(keep(folder, frame)), (("rows", hash(folder), len(frame)),), view or View())
