"""The menu of downloads: it says what is taken along, and gives the very incidents that are shown."""

import re
from urllib.parse import urlsplit

import pytest
from browser import serve
from exports_read import READ
from generate import write
from page import make_app

from pipeline.brief.formats import BY_KEY, FORMATS
from pipeline.tables.store import Store
from pipeline.view import View


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write(tmp_path_factory.mktemp("tables"), 120)


@pytest.fixture
def app(folder, monkeypatch):
    monkeypatch.setenv("INCIDENT_DATA", str(folder))
    return make_app()


def said(app):
    """Give all that the page says in words."""
    return "\n".join(part.value for part in [*app.markdown, *app.caption])


def test_the_menu_names_what_is_taken_along(app, folder):
    app.query_params["city"] = "Kabul"
    app.run()
    assert not app.exception
    many = len(Store(folder).ids(View(cities=("Kabul",))))
    assert f"**{many:,} incidents**" in said(app)
    assert app.radio(key="format").options == list(dict.fromkeys(one.name for one in FORMATS))
    assert re.search(r"incidents\\?_kabul\\?_\d{8}\\?\.csv", said(app))
    app.radio(key="format").set_value("Evidence pack").run()
    assert re.search(r"incidents\\?-evidence\\?_kabul\\?_\d{8}\\?\.zip", said(app))
    assert app.get("download_button")[-1].proto.label == "Download Evidence pack"


def test_nothing_is_taken_along_of_nothing(app):
    app.query_params["q"] = "nowhere at all"
    app.run()
    assert app.get("download_button")[-1].proto.disabled
    assert "no incident fits the filters" in said(app)


@pytest.mark.browser
def test_every_format_holds_the_incidents_that_are_shown(page, folder):
    with serve(folder) as site:
        page.goto(f"{site}/?country=Afghanistan&from=2022-01-01&order=deadliest")
        page.locator(".tile-value").first.wait_for()
        store, view = Store(folder), View.from_url(urlsplit(page.url).query)
        page.locator(".st-key-download button").first.click()
        for key, one in BY_KEY.items():
            page.locator(".st-key-format").get_by_text(one.name, exact=True).click()
            button = page.locator(".st-key-save button", has_text=f"Download {one.name}")
            button.wait_for()
            if key.startswith(("csv", "excel")):
                page.locator(".st-key-columns button", has_text=f"{len(one.columns)} columns").click()
            page.locator("[data-testid=stPopoverBody]").get_by_text(
                re.compile(rf"^{one.stem}_.*\.{one.suffix}$")
            ).wait_for()
            with page.expect_download() as waiting:
                button.click()
            saved = waiting.value
            assert re.fullmatch(
                rf"{one.stem}_afghanistan_from-2022-01-01_\d{{8}}\.{one.suffix}", saved.suggested_filename
            )
            dated = [row for row, *_ in store.ask(view, DATED).itertuples(index=False)]
            expected = [one for one in store.ids(view) if key != "timelinejs" or one in dated]
            content = saved.path().read_bytes()
            assert READ[key](content) == expected
            assert (site.encode() in content) or key in {"csv", "csv-full", "excel", "excel-full", "xlsx", "pack"}


DATED = "SELECT incident_id FROM shown WHERE date_start IS NOT NULL"
