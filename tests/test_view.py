"""The one filter: a link gives its view back, and the SQL keeps what reading the rows one by one keeps."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from brute import find_ids
from generate import generate, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.tables import store as store_module
from pipeline.tables.columns import INCIDENTS
from pipeline.tables.load import NoTablesError, read_table, read_tables, read_text
from pipeline.tables.store import Store
from pipeline.view import ORDERS, PICKS, View, find_unread

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
DAYS = st.dates(date(2021, 6, 1), date(2023, 12, 31))


def views(values):
    """Views whose lists hold some of `values`, a column to its values."""
    lists = {
        field: st.lists(values(column), max_size=3).map(tuple)
        for field, column in (
            ("countries", "country"), ("cities", "city"), ("types", "event_type"), ("perpetrators", "perpetrator"),
        )
    }  # fmt: skip
    return st.builds(
        View,
        since=st.none() | DAYS,
        until=st.none() | DAYS,
        killed_from=st.none() | st.integers(0, 30),
        killed_to=st.none() | st.integers(0, 30),
        words=st.sampled_from(["", "kabul", "MARKET", "people killing", "ÉXAMPLE", "%", "bomb_", "'"]) | TEXT,
        order=st.sampled_from(list(ORDERS)),
        **lists,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write(tmp_path_factory.mktemp("tables"), 400)


@pytest.fixture(scope="module")
def tables(folder):
    return read_tables(folder)


@pytest.fixture(scope="module", params=["small", "large"])
def store(folder, request):
    """The tables of the folder, as small ones are kept and as large ones are: packed, or left on the disk."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "large":
            patch.setattr(store_module, "MOST_KEPT", 0)
            patch.setattr(store_module, "MOST_UNPACKED", 0)
        yield Store(folder)


INCIDENT_VALUES = generate(400)[0]["incidents"]


@given(views(lambda column: TEXT))
def test_a_link_gives_its_view_back(view):
    assert View.from_url(view.to_url()) == view
    assert View.from_query(view.to_query()) == view


@given(
    st.dictionaries(st.sampled_from(["from", "to", "killed", "order", "q", "city", "lane"]), st.lists(TEXT, max_size=2))
)
def test_any_link_is_read(query):
    view = View.from_query(query)
    assert View.from_query(view.to_query()) == view
    find_unread(query)


@given(views(lambda column: TEXT))
def test_only_what_differs_from_the_default_is_in_the_link(view):
    assert View().to_query() == {}
    assert all(values and key for key, values in view.to_query().items())


@settings(deadline=None)
@given(views(lambda column: TEXT))
def test_taking_every_chip_off_leaves_all_incidents(view):
    words = [said for said, _ in view.chips()]
    assert (view.in_words() == "all incidents") == (not words)
    while view.chips():
        said, rest = view.chips()[0]
        assert said and len(rest.chips()) == len(view.chips()) - 1
        view = rest
    assert View(order=view.order) == view


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(view=views(lambda column: st.sampled_from(sorted(set(INCIDENT_VALUES[column])))))
def test_sql_keeps_what_the_plain_way_keeps_in_its_order(tables, store, view):
    kept = store.rows(view)
    assert list(kept["incident_id"]) == find_ids(tables.incidents, view)
    assert kept["incident_id"].is_unique
    assert kept.dtypes.sort_index().equals(tables.incidents.dtypes.sort_index())


def test_orders_are_total_and_put_gaps_last(store, tables, tmp_path):
    tables.incidents.sample(frac=1, random_state=3).to_parquet(tmp_path / "incidents.parquet")
    shuffled = Store(tmp_path)
    for order in ORDERS:
        assert store.ids(View(order=order)) == shuffled.ids(View(order=order))
    newest = store.rows(View())["date_start"]
    known = newest.dropna()
    assert known.is_monotonic_decreasing
    assert newest.isna().sum() == newest.tail(newest.isna().sum()).isna().sum() > 0


def test_a_month_overlaps_any_of_its_days_and_lies_certainly_in_none(store, tables):
    rows = tables.incidents
    month = rows[rows["date_precision"] == "month"].iloc[0]
    day = View(since=month["date_start"].date(), until=month["date_start"].date())
    assert month["incident_id"] in store.ids(day)
    assert month["incident_id"] not in set(store.ask(day, "SELECT incident_id FROM shown WHERE sure")["incident_id"])
    assert store.counts(day).certain < store.counts(day).shown


