"""What a file holds, in words: what was asked, what it counts, of which state of the data, and how to read it."""

from urllib.parse import parse_qs, urlsplit

from pipeline.tables.store import Counts, Store
from pipeline.tables.totals import Total
from pipeline.view import View, say_days

ORDERED = {
    "newest": "newest first", "oldest": "oldest first", "deadliest": "deadliest first",
    "doubtful": "the least sure reading first",
}  # fmt: skip
READING = (
    "An empty cell is not stated, which is never zero. Several values in one cell are parted by “ | ”.",
    "date_start and date_end are the days it can have happened on, both included: “in March” is 1 to 31 March. A "
    "filter keeps what overlaps the days asked.",
    "latitude and longitude are the middle of what geo_precision names, up to geo_radius_km off; without a point only "
    "the country is known, or nothing.",
    "killed_low, killed_best and killed_high are the lowest figure, the one that holds best and the highest; an empty "
    "killed_high beside a killed_low is “at least”. Sums add each of the three apart, and leave out parts of a wave "
    "that is itself counted.",
    "n_stories counts independent stories: copies of one text count once.",
    "source_sentence is an exact piece of the article, from source_start to source_end in its text, in code points.",
    "Place names and points: GeoNames, CC BY 4.0, https://www.geonames.org",
)
Facts = list[tuple[str, str]]


def tell_facts(store: Store, view: View, link: str) -> Facts:
    """Give what is in a file of this view, as names and values."""
    counts, seal = store.counts(view), f"sha256:{store.seal()}"
    return [
        ("Filters", " ".join(view.in_words().split())),
        ("Order", say_order(view.order)),
        ("Link", link or "none"),
        ("Incidents", f"{counts.shown:,} of {counts.total:,}"),
        *_tell_doubt(counts, view),
        ("Killed (low – best – high)", _tell_total(counts.killed)),
        ("Injured (low – best – high)", _tell_total(counts.injured)),
        *([] if view.claims else [("Sums", "without figures that only the perpetrator gives; the rows have them")]),
        *(("Release", name) for name in parse_qs(urlsplit(link).query).get("release", ())),
        ("Data version", seal),
        ("Cite as", f"Incidents, {' '.join(view.in_words().split())}; data version {seal[7:19]}; {link}".rstrip("; ")),
    ]


def say_order(order: str) -> str:
    """Say in words how rows are sorted.

    >>> say_order("newest"), say_order("-n_stories")
    ('newest first', 'by n_stories, falling')
    """
    falls = order.startswith("-")
    return ORDERED.get(order) or f"by {order.removeprefix('-')}, {'falling' if falls else 'rising'}"


def _tell_doubt(counts: Counts, view: View) -> Facts:
    """Say how many are sure to be in, and what no timeline and no map can hold."""
    spanned = say_days(counts.first, counts.last) if counts.first else "none stated"
    sure = [("Certainly inside the days asked", f"{counts.certain:,}")] if view.since or view.until else []
    missing = [("Without a day", f"{counts.undated:,}"), ("Without a point", f"{counts.unplaced:,}")]
    return [*sure, ("Days", spanned), *missing]


def _tell_total(total: Total) -> str:
    """Say a sum with what it leaves out."""
    return f"{total}; {total.without:,} incidents without a figure" if total.stated else "no incident has a figure"
