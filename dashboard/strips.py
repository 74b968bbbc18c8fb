"""Who says how many: for each measure a number line with a mark for each claimant, so that one sees them disagree.

A range is a bar, an open end an arrow, a party's own figure hollow; the line through all is the figure that holds
best. Everything is said in words too, so that a mark only repeats what its row says.
"""

from collections.abc import Iterable
from math import ceil

from dashboard.facts import Row, read_rows
from dashboard.lights import WEIGHED
from dashboard.say import read_count, say_number
from dashboard.source import find_article, say_published
from pipeline.tables.load import Tables

# The measure of an incident, its word among the figures, and what the page calls it.
MEASURES = (
    ("killed", "killed", "Killed"),
    ("injured", "injured", "Injured"),
    ("casualties", "killed_or_injured", "Killed or injured"),
)
KINDS = {
    "perpetrator": "the attackers themselves", "authority": "authorities", "hospital": "hospital or medics",
    "witness": "witness", "un": "United Nations", "ngo": "NGO", "media": "the outlet itself",
    "unnamed": "a source without a name",
}  # fmt: skip
UNWEIGHED = {"part_of_total": "part of another figure", "repeats": "said before"}
FULL = 86.0  # percent of the line that numbers take; the rest is for arrows
MOST = 60  # figures of one measure; a longer list is cut, and says so


def lay_strips(tables: Tables, row: Row) -> list[Row]:
    """Give a number line for each measure that somebody gives a figure of."""
    reports = read_rows(tables.reports[tables.reports["incident_id"] == row["incident_id"]])
    articles = {one["report_id"]: find_article(tables.articles, one) for one in reports}
    figures = [one for one in read_rows(tables.figures) if one["report_id"] in articles]
    laid = []
    for measure, code, name in MEASURES:
        mine = [one for one in figures if one["measure"] == code]
        totals = {one["report_id"]: read_count(one.get(f"{measure}_low")) for one in reports}
        laid.append(_lay_strip(name, row, measure, fold_figures(add_parts(mine, totals), articles)))
    return [strip for strip in laid if strip["marks"] or strip["aside"] or strip["best"]]


def list_others(tables: Tables) -> list[Row]:
    """Give the figures of people who were neither killed nor injured: missing, taken, arrested, driven away."""
    known = {code for _, code, _ in MEASURES}
    return [
        {"id": one["figure_id"], "measure": one["measure"], "number": _say(one), "words": one["words"],
         "who": one["claimant"] or KINDS.get(one["claimant_type"], "")}
        for one in read_rows(tables.figures) if one["measure"] not in known
    ][:MOST]  # fmt: skip


def add_parts(figures: list[Row], totals: dict[str, int | None]) -> list[Row]:
    """Put the figures together that a report adds up: one claimant's, whose sum is the report's own toll.

    >>> parts = [{"report_id": "a:1", "figure_id": n, "claimant": "", "claimant_type": "media", "counts": "yes",
    ...           "low": n, "best": n, "high": high, "words": str(n), "who": ""} for n, high in ((13, 13), (170, None))]
    >>> [(one["low"], one["high"], one["words"]) for one in add_parts(parts, {"a:1": 183})]
    [(183, None, '13 + 170')]
    >>> len(add_parts(parts, {"a:1": 170}))
    2
    """
    groups: dict[tuple[str, ...], list[Row]] = {}
    for one in figures:
        weighed = one["counts"] in WEIGHED
        apart = "" if weighed else str(one["figure_id"])
        groups.setdefault((one["report_id"], one["claimant"], one["claimant_type"], apart), []).append(one)
    added = []
    for parts in groups.values():
        lows = [read_count(one["low"]) for one in parts]
        if len(parts) < 2 or None in lows or sum(low or 0 for low in lows) != totals.get(parts[0]["report_id"]):
            added += [one | {"ids": [one["figure_id"]]} for one in parts]
            continue
        sums = {end: _add(read_count(one[end]) for one in parts) for end in ("low", "best", "high")}
        words = {name: " + ".join(str(one[name]) for one in parts if one[name]) for name in ("words", "who")}
        added.append(parts[0] | sums | words | {"ids": [one["figure_id"] for one in parts]})
    return added


