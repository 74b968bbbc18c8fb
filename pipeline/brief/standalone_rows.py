"""The incidents as the stand-alone HTML bears them: facts in words and numbers, and the sentences behind each.

What is not stated is left out, so that it can never be read as zero. No text bears control characters or turns the
direction of the text around it; none of it is markup, whatever it looks like.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd

from pipeline.brief.notes import Footnotes, clean, read_day, read_note
from pipeline.brief.palette import find_family
from pipeline.brief.say import read_count, say_days, say_place
from pipeline.tables.store import ENDS, MEASURES, Store
from pipeline.view import View

EPOCH = date(1970, 1, 1)
TEXTS = {
    "title": "title", "type": "event_type", "status": "status", "country": "country", "admin1": "admin1",
    "admin2": "admin2", "city": "city", "venue": "venue", "place": "place_text", "precision": "geo_precision",
    "target": "target_type", "targetText": "target_text", "weapon": "weapon", "by": "perpetrator",
    "attribution": "attribution", "verification": "verification", "dateText": "date_text",
    "datePrecision": "date_precision", "notes": "notes", "review": "review_state", "sourceTitle": "source_title",
    "outlet": "source_outlet",
}  # fmt: skip
FIGURES = {
    "measure": "measure", "who": "who", "words": "words", "claimant": "claimant", "kind": "claimant_type",
    "counts": "counts",
}  # fmt: skip
CLAIMS = "SELECT incident_id, killed_claim, injured_claim FROM shown"
MOST_SENTENCES = 12  # of one incident
Row = dict[str, Any]


def list_rows(store: Store, view: View, rows: pd.DataFrame, notes: Footnotes) -> list[Row]:
    """Give the incidents of `rows`, in their order, and number the sentences behind them in `notes`."""
    incidents = _records(rows)
    ids = [row["incident_id"] for row in incidents]
    behind = _gather_behind(store, ids)
    claims = {row["incident_id"]: row for row in _records(store.ask(view, CLAIMS))}
    parts = set(ids)
    return [
        _write(row, claims.get(row["incident_id"], {}), parts) | _tell(row, *behind[row["incident_id"]], notes)
        for row in incidents
    ]


def _write(row: Row, claimed: Row, ids: set[str]) -> Row:
    """Give the facts of one incident."""
    written: Row = {"id": clean(row["incident_id"]), "family": find_family(row["event_type"]).key}
    written |= {name: clean(row[column]) for name, column in TEXTS.items()}
    start, end = (read_day(row[name]) for name in ("date_start", "date_end"))
    if start and end:
        written |= {"days": [(start - EPOCH).days, (end - EPOCH).days]}
    written |= {"when": say_days(start, end), "where": clean(say_place(row))}
    if not (pd.isna(row["longitude"]) or pd.isna(row["latitude"])):
        written["at"] = [round(float(row["longitude"]), 5), round(float(row["latitude"]), 5)]
        written["radius"] = None if pd.isna(row["geo_radius_km"]) else round(float(row["geo_radius_km"]), 2)
    for measure in (*MEASURES, "casualties"):
        ends = [read_count(row[f"{measure}_{end}"]) for end in ENDS]
        written[measure] = None if ends == [None] * 3 else ends
    written["claims"] = [measure for measure in MEASURES if claimed.get(f"{measure}_claim")]
    pairs = zip(str(row["related_ids"]).split(" | "), str(row["relation"]).split(" | "), strict=False)
    written["parts"] = [clean(other) for other, kind in pairs if kind == "part_of" and other in ids]
    written["set"] = [column for column in str(row["corrected"]).split(" | ") if column]
    written |= {"stories": read_count(row["n_stories"]), "articles": read_count(row["n_articles"])}
    return {name: value for name, value in written.items() if value not in ("", None, [])}


def _tell(row: Row, sentences: list[Row], figures: list[Row], notes: Footnotes) -> Row:
    """Give the footnotes of one incident, the sentence that it was read from first, and who says how many."""
    lead = notes.number(read_note(row, "source_"))
    numbers = [notes.number(read_note(one)) for one in sentences[:MOST_SENTENCES]]
    told: Row = {"told": list(dict.fromkeys([lead, *numbers]))}
    said = [
        {name: clean(one[column]) for name, column in FIGURES.items() if clean(one[column])}
        | {"ends": [read_count(one[end]) for end in ENDS]}
        | ({"note": notes.number(read_note(one))} if one["sentence"] else {})
        for one in figures
    ]
    return told | ({"figures": said} if said else {})


def _gather_behind(store: Store, ids: list[str]) -> defaultdict[str, tuple[list[Row], list[Row]]]:
    """Give for each incident its sentences and its figures; those of a copy are those of what it copies."""
    behind: defaultdict[str, tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
    mentions = _records(store.find("mentions", "incident_id", ids))
    articles = _find_articles(store, sorted({one["article_id"] for one in mentions}))
    said: dict[str, Row] = {}
    for one in sorted(mentions, key=lambda one: (_day(articles, one), one["article_id"], one["sentence_start"])):
        article = articles.get(one["article_id"], {})
        if article.get("copy_of"):
            continue
        said[one["mention_id"]] = one | article
        behind[one["incident_id"]][0].append(said[one["mention_id"]])
    incident_of = {one["report_id"]: one["incident_id"] for one in said.values()}
    for figure in _records(store.find("figures", "report_id", list(incident_of))):
        at = said.get(figure["mention_id"], {"sentence": ""})
        behind[incident_of[figure["report_id"]]][1].append(at | figure)
    return behind


def _find_articles(store: Store, ids: list[str]) -> dict[str, Row]:
    """Give what a footnote says of articles, by their ids."""
    kept = ("article_id", "outlet", "title", "published", "url", "copy_of")
    return {
        row["article_id"]: {name: row[name] for name in kept}
        for row in _records(store.find("articles", "article_id", ids))
    }


def _day(articles: dict[str, Row], mention: Row) -> str:
    """Give the day that a sentence was published, after all others where none is stated."""
    return str(articles.get(mention["article_id"], {}).get("published") or "9999")


def _records(frame: pd.DataFrame) -> list[Row]:
    """Give the rows of a table as plain records."""
    names = [str(name) for name in frame.columns]
    columns: Iterable[list[Any]] = (frame[name].tolist() for name in names)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
