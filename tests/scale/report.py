"""Write docs/scale.md from the figures that were measured; what was not measured is named, not guessed."""

import os
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from scale.calculation import calculate
from scale.kept import Figures

MOST_STEP = 1.3  # from one size of merging to the next
MOST_AGAIN = 0.05  # of the time of the first build, for 1 % new articles
MOST_LEG = 3_600  # seconds
MOST_GROWTH = 1.25  # of the memory of a process from the smallest build to the largest: what counts as flat
All = dict[str, Figures]


def write_report(figures: All) -> str:
    """Give the whole document."""
    parts = (tell_builds, tell_race, tell_memory, tell_merging, tell_afterwards, tell_again, tell_same, tell_page,
             tell_truth, calculate, tell_commands)  # fmt: skip
    told = ["\n".join(part(figures)) for part in parts]
    return "\n\n".join(["\n".join(tell_head(figures)), *filter(None, told)]) + "\n"


def tell_head(figures: All) -> Iterator[str]:
    """Say what this is, when and on what it was measured."""
    days = sorted({found["at"] for found in figures.values()})
    commits = sorted({found["commit"] for found in figures.values()})
    yield "# What it costs as articles grow\n"
    yield f"Measured {' and '.join(dict.fromkeys((days[0], days[-1])))} at {', '.join(commits)} by `make bench-scale`"
    yield f"on {tell_machine()}. The articles are generated"
    yield "(tests/wire): 60 to 120 words, invented incidents in real towns, one to six articles to an incident, copies,"
    yield "follow-ups, round-ups and articles without any incident, 40 incidents a day, so that more articles are more"
    yield "years and not more crowded weeks. Seconds are this machine's; ratios hold elsewhere too."


def tell_machine() -> str:
    """Name the machine: cores, processor, memory."""
    about = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.partition(": ")[2] for line in about if line.startswith("model name")), "an unnamed processor")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return f"{os.cpu_count()} cores ({model}), {memory:.0f} GB"


def tell_builds(figures: All) -> Iterator[str]:
    """Give each build with its legs, and one process against two."""
    builds = select(figures, "build")
    if not builds:
        return
    yield "## End to end\n"
    legs = list(dict.fromkeys(leg for found in builds for leg in found["legs"]))
    heads = ["articles", "processes", "seconds", "articles a second", *(leg.lower() for leg in legs)]
    rows = [
        [f"{b['articles']:,}", b["workers"], f"{b['seconds']:,.0f}", f"{b['articles'] / b['seconds']:.1f}",
         *(f"{b['legs'].get(leg, 0):,.0f} s" for leg in legs)]
        for b in builds
    ]  # fmt: skip
    yield from table(heads, rows)
    longest = max(spent for found in builds for spent in found["legs"].values())
    yield f"\nThe longest leg takes {longest / 60:.0f} minutes; {judge('an hour at most', longest, MOST_LEG)}"
    one, two = (next((b for b in builds if b["workers"] == n), None) for n in (1, 2))
    if one and two and one["articles"] == two["articles"]:
        ratio = one["seconds"] / two["seconds"]
        reading = one["legs"].get("Reading articles", 0) / (two["legs"].get("Reading articles", 0) or 1)
        yield f"Two workers are {ratio:.2f} times as fast as one process, in reading alone {reading:.2f} times."


def tell_race(figures: All) -> Iterator[str]:
    """Give reading beside the model alone."""
    if race := figures.get("race"):
        yield "## Beside spaCy alone\n"
        yield f"On one core, by turns in one run over {race['articles']:,} articles: {race['read_per_s']} articles a"
        yield f"second are read whole; the whole model alone (`nlp.pipe`) does {race['spacy_per_s']}. Reading takes"
        yield f"{race['ratio']} times the model's time, with the parse that it needs in it."


def tell_memory(figures: All) -> Iterator[str]:
    """Give the peak of each process and the storage an article."""
    builds = [found for found in select(figures, "build") if found["workers"] == 2]
    if not builds:
        return
    yield "## Memory and storage\n"
    heads = ["articles", "driver, MB", "each worker, MB", "cache", "tables", "texts, bytes an article"]
    yield from table(heads, [
        [f"{b['articles']:,}", b["driver_mb"], ", ".join(map(str, b["workers_mb"])) or "none", b["cache_bytes"],
         b["tables_bytes"], b["texts_bytes"]] for b in builds
    ])  # fmt: skip
    if len(builds) > 1:
        first, last = builds[0], builds[-1]
        workers = max(last["workers_mb"], default=0) / max(first["workers_mb"], default=1)
        yield f"\nFrom the first to the last row workers grow {workers:.2f} times: " + judge(
            "flat", workers, MOST_GROWTH
        )
        driver = last["driver_mb"] / first["driver_mb"]
        yield f"The driver grows {driver:.2f} times: " + judge("flat", driver, MOST_GROWTH)
        yield "It holds what was read of every article, without the texts, until the last table is written."


