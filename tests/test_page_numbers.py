"""The page of numbers: its counts held against plain ones, its words, its links, and how it looks in a browser."""

from collections import Counter
from datetime import date

import brute_numbers as plain
import pandas as pd
import pytest
from browser import CHART, await_drawn, serve, wait_until
from generate import generate
from page import make_app, said
from states import make_states

from dashboard.chart_cities import count_cities, say_cities
from dashboard.chart_claims import ALL, add_places, count_claims
from dashboard.chart_look import DARK, LIGHT
from dashboard.chart_months import count_months, find_click, say_months
from dashboard.chart_totals import find_share, say_gauge
from dashboard.chart_whom import NO_ONE, OTHERS, count_whom
from dashboard.load import Shown
from dashboard.main_cities import find_kind
from dashboard.palette import find_contrast
from dashboard.periods import MONTHS, Periods, find_periods
from dashboard.stated_totals import Ours, Stated, count_ours, find_group, match_place, read_stated
from pipeline.tables.store import Store
from pipeline.tables.totals import Total
from pipeline.view import View

STATES = 24
SUM = Total(0, 0, 0, (0, 0, 0), 0, 0, 0)
SENTENCE = "X-Front says that it has carried out nine bombings in Kabul."


@pytest.fixture(scope="module")
def tables():
    """Tables of 300 incidents, the killed of every seventh told by the perpetrator only."""
    frames, _ = generate(300)
    party = set(frames["incidents"]["incident_id"][::7])
    owner = dict(zip(frames["reports"]["report_id"], frames["reports"]["incident_id"], strict=True))
    frames["figures"].loc[frames["figures"]["report_id"].map(owner).isin(party), "claimant_type"] = "perpetrator"
    return frames


@pytest.fixture(scope="module")
def folder(tables, tmp_path_factory):
    where = tmp_path_factory.mktemp("numbers")
    for name, frame in tables.items():
        frame.convert_dtypes().to_parquet(where / f"{name}.parquet", index=False)
    return where


@pytest.fixture(scope="module")
def store(folder):
    return Store(folder)


@pytest.fixture(scope="module")
def incidents(store):
    return store.rows(View())


@pytest.fixture(scope="module")
def rows_of(tables, incidents):
    return lambda view: plain.read_rows(incidents, tables["figures"], tables["reports"], view)


def views(incidents):
    return [View(), View(claims=False), *make_states(incidents, STATES, seed=5)]


@pytest.fixture
def app(folder, monkeypatch):
    monkeypatch.setenv("INCIDENT_DATA", str(folder))
    code = "from dashboard.numbers import draw_numbers\ndraw_numbers()"
    return make_app(code)


def test_months_count_as_by_hand(store, incidents, rows_of):
    for view, step in zip(views(incidents), ["month", "quarter", "year"] * STATES, strict=False):
        shown, rows = Shown(store, (), view), rows_of(view)
        periods = find_periods(shown, step, 240)
        if periods is None:
            assert all(pd.isna(row["date_start"]) for row in rows)
            continue
        months = count_months(shown, periods)
        assert [month.period for month in months] == list(periods)
        for month in months:
            sure, possible, sums, without = plain.count_month(rows, view, MONTHS[periods.step], month.period)
            assert (month.sure, month.possible) == (sure, possible), (view, month)
            if month.killed:
                assert (month.killed.low, month.killed.best, month.killed.high) == sums, (view, month)
                assert month.killed.without == without, (view, month)
            else:
                assert not sure


def test_places_claims_and_targets_count_as_by_hand(store, incidents, rows_of):
    for view in views(incidents):
        shown, rows = Shown(store, (), view), rows_of(view)
        periods = find_periods(shown, "quarter", 40)
        if periods is None:
            continue
        size = MONTHS[periods.step]
        assert +count_cities(shown, periods) == plain.count_kinds(rows, view, size), view
        every = add_places(count_claims(shown, periods))[ALL]
        claimed, confirmed = (sum(map(test, rows)) for test in (plain.is_claimed, plain.is_confirmed))
        assert (every.n, every.claimed, every.confirmed) == (len(rows), claimed, confirmed), view
        panels, _ = count_whom(shown, periods)
        by = Counter(row["perpetrator"] or NO_ONE for row in rows)
        named = {panel.name for panel in panels}
        by_panel = Counter({OTHERS: sum(n for name, n in by.items() if name not in named)})
        by_panel.update({name: n for name, n in by.items() if name in named})
        assert {panel.name: panel.total() for panel in panels} == +by_panel, view
        when = Counter(plain.find_period(row, view, size) for row in rows)
        columns = Counter()
        for panel in panels:
            for (_, period), n in panel.counts.items():
                columns[period] += n
        assert columns == when, view


