"""The order of the review queue: what is doubtful and weighs much comes first.

priority = doubt x weight, where
doubt = 1 - confidence, + 0.5 where the machine now reads something else than a person set, + 0.3 x the weight of the
incident's strongest candidate; at most 1;
weight = 1 + log10(1 + killed) + log10(stories) / 2: ten times the dead, or a hundred times the stories, add one.
A toll that is not stated counts as none here, and only here: it lends no weight. The SQL and the function say the same.
"""

import math

CONFLICT = 0.5
ASKED = 0.3
OPEN = ("suggested", "conflict")  # what no person has settled

PRIORITY = (
    f"least(1.0, 1 - confidence + {CONFLICT} * (review_state = 'conflict')::INT + {ASKED} * coalesce(asked, 0)) "
    "* (1 + log10(1 + coalesce(killed_best, killed_low, killed_high, 0)) + log10(greatest(1, n_stories)) / 2)"
)
ASKED_OF = (
    "SELECT incident_id, max(weight) AS asked, count(*) AS candidates FROM (SELECT incident_id, weight "
    "FROM all_candidates UNION ALL SELECT other_id, weight FROM all_candidates WHERE other_id <> '') GROUP BY ALL"
)
IN_VIEW = "(incident_id IN (SELECT incident_id FROM shown) OR other_id IN (SELECT incident_id FROM shown))"
# Asked of a view with Store.ask: each incident that no person has settled, the first to review first.
QUEUE = (
    f"SELECT incident_id, round({PRIORITY}, 6) AS priority, coalesce(candidates, 0) AS candidates FROM shown "
    f"LEFT JOIN ({ASKED_OF}) USING (incident_id) WHERE review_state IN {OPEN} ORDER BY priority DESC, incident_id"
)
# The worklists of a view with their counts, the candidates of one kind (a parameter), and how many are to review.
WORKLISTS = f"SELECT kind, count(*) AS candidates FROM all_candidates WHERE {IN_VIEW} GROUP BY kind ORDER BY kind"
WORKLIST = f"SELECT * FROM all_candidates WHERE kind = ? AND {IN_VIEW} ORDER BY weight DESC, candidate_id"
REMAINING = f"SELECT count(*) AS remaining FROM shown WHERE review_state IN {OPEN}"


def rate_priority(
    confidence: float, killed: int | None, n_stories: int, *, is_conflict: bool = False, asked: float = 0.0
) -> float:
    """Give the priority of one incident; `asked` is the weight of its strongest candidate.

    >>> rate_priority(0.9, 0, 1), rate_priority(0.9, 99, 1), rate_priority(0.9, 99, 1, asked=1.0)
    (0.1, 0.3, 1.2)
    """
    doubt = min(1.0, 1 - confidence + CONFLICT * is_conflict + ASKED * asked)
    return round(doubt * (1 + math.log10(1 + (killed or 0)) + math.log10(max(1, n_stories)) / 2), 6)
