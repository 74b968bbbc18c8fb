"""Make tables of the codebook with any number of incidents, the same for the same seed, for the tests of the page.

    python tests/generate.py FOLDER [INCIDENTS] [--csv]

Nothing here is news: the people, sentences and outlets are made up. What matters is the shape: every precision of
day and place, gaps, copies, several articles to one incident, long names, and strings that try to break the page.
Beyond 10,000 incidents the tables of 10,000 are repeated under ids of their own and in towns of their own: a million
take a minute.
"""

import hashlib
import os
import random
import sys
from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

Row = dict[str, Any]

PLACES = [  # city, province, country, code, latitude, longitude, weight
    ("Kabul", "Kabul", "Afghanistan", "AF", 34.52813, 69.17233, 24),
    ("Jalalabad", "Nangarhar", "Afghanistan", "AF", 34.42647, 70.45153, 14),
    ("Kandahar", "Kandahar", "Afghanistan", "AF", 31.61332, 65.71013, 9),
    ("Mazar-e Sharif", "Balkh", "Afghanistan", "AF", 36.70904, 67.11087, 9),
    ("Herat", "Herat", "Afghanistan", "AF", 34.34817, 62.19967, 7),
    ("Kunduz", "Kunduz", "Afghanistan", "AF", 36.72896, 68.857, 7),
    ("Ghazni", "Ghazni", "Afghanistan", "AF", 33.55391, 68.42096, 4),
    ("Khost", "Khost", "Afghanistan", "AF", 33.33951, 69.92041, 4),
    ("Faizabad", "Badakhshan", "Afghanistan", "AF", 37.11664, 70.58002, 3),
    ("Lashkar Gah", "Helmand", "Afghanistan", "AF", 31.59382, 64.37161, 3),
    ("Peshawar", "Khyber Pakhtunkhwa", "Pakistan", "PK", 34.008, 71.57849, 8),
    ("Quetta", "Balochistan", "Pakistan", "PK", 30.18414, 67.00141, 5),
    ("Mashhad", "Razavi Khorasan", "Iran", "IR", 36.29807, 59.60567, 2),
    ("Dushanbe", "Dushanbe", "Tajikistan", "TJ", 38.53575, 68.77905, 2),
    ("Baghdad", "Baghdad", "Iraq", "IQ", 33.34058, 44.40088, 4),
    ("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", "Isle of Anglesey", "United Kingdom of Great "
     "Britain and Northern Ireland", "GB", 53.2216, -4.2027, 1),
]  # fmt: skip
TYPES = {
    "suicide bombing": ("explosives", "blew himself up"), "bombing": ("explosives", "set off a bomb"),
    "shooting": ("firearms", "opened fire"), "armed attack": ("firearms", "attacked a checkpoint"),
    "armed clash": ("firearms", "fought"), "air or drone strike": ("aircraft", "struck a compound"),
    "shelling": ("artillery", "shelled a village"), "assassination": ("unknown", "assassinated an official"),
    "stabbing": ("melee", "stabbed a man"), "kidnapping": ("unknown", "kidnapped a teacher"),
    "explosion": ("unknown", "caused an explosion"), "other violence": ("unknown", "beat shopkeepers"),
}  # fmt: skip
GROUPS = [
    ("ISKP", 5), ("Taliban", 4), ("National Resistance Front", 2), ("", 5),
    ("Movement for the Liberation of the Northern Valleys and the Upper River Districts (Second Command)", 1),
    ("<img src=x onerror=\"document.title='pwned'\">", 1), ("\u202eevitceffe ton\u202c", 1),
]  # fmt: skip
OUTLETS = ["The Valley Post", "Northern Wire", "Daily Courier", "Radio Example", "<b>Bold</b> & Sons"]
URLS = ["https://example.org/{}", "http://example.com/news/{}", "javascript:alert(1)//{}", ""]
VENUES = [("", 12), ("a market", 3), ("the central mosque", 2), ("=HYPERLINK(\"http://example.org\")", 1),
          ("the Provincial Directorate for Rural Rehabilitation and Development, eastern annex", 1)]  # fmt: skip
