"""The commands of backups: everything that people wrote and decided into one file, and back."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.history import Articles, Data, Debug
from pipeline.terminal import say_words

File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup, a .zip.")]


def backup(file: File, articles: Articles = None, data: Data = None, debug: Debug = False) -> None:
    """Write articles, word lists, ids, the log of decisions, releases and kept states into one file, each sealed.

    For example: python -m pipeline backup incidents-2026-11-22.zip
    """
    from pipeline.curation.backup import make_backup
    from pipeline.curation.kept_places import find_kept
    from pipeline.curation.log import open_log
    from pipeline.history import find_places

    places = find_kept(articles, find_places(data, articles)[0])
    files, decisions = make_backup(file, places, open_log(places.curation))
    say_words(f"{file}: {files:,} files and {count(decisions)}")


def restore(
    file: File,
    articles: Articles = None,
    data: Data = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace what the backup lacks; it is saved first.")] = (
        False
    ),
    debug: Debug = False,
) -> None:
    """Put a backup back, into the file or database that the log is kept in here; a build then makes the same tables.

    For example: python -m pipeline restore incidents-2026-11-22.zip
    """
    from pipeline.curation.kept_places import find_kept
    from pipeline.curation.log import open_log
    from pipeline.curation.restore import restore_backup
    from pipeline.history import find_places
    from pipeline.tables.folder import hold_lock

    tables = find_places(data, articles)[0]
    places = find_kept(articles, tables)
    with hold_lock(tables.resolve()):  # no build may read half of the old and half of the new
        done = restore_backup(file, places, open_log(places.curation), replace=replace)
    if done.saved:
        say_words(f"What was here before is in {done.saved}.")
    if done.homeless:
        say_words(f"{done.homeless:,} files belong to the project's own articles, and were left out.", error=True)
    made = f", as of {done.made_at}" if done.made_at else ""
    say_words(f"{done.files:,} files and {count(done.decisions)}{made}. `python -m pipeline build` makes the tables.")


def count(decisions: int) -> str:
    """Give a number of decisions in words.

    >>> count(1), count(1200)
    ('1 decision', '1,200 decisions')
    """
    return f"{decisions:,} decision{'' if decisions == 1 else 's'}"
