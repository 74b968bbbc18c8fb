"""What is published is exactly what was read: the same in every form, whole or not at all, the same bytes each time."""

import csv
import errno
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import frictionless
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.curation.ledger import write_ledger
from pipeline.model import Facts, Incident, Issue, Place, Sentence
from pipeline.publish import publish_tables
from pipeline.tables import folder as folder_module
from pipeline.tables.columns import INCIDENTS, PUBLISHED, SHORT_EXPORT, TABLES
from pipeline.tables.folder import FolderError, claim_folder
from pipeline.tables.rows import Edition, list_rows
from pipeline.tables.texts import name_text
from tests.newsroom import TEXT, article, edition, facts, incident, report

ROOT = Path(__file__).resolve().parents[1]


def publish(out: Path, records: Edition | None = None) -> Path:
    with claim_folder(out) as claim:
        publish_tables(records or edition(), claim)
    return out


def seal(folder: Path) -> dict[str, str]:
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*") if p.is_file()
    }


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


GOLDEN = {
    "incidents": """\
incident_id,title,event_type,status,date_start,date_end,date_precision,date_text,date_basis,country,country_code,\
admin1,admin2,city,place_text,venue,latitude,longitude,geo_precision,geo_radius_km,geo_id,target_type,target_text,\
weapon,suicide,perpetrator,attribution,killed_low,killed_best,killed_high,injured_low,injured_best,injured_high,\
casualties_low,casualties_best,casualties_high,killed_attackers,injured_attackers,killed_state,injured_state,\
casualties_state,killed_rule,injured_rule,verification,n_articles,n_stories,confidence,source_article_id,\
source_title,source_outlet,source_url,source_published,source_sentence,source_start,source_end,review_state,\
reviewer,reviewed_on,corrected,related_ids,relation,notes
wire/1:0,Bombing in Testa,bombing,occurred,2021-05-05,2021-05-05,day,on 5 May 2021,explicit,Testland,TL,North,,\
Testa,in Testa,,34.5,-69.12346,city,5.0,geonames:1,unknown,,explosives,unknown,,unknown,3,3,,10,10,10,,,,0,,\
open_high,exact,not_stated,latest_independent,only_one,single_source,1,1,0.5,wire/1,Bomb in Testa,The Wire,\
https://example.org/1,2021-05-01,A bomb killed three people in Testa on 5 May 2021.,0,50,suggested,,,,,,
""",
    "reports": """\
report_id,incident_id,article_id,event_type,status,date_start,date_end,date_precision,date_text,date_basis,country,\
country_code,admin1,admin2,city,place_text,venue,latitude,longitude,geo_precision,geo_radius_km,geo_id,target_type,\
target_text,weapon,suicide,perpetrator,attribution,killed_low,killed_best,killed_high,injured_low,injured_best,\
injured_high,casualties_low,casualties_best,casualties_high,killed_attackers,injured_attackers,killed_state,\
injured_state,casualties_state,confidence,sentence,sentence_start,sentence_end,rules
wire/1:0,wire/1:0,wire/1,bombing,occurred,2021-05-05,2021-05-05,day,on 5 May 2021,explicit,Testland,TL,North,,Testa,\
in Testa,,34.5,-69.12346,city,5.0,geonames:1,unknown,,explosives,unknown,,unknown,3,3,,10,10,10,,,,0,,open_high,\
exact,not_stated,0.812,A bomb killed three people in Testa on 5 May 2021.,0,50,date_start: day_month_year | city: \
in_place
""",
    "mentions": """\
mention_id,report_id,incident_id,article_id,sentence_no,sentence_start,sentence_end,sentence,trigger,fields
wire/1:0:0,wire/1:0,wire/1:0,wire/1,0,0,50,A bomb killed three people in Testa on 5 May 2021.,bomb,date | city | killed
wire/1:0:51,wire/1:0,wire/1:0,wire/1,1,51,107,"Mayor Ana Ruiz said ""at least 3 died"", and 10 were hurt.",died,\
killed | injured
""",
    "figures": """\
figure_id,report_id,mention_id,measure,who,group,low,best,high,words,start,end,claimant,claimant_type,counts
wire/1:0:14:killed,wire/1:0,wire/1:0:0,killed,people,unknown,3,3,3,three,14,19,,media,yes
""",
    "articles": f"""\
article_id,title,outlet,author,url,published,published_basis,published_latest,language,text_sha256,words,story_id,\
copy_of,copy_kind,similarity,added_on
wire/1,Bomb in Testa,The Wire,,https://example.org/1,2021-05-01,inferred,2021-05-31,en,\
{hashlib.sha256(TEXT.encode()).hexdigest()},23,wire/1,,,,
""",
    "aggregates": """\
aggregate_id,article_id,statement,sentence_start,sentence_end,count,unit,killed_low,injured_low,place,since,until,\
claimant
wire/1:60,wire/1,"Mayor Ana Ruiz said ""at least 3 died"", and 10 were hurt.",51,107,70,attacks,,,,,,
""",
    "issues": """\
issue_id,kind,article_id,report_id,incident_id,start,end,words,message,to_do
no_place:8b143abeecec,no_place,wire/1,,,0,,,no place,look
""",
    "removed": """\
incident_id,reason,merged_into,since
wire/1:9,merged,wire/1:0,0.1.0
""",
    "candidates": """\
candidate_id,kind,incident_id,other_id,weight,reasons_for,reasons_against,words
far:b1,far,wire/1:0,,0.7,1200 km from Testa | another country,,in Testa
""",
    "decisions": """\
row_id,at,incident_id,column,was,now,reason,by,undoes,state,machine,words,rule,no
7,2024-03-05,wire/1:0,killed_low,2,3,"so the mayor, twice",ana,,agrees,3,three | at least 3,only_one,1
""",
}


