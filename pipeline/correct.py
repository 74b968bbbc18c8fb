"""The command that takes back a table corrected in a spreadsheet: it shows what that changes, and saves it."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.brief.cells import show_signs
from pipeline.history import Articles, Data, Debug, find_places
from pipeline.terminal import one_line, say_words

if TYPE_CHECKING:
    from pipeline.curation.log import Log
    from pipeline.curation.upload import Change, Diff, Refused
    from pipeline.curation.upload_now import StoreNow

LEFT_OUT = 3
WIDTHS = (20, 28, 28)  # of the columns of the diff


class Conflicts(StrEnum):
    """Whose value a cell gets that the tables have moved on in."""

    MINE = "mine"
    THEIRS = "theirs"


def correct(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV or workbook of ours, corrected: .csv, .xlsx.")],
    reason: Annotated[str, typer.Option(help="Why, for all of it; kept with each decision.")] = "",
    by: Annotated[str | None, typer.Option(help="Who decides. Default: your name here.", show_default=False)] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what it would change.")] = False,
    skip_refused: Annotated[bool, typer.Option("--skip-refused", help="Save the rest where something is refused.")] = (
        False
    ),
    conflicts: Annotated[
        Conflicts | None,
        typer.Option(help="Whose value cells get that the tables have moved on in.", show_default=False),
    ] = None,
    data: Data = None,
    articles: Articles = None,
    debug: Debug = False,
) -> None:
    """Take back a table that was downloaded, corrected in a spreadsheet and saved: each changed cell is a decision.

    For example: python -m pipeline correct incidents.xlsx --reason "hospital lists" --by "Ana Lopez" --dry-run. Ends
    with 0 when all was saved, 3 when something was left out as told, 1 when nothing was saved.
    """
    from pipeline.curation.people import Person, name_user
    from pipeline.curation.upload import make_drafts
    from pipeline.curation.upload_raw import UploadError

    diff, now, log = compare_file(file, *find_places(data, articles))
    say_words("\n".join(tell_diff(diff)))
    mine = [one for one in diff.changes if conflicts == Conflicts.MINE or not one.is_conflict]
    if why := "" if dry_run else find_hindrance(diff, mine, reason, skip_refused, conflicts):
        raise UploadError(f"Nothing was saved: {why}.")
    if dry_run or not mine:
        return
    saved = log.append(make_drafts(mine, reason, now), Person(by or name_user(), True, "command line"), seen=now.seen)
    say_words(f"Saved {count(len(saved), 'decision')}, signed {saved[0].by}. `python -m pipeline build` applies them.")
    if diff.refused or diff.strays or len(mine) < len(diff.changes):
        raise typer.Exit(LEFT_OUT)


def compare_file(file: Path, tables: Path, curation: Path) -> "tuple[Diff, StoreNow, Log]":
    """Read a file and compare it with the tables and the log. Raises UploadError where it cannot be read."""
    from pipeline.curation.log import open_log
    from pipeline.curation.upload import compare_upload
    from pipeline.curation.upload_file import MOST_MB, read_upload
    from pipeline.curation.upload_now import StoreNow, find_past
    from pipeline.curation.upload_raw import UploadError
    from pipeline.tables.store import Store

    try:
        with file.open("rb") as content:
            sheet = read_upload(content.read((MOST_MB << 20) + 1), file.name)
    except OSError as error:
        raise UploadError(f"{file} cannot be read: {error.strerror}.") from error
    log = open_log(curation)
    now = StoreNow(Store(tables), log.read())
    return compare_upload(sheet, now, find_past(sheet, now, curation)), now, log


def find_hindrance(
    diff: "Diff", mine: "Sequence[Change]", reason: str, skip_refused: bool, conflicts: Conflicts | None
) -> str:
    """Say what keeps a diff from being saved, "" if nothing does."""
    if (diff.refused or diff.strays) and not skip_refused:
        return "mend what is refused, or add --skip-refused to save the rest"
    if diff.conflicts and conflicts is None:
        return "the tables have moved on in some cells: add --conflicts mine to set yours, or --conflicts theirs"
    return 'say why with --reason "…"' if mine and not reason.strip() else ""


def tell_diff(diff: "Diff") -> Iterator[str]:
    """Give the lines that say what a file changes, incident by incident."""
    yield f"Compared with {diff.since}: {count_diff(diff)}."
    yield from diff.notes
    if diff.ignored:
        yield one_line(f"Columns that are none of ours are passed over: {', '.join(diff.ignored)}.")
    if diff.left_out:
        yield f"{count(diff.left_out, 'incident')} of the download not in the file: that takes nothing away."
    yield from (f"{name} is part of {other} now." for name, other in diff.followed)
    both: list[Change | Refused] = [*diff.changes, *diff.refused]
    ours = sorted(both, key=lambda one: (one.row, one.incident_id))
    for (incident_id, title), cells in groupby(ours, key=lambda one: (one.incident_id, one.title)):
        yield f"\n{incident_id}  {one_line(title)}"
        yield from map(tell_cell, cells)
    if diff.strays:
        yield ""
    yield from (one_line(f"REFUSED row {stray.row} {stray.incident_id}: {stray.why}") for stray in diff.strays)


def tell_cell(one: "Change | Refused") -> str:
    """Give one cell as a line: its column, what it said, what it is to say, and what is to be known of that."""
    why = getattr(one, "why", "")
    mark = f"REFUSED: {one_line(why)}" if why else ""
    if not why and getattr(one, "is_conflict", False):
        mark = f"CONFLICT: the tables say {tell(getattr(one, 'current', ''))} now"
        mark += ", the file what they said before" if getattr(one, "is_older", False) else ""
    cells = (one.column, tell(one.was), f"-> {tell(one.now)}")
    return "  " + " ".join([*(text.ljust(width) for text, width in zip(cells, WIDTHS, strict=True)), mark]).rstrip()


def tell(text: str) -> str:
    """Show what a cell says.

    >>> tell(""), tell("19"), len(tell("long " * 99))
    ('(empty)', '19', 121)
    """
    plain = show_signs(one_line(text))
    return plain if 0 < len(plain) <= 120 else f"{plain[:120]}…" if plain else "(empty)"


def count_diff(diff: "Diff") -> str:
    """Count what a diff holds in words."""
    parts = [
        count(len(diff.changes), "cell changes", "cells change"),
        f"{diff.conflicts:,} of them in conflict" if diff.conflicts else "",
        f"{count(len(diff.refused), 'cell')} refused" if diff.refused else "",
        f"{count(len(diff.strays), 'row')} refused" if diff.strays else "",
        f"{diff.settled:,} as the tables have it by now" if diff.settled else "",
        f"{diff.unchanged:,} of {count(diff.incidents, 'incident')} as before",
    ]
    return ", ".join(filter(None, parts))


def count(many: int, one: str, more: str = "") -> str:
    """Count things.

    >>> count(1, "cell"), count(2_000, "cell"), count(0, "cell changes", "cells change")
    ('1 cell', '2,000 cells', '0 cells change')
    """
    return f"{many:,} {one if many == 1 else more or one + 's'}"
