import os
from datetime import date
from pathlib import Path

import pytest
from case_tables import cases
from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake.published import infer_published


@pytest.mark.parametrize("row", list(cases("published.csv")))
def test_window_of_case(row):
    found = infer_published(row["text"].replace("¶", "\n\n"))
    window = (str(found.first), str(found.last)) if found else ("", "")
    assert window == (row["published"], row["published_latest"]), (
        f"{row['text']!r} gave {window}: mend a rule in pipeline/intake/published.py, or mark the row `fail` with why"
    )


@given(
    st.dates(date(1990, 1, 1), date(2030, 12, 31)),
    st.integers(1, 12),
    st.sampled_from(
        ["In {month} a bus was hit.", "Raids went on in late {month}.", "It is two years since {month} 2011."]
    ),
)
def test_window_never_begins_before_a_day_that_the_text_tells_of(day, month, sentence):
    name = date(2000, month, 1).strftime("%B")
    found = infer_published(f"A depot burned on {day.day} {day:%B %Y}.\n\n{sentence.format(month=name)}")
    assert found.basis == "inferred"
    assert day <= found.first <= found.last


@given(st.text(max_size=300))
def test_any_text_gives_a_window_or_none(text):
    found = infer_published(text)
    assert found is None or found.first <= found.last


@pytest.mark.skipif("INCIDENT_BENCH" not in os.environ, reason="INCIDENT_BENCH names no folder of outer gold sets")
def test_window_of_real_articles_lies_in_may_or_june_2023():
    for path in sorted((Path(os.environ["INCIDENT_BENCH"]) / "seeds").glob("*.txt")):
        found = infer_published(path.read_text(encoding="utf-8"))
        assert date(2023, 5, 1) <= found.first <= found.last <= date(2023, 6, 30), f"{path.name}: {found}"
