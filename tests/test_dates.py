"""Dates: cases as tables, and what must hold for any words and any text."""

import time
from datetime import date
from itertools import pairwise

import pytest
from case_tables import cases
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dates.find import choose_days, find_dates, head_dates, read_days
from pipeline.model import Block, Days, Published


def seen_from(words):
    days = Days.parse(words) if words else None
    return Published(days.first, days.last) if days else None


@pytest.mark.parametrize("row", list(cases("dates.csv")))
def test_words_are_read(row):
    anchor = Days.parse(row["anchor"]) if row["anchor"] else None
    found = read_days(row["words"], seen_from(row["published"]), anchor, int(row["year"]) if row["year"] else None)
    got = str(found.days) if found and found.days else ""
    assert got == row["days"], (
        f"{row['words']!r}: read {got or 'nothing'} ({found and found.rule}), expected {row['days']}"
    )


@pytest.mark.parametrize("row", list(cases("date_spans.csv")))
def test_dates_of_a_text_are_found(row):
    found = find_dates(row["text"], seen_from(row["published"]))
    got = " | ".join(f"{d.words} = {d.days or '-'} {d.rule}" for d in found)
    assert got == row["found"], f"{row['text']!r}: found {got or 'nothing'}"


def articles():
    """Give the articles of the table of heads, each a list of rows."""
    rows = [param.values[0] for param in cases("date_heads.csv")]
    for name in dict.fromkeys(row["article"] for row in rows):
        own = [row for row in rows if row["article"] == name]
        failing = [row["comment"] for row in own if row["expect"] == "fail"]
        marks = [pytest.mark.xfail(strict=True, reason=failing[0])] if failing else []
        yield pytest.param(own, marks=marks, id=name)


@pytest.mark.parametrize("rows", list(articles()))
def test_heads_govern_blocks(rows):
    text, blocks = "", []
    for no, row in enumerate(rows):
        blocks.append(Block(no, len(text), len(text) + len(row["line"]), row["kind"]))
        text += row["line"] + "\n\n"
    found = head_dates(blocks, text, seen_from(rows[0]["published"]))
    got = [(row["line"], str(head.days or "") if head else "") for row, head in zip(rows, found, strict=True)]
    assert got == [(row["line"], row["days"]) for row in rows]


@pytest.mark.parametrize("row", list(cases("date_choices.csv")))
def test_words_of_one_incident_agree(row):
    chosen = choose_days(find_dates(row["text"], seen_from(row["published"])))
    got = str(chosen.days) if chosen else ""
    assert got == row["days"], f"{row['text']!r}: chose {chosen and chosen.words!r}, read as {got or 'nothing'}"


DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
PIECES = st.sampled_from(
    "March May 3 12 31 2021 1990s ' - – / , . : the of and to from between night Friday Fri. last this next late "
    "early year week two days ago later since until will be 2022-03-05 12/12/2022 3rd Christmas Day summer Q1 half "
    "that month yesterday overnight \n \n\n •".split(" ")
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES).map("".join))
FORMATS = ("%d %B %Y", "%B %d, %Y", "%d %b. %Y", "%b %d, %Y", "%Y-%m-%d", "%d.%m.%Y", "%A, %d %B %Y", "%A, %B %d, %Y")


@given(DAYS, st.sampled_from(FORMATS))
def test_a_written_date_reads_back(day, form):
    if "%b." in form and day.month == 5:
        form = "%d %b %Y"  # May is never cut short
    found = read_days(day.strftime(form), None)
    assert found and found.days == Days(day, day) and found.basis == "explicit"


@given(DAYS, st.integers(0, 364), st.sampled_from(["%B %d", "%d %B", "%A, %B %d", "on %d %b"]))
def test_a_date_without_a_year_reads_back_within_a_year(published, back, form):
    day = date.fromordinal(published.toordinal() - back)
    found = read_days(day.strftime(form), Published(published, published))
    assert found and found.days == Days(day, day)


@given(TEXTS, DAYS, st.integers(0, 90))
def test_nothing_is_later_than_publication(text, day, window):
    published = Published(day, date.fromordinal(min(day.toordinal() + window, date.max.toordinal())))
    for words in find_dates(text, published):
        assert words.days is None or words.days.last <= published.last


@given(TEXTS, st.one_of(st.none(), DAYS))
def test_words_stand_where_they_say(text, day):
    found = find_dates(text, Published(day, day) if day else None)
    for words in found:
        assert text[words.start : words.end] == words.words != ""
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(TEXTS, DAYS)
def test_a_wider_window_never_reads_more_exactly(text, day):
    window = Published(day, date.fromordinal(day.toordinal() + 3))
    for words, wide in zip(find_dates(text, Published(day, day)), find_dates(text, window), strict=True):
        if words.days and wide.days and wide.basis == "relative" and words.rule == wide.rule:
            assert words.days.meet(wide.days), "the window holds the day, so its reading holds the day's"


@pytest.mark.parametrize(
    "text",
    [
        "March 3, 2021 and " * 10_000,
        "from 3 March to " * 10_000,
        "Friday " * 10_000,
        "the " * 20_000,
        "early late mid " * 10_000,
        "2" * 50_000,
        " " * 50_000 + "March",
        "March\n" * 5_000,
        "will " * 5_000 + "on Friday " * 5_000,
    ],
    ids=["dates", "ranges", "weekdays", "articles", "parts", "digits", "blanks", "lines", "announced"],
)
def test_a_long_line_takes_no_longer_than_its_length(text):
    start = time.process_time()
    find_dates(text, Published.on("2023-05-19"))
    assert time.process_time() - start < 20, "a pattern backtracks: bound its repetitions"
