"""Say for each cell of an incident which words it was read from, by which rule, and what a person changed.

Everything comes from the published tables, so that the explanation is about what was published.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.tables.folder import FolderError
from pipeline.tables.texts import name_text
from pipeline.terminal import one_line

Cells = dict[str, str]

WORDS = {"When": "date_text", "Where": "place_text", "What": "target_text"}
TOPICS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {  # the cells, and what mentions and rules call them
    "What": (("event_type", "status", "weapon", "suicide", "target_type"), ("target", "weapon")),
    "When": (("date_start", "date_end", "date_precision", "date_basis"), ("date",)),
    "Where": (
        *(("venue", "city", "admin2", "admin1", "country", "latitude", "longitude", "geo_precision", "geo_radius_km"),),
        ("place",),
    ),
    "Who": (("perpetrator", "attribution"), ("perpetrator",)),
    "Killed": (("killed_low", "killed_best", "killed_high", "killed_state", "killed_attackers"), ("killed",)),
    "Injured": (("injured_low", "injured_best", "injured_high", "injured_state", "injured_attackers"), ("injured",)),
    "Killed or injured": (
        ("casualties_low", "casualties_best", "casualties_high", "casualties_state"),
        ("killed_or_injured", "casualties"),
    ),
}
NOTHING = {"", "unknown", "not_stated"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the published tables hold about one incident; its leading article comes first."""

    incident: Cells
    reports: list[Cells]
    mentions: list[Cells]
    figures: list[Cells]
    outlets: dict[str, str]  # article_id -> outlet, or title
    decisions: list[Cells]  # of people, in the order of the log


def explain_incident(incident_id: str, data: Path) -> str:
    """Tell all that stands behind one published incident; raises FolderError where `data` holds no such incident."""
    evidence = gather_evidence(incident_id, data)
    parts = (
        tell_head(evidence.incident),
        *(tell_topic(topic, evidence) for topic in TOPICS),
        tell_figures(evidence),
        tell_sentences(evidence),
        tell_people(evidence),
    )
    return "\n\n".join("\n".join(lines) for part in parts if (lines := list(part)))


def gather_evidence(incident_id: str, data: Path) -> Evidence:
    """Read what is published about an incident, under the id it has now."""
    incidents = {row["incident_id"]: row for row in read_rows(data, "incidents")}
    gone = {row["incident_id"]: row for row in read_rows(data, "removed")}
    name = gone[incident_id]["merged_into"] if incident_id in gone else incident_id
    if name not in incidents:
        why = f"was {gone[incident_id]['reason']}" if incident_id in gone else "is no incident there"
        raise FolderError(f"{incident_id} {why}: the ids of {data} stand in its incidents.csv")
    reports = [row for row in read_rows(data, "reports") if row["incident_id"] == name]
    ours = {row["report_id"] for row in reports}
    lead = incidents[name]["source_article_id"]
    return Evidence(
        incidents[name],
        sorted(reports, key=lambda row: row["article_id"] != lead),
        sorted(
            (row for row in read_rows(data, "mentions") if row["report_id"] in ours),
            key=lambda row: row["article_id"] != lead,
        ),
        [row for row in read_rows(data, "figures") if row["report_id"] in ours],
        {row["article_id"]: row["outlet"] or row["title"] for row in read_rows(data, "articles")},
        read_decisions(data, {name, *ours}),
    )


def read_decisions(data: Path, names: set[str]) -> list[Cells]:
    """Read what people decided on an incident or its reports; tables of an older build have no decisions."""
    rows = read_rows(data, "decisions") if (data / "decisions.csv").exists() else []
    return [row for row in rows if row["incident_id"] in names or row["now"].partition(" | ")[0] in names]


