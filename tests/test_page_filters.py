"""The filters, the link, the views that are kept and the table: what is shown is what the plain way keeps, always.

`make soak` tries all 200 random states; each run of the tests some of them.
"""

import json
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from browser import await_drawn, read_until, serve, wait_until
from brute import find_ids
from generate import write
from page import act, link, make_app, opened, said, sent, shown
from states import make_states

from dashboard.columns import COLUMNS, USUAL
from pipeline.tables.columns import INCIDENTS
from pipeline.tables.load import read_tables
from pipeline.tables.store import Store
from pipeline.view import ORDERS, View

COUNT, MANY, FEW, IN_CHROMIUM = 180, 200, 8, 20


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write(tmp_path_factory.mktemp("tables"), COUNT)


@pytest.fixture(scope="module")
def incidents(folder):
    return read_tables(folder).incidents


@pytest.fixture(scope="module")
def store(folder):
    return Store(folder)


@pytest.fixture
def app(folder, monkeypatch):
    monkeypatch.setenv("INCIDENT_DATA", str(folder))
    return make_app()


@pytest.fixture(scope="module")
def filters_site(tmp_path_factory):
    with serve(write(tmp_path_factory.mktemp("filtered"), 450)) as url:
        yield url


def follow(app, view):
    """Go to the link of a view, as by the browser's back button."""
    app.query_params.clear()
    return opened(app, **view.to_query())


def check_states(app, incidents, store, states):
    """See in each state the ids of the plain way, of the store and of the link that the page itself wrote."""
    again = make_app()
    for view in states:
        ids = find_ids(incidents, view)
        follow(app, view)
        assert shown(app) == ids == store.ids(view), view.to_url()
        assert link(app) == view.to_query(), view.to_url()
        opened_again = follow(again, View.from_query(link(app)))
        assert shown(opened_again) == ids, view.to_url()
        assert f"<b>{len(ids):,} of {COUNT} shown</b>" in said(app)


def test_some_random_states_show_what_the_plain_way_keeps(app, incidents, store):
    check_states(app, incidents, store, make_states(incidents, MANY)[:FEW])


@pytest.mark.soak
def test_all_random_states_show_what_the_plain_way_keeps(app, incidents, store):
    check_states(app, incidents, store, make_states(incidents, MANY))


def test_groups_open_where_they_ask_and_say_how_much(app, store):
    opened(app)
    closed = {one.label: one.proto.expanded for one in app.expander}
    assert closed["Killed and injured"] is closed["Target and weapon"] is False
    app.selectbox(key="place_step").set_value("city").run()
    app.number_input(key="stories_from").set_value(2).run()
    view = View(place_step="city", stories_from=2)
    assert shown(app) == store.ids(view) and View.from_query(link(app)) == view
    assert {one.label: one.proto.expanded for one in app.expander}["How exact, how sure · 2"] is True
    app.button(key="reset-all").click().run()
    assert link(app) == {} and len(shown(app)) == COUNT


def test_each_list_counts_what_its_values_would_keep_and_offers_what_is_not_stated(app, store):
    opened(app, type="bombing")
    for field in ("types", "perpetrators", "cities"):
        box = app.multiselect(key=field)
        for said_option in box.options:
            words, count = said_option.rsplit(" · ", 1)
            value = "" if words == "(not stated)" else words
            kept = len(store.ids(replace(View(types=("bombing",)), **{field: (value,)})))
            if "…" not in words and "_" not in value:
                assert kept == int(count.replace(",", "")), said_option
        assert field == "types" or any(option.startswith("(not stated)") for option in box.options)


def test_the_line_says_what_is_certain_and_what_no_drawing_holds(app, store):
    opened(app, **{"from": "2022-01-01", "to": "2022-06-30"})
    counts = store.counts(View.from_query({"from": ["2022-01-01"], "to": ["2022-06-30"]}))
    words = (
        f"<b>{counts.shown} of {COUNT} shown</b>, {counts.certain} certainly inside, {counts.unplaced} without a place"
    )
    assert words in said(app)
    opened(app)
    app.button(key="reset-all").click().run()
    assert f"{store.counts(View()).undated} without a date" in said(app)


