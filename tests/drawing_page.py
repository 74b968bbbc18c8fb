"""A page with nothing but the two drawings, and the incidents they draw: for the tests of the drawings.

Served by Streamlit, or run by its AppTest; imported, it only makes rows.
"""

import random
from datetime import date, timedelta

import pandas as pd
import streamlit as st

from dashboard.map import draw_map
from dashboard.timeline import draw_timeline

TOWNS = [
    ("Kabul", "Kabul", 34.528, 69.172), ("Herat", "Herat", 34.348, 62.2), ("Kandahar", "Kandahar", 31.613, 65.71),
    ("Kunduz", "Kunduz", 36.729, 68.857), ("", "Badakhshan", 36.9, 71.2), ("<b>Town</b> & co", "Balkh", 36.709, 67.11),
]  # fmt: skip
TYPES = ["suicide bombing", "bombing", "shooting", "armed attack", "shelling", "assassination", "kidnapping", "arson"]
COUNT = 60


def rows(count: int, **columns: list[object]) -> pd.DataFrame:
    """Make `count` rows of `incidents`, the same each time, with some columns given."""
    chance = random.Random(count)
    made = pd.DataFrame([make_row(number, chance) for number in range(count)], columns=list(make_row(0, chance)))
    made = made.assign(**columns)
    for measure in ("killed", "injured"):
        for end in ("low", "best", "high"):
            made[f"{measure}_{end}"] = made[f"{measure}_{end}"].astype("Int64")
    return made.astype({"date_start": "datetime64[ns]", "date_end": "datetime64[ns]"})


def make_row(number: int, chance: random.Random) -> dict[str, object]:
    """Make one row: any precision of day and place, any toll."""
    town, province, latitude, longitude = chance.choice(TOWNS)
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
        "venue": "",
        "city": town,
        "admin2": "",
        "admin1": province,
        "country": "Afghanistan",
        "latitude": latitude,
        "longitude": longitude,
        "geo_precision": "city" if town else "province",
        "geo_radius_km": 5.0 if town else 110.0,
        "perpetrator": chance.choice(["ISKP", ""]),
        **{f"killed_{end}": killed for end in ("low", "best", "high")},
        **{f"injured_{end}": None for end in ("low", "best", "high")},
    }


def draw_page() -> None:
    """Draw both and say what is picked."""
    st.set_page_config(layout="wide")
    state = st.session_state
    for name, value in {"selected": None, "window": None, "seen": {}}.items():
        state.setdefault(name, value)
    table = rows(int(st.query_params.get("n", COUNT)))
    pick = draw_timeline(table, lane="city", selected=state.selected, window=state.window, key="timeline")
    if pick.nonce and pick.nonce != state.seen.get("timeline"):
        state.seen["timeline"] = pick.nonce
        state.selected, state.window = pick.incident, pick.range
        st.rerun()
    place = draw_map(table, selected=state.selected, dark=st.context.theme.type == "dark", key="map", height=420)
    if place.nonce != state.seen.get("map", ""):
        state.seen["map"] = place.nonce
        state.selected = place.incidents[0] if place.incidents else state.selected
        st.rerun()
    window = " ".join(map(str, state.window)) if state.window else None
    st.text(f"selected {state.selected} · window {window} · place {place.place} {len(place.incidents)}")


if __name__ == "__main__":
    draw_page()
