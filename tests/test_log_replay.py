"""A thousand random sequences of merging, splitting, editing, rejecting, linking and undoing, replayed from the log.

Whatever people do and take back, every id that was ever shown still opens, and undoing all leaves no trace but the log.
"""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.curation.corrections import Corrected, apply_corrections
from pipeline.curation.decisions import Correction, drop_undone, load_corrections
from pipeline.curation.drafts import Draft, check_draft, undo
from pipeline.curation.edits import show_cell
from pipeline.curation.ids import Assigned, Registry, Sighting
from pipeline.curation.log import write_log
from pipeline.curation.people import Person
from pipeline.curation.regroup import Regroup
from pipeline.curation.signing import sign
from pipeline.model import Count, Removed, Story
from pipeline.tables.columns import TABLES
from pipeline.tables.rows import Edition, Row, list_rows
from tests.newsroom import article, facts, report

ANA, BEN = Person("Ana", True, "single user"), Person("Ben", True, "signed in")
NAMES = "abcdefg"
ARTICLES = [article(name) for name in NAMES]
STORIES = [Story(article_id=n, story_id="b" if n == "c" else n, copy_of="b" if n == "c" else "") for n in NAMES]
REGROUP = Regroup({a.article_id: a for a in ARTICLES}, {s.article_id: s for s in STORIES})
REPORTS = {
    n: replace(report(n), facts=replace(facts(), killed=Count(no, no, no, "exact"))) for no, n in enumerate(NAMES)
}
# c copies b; the id f:0 went into d:0 earlier, z:9 is no longer read, and g was seen later.
MACHINE = {"a:0": "abc", "d:0": "df", "e:0": "e", "g:0": "g"}
SEEN = [Sighting(f"{n}:{at}", (n, at), "", "1") for n, at in (("a", 0), ("d", 0), ("f", 0), ("e", 0), ("z", 9))]
SEEN += [Sighting("f:0", None, "d:0", "2"), Sighting("g:0", ("g", 0), "", "2")]
GONE = [
    Removed(incident_id="f:0", reason="merged", merged_into="d:0", since="2"),
    Removed(incident_id="z:9", reason="withdrawn"),
]
INCIDENTS = [replace(REGROUP.merge([REPORTS[n] for n in names]), incident_id=name) for name, names in MACHINE.items()]
CELLS = [("killed_best", "5"), ("killed_low", ""), ("killed_high", "9"), ("city", "Oldtown"), ("city", "Testa"),
         ("date_end", "2021-05-09"), ("event_type", "shooting"), ("title", "Ours")]  # fmt: skip
WHICH = st.integers(0, 30)
MOVES = st.one_of(
    st.tuples(st.sampled_from(["merge", "split", "split", "link", "part"]), WHICH, WHICH),
    st.tuples(st.just("edit"), WHICH, st.sampled_from(CELLS)),
    st.tuples(st.sampled_from(["reject", "accept", "undo", "undo", "undo"]), WHICH, st.none()),
)


def replay(rows: list[Correction]) -> Corrected:
    """What the log gives, from scratch."""
    return apply_corrections(Assigned(INCIDENTS, Registry(tuple(SEEN)), GONE, {}), rows, REGROUP)


def tables(done: Corrected) -> dict[str, list[Row]]:
    """The published tables."""
    records = Edition(articles=ARTICLES, stories=STORIES, incidents=done.incidents, issues=done.issues,
                      removed=done.removed, decisions=done.decisions)  # fmt: skip
    return {table.name: list_rows(table, records) for table in TABLES}


def decide(move: tuple[str, int, object], shown: list[str], now: Corrected, rows: list[Correction]) -> Draft | None:
    """Give what a person decides who sees these tables, or saw earlier ones: the ids may be old."""
    what, which, more = move
    name = shown[which % len(shown)]
    there = {incident.incident_id: incident for incident in now.incidents}
    other = list(there)[more % len(there)] if isinstance(more, int) and there else "nobody:0"
    incident = there.get(name)
    if what == "undo":
        return undo(holding[which % len(holding)], "no") if (holding := still_standing(rows)) else None
    if what == "split":
        reports = [r.report_id for r in incident.reports] if incident else ["b:0"]
        return Draft(name, "split_off", "", reports[which % len(reports)], "two acts")
    if what == "edit" and isinstance(more, tuple):
        return Draft(name, more[0], show_cell(incident, more[0]) if incident else "", more[1], "as I saw")
    kinds = {"merge": "same_as", "link": "related_to", "part": "not_related", "reject": "not_an_incident"}
    if what in ("reject", "accept"):
        return Draft(name, kinds.get(what, "accepted"), "", "" if what == "reject" else "accepted", "so it is")
    return Draft(name, kinds[what], "", other, "seen") if name != other else None


