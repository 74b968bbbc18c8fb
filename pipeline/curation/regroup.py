"""Build an incident anew from reports that a person put together or took apart."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.incidents.facts import combine_told
from pipeline.incidents.retold import Told, gather_told
from pipeline.model import Article, Incident, Reading, Report, Story


@dataclass(frozen=True, slots=True)
class Regroup:
    """Merges reports as the machine would, knowing their articles and which of these copy each other."""

    articles: Mapping[str, Article]
    stories: Mapping[str, Story]

    def merge(self, reports: Sequence[Report]) -> Incident:
        """Give the one incident that these reports tell of."""
        return combine_told(self._gather(reports), dict(self.articles))

    def copies(self, reports: Sequence[Report], report_id: str) -> tuple[Report, ...]:
        """Give the report of that id with those among `reports` that copies of its article repeat."""
        told = next(t for t in self._gather(reports) if report_id in {r.report_id for r in (t.report, *t.copies)})
        return (told.report, *told.copies)

    def _gather(self, reports: Sequence[Report]) -> list[Told]:
        """Set copies beside their originals."""
        by_article: dict[str, list[Report]] = defaultdict(list)
        for report in reports:
            by_article[report.article_id].append(report)
        readings = [Reading(article_id=name, reports=tuple(ours)) for name, ours in by_article.items()]
        return gather_told(readings, self.stories, self.articles)
