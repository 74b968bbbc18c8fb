"""Read articles from Parquet: each row is a record as in JSONL, of which `text` alone is needed."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.intake.drafts import Draft, UnreadableError
from pipeline.intake.records import read_record

AT_ONCE = 256  # rows in memory
FIELDS = ("id", "title", "text", "published", "outlet", "url", "author", "captions")


def read_parquet(path: Path) -> Iterator[Draft | UnreadableError]:
    """Give the record of each row, some rows at a time."""
    try:
        with pq.ParquetFile(path) as file:
            names = [name for name in FIELDS if name in file.schema_arrow.names]
            if "text" not in names:
                raise UnreadableError("it has no column `text` with the articles", "name that column `text`")
            number = 0
            for batch in file.iter_batches(AT_ONCE, columns=names):
                for row in batch.to_pylist():
                    number += 1
                    yield read_row(row, number)
    except (pa.ArrowException, ValueError) as error:
        raise UnreadableError(f"it is no whole Parquet file ({type(error).__name__})", "write it again") from error


def read_row(row: dict[str, object], number: int) -> Draft | UnreadableError:
    """Give the record of one row, or what is wrong with it."""
    plain = {name: cell.isoformat() if isinstance(cell, date | datetime) else cell for name, cell in row.items()}
    try:
        return read_record(plain, number)
    except UnreadableError as error:
        return UnreadableError(error.message, error.to_do, number)
