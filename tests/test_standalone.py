"""The stand-alone HTML in a real Chromium without a network: rows and sums are the tables', its texts stay texts."""

import hashlib
import json
import re
from datetime import date
from pathlib import Path

import pytest
from browser import PATIENCE, ROOT, read_until, wait_until
from generate import write

from pipeline.brief.briefing import BORDERS, gather_briefing
from pipeline.brief.standalone import make_standalone
from pipeline.tables.store import Store
from pipeline.view import View

LARGEST = 5_000_000  # bytes for 1,000 incidents
SLOWEST = 3_000  # milliseconds until the list can be read
VENDORED = {"deck.gl": "dist.min.js", "source-sans-3": "source-sans-3-latin-wght-normal.woff2"}
WATCH = """window.amiss = [];
addEventListener("securitypolicyviolation", (event) => amiss.push(event.violatedDirective + " " + event.blockedURI));"""
NO_WEBGL = """const real = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
  return kind.startsWith("webgl") ? null : real.call(this, kind, ...more);
};"""
VIEWS = [
    (View(words="kabul bomb"), "q=kabul+bomb"),
    (View(types=("shooting",)), "type=shooting"),
    (View(perpetrators=("",)), "by="),
    (View(since=date(2023, 1, 10), until=date(2023, 2, 3)), "from=2023-01-10&to=2023-02-03"),
    (View(perpetrators=("ISKP",), since=date(2022, 5, 1), words="kandahar"), "by=ISKP&from=2022-05-01&q=kandahar"),
]


def make(store, view=None, link="http://localhost:8501/?"):
    view = view or View()
    return make_standalone(gather_briefing(store, view, link), store)


@pytest.fixture(scope="session")
def thousand(tmp_path_factory):
    """The tables of 1,000 incidents, and the file of all of them."""
    home = tmp_path_factory.mktemp("standalone")
    store = Store(write(home / "tables", 1_000))
    path = home / "briefing.html"
    path.write_bytes(make(store))
    return store, path


@pytest.fixture
def offline(chromium):
    """Give a way to open a file with the network off; fails where anything was asked, blocked or broken."""
    context = chromium.browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    asked, broken = [], []

    def open_file(path, fragment="", script=NO_WEBGL):  # deck.gl takes its time where there is no graphics card
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.add_init_script(WATCH + script)
        page.on(
            "request", lambda one: asked.append(one.url) if not one.url.startswith(("file:", "data:", "blob:")) else 0
        )
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.on("dialog", lambda dialog: (broken.append(dialog.message), dialog.dismiss()))
        page.goto(path.as_uri() + (f"#{fragment}" if fragment else ""), wait_until="commit")
        wait_until(page, "() => performance.getEntriesByName('drawn').length > 0")
        return page

    yield open_file
    for page in context.pages:
        assert page.evaluate("window.amiss") == [], "the content policy had to stop something"
    context.close()
    assert asked == [], "the file asked the network"
    assert broken == [], "the file broke in the browser"


def ids_of(page):
    return page.evaluate("[...document.querySelectorAll('#list tbody tr')].map((row) => row.incident)")


def tile(page, name):
    return page.locator(f"[data-tile={name}]").inner_text().split("\n")


def say(total):
    return str(total) if total.stated else "not stated"


def tiles_are(page, counts):
    assert tile(page, "incidents")[1] == f"{counts.shown:,}"
    for measure, total in (("killed", counts.killed), ("injured", counts.injured)):
        _, value, note = tile(page, measure)
        assert value == say(total)
        assert note == (f"{total.without:,} without a figure" if total.without else "each incident has a figure")


@pytest.mark.browser
def test_all_rows_and_sums_are_those_of_the_tables(thousand, offline):
    store, path = thousand
    assert path.stat().st_size < LARGEST
    page = offline(path)
    assert ids_of(page) == store.ids(View())
    tiles_are(page, store.counts(View()))
    facts = page.locator("header").inner_text()
    for said in ("all incidents", "1,000 of 1,000", store.seal()[:12], "Data as of", "http://localhost:8501/?"):
        assert said in facts
    assert BORDERS in page.locator("footer").inner_text()


@pytest.mark.browser
def test_filters_keep_what_the_page_keeps(thousand, offline):
    store, path = thousand
    page = offline(path)
    for view, fragment in VIEWS:
        page.evaluate("(asked) => (location.hash = asked)", fragment)
        counts, ids = store.counts(view), store.ids(view)
        assert counts.shown, f"{fragment} asks for nothing that is there"
        assert read_until(page, lambda: ids_of(page), ids) == ids, fragment
        tiles_are(page, counts)


@pytest.mark.browser
def test_the_list_can_be_read_at_once(thousand, offline):
    _, path = thousand
    times = []
    for _ in range(3):
        page = offline(path)
        times.append(page.evaluate("performance.getEntriesByName('drawn')[0].startTime"))
        page.close()
        if times[-1] < SLOWEST:
            return
    pytest.fail(f"the list was there after {min(times):.0f} ms; other work on this machine may have slowed it")