@pytest.mark.parametrize("name", GOLDEN)
def test_each_table_is_written_as_the_codebook_says(tmp_path: Path, name: str) -> None:
    assert (publish(tmp_path / "data") / f"{name}.csv").read_bytes().decode("utf-8") == GOLDEN[name]


def test_every_table_has_a_golden_text_here() -> None:
    assert set(GOLDEN) == {table.name for table in TABLES}, "add the new table to GOLDEN"


def test_the_same_records_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    one, two = incident(), incident("wire/1:51", reports=(report(start=51),), title="Second")
    forward = publish(tmp_path / "a", edition(incidents=[one, two]))
    backward = publish(tmp_path / "b", edition(incidents=[two, one]))
    assert seal(forward) == seal(backward)


def test_csv_parquet_and_geojson_agree(tmp_path: Path) -> None:
    nowhere = incident("wire/1:51", reports=(report(start=51),), facts=Facts(place=Place(country="Testland")))
    data = publish(tmp_path / "data", edition(incidents=[incident(), nowhere]))
    for table in PUBLISHED:
        rows = read_csv(data / f"{table.name}.csv")
        typed = pq.read_table(data / f"{table.name}.parquet").to_pylist()
        for column in table.columns:
            texts = ["" if row[column.name] is None else str(row[column.name]) for row in typed]
            assert texts == [row[column.name] for row in rows], f"{table.name}.{column.name} differs between the files"
    features = json.loads((data / "incidents.geojson").read_text("utf-8"))["features"]
    typed = pq.read_table(data / "incidents.parquet").to_pylist()
    assert [f["properties"] for f in features] == json.loads(json.dumps(typed, default=str))
    assert [f["geometry"] for f in features] == [{"type": "Point", "coordinates": [-69.12346, 34.5]}, None]


def test_parquet_has_types(tmp_path: Path) -> None:
    schema = pq.read_schema(publish(tmp_path / "data") / "incidents.parquet")
    types = {name: str(schema.field(name).type) for name in ("date_start", "killed_low", "latitude", "title")}
    assert types == {"date_start": "date32[day]", "killed_low": "int64", "latitude": "double", "title": "string"}


