"""A decision before it is signed: what it must hold to, and how one is taken back or a conflict settled.

Whatever the codebook does not allow is refused here, before anything is written, with what is allowed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.curation.decisions import Correction, drop_undone
from pipeline.curation.edits import EDITABLE, family, parse_cell, set_cells
from pipeline.model import Facts, Incident
from pipeline.tables.codes import list_words

GROUPS = ("same_as", "split_off", "not_an_incident")
LINKS = ("related_to", "not_related")
NEED_ANOTHER = ("same_as", "split_off", *LINKS)
NO_TEXT = dict.fromkeys((0, *range(0xD800, 0xE000)), "\N{REPLACEMENT CHARACTER}")  # what no file or database takes


@dataclass(frozen=True, slots=True)
class Draft:
    """A decision about one cell of an incident, or about the whole; `was` is what the person saw there."""

    incident_id: str
    column: str
    was: str
    now: str
    reason: str
    undoes: str = ""

    def tidied(self) -> "Draft":
        r"""Give it without blanks around its cells, as every reader of the log takes them, and its reason on one line.

        >>> Draft("a:0", "city", " Testa", "Oldtown ", "on the\nmap").tidied()
        Draft(incident_id='a:0', column='city', was='Testa', now='Oldtown', reason='on the map', undoes='')
        """
        was, now, reason = (text.translate(NO_TEXT).strip() for text in (self.was, self.now, self.reason))
        return Draft(
            self.incident_id.strip(), self.column.strip(), was, now, " ".join(reason.split()), self.undoes.strip()
        )


def check_draft(draft: Draft) -> None:
    """Raise ValueError with one sentence where the codebook does not allow a decision.

    >>> check_draft(Draft("a:0", "weapon", "", "gun", "seen"))
    Traceback (most recent call last):
    ValueError: weapon cannot be "gun": write one of explosives, firearms, drone, aircraft, artillery, vehicle, melee, \
incendiary, chemical, other, unknown
    >>> check_draft(Draft("a:0", "city", "Testa", "Oldtown", ""))
    Traceback (most recent call last):
    ValueError: say why: a decision needs a reason
    """
    if not draft.reason.strip():
        raise ValueError("say why: a decision needs a reason")
    if not draft.incident_id:
        raise ValueError("name the incident that the decision is about")
    if draft.column in EDITABLE:
        parse_cell(EDITABLE[draft.column], draft.now)
    elif draft.column not in WHOLE:
        raise ValueError(f"no person sets a column {draft.column}")
    else:
        WHOLE[draft.column](draft)
    if draft.undoes and draft.column != "undo":
        raise ValueError("only a decision undo names the row that it undoes")


def check_accepted(draft: Draft) -> None:
    """Refuse to accept into anything but `accepted`."""
    if draft.now != "accepted":
        raise ValueError(f'accepted cannot be "{draft.now}": write accepted')


def check_undo(draft: Draft) -> None:
    """Refuse an undo of nothing."""
    if not draft.undoes:
        raise ValueError("name the row to undo")


def check_group(draft: Draft) -> None:
    """Refuse a decision about two incidents, or a report, that names none."""
    other, _, relation = draft.now.partition(" | ")
    if draft.column in NEED_ANOTHER and not other:
        what = "the report" if draft.column == "split_off" else "the other incident"
        raise ValueError(f"{draft.column} needs the id of {what}")
    if other == draft.incident_id and draft.column != "split_off":
        raise ValueError(f"{draft.column} cannot name the incident itself")
    if relation and (draft.column not in LINKS or relation not in list_words("relation")):
        raise ValueError(f'relation cannot be "{relation}": write one of {", ".join(list_words("relation"))}')


WHOLE: Mapping[str, Callable[[Draft], None]] = {
    "accepted": check_accepted,
    "undo": check_undo,
    **dict.fromkeys((*GROUPS, *LINKS), check_group),
}


def check_cells(row: Mapping[str, str], drafts: Iterable[Draft]) -> None:
    """Raise ValueError where drafts about one incident would leave it unsound: days backwards, half a point.

    `row` gives its cells as the CSV writes them; cells that belong together are checked together.

    >>> check_cells({"date_start": "2021-05-05", "date_end": "2021-05-05"},
    ...     [Draft("a:0", "date_end", "2021-05-05", "2021-05-01", "typo")])
    Traceback (most recent call last):
    ValueError: date_start 2021-05-05 would come after date_end 2021-05-01
    """
    incident = Incident(incident_id="", title="", facts=Facts(), reports=())
    stands: dict[str, dict[str, str]] = {}
    for name in EDITABLE:
        stands.setdefault(family(name), {})[name] = row.get(name, "")
    decided = {draft.column: draft.now for draft in drafts if draft.column in EDITABLE}
    for kind in dict.fromkeys(map(family, decided)):
        new = {name: now for name, now in decided.items() if family(name) == kind}
        told = set_cells(
            incident, {n: parse_cell(EDITABLE[n], text) for n, text in stands[kind].items() if text or kind == "days"}
        )
        set_cells(told, {name: parse_cell(EDITABLE[name], now) for name, now in new.items()})


def undo(row: Correction, reason: str) -> Draft:
    """Take back a decision; an undo can itself be undone, which brings the decision back."""
    return Draft(row.incident_id, "undo", "", "", reason, row.row_id)


def undo_all(rows: Sequence[Correction], row: Correction, reason: str) -> list[Draft]:
    """Take back all that was decided in one go with `row`, the last first."""
    batch = row.row_id.partition(".")[0]
    return [undo(one, reason) for one in reversed(drop_undone(rows)) if one.row_id.partition(".")[0] == batch]


def keep_persons(row: Correction, machine: str, reason: str) -> list[Draft]:
    """Settle a conflict for the person: the cell keeps its value, now knowing what the machine reads."""
    return [Draft(row.incident_id, row.column, machine, row.now, reason)]


def take_machines(rows: Sequence[Correction], row: Correction, reason: str) -> list[Draft]:
    """Settle a conflict for the machine: all that holds of what people set in that cell is taken back.

    Undoing the last row alone would bring back the person before.
    """
    return [
        undo(one, reason)
        for one in reversed(drop_undone(rows))
        if (one.incident_id, one.column) == (row.incident_id, row.column)
    ]


def find_newer(rows: Sequence[Correction], drafts: Iterable[Draft], seen: str) -> list[Correction]:
    """Give the rows about the cells of `drafts` that came after the row `seen`, the last that the person saw.

    An undo is about the cell of the row that it undoes.
    """
    by_id = {row.row_id: row for row in rows}
    turn = next((no for no, row in enumerate(rows) if row.row_id == seen), -1)

    def cell(incident_id: str, column: str, undoes: str) -> tuple[str, str]:
        while column == "undo" and undoes in by_id:
            incident_id, column, undoes = by_id[undoes].incident_id, by_id[undoes].column, by_id[undoes].undoes
        return incident_id, column

    about = {cell(draft.incident_id, draft.column, draft.undoes) for draft in drafts}
    return [row for row in rows[turn + 1 :] if cell(row.incident_id, row.column, row.undoes) in about]
