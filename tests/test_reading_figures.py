"""Numbers of people and what befell them: cases as tables, and what holds for any sentence."""

from dataclasses import replace

import pytest
from case_tables import cases, show_count
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.actors.read import claimant_of
from pipeline.model import Article, Count, Figure, Sentence
from pipeline.people.counts import count_all
from pipeline.people.figures import find_figures
from pipeline.reports.language import load_tools, parse_sentences
from pipeline.text.sentences import split_sentences

WORDS = (
    "two 12 at least a dozen soldiers policeman , and or killed wounded were was dead injured people himself another "
    'as many including others children shot stabbed to death toll rose no one casualties of the attack bomb ( ) - " ’ '
    "who his brother aged 34 -year-old fatally leaving with lives claimed 2,000 Ali Hassan in Kabul on Monday . hostage"
).split()
SENTENCES = st.one_of(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join), st.text(max_size=120))


def figures_of(text):
    tools = load_tools()
    sentence = Sentence(0, 0, len(text), text, 0, "body")
    return sorted((f for f, _ in find_figures(sentence, tools.model(text), tools.harm)), key=lambda f: f.start)


def show_figure(figure):
    ends = ("" if n is None else n for n in (figure.count.low, figure.count.high))
    return ":".join((figure.measure, "-".join(map(str, ends)), figure.words, figure.counts))


@pytest.mark.parametrize("row", list(cases("figures.csv")))
def test_people_and_what_befell_them(row):
    got = " | ".join(map(show_figure, figures_of(row["sentence"]))) or "none"
    assert got == row["figures"], f"{row['sentence']!r}: mend pipeline/people/find.py, harms.py or sufferers.py"


@pytest.mark.parametrize("row", list(cases("tolls.csv")))
def test_a_toll_is_added_up(row):
    tools = load_tools()
    sentences = split_sentences(Article(article_id="a", text=row["text"]))
    figures = [f for sentence, doc in parse_sentences(sentences, tools) for f in claimed(sentence, doc, tools)]
    tolls = count_all(figures)
    measures = {"killed": "killed", "injured": "injured", "casualties": "killed_or_injured"}
    got = {name: show_toll(tolls[measure].count) for name, measure in measures.items()}
    got["attackers"] = str(tolls["killed"].attackers or "")
    assert got == {name: row[name] for name in got}, "mend people/counts.py, or first the figures of a sentence"


def claimed(sentence, doc, tools):
    """Give the figures of a sentence with who states them."""
    for figure, _ in find_figures(sentence, doc, tools.harm):
        claimant, kind = claimant_of(sentence.text, figure.start - sentence.start)
        yield replace(figure, claimant=claimant, claimant_type=kind)


def show_toll(count):
    return "" if count.state == "not_stated" else show_count(count)


@settings(max_examples=150, deadline=None)
@given(SENTENCES)
def test_figures_stand_where_they_say(text):
    tools = load_tools()
    sentence = Sentence(3, 7, 7 + len(text), text, 0, "body")
    found = [f for f, _ in find_figures(sentence, tools.model(text), tools.harm)]
    for figure in found:
        assert 7 <= figure.start < figure.end <= sentence.end
        assert text[figure.start - 7 : figure.end - 7].startswith(figure.words)
        assert figure.sentence_no == 3
    assert found == [f for f, _ in find_figures(sentence, tools.model(text), tools.harm)], "the same words read twice"


COUNTS = st.one_of(
    st.integers(0, 500).map(lambda n: Count(n, n, n, "exact" if n else "stated_zero")),
    st.integers(1, 500).map(lambda n: Count(n, n, None, "open_high")),
    st.integers(1, 500).map(lambda n: Count(None, None, n, "open_low")),
    st.integers(2, 100).map(lambda n: Count(n, None, None, "vague")),
    st.just(Count(None, None, None, "vague")),
)
FIGURES = st.lists(
    st.builds(
        Figure,
        measure=st.sampled_from(["killed", "injured", "killed_or_injured", "shot", "missing"]),
        count=COUNTS,
        words=st.sampled_from(["12", "another", "two others", "more than 9"]),
        group=st.sampled_from(["civilian", "security", "attacker", "unknown"]),
        start=st.just(0),
        end=st.just(2),
        sentence_no=st.integers(0, 3),
        claimant=st.sampled_from(["", "police", "the group"]),
        claimant_type=st.sampled_from(["media", "authority", "perpetrator"]),
        counts=st.sampled_from(["yes", "repeats", "part_of_total"]),
    ),
    max_size=8,
)


@given(FIGURES)
def test_a_toll_never_runs_backwards(figures):
    for toll in count_all(sorted(figures, key=lambda f: f.sentence_no)).values():
        low, best, high = toll.count.low, toll.count.best, toll.count.high
        assert low is None or high is None or low <= high
        assert best is None or high is None or best <= high
        assert toll.attackers is None or toll.attackers > 0
        assert (toll.count.state == "not_stated") == (toll.count == Count(rule=toll.count.rule))


@given(FIGURES)
def test_no_figure_no_toll(figures):
    others = [f for f in figures if f.measure == "missing"]
    assert all(t.count == Count() and not t.figures for t in count_all(others).values())
