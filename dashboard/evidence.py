"""Why the values of an incident are what they are: how sure the reading is, what is disputed, which rule read what."""

import pandas as pd

from dashboard.facts import Row, read_rows
from pipeline.tables.load import Tables

MOST = 60  # a longer list is cut
NOT_DOUBTS = ("stale_correction",)  # told in the history


def list_reasons(tables: Tables, row: Row) -> Row:
    """Give the confidence in words, the doubts, and the rule behind each column."""
    sure = row["confidence"]
    doubts = [str(row["notes"])] if row["notes"] else []
    doubts += [f"{one['message']} {one['to_do']}".strip() for one in read_rows(tables.issues)
               if one["kind"] not in NOT_DOUBTS]  # fmt: skip
    return {
        "sure": "" if pd.isna(sure) else f"How sure the reading is: {float(sure):.0%}.",
        "doubts": doubts[:MOST],
        "rules": list_rules(tables.reports, row),
    }


def list_rules(reports: pd.DataFrame, row: Row) -> list[list[str]]:
    """Give for each column the rule that read it from the article that leads, where the tables tell.

    >>> told = pd.DataFrame([{"incident_id": "a:1", "article_id": "a", "rules": "date: day | place: where_it_was"}])
    >>> list_rules(told, {"incident_id": "a:1", "source_article_id": "a"})
    [['date', 'day'], ['place', 'where it was']]
    """
    if "rules" not in reports:
        return []
    leading = reports[(reports["incident_id"] == row["incident_id"])
                      & (reports["article_id"] == row["source_article_id"])]  # fmt: skip
    pairs = [pair.partition(": ") for rules in leading["rules"].head(1) for pair in str(rules).split(" | ")]
    return [[column.replace("_", " "), rule.replace("_", " ")] for column, _, rule in pairs if rule][:MOST]