def test_what_is_not_stated_is_no_number_and_never_zero(store, tables):
    none = tables.incidents[["killed_low", "killed_best", "killed_high"]].isna().all(axis=1)
    kept = store.ids(View(killed_from=0))
    assert none.sum() > 0
    assert len(kept) == len(tables.incidents) - none.sum()
    assert store.counts(View()).killed.without > 0


def test_sums_add_lows_bests_and_highs_apart(tmp_path):
    rows = generate(3)[0]["incidents"].assign(related_ids="", relation="")
    ends = {"killed_low": [10, 5, None], "killed_best": [11, None, None], "killed_high": [12, None, None]}
    rows.assign(**{name: pd.array(values, dtype="Int64") for name, values in ends.items()}).to_parquet(
        tmp_path / "incidents.parquet"
    )
    total = Store(tmp_path).counts(View()).killed
    assert (total.low, total.best, total.high) == (15, 11, 12)
    assert (total.stated, total.without, total.open_top) == (2, 1, 1)


def test_a_part_counts_only_where_its_wave_is_not_shown(store, tables):
    waves = dict(zip(tables.incidents["incident_id"], tables.incidents["relation"], strict=True))
    parts = [one for one, relation in waves.items() if "part_of" in relation]
    counts = store.counts(View())
    assert parts and counts.shown - counts.killed.stated - counts.killed.without == len(parts)
    alone = store.ask(View(), "SELECT title, city FROM shown WHERE incident_id = ?", [parts[0]]).iloc[0]
    view = View(cities=(alone["city"],), words=alone["title"])
    if not set(store.ids(view)) & {whole for row in tables.incidents["related_ids"] for whole in row.split(" | ")}:
        assert store.counts(view).killed.stated + store.counts(view).killed.without == store.counts(view).shown


def test_a_facet_counts_what_each_of_its_values_would_keep(store):
    view = View(types=("bombing",), killed_from=1)
    facets = store.facets(view)
    for pick in PICKS:
        for value, n in list(facets[pick.key].items())[:6]:
            only = replace(view, **{pick.field: (value,)})
            assert len(store.ids(only)) == n, f"{pick.key}={value}: weigh Store.facets"


def test_without_claims_what_only_the_perpetrator_says_is_no_figure(store, tables):
    said = tables.figures.merge(tables.reports[["report_id", "incident_id"]], on="report_id")
    said = said[said["measure"] == "killed"].groupby("incident_id")["claimant_type"].agg(set)
    claimed = {one for one, who in said.items() if who == {"perpetrator"}}
    dropped = store.counts(View()).killed.stated - store.counts(View(claims=False)).killed.stated
    stated = tables.incidents[["killed_low", "killed_best", "killed_high"]].notna().any(axis=1)
    parts = tables.incidents["relation"].str.contains("part_of")
    assert dropped == int((stated & ~parts & tables.incidents["incident_id"].isin(claimed)).sum())
    assert store.ids(View()) == store.ids(View(claims=False))


def test_csv_and_parquet_read_the_same(tmp_path):
    parquet = read_tables(write(tmp_path / "parquet", 60))
    text = read_tables(write(tmp_path / "csv", 60, form="csv"))
    for name in ("incidents", "reports", "mentions", "figures", "articles", "removed"):
        pd.testing.assert_frame_equal(getattr(parquet, name), getattr(text, name))


def test_tables_that_are_not_there_or_not_ours_say_so(tmp_path):
    with pytest.raises(NoTablesError, match="There is no incidents"):
        read_tables(tmp_path)
    (tmp_path / "incidents.csv").write_text("incident_id,date_start\na:1,last spring\n", encoding="utf-8")
    with pytest.raises(NoTablesError, match="codebook"):
        read_table(tmp_path, INCIDENTS)


def test_an_article_id_leads_nowhere_but_to_its_text(folder):
    assert read_text(folder, "story-00000")
    (folder / "secret.txt").write_text("no", encoding="utf-8")
    for article_id in ("../secret", str(Path(folder / "secret")), "missing"):
        assert read_text(folder, article_id) is None
