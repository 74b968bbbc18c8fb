"""How many of the incidents that merging left apart a person is shown, and how much they are asked in vain.

The world is that of the two made-up papers in test_merge_floor.py: crowded, one country, few towns. Raise the floors
when candidates get better; a lower LEAST in pipeline/incidents/pairs.py finds more, and asks more.
"""

import random
from collections import Counter

from test_merge_floor import print_papers

from pipeline.incidents.merge import merge_reports
from pipeline.incidents.pairs import find_pairs
from pipeline.model import Incident

FOUND, RIGHT = 0.85, 0.5  # of what merging left apart; of the pairs asked about
MOST_IN_100 = 22  # pairs for each 100 incidents, where every incident is told twice


def told_of(incident: Incident) -> set[str]:
    return {report.article_id.split("-")[1] for report in incident.reports}


def test_what_merging_left_apart_is_shown_and_little_else():
    readings, articles = print_papers(random.Random(11))
    incidents, _ = merge_reports(readings, articles, [])
    pairs = find_pairs(incidents, {article.article_id: article.published for article in articles})
    times = Counter(name for incident in incidents for name in told_of(incident))
    apart = sum(count - 1 for count in times.values())
    right = sum(bool(told_of(pair.one) & told_of(pair.other)) for pair in pairs)
    assert right / apart >= FOUND, f"only {right} of the {apart} incidents left apart are shown"
    assert right / len(pairs) >= RIGHT, f"only {right} of {len(pairs)} pairs are one incident"
    assert 100 * len(pairs) / len(incidents) <= MOST_IN_100, f"{len(pairs)} pairs for {len(incidents)} incidents"


def test_a_list_of_days_asks_next_to_nothing():
    first = [reading for reading in print_papers(random.Random(11))[0] if reading.article_id.startswith("first")]
    incidents, _ = merge_reports(first, [], [])
    pairs = find_pairs(incidents, {})
    assert 100 * len(pairs) / len(incidents) <= 3, f"{len(pairs)} pairs for {len(incidents)} incidents told once each"
