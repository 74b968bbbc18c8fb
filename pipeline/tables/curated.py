"""The published tables that people work through: what to look at, and what they decided."""

from pipeline.tables.shapes import Column, Table, code

CANDIDATES = Table(
    "candidates",
    "each thing that a person should look at: two incidents that may be one, or a value that other words speak against",
    (
        Column(
            "candidate_id", "str", "candidate.candidate_id", "made of what it is about: outlives a rebuild", "", True
        ),
        code("kind", "candidate.kind", "which worklist it belongs to", "candidate_kind", required=True),
        Column("incident_id", "str", "candidate.incident_id", "the incident to look at", required=True),
        Column("other_id", "str", "candidate.other_id", "the other incident, where there are two"),
        Column("weight", "float", "candidate.weight", "0 to 1: how much speaks for it", "", True, 3),
        Column("reasons_for", "list", "candidate.reasons_for", "what speaks for it, in words"),
        Column("reasons_against", "list", "candidate.reasons_against", "what speaks against it, in words"),
        Column("words", "list", "candidate.words", "the words of the articles that it rests on"),
    ),
    "candidate_id",
    ("kind", "incident_id", "candidate_id"),
    {"incident_id": ("incidents", "incident_id"), "other_id": ("incidents", "incident_id")},
)
