"""A page that is fetched is kept as it came, with its hash and time, and goes along when its record is taken in."""

import hashlib
import json
import subprocess
from datetime import datetime
from pathlib import Path

from test_fetch import PAGE, net, serve
from typer.testing import CliRunner

from pipeline import suggest
from pipeline.__main__ import app
from pipeline.intake.articles import read_articles
from pipeline.intake.fetch import Fetched, fetch_page
from pipeline.intake.keep import RAW, carry_raw
from pipeline.model import Article

ROOT = Path(__file__).parents[1]
NEWS = "<html><body><article><p>A bomb killed four people in Kabul on May 3, 2021, police said.</p></article></body>"


def test_what_is_fetched_says_when_how_and_from_where_it_came():
    with serve() as (_, port):
        got = fetch_page(f"http://news.example:{port}/to?/a", net(port))
    assert got.asked.endswith("/to?/a") and got.url.endswith("/a")
    assert (got.status, got.kind, got.content) == (200, "text/html; charset=utf-8", PAGE)
    assert abs((datetime.now().astimezone() - datetime.fromisoformat(got.at)).total_seconds()) < 60


def test_the_raw_page_goes_with_its_record_into_the_articles(tmp_path, monkeypatch):
    page = Fetched(
        "https://news.example/b", ".html", NEWS.encode(), "https://news.example/a", "2026-01-02T03:04:05+00:00"
    )
    monkeypatch.setattr(suggest, "fetch_page", lambda url: page)
    taken = tmp_path / "articles"
    found = suggest.suggest_incidents(
        ["https://news.example/a"], tmp_path / "stage", lambda *_: None, taken, cached=False
    )
    (record,) = found.records.values()
    done = CliRunner().invoke(app, ["add", record, "--to", str(taken), "--json"])
    (name,) = json.loads(done.stdout)["added"]
    told = json.loads((taken / RAW / name).read_text(encoding="utf-8"))
    raw = (taken / RAW / told["file"]).read_bytes()
    assert raw == page.content and told["sha256"] == hashlib.sha256(raw).hexdigest() and told["bytes"] == len(raw)
    assert (told["fetched"], told["url"], told["asked"]) == (page.at, page.url, page.asked)
    read = [one for one in read_articles((taken,)) if isinstance(one, Article)]
    assert [one.source for one in read] == [name], "the raw page is no article of its own"


def test_a_record_whose_raw_page_is_broken_is_taken_in_all_the_same(tmp_path):
    (tmp_path / RAW).mkdir()
    for told in ("{", "[]", '{"file": "../../x"}', '{"file": 3}', "[" * 100_000):
        (tmp_path / RAW / "a.json").write_text(told, encoding="utf-8")
        carry_raw(tmp_path / "a.json", tmp_path / "in" / "b.json")
    assert not (tmp_path / "in").exists()


def test_the_raw_page_stays_out_of_git():
    command = ["git", "-C", ROOT, "check-ignore", "-q", f"seeds/articles/{RAW}/a.html"]
    assert subprocess.run(command, check=False).returncode == 0, "other people's pages are no part of a repository"
