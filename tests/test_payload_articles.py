"""Hostile articles: each payload comes in as text, title, outlet, author, address, id and file name, and is built.

Nothing of it breaks the build, leaves its folder or moves an offset, and the commands that tell of it stay plain.
"""

import csv
import hashlib
import json
from urllib.parse import unquote

import pytest
from payloads import HALF, LEAD, load_payloads, run

from pipeline.intake.records import one_line
from pipeline.tables.texts import name_text

PAYLOADS = list(dict.fromkeys(text for _, text in load_payloads()))
CITIES = ("Kabul", "Herat", "Kunduz", "Khost", "Ghazni")
PIECE = 30  # payloads in the text of one article


def tell(number, text):
    """Give a paragraph that bears a payload beside a plain report."""
    day, city = 1 + number % 28, CITIES[number % len(CITIES)]
    return f"{text} A bomb killed {2 + number % 40} people in {city} on {day} March 2023, {text} said."


@pytest.fixture(scope="module", autouse=True)
def own_cache(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.readings.READINGS", tmp_path_factory.mktemp("cache"))
        yield


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The tables of a few articles that hold all payloads, and of one short article for each."""
    home = tmp_path_factory.mktemp("hostile")
    (home / "in").mkdir()
    texts = {f"many-{at}": LEAD + "\n\n".join(tell(at + no, one) for no, one in enumerate(PAYLOADS[at : at + PIECE]))
             for at in range(0, len(PAYLOADS), PIECE)}  # fmt: skip
    records = [{"id": name, "text": text, "published": "2023-04-01", "title": "Many"} for name, text in texts.items()]
    fields = ("id", "title", "outlet", "author", "url", "published")
    records += [dict.fromkeys(fields, text) | {"text": f"Note {number}."} for number, text in enumerate(PAYLOADS)]
    lines = "".join(f"{json.dumps(record)}\n" for record in records)
    (home / "in" / "articles.jsonl").write_text(lines, "ascii")
    for number, text in enumerate(HALF.sub("", one) for one in PAYLOADS):
        stem = text.replace("/", "").replace("\x00", "")[:40].strip()
        if stem not in ("", ".", ".."):
            (home / "in" / f"{number}{stem}.md").write_text(f"# {text}\n\nNote {number}.", "utf-8", newline="")
            (home / "in" / f"{number}{stem}.pdf").write_bytes(b"no PDF")
    before = sorted(path.name for path in home.iterdir())
    done = run("build", home / "in", "--out", home / "data", code=3)
    assert sorted(path.name for path in home.iterdir() if path.name not in ("data", "curation")) == before
    return home / "data", texts, done


def read(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_article_is_there_with_its_words(built):
    folder, _, _ = built
    rows = read(folder, "articles")
    for name in ("title", "outlet", "author", "url"):
        told = {row[name] for row in rows}
        lost = [text for text in PAYLOADS if one_line(text) and one_line(text) not in told]
        assert not lost, f"{name}: {lost[:5]}"


def test_offsets_stay_exact(built):
    folder, texts, _ = built
    rows = {row["article_id"]: row for row in read(folder, "articles")}
    for name, text in texts.items():
        kept = (folder / "texts" / name_text(name)).read_bytes()
        assert kept.decode() == HALF.sub("\ufffd", text), "a text is kept letter by letter"
        assert rows[name]["text_sha256"] == hashlib.sha256(kept).hexdigest()
    mentions, figures = read(folder, "mentions"), read(folder, "figures")
    assert len(mentions) > 250 and len(figures) > 200, "the reports beside the payloads are read"
    for row in mentions:
        text = (folder / "texts" / name_text(row["article_id"])).read_bytes().decode()
        assert text[int(row["sentence_start"]) : int(row["sentence_end"])] == row["sentence"]
    article_of = {row["report_id"]: row["article_id"] for row in read(folder, "reports")}
    for row in figures:
        text = (folder / "texts" / name_text(article_of[row["report_id"]])).read_bytes().decode()
        assert text[int(row["start"]) : int(row["end"])] == row["words"]


def test_no_name_leads_out_of_the_folder(built):
    folder, _, _ = built
    named = {name_text(row["article_id"]) for row in read(folder, "articles")}
    found = {path.name for path in (folder / "texts").iterdir()}
    assert found == named and len(found) > len(PAYLOADS)
    refused = [name for name in found if set(name) & set('/\\:*?"<>|') or len(name.encode()) > 255]
    refused += [name for name in found if name.partition(".")[0].casefold() in ("con", "nul", "com1")]
    assert not refused, "not every system takes these names"
    assert {unquote(name_text(one)) for one in ("CON", "nul.txt")} == {"CON.txt", "nul.txt.txt"}


def test_what_was_left_out_is_said_in_lines_of_its_own(built):
    _, _, done = built
    lines = done.stderr.splitlines()
    assert len(lines) == 21 and all("was left out" in line or "more were" in line for line in lines)


def test_articles_are_told_and_taken_in_without_harm(built, tmp_path):
    folder, _, _ = built
    source = folder.parent / "in"
    paths = sorted(source.glob("*.md"))[::12]
    said = run("read", "--stage", tmp_path / "stage", *paths, code=None)
    assert "Kept aside" in said.stdout
    records = sorted((tmp_path / "stage" / "records").glob("*.json"))
    assert len(records) >= len(paths) - 1
    run("read", "--json", "--stage", tmp_path / "again", *paths[:4], code=None)
    added = run("add", "--to", tmp_path / "to", *records).stdout.splitlines()
    assert sorted(path.name for path in (tmp_path / "to").iterdir()) == sorted(added)
    assert all(name.isascii() and name.replace("-", "").replace(".", "").isalnum() for name in added)
