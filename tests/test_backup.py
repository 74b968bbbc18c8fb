"""What people wrote and decided comes back from a backup as it was: tables, history, and any kind of log."""

import csv
import hashlib
import io
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from log_writer import ANA, open_at
from postgres import make_database
from typer.testing import CliRunner

from pipeline.__main__ import app
from pipeline.curation import log as log_module
from pipeline.curation.drafts import Draft

ROOT = Path(__file__).parents[1]
BLAST = "A suicide bomber killed 19 people at a school in Kabul on 30 September 2022, police said.\n"
SHOOTING = "Gunmen shot dead four traders in Herat on 5 October 2022, officials said.\n"


class Desk:
    """A collection of articles with its tables and its log."""

    def __init__(self, home: Path, address: str = "") -> None:
        self.articles, self.data, self.address = home / "articles", home / "data", address
        self.articles.mkdir(parents=True)

    def run(self, command: str, *words: object, code: int = 0) -> str:
        places = ("--articles", self.articles, "--data", self.data) if command != "build" else ()
        done = CliRunner(env={"DATABASE_URL": self.address or None}).invoke(
            app, [str(word) for word in (command, *words, *places)]
        )
        assert done.exit_code == code, done.output
        return done.stdout if code == 0 else done.stderr

    def build(self) -> dict[str, bytes]:
        self.run("build", self.articles, "--out", self.data, "--no-cache")
        return snapshot(self.data)

    def decide(self, column: str, now: str) -> None:
        row = next(csv.DictReader(io.StringIO((self.data / "incidents.csv").read_text("utf-8"))))
        self.log.append([Draft(row["incident_id"], column, row[column], now, "as told, twice\n")], ANA)

    @property
    def log(self) -> log_module.Log:
        return open_at(self.address or str(self.articles / "curation" / "corrections.csv"))

    def look_back(self) -> list[str]:
        return [self.run("releases"), self.run("changes", "--since", "2026-Q3"), self.run("changes")]


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where the log of a desk lies: "" is its file."""
    if request.param == "postgresql":
        return make_database(request.getfixturevalue("server"))
    return "" if request.param == "file" else f"sqlite:///{tmp_path / 'here.db'}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk at which things were built, decided, released and exported; its log is a file."""
    one = Desk(tmp_path_factory.mktemp("made"))
    (one.articles / "blast.txt").write_text(BLAST, "utf-8")
    (one.articles / "sources.csv").write_text("file,outlet\nblast.txt,The Wire\n", "utf-8")
    one.build()
    one.run("release", "2026-Q3", "--note", "for, the yearbook", "--by", "ana")
    one.decide("killed_best", "23")
    (one.articles / "shooting.txt").write_text(SHOOTING, "utf-8")
    one.build()
    one.run("brief", "--as", "weekly", "--format", "md", "--out", one.data.parent / "brief.md")  # noted as an export
    one.decide("city", "Kabul")
    one.build()
    return one


@pytest.fixture
def desk(tmp_path: Path, address: str, made: Desk) -> Desk:
    """The same, with a log of each form."""
    one = Desk(tmp_path / "here", address)
    for name in ("articles", "data"):
        shutil.copytree(made.data.parent / name, tmp_path / "here" / name, dirs_exist_ok=True)
    if address:
        (one.articles / "curation" / "corrections.csv").unlink()
        one.log.put_back(made.log.read(), [])
    return one


each_log = pytest.mark.parametrize("address", ["file", "sqlite", "postgresql"], indirect=True)
file_log = pytest.mark.parametrize("address", ["file"], indirect=True)