def test_unreadable_parts_of_a_link_are_named_and_the_rest_holds(app, store):
    opened(app, killed="3..many", lane="moon", page="x", nonsense="1", cols="nothing", type="bombing")
    words = app.warning[0].value.replace("\\", "")
    for part in ("killed=3..many", "lane=moon", "page=x", "nonsense=1", "cols=nothing"):
        assert part in words
    assert "type" not in words and shown(app) == store.ids(View(types=("bombing",)))
    assert link(app) == {"type": ["bombing"]}
    app.button(key="reset").click().run()
    assert not app.warning


def test_the_table_sorts_by_any_head_and_the_link_and_the_download_follow(app, incidents, store):
    opened(app)
    for asked, order in (("-killed", "deadliest"), ("killed", "killed"), ("where", "where"), ("-n_stories",) * 2):
        act(app, "table", "order", asked)
        view = View(order=order)
        assert shown(app) == store.ids(view) == find_ids(incidents, view)
        assert link(app) == {"order": [order]}
        assert app.selectbox(key="order").value == order
    sorted_by = [
        (one["label"], one["sorted"]) for one in sent(app, "table")["columns"] if one["sorted"] not in ("", "none")
    ]
    assert sorted_by == [("Stories", "descending")]
    app.selectbox(key="order").set_value("oldest").run()
    assert shown(app) == store.ids(View(order="oldest"))


def test_every_column_of_the_codebook_can_be_shown_as_an_export_has_it(app, incidents):
    names = [column.name for column in INCIDENTS.columns]
    assert set(names) | set(USUAL) == set(COLUMNS)
    assert {name.removeprefix("-") for name in ORDERS} <= set(names) | set(USUAL) | {"newest", "oldest", "deadliest",
                                                                                       "doubtful"}  # fmt: skip
    opened(app, cols=",".join(names))
    data = sent(app, "table")
    assert [one["label"] for one in data["columns"]] == names
    row = dict(zip(names, data["rows"][0][1:], strict=True))
    there = incidents.set_index("incident_id").loc[data["rows"][0][0]]
    assert row["source_sentence"] == there["source_sentence"] and row["geo_precision"] == there["geo_precision"]
    assert row["date_start"] == str(there["date_start"].date()) and row["notes"] == there["notes"]
    app.button(key="columns-usual").click().run()
    assert [one["label"] for one in sent(app, "table")["columns"]] == [COLUMNS[key].label for key in USUAL]
    assert link(app) == {}


def test_the_table_turns_to_the_page_of_the_incident_that_is_open(tmp_path, monkeypatch):
    many = Store(write(tmp_path, 450))
    monkeypatch.setenv("INCIDENT_DATA", str(tmp_path))
    ids = many.ids(View())
    app = opened(make_app(), incident=ids[321])
    assert shown(app) == ids[200:400] and sent(app, "table")["open"] == ids[321]
    act(app, "table", "page", 3)
    assert shown(app) == ids[400:] and link(app)["page"] == ["3"]
    act(app, "table", "open", ids[410])
    assert shown(app) == ids[400:] and link(app)["incident"] == [ids[410]]
    act(app, "latest", "open", ids[2])
    assert "page" not in link(app) and shown(app) == ids[:200]
    act(app, "table", "page", 2)
    act(app, "table", "order", "oldest")
    assert shown(app) == many.ids(View(order="oldest"))[:200] and link(app)["page"] == ["1"]


IN_SIGHT = """(box, id) => {
    const open = box.querySelector("[aria-selected=true]"), at = box.getBoundingClientRect();
    const row = open?.getBoundingClientRect();
    return open?.dataset.id === id && row.top >= at.top && row.bottom <= at.bottom + 1;
}"""


def ids_of(page):
    """Give the ids of the rows that are drawn."""
    return page.locator(".st-key-table tbody").evaluate("body => [...body.children].map(row => row.dataset.id)")


def open_table(page, url):
    page.goto(url)
    page.locator(".st-key-table .box").wait_for(state="attached")