def _add(numbers: Iterable[int | None]) -> int | None:
    """Add numbers; with one that is not stated, nothing is known of the sum."""
    listed = list(numbers)
    return None if None in listed else sum(number or 0 for number in listed)


def fold_figures(figures: list[Row], articles: dict[str, Row]) -> list[Row]:
    """Give the figures in order of publication, one for those in which one claimant says the same again."""
    folded: dict[tuple[object, ...], Row] = {}
    for one in sorted(figures, key=lambda one: _place(one, articles[one["report_id"]])):
        article = articles[one["report_id"]]
        outlet = article.get("outlet") or "outlet not stated"
        counts = [read_count(one[end]) for end in ("low", "best", "high")]
        same = (one["claimant"].casefold(), one["claimant_type"], one["counts"], *counts)
        first = one | {"ids": [], "outlets": {}, "article": article}
        kept = folded.setdefault(same, first)
        kept["ids"] = [*kept["ids"], *one["ids"]]
        kept["outlets"][outlet] = None  # a set that keeps its order
    return list(folded.values())


def find_ticks(most: int) -> list[int]:
    """Give two to six round numbers from 0 to at least `most`.

    >>> find_ticks(19), find_ticks(183), find_ticks(1), find_ticks(0)
    ([0, 5, 10, 15, 20], [0, 50, 100, 150, 200], [0, 1], [0, 1])
    """
    steps = (figure * 10**power for power in range(12) for figure in (1, 2, 5))
    step = next(step for step in steps if step * 5 >= most)
    return [step * number for number in range(ceil(max(most, 1) / step) + 1)]


def _lay_strip(name: str, row: Row, measure: str, figures: list[Row]) -> Row:
    """Lay out one number line."""
    ends = [read_count(row[f"{measure}_{end}"]) for end in ("low", "best", "high")]
    weighed = [one for one in figures if one["counts"] in WEIGHED]
    numbers = [n for one in weighed for end in ("low", "best", "high") if (n := read_count(one[end])) is not None]
    ticks = find_ticks(max([*numbers, *(end for end in ends if end is not None)], default=0))
    scale = FULL / ticks[-1]
    low, best, high = ends
    stated = best if best is not None else low if low is not None else high
    return {
        "measure": measure,
        "name": name,
        "number": say_number(*ends),
        "best": None if stated is None else {"at": stated * scale, "sure": best is not None},
        "band": None if low is None or high is None or low == high else [low * scale, high * scale],
        "ticks": [{"at": tick * scale, "words": f"{tick:,}"} for tick in ticks],
        "marks": [_lay_mark(one, scale) for one in weighed[:MOST]],
        "aside": [_lay_mark(one, scale) for one in figures if one not in weighed][:MOST],
        "cut": max(0, len(weighed) - MOST),
    }


def _lay_mark(one: Row, scale: float) -> Row:
    """Lay out the mark of one claimant, and say it."""
    low, best, high = (read_count(one[end]) for end in ("low", "best", "high"))
    at = lambda number: None if number is None else number * scale  # noqa: E731  a number's place on the line
    party = one["claimant_type"] == "perpetrator"
    kind = KINDS.get(one["claimant_type"], one["claimant_type"].replace("_", " "))
    own = one["claimant_type"] == "media" and not one["claimant"]
    first, *more = one["outlets"]
    return {
        "ids": one["ids"],
        "who": first if own else one["claimant"] or kind,
        "kind": "party" if party else one["claimant_type"],
        "notes": [note for note in (
            "a party's own figure" if party else "" if own or not one["claimant"] else kind,
            "" if own else first,
            f"and {len(more)} more outlet{'s' if len(more) > 1 else ''}" if more else "",
            say_published(one["article"]),
            "" if one["who"] == "people" else one["who"],
            "" if one["counts"] in WEIGHED else f"not weighed: {UNWEIGHED.get(one['counts'], one['counts'])}",
        ) if note],
        "number": _say(one),
        "party": party,
        "low": at(low), "dot": at(best), "high": at(high),
    }  # fmt: skip


def _say(one: Row) -> str:
    """Say the number of a figure."""
    return say_number(one["low"], one["best"], one["high"]) or str(one["words"])


def _place(one: Row, article: Row) -> tuple[str, str, int]:
    """Give where a figure stands in time, then in its article."""
    return str(article.get("published") or "9999"), str(article["article_id"]), int(one["start"])
