import csv
import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import (
    make_article,
    make_count,
    make_facts,
    make_figure,
    make_reading,
    make_report,
    make_story,
)

import pipeline.incidents.block as incidents_module
from pipeline.incidents.doubts import tie_issues, word_doubts
from pipeline.incidents.likeness import Gist, weigh_likeness
from pipeline.incidents.merge import merge_reports
from pipeline.incidents.titles import name_incident
from pipeline.incidents.tolls import Saying, combine_counts
from pipeline.model import Incident, Reading, Story

CASES = Path(__file__).parent / "cases" / "merges.csv"


def read_cases():
    with CASES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            mark = [pytest.mark.xfail(strict=True, reason=row["comment"])] if row["expect"] == "fail" else []
            one, other = row["one"], row["other"]
            yield pytest.param(one, other, row["same"] == "yes", marks=mark, id=f"{one} | {other}")


def merge(*readings: Reading, stories: tuple[Story, ...] = (), published: str = "") -> list[Incident]:
    articles = [make_article(reading.article_id, published) for reading in readings]
    return merge_reports(readings, articles, stories)[0]


@pytest.mark.parametrize(("one", "other", "same"), list(read_cases()))
def test_two_reports_are_merged_as_the_case_says(one, other, same):
    expected = 1 if same else 2
    assert len(merge(make_reading("a", one), make_reading("b", other))) == expected
    assert len(merge(make_reading("a", other), make_reading("b", one))) == expected


FACTS = st.builds(
    lambda *parts: "; ".join(parts),
    st.sampled_from(["bombing", "suicide bombing", "shooting", "kidnapping"]),
    st.sampled_from(["", "2022-09-30", "2022-10-01", "2022-09-01/2022-09-30", "2022-01-01/2022-12-31"]),
    st.sampled_from(["", "Kabul", "Herat", "Jalalabad", "Nangarhar", "AF"]),
    st.sampled_from(["", "Grand Theatre", "Pakistani embassy", "hotel"]),
    st.sampled_from(["", "killed 1", "killed 19", "killed 20+", "killed 200"]),
    st.sampled_from(["", "ISIS-K", "TTP"]),
)
READINGS = st.lists(st.lists(FACTS, max_size=4), min_size=1, max_size=6).map(
    lambda told: [make_reading(f"article-{no}", *facts) for no, facts in enumerate(told)]
)


@given(READINGS, st.randoms())
@settings(max_examples=150, deadline=None)
def test_the_order_of_the_input_does_not_matter(readings, rng: random.Random):
    shuffled = rng.sample(readings, len(readings))
    assert merge(*readings) == merge(*shuffled)


@given(READINGS)
@settings(max_examples=150, deadline=None)
def test_every_report_is_in_one_incident_and_no_two_of_one_article_are(readings):
    incidents = merge(*readings)
    told = sorted(report.report_id for reading in readings for report in reading.reports)
    assert sorted(report.report_id for incident in incidents for report in incident.reports) == told
    for incident in incidents:
        articles = [report.article_id for report in incident.reports]
        assert len(set(articles)) == len(articles), "reports of one article were merged with each other"
        known = [report.facts.days for report in incident.reports if report.facts.days]
        assert all(days.meet(incident.facts.days) for days in known), "the merge drifted away from one of its reports"


@given(FACTS, FACTS)
def test_likeness_is_the_same_from_both_sides(one, other):
    first, second = Gist.of(make_facts(one)), Gist.of(make_facts(other))
    assert weigh_likeness(first, second) == weigh_likeness(second, first)


def test_a_copy_adds_an_article_and_no_story():
    facts = ("bombing; 2022-09-30; Kabul; killed 19", "shooting; 2022-10-05; Herat")
    said = ("A bomb went off in Kabul on Friday.", "Gunmen fired in Herat.")
    readings = [make_reading(name, *facts, sentences=said) for name in ("copy", "first")]
    incidents = merge(*readings, stories=(make_story("first"), make_story("copy", "first")))
    assert [(i.n_articles, i.n_stories, i.verification) for i in incidents] == [(2, 1, "single_source")] * 2
    assert {incident.leading.article_id for incident in incidents} == {"first"}
    assert incidents[0].confidence == 0.8, "a copy makes nothing surer"