@pytest.mark.parametrize(
    ("address", "other"),
    [("file", "postgresql"), ("sqlite", "file"), ("postgresql", "sqlite"), ("file", "file")],
    indirect=["address"],
)
def test_a_backup_brings_everything_into_an_empty_place_of_any_kind(
    desk: Desk, other: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    before, told, rows = snapshot(desk.data), desk.look_back(), desk.log.read()
    desk.run("backup", tmp_path / "all.zip")
    there = "" if other == "file" else f"sqlite:///{tmp_path / 'there.db'}"
    if other == "postgresql":
        there = make_database(request.getfixturevalue("server"))
    new = Desk(tmp_path / "there", there)
    assert "2 decisions" in new.run("restore", tmp_path / "all.zip")
    assert new.log.read() == rows, "every decision is there, to the letter and in its order"
    assert new.build() == before, "a build after restore gives the same bytes"
    assert new.look_back() == told, "releases and what changed are told as before"


@file_log
def test_a_stranger_can_check_a_backup_with_sha256sum(desk: Desk, tmp_path: Path) -> None:
    desk.run("backup", tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        archive.extractall(tmp_path / "bag")
    for seals in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet", seals], cwd=tmp_path / "bag", check=True)
    held = {path.relative_to(tmp_path / "bag/data").parts[0] for path in (tmp_path / "bag/data").rglob("*")}
    assert held == {"articles", "curation", "ids.csv", "log.csv", "sources.csv", "words"}


@each_log
def test_newer_decisions_are_not_overwritten_unless_told_and_then_are_saved(desk: Desk, tmp_path: Path) -> None:
    desk.run("backup", tmp_path / "all.zip")
    older = desk.log.read()
    desk.decide("injured_best", "7")
    (desk.articles / "shooting.txt").write_text(SHOOTING.replace("four", "five"), "utf-8")
    newer, articles = desk.log.read(), snapshot(desk.articles)
    said = desk.run("restore", tmp_path / "all.zip", code=1)
    assert "Nothing was restored" in said and "1 decision, the last by Ana" in said and "articles/shooting.txt" in said
    assert "--replace" in said and said.count("\n") == 1
    assert (desk.log.read(), snapshot(desk.articles)) == (newer, articles), "a refusal touches nothing"
    assert "all.replaced-1.zip" in desk.run("restore", tmp_path / "all.zip", "--replace")
    assert desk.log.read() == older
    assert (desk.articles / "shooting.txt").read_text("utf-8") == SHOOTING
    desk.run("restore", tmp_path / "all.replaced-1.zip", "--replace")
    assert desk.log.read() == newer, "what was replaced can be brought back"
    assert (desk.articles / "shooting.txt").read_text("utf-8") != SHOOTING


@file_log
def test_a_restore_adds_to_what_is_older_without_being_told(desk: Desk, tmp_path: Path) -> None:
    home, rows = tmp_path / "older", desk.log.read()
    shutil.copytree(desk.articles.parent, home / "desk")
    desk.decide("injured_best", "7")
    (desk.articles / "third.txt").write_text("A bomb killed two guards in Ghazni on 9 October 2022.\n", "utf-8")
    after = desk.build()
    desk.run("backup", tmp_path / "all.zip")
    old = Desk(tmp_path / "unused")
    old.articles, old.data = home / "desk" / "articles", home / "desk" / "data"
    assert old.log.read() == rows
    old.run("restore", tmp_path / "all.zip")
    assert old.log.read() == desk.log.read()
    assert old.build() == after


def spoil_bytes(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 8
    path.write_bytes(content)


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-400])


def rewrite(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Write an archive anew with other content, as someone would who knows ZIP and not the seals."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def seal_anew(files: dict[str, bytes]) -> None:
    """Make every seal fit again."""
    payload = {name: content for name, content in files.items() if name.startswith("data/")}
    oxum = f"Payload-Oxum: {sum(map(len, payload.values()))}.{len(payload)}"
    info = files["bag-info.txt"].decode().splitlines()
    files["bag-info.txt"] = "\n".join([oxum, *(line for line in info if "Oxum" not in line)]).encode()
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in payload.items())
    files["manifest-sha256.txt"] = "".join(lines).encode()
    tags = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt")
    sealed = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in tags)
    files["tagmanifest-sha256.txt"] = "".join(sealed).encode()


def climb(files: dict[str, bytes]) -> None:
    files["data/articles/../../outside.txt"] = b"mine"
    seal_anew(files)


def halve_log(files: dict[str, bytes]) -> None:
    files["data/log.csv"] = files["data/log.csv"][:-9]
    seal_anew(files)


def drop_log(files: dict[str, bytes]) -> None:
    del files["data/log.csv"]
    seal_anew(files)


