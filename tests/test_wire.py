"""The wire that the figures of scale are measured on: one for one seed, never held whole, true to its truth."""

import json
import re
from collections import Counter
from datetime import date
from itertools import islice

import pytest
from wire.articles import LEAST, MOST, Piece
from wire.phrases import load_sentences
from wire.stream import ARTICLES_PER_INCIDENT, PER_DAY, stream_pieces
from wire.write import write_wire

ARTICLES = 1_000


@pytest.fixture(scope="module")
def wire(tmp_path_factory):
    return write_wire(tmp_path_factory.mktemp("wire"), ARTICLES)


def rows_of(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_one_seed_gives_one_wire_and_another_seed_another(wire, tmp_path):
    names = ("articles.jsonl", "new.jsonl", "truth.jsonl")
    again = write_wire(tmp_path / "again", ARTICLES)
    other = write_wire(tmp_path / "other", ARTICLES, seed=8)
    for name in names:
        assert (again / name).read_bytes() == (wire / name).read_bytes(), f"{name} depends on more than the seed"
        assert (other / name).read_bytes() != (wire / name).read_bytes(), f"{name} does not depend on the seed"


def test_a_wire_has_as_many_articles_as_were_asked_and_one_in_a_hundred_new(wire):
    ids = [row["id"] for name in ("articles.jsonl", "new.jsonl") for row in rows_of(wire / name)]
    assert len(rows_of(wire / "articles.jsonl")) == ARTICLES and len(rows_of(wire / "new.jsonl")) == ARTICLES // 100
    assert len(set(ids)) == len(ids), "an id is given twice"


def test_every_article_has_its_length_and_no_slot_is_left_open(wire):
    for row in rows_of(wire / "articles.jsonl"):
        words = len(row["text"].split())
        assert LEAST <= words <= MOST, f"{row['id']} has {words} words: {row['text']}"
        assert not re.search(r"[{}\[\]|]|  ", row["text"] + row["title"]), f"{row['id']} is not filled: {row['text']}"


def test_the_truth_names_towns_that_its_articles_name(wire):
    texts = {row["id"]: row for name in ("articles.jsonl", "new.jsonl") for row in rows_of(wire / name)}
    told = [(row, texts[name]) for row in rows_of(wire / "truth.jsonl") for name in row["articles"]]
    for row, article in told:
        assert row["city"] in article["text"], f"{article['id']} does not name {row['city']}"
        late = (date.fromisoformat(article["published"]) - date.fromisoformat(row["day"])).days
        assert 0 <= late <= 11, f"{article['id']} tells {late} days late"
    assert len(told) > 0.6 * ARTICLES


def test_the_wire_is_as_wires_are(wire):
    truth, articles = rows_of(wire / "truth.jsonl"), rows_of(wire / "articles.jsonl")
    tellings = Counter(name for row in truth for name in row["articles"])
    texts = Counter(row["text"] for row in articles)
    share = len(truth) * ARTICLES_PER_INCIDENT / ARTICLES
    assert 0.85 < share < 1.15, f"{len(truth)} incidents in {ARTICLES} articles"
    assert len({row["country"] for row in truth}) > 30, "the incidents lie in too few countries"
    assert {len(row["articles"]) for row in truth} >= {1, 2, 3, 4}, "no incident is told often"
    assert sum(1 for row in articles if row["id"] not in tellings) > 0.1 * ARTICLES, "every article tells of an attack"
    assert max(tellings.values()) > 1, "no article tells of several incidents"
    assert max(texts.values()) > 1, "no text is copied word for word"
    assert any(row["killed"] > row["killed_first"] for row in truth), "no toll rises"
    assert max(Counter(row["day"] for row in truth).values()) <= PER_DAY


def test_there_are_many_sentences():
    assert sum(map(len, load_sentences().values())) >= 60


def test_a_long_wire_begins_at_once():
    first = list(islice(stream_pieces(5_000_000, seed=7), 50))
    assert all(isinstance(piece, Piece) for piece in first), "the truth comes before its articles"


def test_a_wire_longer_than_the_calendar_is_refused():
    with pytest.raises(ValueError, match="incidents a day"):
        next(stream_pieces(10**8, seed=7))
