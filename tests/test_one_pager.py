"""The one-pager, read by poppler: its numbers are the tables', its footnotes the sentences', and all is on one page."""

import hashlib
import re
from dataclasses import replace

import pandas as pd
import pytest
from generate import write
from pdf_pages import find_outside, list_fonts, plain, read_boxes, read_text

from pipeline.brief.briefing import gather_briefing
from pipeline.brief.claims import find_disputed
from pipeline.brief.map_text import FONTS
from pipeline.brief.one_pager import PAPERS, make_one_pager
from pipeline.tables.store import Store
from pipeline.view import View

LINK = "http://localhost:8501/?country=Afghanistan"
MARGIN = 16  # points that no word may reach into
NONE = View(words="nowhere at all")
HOSTILE = '#strong[x] *b* $1/0$ @a <l> \\ // "q" `c` [[ = -'


@pytest.fixture(scope="module")
def pages(stores_by_size):
    return {n: make_one_pager(gather_briefing(stores_by_size[n], View(), LINK)) for n in (12, 400, "hard")}


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("many", [0, 1, 12, 400, "hard"])
def test_all_stands_on_one_page_and_nothing_runs_out_of_it(stores_by_size, many, paper):
    store, view = (stores_by_size[12], NONE) if many == 0 else (stores_by_size[many], View())
    made = make_one_pager(gather_briefing(store, view, LINK), paper=paper)
    size, words = read_boxes(made)
    assert [round(end * 25.4 / 72, 1) for end in size] == list(PAPERS[paper])
    assert not find_outside(made, MARGIN)
    lowest = max(one[3] for one in words) / size[1]
    assert lowest > 0.9, f"the page ends at {lowest:.0%} of its height"


def test_what_is_asked_is_said_however_long_it_is(stores_by_size):
    view = View(provinces=("Kabul", *(f"A province with a rather long name, number {n}" for n in range(90))))
    made = make_one_pager(gather_briefing(stores_by_size[400], view, f"{LINK}&q={'x' * 2000}"), paper="letter")
    assert not find_outside(made, MARGIN)
    assert "Filters: A province with a rather long name" in read_text(made) and "..." in read_text(made)


@pytest.mark.parametrize("many", [12, 400])
def test_the_tiles_and_the_table_hold_the_numbers_of_the_tables(stores_by_size, pages, many):
    text, rows = read_text(pages[many], "-layout"), pd.read_parquet(stores_by_size[many].folder / "incidents.parquet")
    wholes = ";".join(rows["related_ids"].where(rows["relation"].str.contains("part_of"), ""))
    parts = rows["relation"].str.contains("part_of") if wholes.strip(";") else rows["relation"] != rows["relation"]
    counted = rows[~parts]
    for measure in ("killed", "injured"):
        low, best = (int(counted[f"{measure}_{end}"].sum()) for end in ("low", "best"))
        ends = [counted[f"{measure}_{end}"] for end in ("low", "best", "high")]
        has = ends[0].notna() | ends[1].notna() | ends[2].notna()
        high = "open" if (has & ends[2].isna()).any() else f"{int(ends[2].sum()):,}"
        assert f"low {low:,} · best {best:,} · high {high}" in text
        assert not (~has).any() or f"{int((~has).sum()):,} without a figure" in text
    figure = rows["killed_best"].fillna(rows["killed_low"]).fillna(rows["killed_high"])
    for kind, same in rows.groupby("event_type"):
        deadly = int((figure[same.index] > 0).sum())
        assert re.search(rf"{kind} +{len(same):,} +{deadly:,} ", text), f"{kind}: {len(same)}, {deadly}"


def test_the_page_says_what_it_is_of(stores_by_size, pages):
    text, store = read_text(pages[400]), stores_by_size[400]
    latest = pd.to_datetime(store.whole("articles")["published"]).max()
    for words in (store.seal()[:12], "n = 400 of 400 incidents", "Filters: all incidents", "not authoritative", LINK,
                  f"Data as of {latest.day} {latest:%B %Y}", "known to the exact day", "known to the site or town",
                  "rest on a single story"):  # fmt: skip
        assert words in text, words