def read_rows(data: Path, name: str) -> list[Cells]:
    """Read one published table, each cell as one line; an id stays letter by letter."""
    try:
        with (data / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return [{name: cell if name.endswith("_id") else one_line(cell) for name, cell in row.items()}
                    for row in csv.DictReader(file)]  # fmt: skip
    except OSError as error:
        raise FolderError(f"{data} holds no {name}.csv: build the tables first, or name their folder") from error


def tell_head(incident: Cells) -> Iterator[str]:
    """Say what the incident is and how sure it is."""
    yield f"{incident['title']} ({incident['incident_id']})"
    articles, stories = int(incident["n_articles"]), int(incident["n_stories"])
    told = f"{articles} article{'s'[: articles != 1]} of {stories} independent {'story' if stories == 1 else 'stories'}"
    state = f"{incident['verification']}, {told}, confidence {incident['confidence']}"
    yield f"{state}, {incident['review_state']}" + (f" by {incident['reviewer']}" if incident["reviewer"] else "")
    if incident["notes"]:
        yield f"Disputed: {incident['notes']}"


def tell_topic(topic: str, evidence: Evidence) -> Iterator[str]:
    """Say what the cells of one topic hold, their words, their rules and the sentences that support them."""
    columns, names = TOPICS[topic]
    incident = evidence.incident
    stated = [name for name in columns if incident[name] not in NOTHING]
    by_person = [name for name in columns if name in incident["corrected"].split(" | ")]
    if not stated and not by_person:
        return
    yield topic.upper()
    yield "  " + ", ".join(f"{name} {incident[name] or 'empty'}" for name in columns if name in (*stated, *by_person))
    if words := incident.get(WORDS.get(topic, ""), ""):
        yield f"  words: “{words}”"
    rules = [
        f"{outlet(report, evidence)}: {rule}"
        for report in evidence.reports
        for rule in report["rules"].split(" | ")
        if rule.partition(":")[0] in (*columns, *names)
    ]
    yield from (f"  rule, {rule}" for rule in rules)
    if best := incident.get(f"{names[0]}_rule", ""):
        yield f"  best figure: {best}"
    if numbers := [
        str(no) for no, m in number(evidence.mentions) if set(m["fields"].split(" | ")) & {*columns, *names}
    ]:
        yield f"  sentences: {', '.join(f'[{no}]' for no in numbers)}"
    for name in by_person:
        yield from tell_set(name, evidence)


def tell_set(name: str, evidence: Evidence) -> Iterator[str]:
    """Say who set a cell, when, why and what stood there, and what the articles give."""
    row = next((d for d in evidence.decisions if d["column"] == name and d["state"] in ("holds", "conflict")), None)
    if row is None:
        yield f"  set by a person: {name}"
        return
    why = f", because {row['reason']}" if row["reason"] else ""
    stood = f"where {quote(row['was'])} stood"
    yield f"  {name} set to {quote(row['now'])} by {row['by']} on {row['at'][:10]}, {stood}{why} (row {row['row_id']})"
    words = ", ".join(f"“{words}”" for words in row["words"].split(" | ") if words)
    told = ": ".join(filter(None, (row["rule"], words)))
    yield (
        f"    the articles give {quote(row['machine'])}"
        + (f" ({told})" if told else "")
        + (", which no one has weighed against it yet" if row["state"] == "conflict" else "")
    )


def quote(text: str) -> str:
    """Quote a cell.

    >>> quote("19"), quote("")
    ('“19”', 'nothing')
    """
    return f"“{text}”" if text else "nothing"


def number(mentions: Sequence[Cells]) -> Iterator[tuple[int, Cells]]:
    """Give the sentences with the numbers they are told by."""
    return enumerate(mentions, start=1)


def outlet(row: Cells, evidence: Evidence) -> str:
    """Name the article of a row by its outlet."""
    return evidence.outlets.get(row["article_id"], "") or row["article_id"]


def tell_figures(evidence: Evidence) -> Iterator[str]:
    """Say which figures were weighed, whose they are, and which of them count."""
    place = {mention["mention_id"]: no for no, mention in number(evidence.mentions)}
    for no, figure in enumerate(evidence.figures):
        if no == 0:
            yield "FIGURES WEIGHED"
        who = figure["who"] or "people"
        whose = ", ".join(filter(None, (figure["claimant"], figure["claimant_type"])))
        counts = "counts" if figure["counts"] == "yes" else f"does not count ({figure['counts']})"
        bounds = tell_bounds(figure["low"], figure["high"])
        told = f"“{figure['words']}” {who}, {figure['measure']}: {bounds}, says {whose}; {counts}"
        yield f"  [{place.get(figure['mention_id'], '?')}] {told}"


def tell_bounds(low: str, high: str) -> str:
    """Write the ends of a figure.

    >>> tell_bounds("3", "3"), tell_bounds("3", ""), tell_bounds("", "9"), tell_bounds("3", "9"), tell_bounds("", "")
    ('3', '3 or more', '9 or fewer', '3 to 9', 'no number')
    """
    if not low or not high:
        return f"{low} or more" if low else f"{high} or fewer" if high else "no number"
    return low if low == high else f"{low} to {high}"


def tell_sentences(evidence: Evidence) -> Iterator[str]:
    """Show every sentence that speaks of the incident, with its article and where in its text it stands."""
    yield "SENTENCES"
    for no, mention in number(evidence.mentions):
        supports = mention["fields"].replace(" | ", ", ")
        yield f"  [{no}] {outlet(mention, evidence)}, texts/{name_text(mention['article_id'])} " + (
            f"{mention['sentence_start']}–{mention['sentence_end']}" + (f" ({supports})" if supports else "")
        )
        yield f"      {mention['sentence']}"


def tell_people(evidence: Evidence) -> Iterator[str]:
    """Show all that people decided about the incident, what was taken back or overtaken too."""
    for no, row in enumerate(evidence.decisions):
        if no == 0:
            yield "DECIDED BY PEOPLE"
        change = f" {quote(row['was'])} to {quote(row['now'])}" if row["was"] or row["now"] else ""
        what = f"undoes row {row['undoes']}" if row["undoes"] else row["column"] + change
        why = f": {row['reason']}" if row["reason"] else ""
        yield f"  {row['at'][:10]} {row['by']}, {what}{why} (row {row['row_id']}, {row['state'].replace('_', ' ')})"
