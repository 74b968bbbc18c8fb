"""Read the tables of cases: a row is a case; one marked `fail` is a known mistake, and must stay one until mended."""

import csv
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"


def cases(name):
    """Give the rows of a table as parameters; rows marked `fail` are strict expected failures."""
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        for no, row in enumerate(csv.DictReader(file), start=2):
            if row["expect"] not in ("pass", "fail"):
                raise ValueError(f"{name}, line {no}: expect is {row['expect']!r}: write pass or fail")
            if row["expect"] == "fail" and not row["comment"]:
                raise ValueError(f"{name}, line {no}: say in the comment what kind of mistake it is")
            marks = [pytest.mark.xfail(strict=True, reason=row["comment"])] if row["expect"] == "fail" else []
            yield pytest.param(row, marks=marks, id=f"{name}:{no}")


def show_count(count):
    """Write a count as the tables do: low, best, high and state, a dash for what is not known."""
    numbers = ("-" if n is None else str(n) for n in (count.low, count.best, count.high))
    return " ".join((*numbers, count.state))
