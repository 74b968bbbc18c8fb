"""What a person decided survives every rebuild, and shows where the machine has come to read something else."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.curation.corrections import Corrected, apply_corrections
from pipeline.curation.decisions import COLUMNS, Correction, load_corrections
from pipeline.curation.edits import EDITABLE, show_cell
from pipeline.curation.ids import Assigned, Registry, Sighting
from pipeline.curation.ledger import write_ledger
from pipeline.curation.regroup import Regroup
from pipeline.model import Count, Days, Facts, Incident, Issue, Place, Removed, Story
from pipeline.text.words import SEEDS, SeedError
from tests.newsroom import FIRST, TESTA, article, facts, report

HEAD = ",".join(COLUMNS)


def row(column: str, was: str = "", now: str = "", **more: str) -> Correction:
    known = {"row_id": f"{column}={now}", "at": "2024-03-05T10:00:00", "incident_id": "a:0", "reason": "", "by": "ana"}
    return Correction(**({"column": column, "was": was, "now": now, "undoes": ""} | known | more))


def incident(name: str = "a", **changes: object) -> Incident:
    told = replace(report(name), facts=replace(facts(), **changes))  # type: ignore[arg-type]
    return Incident(incident_id=f"{name}:0", title="Bombing in Testa", facts=told.facts, reports=(told,))


def correct(*rows: Correction, incidents: tuple[Incident, ...] = (), registry: Registry | None = None) -> Corrected:
    incidents = incidents or (incident(),)
    names = sorted({r.article_id for i in incidents for r in i.reports})
    stories = {name: Story(article_id=name, story_id=name) for name in names}
    regroup = Regroup({name: article(name) for name in names}, stories)
    assigned = Assigned(list(incidents), registry or Registry(), [], {})
    return apply_corrections(assigned, rows, regroup)


def left(done: Corrected) -> Corrected:
    """What is left, without the fates of the decisions."""
    return replace(done, decisions=[])


def cells(done: Corrected, *names: str) -> list[str]:
    return [show_cell(done.incidents[0], name) for name in names]


def test_without_corrections_nothing_changes() -> None:
    assert left(correct()) == Corrected([incident()], [], [])


def test_a_cell_is_set_and_signed() -> None:
    done = correct(row("city", "Testa", "Oldtown"))
    (after,) = done.incidents
    assert after.facts.place == replace(TESTA, city="Oldtown"), "the point stays: a person sets it in cells of its own"
    assert (after.review_state, after.reviewer, after.reviewed_on) == ("edited", "ana", "2024-03-05")
    assert after.corrected == ("city",)
    assert done.issues == []


def test_the_title_follows_the_cells() -> None:
    assert "Oldtown" in correct(row("city", "Testa", "Oldtown")).incidents[0].title


@pytest.mark.parametrize("was", ["Bombing in Testa", "Bombing in Oldtown"])
def test_a_title_may_be_set_before_or_after_what_it_is_made_of(was: str) -> None:
    done = correct(row("city", "Testa", "Oldtown"), row("title", was, "The Oldtown bomb"))
    assert (done.incidents[0].title, done.issues) == ("The Oldtown bomb", [])


def test_what_the_machine_has_learnt_meanwhile_needs_no_correction() -> None:
    done = correct(row("city", "Oldtown", "Testa"))
    assert left(done) == Corrected([incident()], [], [])


def test_a_person_stands_where_the_machine_reads_something_new() -> None:
    done = correct(row("city", "Oldtown", "Newtown"))
    (after,) = done.incidents
    assert (after.facts.place.city, after.review_state, after.corrected) == ("Newtown", "conflict", ("city",))
    assert after.notes == "city: ana set “Newtown” on 2024-03-05, the articles now give “Testa”."
    (issue,) = done.issues
    assert (issue.kind, issue.incident_id, issue.words) == ("stale_correction", "a:0", "city: Testa")
    assert "made when the cell showed “Oldtown”" in issue.message
    assert "undo row city=Newtown" in issue.to_do


@pytest.mark.parametrize(
    "settling",
    [
        row("city", "Testa", "Newtown", row_id="2"),
        row("accepted", "conflict", "accepted", row_id="2"),
        row("undo", undoes="1", row_id="2"),
    ],
)
def test_a_conflict_can_be_settled(settling: Correction) -> None:
    done = correct(row("city", "Oldtown", "Newtown", row_id="1"), settling)
    assert done.issues == []
    assert done.incidents[0].review_state != "conflict"
    assert done.incidents[0].facts.place.city == ("Testa" if settling.column == "undo" else "Newtown")


def test_an_acceptance_from_before_the_correction_settles_nothing() -> None:
    done = correct(row("accepted", "conflict", "accepted"), row("city", "Oldtown", "Newtown"))
    assert done.incidents[0].review_state == "conflict"


def test_the_last_decision_about_a_cell_holds() -> None:
    done = correct(row("city", "Testa", "Oldtown"), row("city", "Oldtown", "Newtown", by="ben"))
    assert cells(done, "city") == ["Newtown"]
    assert (done.incidents[0].reviewer, done.issues) == ("ben", [])


def test_an_undone_row_is_as_if_it_had_never_been() -> None:
    first = row("city", "Testa", "Oldtown", row_id="1")
    undo = row("undo", row_id="2", undoes="1", incident_id="")
    assert left(correct(first, undo)) == Corrected([incident()], [], [])
    undo_of_undo = row("undo", row_id="3", undoes="2")
    assert correct(first, undo, undo_of_undo).incidents == correct(first).incidents


def test_accepted_then_edited_is_edited_and_the_other_way_round() -> None:
    accept, edit = row("accepted", "suggested", "accepted"), row("city", "Testa", "Oldtown")
    assert correct(accept).incidents[0].review_state == "accepted"
    assert correct(accept, edit).incidents[0].review_state == "edited"
    assert correct(edit, accept).incidents[0].review_state == "accepted"


@pytest.mark.parametrize(
    ("rows", "days", "precision"),
    [
        ([row("date_start", "2021-05-05", "2021-05-04")], "2021-05-04/2021-05-05", "days"),
        ([row("date_start", "2021-05-05", "2022-01-01"), row("date_end", "2021-05-05", "2022-12-31")],
         "2022-01-01/2022-12-31", "year"),
        ([row("date_end", "2021-05-05", "2022-12-31"), row("date_start", "2021-05-05", "2022-12-31")],
         "2022-12-31", "day"),
    ],
)  # fmt: skip
def test_dates_are_set_together_and_their_precision_follows(rows: list[Correction], days: str, precision: str) -> None:
    done = correct(*rows)
    said = done.incidents[0].facts.days
    assert said == Days.parse(days)
    assert said and said.precision == precision


def test_dates_can_be_taken_away_and_given() -> None:
    emptied = correct(row("date_start", "2021-05-05", ""), row("date_end", "2021-05-05", ""))
    assert emptied.incidents[0].facts.days is None
    given = correct(row("date_start", "", "2021-05-05"), incidents=(incident(days=None),))
    assert given.incidents[0].facts.days == Days.parse("2021-05-05")


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ([row("date_end", "2021-05-05", "2021-05-01")], "date_start 2021-05-05 would come after date_end 2021-05-01"),
        ([row("date_end", "2021-05-05", "")], "date_start and date_end are both empty or neither is"),
        ([row("date_start", "2021-05-05", "last week")], 'date_start cannot be "last week": write a day as YYYY-MM-DD'),
        ([row("latitude", "34.5", "")], "latitude and longitude are both empty or neither is"),
        ([row("latitude", "34.5", "99")], "is no place on earth"),
        ([row("latitude", "34.5", "0"), row("longitude", "-69.12346", "0")], "is no place on earth"),
        ([row("latitude", "34.5", "nan")], 'latitude cannot be "nan": write a number'),
        ([row("killed_low", "3", "5")], "low, best and high would be out of order: 5, 3"),
        ([row("killed_low", "3", "-1")], 'killed_low cannot be "-1": write a whole number'),
        ([row("killed_low", "3", "3.0")], 'killed_low cannot be "3.0": write a whole number'),
        ([row("weapon", "explosives", "gun")], 'weapon cannot be "gun": write one of explosives, firearms'),
        ([row("event_type", "bombing", "")], "event_type cannot be empty"),
        ([row("n_stories", "1", "2")], "no person sets a column n_stories"),
        ([row("town", "", "Testa")], "no person sets a column town"),
        ([row("date_precision", "day", "week")], "no person sets a column date_precision"),
        ([row("city", "Testa", "Oldtown", incident_id="z:9")], "z:9 does not exist"),
        ([row("same_as", now="z:9")], "z:9 does not exist"),
        ([row("split_off", now="z:9")], "no report z:9 is read any more"),
        ([row("related_to", now="a:0 | near")], 'relation cannot be "near"'),
    ],
)  # fmt: skip
def test_a_row_that_fits_nothing_is_left_out_and_listed(rows: list[Correction], what: str) -> None:
    done = correct(*rows)
    assert done.incidents == [incident()]
    assert {issue.kind for issue in done.issues} == {"stale_correction"}
    assert what in done.issues[0].message
    assert done.issues[0].message.startswith(f"Correction {rows[0].row_id} is left out: ")
    assert done.issues[0].to_do


def test_an_incident_that_is_no_longer_read_is_named_as_such() -> None:
    registry = Registry((Sighting("old:7", ("old", 7), "", "1"),))
    done = correct(row("city", "Testa", "Oldtown", incident_id="old:7"), registry=registry)
    assert "old:7 is no longer read" in done.issues[0].message


def test_a_wrong_row_does_not_spoil_the_others() -> None:
    done = correct(row("weapon", "explosives", "gun"), row("city", "Testa", "Oldtown"))
    assert cells(done, "city", "weapon") == ["Oldtown", "explosives"]
    assert done.incidents[0].corrected == ("city",)


@pytest.mark.parametrize(
    ("numbers", "state"),
    [
        (("4", "4", "4"), "exact"),
        (("4", "5", "6"), "exact"),
        (("4", "4", ""), "open_high"),
        (("", "", "9"), "open_low"),
        (("4", "", ""), "vague"),
        (("0", "0", "0"), "stated_zero"),
        (("", "", ""), "not_stated"),
    ],
)
def test_a_corrected_toll_says_how_firm_it_is(numbers: tuple[str, str, str], state: str) -> None:
    parts = ("killed_low", "killed_best", "killed_high")
    start = incident(killed=Count(3, 3, 7, "conflicting", "majority"))
    done = correct(*(row(p, was, now) for p, was, now in zip(parts, "337", numbers, strict=True)), incidents=(start,))
    assert cells(done, *parts, "killed_state") == [*numbers, state]
    assert done.incidents[0].facts.killed.rule == "analyst"
    assert done.issues == []


@pytest.mark.parametrize("was", ["open_high", "exact"])
def test_a_person_may_say_how_firm_a_toll_is(was: str) -> None:
    done = correct(row("killed_high", "", "3"), row("killed_state", was, "approximate"))
    assert cells(done, "killed_high", "killed_state") == ["3", "approximate"]
    assert done.issues == []


def test_a_place_that_is_only_a_country_loses_its_point() -> None:
    done = correct(row("geo_precision", "city", "country"))
    assert cells(done, "latitude", "longitude", "geo_radius_km") == ["", "", ""]


def test_a_point_is_set_with_its_precision() -> None:
    nowhere = incident(place=Place(country="Testland", precision="country"))
    alone = correct(row("latitude", "", "1.5"), row("longitude", "", "2.5"), incidents=(nowhere,))
    assert "a point needs a geo_precision" in alone.issues[0].message
    done = correct(row("latitude", "", "1.50"), row("longitude", "", "2.5"), row("geo_precision", "country", "site"),
                   incidents=(nowhere,))  # fmt: skip
    assert cells(done, "latitude", "longitude", "geo_precision") == ["1.5", "2.5", "site"]


def test_every_editable_cell_can_be_set_to_what_it_shows() -> None:
    rows = [row(name, show_cell(incident(), name), show_cell(incident(), name)) for name in EDITABLE]
    assert left(correct(*rows)) == Corrected([incident()], [], [])


def test_incidents_that_are_the_same_become_one() -> None:
    one, other = incident("a"), incident("b")
    done = correct(row("same_as", now="b:0"), incidents=(one, other))
    (after,) = done.incidents
    assert after.incident_id == "b:0"
    assert {r.article_id for r in after.reports} == {"a", "b"}
    assert (after.n_articles, after.n_stories, after.verification) == (2, 2, "corroborated")
    assert (after.review_state, after.reviewer) == ("edited", "ana")
    assert done.removed == [Removed(incident_id="a:0", reason="merged", merged_into="b:0", since="2024-03-05")]


def test_corrections_of_an_incident_follow_it_into_another() -> None:
    rows = (row("city", "Testa", "Oldtown"), row("same_as", now="b:0"))
    done = correct(*rows, incidents=(incident("a"), incident("b")))
    assert cells(done, "city") == ["Oldtown"]


def test_merging_in_a_chain_and_in_a_circle() -> None:
    three = (incident("a"), incident("b"), incident("c"))
    rows = (row("same_as", now="b:0"), row("same_as", now="c:0", incident_id="b:0"),
            row("same_as", now="a:0", incident_id="c:0"))  # fmt: skip
    done = correct(*rows, incidents=three)
    assert [i.incident_id for i in done.incidents] == ["c:0"]
    assert [(r.incident_id, r.merged_into) for r in done.removed] == [("a:0", "c:0"), ("b:0", "c:0")]
    assert done.issues == []


def test_an_id_that_the_registry_merged_still_names_its_incident() -> None:
    registry = Registry((Sighting("a:0", ("a", 0), "", "1"), Sighting("b:0", ("b", 0), "", "1"),
                         Sighting("b:0", None, "a:0", "2")))  # fmt: skip
    done = correct(row("city", "Testa", "Oldtown", incident_id="b:0"), registry=registry)
    assert (cells(done, "city"), done.issues) == (["Oldtown"], [])


def both() -> Incident:
    one, other = incident("a"), incident("b")
    return replace(one, reports=(*one.reports, *other.reports), n_articles=2, n_stories=2)


def test_a_report_of_another_incident_is_split_off() -> None:
    done = correct(row("split_off", now="b:0"), incidents=(both(),))
    assert [(i.incident_id, [r.article_id for r in i.reports]) for i in done.incidents] == [
        ("a:0", ["a"]),
        ("b:0", ["b"]),
    ]
    assert {i.review_state for i in done.incidents} == {"edited"}


def test_splitting_off_the_report_that_gave_the_name_leaves_the_name() -> None:
    done = correct(row("split_off", now="a:0"), incidents=(both(),))
    assert [(i.incident_id, [r.article_id for r in i.reports]) for i in done.incidents] == [
        ("a:0", ["b"]),
        ("a:0~2", ["a"]),
    ]


def test_a_copy_is_split_off_with_its_original() -> None:
    stories = {name: Story(article_id=name, story_id="b" if name != "a" else "a", copy_of="b" if name == "c" else "")
               for name in "abc"}  # fmt: skip
    one = incident("a")
    three = replace(one, reports=tuple(r for name in "abc" for r in incident(name).reports))
    assigned = Assigned([three], Registry(), [], {})
    regroup = Regroup({name: article(name) for name in "abc"}, stories)
    done = apply_corrections(assigned, [row("split_off", now="b:0")], regroup)
    assert [{r.article_id for r in i.reports} for i in done.incidents] == [{"a"}, {"b", "c"}]


def test_what_the_machine_has_split_meanwhile_stays_so() -> None:
    apart = (incident("a"), incident("b"))
    done = correct(row("split_off", now="b:0"), incidents=apart)
    unused = Removed(incident_id="b:0~2", reason="merged", merged_into="b:0", since="2024-03-05")
    assert left(done) == Corrected(list(apart), [], [unused]), "the id that the row would give leads there too"
    assert [one.state for one in done.decisions] == ["agrees"]


def test_what_is_no_incident_goes_and_takes_its_corrections_along() -> None:
    rows = (row("not_an_incident"), row("city", "Testa", "Oldtown"))
    linked = replace(incident("b"), related_ids=("a:0",), relation=("follow_up",))
    done = correct(*rows, incidents=(incident("a"), linked))
    assert [(i.incident_id, i.related_ids) for i in done.incidents] == [("b:0", ())]
    assert done.removed == [Removed(incident_id="a:0", reason="rejected", since="2024-03-05")]
    assert done.issues == []


def test_what_was_no_incident_does_not_take_along_what_it_became_a_part_of() -> None:
    rows = (row("split_off", now="b:0", row_id="1"), row("not_an_incident", incident_id="b:0"),
            row("undo", undoes="1", row_id="2"))  # fmt: skip
    apart = correct(*rows[:2], incidents=(both(),))
    assert [i.incident_id for i in apart.incidents] == ["a:0"]
    done = correct(*rows, incidents=(both(),))
    assert [(i.incident_id, len(i.reports)) for i in done.incidents] == [("a:0", 2)]
    assert done.removed == [Removed(incident_id="b:0", reason="merged", merged_into="a:0", since="2024-03-05")]
    assert "b:0 is now a part of a:0" in done.issues[0].message


def test_a_rejected_incident_takes_no_more_decisions_not_even_through_a_report_that_left_it() -> None:
    rows = (row("split_off", now="a:0"), row("not_an_incident"), row("city", "Testa", "Oldtown"))
    done = correct(*rows, incidents=(both(),))
    assert [(i.incident_id, i.facts.place.city) for i in done.incidents] == [("a:0~2", "Testa")]
    assert [one.state for one in done.decisions] == ["holds", "holds", "overtaken"]


def test_what_a_person_split_off_keeps_its_id_when_the_machine_split_and_merged_it_meanwhile() -> None:
    registry = Registry((Sighting("a:0", ("a", 0), "", "1"), Sighting("b:0", ("b", 0), "", "2"),
                         Sighting("b:0", None, "a:0", "3")))  # fmt: skip
    rows = (row("split_off", now="b:0"), row("city", "Testa", "Oldtown", incident_id="b:0"))
    gone = Removed(incident_id="b:0", reason="merged", merged_into="a:0", since="3")
    regroup = Regroup({name: article(name) for name in "ab"}, {})
    done = apply_corrections(Assigned([both()], registry, [gone], {}), rows, regroup)
    assert [(i.incident_id, i.facts.place.city) for i in done.incidents] == [("a:0", "Testa"), ("b:0", "Oldtown")]
    assert done.removed == []


@pytest.mark.parametrize(
    ("rows", "states"),
    [
        ([row("city", "Testa", "Oldtown")], ["holds"]),
        ([row("city", "Oldtown", "Testa")], ["agrees"]),
        ([row("city", "Oldtown", "Newtown")], ["conflict"]),
        ([row("city", "Testa", "Oldtown"), row("city", "Oldtown", "Newtown")], ["overtaken", "holds"]),
        ([row("city", "Testa", "Oldtown", row_id="1"), row("undo", undoes="1")], ["undone", "holds"]),
        ([row("weapon", "explosives", "gun")], ["left_out"]),
        ([row("killed_low", "3", "9")], ["left_out"]),
        ([row("city", "Testa", "Oldtown", incident_id="z:9")], ["left_out"]),
        ([row("not_an_incident"), row("city", "Testa", "Oldtown")], ["holds", "overtaken"]),
        ([row("accepted", "suggested", "accepted")], ["holds"]),
        ([row("same_as", now="b:0"), row("same_as", now="b:0", row_id="2")], ["holds", "agrees"]),
        ([row("related_to", now="b:0"), row("not_related", now="b:0")], ["overtaken", "holds"]),
        ([row("split_off", now="a:0")], ["agrees"]),
    ],
)
def test_each_decision_has_its_fate(rows: list[Correction], states: list[str]) -> None:
    done = correct(*rows, incidents=(incident("a"), incident("b")))
    assert [one.state for one in done.decisions] == states
    assert [one.no for one in done.decisions] == list(range(1, len(rows) + 1))


@pytest.mark.parametrize(
    ("column", "now", "machine", "words", "rule"),
    [
        ("city", "Oldtown", "Testa", ("in Testa",), "in_place"),
        ("latitude", "1.5", "34.5", ("in Testa",), "in_place"),
        ("date_end", "2021-05-06", "2021-05-05", ("on 5 May 2021",), "day_month_year"),
        ("killed_low", "2", "3", ("three",), "latest_independent"),
        ("weapon", "firearms", "explosives", (FIRST,), ""),
        ("venue", "the market", "", (), ""),
        ("title", "Ours", "Bombing in Testa", (), ""),
    ],
)
def test_a_decision_stands_beside_what_the_machine_reads(
    column: str, now: str, machine: str, words: tuple[str, ...], rule: str
) -> None:
    (decided,) = correct(row(column, machine, now)).decisions
    assert (decided.machine, decided.words, decided.rule) == (machine, words, rule)


def test_a_decision_is_told_under_the_id_that_its_incident_has_now() -> None:
    rows = (row("city", "Testa", "Oldtown", row_id="1"), row("same_as", now="b:0", row_id="2"),
            row("undo", undoes="1", incident_id=""))  # fmt: skip
    done = correct(*rows, incidents=(incident("a"), incident("b")))
    assert [(one.incident_id, one.state) for one in done.decisions] == [
        ("b:0", "undone"), ("b:0", "holds"), ("b:0", "holds")
    ]  # fmt: skip


def test_links_are_made_and_parted() -> None:
    two = (incident("a"), incident("b"))
    linked = correct(row("related_to", now="b:0"), incidents=two)
    assert [(i.related_ids, i.relation) for i in linked.incidents] == [
        (("b:0",), ("same_operation",)),
        (("a:0",), ("same_operation",)),
    ]
    one_way = correct(row("related_to", now="b:0 | follow_up"), incidents=two)
    assert [(i.related_ids, i.relation) for i in one_way.incidents] == [(("b:0",), ("follow_up",)), ((), ())]
    parted = correct(row("not_related", now="b:0"), incidents=tuple(linked.incidents))
    assert [i.related_ids for i in parted.incidents] == [(), ()]


def test_the_registry_s_removed_ids_follow_the_merges_of_people() -> None:
    registry = Registry((Sighting("a:0", ("a", 0), "", "1"), Sighting("z:0", ("z", 0), "", "1"),
                         Sighting("z:0", None, "a:0", "2")))  # fmt: skip
    gone = Removed(incident_id="z:0", reason="merged", merged_into="a:0", since="2")
    assigned = Assigned([incident("a"), incident("b")], registry, [gone], {})
    regroup = Regroup({name: article(name) for name in "ab"}, {})
    done = apply_corrections(assigned, [row("same_as", now="b:0")], regroup)
    assert {r.incident_id: r.merged_into for r in done.removed} == {"z:0": "b:0", "a:0": "b:0"}


GOOD = "1,2024-03-05,a:0,city,Testa,Oldtown,on the map,ana,"


def load(tmp_path: Path, text: str) -> list[Correction]:
    path = tmp_path / "corrections.csv"
    path.write_bytes(text.encode("utf-8"))
    return load_corrections(path)


def test_corrections_are_read_in_order(tmp_path: Path) -> None:
    read = load(tmp_path, f"{HEAD}\n{GOOD}\n2,2024-03-05T09:30:00+01:00,,undo,,,,ana,1\n")
    assert [(r.row_id, r.day, r.undoes) for r in read] == [("1", "2024-03-05", ""), ("2", "2024-03-05", "1")]
    assert write_ledger(COLUMNS, [[getattr(read[0], c) for c in COLUMNS]]) == f"{HEAD}\n{GOOD}\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("row_id,at\n", "line 1: the header is"),
        ("", "line 1: the header is"),
        (f"{HEAD}\n1,2024-03-05,a:0\n", "line 2: the row has 3 cells, the header 9"),
        (f"{HEAD}\n{GOOD}\n{GOOD}\n", 'line 3: the row_id "1" is used above'),
        (f"{HEAD}\n{GOOD.replace('2024-03-05', '5 March')}\n", 'line 2: at is "5 March": write a day as YYYY-MM-DD'),
        (f"{HEAD}\n{GOOD.replace('2024-03-05', '2024-02-30')}\n", 'line 2: at is "2024-02-30"'),
        (f"{HEAD}\n{GOOD.replace('ana', '')}\n", 'line 2: the cell "by" is empty'),
        (f"{HEAD}\n{GOOD.replace('a:0', '')}\n", 'line 2: the cell "incident_id" is empty'),
        (f"{HEAD}\n1,2024-03-05,,undo,,,,ana,\n", "line 2: an undo row names no row"),
        (f"{HEAD}\n1,2024-03-05,,undo,,,,ana,7\n{GOOD}\n", 'undoes names "7", which is no row above'),
        (f'{HEAD}\n1,2024-03-05,a:0,city,"Testa,x,y,ana,\n', "line 2: the line is no CSV"),
    ],
)
def test_a_malformed_file_stops_the_build(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SeedError) as caught:
        load(tmp_path, text)
    assert str(caught.value).startswith("corrections.csv, ")
    assert message in str(caught.value)


def test_the_project_s_own_corrections_are_well_formed() -> None:
    load_corrections(SEEDS / "corrections.csv")


def test_a_build_without_corrections_has_none(tmp_path: Path) -> None:
    assert load_corrections(tmp_path / "corrections.csv") == []


def test_facts_of_other_incidents_are_left_alone() -> None:
    bystander = replace(incident("b"), facts=Facts())
    done = correct(row("city", "Testa", "Oldtown"), incidents=(incident("a"), bystander))
    assert done.incidents[1] == bystander
    assert not any(isinstance(issue, Issue) for issue in done.issues)
