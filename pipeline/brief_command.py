"""The command that makes a file to hand out of the incidents that a link or filters ask for."""

import inspect
import os
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import parse_qs, urlencode, urlsplit

import typer

from pipeline.brief.briefs import (
    BRIEFS,
    MIMES,
    PAPERS,
    Brief,
    BriefError,
    Options,
    check_options,
    find_brief,
    make_brief,
)
from pipeline.history import Articles, Data, Debug, find_places
from pipeline.terminal import say_words
from pipeline.view import KEYS, ORDERS, PICKS, View, find_unread

if TYPE_CHECKING:
    from pipeline.brief.briefing import Changes

PAGE = "http://localhost:8501/"
PREFIX = "asked_"  # of the parameters that are filters
Query = dict[str, list[str]]

Kind = StrEnum("Kind", [(key, key) for key in BRIEFS])  # type: ignore[misc]
Paper = StrEnum("Paper", [(key, key) for key in PAPERS])  # type: ignore[misc]
Ending = StrEnum("Ending", [(key, key) for key in MIMES])  # type: ignore[misc]

HELP = {
    "from": "The first day, such as 2023-03-01.", "to": "The last day.", "order": "newest, oldest, deadliest …",
    "killed": "How many killed: 10.., ..20 or 10..20.", "injured": "How many injured, likewise.",
    "place": "How exact the place: site, city, district, province.",
    "date": "How exact the day: day, days, week, month.",
    "stories": "So many independent stories or more.", "box": "west,south,east,north in degrees.", "q": "Words.",
    "claims": "“no” leaves what only the perpetrator says out of sums.",
    **{pick.key: f"This {pick.label}; more than one may be asked." for pick in PICKS},
}  # fmt: skip


