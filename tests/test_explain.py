"""An explanation names the words, the rules, the figures weighed and what people changed."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.explain import explain_incident
from pipeline.publish import publish_tables
from pipeline.tables.decision import Decided
from pipeline.tables.folder import FolderError, claim_folder
from pipeline.tables.rows import Edition
from tests.newsroom import edition, incident, report


def publish(out: Path, records: Edition) -> Path:
    with claim_folder(out) as claim:
        publish_tables(records, claim)
    return out


EXPLAINED = """\
Bombing in Testa (wire/1:0)
single_source, 1 article of 1 independent story, confidence 0.5, suggested

WHAT
  event_type bombing, status occurred, weapon explosives

WHEN
  date_start 2021-05-05, date_end 2021-05-05, date_precision day, date_basis explicit
  words: “on 5 May 2021”
  rule, The Wire: date_start: day_month_year
  sentences: [1]

WHERE
  city Testa, admin1 North, country Testland, latitude 34.5, longitude -69.12346, geo_precision city, geo_radius_km 5.0
  words: “in Testa”
  rule, The Wire: city: in_place
  sentences: [1]

KILLED
  killed_low 3, killed_best 3, killed_state open_high, killed_attackers 0
  best figure: latest_independent
  sentences: [1], [2]

INJURED
  injured_low 10, injured_best 10, injured_high 10, injured_state exact
  best figure: only_one
  sentences: [2]

FIGURES WEIGHED
  [1] “three” people, killed: 3, says media; counts

SENTENCES
  [1] The Wire, texts/wire%2F1.txt 0–50 (date, city, killed)
      A bomb killed three people in Testa on 5 May 2021.
  [2] The Wire, texts/wire%2F1.txt 51–107 (killed, injured)
      Mayor Ana Ruiz said "at least 3 died", and 10 were hurt."""


def test_an_incident_is_explained_cell_by_cell(tmp_path: Path) -> None:
    assert explain_incident("wire/1:0", publish(tmp_path / "data", edition(decisions=[]))) == EXPLAINED


def test_an_id_that_was_merged_explains_what_it_is_now(tmp_path: Path) -> None:
    assert explain_incident("wire/1:9", publish(tmp_path / "data", edition(decisions=[]))) == EXPLAINED


def decided(**changes: object) -> Decided:
    known: dict[str, object] = {
        "row_id": "1", "at": "2024-03-05T10:00:00+00:00", "incident_id": "wire/1:0", "column": "killed_low", "was": "2",
        "now": "3", "reason": "the mayor says so", "by": "ana", "machine": "2", "words": ("two", "at least 2"),
        "rule": "majority", "no": 1,
    }  # fmt: skip
    return Decided(**known | changes)  # type: ignore[arg-type]


def test_what_people_changed_is_told_with_who_when_why_and_what_stood_there(tmp_path: Path) -> None:
    edited = incident(review_state="edited", reviewer="ana", corrected=("killed_low",))
    undone = decided(row_id="0", no=2, column="city", was="", now="Oldtown", state="undone")
    undo = decided(row_id="2", no=3, column="undo", was="", now="", reason="no", undoes="0", by="ben")
    records = edition(incidents=[edited], decisions=[decided(), undone, undo, decided(row_id="9", incident_id="z:1")])
    told = explain_incident("wire/1:0", publish(tmp_path / "data", records))
    assert "edited by ana" in told
    assert (
        "  killed_low set to “3” by ana on 2024-03-05, where “2” stood, because the mayor says so (row 1)\n"
        "    the articles give “2” (majority: “two”, “at least 2”)\n"
    ) in told
    assert told.endswith(
        "DECIDED BY PEOPLE\n"
        "  2024-03-05 ana, killed_low “2” to “3”: the mayor says so (row 1, holds)\n"
        "  2024-03-05 ana, city nothing to “Oldtown”: the mayor says so (row 0, undone)\n"
        "  2024-03-05 ben, undoes row 0: no (row 2, holds)"
    )


def test_a_conflict_says_what_no_one_has_weighed_yet(tmp_path: Path) -> None:
    edited = incident(review_state="conflict", reviewer="ana", corrected=("city", "killed_low"))
    records = edition(
        incidents=[edited], decisions=[decided(state="conflict", machine="", words=(), rule="", reason="")]
    )
    told = explain_incident("wire/1:0", publish(tmp_path / "data", records))
    assert "where “2” stood (row 1)\n    the articles give nothing, which no one has weighed against it yet\n" in told
    assert "  set by a person: city\n" in told, "tables of an older build do not say who"


def test_tables_of_an_older_build_have_no_decisions(tmp_path: Path) -> None:
    data = publish(tmp_path / "data", edition())
    (data / "decisions.csv").unlink()
    assert explain_incident("wire/1:0", data) == EXPLAINED


def test_figures_that_do_not_count_say_why(tmp_path: Path) -> None:
    (said,) = report().figures
    told = replace(report(), figures=(said, replace(said, words="3", start=60, counts="repeats", sentence_no=1)))
    data = publish(tmp_path / "data", edition(incidents=[incident(reports=(told,))]))
    assert "  [2] “3” people, killed: 3, says media; does not count (repeats)" in explain_incident("wire/1:0", data)


def test_an_unknown_incident_and_a_missing_folder_are_one_sentence(tmp_path: Path) -> None:
    data = publish(tmp_path / "data", edition())
    with pytest.raises(FolderError, match="x:1 is no incident there: the ids of"):
        explain_incident("x:1", data)
    with pytest.raises(FolderError, match=r"holds no incidents.csv: build the tables first"):
        explain_incident("x:1", tmp_path / "nowhere")