@pytest.mark.parametrize("many", [12, 400, "hard"])
def test_each_of_the_deadliest_leads_to_its_sentence(stores_by_size, pages, many):
    briefing, text = gather_briefing(stores_by_size[many], View(), LINK), read_text(pages[many])
    assert len(briefing.deadliest) == 3
    articles = stores_by_size[many].whole("articles").set_index("article_id")
    for one in briefing.deadliest:
        for note in one.notes:
            assert plain(note.sentence)[:60] in text
            assert plain(note.source)[:40] in text
            read = (stores_by_size[many].folder / "texts" / f"{note.article_id}.txt").read_text("utf-8")
            assert note.sentence in plain(read) or "\u202e" in read
            assert plain(articles.loc[note.article_id, "outlet"]) == note.outlet


def test_the_deadliest_are_those_of_the_tables(stores_by_size):
    rows = pd.read_parquet(stores_by_size[400].folder / "incidents.parquet")
    figure = rows["killed_best"].fillna(rows["killed_low"])[~rows["relation"].str.contains("part_of")]
    briefing = gather_briefing(stores_by_size[400], View())
    ours = [figure[rows["incident_id"] == one.incident_id].iloc[0] for one in briefing.deadliest]
    assert ours == sorted(figure.dropna(), reverse=True)[:3]


def test_a_toll_that_a_person_set_stands_with_its_reason(tmp_path):
    folder = write(tmp_path, 12)
    rows = pd.read_parquet(folder / "incidents.parquet")
    ends = ["killed_low", "killed_best", "killed_high"]
    rows.loc[0, [*ends, "corrected", "reviewer", "relation"]] = [99, 99, 99, "killed_best", "A. Analyst", ""]
    rows.to_parquet(folder / "incidents.parquet", index=False)
    text = read_text(make_one_pager(gather_briefing(Store(folder), View())))
    assert "99 killed" in text and "[The toll was set by A. Analyst.]" in text


def test_no_figure_is_never_zero(tmp_path):
    folder = write(tmp_path, 12)
    rows = pd.read_parquet(folder / "incidents.parquet")
    for measure in ("killed", "injured"):
        rows[[f"{measure}_{end}" for end in ("low", "best", "high")]] = pd.NA
    rows.convert_dtypes().to_parquet(folder / "incidents.parquet", index=False)
    text = read_text(make_one_pager(gather_briefing(Store(folder), View())))
    assert "no figure is stated" in text and "low 0" not in text
    assert "No incident shown has a figure of people killed." in text


def test_words_of_articles_are_never_obeyed(tmp_path):
    folder = write(tmp_path, 12)
    for name, column in (("incidents", "title"), ("articles", "outlet"), ("mentions", "sentence")):
        rows = pd.read_parquet(folder / f"{name}.parquet")
        rows[column] = HOSTILE
        rows.to_parquet(folder / f"{name}.parquet", index=False)
    text = read_text(make_one_pager(gather_briefing(Store(folder), View(words="#x[*"), '#"]')))
    assert "Filters: “#x[*”" in text
    text = read_text(make_one_pager(gather_briefing(Store(folder), View())))
    assert text.count(plain(HOSTILE)) >= 6


def test_fonts_are_embedded_and_names_of_all_scripts_are_there(pages):
    for line in list_fonts(pages["hard"]):
        assert re.search(r" yes (yes|no) +(yes|no) ", line), f"not embedded: {line}"
    assert any("SourceSans3" in line for line in list_fonts(pages["hard"]))


def test_the_same_briefing_gives_the_same_bytes(stores_by_size, pages):
    assert make_one_pager(gather_briefing(stores_by_size[12], View(), LINK)) == pages[12]


def test_who_says_how_many_is_what_the_figures_say(stores_by_size):
    found = find_disputed(stores_by_size["hard"], View())
    assert len(found) == 5 and [one.spread for one in found] == sorted((one.spread for one in found), reverse=True)
    assert len({saying.is_party for one in found for saying in one.sayings}) == 2
    for one in found:
        people = [saying.best or saying.low or saying.high for saying in one.sayings]
        assert max(people) - min(people) == one.spread and people == sorted(people)
    assert find_disputed(stores_by_size["hard"], replace(View(), words="nowhere at all")) == ()


def test_the_letters_are_those_that_their_readme_names():
    readme = (FONTS / "README.md").read_text("utf-8")
    for path in FONTS.glob("*.ttf"):
        assert f"`{path.name}`: `{hashlib.sha256(path.read_bytes()).hexdigest()}`" in readme
