"""The digests in seeds/ and their gold: the offsets count in the very text that the reader extracts."""

import json
from pathlib import Path

import pytest

from pipeline.intake.articles import read_articles
from pipeline.model import Issue
from pipeline.tables.codes import CODES

ROOT = Path(__file__).parent.parent
GOLD = [json.loads(line) for line in (ROOT / "tests" / "gold" / "digests.jsonl").open(encoding="utf-8")]
ARTICLES = {a.article_id: a for a in read_articles([ROOT / "seeds" / "articles"]) if not isinstance(a, Issue)}
EVENT_TYPES = {code.word for code in CODES["event_type"]}
ENDS = (".", "!", "?", "…")


def test_every_digest_has_gold_and_no_gold_is_left_over():
    assert {row["id"] for row in GOLD} == set(ARTICLES), "write a line of tests/gold/digests.jsonl for each digest"


@pytest.mark.parametrize("row", GOLD, ids=lambda row: row["id"])
def test_gold_is_of_the_text_that_is_read(row):
    article = ARTICLES[row["id"]]
    assert row["text"] == article.text, "the digest has changed: mend the text and the offsets of its gold"
    assert article.published is not None
    assert row["published"] == str(article.published.first)
    assert (row["title"], row["outlet"]) == (article.title, article.outlet)
    assert 60 <= len(article.text.split()) <= 250, "a digest has 60 to 250 words"


@pytest.mark.parametrize("row", GOLD, ids=lambda row: row["id"])
def test_spans_of_the_gold_are_whole_sentences(row):
    spans = [span for part in (*row["gold"], *row["aggregates"]) for span in part["sentences"]]
    for start, end in (*spans, *(part["sentence"] for part in row["must_not"])):
        words = row["text"][start:end]
        assert words == words.strip()
        assert words.endswith(ENDS), f"the span ends inside a sentence: {words!r}"
        assert start == 0 or not row["text"][start - 1].isalnum(), f"the span starts inside a word: {words!r}"


@pytest.mark.parametrize("row", GOLD, ids=lambda row: row["id"])
def test_codes_of_the_gold_are_codes(row):
    for incident in row["gold"]:
        assert set(incident["event_type"].split(" | ")) <= EVENT_TYPES
        assert incident["date_start"] is None or incident["date_start"] <= incident["date_end"] <= row["published"]
