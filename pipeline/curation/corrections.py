"""Apply what people decided to what the machine read, so that it survives every rebuild.

A correction says what the cell showed when the person decided. Where the machine now reads something else, the person's
value stays, the incident is in conflict, and both values are listed until someone settles it. Where the machine now
reads what the person wrote, the row does nothing. A row that fits nothing any more is left out and listed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.curation.decisions import Correction, drop_undone
from pipeline.curation.desk import GROUPING, Desk, list_removed, name_splits
from pipeline.curation.edits import EDITABLE, Value, family, parse_cell, set_cells, show_cell
from pipeline.curation.fates import list_decided
from pipeline.curation.ids import Assigned
from pipeline.curation.regroup import Regroup
from pipeline.incidents.titles import name_incident
from pipeline.model import Incident, Issue, Removed
from pipeline.tables.codes import list_words
from pipeline.tables.columns import INCIDENTS
from pipeline.tables.decision import Decided
from pipeline.tables.rows import format_cell, type_cell

LINKING = ("related_to", "not_related")
LATE = ("title", "killed_state", "injured_state", "casualties_state")  # they follow from other cells


@dataclass(frozen=True, slots=True)
class Corrected:
    """The incidents as people left them, what no longer fits, the ids that are gone, and the fate of each decision."""

    incidents: list[Incident]
    issues: list[Issue]
    removed: list[Removed]
    decisions: list[Decided] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Decision:
    """What holds for one cell: the last row about it, and what the machine reads where that is new to the person."""

    row: Correction
    value: Value
    machine: str | None = None


def apply_corrections(assigned: Assigned, corrections: Sequence[Correction], regroup: Regroup) -> Corrected:
    """Give the incidents with all decisions applied: first what is one incident, then its cells, then its links."""
    desk = Desk({i.incident_id: i for i in assigned.incidents}, assigned.registry, regroup)
    desk.names = name_splits(corrections, assigned.registry, desk.incidents)
    rows = drop_undone(corrections)
    for row in rows:
        if row.column in GROUPING and not GROUPING[row.column](desk, row):
            desk.fates.setdefault(row.row_id, "agrees")
    before = dict(desk.incidents)
    for incident_id, ours in gather(desk, rows).items():
        decide_cells(desk, incident_id, ours)
    decide_links(desk, [row for row in rows if row.column in LINKING])
    turn = {row.row_id: no for no, row in enumerate(rows)}
    for incident_id, signed in desk.signed.items():
        desk.incidents[incident_id] = sign(desk.incidents[incident_id], sorted(signed, key=lambda r: turn[r.row_id]))
    incidents = [tidy_links(desk, incident) for incident in desk.incidents.values()]
    removed = list_removed(desk, corrections, assigned.removed)
    return Corrected(incidents, desk.issues, removed, list_decided(desk, corrections, before))


def gather(desk: Desk, rows: Sequence[Correction]) -> dict[str, list[Correction]]:
    """Give the rows about cells by the incident they are about now; complain of columns and codes that are none."""
    ours: dict[str, list[Correction]] = defaultdict(list)
    for row in rows:
        if row.column in GROUPING or row.column in LINKING:
            continue
        if row.column != "accepted":
            if row.column not in EDITABLE:
                desk.complain(row, f"no person sets a column {row.column}", f"Undo row {row.row_id}.")
                continue
            try:
                parse_cell(EDITABLE[row.column], row.now)
            except ValueError as error:
                desk.complain(row, str(error), f"Undo row {row.row_id} and write it again.")
                continue
        if incident_id := desk.find(row):
            ours[incident_id].append(row)
    return ours


def decide_cells(desk: Desk, incident_id: str, rows: Sequence[Correction]) -> None:
    """Set the cells of one incident that people decided on, and say where the machine now reads something else."""
    about: dict[str, list[Correction]] = defaultdict(list)
    for row in rows:
        about[row.column].append(row)
    accepted = about.pop("accepted", [])
    incident, holds = set_decided(desk, desk.incidents[incident_id], about)
    settled = {row.row_id for late in accepted if late.was == "conflict" for row in rows[: rows.index(late)]}
    stale = {n: d for n, d in holds.items() if d.machine is not None and d.row.row_id not in settled}
    desk.issues += [list_conflict(incident_id, name, decision) for name, decision in stale.items()]
    desk.fates |= dict.fromkeys((r.row_id for late in (accepted, *about.values()) for r in late[:-1]), "overtaken")
    for name, ours in about.items():
        fate = "conflict" if name in stale else "holds" if name in holds else "agrees"
        desk.fates.setdefault(ours[-1].row_id, fate)
    desk.signed[incident_id] += [*accepted, *(decision.row for decision in holds.values())]
    desk.incidents[incident_id] = replace(
        incident,
        corrected=tuple(column.name for column in INCIDENTS.columns if column.name in holds),
        review_state="conflict" if stale else incident.review_state,
        notes=" ".join(filter(None, [incident.notes, *(tell_conflict(name, d) for name, d in stale.items())])),
    )


def set_decided(
    desk: Desk, before: Incident, about: Mapping[str, Sequence[Correction]]
) -> tuple[Incident, dict[str, Decision]]:
    """Give an incident with its decisions set, and those that hold; cells that follow from others come last."""
    incident = before
    holds: dict[str, Decision] = {}
    for late in (False, True):
        for names in group_families(name for name in about if (name in LATE) == late):
            new = {n: d for n in names if (d := decide(about[n], before, incident))}
            try:
                incident = set_cells(incident, {n: d.value for n, d in new.items()})
                holds |= new
            except ValueError as error:
                for row in (decision.row for decision in new.values()):
                    desk.complain(row, str(error), f"Undo row {row.row_id}, or correct the other cells too.")
        if not late and incident.facts != before.facts:
            incident = replace(incident, title=name_incident(incident.facts))
    return incident, holds


def group_families(names: Iterable[str]) -> list[list[str]]:
    """Give the columns that are set together, together.

    >>> group_families(["date_start", "city", "date_end"])
    [['date_start', 'date_end'], ['city']]
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        groups[family(name)].append(name)
    return list(groups.values())


