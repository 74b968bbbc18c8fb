"""One whole job on a copy of the project: take in an unseen article, correct one toll, build, take the number along."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import time

import openpyxl
import pytest
from brief_read import read_words
from browser import PATIENCE, ROOT, serve

SENTENCE = "On Monday a suicide bomber killed at least 12 people at a mosque in Herat, police said."
NEWS = f"{SENTENCE}\n\nShops near the mosque stayed closed on Tuesday."
WHY = "the hospital counted 15"


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A copy of the project's own files, with seeds, tables and decisions of its own."""
    listed = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "-co", "--exclude-standard"], capture_output=True, check=False
    )
    if listed.returncode:
        pytest.skip("this is no clone")
    copy = tmp_path / "project"
    for name in filter(None, listed.stdout.decode("utf-8").split("\n")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, copy / name)
    for name in ("INCIDENT_ARTICLES", "INCIDENT_CURATION", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("INCIDENT_CURATOR", "Ana")
    monkeypatch.setenv("INCIDENT_CACHE", str(ROOT / ".cache"))
    return copy


def take_in(page, url, given):
    """Hand over an article, look at it, take it in, build."""
    page.goto(f"{url}/sources?list=add")
    page.locator("input[type=file]").set_input_files([given])
    page.get_by_text(given.name).wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="Read").first.click()
    page.get_by_text("1 article read").wait_for()
    page.get_by_role("button", name="Take in 1 article").click()
    page.get_by_role("button", name="Build the tables anew").click()
    page.get_by_text("The tables are built anew").wait_for()


def read_rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def await_toll(data, incident_id, toll):
    """Wait until the build has put the corrected toll into the tables."""
    for _ in range(240):
        rows = {row["incident_id"]: row for row in read_rows(data / "incidents.csv")}
        if rows[incident_id]["killed_best"] == toll:
            return rows[incident_id]
        time.sleep(0.5)
    raise AssertionError("the build has not taken in the correction")


def take_along(page, name):
    """Download what is shown in a format."""
    page.locator(".st-key-format").get_by_text(name, exact=True).click()
    button = page.locator(".st-key-save button", has_text=f"Download {name}")
    button.wait_for()
    with page.expect_download() as waiting:
        button.click()
    return waiting.value.path().read_bytes()


@pytest.mark.browser
def test_an_unseen_article_is_taken_in_corrected_built_and_taken_along(page, project, tmp_path):
    data, given = project / "data", tmp_path / "mosque-hit.json"
    given.write_text(json.dumps({"text": NEWS, "title": "Mosque hit", "published": "2023-05-19"}), encoding="utf-8")
    with serve(data, root=project) as url:
        take_in(page, url, given)
        (before,) = (row for row in read_rows(data / "incidents.csv") if row["source_article_id"] == "mosque-hit")
        assert (before["killed_best"], before["source_sentence"]) == ("12", SENTENCE)
        incident = before["incident_id"]
        page.goto(f"{url}/review?incident={incident}")
        page.locator(".desk h3").wait_for()
        for keys in ("5", "15", "Enter", WHY, "Enter"):
            page.keyboard.type(keys) if keys.isdecimal() or keys == WHY else page.keyboard.press(keys)
        page.locator(".desk .saved", has_text="→ 15").wait_for()
        after = await_toll(data, incident, "15")
        assert (after["review_state"], after["reviewer"]) == ("edited", "Ana")
        page.goto(f"{url}/review?incident={incident}")
        page.locator(".desk .told .by", has_text=WHY).first.wait_for()
        assert page.locator(".desk .pending:visible").count() == 0, "the tables know it now"
        page.goto(f"{url}/?incident={incident}")
        panel = page.locator(".st-key-panel .incident")
        panel.get_by_text("at least 15").first.wait_for()
        assert SENTENCE in panel.locator("blockquote").inner_text()
        page.locator(".st-key-download button").first.click()
        taken = {name: take_along(page, name) for name in ("CSV", "Excel workbook")}
    (row,) = (r for r in csv.DictReader(io.StringIO(taken["CSV"].decode())) if r["incident_id"] == incident)
    assert (row["killed_best"], row["source_sentence"]) == ("15", SENTENCE)
    sheet = openpyxl.load_workbook(io.BytesIO(taken["Excel workbook"]), read_only=True)["incidents"]
    head, *rows = sheet.iter_rows(values_only=True)
    (row,) = (dict(zip(head, cells, strict=True)) for cells in rows if cells[0] == incident)
    assert (row["killed_best"], row["source_sentence"]) == (15, SENTENCE)
    told = run(project, "explain", incident)
    assert "15" in told and WHY in told and "Ana" in told and SENTENCE in " ".join(told.split())
    for name, ending in (("one-pager", "pdf"), ("deck", "pptx")):
        file = tmp_path / f"brief.{ending}"
        run(project, "brief", "--as", name, "--city", "Herat", "--out", str(file))
        words = read_words(file.read_bytes(), ending)
        assert "at least 15" in words and SENTENCE in words, f"{name}: the corrected toll or its sentence is not there"


def run(project, *words):
    """Run a command of the pipeline in the project, and give what it says."""
    command = [sys.executable, "-m", "pipeline", *words]
    asked = subprocess.run(
        command, cwd=project, env=os.environ | {"PYTHONPATH": str(project), "COLUMNS": "200"}, capture_output=True,
        encoding="utf-8", check=False,
    )  # fmt: skip
    assert asked.returncode == 0, asked.stderr
    return asked.stdout
