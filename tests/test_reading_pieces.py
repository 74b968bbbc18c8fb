"""Numbers, blocks and sentences, the pieces that reading starts from: cases as tables, and what holds for any text."""

import time
from itertools import pairwise

import pytest
from case_tables import cases, show_count
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Article
from pipeline.people.numbers import add_counts, find_quantities, read_integer
from pipeline.text.sentences import sentence_spans, split_blocks, split_sentences

LEAD = "The governor spoke to the press on Monday."  # so that the block of a case is not the first one
PIECES = st.sampled_from(
    'Gunmen killed 12 people. two dozen at least more than 1,200 3.5 million U.S. St. p.m. Gen. A. “ ” " ( ) ... ? ! '
    "hundred thousand and or to - – , . between up some no none half a million \n \n\n • — 2014 (AP) 9999999999999999 "
    "March 3: By Ann Lee Photo: caption dozens of hundreds É ö 三 \u00a0 \t".split(" ")
)
TEXTS = st.one_of(
    st.text(max_size=300), st.lists(PIECES, max_size=60).map(" ".join), st.lists(PIECES, max_size=60).map("".join)
)


@pytest.mark.parametrize("row", list(cases("numbers.csv")))
def test_words_are_counted(row):
    found = find_quantities(row["words"])
    got = show_count(add_counts([q.count for q in found])) if found else "none"
    assert got == row["count"], f"{row['words']!r} is read as {got}: mend pipeline/people/numbers.py"


@pytest.mark.parametrize("row", list(cases("sentences.csv")))
def test_a_text_is_cut_into_sentences(row):
    text = row["sentences"].replace(" || ", " ")
    got = " || ".join(text[a:b] for a, b in sentence_spans(text, 0, len(text)))
    assert got == row["sentences"], "mend ends_sentence or its list of abbreviations in pipeline/text/sentences.py"


@pytest.mark.parametrize("row", list(cases("blocks.csv")))
def test_a_block_has_its_kind(row):
    text = row["block"] if row["kind"] == "title" else f"{LEAD}\n\n{row['block']}"
    block = split_blocks(Article(article_id="a", text=text))[-1]
    assert block.kind == row["kind"], f"{row['block']!r}: mend block_kind in pipeline/text/sentences.py"


@given(TEXTS)
def test_sentences_stand_where_they_say_and_fill_their_blocks(text):
    article = Article(article_id="a", text=text)
    blocks = split_blocks(article)
    sentences = split_sentences(article, blocks)
    for sentence in sentences:
        assert text[sentence.start : sentence.end] == sentence.text != ""
        assert sentence.kind == blocks[sentence.block].kind
    assert [s.no for s in sentences] == list(range(len(sentences)))
    for block in blocks:
        own = [s for s in sentences if s.block == block.no]
        bounds = [block.start, *(edge for s in own for edge in (s.start, s.end)), block.end]
        assert bounds == sorted(bounds), "sentences overlap or leave their block"
        assert not any(text[a:b].strip() for a, b in zip(bounds[::2], bounds[1::2], strict=True)), "words are lost"


@given(TEXTS)
def test_every_word_lies_in_a_block(text):
    edges = [
        0,
        *(edge for b in split_blocks(Article(article_id="a", text=text)) for edge in (b.start, b.end)),
        len(text),
    ]
    assert edges == sorted(edges)
    assert not any(text[a:b].strip() for a, b in zip(edges[::2], edges[1::2], strict=True)), "words are lost"


@given(TEXTS)
def test_amounts_stand_where_they_say(text):
    found = find_quantities(text)
    for quantity in found:
        assert text[quantity.start : quantity.end] == quantity.words != ""
        low, best, high = quantity.count.low, quantity.count.best, quantity.count.high
        assert low is None or low >= 0
        assert low is None or high is None or low <= high
        assert best is None or (low is not None and low <= best)
    assert all(a.end <= b.start for a, b in pairwise(found)), "amounts overlap"


@given(st.integers(0, 999_999_999))
def test_a_number_with_commas_reads_back(number):
    assert read_integer(f"{number:,}") == number


LONG = {
    "and": "12 and " * 10_000,
    "between": "between 10 and " * 10_000,
    "hundred": "a hundred " * 10_000,
    "commas": "1," * 30_000,
    "digits": "9" * 60_000,
    "least": "at least " * 10_000,
    "abbreviations": "Gen. " * 10_000,
    "initials": "Dr A. B. " * 5_000,
    "lines": "a\n" * 20_000,
    "brackets": "(" * 30_000,
    "dots": "… " * 20_000,
    "caption": "The damage " * 8_000,
    "blanks": "\n \t" * 20_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_long_line_takes_no_longer_than_its_length(text):
    start = time.process_time()
    find_quantities(text)
    split_sentences(Article(article_id="a", text=text))
    assert time.process_time() - start < 10, "a pattern backtracks: bound its repetitions"
