"""Hostile text in files: each of the payloads goes into every export and brief, and comes out as words."""

import csv
import html.parser
import io
import json
import re
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from urllib.parse import urlsplit

import pytest
from brief_read import read_words
from exports_read import KML
from office import Office
from payloads import CORPUS, FOREIGN, load_payloads, load_words, say, write_payload_tables

from pipeline.brief.briefs import BRIEFS, Options, make_brief
from pipeline.brief.cells import defuse, find_link, keep_xml, straighten
from pipeline.brief.formats import BY_KEY
from pipeline.brief.notes import clean
from pipeline.brief.typeset import TEMPLATES
from pipeline.brief.workbook import LONGEST_TEXT
from pipeline.tables.columns import INCIDENTS
from pipeline.tables.store import Store
from pipeline.view import View

WORDS = load_words()
LINK = "http://localhost:8501/?q=x"
FORMULA = tuple("=+-@＝＋－＠")
FILES = [(key, ending) for key, brief in BRIEFS.items() for ending in brief.endings]
OFFICE = [("deck", "pptx"), ("weekly", "docx")]
TEXTS = ("title", "source_title", "source_outlet", "source_url", *FOREIGN)
SHOWN = ("Display Date", "Headline", "Text", "Group")  # by TimelineJS, as HTML
RUNS = re.compile(rb"/(?:JS|JavaScript|Launch|OpenAction|AA|EmbeddedFile|SubmitForm|GoToR|RichMedia)\b")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return Store(write_payload_tables(tmp_path_factory.mktemp("payloads") / "tables"))


@pytest.fixture(scope="module")
def rows(store):
    """The incidents, in the order of every file."""
    return store.rows(View()).to_dict("records")


@pytest.fixture(scope="module")
def files(store):
    """Give an export or a brief, made once."""
    made = {}

    def make(key, ending=""):
        if (key, ending) not in made:
            wanted = BRIEFS.get(key)
            made[key, ending] = (
                make_brief(wanted, store, View(), LINK, Options(ending=ending)) if wanted
                else BY_KEY[key].write(store, View(), LINK)
            )  # fmt: skip
        return made[key, ending]

    return make


def squeeze(text):
    """Give the words of a text: what sets it may break lines where it likes."""
    return "".join(text.split())


def test_the_corpus_is_large_and_readable_by_any_program():
    payloads = load_payloads()
    kinds = Counter(kind for kind, _ in payloads)
    assert len(set(payloads)) == len(payloads) >= 200 and len(kinds) >= 20 and min(kinds.values()) >= 5
    assert CORPUS.read_bytes().isascii(), "write what is not ASCII as \\uXXXX, so that no editor obeys it"


def test_few_of_the_addresses_are_links_and_those_lead_where_they_say():
    kept = [found for kind, text in load_payloads() if kind == "addresses" and (found := find_link(text))]
    assert [urlsplit(found).netloc for found in kept] == ["xn--xample-2of.org", *["news.example"] * 4]


def read_csv(content, encoding="utf-8"):
    return list(csv.DictReader(io.StringIO(content.decode(encoding), newline="")))


@pytest.mark.parametrize("key", ["csv-full", "pack", "geojson"])
def test_files_for_programs_are_exact(files, rows, key):
    content = files(key)
    if key == "geojson":
        found = [one["properties"] for one in json.loads(content)["features"]]
    else:
        inner = zipfile.ZipFile(io.BytesIO(content)).read("incidents.csv") if key == "pack" else content
        found = read_csv(inner)
    assert len(found) == len(WORDS)
    for name in set(TEXTS) & set(found[0]):
        assert [one[name] or "" for one in found] == [row[name] for row in rows], name


@pytest.mark.parametrize("key", ["excel", "excel-full"])
def test_a_csv_for_spreadsheets_holds_no_formula_and_all_words(files, rows, key):
    found = read_csv(files(key), "utf-8-sig")
    numbers = {column.name for column in INCIDENTS.columns if column.type in ("int", "float")}
    for one, row in zip(found, rows, strict=True):
        for name in set(one) - numbers:
            cut = re.split("[;\t\r\n]", one[name])
            assert not [piece for piece in cut if piece.strip().startswith(FORMULA)], (name, one[name])
        for name in set(TEXTS) & set(one):
            assert one[name] == defuse(row[name])


