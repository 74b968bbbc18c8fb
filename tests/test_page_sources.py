"""The page of sources: its lists against the tables, the article with what it gave, and taking in new articles."""

import html
import json
import re
from dataclasses import replace

import pytest
from browser import PATIENCE, ROOT, await_drawn, retry, serve
from generate import write
from hypothesis import given
from hypothesis import strategies as st
from page import link, make_app, opened, said

from dashboard import intake
from dashboard.annotate import KINDS, Mark, Note, write_annotated
from dashboard.load import Shown
from dashboard.look import ONLY, Look
from dashboard.stories import A_PAGE, find_stories
from pipeline import suggest
from pipeline.curation.people import NotAllowedError, Person
from pipeline.intake.articles import read_articles
from pipeline.intake.fetch import Fetched
from pipeline.intake.keep import keep_article
from pipeline.model import Article, Published
from pipeline.tables.load import read_tables, read_text
from pipeline.tables.store import Store
from pipeline.view import View

CODE = "from dashboard.sources import draw_sources\ndraw_sources()"
NEWS = (
    "On Monday a suicide bomber killed at least 12 people at a mosque in Herat, police said.\n\n"
    "Two days before, gunmen shot dead three policemen at a checkpoint in Jalalabad."
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write(tmp_path_factory.mktemp("tables"), 400)


@pytest.fixture(scope="module")
def tables(folder):
    return read_tables(folder)


@pytest.fixture
def app(folder, monkeypatch):
    monkeypatch.setenv("INCIDENT_DATA", str(folder))
    return make_app(CODE)


@pytest.mark.parametrize("only", list(ONLY))
@pytest.mark.parametrize("q", ["", "wire AGAIN"])
def test_the_list_is_what_the_tables_hold(folder, tables, only, q):
    shown, articles = Shown(Store(folder), (), View()), tables.articles
    told = tables.reports.groupby("article_id")["incident_id"].nunique()
    summed = tables.aggregates.groupby("article_id").size()
    doubted = tables.issues.groupby("article_id").size()
    gave = {one: (told.get(one, 0), summed.get(one, 0), doubted.get(one, 0)) for one in articles["article_id"]}
    many = set(articles.loc[articles["copy_of"] != "", "story_id"])
    fits = {
        "": lambda row: True,
        "nothing": lambda row: gave[row["article_id"]][:2] == (0, 0),
        "copies": lambda row: row["story_id"] in many,
        "issues": lambda row: gave[row["article_id"]][2] > 0,
    }[only]
    words = articles[["title", "outlet", "author", "article_id", "url"]].agg("\n".join, axis=1).str.lower()
    hit = articles.apply(fits, axis=1) & words.map(lambda one: all(word in one for word in q.lower().split()))
    wanted, got, page = set(articles.loc[hit, "story_id"]), [], 1
    while rows := find_stories(shown, Look(only=only, q=q), page):
        got, page = got + rows, page + 1
        assert len(rows) <= A_PAGE
    assert {row["id"] for row in got} == set(
        articles.loc[articles["story_id"].isin(wanted) & (articles["copy_of"] == ""), "article_id"]
    )
    for row in [one for story in got for one in (story, *story["copies"])]:
        assert (row["incidents"], row["totals"], row["issues"]) == gave[row["id"]]
    assert sum(len(row["copies"]) for row in got) == int(
        (articles["story_id"].isin(wanted) & (articles["copy_of"] != "")).sum()
    )


def test_an_article_shows_all_that_it_gave_beside_its_words(app, folder, tables):
    issue = next(row for _, row in tables.issues.iterrows() if "<script>" in read_text(folder, row["article_id"]))
    opened(app, article=issue["article_id"])
    page = said(app)
    reports = tables.reports[tables.reports["article_id"] == issue["article_id"]]
    for sentence, incident in zip(reports["sentence"], reports["incident_id"], strict=True):
        assert re.search(rf'<mark class="lead[^>]*>{re.escape(html.escape(sentence))}</mark>', page)
        assert f"?incident={incident.replace(':', '%3A')}" in page
    assert 'class="lead doubt"' in page and html.escape(issue["message"]) in page
    assert "<script>" not in page and "&lt;script&gt;" in page
    app.button(key="article-close").click().run()
    assert link(app) == {} and "<mark" not in said(app)


def test_an_article_that_is_not_there_is_said(app):
    opened(app, article="<img src=x>")
    assert "There is no article" in app.warning[0].value


def test_a_link_restores_a_list_to_which_the_article_leads_back(app, tables):
    one = tables.issues["article_id"].iloc[0]
    opened(app, list="issues", kind="no_date", q="story-0000", article=one)
    assert link(app)["article"] == [one]
    app.button(key="article-close").click().run()
    fits = tables.issues[tables.issues["article_id"].str.contains("story-0000")].sort_values(["article_id", "start"])
    assert app.session_state["look ids"] == list(fits["article_id"]) and len(fits)
    assert app.text_input(key="look_q").value == "story-0000"
    assert link(app) == {"list": ["issues"], "kind": ["no_date"], "q": ["story-0000"]}


def test_totals_are_listed(app, tables):
    opened(app, list="totals")
    assert set(app.session_state["look ids"]) == set(tables.aggregates["article_id"])


def test_intake_is_for_those_who_may_decide(app, monkeypatch):
    monkeypatch.setattr(intake, "find_person", lambda: Person("Ben", False, "signed in", "Ben is no curator."))
    opened(app, list="add")
    assert "Ben is no curator" in app.info[0].value.replace("\\", "")
    assert not app.text_area and not app.get("file_uploader")
    with pytest.raises(NotAllowedError):
        intake._start("read", "read", "--json")


def test_where_intake_is_off_the_page_says_so_and_offers_nothing(app, monkeypatch):
    monkeypatch.setenv("INCIDENT_INTAKE", "off")
    opened(app, list="add")
    assert "INCIDENT_INTAKE=off" in app.info[0].value
    assert not app.button and not app.text_area and not app.get("file_uploader")


def test_tables_of_unknown_articles_take_in_nothing(folder, monkeypatch):
    monkeypatch.delenv("INCIDENT_ARTICLES", raising=False)
    assert intake.find_articles(folder) is None
    assert intake.find_articles(ROOT / "data") == ROOT / "seeds" / "articles"


@given(
    st.text(alphabet="ab<&\n🕊 .", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from(KINDS)), max_size=6),
)
def test_marks_change_no_character_of_the_text(text, spans):
    marks = [Mark(min(a, b), max(a, b), kind) for a, b, kind in spans]
    written = write_annotated(text, marks, [Note(mark.start, mark.kind, "", "") for mark in marks])
    shown = re.findall(r'<div class="para" dir="auto"><p>(.*?)</p></div>', written, re.DOTALL)
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    assert [html.unescape(re.sub(r"</?mark[^>]*>", "", one)) for one in shown] == lines


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "CON", "", "sources", "x" * 300, "é\u202e<b>"])
def test_what_is_kept_stays_in_its_folder_and_overwrites_nothing(tmp_path, name):
    one = Article(article_id=name, text="First.\r\nA blast.", title="T <b>", outlet="O", url="https://a.example/",
                  published=Published.on("2023-05-19"), caption_spans=((0, 6),))  # fmt: skip
    paths = [keep_article(replace(one, text=text), tmp_path / "in") for text in (one.text, "Second.", "Third.")]
    assert len(set(paths)) == 3 and {path.parent for path in paths} == {tmp_path / "in"}
    (again,) = read_articles(paths[:1])
    assert again == replace(one, article_id=paths[0].stem, source=paths[0].name)
    assert keep_article(one, tmp_path / "other", beside=(tmp_path / "in",)).stem not in {path.stem for path in paths}


