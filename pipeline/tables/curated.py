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

DECISIONS = Table(
    "decisions",
    "each decision of a person, and what became of it",
    (
        Column("row_id", "str", "decision.row_id", "the row of the log; sorts by when it was made", required=True),
        Column("at", "str", "decision.at", "when", required=True),
        Column("incident_id", "str", "decision.incident_id", "the incident as it is called now", required=True),
        Column(
            "column", "str", "decision.column", "the cell, or what was decided on the whole incident", required=True
        ),
        Column("was", "str", "decision.was", "what stood there when the person decided"),
        Column("now", "str", "decision.now", "what the person set"),
        Column("reason", "str", "decision.reason", "why"),
        Column("by", "str", "decision.by", "who", required=True),
        Column("undoes", "str", "decision.undoes", "the row that this one takes back"),
        code("state", "decision.state", "what became of it", "decision_state", required=True),
        Column("machine", "str", "decision.machine", "what the machine reads in that cell now"),
        Column("words", "list", "decision.words", "the words of the articles that it reads it from"),
        Column("rule", "str", "decision.rule", "the rule that reads it"),
        Column("no", "int", "decision.no", "its place in the log, from 1", required=True),
    ),
    "row_id",
    ("no",),
)