def test_libreoffice_reckons_with_no_cell(files, rows, tmp_path):
    path = tmp_path / "payloads.csv"
    path.write_bytes(files("excel"))
    office = Office(tmp_path)
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true"
    office._run("--infilter=CSV:44,34,76,1", "--convert-to", form,
                "--outdir", str(tmp_path / "out"), str(path))  # fmt: skip
    found = read_csv((tmp_path / "out" / "payloads.csv").read_bytes(), "utf-8-sig")
    formulas = {text for kind, text in load_payloads() if kind == "formulas"}
    tried = [(one, row) for one, row in zip(found, rows, strict=True) if row["title"] in formulas]
    assert len(tried) == len(formulas)
    for one, row in tried:
        assert squeeze(one["title"]) == squeeze(defuse(row["title"])), "a spreadsheet made something else of it"


def test_a_workbook_has_texts_and_links_and_nothing_that_runs(files, rows):
    openpyxl = pytest.importorskip("openpyxl")
    content = files("xlsx")
    links = check_parts(content)
    assert links and all(find_link(link) for link in links)
    names, *found = openpyxl.load_workbook(io.BytesIO(content))["incidents"].iter_rows(values_only=True)
    for row, cells in zip(rows, found, strict=True):
        one = dict(zip(names, cells, strict=True))
        for name in set(TEXTS) & set(one):
            told = row[name] if len(row[name]) <= LONGEST_TEXT else row[name][: LONGEST_TEXT - 1] + "…"
            read = openpyxl.utils.escape.unescape(str(one[name] or ""))
            assert squeeze(read) == squeeze(told), name


def check_parts(content):
    """Look at all parts of an Office file: each parses, none runs or fetches anything; give the links."""
    links = []
    for name in (parts := zipfile.ZipFile(io.BytesIO(content))).namelist():
        if name.endswith(".xlsx"):
            assert check_parts(parts.read(name)) == []
        elif name.endswith((".xml", ".rels")):
            tree = ET.fromstring(parts.read(name))
            tags = {one.tag.rpartition("}")[2] for one in tree.iter()}
            assert not tags & {"ddeLink", "oleLink", "externalBook", "control", "script"}, name
            assert not (name.startswith("xl/") and "f" in tags), f"{name} reckons"
            fields = [one.text or "" for one in tree.iter() if one.tag.endswith("}instrText")]
            assert not [text for text in fields if text.split()[0] not in ("PAGE", "NUMPAGES")], name
            outer = [one for one in tree.iter() if one.get("TargetMode") == "External"]
            assert {one.get("Type", "").rpartition("/")[2] for one in outer} <= {"hyperlink"}, name
            links += [one.get("Target") for one in outer]
        else:
            assert name.endswith((".png", ".jpeg", ".jpg")) or name.startswith("ppt/printerSettings/"), (
                f"{name}: what is it?"
            )
    return links


@pytest.mark.parametrize(("key", "ending"), OFFICE)
def test_slides_and_lists_hold_words_and_links_only(files, key, ending):
    content = files(key, ending)
    assert all(find_link(link) for link in check_parts(content))
    if key == "weekly":
        told = squeeze(read_words(content, ending)).replace("\u200e", "")
        lost = [text for text in WORDS if squeeze(clean(text)).replace("\u200e", "") not in told]
        assert not lost, "words of these payloads are not in the list any more"


