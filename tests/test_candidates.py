"""What a person is asked to look at, with the reasons in words; what they settled is not asked again."""

import random
from dataclasses import replace
from datetime import date, timedelta

import duckdb
import pytest
from case_tables import cases
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import make_article, make_figure, make_report

from pipeline.curation.corrections import apply_corrections
from pipeline.curation.decisions import Correction
from pipeline.curation.ids import Assigned, Registry
from pipeline.curation.queue import PRIORITY, QUEUE, REMAINING, WORKLIST, WORKLISTS, rate_priority
from pipeline.curation.regroup import Regroup
from pipeline.curation.settled import list_settled
from pipeline.dates.find import find_dates
from pipeline.dates.others import note_other_days
from pipeline.incidents import pairs as pairs_module
from pipeline.incidents.candidates import find_candidates
from pipeline.incidents.pairs import LEAST, MOST, find_pairs
from pipeline.incidents.reasons import Side, weigh_reasons
from pipeline.model import Article, Days, Facts, Incident, Mention, Place, Published, Report
from pipeline.tables.columns import CANDIDATES
from pipeline.tables.rows import Edition, list_rows
from pipeline.tables.store import Store
from pipeline.text.sentences import split_blocks, split_sentences
from pipeline.view import View
from tests.newsroom import article, edition, incident
from tests.test_publish import publish

NEWS = Published.on("2023-06-01")
ARTICLES = {"two": ("a", "b", 0), "one": ("a", "a", 100), "sentence": ("a", "a", 0)}


def of(*reports: Report, **changes: object) -> Incident:
    return Incident(
        **{"incident_id": reports[0].report_id, "title": "", "facts": reports[0].facts, "reports": reports, **changes}
    )


def reports_of(row: dict[str, str]) -> tuple[Report, Report]:
    """Give the two reports of a case; two of one sentence share it, but not where they start."""
    first, second, start = ARTICLES[row["articles"]]
    one = make_report(first, row["one"])
    other = make_report(second, row["other"], start)
    if row["articles"] == "sentence":
        other = replace(other, mentions=one.mentions, start=1)
    return one, other


@pytest.mark.parametrize("row", list(cases("candidates.csv")))
def test_each_reason_is_said_for_or_against_a_pair(row):
    one, other = reports_of(row)
    for incidents in ([of(one), of(other)], [of(other), of(one)]):
        found = find_candidates(incidents, [make_article(name, "2023-06-01") for name in ("a", "b")])
        pairs = [candidate for candidate in found if candidate.kind == "same_incident"]
        if row["weight"] == "no":
            assert not pairs
            continue
        (pair,) = pairs
        assert (pair.incident_id, pair.other_id) == tuple(sorted((one.report_id, other.report_id)))
        assert LEAST <= pair.weight <= 1
        assert pair.weight == pytest.approx(float(row["weight"]), abs=0.1), (pair.reasons_for, pair.reasons_against)
        assert row["for"] in ("", *pair.reasons_for)
        assert row["against"] in ("", *pair.reasons_against)


@pytest.mark.parametrize("gap", range(-3, 9))
@pytest.mark.parametrize("length", [1, 3, 20])
def test_pairs_too_far_apart_to_weigh_are_those_that_weighing_refuses(gap, length):
    first = date(2023, 3, 1)
    days = (Days(first, first), Days(first + timedelta(days=gap), first + timedelta(days=gap + length - 1)))
    ours, theirs = (make_report(name, "bombing; 2023-03-01; Kabul; killed 9") for name in "ab")
    told = [replace(r, facts=replace(r.facts, days=d)) for r, d in zip((ours, theirs), days, strict=True)]
    sides = [Side.of(of(report)) for report in told]
    if weigh_reasons(*sides) is not None:
        assert list(pairs_module.list_near(sides)) == [(0, 1)], "a pair that would be weighed is not offered"


@settings(deadline=None)
@given(st.lists(st.sampled_from([row.values[0]["one"] for row in cases("candidates.csv")]), max_size=9), st.randoms())
def test_pairs_do_not_depend_on_the_order_and_are_few_for_each_incident(told, rng: random.Random):
    incidents = [of(make_report(f"article-{no}", words)) for no, words in enumerate(told)]
    articles = [make_article(i.leading.article_id, "2023-06-01") for i in incidents]
    found = find_candidates(incidents, articles)
    assert find_candidates(rng.sample(incidents, len(incidents)), articles) == found
    asked = [name for candidate in found for name in (candidate.incident_id, candidate.other_id) if candidate.other_id]
    assert all(asked.count(name) <= MOST for name in asked)
    ids = [candidate.candidate_id for candidate in found]
    assert ids == sorted(set(ids))


def test_a_crowd_is_not_compared_each_with_each(monkeypatch):
    calls = []
    weigh = pairs_module.weigh_reasons
    monkeypatch.setattr(pairs_module, "weigh_reasons", lambda *sides: calls.append(1) or weigh(*sides))

    def cost(times: int) -> float:
        rng, calls[:] = random.Random(3), []
        days = [date(2022, 1, 1) + timedelta(days=rng.randrange(10 * times)) for _ in range(200 * times)]
        words = [f"{rng.choice(['bombing', 'shooting'])}; {day}; Kabul; killed {rng.randrange(1, 9)}" for day in days]
        find_pairs([of(make_report(f"article-{no}", one)) for no, one in enumerate(words)], {})
        return len(calls) / len(words)

    assert cost(10) < 1.5 * cost(2), "an incident costs more among many: a block grew with them"


