"""Hostile text in a real browser: every page shows all payloads, and none of them becomes anything but words.

What a payload would do is told in payloads.py; dialogs, foreign requests and errors fail in the fixture `page`.
"""

import os
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlencode

import pytest
from browser import read_until, serve
from payloads import WHOLE, load_words, write_payload_tables

from pipeline.brief.briefs import BRIEFS, make_brief
from pipeline.brief.notes import clean
from pipeline.curation.editions import keep_edition
from pipeline.tables.store import Store
from pipeline.view import View

pytestmark = pytest.mark.browser
WORDS = load_words()
SHORT = [text for text in WORDS if len(text) < 120]
# All nodes, through the shadows that components stand in: what payloads would make, and the words that are shown.
LOOK = """() => {
  const found = [], words = [];
  const look = (root) => {
    for (const node of root.querySelectorAll("*")) {
      const href = node.getAttribute("href") ?? "", src = node.getAttribute("src") ?? "";
      const foreign = /hit|example|65530/.test(href) && node.closest("[data-testid=stMarkdownContainer]");
      const bad = node.matches(".owned, .katex") || foreign || /\\bhit\\b/.test(src)
        || /^\\s*(javascript|data|vbscript|mailto|file):/i.test(href)
        || (node.dataset.testid === "stIconMaterial" && /bomb|verified/.test(node.textContent))
        || [...node.attributes].some((one) => one.name.startsWith("on"));
      if (bad) found.push(node.outerHTML.slice(0, 200));
      if (node.shadowRoot) look(node.shadowRoot);
    }
    const named = [...root.querySelectorAll("[title], [aria-label]")];
    words.push(root.textContent, ...named.map((one) => `${one.title} ${one.ariaLabel}`));
  };
  look(document.body);
  return { found, words: words.join(" "), hit: window.__hit ?? null, title: document.title };
}"""
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"