def test_a_page_that_is_fetched_keeps_the_address_it_came_from(tmp_path, monkeypatch):
    body = (
        f"<html><head><link rel=canonical href='https://other.example/x'></head><body><p>{NEWS * 3}</p></body></html>"
    )
    got = Fetched("https://news.example/world/mosque-hit.html?x=1", ".html", body.encode())
    monkeypatch.setattr(suggest, "fetch_page", lambda url: got)
    articles, _, page = suggest.open_input("https://news.example/short", tmp_path, lambda doing, done, of: None)
    assert [(one.article_id, one.url) for one in articles] == [("mosque-hit", got.url)]
    assert page == got, "the page itself goes along, to be kept beside the record"


@pytest.mark.browser
def test_stories_unfold_and_open_their_article(page, folder):
    with serve(folder) as url:
        page.goto(f"{url}/sources?only=issues")
        page.locator(".toggle").first.wait_for(timeout=PATIENCE)
        assert page.locator("tr.copy:visible").count() == 0
        page.locator(".toggle").first.click()
        copy = page.locator("tr.copy:visible").first
        assert "alike" in copy.inner_text()
        title = copy.locator(".open").inner_text()
        copy.locator(".open").click()
        page.get_by_role("heading", name=title, exact=True).wait_for()
        page.wait_for_url(lambda url: "article=" in url and "only=issues" in url)
        page.locator(".sources.read mark").first.wait_for()
        page.get_by_role("button", name="Back to the list").click()
        page.locator(".toggle").first.wait_for()
        page.get_by_text("Yielded nothing").click()
        page.get_by_text("No article fits").wait_for()
        page.get_by_text(re.compile("^Issues · ")).click()
        table = page.locator("[data-testid=stDataFrame]")
        table.locator("canvas").first.wait_for()
        await_drawn(page)

        def click():  # the cells are painted, and hear no click before they are
            if table.is_visible():
                table.click(position={"x": 250, "y": 50})

        doubt = page.locator(".sources.read mark.doubt")
        retry(page, lambda: doubt.count() > 0, "a row of the issues was clicked", click)
        page.wait_for_url(lambda url: all(part in url for part in ("list=issues", "article=", "at=")))


