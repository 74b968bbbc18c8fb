"""Ids outlive rebuilds, better rules, new articles and merges; none is used twice."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.curation.ids import Registry, assign_ids, load_registry, write_registry
from pipeline.model import Facts, Incident, Mention, Removed, Report, Sentence
from pipeline.text.words import SeedError

LONG = 100  # characters of each invented sentence


def report(article_id: str, start: int, *also: int) -> Report:
    """Give a report whose leading sentence holds `start`, and whose other sentences begin at `also`."""
    firsts = [start // LONG * LONG, *also]
    mentions = tuple(
        Mention(sentence=Sentence(first // LONG, first, first + LONG, "", 0, "body"), trigger="") for first in firsts
    )
    return Report(article_id=article_id, facts=Facts(), mentions=mentions, start=start)


def incident(*reports: Report) -> Incident:
    return Incident(incident_id=reports[0].report_id, title="", facts=Facts(), reports=reports)


def build(registry: Registry, *incidents: Incident, release: str = "2") -> tuple[list[str], Registry, list[Removed]]:
    done = assign_ids(incidents, registry, release)
    return [i.incident_id for i in done.incidents], done.registry, done.removed


A, B, C = report("a", 10), report("b", 20), report("c", 30)


def test_a_new_incident_is_named_after_its_leading_report() -> None:
    ids, registry, removed = build(Registry(), incident(A, B), release="1")
    assert ids == ["a:10"]
    assert write_registry(registry) == (
        "incident_id,article_id,start,merged_into,first_release\na:10,a,10,,1\na:10,b,20,,1\n"
    )
    assert removed == []


def test_a_new_article_that_leads_does_not_change_the_id() -> None:
    _, registry, _ = build(Registry(), incident(B))
    ids, registry, _ = build(registry, incident(A, B))
    assert ids == ["b:20"]
    assert registry.seen["a", 10] == "b:20"


def test_an_article_that_is_gone_does_not_change_the_id() -> None:
    _, registry, _ = build(Registry(), incident(A, B))
    assert build(registry, incident(B))[0] == ["a:10"]


def test_two_incidents_found_to_be_one_keep_the_older_id() -> None:
    _, registry, _ = build(Registry(), incident(B), release="1")
    _, registry, _ = build(registry, incident(A), incident(B), release="2")
    ids, registry, removed = build(registry, incident(A, B), release="3")
    assert ids == ["b:20"]
    assert removed == [Removed(incident_id="a:10", reason="merged", merged_into="b:20", since="3")]
    assert "a:10,,,b:20,3\n" in write_registry(registry)


def test_an_id_that_was_merged_is_not_given_again() -> None:
    _, registry, _ = build(Registry(), incident(A), incident(B))
    _, registry, _ = build(registry, incident(A, B))
    ids, registry, removed = build(registry, incident(A), incident(B))
    assert ids == ["a:10", "b:20~2"]
    assert [gone.incident_id for gone in removed] == ["b:20"]


def test_an_incident_that_falls_apart_leaves_its_id_where_it_was_first_seen() -> None:
    _, registry, _ = build(Registry(), incident(B))
    _, registry, _ = build(registry, incident(A, B, C))
    assert build(registry, incident(A, C), incident(B))[0] == ["a:10", "b:20"]


def test_of_two_ids_that_cross_each_incident_keeps_one() -> None:
    _, registry, _ = build(Registry(), incident(A, B), incident(C))
    ids, _, removed = build(registry, incident(A, C), incident(B))
    assert ids == ["a:10", "b:20"]
    assert [(r.incident_id, r.reason, r.merged_into) for r in removed] == [("c:30", "merged", "a:10")]


def test_a_better_rule_may_move_the_place_within_its_sentence() -> None:
    _, registry, _ = build(Registry(), incident(A))
    moved = incident(replace(A, start=40))
    ids, registry, _ = build(registry, moved)
    assert ids == ["a:10"]
    assert build(registry, moved)[1] == registry


def test_of_several_reports_in_one_sentence_the_nearest_is_the_one_that_moved() -> None:
    _, registry, _ = build(Registry(), incident(report("a", 10)), incident(report("a", 80)))
    ids, _, _ = build(registry, incident(report("a", 12)), incident(report("a", 77)), incident(report("a", 45)))
    assert ids == ["a:10", "a:80", "a:45"]


def test_a_report_may_come_to_lead_with_another_of_its_sentences() -> None:
    _, registry, _ = build(Registry(), incident(report("a", 10, 300)))
    assert build(registry, incident(report("a", 310, 0)))[0] == ["a:10"]


def test_a_neighbour_found_later_does_not_take_the_id() -> None:
    _, registry, _ = build(Registry(), incident(A))
    _, registry, _ = build(registry, incident(replace(A, start=40)))
    ids, _, _ = build(registry, incident(replace(A, start=40)), incident(replace(A, start=10 + 1)))
    assert ids == ["a:10", "a:11"]


def test_what_is_no_longer_read_is_withdrawn_and_may_come_back() -> None:
    _, registry, _ = build(Registry(), incident(A), incident(B))
    ids, registry, removed = build(registry, incident(B))
    assert ids == ["b:20"]
    assert removed == [Removed(incident_id="a:10", reason="withdrawn")]
    assert build(registry, incident(A), incident(B))[0] == ["a:10", "b:20"]


def test_links_follow_the_ids() -> None:
    _, registry, _ = build(Registry(), incident(B))
    linked = replace(incident(C), related_ids=("a:10",), relation=("follow_up",))
    done = assign_ids([linked, incident(A, B)], registry, "2")
    assert done.incidents[0].related_ids == ("b:20",)
    assert done.names == {"a:10": "b:20", "c:30": "c:30"}


REPORTS = [report(article, start) for article in "abc" for start in (10, 40, 120, 260)]


@st.composite
def groupings(draw: st.DrawFn) -> list[Incident]:
    """Group some of the reports into incidents, in any way."""
    chosen = draw(st.lists(st.sampled_from(REPORTS), unique_by=lambda r: r.report_id, max_size=8))
    groups: dict[int, list[Report]] = {}
    for one in chosen:
        groups.setdefault(draw(st.integers(0, 4)), []).append(one)
    return [incident(*group) for group in groups.values()]


@settings(max_examples=200)
@given(st.lists(groupings(), min_size=1, max_size=5))
def test_whatever_the_history(builds: list[list[Incident]]) -> None:
    registry = Registry()
    for no, incidents in enumerate(builds):
        ids, grown, removed = build(registry, *incidents, release=str(no))
        assert len(set(ids)) == len(ids), "two incidents share an id"
        assert grown.rows[: len(registry.rows)] == registry.rows, "the registry only grows"
        assert not {gone.incident_id for gone in removed} & set(ids), "an id is both there and gone"
        assert {gone.incident_id for gone in removed} | set(ids) == set(grown.age), "an id is lost"
        again, same, _ = build(grown, *reversed(incidents), release="again")
        assert (again[::-1], same) == (ids, grown), "the same articles and the same registry give other ids"
        registry = grown


@given(groupings())
def test_the_registry_is_read_back_as_written(incidents: list[Incident]) -> None:
    _, registry, _ = build(Registry(), *incidents)
    assert parse(write_registry(registry)) == registry


def parse(text: str) -> Registry:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ids.csv"
        path.write_bytes(text.encode("utf-8"))
        return load_registry(path)


def test_ids_of_any_characters_are_read_back() -> None:
    _, registry, _ = build(Registry(), incident(report(' wire, "1"\r ', 3)))
    assert parse(write_registry(registry)) == registry


HEADER = "incident_id,article_id,start,merged_into,first_release\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("incident,article_id\n", "ids.csv, line 1: the header is"),
        (HEADER + "a:1,a\n", "ids.csv, line 2: the row has 2 cells, the header 5"),
        (HEADER + "a:1,a,1,b:2,1\n", "line 2: a row says where an id was seen, or what it was merged into"),
        (HEADER + ",a,1,,1\n", "line 2: a row says where"),
        (HEADER + "a:1,a,one,,1\n", 'line 2: start is "one": write a whole number'),
        (HEADER + "a:1,a,1,,1\na:1,,,b:2,1\n", "line 3: b:2 was never seen before"),
        (HEADER + "a:1,a,1,,1\nb:2,b,2,,1\na:1,,,b:2,1\nb:2,,,a:1,1\n", "merged in a circle"),
    ],
)
def test_a_malformed_registry_stops_the_build(text: str, message: str) -> None:
    with pytest.raises(SeedError, match=r"ids\.csv") as caught:
        parse(text)
    assert message in str(caught.value)


def test_no_registry_yet_is_an_empty_one(tmp_path: Path) -> None:
    assert load_registry(tmp_path / "ids.csv") == Registry()
