"""The page of what changed, and releases on every page: frozen numbers, one sentence for what is not to be trusted."""

import csv
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from browser import serve, wait_until
from newsroom import facts, incident, report
from page import link, make_app, opened, said
from test_releases import change_file, publish

from pipeline.curation.editions import find_seal, keep_edition, list_exports, note_export
from pipeline.curation.releases import make_release
from pipeline.model import Count, Removed

PAGE = "from dashboard.changes import draw_changes\ndraw_changes()"
HOSTILE = 'Bombing in <img src=x onerror="alert(1)">'
THEN = datetime.now(UTC) - timedelta(days=3)
SINCE = (THEN + timedelta(days=1)).astimezone().date().isoformat()


def tell(killed, title="Bombing in Testa", name="wire/1:0", **changes):
    """An incident of the newsroom with so many killed."""
    count = Count(killed, killed, killed, "exact", "only_one")
    told = report(start=int(name.rpartition(":")[2]))
    return incident(name, title=title, facts=replace(facts(), killed=count, **changes), reports=(told,))


@pytest.fixture
def places(tmp_path, monkeypatch):
    """Give the folder of the tables, in which 19 were killed, and that of what was decided."""
    tables, curation = publish(tmp_path / "data", incidents=[tell(19)], removed=[]), tmp_path / "curation"
    curation.mkdir()
    monkeypatch.setenv("INCIDENT_DATA", str(tables))
    monkeypatch.setenv("INCIDENT_CURATION", str(curation))
    return tables, curation


def rebuild(tables):
    """Build the tables again with a higher toll."""
    publish(tables, incidents=[tell(24, HOSTILE, attribution="claimed", perpetrator="The Front")], removed=[])


def open_changes(**query):
    return opened(make_app(PAGE), **query)


def count_tiles(app):
    return dict(re.findall(r'tile-label">([^<]+)</div><div class="tile-value">(?:<a [^>]*>)?([\d,]+)', said(app)))


def test_without_an_earlier_state_it_says_what_to_do(places):
    app = open_changes()
    assert "No earlier state is kept yet" in app.info[0].value
    assert app.code[0].value.startswith("python -m pipeline release")
    assert not app.get("download_button") and not count_tiles(app)


def test_it_tells_each_kind_and_links_to_the_incident(places):
    tables, curation = places
    publish(tables, incidents=[tell(19), tell(1, "Twin", "wire/1:9")])
    keep_edition(tables, curation, THEN)
    gone = Removed(incident_id="wire/1:9", reason="merged", merged_into="wire/1:0", since="0.1.0")
    publish(tables, incidents=[tell(24, HOSTILE, attribution="claimed", perpetrator="The Front")], removed=[gone])
    app = open_changes(since=SINCE)
    assert count_tiles(app) == {
        "New": "0", "Revised": "1", "Newly claimed": "1", "Merged": "1", "Withdrawn": "0", "Rejected": "0",
    }  # fmt: skip
    page = said(app)
    assert "<b>killed</b> <s><bdi>19</bdi></s>" in page and "<bdi>24</bdi>" in page
    assert "claimed by The Front" in page
    assert 'href="./?incident=wire%2F1%3A0"' in page and 'href="./?incident=wire%2F1%3A9"' in page
    assert "now part of <a" in page
    assert "<img" not in page, "a title is shown as it is, and never obeyed"
    assert link(app) == {"since": [SINCE]}


def test_the_choice_stands_in_the_link_and_nothing_else_does(places):
    tables, curation = places
    make_release(tables, curation, "first", "Ana", day=date(2026, 11, 1))
    keep_edition(tables, curation, THEN)
    rebuild(tables)
    note_export(curation, "Ana", find_seal(tables), "city=Testa")
    keep_edition(tables, curation)
    app = open_changes()
    assert count_tiles(app)["Revised"] == "0", "the last export is what is compared with where nothing is said"
    assert "Nothing changed" in app.info[0].value
    app.selectbox(key="since-kind").set_value("first").run()
    assert link(app) == {"since": ["first"]} and count_tiles(app)["Revised"] == "1"
    app.selectbox(key="since-kind").set_value("day").run()
    app.date_input(key="since-day").set_value(date.fromisoformat(SINCE)).run()
    assert link(app) == {"since": [SINCE]} and count_tiles(app)["Revised"] == "1"
    app.selectbox(key="since-kind").set_value("last-export").run()
    assert link(app) == {"since": ["last-export"]} and count_tiles(app)["Revised"] == "0"


