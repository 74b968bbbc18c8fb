"""The review page: its lists, what is refused and what is saved, by keyboard alone and by two at once."""

import csv
import itertools
import re
import shutil
from pathlib import Path

import duckdb
import pytest
from browser import PATIENCE, serve
from generate import write
from page import make_app, opened, sent

from dashboard.load import Shown
from dashboard.review_acts import Desk, Sent, read_sent, save
from dashboard.standing import read_standing
from dashboard.worklists import count_lists, find_items
from pipeline.curation.decisions import load_corrections
from pipeline.curation.log import Draft, FileLog
from pipeline.curation.people import Person
from pipeline.tables.columns import CANDIDATES, DECISIONS
from pipeline.tables.load import read_tables
from pipeline.tables.store import Store
from pipeline.view import View

CODE = "from dashboard.review import draw_review\ndraw_review()"
ANA, EVE = Person("Ana", True, "single user"), Person("Eve", False, "signed out", "Sign in to decide.")
_NONCES = itertools.count(1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Tables with two pairs, and one incident each whose figures, days and place are in doubt."""
    folder = write(tmp_path_factory.mktemp("tables"), 300)
    ids = sorted(read_tables(folder).incidents["incident_id"])[:9]
    rows = [
        ("p1", "same_incident", ids[0], ids[1], 0.9, "one town | one day", "tolls 3 and 40", "in Testa"),
        ("p2", "same_incident", ids[2], ids[3], 0.5, "one town", "", ""),
        ("f1", "figures", ids[4], "", 0.7, "19 and 40 killed", "", "at least 19"),
        ("f2", "figures", ids[4], "", 0.6, "10 and 11 injured", "", ""),
        ("d1", "dates", ids[5], "", 0.5, "Monday and 27 March", "", ""),
        ("o1", "far", ids[6], "", 0.5, "1200 km off", "", ""),
    ]
    with (folder / "candidates.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([[column.name for column in CANDIDATES.columns], *rows])
    return folder


@pytest.fixture
def curation(tmp_path, monkeypatch):
    monkeypatch.setenv("INCIDENT_CURATION", str(tmp_path / "curation"))
    monkeypatch.setenv("INCIDENT_CURATOR", "Ana")
    return tmp_path / "curation"


@pytest.fixture
def shown(folder, curation):
    return Shown(Store(folder), (), View())


@pytest.fixture
def app(folder, curation, monkeypatch):
    monkeypatch.setenv("INCIDENT_DATA", str(folder))
    return make_app(CODE)


def desk(app):
    """Give what the desk was sent."""
    return sent(app, "review-desk")


def act(app, kind, **told):
    """Do what a person does on the desk."""
    drawn = desk(app)
    done = {"kind": kind, "nonce": next(_NONCES), "incident": drawn["incident"], "seen": drawn["seen"], **told}
    app.session_state["review-desk"] = {"act": done}
    app.run()
    assert not app.exception, app.exception[0].message
    return app


def decided(curation):
    path = curation / "corrections.csv"
    return load_corrections(path) if path.exists() else []


def cell(app, column):
    """Give a cell of the desk."""
    return next(c for group in desk(app)["groups"] for c in group["cells"] if c["column"] == column)


def test_the_lists_hold_what_is_open_the_weightiest_first(shown):
    standing = read_standing(shown)
    counts = count_lists(shown, standing)
    assert counts == counts | {"same": 2, "figures": 1, "dates": 1, "far": 1, "decisions": 0}
    pairs = find_items(shown, "same", standing)
    assert pairs[0].pros == ("one town", "one day")
    assert pairs[0].cons == ("tolls 3 and 40",)
    (figures,) = find_items(shown, "figures", standing)
    assert figures.pros == ("19 and 40 killed", "10 and 11 injured")
    queue = [item.incident_id for item in find_items(shown, "queue", standing)]
    open_ones = shown.ask("SELECT incident_id FROM shown WHERE review_state IN ('suggested', 'conflict')")
    assert sorted(queue) == sorted(open_ones["incident_id"])
    assert len(queue) == counts["queue"]


def test_a_decision_is_saved_and_the_next_comes(app, curation):
    first = desk(opened(app))
    assert first["at"] == 1
    second = desk(act(app, "accept", reason="as the article says"))
    assert second["incident"] != first["incident"]
    assert (second["answer"]["saved"], second["settled"]) == (True, first["settled"] + 1)
    (row,) = decided(curation)
    assert (row.incident_id, row.column, row.now, row.by) == (first["incident"], "accepted", "accepted", "Ana")
    assert dict(app.query_params)["incident"] in (second["incident"], [second["incident"]])


def test_several_cells_are_one_decision_and_shown_before_the_build(app, curation):
    incident = desk(opened(app))["incident"]
    act(app, "edit", reason="two wires", cells={"killed_low": "24", "killed_best": "24", "killed_high": "24"})
    rows = decided(curation)
    assert {(row.column, row.now) for row in rows} == {(f"killed_{end}", "24") for end in ("low", "best", "high")}
    assert len({row.row_id.partition(".")[0] for row in rows}) == 1
    again = opened(make_app(CODE), incident=incident)
    assert cell(again, "killed_best")["value"] == "24"
    assert "Ana" in cell(again, "killed_best")["by"]
    assert desk(again)["pending"]


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"weapon": "gun"}, "weapon", "write one of explosives"),
        ({"killed_low": "5", "killed_best": "3", "killed_high": "9"}, "killed_low", "out of order"),
        ({"date_start": "soon"}, "date_start", "YYYY-MM-DD"),
        ({"latitude": "95"}, "latitude", "no place on earth"),
        ({"incident_id": "x"}, "", "no person sets"),
        ({}, "", "nothing was changed"),
    ],
)
def test_what_the_codebook_does_not_allow_is_refused_whole(app, curation, cells, column, words):
    incident = desk(opened(app))["incident"]
    act(app, "edit", reason="so it is", cells={**cells, **({"title": "Another"} if column else {})})
    answer = desk(app)["answer"]
    assert (answer["saved"], answer["column"]) == (False, column)
    assert words in answer["words"]
    assert desk(app)["incident"] == incident
    assert decided(curation) == []


def test_a_reason_is_asked(app, curation):
    opened(app)
    assert "reason" in desk(act(app, "accept", reason=" "))["answer"]["words"]
    assert decided(curation) == []


def test_pairs_are_merged_parted_and_linked(app, curation):
    pair = desk(opened(app, tab="same"))
    assert pair["others"][0]["pros"] == ["one town", "one day"]
    act(app, "apart", other=pair["others"][0]["id"], reason="two towns")
    after = desk(app)
    assert (after["incident"], after["of"]) != (pair["incident"], 2)
    act(app, "merge", other=after["others"][0]["id"], reason="one blast")
    assert [row.column for row in decided(curation)] == ["not_related", "same_as"]
    assert decided(curation)[1].now == after["incident"], "the other one goes into the one before the person"
    assert desk(app) is None, "the list is done"


def test_undo_takes_back_all_of_one_go(app, curation):
    incident = desk(opened(app))["incident"]
    act(app, "edit", reason="x", cells={"city": "Testa", "admin1": "North"})
    act(app, "undo", reason="slip")
    assert [row.column for row in decided(curation)][2:] == ["undo", "undo"]
    assert desk(app)["incident"] == incident
    assert not any(one for one in desk(app)["pending"] if not one["undone"])


def test_a_stranger_is_refused_where_decisions_are_kept(shown, curation):
    log = FileLog(curation / "corrections.csv")
    incident = find_items(shown, "queue", read_standing(shown))[0].incident_id
    sent = Sent("accept", 1, incident=incident, reason="I say so")
    answer = save(sent, Desk(shown.store, read_standing(shown), EVE, {}), log)
    assert (answer.saved, answer.words) == (False, "Sign in to decide.")
    assert log.read() == []


def test_what_others_decided_meanwhile_is_told_first(shown, curation):
    log = FileLog(curation / "corrections.csv")
    incident = find_items(shown, "queue", read_standing(shown))[0].incident_id
    first = Sent("edit", 1, incident=incident, reason="x", cells={"city": "Testa"})
    before = read_standing(shown)
    assert save(first, Desk(shown.store, before, ANA, {}), log).saved
    other = Desk(shown.store, before, Person("Ben", True, "signed in"), {})
    told = save(Sent("edit", 2, incident=incident, reason="y", cells={"city": "Oldtown"}), other, log)
    assert not told.saved
    assert "Ana set city to “Testa”" in told.words
    seen = log.read()[-1].row_id
    assert save(Sent("edit", 3, incident=incident, reason="y", seen=seen, cells={"city": "Oldtown"}), other, log).saved
    assert [row.now for row in log.read()] == ["Testa", "Oldtown"]


@pytest.mark.parametrize("told", [None, 5, {}, {"kind": "edit"}, {"kind": 1, "nonce": 1}, {"kind": "x", "nonce": "1"}])
def test_what_is_of_no_form_is_nothing(told):
    assert read_sent(told) is None


@pytest.fixture
def site(folder, curation):
    """The whole page over those tables, with a log of its own."""
    with serve(folder) as url:
        yield url


def at_desk(page, url, **query):
    """Open the review, and wait for the desk."""
    page.goto(url)
    page.locator(".desk h3").wait_for()


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def await_saved(page, words):
    page.locator(".desk .saved", has_text=words).wait_for()


@pytest.mark.browser
def test_the_keyboard_alone_works_the_queue(page, site, curation):
    at_desk(page, f"{site}/review")
    place = page.locator(".desk .steps .note").first
    for key, number in (("j", 2), ("k", 1)):
        press(page, key)
        place.filter(has_text=re.compile(f"^{number} of ")).wait_for()
    press(page, "a", "Enter")
    await_saved(page, "accepted")
    press(page, "5")
    page.keyboard.type("24")
    press(page, "j", "Escape", "Escape")  # in a field a key is a letter; then the field is left, then all of it
    assert place.inner_text().startswith("1 of")
    assert [row.column for row in decided(curation)] == ["accepted"]
    press(page, "5")
    page.keyboard.type("24")
    press(page, "Enter")
    page.keyboard.type("two wires agree")
    press(page, "Enter")
    await_saved(page, "→ 24")
    press(page, "r")
    page.keyboard.type("a drill")
    press(page, "Enter")
    await_saved(page, "not an incident")
    press(page, "u", "Enter")
    await_saved(page, "undone")
    page.goto(f"{site}/review?tab=same")
    page.locator(".desk .pair").wait_for()
    press(page, "m", "Enter")
    await_saved(page, "merged")
    rows = decided(curation)
    assert rows[0].column == "accepted"
    assert {"killed_best", "not_an_incident", "undo", "same_as"} <= {row.column for row in rows}
    assert next(row for row in rows if row.column == "killed_best").reason == "two wires agree"
    page.get_by_text("Decisions").first.click()
    page.locator(".decided tr.undone").wait_for()


@pytest.mark.browser
def test_two_browsers_lose_nothing(chromium, page, site, curation):
    second = chromium.browser.new_context(viewport={"width": 1280, "height": 800})
    other = second.new_page()
    other.set_default_timeout(PATIENCE)
    at_desk(page, f"{site}/review")
    at_desk(other, f"{site}/review")
    incident = page.url.partition("incident=")[2]
    for window, number in ((page, "24"), (other, "25")):
        press(window, "5")
        window.keyboard.type(number)
        press(window, "Enter")
        window.keyboard.type("seen on the spot")
    press(page, "Enter")
    await_saved(page, "→ 24")
    press(other, "Enter")
    other.locator(".desk .bar .wrong", has_text="“24”").wait_for()  # told what was decided meanwhile
    press(other, "Enter")
    await_saved(other, "→ 25")
    best = [row.now for row in decided(curation) if row.column == "killed_best"]
    assert best == ["24", "25"]
    page.goto(f"{site}/review?incident={incident}")
    page.locator(".desk .pending", has_text="25").wait_for()
    assert page.locator("[data-column=killed_best]").input_value() == "25"
    press(page, "a")
    at_desk(other, f"{site}/review?incident={incident}")
    press(other, "2")
    other.keyboard.type("Oldtown")
    press(other, "Enter")
    other.keyboard.type("so the map")
    press(other, "Enter")
    await_saved(other, "Oldtown")
    page.locator(".desk .pending", has_text="Oldtown").wait_for()  # without a click, and without losing the reason
    assert page.locator("#why").input_value() == "as the articles say"
    second.close()


@pytest.mark.browser
def test_whoever_may_not_decide_reads_only(page, folder, curation, tmp_path):
    with serve(folder, "app.py", "--server.address=0.0.0.0") as url:
        at_desk(page, f"{url}/review")
        page.get_by_text("Nobody may decide here").wait_for()
        assert page.locator(".desk .bar:visible").count() == 0
        assert page.locator("[data-column=city]").is_disabled()
        press(page, "a", "Enter")
        page.wait_for_timeout(500)
    assert decided(curation) == []


def test_a_stranger_is_refused_at_the_server_not_only_on_the_page(app, curation, monkeypatch):
    opened(app)
    monkeypatch.setattr("dashboard.review.find_person", lambda: EVE)
    act(app, "reject", reason="I say so")
    assert desk(app)["answer"]["words"] == "Sign in to decide."
    assert not desk(app)["can"]
    assert decided(curation) == []


@pytest.fixture
def conflict(folder, curation, tmp_path, monkeypatch):
    """Tables in which the articles now give 26 where Ana had set 24."""
    place, incident = tmp_path / "tables", sorted(read_tables(folder).incidents["incident_id"])[0]
    shutil.copytree(folder, place)
    log = FileLog(curation / "corrections.csv")
    (row,) = log.append([Draft(incident, "killed_best", "19", "24", "two wires")], ANA)
    told = [row.row_id, row.at, incident, row.column, "19", "24", row.reason, "Ana", "", "conflict", "26", "26 dead"]
    with (place / "decisions.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([[column.name for column in DECISIONS.columns], [*told, "latest_independent", 1]])
    source = place / "incidents.parquet"
    mark = f"CASE WHEN incident_id = '{incident}' THEN 'conflict' ELSE review_state END AS review_state"
    duckdb.connect().execute(f"COPY (SELECT * REPLACE ({mark}) FROM '{source}') TO '{source}.new' (FORMAT parquet)")
    Path(f"{source}.new").replace(source)
    monkeypatch.setenv("INCIDENT_DATA", str(place))
    return incident


@pytest.mark.parametrize(("kind", "column"), [("keep", "killed_best"), ("take", "undo")])
def test_a_conflict_shows_both_sides_and_is_settled(app, conflict, curation, kind, column):
    opened(app, tab="conflicts")
    (told,) = desk(app)["conflicts"]
    assert (desk(app)["incident"], told["theirs"], told["machine"], told["by"]) == (conflict, "24", "26", "Ana")
    assert told["words"] == "26 dead"
    assert cell(app, "killed_best")["machine"] == "26"
    act(app, kind, row=told["row"], reason="looked again")
    last = decided(curation)[-1]
    assert (last.column, last.was) == (column, "26" if kind == "keep" else "")
    assert last.undoes == ("" if kind == "keep" else told["row"])
