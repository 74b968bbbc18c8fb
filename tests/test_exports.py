"""What leaves the page equals what is on it: the same incidents in the same order, read back as a stranger would."""

import csv
import hashlib
import html.parser
import io
import json
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from brute import find_ids
from exports_read import KML, READ
from generate import generate, write
from states import make_states

from pipeline.brief import workbook
from pipeline.brief.cells import defuse
from pipeline.brief.formats import BY_KEY, FORMATS
from pipeline.brief.rows import MAPPED
from pipeline.brief.timelinejs import COLUMNS
from pipeline.tables.codes import CODES
from pipeline.tables.columns import INCIDENTS, SHORT_EXPORT
from pipeline.tables.load import read_tables
from pipeline.tables.store import Store
from pipeline.view import View

DATA = Path(__file__).parent.parent / "data"
LINK = "http://localhost:8501/?city=Kabul"
SLOW = {"xlsx", "pack"}  # tried on a tenth of the states, and on all where INCIDENT_SOAK is set
HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "a;=1+1",
    "a;\n =1+1",
    "＝1+1",
    '=HYPERLINK("http://example.org")',
]
HARD_TITLE = "<script>alert(1)</script>\x0b _x0041_ \u202e" + "x" * 40_000
FORMULA = tuple("=+-@＝＋－＠")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write(tmp_path_factory.mktemp("tables"), 150)


@pytest.fixture(scope="module")
def tables(folder):
    return read_tables(folder)


@pytest.fixture(scope="module")
def store(folder):
    return Store(folder)


@pytest.fixture(scope="module")
def states(tables):
    return make_states(tables.incidents)


