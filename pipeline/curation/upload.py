"""Compare a table that comes back with what it said when it was taken and with what the tables say now: cell by cell.

A cell that a person changed is a change; a conflict, where the tables have moved on since; refused, where the codebook
does not allow it. A row that is not in the file takes nothing away, and a row that is new in it is no incident.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.curation.drafts import Draft, check_cells
from pipeline.curation.edits import EDITABLE, family
from pipeline.curation.upload_cells import Habits, is_same, lacks_letters, loosen, read_cell, show, unbar
from pipeline.curation.upload_days import read_days
from pipeline.curation.upload_file import KEY, Sheet
from pipeline.curation.upload_now import Cells, Now, Past
from pipeline.curation.upload_raw import Raw
from pipeline.tables.codes import list_words
from pipeline.tables.columns import INCIDENTS

FOLLOWS = {
    "date_precision": "it follows from date_start and date_end: change those",
    "killed_rule": "it says which figure holds: change killed_low, killed_best or killed_high",
    "injured_rule": "it says which figure holds: change injured_low, injured_best or injured_high",
}
FIXED = "it is read from the articles or follows from decisions, so put it back"
NEW_ROW = "The row is new: an incident comes from an article, so add the article that tells of it."
COLUMNS = {column.name: column for column in INCIDENTS.columns}


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that a person changed: what it said when it was taken, what it says in the file, and in the tables now."""

    incident_id: str
    title: str
    column: str
    was: str
    now: str
    current: str
    row: int

    @property
    def is_conflict(self) -> bool:
        """Say whether the tables have come to say something else since."""
        return self.current != self.was

    @property
    def is_older(self) -> bool:
        """Say whether the file only says what the tables said before: perhaps no one changed it."""
        return self.now == self.was


