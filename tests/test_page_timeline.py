"""The timeline before a reader: mouse, keys, playback and link, in a real browser, and what follows it on the page."""

import itertools
import re
from contextlib import ExitStack
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from browser import await_drawn, serve
from generate import write
from page import link, make_app, opened
from timeline_rows import keep, rows

from dashboard.play import find_step
from pipeline.tables.store import Store
from pipeline.view import View

EXPLORE = "from dashboard.explore import draw_explore\n\ndraw_explore()"
PATIENCE = 60  # seconds: other checks may run beside this one


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """Tables of some dozen incidents with each kind of toll, and eras of their own."""
    folder = keep(tmp_path_factory.mktemp("few"), rows(60))
    eras = "name,first,last,countries,note\nFirst era,2021-01-01,2022-06-30,AF,\nOne day,2022-07-01,2022-07-01,AF,\n"
    (folder / "eras.csv").write_text(eras, "utf-8")
    return folder


@pytest.fixture(scope="module")
def serve_timeline():
    """Serve the page of the timeline alone over a folder of tables, and give its address."""
    with ExitStack() as servers:
        yield lambda folder: servers.enter_context(serve(folder, "tests/timeline_page.py"))


@pytest.fixture(scope="module")
def site_of_few(serve_timeline, few):
    return serve_timeline(few)


def asked(page):
    """Give the fields of the link."""
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


def wait(page, holds, what):
    """Wait until something is so."""
    for _ in range(PATIENCE * 20):
        if holds():
            return
        page.wait_for_timeout(50)
    pytest.fail(f"waited in vain: {what}; the link is {page.url}, the page says {said(page)}")


def said(page):
    """Give the line above the strip."""
    return page.locator(".timeline .foot .says").inner_text()


def open_at(page, url):
    """Open the timeline."""
    page.goto(url)
    page.locator(".timeline .foot .says").wait_for()
    page.locator(".timeline .strip .ground").wait_for()


def focused(page):
    """Give the words that a screen reader says of what has the focus."""
    return page.evaluate(
        "(() => { let one = document.activeElement; while (one.shadowRoot) one = one.shadowRoot.activeElement;"
        " return one && one.getAttribute('aria-label') })()"
    )


@pytest.mark.browser
def test_brush_filters_keys_step_and_marks_say_what_is_known(page, site_of_few, few):
    open_at(page, site_of_few)
    kinds = {one.get_attribute("class").replace("mark ", "") for one in page.locator(".timeline .mark").all()}
    assert any("hollow unstated" in kind for kind in kinds), "a toll that nobody states looks of its own"
    assert any(kind.endswith("hollow") for kind in kinds) and any("hollow" not in kind for kind in kinds)
    page.locator(".timeline .mark.dot .hit").last.hover(force=True)
    assert page.locator(".timeline .tip.shown .title").inner_text().startswith("Incident")
    assert page.locator(".timeline b").count() == 0, "a name was taken for markup"

    strip = page.locator(".timeline .strip .ground").bounding_box()
    x, y = strip["x"] + strip["width"] * 0.4, strip["y"] + 20
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=3)
    page.mouse.move(x + 150, y, steps=3)
    page.mouse.up()
    wait(page, lambda: "to" in asked(page), "the brush asks for days")
    view = View.from_query({key: [value] for key, value in asked(page).items()})
    counted = Store(few).counts(view)
    wait(page, lambda: said(page).startswith(f"{counted.shown} of "), "the days asked are counted")
    wait(page, lambda: f"{counted.certain} certainly inside" in said(page), "so is what is certain")
    page.get_by_text(f"{counted.shown} shown, {counted.certain} certain").wait_for()

    await_drawn(page)
    page.locator(".timeline .strip").focus()
    page.keyboard.press("Tab")
    if focused(page) in ("Eras",):
        page.keyboard.press("Tab")
    labels = [focused(page)]
    for _ in range(2):
        page.keyboard.press("ArrowRight")
        labels.append(focused(page))
    assert len(set(labels)) == 3, "each arrow key goes to another incident"
    page.keyboard.press("Enter")
    wait(page, lambda: "incident" in asked(page), "Enter opens the incident")
    first = asked(page)["incident"]
    page.keyboard.press("ArrowRight")
    wait(page, lambda: asked(page)["incident"] != first, "from the open incident, arrow keys open the next")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("ArrowLeft")
    wait(page, lambda: asked(page)["incident"] == first, "so they do where nothing has the focus")
    wait(page, lambda: page.locator(".timeline .strip path.chosen").count() == 1, "the strip marks the open one")
    page.locator(".timeline .strip").focus()
    page.keyboard.press("Escape")
    wait(page, lambda: "to" not in asked(page), "Escape shows all days")