SPOILT: dict[str, tuple[Callable[[Path], None], str]] = {
    "a flipped bit": (spoil_bytes, "sealed|no whole backup"),
    "cut off": (cut_off, "no whole backup"),
    "no archive": (lambda path: path.write_text("hello"), "no whole backup"),
    "not there": (Path.unlink, "There is no file"),
    "another word": (lambda path: rewrite(path, lambda files: files.update({"data/log.csv": b""})), "does not hold"),
    "one file more": (lambda path: rewrite(path, lambda files: files.update({"data/x": b""})), "does not hold"),
    "one file less": (lambda path: rewrite(path, lambda files: files.pop("data/ids.csv")), "does not hold"),
    "no seals": (lambda path: rewrite(path, lambda files: files.pop("manifest-sha256.txt")), "no whole backup"),
    "a way out": (lambda path: rewrite(path, climb), "which no backup holds"),
    "no log": (lambda path: rewrite(path, drop_log), "holds no log.csv"),
    "half a log": (lambda path: rewrite(path, halve_log), "log.csv, line"),
}


@file_log
def test_a_backup_that_is_not_whole_touches_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.run("backup", tmp_path / "all.zip")
    new = Desk(tmp_path / "there")
    (new.articles / "mine.txt").write_text("mine", "utf-8")
    for name, (spoil, sentence) in SPOILT.items():
        spoilt = tmp_path / "spoilt.zip"
        shutil.copy(tmp_path / "all.zip", spoilt)
        spoil(spoilt)
        said = new.run("restore", spoilt, "--replace", code=2 if name == "half a log" else 1)
        assert any(word in said for word in sentence.split("|")), f"{name}: {said}"
        assert said.count("\n") == 1 and said.endswith(".\n"), f"{name}: one sentence, not {said!r}"
        assert snapshot(tmp_path / "there") == {"articles/mine.txt": b"mine"}, f"{name}: something was touched"


@file_log
def test_a_backup_overwrites_a_backup_and_nothing_else(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "letter.zip").write_text("mine")
    assert "no backup" in desk.run("backup", tmp_path / "letter.zip", code=1)
    assert (tmp_path / "letter.zip").read_text() == "mine"
    assert "which is backed up itself" in desk.run("backup", desk.articles / "all.zip", code=1)
    desk.run("backup", tmp_path / "all.zip")
    once = (tmp_path / "all.zip").read_bytes()
    desk.decide("injured_best", "7")
    desk.run("backup", tmp_path / "all.zip")
    assert (tmp_path / "all.zip").read_bytes() != once
    assert not list(tmp_path.glob(".all.zip*")), "nothing is left aside"


@file_log
def test_decisions_made_while_a_backup_is_put_back_stay(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.run("backup", tmp_path / "all.zip")
    desk.decide("injured_best", "7")
    put_back = log_module.FileLog.put_back

    def decide_first(*words: object) -> None:
        monkeypatch.undo()
        desk.decide("injured_low", "3")
        put_back(*words)  # type: ignore[arg-type]

    before = snapshot(desk.articles)
    monkeypatch.setattr(log_module.FileLog, "put_back", decide_first)
    assert "Someone decided meanwhile" in desk.run("restore", tmp_path / "all.zip", "--replace", code=1)
    assert [row.now for row in desk.log.read()] == ["23", "Kabul", "7", "3"]
    kept = snapshot(desk.articles)
    assert kept.pop("curation/corrections.csv") != before.pop("curation/corrections.csv")
    assert kept == before, "no file is moved before the log is"


def test_the_projects_own_seeds_come_back_whole(tmp_path: Path) -> None:
    """On a copy of the project, as a person would: lose `seeds/`, restore, build."""
    home = tmp_path / "project"
    for name in ("pipeline", "seeds"):
        shutil.copytree(ROOT / name, home / name, ignore=shutil.ignore_patterns("__pycache__", "editions", ".*"))
    before = snapshot(home / "seeds")

    def run(*words: str) -> None:
        environment = os.environ | {"INCIDENT_CACHE": str(ROOT / ".cache"), "PYTHONDONTWRITEBYTECODE": "1"}
        subprocess.run([sys.executable, "-m", "pipeline", *words], cwd=home, env=environment, check=True)

    run("backup", str(tmp_path / "all.zip"))
    shutil.rmtree(home / "seeds")
    (home / "seeds" / "words").mkdir(parents=True)
    run("restore", str(tmp_path / "all.zip"))
    after = snapshot(home / "seeds")
    assert {name: after[name] for name in after if not name.startswith(".")} == before
