"""The command line on good and bad input: one sentence for whatever is wrong, the rest built, the right exit code."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.__main__ import app

ROOT = Path(__file__).parents[1]
BLAST = "A suicide bomber killed 19 people at a school in Kabul on 30 September 2022, police said.\n"
SHOOTING = "Gunmen shot dead four traders in Herat on 5 October 2022, officials said.\n"


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.readings.READINGS", tmp_path / "cache")


@pytest.fixture
def articles(tmp_path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "blast.txt").write_text(BLAST, encoding="utf-8")
    return folder


def run(*words: object):
    return CliRunner().invoke(app, [str(word) for word in words])


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def assert_one_sentence(output: str, *words: str) -> None:
    lines = output.strip().splitlines()
    assert len(lines) == 1, f"expected one line on standard error, got {lines}"
    assert lines[0].endswith("."), f"a sentence ends with a full stop: {lines[0]}"
    assert "Traceback" not in output
    for word in words:
        assert word in lines[0]


def test_a_build_says_what_it_made(articles, tmp_path):
    done = run("build", articles, "--out", tmp_path / "new" / "data")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[-1].startswith("1 article, 1 story, 1 incident, 0 totals, "), done.stdout
    (incident,) = rows(tmp_path / "new" / "data", "incidents")
    assert (incident["date_start"], incident["city"], incident["killed_best"]) == ("2022-09-30", "Kabul", "19")


def test_the_same_input_gives_the_same_bytes_with_and_without_the_cache(articles, tmp_path):
    for name, more in (("one", ()), ("two", ()), ("three", ("--no-cache",))):
        assert run("build", articles, "--out", tmp_path / name, *more).exit_code == 0
    assert snapshot(tmp_path / "one") == snapshot(tmp_path / "two") == snapshot(tmp_path / "three")


def test_a_second_build_keeps_the_ids(articles, tmp_path):
    run("build", articles, "--out", tmp_path / "data")
    before = {row["incident_id"] for row in rows(tmp_path / "data", "incidents")}
    (articles / "shooting.txt").write_text(SHOOTING, encoding="utf-8")
    assert run("build", articles, "--out", tmp_path / "data").exit_code == 0
    after = {row["incident_id"] for row in rows(tmp_path / "data", "incidents")}
    assert before < after


def test_quiet_says_nothing_when_all_is_well(articles, tmp_path):
    done = run("build", articles, "--out", tmp_path / "data", "--quiet")
    assert (done.exit_code, done.output) == (0, "")


def test_an_empty_folder_builds_empty_tables_and_says_so(tmp_path):
    (tmp_path / "nothing").mkdir()
    done = run("build", tmp_path / "nothing", "--out", tmp_path / "data")
    assert done.exit_code == 3
    assert_one_sentence(done.stderr, "nothing")
    assert rows(tmp_path / "data", "incidents") == []


def test_a_path_that_is_not_there_publishes_nothing(tmp_path):
    done = run("build", tmp_path / "missing", "--out", tmp_path / "data")
    assert done.exit_code == 2
    assert_one_sentence(done.stderr, "missing")
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("broken.pdf", b"%PDF-1.4 this is not the rest of a PDF", "broken.pdf"),
        ("picture.txt", bytes(range(256)) * 40, "picture.txt"),
        ("empty.txt", b"", "empty.txt"),
        ("huge.txt", b"Nothing much happened that day. " * (20 * 2**20 // 32), "huge.txt"),
        (
            "line.jsonl",
            json.dumps({"id": "ok", "text": SHOOTING}).encode() + b'\n{"id": "broken", "te\n',
            "line.jsonl:2",
        ),
        ("broken.docx", b"PK\x03\x04 not a zip", "broken.docx"),
    ],
)
def test_an_unreadable_article_costs_itself_only(articles, tmp_path, name, content, word):
    (articles / name).write_bytes(content)
    done = run("build", articles, "--out", tmp_path / "data")
    assert done.exit_code == 3, done.output
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert word in done.stderr
    assert "blast" in {row["article_id"] for row in rows(tmp_path / "data", "articles")}
    assert [row["kind"] for row in rows(tmp_path / "data", "issues") if row["kind"] == "unreadable"] == ["unreadable"]
    if name == "line.jsonl":
        assert "ok" in {row["article_id"] for row in rows(tmp_path / "data", "articles")}


def test_latin_1_is_read(articles, tmp_path):
    (articles / "latin.txt").write_bytes(
        "Une fusillade à Orléans: two people were shot dead in Orléans.\n".encode("latin-1")
    )
    assert run("build", articles, "--out", tmp_path / "data").exit_code == 0
    text = (tmp_path / "data" / "texts" / "latin.txt").read_text(encoding="utf-8")
    assert "Orléans" in text


def test_an_article_that_the_reader_fails_on_costs_itself_only(articles, tmp_path, monkeypatch):
    import pipeline.reports.read  # noqa: PLC0415  imported late by the build too

    read = pipeline.reports.read.read_article

    def fail(article, tools):
        if article.article_id == "blast":
            raise ValueError("odd text")
        return read(article, tools)

    (articles / "shooting.txt").write_text(SHOOTING, encoding="utf-8")
    monkeypatch.setattr("pipeline.reports.read.read_article", fail)
    done = run("build", articles, "--out", tmp_path / "data")
    assert done.exit_code == 3
    assert_one_sentence(done.stderr, "blast.txt", "odd text")
    assert {row["article_id"] for row in rows(tmp_path / "data", "reports")} == {"shooting"}


def test_sources_naming_a_missing_file_are_an_issue(articles, tmp_path):
    (articles / "sources.csv").write_text("file,outlet\nblast.txt,The Post\ngone.txt,The Gazette\n", encoding="utf-8")
    done = run("build", articles, "--out", tmp_path / "data")
    assert done.exit_code in (0, 3), done.output
    assert any("gone.txt" in row["message"] for row in rows(tmp_path / "data", "issues"))
    assert rows(tmp_path / "data", "articles")[0]["outlet"] == "The Post"


def test_malformed_sources_stop_the_build_and_leave_the_earlier_tables(articles, tmp_path):
    run("build", articles, "--out", tmp_path / "data")
    before = snapshot(tmp_path / "data")
    (articles / "sources.csv").write_text("file,colour\nblast.txt,red\n", encoding="utf-8")
    done = run("build", articles, "--out", tmp_path / "data")
    assert done.exit_code == 2
    assert "sources.csv, line 1" in done.stderr
    assert "Traceback" not in done.stderr
    assert snapshot(tmp_path / "data") == before


def test_a_folder_with_other_things_in_it_is_not_written(articles, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "thesis.txt").write_text("mine", encoding="utf-8")
    done = run("build", articles, "--out", tmp_path / "data")
    assert done.exit_code == 1
    assert_one_sentence(done.stderr, "thesis.txt")
    assert snapshot(tmp_path / "data") == {"thesis.txt": b"mine"}


def test_a_failure_in_the_middle_leaves_the_earlier_tables_whole(articles, tmp_path, monkeypatch):
    run("build", articles, "--out", tmp_path / "data")
    before = snapshot(tmp_path / "data")
    (articles / "shooting.txt").write_text(SHOOTING, encoding="utf-8")

    def fail(*_):
        raise OSError(28, "The disk is full")

    monkeypatch.setattr("pipeline.publish.write_texts", fail)
    done = run("build", articles, "--out", tmp_path / "data")
    assert done.exit_code == 1
    assert_one_sentence(done.stderr, "The disk is full")
    assert snapshot(tmp_path / "data") == before


def test_a_build_that_is_killed_leaves_the_earlier_tables_whole(articles, tmp_path):
    run("build", articles, "--out", tmp_path / "data")
    before = snapshot(tmp_path / "data")
    (articles / "shooting.txt").write_text(SHOOTING, encoding="utf-8")
    code = (
        "import os, pipeline.publish as p; p.write_texts = lambda *_: os._exit(9);"
        f"from pipeline.__main__ import app; app(['build', {str(articles)!r}, '--out', {str(tmp_path / 'data')!r}])"
    )
    died = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=os.environ, check=False, capture_output=True)
    assert died.returncode == 9, died.stderr
    assert snapshot(tmp_path / "data") == before
    assert run("build", articles, "--out", tmp_path / "data").exit_code == 0, "the next build clears up"
    assert len(rows(tmp_path / "data", "incidents")) == 2


def test_a_stranger_finds_his_way():
    done = run("--help")
    assert done.exit_code == 0
    assert "build" in done.output
    assert "explain" in done.output
    done = run("build", "--help")
    for word in ("--out", "seeds/articles", "--geocoder", ".pdf", "issues.csv"):
        assert word in done.output


def test_explaining_what_is_not_there_is_one_sentence(tmp_path):
    done = run("explain", "no-such:1", "--data", tmp_path)
    assert done.exit_code != 0
    assert_one_sentence(done.stderr)
