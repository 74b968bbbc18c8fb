"""Time what comes after merging, step by step, for so many incidents: `python -m scale.afterwards INCIDENTS`."""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from wire.records import make_records
from wire.stream import TOLD

from pipeline.curation.corrections import apply_corrections
from pipeline.curation.decisions import Correction
from pipeline.curation.ids import Registry, assign_ids
from pipeline.curation.regroup import Regroup
from pipeline.incidents.candidates import find_candidates
from pipeline.incidents.merge import merge_reports
from pipeline.model import Incident, Story
from pipeline.publish import publish_tables
from pipeline.tables.columns import PUBLISHED
from pipeline.tables.folder import claim_folder
from pipeline.tables.rows import Edition, list_rows
from scale.kept import Figures

DECIDED = 100  # one incident in so many has a correction
Made = TypeVar("Made")


@dataclass(slots=True)
class Clock:
    """The processor's seconds of each step."""

    spent: dict[str, float] = field(default_factory=dict)

    def time(self, step: str, work: Callable[[], Made]) -> Made:
        """Do a step and keep how long it took."""
        started = time.process_time()
        made = work()
        self.spent[step] = time.process_time() - started
        return made


def time_afterwards(wanted: int) -> Figures:
    """Give the processor's microseconds an incident of each step after merging."""
    made = make_records(round(wanted * TOLD), texts=True)
    incidents, _ = merge_reports(made.readings, made.articles, [])
    articles = {article.article_id: article for article in made.articles}
    stories = [Story(article_id=name, story_id=name) for name in articles]
    regroup = Regroup(articles, {story.article_id: story for story in stories})
    clock = Clock()
    named = clock.time("ids, all new", lambda: assign_ids(incidents, Registry(), "1"))
    named = clock.time("ids, all known", lambda: assign_ids(incidents, named.registry, "2"))
    rows = [decide(number, one) for number, one in enumerate(named.incidents[::DECIDED], 1)]
    corrected = clock.time("corrections", lambda: apply_corrections(named, rows, regroup))
    found = clock.time("candidates", lambda: find_candidates(corrected.incidents, made.articles))
    edition = Edition(articles=made.articles, stories=stories, incidents=corrected.incidents, candidates=found)
    clock.time("rows", lambda: [len(list_rows(table, edition)) for table in PUBLISHED])
    with tempfile.TemporaryDirectory() as scratch, claim_folder(Path(scratch) / "tables") as claim:
        clock.time("rows and files", lambda: publish_tables(edition, claim))
    each = {step: round(1e6 * spent / len(incidents), 1) for step, spent in clock.spent.items()}
    return {"incidents": len(incidents), "candidates": len(found), "us_per_incident": each}


def decide(number: int, incident: Incident) -> Correction:
    """Let a person set the weapon of an incident."""
    return Correction(str(number), "2025-01-01", incident.incident_id, "weapon", incident.facts.weapon, "other",
                      "as the hospital says", "ana", "")  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(time_afterwards(int(sys.argv[1]))))