def test_each_place_has_its_own_claims(store, rows_of):
    shown = Shown(store, (), View())
    sums = add_places(count_claims(shown, find_periods(shown, "month", 60)))
    rows = [row for row in rows_of(View()) if (row["admin1"], row["country"]) == ("Kabul", "Afghanistan")]
    both = sum(plain.is_claimed(row) and plain.is_confirmed(row) for row in rows)
    assert sums["Kabul, Afghanistan"].n == len(rows) and sums["Kabul, Afghanistan"].both == both
    assert sums[ALL].n == 300


def test_ours_in_stated_totals_count_as_by_hand(store, incidents, rows_of):
    for view in views(incidents)[:8]:
        shown, rows = Shown(store, (), view), rows_of(view)
        stated = read_stated(shown)
        for one, ours in zip(stated, count_ours(shown, stated), strict=True):
            place = [row for row in rows if one.place in (row["city"], row["admin1"], row["country"]) or not one.place]
            hit = [row for row in place if not pd.isna(row["date_start"]) and row["date_end"].date() >= one.since
                   and row["date_start"].date() <= one.last]  # fmt: skip
            assert ours.n == len(hit), (view, one)
            assert ours.claimed == sum(map(plain.is_claimed, hit))
            assert one.count == 40 and one.claimant == "the ministry"
            assert f"<b>{ours.n:,}</b> of the 40" in say_gauge(one, ours) and "ministry" in say_gauge(one, ours)


def stated(**fields):
    usual = {"count": 9, "people": None, "rough": "", "unit": "bombings", "place": "Kabul", "since": None,
             "until": None, "published": None, "claimant": "", "outlet": "", "statement": SENTENCE,
             "articles": 1}  # fmt: skip
    return Stated(**usual | fields)


def test_a_total_is_compared_only_with_its_like():
    ours = Ours(4, 2, 0, 0, SUM, "", ())
    assert find_share(stated(), ours) == pytest.approx(4 / 9)
    assert find_share(stated(unit="pieces of evidence"), ours) is None
    assert "Not compared" in say_gauge(stated(unit="pieces of evidence"), ours)
    assert find_share(stated(count=None, people=40), ours) is None  # ours have no figure, which is not zero
    assert "no figure" in say_gauge(stated(count=None, people=40), ours)
    assert not stated(count=None).compared


def test_a_group_is_tied_to_a_total_only_where_the_words_tie_it():
    assert find_group(stated(statement="The X-Front has claimed nine attacks.", unit="attacks"), ["X-Front"])
    assert find_group(stated(statement="Since then 70 attacks by the X-Front are known.", unit="attacks"), ["X-Front"])
    assert not find_group(stated(statement="Since X-Front took over, nine attacks.", unit="attacks"), ["X-Front"])


def test_a_bare_name_means_all_that_bear_it():
    known = {"kabul": (set(), {"Kabul"}, {"Kabul"})}
    assert match_place("Kabul", known) == (set(), {"Kabul"}, {"Kabul"})
    assert match_place("Kabul city", known) == (set(), set(), {"Kabul"})
    assert match_place("Atlantis", known) == (set(), set(), set())


def test_too_few_is_said_and_chance_is_no_change():
    periods = Periods("quarter", 8084, 8087)
    few = Counter({(8084, "capital"): 3, (8087, "else"): 4})
    assert "Too few to say" in say_cities(periods, few)
    same = Counter({(p, kind): 20 for p in periods for kind in ("capital", "else")})
    assert "chance" in say_cities(periods, same)
    moved = Counter({(8084, "else"): 50, (8085, "city"): 5, (8086, "capital"): 40, (8087, "else"): 10})
    assert "a shift into main cities" in say_cities(periods, moved)


def test_a_month_without_figures_has_no_zero(store, rows_of):
    shown = Shown(store, (), View())
    periods = find_periods(shown, "month", 240)
    none = Shown(store, (), View(killed_to=0))
    assert all(m.value in (None, 0) for m in count_months(none, find_periods(none, "month", 240)))
    months = count_months(shown, periods)
    assert any(m.sure == 0 and m.killed is None and m.value is None for m in months)
    assert "surely lie in one month" in say_months(shown, periods, months)


