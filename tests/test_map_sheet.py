"""The map sheet, read by poppler: one page of its paper, numbers keyed to the tables, readable without colours."""

import io
import re

import numpy as np
import pytest
from pdf_pages import find_outside, read_boxes, read_text
from PIL import Image

from pipeline.brief.briefing import gather_briefing
from pipeline.brief.frame import find_frame
from pipeline.brief.map_sheet import PAPERS, make_map_sheet
from pipeline.brief.maps import draw_map
from pipeline.brief.marks import SHAPES, colour_family, make_marks
from pipeline.brief.palette import FAMILIES, find_contrast
from pipeline.brief.projection import Projection
from pipeline.view import View

LINK = "http://localhost:8501/?country=Afghanistan"
MARGIN = 17  # points that no word may reach into
NONE = View(words="nowhere at all")


@pytest.fixture(scope="module")
def briefings(stores_by_size):
    return {n: gather_briefing(store, View(), LINK) for n, store in stores_by_size.items()} | {
        0: gather_briefing(stores_by_size[12], NONE, LINK)
    }


@pytest.mark.parametrize("paper", ["a3", "a4"])
@pytest.mark.parametrize("many", [0, 1, 12, 400, "hard"])
def test_the_sheet_is_one_page_and_nothing_runs_out_of_it(briefings, many, paper):
    made = make_map_sheet(briefings[many], paper=paper)
    size, _ = read_boxes(made)
    sheet = PAPERS[paper]
    assert [round(end * 25.4 / 72) for end in size] == [round(sheet.wide), round(sheet.high)]
    assert not find_outside(made, MARGIN)


def test_the_sheet_says_what_it_is_of(stores_by_size, briefings):
    text = read_text(make_map_sheet(briefings[400]))
    seal = stores_by_size[400].seal()
    for words in (seal[:12], "n = 400 of 400 incidents", "Filters: all incidents", "not authoritative",
                  "Lambert azimuthal equal-area", "INC_all_A3_", LINK, "Data as of", "The deadliest"):  # fmt: skip
        assert words in text, words


def test_the_list_holds_the_places_with_most_incidents(briefings):
    briefing = briefings[400]
    text = read_text(make_map_sheet(briefing), "-layout")
    for number, place in enumerate(briefing.places[:10], start=1):
        counted = rf"{number} +{re.escape(place.name)}[^·]*? {place.count:,} ·"
        assert re.search(counted, text), f"{number} {place.name} {place.count}"
    rest = re.search(r"([\d,]+) more places with ([\d,]+) incidents bear no number", text)
    named = len(briefing.places) - int(rest[1].replace(",", "")) if rest else len(briefing.places)
    more = int(rest[2].replace(",", "")) if rest else 0
    assert sum(place.count for place in briefing.places[:named]) + more == 400 - briefing.counts.unplaced


def test_few_incidents_are_told_one_by_one(briefings):
    text = read_text(make_map_sheet(briefings[12]))
    for row in briefings[12].rows.to_dict("records"):
        assert f": {row['event_type']}, " in text
    assert "1970" not in text and "nan" not in text.lower().split()


def test_a_picture_has_the_size_of_its_paper(briefings):
    with Image.open(io.BytesIO(make_map_sheet(briefings[12], paper="a4", form="png"))) as picture:
        assert abs(picture.width / picture.height - 297 / 210) < 0.01 and picture.width > 2000


def test_marks_differ_without_colours(briefings):
    assert len({shape for shape, _ in SHAPES.values()}) == len(FAMILIES) == len(SHAPES)
    for look in ("colour", "print"):
        assert all(find_contrast(colour_family(one, look), "#ffffff") >= 3 for one in FAMILIES)
    marks = make_marks(briefings[400].places, "print", 1.0, None)
    assert {mark.fill for mark in marks if mark.hollow} == {"#ffffff"} and any(mark.hollow for mark in marks)
    assert all(find_contrast(mark.ink, mark.fill) >= 4.5 for mark in marks if mark.text)


def test_the_print_look_has_greys_only(briefings):
    drawn = draw_map(briefings[400], (120, 90), look="print", form="png", dpi=72)
    with Image.open(io.BytesIO(drawn.content)) as picture:
        pixels = np.asarray(picture.convert("RGB")).astype(int)
    assert (pixels.max(axis=2) - pixels.min(axis=2)).max() < 26  # greys, some a little cool


def test_the_frame_holds_most_and_counts_the_rest(briefings):
    briefing = briefings[400]
    drawn = draw_map(briefing, (200, 140))
    inside = [place for place in briefing.places if drawn.frame.holds(place)]
    assert len(inside) + drawn.outside == len(briefing.places)
    assert sum(place.count for place in inside) >= 0.9 * sum(place.count for place in briefing.places)
    assert find_frame((), (), (), 1.5).projection.world


def test_a_projection_keeps_areas():
    for middle in (Projection(66, 34), Projection(-70, -20), Projection(0, 0, world=True)):
        areas = []
        for north in (10.0, 45.0):
            x, y = middle.project([20, 21, 21, 20], [north, north, north + 1, north + 1])
            areas.append(abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2)
        ratio = np.diff(np.sin(np.radians([45, 46])))[0] / np.diff(np.sin(np.radians([10, 11])))[0]
        assert areas[1] / areas[0] == pytest.approx(ratio, rel=2e-3)


def test_the_same_briefing_gives_the_same_bytes(briefings):
    assert make_map_sheet(briefings[12]) == make_map_sheet(briefings[12])
    assert draw_map(briefings[12], (100, 80)).content == draw_map(briefings[12], (100, 80)).content
