"""The one list of what is handed out of a view: each kind of file with its endings, its papers and what makes it.

The page, the command line and the tests go through it, so that they make the same file. What makes a file is loaded
when it is first asked for: the libraries behind it take longer to load than the page takes to open.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pipeline.brief.names import name_file
from pipeline.view import View

if TYPE_CHECKING:
    from pipeline.brief.briefing import Briefing, Changes, Tell
    from pipeline.tables.store import Store

MIMES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown",
    "html": "text/html",
}
PAPERS = {"a4": "A4", "letter": "Letter", "a3": "A3"}
GATHERED = 30  # of 100: how much of the work is done when all is gathered that a file tells


class BriefError(ValueError):
    """A file cannot be made as it is asked for; the message is one sentence that says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a file is wanted: its ending and paper ("" for the usual ones), the deck to build on, the day it bears."""

    ending: str = ""
    paper: str = ""
    template: bytes | None = None
    day: date | None = None


Make = Callable[["Briefing", "Store", Options, "Tell"], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A kind of file; of endings and papers the first is the usual one."""

    key: str
    name: str
    about: str
    endings: tuple[str, ...]
    make: Make
    papers: tuple[str, ...] = ()
    stem: str = ""  # of the file's name, where it is not the key
    takes_template: bool = False
    tells_changes: bool = False

    def mime(self, options: Options) -> str:
        """Give the type of the file."""
        return MIMES[self.find_ending(options)]

    def find_ending(self, options: Options) -> str:
        """Give the ending that is wanted. Raises BriefError where it has no such."""
        return _pick(options.ending.lower(), self.endings, self.name, "form")

    def find_paper(self, options: Options) -> str:
        """Give the paper that is wanted, "" for a file that knows none. Raises BriefError where it has no such."""
        if not self.papers and options.paper:
            raise BriefError(f"{self.name}: it has no paper to choose; leave it out.")
        return _pick(options.paper.lower(), self.papers, self.name, "paper") if self.papers else ""

    def name_file(self, view: View, day: date, options: Options, release: str = "") -> str:
        """Name the file of a view that is taken on `day`, from the tables of now or a release."""
        paper = self.find_paper(options)
        stem = self.stem or self.key
        stem = stem if paper in ("", *self.papers[:1]) else f"{stem}-{paper}"
        return name_file(f"{stem}_{release}" if release else stem, self.find_ending(options), view, day)


def make_brief(
    brief: Brief,
    store: "Store",
    view: View,
    link: str = "",
    options: Options | None = None,
    *,
    since: "Changes | None" = None,
    tell: "Tell" = lambda doing, done, of: None,
) -> bytes:
    """Make a file of what `view` shows; `tell` hears how far it is, of 100. Raises BriefError."""
    from pipeline.brief.briefing import gather_briefing

    wanted = check_options(brief, options or Options())
    first = _tell_part(tell, 0, GATHERED)
    briefing = gather_briefing(store, view, link, since=since if brief.tells_changes else None, tell=first)
    made = brief.make(briefing, store, wanted, _tell_part(tell, GATHERED, 100))
    tell("Done", 100, 100)
    return made


def check_options(brief: Brief, options: Options) -> Options:
    """Give the options with what is usual filled in. Raises BriefError where a file of this kind has no such."""
    if options.template is not None and not brief.takes_template:
        raise BriefError(f"{brief.name}: it takes no template; only the slide deck does.")
    return Options(ending=brief.find_ending(options), paper=brief.find_paper(options), template=options.template,
                   day=options.day)  # fmt: skip


def find_brief(key: str) -> Brief:
    """Give the kind of file of that name. Raises BriefError.

    >>> find_brief("deck").endings
    ('pptx',)
    """
    if key not in BRIEFS:
        raise BriefError(f"There is no brief “{key[:40]}”: it is one of {', '.join(BRIEFS)}.")
    return BRIEFS[key]


def _pick(wanted: str, known: tuple[str, ...], name: str, what: str) -> str:
    """Give what is wanted, or the usual one."""
    if wanted and wanted not in known:
        raise BriefError(f"{name}: “{wanted[:20]}” is no {what} of it; use {' or '.join(known)}.")
    return wanted or known[0]


def _tell_part(tell: "Tell", first: int, last: int) -> "Tell":
    """Give what hears of a part of the work, and tells how much of the whole it is."""

    def told(doing: str, done: int, of: int) -> None:
        tell(doing, first + round((last - first) * min(done / of, 1)) if of else first, 100)

    return told


def _make_one_pager(briefing: "Briefing", store: "Store", options: Options, tell: "Tell") -> bytes:
    """Make the one-pager."""
    from pipeline.brief.one_pager import make_one_pager

    return make_one_pager(briefing, paper=options.paper, day=options.day, tell=tell)


def _make_deck(briefing: "Briefing", store: "Store", options: Options, tell: "Tell") -> bytes:
    """Make the slide deck."""
    from pipeline.brief.deck import make_deck
    from pipeline.brief.deck_ground import TemplateError

    try:
        return make_deck(briefing, store, template=options.template, day=options.day, tell=tell)
    except TemplateError as error:
        raise BriefError(str(error)) from error


def _make_map_sheet(briefing: "Briefing", store: "Store", options: Options, tell: "Tell") -> bytes:
    """Make the map sheet."""
    from pipeline.brief.map_sheet import make_map_sheet

    return make_map_sheet(briefing, paper=options.paper, form=options.ending, day=options.day, tell=tell)


def _make_standalone(briefing: "Briefing", store: "Store", options: Options, tell: "Tell") -> bytes:
    """Make the HTML that stands alone."""
    from pipeline.brief.standalone import make_standalone

    return make_standalone(briefing, store, tell=tell)


def _make_weekly(briefing: "Briefing", store: "Store", options: Options, tell: "Tell") -> bytes:
    """Make the weekly list."""
    from pipeline.brief.weekly import make_weekly

    return make_weekly(briefing, store, form=options.ending, day=options.day, tell=tell)


_LIST = (
    Brief(
        key="one-pager", name="One-pager", about="One printed page: tiles, map, table, the three deadliest, footnotes",
        endings=("pdf",), papers=("a4", "letter"), make=_make_one_pager,
    ),
    Brief(
        key="deck", name="Slide deck", about="PowerPoint with charts and tables to edit, and the sources in the notes",
        endings=("pptx",), make=_make_deck, takes_template=True, tells_changes=True,
    ),
    Brief(
        key="map-sheet", name="Map sheet", about="A map to print, also in black and white, with a numbered list",
        endings=("pdf", "png"), papers=("a3", "a4"), make=_make_map_sheet,
    ),
    Brief(
        key="html", name="Stand-alone HTML", about="One file with map, timeline and sentences; needs no network",
        endings=("html",), make=_make_standalone, stem="briefing",
    ),
    Brief(
        key="weekly", name="Weekly list", about="By day and province, each figure as it was reported, with its source",
        endings=("docx", "md"), make=_make_weekly,
    ),
)  # fmt: skip
BRIEFS: Mapping[str, Brief] = {one.key: one for one in _LIST}
