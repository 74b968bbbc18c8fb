"""Read the published tables back, for the page and for what is exported from it.

Parquet is preferred to CSV; both give the same columns and types. A text column holds "" where nothing is stated,
a number or a day holds NA: never zero, never a guess.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.tables.columns import TABLES, Table
from pipeline.tables.texts import name_text

# The days of incidents are reckoned with; every other date is only shown, and stays as it was written.
DAYS = {"date_start", "date_end"}


class NoTablesError(Exception):
    """There are no published tables where they were looked for, or not such as the codebook describes."""


class BrokenTablesError(NoTablesError):
    """There are tables, and they are not those that were built."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The published tables of one build, and the folder they and the texts lie in."""

    folder: Path
    incidents: pd.DataFrame
    reports: pd.DataFrame
    mentions: pd.DataFrame
    figures: pd.DataFrame
    articles: pd.DataFrame
    aggregates: pd.DataFrame
    issues: pd.DataFrame
    removed: pd.DataFrame
    candidates: pd.DataFrame = field(default_factory=pd.DataFrame)
    decisions: pd.DataFrame = field(default_factory=pd.DataFrame)


def read_tables(folder: Path) -> Tables:
    """Read every table in `folder`; only `incidents` must be there, the others may be missing."""
    if find_file(folder, "incidents") is None:
        raise NoTablesError(f"There is no incidents.parquet or incidents.csv in {folder}.")
    return Tables(folder, **{table.name: read_table(folder, table) for table in TABLES})


def find_file(folder: Path, name: str) -> Path | None:
    """Give the file of a table, Parquet before CSV, or None."""
    return next((path for end in ("parquet", "csv") if (path := folder / f"{name}.{end}").is_file()), None)


def read_table(folder: Path, table: Table) -> pd.DataFrame:
    """Read one table with the types of the codebook, or give it empty where it has no file."""
    path = find_file(folder, table.name)
    if path is None:
        raw = pd.DataFrame()
    elif path.suffix == ".parquet":
        raw = pd.read_parquet(path)
    else:
        raw = pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8")
    types = {column.name: column.type for column in table.columns}
    try:
        typed = {str(name): _set_type(raw[name], str(name), types.get(str(name), "str")) for name in raw}
    except (ValueError, TypeError) as error:
        raise NoTablesError(f"{path} does not hold what the codebook says: {error}.") from error
    nothing = pd.Series([None] * len(raw), dtype=object)
    missing = {name: _set_type(nothing, name, kind) for name, kind in types.items() if name not in typed}
    return pd.DataFrame(typed | missing)


def read_text(folder: Path, article_id: str) -> str | None:
    """Read the text in which the offsets of an article count, or None where it is not there."""
    path = folder / "texts" / name_text(article_id)
    # An id is data: it may not lead out of the folder of texts.
    if path.resolve().parent != (folder / "texts").resolve() or not path.is_file():
        return None
    return path.read_bytes().decode("utf-8", errors="replace")


def _set_type(column: "pd.Series[Any]", name: str, kind: str) -> "pd.Series[Any]":
    """Give a column the type that the codebook names."""
    typed: pd.Series[Any]
    if name in DAYS:
        typed = pd.to_datetime(column, format="ISO8601").astype("datetime64[s]")
    elif kind == "float":
        typed = pd.to_numeric(column).astype("Float64")
    elif kind == "int":
        typed = pd.to_numeric(column).astype("Int64")
    elif isinstance(column.dtype, pd.StringDtype):
        typed = column.astype("str").fillna("")
    else:
        typed = column.map(_join, na_action="ignore").astype("str").where(column.notna(), "")
    return typed.reset_index(drop=True)


def _join(value: Any) -> str:  # noqa: ANN401  a cell of a Parquet file can be anything
    """Write one cell as text; a list as the codebook writes lists."""
    return str(value) if isinstance(value, str) or not hasattr(value, "__iter__") else " | ".join(map(str, value))