@dataclass(frozen=True, slots=True)
class Refused:
    """A changed cell that cannot be taken: why not, and the words that are allowed where it is of a list."""

    incident_id: str
    title: str
    column: str
    was: str
    now: str
    why: str
    row: int
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stray:
    """A row that belongs to no incident, and why."""

    row: int
    incident_id: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """What a file would change; `since` says what it was compared with."""

    changes: tuple[Change, ...]
    refused: tuple[Refused, ...]
    strays: tuple[Stray, ...]
    incidents: int  # of the file, that are known
    unchanged: int  # of them
    settled: int  # cells whose new value the tables have already
    left_out: int  # incidents that were taken and are not in the file
    followed: tuple[tuple[str, str], ...]  # ids that are gone, and the incidents they went into
    ignored: tuple[str, ...]  # columns that are none of ours
    since: str
    notes: tuple[str, ...] = ()

    @property
    def conflicts(self) -> int:
        """Count the changes of cells that the tables have moved on in."""
        return sum(change.is_conflict for change in self.changes)


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A row of the file that belongs to an incident: what it said when it was taken, and what the tables say now."""

    number: int
    named: str
    incident_id: str
    cells: dict[str, Raw]
    start: Cells
    current: Cells


def compare_upload(sheet: Sheet, now: Now, past: Past | None = None) -> Diff:
    """Compare a file with the tables; `past` is how the tables stood when a file that does not hold it was taken."""
    rows, strays = match_rows(sheet, now, sheet.taken or (past.cells if past else {}))
    habits = Habits(sheet.encoding, sheet.comma, find_day_first(rows))
    bare = sheet.taken is None
    found = {row: [*read_row(row, habits, bare)] for row in rows}
    repeated = {name for name, many in Counter(row.named for row in rows).items() if many > 1}
    twice = [row for row, cells in found.items() if row.named in repeated and cells]
    strays += [Stray(row.number, row.named, tell_twice(row, rows)) for row in twice]
    read = [cell for row, cells in found.items() if row not in twice for cell in cells]
    changes, refused, settled = settle(read, {row.incident_id: row.current for row in rows})
    ids = {row.named for row in rows}
    return Diff(
        changes=tuple(changes),
        refused=tuple(sorted(refused, key=lambda one: one.row)),
        strays=tuple(sorted(strays, key=lambda one: one.row)),
        incidents=len(ids),
        unchanged=len(ids - {row.named for row, cells in found.items() if cells}),
        settled=settled,
        left_out=len(set(sheet.taken) - ids) if sheet.taken else 0,
        followed=tuple(dict.fromkeys((row.named, row.incident_id) for row in rows if row.named != row.incident_id)),
        ignored=sheet.strange,
        since=past.since if bare and past else "the tables as they are" if bare else "the file as it was taken",
        notes=sheet.notes,
    )


def match_rows(sheet: Sheet, now: Now, base: Mapping[str, Cells]) -> tuple[list[Row], list[Stray]]:
    """Give the rows that belong to incidents, those of merged ones to where these went; and the others."""
    ids = {number: name_row(cells[KEY]) for number, cells in sheet.rows}
    there = now.cells(sorted({name for names in ids.values() for name in names}))
    rows, strays = list[Row](), list[Stray]()
    for number, cells in sheet.rows:
        names = ids[number]
        if not names:
            strays.append(Stray(number, "", NEW_ROW))
            continue
        name = next((name for name in names if name in there or name in base), names[0])
        other, reason = (name, "") if name in there else now.follow(name)
        there |= now.cells([other]) if other and other not in there else {}
        if other in there and (name in base or name == other):
            rows.append(Row(number, name, other, cells, base.get(name, there[other]), there[other]))
        else:
            strays.append(Stray(number, name, tell_gone(other if other in there else "", reason)))
    return rows, strays


def name_row(cell: Raw) -> tuple[str, ...]:
    """Give the ids that the first cell of a row can mean: Excel takes 2023:45 for a time and writes 2023:45:00.

    >>> name_row("2023:45:00"), name_row("'=a:0"), name_row(None)
    (('2023:45:00', '2023:45'), ("'=a:0", '=a:0'), ())
    """
    text = loosen(show(cell))
    return tuple(dict.fromkeys((text, loosen(unbar(text)), text.removesuffix(":00")))) if text else ()


def tell_gone(other: str, reason: str) -> str:
    """Say why a row belongs to no incident."""
    if other:
        return f"The incident was merged into {other} since: change that one's row."
    return f"The incident is gone ({reason})." if reason else "No incident has this id. " + NEW_ROW


def tell_twice(row: Row, rows: Sequence[Row]) -> str:
    """Say that several rows are of one incident and differ."""
    others = ", ".join(str(other.number) for other in rows if other.named == row.named and other is not row)
    return f"Row {others} is of the same incident: keep one of them. A new incident needs an article that tells of it."


def find_day_first(rows: Iterable[Row]) -> bool | None:
    """Say which of 3/4/2023 is the day, by the cells that still say what they said; None where nothing tells."""
    votes = Counter[bool]()
    for row in rows:
        for name, cell in row.cells.items():
            if COLUMNS[name].type == "date" and isinstance(cell, str) and len(days := read_days(cell)) > 1:
                votes[True] += str(days[0]) == row.start.get(name)
                votes[False] += str(days[1]) == row.start.get(name)
    return votes[True] > votes[False] if votes[True] != votes[False] else None


def read_row(row: Row, habits: Habits, bare: bool) -> Iterator[Change | Refused]:
    """Give the cells of a row that a person changed; of a `bare` file those too that the tables changed since."""
    title = row.current.get("title", "")
    for name, cell in row.cells.items():
        column, was, current = COLUMNS[name], row.start.get(name, ""), row.current.get(name, "")
        if name == KEY or cell == current == was:
            continue
        is_old, is_new = is_same(column, was, cell, habits), is_same(column, current, cell, habits)
        if is_old or is_new:
            if name in EDITABLE and was != current and (is_new or bare):
                yield Change(row.incident_id, title, name, was, current if is_new else was, current, row.number)
            continue
        try:
            now = read_changed(name, was, cell, habits)
        except ValueError as error:
            allowed = list_words(column.codes) if column.codes and name in EDITABLE else ()
            told = loosen(show(cell))
            yield Refused(row.incident_id, title, name, current, told, str(error), row.number, allowed)
            continue
        if now != was:
            yield Change(row.incident_id, title, name, was, now, current, row.number)


def read_changed(name: str, was: str, cell: Raw, habits: Habits) -> str:
    """Give what a changed cell is to say. Raises ValueError where it cannot."""
    if name not in EDITABLE:
        raise ValueError(f"{name} cannot be changed: {FOLLOWS.get(name, FIXED)}")
    if lacks_letters(was, show(cell), habits):
        raise ValueError(f"the file cannot hold all letters of “{was}”: save it as .xlsx or as CSV UTF-8")
    return read_cell(EDITABLE[name], cell, habits)


def settle(cells: Sequence[Change | Refused], there: Mapping[str, Cells]) -> tuple[list[Change], list[Refused], int]:
    """Part the changes that can be taken from those that cannot, and count those that the tables have already."""
    refused = [one for one in cells if isinstance(one, Refused)]
    open_ones = [one for one in cells if isinstance(one, Change) and one.now != one.current]
    settled = len(cells) - len(refused) - len(open_ones)
    first: dict[tuple[str, str], Change] = {}
    for one in open_ones:
        other = first.setdefault((one.incident_id, one.column), one)
        if other.now != one.now:
            refused.append(refuse(one, f"row {other.row} sets it to “{other.now}”: let both rows say the same"))
    groups: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for one in first.values():
        groups[one.incident_id, family(one.column)].append(one)
    sound = list[Change]()
    for (incident_id, _), ours in groups.items():
        if why := find_unsound(there[incident_id], ours):
            refused += [refuse(one, why) for one in ours]
        else:
            sound += ours
    return sorted(sound, key=lambda one: one.row), refused, settled


def find_unsound(current: Cells, changes: Sequence[Change]) -> str:
    """Say why an incident would not be sound with these cells of one family, "" where it would."""
    mine = [one for one in changes if not one.is_older]
    try:
        check_cells(current, [make_draft(one, "checked") for one in mine])
    except ValueError as error:
        return str(error)
    return ""


def refuse(change: Change, why: str) -> Refused:
    """Refuse a change."""
    return Refused(change.incident_id, change.title, change.column, change.was, change.now, why, change.row)


def make_draft(change: Change, reason: str) -> Draft:
    """Give the decision that takes a change; the person saw what the tables say now."""
    return Draft(change.incident_id, change.column, change.current, change.now, reason)


def make_drafts(changes: Sequence[Change], reason: str, now: Now) -> list[Draft]:
    """Give the decisions that take these changes, all for one reason.

    Raises ValueError where some of what a file changed makes no sense without the rest of it.
    """
    there = now.cells(sorted({one.incident_id for one in changes}))
    _, refused, _ = settle([replace(one, was=one.current) for one in changes], there)
    if refused:
        raise ValueError(f"{refused[0].title}: {refused[0].why}")
    return [make_draft(change, reason) for change in changes]
