"""Decisions outlive builds: new articles, better readings, other articles than the project's own, a database."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.__main__ import app
from pipeline.curation.drafts import Draft, keep_persons, take_machines
from pipeline.curation.log import open_log
from pipeline.curation.people import Person
from pipeline.curation.place import curation_of, curation_of_page
from pipeline.explain import explain_incident
from pipeline.intake.inputs import ARTICLES, find_inputs
from pipeline.run import DATA, Order, build_tables
from pipeline.text.words import SEEDS

ANA = Person("Ana Ruiz", True, "signed in")
FIRST = "A bomb killed 19 people in Kabul on 30 September 2022, police said.\n"
SECOND = "At least 35 people were killed when a bomb exploded in Kabul on 30 September 2022, health officials said.\n"


@pytest.fixture
def other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of other articles, and a cache of its own."""
    monkeypatch.setattr("pipeline.readings.READINGS", tmp_path / "cache")
    for name in ("DATABASE_URL", "INCIDENT_CURATION", "INCIDENT_ARTICLES", "INCIDENT_DATA"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "news"
    folder.mkdir()
    write_article(folder, "first", FIRST, "2022-09-30")
    return folder


def write_article(folder: Path, name: str, text: str, published: str) -> None:
    """Put an article into the folder."""
    record = {"id": name, "title": "News", "text": text, "published": published}
    (folder / f"{name}.json").write_text(json.dumps(record), "utf-8")


def build(folder: Path) -> dict[str, list[dict[str, str]]]:
    """Build, and read what was published."""
    out = folder.parent / "tables"
    build_tables(Order(inputs=(folder,), out=out))
    tables = {}
    for name in ("incidents", "reports", "decisions", "issues"):
        with (out / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            tables[name] = list(csv.DictReader(file))
    return tables


def set_toll(incident: dict[str, str], now: str) -> list[Draft]:
    """Decide on all three numbers of the dead."""
    columns = ("killed_low", "killed_best", "killed_high")
    return [Draft(incident["incident_id"], c, incident[c], now, "the hospital's list") for c in columns]


def test_a_new_article_adds_its_report_and_leaves_what_is_settled(other: Path) -> None:
    (incident,) = build(other)["incidents"]
    log = open_log(curation_of([other]))
    saved = log.append(set_toll(incident, "24"), ANA)
    (curated,) = build(other)["incidents"]
    assert (curated["killed_best"], curated["review_state"], curated["reviewer"]) == ("24", "edited", "Ana Ruiz")
    write_article(other, "second", SECOND, "2022-10-02")
    tables = build(other)
    (grown,) = tables["incidents"]
    assert (grown["incident_id"], grown["n_articles"]) == (incident["incident_id"], "2")
    assert len(tables["reports"]) == 2
    assert [grown[f"killed_{end}"] for end in ("low", "best", "high")] == ["24", "24", "24"], "settled by a person"
    assert grown["review_state"] == "conflict"
    told = {row["column"]: (row["state"], row["was"], row["now"], row["machine"]) for row in tables["decisions"]}
    assert told["killed_best"] == ("conflict", "19", "24", "35")
    assert {row["kind"] for row in tables["issues"]} >= {"stale_correction"}
    said = explain_incident(incident["incident_id"], other.parent / "tables")
    assert "killed_best set to “24” by Ana Ruiz on " in said
    assert f"where “19” stood, because the hospital's list (row {saved[1].row_id})" in said
    assert "the articles give “35” (" in said
    keep = [d for row in saved for d in keep_persons(row, told[row.column][3], "still the list")]
    log.append(keep, ANA)
    (kept,) = build(other)["incidents"]
    assert (kept["killed_best"], kept["review_state"]) == ("24", "edited")
    taken = [d for row in saved for d in take_machines(log.read(), row, "the officials know better")]
    log.append(taken, ANA)
    tables = build(other)
    (back,) = tables["incidents"]
    assert (back["killed_best"], back["review_state"], back["corrected"]) == ("35", "suggested", "")
    assert {row["state"] for row in tables["decisions"] if row["column"] != "undo"} == {"undone"}


def test_the_same_decisions_from_a_database_give_the_same_bytes(other: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (incident,) = build(other)["incidents"]
    open_log(curation_of([other])).append(set_toll(incident, "24"), ANA)
    build(other)
    files = {p.name: p.read_bytes() for p in (other.parent / "tables").iterdir() if p.is_file()}
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{other.parent / 'log.db'}")
    file = other / "curation" / "corrections.csv"
    run = CliRunner().invoke(app, ["import-log", str(file)])
    assert run.output == "3 decisions taken, 0 were there already\n"
    assert CliRunner().invoke(app, ["import-log", str(file)]).output == "0 decisions taken, 3 were there already\n"
    assert CliRunner().invoke(app, ["export-log"]).stdout_bytes == file.read_bytes()
    out = other.parent / "written" / "log.csv"
    assert CliRunner().invoke(app, ["export-log", "--out", str(out)]).exit_code == 0
    assert out.read_bytes() == file.read_bytes()
    file.unlink()
    build(other)
    assert {p.name: p.read_bytes() for p in (other.parent / "tables").iterdir() if p.is_file()} == files


@pytest.mark.parametrize(
    ("words", "url", "why"),
    [
        (["import-log", "seeds/corrections.csv"], "", "DATABASE_URL names no database to take the file into"),
        (["import-log", "nowhere.csv"], "sqlite://", "There is no file nowhere.csv: check the path."),
        (["export-log"], "postgres://ana:secret@127.0.0.1:1/log", "The database of the log cannot be reached"),
        (["build", "--out", "build/never"], "postgres://ana:secret@127.0.0.1:1/log", "The database of the log cannot"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    words: list[str], url: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    run = CliRunner().invoke(app, words)
    assert run.exit_code == 1
    assert why in run.output
    assert "secret" not in run.output
    assert run.output.count("\n") == 1


def test_decisions_are_no_articles(other: Path) -> None:
    open_log(curation_of([other])).append([Draft("a:0", "city", "", "Kabul", "seen")], ANA)
    texts = other / "curation" / "releases" / "2026-Q3" / "texts"
    texts.mkdir(parents=True)
    (texts / "first.txt").write_text(FIRST, "utf-8")
    assert [file.name for file in find_inputs([other]).files] == ["first.json"]
    (other / "deep" / "curation").mkdir(parents=True)
    (other / "deep" / "curation" / "of-museums.txt").write_text(FIRST, "utf-8")
    assert "deep/curation/of-museums.txt" in [file.name for file in find_inputs([other]).files], "articles of that name"


def test_the_page_and_the_build_agree_on_where_decisions_lie(other: Path) -> None:
    named = {"INCIDENT_CURATION": "/elsewhere"}
    assert curation_of([], {}) == curation_of([ARTICLES], {}) == curation_of_page({}) == SEEDS
    assert curation_of_page({"INCIDENT_DATA": str(DATA)}) == SEEDS
    assert curation_of([other], named) == curation_of_page(named) == Path("/elsewhere")
    place = other / "curation"
    assert curation_of([other], {}) == curation_of([other / "first.json"], {}) == place
    assert curation_of_page({"INCIDENT_ARTICLES": str(other), "INCIDENT_DATA": "build/data"}) == place
    assert curation_of_page({"INCIDENT_DATA": str(other / "tables")}) == place, "never into seeds"
    assert Order(inputs=(other,)).curation == place
    assert Order().curation == SEEDS
