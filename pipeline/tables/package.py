"""Describe the published tables to strangers: a Frictionless Data Package for machines, a codebook for people.

Both are written from the one list in `pipeline/tables/columns.py`, so that no column goes undescribed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.tables.codes import CODES, list_words
from pipeline.tables.columns import PUBLISHED, Column, Table
from pipeline.tables.folder import HEADING, PACKAGE_NAME

Json = dict[str, object]

TYPES = {"str": "string", "code": "string", "list": "string", "date": "date", "int": "integer", "float": "number"}
BOUNDS = {"latitude": (-90, 90), "longitude": (-180, 180), "confidence": (0, 1), "similarity": (0, 1), "weight": (0, 1)}
SOURCES = [{"title": "GeoNames, CC BY 4.0: names and points of places", "path": "https://www.geonames.org/"}]

INTRODUCTION = f"""{HEADING} with the same columns; `incidents.geojson` is `incidents` again.
UTF-8, LF, RFC 4180, fixed order of columns and rows, ISO 8601 dates, empty cell = not stated (never zero), lists joined
by ` | `. Text cells are exact: a program that runs formulas found in cells should read them as text.
Offsets count Unicode code points in `texts/`, end exclusive; a file there is named by its `article_id`, in which
characters that file systems refuse are written as in a URL (`/` is `%2F`).
`datapackage.json` describes and seals the CSV files: `frictionless validate datapackage.json` checks them.
The same articles, corrections and ids give the same bytes.
"""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A written file: its bytes, their SHA-256, and whether its Parquet comes in parts."""

    size: int
    seal: str
    in_parts: bool = False


def describe_package(files: Mapping[str, Sealed]) -> Json:
    """Give the Data Package of the tables, whose CSV files are given by the name of the table."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": PACKAGE_NAME,
        "title": "Violent incidents, each value linked to the words it was read from",
        "sources": SOURCES,
        "resources": [describe_table(table, files[table.name]) for table in PUBLISHED],
    }


def describe_table(table: Table, written: Sealed) -> Json:
    """Give the Data Resource of one table."""
    parquet = table.name if written.in_parts else f"{table.name}.parquet"
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "alternates": [parquet, *(["incidents.geojson"] if table.name == "incidents" else [])],
        "description": f"one row for {table.about}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": written.size,
        "hash": f"sha256:{written.seal}",
        "schema": {
            "fields": [describe_column(column, column.name == table.key) for column in table.columns],
            "missingValues": [""],
            "primaryKey": [table.key],
            "foreignKeys": [describe_link(table, column, *target) for column, target in table.links.items()],
        },
    }


def describe_link(table: Table, column: str, other: str, key: str) -> Json:
    """Give a foreign key; a table that links to itself is named by nothing."""
    return {"fields": [column], "reference": {"resource": "" if other == table.name else other, "fields": [key]}}


def describe_column(column: Column, is_key: bool = False) -> Json:
    """Give the field of one column, with what its values must hold to."""
    must: Json = {}
    if column.required:
        must["required"] = True
    if is_key:
        must["unique"] = True
    if column.type == "code":
        must["enum"] = list(list_words(column.codes))
    if column.type in ("int", "float"):
        least, most = BOUNDS.get(column.name, (0, None))
        must |= {"minimum": least} | ({} if most is None else {"maximum": most})
    described: Json = {"name": column.name, "type": TYPES[column.type], "description": column.about}
    return described | ({"constraints": must} if must else {})


def write_codebook() -> str:
    """Give the codebook of the tables as Markdown."""
    return "\n".join([INTRODUCTION, *map(tell_table, PUBLISHED), "## Code lists\n", *map(tell_codes, CODES)])


def tell_table(table: Table) -> str:
    """Give the part of the codebook about one table."""
    rows = [f"| `{c.name}` | {c.type} | {tell_column(c)} |" for c in table.columns]
    head = (
        f"## {table.name}\nOne row for {table.about}; key `{table.key}`.\n\n| column | type | meaning |\n|---|---|---|"
    )
    return "\n".join([head, *rows, ""])


def tell_column(column: Column) -> str:
    """Give the meaning of a column, with its code words.

    >>> tell_column(Column("suicide", "code", "facts.suicide", "whether the attacker meant to die", "suicide"))
    'whether the attacker meant to die: `yes` `no` `unknown`'
    """
    words = " ".join(f"`{word}`" for word in list_words(column.codes)) if column.codes else ""
    return f"{column.about}: {words}" if words else column.about


def tell_codes(name: str) -> str:
    """Give one code list as a table of its words."""
    rows = [f"| `{code.word}` | {code.about} |" for code in CODES[name]]
    return "\n".join([f"### {name}\n| word | meaning |\n|---|---|", *rows, ""])
