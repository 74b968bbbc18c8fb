"""The menu of briefs and the speaker mode: a file on a click, steps by keyboard, and nothing that moves by itself."""

import re
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from brief_read import read_words
from browser import retry, serve, wait_until
from generate import write
from page import make_app, opened, sent

from dashboard.brief_job import BriefJob, Order, find_job, start_job
from dashboard.speaker_steps import list_incidents, list_weeks, say_range
from pipeline.brief.briefs import BRIEFS, Options
from pipeline.brief.notes import clean
from pipeline.tables.store import Store
from pipeline.view import View

VIEW = View(cities=("Kabul",))
PATIENCE = 180_000  # milliseconds: what draws is loaded with the first file, with other checks beside


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write(tmp_path_factory.mktemp("tables"), 120)


@pytest.fixture
def app(folder, monkeypatch):
    monkeypatch.setenv("INCIDENT_DATA", str(folder))
    return make_app()


def steps_of(store, view, list_steps):
    """Give the steps of a view."""
    return list_steps(lambda sql, *parameters: store.ask(view, sql, parameters))


def test_the_menu_offers_every_brief_and_says_what_it_is_of(app, folder):
    opened(app, city="Kabul")
    many = len(Store(folder).ids(VIEW))
    assert app.radio(key="brief-kind").options == [one.name for one in BRIEFS.values()]
    assert any(one.value == f"**{many:,} incidents**, to hand out as" for one in app.markdown)
    for one in BRIEFS.values():
        app.radio(key="brief-kind").set_value(one.name).run()
        assert not app.exception and any(caption.value == one.about for caption in app.caption)
        assert app.button(key="brief-start").label.casefold() == f"make {one.name}".casefold()


def test_a_file_is_made_once_for_a_view_and_its_tables(folder):
    store = Store(folder)
    order = Order(BRIEFS["weekly"], store, "one state", VIEW, "", Options(ending="md"))
    job = await_job(start_job(order))
    assert job.content and not job.failure and start_job(order) is job and find_job(order) is job
    others = [Order(BRIEFS["weekly"], store, *asked) for asked in (
        ("another state", VIEW, "", Options(ending="md")), ("one state", View(), "", Options(ending="md")),
        ("one state", VIEW, "", Options(ending="docx")), ("one state", VIEW, "a link", Options(ending="md")),
    )]  # fmt: skip
    assert [find_job(other) for other in others] == [None] * len(others)


def test_what_cannot_be_made_says_why_and_can_be_asked_again(folder):
    order = Order(BRIEFS["deck"], Store(folder), "state", VIEW, "", Options(template=b"no deck"))
    job = await_job(start_job(order))
    assert not job.content and "no PowerPoint file" in job.failure
    assert start_job(order) is not job


def await_job(job: BriefJob):
    """Wait for a file."""
    end = time.monotonic() + 60
    while not job.is_over and time.monotonic() < end:
        time.sleep(0.05)
    assert job.is_over, "the file was not made within a minute"
    return job


@pytest.mark.parametrize("view", [View(), VIEW, View(claims=False), View(words="nowhere at all")])
@pytest.mark.parametrize("list_steps", [list_incidents, list_weeks])
def test_so_far_ends_at_the_sums_of_the_view(folder, view, list_steps):
    store = Store(folder)
    steps, counts = steps_of(store, view, list_steps), store.counts(view)
    if not counts.shown:
        assert steps == []
        return
    last = steps[-1]["far"]
    assert last == {"n": counts.shown, "killed": say_range(counts.killed), "without": counts.killed.without}
    numbers = [step["far"]["n"] for step in steps]
    assert numbers == sorted(numbers) and len({step["id"] for step in steps}) == len(steps)


def test_each_incident_is_a_step_with_its_sentence_and_so_far_is_what_surely_happened(folder):
    store = Store(folder)
    steps = steps_of(store, View(), list_incidents)
    rows = store.rows(View()).set_index("incident_id")
    assert sorted(step["id"] for step in steps) == sorted(rows.index)
    for step in steps:
        assert step["sentence"] == clean(rows.loc[step["id"], "source_sentence"])
    dated = [step["days"][1] for step in steps if step["days"]]
    assert dated == sorted(dated) and all(step["days"] is None for step in steps[len(dated) :])