GEO = [("city", 60), ("site", 10), ("province", 14), ("district", 4), ("country", 7), ("unknown", 5)]
SPANS = [("day", 52), ("days", 8), ("week", 8), ("month", 16), ("range", 4), ("year", 6), ("unknown", 6)]
BLOCK = 10_000  # incidents that are made one by one; more are these again
TOWNS = 60  # variants of each town in what is repeated
IDS = ("incident_id", "report_id", "mention_id", "figure_id", "article_id", "source_article_id", "story_id", "copy_of",
       "aggregate_id", "issue_id", "related_ids", "merged_into")  # fmt: skip
OPENINGS = [
    "People in the town spoke of a quiet week 🕊 before the violence.",
    "Officials met to speak of schools, roads and <script>alert('x')</script> the price of bread.",
    "The report gathers what residents, doctors and the police said.",
]


def generate(incidents: int, seed: int = 7) -> tuple[dict[str, pd.DataFrame], dict[str, str]]:
    """Give the tables by name, and the texts of the articles by id."""
    rng = random.Random(seed)
    rows = [_make_incident(rng) for _ in range(incidents)]
    tables: dict[str, list[Row]] = {name: [] for name in ("reports", "mentions", "figures", "articles")}
    texts: dict[str, str] = {}
    for start in range(0, incidents, 6):
        _tell(rng, f"story-{start // 6:05d}", rows[start : start + 6], tables, texts)
    for again in rng.sample(range(incidents), incidents // 8):
        _tell(rng, f"again-{again:05d}", rows[again : again + 1], tables, texts)
    _relate(rng, rows)
    tables |= {"incidents": rows, "removed": _remove(rows), "issues": _doubt(rows), "aggregates": _total(rows)}
    for row in tables["reports"] + tables["mentions"]:
        row["incident_id"] = row.pop("of")["incident_id"]
    frames = {name: pd.DataFrame(content) for name, content in tables.items()}
    for row_id, name in (("incident_id", "incidents"), ("article_id", "articles")):
        if not frames[name].empty:
            frames[name] = frames[name].sort_values(row_id, ignore_index=True)
    return frames, texts


def write(folder: Path, incidents: int, seed: int = 7, form: str = "parquet") -> Path:
    """Write the tables and texts under `folder`, as Parquet or CSV; beyond 10,000 incidents in whole ten thousands."""
    if incidents > BLOCK:
        return _repeat(folder, write(folder / "block", BLOCK, seed), incidents, form)
    frames, texts = generate(incidents, seed)
    (folder / "texts").mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        typed = frame.convert_dtypes()
        if form == "csv":
            typed.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
        else:
            typed.to_parquet(folder / f"{name}.parquet", index=False)
    for article_id, text in texts.items():
        (folder / "texts" / f"{article_id}.txt").write_text(text, encoding="utf-8", newline="")
    return folder


def _repeat(folder: Path, block: Path, incidents: int, form: str) -> Path:
    """Write the tables of `block` as often as makes so many incidents; the texts are the same files by other names."""
    times, rest = divmod(incidents, BLOCK)
    if rest:
        raise ValueError(f"{incidents:,} incidents: more than {BLOCK:,} are made in whole ten thousands")
    database = duckdb.connect()
    for path in block.glob("*.parquet"):
        names = database.sql(f"SELECT * FROM '{path}' LIMIT 0").columns
        changed = ", ".join(f"{sql} AS {name}" for name, sql in _vary(names).items())
        form_of = "csv, HEADER" if form == "csv" else "parquet"
        # The rows of one time stay together, in their order.
        database.execute(f"COPY (SELECT * REPLACE ({changed}) FROM range({times}) t(i), '{path}') "
                         f"TO '{folder / path.stem}.{form}' (FORMAT {form_of})")  # fmt: skip
        path.unlink()
    (folder / "texts").mkdir(exist_ok=True)
    for text in (block / "texts").iterdir():
        for i in range(1, times):
            os.link(text, folder / "texts" / f"x{i}-{text.name}")
        text.rename(folder / "texts" / text.name)
    (block / "texts").rmdir()
    block.rmdir()
    return folder


def _vary(names: list[str]) -> dict[str, str]:
    """Give for each column that differs from time to time `i` what it then is, in SQL."""
    changed = {name: f"CASE WHEN i > 0 AND {name} <> '' THEN 'x' || i || '-' || {name} ELSE {name} END"
               for name in names if name in IDS}  # fmt: skip
    if "latitude" in names:
        town = f"(i % {TOWNS})"
        changed["city"] = f"CASE WHEN {town} > 0 AND city <> '' THEN city || ' ' || {town} ELSE city END"
        changed["latitude"] = f"round(latitude + ({town} // 8 - 3) * 0.31 * least({town}, 1), 5)"
        changed["longitude"] = f"round(longitude + ({town} % 8 - 3) * 0.37 * least({town}, 1), 5)"
    return changed


def _pick(rng: random.Random, weighted: list[Any]) -> Any:
    """Choose one by the weight that stands last."""
    chosen = rng.choices(weighted, [item[-1] for item in weighted])[0]
    return chosen[0] if len(chosen) == 2 else chosen


def _make_incident(rng: random.Random) -> Row:
    """Make the facts of one incident, without its source."""
    event_type = rng.choice(list(TYPES))
    group = _pick(rng, GROUPS)
    row: Row = {"incident_id": "", "title": "", "event_type": event_type}
    row |= {"status": rng.choices(["occurred", "alleged", "foiled"], [90, 7, 3])[0]} | _make_days(rng)
    row |= _make_place(rng) | {
        "target_type": rng.choice(["civilians", "police", "market", "unknown"]),
        "target_text": "",
    }
    row |= {"weapon": TYPES[event_type][0], "suicide": "yes" if event_type == "suicide bombing" else "unknown"}
    row |= {
        "perpetrator": group,
        "attribution": rng.choice(["claimed", "attributed", "suspected"]) if group else "unknown",
    }
    row |= _make_count(rng, "killed", 3) | _make_count(rng, "injured", 8)
    row |= {f"casualties_{end}": None for end in ("low", "best", "high")} | {"casualties_state": "not_stated"}
    row |= {"killed_attackers": None, "injured_attackers": None}
    place = row["city"] or row["admin1"] or row["country"] or "an unnamed place"
    row["title"] = f"{event_type.capitalize()} in {place}" + (f", {row['venue']}" if row["venue"] else "")
    row |= {"killed_rule": "only_one", "injured_rule": "only_one", "verification": "single_source"}
    row |= {
        "n_articles": 0,
        "n_stories": 0,
        "confidence": round(rng.uniform(0.35, 0.98), 2),
        "review_state": "suggested",
    }
    return row | dict.fromkeys(("reviewer", "reviewed_on", "corrected", "related_ids", "relation", "notes"), "")


def _make_days(rng: random.Random) -> Row:
    """Make days of some precision, and the words they were read from."""
    span = _pick(rng, SPANS)
    day = date(2021, 8, 1) + timedelta(days=rng.randrange(760))
    ends = {
        "day": (day, day), "days": (day, day + timedelta(days=2)), "week": (day, day + timedelta(days=9)),
        "month": (day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])),
        "range": (day, day + timedelta(days=120)), "year": (date(day.year, 1, 1), date(day.year, 12, 31)),
        "unknown": (None, None),
    }  # fmt: skip
    start, end = ends[span]
    texts = {"day": f"on {day.day} {day:%B %Y}", "days": "over three days", "week": f"late in {day:%B}",
             "month": f"in {day:%B %Y}", "range": f"since {day:%B}", "year": f"in {day.year}",
             "unknown": ""}  # fmt: skip
    basis = "" if span == "unknown" else rng.choice(["explicit", "relative", "context"])
    return {"date_start": start, "date_end": end, "date_precision": span, "date_text": texts[span], "date_basis": basis}


