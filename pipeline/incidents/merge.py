"""Merge the reports of different articles that tell of one incident: a block for each country, then what has none.

Incidents of two countries never meet, so a block is a task of its own for a worker, and what came of it is kept under
the hash of all that went into it: a new article costs the merging of the countries that it tells of.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from pipeline.cache import Blobs
from pipeline.crew import Crew
from pipeline.incidents.block import Block, Merged, join_unplaced, merge_block
from pipeline.incidents.doubts import Doubt
from pipeline.incidents.relations import relate_incidents
from pipeline.incidents.retold import Told, gather_told
from pipeline.model import Article, Incident, Reading, Story

BLOCK, MERGED = msgspec.json.Decoder(Block), msgspec.json.Decoder(Merged)


def merge_reports(
    readings: Iterable[Reading],
    articles: Iterable[Article],
    stories: Iterable[Story],
    crew: Crew | None = None,
    kept: Blobs | None = None,
) -> tuple[list[Incident], list[Doubt]]:
    """Give the incidents that all readings tell of, and the merges that a person should decide.

    The order of the input does not matter; ids are the leading report's until the registry gives the lasting ones.
    """
    by_id = {article.article_id: article for article in articles}
    by_article = {story.article_id: story for story in stories}
    placed, unplaced = set_unplaced_apart(gather_told(readings, by_article, by_id))
    done = list(work_blocks(list_blocks(placed, by_id), crew or Crew(), kept or Blobs(None)))
    merged = Merged(
        incidents=tuple(sorted((i for block in done for i in block.incidents), key=by_day)),
        doubts=tuple(doubt for block in done for doubt in block.doubts),
    )
    whole = join_unplaced(merged, unplaced, by_id, by_article)
    doubts = sorted(whole.doubts, key=lambda doubt: doubt.report.report_id)
    return relate_incidents(sorted(whole.incidents, key=by_day)), doubts


def set_unplaced_apart(told: Iterable[Told]) -> tuple[dict[str, list[Told]], list[Told]]:
    """Give what was told of each country, and of none."""
    placed: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        place = one.report.facts.place
        placed[place.country_code or place.country.casefold()].append(one)
    return placed, placed.pop("", [])


def list_blocks(placed: Mapping[str, Sequence[Told]], articles: Mapping[str, Article]) -> Iterator[Block]:
    """Give a block for each country, the largest first, so that no worker ends long after the others."""
    for _, told in sorted(placed.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        in_order = sorted(told, key=lambda one: one.report.report_id)
        names = sorted({name for one in told for name in one.articles})
        yield Block(told=tuple(in_order), articles=tuple(articles[name] for name in names if name in articles))


def work_blocks(blocks: Iterable[Block], crew: Crew, kept: Blobs) -> Iterator[Merged]:
    """Give what comes of each block: as it was kept, else by a worker; a block of which workers died is merged here.

    Blocks and what comes of them go as JSON: their hash is their name among what is kept, and sending them so is many
    times as fast as sending the records in them.
    """
    known = list[Merged]()

    def new() -> Iterator[bytes]:
        for packed in map(msgspec.json.encode, blocks):
            if (merged := find_merged(packed, kept)) is None:
                yield packed
            else:
                known.append(merged)

    for done in crew.work(merge_packed, new()):
        merged = done.result or merge_packed(done.task)
        kept.keep(name_block(done.task), merged)
        yield MERGED.decode(merged)
    yield from known


def merge_packed(block: bytes) -> bytes:
    """Merge one block that was packed as JSON."""
    return msgspec.json.encode(merge_block(BLOCK.decode(block)))


def find_merged(block: bytes, kept: Blobs) -> Merged | None:
    """Give what came of this very block before, if it was kept."""
    found = kept.find(name_block(block))
    try:
        return MERGED.decode(found) if found else None
    except (msgspec.DecodeError, ValueError):
        return None


def name_block(block: bytes) -> str:
    """Name a packed block by all that goes into it."""
    return hashlib.sha256(block).hexdigest()


def by_day(incident: Incident) -> tuple[str, str, str]:
    """Sort incidents by their days; those without come last."""
    days = incident.facts.days
    return str(days.first) if days else "9999", str(days.last) if days else "9999", incident.incident_id
