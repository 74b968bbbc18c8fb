"""The places of the map, gathered as for the files that are taken along, and what of them a reader picked."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.load import Shown, Stamp
from pipeline.brief import places
from pipeline.brief.places import LOCATED, MOST_PLACES, Box, Place, key_sql, name_cell, say_killed
from pipeline.tables.store import Store
from pipeline.view import ORDERS

__all__ = [
    "MOST_LISTED", "MOST_PLACES", "Box", "Place", "count_places", "find_clusters", "find_incidents", "find_open",
    "find_place_of", "find_places", "find_sites", "find_step", "name_cell", "say_killed",
]  # fmt: skip
MOST_LISTED = 500  # incidents of one place


def find_places(shown: Shown, most: int = MOST_PLACES) -> list[Place]:
    """Gather what is shown and has a point into places, those with most incidents first, at most `most`."""
    return places.find_places(shown.ask, most)


def count_places(shown: Shown) -> int:
    """Count the places that what is shown lies at."""
    return places.count_places(shown.ask)


def find_clusters(shown: Shown, step: float) -> list[Place]:
    """Gather what is shown into cells of `step` degrees, drawn at the middle of their incidents."""
    return places.find_clusters(shown.ask, step)


def find_step(shown: Shown, least: float) -> float:
    """Give the step of cells, at least `least` degrees, that makes few enough of them."""
    return places.find_step(shown.ask, least)


def find_sites(shown: Shown, towns: Sequence[Place]) -> list[Place]:
    """Give the sites that are not where their town is drawn, for readers who look closely; no more than fit."""
    return places.find_sites(shown.ask, towns)


def find_incidents(shown: Shown, key: str, most: int = MOST_LISTED) -> pd.DataFrame:
    """Give the first incidents of a place, a site or a cell, by its key, in the order of the view."""
    return shown.ask(
        "SELECT incident_id, title, event_type, date_start, date_end, latitude, longitude, killed_low, killed_best, "
        f"killed_high FROM shown WHERE {LOCATED} AND {key_sql(key)} = ? ORDER BY {ORDERS[shown.view.order]} "
        f"LIMIT {most}",
        key,
    )


def find_open(shown: Shown, incident_id: str) -> dict[str, Any] | None:
    """Give place and point of the open incident, None where it has no point."""
    return _find_row(shown.store, shown.stamp, incident_id) if incident_id else None


def find_place_of(shown: Shown, incident_id: str, step: float = 0) -> tuple[str, str]:
    """Give the keys under which an incident is drawn, its place (or cell) and its site, "" for none."""
    row = find_open(shown, incident_id)
    if row is None:
        return "", ""
    point = f"{row['latitude']:.3f},{row['longitude']:.3f},{row['geo_precision']}"
    site = f"site:{point}" if row["geo_precision"] == "site" else ""
    if step:
        return name_cell(row["longitude"], row["latitude"], step), site
    town = row["geo_precision"] in ("site", "city") and row["city"]
    return (f"{row['country']}/{row['admin1']}/{row['city']}" if town else point), site


@st.cache_data(max_entries=500, show_spinner=False)
def _find_row(_store: Store, stamp: Stamp, incident_id: str) -> dict[str, Any] | None:
    """Read one row; from its file, which skips what cannot hold it."""
    rows = _store.find("incidents", "incident_id", [incident_id])
    if rows.empty or rows["latitude"].isna().iloc[0] or rows["longitude"].isna().iloc[0]:
        return None
    row = rows.iloc[0]
    texts = {name: str(row[name]) for name in ("country", "admin1", "city", "geo_precision")}
    return texts | {name: float(row[name]) for name in ("longitude", "latitude")}
