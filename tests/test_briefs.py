"""Every file that is handed out: it is made for any number of incidents, says what it holds, and is made in time."""

import re
import time
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from brief_read import read_words
from generate import write
from typer.testing import CliRunner

from pipeline.__main__ import app
from pipeline.brief.briefs import BRIEFS, BriefError, Options, check_options, find_brief, make_brief
from pipeline.tables.store import Store
from pipeline.view import PICKS, View

SIZES = (0, 1, 12, 400)
FEW_SECONDS = 10  # from the click to the file, for 1,000 incidents
LINK = "http://localhost:8501/?country=Afghanistan"
VIEW = View(countries=("Afghanistan",), since=date(2020, 1, 1))
EACH = [
    pytest.param(one, Options(ending=ending, paper=paper), id="-".join(filter(None, (one.key, ending, paper))))
    for one in BRIEFS.values()
    for ending, paper in product(one.endings, one.papers or ("",))
]
BEGINNINGS = {"pdf": b"%PDF", "png": b"\x89PNG", "pptx": b"PK", "docx": b"PK", "html": b"<!", "md": b"#"}


@pytest.fixture(scope="module")
def stores(tmp_path_factory):
    return {n: Store(write(tmp_path_factory.mktemp(f"tables-{n}"), n)) for n in (12, 400, 1_000)}


@pytest.mark.parametrize(("brief", "options"), EACH)
@pytest.mark.parametrize("many", SIZES)
def test_every_file_says_what_it_holds(stores, many, brief, options):
    store = stores[max(many, 12)]
    view = find_single(store) if many == 1 else VIEW if many else replace(VIEW, words="nowhere at all")
    made = make_brief(brief, store, view, LINK, options)
    assert made.lstrip().startswith(BEGINNINGS[options.ending])
    words = read_words(made, options.ending)
    if words is None:
        return
    shown = store.counts(view).shown
    assert_said(words, "Afghanistan", "the filters")
    assert_said(words, "from 1 Jan 2020", "the filters")
    assert_said(words, store.seal()[:12], "the version of the tables")
    assert_said(words, f"{shown:,}" if shown else ("0", "No incident", "no incident"), "the number of incidents")
    assert_said(words, say_latest(store, view) if shown else "no source", "the day of the newest source")
    assert_said(words, "not authoritative", "the note on borders")


def find_single(store):
    """Give a view of one incident."""
    fields = {pick.key: pick.field for pick in PICKS}
    counted = ((fields[key], value, n) for key, values in store.facets(VIEW).items() for value, n in values.items())
    return next(replace(VIEW, **{field: (value,)}) for field, value, n in counted if n == 1 and field != "countries")


def assert_said(words, expected, what):
    """Check that one of the words is said, whole."""
    several = (expected,) if isinstance(expected, str) else expected
    found = any(re.search(rf"(?<![\w,.]){re.escape(one)}(?![\w,]\d)", words, re.IGNORECASE) for one in several)
    assert found, f"the file does not say {what} ({expected}): {words[:1500]}"


def say_latest(store, view):
    """Say the last day on which a source of what is shown was published, found in another way than the briefing."""
    ids = store.ids(view)
    reports = store.find("reports", "incident_id", ids)
    told = store.find("articles", "article_id", sorted(set(reports["article_id"])))["published"]
    days = [date.fromisoformat(str(day)[:10]) for day in told if str(day)[:1].isdigit()]
    return f"{max(days).day} {max(days):%B %Y}" if days else "no source"


@pytest.mark.parametrize(("brief", "options"), EACH)
def test_the_same_view_gives_the_same_bytes(stores, brief, options):
    one, other = (make_brief(brief, stores[12], VIEW, LINK, options) for _ in range(2))
    assert one == other


@pytest.mark.parametrize("brief", BRIEFS.values(), ids=BRIEFS)
def test_a_thousand_incidents_take_a_few_seconds(stores, brief):
    told = []
    start = time.process_time()
    made = make_brief(brief, stores[1_000], View(), LINK, tell=lambda *said: told.append(said))
    seconds = time.process_time() - start
    assert seconds < FEW_SECONDS, f"{brief.key} took {seconds:.1f} s of a processor"
    shares = [done for _, done, of in told if of == 100]
    assert len(shares) == len(told) >= 5 and shares == sorted(shares) and shares[-1] == 100
    print(f"{brief.key}: {seconds:.1f} s, {len(made) / 1e6:.2f} MB")