def test_reports_that_share_a_sentence_find_their_own_copies():
    said = ("The group attacked an embassy, a hotel and a base.",) * 3
    facts = (
        "armed attack; 2022-12-02; Kabul; Pakistani embassy",
        "bombing; 2022-12-02; Kabul; hotel",
        "explosion; ; AF",
    )
    first, copy = make_reading("first", *facts, sentences=said), make_reading("copy", *reversed(facts), sentences=said)
    for incident in merge(first, copy, stories=(make_story("first"), make_story("copy", "first"))):
        original, repeated = incident.reports
        assert original.facts == repeated.facts


def test_what_only_a_copy_tells_is_an_incident_of_its_own():
    said = ("A bomb went off in Kabul on Friday.", "An editor adds that two men were stabbed in Herat.")
    first = make_reading("first", "bombing; 2022-09-30; Kabul", sentences=said[:1])
    copy = make_reading("copy", "bombing; 2022-09-30; Kabul", "stabbing; 2022-10-03; Herat", sentences=said)
    incidents = merge(first, copy, stories=(make_story("first"), make_story("copy", "first")))
    assert [(i.facts.event_type, i.n_articles, i.n_stories) for i in incidents] == [
        ("bombing", 2, 1),
        ("stabbing", 1, 1),
    ]


def test_two_stories_corroborate():
    facts = "bombing; 2022-09-30; Kabul; killed 19"
    (incident,) = merge(make_reading("a", facts), make_reading("b", facts))
    assert (incident.n_stories, incident.verification, incident.confidence) == (2, "corroborated", 0.88)
    assert incident.facts.killed.rule == "only_one"


def test_the_narrowest_days_and_the_most_exact_place_win():
    loose = "bombing; 2022-09-01/2022-09-30; Kabul; Grand Theatre; killed 19"
    exact = "suicide bombing; 2022-09-30; Kabul; killed 19; ISIS-K"
    (incident,) = merge(make_reading("a", loose), make_reading("b", exact))
    facts = incident.facts
    assert (str(facts.days), facts.date_text, facts.place.venue) == ("2022-09-30", "2022-09-30", "Grand Theatre")
    assert (facts.event_type, facts.perpetrator) == ("suicide bombing", "ISIS-K")
    assert incident.leading.article_id == "b"
    assert incident.title == "Suicide bombing at Grand Theatre, Kabul"


def test_a_report_that_fits_two_incidents_joins_neither_and_asks():
    two = ("bombing; 2022-09-30; Kabul; killed 3", "bombing; 2022-09-30; Kabul; killed 4")
    readings = [make_reading("a", *two), make_reading("b", "bombing; 2022-09-30; Kabul")]
    incidents, doubts = merge_reports(readings, [make_article("a"), make_article("b")], [])
    assert len(incidents) == 3
    (issue,) = tie_issues(word_doubts(doubts, {"a:100": "old:7"}, rename(incidents, "a:100", "old:7")), incidents)
    assert (issue.kind, issue.report_id, issue.incident_id) == ("conflict", "b:0", "b:0")
    assert issue.message == (
        'This report fits "Bombing in Kabul" (a:0) or "Bombing in Kabul" (old:7) equally well, so it stands alone.'
    )


def rename(incidents: list[Incident], old: str, new: str) -> list[Incident]:
    return [replace(i, incident_id=new) if i.incident_id == old else i for i in incidents]


def test_two_tolls_that_cannot_both_be_right_are_said_in_words():
    early, late = ("bombing; 2022-09-30; Kabul; killed 19", "bombing; 2022-09-30; Kabul; killed 24")
    articles = [make_article("early", "2022-09-30"), make_article("late", "2022-10-02")]
    (incident,), _ = merge_reports([make_reading("early", early), make_reading("late", late)], articles, [])
    killed = incident.facts.killed
    assert (killed.low, killed.best, killed.high) == (19, 24, 24)
    assert (killed.state, killed.rule) == ("conflicting", "latest_independent")
    assert incident.notes == "Killed: 19 (The early Post, 2022-09-30); 24 (The late Post, 2022-10-02)."


