"""The incidents while decisions are applied to them: which is which, what is put together, taken apart or dropped."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from pipeline.curation.decisions import Correction
from pipeline.curation.ids import Registry, find_free
from pipeline.curation.regroup import Regroup
from pipeline.model import Incident, Issue, Removed


@dataclass(slots=True)
class Desk:
    """Incidents by id, and what became of them so far."""

    incidents: dict[str, Incident]
    registry: Registry
    regroup: Regroup
    gone: dict[str, str] = field(default_factory=dict)  # id -> what it was merged into, "" for no incident
    issues: list[Issue] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    signed: dict[str, list[Correction]] = field(default_factory=lambda: defaultdict(list))  # decisions that hold

    def resolve(self, name: str) -> str:
        """Give the id that an incident has now, by any id it had or by one of its reports; "" where there is none."""
        now = self.registry.follow(name)
        while self.gone.get(now):
            now = self.registry.follow(self.gone[now])
        if now in self.incidents:
            return now
        return next((i.incident_id for i in self.incidents.values() if name in {r.report_id for r in i.reports}), "")

    def find(self, row: Correction, name: str = "") -> str:
        """Give the id now of the incident a row is about, or of the other one it names; complain where it is not."""
        name = name or row.incident_id
        if now := self.resolve(name):
            return now
        if name not in self.gone:
            what = "is no longer read" if name in self.registry.age else "does not exist"
            self.complain(row, f"{name} {what}", f"Undo row {row.row_id}, or write it again for the incident meant.")
        return ""

    def complain(self, row: Correction, what: str, to_do: str) -> None:
        """List a row that is left out."""
        self.issues.append(
            Issue(
                kind="stale_correction",
                incident_id=row.incident_id,
                words=f"{row.column}: {row.now}" if row.now else row.column,
                message=f"Correction {row.row_id} is left out: {what}.",
                to_do=to_do,
            )
        )


def merge_into(desk: Desk, row: Correction) -> None:
    """Put an incident together with the one that a person says is the same (`same_as`)."""
    ours = desk.find(row)
    other = desk.find(row, row.now) if ours else ""
    if not ours or not other or ours == other:
        return
    gone, stays = desk.incidents.pop(ours), desk.incidents[other]
    links = {
        **dict(zip(gone.related_ids, gone.relation, strict=True)),
        **dict(zip(stays.related_ids, stays.relation, strict=True)),
    }
    merged = desk.regroup.merge((*stays.reports, *gone.reports))
    desk.incidents[other] = replace(merged, incident_id=other, related_ids=tuple(links), relation=tuple(links.values()))
    desk.gone[ours] = other
    desk.removed.append(Removed(incident_id=ours, reason="merged", merged_into=other, since=row.day))
    desk.signed[other] += [*desk.signed.pop(ours, ()), row]


def split_off(desk: Desk, row: Correction) -> None:
    """Make an incident of its own of a report, with the copies that repeat it, that a person says tells of another."""
    ours = desk.find(row)
    if not ours:
        return
    incident = desk.incidents[ours]
    if row.now not in {report.report_id for report in incident.reports}:
        if not desk.resolve(row.now):
            desk.complain(row, f"no report {row.now} is read any more", f"Undo row {row.row_id}.")
        return
    apart = desk.regroup.copies(incident.reports, row.now)
    rest = tuple(report for report in incident.reports if report not in apart)
    if not rest:
        return
    taken = {*desk.registry.age, *desk.incidents, *desk.gone}
    new = find_free(row.now, taken)
    kept = desk.regroup.merge(rest)
    desk.incidents[ours] = replace(kept, incident_id=ours, related_ids=incident.related_ids, relation=incident.relation)
    desk.incidents[new] = replace(desk.regroup.merge(apart), incident_id=new)
    for incident_id in (ours, new):
        desk.signed[incident_id].append(row)


def reject(desk: Desk, row: Correction) -> None:
    """Drop what a person says is no incident."""
    if ours := desk.find(row):
        del desk.incidents[ours]
        desk.signed.pop(ours, None)
        desk.gone[ours] = ""
        desk.removed.append(Removed(incident_id=ours, reason="rejected", since=row.day))


GROUPING: Mapping[str, Callable[[Desk, Correction], None]] = {
    "same_as": merge_into,
    "split_off": split_off,
    "not_an_incident": reject,
}
