"""The kinds of incident that are read from words: cases as rows, known mistakes as strict expected failures."""

import pytest
from case_tables import cases

from pipeline.kinds.read import RANK, read_kind, weapon_phrases
from pipeline.kinds.signs import event_phrases
from pipeline.kinds.targets import target_phrases
from pipeline.tables.codes import CODES

ROWS = [param.values[0] for param in cases("kinds.csv")]
CHECKED = ("event_type", "weapon", "suicide", "target_type", "target_text", "status")


@pytest.mark.parametrize("row", list(cases("kinds.csv")))
def test_kind_of_a_text(row):
    kind = read_kind(row["text"].split(" // "))
    got = {column: getattr(kind, column) for column in CHECKED if row[column]}
    want = {column: row[column] for column in CHECKED if row[column]}
    assert got == want, f"{kind.rules}: mend a list in seeds/words or a rule of pipeline/kinds/read.py"


def test_every_rank_is_a_code_and_every_code_has_a_rank():
    assert set(RANK) == {code.word for code in CODES["event_type"]}


def test_codes_read_are_codes_of_the_codebook():
    for row in ROWS:
        kind = read_kind(row["text"].split(" // "))
        for column in ("event_type", "weapon", "suicide", "target_type", "status"):
            assert getattr(kind, column) in {code.word for code in CODES[column]}


def test_lists_load():
    for load in (event_phrases, weapon_phrases, target_phrases):
        assert list(load().find("a bomb at a mosque")) or load


def test_no_words_no_kind():
    kind = read_kind([])
    assert (kind.event_type, kind.weapon, kind.target_type, kind.status) == (
        "other violence",
        "unknown",
        "unknown",
        "occurred",
    )
