"""Build the tables from the articles: the whole story, told once.

Nothing is published unless all of it is; an article that cannot be read costs itself only, and becomes an issue.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import __version__
from pipeline.cache import MERGED, Blobs, name_reader, open_blobs
from pipeline.curation.corrections import apply_corrections
from pipeline.curation.editions import keep_edition
from pipeline.curation.ids import Registry, assign_ids, load_registry, write_registry
from pipeline.curation.log import open_log
from pipeline.curation.place import curation_of
from pipeline.curation.regroup import Regroup
from pipeline.curation.settled import list_settled
from pipeline.hire import hire_crew
from pipeline.incidents.candidates import find_candidates
from pipeline.incidents.copies import mark_signed
from pipeline.incidents.doubts import tie_issues, word_doubts
from pipeline.incidents.merge import merge_reports
from pipeline.intake.articles import read_articles
from pipeline.intake.inputs import ARTICLES
from pipeline.model import Aggregate, Article, Issue, Reading, Story
from pipeline.places.online import locate_online
from pipeline.publish import publish_tables
from pipeline.readings import Tell, read_all
from pipeline.tables.folder import FolderError, claim_folder, replace_file
from pipeline.tables.rows import Edition
from pipeline.tables.shelf import Shelf
from pipeline.text.words import SEEDS

DATA = SEEDS.parent / "data"
ELSEWHERE = SEEDS.parent / "build" / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to build from what; without inputs it is the project's own articles."""

    inputs: tuple[Path, ...] = ()
    addresses: tuple[str, ...] = ()  # of articles elsewhere, for fsspec
    out: Path | None = None
    geocoder: str = "offline"
    cached: bool = True
    workers: int = 1
    cluster: str = ""

    @property
    def is_own(self) -> bool:
        """Tell whether these are the project's own articles, to which the committed tables and ids belong."""
        return not self.addresses and all(place.resolve() == ARTICLES.resolve() for place in self.inputs)

    @property
    def folder(self) -> Path:
        """The folder to publish in: the committed tables for the project's own articles, else a place beside them."""
        return self.out or (DATA if self.is_own else ELSEWHERE)

    @property
    def registry(self) -> Path:
        """The registry of ids that holds for this build."""
        return (SEEDS if self.is_own else self.folder) / "ids.csv"

    @property
    def curation(self) -> Path:
        """The folder of what people decided about these articles."""
        if not self.inputs and not self.is_own:
            return curation_of((self.folder.parent,), own=SEEDS)
        return curation_of(() if self.is_own else self.inputs, own=SEEDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a build made, and what it had to leave out."""

    folder: Path
    articles: int
    stories: int
    incidents: int
    totals: int
    issues: int
    left_out: tuple[Issue, ...] = ()


def build_tables(order: Order, tell: Tell = lambda doing, done, of: None) -> Summary:
    """Read, merge, correct and publish; raises SeedError, FolderError, LogError, CrewError: the tables before stay."""
    refuse_ours(order)
    with claim_folder(order.folder) as claim, hire_crew(order.workers, order.cluster) as crew:
        keep_state(order)
        registry = load_registry(order.registry)
        corrections = open_log(order.curation).read()
        articles, amiss = shelve_inputs(order, Shelf(claim.aside / "texts"), tell)
        read = read_all(articles, order.cached, tell, crew)
        readings, offline = locate(read.readings, order, tell)
        tell("Finding copies", 0, 0)
        stories = mark_signed(read.signatures)
        tell("Merging reports", 0, 0)
        merged, doubts = merge_reports(readings, articles.known, stories, crew, open_merged(order))
        unread, totals = list_rest(readings)
        del read, readings  # the reports live on in the incidents: what is needed no more makes room for the tables
        tell("Applying decisions", 0, 0)
        named = assign_ids(merged, registry, __version__)
        corrected = apply_corrections(named, corrections, know_articles(articles.known, stories))
        amiss += [*offline, *unread, *word_doubts(doubts, named.names, corrected.incidents), *corrected.issues]
        settled = list_settled(corrections, corrected, named.registry)
        tell("Finding what to look at", 0, 0)
        edition = Edition(
            articles=articles,
            stories=stories,
            incidents=corrected.incidents,
            aggregates=totals,
            issues=tie_issues(amiss, corrected.incidents),
            removed=corrected.removed,
            decisions=corrected.decisions,
            candidates=find_candidates(corrected.incidents, articles, settled),
        )
        tell("Writing tables", 0, 0)
        publish_tables(edition, claim, "" if order.is_own else write_registry(named.registry))
        keep_beside(order, named.registry)
    return summarise(order, edition)


def open_merged(order: Order) -> Blobs:
    """Give what was kept of earlier merging."""
    return open_blobs(MERGED, name_reader()) if order.cached else Blobs(None)


def refuse_ours(order: Order) -> None:
    """Raise FolderError where the tables of other articles would take the place of the committed ones."""
    if order.folder.resolve() == DATA.resolve() and not order.is_own:
        raise FolderError(f"{order.folder} holds the tables of seeds/articles: name another folder with --out")


def know_articles(articles: Iterable[Article], stories: Iterable[Story]) -> Regroup:
    """Give what makes one incident of the reports that a person puts together."""
    return Regroup(
        {article.article_id: article for article in articles}, {story.article_id: story for story in stories}
    )


def list_rest(readings: Sequence[Reading]) -> tuple[list[Issue], list[Aggregate]]:
    """Give what articles hold beside reports: issues, and totals over many incidents."""
    unread = [issue for one in readings for issue in one.issues]
    return unread, [total for one in readings for total in one.aggregates]


def locate(readings: list[Reading], order: Order, tell: Tell) -> tuple[list[Reading], tuple[Issue, ...]]:
    """Ask online for the towns that the gazetteer lacks, where that was ordered."""
    if order.geocoder == "offline":
        return readings, ()
    tell("Asking OpenStreetMap", 0, 0)
    located = locate_online(readings)
    return located.readings, located.issues


def shelve_inputs(order: Order, shelf: Shelf, tell: Tell) -> tuple[Shelf, list[Issue]]:
    """Put the articles of all inputs on a shelf, and set apart what is amiss with them."""
    amiss = list[Issue]()
    for found in read_articles(order.inputs, order.addresses):
        if isinstance(found, Issue):
            amiss.append(found)
        else:
            shelf.add(found)
        tell("Opening articles", len(shelf), 0)
    return shelf, amiss


def keep_beside(order: Order, registry: Registry) -> None:
    """Keep the state, and the registry of the project's own articles where their tables are the committed ones."""
    if order.is_own and order.folder.resolve() == DATA.resolve():
        replace_file(order.registry, write_registry(registry).encode("utf-8"))
    keep_state(order)


def keep_state(order: Order) -> None:
    """Keep the incidents that are published now, so that one can ask what changed; a build on trial keeps nothing."""
    if not order.is_own or order.folder.resolve() == DATA.resolve():
        keep_edition(order.folder, order.curation)


def summarise(order: Order, edition: Edition) -> Summary:
    """Count what was made."""
    return Summary(
        folder=order.folder,
        articles=len(edition.articles),
        stories=len({story.story_id for story in edition.stories}),
        incidents=len(edition.incidents),
        totals=len(edition.aggregates),
        issues=len(set(edition.issues)),
        left_out=tuple(issue for issue in edition.issues if issue.kind == "unreadable"),
    )
