"""The commands that look back: what changed since a day, an export or a release; freezing a release; listing them."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.terminal import one_line, say_words

if TYPE_CHECKING:
    from pipeline.curation.changes import Change

MOST_TOLD = 200  # changes on a screen; the file has them all
Data = Annotated[Path | None, typer.Option(help="The folder of the tables. Default: data/.", show_default=False)]
Articles = Annotated[
    Path | None,
    typer.Option(help="The articles they were built from. Default: seeds/articles.", show_default=False),
]
Debug = Annotated[bool, typer.Option("--debug", help="Show the whole trace of a failure.")]


def changes(
    since: Annotated[
        str,
        typer.Option(metavar="WHEN", help="A day (2026-11-01), the name of a release, or last-export."),
    ] = "last-export",
    out: Annotated[Path | None, typer.Option(help="Write them to this CSV file.", show_default=False)] = None,
    data: Data = None,
    articles: Articles = None,
    debug: Debug = False,
) -> None:
    """Say what changed in the incidents: new, revised, newly claimed, merged, withdrawn, rejected.

    For example: python -m pipeline changes --since 2026-11-01 --out changes.csv
    """
    from pipeline.curation.changes import write_changes
    from pipeline.curation.since import find_state, load_changes
    from pipeline.tables.folder import replace_file

    tables, curation = find_places(data, articles)
    state = find_state(curation, since)
    found = load_changes(state, tables)
    if state.note:
        say_words(state.note, error=True)
    say_words(f"Since {state.words}: {count_up(found)}.")
    if out is None:
        say_words("\n".join(map(tell_change, found[:MOST_TOLD])), nl=bool(found))
        if len(found) > MOST_TOLD:
            say_words(f"{len(found) - MOST_TOLD:,} more: --out FILE.csv writes them all.", error=True)
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    replace_file(out, write_changes(found))
    say_words(str(out))


def release(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Such as 2026-Q3; it is not given twice.")],
    note: Annotated[str, typer.Option(help="What it is for.")] = "",
    by: Annotated[str | None, typer.Option(help="Who makes it. Default: your name here.", show_default=False)] = None,
    data: Data = None,
    articles: Articles = None,
    debug: Debug = False,
) -> None:
    """Freeze the tables under a name, each file sealed; `?release=NAME` on the page then shows them as they were."""
    from pipeline.curation.people import name_user
    from pipeline.curation.releases import make_release

    tables, curation = find_places(data, articles)
    made = make_release(tables, curation, name, by or name_user(), note)
    say_words(f"{made.name}: {len(made.files)} files, frozen on {made.day} by {made.by}, seal {made.seal}")


def releases(data: Data = None, articles: Articles = None, debug: Debug = False) -> None:
    """List the releases, and check every file of each against its seal; ends with 1 where one was changed."""
    from pipeline.curation.releases import ReleaseError, check_release, list_names

    _, curation = find_places(data, articles)
    names = list_names(curation)
    if not names:
        say_words("There is no release yet: `python -m pipeline release NAME` makes one.")
    trouble = list[str]()
    for name in names:
        try:
            found = check_release(curation, name)
        except ReleaseError as error:
            trouble.append(str(error))
        else:
            told = (found.day, found.name, f"by {found.by}" if found.by else "", found.note, f"seal {found.seal}")
            say_words("  ".join(map(one_line, filter(None, told))))
    if trouble:
        raise ReleaseError("\n".join(trouble))


def find_places(data: Path | None, articles: Path | None) -> tuple[Path, Path]:
    """Give the folder of the tables, and that of what was decided about them."""
    from pipeline.curation.place import OWN_TABLES, curation_of, curation_of_page

    tables = data or Path(os.environ.get("INCIDENT_DATA") or OWN_TABLES)
    named = {"INCIDENT_DATA": str(tables)}
    return tables, curation_of([articles]) if articles else curation_of_page({**os.environ, **named})


def count_up(found: "list[Change]") -> str:
    """Give the counts of each kind in words."""
    from pipeline.curation.changes import count_kinds

    counted = (f"{many:,} {kind}" for kind, many in count_kinds(found).items() if many)
    return ", ".join(counted) or "nothing changed"


def tell_change(change: "Change") -> str:
    """Give one change as a line."""
    into = f" -> {change.after}" if change.after and not change.column else ""
    what = f": {change.column} {change.before} -> {change.after}" if change.column else into
    by = "" if change.by == "machine" else f" ({change.by})"
    return f"{change.kind:13} " + one_line(f"{change.incident_id}  {change.title}, {change.days}{what}{by}")