def decide(rows: Sequence[Correction], before: Incident, now: Incident) -> Decision | None:
    """Give what holds for one cell, or None where it reads so already.

    The last row holds. The machine's reading is new to the people where no row about the cell names it as `was`; a cell
    that follows from others may also have shown what follows from their corrections.
    """
    last = rows[-1]
    column = EDITABLE[last.column]
    if show_text(last.column, last.now) == show_cell(now, column.name):
        return None
    machine = show_cell(before, column.name)
    known = {show_text(row.column, row.was) for row in rows}
    is_new = not known & {machine, show_cell(now, column.name)}
    return Decision(last, parse_cell(column, last.now), machine if is_new else None)


def show_text(name: str, text: str) -> str:
    """Write a cell that a person wrote as the table would show it; what is no such cell stays as it is.

    >>> show_text("latitude", "34.500"), show_text("date_start", "20230327"), show_text("killed_low", "many")
    ('34.5', '2023-03-27', 'many')
    """
    column = EDITABLE[name]
    try:
        return format_cell(column, type_cell(column, parse_cell(column, text)))
    except ValueError:
        return text


def tell_conflict(name: str, decision: Decision) -> str:
    """Say in words what a person set and what the machine now reads."""
    row = decision.row
    return f"{name}: {row.by} set {tell(row.now)} on {row.day}, the articles now give {tell(decision.machine or '')}."


def tell(text: str) -> str:
    """Quote a cell in a sentence.

    >>> tell("19"), tell("")
    ('“19”', 'nothing')
    """
    return f"“{text}”" if text else "nothing"


def list_conflict(incident_id: str, name: str, decision: Decision) -> Issue:
    """List a correction that the machine's reading has overtaken; the person's value stays until someone settles it."""
    row = decision.row
    return Issue(
        kind="stale_correction",
        incident_id=incident_id,
        words=f"{name}: {decision.machine}",
        message=f"Correction {row.row_id} was made when the cell showed {tell(row.was)}. "
        + tell_conflict(name, decision),
        to_do=f"To take the new value, undo row {row.row_id}; to keep the person's, add the row again with the new "
        "value as its `was`, or accept the incident with `was` “conflict”.",
    )


def decide_links(desk: Desk, rows: Sequence[Correction]) -> None:
    """Link incidents, or part them; of two rows about one pair the later holds."""
    last: dict[frozenset[str], Correction] = {}
    for row in rows:
        if pair := decide_link(desk, row):
            if pair in last:
                desk.fates[last[pair].row_id] = "overtaken"
            last[pair] = row


def decide_link(desk: Desk, row: Correction) -> frozenset[str]:
    """Link two incidents, or part them, and give the pair; `now` names the other one, and after " | " the relation."""
    name, _, relation = row.now.partition(" | ")
    relation = relation or "same_operation"
    if relation not in list_words("relation"):
        desk.complain(row, f'relation cannot be "{relation}"', f"Undo row {row.row_id} and write it again.")
        return frozenset()
    ours = desk.find(row)
    other = desk.find(row, name) if ours else ""
    if not ours or not other or ours == other:
        desk.fates.setdefault(row.row_id, "agrees")
        return frozenset()
    parts = row.column == "not_related"
    for one, two in ((ours, other), (other, ours)):
        links = read_links(desk, desk.incidents[one])
        if parts:
            links.pop(two, None)
        elif one == ours or relation == "same_operation":  # the other relations run one way
            links[two] = relation
        desk.incidents[one] = replace(desk.incidents[one], related_ids=tuple(links), relation=tuple(links.values()))
    desk.signed[ours].append(row)
    return frozenset((ours, other))


def read_links(desk: Desk, incident: Incident) -> dict[str, str]:
    """Give the relation to each other incident that is still one."""
    links = ((desk.resolve(i), relation) for i, relation in zip(incident.related_ids, incident.relation, strict=True))
    return {other: relation for other, relation in links if other and other != incident.incident_id}


def tidy_links(desk: Desk, incident: Incident) -> Incident:
    """Write the links of an incident in the order of ids."""
    links = sorted(read_links(desk, incident).items())
    return replace(incident, related_ids=tuple(i for i, _ in links), relation=tuple(r for _, r in links))


def sign(incident: Incident, rows: Sequence[Correction]) -> Incident:
    """Say who last decided on an incident, and what its review has come to."""
    if not rows:
        return incident
    last = rows[-1]
    state = "accepted" if last.column == "accepted" else "edited"
    if incident.review_state == "conflict":
        state = "conflict"
    return replace(incident, reviewer=last.by, reviewed_on=last.day, review_state=state)
