"""Where the files of a published table lie, and the SQL that reads them with the types of the codebook."""

from collections.abc import Sequence
from pathlib import Path
from typing import IO

import duckdb

from pipeline.tables.load import DAYS
from pipeline.tables.shapes import Table

OPENED = Path("/proc/self/fd")  # of Linux: leads to a file that this process has open, wherever it lies now
MOST_OPEN = 200
SQL_TYPES = {"int": "BIGINT", "float": "DOUBLE", "date": "VARCHAR"}


def find_files(folder: Path, name: str) -> list[Path]:
    """Give the files of a table: one Parquet, a folder of Parquet parts, or one CSV, in this order."""
    for one in (folder / f"{name}.parquet", folder / name, folder / f"{name}.csv"):
        if one.is_dir() and (parts := sorted(one.rglob("*.parquet"))):
            return parts
        if one.is_file():
            return [one]
    return []


def open_files(files: Sequence[Path]) -> list[IO[bytes]]:
    """Open files, to read on in them when a build has put others in their place; none where that is not to be had."""
    return [path.open("rb") for path in files] if OPENED.is_dir() and len(files) <= MOST_OPEN else []


def weigh_files(files: Sequence[Path]) -> int:
    """Give the bytes of some files."""
    return sum(path.stat().st_size for path in files)


def select_columns(
    db: duckdb.DuckDBPyConnection,
    files: Sequence[Path],
    table: Table,
    names: Sequence[str] = (),
    opened: Sequence[IO[bytes]] = (),
) -> str:
    """Give the question for some columns of a table, or all: empty where it has no file.

    `opened` are the same files as they were opened before: they are read even where others stand in their place now.
    """
    source = f"FROM {read_files(files, opened)}" if files else "WHERE false"
    described = db.execute(f"DESCRIBE SELECT * {source}").fetchall() if files else ()
    there = {str(name): str(kind) for name, kind, *_ in described}
    columns = [table.column(name) for name in names] or table.columns
    listed = ", ".join(f'{read_column(c.name, c.type, there.get(c.name))} AS "{c.name}"' for c in columns)
    return f"SELECT {listed} {source}"


def read_files(files: Sequence[Path], opened: Sequence[IO[bytes]] = ()) -> str:
    """Give the SQL that reads files of one kind.

    >>> read_files([Path("it's.parquet")])
    "read_parquet(['it''s.parquet'])"
    """
    places = [OPENED / str(file.fileno()) for file in opened] or files
    listed = "[" + ", ".join("'" + str(path).replace("'", "''") + "'" for path in places) + "]"
    how = "" if files[0].suffix == ".parquet" else ", header = true, all_varchar = true, delim = ',', quote = '\"'"
    return f"read_{files[0].suffix[1:]}({listed}{how})"


def sql_type(name: str, kind: str) -> str:
    """Give the type of a column in SQL: days that are reckoned with are days, other dates stay as written."""
    return "DATE" if name in DAYS else SQL_TYPES.get(kind, "VARCHAR")


def read_column(name: str, kind: str, there: str | None) -> str:
    """Give the SQL that reads a column with the type of the codebook; a missing column is not stated.

    >>> read_column("killed_low", "int", "VARCHAR")
    '"killed_low"::BIGINT'
    """
    wanted, name = sql_type(name, kind), f'"{name}"'
    if there is None:
        return "''" if wanted == "VARCHAR" else f"NULL::{wanted}"
    if wanted != "VARCHAR":
        return f"{name}::{wanted}"
    if there.endswith("[]"):
        return f"coalesce(array_to_string({name}, ' | '), '')"
    return f"coalesce({name}::VARCHAR, '')"