@pytest.mark.browser
def test_an_incident_opens_with_its_sentences_and_footnotes(thousand, offline):
    store, path = thousand
    row = store.rows(View(), most=1).iloc[0]
    page = offline(path)
    page.locator("#list tbody tr").first.click()
    told = page.locator("#incident")
    told.locator("h2").wait_for()
    assert row["source_sentence"] in told.inner_text()
    assert told.locator(".sentences li").first.get_attribute("value") == "1"
    assert row["source_outlet"] in told.locator(".sentences li").first.inner_text()
    page.keyboard.press("ArrowRight")
    wait_until(page, "() => location.hash.includes(encodeURIComponent(BOOK.rows[1].id))")
    page.keyboard.press("Escape")
    told.wait_for(state="hidden")
    wait_until(page, "() => document.activeElement.tagName === 'TR'")


@pytest.mark.browser
def test_days_are_brushed_with_keys_and_the_map_pans_with_keys(thousand, offline):
    store, path = thousand
    page = offline(path)
    page.locator("#timeline .strip").focus()
    page.keyboard.press("Shift+ArrowLeft")
    wait_until(page, "() => location.hash.includes('from=')")
    days = [date.fromisoformat(page.locator(f"#filters input[name={end}]").input_value()) for end in ("from", "to")]
    assert ids_of(page) == store.ids(View(since=days[0], until=days[1]))
    before = page.evaluate("page.map.view.longitude")
    page.locator(".stage").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("page.map.view.longitude") > before


@pytest.mark.browser
def test_deck_draws_the_map_and_a_place_can_be_picked(thousand, offline):
    store, path = thousand
    page = offline(path, script="")
    wait_until(page, "() => document.querySelector('.drawing.print-only')")
    assert page.locator(".stage .deck canvas").count() == 1
    x, y = page.evaluate("toScreen(page.map.places[0].at, page.map.view, page.map.size())")
    page.locator(".stage").click(position={"x": x, "y": y})
    wait_until(page, "() => location.hash.includes('place=')")
    kabul = sorted(store.ids(View(cities=("Kabul",), place_step="city")))
    assert read_until(page, lambda: sorted(ids_of(page)), kabul) == kabul


@pytest.mark.browser
def test_without_webgl_the_map_is_drawn_and_pans(thousand, offline):
    _, path = thousand
    page = offline(path)
    wait_until(page, "() => document.querySelector('#map .note').textContent.includes('no WebGL')")
    page.locator(".flat .bubble").nth(10).wait_for(state="attached")
    before = page.evaluate("page.map.view.longitude")
    box = page.locator(".stage").bounding_box()
    page.mouse.move(box["x"] + 300, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 200, steps=4)
    page.mouse.up()
    assert page.evaluate("page.map.view.longitude") > before


@pytest.mark.browser
def test_words_of_articles_stay_words(thousand, offline):
    _, path = thousand
    text = path.read_text("utf-8")
    book = re.search(r'<script type="application/json" id="book">(.*?)</script>', text, re.DOTALL)[1]
    assert not set(book) & set("<>&\u202e\u202c")
    rows = json.loads(book)["rows"]
    assert any("onerror" in row.get("by", "") for row in rows), "the generated tables should hold hostile names"
    page = offline(path)
    page.locator("#notes summary").click()
    page.locator("#sources summary").click()
    for row in [one for one in rows if "onerror" in one.get("by", "")][:3]:
        page.evaluate("(id) => page.choose({ incident: id })", row["id"])
        assert "<img src=x onerror" in page.locator("#incident").inner_text()
    assert page.title() != "pwned"
    assert page.locator("img, iframe, main script, main b, main i").count() == 0
    links = page.evaluate("[...document.querySelectorAll('main a')].map((link) => link.getAttribute('href'))")
    assert links and all(link.startswith(("http://", "https://", "#")) for link in links)


@pytest.mark.browser
def test_nothing_is_said_in_a_sentence(thousand, offline, tmp_path):
    store, _ = thousand
    path = tmp_path / "none.html"
    path.write_bytes(make(store, View(cities=("<b>Nowhere",))))
    page = offline(path)
    assert page.locator("#empty").inner_text().startswith("No incident fits these filters: <b>Nowhere.")
    assert not page.locator("#main").is_visible()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_no_width_needs_scrolling_sideways(thousand, offline, width):
    store, path = thousand
    page = offline(path)
    page.set_viewport_size({"width": width, "height": 844})
    longest = max(store.rows(View())["incident_id"], key=lambda one: len(str(one)))
    page.evaluate("(id) => page.choose({ incident: id })", longest)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_same_briefing_gives_the_same_bytes(thousand):
    store, path = thousand
    assert make(store) == path.read_bytes()


def test_claims_of_a_party_leave_the_sums_where_the_view_says_so(thousand):
    store, _ = thousand
    book = re.search(rb'id="book">(.*?)</script>', make(store, View(claims=False)), re.DOTALL)[1]
    assert json.loads(book)["claims"] is False


@pytest.mark.parametrize("name", VENDORED)
def test_what_others_made_is_as_it_came(name):
    home = ROOT / "static" / "vendor" / name
    seal = hashlib.sha256((home / VENDORED[name]).read_bytes()).hexdigest()
    assert seal in Path(home / "README.md").read_text("utf-8"), (
        f"{VENDORED[name]} is not the file that the README names"
    )
    assert (home / "LICENSE").is_file()
