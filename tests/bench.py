"""Score the reading on every gold set, time it, and add both to docs/quality.md; `make bench` runs it.

The sets in tests/gold are always scored, the outer ones where INCIDENT_BENCH names their folder.
"""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from outer import outer_sets, score_outer
from scoring import load_gold, our_sets, score_build
from speed import add_row, measure_speed
from speed import write_row as speed_row

ROOT = Path(__file__).parent.parent
QUALITY = ROOT / "docs" / "quality.md"
COLUMNS = (
    *("incidents", "extra", "date", "city", "killed", "injured", "event_type", "perpetrator", "aggregates"),
    *("forbidden", "seconds"),
)
HEADER = "| run | set | " + " | ".join(name.replace("_", " ") for name in COLUMNS) + " |"
RULE = "|---|---|" + "---|" * len(COLUMNS)


def main():
    """Score every set, time the reading, print the rows and write them above the earlier ones."""
    if not QUALITY.exists() or HEADER not in QUALITY.read_text(encoding="utf-8"):
        sys.exit(f"docs/quality.md has no table with this header; put it back: {HEADER}")
    if not outer_sets():
        print("INCIDENT_BENCH names no folder: only the sets in tests/gold are scored.")
    run, rows = name_run(), []
    for name, score in scores():
        rows.append(write_row(run, name, score))
        print(rows[-1], flush=True)
    speed = speed_row(run, measure_speed())
    print(speed, flush=True)
    text = add_rows(QUALITY.read_text(encoding="utf-8"), rows)
    QUALITY.write_text(add_row(text, speed), encoding="utf-8")


def scores():
    """Give name and scores of each set; every article is read anew, so that the seconds count."""
    score_build(load_gold("digests")[:1])  # builds the gazetteer where it is not there, so that no set pays for it
    for name in our_sets():
        yield name, score_build(load_gold(name), "--no-cache")
    for name, path in outer_sets().items():
        yield name, score_outer(path, "--no-cache")


def name_run():
    """Name this run: the day and the commit, with a plus where files differ from it."""
    git = ["git", "-C", str(ROOT)]
    commit = subprocess.run([*git, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    changes = subprocess.run(
        [*git, "status", "--porcelain", "pipeline", "seeds"], capture_output=True, text=True, check=False
    )
    return f"{datetime.now(UTC).date()} {commit.stdout.strip() or 'no commit'}{'+' if changes.stdout else ''}"


def write_row(run, name, score):
    """Write one row of the table; what a set does not measure stays empty."""
    cells = ("" if score.get(column) is None else str(score[column]) for column in COLUMNS)
    return f"| {run} | {name} | " + " | ".join(cells) + " |"


def add_rows(text, rows):
    """Put rows under the header of the table; a row of the same run and set is replaced, all else stays."""
    keys = {tuple(row.split(" | ")[:2]) for row in rows}
    kept = [line for line in text.splitlines() if tuple(line.split(" | ")[:2]) not in keys]
    at = kept.index(HEADER) + 2
    return "\n".join([*kept[:at], *rows, *kept[at:]]) + "\n"


if __name__ == "__main__":
    main()
