"""Link incidents that one article tells of together: parts of a wave, and attacks of one operation.

A link is made only where one sentence or one paragraph says so; nearness in time or kind is not enough.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.model import Count, Incident, Report

EXACT_DAYS = 2  # "the night of 3 to 4 March" is one operation, "this week" is not
WIDE = ("country", "province")

Link = tuple[str, str, str]  # incident, related incident, relation


def relate_incidents(incidents: Sequence[Incident]) -> list[Incident]:
    """Give the incidents with the links that their leading reports show."""
    by_paragraph: dict[tuple[str, int], list[Incident]] = defaultdict(list)
    for incident in incidents:
        by_paragraph[incident.leading.article_id, incident.leading.leading.sentence.block].append(incident)
    links: dict[str, dict[str, str]] = defaultdict(dict)
    for together in by_paragraph.values():
        for one, other, relation in (*_parts_of_waves(together), *_one_operation(together)):
            links[one].setdefault(other, relation)
    return [_link(incident, links[incident.incident_id]) for incident in incidents]


def _link(incident: Incident, related: dict[str, str]) -> Incident:
    """Write the links of one incident in a fixed order."""
    pairs = sorted(related.items())
    return replace(incident, related_ids=tuple(i for i, _ in pairs), relation=tuple(r for _, r in pairs))


def _parts_of_waves(together: Sequence[Incident]) -> Iterator[Link]:
    """Find parts: told in the paragraph of a wide incident, on its days, with tolls that its toll can hold."""
    for wave in together:
        if wave.facts.place.precision not in WIDE or not _stated(wave.facts.killed):
            continue
        parts = [part for part in together if part is not wave and _is_part(wave.leading, part.leading)]
        if parts and sum(part.facts.killed.low or 0 for part in parts) <= (wave.facts.killed.low or 0):
            yield from ((part.incident_id, wave.incident_id, "part_of") for part in parts)


def _is_part(wave: Report, part: Report) -> bool:
    """Tell whether a report gives one place's share of what the report before it gives for all places."""
    same_days = wave.facts.days is not None and wave.facts.days == part.facts.days
    inside = part.facts.place.precision not in (*WIDE, "unknown")
    same_country = wave.facts.place.country_code == part.facts.place.country_code
    return same_days and inside and same_country and wave.start < part.start and _stated(part.facts.killed)


def _one_operation(together: Sequence[Incident]) -> Iterator[Link]:
    """Find attacks of one operation: one sentence, the same day, the same kind, different towns."""
    for one in together:
        for other in together:
            ours, theirs = one.facts, other.facts
            if one is other or one.leading.leading.sentence.start != other.leading.leading.sentence.start:
                continue
            same_day = ours.days is not None and ours.days == theirs.days and len(ours.days) <= EXACT_DAYS
            towns = {ours.place.city, theirs.place.city}
            same_side = not ours.perpetrator or not theirs.perpetrator or ours.perpetrator == theirs.perpetrator
            if same_day and len(towns) == 2 and "" not in towns and ours.event_type == theirs.event_type and same_side:
                yield one.incident_id, other.incident_id, "same_operation"


def _stated(count: Count) -> bool:
    """Tell whether a toll is given at all."""
    return count.low is not None