def test_a_stranger_can_validate_the_package(tmp_path: Path) -> None:
    data = publish(tmp_path / "data")
    told = frictionless.validate(str(data / "datapackage.json"))
    assert told.valid, told.flatten(["rowNumber", "fieldName", "message"])


@pytest.mark.parametrize(
    ("name", "was", "now", "error"),
    [
        ("incidents", "bombing,occurred", "bombings,occurred", "constraint-error"),
        ("incidents", ",3,3,,", ",-3,3,,", "constraint-error"),
        ("incidents", "2021-05-05,2021-05-05", "5 May,2021-05-05", "type-error"),
        ("reports", "wire/1:0,wire/1:0,wire/1", "wire/1:0,wire/1:1,wire/1", "foreign-key"),
        ("removed", "wire/1:9", "wire/1:8", "hash-count"),
    ],
)
def test_the_package_finds_what_was_changed_by_hand(tmp_path: Path, name: str, was: str, now: str, error: str) -> None:
    data = publish(tmp_path / "data")
    path = data / f"{name}.csv"
    path.write_text(path.read_text("utf-8").replace(was, now), "utf-8")
    found = {row[0] for row in frictionless.validate(str(data / "datapackage.json")).flatten(["type"])}
    assert error in found


def test_an_edition_without_anything_is_published_too(tmp_path: Path) -> None:
    data = publish(tmp_path / "data", Edition(articles=[], stories=[], incidents=[]))
    assert frictionless.validate(str(data / "datapackage.json")).valid
    assert read_csv(data / "incidents.csv") == []
    assert pq.read_table(data / "incidents.parquet").num_rows == 0


def test_the_codebook_names_every_column_and_code(tmp_path: Path) -> None:
    codebook = (publish(tmp_path / "data") / "codebook.md").read_text("utf-8")
    for table in PUBLISHED:
        part = codebook.split(f"## {table.name}\n")[1].split("\n## ")[0]
        assert [c.name for c in table.columns if f"| `{c.name}` |" not in part] == []
        assert all(c.about for c in table.columns)


def test_the_short_export_takes_columns_that_exist() -> None:
    assert [name for name in SHORT_EXPORT if name not in {c.name for c in INCIDENTS.columns}] == []


def test_offsets_count_in_the_published_text(tmp_path: Path) -> None:
    data = publish(tmp_path / "data")
    row = read_csv(data / "incidents.csv")[0]
    text = (data / "texts" / name_text(row["source_article_id"])).read_bytes().decode("utf-8")
    assert text[int(row["source_start"]) : int(row["source_end"])] == row["source_sentence"]


def test_zero_is_written_and_nothing_is_not(tmp_path: Path) -> None:
    row = read_csv(publish(tmp_path / "data") / "incidents.csv")[0]
    assert (row["killed_attackers"], row["injured_attackers"]) == ("0", "")


def test_a_code_that_no_list_has_stops_the_build(tmp_path: Path) -> None:
    wrong = incident(facts=replace(facts(), weapon="gun"))
    with pytest.raises(ValueError, match="weapon: 'gun' is not in its code list"):
        publish(tmp_path / "data", edition(incidents=[wrong]))
    assert not (tmp_path / "data").exists()


def test_two_rows_under_one_key_stop_the_build(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="two rows share incident_id wire/1:0"):
        publish(tmp_path / "data", edition(incidents=[incident(), incident(reports=(report(start=51),))]))


def test_issues_said_twice_are_one_and_different_ones_stay_apart() -> None:
    said = Issue(kind="limit", message="too many", to_do="look", article_id="wire/1")
    records = edition(issues=[said, said, replace(said, message="too long")])
    assert len(list_rows(next(t for t in TABLES if t.name == "issues"), records)) == 2