@pytest.mark.browser
def test_nothing_moves_before_play_and_playback_stops_at_the_end(page, site_of_few, few):
    ends = Store(few).counts(View())
    extent = (ends.first, ends.last)
    late = find_step(None, extent, step="month", way="window", by=-1)
    for _ in range(2):
        late = find_step(late, extent, step="month", way="window", by=-1)
    open_at(page, f"{site_of_few}?from={late[0]}&to={late[1]}")
    before = page.url
    page.wait_for_timeout(1_500)
    assert page.url == before, "nothing moves before play is pressed"
    page.get_by_label("Play", exact=True).click()
    page.get_by_label("Pause").click()
    wait(page, lambda: asked(page)["from"] > str(late[0]), "the days move on with the first step")
    await_drawn(page)
    paused = asked(page)["from"]
    page.wait_for_timeout(1_500)
    assert asked(page)["from"] == paused, "a pause is a pause"
    while (at := asked(page)["from"]) > str(late[0]):  # a slow machine may have gone two steps before the pause
        page.get_by_label("One step back").click()
        wait(page, lambda: asked(page)["from"] < at, "a step back")
    assert asked(page)["from"] == str(late[0])
    seen = {asked(page)["to"]}
    page.on("framenavigated", lambda _: seen.add(asked(page)["to"]) if "to" in asked(page) else None)
    page.get_by_label("Play", exact=True).click()
    wait(page, lambda: not page.locator(".icon.playing").count(), "playback ends")
    # Two steps that come while one is drawn are drawn as one: a slow machine may pass over the month between.
    assert max(seen) >= str(ends.last) and len(seen) in (2, 3), "it goes on by months to the last, and then it stops"

    page.get_by_label("Step of playback").select_option("week")
    wait(page, lambda: asked(page).get("step") == "week", "the step stands in the link")
    page.get_by_label("Kind of playback").select_option("cumulative")
    wait(page, lambda: asked(page).get("way") == "cumulative", "the kind stands in the link")
    start = asked(page)["from"]
    page.get_by_label("One step back").click()
    wait(page, lambda: asked(page)["to"] < max(seen), "the last day moves")
    assert asked(page)["from"] == start, "and the first one stays"
    page.get_by_role("button", name="Last 90 days").click()
    shown = lambda: [date.fromisoformat(asked(page)[end]) for end in ("from", "to")]  # noqa: E731
    wait(page, lambda: (shown()[1] - shown()[0]).days == 89, "the last 90 days")
    page.get_by_role("button", name="Last 90 days", pressed=True).wait_for()
    page.get_by_role("button", name="All days").click()
    wait(page, lambda: "from" not in asked(page), "all days again")


