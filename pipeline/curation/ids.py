"""Keep the ids of incidents over rebuilds, better rules, new articles and merges: an id names a place in a seed.

The registry is a file that only grows: where each incident was seen, and which id went into which. It is an input of
the build, so that the same articles and the same registry give the same ids.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from pipeline.curation.ledger import read_ledger, write_ledger
from pipeline.model import Incident, Removed, Report
from pipeline.text.words import SeedError, wrong

COLUMNS = ("incident_id", "article_id", "start", "merged_into", "first_release")

Place = tuple[str, int]  # article_id, start of a report in it


@dataclass(frozen=True, slots=True)
class Sighting:
    """A row of the registry: where an incident was seen, or (`place` None) which id it was merged into."""

    incident_id: str
    place: Place | None
    merged_into: str
    first_release: str


@dataclass(frozen=True)
class Registry:
    """All the ids ever given, oldest first."""

    rows: tuple[Sighting, ...] = ()

    @cached_property
    def age(self) -> dict[str, int]:
        """The turn at which each id was first given."""
        ages: dict[str, int] = {}
        for row in self.rows:
            ages.setdefault(row.incident_id, len(ages))
        return ages

    @cached_property
    def merged(self) -> dict[str, str]:
        """The id that each merged id went into."""
        return {row.incident_id: row.merged_into for row in self.rows if row.merged_into}

    @cached_property
    def seen(self) -> dict[Place, str]:
        """The id last seen at each place, merges followed."""
        return {row.place: self.follow(row.incident_id) for row in self.rows if row.place}

    def follow(self, incident_id: str) -> str:
        """Give the id that an id has now."""
        while incident_id in self.merged:
            incident_id = self.merged[incident_id]
        return incident_id


@dataclass(frozen=True, slots=True)
class Assigned:
    """Incidents under their lasting ids, the registry that grew by them, and the ids that are gone."""

    incidents: list[Incident]
    registry: Registry
    removed: list[Removed]
    names: dict[str, str]  # the id an incident came with -> its lasting id


def assign_ids(incidents: Sequence[Incident], registry: Registry, release: str) -> Assigned:
    """Give each incident the oldest id that any of its reports was seen under, else one made of its leading report.

    Of two incidents that one id fits, it stays with the one that still stands at its place; of two ids that fit one
    incident the older stays. `release` marks what is new. No id is used twice.
    """
    claims = find_claims(incidents, registry)
    lasting, merged = share_ids(claims, registry)
    taken = set(registry.age) | set(lasting.values())
    for incident in sorted(incidents, key=lambda i: (i.leading.article_id, i.leading.start)):
        if incident.incident_id not in lasting:
            lasting[incident.incident_id] = name = find_free(incident.leading.report_id, taken)
            taken.add(name)
    named = [rename(incident, lasting) for incident in incidents]
    grown = Registry((*registry.rows, *list_new(named, registry, merged, release)))
    return Assigned(named, grown, list_removed(grown, set(lasting.values())), lasting)


@dataclass(frozen=True, slots=True, order=True)
class Claim:
    """An incident's claim to a known id; the least is the best."""

    inexact: bool  # none of its reports stands where the id was seen
    strange: bool  # none of its reports stands where the id was first seen
    fewer: int  # minus the number of its reports seen under the id
    incident: str  # the id that the incident came with


def find_claims(incidents: Sequence[Incident], registry: Registry) -> dict[str, list[Claim]]:
    """Give for each known id the incidents whose reports were seen under it, the best claim first."""
    found = recognise([r for i in incidents for r in i.reports], registry)
    claims: dict[str, list[Claim]] = defaultdict(list)
    for incident in incidents:
        seen: dict[str, list[Report]] = defaultdict(list)
        for report in incident.reports:
            if known := found.get(report.report_id):
                seen[known].append(report)
        for known, reports in seen.items():
            exact = any((r.article_id, r.start) in registry.seen for r in reports)
            claim = Claim(not exact, known not in {r.report_id for r in reports}, -len(reports), incident.incident_id)
            claims[known].append(claim)
    return {known: sorted(claimed) for known, claimed in claims.items()}


def recognise(reports: Iterable[Report], registry: Registry) -> dict[str, str]:
    """Give the known id of each report seen before: at the same place, else at the nearest in one of its sentences."""
    known: dict[str, dict[int, str]] = defaultdict(dict)
    for (article_id, start), incident_id in registry.seen.items():
        known[article_id][start] = incident_id
    told: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        told[report.article_id].append(report)
    return {r: i for article_id, ours in told.items() for r, i in recognise_article(ours, known[article_id])}


