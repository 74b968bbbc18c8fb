"""Writers of the log that are killed at any moment, and writers at once: what was said to be saved is there, whole."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from log_writer import ANA, open_at, write_batch
from postgres import make_database

from pipeline.curation.sql_log import SqlLog

WRITER = Path(__file__).parent / "log_writer.py"


class Nursery:
    """A process that makes writers at once: to start Python for each would take longer than all they write."""

    def __init__(self) -> None:
        self.process = start_python()

    def kill_a_writer(self, address: str, seed: int, after: float) -> list[str]:
        """Start a writer, kill it after so many seconds of writing; the ids that it told are saved."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{address} {seed}\n")
        self.process.stdin.flush()
        pid = self.process.stdout.readline()
        assert self.process.stdout.readline() == "ready\n"
        time.sleep(after)
        os.kill(int(pid), signal.SIGKILL)
        return [word for line in iter(self.process.stdout.readline, "dead\n") for word in line.split()]


def start_python(*words: object) -> "subprocess.Popen[str]":
    """Start a writer, or what makes writers, in a process of its own."""
    return subprocess.Popen(
        [sys.executable, str(WRITER), *map(str, words)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONPATH": str(WRITER.parents[1])},
    )  # fmt: skip


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    one = Nursery()
    yield one
    assert one.process.stdin
    one.process.stdin.close()
    one.process.wait(10)


@pytest.mark.parametrize("kills", [20, pytest.param(200, marks=pytest.mark.soak)])
def test_a_writer_killed_at_any_moment_loses_nothing(log_address: str, kills: int, nursery: Nursery) -> None:
    told, chance = list[str](), random.Random(kills)
    log = open_at(log_address)
    for turn in range(kills):
        told += nursery.kill_a_writer(log_address, turn, chance.random() ** 2 * 0.06)
        rows = log.read()
        written = {row.row_id for row in rows}
        assert not set(told) - written, f"kill {turn}: what was said to be saved is not there"
        sizes = Counter(row.row_id.partition(".")[0] for row in rows)
        halves = [row for row in rows if row.reason != f"one of {sizes[row.row_id.partition('.')[0]]}"]
        assert not halves, f"kill {turn}: of several decisions only some are there"
    assert write_batch(log, ANA, 2), "whoever comes after a dead writer can write"
    assert len(told) >= kills / 2, "hardly anything was written between the kills: wait longer before them"


def test_two_who_write_at_once_lose_nothing(log_address: str) -> None:
    names, times = ("Ana", "Ben", "Cem"), 30
    for writer in [start_python(log_address, name, times) for name in names]:
        writer.communicate(timeout=60)
    rows = open_at(log_address).read()
    assert Counter(row.by for row in rows) == dict.fromkeys(names, sum(1 + no % 3 for no in range(times)))
    batches = [row.row_id.partition(".")[0] for row in rows]
    runs = [one for one, before in zip(batches, [None, *batches], strict=False) if one != before]
    assert len(runs) == len(set(batches)), "the rows of one decision stand together"


def test_servers_that_start_at_once_bring_the_tables_up_once(server: str) -> None:
    url = make_database(server)
    for writer in [start_python(url, name, 1) for name in ("Ana", "Ben", "Cem", "Dia")]:
        writer.communicate(timeout=60)
    assert sorted(row.by for row in SqlLog(url).read()) == ["Ana", "Ben", "Cem", "Dia"]
