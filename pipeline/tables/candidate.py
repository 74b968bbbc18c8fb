"""The record of one thing that a person should look at; `incidents/candidates.py` finds them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Two incidents that may be one, or a value of one incident that other words speak against."""

    candidate_id: str
    kind: str  # same_incident, figures, dates, far
    incident_id: str
    other_id: str = ""
    weight: float  # 0 to 1
    reasons_for: tuple[str, ...] = ()
    reasons_against: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
