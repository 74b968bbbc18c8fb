"""Many articles: the same tables from one process, from workers and from a cluster, also where workers are killed."""

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import msgspec
import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from caches import put_gazetteer
from stories import make_article, make_reading
from wire.write import write_wire

from pipeline.cache import open_blobs
from pipeline.crew import Crew, Done
from pipeline.incidents.merge import BLOCK, list_blocks, merge_reports, name_block, set_unplaced_apart
from pipeline.incidents.retold import gather_told
from pipeline.intake.articles import read_articles
from pipeline.model import Article, Issue, Reading
from pipeline.readings import make_lots, rescue
from pipeline.run import Order, build_tables
from pipeline.tables.seal import seal_file
from pipeline.tables.store import Store
from pipeline.text.words import SeedError

ROOT = Path(__file__).parent.parent
ARTICLES = 32
PATIENCE = 900  # seconds: a busy machine starts processes slowly


@pytest.fixture(scope="module")
def wire(tmp_path_factory):
    """Articles with known incidents."""
    return write_wire(tmp_path_factory.mktemp("wire"), ARTICLES) / "articles.jsonl"


@pytest.fixture
def cache(tmp_path):
    """A cache without any reading."""
    return put_gazetteer(tmp_path / "cache")


IN_SMALL_LOTS = "import pipeline.readings as r; r.MOST = 8; import pipeline.__main__ as m; m.app()"


