"""The page without a browser: what it shows, what a click changes, what a link opens, what it says when it cannot."""

from dataclasses import replace
from datetime import date

import pytest
from generate import write
from page import PATIENCE, act, link, make_app, opened, said, sent, shown, told
from streamlit.testing.v1 import AppTest

from pipeline.tables.load import read_tables
from pipeline.tables.store import Store
from pipeline.view import View


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write(tmp_path_factory.mktemp("tables"), 120)


@pytest.fixture(scope="module")
def store(folder):
    return Store(folder)


@pytest.fixture(scope="module")
def incidents(folder):
    return read_tables(folder).incidents


@pytest.fixture
def app(folder, monkeypatch):
    monkeypatch.setenv("INCIDENT_DATA", str(folder))
    return make_app()


def test_the_page_opens_with_all_incidents(app, incidents, store):
    opened(app)
    assert shown(app) == store.ids(View())
    assert f'<div class="tile-value">{len(incidents)}</div>' in said(app)
    assert "without a figure" in said(app)
    assert link(app) == {}


def test_a_filter_changes_the_rows_and_the_link(app, incidents, store):
    opened(app)
    app.multiselect(key="cities").set_value(["Kabul"]).run()
    view = View(cities=("Kabul",))
    assert shown(app) == store.ids(view)
    assert link(app)["city"] == ["Kabul"]
    app.number_input(key="killed_from").set_value(2).run()
    assert shown(app) == store.ids(View(cities=("Kabul",), killed_from=2))
    app.button(key="reset").click().run()
    assert shown(app) == store.ids(View())
    assert app.multiselect(key="cities").value == []
    assert link(app) == {}


def test_a_link_restores_every_filter(app, incidents, store):
    cities, days = ["Kabul", "Herat", ""], {"from": "2021-09-01", "to": "2023-06-30"}
    opened(app, city=cities, by=[""], **days, killed="0..20", q="people", order="deadliest")
    view = View(
        since=date(2021, 9, 1), until=date(2023, 6, 30), cities=tuple(cities), perpetrators=("",), killed_from=0,
        killed_to=20, words="people", order="deadliest",
    )  # fmt: skip
    assert shown(app) == store.ids(view)
    assert app.multiselect(key="cities").value == ["", "Herat", "Kabul"]
    assert app.text_input(key="words").value == "people"
    assert str(app.date_input(key="since").value) == "2021-09-01"
    assert "certainly inside" in said(app)
    assert View.from_query(link(app)) == view


def test_what_a_link_says_wrong_is_said_and_left_out(app, incidents, store):
    opened(app, **{"from": "soon", "city": "Atlantis"})
    assert "from\\=soon" in app.warning[0].value or "from=soon" in app.warning[0].value
    assert shown(app) == [] and any("Take off a filter" in info.value for info in app.info)


def test_a_permalink_opens_the_incident_at_its_sentence(app, incidents, store):
    row = incidents.iloc[5]
    opened(app, incident=row["incident_id"])
    assert row["source_sentence"] in told(app)
    assert sent(app, "table")["open"] == row["incident_id"]
    app.button(key="close").click().run()
    assert sent(app, "table")["open"] == "" and link(app) == {}


def test_a_row_opens_its_incident_and_the_arrows_go_on(app):
    opened(app)
    act(app, "table", "open", shown(app)[3])
    assert link(app)["incident"] == [shown(app)[3]]
    app.button(key="after").click().run()
    assert link(app)["incident"] == [shown(app)[4]]
    assert sent(app, "table")["open"] == shown(app)[4]


def test_a_pick_on_the_timeline_opens_and_its_brush_filters(app, incidents, store):
    opened(app)
    day = incidents[incidents["date_precision"] == "day"].iloc[0]
    app.session_state["timeline"] = {"pick": {"incident": day["incident_id"], "range": None, "nonce": 1}}
    app.run()
    assert link(app)["incident"] == [day["incident_id"]]
    days = ["2022-01-01", "2022-06-30"]
    app.session_state["timeline"] = {"pick": {"incident": day["incident_id"], "range": days, "nonce": 2}}
    app.run()
    assert [link(app)["from"][0], link(app)["to"][0]] == days
    assert shown(app) == store.ids(View.from_query({"from": days[:1], "to": days[1:]}))


def test_the_incidents_of_a_place_are_listed_and_come_back(app, store):
    opened(app, city="Kabul")
    ids = tuple(store.ids(View(cities=("Kabul",)))[:3])
    app.session_state["choice"] = replace(app.session_state["choice"], listed=ids, place="Kabul")
    app.run()
    assert shown(app, "listed") == list(ids)
    act(app, "listed", "open", ids[1])
    assert link(app)["incident"] == [ids[1]]
    app.button(key="back").click().run()
    assert "incident" not in link(app) and shown(app, "listed") == list(ids)


@pytest.mark.parametrize("gone", ["gone:1", "gone:2"])
def test_a_removed_incident_opens_its_successor_and_says_so(app, incidents, gone):
    opened(app, incident=gone)
    assert any("merged" in info.value for info in app.info)
    assert link(app)["incident"][0] in set(incidents["incident_id"])


@pytest.mark.parametrize("gone", ["gone:3", "nowhere:1", "<img src=x onerror=alert(1)>"])
def test_a_dead_link_says_so(app, incidents, gone):
    opened(app, incident=gone)
    words = [part.value for part in (*app.info, *app.warning)]
    assert any("removed" in word or "There is no incident" in word for word in words)
    assert len(shown(app)) == len(incidents)


def test_what_has_no_day_or_no_point_is_in_a_tray(app, incidents, store):
    opened(app, **{"from": "2022-01-01", "to": "2022-01-31"})
    undated = set(incidents.loc[incidents["date_start"].isna(), "incident_id"])
    assert undated and set(shown(app, "undated")) == undated
    act(app, "undated", "open", shown(app, "undated")[0])
    assert link(app)["incident"][0] in undated
    assert "outside the filters" in [caption.value for caption in app.caption]


def test_strings_of_articles_stay_words(app, incidents, store):
    evil = incidents[incidents["perpetrator"].str.startswith("<img")].iloc[0]
    opened(app, incident=evil["incident_id"])
    assert "<img" not in said(app) and "<script" not in said(app) and "javascript:" not in said(app)
    assert "<img" in told(app)


def test_no_tables_say_what_to_run(app, tmp_path, monkeypatch):
    monkeypatch.setenv("INCIDENT_DATA", str(tmp_path))
    opened(app)
    assert app.title[0].value == "No incidents to show yet"
    assert "make app" in app.code[0].value and "python -m pipeline build" in app.code[0].value


def test_tables_without_an_incident_say_so(app, tmp_path, monkeypatch):
    (tmp_path / "incidents.csv").write_text("incident_id,title\n", encoding="utf-8")
    monkeypatch.setenv("INCIDENT_DATA", str(tmp_path))
    opened(app)
    assert app.title[0].value == "No incidents"


def test_the_lanes_and_the_order_are_in_the_link(app, incidents, store):
    opened(app, lane="event_type", order="oldest")
    assert app.session_state["lane"] == "event_type"
    assert shown(app) == store.ids(View(order="oldest"))


@pytest.mark.parametrize("page", ["sources", "about"])
def test_the_other_pages_open(page, folder, monkeypatch):
    monkeypatch.setenv("INCIDENT_DATA", str(folder))
    code = f"from dashboard.{page} import draw_{page}\ndraw_{page}()"
    app = AppTest.from_string(code, default_timeout=PATIENCE).run()
    assert not app.exception
    assert len(app.title) == 1