def report_of(words: str, name: str) -> Report:
    """A report written `killed 19 @2022-09-30`; `others` and `party` say whose figure it is."""
    toll, _, _ = words.partition("@")
    measure, number, *whose = toll.split()
    kinds = {"party": "perpetrator", "others": "authority"}
    figures = tuple(make_figure(measure, number, kinds[one]) for one in whose)
    return make_report(name, f"bombing; 2022-09-29; Kabul; {measure} {number}", figures=figures)


@pytest.mark.parametrize("row", list(cases("contradictions.csv")))
def test_figures_that_cannot_all_be_right(row):
    told = [(name, words) for name, words in zip("abc", row["reports"].split(" / "), strict=False)]
    articles = [make_article(name, words.partition("@")[2]) for name, words in told]
    merged = Regroup({a.article_id: a for a in articles}, {}).merge([report_of(words, name) for name, words in told])
    found = [candidate for candidate in find_candidates([merged], articles) if candidate.kind == "figures"]
    assert [c.reasons_for for c in found] == ([(row["for"],)] if row["for"] else [])
    assert all(c.reasons_against == ((row["against"],) if row["against"] else ()) for c in found)
    settled = replace(merged, corrected=(f"{row['measure'] or 'killed'}_best",))
    assert not find_candidates([settled], articles), "what a person has set is not asked again"
    assert not find_candidates([replace(merged, review_state="accepted")], articles)


@pytest.mark.parametrize("row", list(cases("other_days.csv")))
def test_words_that_name_another_day(row):
    caption = row["text"].startswith("Picture:")
    text = row["text"].removesuffix(" (Caption)")
    spans = ((0, len(text)),) if caption else ()
    told = Article(article_id="a", text=text, published=NEWS, caption_spans=spans)
    (sentence,) = split_sentences(told, split_blocks(told))
    mentions, dates = (Mention(sentence=sentence, trigger=""),), find_dates(text, NEWS, split_blocks(told))
    reports = [
        note_other_days(replace(make_report("a", f"bombing; {row['days']}; {town}", no), mentions=mentions), dates)
        for no, town in zip(range(int(row["tellers"])), ("Kabul", "Herat"), strict=False)
    ]
    found = [c for c in find_candidates([of(report) for report in reports], [told]) if c.kind == "dates"]
    assert [c.reasons_for for c in found] == ([(row["for"],)] if row["for"] else [])
    assert all(c.reasons_against == ((row["against"],) if row["against"] else ()) for c in found)
    set_by_hand = [of(report, corrected=("date_start", "date_end")) for report in reports]
    assert not [c for c in find_candidates(set_by_hand, [told]) if c.kind == "dates"]


def test_reports_of_different_days_that_a_person_put_together():
    one, other = (
        make_report(name, f"bombing; {day}; Kabul") for name, day in (("a", "2023-03-27"), ("b", "2023-03-20"))
    )
    (found,) = find_candidates([of(one, other)], [make_article("a"), make_article("b")])
    assert (found.kind, found.weight) == ("dates", 0.9)
    assert found.reasons_for == ("b gives 20 March 2023, the incident has 27 March 2023",)


def place_report(no: int, country: str, latitude: float, sentence: str = "A bomb went off there.") -> Report:
    place = Place(precision="city", country=country, country_code=country[:2], city=f"Town {no}", latitude=latitude,
                  longitude=10.0, text=f"in Town {no}")  # fmt: skip
    days = Days.parse(f"2020-01-{no + 1:02}")
    return replace(make_report("a", "bombing", 100 * no, sentence), facts=Facts(days=days, place=place))


NEAREST = "4,448 km from Town 1, the nearest other place of its article"


@pytest.mark.parametrize(
    ("others", "sentence", "weight", "rest"),
    [
        (("Norland",) * 3, "A bomb.", 0.8, "the other 3 of its article are in Norland"),
        (("Norland",) * 3, "A bomb in Suland.", 0.4, "the other 3 of its article are in Norland"),
        (("Norland", "Osland"), "A bomb.", 0.6, "the other 2 of its article are in 2 other countries"),
        (("Norland", "Suland"), "A bomb.", None, ""),
        (("Norland",), "A bomb.", None, ""),
    ],
)
def test_a_place_far_from_the_rest_of_its_article(others, sentence, weight, rest):
    reports = [place_report(0, "Suland", 0.0, sentence), *(place_report(n, c, 40.0) for n, c in enumerate(others, 1))]
    found = [c for c in find_candidates([of(r) for r in reports], [make_article("a")]) if c.incident_id == "a:0"]
    said = ("far", weight, (f"the only one in Suland: {rest}", NEAREST))
    assert [(c.kind, c.weight, c.reasons_for) for c in found] == ([said] if weight else [])
    assert all(c.words == ("in Town 0",) for c in found)
    settled = [of(reports[0], corrected=("city",)), *(of(r) for r in reports[1:])]
    assert not [c for c in find_candidates(settled, [make_article("a")]) if c.incident_id == "a:0"]


