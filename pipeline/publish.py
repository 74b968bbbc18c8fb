"""Write the records of a build as tables: CSV, Parquet, GeoJSON, the texts they point into, and what describes them.

The same records give the same bytes: rows are sorted, and nothing written carries a clock or a path. The folder changes
as a whole, at the end.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.curation.ledger import write_ledger, write_row
from pipeline.model import Article
from pipeline.tables.columns import INCIDENTS, PUBLISHED, Table
from pipeline.tables.folder import Claim, swap_folder, write_whole
from pipeline.tables.package import Sealed, describe_package, write_codebook
from pipeline.tables.rows import Cell, Edition, Row, format_cell, list_rows
from pipeline.tables.shelf import Shelf

ARROW = {"date": pa.date32(), "int": pa.int64(), "float": pa.float64()}


PART = 100_000  # rows from which on Parquet comes in parts of so many
FOLDED = 1_000  # rows that are put into words at once


def publish_tables(edition: Edition, claim: Claim, ids: str = "") -> None:
    """Write all tables of a build and put them in the place of the earlier ones; `ids` becomes ids.csv if given."""
    sealed: dict[str, Sealed] = {}
    for table in PUBLISHED:
        rows = list_rows(table, edition)
        in_parts = write_parquet(table, rows, claim.aside)
        sealed[table.name] = write_parts(claim.aside / f"{table.name}.csv", write_csv(table, rows), in_parts)
        if table is INCIDENTS:
            write_parts(claim.aside / "incidents.geojson", write_geojson(rows))
    package = json.dumps(describe_package(sealed), indent=1, ensure_ascii=False) + "\n"
    files = {"codebook.md": write_codebook(), "datapackage.json": package} | ({"ids.csv": ids} if ids else {})
    write_texts(edition.articles, claim.aside / "texts")
    for name, content in files.items():
        write_whole(claim.aside / name, content.encode("utf-8"))
    swap_folder(claim)


def write_parts(path: Path, parts: Iterable[str], in_parts: bool = False) -> Sealed:
    """Write a file a part at a time, see it to the disk, and give its size and seal."""
    seal, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        for part in parts:
            content = part.encode("utf-8")
            seal.update(content)
            size += file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return Sealed(size, seal.hexdigest(), in_parts)


def write_csv(table: Table, rows: Sequence[Row]) -> Iterator[str]:
    """Give the rows of a table as CSV after RFC 4180, with LF, some at a time."""
    yield write_ledger([column.name for column in table.columns], [])
    for start in range(0, len(rows), FOLDED):
        cells = zip(*rows[start : start + FOLDED], strict=True)
        texts = [
            [format_cell(column, cell) for cell in ours] for column, ours in zip(table.columns, cells, strict=True)
        ]
        yield "".join(map(write_row, zip(*texts, strict=True)))


def write_parquet(table: Table, rows: Sequence[Row], folder: Path) -> bool:
    """Write the rows of a table as Parquet: days as date32, whole numbers as nullable int64; tell whether in parts."""
    in_parts = len(rows) > PART
    if in_parts:
        (folder / table.name).mkdir()
    for no, start in enumerate(range(0, max(len(rows), 1), PART)):
        path = folder / table.name / f"{no:05}.parquet" if in_parts else folder / f"{table.name}.parquet"
        columns = zip(*rows[start : start + PART], strict=True) if rows else iter([()] * len(table.columns))
        arrays = {
            column.name: pa.array(cells, ARROW.get(column.type, pa.string()))
            for column, cells in zip(table.columns, columns, strict=True)
        }
        pq.write_table(pa.table(arrays), path, compression="zstd", version="2.6")
    return in_parts


def write_geojson(rows: Sequence[Row]) -> Iterator[str]:
    """Give the incidents as GeoJSON (RFC 7946), one at a time; one without a point is there too, with no geometry."""
    names = [column.name for column in INCIDENTS.columns]
    yield '{"type": "FeatureCollection", "features": [\n'
    for no, row in enumerate(rows):
        yield (",\n" if no else "") + tell_feature(dict(zip(names, row, strict=True)))
    yield "\n]}\n"


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


def write_texts(articles: Sequence[Article], folder: Path) -> None:
    """Write the text of each article, in which every offset counts; those on a shelf lie there already."""
    shelf = articles if isinstance(articles, Shelf) else Shelf(folder)
    if shelf is not articles:
        for article in articles:
            shelf.add(article)
    shelf.settle()
