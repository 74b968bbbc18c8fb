"""The log of decisions, in a file and in databases: what was said to be saved is there, and nothing is half there."""

import fcntl
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from log_writer import ANA, open_at
from postgres import make_database

from pipeline.curation.database import open_database
from pipeline.curation.decisions import Correction
from pipeline.curation.drafts import Draft, keep_persons, take_machines, undo, undo_all
from pipeline.curation.log import ClashError, FileLog, Log, LogError, NotAllowedError, open_log, write_log
from pipeline.curation.people import Person
from pipeline.curation.sql_log import SqlLog

DATABASES = ("sqlite", "postgresql")
STRANGER = Person("Eve", False, "signed in", "Eve is not among the curators.")


@pytest.fixture
def log(log_address: str) -> Log:
    return open_at(log_address)


def draft(now: str = "Oldtown", was: str = "Testa", column: str = "city", **more: str) -> Draft:
    return Draft(**({"incident_id": "a:0", "column": column, "was": was, "now": now, "reason": "on the map"} | more))


def test_what_was_appended_is_read_in_order_and_to_the_letter(log: Log) -> None:
    assert log.read() == []
    hard = draft('  “Alt,”\n"stadt"\r = 1 \x00\ud800 ', was="a,b\nc", reason="said\nso ")
    saved = log.append([hard, draft("9", "3", "killed_low")], Person(" Ana\nRuiz ", True, "signed in"))
    later = log.append([draft("Newtown", "Oldtown")], ANA, datetime(2026, 11, 1, 12, 0, 1, 5, UTC))
    assert log.read() == [*saved, *later]
    assert [r.by for r in log.read()] == ["Ana Ruiz", "Ana Ruiz", "Ana"]
    assert (saved[0].was, saved[0].reason) == ("a,b\nc", "said so")
    assert saved[0].now == '“Alt,”\n"stadt"\r = 1 \ufffd\ufffd'
    assert (later[0].at, later[0].day) == ("2026-11-01T12:00:01+00:00", "2026-11-01")
    assert later[0].row_id.startswith("20261101T120001000005-")
    assert saved[0].row_id < saved[1].row_id


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (draft(reason=" "), "say why"),
        (draft(incident_id=""), "name the incident"),
        (draft("gun", column="weapon"), 'weapon cannot be "gun": write one of explosives, firearms'),
        (draft("", column="event_type"), "event_type cannot be empty"),
        (draft("2", column="n_stories"), "no person sets a column n_stories"),
        (draft("", column="same_as"), "same_as needs the id of the other incident"),
        (draft("", column="split_off"), "split_off needs the id of the report"),
        (draft("a:0", column="related_to"), "related_to cannot name the incident itself"),
        (draft("b:0 | near", column="related_to"), 'relation cannot be "near": write one of same_operation'),
        (draft("yes", column="accepted"), "write accepted"),
        (draft("", column="undo"), "name the row to undo"),
        (draft("", column="undo", undoes="7"), "there is no row 7 to undo"),
        (draft(undoes="7"), "only a decision undo names the row"),
    ],
)
def test_what_the_codebook_does_not_allow_is_refused_with_what_it_does(log: Log, wrong: Draft, why: str) -> None:
    with pytest.raises(ValueError, match=why.replace("(", r"\(")):
        log.append([draft(), wrong], ANA)
    assert log.read() == [], "of several decisions all are saved or none"


def test_a_stranger_is_refused_where_decisions_are_kept(log: Log) -> None:
    with pytest.raises(NotAllowedError, match="Eve is not among the curators"):
        log.append([draft()], STRANGER)
    with pytest.raises(NotAllowedError, match="write yours first"):
        log.append([draft()], Person(" ", True, "single user"))
    assert log.read() == []


