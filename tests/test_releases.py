"""A release: everything that was published, frozen under a name; whatever was changed in it afterwards is told."""

import json
import os
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from newsroom import edition, incident
from typer.testing import CliRunner

from pipeline.__main__ import app
from pipeline.curation.releases import (
    ReleaseError,
    check_release,
    is_name,
    list_names,
    list_releases,
    make_release,
)
from pipeline.curation.since import find_state, load_changes
from pipeline.publish import publish_tables
from pipeline.tables.folder import FolderError, claim_folder, hold_lock

ROOT = Path(__file__).parents[1]
DAY = date(2026, 11, 22)


def publish(folder, **changes):
    with claim_folder(folder) as claim:
        publish_tables(edition(**changes), claim)
    return folder


@pytest.fixture
def tables(tmp_path):
    return publish(tmp_path / "data")


def freeze(tables, curation, name="2026-Q3", **more):
    return make_release(tables, curation, name, "Ana", more.pop("note", "for the yearbook"), DAY, **more)


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def contents(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_release_holds_all_that_was_published(tables, tmp_path):
    made = freeze(tables, tmp_path)
    frozen = contents(tmp_path / "releases" / "2026-Q3")
    about = json.loads(frozen.pop("release.json"))
    assert frozen == contents(tables), "Parquet, CSV, texts, codebook and data package"
    assert (about["name"], about["day"], about["by"], about["note"]) == (
        "2026-Q3",
        "2026-11-22",
        "Ana",
        "for the yearbook",
    )
    assert about["files"].keys() == frozen.keys() and about["seal"] == made.seal
    assert check_release(tmp_path, "2026-Q3") == made


def test_a_release_outlives_the_next_build(tables, tmp_path):
    freeze(tables, tmp_path)
    before = contents(tmp_path / "releases")
    publish(tables, incidents=[incident("wire/1:0", title="Blast in Testa", verification="corroborated")])
    assert contents(tmp_path / "releases") == before
    (change,) = load_changes(find_state(tmp_path, "2026-Q3"), tables)
    assert (change.column, change.before, change.after) == ("verification", "single source", "corroborated")


def test_the_same_tables_give_the_same_seal(tables, tmp_path):
    one, two = freeze(tables, tmp_path / "a"), freeze(tables, tmp_path / "b")
    assert one == two


def test_no_name_is_given_twice(tables, tmp_path):
    first = freeze(tables, tmp_path)
    for name in ("2026-Q3", "2026-q3"):
        with pytest.raises(ReleaseError, match="already, and it stays as it is"):
            freeze(tables, tmp_path, name)
    assert check_release(tmp_path, "2026-Q3") == first


def test_of_two_at_once_one_is_made_and_one_refused(tables, tmp_path):
    told, begin = [], threading.Barrier(2)

    def make(by):
        begin.wait()
        try:
            told.append(make_release(tables, tmp_path, "same", by).by)
        except (ReleaseError, FolderError) as error:
            told.append(type(error))

    both = [threading.Thread(target=make, args=(by,)) for by in ("Ana", "Ben")]
    for one in both:
        one.start()
    for one in both:
        one.join()
    made = {"Ana", "Ben"} & {one for one in told if isinstance(one, str)}
    assert len(told) == 2 and len(made) == 1
    assert check_release(tmp_path, "same").by in made


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../x", "a/b", "a\\b", ".x", "x.", "-x", "a b", "é", "a\n", "now", "last-export", "x" * 65]
)  # fmt: skip
def test_a_name_is_one_that_every_file_system_and_link_holds(tables, tmp_path, name):
    assert not is_name(name)
    with pytest.raises(ReleaseError, match="cannot be called"):
        freeze(tables, tmp_path, name)
    with pytest.raises(ReleaseError, match="There is no release"):
        check_release(tmp_path, name)
    assert list_names(tmp_path) == []


def change_file(folder):
    path = folder / "incidents.csv"
    path.write_bytes(path.read_bytes().replace(b"Testa", b"Tasta"))


def change_text(folder):
    next((folder / "texts").iterdir()).write_text("another text", encoding="utf-8")


def add_file(folder):
    (folder / "texts" / "more.txt").write_text("more", encoding="utf-8")


def lose_file(folder):
    (folder / "figures.parquet").unlink()


def change_about(folder, **changes):
    path = folder / "release.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes), encoding="utf-8")