def test_the_attackers_own_figure_is_never_best_beside_an_independent_one():
    words = "bombing; 2022-09-30; Kabul; killed {}"
    boast = make_report("a", words.format(40), figures=(make_figure("killed", "40", "perpetrator"),))
    count = make_report("b", words.format(25), figures=(make_figure("killed", "25", "hospital"),))
    readings = [Reading(article_id="a", reports=(boast,)), Reading(article_id="b", reports=(count,))]
    (incident,) = merge(*readings)
    assert (incident.facts.killed.low, incident.facts.killed.best, incident.facts.killed.high) == (25, 25, 25)
    (alone,) = merge(readings[0])
    assert alone.facts.killed.best == 40
    assert alone.verification == "party_claim"


def test_a_named_verifier_verifies():
    report = make_report("a", "bombing; 2022-09-30; Kabul", verifiers=("Witness Project",))
    (incident,) = merge(Reading(article_id="a", reports=(report,)))
    assert incident.verification == "verified"


def test_a_denial_disputes():
    (incident,) = merge(
        make_reading("a", "bombing; 2022-09-30; Kabul"), make_reading("b", "bombing; 2022-09-30; Kabul; denied")
    )
    assert (incident.verification, incident.facts.status) == ("disputed", "occurred")
    assert incident.notes == "Whether it happened: occurred (The a Post); denied (The b Post)."


def test_attacks_of_one_sentence_in_two_towns_on_one_day_are_one_operation():
    said = ("Bombs went off in Kabul and Herat on Friday.",) * 2
    reports = [
        make_report("a", f"bombing; 2022-09-30; {town}", start, text)
        for start, town, text in zip((0, 3), ("Kabul", "Herat"), said, strict=True)
    ]
    both = (reports[0], replace(reports[1], mentions=reports[0].mentions))
    incidents = merge(Reading(article_id="a", reports=both))
    assert [(i.related_ids, i.relation) for i in incidents] == [
        (("a:3",), ("same_operation",)),
        (("a:0",), ("same_operation",)),
    ]
    assert not any(i.related_ids for i in merge(Reading(article_id="a", reports=tuple(reports)))), "two sentences"


def test_a_place_with_its_own_toll_is_part_of_the_wave_told_before_it():
    wave = make_report("a", "bombing; 2022-09-30; AF; killed 36", 0)
    part = make_report("a", "bombing; 2022-09-30; Kabul; killed 15", 60)
    in_paragraph = replace(part.leading.sentence, block=wave.leading.sentence.block)
    part = replace(part, mentions=(replace(part.leading, sentence=in_paragraph),))
    incidents = merge(Reading(article_id="a", reports=(wave, part)))
    assert {i.incident_id: i.relation for i in incidents} == {"a:0": (), "a:60": ("part_of",)}


@pytest.mark.parametrize(
    ("said", "low", "best", "high", "state", "rule"),
    [
        (["19"], 19, 19, 19, "exact", "only_one"),
        (["19", "19"], 19, 19, 19, "exact", "only_one"),
        (["19+", "24"], 19, 19, 24, "exact", "lowest"),
        (["19", "24+"], 19, 19, None, "conflicting", "lowest"),
        (["19", "24", "24"], 19, 24, 24, "conflicting", "majority"),
        (["~50", "47"], 47, 47, 50, "exact", "lowest"),
        (["0", "2"], 0, 0, 2, "conflicting", "lowest"),
        (["10-12", "11"], 10, 10, 12, "exact", "lowest"),
        (["", "7"], 7, 7, 7, "exact", "only_one"),
        ([""], None, None, None, "not_stated", ""),
    ],
)
def test_figures_of_several_stories_without_a_day(said, low, best, high, state, rule):
    count = combine_counts([Saying(make_count(words)) for words in said])
    assert (count.low, count.best, count.high, count.state, count.rule) == (low, best, high, state, rule)