def test_undo_writes_a_row_and_can_itself_be_undone_but_not_twice(log: Log) -> None:
    (first,) = log.append([draft()], ANA)
    (back,) = log.append([undo(first, "wrong town")], ANA)
    with pytest.raises(ValueError, match=f"Ana has undone row {first.row_id} already"):
        log.append([undo(first, "wrong town")], ANA)
    (again,) = log.append([undo(back, "right town")], ANA)
    log.append([undo(first, "wrong after all")], ANA)
    assert [(r.column, r.undoes) for r in log.read()] == [
        ("city", ""), ("undo", first.row_id), ("undo", back.row_id), ("undo", first.row_id)
    ]  # fmt: skip
    assert again.reason == "right town"


def test_who_looked_before_another_decided_is_told(log: Log) -> None:
    (first,) = log.append([draft()], ANA, seen="")
    ben = Person("Ben", True, "signed in")
    with pytest.raises(ClashError, match=r"Meanwhile Ana set city to “Oldtown”\. Look again") as caught:
        log.append([draft("Newtown")], ben, seen="")
    assert caught.value.rows == (first,)
    log.append([draft("9", "3", "killed_low")], ben, seen="")
    (back,) = log.append([undo(first, "no")], ANA, seen=log.read()[-1].row_id)
    with pytest.raises(ClashError):
        log.append([draft("Newtown", "Oldtown")], ben, seen=first.row_id)
    assert log.append([draft("Newtown", "Oldtown")], ben, seen=back.row_id)


def test_a_conflict_is_settled_for_the_person_or_for_the_machine() -> None:
    def row(row_id: str, now: str) -> Correction:
        return Correction(row_id, "2026-01-01", "a:0", "city", "", now, "r", "ana", "")

    rows = [row("1", "Oldtown"), row("2.1", "Newtown"), row("2.2", "Newtown")]
    assert keep_persons(rows[1], "Testa", "as I said") == [draft("Newtown", "Testa", reason="as I said")]
    assert [d.undoes for d in take_machines(rows, rows[2], "it reads well")] == ["2.2", "2.1", "1"]
    assert [d.undoes for d in undo_all(rows, rows[1], "all of it")] == ["2.2", "2.1"]


def test_the_file_is_the_codebook_s_and_keeps_what_stood_in_it(tmp_path: Path) -> None:
    path = tmp_path / "here" / "corrections.csv"
    log = FileLog(path)
    (row,) = log.append([draft("x, y")], ANA)
    head = "row_id,at,incident_id,column,was,now,reason,by,undoes\n"
    first = f'{row.row_id},{row.at},a:0,city,Testa,"x, y",on the map,Ana,\n'
    assert path.read_bytes() == (head + first).encode()
    by_hand = (head + first + "2,2026-01-01,a:0,city,,Z,by hand,Ben,").encode()
    path.write_bytes(by_hand)
    path.chmod(0o664)
    (more,) = log.append([draft()], ANA)
    assert path.read_bytes() == by_hand + f"\n{more.row_id},{more.at},a:0,city,Testa,Oldtown,on the map,Ana,\n".encode()
    assert path.stat().st_mode & 0o777 == 0o664
    assert write_log(log.read()).encode() == path.read_bytes()


def test_a_file_behind_a_link_stays_there(tmp_path: Path) -> None:
    real = tmp_path / "real.csv"
    (tmp_path / "corrections.csv").symlink_to(real)
    FileLog(tmp_path / "corrections.csv").append([draft()], ANA)
    assert (tmp_path / "corrections.csv").is_symlink()
    assert real.read_text("utf-8").count("\n") == 2


def test_what_a_dead_writer_left_aside_is_written_over(tmp_path: Path) -> None:
    (tmp_path / ".corrections.csv.new").write_text("row_id,at,inci", "utf-8")
    log = FileLog(tmp_path / "corrections.csv")
    assert log.read() == []
    log.append([draft()], ANA)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".corrections.csv.lock", "corrections.csv"]


@pytest.mark.parametrize("at", ["open", "fsync", "chmod", "replace"])
def test_a_disk_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    log = FileLog(tmp_path / "corrections.csv")
    log.append([draft()], ANA)
    before = log.path.read_bytes()

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    if at == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, at, fail)
    with pytest.raises(LogError, match=r"cannot be written \(No space left on device\): nothing was saved"):
        log.append([draft("Newtown")], ANA)
    monkeypatch.undo()
    assert log.path.read_bytes() == before


