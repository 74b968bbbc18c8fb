"""Say of each row of the log what became of it: whether it holds, and what the machine reads in its cell now."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from pipeline.curation.decisions import Correction, find_undone
from pipeline.curation.desk import Desk
from pipeline.curation.edits import EDITABLE, TOLLS, family, show_cell
from pipeline.model import Incident, Report
from pipeline.tables.decision import Decided

SPOKEN = {  # the columns whose words the incident itself keeps
    "days": "date_text",
    "date_basis": "date_text",
    "target_type": "target_text",
    "target_text": "target_text",
}
PLACES = frozenset("country country_code admin1 admin2 city place_text venue geo_id point".split())
NAMES = {"days": ("date_start", "date"), "date_basis": ("date",), "target_text": ("target_type",)}  # in `Report.rules`


def list_decided(desk: Desk, rows: Sequence[Correction], before: Mapping[str, Incident]) -> list[Decided]:
    """Give each row of the log with its fate; `before` holds the incidents without the cells that people set."""
    undone, by_id = find_undone(rows), {row.row_id: row for row in rows}
    told = []
    for no, row in enumerate(rows, start=1):
        about = row
        while about.undoes:
            about = by_id[about.undoes]
        name = desk.resolve(about.incident_id) or about.incident_id
        state = "undone" if row.row_id in undone else desk.fates.get(row.row_id, "holds")
        decided = Decided(**asdict(row) | {"incident_id": name, "state": state, "no": no})
        told.append(read_cell(decided, before.get(name)))
    return told


def read_cell(decided: Decided, incident: Incident | None) -> Decided:
    """Give a decision with what the machine reads in its cell, the words it reads it from and the rule."""
    column = decided.column
    if incident is None or column not in EDITABLE or not (machine := show_cell(incident, column)):
        return decided
    return replace(decided, machine=machine, words=find_words(incident, column), rule=find_rule(incident, column))


def find_words(incident: Incident, column: str) -> tuple[str, ...]:
    """Give the words of the articles behind a cell: of a toll its figures', else those kept, else the sentence."""
    kind = family(column)
    if column in PLACES or kind in PLACES:
        return tuple(filter(None, (incident.facts.place.text,)))
    if kind in SPOKEN:
        return tuple(filter(None, (getattr(incident.facts, SPOKEN[kind]),)))
    if kind in TOLLS:
        measure = "killed_or_injured" if kind == "casualties" else kind
        figures = (f for r in incident.reports for f in r.figures if f.measure == measure and f.counts == "yes")
        return tuple(dict.fromkeys(figure.words for figure in figures))
    if kind in ("title", "verification", "notes"):
        return ()
    return (incident.leading.leading.sentence.text,)


def find_rule(incident: Incident, column: str) -> str:
    """Give the rule that read a cell: of a toll which figure is best, else that of the first report that has one."""
    kind = family(column)
    if kind in ("killed", "injured"):
        return str(getattr(incident.facts, kind).rule)
    names = ("city", "place") if column in PLACES or kind in PLACES else (column, *NAMES.get(kind, ()))
    return next((rule for report in incident.reports if (rule := read_rule(report, names))), "")


def read_rule(report: Report, names: Sequence[str]) -> str:
    """Give the rule of a report that read one of these, the first of them before the others."""
    rules = dict(report.rules)
    return next((rules[name] for name in names if rules.get(name)), "")