@pytest.mark.browser
def test_an_article_is_read_shown_taken_in_and_built(page, tmp_path, monkeypatch):
    """What an analyst does: hand over a file, look at what it would give, take it in, see it in the tables."""
    articles, data = tmp_path / "articles", write(tmp_path / "data", 20)
    articles.mkdir()
    (data / "datapackage.json").write_text(json.dumps({"name": "violent-incidents", "resources": [
        {"path": path.name} for path in data.glob("*.parquet")]}))  # fmt: skip
    monkeypatch.setenv("INCIDENT_ARTICLES", str(articles))
    given = tmp_path / "Mosque hit!.json"
    given.write_text(json.dumps({"text": NEWS, "title": "Mosque hit", "published": "2023-05-19"}))
    with serve(data) as url:
        page.goto(f"{url}/sources?list=add")
        page.locator("input[type=file]").set_input_files([given, ROOT / "seeds" / "articles" / "drone-strike.pdf"])
        page.get_by_text("Mosque hit!.json").wait_for(timeout=PATIENCE)
        page.get_by_role("button", name="Read").first.click()
        page.locator(".st-key-intake-job [role=progressbar]").wait_for()
        page.get_by_text("2 articles read").wait_for()
        suggested = page.locator(".sources.given")
        for words in ("Suicide bombing", "15 May 2023", "at least 12 killed"):
            suggested = suggested.filter(has_text=words)
        suggested.first.wait_for()  # it is drawn after the line that counts the articles
        assert list(articles.iterdir()) == [], "nothing joins before it is taken in"
        page.locator("[class*=st-key-take-drone]").get_by_text("Leave out").click()
        page.get_by_role("button", name="Take in 1 article").click()
        page.get_by_role("button", name="Build the tables anew").click()
        page.get_by_text("The tables are built anew").wait_for()
        page.get_by_role("link", name="Suicide bombing at a mosque, Herat").wait_for()
        page.get_by_text("Articles · 1").wait_for()
    assert [path.name for path in articles.iterdir() if path.is_file()] == ["mosque-hit.json"]
    assert json.loads((articles / "mosque-hit.json").read_text("utf-8"))["text"] == NEWS


@pytest.mark.browser
def test_a_private_address_is_refused_in_words(page, folder, tmp_path, monkeypatch):
    monkeypatch.setenv("INCIDENT_ARTICLES", str(tmp_path))
    with serve(folder) as url:
        page.goto(f"{url}/sources?list=add")
        page.get_by_role("tab", name="Link").click(timeout=PATIENCE)
        page.get_by_label("Address of the page").fill("http://127.0.0.1/admin")
        page.get_by_role("button", name="Fetch and read").click()
        page.get_by_text("an address that is private, local or reserved").wait_for()
