"""Articles and files made to cost more than they should: each costs little, and what is not read is said.

`make bench-bombs` reads every bomb at its full size and writes the table of docs/reliability.md; here are the smaller
ones, which a mistake would make fail just as well, and the rules that keep all of them small.
"""

import time

import bombs
import pytest
from bomb_runner import measure_reading
from stretches import check_stretches

from pipeline.intake.articles import read_articles
from pipeline.intake.published import infer_published
from pipeline.model import Article, Issue
from pipeline.reports import limits
from pipeline.reports.language import load_tools
from pipeline.reports.limits import MOST_SENTENCE, Clock, bound_article, until_over
from pipeline.reports.read import read_article

SECONDS, MEGABYTES = 20, 700  # what a small bomb may cost at most, on a slow machine
HARM = bombs.HARM
QUICK = [name for name in bombs.FILES if name not in ("PDF: 30,000 pages", "PDF: forms in forms", "Word: paragraphs",
                                                      "HTML: 24,000 paragraphs", "HTML: open marks")]  # fmt: skip


def check(cost):
    assert not cost.failure, f"{cost.failure}: nothing but an issue may come of a strange article"
    assert cost.seconds < SECONDS, f"it took {cost.seconds:.0f} seconds: find what grows faster than the text"
    assert cost.megabytes < MEGABYTES, f"it took {cost.megabytes} MB: read it in pieces, or refuse it before"
    for article, reading in zip(cost.articles, cost.readings, strict=True):
        check_stretches(article, reading)


@pytest.mark.parametrize("name", QUICK)
def test_a_file_that_is_a_bomb_costs_little(name, tmp_path):
    ending, make = bombs.FILES[name]
    make(tmp_path / f"bomb{ending}")
    cost = measure_reading(tmp_path / f"bomb{ending}")
    check(cost)
    assert cost.articles or cost.issues, "neither an article nor an issue came of it"


@pytest.mark.parametrize("name", bombs.FILLS)
def test_one_endless_sentence_is_left_out_and_the_rest_is_read(name):
    text = f"{HARM}\n\n{bombs.one_sentence(name, 20_000)}\n\nGunmen shot two men dead in Herat on May 9, 2021.\n"
    reading = read_quickly(text)
    told = "".join(report.leading.sentence.text for report in reading.reports)
    assert "Kabul" in told and "Herat" in told, "what stands beside a sentence that is too long is read as ever"


@pytest.mark.parametrize("name", bombs.FILLS)
def test_a_sentence_that_is_just_short_enough_costs_little(name):
    read_quickly(bombs.many_sentences(name, bombs.LONG + 90))


def read_quickly(text):
    """Read a text as an article in no more than some seconds of the processor, every offset exact."""
    tools, start = load_tools(), time.process_time()
    article = Article(article_id="a", text=text, published=infer_published(text))
    reading = read_article(article, tools)
    assert time.process_time() - start < 8, "find what grows faster than the text"
    check_stretches(article, reading)
    return reading


@pytest.mark.soak
@pytest.mark.parametrize("name", bombs.FILES)
def test_every_file_that_is_a_bomb_is_bounded(name, tmp_path):
    ending, make = bombs.FILES[name]
    make(tmp_path / f"bomb{ending}")
    cost = measure_reading(tmp_path / f"bomb{ending}")
    assert not cost.failure and cost.seconds < 150 and cost.megabytes < 2_500


@pytest.mark.parametrize("words", ["a", "1", "A bomb. ", " ", "\n", "killed ", "A bomb killed 4.\n\n"])
def test_what_is_cut_out_leaves_the_rest_where_it_stands(words):
    text = f"{HARM}\n\n{words * 400_000}\n\nA blast killed nine people in Herat on May 9, 2021.\n"
    bounded = bound_article(Article(article_id="a", text=text, caption_spans=((0, len(HARM)),)))
    short = bounded.article.text
    assert len(short) < 400_000
    for here, there in bounded.parts:
        assert short[here : here + 40] == text[there : there + 40]
    assert bounded.article.caption_spans == ((0, len(HARM)),)
    blank = not words.strip()
    assert bool(bounded.issues) is not blank, "blanks are nothing that is lost, words are"
    for issue in bounded.issues:
        assert issue.kind == "limit" and text[issue.start : issue.start + 5].split() == issue.words[:5].split()


def test_an_article_without_excess_is_read_as_it_is():
    article = Article(article_id="a", text=(HARM + " ") * 20 + "\n\n" + HARM)
    assert bound_article(article).article is article


def test_a_sentence_of_the_most_characters_is_read_and_one_more_is_not():
    for more, kept in ((0, True), (1, False)):
        words = f"A bomb killed {'very ' * 500}"[: MOST_SENTENCE + more - 1] + "."
        assert (not bound_article(Article(article_id="a", text=words)).issues) is kept


def test_time_that_is_over_ends_the_reading_with_an_issue(monkeypatch):
    monkeypatch.setattr(limits, "MOST_SECONDS", 0.0)
    monkeypatch.setattr("pipeline.reports.read.Clock", lambda: Clock(most=0.0))
    reading = read_article(Article(article_id="a", text=HARM), load_tools())
    assert not reading.reports and [issue.kind for issue in reading.issues] == ["limit"]


def test_a_clock_counts_the_work_of_its_own_thread():
    assert list(until_over(range(5), Clock(most=60.0))) == [0, 1, 2, 3, 4]
    assert list(until_over(range(5), Clock(most=-1.0))) == []


def test_a_line_that_is_too_long_costs_itself_only(tmp_path):
    records = [b'{"id": "%s", "text": "A bomb."}' % name for name in (b"a", b"b")]
    bombs.sparse(tmp_path / "a.jsonl", records[0] + b"\n", size=40_000_000, tail=b"\n" + records[1] + b"\n")
    found = list(read_articles((tmp_path / "a.jsonl",)))
    assert [one.article_id for one in found if isinstance(one, Article)] == ["a", "b"]
    assert [one.words for one in found if isinstance(one, Issue)] == ["a.jsonl:2"]