def _make_place(rng: random.Random) -> Row:
    """Make a place of some precision; a country or nothing has no point."""
    city, admin1, country, code, latitude, longitude, _ = _pick(rng, PLACES)
    precision = _pick(rng, GEO)
    venue = _pick(rng, VENUES) if precision in ("site", "city") else ""
    pointed = precision in ("site", "city", "district", "province")
    named = precision != "unknown"
    shown = city if precision in ("site", "city") else ""
    shift = {"site": 0.01, "district": 0.2, "province": 0.4}.get(precision, 0)
    return {
        "country": country if named else "", "country_code": code if named else "",
        "admin1": admin1 if pointed else "", "admin2": f"{city} District" if precision == "district" else "",
        "city": shown, "place_text": f"near {venue} in {shown}" if venue else shown or (admin1 if pointed else ""),
        "venue": venue, "latitude": round(latitude + shift, 5) if pointed else None,
        "longitude": round(longitude + shift, 5) if pointed else None, "geo_precision": precision,
        "geo_radius_km": {"site": 0.5, "city": 5.0, "district": 25.0, "province": 80.0}.get(precision),
        "geo_id": f"geonames:{abs(int(latitude * 1000))}" if pointed else "",
    }  # fmt: skip


def _make_count(rng: random.Random, measure: str, mean: float) -> Row:
    """Make a figure of people: exact, open, vague, zero or not stated."""
    some = 1 + int(rng.expovariate(1 / mean))
    ends, state = rng.choices(
        [((some, some, some), "exact"), ((some, some, None), "open_high"), ((None, None, some), "open_low"),
         ((12, None, None), "vague"), ((0, 0, 0), "stated_zero"), ((some, some, some + 4), "conflicting"),
         ((None, None, None), "not_stated")], [40, 18, 4, 4, 6, 8, 20])[0]  # fmt: skip
    return {f"{measure}_{end}": value for end, value in zip(("low", "best", "high"), ends, strict=True)} | {
        f"{measure}_state": state
    }


