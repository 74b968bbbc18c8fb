"""List the pairs of incidents that people have decided on, by their ids now: nobody is asked about them again."""

from collections.abc import Sequence

from pipeline.curation.corrections import Corrected
from pipeline.curation.decisions import Correction, drop_undone
from pipeline.curation.ids import Registry

PARTING = ("not_related", "related_to", "split_off")


def list_settled(
    corrections: Sequence[Correction], corrected: Corrected, registry: Registry
) -> frozenset[frozenset[str]]:
    """Give the pairs that a person linked, parted or took apart; a pair that was merged is no pair any more."""
    into = {gone.incident_id: gone.merged_into for gone in corrected.removed if gone.merged_into}
    holder = {report.report_id: i.incident_id for i in corrected.incidents for report in i.reports}
    present = {incident.incident_id for incident in corrected.incidents}

    def resolve(name: str) -> str:
        now = into.get(name) or registry.follow(name)
        return now if now in present else holder.get(name, "")

    pairs = (
        (resolve(row.incident_id), resolve_other(row, resolve(other), holder))
        for row in drop_undone(corrections)
        if row.column in PARTING
        for other in [row.now.partition(" | ")[0]]
    )
    return frozenset(frozenset(pair) for pair in pairs if all(pair) and len(set(pair)) > 1)


def resolve_other(row: Correction, named: str, holder: dict[str, str]) -> str:
    """Give the other incident of a row: that which is named, or that which now holds the report taken out."""
    return holder.get(row.now, "") if row.column == "split_off" else named