def decide(column: str, now: str) -> list[Correction]:
    return [Correction("r1", "2024-01-01", "a:0", column, "", now, "seen", "Ana", "")]


@pytest.mark.parametrize(
    ("rows", "asked"),
    [
        ([], True),
        (decide("not_related", "b:0"), False),
        (decide("related_to", "b:0"), False),
        (decide("same_as", "b:0"), False),
        ([*decide("not_related", "b:0"), Correction("r2", "2024-01-02", "", "undo", "", "", "", "Ana", "r1")], True),
    ],
)
def test_what_a_person_linked_or_parted_does_not_come_again(rows, asked):
    incidents = [of(make_report(name, "bombing; 2023-03-27; Kabul; killed 19")) for name in ("a", "b")]
    articles = [make_article("a"), make_article("b")]
    corrected = apply_corrections(
        Assigned(incidents, Registry(), [], {}), rows, Regroup({a.article_id: a for a in articles}, {})
    )
    settled = list_settled(rows, corrected, Registry())
    found = find_candidates(corrected.incidents, articles, settled)
    assert [c.kind for c in found] == (["same_incident"] if asked else [])


def test_a_report_that_a_person_split_off_is_not_offered_back():
    words = "bombing; 2023-03-27; Kabul; killed 19"
    whole = of(make_report("a", words), make_report("b", words))
    articles = [make_article("a"), make_article("b")]
    rows = decide("split_off", "b:0")
    corrected = apply_corrections(
        Assigned([whole], Registry(), [], {}), rows, Regroup({a.article_id: a for a in articles}, {})
    )
    assert len(corrected.incidents) == 2
    assert find_candidates(corrected.incidents, articles)
    assert not find_candidates(corrected.incidents, articles, list_settled(rows, corrected, Registry()))


def test_a_pair_is_asked_until_both_are_accepted():
    one, other = (of(make_report(name, "bombing; 2023-03-27; Kabul"), review_state="accepted") for name in ("a", "b"))
    assert find_candidates([one, replace(other, review_state="suggested")], [])
    assert not find_candidates([one, other], [])


def test_a_candidate_is_a_row_whose_words_stay_apart():
    reports = [make_report(n, "bombing; 2023-03-27; Kabul", sentence="One | two\nthree.") for n in ("wire/1", "wire/2")]
    found = find_candidates([of(report) for report in reports], [])
    (row,) = list_rows(CANDIDATES, Edition(articles=(), stories=(), incidents=(), candidates=found))
    cells = dict(zip([column.name for column in CANDIDATES.columns], row, strict=True))
    assert cells["words"] == "One / two three."
    assert cells["reasons_for"] == "the same day: 27 March 2023 | same city: Kabul | same kind: bombing"


@settings(deadline=None)
@given(st.floats(0, 1), st.none() | st.integers(0, 9999), st.integers(1, 500), st.booleans(), st.floats(0, 1))
def test_the_sql_and_the_function_rate_alike(confidence, killed, stories, conflict, asked):
    state = "conflict" if conflict else "suggested"
    columns = "?::DOUBLE confidence, ?::BIGINT killed_best, NULL killed_low, NULL killed_high, ?::BIGINT n_stories"
    sql = f"SELECT round({PRIORITY}, 6) FROM (SELECT {columns}, ? AS review_state, ?::DOUBLE AS asked)"
    (rated,) = duckdb.execute(sql, [confidence, killed, stories, state, asked]).fetchone() or (None,)
    assert rated == pytest.approx(
        rate_priority(confidence, killed, stories, is_conflict=conflict, asked=asked), abs=2e-6
    )


def test_the_queue_begins_with_what_is_doubtful_and_weighs_much(tmp_path):
    told = [
        incident("wire/1:0", confidence=0.9),
        incident("wire/1:1", confidence=0.9, n_stories=9),
        incident("wire/1:2", confidence=0.4),
        incident("wire/1:3", confidence=0.9, review_state="conflict"),
        incident("wire/1:4", confidence=0.1, review_state="accepted"),
    ]
    reports = [replace(one.leading, start=no) for no, one in enumerate(told)]
    told = [replace(one, reports=(report,)) for one, report in zip(told, reports, strict=True)]
    store = Store(publish(tmp_path / "data", edition(incidents=told, articles=[article()])))
    queue = store.ask(View(), QUEUE)
    assert list(queue["incident_id"]) == ["wire/1:2", "wire/1:3", "wire/1:0", "wire/1:1"]
    assert list(queue["candidates"]) == [0, 0, 1, 0]
    assert store.ask(View(), REMAINING)["remaining"].tolist() == [4]
    assert store.ask(View(), WORKLISTS).values.tolist() == [["far", 1]]
    assert list(store.ask(View(), WORKLIST, ["far"])["candidate_id"]) == ["far:b1"]
    assert list(store.around("wire/1:0").candidates["candidate_id"]) == ["far:b1"]
