"""Merge so many reports, made as records without texts: `python -m scale.merging REPORTS`."""

import json
import os
import sys
import time

from wire.records import make_records

from pipeline.incidents.merge import merge_reports
from scale.kept import Figures
from scale.memory import read_peak


def time_merging(reports: int) -> Figures:
    """Give the processor's microseconds a report, and the most memory of the process."""
    made = make_records(reports)
    before, started = time.process_time(), time.monotonic()
    incidents, doubts = merge_reports(made.readings, made.articles, [])
    spent, wall = time.process_time() - before, time.monotonic() - started
    return {
        "reports": reports, "incidents": len(incidents), "doubts": len(doubts), "seconds": round(wall, 2),
        "us_per_report": round(1e6 * spent / reports, 1), "peak_mb": round(read_peak(os.getpid()) / 1e6),
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(time_merging(int(sys.argv[1]))))
