import csv
import os
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.incidents.copies import mark_copies
from pipeline.intake.articles import read_articles
from pipeline.model import Article, Published

CASES = Path(__file__).parent / "cases" / "copies.csv"


def read_cases():
    with CASES.open(encoding="utf-8", newline="") as file:
        for name, group in groupby(csv.DictReader(file), key=lambda row: row["case"]):
            rows = list(group)
            wrong = any(row["expect"] == "fail" for row in rows)
            marks = [pytest.mark.xfail(strict=True, reason=rows[0]["comment"])] if wrong else []
            yield pytest.param(rows, id=name, marks=marks)


def article_of(row):
    return Article(
        article_id=row["article_id"],
        text=row["text"].replace("¶", "\n\n"),
        outlet=row["outlet"],
        published=Published.on(row["published"]) if row["published"] else None,
    )


def all_articles():
    with CASES.open(encoding="utf-8", newline="") as file:
        return [article_of(row) for row in csv.DictReader(file)]


@pytest.mark.parametrize("rows", list(read_cases()))
def test_stories_of_case(rows):
    found = {story.article_id: (story.story_id, story.copy_kind) for story in mark_copies(map(article_of, rows))}
    expected = {row["article_id"]: (row["story_id"], row["copy_kind"]) for row in rows}
    assert found == expected, "weigh the limits of pipeline/incidents/copies.py, or mark the case `fail` with why"


@settings(max_examples=20, deadline=None)
@given(st.permutations(all_articles()))
def test_order_of_articles_changes_nothing(articles):
    assert mark_copies(articles) == mark_copies(all_articles())


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(all_articles()), unique_by=lambda article: article.article_id))
def test_each_article_has_one_story_that_stands_for_itself(articles):
    stories = {story.article_id: story for story in mark_copies(articles)}
    assert sorted(stories) == sorted(article.article_id for article in articles)
    for story in stories.values():
        lead = stories[story.story_id]
        assert (lead.story_id, lead.copy_of, lead.copy_kind, lead.similarity) == (story.story_id, "", "", None)
        assert (story.copy_of == "") == (story is lead)


def test_texts_without_words_are_stories_of_their_own():
    empty = [Article(article_id="a", text="…"), Article(article_id="b", text="- -")]
    assert [story.story_id for story in mark_copies(empty)] == ["a", "b"]
    assert mark_copies([]) == []


@pytest.mark.skipif("INCIDENT_BENCH" not in os.environ, reason="INCIDENT_BENCH names no folder of outer gold sets")
def test_real_copies_are_one_story():
    articles = list(read_articles([Path(os.environ["INCIDENT_BENCH"]) / "seeds"]))
    stories = mark_copies(articles)
    assert len(stories) == 2
    assert len({story.story_id for story in stories}) == 1


@pytest.mark.skipif("INCIDENT_BENCH" not in os.environ, reason="INCIDENT_BENCH names no folder of outer gold sets")
def test_real_timelines_are_no_copies():
    articles = list(read_articles([Path(os.environ["INCIDENT_BENCH"]) / "bench" / "wiki_timelines.jsonl"]))
    assert [story for story in mark_copies(articles) if story.copy_of] == []