def test_half_a_surrogate_does_not_stop_the_build(tmp_path: Path) -> None:
    broken = replace(article(), text=TEXT + " \ud83d", title="a\ud83d")
    data = publish(tmp_path / "data", edition(articles=[broken]))
    assert (data / "texts" / name_text("wire/1")).read_bytes().decode("utf-8") == TEXT + " ?"
    assert read_csv(data / "articles.csv")[0]["title"] == "a?"


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_any_text_comes_back_from_csv(rows: list[list[str]]) -> None:
    rows = [[cell.encode("utf-8", "replace").decode() for cell in row] for row in rows]
    written = write_ledger(("a", "b"), rows)
    assert list(csv.reader(io.StringIO(written, newline=""), strict=True)) == [["a", "b"], *rows]


@given(st.text(min_size=1))
def test_any_title_comes_back_from_the_table(title: str) -> None:
    said = replace(article(), title=title)
    (row,) = list_rows(next(t for t in TABLES if t.name == "articles"), edition(articles=[said]))
    assert row[1] == title.encode("utf-8", "replace").decode("utf-8")


@given(st.text(min_size=1))
def test_any_article_id_names_a_file_and_is_read_back(article_id: str) -> None:
    name = name_text(article_id)
    assert "/" not in name and "\0" not in name and name not in (".", "..") and len(name.encode()) <= 255
    if len(name.encode()) < 200:
        assert unquote(name.removesuffix(".txt"), errors="strict") == article_id.encode("utf-8", "replace").decode()


def test_sentences_of_another_script_keep_their_offsets(tmp_path: Path) -> None:
    text = "\ufeffد کابل 💥 ښار.\r\nنور."
    said = Sentence(0, 1, 14, text[1:14], 0, "body")
    told = replace(report(), mentions=(replace(report().mentions[0], sentence=said),), figures=())
    data = publish(
        tmp_path / "data", edition(articles=[article(text=text)], incidents=[incident(reports=(told,))], aggregates=[])
    )
    row = read_csv(data / "reports.csv")[0]
    published = (data / "texts" / name_text("wire/1")).read_bytes().decode("utf-8")
    assert published == text
    assert published[int(row["sentence_start"]) : int(row["sentence_end"])] == row["sentence"] == text[1:14]


DYING = """
import os, signal, sys
from pathlib import Path
import pipeline.tables.folder, pipeline.publish
from tests.newsroom import edition, incident
left = int(sys.argv[2])
write = pipeline.publish.write_whole
def write_or_die(path, content):
    global left
    left -= 1
    if left < 0:
        path.write_bytes(content[: len(content) // 2])
        os.kill(os.getpid(), signal.SIGKILL)
    write(path, content)
pipeline.publish.write_whole = write_or_die
write_parts = pipeline.publish.write_parts
def write_parts_or_die(path, parts, in_parts=False):
    parts = list(parts)
    write_or_die(path, "".join(parts).encode())
    return write_parts(path, parts, in_parts)
pipeline.publish.write_parts = write_parts_or_die
if sys.argv[3] == "swap":
    pipeline.tables.folder.exchange = lambda one, other: False
    pipeline.tables.folder.Path.rename = lambda one, other, rename=Path.rename: (
        rename(one, other), os.kill(os.getpid(), signal.SIGKILL))
with pipeline.tables.folder.claim_folder(Path(sys.argv[1])) as claim:
    pipeline.publish.publish_tables(edition(incidents=[incident(title="Another title")]), claim)
"""


