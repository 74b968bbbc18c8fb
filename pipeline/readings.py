"""Read every article once: take from the cache what was read before, and go on past an article that fails.

Articles go to the workers some at a time, and what was read of each lot is kept as one part at once. The language model
takes seconds to load, so a process loads it only when it has something new to read.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from pipeline.cache import READINGS, Cache, hash_article, name_reader, open_cache
from pipeline.crew import Crew, Done
from pipeline.incidents.signatures import pack_signature, sign_article
from pipeline.model import Article, Issue, Reading
from pipeline.text.words import SeedError

if TYPE_CHECKING:
    from pipeline.reports.language import Tools

Tell = Callable[[str, int, int], None]  # what is done now, how much of it is done, and of how much (0: not known)

COLUMNS = ("reading", "signature")
MOST = 64  # articles that one task reads,
HERE, THERE = 10_000, 100_000  # or as many as have so many characters: a second or two of this process, more of another
READ = msgspec.json.Decoder(Reading)


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of all articles, in their order, and the packed signatures of their texts."""

    readings: list[Reading]
    signatures: list[bytes]


@dataclass(frozen=True, slots=True)
class Lot:
    """Articles that are read together, and where each stands in the order of all."""

    places: tuple[int, ...]
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Packed:
    """What a worker gives back of one article: the reading as JSON, the signature, and whether the reader held."""

    reading: bytes
    signature: bytes
    held: bool = True


def read_all(articles: Sequence[Article], cached: bool, tell: Tell, crew: Crew | None = None) -> Read:
    """Give the readings of the articles, each of which is asked for once, and not held."""
    crew = crew or Crew()
    cache = open_cache(READINGS, name_reader(), COLUMNS) if cached else Cache(None, COLUMNS)
    found: dict[int, tuple[Reading, bytes]] = {}

    def take(place: int, reading: Reading, signature: bytes) -> None:
        found[place] = reading, signature
        tell("Reading articles", len(found), len(articles))

    new = set_known_apart(articles, cache, take)
    lots = make_lots(new, HERE if crew.is_here else THERE)
    for done in crew.work(read_lot, load_first(lots, tell) if crew.is_here else lots):
        for part in rescue(done, crew):
            cache.keep([(hash_article(a), p.reading, p.signature) for a, p in pair_up(part) if p.held])
            for place, packed in zip(part.task.places, part.result or (), strict=True):
                take(place, READ.decode(packed.reading), packed.signature)
    in_order = [found[place] for place in range(len(articles))]
    return Read([reading for reading, _ in in_order], [signature for _, signature in in_order])


def set_known_apart(
    articles: Iterable[Article], cache: Cache, take: Callable[[int, Reading, bytes], None]
) -> Iterator[tuple[int, Article]]:
    """Take what was read before from the cache, and give the articles that are new."""
    for place, article in enumerate(articles):
        known = cache.find(hash_article(article))
        try:
            reading = READ.decode(known[0]) if known else None
        except (msgspec.DecodeError, ValueError):
            reading = None
        if known and reading and reading.article_id == article.article_id:
            take(place, reading, known[1])
        else:
            yield place, article


def make_lots(new: Iterable[tuple[int, Article]], most: int) -> Iterator[Lot]:
    """Put articles together to be read by one worker, up to so many characters; a longer one is alone."""
    held: list[tuple[int, Article]] = []
    characters = 0
    for place, article in new:
        if held and (len(held) >= MOST or characters + len(article.text) > most):
            yield Lot(*zip(*held, strict=True))
            held, characters = [], 0
        held.append((place, article))
        characters += len(article.text)
    if held:
        yield Lot(*zip(*held, strict=True))


def load_first(lots: Iterable[Lot], tell: Tell) -> Iterator[Lot]:
    """Say that the model is loaded before the first lot is read in this process, since that takes some seconds."""
    for lot in lots:
        _load_tools(tell)
        yield lot


def read_lot(lot: Lot) -> tuple[Packed, ...]:
    """Read the articles of one lot; this is what workers do."""
    tools = _load_tools(lambda doing, done, of: None)
    return tuple(_read_one(article, tools) for article in lot.articles)


def rescue(done: Done[Lot, tuple[Packed, ...]], crew: Crew) -> Iterator[Done[Lot, tuple[Packed, ...]]]:
    """Give what was read of a lot; where workers died of it, read its articles one by one, and leave out the deadly."""
    if done.result is not None:
        yield done
        return
    lot = done.task
    if len(lot.articles) == 1:
        (article,) = lot.articles
        lost = _pack_failure(article, "every worker died of it", pack_signature(sign_article(article)))
        yield Done(lot, (lost,))
        return
    ones = [Lot((place,), (article,)) for place, article in zip(lot.places, lot.articles, strict=True)]
    for one in crew.work(read_lot, ones):
        yield from rescue(one, crew)


def pair_up(part: Done[Lot, tuple[Packed, ...]]) -> Iterator[tuple[Article, Packed]]:
    """Give each article with what was read of it."""
    return zip(part.task.articles, part.result or (), strict=True)


def _read_one(article: Article, tools: "Tools") -> Packed:
    """Read one article; a failure is not kept, so that a mended reader tries again."""
    from pipeline.reports.read import read_article

    signature = pack_signature(sign_article(article))
    try:
        return Packed(msgspec.json.encode(read_article(article, tools)), signature)
    except SeedError:
        raise
    except Exception as error:  # whatever a strange text makes the reader stumble over costs this article only
        return _pack_failure(article, f"{type(error).__name__}: {error}", signature)


def _pack_failure(article: Article, why: str, signature: bytes) -> Packed:
    """Give an article that the reader failed on back as left out."""
    failed = Reading(article_id=article.article_id, issues=(_word_failure(article, why),))
    return Packed(msgspec.json.encode(failed), signature, held=False)


def _load_tools(tell: Tell) -> "Tools":
    """Load what the reader needs; once for each process."""
    from pipeline.reports.language import load_tools

    if not load_tools.cache_info().currsize:
        tell("Loading the language model and the gazetteer", 0, 0)
    return load_tools()


def _word_failure(article: Article, why: str) -> Issue:
    """Word that the reader failed on an article.

    >>> _word_failure(Article(article_id="a", text="", source="a.txt"), "ValueError: odd").message
    'a.txt was left out: the reader failed on it (ValueError: odd).'
    """
    name = article.source or article.article_id
    return Issue(
        kind="unreadable",
        message=f"{name} was left out: the reader failed on it ({' '.join(why.split())[:200]}).",
        to_do="Report this, with the article.",
        article_id=article.article_id,
        words=name,
    )
