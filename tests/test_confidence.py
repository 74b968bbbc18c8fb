"""The confidence of a report: its weights as committed, what may never raise it, and whether its table still holds."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import newsroom
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Count, Days, Facts, Figure, Mention, Place, Report, Sentence
from pipeline.reports.confidence import START, WEIGHTS, list_doubts, load_weights, rate_report, weigh_doubts
from pipeline.reports.confidence_doubts import DOUBTS
from pipeline.text.words import SeedError

QUALITY = Path(__file__).parent.parent / "docs" / "quality.md"
BIN = re.compile(r"^\| [\d.]+–[\d.]+ \| (\d+) \| ([\d.]+) % \| ([\d.]+) % \| ([+-][\d.]+) \|$", re.MULTILINE)
SURE = "A bomb killed three people and wounded ten on 5 May 2021 in Testa."
STATES = ("exact", "open_high", "open_low", "approximate", "vague", "stated_zero", "not_stated", "conflicting")
COUNTS = st.builds(
    lambda state: Count() if state == "not_stated" else Count(3, 3, 3, state, "only_one"), st.sampled_from(STATES)
)


def figure(measure, words, **more):
    """Give a figure of SURE, or of another sentence that holds these words."""
    text = more.pop("text", SURE)
    start = text.index(words)
    values = {"measure": measure, "words": words, "start": start, "end": start + len(words), "sentence_no": 0}
    return Figure(**values | {"count": Count(3, 3, 3, "exact")} | more)


FIGURES = (figure("killed", "three people"), figure("injured", "ten"))


def report(*texts, figures=FIGURES, rules=(), **facts):
    """Give a report that nothing speaks against, changed as told; more texts make more sentences."""
    mentions, start = [], 0
    for no, text in enumerate(texts or (SURE,)):
        mentions.append(
            Mention(
                sentence=Sentence(no, start, start + len(text), text, 0, "body"), trigger="killed" if not no else ""
            )
        )
        start += len(text) + 1
    changed = replace(newsroom.facts(), **facts)
    return Report(article_id="a", facts=changed, mentions=tuple(mentions), figures=figures, rules=rules)


UNSTATED = Count()
EXAMPLES = {
    "day from elsewhere": report(date_basis="context"),
    "day concluded": report(date_basis="relative"),
    "more days than one": report(days=Days.parse("2021-05-05/2021-05-06")),
    "no day where one is expected": report(SURE, "Smoke rose over the town.", days=None),
    "no place but a country": report(place=Place(precision="country", country="Testland")),
    "no place at all": report(place=Place()),
    "only place named": report(rules=(("place", "the only place named"),)),
    "killed or injured not stated": report("A bomb killed three people.", figures=FIGURES[:1], injured=UNSTATED),
    "neither killed nor injured stated": report("A bomb fell.", figures=(), killed=UNSTATED, injured=UNSTATED),
    "word of death without a number": report("A bomb killed guards.", figures=(), killed=UNSTATED),
    "word of wounds without a number": report("A bomb wounded guards.", figures=(), injured=UNSTATED),
    "vague toll": report(killed=Count(2, None, None, "vague")),
    "people counted otherwise": report(figures=(*FIGURES, figure("arrested", "people"))),
    "toll added up": report(figures=(*FIGURES, figure("killed", "three"))),
    "figure repeated": report(figures=(*FIGURES, figure("killed", "three", counts="repeats"))),
    "numbers left unread": report("A bomb killed three people and hit 40 on 5 May 2021.", figures=FIGURES[:1]),
    "kind with other harm": report(event_type="armed clash"),
    "kind told victim by victim": report(event_type="shooting"),
}


def test_each_doubt_has_an_example():
    assert list(EXAMPLES) == list(DOUBTS), "give the new doubt a report here that it holds of"
    assert list_doubts(report(), alone=True) == (), "nothing speaks against this report"


@pytest.mark.parametrize("name", EXAMPLES)
def test_doubt_holds_of_its_example(name):
    assert name in list_doubts(EXAMPLES[name], alone=True)


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_doubt_raises_the_confidence(name):
    assert rate_report(EXAMPLES[name], alone=True) <= rate_report(report(), alone=True)


@given(st.sets(st.sampled_from(list(DOUBTS))), st.sampled_from(list(DOUBTS)))
def test_one_doubt_more_never_raises_it(doubts, more):
    weights = load_weights()
    assert 0 < weigh_doubts(doubts | {more}, weights) <= weigh_doubts(doubts, weights) < 1


@given(
    st.integers(1, 800), st.sampled_from(["explicit", "relative", "context", "inferred"]), COUNTS, COUNTS, st.booleans()
)
def test_a_vague_date_never_raises_it(length, basis, killed, injured, alone):
    first = newsroom.facts().days.first
    exact = report(killed=killed, injured=injured)
    vague = report(killed=killed, injured=injured, days=Days(first, first + timedelta(days=length)), date_basis=basis)
    assert 0 <= rate_report(vague, alone) <= rate_report(exact, alone) <= 1


@pytest.mark.parametrize("precision", ["district", "province", "country", "unknown"])
def test_a_vague_place_never_raises_it(precision):
    assert rate_report(report(place=Place(precision=precision))) <= rate_report(report())


def test_a_vague_toll_is_less_sure_than_a_number_and_more_than_none():
    steps = [report(), report(killed=Count(2, None, None, "vague")), EXAMPLES["neither killed nor injured stated"]]
    rates = [rate_report(step) for step in steps]
    assert rates == sorted(rates, reverse=True) and len(set(rates)) == 3


def test_a_report_without_anything_is_rated():
    bare = Mention(sentence=Sentence(0, 0, 1, "X", 0, "body"), trigger="")
    assert 0 <= rate_report(Report(article_id="a", facts=Facts(), mentions=(bare,)), alone=False) <= 1


def test_the_sets_have_seen_every_doubt():
    rows = [line.split(",") for line in WEIGHTS.read_text("utf-8").splitlines()[1:]]
    assert {name for name, *_ in rows} == {START, *DOUBTS}
    assert min(int(reports) for _, _, reports, _ in rows) > 10, "a doubt that the sets do not know cannot be weighed"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text.replace("vague toll,-", "vague toll,", 1), "would raise the confidence"),
        (lambda text: text.replace("vague toll", "loud toll"), "not those of the code"),
        (lambda text: re.sub(r"vague toll,[^,]+", "vague toll,much", text), "no number"),
    ],
)
def test_wrong_weights_stop_the_build(tmp_path, change, message):
    path = tmp_path / "confidence.csv"
    path.write_text(change(WEIGHTS.read_text("utf-8")), "utf-8")
    with pytest.raises(SeedError, match=message):
        load_weights(path)


def test_the_table_of_quality_holds():
    bins = [(int(n), float(says), float(is_so)) for n, says, is_so, _ in BIN.findall(QUALITY.read_text("utf-8"))]
    hint = "run make calibrate; if it still does not hold, weigh pipeline/reports/confidence_doubts.py anew"
    assert len(bins) == 5 and min(n for n, _, _ in bins) >= 100, hint
    assert max(abs(says - is_so) for _, says, is_so in bins) <= 7, hint