def _tell(rng: random.Random, story: str, told: list[Row], tables: dict[str, list[Row]], texts: dict[str, str]) -> None:
    """Write the article of a story and perhaps its copies, and record what they say of the incidents."""
    published = max([row["date_end"] or date(2023, 9, 1) for row in told]) + timedelta(days=3)
    paragraphs, spots = [rng.choice(OPENINGS)], []
    for row in told:
        sentence = _say(row)
        offset = len("\n\n".join(paragraphs)) + 2
        lead = "Residents described what they saw. "
        spots.append((row, offset + len(lead), sentence))
        paragraphs.append(f"{lead}{sentence} No one could be reached for comment that evening.")
    text = "\n\n".join([*paragraphs, "The ministry said it would publish its own account."])
    for copy in range(rng.choice([1, 1, 1, 2, 3])):
        article = _make_article(rng, story, copy, published, text)
        tables["articles"].append(article)
        texts[article["article_id"]] = text
        for number, (row, start, sentence) in enumerate(spots, start=2):
            _report(article, row, (number, start, sentence), tables)


def _say(row: Row) -> str:
    """Say an incident in one sentence."""
    who = row["perpetrator"] or "Unknown men"
    where = row["place_text"] or row["country"] or "an unnamed place"
    where = where if where.startswith("near") else f"in {where}"
    low, high = row["killed_low"], row["killed_high"]
    toll = f"killing at least {low} people" if low else "killing no one" if low == 0 else "with no word of the dead"
    toll = f"killing up to {high} people" if low is None and high is not None else toll
    return f"{who} {TYPES[row['event_type']][1]} {where} {row['date_text']}, {toll}.".replace(" ,", ",")


def _make_article(rng: random.Random, story: str, copy: int, published: date, text: str) -> Row:
    """Make the row of one article; every copy after the first says what it copies."""
    article_id = f"{story}-{copy}" if copy else story
    basis = rng.choice(["given", "given", "metadata", "inferred"])
    latest = published + timedelta(days=30) if basis == "inferred" else None
    return {
        "article_id": article_id, "title": f"What is known of {story}" + (" (agency copy)" if copy else ""),
        "outlet": rng.choice(OUTLETS), "author": "", "url": rng.choice(URLS).format(article_id),
        "published": published.isoformat(), "published_basis": basis,
        "published_latest": latest.isoformat() if latest else "", "language": "en",
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(), "words": len(text.split()), "story_id": story,
        "copy_of": story if copy else "", "copy_kind": "exact" if copy else "", "similarity": 1.0 if copy else None,
        "added_on": "",
    }  # fmt: skip


