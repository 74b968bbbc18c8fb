"""Merge so many reports, made as records without texts: `python -m scale.merging REPORTS`."""

import json
import os
import statistics
import sys
import time

from wire.records import make_records

from pipeline.incidents.merge import merge_reports
from scale.kept import Figures
from scale.memory import read_peak

STEADY, MOST_TIMES = 30_000, 15  # small sizes are merged again until so many reports are, and the median counts


def time_merging(reports: int) -> Figures:
    """Give the processor's microseconds a report, and the most memory of the process."""
    made = make_records(reports)
    spent, walls = [], []
    for _ in range(max(1, min(MOST_TIMES, STEADY // reports))):
        before, started = time.process_time(), time.monotonic()
        incidents, doubts = merge_reports(made.readings, made.articles, [])
        spent.append(time.process_time() - before)
        walls.append(time.monotonic() - started)
    return {
        "reports": reports,
        "incidents": len(incidents),
        "doubts": len(doubts),
        "seconds": round(statistics.median(walls), 2),
        "us_per_report": round(1e6 * statistics.median(spent) / reports, 1),
        "peak_mb": round(read_peak(os.getpid()) / 1e6),
    }


if __name__ == "__main__":
    print(json.dumps(time_merging(int(sys.argv[1]))))
