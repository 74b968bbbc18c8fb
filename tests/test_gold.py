"""The news texts and their gold hold together: whole sentences, known keys, days that can have been reported."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from pipeline.tables.codes import CODES

GOLD = Path(__file__).parent / "gold"
SETS = {
    name: [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    for name in ("reports", "wires", "dispatches")
}
ROWS = [row for rows in SETS.values() for row in rows]
LENGTHS = {"R": (400, 700), "V": (150, 700), "D": (150, 700)}  # words
KEYS = {"id", "title", "published", "outlet", "text", "gold", "must_not", "aggregates", "split"}
INCIDENT_KEYS = set(
    "key date_start date_end city country_code lat lon killed injured event_type perpetrator sentences"
    " optional optional_fields note".split()
)
AGGREGATE_KEYS = set("count unit killed_low injured_low note sentences".split())
SCORED_FIELDS = set("date_start city killed_low injured_low event_type perpetrator".split())
EVENT_TYPES = {code.word for code in CODES["event_type"]}
ENDS = (".", "!", "?", "…")
CLOSING = "\"'”’)"
BEFORE = (
    *ENDS,
    *CLOSING,
    "—",
    "–",
    "-",
    ":",
    "\n",
    "**",
    "•",
    "/",
)  # an earlier sentence, a bullet, a dateline, a heading
TIME = re.compile(r"\n\d\d:\d\d$")  # what stands before an entry of a running report

by_id = pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])


def spans_of(row):
    parts = [span for part in (*row["gold"], *row["aggregates"]) for span in part["sentences"]]
    return [*parts, *(trap["sentence"] for trap in row["must_not"])]


def test_thirty_reports_half_of_them_closed():
    assert [row["id"] for row in SETS["reports"]] == [f"R{n:02}" for n in range(1, 31)]
    assert [row["split"] for row in SETS["reports"]] == ["dev", "closed"] * 15, "odd ids are dev, even ids closed"


def test_a_part_of_every_set_stays_closed():
    for name in ("wires", "dispatches"):
        splits = [row["split"] for row in SETS[name]]
        assert (splits.count("dev"), splits.count("closed")) == (10, 6), f"{name}.jsonl: no row changes its part"


@by_id
def test_keys_are_known(row):
    assert set(row) == KEYS
    shortest, longest = LENGTHS[row["id"][0]]
    assert shortest <= len(row["text"].split()) <= longest, f"{shortest} to {longest} words, says the README"
    for incident in row["gold"]:
        assert set(incident) <= INCIDENT_KEYS, f"{incident['key']}: unknown key"
        assert {"event_type", "sentences"} <= set(incident)
        assert set(incident["event_type"].split(" | ")) <= EVENT_TYPES, incident["event_type"]
        assert set(incident.get("optional_fields", ())) <= SCORED_FIELDS
        assert ("lat" in incident) == ("lon" in incident)
    for total in row["aggregates"]:
        assert set(total) <= AGGREGATE_KEYS
        assert total["count"] is None or total["count"] > 1
    assert len({incident["key"] for incident in row["gold"]}) == len(row["gold"])


@by_id
def test_days_are_days_up_to_publication(row):
    published = date.fromisoformat(row["published"])
    for incident in row["gold"]:
        assert ("date_start" in incident) == ("date_end" in incident), incident["key"]
        if incident.get("date_start"):
            first, last = date.fromisoformat(incident["date_start"]), date.fromisoformat(incident["date_end"])
            assert first <= last <= published, incident["key"]


@by_id
def test_counts_are_ranges(row):
    for incident in row["gold"]:
        for key in {"killed", "injured"} & set(incident):
            low, high = incident[key]
            assert low >= 0, f"{incident['key']}: {key} needs a lower bound, or leave it out"
            assert high is None or high >= low, incident["key"]


@by_id
def test_spans_are_whole_sentences(row):
    text = row["text"]
    for start, end in spans_of(row):
        assert 0 <= start < end <= len(text)
        words, before = text[start:end], text[:start].rstrip(" ")
        assert words == words.strip()
        assert words.rstrip(CLOSING).endswith(ENDS), f"the span ends inside a sentence: {words!r}"
        assert not words[0].islower(), f"the span starts inside a sentence: {words!r}"
        assert not before or before.endswith(BEFORE) or TIME.search(before), (
            f"the span starts inside a sentence: {words!r}"
        )


@by_id
def test_no_sentence_is_both_an_incident_and_none(row):
    told = {tuple(span) for incident in row["gold"] for span in incident["sentences"]}
    for trap in row["must_not"]:
        start, end = trap["sentence"]
        assert not any(a < end and start < b for a, b in told), f"also told as an incident: {row['text'][start:end]!r}"
