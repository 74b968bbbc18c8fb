"""The timeline: what it works out before drawing, what it takes from the browser and which colours it has."""

import itertools
import json
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import drawing_page
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard.lanes import MOST_LANES, MOST_MARKS, Bins, day_number, lay_lanes
from dashboard.palette import FAMILIES, find_contrast, read_rgb

PARTS = Path("dashboard/timeline")
EVER = None
DAYS = st.integers(day_number(date(1970, 1, 1)), day_number(date(2030, 12, 31)))


def lay(rows, **how):
    return lay_lanes(rows, **{"lane": "city", "selected": None, "window": EVER} | how)


@given(st.lists(st.tuples(DAYS, st.integers(0, 3000)), min_size=1, max_size=40), st.integers(5, 150))
def test_counts_of_bins_add_up(spans, most):
    starts = np.array([start for start, _ in spans])
    ends = np.array([start + length for start, length in spans])
    bins = Bins.over(int(starts.min()), int(ends.max()), most)
    sure, may, share = bins.count(starts, ends)
    assert len(bins.edges) - 1 <= most
    assert bins.edges[0] <= starts.min() and ends.max() < bins.edges[-1], "a bin is missing at an end"
    assert sum(sure) + sum(share) == pytest.approx(len(spans), abs=0.01 * len(bins.edges))
    assert all(s <= m for s, m in zip(share, may, strict=True)), "a share is more than what it is a share of"


def test_lanes_are_sorted_by_count_and_the_rest_is_one_lane():
    cities = [f"Town {n:02}" for n in range(20) for _ in range(20 - n)] + [""] * 30
    day = [pd.Timestamp("2023-03-01")] * len(cities)
    rows = drawing_page.rows(len(cities), city=cities, date_start=day, date_end=day)
    towns = [f"Town {n:02}" for n in range(20)]
    drawn = lay(rows)["lanes"]
    assert [lane["name"] for lane in drawn] == [*towns[:MOST_LANES], "8 other", "(not stated)"]
    assert sum(lane["count"] for lane in drawn) == len(cities)
    assert [lane["name"] for lane in lay(rows, unfolded=True)["lanes"]] == [*towns, "(not stated)"]


def test_no_incident_is_lost():
    rows = drawing_page.rows(250)
    drawn = lay(rows)
    assert drawn["undated"] == rows["date_start"].isna().sum() > 0
    assert {mark["id"] for mark in drawn["marks"]} == set(rows["incident_id"][rows["date_start"].notna()])
    assert drawn["dated"] + drawn["undated"] == len(rows)


def test_a_mark_is_as_long_as_the_doubt():
    rows = drawing_page.rows(200)
    marks = {mark["id"]: mark["days"] for mark in lay(rows)["marks"]}
    for row in rows[rows["date_start"].notna()].itertuples():
        assert marks[row.incident_id] == [day_number(row.date_start.date()), day_number(row.date_end.date())]


@pytest.mark.parametrize("count", [0, 1, 15, 573, 10_000])
def test_little_is_sent_whatever_the_number(count):
    drawn = lay(drawing_page.rows(count), selected="test:3")
    cells = drawn["heat"]["cells"] if drawn["heat"] else []
    assert len(drawn["marks"]) + len(cells) <= 5_000
    assert len(json.dumps(drawn)) < 120_000
    assert bool(cells) == (drawn["dated"] > MOST_MARKS), "many marks become heat strips"
    assert count < 4 or "test:3" in {mark["id"] for mark in drawn["marks"]}, "the selected incident is always drawn"


def test_a_window_counts_what_overlaps_it():
    rows = drawing_page.rows(200)
    first, last = date(2022, 3, 1), date(2022, 6, 30)
    inside = (rows["date_start"] <= pd.Timestamp(last)) & (rows["date_end"] >= pd.Timestamp(first))
    drawn = lay(rows, window=(first, last))
    assert drawn["shown"] == inside.sum() == sum(lane["shown"] for lane in drawn["lanes"])
    assert list(drawn["view"]) == drawn["window"] == [day_number(first), day_number(last)]


def test_the_selected_incident_is_brought_into_view():
    rows = drawing_page.rows(1, date_start=[pd.Timestamp("2022-01-05")], date_end=[pd.Timestamp("2022-01-05")])
    drawn = lay(rows, selected="test:0", window=(date(2023, 3, 1), date(2023, 3, 31)))
    assert drawn["view"][0] == day_number(date(2022, 1, 5)) and drawn["window"][0] == day_number(date(2023, 3, 1))


def test_a_toll_that_is_not_stated_is_not_zero():
    rows = drawing_page.rows(2, killed_low=[None, 0], killed_best=[None, 0], killed_high=[None, 0])
    marks = {mark["id"]: mark for mark in lay(rows)["marks"]}
    assert [marks["test:0"]["killed"], marks["test:1"]["killed"]] == [None, 0]
    assert "no one killed" in marks["test:1"]["says"][2] and "no one" not in marks["test:0"]["says"][2]


def test_the_browser_never_takes_data_for_markup_and_asks_no_host():
    for part in PARTS.iterdir():
        text = part.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        found = re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|https?://|url\(http", text)
        assert not found, f"{part.name}: {found}: put data on the page with textContent only"


@pytest.mark.parametrize("dark", [False, True])
def test_colours_differ_for_every_eye(dark):
    # Severe protanopia, deuteranopia and tritanopia after Machado, Oliveira and Fernandes (2009), in linear RGB.
    eyes = [
        np.eye(3),
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    ]
    for eye in eyes:
        seen = {f.key: see(np.array(eye), f.colour(dark)) for f in FAMILIES}
        apart = {(a, b): np.linalg.norm(seen[a] - seen[b]) for a, b in itertools.combinations(seen, 2)}
        assert min(apart.values()) > 20, f"too alike: {min(apart, key=apart.get)}"
    for family in FAMILIES:
        assert find_contrast(family.colour(dark), "#14191d" if dark else "#ffffff") >= 3, family.key


def see(eye, colour):
    """Give a colour as an eye sees it, in CIE L*a*b*."""
    rgb = np.array(read_rgb(colour)) / 255
    linear = np.clip(eye @ np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4), 0, 1)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ linear
    xyz = xyz / [0.9505, 1, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_every_type_has_one_family():
    kinds = Counter(kind for family in FAMILIES for kind in family.types)
    assert len(kinds) == 18 and set(kinds.values()) == {1}, "the codebook has 18 event types"


def test_a_pick_reaches_the_page():
    page = AppTest.from_file("drawing_page.py", default_timeout=60)
    page.session_state["timeline"] = {
        "pick": {"incident": "test:2", "range": ["2022-01-01", "2022-12-31"], "nonce": 3},
    }
    page.run()
    assert not page.exception
    assert page.session_state.selected == "test:2"
    assert page.session_state.window == (date(2022, 1, 1), date(2022, 12, 31))


def test_bins_follow_the_calendar():
    bins = Bins.over(day_number(date(2020, 2, 11)), day_number(date(2020, 5, 3)), 6)
    edges = [date(1970, 1, 1) + timedelta(days=int(edge)) for edge in bins.edges]
    assert (bins.unit, edges) == ("month", [date(2020, month, 1) for month in (2, 3, 4, 5, 6)])