def squeeze(text):
    """Give the letters of a text; a sign that keeps addresses from becoming links is none of them."""
    return "".join(text.replace("\u2060", "").split())


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The page over the payloads, with an earlier state of them."""
    home = tmp_path_factory.mktemp("payloads")
    (home / "curation").mkdir()
    before = write_payload_tables(home / "before", [f"{text} " for text in WORDS])
    keep_edition(before, home / "curation", datetime.now(UTC) - timedelta(days=3))
    tables = write_payload_tables(home / "tables", whole=True)
    os.environ["INCIDENT_CURATION"] = str(home / "curation")
    with serve(tables) as url:
        yield url
    del os.environ["INCIDENT_CURATION"]


@pytest.fixture
def window(page):
    """A window in which no payload may ask for anything, not even of this machine."""
    asked = []
    page.set_default_timeout(180_000)  # much is drawn, and other checks may run beside
    page.on("request", lambda request: asked.append(request.url) if "/hit" in request.url else None)
    yield page
    assert asked == [], "a payload asked for something"


def see(window, url, wait, texts=(), least=None):
    """Open a page, wait for what is drawn last, and find texts in it; none may have become anything but words."""
    window.goto(url)
    window.locator(wait).first.wait_for()
    assert_told(window, texts, len(texts) if least is None else least)


def look(window, idle=IDLE):
    """Look at all that a page has drawn, and give its words."""
    window.locator(idle).wait_for()
    window.wait_for_timeout(300)
    seen = window.evaluate(LOOK)
    assert seen["found"] == [], f"{len(seen['found'])} elements were made of payloads at {window.url}"
    assert seen["hit"] is None, "a payload ran"
    assert window.locator("[data-testid=stException]").count() == 0, "the page failed"
    return squeeze(seen["words"])


def assert_told(window, texts, least, idle=IDLE):
    """Find payloads in the words of a page, letter by letter; its parts come one after another."""

    def find_lost():
        words = look(window, idle)
        return [text for text in texts if squeeze(text) not in words]

    lost = read_until(window, find_lost, lambda lost: len(texts) - len(lost) >= least)
    assert len(texts) - len(lost) >= least, f"not shown as they are: {lost[:12]}"


def test_explore_shows_them_in_table_timeline_map_and_filters(site, window):
    for order in ("oldest", "newest"):
        see(window, f"{site}/?order={order}&lane=place", ".st-key-table tbody tr", SHORT, 150)
    chart = window.locator(".st-key-map [data-testid=stDeckGlJsonChart]")
    chart.scroll_into_view_if_needed()
    window.locator(".st-key-map #view-default-view").wait_for()
    box = window.locator(".st-key-map #view-default-view").bounding_box()
    for step in range(12):
        window.mouse.move(box["x"] + box["width"] * (step + 1) / 13, box["y"] + box["height"] / 2)
    look(window)


def test_an_incident_and_an_article_show_all_their_words(site, window):
    see(window, f"{site}/?incident={WHOLE}", ".st-key-panel .incident h3", SHORT[:60], 50)
    see(window, f"{site}/sources?article=whole", ".sources.read")
    window.get_by_text("Show the whole article").click()
    window.locator(".sources.read").get_by_text(SHORT[-1]).first.wait_for()
    assert_told(window, SHORT, len(SHORT) - 8)


SELDOM = ("sources?page=2", "sources?page=7", "about", "codebook", "review?list=decisions", "spreadsheet")


PATHS = ("sources", "sources?list=totals", "sources?list=issues", "numbers", "review", "changes?since=DAY")


@pytest.mark.parametrize("path", [*PATHS, *(pytest.param(one, marks=pytest.mark.soak) for one in SELDOM)])
def test_no_other_page_obeys_them(site, window, path):
    day = (datetime.now(UTC) - timedelta(days=2)).date()
    see(window, f"{site}/{path.replace('DAY', str(day))}", "[data-testid=stMain] :is(h1, h2, h3, table, iframe)")
    assert len(read_until(window, lambda: look(window), lambda words: len(words) > 200)) > 200


@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.soak) for part in range(1, 6))])
def test_links_with_many_of_them_are_said_and_not_obeyed(site, window, part):
    lot = [text for text in SHORT if "\x00" not in text]
    asked = urlencode({"by": lot[part::6], "q": "nowhere"}, doseq=True)
    see(window, f"{site}/?{asked}", ".st-key-download button", ["No incident fits"])


TEXTS = ("[x](javascript:alert(1))", ":material/bomb: $x$", "www.hit.example", "hit@hit.example", "../../x")
LINKS = [
    f"?{key}={quote(text, safe='')}"
    for key, text in zip(("incident", "release", "q", "from", "box"), TEXTS, strict=True)
]


@pytest.mark.parametrize("link", [LINKS[0], *(pytest.param(one, marks=pytest.mark.soak) for one in LINKS[1:])])
def test_a_link_with_one_of_them_is_not_obeyed(site, window, link):
    see(window, f"{site}/{link}", "[data-testid=stMain]")


def test_links_with_them_are_said_and_not_obeyed(site, window):
    see(window, f"{site}/sources?article={quote(TEXTS[2], safe='')}&q=x", "[data-testid=stMain]")
    for text in ("![picture](http://localhost:65530/hit)", "write to hit@hit.example"):
        see(window, f"{site}/?country={quote(text, safe='')}", ".st-key-table tbody tr", [f"Incidents in {text}"])


def test_a_stand_alone_page_shows_them_as_words(site, chromium, tmp_path):
    store = Store(write_payload_tables(tmp_path / "tables"))
    path = tmp_path / "briefing.html"
    path.write_bytes(make_brief(BRIEFS["html"], store, View(), "http://localhost:8501/?q=x"))
    context = chromium.browser.new_context(offline=True)
    window, broken, asked = context.new_page(), [], []
    window.on("pageerror", lambda error: broken.append(str(error)))
    window.on("dialog", lambda dialog: (broken.append(dialog.message), dialog.dismiss()))
    window.on("request", lambda one: None if one.url.startswith(("file:", "data:", "blob:")) else asked.append(one.url))
    window.goto(path.as_uri())
    window.locator("#list tbody tr").first.wait_for()
    for at in range(0, len(WORDS), 20):
        window.evaluate("(at) => page.choose({ incident: BOOK.rows[at].id })", at)
    assert_told(window, list(map(clean, SHORT)), len(SHORT) - 8, idle="#incident h2")
    context.close()
    assert (broken, asked) == ([], [])