def _report(article: Row, row: Row, spot: tuple[int, int, str], tables: dict[str, list[Row]]) -> None:
    """Record that an article tells of an incident, and make it the source if it is the first to."""
    number, start, sentence = spot
    report_id = f"{article['article_id']}:{start}"
    end = start + len(sentence)
    if not row["incident_id"]:
        row |= {"incident_id": report_id, "source_article_id": article["article_id"], "source_title": article["title"]}
        row |= {"source_outlet": article["outlet"], "source_url": article["url"]}
        row |= {"source_published": article["published"], "source_sentence": sentence, "source_start": start}
        row["source_end"] = end
    row["n_articles"] += 1
    row["n_stories"] += not article["copy_of"]
    row["verification"] = "corroborated" if row["n_stories"] > 1 else row["verification"]
    facts = [name for name in row if name == "event_type" or name.startswith(("date_", "killed_", "injured_"))]
    key = {"report_id": report_id, "of": row, "article_id": article["article_id"]}
    span = {"sentence": sentence, "sentence_start": start, "sentence_end": end}
    tables["reports"].append(key | {name: row[name] for name in (*facts, "city", "country", "perpetrator")} | span)
    mention = {"mention_id": f"{report_id}/0", "sentence_no": number, "trigger": TYPES[row["event_type"]][1]}
    fields = " | ".join(
        name for name in ("event_type", "date_start", "city", "killed_best") if row[name] not in ("", None)
    )
    tables["mentions"].append(key | mention | span | {"fields": fields})
    if row["killed_state"] != "not_stated":
        words = str(row["killed_low"] if row["killed_low"] is not None else row["killed_high"])
        tables["figures"].append({
            "figure_id": f"{report_id}/killed", "report_id": report_id, "mention_id": mention["mention_id"],
            "measure": "killed", "who": "people", "group": "unknown", "low": row["killed_low"],
            "best": row["killed_best"], "high": row["killed_high"], "words": words, "start": start, "end": end,
            "claimant": "a hospital official <i>in town</i>", "claimant_type": "hospital", "counts": "yes",
        })  # fmt: skip


def _relate(rng: random.Random, rows: list[Row]) -> None:
    """Make some incidents parts of others, and let a person have set some values."""
    for row, wave in zip(rows[::50], rows[1::50], strict=False):
        row |= {"related_ids": wave["incident_id"], "relation": "part_of"}
    for row in rng.sample(rows, len(rows) // 40):
        row |= {
            "review_state": "edited",
            "reviewer": "A. Analyst",
            "reviewed_on": "2023-10-02",
            "corrected": "killed_best",
        }


def _remove(rows: list[Row]) -> list[Row]:
    """Make ids that are gone: merged into another, merged twice over, and rejected."""
    gone = [("gone:1", "merged", rows[0]["incident_id"]), ("gone:2", "merged", "gone:1"), ("gone:3", "rejected", "")]
    return (
        [{"incident_id": a, "reason": b, "merged_into": c, "since": "2023-10-01"} for a, b, c in gone] if rows else []
    )


def _doubt(rows: list[Row]) -> list[Row]:
    """Make an issue for each incident without a day."""
    return [
        {"issue_id": f"issue-{number}", "kind": "no_date", "article_id": row["source_article_id"], "report_id": "",
         "incident_id": row["incident_id"], "start": row["source_start"], "end": row["source_end"], "words": "",
         "message": "No words of the article say when this happened.", "to_do": "Add the day as a correction."}
        for number, row in enumerate(rows) if row["date_start"] is None
    ]  # fmt: skip


def _total(rows: list[Row]) -> list[Row]:
    """Make a total over many incidents."""
    return [
        {"aggregate_id": f"{row['source_article_id']}:total", "article_id": row["source_article_id"],
         "statement": "The ministry counted 40 attacks in the province since spring.", "sentence_start": 0,
         "sentence_end": 10, "count": 40, "unit": "attacks", "killed_low": None, "injured_low": None,
         "place": row["admin1"], "since": "2023-03-01", "until": "", "claimant": "the ministry"}
        for row in rows[::200]
    ]  # fmt: skip


if __name__ == "__main__":
    target, many = Path(sys.argv[1]), next((int(word) for word in sys.argv[2:] if word.isdigit()), 200)
    write(target, many, form="csv" if "--csv" in sys.argv else "parquet")
