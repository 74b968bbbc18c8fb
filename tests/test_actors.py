"""Who did it and who says so: cases as rows, known mistakes as strict expected failures."""

import pytest
from case_tables import cases

from pipeline.actors.groups import group_phrases
from pipeline.actors.read import claimant_of, read_actors
from pipeline.actors.stand_ins import name_stand_ins
from pipeline.actors.unlisted import find_unlisted
from pipeline.tables.codes import CODES
from pipeline.text.phrases import split_list
from pipeline.text.words import WORDS, load_words


def read_row(spans, context):
    """Read the spans of a row as those of an article that holds them and the context."""
    whole = "\n".join((*spans, context))
    local = find_unlisted(whole)
    starts = [whole.index(span) for span in spans]
    told = [name_stand_ins(span, whole[:n], whole, local) for span, n in zip(spans, starts, strict=True)]
    return read_actors(told, [context], (), local)


@pytest.mark.parametrize("row", list(cases("actors.csv")))
def test_who_did_it(row):
    actors = read_row(row["text"].split(" // "), row["context"])
    got = (actors.perpetrator, actors.attribution, " | ".join(actors.verifiers))
    want = (row["perpetrator"], row["attribution"], row["verifiers"])
    assert got == want, f"{actors.rules}: mend seeds/words/groups.csv or a rule of pipeline/actors/deed_rules.py"
    assert actors.attribution in {code.word for code in CODES["attribution"]}
    assert actors.perpetrator or actors.attribution == "unknown", "nobody is named, so nothing can be attributed"


@pytest.mark.parametrize("row", list(cases("claimants.csv")))
def test_who_says_a_number(row):
    start = row["sentence"].index("[")
    sentence = row["sentence"].replace("[", "").replace("]", "")
    want = (row["claimant"], row["claimant_type"])
    assert claimant_of(sentence, start) == want, "mend a pattern of pipeline/actors/claimants.py"
    assert want[1] in {code.word for code in CODES["claimant_type"]}


def test_no_alias_names_two_groups():
    seen = {}
    for row in load_words(WORDS / "groups.csv", ("name", "kind", "countries", "aliases")):
        for alias in (row["name"], *split_list(row["aliases"])):
            first = seen.setdefault(alias, row["name"])
            assert first == row["name"], f'"{alias}" names {first} and {row["name"]}: keep it in one row'


def test_every_alias_is_found_under_its_usual_name():
    for row in load_words(WORDS / "groups.csv", ("name", "kind", "countries", "aliases")):
        for alias in split_list(row["aliases"]):
            found = next(group_phrases().find(f"Men of {alias} came."), None)
            assert found is not None, f'"{alias}" is not found: write it as it stands in articles'
            assert found.meaning.split("|")[0] == row["name"], f'"{alias}" is read as {found.meaning}'
