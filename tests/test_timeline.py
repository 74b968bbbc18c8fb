"""The timeline: what it works out before drawing, what it takes from the browser and which colours it has."""

import itertools
import json
import re
from collections import Counter
from datetime import date

import numpy as np
import pandas as pd
import pytest
from browser import ROOT
from hypothesis import given
from hypothesis import strategies as st
from timeline_rows import rows, show

from dashboard.bins import Bins, day_number, day_of
from dashboard.lanes import MOST_DRAWN, MOST_LANES, MOST_MARKS, Asked, lay_lanes
from dashboard.palette import FAMILIES, find_contrast, read_rgb
from dashboard.play import STEPS, find_step, list_presets
from dashboard.timeline import read_pick
from pipeline.tables.eras import EraError, read_eras
from pipeline.view import View

DAYS = st.integers(day_number(date(1970, 1, 1)), day_number(date(2030, 12, 31)))
MARCH = (date(2022, 3, 1), date(2022, 3, 31))


@pytest.fixture
def lay(tmp_path):
    """Lay the drawing of some rows."""
    return lambda frame, **how: lay_lanes(show(tmp_path, frame), Asked(**how))


def in_days(frame, first, last):
    """Tell which rows can, and which surely, lie in some days."""
    first, last = pd.Timestamp(first), pd.Timestamp(last)
    can = (frame["date_start"] <= last) & (frame["date_end"] >= first)
    return can, can & (frame["date_start"] >= first) & (frame["date_end"] <= last)


@given(st.lists(st.tuples(DAYS, st.integers(0, 3000)), min_size=1, max_size=40), st.integers(5, 150))
def test_bins_count_what_is_sure_and_what_may_be(spans, most):
    starts = np.array([start for start, _ in spans])
    ends = np.array([start + length for start, length in spans])
    bins = Bins.over(int(starts.min()), int(ends.max()), most)
    sure, may = (part[0] for part in bins.count(starts, ends, np.ones_like(starts), np.zeros_like(starts), 1))
    size = len(bins.edges) - 1
    assert size <= most
    assert bins.edges[0] <= starts.min() and ends.max() < bins.edges[-1], "a bin is missing at an end"
    for i, (first, after) in enumerate(itertools.pairwise(bins.edges)):
        inside = (starts >= first) & (ends < after)
        assert sure[i] == inside.sum()
        assert may[i] == ((starts < after) & (ends >= first) & ~inside).sum(), "every bin that it overlaps counts it"


def test_bins_follow_the_calendar():
    bins = Bins.over(day_number(date(2020, 2, 11)), day_number(date(2020, 5, 3)), 6)
    edges = [day_of(edge) for edge in bins.edges]
    assert (bins.unit, edges) == ("month", [date(2020, month, 1) for month in (2, 3, 4, 5, 6)])


def test_lanes_are_sorted_by_count_and_the_rest_is_one_lane(lay):
    cities = [f"Town {n:02}" for n in range(20) for _ in range(20 - n)] + [""] * 30
    day = [pd.Timestamp("2023-03-01")] * len(cities)
    frame = rows(len(cities), city=cities, date_start=day, date_end=day)
    towns = [f"Town {n:02}" for n in range(20)]
    drawn = lay(frame)
    assert [lane["name"] for lane in drawn["lanes"]] == [*towns[:MOST_LANES], "8 other", "(not stated)"]
    assert sum(lane["count"] for lane in drawn["lanes"]) == len(cities)
    assert [lane["name"] for lane in lay(frame, unfolded=True)["lanes"]] == [*towns, "(not stated)"]


def test_heat_strips_count_what_lies_in_each_lane(lay):
    frame = rows(1_000)
    drawn = lay(frame)
    edges, places = drawn["heat"]["edges"], {lane["key"]: i for i, lane in enumerate(drawn["lanes"])}
    cells = {(lane, bin_): (sure, may) for lane, bin_, sure, may in drawn["heat"]["cells"]}
    for (town, place), i in itertools.product(places.items(), range(len(edges) - 1)):
        can, sure = in_days(frame[frame["city"] == town], day_of(edges[i]), day_of(edges[i + 1] - 1))
        assert cells.get((place, i), (0, 0)) == (sure.sum(), can.sum() - sure.sum())


def test_no_incident_is_lost_and_a_mark_is_as_long_as_the_doubt(lay):
    frame = rows(250)
    drawn = lay(frame)
    dated = frame[frame["date_start"].notna()]
    assert drawn["undated"] == len(frame) - len(dated) > 0
    marks = {mark["id"]: mark["days"] for mark in drawn["marks"]}
    assert marks == {
        row.incident_id: [day_number(row.date_start.date()), day_number(row.date_end.date())]
        for row in dated.itertuples()
    }
    assert drawn["dated"] == len(dated) == sum(lane["count"] for lane in drawn["lanes"])


@pytest.mark.parametrize("count", [0, 1, 15, 573, 10_000])
def test_little_is_sent_whatever_the_number(lay, count):
    names = [f"Town {n % 90}" for n in range(count)]
    drawn = lay(rows(count, city=names), selected="test:3", unfolded=True)
    cells = drawn["heat"]["cells"] if drawn["heat"] else []
    assert len(drawn["marks"]) + 3 * len(cells) <= MOST_DRAWN + MOST_MARKS
    assert len(json.dumps(drawn)) < 150_000
    assert bool(cells) == (drawn["dated"] > MOST_MARKS), "many marks become heat strips"
    assert count < 4 or "test:3" in {mark["id"] for mark in drawn["marks"]}, "the selected incident is always drawn"