def start_build(wire, out, cache, *options):
    """Begin a build that tells each step, with lots small enough that it can be caught between two."""
    return subprocess.Popen(
        [sys.executable, "-c", IN_SMALL_LOTS, "build", str(wire), "--out", str(out), "--json", *options],
        cwd=ROOT, env=os.environ | {"INCIDENT_CACHE": str(cache)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, start_new_session=True,
    )  # fmt: skip


def build(wire, out, cache, *options):
    """Build, and give the steps that were told."""
    said, amiss = (job := start_build(wire, out, cache, *options)).communicate(timeout=PATIENCE)
    assert job.returncode == 0, amiss
    return [json.loads(line) for line in said.splitlines()]


def seal(folder):
    return {str(path.relative_to(folder)): seal_file(path) for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def alone(wire, tmp_path_factory):
    """The tables that one process makes of the wire, and its cache."""
    folder = tmp_path_factory.mktemp("alone")
    build(wire, folder / "data", put_gazetteer(folder / "cache"))
    return folder


def kill_workers_of(process, once_read):
    """Kill one worker of a build as soon as so many articles were read; give what else the build says."""
    for line in process.stdout:
        said = json.loads(line)
        if said.get("doing") == "Reading articles" and said["done"] >= once_read:
            break
    family = psutil.Process(process.pid).children(recursive=True)
    workers = [child.pid for child in family if any("spawn_main" in word for word in child.cmdline())]
    assert workers, f"the build has no worker processes: {process.communicate(timeout=PATIENCE)}"
    os.kill(max(workers), signal.SIGKILL)
    return process.communicate(timeout=PATIENCE)


def test_a_killed_worker_costs_its_part_only_and_the_tables_stay_the_same(wire, alone, cache, tmp_path):
    process = start_build(wire, tmp_path / "data", cache, "--workers", "2")
    _, amiss = kill_workers_of(process, 1)
    assert process.returncode == 0, amiss
    assert seal(tmp_path / "data") == seal(alone / "data")


@pytest.mark.soak
def test_a_build_that_is_killed_goes_on_where_it_was(wire, alone, cache, tmp_path):
    process = start_build(wire, tmp_path / "data", cache)
    for line in process.stdout:
        said = json.loads(line)
        if said.get("doing") == "Reading articles" and said["done"] > ARTICLES // 3:
            break
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    kept = sum(pq.read_metadata(path).num_rows for path in cache.glob("readings/*/*.parquet"))
    assert kept >= ARTICLES // 3, "what was read before the build was killed is not in the cache"
    build(wire, tmp_path / "data", cache)
    assert seal(tmp_path / "data") == seal(alone / "data")
    rows = sum(pq.read_metadata(path).num_rows for path in cache.glob("readings/*/*.parquet"))
    assert rows == ARTICLES, "an article was read twice, or not kept"


def test_an_unchanged_article_is_never_read_again(wire, alone, tmp_path):
    said = build(wire, tmp_path / "data", alone / "cache")
    assert not [one for one in said if "language model" in one.get("doing", "")]
    assert seal(tmp_path / "data") == seal(alone / "data")


@contextmanager
def run_dask(*command):
    """Run a part of a Dask cluster from the project's folder."""
    process = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_" + command[0], *command[1:]],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def scheduler():
    """A scheduler of a cluster without workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with run_dask("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"):
        yield f"tcp://127.0.0.1:{port}"


@pytest.mark.soak
def test_a_cluster_gives_the_same_bytes_though_a_worker_is_killed_twice(wire, alone, cache, scheduler, tmp_path):
    worker = ("worker", scheduler, "--nthreads", "1", "--no-nanny", "--no-dashboard")
    with run_dask(*worker), run_dask(*worker) as first:
        process = start_build(wire, tmp_path / "data", cache, "--cluster", scheduler)
        kills = [ARTICLES // 6, ARTICLES // 2]
        doomed = [first]
        with run_dask(*worker) as second:
            doomed.append(second)
            for line in process.stdout:
                said = json.loads(line)
                if kills and said.get("doing") == "Reading articles" and said["done"] >= kills[0]:
                    os.killpg(doomed.pop(0).pid, signal.SIGKILL)
                    kills.pop(0)
            process.wait(PATIENCE)
    assert process.returncode == 0, process.stderr.read()
    assert not kills, "the build was over before a worker was killed"
    assert seal(tmp_path / "data") == seal(alone / "data")


def test_a_cluster_gives_the_same_bytes(wire, alone, cache, scheduler, tmp_path):
    with run_dask("worker", scheduler, "--nthreads", "1", "--no-nanny", "--no-dashboard"):
        build(wire, tmp_path / "data", cache, "--cluster", scheduler)
    assert seal(tmp_path / "data") == seal(alone / "data")


def test_a_cluster_that_is_not_there_is_one_sentence(tmp_path, wire):
    hurry = "import pipeline.cluster as c; c.PATIENCE = 1; import pipeline.__main__ as m; m.app()"
    asked = ["build", str(wire), "--out", str(tmp_path / "data"), "--cluster", "tcp://127.0.0.1:9"]
    done = subprocess.run(
        [sys.executable, "-c", hurry, *asked], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 1
    assert "No Dask scheduler answers at tcp://127.0.0.1:9: start one" in done.stderr
    assert not (tmp_path / "data").exists()


class Deadly(Crew):
    """Workers that die of every lot in which one article is."""

    is_here = False

    def __init__(self, poison):
        self.poison = poison

    def work(self, do, tasks):
        for lot in tasks:
            yield Done(lot, None if self.poison in {one.article_id for one in lot.articles} else ())


def test_an_article_that_kills_workers_is_left_out_alone():
    articles = [(no, Article(article_id=f"a{no}", text="A bomb.", source=f"a{no}.txt")) for no in range(5)]
    (lot,) = make_lots(articles, 1_000)
    found = list(rescue(Done(lot, None), Deadly("a3")))
    assert sorted(one.task.places[0] for one in found) == [0, 1, 2, 3, 4]
    (lost,) = (one for one in found if one.task.places == (3,))
    assert b"every worker died of it" in lost.result[0].reading
    assert not lost.result[0].held, "an article that killed workers is tried again by the next build"


@pytest.mark.parametrize(
    ("lengths", "lots"), [([], []), ([5], [1]), ([5, 5, 5], [2, 1]), ([50, 1, 1], [1, 2]), ([1] * 130, [10] * 13)]
)
def test_articles_go_to_workers_some_at_a_time(lengths, lots):
    articles = [(no, Article(article_id=str(no), text="x" * length)) for no, length in enumerate(lengths)]
    made = list(make_lots(articles, 10))
    assert [len(lot.articles) for lot in made] == lots
    assert [place for lot in made for place in lot.places] == list(range(len(lengths)))


COUNTRIES = ("AF", "IQ", "SO")


def tell(number, country, day):
    """An article that tells of one incident."""
    (report,) = make_reading(f"a{number}", f"bombing; 2022-09-{day:02}; Kabul; killed {number}").reports
    facts = replace(report.facts, place=replace(report.facts.place, country_code=country, country=country))
    return Reading(article_id=f"a{number}", reports=(replace(report, facts=facts),))


class Counting(Crew):
    """This process, and what it was asked to do."""

    def __init__(self):
        self.tasks = []

    def work(self, do, tasks):
        for task in tasks:
            self.tasks.append(task)
            yield Done(task, do(task))


def test_a_new_article_costs_the_merging_of_its_country_alone(tmp_path):
    readings = [tell(3 * no + place, country, 1 + no) for place, country in enumerate(COUNTRIES) for no in range(6)]
    articles = [make_article(reading.article_id, "2022-10-01") for reading in readings]
    first, second = Counting(), Counting()
    before, _ = merge_reports(readings, articles, [], first, open_blobs(tmp_path, "v1"))
    assert len(first.tasks) == len(COUNTRIES)
    more, article = tell(90, COUNTRIES[1], 20), make_article("a90", "2022-10-01")
    after, _ = merge_reports([*readings, more], [*articles, article], [], second, open_blobs(tmp_path, "v1"))
    block = BLOCK.decode(*second.tasks)
    assert {one.report.facts.place.country_code for one in block.told} == {COUNTRIES[1]}
    assert after == merge_reports([*readings, more], [*articles, article], [])[0]
    assert len(after) == len(before) + 1


def test_a_block_has_another_name_when_anything_in_it_is_another():
    readings = [tell(1, "AF", 1), tell(2, "AF", 2)]
    articles = {reading.article_id: make_article(reading.article_id, "2022-10-01") for reading in readings}

    def name(known):
        placed, _ = set_unplaced_apart(gather_told(readings, {}, known))
        (block,) = list_blocks(placed, known)
        return name_block(msgspec.json.encode(block))

    other = articles | {"a1": replace(articles["a1"], outlet="Another")}
    assert name(articles) == name(dict(reversed(articles.items()))) != name(other)


RECORDS = [
    {"id": f"r{no}", "text": f"A bomb killed {no} people in Kabul.", "published": "2022-10-01"} for no in range(3)
]


@pytest.fixture
def elsewhere(tmp_path):
    """A server of this machine with articles in three forms, and its address."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "one.jsonl").write_text("".join(json.dumps(record) + "\n" for record in RECORDS), encoding="utf-8")
    pq.write_table(
        pa.Table.from_pylist([record | {"id": "p" + record["id"]} for record in RECORDS]), folder / "two.parquet"
    )
    (folder / "three.txt").write_text("A bomb killed nobody in Herat.", encoding="utf-8")
    quiet = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield folder, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("{web}/one.jsonl", ["r0", "r1", "r2"]),
        ("{web}/*.jsonl", ["r0", "r1", "r2"]),
        ("file://{folder}/t*", ["pr0", "pr1", "pr2", "three"]),
        ("file://{folder}", ["pr0", "pr1", "pr2", "r0", "r1", "r2", "three"]),
    ],
)
def test_articles_come_from_addresses_and_globs(elsewhere, asked, ids):
    folder, web = elsewhere
    found = list(read_articles((), (asked.format(folder=folder, web=web),)))
    assert sorted(one.article_id for one in found if isinstance(one, Article)) == ids
    assert [one for one in found if isinstance(one, Issue)] == []