@pytest.mark.browser
def test_a_reader_sorts_turns_pages_and_opens_by_keyboard(page, filters_site):
    open_table(page, f"{filters_site}/?cols=when,title,killed")
    first = ids_of(page)
    assert len(first) == 200
    page.get_by_role("button", name="Next rows").click()
    page.wait_for_url(lambda url: "page=2" in url)
    page.locator(f".st-key-table tr[data-id='{first[0]}']").wait_for(state="detached")
    assert not set(ids_of(page)) & set(first)
    page.locator(".st-key-table th button", has_text="Killed").click()
    page.wait_for_url(lambda url: "order=deadliest" in url and "page" not in url)
    head = page.locator(".st-key-table th", has_text="Killed")
    head.and_(page.locator("[aria-sort=descending]")).wait_for()
    page.locator(".st-key-table tbody tr").first.focus()
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    third = ids_of(page)[2]
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get("incident") == [third])
    page.locator(f".st-key-table tr[aria-selected=true][data-id='{third}']").wait_for()
    page.locator(".incident h3").wait_for()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    last = ids_of(page)[-1]
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get("incident") == [last])
    await_drawn(page)  # the answer for the row before may have come after this one was opened
    seen = lambda: page.locator(".st-key-table .box").evaluate(IN_SIGHT, last)  # noqa: E731
    assert read_until(page, seen, True), "the row that is open is out of sight"


@pytest.mark.browser
def test_views_are_kept_renamed_opened_and_deleted_and_the_link_is_copied(page, filters_site, tmp_path):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=filters_site)
    open_table(page, f"{filters_site}/?type=bombing&order=oldest&cols=when,title")
    wanted = ids_of(page)
    page.get_by_role("button", name="Copy link").first.click()
    wait_until(page, "() => navigator.clipboard.readText().then((text) => text === location.href)")
    page.get_by_role("button", name="Saved views").click()
    page.get_by_label("Name of this view").fill("<b>Bombs</b>")
    page.keyboard.press("Enter")
    kept = page.locator(".st-key-saved-body li")
    kept.locator("b", has_text="<b>Bombs</b>").wait_for()
    page.goto(filters_site)
    page.locator(".st-key-table .box").wait_for(state="attached")
    page.get_by_role("button", name="Saved views").click()
    page.get_by_role("button", name="Rename <b>Bombs</b>").click()
    page.get_by_label("New name of <b>Bombs</b>").fill("Bombs")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Delete Bombs").wait_for()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Export").click()
    file = tmp_path / "views.json"
    waiting.value.save_as(file)
    assert [one["name"] for one in json.loads(file.read_text("utf-8"))] == ["Bombs"]
    kept.locator(".open").first.click()
    page.wait_for_url(lambda url: "type=bombing" in url and "order=oldest" in url and "cols=when" in url)
    assert read_until(page, lambda: ids_of(page), wanted) == wanted
    page.get_by_role("button", name="Delete Bombs").click()
    page.get_by_text("None yet.").wait_for()
    page.get_by_label("File of views").set_input_files(file)
    page.get_by_role("button", name="Delete Bombs").wait_for()


def check_in_chromium(page, site, incidents, states):
    """See in a browser the first page of ids of each state, in its order."""
    for view in states:
        ids = find_ids(incidents, view)
        page.goto(f"{site}/?{view.to_url()}")
        page.locator(".standing b", has_text=f"{len(ids):,} of ").wait_for()
        if ids:
            page.locator(f".st-key-table tr[data-id='{ids[0]}']").wait_for()
            assert read_until(page, lambda: ids_of(page), ids[:200]) == ids[:200], view.to_url()
        assert View.from_url(urlsplit(page.url).query) == view


@pytest.fixture(scope="module")
def filtered(tmp_path_factory):
    return read_tables(write(tmp_path_factory.mktemp("read"), 450)).incidents


@pytest.mark.soak
def test_twenty_random_states_in_chromium(page, filters_site, filtered):
    check_in_chromium(page, filters_site, filtered, make_states(filtered, MANY)[:IN_CHROMIUM])
