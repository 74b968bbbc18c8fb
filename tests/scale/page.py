"""Ask large tables as the page does: `python -m scale.page TABLES`, and see that they are not loaded whole.

The tables lie in folders of Parquet parts, as a large build may publish them.
"""

import json
import sys
import time
from datetime import date
from pathlib import Path

import psutil
import pyarrow.parquet as pq
from generate import write

from pipeline.tables.source import weigh_files
from pipeline.tables.store import MOST_KEPT, Store
from pipeline.view.view import View
from scale.kept import Figures
from scale.memory import read_peak

PARTS = 8  # of each table
FILTER = View(types=("bombing",), since=date(2022, 1, 1), until=date(2022, 6, 30))
LARGE = 500_000_000  # bytes of all tables in memory, from which on the page
MOST_SHARE = 0.6  # may hold no more than this share of them


def make_tables(folder: Path, incidents: int) -> Path:
    """Make the tables of so many incidents, each in parts; what was made before is taken as it is."""
    done = folder / "incidents" / f"part-{PARTS - 1:03d}.parquet"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        write(folder, incidents)
        for path in sorted(folder.glob("*.parquet"), key=lambda path: path.stem == "incidents"):
            part_table(path)
    return folder


def part_table(path: Path) -> None:
    """Put a table into a folder of parts in its place."""
    table = pq.read_table(path)
    each = -(-table.num_rows // PARTS) or 1
    path.with_suffix("").mkdir(exist_ok=True)
    for number in range(PARTS):
        part = path.with_suffix("") / f"part-{number:03d}.parquet"
        pq.write_table(table.slice(number * each, each), part, compression="zstd")
    path.unlink()


def ask_tables(folder: Path) -> Figures:
    """Open the tables and ask one filter; give seconds, memory, and the share of the tables that is held."""
    process = psutil.Process()
    before = process.memory_info().rss
    started = time.monotonic()
    store = Store(folder)
    opened = time.monotonic() - started
    times = [time_filter(store) for _ in range(5)]
    held, peak = process.memory_info().rss - before, read_peak(process.pid) - before
    in_memory = [row[0] for row in store.db.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
    refuse_large(store, in_memory)
    whole = sum(pq.read_table(path).nbytes for path in folder.rglob("*.parquet"))
    if whole > LARGE and held > MOST_SHARE * whole:
        raise RuntimeError(f"the page holds {held / whole:.0%} of the tables: see Store._load for what it keeps")
    return {
        "incidents": store.size("incidents"), "open_s": round(opened, 2), "held_mb": round(held / 1e6),
        "filter_s": round(sorted(times)[2], 3), "peak_mb": round(peak / 1e6), "tables_mb": round(whole / 1e6),
        "share": round(held / whole, 2), "in_memory": " ".join(sorted(in_memory)),
    }  # fmt: skip


def time_filter(store: Store) -> float:
    """Time what a click on a filter asks: the counts, the values of every list, the first rows."""
    started = time.monotonic()
    store.counts(FILTER)
    store.facets(FILTER)
    store.rows(FILTER, most=50)
    return time.monotonic() - started


def refuse_large(store: Store, in_memory: list[str]) -> None:
    """Raise RuntimeError where a table that is larger than the page keeps was loaded all the same."""
    large = {f"all_{name}" for name, files in store.files.items() if weigh_files(files) > MOST_KEPT}
    if loaded := sorted(large.intersection(in_memory)):
        raise RuntimeError(f"{', '.join(loaded)} should stay on the disk: see Store._load")


if __name__ == "__main__":
    print(json.dumps(ask_tables(Path(sys.argv[1]))))