@pytest.fixture(scope="module")
def expected(tables, states):
    """The ids that each state keeps, worked out the plain way."""
    return {view: find_ids(tables.incidents, view) for view in states}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A store whose every text tries to be run."""
    folder = tmp_path_factory.mktemp("hostile")
    rows = generate(len(HOSTILE))[0]["incidents"]
    texts = [c.name for c in INCIDENTS.columns if c.type in ("str", "list") and c.name != "incident_id"]
    for name in texts:
        rows[name] = HOSTILE
    rows["incident_id"] = [f"=a:{number}" for number in range(len(rows))]
    rows["source_title"] = HARD_TITLE
    rows.to_parquet(folder / "incidents.parquet")
    return Store(folder)


def test_the_states_keep_none_few_and_many_and_ask_everything(store, states):
    sizes = [len(store.ids(view)) for view in states]
    assert len(states) == 200
    assert min(map(sizes.count, (0, 1))) >= 4 and sum(30 < size < 150 for size in sizes) >= 20
    idle = {f.name for f in fields(View) if all(getattr(view, f.name) == f.default for view in states)}
    assert not idle, f"no state asks {sorted(idle)}: add it to ASKED in tests/states.py"


def test_every_state_opens_again_from_its_link(states):
    for view in states:
        assert View.from_url(view.to_url()) == view, view.to_url()


def test_the_screen_has_the_ids_of_the_plain_way_in_their_order(store, states, expected):
    for view in states:
        assert store.ids(view) == expected[view], view.to_url()


@pytest.mark.parametrize("key", BY_KEY)
def test_an_export_has_the_ids_of_the_screen_in_their_order(store, tables, states, expected, key):
    dated = set(tables.incidents.dropna(subset="date_start")["incident_id"])
    for view in states if key not in SLOW or os.environ.get("INCIDENT_SOAK") else states[::10]:
        # TimelineJS cannot draw what has no day; its title slide names it.
        drawn = [one for one in expected[view] if key != "timelinejs" or one in dated]
        assert READ[key](BY_KEY[key].write(store, view, LINK)) == drawn, f"{key} of {view.to_url()}"


@pytest.mark.parametrize("key", BY_KEY)
def test_an_export_is_the_same_bytes_each_time(store, key):
    one = BY_KEY[key]
    view = View(cities=("Kabul",))
    assert one.write(store, view, LINK) == one.write(store, view, LINK)


def test_all_incidents_with_all_columns_are_the_published_table():
    view, store = View(order="oldest"), Store(DATA)
    assert BY_KEY["csv-full"].write(store, view, "") == (DATA / "incidents.csv").read_bytes()
    pack = zipfile.ZipFile(io.BytesIO(BY_KEY["pack"].write(store, view, "")))
    for name in ("incidents.csv", "reports.csv", "mentions.csv", "figures.csv", "codes.csv", "codebook.md"):
        assert pack.read(name) == (DATA / name).read_bytes(), f"{name} of the pack differs from the published one"


def test_the_short_csv_has_the_columns_of_the_codebook_and_never_zero_for_nothing(store):
    rows = list(csv.DictReader(io.StringIO(BY_KEY["csv"].write(store, View(), "").decode("utf-8"))))
    assert list(rows[0]) == list(SHORT_EXPORT)
    assert {row["killed_best"] for row in rows} >= {"", "0"}
    assert not any("." in row["killed_best"] for row in rows)
    assert all(len(row["date_start"]) in (0, 10) for row in rows)


@pytest.mark.parametrize("key", ["excel", "excel-full", "timelinejs"])
def test_no_cell_for_a_spreadsheet_is_a_formula(hostile, key):
    content = BY_KEY[key].write(hostile, View(), LINK)
    assert (content[:3] == b"\xef\xbb\xbf") == (key != "timelinejs")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert len(rows) > 8
    numbers = {c.name for c in INCIDENTS.columns if c.type in ("int", "float")}
    for row in rows[1:]:
        texts = [cell for name, cell in zip(rows[0], row, strict=True) if name not in numbers]
        # Where semicolons part columns, what stands between them is a cell of its own.
        pieces = texts if key == "timelinejs" else [piece for cell in texts for piece in re.split("[;\t\r\n]", cell)]
        assert not [piece for piece in pieces if piece.strip().startswith(FORMULA)], row


def test_a_number_below_zero_stays_a_number_for_a_spreadsheet(tmp_path):
    generate(1)[0]["incidents"].assign(latitude=-4.5, longitude=-70.25).to_parquet(tmp_path / "incidents.parquet")
    content = BY_KEY["excel"].write(Store(tmp_path), View(), "").decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(content))
    assert (row["latitude"], row["longitude"]) == ("-4.5", "-70.25")


def test_the_workbook_has_typed_cells_and_nothing_that_runs(store, tables):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(BY_KEY["xlsx"].write(store, View(), LINK)))
    assert book.sheetnames == ["incidents", "figures", "mentions", "sources", "codebook", "read-me", "as taken"]
    sheet = book["incidents"]
    names = [cell.value for cell in sheet[1]]
    assert names == [column.name for column in INCIDENTS.columns]
    assert sheet.freeze_panes == "C2" and sheet.auto_filter.ref.startswith("A1:")
    rows = {row[0].value: dict(zip(names, row, strict=True)) for row in sheet.iter_rows(min_row=2)}
    for told in tables.incidents.to_dict("records"):
        row = rows[told["incident_id"]]
        day = None if pd.isna(told["date_start"]) else told["date_start"].to_pydatetime()
        assert row["date_start"].value == day
        for name in ("latitude", "killed_low"):
            assert row[name].value == (None if pd.isna(told[name]) else told[name])
        assert row["source_published"].is_date
    assert {cell.data_type for one in book for row in one.iter_rows() for cell in row} <= {"s", "n", "d", "inlineStr"}
    links = [cell.hyperlink.target for one in book for row in one.iter_rows() for cell in row if cell.hyperlink]
    assert links and all(link.startswith(("http://", "https://")) for link in links)
    assert book["figures"].max_row - 1 == len(tables.figures)
    assert book["figures"]["A1"].value == "incident_id"
    assert book["sources"].max_row - 1 == len(tables.articles)
    assert book["codebook"].max_row > sum(map(len, CODES.values()))
    facts = {row[0].value: row[1].value for row in book["read-me"].iter_rows()}
    assert facts["Link"] == LINK and facts["Filters"] == "all incidents" and "150 of 150" in facts["Incidents"]


def test_the_workbook_keeps_hostile_text_as_text(hostile):
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("openpyxl.utils.escape")
    book = openpyxl.load_workbook(io.BytesIO(BY_KEY["xlsx"].write(hostile, View(), LINK)))
    cells = [cell for row in book["incidents"].iter_rows(min_row=2) for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert "=1+1" in {cell.value for cell in cells}
    titles = {openpyxl.utils.escape.unescape(row["source_title"]) for row in told(book["incidents"])}
    assert titles == {HARD_TITLE[: workbook.LONGEST_TEXT - 1] + "…"}


def told(sheet):
    """Give the rows of a sheet by the names of their columns."""
    names, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_a_workbook_that_no_sheet_can_hold_is_refused_in_a_sentence(store, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 100)
    assert "narrow the filters" in BY_KEY["xlsx"].refuse(store, View())
    with pytest.raises(workbook.TooManyRowsError, match="holds 100 rows, and incidents would have 150"):
        BY_KEY["xlsx"].write(store, View(), "")
    assert BY_KEY["xlsx"].refuse(store, View(words="nowhere at all")) == ""


def test_libreoffice_reads_the_workbook_and_the_csv_for_excel(hostile, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not here: apt-get install libreoffice-calc-nogui")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    for key, hurt, given in (("xlsx", str, []), ("excel", defuse, ["--infilter=CSV:44,34,76"])):
        path = tmp_path / f"{key}.{BY_KEY[key].suffix}"
        path.write_bytes(BY_KEY[key].write(hostile, View(), LINK))
        command = [office, profile, "--headless", *given, "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76",
                   "--outdir", str(tmp_path / "out"), str(path)]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        read = list(csv.DictReader((tmp_path / "out" / f"{key}.csv").open(encoding="utf-8-sig", newline="")))
        assert {row["incident_id"] for row in read} == {hurt(f"=a:{n}") for n in range(len(HOSTILE))}
        assert {hurt("=1+1"), hurt("@SUM(A1)")} <= {row["city"] for row in read}, f"{key}: a text was run"


def test_the_geojson_holds_to_rfc_7946(store, tables):
    told = json.loads(BY_KEY["geojson"].write(store, View(), LINK))
    assert told["type"] == "FeatureCollection" and told["link"] == LINK and "crs" not in told
    placed = tables.incidents.dropna(subset="latitude").set_index("incident_id")
    for feature in told["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"} and feature["type"] == "Feature"
        assert list(feature["properties"]) == [column.name for column in MAPPED]
        assert "" not in feature["properties"].values()
        if feature["id"] not in placed.index:
            assert feature["geometry"] is None
            continue
        longitude, latitude = feature["geometry"]["coordinates"]
        assert feature["geometry"]["type"] == "Point" and abs(longitude) <= 180 and abs(latitude) <= 90
        assert (longitude, latitude) == tuple(placed.loc[feature["id"], ["longitude", "latitude"]])


class Tags(html.parser.HTMLParser):
    """The tags and addresses of HTML."""

    def __init__(self):
        super().__init__()
        self.tags, self.links = set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name == "href"]
        assert {name for name, _ in attrs} <= {"href"}


def check_html(text):
    """Check that HTML holds no markup but ours."""
    tags = Tags()
    tags.feed(text)
    assert tags.tags <= {"b", "br", "p", "a", "blockquote"}, text
    assert all(link.startswith(("http://", "https://")) for link in tags.links)


def test_the_kml_is_valid_and_spans_the_days(store, hostile, tables):
    for one in (store, hostile):
        tree = ET.fromstring(BY_KEY["kml"].write(one, View(), LINK))
        assert tree.tag == f"{KML}kml"
        for mark in tree.iter(f"{KML}Placemark"):
            parts = [part.tag.removeprefix(KML) for part in mark]
            order = ["name", "Snippet", "description", "TimeSpan", "styleUrl", "ExtendedData", "Point"]
            assert parts == [part for part in order if part in parts]
            check_html(mark.findtext(f"{KML}description"))
    tree = ET.fromstring(BY_KEY["kml"].write(store, View(order="oldest"), LINK))
    marks = {m.findtext(f".//{KML}Data[@name='incident_id']/{KML}value"): m for m in tree.iter(f"{KML}Placemark")}
    for row in tables.incidents.to_dict("records"):
        mark = marks[row["incident_id"]]
        days = [mark.findtext(f"{KML}TimeSpan/{KML}{end}") for end in ("begin", "end")]
        dated = not pd.isna(row["date_start"])
        assert days == ([str(row[f"date_{end}"].date()) for end in ("start", "end")] if dated else [None, None])
        point = f"{row['longitude']},{row['latitude']}" if not pd.isna(row["latitude"]) else None
        assert mark.findtext(f"{KML}Point/{KML}coordinates") == point


def test_timelinejs_gets_its_columns_the_span_and_the_doubt(store, tables):
    rows = list(csv.DictReader(io.StringIO(BY_KEY["timelinejs"].write(store, View(), LINK).decode(), newline="")))
    assert tuple(rows[0]) == COLUMNS and rows[0]["Type"] == "title"
    undated = int(tables.incidents["date_start"].isna().sum())
    assert undated and f"{undated} without a day" in rows[0]["Text"]
    told = tables.incidents.set_index("incident_id")
    for row in rows[1:]:
        one = told.loc[row["Incident ID"]]
        first = date(*(int(row[part]) for part in ("Year", "Month", "Day")))
        ends = [row[f"End {part}"] for part in ("Year", "Month", "Day")]
        assert first == one["date_start"].date()
        assert (date(*map(int, ends)) if all(ends) else first) == one["date_end"].date()
        assert row["Group"] == one["event_type"]
        assert ("some day in" in row["Display Date"]) >= (one["date_precision"] in ("month", "year"))
        check_html(row["Headline"])
        check_html(row["Text"])


def test_the_pack_holds_all_that_stands_behind_the_view_and_seals_it(store, tables):
    view = View(cities=("Kabul",), since=date(2022, 1, 1))
    pack = zipfile.ZipFile(io.BytesIO(BY_KEY["pack"].write(store, view, LINK)))
    assert pack.testzip() is None
    ids = set(store.ids(view))
    reports = tables.reports[tables.reports["incident_id"].isin(ids)]
    behind = {
        "reports": set(reports["report_id"]),
        "mentions": set(tables.mentions[tables.mentions["incident_id"].isin(ids)]["mention_id"]),
        "figures": set(tables.figures[tables.figures["report_id"].isin(reports["report_id"])]["figure_id"]),
        "articles": set(reports["article_id"]),
    }
    for name, expected in behind.items():
        rows = list(csv.DictReader(io.StringIO(pack.read(f"{name}.csv").decode(), newline="")))
        key = f"{name.removesuffix('s')}_id"
        assert len(rows) == len(expected) and {row[key] for row in rows} == expected, name
    seals = dict(reversed(line.split("  ")) for line in pack.read("SHA256SUMS").decode().splitlines())
    assert set(seals) == set(pack.namelist()) - {"SHA256SUMS"}
    assert all(hashlib.sha256(pack.read(name)).hexdigest() == seal for name, seal in seals.items())
    readme = pack.read("README.md").decode()
    for said in (view.in_words(), LINK, f"{len(ids)} of 150", store.seal(), seals["incidents.csv"], "ertainly inside"):
        assert said in readme, f"the read-me does not say {said}"
    assert {info.date_time for info in pack.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_other_tables_have_another_seal(tmp_path, store):
    other = Store(write(tmp_path, 20))
    assert other.seal() != store.seal() and len(other.seal()) == 64


def test_a_file_is_named_after_the_filters_and_the_day_on_any_system(states):
    day = datetime(2026, 11, 22).date()
    for view in states:
        for one in FORMATS:
            name = one.name_file(view, day)
            assert re.fullmatch(r"[a-z][a-z0-9_-]*_20261122\.[a-z]+", name) and len(name) < 120, name
            assert ("_all_" in name) == (view.in_words() == "all incidents")
    assert len({one.name_file(View(), day) for one in FORMATS}) == len(FORMATS)