def recognise_article(reports: Sequence[Report], known: dict[int, str]) -> Iterator[tuple[str, str]]:
    """Give the known ids of the reports of one article; a place moves with its sentence to one report at most."""
    exact = {report.report_id: known[report.start] for report in reports if report.start in known}
    yield from exact.items()
    lost = {start: incident_id for start, incident_id in known.items() if incident_id not in exact.values()}
    near = sorted(
        (not lead, abs(report.start - start), report.start, start, report.report_id)
        for report in reports
        if report.report_id not in exact
        for start in lost
        for lead in (holds(report, start, lead=True),)
        if lead or holds(report, start)
    )
    done: set[str | int] = set()
    for _, _, _, start, report_id in near:
        if start not in done and report_id not in done:
            done |= {start, report_id}
            yield report_id, lost[start]


def holds(report: Report, start: int, lead: bool = False) -> bool:
    """Tell whether a place lies in the leading sentence of a report, or in any of its sentences."""
    mentions = (report.leading,) if lead else report.mentions
    return any(mention.sentence.start <= start < mention.sentence.end for mention in mentions)


def share_ids(claims: dict[str, list[Claim]], registry: Registry) -> tuple[dict[str, str], dict[str, str]]:
    """Give the incidents that keep a known id, and the ids that go into another, oldest ids first."""
    lasting: dict[str, str] = {}
    merged: dict[str, str] = {}
    for known in sorted(claims, key=registry.age.__getitem__):
        heir = next((claim.incident for claim in claims[known] if claim.incident not in lasting), None)
        if heir is None:
            merged[known] = lasting[claims[known][0].incident]
        else:
            lasting[heir] = known
    return lasting, merged


def find_free(wish: str, taken: set[str]) -> str:
    """Give the wished id, or the next one free: an id that is gone is not given again.

    >>> find_free("wire:10", {"wire:10", "wire:10~2"})
    'wire:10~3'
    """
    name, turn = wish, 1
    while name in taken:
        turn += 1
        name = f"{wish}~{turn}"
    return name


def rename(incident: Incident, names: dict[str, str]) -> Incident:
    """Give an incident with lasting ids, its own and those it is related to."""
    related = tuple(names.get(other, other) for other in incident.related_ids)
    return replace(incident, incident_id=names[incident.incident_id], related_ids=related)


def list_new(
    incidents: Sequence[Incident], registry: Registry, merged: dict[str, str], release: str
) -> Iterator[Sighting]:
    """Give the rows that the registry lacks: new merges, then new places, in the order of articles and places."""
    for gone, into in merged.items():
        yield Sighting(gone, None, into, release)
    stands = {(r.article_id, r.start): i.incident_id for i in incidents for r in i.reports}
    for place, incident_id in sorted(stands.items()):
        known = registry.seen.get(place)
        if merged.get(known or "", known) != incident_id:
            yield Sighting(incident_id, place, "", release)


def list_removed(registry: Registry, present: set[str]) -> list[Removed]:
    """Give the ids that are gone: merged into another, or withdrawn because nothing is read at their place any more."""
    since = {row.incident_id: row.first_release for row in registry.rows if row.merged_into}
    return [
        Removed(incident_id=i, reason="merged", merged_into=registry.follow(i), since=since[i])
        if i in since
        else Removed(incident_id=i, reason="withdrawn")
        for i in registry.age
        if i not in present
    ]


def load_registry(path: Path) -> Registry:
    """Read the registry; a file that is not there yet holds no id. Raises SeedError where it is malformed."""
    rows: list[Sighting] = []
    known: set[str] = set()
    for line, row in read_ledger(path, COLUMNS):
        start, into = row["start"], row["merged_into"]
        if not row["incident_id"] or bool(start) == bool(into) or bool(row["article_id"]) != bool(start):
            what = "a row says where an id was seen, or what it was merged into"
            raise wrong(path, line, what, "fill article_id and start, or merged_into, and leave the other empty")
        if start and not (start.isascii() and start.isdecimal() and len(start) < 10):
            raise wrong(path, line, f'start is "{start}"', "write a whole number")
        if into and (strange := {row["incident_id"], into} - known):
            raise wrong(path, line, f"{sorted(strange)[0]} was never seen before", "put back the rows above")
        known.add(row["incident_id"])
        rows.append(
            Sighting(row["incident_id"], (row["article_id"], int(start)) if start else None, into, row["first_release"])
        )
    refuse_circles(path, {row.incident_id: row.merged_into for row in rows if row.merged_into})
    return Registry(tuple(rows))


def refuse_circles(path: Path, into: dict[str, str]) -> None:
    """Raise SeedError where ids were merged in a circle."""
    for first, now in into.items():
        seen = {first}
        while now in into:
            if now in seen:
                raise SeedError(f"{path.name}: {first} is merged in a circle: remove one of the rows.")
            seen.add(now)
            now = into[now]  # noqa: PLW2901  the walk starts at the pair


def write_registry(registry: Registry) -> str:
    """Give the text of the registry's file."""
    rows = [
        (
            r.incident_id,
            r.place[0] if r.place else "",
            str(r.place[1]) if r.place else "",
            r.merged_into,
            r.first_release,
        )
        for r in registry.rows
    ]
    return write_ledger(COLUMNS, rows)
