"""The deadliest incidents of a view, each in one sentence of ours, with the sentences that its toll was read from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.brief.claims import PARTY
from pipeline.brief.notes import Note, clean, read_day, read_note
from pipeline.brief.say import read_count, say_days, say_toll
from pipeline.tables.store import Store
from pipeline.view import View, figure_of

MOST = 3
# An upper figure alone ("up to 30") ranks last: it does not say that anyone was killed.
RANKED = (
    f"SELECT incident_id, killed_claim FROM shown WHERE counts AND {figure_of('killed')} > 0 ORDER BY "
    "coalesce(killed_best, killed_low) DESC NULLS LAST, killed_low DESC NULLS LAST, killed_high DESC NULLS LAST, "
    f"date_start DESC NULLS LAST, incident_id LIMIT {MOST}"
)
# The sentences that give a figure of killed, those first whose figure is the one that holds, the latest first.
TOLD = """SELECT * FROM (SELECT a.article_id, a.outlet, a.title, a.url, a.published, a.copy_of, m.sentence,
f.claimant_type, sum(coalesce(f.best, f.low, f.high)) AS people
FROM all_figures f JOIN all_reports r USING (report_id) JOIN all_mentions m USING (mention_id)
JOIN all_articles a ON a.article_id = r.article_id JOIN asked ON asked.incident_id = r.incident_id
WHERE r.incident_id = ? AND f.measure = 'killed' AND f.counts IN ('yes', 'party_claim') GROUP BY ALL)
ORDER BY coalesce(copy_of, '') <> '', published DESC NULLS LAST, article_id, sentence"""
TOLD_COLUMNS = ("article_id", "outlet", "title", "url", "published", "copy_of", "sentence", "claimant_type", "people")


@dataclass(frozen=True, slots=True)
class Deadliest:
    """One incident: our sentence, and the footnotes to those of the articles."""

    incident_id: str
    title: str
    sentence: str
    notes: tuple[Note, ...]
    party_only: bool  # only the perpetrator says how many


def find_deadliest(store: Store, view: View) -> tuple[Deadliest, ...]:
    """Give the incidents in which most people were killed; parts of a wave that is shown are left to it."""
    ranked = store.ask(view, RANKED)
    claimed = dict(zip(map(str, ranked["incident_id"]), map(bool, ranked["killed_claim"]), strict=True))
    found = store.find("incidents", "incident_id", list(claimed)).to_dict("records")
    rows = {str(row["incident_id"]): row for row in found}
    return tuple(
        Deadliest(one, clean(rows[one]["title"]), say_incident(rows[one], party_only=party),
                  find_notes(store, view, rows[one]), party)
        for one, party in claimed.items()
    )  # fmt: skip


def say_incident(row: Mapping[Any, Any], *, party_only: bool = False) -> str:
    """Say an incident in one sentence: when, what and where, how many, and who is said to have done it.

    >>> say_incident({"title": "Bombing, Herat", "date_start": None, "date_end": None, "killed_low": 3})
    'Bombing, Herat (day not stated): at least 3 killed, injured not stated.'
    """
    when = say_days(read_day(row.get("date_start")), read_day(row.get("date_end")))
    toll = say_toll({str(name): cell for name, cell in row.items()})
    claim = ", as the perpetrator alone says" if party_only else ""
    return f"{clean(row['title'])} ({when}): {toll}{claim}{say_author(row)}."


def say_author(row: Mapping[Any, Any]) -> str:
    """Say who is said to have done it, and by whom.

    >>> say_author({"perpetrator": "ISKP", "attribution": "claimed"}), say_author({})
    ('; claimed by ISKP', '')
    """
    who, how = clean(row.get("perpetrator")), str(row.get("attribution") or "")
    words = {"claimed": "claimed by", "attributed": "attributed to", "suspected": "suspected of",
             "denied": "denied by", "disputed": "disputed: attributed to"}  # fmt: skip
    if not who or how not in words:
        return ""
    return f"; {who} suspected" if how == "suspected" else f"; {words[how]} {who}"


def find_notes(store: Store, view: View, row: Mapping[Any, Any]) -> tuple[Note, ...]:
    """Give the footnotes of an incident: the sentence that has its toll, else that which it was read from.

    Where a person set the toll, the footnote says so.
    """
    said: list[dict[str, Any]] = []
    for rows in store.stream(view, TOLD, parameters=[row["incident_id"]]):
        said += [dict(zip(TOLD_COLUMNS, one, strict=True)) for one in rows]
    ends = [read_count(row.get(f"killed_{end}")) for end in ("best", "low", "high")]
    toll = next((end for end in ends if end is not None), None)
    same = [one for one in said if one["people"] is not None and int(one["people"]) == toll]
    same.sort(key=lambda one: one["claimant_type"] == PARTY)
    remark = find_remark(store, row)
    if same:
        return (read_note(same[0], remark=remark),)
    return (read_note(row, "source_", remark=remark),)


def find_remark(store: Store, row: Mapping[Any, Any]) -> str:
    """Say that a person set the toll, who and why, or ""."""
    set_by_hand = {"killed_low", "killed_best", "killed_high"} & set(str(row.get("corrected") or "").split(" | "))
    if not set_by_hand:
        return ""
    rows = store.find("decisions", "incident_id", [str(row["incident_id"])])
    held = rows[rows["column"].isin(set_by_hand) & rows["state"].isin(["holds", "conflict"])]
    if held.empty:
        by = clean(row.get("reviewer"))
        return f"[The toll was set by {by or 'a person'}.]"
    last = held.iloc[-1]
    why = clean(last["reason"]).rstrip(".")
    return f"[The toll was set by {clean(last['by'])}{f': {why}' if why else ''}.]"
