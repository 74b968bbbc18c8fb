"""The incidents while decisions are applied to them: which is which, what is put together, taken apart or dropped."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
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
    fates: dict[str, str] = field(default_factory=dict)  # row_id -> what became of it; most hold
    names: dict[str, str] = field(default_factory=dict)  # row_id of a split_off -> the id of what it splits off
    dropped: dict[str, str] = field(default_factory=dict)  # report_id -> the rejected incident it belonged to

    def resolve(self, name: str) -> str:
        """Give the id that an incident has now, by any id it had or by one of its reports; "" where there is none."""
        now = self._follow(name)
        if now in self.incidents or now in self.gone:
            return now if now in self.incidents else ""
        held = self.holder(name)
        return held if held in self.incidents else ""

    def holder(self, report_id: str) -> str:
        """Give the id of the incident that a report belongs to now, or of the rejected one it went with, or ""."""
        names = (i.incident_id for i in self.incidents.values() if report_id in {r.report_id for r in i.reports})
        return next(names, self.dropped.get(report_id, ""))

    def _follow(self, name: str) -> str:
        """Give the last id that an id was merged into, by people or by the machine."""
        while name not in self.incidents:
            into = self.gone[name] if name in self.gone else self.registry.merged.get(name, "")
            if not into:
                break
            name = into
        return name

    def find(self, row: Correction, name: str = "") -> str:
        """Give the id now of the incident a row is about, or of the other one it names; complain where it is not."""
        name = name or row.incident_id
        if now := self.resolve(name):
            return now
        if self._follow(name) not in self.gone and name not in self.dropped:
            what = "is no longer read" if name in self.registry.age else "does not exist"
            self.complain(row, f"{name} {what}", f"Undo row {row.row_id}, or write it again for the incident meant.")
        else:
            self.fates[row.row_id] = "overtaken"  # by the one that says it is no incident
        return ""

    def complain(self, row: Correction, what: str, to_do: str) -> None:
        """List a row that is left out."""
        self.fates[row.row_id] = "left_out"
        self.issues.append(
            Issue(
                kind="stale_correction",
                incident_id=row.incident_id,
                words=f"{row.column}: {row.now}" if row.now else row.column,
                message=f"Correction {row.row_id} is left out: {what}.",
                to_do=to_do,
            )
        )


def name_splits(rows: Sequence[Correction], registry: Registry, there: Iterable[str]) -> dict[str, str]:
    """Give the id of what each `split_off` splits off, the same whether other rows are undone or not.

    It is that of the report. Where the machine once had an incident of that id and merged it since, the id comes back:
    it always meant this report. `there` are the ids of the incidents that the machine has now.
    """
    taken = {*registry.age, *there}
    back = {*registry.merged} - {*there}
    names: dict[str, str] = {}
    for row in rows:
        if row.column == "split_off" and row.now:
            name = row.now if row.now in back else find_free(row.now, taken)
            taken.add(name)
            back.discard(name)
            names[row.row_id] = name
    return names


def merge_into(desk: Desk, row: Correction) -> bool:
    """Put an incident together with the one that a person says is the same (`same_as`); say if that was to be done."""
    ours = desk.find(row)
    other = desk.find(row, row.now) if ours else ""
    if not ours or not other or ours == other:
        return False
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
    return True


def split_off(desk: Desk, row: Correction) -> bool:
    """Make an incident of its own of a report, with the copies that repeat it, that a person says tells of another."""
    ours = desk.find(row)
    if not ours:
        return False
    incident = desk.incidents[ours]
    if row.now not in {report.report_id for report in incident.reports}:
        if not desk.holder(row.now):
            desk.complain(row, f"no report {row.now} is read any more", f"Undo row {row.row_id}.")
        return False
    apart = desk.regroup.copies(incident.reports, row.now)
    rest = tuple(report for report in incident.reports if report not in apart)
    if not rest:
        return False
    new = desk.names[row.row_id]
    kept = desk.regroup.merge(rest)
    desk.incidents[ours] = replace(kept, incident_id=ours, related_ids=incident.related_ids, relation=incident.relation)
    desk.incidents[new] = replace(desk.regroup.merge(apart), incident_id=new)
    for incident_id in (ours, new):
        desk.signed[incident_id].append(row)
    return True


def reject(desk: Desk, row: Correction) -> bool:
    """Drop what a person says is no incident, but not one that it has become a part of since."""
    ours = desk.find(row)
    if not ours:
        return False
    if ours != row.incident_id:
        what = f"{row.incident_id} is now a part of {ours}"
        desk.complain(row, what, f"Undo row {row.row_id}, split its report off, or say the same of {ours}.")
        return False
    desk.dropped |= {report.report_id: ours for report in desk.incidents.pop(ours).reports}
    desk.signed.pop(ours, None)
    desk.gone[ours] = ""
    desk.removed.append(Removed(incident_id=ours, reason="rejected", since=row.day))
    return True


GROUPING: Mapping[str, Callable[[Desk, Correction], bool]] = {
    "same_as": merge_into,
    "split_off": split_off,
    "not_an_incident": reject,
}


def list_removed(desk: Desk, corrections: Sequence[Correction], machine: Sequence[Removed]) -> list[Removed]:
    """Give every id that is gone, what people split off and put back too, with what it leads to now."""
    gone = {r.incident_id: r for r in (*machine, *desk.removed) if r.incident_id not in desk.incidents}
    for row in corrections:
        name = desk.names.get(row.row_id, "")
        if name and name not in desk.incidents and name not in gone:
            into = desk.holder(row.now)
            reason = "merged" if into else "withdrawn"
            gone[name] = Removed(incident_id=name, reason=reason, merged_into=into, since=row.day if into else "")
    return [replace(r, merged_into=desk.resolve(r.merged_into) or r.merged_into) for r in gone.values()]