def test_a_window_counts_what_overlaps_it(lay):
    frame = rows(200)
    can, sure = in_days(frame, *MARCH)
    drawn = lay(frame, window=MARCH)
    assert drawn["shown"] == can.sum() == sum(lane["shown"] for lane in drawn["lanes"])
    assert drawn["sure"] == sure.sum() < drawn["shown"]
    assert {mark["id"] for mark in drawn["marks"]} == set(frame["incident_id"][can])
    assert drawn["view"] == drawn["window"] == tuple(map(day_number, MARCH))


def test_an_open_incident_outside_the_days_is_pointed_at(lay):
    frame = rows(1, date_start=[pd.Timestamp("2022-01-05")], date_end=[pd.Timestamp("2022-01-05")])
    drawn = lay(frame, selected="test:0", window=MARCH)
    assert drawn["marks"] == [] and drawn["chosen"] == [day_number(date(2022, 1, 5))] * 2
    assert drawn["view"] == tuple(map(day_number, MARCH)), "the days asked do not move for it"


def test_a_toll_that_is_not_stated_is_not_zero(lay):
    days = dict.fromkeys(("date_start", "date_end"), [pd.Timestamp("2022-01-05")] * 2)
    drawn = lay(rows(2, **days, **{f"killed_{end}": [None, 0] for end in ("low", "best", "high")}))
    marks = {mark["id"]: mark for mark in drawn["marks"]}
    assert [marks["test:0"]["killed"], marks["test:1"]["killed"]] == [None, 0]
    assert "no one killed" in marks["test:1"]["says"][2] and "no one" not in marks["test:0"]["says"][2]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("way", ["window", "cumulative"])
def test_playback_sees_every_day_once_and_stops_at_the_end(step, way):
    extent = (date(2021, 12, 20), date(2022, 3, 3))
    windows, window = [], None
    while window := find_step(window, extent, step=step, way=way, by=1):
        windows.append(window)
        assert len(windows) < 100, "it never stops"
    assert windows[0][0] <= extent[0] and windows[-1][1] >= extent[1]
    if way == "cumulative":
        assert {first for first, _ in windows} == {windows[0][0]}, "its first day stays"
        assert all(earlier[1] < later[1] for earlier, later in itertools.pairwise(windows))
    else:
        assert all((later[0] - earlier[1]).days == 1 for earlier, later in itertools.pairwise(windows))
    if way == "window":
        back = [windows[-1]]
        while window := find_step(back[-1], extent, step=step, way=way, by=-1):
            back.append(window)
        assert back == windows[::-1], "steps back lead through the same windows"


def test_presets_end_on_the_last_day_of_all_data(tmp_path):
    starts = pd.to_datetime(["2023-05-19", "2021-01-01", "2022-01-01"])
    ends = pd.to_datetime(["2023-05-19", "2021-01-01", "2025-12-31"])
    shown = show(tmp_path, rows(3, city=["A", "B", "B"], date_start=starts, date_end=ends), View(cities=("B",)))
    presets = {one["label"]: one["window"] for one in lay_lanes(shown, Asked())["presets"]}
    assert presets["All days"] is None
    assert [day_of(n) for n in presets["Last 90 days"]] == [date(2023, 2, 19), date(2023, 5, 19)]
    assert [day_of(n) for n in presets["Last year"]] == [date(2022, 5, 20), date(2023, 5, 19)]
    assert list(list_presets(None)) == ["All days"]


def test_eras_are_those_of_the_country_that_is_shown(tmp_path):
    shown = show(tmp_path, rows(40))
    (tmp_path / "eras.csv").write_text(
        "name,first,last,countries,note\nBefore,2020-01-01,2021-12-31,AF,\nEverywhere,2022-03-03,2022-03-03,,why\n"
        "Elsewhere,2020-01-01,,IQ,\nLong gone,1990-01-01,1999-01-01,,\nOn,2022-01-01,,AF | IQ,\n", "utf-8"
    )  # fmt: skip
    drawn = lay_lanes(shown, Asked())
    assert [(era["name"], era["milestone"], era["open"]) for era in drawn["eras"]] == [
        ("Before", False, False), ("On", False, True), ("Everywhere", True, False),
    ]  # fmt: skip
    hidden = lay_lanes(shown, Asked(eras=False))
    assert hidden["eras"] == [] and hidden["hasEras"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,first\n", "line 1: the header must be"),
        ("name,first,last,countries,note\nA,2020-01-01,,AF\n", "line 2: the row has 4 cells"),
        ("name,first,last,countries,note\nA,soon,,AF,\n", "write days as YYYY-MM-DD"),
        ("name,first,last,countries,note\nA,2020-01-02,2020-01-01,AF,\n", "not before its first"),
    ],
)
def test_a_list_of_eras_that_is_wrong_says_where(tmp_path, text, says):
    path = tmp_path / "eras.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(EraError, match=re.escape(says)):
        read_eras(path)


@pytest.mark.parametrize(
    "sent",
    [None, 5, {}, {"incident": ["a"], "range": 3, "nonce": "x", "move": 2, "go": "1", "settings": [1]},
     {"settings": {"step": "<b>", "lane": "city"}, "range": ["2023-03-02", "2023-03-01"]}],
)  # fmt: skip
def test_what_is_no_pick_does_nothing(sent):
    pick = read_pick(sent)
    assert (pick.incident, pick.range, pick.move, pick.go, dict(pick.settings)) == (None, None, 0, 0, {})


def test_the_browser_never_takes_data_for_markup_and_asks_no_host():
    homes, forms = ("dashboard", "pipeline"), ("js", "css")
    parts = [part for home in homes for form in forms for part in (ROOT / home).rglob(f"*.{form}")]
    assert len(parts) > 40, "the scripts of the page are not looked at"
    for part in parts:
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
