"""The command line: `python -m pipeline build`, `explain INCIDENT`, `read ARTICLE`, `add RECORD`, and looking back.

Whatever goes wrong with an input is one sentence on standard error; a trace is shown only where it is asked for.
"""

import functools
import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline import backup_command, brief_command, correct, history, log_commands
from pipeline.terminal import one_line, say_words

if TYPE_CHECKING:
    from pipeline.readings import Tell
    from pipeline.run import Summary

BUILT, FAILED, OURS_WRONG, LEFT_OUT, INTERRUPTED = 0, 1, 2, 3, 130
MOST_TOLD = 20  # sentences about what was left out; issues.csv has them all
EXITS = (
    "Ends with 0 when everything was built; 3 when it was built but an input was left out, or there was none "
    "(issues.csv says which and why); 2 when a file of the project itself (word lists, sources.csv, corrections.csv, "
    "ids.csv) or a path is wrong, and nothing was published; 1 when the build failed. Whatever was published before "
    "stays until a build is complete."
)

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Turn news articles into tables of violent incidents, each value linked to the words it was read from.",
)


class Geocoder(StrEnum):
    """Where place names are looked up."""

    OFFLINE = "offline"
    NOMINATIM = "nominatim"


Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="INPUT",
        help="Articles, or folders of them: .txt .md .html .pdf .docx .json .jsonl .parquet; or addresses, with * for "
        "any name (https://, s3://, ... as fsspec knows them). Without any: seeds/articles.",
        show_default=False,
    ),
]
Tables = Annotated[
    Path | None,
    typer.Option(
        help="The folder for the tables. Default: data/ for seeds/articles, else build/data/.", show_default=False
    ),
]
Lookup = Annotated[
    Geocoder, typer.Option(help="Where place names are looked up; nominatim asks openstreetmap.org over the network.")
]
Workers = Annotated[
    int, typer.Option(min=1, help="How many processes of this machine read and merge; 1 is this one alone.")
]
Cluster = Annotated[
    str, typer.Option(metavar="ADDRESS", help="The Dask scheduler whose workers read and merge, as tcp://host:8786.")
]


@app.command(epilog=EXITS)
def build(
    inputs: Sources = None,
    out: Tables = None,
    geocoder: Lookup = Geocoder.OFFLINE,
    workers: Workers = 1,
    cluster: Cluster = "",
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Read every article again.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say only what went wrong.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Say each step as a line of JSON, for programs.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the whole trace of a failure.")] = False,
) -> None:
    """Read articles and publish the tables: incidents, reports, mentions, figures, totals and open issues.

    For example: python -m pipeline build my-articles/ --out my-tables/
    """
    start = time.monotonic()
    with say_failures(debug, "Nothing was published."), show_progress(quiet, as_json) as tell:
        from pipeline.intake.remote import set_addresses_apart
        from pipeline.run import Order, build_tables

        paths, addresses = set_addresses_apart(inputs or ())
        given = Order(inputs=paths, addresses=addresses, out=out, geocoder=geocoder.value, cached=not no_cache)
        summary = build_tables(replace(given, workers=workers, cluster=cluster), tell)
    say_left_out(summary)
    say_built(f"{count_up(summary)} in {time.monotonic() - start:.1f} s", quiet, as_json)
    raise typer.Exit(LEFT_OUT if summary.left_out else BUILT)


@app.command()
def explain(
    incident: Annotated[str, typer.Argument(metavar="INCIDENT", help="The id of an incident, as in incidents.csv.")],
    data: Annotated[Path, typer.Option(help="The folder of the tables.")] = Path("data"),
    debug: Annotated[bool, typer.Option("--debug", help="Show the whole trace of a failure.")] = False,
) -> None:
    """Print the words, the rule and the figures weighed behind each value of an incident."""
    with say_failures(debug):
        from pipeline.explain import explain_incident

        say_words(explain_incident(incident, data))


@app.command()
def read(
    inputs: Annotated[
        list[str], typer.Argument(metavar="ARTICLE", help="Files, or addresses of pages (http or https) to fetch.")
    ],
    stage: Annotated[Path, typer.Option(help="The folder for the records that `add` takes.")] = Path("build/read"),
    to: Annotated[
        Path | None, typer.Option(help="The folder they may be added to. Default: seeds/articles.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Say steps and result as lines of JSON.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the whole trace of a failure.")] = False,
) -> None:
    """Read articles that are not yet taken in, and say what incidents they would give. Nothing is published.

    For example: python -m pipeline read report.pdf https://example.org/news
    """
    with say_failures(debug), show_progress(False, as_json) as tell:
        from pipeline.intake.inputs import ARTICLES
        from pipeline.suggest import suggest_incidents

        found = suggest_incidents(inputs, stage, tell, to or ARTICLES)
    if as_json:
        say_line({"tables": found.tables, "records": found.records})
        return
    for incident in found.tables["incidents"]:
        say_words(f"{incident['date_start'] or 'day not stated'}  {one_line(str(incident['title']))}")
        say_words(f"    {one_line(str(incident['source_sentence']))}")
    say_words("\n".join(["Kept aside, for `python -m pipeline add`:", *found.records.values()]))