@pytest.mark.parametrize(
    ("key", "options", "why"),
    [
        ("one-pager", Options(paper="a3"), "is no paper of it; use a4 or letter"),
        ("map-sheet", Options(ending="docx"), "is no form of it; use pdf or png"),
        ("deck", Options(paper="a4"), "has no paper to choose"),
        ("html", Options(template=b"PK"), "takes no template"),
        ("leaflet", Options(), "is one of one-pager, deck"),
    ],
)
def test_what_a_file_cannot_be_is_one_sentence(key, options, why):
    with pytest.raises(BriefError) as refused:
        check_options(find_brief(key), options)
    assert why in str(refused.value) and "\n" not in str(refused.value)


def test_a_template_that_is_none_is_refused(stores):
    with pytest.raises(BriefError, match="no PowerPoint file"):
        make_brief(BRIEFS["deck"], stores[12], View(), LINK, Options(template=b"not a deck"))


def test_files_are_named_after_what_was_asked():
    view, day = View(cities=("Kabul",), since=date(2023, 3, 1), until=date(2023, 3, 31)), date(2026, 11, 22)
    names = [one.name_file(view, day, Options()) for one in BRIEFS.values()]
    assert names == [
        f"{stem}_kabul_2023-03_20261122.{ending}"
        for stem, ending in (("one-pager", "pdf"), ("deck", "pptx"), ("map-sheet", "pdf"), ("briefing", "html"),
                             ("weekly", "docx"))
    ]  # fmt: skip
    assert (
        BRIEFS["one-pager"]
        .name_file(view, day, Options(paper="letter"), "2026-Q3")
        .startswith("one-pager-letter_2026-Q3_")
    )


def run(*words):
    """Run the command, as in a shell."""
    return CliRunner().invoke(app, ["brief", *map(str, words)])


@pytest.mark.parametrize(
    "asked",
    [
        ("--city", "Kabul", "--from", "2022-01-01"),
        ("--from-url", "http://example.org/page/?city=Kabul&from=2022-01-01&lane=event_type&incident=a:1"),
        ("--from-url", "city=Kabul&from=2022-01-01"),
    ],
)
def test_the_command_makes_the_file_of_a_link_or_of_filters(stores, tmp_path, asked):
    told = run("--as", "html", *asked, "--data", stores[400].folder, "--out", tmp_path / "out")
    assert told.exit_code == 0, told.output
    [path] = (tmp_path / "out").iterdir()
    assert re.fullmatch(r"briefing_kabul_from-2022-01-01_\d{8}\.html", path.name) and path.name in told.output
    words, view = read_words(path.read_bytes(), "html"), View(cities=("Kabul",), since=date(2022, 1, 1))
    home = "http://example.org/page/" if "example" in asked[1] else "http://localhost:8501/"
    assert f"{home}?{view.to_url()}" in words and view.in_words() in words
    assert f"{stores[400].counts(view).shown:,} of 400" in words


def test_the_command_writes_the_file_that_is_named(stores, tmp_path):
    told = run("--as", "weekly", "--format", "md", "--data", stores[12].folder, "--out", tmp_path / "list.md")
    assert told.exit_code == 0 and (tmp_path / "list.md").read_text("utf-8").startswith("#")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--as", "html", "--from", "soon"), "Cannot be read: from=soon"),
        (("--as", "html", "--order", "best"), "orders are newest"),
        (("--as", "html", "--city", "Kabul", "--from-url", "?city=Herat"), "leave out --city"),
        (("--as", "deck", "--template", "nowhere.potx"), "There is no template nowhere.potx"),
        (("--as", "deck", "--paper", "a4"), "has no paper to choose"),
        (("--as", "deck", "--since", "soon"), "is no day"),
        (("--as", "html", "--out", "brief.pdf"), "does not end in .html"),
        (("--as", "html", "--data", "nowhere"), "Build the tables first"),
        (("--as", "html", "--from-url", "?release=2020-Q9"), "2020-Q9"),
    ],
)
def test_bad_input_is_one_sentence(stores, words, why):
    data = () if "--data" in words else ("--data", stores[12].folder)
    told = run(*words, *data)
    assert told.exit_code == 1 and why in told.output, told.output
    assert len(told.output.strip().splitlines()) == 1 and "Traceback" not in told.output