@pytest.mark.parametrize("asked", ["soon", "<b>x</b>", "../../data"])
def test_a_link_that_names_no_state_is_one_sentence(places, asked):
    keep_edition(*places, THEN)
    app = open_changes(since=asked)
    assert len(app.warning) == 1 and "is no day" in app.warning[0].value.replace("\\", "")
    assert not count_tiles(app)


def test_a_release_shows_what_was_frozen_after_a_rebuild(places):
    tables, curation = places
    make_release(tables, curation, "2026-Q3", "Ana", "for the *yearbook*", date(2026, 11, 1))
    rebuild(tables)
    app = opened(make_app(), release="2026-Q3", city="Testa")
    assert ">19<" in said(app) and ">24<" not in said(app)
    assert link(app) == {"city": ["Testa"], "release": ["2026-Q3"]}
    (banner,) = [one.value for one in app.markdown if "as it was frozen" in one.value]
    assert "2026\\-Q3" in banner and "1 November 2026 by Ana" in banner and "\\*yearbook\\*" in banner
    app.button(key="leave-release").click().run()
    assert ">24<" in said(app) and ">19<" not in said(app)
    assert link(app) == {"city": ["Testa"]}


def test_a_release_that_was_changed_is_refused_and_nothing_of_it_shown(places):
    tables, curation = places
    make_release(tables, curation, "2026-Q3", "Ana")
    assert not opened(make_app(), release="2026-Q3").error, "it was fine when it was checked first"
    change_file(curation / "releases" / "2026-Q3")
    for app in (opened(make_app(), release="2026-Q3"), open_changes(since="2026-Q3")):
        (told,) = [one.value.replace("\\", "") for one in (*app.error, *app.warning)]
        assert told == "Release “2026-Q3” is refused: incidents.csv was changed after it was frozen."
        assert 'class="tile"' not in said(app)


@pytest.mark.parametrize("name", ["2026-Q9", "../data", "x" * 300])
def test_a_release_that_is_none_is_one_sentence_and_leads_back(places, name):
    make_release(*places, "2026-Q3", "Ana")
    app = opened(make_app(), release=name)
    (told,) = [one.value.replace("\\", "") for one in app.error]
    assert told.startswith("There is no release") and told.endswith("there is 2026-Q3.")
    app.button(key="leave-release").click().run()
    assert not app.error and ">19<" in said(app) and link(app) == {}


@pytest.mark.browser
def test_a_release_goes_with_the_reader_and_into_what_is_taken_along(places, page):
    tables, curation = places
    make_release(tables, curation, "2026-Q3", "Ana")
    rebuild(tables)

    def see(title, *, release, killed):
        page.get_by_role("heading", name=title, level=1).wait_for()
        wait_until(page, "want => (new URLSearchParams(location.search).get('release') ?? '') === want", arg=release)
        page.locator(".st-key-release").wait_for(state="visible" if release else "detached")
        if killed:
            page.locator(".tile-value").get_by_text(killed, exact=True).wait_for()

    with serve(tables) as site:
        page.goto(f"{site}/?release=2026-Q3")
        see("Incidents in Testland", release="2026-Q3", killed="19")
        page.locator(".st-key-download button").first.click()
        with page.expect_download() as waiting:
            page.locator(".st-key-save button").click()
        saved = waiting.value
        assert re.fullmatch(r"incidents_2026-Q3_all_\d{8}\.csv", saved.suggested_filename)
        rows = list(csv.DictReader(saved.path().read_text(encoding="utf-8").splitlines()))
        assert [row["killed_best"] for row in rows] == ["19"]
        assert [one.hash for one in list_exports(curation)] == [find_seal(curation / "releases" / "2026-Q3")]
        page.keyboard.press("Escape")
        page.get_by_role("link", name="Sources").click()
        see("Sources", release="2026-Q3", killed="")
        page.get_by_role("link", name="What changed").click()
        see("What changed", release="2026-Q3", killed="")
        page.get_by_text("Nothing changed").wait_for()
        page.get_by_role("button", name="Back to now").click()
        see("What changed", release="", killed="")
        page.get_by_text("claimed by The Front").wait_for()
        with page.expect_download() as waiting:
            page.locator(".st-key-changes-csv button").click()
        saved = waiting.value
        assert re.fullmatch(r"changes_since-last-export_\d{8}\.csv", saved.suggested_filename)
        told = list(csv.DictReader(saved.path().read_text(encoding="utf-8-sig").splitlines()))
        assert [(row["kind"], row["column"], row["after"]) for row in told if row["column"] == "killed"] == [
            ("revised", "killed", "24")
        ]
        page.get_by_role("link", name="Bombing in").first.click()
        page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get("incident") == ["wire/1:0"])
        page.locator(".tile-value").get_by_text("24", exact=True).wait_for()