def test_an_address_of_nothing_is_one_sentence(elsewhere):
    with pytest.raises(SeedError, match=r"There is nothing at .*/none\.jsonl: check the address"):
        list(read_articles((), (f"{elsewhere[1]}/none.jsonl",)))


def test_a_parquet_that_is_none_or_has_no_text_costs_itself_only(tmp_path):
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 nothing PAR1")
    pq.write_table(pa.table({"id": ["a"]}), tmp_path / "empty.parquet")
    pq.write_table(pa.table({"id": ["a", "b"], "text": ["A bomb.", None]}), tmp_path / "whole.parquet")
    found = list(read_articles((tmp_path,)))
    assert [one.article_id for one in found if isinstance(one, Article)] == ["a"]
    assert sorted(one.words for one in found if isinstance(one, Issue)) == [
        "broken.parquet",
        "empty.parquet",
        "whole.parquet:2",
    ]


def test_a_large_table_is_published_in_parts_that_the_page_reads(alone, tmp_path, monkeypatch, wire):
    monkeypatch.setattr("pipeline.publish.PART", 20)
    monkeypatch.setattr("pipeline.readings.READINGS", alone / "cache" / "readings")
    for _ in range(2):
        build_tables(Order(inputs=(wire,), out=tmp_path / "data"))
    assert not (tmp_path / "data" / "incidents.parquet").exists()
    assert len(list((tmp_path / "data" / "incidents").glob("*.parquet"))) > 1
    whole, parts = Store(alone / "data"), Store(tmp_path / "data")
    assert parts.whole("incidents").equals(whole.whole("incidents"))
    assert (tmp_path / "data" / "incidents.csv").read_bytes() == (alone / "data" / "incidents.csv").read_bytes()
