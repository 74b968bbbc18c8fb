"""What measures the figures of scale measures right: legs, attempts, memory, hashes, truth; and the report."""

import json
import os
from datetime import date

import pytest
from scale.builds import Legs, Place, add_up, hash_folder, weigh_storage
from scale.cluster import KILL_AT, Cluster
from scale.kept import Kept
from scale.memory import Watch
from scale.page import ask_tables, make_tables
from scale.report import write_report
from scale.truth import score_truth
from wire.records import make_records

from pipeline.incidents.merge import merge_reports

ATTEMPT = {"legs": {"Reading articles": 4.0}, "cpu_s": 3.0, "driver_mb": 300, "workers_mb": [250, 200], "built": ""}
BUILD = {"reports": 80, "incidents": 40, "cache_bytes": 900, "tables_bytes": 2000, "texts_bytes": 600, "articles": 100,
         "workers": 2, "seconds": 10.0, "legs": {"Reading articles": 8.0, "Writing tables": 2.0}, "driver_mb": 300,
         "workers_mb": [250], "built": "all"}  # fmt: skip
ABOUT = {"command": "make bench-scale", "took": 1.0, "at": "2024-01-01", "commit": "abc"}
FIGURES = {
    "race": {"articles": 100, "read_per_s": 40.0, "spacy_per_s": 30.0, "ratio": 0.75} | ABOUT,
    "build 100 by 1": BUILD | ABOUT | {"workers": 1, "seconds": 19.0},
    "build 100 by 2": BUILD | ABOUT,
    "build 1000 by 2": BUILD | ABOUT | {"articles": 1000, "seconds": 100.0, "driver_mb": 390},
    "again 1000": BUILD | ABOUT | {"seconds": 9.0},
    "merge 10": {"reports": 10, "incidents": 5, "us_per_report": 100.0, "seconds": 1, "peak_mb": 9} | ABOUT,
    "merge 100": {"reports": 100, "incidents": 50, "us_per_report": 150.0, "seconds": 1, "peak_mb": 9} | ABOUT,
    "page 100": {"incidents": 100, "tables_mb": 9, "open_s": 1, "held_mb": 1, "filter_s": 1, "peak_mb": 1, "share": 0.1,
                 "in_memory": "incidents parts"} | ABOUT,
    "same 100": {"articles": 100, "kills": 2, "same": False, "seals": {"one": "a", "two": "b"}} | ABOUT,
}  # fmt: skip


def test_time_goes_to_what_was_being_done(monkeypatch):
    clock = iter([0.0, 1.0, 3.0, 6.0])
    monkeypatch.setattr("scale.builds.time.monotonic", lambda: next(clock))
    legs, heard = Legs(since=next(clock)), []
    for line in ({"doing": "Opening", "done": 1, "of": 0}, {"doing": "Reading", "done": 1, "of": 2}, {"built": "all"}):
        legs.hear(json.dumps(line), lambda *said: heard.append(said))
    assert dict(legs.spent) == {"Starting": 1.0, "Opening": 2.0, "Reading": 3.0}
    assert legs.built == "all" and heard == [("Opening", 1, 0), ("Reading", 1, 2)]


def test_a_build_that_was_stopped_counts_all_its_attempts():
    found = add_up([ATTEMPT, ATTEMPT | {"workers_mb": [260], "driver_mb": 290, "built": "all"}])
    assert (found["seconds"], found["cpu_s"], found["driver_mb"], found["workers_mb"]) == (8.0, 6.0, 300, [260])
    assert found["attempts"] == 2 and found["built"] == "all"


def test_a_figure_is_measured_once(tmp_path):
    calls = []
    for _ in range(2):
        kept = Kept.open(tmp_path)
        found = kept.measure("race", "make race", lambda: calls.append(1) or {"ratio": 0.9})
    assert calls == [1] and found["ratio"] == 0.9 and found["command"] == "make race"


def test_the_watch_sees_this_process():
    watch = Watch(os.getpid())
    watch.look()
    assert watch.driver_mb > 20 and watch.seconds[os.getpid()] > 0


