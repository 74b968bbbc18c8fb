"""Read every bomb at its full size and write what each cost into docs/reliability.md (`make bench-bombs`).

A text of one endless sentence has all the characters that an article may have, and so has one of short lines; one of
many sentences has as many as are read.
"""

import re
import tempfile
from pathlib import Path

import bombs
from bomb_runner import measure_reading

from pipeline.intake.drafts import MOST_CHARACTERS
from pipeline.reports.limits import MOST_TOLD

PAGE = Path(__file__).parents[1] / "docs" / "reliability.md"
START, END = "<!-- bombs: written by make bench-bombs -->", "<!-- bombs: end -->"
TEXTS = (
    ("one endless sentence of", bombs.one_sentence, bombs.FILLS, MOST_CHARACTERS - 1_000),
    ("sentences of the most characters, of", bombs.many_sentences, bombs.FILLS, MOST_TOLD + 10_000),
    ("short lines of", bombs.short_lines, bombs.LINES, MOST_CHARACTERS - 1_000),
)


def list_costs():
    """Give the name of each bomb and what it cost."""
    with tempfile.TemporaryDirectory() as folder:
        for name, (ending, make) in bombs.FILES.items():
            make(Path(folder) / f"bomb{ending}")
            yield name, measure_reading(Path(folder) / f"bomb{ending}")
            (Path(folder) / f"bomb{ending}").unlink()
        for shape, make, fills, size in TEXTS:
            for name in fills:
                path = Path(folder) / "bomb.txt"
                path.write_text(make(name, size), encoding="utf-8", newline="")
                yield f"{shape} {name}", measure_reading(path)


def write_table(costs):
    """Write the table: each file, and of the texts of one shape those that cost most."""
    rows = ["| bomb | seconds | MB | what came of it |", "|---|---|---|---|"]
    files = [one for one in costs if one[0] in bombs.FILES]
    for shape, _, fills, size in TEXTS:
        ours = sorted((one for one in costs if one[0].startswith(shape)), key=lambda one: -one[1].seconds)
        rows += [write_row(f"{size:,} characters, {name}", cost) for name, cost in ours[:5]]
        heaviest = max(cost.megabytes for _, cost in ours)
        rows.append(f"| the other {len(fills) - 5} such texts | ≤ {ours[5][1].seconds:.1f} | ≤ {heaviest} | |")
    return "\n".join([*rows[:2], *(write_row(name, cost) for name, cost in files), *rows[2:]])


def write_row(name, cost):
    """Write one row."""
    said = [one.message for one in cost.issues if one.kind in ("limit", "unreadable")]
    told = re.sub(r"^bomb\.\w+(:\d+)? was left out: ", "", said[0]) if said else "read"
    reports = sum(len(reading.reports) for reading in cost.readings)
    more = f" {reports} incidents were read." if reports else ""
    return f"| {name} | {cost.seconds:.1f} | {cost.megabytes} | {cost.failure or told}{more} |"


def main():
    """Measure, and write."""
    costs = []
    for name, cost in list_costs():
        costs.append((name, cost))
        print(f"{cost.seconds:7.1f} s {cost.megabytes:6} MB  {name} {cost.failure}", flush=True)
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(START)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{START}\n{write_table(costs)}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