@given(st.lists(st.sampled_from(["", "0", "7", "19+", "24", "~50", "10-12"]), max_size=6), st.randoms())
def test_a_toll_does_not_depend_on_the_order_and_keeps_its_order_within(said, rng: random.Random):
    sayings = [Saying(make_count(words)) for words in said]
    count = combine_counts(sayings)
    assert count == combine_counts(rng.sample(sayings, len(sayings)))
    known = [n for n in (count.low, count.best, count.high) if n is not None]
    assert known == sorted(known)


@pytest.mark.parametrize(
    ("facts", "title"),
    [
        ("bombing; 2022-09-30; Kabul", "Bombing in Kabul"),
        ("bombing; 2022-09-30; Nangarhar", "Bombing in Nangarhar, Afghanistan"),
        ("bombing; 2022-09-30; ", "Bombing, place not stated"),
        ("armed attack; 2022-09-30; AF; Pakistani embassy", "Armed attack at the Pakistani embassy, Afghanistan"),
        ("bombing; 2022-09-30; Kabul; hotel", "Bombing at a hotel, Kabul"),
        ("bombing; 2022-09-30; Kabul; Kabul airport", "Bombing at the Kabul airport"),
        (
            "bombing; 2022-09-30; Kabul; Ministry of Foreign Affairs",
            "Bombing at the Ministry of Foreign Affairs, Kabul",
        ),
        ("bombing; ; Kabul; Somalia's parliament", "Bombing at Somalia's parliament, Kabul"),
        ("other violence; 2022-09-30; Kabul", "Violence in Kabul"),
        ("shooting; 2022-09-30; Kabul; alleged", "Alleged shooting in Kabul"),
    ],
)
def test_titles(facts, title):
    assert name_incident(make_facts(facts)) == title


def compare_count(reports: int, monkeypatch) -> int:
    """How many comparisons merging takes when more reports mean more weeks, not more incidents a week."""
    rng, calls = random.Random(5), []
    weigh = incidents_module.weigh_likeness
    monkeypatch.setattr(incidents_module, "weigh_likeness", lambda *gists: calls.append(1) or weigh(*gists))
    days = [date(1990, 1, 1) + timedelta(days=rng.randrange(reports // 4)) for _ in range(reports)]
    towns = ("Kabul", "Herat", "Jalalabad", "Kandahar", "Balkh", "AF")
    merge(*(make_reading(f"a{no}", f"bombing; {day}; {rng.choice(towns)}; hotel") for no, day in enumerate(days)))
    return len(calls)


def test_a_report_costs_as_much_among_many_as_among_few(monkeypatch):
    few, many = compare_count(400, monkeypatch) / 400, compare_count(3200, monkeypatch) / 3200
    assert many < 1.5 * few, f"comparisons a report grew from {few:.1f} to {many:.1f}: look at the keys of the blocks"


@pytest.mark.parametrize(
    ("kind", "target", "title"),
    [
        ("armed clash", "soldiers", "Armed clash with soldiers, Kabul"),
        ("shooting", "village", "Shooting at a village, Kabul"),
        ("shooting", "four traders", "Shooting of four traders, Kabul"),
        ("bombing", "Taliban governor of Kabul", "Bombing against the Taliban governor of Kabul"),
        ("kidnapping", "the   aid workers ", "Kidnapping of aid workers, Kabul"),
        ("bombing", "a " + "very " * 20 + "long target", "Bombing in Kabul"),
    ],
)
def test_titles_with_a_target(kind, target, title):
    assert name_incident(replace(make_facts(f"{kind}; ; Kabul"), target_text=target)) == title


@given(FACTS, st.text(max_size=40), st.text(max_size=40))
def test_a_title_is_one_line_without_gaps(words, target, venue):
    facts = make_facts(words)
    title = name_incident(replace(facts, target_text=target, place=replace(facts.place, venue=venue)))
    assert title == " ".join(title.split())
    assert not title.endswith(",")
