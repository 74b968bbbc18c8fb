"""Reckon from the figures of this machine what a hundred million articles would take. Plain multiplication, no more."""

from collections.abc import Iterator
from dataclasses import dataclass

from scale.kept import Figures

GOAL = 100_000_000
CORES, MACHINE_GB, DISK_GB = 16, 64, 1_000  # of the machine that is reckoned with
MACHINES = 20
DAY = 24.0  # hours
PAGE_GB = 16


@dataclass(frozen=True, slots=True)
class Costs:
    """What one article costs; times in seconds, sizes in bytes."""

    read: float  # of a core
    merged: float  # of a core
    driven: float  # of the driver alone, all legs but reading
    storage: dict[str, float]
    driver_base: float
    driver_each: float
    incidents: float
    page_each: float  # an incident, at most, while the page opens the tables


def calculate(figures: dict[str, Figures]) -> Iterator[str]:
    """Give the page of calculation, where all that it needs was measured."""
    costs = gather_costs(figures)
    if costs is None:
        return
    read, merged = GOAL * costs.read / 3600, GOAL * costs.merged / 3600
    driven = GOAL * costs.driven / 3600
    memory = (costs.driver_base + GOAL * costs.driver_each) / 1e9
    yield f"## To {GOAL:,} articles\n"
    yield "Multiplied from the largest sizes above, for machines of"
    yield f"{CORES} cores, {MACHINE_GB} GB of memory and {DISK_GB:,} GB of disk.\n"
    yield f"- **Reading** parts without rest: {costs.read * 1e3:.0f} ms of a core an article, {read:,.0f} core-hours,"
    yield f"  {read / CORES:,.0f} machine-hours: {read / CORES / MACHINES:,.1f} hours on {MACHINES} machines."
    yield f"- **Merging** in blocks: {costs.merged * 1e6:.0f} microseconds an article, {merged:,.1f} core-hours."
    yield "- **The driver** does the rest alone (opening, copies, ids, decisions, candidates, writing):"
    yield f"  {costs.driven * 1e3:.2f} ms an article, {driven:,.0f} hours in one process."
    each = f"{costs.driver_each:,.0f} bytes an article"
    yield f"- **Memory of the driver**: {costs.driver_base / 1e6:,.0f} MB and {each}: {memory:,.0f} GB."
    sizes = ", ".join(f"{name} {GOAL * each / 1e9:,.0f} GB" for name, each in costs.storage.items())
    yield f"- **Storage**: {sizes}; the texts are {GOAL:,} files."
    yield f"- **The page** needs up to {costs.page_each:,.0f} bytes an incident while it opens the tables:"
    yield f"  {GOAL * costs.incidents * costs.page_each / 1e9:,.0f} GB for {GOAL * costs.incidents:,.0f} incidents."
    total = (read + merged) / CORES + driven
    yield f"\nAll in all about {round_roughly(total):,.0f} machine-hours, {driven / total:.0%} of them the driver's.\n"
    yield "What breaks first, and at how many articles:\n"
    yield "| limit | reached at articles |"
    yield "|---|---:|"
    for limit, at in sorted(list_limits(costs), key=lambda pair: pair[1]):
        yield f"| {limit} | {round_roughly(at):,.0f} |"


def gather_costs(figures: dict[str, Figures]) -> Costs | None:
    """Take the costs from the largest sizes that were measured; None where one is missing."""
    builds = sorted((f for name, f in figures.items() if name.startswith("build ") and f["workers"] == 2),
                    key=lambda found: found["articles"])  # fmt: skip
    merges = sorted((f for name, f in figures.items() if name.startswith("merge ")), key=lambda f: f["reports"])
    pages = sorted((f for name, f in figures.items() if name.startswith("page ")), key=lambda f: f["incidents"])
    if len(builds) < 2 or not merges or not pages or "race" not in figures:
        return None
    small, large = builds[0], builds[-1]
    articles = large["articles"]
    each = (large["driver_mb"] - small["driver_mb"]) * 1e6 / (articles - small["articles"])
    alone = sum(spent for leg, spent in large["legs"].items() if not leg.startswith(("Reading", "Loading", "Starting")))
    return Costs(
        read=1 / figures["race"]["read_per_s"],
        merged=merges[-1]["us_per_report"] / 1e6 * large["reports"] / articles,
        driven=alone / articles,
        storage={name: large[f"{name}_bytes"] for name in ("cache", "tables", "texts")},
        driver_base=max(0.0, small["driver_mb"] * 1e6 - each * small["articles"]),
        driver_each=max(each, 1.0),
        incidents=large["incidents"] / articles,
        page_each=pages[-1]["peak_mb"] * 1e6 / pages[-1]["incidents"],
    )


def list_limits(costs: Costs) -> Iterator[tuple[str, float]]:
    """Give each limit and the number of articles at which it is reached."""
    yield f"the driver holds {MACHINE_GB} GB", (MACHINE_GB * 1e9 - costs.driver_base) / costs.driver_each
    yield "the driver alone takes a day", DAY * 3600 / costs.driven
    yield f"{MACHINES} machines read for a day", DAY * 3600 * MACHINES * CORES / costs.read
    yield f"cache, tables and texts fill {DISK_GB:,} GB", DISK_GB * 1e9 / sum(costs.storage.values())
    yield f"the page needs {PAGE_GB} GB", PAGE_GB * 1e9 / (costs.page_each * costs.incidents)


def round_roughly(value: float) -> float:
    """Round to two figures.

    >>> round_roughly(1234.0)
    1200.0
    """
    return float(f"{value:.2g}")
