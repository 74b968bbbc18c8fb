"""Five squares: how well it is attested that it occurred, when, where, by whom, and how many it struck.

Only independent stories are counted: copies of one text are one voice, and of each story the telling that is no copy
speaks. For each question the first of these that holds is its state:

disputed        stories say what cannot both be true: that it did not occur; days that share no day; two places of the
                same kind; two groups, or a group that denies it; independent figures that conflict
verified        that it occurred: a named body verified it. Any other question: a person has set the value
corroborated    two or more stories say the same: days that overlap, the place of the incident, the same group, a figure
single-sourced  one story says so, or only a party to the fight
not stated      nobody says
"""

from collections.abc import Callable, Sequence

import pandas as pd

from dashboard.facts import Row, is_of, read_rows
from dashboard.source import find_article
from pipeline.tables.load import Tables

RULE = (
    "Copies of one text are one story. Disputed: stories say what cannot both be true. Verified: a named body verified "
    "that it occurred, or a person has set the value. Corroborated: two or more independent stories say the same. "
    "Single-sourced: one story says so, or only a party to the fight. Not stated: nobody says."
)
STATES = {
    "verified": ("V", "verified"), "corroborated": ("C", "corroborated"), "single": ("1", "single-sourced"),
    "disputed": ("D", "disputed"), "open": ("–", "not stated"),
}  # fmt: skip
Judged = tuple[str, str]  # the state, and why
NOBODY: Judged = ("open", "No story says.")


def judge_incident(tables: Tables, row: Row) -> list[Row]:
    """Give for each of the five questions its name, state, letter and why it is so."""
    stories = list_voices(tables, row)
    judged = [(name, key, judge(row, stories)) for name, key, judge in QUESTIONS]
    return [
        {"name": name, "key": key, "state": state, "letter": STATES[state][0], "words": STATES[state][1], "why": why}
        for name, key, (state, why) in judged
    ]


def list_voices(tables: Tables, row: Row) -> list[list[Row]]:
    """Give the tellings of each independent story, those of copies left out where there is another."""
    stories: dict[str, list[Row]] = {}
    copied: dict[str, list[Row]] = {}
    for report in read_rows(tables.reports[tables.reports["incident_id"] == row["incident_id"]]):
        article = find_article(tables.articles, report)
        kept = copied if article.get("copy_of") else stories
        kept.setdefault(str(article.get("story_id") or report["article_id"]), []).append(report)
    return list({**copied, **stories}.values())


def _judge_occurred(row: Row, stories: Sequence[list[Row]]) -> Judged:
    """Judge that it occurred, as the codebook's `verification` has it."""
    several = f"{len(stories)} independent stories tell of it."
    states = {
        "disputed": ("disputed", "Stories disagree whether it happened."),
        "verified": ("verified", "A named body verified it, an article says."),
        "corroborated": ("corroborated", several if len(stories) > 1 else "Independent stories tell of it."),
        "party_claim": ("single", "Only a party to the fight says so."),
    }
    state, why = states.get(row["verification"], ("single", "One story tells of it."))
    told = {"alleged": " It is told as an allegation.", "foiled": " It was foiled.", "denied": " It is denied."}
    return state, why + told.get(row["status"], "")


def _judge_when(row: Row, stories: Sequence[list[Row]]) -> Judged:
    """Judge the days."""
    spans = [_find_days(told) for told in stories]
    stated = [span for span in spans if span]
    apart = any(one[0] > other[1] for one in stated for other in stated)
    return _weigh(row, "date", len(stated), "No day that two stories name is the same." if apart else "", "days")


def _find_days(told: Sequence[Row]) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """Give the first and last of the days that a story allows."""
    dated = [one for one in told if not pd.isna(one["date_start"]) and not pd.isna(one["date_end"])]
    return (min(one["date_start"] for one in dated), max(one["date_end"] for one in dated)) if dated else None


def _judge_where(row: Row, stories: Sequence[list[Row]]) -> Judged:
    """Judge the nearest place that is known."""
    level = next((name for name in ("city", "admin1", "country") if row[name]), "")
    if not level:
        return NOBODY
    named = [places for told in stories if (places := {one.get(level) or "" for one in told} - {""})]
    same = sum(row[level] in places for places in named)
    others = sorted({place for places in named if row[level] not in places for place in places})
    apart = f"Another story names {', '.join(others)}." if others else ""
    return _weigh(row, "place", max(same, 1), apart, {"city": "town", "admin1": "province"}.get(level, level))


def _judge_who(row: Row, stories: Sequence[list[Row]]) -> Judged:
    """Judge who did it."""
    if not row["perpetrator"]:
        return NOBODY
    if row["attribution"] in ("denied", "disputed"):
        denied = row["attribution"] == "denied"
        return "disputed", "The group denies it." if denied else "Sources name different sides."
    named = [names for told in stories if (names := {one.get("perpetrator") or "" for one in told} - {""})]
    same = sum(any(_is_same(name, row["perpetrator"]) for name in names) for names in named)
    others = sorted({n for names in named for n in names if not _is_same(n, row["perpetrator"])})
    apart = f"Another story names {', '.join(others)}." if others else ""
    state, why = _weigh(row, "who", max(same, 1), apart, "group")
    hints = {"claimed": " The group claims it.", "suspected": " It is a suspicion."}
    return state, why + hints.get(row["attribution"], "")


def _is_same(one: str, other: str) -> bool:
    """Say whether two names can be of one group: the longer begins with the shorter."""
    return one.startswith(other) or other.startswith(one)


def _judge_toll(row: Row, stories: Sequence[list[Row]]) -> Judged:
    """Judge how many: the killed, where nobody says so the injured, else those of whom it is not said which."""
    for measure in ("killed", "injured", "casualties"):
        ends = [f"{measure}_{end}" for end in ("low", "best", "high")]
        if all(pd.isna(row[end]) for end in ends):
            continue
        words = "killed or injured" if measure == "casualties" else measure
        conflict = f"Independent figures of the {words} conflict." if row[f"{measure}_state"] == "conflicting" else ""
        told = sum(any(not pd.isna(one.get(end)) for one in story for end in ends) for story in stories)
        return _weigh(row, measure, max(told, 1), conflict, f"number {words}")
    return NOBODY


def _weigh(row: Row, key: str, stories: int, apart: str, what: str) -> Judged:
    """Give the state that follows from how many stories say the same."""
    if apart:
        return "disputed", apart
    if any(is_of(column, key) for column in str(row["corrected"]).split(" | ") if column):
        return "verified", f"A person has set the {what}."
    if not stories:
        return NOBODY
    if stories > 1:
        return "corroborated", f"{stories} independent stories give the {what}, and agree."
    return "single", f"One story gives the {what}."


QUESTIONS: tuple[tuple[str, str, Callable[[Row, Sequence[list[Row]]], Judged]], ...] = (
    ("Occurred", "what", _judge_occurred),
    ("When", "date", _judge_when),
    ("Where", "place", _judge_where),
    ("By whom", "who", _judge_who),
    ("How many", "killed", _judge_toll),
)
