"""Tables of one incident that sixty articles tell of: every claimant and kind of figure, names that try to break out.

Nothing here is news: the people, sentences and outlets are made up.
"""

from pathlib import Path

import pandas as pd
from generate import generate

HOSTILE = "<img src=x onerror=alert(1)> & sons \u202e"
ARABIC = "وكالة الأنباء المحلية"
OUTLETS = ("Example Wire", "Daily Courier", ARABIC, HOSTILE, "Radio Example", "")
ID = "told-00:40"
GONE = ("old:1", "old:2")
# Claimant, its kind, the words and the ends of the number; the first is a party's own.
FIGURES = (
    ("The group", "perpetrator", "50 dead", (50, 50, 50)),
    ("the police", "authority", "at least 6 people", (6, 6, None)),
    ("a doctor at the hospital", "hospital", "12 people", (12, 12, 12)),
    ("the UN mission", "un", "10 to 14 people", (10, 10, 14)),
    ("a shopkeeper", "witness", "dozens", (12, None, None)),
    ("", "media", "up to 30 people", (None, None, 30)),
)


def write_telling(folder: Path, articles: int = 60) -> Path:
    """Write the tables and texts of an incident told by so many articles, every third a copy of the one before."""
    frames, _ = generate(12)
    row = frames["incidents"].iloc[0].to_dict() | {
        "incident_id": ID, "title": f"Bombing in {HOSTILE}", "event_type": "bombing", "country": "Afghanistan",
        "admin1": "Kabul", "city": "Kabul", "place_text": "in Kabul", "venue": "a market " + "of very long name " * 6,
        "date_text": "on 3 March", "date_start": pd.Timestamp("2023-03-03"), "date_end": pd.Timestamp("2023-03-03"),
        "date_precision": "day", "date_basis": "relative", "perpetrator": "ISIS-K", "attribution": "claimed",
        "killed_low": 6, "killed_best": 12, "killed_high": 14, "killed_state": "conflicting",
        "killed_rule": "latest_independent", "verification": "corroborated", "review_state": "edited",
        "reviewer": HOSTILE, "reviewed_on": "2023-10-02", "corrected": "killed_best | city",
        "related_ids": frames["incidents"]["incident_id"].iloc[1], "relation": "part_of",
        "n_articles": articles, "n_stories": articles - articles // 3, "notes": "Killed: 6 to 14.",
    }  # fmt: skip
    made: dict[str, list[dict[str, object]]] = {name: [] for name in ("reports", "mentions", "figures", "articles")}
    (folder / "texts").mkdir(parents=True, exist_ok=True)
    for number in range(articles):
        text = _tell(number, row, made)
        (folder / "texts" / f"told-{number:02d}.txt").write_text(text, encoding="utf-8", newline="")
    lead = made["reports"][0]
    row |= {"source_article_id": "told-00", "source_sentence": lead["sentence"], "source_start": lead["sentence_start"],
            "source_end": lead["sentence_end"]}  # fmt: skip
    frames["incidents"] = pd.concat([frames["incidents"].iloc[1:], pd.DataFrame([row])], ignore_index=True)
    gone = [{"incident_id": GONE[0], "reason": "merged", "merged_into": ID, "since": "2023-09-01"},
            {"incident_id": GONE[1], "reason": "merged", "merged_into": GONE[0], "since": "2023-08-01"}]  # fmt: skip
    frames["removed"] = pd.DataFrame(gone)
    for name, rows in made.items():
        frames[name] = pd.concat([frames[name], pd.DataFrame(rows)], ignore_index=True)
    for name, frame in frames.items():
        frame.convert_dtypes().to_parquet(folder / f"{name}.parquet", index=False)
    return folder


def _tell(number: int, row: dict[str, object], made: dict[str, list[dict[str, object]]]) -> str:
    """Write one article, and what is read from it; every third repeats the one before."""
    is_copy = number % 3 == 2
    told = number - 1 if is_copy else number
    claimant, kind, words, (low, best, high) = FIGURES[(told - told // 3) % len(FIGURES)]
    outlet = OUTLETS[(told - told // 3) % len(OUTLETS)]
    says = f"{claimant or outlet or 'Nobody'} said that a bomb of ISKP killed {words} at a market in Kabul on 3 March."
    sentence = f"وقتل {words} في كابل يوم 3 مارس." if outlet == ARABIC else says
    before, after = "It had been a quiet day until noon. ", " The wounded were brought away."
    text = f"What is known\n\n{before}{sentence}{after}\n\nOn 3 March the streets were shut. " + "So it went on. " * 60
    start, article_id = text.index(sentence), f"told-{number:02d}"
    report_id = ID if not number else f"{article_id}:{start}"
    key = {"report_id": report_id, "incident_id": ID, "article_id": article_id}
    span = {"sentence": sentence, "sentence_start": start, "sentence_end": start + len(sentence)}
    facts = {name: row[name] for name in row if name.startswith(("date_", "injured_", "casualties_"))}
    facts |= {name: row[name] for name in ("event_type", "status", "country", "admin1", "city", "place_text")}
    facts |= {"killed_low": low, "killed_best": best, "killed_high": high, "killed_state": "exact",
              "perpetrator": "ISIS-K", "rules": "date: day | killed: plain number"}  # fmt: skip
    made["reports"].append(key | facts | span)
    mention = {"mention_id": f"{report_id}/0", "sentence_no": 2, "trigger": "bomb", "fields": "date | place | killed"}
    made["mentions"].append(key | mention | span)
    at = text.index(words, start)
    made["figures"].append({
        "figure_id": f"{report_id}/killed", "report_id": report_id, "mention_id": f"{report_id}/0",
        "measure": "killed", "who": "people", "group": "unknown", "low": low, "best": best, "high": high,
        "words": words, "start": at, "end": at + len(words), "claimant": claimant, "claimant_type": kind,
        "counts": "party_claim" if kind == "perpetrator" else "yes",
    })  # fmt: skip
    made["articles"].append({
        "article_id": article_id, "title": f"{HOSTILE} and the market" * (1 + number % 3), "outlet": outlet,
        "author": "", "url": "javascript:alert(1)" if outlet == HOSTILE else f"https://example.org/{article_id}",
        "published": f"2023-03-{4 + told // 3:02d}", "published_basis": "given", "published_latest": "",
        "language": "ar" if outlet == ARABIC else "en", "text_sha256": "", "words": 90,
        "story_id": f"told-{told:02d}", "copy_of": f"told-{told:02d}" if is_copy else "",
        "copy_kind": "near" if is_copy else "", "similarity": 0.97 if is_copy else None, "added_on": "",
    })  # fmt: skip
    return text