def still_standing(rows: list[Correction]) -> list[Correction]:
    """The rows that can be undone, undoings too."""
    held = {row.row_id for row in drop_undone(rows)}
    return [r for r in rows if r.row_id in held or (r.column == "undo" and is_last_undo(r, rows))]


def is_last_undo(row: Correction, rows: list[Correction]) -> bool:
    """Tell whether an undo is not itself undone."""
    return not any(later.undoes == row.row_id for later in rows)


def opens(name: str, done: Corrected) -> bool:
    """Tell whether an id is an incident, or leads to one, or says that it was rejected or withdrawn."""
    there = {incident.incident_id for incident in done.incidents}
    gone = {removed.incident_id: removed for removed in done.removed}
    assert len(gone) == len(done.removed), "an id is gone once"
    assert not there & set(gone), "an id is there or gone"
    for _ in range(len(gone) + 1):
        if name in there:
            return True
        if name not in gone:
            return False
        if gone[name].reason != "merged":
            return True
        name = gone[name].merged_into
    return False


def read_back(rows: list[Correction]) -> list[Correction]:
    """The rows after a way through the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "corrections.csv"
        path.write_bytes(write_log(rows).encode())
        return load_corrections(path)


def tell(rows: list[Correction]) -> list[str]:
    """The log in short, for a message."""
    number = {row.row_id: no for no, row in enumerate(rows)}
    return [f"{number[r.row_id]}: {r.incident_id} {r.column} {r.now}{number.get(r.undoes, '')}" for r in rows]


SEQUENCES = st.lists(MOVES, min_size=1, max_size=12)
Sequence = list[tuple[str, int, object]]


@settings(max_examples=200, deadline=None, database=None)
@given(moves=SEQUENCES)
def test_the_log_alone_gives_the_tables_and_every_id_opens(moves: Sequence) -> None:
    follow(moves)


@pytest.mark.soak
@settings(max_examples=1_000, deadline=None, database=None)
@given(moves=SEQUENCES)
def test_a_thousand_sequences_do(moves: Sequence) -> None:
    follow(moves)


def follow(moves: Sequence) -> None:
    """Decide as told, then look at all that must hold."""
    rows, now = list[Correction](), replay([])
    shown = [*(incident.incident_id for incident in now.incidents), "f:0", "z:9"]
    for no, move in enumerate(moves):
        if draft := decide(move, shown, now, rows):
            check_draft(draft)
            rows += sign([draft], (ANA, BEN)[no % 2], rows, None, None)
            now = replay(rows)
            shown += [i.incident_id for i in now.incidents if i.incident_id not in shown]
    lost = [name for name in shown if not opens(name, now)]
    assert not lost, f"{lost} were shown, and open no more after {tell(rows)}"
    again = replay(read_back(rows))
    assert again == now
    if len(rows) % 5 == 0:  # equal records give equal tables: seen in some, which takes as long as all the rest
        assert tables(again) == tables(now)
    assert [one.row_id for one in now.decisions] == [row.row_id for row in rows], "each decision has its fate"
    told = [r.report_id for i in now.incidents for r in i.reports]
    assert len(told) == len(set(told)), f"a report is in two incidents after {tell(rows)}"
    if not any(removed.reason == "rejected" for removed in now.removed):
        assert len(told) == len(NAMES), f"a report is lost after {tell(rows)}"
    assert_no_trace(rows)


def assert_no_trace(rows: list[Correction]) -> None:
    """Undo all that stands, the last first, and find the machine's incidents again, every id still opening."""
    shown = [i.incident_id for i in replay(rows).incidents]
    undone = list(rows)
    for row in reversed(drop_undone(rows)):
        undone += sign([undo(row, "all of it")], BEN, undone, None, None)
    after = replay(undone)
    assert after.incidents == replay([]).incidents, f"something is left of {tell(undone)}"
    assert after.issues == []
    assert all(opens(name, after) for name in shown)
    assert {one.state for one in after.decisions} <= {"undone", "holds"}