def die(out: Path, after: int, where: str = "write") -> None:
    done = subprocess.run([sys.executable, "-c", DYING, str(out), str(after), where], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL


@pytest.mark.parametrize("after", [0, 5, 12])
def test_a_build_that_is_killed_leaves_the_earlier_tables_whole(tmp_path: Path, after: int) -> None:
    data = publish(tmp_path / "data")
    before = seal(data)
    die(data, after)
    assert seal(data) == before
    publish(data)
    assert seal(data) == before
    assert [p.name for p in tmp_path.iterdir()] == ["data"], "a dead build's leftovers are to be tidied by the next"


def test_a_build_killed_between_the_two_renames_is_mended_by_the_next(tmp_path: Path) -> None:
    data = publish(tmp_path / "data")
    before = seal(data)
    die(data, 99, "swap")
    assert not data.exists()
    with claim_folder(data):
        assert seal(data) == before


def test_a_build_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    data = publish(tmp_path / "data")
    before = seal(data)
    with pytest.raises(ZeroDivisionError), claim_folder(data) as claim:
        (claim.aside / "half.csv").write_text("x")
        raise ZeroDivisionError
    assert seal(data) == before
    assert [p.name for p in tmp_path.iterdir()] == ["data"]


def test_two_builds_at_once_are_told_apart(tmp_path: Path) -> None:
    with claim_folder(tmp_path / "data"), pytest.raises(FolderError, match="another build is writing"):
        publish(tmp_path / "data")
    publish(tmp_path / "data")


@pytest.mark.parametrize("stranger", ["notes.xlsx", "incidents_old.csv"])
def test_a_folder_with_someones_file_is_refused(tmp_path: Path, stranger: str) -> None:
    data = publish(tmp_path / "data")
    (data / stranger).write_text("mine")
    with pytest.raises(FolderError, match=f"holds {stranger}, which no build wrote: move it"):
        publish(data)
    assert (data / stranger).read_text() == "mine"


def test_a_folder_that_only_looks_like_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "corpus" / "texts").mkdir(parents=True)
    (tmp_path / "corpus" / "texts" / "a.txt").write_text("mine")
    with pytest.raises(FolderError, match="holds texts"):
        publish(tmp_path / "corpus")


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("mine")
    with pytest.raises(FolderError, match="is a file: name a folder"):
        publish(tmp_path / "data")


def test_hidden_files_stay(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / ".gitkeep").write_text("")
    assert (publish(tmp_path / "data") / ".gitkeep").exists()
    assert (publish(tmp_path / "data") / ".gitkeep").exists()


def test_texts_of_articles_that_are_gone_go(tmp_path: Path) -> None:
    data = publish(tmp_path / "data")
    publish(data, Edition(articles=[article("new")], stories=[], incidents=[]))
    assert [p.name for p in (data / "texts").iterdir()] == ["new.txt"]


def test_a_folder_that_cannot_be_renamed_is_refilled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = publish(tmp_path / "data", Edition(articles=[article("old")], stories=[], incidents=[]))
    inode = data.stat().st_ino

    def refuse(self: Path, target: Path) -> None:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    monkeypatch.setattr(folder_module, "exchange", lambda one, other: False)
    monkeypatch.setattr(Path, "rename", refuse)
    publish(data)
    monkeypatch.undo()
    assert data.stat().st_ino == inode
    assert seal(data) == seal(publish(tmp_path / "other"))


def test_a_link_to_a_folder_is_followed(tmp_path: Path) -> None:
    publish(tmp_path / "real")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    publish(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()


def test_a_window_of_publication_is_published_only_where_it_was_inferred() -> None:
    given = replace(article(), published=replace(article().published, basis="given", last=date(2021, 5, 1)))
    table = next(t for t in TABLES if t.name == "articles")
    (row,) = list_rows(table, edition(articles=[given]))
    cells = dict(zip([c.name for c in table.columns], row, strict=True))
    assert (cells["published"], cells["published_latest"]) == (date(2021, 5, 1), None)


def test_sorted_by_day_with_the_undated_last() -> None:
    def on(day: str, name: str) -> Incident:
        days = facts().days.parse(day) if day else None
        return incident(name, facts=replace(facts(), days=days))

    rows = list_rows(INCIDENTS, edition(incidents=[on("", "c"), on("2021-05-06", "a"), on("2021-05-05", "b")]))
    assert [row[0] for row in rows] == ["b", "a", "c"]
