"""Word what a person should settle after merging, and tie every issue to the incident it is about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.model import Incident, Issue, Report


@dataclass(frozen=True, slots=True)
class Doubt:
    """A report that fits several incidents equally well, and these incidents under the ids they came with."""

    report: Report
    among: tuple[str, ...]


def word_doubts(doubts: Iterable[Doubt], names: Mapping[str, str], incidents: Sequence[Incident]) -> list[Issue]:
    """Ask, for each doubt, which incident is meant; `names` leads from the ids they came with to the lasting ones.

    What a person has settled since, by merging or by accepting the report as an incident of its own, is not asked.
    """
    by_id = {incident.incident_id: incident for incident in incidents}
    holder = {report.report_id: incident for incident in incidents for report in incident.reports}
    issues = []
    for doubt in doubts:
        own = holder.get(doubt.report.report_id)
        among = [by_id[i] for i in sorted({names.get(name, name) for name in doubt.among}) if i in by_id]
        if own and own not in among and own.review_state != "accepted" and among:
            issues.append(_word_doubt(doubt, among))
    return issues


def tie_issues(issues: Iterable[Issue], incidents: Iterable[Incident]) -> list[Issue]:
    """Give each issue about a report the id of the incident that holds it."""
    holds = {report.report_id: incident.incident_id for incident in incidents for report in incident.reports}
    return [replace(issue, incident_id=issue.incident_id or holds.get(issue.report_id, "")) for issue in issues]


def _word_doubt(doubt: Doubt, among: Sequence[Incident]) -> Issue:
    """Say which incidents a report could tell of."""
    lead = doubt.report.leading.sentence
    fits = " or ".join(f'"{incident.title}" ({incident.incident_id})' for incident in among)
    return Issue(
        kind="conflict",
        article_id=doubt.report.article_id,
        report_id=doubt.report.report_id,
        start=lead.start,
        end=lead.end,
        words=lead.text,
        message=f"This report fits {fits} equally well, so it stands alone.",
        to_do="If it is one of them, add a same_as row to corrections.csv.",
    )