def test_a_main_city_is_near_and_a_village_is_not():
    assert find_kind(69.1723, 34.5281) == "capital" and find_kind(70.4515, 34.4265) == "city"
    assert find_kind(70.0, 35.2) == ""


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_marks_stand_out_from_the_page(colours):
    assert all(find_contrast(one, colours.page) >= 3 for one in (colours.count, colours.people, colours.accent))
    assert all(find_contrast(one, colours.page) >= 4.5 for one in (colours.ink, colours.soft))


def test_the_page_follows_the_link(app, store):
    app.query_params["city"] = "Kabul"
    app.query_params["per"] = "quarter"
    app.query_params["totals"] = "all"
    app.run()
    assert not app.exception, app.exception[0].message
    view = View(cities=("Kabul",))
    assert f'<div class="tile-value">{len(store.ids(view)):,}</div>' in said(app)
    assert "surely lie in one quarter" in said(app)
    app.segmented_control(key="per").set_value("year").run()
    assert "surely lie in one year" in said(app) and app.query_params["per"] in ("year", ["year"])
    app.toggle(key="independent").set_value(True).run()
    assert app.query_params["claims"] in ("no", ["no"]) and "left out here" in said(app)
    assert app.query_params["city"] in ("Kabul", ["Kabul"])


def test_a_bar_that_is_clicked_asks_its_days(app):
    app.run()
    months = app.session_state["months_shown"]
    clicked = {"selection": {"period": [{"period": months.first + 8}]}}
    assert find_click(clicked, months) == (months.start(months.first + 8), months.end(months.first + 8))
    assert find_click({"selection": {"period": []}}, months) is None


def test_nothing_shown_says_what_to_do(app):
    app.query_params["city"] = "Atlantis"
    app.run()
    assert not app.exception
    assert any("Take off a filter" in info.value for info in app.info)


def test_words_of_articles_stay_words(app, incidents):
    evil = incidents.loc[incidents["perpetrator"].str.startswith("<img"), "perpetrator"].iloc[0]
    app.query_params["by"] = [evil, "\u202eevitceffe ton\u202c"]
    app.run()
    assert not app.exception
    assert "<img" not in said(app) and "&lt;img" in said(app)


def test_days_with_an_open_end_and_only_undated_incidents(store):
    undated = store.ask(View(), "SELECT incident_id FROM shown WHERE date_start IS NULL")
    assert len(undated)
    assert find_periods(Shown(store, (), View(words="nowhere at all")), "month", 10) is None
    late = Shown(store, (), View(since=date(2023, 1, 15)))
    periods = find_periods(late, "month", 240)
    assert periods.start(periods.first) == date(2023, 1, 1)


@pytest.mark.browser
def test_the_page_in_a_browser(folder, page):
    with serve(folder) as url:
        page.goto(f"{url}/?city=Kabul")
        page.get_by_role("link", name="Numbers").click()
        page.wait_for_selector(".gauges")
        wait_until(page, "() => location.search.includes('city=Kabul') && location.pathname.endsWith('numbers')")
        charts = page.locator(CHART)
        charts.nth(2).locator("canvas, svg").first.wait_for()
        await_drawn(page)
        for chart in charts.all():
            box, inner = chart.bounding_box(), chart.locator("canvas, svg").first.bounding_box()
            assert inner["x"] + inner["width"] <= box["x"] + box["width"] + 2, "a chart is wider than its place"
        page.locator(".st-key-months-table summary").click()
        page.locator(".st-key-months-table table").wait_for()
        wide = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert wide, "the page is wider than the window"
        _click_a_bar(page, charts.first)
        wait_until(page, "() => location.search.includes('from=')")
        page.get_by_role("link", name="Explore").click()
        wait_until(page, "() => location.search.includes('from=') && location.search.includes('city=Kabul')")


def _click_a_bar(page, chart):
    """Click low in the middle of the upper panel, where a bar stands."""
    inner = chart.locator("canvas, svg").first.bounding_box()
    page.mouse.click(inner["x"] + 60 + (inner["width"] - 60) * 0.5, inner["y"] + inner["height"] * 0.40)
