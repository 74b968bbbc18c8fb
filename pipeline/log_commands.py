"""The commands of the log: write it out in the form of the file, take a file's rows into a team's database."""

import os
from pathlib import Path
from typing import Annotated

import typer

from pipeline.terminal import say_data, say_words

Debug = Annotated[bool, typer.Option("--debug", help="Show the whole trace of a failure.")]
Articles = Annotated[
    Path | None,
    typer.Option(help="The articles that the decisions are about. Default: seeds/articles.", show_default=False),
]


def export_log(
    out: Annotated[Path | None, typer.Option(help="Write it to this file.", show_default=False)] = None,
    articles: Articles = None,
    debug: Debug = False,
) -> None:
    """Write the log of decisions in the form of corrections.csv, from the database of DATABASE_URL or the file.

    For example: python -m pipeline export-log --out corrections.csv
    """
    from pipeline.curation.log import open_log, write_log
    from pipeline.curation.place import curation_of, curation_of_page
    from pipeline.tables.folder import replace_file

    rows = open_log(curation_of([articles]) if articles else curation_of_page()).read()
    if out is None:
        say_data(write_log(rows))
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    replace_file(out, write_log(rows).encode("utf-8"))
    say_words(f"{len(rows):,} decisions in {out}", error=True)


def import_log(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A corrections.csv.")],
    debug: Debug = False,
) -> None:
    """Take the decisions of a file into the database of DATABASE_URL, signed as they are; each is taken once.

    For example: DATABASE_URL=postgresql://NAME:WORD@HOST/BASE python -m pipeline import-log seeds/corrections.csv
    """
    from pipeline.curation.decisions import load_corrections
    from pipeline.curation.signing import LogError
    from pipeline.curation.sql_log import SqlLog

    if not (url := os.environ.get("DATABASE_URL")):
        raise LogError("DATABASE_URL names no database to take the file into: set it first.")
    if not file.is_file():
        raise LogError(f"There is no file {file}: check the path.")
    rows = load_corrections(file)
    taken = SqlLog(url).take(rows)
    say_words(f"{taken:,} decisions taken, {len(rows) - taken:,} were there already")