@pytest.mark.browser
def test_eras_stand_behind_and_labels_never_touch(page, site_of_few):
    for width in (1024, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        open_at(page, site_of_few)
        home = page.locator(".timeline").bounding_box()
        boxes = [one.bounding_box() for one in page.locator(".timeline .strip .tick:not(.outer)").all()]
        boxes = sorted((box for box in boxes if box["y"] > home["y"] + 100), key=lambda box: box["x"])
        assert len(boxes) > 3
        for left, right in itertools.pairwise(boxes):
            assert left["x"] + left["width"] <= right["x"], "two labels of the axis touch"
        assert boxes[-1]["x"] + boxes[-1]["width"] <= home["x"] + home["width"] + 1
        bar = page.locator(".timeline .tools").bounding_box()
        for button in page.locator(".timeline .tools :is(button, select)").all():
            box = button.bounding_box()
            assert box["x"] >= bar["x"] - 1 and box["x"] + box["width"] <= bar["x"] + bar["width"] + 1
    assert page.locator(".timeline .era text").text_content() == "First era"
    assert page.locator(".timeline .milestone text").text_content() == "One day"
    page.get_by_role("button", name="Eras").click()
    wait(page, lambda: asked(page).get("eras") == "hidden", "the choice stands in the link")
    wait(page, lambda: not page.locator(".timeline .era").count(), "the eras are gone")


@pytest.mark.browser
def test_many_incidents_are_heat_strips_that_zoom(page, serve_timeline, generated_tables):
    open_at(page, f"{serve_timeline(generated_tables)}?lane=event_type")
    assert page.locator(".timeline .mark").count() == 0
    wait(page, lambda: page.locator(".timeline .cell .shape.may").count() > 10, "what may have happened stands apart")
    label = page.locator(".timeline .cell").nth(30).get_attribute("aria-label")
    page.locator(".timeline .cell .hit").nth(30).click(force=True)
    wait(page, lambda: "from" in asked(page), f"a cell ({label}) chooses its days")
    drawn = page.evaluate(
        "[...document.querySelectorAll('*')].map(e => e.shadowRoot ? e.shadowRoot.querySelectorAll('rect').length : 0)"
        ".concat(document.querySelectorAll('.timeline rect').length).reduce((a, b) => a + b)"
    )
    assert 0 < drawn < 5_000
    said_of = page.locator(".timeline .legend").inner_text()
    assert re.search(r"Incidents a (day|week|month|quarter|year)", said_of), "the legend says what a shade counts"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write(tmp_path_factory.mktemp("tables"), 120)


def run(folder, monkeypatch, **query):
    """Open Explore with a link."""
    monkeypatch.setenv("INCIDENT_DATA", str(folder))
    return opened(make_app(EXPLORE), **query)


def test_a_step_of_playback_moves_the_whole_page(folder, monkeypatch):
    app = run(folder, monkeypatch, **{"from": "2022-01-01", "to": "2022-01-31", "way": "cumulative", "step": "week"})
    pick = {"incident": None, "range": ["2022-01-01", "2022-01-31"], "nonce": 1, "move": 1}
    app.session_state["timeline"] = {"pick": pick}
    app.run()
    assert (link(app)["from"], link(app)["to"]) == (["2022-01-01"], ["2022-02-07"])
    view = View(since=date(2022, 1, 1), until=date(2022, 2, 7))
    assert app.session_state["table ids"] == Store(folder).ids(view), "the table follows"
    assert str(app.date_input(key="until").value) == "2022-02-07", "the filter follows"
    settings = {"step": "day", "way": "window"}
    app.session_state["timeline"] = {"pick": pick | {"nonce": 2, "move": 0, "settings": settings}}
    app.run()
    assert link(app)["step"] == ["day"] and "way" not in link(app), "what is usual is not in the link"


def test_arrow_keys_step_on_where_marks_are_too_many(folder, monkeypatch):
    in_time = Store(folder).rows(View(order="oldest"))
    ids = list(in_time["incident_id"][in_time["date_start"].notna()])
    app = run(folder, monkeypatch, incident=ids[3])
    app.session_state["timeline"] = {"pick": {"incident": ids[3], "range": None, "nonce": 1, "go": 1}}
    app.run()
    assert link(app)["incident"] == [ids[4]]
    app.session_state["timeline"] = {"pick": {"incident": ids[0], "range": None, "nonce": 2, "go": -1}}
    app.run()
    assert link(app)["incident"] == [ids[0]], "before the first there is none"
