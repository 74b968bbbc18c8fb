"""Measure what a build costs as articles grow, and write docs/scale.md: `make bench-scale`, which may be stopped.

    python tests/bench_scale.py [FOLDER] [--articles N ...] [--reports N ...] [--incidents N ...] [--page N ...]
                                [--same N] [--only NAME ...] [--to FILE]

Every figure that was measured is kept in FOLDER/measured.json and not measured again; take its lines out to have it
measured anew. A build that was stopped goes on from its cache. `--only build race` measures these alone.
"""

import argparse
import signal
import sys
from pathlib import Path

from scale.builds import Place, hash_folder, run_build, weigh_storage
from scale.cluster import run_cluster
from scale.kept import ROOT, Figures, Kept, run_alone, say, tell_command
from scale.page import make_tables
from scale.report import write_report
from scale.truth import read_rows, score_truth
from wire.write import write_wire

BENCH = "make bench-scale"
RACED = 2_000  # articles that are read beside the model
PARTS = ("race", "merge", "afterwards", "same", "build", "page")


def bench() -> None:
    """Measure what was asked and was not measured yet, and write the report."""
    asked = read_words()
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(f"stopped by signal {number}: start it again"))
    kept = Kept.open(asked.folder)
    todo = {
        "race": lambda: race(kept, asked.articles[0]),
        "merge": lambda: [measure_alone(kept, "merge", "merging", size) for size in asked.reports],
        "afterwards": lambda: [measure_alone(kept, "afterwards", "afterwards", size) for size in asked.incidents],
        "same": lambda: compare_bytes(kept, asked.same),
        "build": lambda: build_all(kept, asked.articles),
        "page": lambda: [ask_page(kept, size) for size in asked.page],
    }
    for name in asked.only:
        todo[name]()
    asked.to.write_text(write_report(kept.figures), encoding="utf-8")
    say(f"written   {asked.to}")


def read_words() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Measure what a build costs as articles grow.")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "build" / "scale")
    parser.add_argument("--articles", nargs="+", type=int, default=[10_000, 100_000])
    parser.add_argument("--reports", nargs="+", type=int, default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--incidents", nargs="+", type=int, default=[10_000, 100_000])
    parser.add_argument("--page", nargs="+", type=int, default=[100_000, 1_000_000])
    parser.add_argument("--same", type=int, default=2_000)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "scale.md")
    asked = parser.parse_args()
    asked.folder = asked.folder.resolve()
    return asked


def make_wire(kept: Kept, articles: int) -> Path:
    """Give the folder of a wire of so many articles, written now where it is not there."""
    folder = kept.folder / f"wire-{articles}"
    if not (folder / "articles.jsonl").exists():
        say(f"writing   a wire of {articles:,} articles")
        write_wire(folder, articles)
    return folder


def race(kept: Kept, articles: int) -> None:
    """Read beside the model alone, on one core."""
    wire = make_wire(kept, articles) / "articles.jsonl"
    most = min(RACED, articles)
    kept.measure("race", f"{BENCH} SCALE='--only race'", lambda: run_alone("reading", wire, most))


def measure_alone(kept: Kept, name: str, module: str, size: int) -> None:
    """Measure one size of something that needs a process of its own."""
    kept.measure(f"{name} {size}", tell_command(module, size), lambda: run_alone(module, size))


def build_all(kept: Kept, sizes: list[int]) -> None:
    """Build each size with two workers and once more with new articles; the smallest with one process too."""
    build(kept, sizes[0], 1)
    for size in sizes:
        build(kept, size, 2)
        wire, place = make_wire(kept, size), Place(kept.folder / f"build-{size}-by-2")
        both = [wire / "articles.jsonl", wire / "new.jsonl"]
        kept.measure(
            f"again {size}",
            f"python -m pipeline build articles.jsonl new.jsonl --workers 2 --out tables # wire of {size:,}",
            lambda both=both, place=place: run_build(place, "again", both, ["--workers", "2"]),
        )


def build(kept: Kept, size: int, workers: int) -> None:
    """Build one size with so many processes."""
    wire, place = make_wire(kept, size), Place(kept.folder / f"build-{size}-by-{workers}")

    def measure() -> Figures:
        found = run_build(place, "first", [wire / "articles.jsonl"], ["--workers", str(workers)])
        reports = sum(1 for _ in read_rows(place.out / "reports.csv"))
        incidents = sum(1 for _ in read_rows(place.out / "incidents.csv"))
        counts = {"articles": size, "workers": workers, "reports": reports, "incidents": incidents}
        return found | counts | weigh_storage(place, size) | {"sha256": hash_folder(place.out)}

    command = f"python -m pipeline build articles.jsonl --workers {workers} --out tables # wire of {size:,}"
    kept.measure(f"build {size} by {workers}", command, measure)


def compare_bytes(kept: Kept, size: int) -> None:
    """Publish one wire in three ways and compare the bytes; see how much of the known incidents is read right."""
    wire = make_wire(kept, size)
    articles = [wire / "articles.jsonl"]
    places = {name: Place(kept.folder / f"same-{size}" / name) for name in ("one", "two", "cluster")}

    def measure() -> Figures:
        run_build(places["one"], "first", articles)
        run_build(places["two"], "first", articles, ["--workers", "2"])
        with run_cluster(places["cluster"].folder / "logs", places["cluster"].cache) as cluster:
            run_build(places["cluster"], "first", articles, ["--cluster", cluster.address], cluster.heed)
            kills = len(cluster.kills)
        seals = {name: hash_folder(place.out) for name, place in places.items()}
        return {"articles": size, "kills": kills, "same": len(set(seals.values())) == 1, "seals": seals}

    kept.measure(f"same {size}", f"{BENCH} SCALE='--only same'", measure)
    tables = places["one"].out
    command = tell_command("truth", "truth.jsonl", "tables")
    kept.measure(f"truth {size}", command, lambda: score_truth(wire / "truth.jsonl", tables))


def ask_page(kept: Kept, size: int) -> None:
    """Ask tables of so many incidents as the page does."""

    def measure() -> Figures:
        return run_alone("page", make_tables(kept.folder / f"page-{size}", size))

    kept.measure(f"page {size}", f"{BENCH} SCALE='--only page'", measure)


if __name__ == "__main__":
    bench()
