"""Say how much of what is known of a wire was read right: `python -m scale.truth TRUTH.jsonl TABLES`."""

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline.places.names import spell_key
from scale.kept import Figures

Row = dict[str, str]


def score_truth(truth: Path, tables: Path) -> Figures:
    """Give the shares of the known incidents that are found, and of which day, town and toll are right.

    An incident stands for a known one where one of its reports is of an article that tells of that one; of several the
    one that agrees most.
    """
    known = [json.loads(line) for line in truth.read_text(encoding="utf-8").splitlines()]
    articles = {row["article_id"] for row in read_rows(tables / "articles.csv")}
    told = [row for row in known if articles.intersection(row["articles"])]
    incidents = {row["incident_id"]: row for row in read_rows(tables / "incidents.csv")}
    by_article: dict[str, set[str]] = defaultdict(set)
    for report in read_rows(tables / "reports.csv"):
        by_article[report["article_id"]].add(report["incident_id"])
    right: dict[str, int] = defaultdict(int)
    matched: set[str] = set()
    for row in told:
        near = {incident_id for name in row["articles"] for incident_id in by_article[name]}
        best = max(near, key=lambda i: (sum(compare(row, incidents[i]).values()), i), default="")
        if best:
            agrees = compare(row, incidents[best])
            matched.update([best] if agrees["city"] and agrees["day"] else [])
            for name, same in agrees.items():
                right[name] += same
            right["found"] += 1
            right["all three"] += all(agrees.values())
    shares = {name: round(count / len(told), 3) for name, count in right.items()}
    return {"known": len(told), "incidents": len(incidents), "unmatched": len(incidents) - len(matched), **shares}


def compare(known: Mapping[str, object], read: Row) -> dict[str, bool]:
    """Compare what is known with what was read; a toll of nobody may be told as zero or not at all."""
    killed = {str(known["killed"])} | ({""} if known["killed"] == 0 else set())
    return {
        "day": read["date_start"] == read["date_end"] == known["day"],
        "city": spell_key(read["city"]) == spell_key(str(known["city"])),
        "killed": read["killed_best"] in killed,
    }


def read_rows(path: Path) -> Iterable[Row]:
    """Give the rows of a table: one CSV, or a folder of parts."""
    for part in [path] if path.is_file() else sorted(path.with_suffix("").rglob("*.csv")):
        with part.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


if __name__ == "__main__":
    print(json.dumps(score_truth(Path(sys.argv[1]), Path(sys.argv[2]))))
