"""What tells of an incident and what is only a total or talk, and whole articles: cases as tables, and invariants."""

import json
from pathlib import Path

import pytest
from case_tables import cases
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.dates.find import find_dates
from pipeline.model import Article, Published, Sentence
from pipeline.people.aggregates import find_aggregates
from pipeline.people.figures import find_figures
from pipeline.reports.language import load_tools
from pipeline.reports.mentions import tell
from pipeline.reports.read import read_article

PUBLISHED = Published.on("2023-05-19")
GOLD = [json.loads(line) for line in (Path(__file__).parent / "gold" / "digests.jsonl").open(encoding="utf-8")]
SENTENCES = [param.values[0]["sentence"] for name in ("figures.csv", "tellings.csv") for param in cases(name)]
ARTICLES = [param.values[0]["text"] for param in cases("articles.csv")]


def parsed(text):
    sentence = Sentence(0, 0, len(text), text, 0, "body")
    return sentence, load_tools().model(text), find_dates(text, PUBLISHED)


@pytest.mark.parametrize("row", list(cases("tellings.csv")))
def test_what_tells_of_an_incident(row):
    sentence, doc, dates = parsed(row["sentence"])
    told = list(tell(sentence, doc, dates, [], load_tools()))
    got = "incident" if any(not telling.general for telling in told) else "none"
    why = {telling.general for telling in told}
    assert got == row["tells"], f"{row['sentence']!r} is read as {got} {why or ''}: mend pipeline/reports/mentions.py"
    assert got == "incident" or not row["why"] or row["why"] in why


@pytest.mark.parametrize("row", list(cases("aggregates.csv")))
def test_totals_are_found(row):
    sentence, doc, dates = parsed(row["sentence"])
    figures = [figure for figure, _ in find_figures(sentence, doc, load_tools().harm)]
    found = find_aggregates(sentence, figures, dates, [])
    got = " | ".join(f"{total.count} {total.unit}" for total in found) or "none"
    assert got == row["totals"], f"{row['sentence']!r}: mend pipeline/people/aggregates.py"
    for total in found:
        assert 0 <= total.start < sentence.end


@pytest.mark.parametrize("row", list(cases("articles.csv")))
def test_an_article_is_read(row):
    text = row["text"].replace("¶", "\n\n")
    reading = read_article(Article(article_id="a", text=text, published=Published.on(row["published"])), load_tools())
    got = " | ".join(show_report(r) for r in sorted(reading.reports, key=lambda r: r.start)) or "none"
    assert got == row["reports"], f"{row['about']}: mend reports/gather.py, or first what a sentence is read as"


def show_report(report):
    place, killed = report.facts.place, report.facts.killed.low
    name = place.city or place.admin1 or place.country or "-"
    return f"{report.facts.days or '-'}; {name}; {'-' if killed is None else killed}"


def check_reading(article, reading):
    """Hold what must be true of the reading of any article."""
    spans = [(r.start, r.leading.sentence.start, r.leading.sentence.end) for r in reading.reports]
    assert len({start for start, *_ in spans}) == len(spans), "two reports share a start, and so an id"
    assert all(start >= first for start, first, _ in spans)
    for report in reading.reports:
        numbers = [m.sentence.no for m in report.mentions]
        assert numbers == sorted(set(numbers)), "mentions stand in the order of the text, each sentence once"
        for mention in report.mentions:
            sentence = mention.sentence
            assert article.text[sentence.start : sentence.end] == sentence.text != ""
        for figure in report.figures:
            assert article.text[figure.start : figure.end].startswith(figure.words)
            assert figure.sentence_no in numbers, "a figure without its sentence"
        assert 0 < report.confidence < 1
        assert report.facts.days is None or report.facts.days.last <= PUBLISHED.last
    for total in reading.aggregates:
        sentence = total.sentence
        assert article.text[sentence.start : sentence.end] == sentence.text
        assert sentence.start <= total.start < sentence.end


MIXTURES = st.lists(
    st.one_of(st.sampled_from(SENTENCES), st.sampled_from(["— 2015 —", "May 3: ", "•", "By Ann Lee", "“", "…"])),
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(MIXTURES, st.lists(st.sampled_from([" ", "\n", "\n\n", " \u00a0", "\r\n"]), min_size=12, max_size=12))
def test_any_mixture_of_sentences_is_read_exactly(sentences, gaps):
    text = "".join(s + gap for s, gap in zip(sentences, gaps, strict=False))
    article = Article(article_id="a", text=text, published=PUBLISHED)
    reading = read_article(article, load_tools())
    check_reading(article, reading)
    assert reading == read_article(article, load_tools()), "the same article is read in two ways"


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read(text):
    article = Article(article_id="a", text=f"{text} killed 3 {text}", published=PUBLISHED)
    check_reading(article, read_article(article, load_tools()))


@pytest.mark.parametrize("row", GOLD, ids=lambda row: row["id"])
def test_digests_are_read_exactly(row):
    article = Article(
        article_id=row["id"], text=row["text"], title=row["title"], published=Published.on(row["published"])
    )
    for report in read_article(article, load_tools()).reports:
        for mention in report.mentions:
            assert row["text"][mention.sentence.start : mention.sentence.end] == mention.sentence.text


@pytest.mark.parametrize("text", ARTICLES[:6])
def test_an_article_is_read_alike_after_others(text):
    """Reading keeps nothing from one article to the next."""
    article = Article(article_id="a", text=text.replace("¶", "\n\n"), published=PUBLISHED)
    first = read_article(article, load_tools())
    for other in ARTICLES[6:9]:
        read_article(Article(article_id="b", text=other, published=PUBLISHED), load_tools())
    assert read_article(article, load_tools()) == first
