"""The build of the project's own articles: corrections hold, ids last, and the cache is never needed."""

import csv
import json
import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import make_article, make_figure, make_report

import pipeline
from pipeline.cache import Cache, hash_article, name_reader, open_blobs, open_cache
from pipeline.incidents.signatures import pack_signature, sign_article
from pipeline.model import Reading
from pipeline.readings import COLUMNS, set_known_apart
from pipeline.run import Order, build_tables
from pipeline.tables.folder import FolderError

TEXT = "A bomb killed 19 people in Kabul on 30 September 2022, police said.\n"


@pytest.fixture
def own(tmp_path, monkeypatch) -> Path:
    """A project of its own: seeds with one article, and a place for its tables."""
    seeds = tmp_path / "seeds"
    (seeds / "articles").mkdir(parents=True)
    (seeds / "articles" / "blast.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr("pipeline.run.SEEDS", seeds)
    monkeypatch.setattr("pipeline.run.ARTICLES", seeds / "articles")
    monkeypatch.setattr("pipeline.run.DATA", tmp_path / "data")
    monkeypatch.setattr("pipeline.run.ELSEWHERE", tmp_path / "build" / "data")
    monkeypatch.setattr("pipeline.readings.READINGS", tmp_path / "cache")
    return seeds


def build(seeds: Path, **more):
    return build_tables(Order(inputs=(seeds / "articles",), **more))


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_other_articles_never_take_the_place_of_our_own_tables(own, tmp_path):
    build(own)
    before = (tmp_path / "data" / "incidents.csv").read_bytes()
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(FolderError, match="name another folder"):
        build_tables(Order(inputs=(other,), out=tmp_path / "data"))
    assert (tmp_path / "data" / "incidents.csv").read_bytes() == before


def write_correction(seeds: Path, incident_id: str, was: str, now: str) -> None:
    header = "row_id,at,incident_id,column,was,now,reason,by,undoes\n"
    row = f"1,2024-01-02,{incident_id},venue,{was},{now},seen on a photograph,An Analyst,\n"
    (seeds / "corrections.csv").write_text(header + row, encoding="utf-8")


def test_the_registry_of_ids_lies_beside_the_articles_and_lasts(own, tmp_path):
    build(own)
    registry = (own / "ids.csv").read_bytes()
    assert registry.count(b"\n") == 2
    build(own)
    assert (own / "ids.csv").read_bytes() == registry
    build(own, out=tmp_path / "elsewhere")
    assert (own / "ids.csv").read_bytes() == registry


def test_a_build_of_other_articles_touches_nothing_of_our_own(own, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "note.txt").write_text(TEXT, encoding="utf-8")
    summary = build_tables(Order(inputs=(other,)))
    assert summary.folder == tmp_path / "build" / "data"
    assert (summary.folder / "ids.csv").exists()
    assert not (own / "ids.csv").exists()
    assert not (tmp_path / "data").exists()


def test_a_correction_survives_the_next_build(own, tmp_path):
    build(own)
    (incident,) = rows(tmp_path / "data", "incidents")
    write_correction(own, incident["incident_id"], was="", now="Grand Theatre")
    build(own)
    (corrected,) = rows(tmp_path / "data", "incidents")
    assert (corrected["venue"], corrected["review_state"]) == ("Grand Theatre", "edited")


def test_a_correction_that_no_longer_fits_is_a_conflict_and_the_rest_is_built(own, tmp_path):
    build(own)
    (incident,) = rows(tmp_path / "data", "incidents")
    write_correction(own, incident["incident_id"], was="Old Market", now="Grand Theatre")
    build(own)
    (corrected,) = rows(tmp_path / "data", "incidents")
    assert (corrected["venue"], corrected["review_state"]) == ("Grand Theatre", "conflict")
    assert any("Grand Theatre" in row["message"] for row in rows(tmp_path / "data", "issues"))


def test_a_correction_of_an_incident_that_is_gone_is_stale(own, tmp_path):
    write_correction(own, "gone:5", was="Old Market", now="Grand Theatre")
    summary = build(own)
    assert summary.incidents == 1
    assert "stale_correction" in {row["kind"] for row in rows(tmp_path / "data", "issues")}


def test_every_source_sentence_stands_in_its_text(own, tmp_path):
    build(own)
    for row in rows(tmp_path / "data", "incidents"):
        text = (tmp_path / "data" / "texts" / f"{row['source_article_id']}.txt").read_text(encoding="utf-8")
        assert text[int(row["source_start"]) : int(row["source_end"])] == row["source_sentence"]


def test_the_version_is_said_once():
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert pipeline.__version__ == project["version"], "raise both together"


ARTICLE = make_article("a", "2022-10-01")
READING = Reading(
    article_id="a",
    reports=(
        make_report("a", "bombing; 2022-09-30; Kabul; killed 19", figures=(make_figure("killed", "19", "media"),)),
    ),
)


def put(cache: Cache, reading: Reading = READING) -> None:
    cache.keep([(hash_article(ARTICLE), msgspec.json.encode(reading), pack_signature(sign_article(ARTICLE)))])


def take(folder: Path, reader: str = "v1") -> Reading | None:
    """What a build finds of the article in a cache that it opens anew."""
    found: list[Reading] = []
    list(
        set_known_apart([ARTICLE], open_cache(folder, reader, COLUMNS), lambda place, reading, _: found.append(reading))
    )
    return found[0] if found else None


def test_the_cache_gives_back_what_it_was_given(tmp_path):
    assert take(tmp_path) is None
    put(open_cache(tmp_path, "v1", COLUMNS))
    assert take(tmp_path) == READING
    assert take(tmp_path, "v2") is None


@given(st.data())
def test_a_part_that_was_damaged_is_not_there_and_nothing_wrong_is_read_from_it(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("cache")
    put(open_cache(folder, "v1", COLUMNS))
    (path,) = folder.rglob("*.parquet")
    whole = path.read_bytes()
    cut = data.draw(st.integers(0, len(whole) - 1), "byte")
    damaged = data.draw(st.sampled_from(["cut off", "changed", "replaced"]))
    path.write_bytes({
        "cut off": whole[:cut],
        "changed": whole[:cut] + bytes([whole[cut] ^ data.draw(st.integers(1, 255), "xor")]) + whole[cut + 1 :],
        "replaced": data.draw(st.binary(max_size=200)),
    }[damaged])  # fmt: skip
    assert take(folder) in (None, READING), "a damaged part gave another reading: see BROKEN in pipeline/cache.py"


@pytest.mark.parametrize("cut", [{"reports": 3}, {"article_id": None}, {"issues": [{}]}, {"reports": [{"facts": 1}]}])
def test_an_entry_of_another_shape_is_not_there(tmp_path, cut):
    other = json.dumps(json.loads(msgspec.json.encode(READING)) | cut).encode()
    open_cache(tmp_path, "v1", COLUMNS).keep([(hash_article(ARTICLE), other, b"")])
    assert take(tmp_path) is None


def test_a_cache_that_cannot_be_written_costs_nothing(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    put(open_cache(tmp_path / "file", "v1", COLUMNS))
    assert take(tmp_path / "file") is None


def test_many_small_parts_are_put_together_and_lose_nothing(tmp_path):
    rows = [(bytes([n]) * (32 - n % 3) + b"\0" * (n % 3), b"reading %d" % n, b"") for n in range(1, 101)]
    cache = open_cache(tmp_path, "v1", COLUMNS)
    for row in rows:
        cache.keep([row])
    assert len(list(tmp_path.rglob("*.parquet"))) == 100
    again = open_cache(tmp_path, "v1", COLUMNS)
    assert len(list(tmp_path.rglob("*.parquet"))) == 1
    assert [again.find(row[0]) for row in rows] == [row[1:] for row in rows]
    assert again.find(b"x" * 32) is None


def test_what_is_kept_whole_is_there_as_it_was_or_not_at_all(tmp_path):
    blobs = open_blobs(tmp_path, "v1")
    blobs.keep("ab", b"content")
    assert (blobs.find("ab"), blobs.find("cd")) == (b"content", None)
    (path,) = (path for path in tmp_path.rglob("ab"))
    path.write_bytes(path.read_bytes()[:-1])
    assert blobs.find("ab") is None


def test_old_versions_of_the_reader_are_dropped(tmp_path):
    for version in ("v1", "v2", "v3", "v4", "v5"):
        open_cache(tmp_path, version, COLUMNS)
    assert len(list(tmp_path.iterdir())) == 3
    assert (tmp_path / "v5").exists()


def test_the_name_of_the_reader_changes_with_its_word_lists(tmp_path, monkeypatch):
    before = name_reader()
    assert name_reader() == before
    (tmp_path / "weapons.csv").write_text("word,weapon\ncatapult,other\n")
    monkeypatch.setattr("pipeline.cache.WORDS", tmp_path)
    assert name_reader() != before