def take_filters(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command an option for each filter of a link; it gets them as parameters that begin with PREFIX."""
    own = [one for one in inspect.signature(command).parameters.values() if one.kind is not one.VAR_KEYWORD]
    panel = "Filters, as in the link of the page"
    for key in [key for key in HELP if key in KEYS]:
        option = typer.Option(f"--{key}", help=HELP[key], metavar="VALUE", show_default=False, rich_help_panel=panel)
        own.append(inspect.Parameter(f"{PREFIX}{key}", inspect.Parameter.KEYWORD_ONLY, default=None,
                                     annotation=Annotated[list[str] | None, option]))  # fmt: skip
    command.__signature__ = inspect.Signature(own)  # type: ignore[attr-defined]
    return command


@take_filters
def brief(
    *,
    kind: Annotated[Kind, typer.Option("--as", help="What to make.")],
    from_url: Annotated[str, typer.Option(help="The link of the page, with all its filters.", show_default=False)] = "",
    paper: Annotated[Paper | None, typer.Option(help="Of one-pager and map sheet.", show_default=False)] = None,
    form: Annotated[
        Ending | None,
        typer.Option("--format", help="Where a file has several: pdf or png, docx or md.", show_default=False),
    ] = None,
    template: Annotated[Path | None, typer.Option(help="Your own .pptx or .potx for the deck.")] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="What changed since: a day, a release, last-export, none. For the deck."),
    ] = None,
    page: Annotated[str, typer.Option(help="Where the page is, for the link in the file.")] = PAGE,
    out: Annotated[Path, typer.Option(help="The file, or a folder for it.")] = Path(),
    data: Data = None,
    articles: Articles = None,
    debug: Debug = False,
    **asked: list[str] | None,
) -> None:
    """Make a file to hand out: a one-pager, a slide deck, a map sheet, a stand-alone HTML, a weekly list.

    For example: python -m pipeline brief --as one-pager --city Kabul --from 2023-01-01 --out briefs/
    """
    from pipeline.curation.editions import note_export
    from pipeline.curation.people import name_user

    wanted = find_brief(kind.value)
    options = Options(ending=form.value if form else "", paper=paper.value if paper else "",
                      template=read_template(template))  # fmt: skip
    check_options(wanted, options)
    query, page = read_query(from_url, asked, page)
    tables, curation = find_places(data, articles)
    made, seal = _make(wanted, options, query, page, since, tables, curation)
    say_words(str(write_file(made, out, wanted, options, query)))
    note_export(curation, name_user(), seal, View.from_query(query).to_url())


def _make(
    wanted: Brief, options: Options, query: Query, page: str, since: str | None, tables: Path, curation: Path
) -> tuple[bytes, str]:
    """Make the file, showing how far it is; give it with the seal of the tables."""
    from pipeline.__main__ import show_progress
    from pipeline.curation.releases import check_release, find_folder
    from pipeline.tables.load import NoTablesError
    from pipeline.tables.store import Store

    view, release = View.from_query(query), (query.get("release") or [""])[-1]
    if release:
        check_release(curation, release)
        tables = find_folder(curation, release)
    try:
        store = Store(tables)
    except NoTablesError as error:
        raise BriefError(f"{error} Build the tables first: python -m pipeline build") from error
    changes = find_changes(since, curation, tables) if wanted.tells_changes else None
    link = f"{page}?{urlencode(query, doseq=True)}" if query else page
    with show_progress(False) as tell:
        made = make_brief(wanted, store, view, link, options, since=changes, tell=tell)
    return made, store.seal()


def read_query(url: str, asked: dict[str, list[str] | None], page: str = PAGE) -> tuple[Query, str]:
    """Give the fields of what is asked, by a link or by filters, and the address of the page. Raises BriefError.

    >>> read_query("http://example.org/p/?city=Kabul&lane=type", {})
    ({'city': ['Kabul']}, 'http://example.org/p/')
    """
    given = {key.removeprefix(PREFIX): values for key, values in asked.items() if values}
    if url and given:
        raise BriefError(f"--from-url says what to show already: leave out --{', --'.join(given)}, or the link.")
    if not url:
        _refuse_unread(given)
        return View.from_query(given).to_query(), page
    try:
        parts = urlsplit(url if "?" in url else f"?{url}" if "=" in url and "://" not in url else url)
    except ValueError as error:
        raise BriefError(f"“{url[:80]}” is no link: copy it from the page.") from error
    query = parse_qs(parts.query, keep_blank_values=True)
    _refuse_unread(query)
    release = {"release": query["release"][-1:]} if query.get("release", [""])[-1] else {}
    home = (
        f"{parts.scheme}://{parts.netloc}{parts.path}" if parts.scheme in ("http", "https") and parts.netloc else page
    )
    return View.from_query(query).to_query() | release, home


def _refuse_unread(query: Query) -> None:
    """Refuse a filter that cannot be read: a file of more than was asked would be wrong, and look right."""
    if unread := find_unread(query):
        orders = (
            f"; orders are {', '.join(list(ORDERS)[:6])} …" if any(one.startswith("order=") for one in unread) else ""
        )
        told = ", ".join(one[:80] for one in unread[:5])
        raise BriefError(f"Cannot be read: {told}. `python -m pipeline brief --help` says how each is written{orders}.")


def read_template(path: Path | None) -> bytes | None:
    """Read the deck to build on. Raises BriefError where there is none."""
    if path is None:
        return None
    if not path.is_file():
        raise BriefError(f"There is no template {path}: check the path.")
    return path.read_bytes()


def find_changes(asked: str | None, curation: Path, tables: Path) -> "Changes | None":
    """Give what changed since an earlier state: since the last export or release where nothing is asked."""
    from pipeline.brief.briefing import Changes
    from pipeline.curation.releases import ReleaseError
    from pipeline.curation.since import choose_usual, find_state, load_changes

    since = (asked if asked is not None else choose_usual(curation)).strip()
    if since in ("", "none"):
        return None
    try:
        state = find_state(curation, since)
    except ReleaseError:
        if asked is None:  # nobody asked for a state that is not kept any more
            return None
        raise
    return Changes(state.words, load_changes(state, tables), state.note)


def write_file(made: bytes, out: Path, wanted: Brief, options: Options, query: Query) -> Path:
    """Write the file, under a name of its own where `out` is a folder, and give its path. Raises BriefError."""
    from pipeline.tables.folder import replace_file

    ending = wanted.find_ending(options)
    is_folder = out.is_dir() or not out.suffix
    release = (query.get("release") or [""])[-1]
    path = out / wanted.name_file(View.from_query(query), date.today(), options, release) if is_folder else out
    if path.suffix.lower() != f".{ending}":
        raise BriefError(f"{path.name} does not end in .{ending}, as a {wanted.name.lower()} of this form does.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, made)
    except OSError as error:
        raise BriefError(f"{path} cannot be written ({os.strerror(error.errno or 0)}).") from error
    return path
