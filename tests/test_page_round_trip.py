"""Correct by spreadsheet on the page: taken along, changed, brought back, ticked, and saved as decisions."""

import json

import pytest
from browser import serve
from generate import write
from playwright.sync_api import expect

from dashboard import round_trip
from dashboard.cell_diff import read_ticked, tell_incidents
from dashboard.load import Shown
from pipeline.curation.log import Draft, FileLog, open_log
from pipeline.curation.people import Person
from pipeline.curation.upload import Change, Refused
from pipeline.tables.store import Store
from pipeline.view import View

openpyxl = pytest.importorskip("openpyxl")
SCRIPT = "tests/round_trip_page.py"
REASON = "the lists of the two hospitals"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write(tmp_path_factory.mktemp("tables"), 40)


@pytest.fixture
def curation(tmp_path, monkeypatch):
    monkeypatch.setenv("INCIDENT_CURATION", str(tmp_path / "curation"))
    monkeypatch.setenv("INCIDENT_CURATOR", "Ana Lopez")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path / "curation"


def correct(path, conflict):
    """Change cells of a workbook as a person would, and let its hidden sheet be from before the cell `conflict`."""
    book = openpyxl.load_workbook(path)
    sheet, taken = book["incidents"], book["as taken"]
    names = [cell.value for cell in sheet[1]]

    def put(row, name, value):
        sheet.cell(row, names.index(name) + 1).value = value

    for end in ("low", "best", "high"):
        put(2, f"killed_{end}", 41)
    put(3, "weapon", "gun")
    put(4, "city", "Neustadt <b>")
    put(5, conflict, "Newtown")
    cells = json.loads(taken["A5"].value)
    cells[names.index(conflict)] = "Oldtown"
    taken["A5"].value = json.dumps(cells)
    sheet.append([None, "Something new"])
    ids = [sheet.cell(row, 1).value for row in range(2, 6)]
    book.save(path)
    return ids


@pytest.mark.browser
def test_a_table_is_taken_along_corrected_brought_back_and_saved(folder, page, curation, tmp_path):
    with serve(folder, SCRIPT) as site:
        page.goto(site)
        with page.expect_download() as taken:
            page.get_by_role("button", name="Download workbook").click()
        path = tmp_path / "corrected.xlsx"
        taken.value.save_as(path)
        first, _, third, fourth = correct(path, "venue")
        page.set_input_files("input[type=file]", path)
        table = page.locator(".diff")
        expect(table).to_contain_text("Neustadt <b>")
        expect(page.get_by_text("5 changed cells, 1 of them in conflict, 2 refused")).to_be_visible()
        expect(table.locator("tr.refused")).to_contain_text("drone")
        assert table.locator("tr.refused input").count() == 0
        expect(table.locator("tr.conflict input")).not_to_be_checked()
        expect(table.locator("tr.conflict")).to_contain_text("It said “Oldtown” when you took the file")
        expect(page.get_by_text("The row is new", exact=False)).to_be_visible()
        table.get_by_label("Take city of", exact=False).uncheck()
        save = page.get_by_role("button", name="Save 3 cells")
        save.click()
        expect(page.get_by_text("Say why: a decision needs a reason.")).to_be_visible()
        assert not (curation / "corrections.csv").exists(), "saved without a reason"
        page.get_by_label("Reason, for all of them").fill(REASON)
        page.get_by_label("Reason, for all of them").press("Enter")
        save.click()
        expect(page.get_by_text("Saved 3 decisions, signed Ana Lopez.")).to_be_visible()
    rows = FileLog(curation / "corrections.csv").read()
    told = {(row.incident_id, row.column, row.now, row.by, row.reason) for row in rows}
    assert told == {(first, f"killed_{end}", "41", "Ana Lopez", REASON) for end in ("low", "best", "high")}
    assert {third, fourth}.isdisjoint(row.incident_id for row in rows)


def change_of(store):
    """Give a change of one incident."""
    row = store.rows(View(), most=1).iloc[0]
    return Change(row["incident_id"], row["title"], "city", row["city"], "Neustadt", row["city"], 2)


def saved_by(monkeypatch, store, person, seen=""):
    """Save a change as the page does, with this person before it."""
    monkeypatch.setattr(round_trip, "find_person", lambda: person)
    monkeypatch.setattr(round_trip, "find_rebuild", lambda folder: None)
    trip = round_trip.Trip("seal", seen=seen)
    round_trip._save(Shown(store, (), View()), trip, [change_of(store)], REASON)
    return trip


def test_who_may_not_decide_is_refused_where_it_is_saved(folder, curation, monkeypatch):
    trip = saved_by(monkeypatch, Store(folder), Person("Ben", False, "signed in", "Ben is not among the curators."))
    assert trip.failed == "Nothing was saved: Ben is not among the curators." and not trip.saved
    assert open_log(curation).read() == []


def test_what_someone_else_decided_meanwhile_is_never_overrun(folder, curation, monkeypatch):
    store, ana = Store(folder), Person("Ana", True, "single user")
    one = change_of(store)
    open_log(curation).append(
        [Draft(one.incident_id, "city", one.was, "Oldtown", "seen")], Person("Ben", True, "signed in")
    )
    trip = saved_by(monkeypatch, store, ana)
    assert "Ben set city to “Oldtown”" in trip.failed and not trip.saved
    last = open_log(curation).read()[-1]
    assert saved_by(monkeypatch, store, ana, seen=last.row_id).saved == 1


def test_what_the_browser_sends_is_only_ever_a_choice_among_what_was_drawn():
    assert read_ticked([5, -1, 1, 1, None, "0", 1.0, {}], 2) == [1]
    assert read_ticked({"0": 1}, 2) == []
    refused = Refused(
        "a:0", "Blast", "weapon", "drone", "gun", 'weapon cannot be "gun": write one of drone', 2, ("drone",)
    )
    (told,) = tell_incidents([Change("a:0", "Blast", "city", "A", "B", "A", 2)], [refused])
    assert [cell["kind"] for cell in told["cells"]] == ["change", "refused"]
    assert told["cells"][1]["note"] == 'weapon cannot be "gun".' and told["cells"][1]["allowed"] == ["drone"]