def change_both(folder):
    """Change a table and its seal, as one would who knows how it is made."""
    change_file(folder)
    files = json.loads((folder / "release.json").read_text(encoding="utf-8"))["files"]
    change_about(folder, files=files | {"incidents.csv": "0" * 64})


TAMPERED = [
    (change_file, "incidents.csv was changed"), (change_text, "was changed"), (add_file, "texts/more.txt was added"),
    (lose_file, "figures.parquet is missing"), (change_both, "release.json was changed"),
    (lambda folder: change_about(folder, day="2020-01-01"), "release.json was changed"),
    (lambda folder: change_about(folder, files=[]), "release.json cannot be read"),
    (lambda folder: (folder / "release.json").write_text("{", encoding="utf-8"), "release.json cannot be read"),
]  # fmt: skip


@pytest.mark.parametrize(("tamper", "words"), TAMPERED)
def test_a_release_that_was_changed_is_refused_with_a_sentence(tables, tmp_path, tamper, words):
    freeze(tables, tmp_path)
    tamper(tmp_path / "releases" / "2026-Q3")
    with pytest.raises(ReleaseError, match=f"Release “2026-Q3” is refused: .*{words}.*[.]$"):
        check_release(tmp_path, "2026-Q3")
    with pytest.raises(ReleaseError, match="refused"):
        find_state(tmp_path, "2026-Q3")


def test_hidden_files_of_a_system_are_no_tampering(tables, tmp_path):
    freeze(tables, tmp_path)
    (tmp_path / "releases" / "2026-Q3" / ".DS_Store").write_bytes(b"\0")
    assert check_release(tmp_path, "2026-Q3").name == "2026-Q3"


def test_tables_that_are_not_what_was_built_are_not_frozen(tables, tmp_path):
    change_file(tables)
    with pytest.raises(FolderError, match="not the table that was built"):
        freeze(tables, tmp_path)
    with pytest.raises(FolderError, match="holds no tables of ours"):
        freeze(tmp_path, tmp_path)
    assert list_names(tmp_path) == []
    assert not list((tmp_path / "releases").iterdir()), "nothing half-made stays"


def test_no_release_is_made_of_tables_that_are_being_built(tables, tmp_path):
    with hold_lock(tables), pytest.raises(FolderError, match="another build"):
        freeze(tables, tmp_path)


def test_a_release_that_is_killed_half_way_is_not_there(tables, tmp_path):
    code = (
        "import os, sys, pipeline.curation.releases as r; from pathlib import Path\n"
        "r.put_in_place = lambda *_: os._exit(9)\n"
        "r.make_release(Path(sys.argv[1]), Path(sys.argv[2]), 'x', 'Ana')"
    )
    died = subprocess.run([sys.executable, "-c", code, tables, tmp_path], cwd=ROOT, env=os.environ, check=False)
    assert died.returncode == 9
    assert list_names(tmp_path) == [] == list_releases(tmp_path)
    assert freeze(tables, tmp_path, "x").name == "x"


def test_the_commands(tables, tmp_path, monkeypatch):
    monkeypatch.setenv("INCIDENT_CURATION", str(tmp_path / "curation"))
    done = run("releases", "--data", tables)
    assert done.exit_code == 0 and "no release yet" in done.stdout
    done = run("release", "2026-Q3", "--data", tables, "--by", "Ana", "--note", "for the yearbook")
    assert done.exit_code == 0 and done.stdout.startswith("2026-Q3: "), done.output
    done = run("release", "2026-Q3", "--data", tables)
    assert (done.exit_code, done.stdout) == (1, "") and len(done.stderr.splitlines()) == 1
    run("release", "2026-Q4", "--data", tables, "--by", "Ben")
    done = run("releases", "--data", tables)
    assert done.exit_code == 0
    assert [line.split()[1] for line in done.stdout.splitlines()] == ["2026-Q3", "2026-Q4"]
    change_file(tmp_path / "curation" / "releases" / "2026-Q3")
    done = run("releases", "--data", tables)
    assert done.exit_code == 1 and "2026-Q4" in done.stdout
    assert done.stderr == "Release “2026-Q3” is refused: incidents.csv was changed after it was frozen.\n"
    done = run("release", "bad name", "--data", tables)
    assert done.exit_code == 1 and "cannot be called" in done.stderr
    done = run("release", "x", "--data", tmp_path / "nowhere")
    assert done.exit_code == 1 and "holds no tables of ours" in done.stderr