def test_the_hash_knows_names_and_bytes(tmp_path):
    seals = set()
    for name, text in (("a.csv", "1"), ("a.csv", "2"), ("b.csv", "2")):
        folder = tmp_path / f"{name}{text}"
        folder.mkdir()
        (folder / name).write_text(text)
        seals.add(hash_folder(folder))
    assert len(seals) == 3


def test_the_gazetteer_is_no_storage_of_an_article(tmp_path):
    place = Place(tmp_path)
    for path, size in ((place.cache / "gazetteer-1.sqlite", 999), (place.cache / "part", 20), (place.out / "a.csv", 30),
                       (place.out / "texts" / "a.txt", 40)):  # fmt: skip
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * size)
    assert weigh_storage(place, 10) == {"cache_bytes": 2, "tables_bytes": 3, "texts_bytes": 4}


def test_the_truth_is_compared_field_by_field(tmp_path):
    known = {"day": "2024-05-01", "city": "Herat", "killed": 3, "articles": ["a1", "a2"]}
    unread = {"day": "2024-05-02", "city": "Kabul", "killed": 1, "articles": ["a3"]}
    (tmp_path / "truth.jsonl").write_text("\n".join(map(json.dumps, (known, unread))))
    (tmp_path / "articles.csv").write_text("article_id\na1\na2\na3\n")
    (tmp_path / "reports.csv").write_text("incident_id,article_id\ni1,a1\ni2,a2\n")
    rows = "incident_id,date_start,date_end,city,killed_best\n"
    (tmp_path / "incidents.csv").write_text(rows + "i1,2024-05-01,2024-05-01,Herāt,4\ni2,,,,3\n")
    found = score_truth(tmp_path / "truth.jsonl", tmp_path)
    assert found == {"known": 2, "incidents": 2, "unmatched": 1, "found": 0.5, "day": 0.5, "city": 0.5, "killed": 0.0,
                     "all three": 0.0}  # fmt: skip


def test_workers_are_killed_at_their_moments(tmp_path, monkeypatch):
    cluster = Cluster(tmp_path, tmp_path, None, "")
    monkeypatch.setattr(Cluster, "add_worker", lambda self: self.workers.append(Dead()))
    cluster.workers = [Dead(), Dead()]
    for done in range(101):
        cluster.heed("Reading articles", done, 100)
        cluster.heed("Merging reports", done, 100)
    assert cluster.kills == list(KILL_AT) and len(cluster.workers) == 2


class Dead:
    """A worker that does nothing."""

    pid = 0
    kill = wait = poll = lambda self: None


def test_records_are_those_of_a_wire():
    made = make_records(400)
    incidents, _ = merge_reports(made.readings, made.articles, [])
    assert len(made.readings) == len(made.articles) == 400
    assert 180 < len(incidents) < 260, "a record is told about twice, and most tellings find each other"
    assert all(len(incident.facts.days or ()) <= 31 for incident in incidents)


def test_the_page_is_asked_over_parts(tmp_path):
    found = ask_tables(make_tables(tmp_path / "tables", 300))
    assert found["incidents"] == 300 and len(list((tmp_path / "tables" / "incidents").glob("*.parquet"))) == 8
    assert {"incidents", "parts"} <= set(found["in_memory"].split())


@pytest.mark.parametrize(
    "line",
    [
        "Two workers are 1.90 times as fast as one process, in reading alone 1.00 times.",
        "The steepest step is 1.50: 1.3 at most was asked, and **falls short**.",
        "For the largest, under 5 % was asked, and **falls short**.",
        "reading and started again: **not the same bytes**: {'one': 'a', 'two': 'b'}.",
        "The driver grows 1.30 times: flat was asked, and **falls short**.",
        "- **Memory of the driver**: 290 MB and 100,000 bytes an article: 10,000 GB.",
        "| the driver holds 64 GB | 640,000 |",
    ],
)
def test_the_report_says_what_falls_short(line):
    assert line in write_report(FIGURES), "the report no longer says this"


def test_the_report_leaves_out_what_was_not_measured():
    told = write_report({"race": FIGURES["race"]})
    assert "Beside spaCy alone" in told and "Merging" not in told and "To 100,000,000" not in told
    assert date.fromisoformat("2024-01-01").isoformat() in told
