"""Write the records of a build as tables: CSV, Parquet, GeoJSON, the texts they point into, and what describes them.

The same records give the same bytes: rows are sorted, and nothing written carries a clock or a path. The folder changes
as a whole, at the end.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.curation.ledger import write_ledger
from pipeline.model import Article
from pipeline.tables.columns import INCIDENTS, PUBLISHED, Table
from pipeline.tables.folder import Claim, swap_folder, write_whole
from pipeline.tables.package import describe_package, write_codebook
from pipeline.tables.rows import Cell, Edition, Row, format_cell, list_rows
from pipeline.tables.texts import name_text

ARROW = {"date": pa.date32(), "int": pa.int64(), "float": pa.float64()}


def publish_tables(edition: Edition, claim: Claim, ids: str = "") -> None:
    """Write all tables of a build and put them in the place of the earlier ones; `ids` becomes ids.csv if given."""
    files: dict[str, bytes] = {}
    for table in PUBLISHED:
        rows = list_rows(table, edition)
        files[f"{table.name}.csv"] = write_csv(table, rows).encode("utf-8")
        write_parquet(table, rows, claim.aside / f"{table.name}.parquet")
        if table is INCIDENTS:
            files["incidents.geojson"] = write_geojson(rows).encode("utf-8")
    if ids:
        files["ids.csv"] = ids.encode("utf-8")
    files["codebook.md"] = write_codebook().encode("utf-8")
    files["datapackage.json"] = (json.dumps(describe_package(files), indent=1, ensure_ascii=False) + "\n").encode(
        "utf-8"
    )
    write_texts(edition.articles, claim.aside / "texts")
    for name, content in files.items():
        write_whole(claim.aside / name, content)
    swap_folder(claim)


def write_csv(table: Table, rows: Sequence[Row]) -> str:
    """Give the rows of a table as CSV after RFC 4180, with LF."""
    names = [column.name for column in table.columns]
    return write_ledger(names, [[*map(format_cell, table.columns, row)] for row in rows])


def write_parquet(table: Table, rows: Sequence[Row], path: Path) -> None:
    """Write the rows of a table as Parquet: days as date32, whole numbers as nullable int64."""
    columns: Iterable[Sequence[Cell]] = zip(*rows, strict=True) if rows else ([] for _ in table.columns)
    arrays = {
        column.name: pa.array(cells, ARROW.get(column.type, pa.string()))
        for column, cells in zip(table.columns, columns, strict=True)
    }
    pq.write_table(pa.table(arrays), path, compression="zstd", version="2.6")


def write_geojson(rows: Sequence[Row]) -> str:
    """Give the incidents as GeoJSON (RFC 7946); one without a point is there too, with no geometry."""
    names = [column.name for column in INCIDENTS.columns]
    features = (tell_feature(dict(zip(names, row, strict=True))) for row in rows)
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(features) + "\n]}\n"


def tell_feature(cells: dict[str, Cell]) -> str:
    """Give one incident as a GeoJSON feature.

    >>> tell_feature({"incident_id": "a:0", "latitude": 34.5, "longitude": 69.2})[:76]
    '{"type": "Feature", "id": "a:0", "geometry": {"type": "Point", "coordinates"'
    """
    point = [cells["longitude"], cells["latitude"]]
    geometry = None if None in point else {"type": "Point", "coordinates": point}
    told = {name: str(cell) if isinstance(cell, date) else cell for name, cell in cells.items()}
    feature = {"type": "Feature", "id": cells["incident_id"], "geometry": geometry, "properties": told}
    return json.dumps(feature, ensure_ascii=False, allow_nan=False)


def write_texts(articles: Iterable[Article], folder: Path) -> None:
    """Write the text of each article, in which every offset counts."""
    folder.mkdir()
    for article in articles:
        write_whole(folder / name_text(article.article_id), article.text.encode("utf-8", "replace"))