class Tags(html.parser.HTMLParser):
    """The tags, addresses and words of HTML."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.links, self.words = set(), [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        assert {name for name, _ in attrs} <= {"href"}, attrs
        self.links += [value for _, value in attrs]

    def handle_data(self, data):
        self.words.append(data)


def test_a_kml_is_sound_and_its_balloons_are_ours(files, rows):
    marks = list(ET.fromstring(files("kml")).iter(f"{KML}Placemark"))
    for mark, row in zip(marks, rows, strict=True):
        assert mark.findtext(f"{KML}name") == straighten(row["title"]).replace("\r\n", "\n").replace("\r", "\n")
        told = mark.findtext(f"{KML}description")
        assert "$[" not in told, "a balloon puts a raw cell in its place"
        seen = Tags(told)
        assert seen.tags <= {"b", "br", "p", "a"} and all(find_link(link) for link in seen.links)
        assert squeeze(straighten(row["source_sentence"])) in squeeze("".join(seen.words))
        cells = {one.get("name"): one.findtext(f"{KML}value") for one in mark.iter(f"{KML}Data")}
        assert squeeze(cells["title"]) == squeeze(keep_xml(row["title"]))


def test_a_timelinejs_sheet_shows_words_and_is_no_formula(files, rows):
    found = [one for one in read_csv(files("timelinejs")) if one["Type"] != "title"]
    dated = [row for row in rows if str(row["date_start"]) != "NaT"]
    for one, row in zip(found, dated, strict=True):
        assert not [cell for cell in one.values() if cell.strip().startswith(FORMULA)]
        for name in SHOWN:
            seen = Tags(one[name])
            assert seen.tags <= {"p", "blockquote", "a"} and all(find_link(link) for link in seen.links)
        assert squeeze("".join(Tags(one["Headline"]).words)) == squeeze(straighten(row["title"]))


def test_a_weekly_list_in_markdown_makes_no_element_of_theirs(files):
    markdown = (
        pytest.importorskip("markdown_it").MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    )
    tokens = markdown.parse(files("weekly", "md").decode())
    flat = [one for token in tokens for one in (token, *(token.children or []))]
    kinds = {one.type for one in flat}
    assert not kinds & {
        "html_block",
        "html_inline",
        "image",
        "code_inline",
        "fence",
        "code_block",
        "table_open",
        "s_open",
        "em_open",
    }
    links = [one.attrs["href"] for one in flat if one.type == "link_open"]
    assert all(find_link(link) or link == LINK for link in links)
    told = squeeze("".join(one.content for one in flat if one.type == "text")).replace("\u200e", "")
    lost = [text for text in WORDS if squeeze(clean(text)).replace("\u200e", "") not in told]
    assert not lost, "words of these payloads are not in the list any more"


@pytest.mark.parametrize("key", ["one-pager", "map-sheet"])
def test_a_printed_page_has_links_only(files, key):
    pypdf = pytest.importorskip("pypdf")
    content = files(key, "pdf")
    reader = pypdf.PdfReader(io.BytesIO(content))
    raw = b"".join(repr(reader.get_object(number)).encode() for number in range(1, len(reader.xref[0]) + 1))
    assert not RUNS.search(raw + content)
    links = re.findall(r"'/URI': '([^']*)'", raw.decode())
    assert all(find_link(link) for link in links)
    shown = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()
    assert not re.findall("[\x00-\x09\x0b\x0e-\x1f\x7f-\x9f]", shown)


def test_the_templates_of_pages_run_nothing_of_what_they_are_told():
    for path in TEMPLATES.glob("*.typ"):
        found = re.findall(r"#?\b(?:eval|plugin|include)\b\s*\(?", path.read_text("utf-8"))
        assert not found, f"{path.name}: {found}: words reach a page as data only"


def test_a_stand_alone_page_holds_the_words_as_data(files):
    text = files("html", "html").decode()
    book = re.search(r'<script type="application/json" id="book">(.*?)</script>', text, re.DOTALL)[1]
    assert not set(book) & set("<>&\u2028\u2029\u202e\u2066")
    held = json.loads(book)
    assert {row.get("title", "") for row in held["rows"]} == set(map(clean, WORDS))
    sentences = {note["sentence"] for note in held["notes"]}
    assert {clean(say(text)) for text in WORDS} <= sentences
    assert all(find_link(note["url"]) for note in held["notes"] if "url" in note)
