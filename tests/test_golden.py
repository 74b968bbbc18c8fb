"""The tables in data/ are those that this very code makes of seeds/: a change of the reading is seen there."""

import csv
import json
from difflib import unified_diff
from pathlib import Path

import pytest
from frictionless import Package

from pipeline.run import Order, build_tables

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
TO_DO = (
    "Run `python -m pipeline build`, read the diff of data/ (`git diff data seeds/ids.csv`) as you would read code, "
    "and commit it with the change if every row of it is better or as good."
)
MOST_LINES = 20


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The tables of seeds/, every article read anew."""
    folder = tmp_path_factory.mktemp("golden") / "data"
    build_tables(Order(out=folder, cached=False))
    return folder


def list_files(folder):
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def is_committed(name):
    """Parquet holds what the CSV of its name holds, and is not committed: nobody can read its diff."""
    return not name.endswith((".parquet", "parquet.sha256"))


def show_difference(name, old, new):
    if not is_committed(name):
        return "the bytes differ"
    lines = unified_diff(old.decode("utf-8").splitlines(), new.decode("utf-8").splitlines(), n=0, lineterm="")
    shown = [line[:300] for line in lines][2:]
    more = [f"... and {len(shown) - MOST_LINES} lines more"] if len(shown) > MOST_LINES else []
    return "\n".join([*shown[:MOST_LINES], *more]) or "line ends differ"


def test_the_same_files_are_there(built):
    committed, now = set(filter(is_committed, list_files(DATA))), set(filter(is_committed, list_files(built)))
    assert committed == now, (
        f"only in data/: {sorted(committed - now)}; missing there: {sorted(now - committed)}. {TO_DO}"
    )


def test_every_file_holds_the_same_bytes(built):
    differing = []
    for name in sorted(list_files(DATA) & list_files(built)):
        old, new = (DATA / name).read_bytes(), (built / name).read_bytes()
        if old != new:
            differing.append(f"--- data/{name}\n{show_difference(name, old, new)}")
    assert not differing, "\n".join(
        [f"{len(differing)} files of data/ are not what seeds/ gives now. {TO_DO}", *differing]
    )


def test_every_report_stands_in_the_registry_of_ids():
    """The registry is an input of the build: with a row missing, an id would hang on the luck of the reading."""
    known = {(row["article_id"], row["start"]) for row in read_csv(ROOT / "seeds" / "ids.csv")}
    missing = [
        row["report_id"]
        for row in read_csv(DATA / "reports.csv")
        if (row["article_id"], row["report_id"].removeprefix(f"{row['article_id']}:")) not in known
    ]
    assert not missing, f"seeds/ids.csv has no row for {missing}. {TO_DO}"


def test_the_committed_package_holds_without_parquet():
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    assert {resource["path"] for resource in package["resources"]} <= set(filter(is_committed, list_files(DATA)))
    report = Package(str(DATA / "datapackage.json")).validate()
    assert report.valid, f"{report.flatten(['type', 'title', 'note'])}: build data/ anew, or mend tables/package.py"


def read_csv(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
