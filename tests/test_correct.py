"""The command `correct`: it shows what a file changes, and saves what may be saved, or nothing."""

import csv
import io

import pytest
from generate import write
from typer.testing import CliRunner

from pipeline.__main__ import app
from pipeline.brief.formats import BY_KEY
from pipeline.curation.log import open_log
from pipeline.tables.store import Store
from pipeline.view import View

openpyxl = pytest.importorskip("openpyxl")


@pytest.fixture
def tables(tmp_path, monkeypatch):
    monkeypatch.setenv("INCIDENT_CURATION", str(tmp_path / "curation"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return write(tmp_path / "tables", 12)


@pytest.fixture
def file(tables, tmp_path):
    """A workbook in which a person changed three cells, one of them to what is not allowed."""
    book = openpyxl.load_workbook(io.BytesIO(BY_KEY["xlsx"].write(Store(tables), View(), "")))
    sheet = book["incidents"]
    names = [cell.value for cell in sheet[1]]
    for row, name, value in ((2, "city", "Testa"), (3, "venue", "Old Hall"), (4, "weapon", "gun")):
        sheet.cell(row, names.index(name) + 1).value = value
    book.save(tmp_path / "corrected.xlsx")
    return tmp_path / "corrected.xlsx"


def run(tables, file, *words):
    return CliRunner().invoke(app, ["correct", str(file), "--data", str(tables), *words])


def rows(tmp_path):
    return [(row.column, row.now, row.reason, row.by) for row in open_log(tmp_path / "curation").read()]


def test_a_dry_run_shows_each_cell_and_saves_nothing(tables, file, tmp_path):
    done = run(tables, file, "--dry-run")
    assert done.exit_code == 0, done.output
    for said in ("2 cells change, 1 cell refused", "-> Testa", "-> Old Hall", "REFUSED: weapon cannot be", "drone"):
        assert said in done.stdout, said
    assert rows(tmp_path) == []


def test_nothing_is_saved_while_something_is_refused_unless_that_is_asked(tables, file, tmp_path):
    done = run(tables, file, "--reason", "lists", "--by", "Ana")
    assert done.exit_code == 1 and "--skip-refused" in done.stderr and rows(tmp_path) == []
    done = run(tables, file, "--by", "Ana", "--skip-refused")
    assert done.exit_code == 1 and "say why" in done.stderr and rows(tmp_path) == []
    done = run(tables, file, "--reason", "lists", "--by", "Ana", "--skip-refused")
    assert done.exit_code == 3 and "Saved 2 decisions, signed Ana." in done.stdout, done.output
    assert rows(tmp_path) == [("city", "Testa", "lists", "Ana"), ("venue", "Old Hall", "lists", "Ana")]
    again = run(tables, file, "--dry-run")
    assert "0 cells change" in again.stdout and "2 as the tables have it by now" in again.stdout, again.output


def test_what_others_decided_since_is_a_conflict_that_someone_settles(tables, file, tmp_path):
    content = BY_KEY["csv-full"].write(Store(tables), View(), "").decode()
    lines = list(csv.reader(io.StringIO(content)))
    lines[1][lines[0].index("city")] = "Neustadt"
    other = tmp_path / "other.csv"
    with other.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows(lines)
    assert run(tables, other, "--reason", "map", "--by", "Ben").exit_code == 0
    done = run(tables, file, "--reason", "lists", "--by", "Ana", "--skip-refused")
    assert done.exit_code == 1 and "CONFLICT: the tables say Neustadt now" in done.stdout
    assert "--conflicts mine" in done.stderr and len(rows(tmp_path)) == 1
    done = run(tables, file, "--reason", "lists", "--by", "Ana", "--skip-refused", "--conflicts", "theirs")
    assert done.exit_code == 3 and [row[0] for row in rows(tmp_path)] == ["city", "venue"]
    done = run(tables, file, "--reason", "lists", "--by", "Ana", "--skip-refused", "--conflicts", "mine")
    assert rows(tmp_path)[-1] == ("city", "Testa", "lists", "Ana"), done.output


@pytest.mark.parametrize(("name", "content", "says"), [
    ("a.xlsx", b"PK\x03\x04", "not whole"), ("a.ods", b"x", "save it as .xlsx"), ("a.csv", b"a,b\n", "incident_id"),
])  # fmt: skip
def test_a_file_that_cannot_be_read_is_one_sentence(tables, tmp_path, name, content, says):
    (tmp_path / name).write_bytes(content)
    done = run(tables, tmp_path / name)
    assert done.exit_code == 1 and says in done.stderr and len(done.stderr.strip().splitlines()) == 1
    gone = run(tables, tmp_path / "gone.csv")
    assert gone.exit_code == 1 and "cannot be read" in gone.stderr