def test_a_malformed_file_takes_no_decision(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    path.write_text("row_id,at\n", "utf-8")
    with pytest.raises(LogError, match=r"corrections\.csv, line 1: the header is .* Nothing was saved"):
        FileLog(path).append([draft()], ANA)
    assert path.read_text("utf-8") == "row_id,at\n"


def test_who_waits_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.curation.log.PATIENCE", 0.05)
    with (tmp_path / ".corrections.csv.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(LogError, match=r"Others have been writing corrections\.csv for long"):
            FileLog(tmp_path / "corrections.csv").append([draft()], ANA)


def test_the_log_of_a_folder_is_its_file_or_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    kept = open_log(tmp_path)
    assert isinstance(kept, FileLog)
    assert kept.path == tmp_path / "corrections.csv"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'log.db'}")
    assert isinstance(open_log(tmp_path), SqlLog)


@pytest.mark.parametrize("form", DATABASES)
def test_a_file_is_taken_into_a_database_once(form: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    file = FileLog(tmp_path / "corrections.csv")
    file.append([draft(), draft("9", "3", "killed_low")], ANA)
    url = (
        make_database(request.getfixturevalue("server")) if form == "postgresql" else f"sqlite:///{tmp_path / 'log.db'}"
    )
    log = SqlLog(url)
    assert (log.take(file.read()), log.take(file.read())) == (2, 0)
    file.append([draft("Newtown", "Oldtown")], ANA)
    assert log.take(file.read()) == 1
    assert log.read() == file.read()
    assert write_log(log.read()).encode() == file.path.read_bytes()
    with pytest.raises(LogError, match="says something else in the database: nothing was taken"):
        log.take([Correction(file.read()[0].row_id, "2026-01-01", "a:0", "city", "", "Z", "r", "Eve", "")])


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("postgres://ana:secret@127.0.0.1:1/log", "cannot be reached or does not answer"),
        ("sqlite:////nowhere/at/all/log.db", "cannot be reached or does not answer"),
        ("mysql://127.0.0.1/log", "DATABASE_URL names mysql: the log is kept in postgresql"),
        ("postgresql://127.0.0.1/log?sslmode=maybe", "sslmode=maybe: write disable"),
        ("postgresql://127.0.0.1/log?colour=red", "says colour, which is not known here"),
        ("a database", "is no address of a database"),
    ],
)
def test_a_database_that_is_away_is_one_sentence_without_its_password(url: str, why: str) -> None:
    for ask in (SqlLog(url).read, lambda: SqlLog(url).append([draft()], ANA)):
        with pytest.raises(LogError, match=why) as caught:
            ask()
        assert "secret" not in str(caught.value)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize("form", DATABASES)
def test_a_database_of_a_newer_version_is_refused(form: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    url = (
        make_database(request.getfixturevalue("server")) if form == "postgresql" else f"sqlite:///{tmp_path / 'log.db'}"
    )
    SqlLog(url).append([draft()], ANA)
    with open_database(url).begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(LogError, match="is at version 9999, newer than this program: update it"):
        SqlLog(f"{url}?application_name=x" if form == "postgresql" else url.replace("///", "////")).read()


def test_an_answer_that_was_lost_on_its_way_is_looked_up(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    log = SqlLog(make_database(server))
    log.append([draft()], ANA)
    dialect = open_database(log.address).dialect
    commit = dialect.do_commit

    def lose(connection: object) -> None:
        monkeypatch.setattr(dialect, "do_commit", commit)
        commit(connection)  # type: ignore[arg-type]
        raise OSError("network is unreachable")

    monkeypatch.setattr(dialect, "do_commit", lose)
    (row,) = log.append([draft("Newtown", "Oldtown")], ANA)
    assert log.read()[-1] == row
    assert len(log.read()) == 2
