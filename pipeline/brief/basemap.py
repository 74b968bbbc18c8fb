"""The base map as it lies in static/basemap, read once: land, provinces, and the points at which names stand."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

BASEMAP = Path(__file__).resolve().parents[2] / "static" / "basemap"


@lru_cache(maxsize=4)
def read_features(name: str) -> tuple[dict[str, Any], ...]:
    """Give the features of admin0, admin1, places or provinces; they are shared, and never to be changed."""
    return tuple(json.loads((BASEMAP / f"{name}.geojson").read_text("utf-8"))["features"])