def test_the_speaker_mode_is_a_link_and_works_for_nothing(app):
    opened(app, speak="weeks", q="nowhere at all")
    told = sent(app, "speaker")
    assert told["steps"] == [] and told["unit"] == "weeks" and "nowhere at all" in told["filters"]


@pytest.mark.browser
def test_a_click_makes_the_file_and_the_page_stays_in_use(page, folder):
    with serve(folder) as site:
        page.goto(f"{site}/?city=Kabul")
        page.locator(".tile-value").first.wait_for()
        view = View.from_url(urlsplit(page.url).query)
        page.locator(".st-key-brief button").first.click()
        for name, ending in (("Slide deck", "pptx"), ("Weekly list", "docx")):
            page.locator(".st-key-brief-kind").get_by_text(name, exact=True).click()
            button = page.locator(".st-key-brief-start button", has_text=re.compile(f"make {name}", re.IGNORECASE))
            button.wait_for()
            with page.expect_download(timeout=PATIENCE) as waiting:
                # The menu may still be drawing itself for another choice.
                retry(page, button.is_hidden, f"{name} was asked for", button.click)
                if ending == "pptx":
                    page.locator(".st-key-brief-make [data-testid=stProgress]").wait_for()
            saved = waiting.value
            assert re.fullmatch(rf"\w+_kabul_\d{{8}}\.{ending}", saved.suggested_filename)
            words = read_words(saved.path().read_bytes(), ending)
            assert view.in_words() in words and Store(folder).seal()[:12] in words and f"{site}?city=Kabul" in words
        with page.expect_download() as again:
            page.locator(".st-key-brief-save-button button").click()
        assert again.value.path().read_bytes() == saved.path().read_bytes()


@pytest.mark.browser
def test_the_speaker_mode_is_stepped_through_by_keyboard(page, folder):
    store = Store(folder)
    steps = steps_of(store, VIEW, list_incidents)
    with serve(folder) as site:
        page.goto(f"{site}/?city=Kabul&speak=incidents")
        at = Speaker(page, steps)
        at.shows(0)
        before = page.locator(".speaker").inner_html()
        page.wait_for_timeout(1_500)
        assert page.locator(".speaker").inner_html() == before, "something moved by itself"
        for key, number in (("ArrowRight", 1), ("Space", 2), ("PageDown", 3), ("ArrowLeft", 2), ("Shift+Space", 1),
                            ("End", len(steps) - 1), ("ArrowRight", len(steps) - 1), ("Home", 0), ("PageUp", 0),
                            ("ArrowDown", 1)):  # fmt: skip
            page.keyboard.press(key)
            at.shows(number)
        page.keyboard.press("n")
        page.keyboard.type("say who counted <b>")
        page.keyboard.press("Escape")
        page.keyboard.press("ArrowRight")
        assert page.locator(".note").input_value() == ""
        page.reload()
        at.shows(2)
        page.keyboard.press("n")
        page.keyboard.press("Escape")
        page.keyboard.press("ArrowLeft")
        assert page.locator(".note").input_value() == "say who counted <b>"
        page.keyboard.press("f")
        wait_until(page, "() => document.fullscreenElement !== null")
        at.shows(1)
        page.keyboard.press("f")
        wait_until(page, "() => document.fullscreenElement === null")
        page.keyboard.press("w")
        page.wait_for_url(re.compile("speak=weeks"))
        weeks = steps_of(store, VIEW, list_weeks)
        page.locator(".count", has_text=f"1 of {len(weeks)}").wait_for()
        page.keyboard.press("Escape")
        page.locator(".tile-value").first.wait_for()
        page.wait_for_url(lambda url: parse_qs(urlsplit(url).query) == {"city": ["Kabul"]})


class Speaker:
    """What the speaker mode shows, against the steps it should have."""

    def __init__(self, page, steps):
        self.page, self.steps = page, steps

    def shows(self, number):
        """Check the step and the counters."""
        step = self.steps[number]
        self.page.locator(".count", has_text=re.compile(rf"^{number + 1} of {len(self.steps)}$")).wait_for()
        assert self.page.locator(".told h2").inner_text() == step["title"]
        assert self.page.locator(".told blockquote p").first.inner_text() == step["sentence"]
        far = self.page.locator(".far b").all_inner_texts()
        assert far == [f"{step['far']['n']:,}", step["far"]["killed"]]
