"""The page in a real browser, on three sets of tables, with every host but ours cut off.

The drawings are clicked where a reader would click them; what must be so afterwards is read from the tables.
"""

import csv
import io
import re
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from browser import await_map, read_until, retry, serve
from generate import write
from playwright.sync_api import expect

from pipeline.tables.load import read_tables
from pipeline.tables.store import Store
from pipeline.view import View

pytestmark = pytest.mark.browser
CUT = """() => [document.documentElement, ...document.querySelectorAll(
    '[data-testid=stMain], .tiles, .tile, .incident, .facts dd, .st-key-panel')]
    .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.className || e.tagName)"""


@pytest.fixture(scope="session")
def incidents(table_folder):
    return read_tables(table_folder).incidents


@pytest.fixture(scope="session")
def small_site(tmp_path_factory):
    """A page of few incidents, where little is waited for."""
    with serve(write(tmp_path_factory.mktemp("small"), 60)) as url:
        yield url


def rows_of(page, key):
    """Give the rows drawn under a key."""
    return page.locator(f".st-key-{key} tbody tr")


def open_page(page, url):
    """Open the page and wait until its last part is drawn."""
    page.goto(url)
    rows_of(page, "table").first.wait_for()


def find_opened(page):
    """Read from the link which incident is open."""
    return parse_qs(urlsplit(page.url).query).get("incident", [""])[0]


def click_row(page, key, row):
    """Click a row once, and wait until its incident is open."""
    line = rows_of(page, key).nth(row)
    wanted = line.get_attribute("data-id")
    line.click()
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get("incident") == [wanted])


def assert_opened(page, incidents, incident_id):
    """See the sentence of an incident beside it."""
    assert find_opened(page) == incident_id
    sentence = "".join(incidents.set_index("incident_id").loc[incident_id, "source_sentence"].split())
    panel = page.locator(".st-key-panel .incident")
    seen = lambda: sentence in "".join("".join(panel.all_text_contents()).split())  # noqa: E731
    retry(page, seen, f"the sentence of {incident_id} was waited for")


def test_a_reader_sees_filters_opens_and_takes_along(page, site, incidents, table_folder):
    open_page(page, site)
    shown = page.locator(".tile-value").first
    expect(shown).to_have_text(f"{len(incidents):,}")
    expect(page.locator(".st-key-timeline :is(.mark, .cell)")).not_to_have_count(0)

    page.locator(".st-key-types input").click()
    page.locator("[role=option]").nth(1).click()
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile(r"type="))
    rows = Store(table_folder).rows(View.from_url(urlsplit(page.url).query))
    assert 0 < len(rows) <= len(incidents)
    expect(shown).to_have_text(f"{len(rows):,}")
    expect(page.locator(".st-key-table table")).to_have_attribute("aria-rowcount", str(len(rows) + 1))

    page.locator(".st-key-download button").first.click()
    with page.expect_download() as waiting:
        page.locator(".st-key-save button").click()
    saved = list(csv.DictReader(io.StringIO(waiting.value.path().read_text(encoding="utf-8"))))
    assert [row["incident_id"] for row in saved] == list(rows["incident_id"])
    page.keyboard.press("Escape")
    for place in sorted({0, min(len(rows), 6) - 1}):
        click_row(page, "table", place)
        assert_opened(page, incidents, saved[place]["incident_id"])


def test_a_bubble_on_the_map_opens_its_incidents(page, site, incidents):
    located = incidents[incidents["latitude"].notna() & (incidents["city"] != "")]
    if located.empty:
        pytest.skip("no incident of these tables is known to its town")
    # The map of a single town has it in its middle, whatever the projection.
    open_page(page, f"{site}/?city={quote(located['city'].value_counts().index[0])}")
    await_map(page)
    opened = page.locator(".st-key-listed tbody tr, .incident h3")

    def click():
        box = page.locator(".st-key-map #view-default-view").bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    retry(page, lambda: opened.count() > 0, "the middle of the map was clicked", click)
    if rows_of(page, "listed").count():
        click_row(page, "listed", 0)
    page.wait_for_url(re.compile("incident="))  # the incident is drawn before the link is written
    assert find_opened(page) in set(located["incident_id"])
    assert_opened(page, incidents, find_opened(page))


def test_a_mark_opens_hostile_strings_stay_strings_and_nothing_is_cut(page, small_site):
    open_page(page, f"{small_site}/?q={quote('<img')}")
    page.locator(".st-key-timeline .mark").first.click()
    expect(page.locator(".incident h3")).to_be_visible()
    expect(page.locator(".st-key-panel .incident")).to_contain_text("<img")
    assert page.locator(".st-key-panel img, .st-key-panel script").count() == 0
    assert page.title() == "Incidents"
    for width, scheme in ((1440, "light"), (1024, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(1_500)  # what would be cut is so once the drawings have heard of the width
        assert read_until(page, lambda: page.evaluate(CUT), []) == [], f"at a width of {width}"


def await_opened(page, incident_id):
    """Wait until the link, the table and the panel say that an incident is open."""
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get("incident") == [incident_id])
    marked = page.locator(".st-key-table tr[aria-selected=true]")
    expect(marked).to_have_attribute("data-id", incident_id)
    expect(page.locator(".incident")).to_contain_text(marked.locator("td.long div").text_content())


def test_the_back_button_goes_back_and_the_choice_outlives_other_pages(page, small_site):
    open_page(page, f"{small_site}/?order=oldest")
    opened = []
    for row in (1, 3, 5):
        click_row(page, "table", row)  # at once: the page may still be drawing the one before
        opened.append(find_opened(page))
    page.go_back()  # at once, too
    await_opened(page, opened[1])
    page.go_back()
    await_opened(page, opened[0])
    page.go_forward()
    await_opened(page, opened[1])
    page.get_by_role("link", name="Sources").click()
    expect(page.get_by_role("heading", name="Sources")).to_be_visible()
    page.get_by_role("link", name="Explore").click()
    await_opened(page, opened[1])
    assert "order=oldest" in page.url
    page.reload()
    await_opened(page, opened[1])
    assert "order=oldest" in page.url