def tell_merging(figures: All) -> Iterator[str]:
    """Give the cost of merging per report and its steps."""
    if not (merges := select(figures, "merge")):
        return
    yield "## Merging\n"
    costs = [found["us_per_report"] for found in merges]
    steps = [1.0, *(later / earlier for earlier, later in pairwise(costs))]
    heads = ["reports", "incidents", "microseconds a report", "times the row above", "seconds", "peak, MB"]
    yield from table(heads, [
        [f"{m['reports']:,}", f"{m['incidents']:,}", m["us_per_report"], f"{step:.2f}" if no else "", m["seconds"],
         m["peak_mb"]] for no, (m, step) in enumerate(zip(merges, steps, strict=True))
    ])  # fmt: skip
    yield f"\nThe steepest step is {max(steps):.2f}: {judge('1.3 at most', max(steps), MOST_STEP)}"


def tell_afterwards(figures: All) -> Iterator[str]:
    """Give the cost of each step after merging per incident."""
    if not (sizes := select(figures, "afterwards")):
        return
    yield "## After merging, microseconds an incident\n"
    steps = list(sizes[0]["us_per_incident"])
    yield from table(["step", *(f"{found['incidents']:,} incidents" for found in sizes)], [
        [step, *(found["us_per_incident"][step] for found in sizes)] for step in steps
    ])  # fmt: skip


def tell_again(figures: All) -> Iterator[str]:
    """Give the time of a second build with 1 % new articles."""
    pairs = [
        (first, again)
        for first in select(figures, "build")
        if first["workers"] == 2 and (again := figures.get(f"again {first['articles']}"))
    ]
    if not pairs:
        return
    yield "## A second build with 1 % new articles\n"
    yield "The new ones fall on all days, so that they touch blocks everywhere.\n"
    yield from table(["articles", "first, s", "second, s", "share"], [
        [f"{first['articles']:,}", f"{first['seconds']:,.0f}", f"{again['seconds']:,.0f}",
         f"{again['seconds'] / first['seconds']:.1%}"] for first, again in pairs
    ])  # fmt: skip
    first, again = pairs[-1]
    yield f"\nFor the largest, {judge('under 5 %', again['seconds'] / first['seconds'], MOST_AGAIN)}"
    legs = ", ".join(f"{leg.lower()} {spent:,.0f} s" for leg, spent in again["legs"].items())
    yield f"Its legs: {legs}."
    yield "New articles of all days and countries leave no block as it was, and the driver opens every article and"
    yield "writes every row again; of one new article only the country is merged again."


def tell_same(figures: All) -> Iterator[str]:
    """Say whether all ways of building give the same bytes."""
    for found in select(figures, "same"):
        yield "## The same bytes\n"
        ways = "one process, two workers, and a cluster of two `dask worker` processes"
        yield f"{found['articles']:,} articles from {ways} of which {found['kills']} were killed (SIGKILL) while"
        told = "the same bytes" if found["same"] else f"**not the same bytes**: {found['seals']}"
        yield f"reading and started again: {told}."


def tell_page(figures: All) -> Iterator[str]:
    """Give what the page's reader needs."""
    if not (sizes := select(figures, "page")):
        return
    yield "## The page over large tables\n"
    heads = ["incidents", "tables unpacked, MB", "opened in, s", "a filter, s", "peak, MB", "held after, MB", "share"]
    yield from table(heads, [
        [f"{p['incidents']:,}", p["tables_mb"], p["open_s"], p["filter_s"], p["peak_mb"], p["held_mb"], p["share"]]
        for p in sizes
    ])  # fmt: skip
    names = ", ".join(f"`{name}`" for name in sizes[-1]["in_memory"].split())
    yield "\nTables lie in folders of Parquet parts. A filter is the counts, the values of every list and 50 rows, the"
    yield "median of five. The peak is that of opening, while incidents are put in order; held is what stays of it,"
    yield f"packed, and the share is that of the tables unpacked. Kept in memory are: {names}."


def tell_truth(figures: All) -> Iterator[str]:
    """Say how much of the known incidents is read right."""
    for found in select(figures, "truth"):
        yield "## Read right\n"
        shares = ", ".join(f"{n} {found[n]:.1%}" for n in ("found", "day", "city", "killed", "all three") if n in found)
        yield f"Of {found['known']:,} known incidents: {shares}. {found['unmatched']} of the {found['incidents']:,}"
        yield "incidents read agree with none in day and town. Generated texts are plain: `docs/quality.md` has the"
        yield "scores on texts that people wrote."


def tell_commands(figures: All) -> Iterator[str]:
    """Give the command of each figure."""
    yield "## The command of each figure\n"
    yield from table(["figure", "measured on", "took, s", "command"], [
        [name, found["at"], found["took"], f"`{found['command']}`"] for name, found in figures.items()
    ])  # fmt: skip


def select(figures: All, kind: str) -> list[Figures]:
    """Give the figures of one kind, by size."""
    found = [(int(name.split()[1]), name, about) for name, about in figures.items() if name.startswith(f"{kind} ")]
    return [about for _, _, about in sorted(found, key=lambda one: one[:2])]


def judge(asked: str, value: float, most: float) -> str:
    """Say whether what was asked holds.

    >>> judge("1.3 at most", 1.1, 1.3), judge("1.3 at most", 1.5, 1.3)
    ('1.3 at most was asked, and holds.', '1.3 at most was asked, and **falls short**.')
    """
    return f"{asked} was asked, and {'holds' if value <= most else '**falls short**'}."


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """Give a table."""
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---:|" * len(heads)
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |"