@app.command()
def add(
    records: Annotated[list[Path], typer.Argument(metavar="RECORD", help="Records that `read` kept aside, or files.")],
    to: Annotated[
        Path | None, typer.Option(help="The folder to add them to. Default: seeds/articles.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Name the files in a line of JSON.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the whole trace of a failure.")] = False,
) -> None:
    """Take articles in: write each as a record into seeds/articles, under a free name. A build then reads them."""
    with say_failures(debug, "What was not named was not added."):
        from pipeline.intake.articles import read_articles
        from pipeline.intake.inputs import ARTICLES
        from pipeline.intake.keep import carry_raw, keep_article
        from pipeline.model import Article

        folder = to or ARTICLES
        added = []
        for record in records:
            for one in read_articles((record,)):
                if isinstance(one, Article):
                    kept = keep_article(one, folder)
                    carry_raw(record, kept)
                    added.append(kept.name)
    if as_json:
        say_line({"added": added})
    else:
        say_words("\n".join(added))


def tell_failures(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command of another file with its failures told as those of this one."""

    @functools.wraps(command)
    def run(**given: object) -> None:
        with say_failures(bool(given["debug"])):
            command(**given)

    return run


LOOKING_BACK = (history.changes, history.release, history.releases)
LOG = (log_commands.export_log, log_commands.import_log)
BACKUPS = (backup_command.backup, backup_command.restore)
for elsewhere in (*LOOKING_BACK, brief_command.brief, correct.correct, *LOG, *BACKUPS):
    app.command()(tell_failures(elsewhere))


@contextmanager
def say_failures(debug: bool, state: str = "") -> Iterator[None]:
    """Turn what is raised into a sentence, with the state that things were left in, and an exit code."""
    from pipeline.brief.briefs import BriefError
    from pipeline.crew import CrewError
    from pipeline.curation.bag import BagError
    from pipeline.curation.log import ClashError, LogError, NotAllowedError
    from pipeline.curation.releases import ReleaseError
    from pipeline.curation.restore import LossError
    from pipeline.curation.upload_raw import UploadError
    from pipeline.intake.fetch_guard import RefusedError
    from pipeline.tables.faults import word_fault
    from pipeline.tables.folder import FolderError
    from pipeline.text.words import SeedError

    told = (
        BagError, BriefError, ClashError, CrewError, LogError, LossError, NotAllowedError, ReleaseError, UploadError,
    )  # fmt: skip
    try:
        yield
    except typer.Exit:
        raise
    except RefusedError as error:
        stop(str(error), LEFT_OUT)
    except SeedError as error:
        stop(f"{error} {state}", OURS_WRONG)
    except FolderError as error:
        stop(f"{error}. {state}", FAILED)
    except told as error:
        stop(str(error), FAILED)
    except KeyboardInterrupt:
        stop(f"Stopped. {state}", INTERRUPTED)
    except Exception as error:
        if debug:
            stop(traceback.format_exc(), FAILED)
        why = " ".join(str(error).split()) or type(error).__name__
        stop(f"{word_fault(error) or f'It failed: {why} (--debug shows where).'} {state}", FAILED)


def stop(sentence: str, code: int) -> None:
    """Say why, and end."""
    say_words(sentence.strip(), error=True)
    raise typer.Exit(code)


def say_line(said: dict[str, object]) -> None:
    """Say one thing to a program, on a line of its own, at once."""
    print(json.dumps(said).replace("\x7f", "\\u007f"), flush=True)


def tell_lines() -> "Tell":
    """Give what says each step as a line of JSON, and of many small steps not more than a program can show."""
    told, at = "", 0.0

    def tell(doing: str, done: int, of: int) -> None:
        nonlocal told, at
        now = time.monotonic()
        if doing != told or done == of or now - at > 0.1:
            told, at = doing, now
            say_line({"doing": doing, "done": done, "of": of})

    return tell


@contextmanager
def show_progress(quiet: bool, as_json: bool = False) -> Iterator["Tell"]:
    """Show a bar on standard error where a person watches it; say lines of JSON where a program does."""
    if as_json:
        yield tell_lines()
        return
    if quiet or not sys.stderr.isatty():
        yield lambda doing, done, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[count]}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Starting", total=None, count="")

        def tell(doing: str, done: int, of: int) -> None:
            count = f"{done:,} of {of:,}" if of else f"{done:,}" if done else ""
            bar.tasks[0].total = of or None  # `update` takes None for "as it was"
            bar.update(task, description=doing, completed=done, count=count)

        yield tell


def say_left_out(summary: "Summary") -> None:
    """Say of each input that was left out why, and what to do."""
    for issue in summary.left_out[:MOST_TOLD]:
        say_words(one_line(f"{issue.message} {issue.to_do}"), error=True)
    if len(summary.left_out) > MOST_TOLD:
        say_words(
            f"{len(summary.left_out) - MOST_TOLD} more were left out: see {summary.folder}/issues.csv.", error=True
        )


def say_built(counted: str, quiet: bool, as_json: bool) -> None:
    """Say what a build made."""
    if as_json:
        say_line({"built": counted})
    elif not quiet:
        say_words(counted)


def count_up(summary: "Summary") -> str:
    """Give the counts of a build in words."""
    counts = (
        (summary.articles, "article", "articles"),
        (summary.stories, "story", "stories"),
        (summary.incidents, "incident", "incidents"),
        (summary.totals, "total", "totals"),
        (summary.issues, "issue", "issues"),
    )
    return ", ".join(f"{count:,} {one if count == 1 else many}" for count, one, many in counts)


def main() -> None:
    """Run a command; where what it says cannot be written (a full disk behind `>`), say that and end with 1."""
    try:
        app(prog_name="python -m pipeline")
    except OSError as error:
        print(f"What was to be said could not be written ({error.strerror}).", file=sys.stderr, flush=True)
        os._exit(FAILED)  # Python would try once more to write it, and fail with a trace


if __name__ == "__main__":
    main()
