"""Broken bytes break no reader: some seconds of what `make fuzz` does for ten minutes, over a corpus that is kept."""

import random

import fuzzing
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.intake.articles import read_articles
from pipeline.model import Article, Published

WORDS = (
    "A bomb killed four people|in Kabul|on May 3, 2021|.|, |\n\n|\n| two days later|at least 12|and wounded|Gunmen"
    "|shot|’s|“|”|\u202e|\u200b|e\u0301|\U0001f54a|—|Islamic State claimed|;|(|)|- |2021|\t|the attack|13 soldiers|near"
)
PIECES = st.sampled_from(WORDS.split("|"))


@pytest.mark.parametrize("path", fuzzing.list_corpus(), ids=lambda path: path.name)
def test_what_broke_a_reader_once_and_what_is_sound_breaks_none(path):
    fuzzing.try_case(path.read_bytes(), path.suffix)


def test_a_few_seconds_of_changed_files_break_no_reader():
    tried, found = fuzzing.run(6, seed=7)
    kept = [f"{error!r} on {ending}" for _, ending, error in found]
    assert tried and not found, f"{kept}: run `make fuzz`, which keeps the files, and mend the readers"


def test_a_reader_that_breaks_is_found(monkeypatch):
    def broken(data, ending, folder):
        return data.index(b"e")

    monkeypatch.setattr(fuzzing, "READERS", {".url": (broken,)})
    assert fuzzing.run(0.5, seed=7)[1]


def test_a_reader_that_hangs_is_found(monkeypatch):
    monkeypatch.setattr(fuzzing, "SLOW", 1)
    monkeypatch.setitem(fuzzing.READERS, ".url", (lambda *_: [0 for _ in iter(int, 1)],))
    with pytest.raises(TimeoutError):
        fuzzing.try_case(b"", ".url")


def test_changes_are_the_same_for_the_same_seed():
    one, other = (fuzzing.mutate(random.Random(3), b"A bomb." * 9, [b"x" * 9]) for _ in range(2))
    assert one == other != b"A bomb." * 9


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PIECES | st.text(max_size=8), max_size=40))
def test_every_stretch_that_is_read_stands_where_it_is_said_to(pieces):
    published = Published.on("2023-05-19")
    fuzzing.read_text(Article(article_id="a", text=" ".join(pieces), published=published))


@pytest.mark.parametrize("name", ["found-graph", "found-number", "found-canonical", "found-og"])
def test_a_page_whose_own_notes_are_broken_is_read_all_the_same(name):
    found = read_articles((fuzzing.CORPUS / f"{name}.html",))
    texts = [one.text for one in found if isinstance(one, Article)]
    assert texts and texts[0].startswith("A bomb killed four people")
