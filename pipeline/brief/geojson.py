"""The incidents of a view as GeoJSON (RFC 7946); one without a point is there too, with no geometry."""

import io
import json
from collections.abc import Mapping

from pipeline.brief.rows import MAPPED, stream_rows
from pipeline.tables.columns import INCIDENTS
from pipeline.tables.rows import Cell
from pipeline.tables.store import Store
from pipeline.view import View


def write_geojson(store: Store, view: View, link: str = "") -> bytes:
    """Write the incidents that `view` keeps, in its order, with what was asked and where it is seen."""
    out = io.BytesIO()
    asked = {"type": "FeatureCollection", "filters": view.in_words(), "link": link}
    out.write(json.dumps(asked, ensure_ascii=False)[:-1].encode() + b', "features": [')
    names, before = [column.name for column in MAPPED], "\n"
    for rows in stream_rows(store, view, INCIDENTS, MAPPED):
        features = ",\n".join(tell_feature(dict(zip(names, row, strict=True))) for row in rows)
        out.write(f"{before}{features}".encode("utf-8", "replace"))
        before = ",\n"
    out.write(b"\n]}\n")
    return out.getvalue()


def tell_feature(cells: Mapping[str, Cell]) -> str:
    """Give one incident as a feature; what is not stated is null.

    >>> tell_feature({"incident_id": "a:0", "city": "", "latitude": 34.5, "longitude": 69.2})[:72]
    '{"type": "Feature", "id": "a:0", "geometry": {"type": "Point", "coordina'
    """
    point = [cells["longitude"], cells["latitude"]]
    geometry = None if None in point else {"type": "Point", "coordinates": point}
    told = {name: _tell(cell) for name, cell in cells.items()}
    feature = {"type": "Feature", "id": cells["incident_id"], "geometry": geometry, "properties": told}
    return json.dumps(feature, ensure_ascii=False, allow_nan=False)


def _tell(cell: Cell) -> Cell:
    """Give a cell as JSON has it."""
    if cell is None or isinstance(cell, int | float):
        return cell
    return str(cell) or None
