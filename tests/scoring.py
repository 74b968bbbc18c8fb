"""Score published tables against gold incidents: how many were found, and how often each field is right.

The gold has the form that the outer sets have: one article a line, with `gold` (incidents), `aggregates` (totals over
many incidents) and `must_not` (sentences that are no incident). A key that is absent is not scored; null says that the
article does not state it.
"""

import csv
import json
import math
import re
import subprocess
import sys
import tempfile
import time
import unicodedata
from pathlib import Path

ROOT = Path(__file__).parent.parent
GOLD = Path(__file__).parent / "gold"
FIELDS = ("date", "city", "killed", "injured", "event_type", "perpetrator")
NEAR = 25.0  # kilometres within which a place is the right one
KIND_OF_PLACE = re.compile(r"\b(province|governorate|state|department|(sub)?district|city)\b")


def load_gold(name):
    """Give the articles of one of our gold sets, or nothing where it is not there; "reports:dev" is a part of a set."""
    stem, _, split = name.partition(":")
    path = GOLD / f"{stem}.jsonl"
    rows = [json.loads(line) for line in path.open(encoding="utf-8")] if path.exists() else []
    return [row for row in rows if not split or row.get("split") == split]


def our_sets():
    """Give the names of our gold sets; the parts of a set that has parts are sets of their own."""
    for path in sorted(GOLD.glob("*.jsonl")):
        parts = sorted({row.get("split", "") for row in load_gold(path.stem)})
        yield from (f"{path.stem}:{part}" if part else path.stem for part in parts)


def score_build(articles, *options):
    """Build the tables of these articles in a folder of their own and score them, with the seconds it took."""
    with tempfile.TemporaryDirectory() as folder:
        source, data = Path(folder) / "articles.jsonl", Path(folder) / "data"
        keys = ("id", "title", "text", "published", "outlet", "url")
        lines = (json.dumps({k: a[k] for k in keys if a.get(k)}, ensure_ascii=False) for a in articles)
        source.write_text("\n".join(lines) + "\n", encoding="utf-8")
        start = time.monotonic()
        command = [sys.executable, "-m", "pipeline", "build", "-q", *options, str(source), "--out", str(data)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 3):
            raise RuntimeError(f"the build of the gold set failed: {done.stderr[-2000:]}")
        return score(articles, data) | {"seconds": round(time.monotonic() - start, 1)}


def read_table(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def score(articles, data):
    """Give F1 of the incidents and of each field, recall of the totals, and how many reports are too many."""
    mentions, reports = read_table(data / "mentions.csv"), read_table(data / "reports.csv")
    spans = {}
    for m in mentions:
        spans.setdefault(m["report_id"], []).append((int(m["sentence_start"]), int(m["sentence_end"])))
    tally = {field: [0, 0, 0] for field in ("incidents", *FIELDS)}  # right, published, stated
    extra = forbidden = 0
    for article in articles:
        rows = [r | {"spans": spans[r["report_id"]]} for r in reports if r["article_id"] == article["id"]]
        extra += count_article(article["gold"], rows, tally)
        traps = [trap["sentence"] for trap in article.get("must_not", ())]
        forbidden += sum(all(overlaps(span, traps) for span in row["spans"]) for row in rows if traps)
    scores = {field: f1(*counts) for field, counts in tally.items() if counts[2]}
    return scores | {
        "aggregates": recall_of_totals(articles, read_table(data / "aggregates.csv")),
        "extra": round(extra / max(1, len(articles)), 3),
        "forbidden": forbidden,
    }


def count_article(gold, rows, tally):
    """Add what one article gives to the tally, and give how many reports have no incident in the gold."""
    pairs = pair_up(gold, rows)
    needed = [n for n, incident in enumerate(gold) if not incident.get("optional") or n in pairs]
    for total, more in enumerate((len(pairs), len(rows), len(needed))):
        tally["incidents"][total] += more
    for n in needed:
        for field in FIELDS:
            right = judge(field, gold[n], rows[pairs[n]]) if n in pairs else None
            tally[field][0] += right is True
            tally[field][1] += right is True or (right is False and is_given(field, rows[pairs[n]]))
            tally[field][2] += is_stated(field, gold[n])
    return len(rows) - len(pairs)


def pair_up(gold, rows):
    """Give which report stands for which incident of the gold: the most agreeing pairs first, each once."""
    scored = [(agreement(incident, row), -n, -m) for n, incident in enumerate(gold) for m, row in enumerate(rows)]
    pairs = {}
    for points, n, m in sorted(scored, reverse=True):
        if points > 0 and -n not in pairs and -m not in pairs.values():
            pairs[-n] = -m
    return pairs


def agreement(incident, row):
    """Give how much a report agrees with an incident; none where they rest on different sentences."""
    same = incident.get("sentences") and any(overlaps(span, incident["sentences"]) for span in row["spans"])
    if incident.get("sentences") and not same:
        return 0
    return 2 * bool(same) + sum(judge(field, incident, row) is True for field in FIELDS) + is_near(incident, row)


def overlaps(span, others):
    return any(span[0] < end and start < span[1] for start, end in others)


def judge(field, incident, row):
    """Tell whether a field is right, or give None where it is not scored or neither side says anything."""
    key = "date_start" if field == "date" else field
    if key not in incident:
        return None
    judges = {"date": judge_date, "city": judge_city, "killed": judge_toll, "injured": judge_toll}
    right = judges.get(field, judge_name)(field, incident, row)
    free = any(name.split("_")[0] == field.split("_")[0] for name in incident.get("optional_fields", ()))
    return None if right is False and free and not is_given(field, row) else right


def judge_date(_field, incident, row):
    want = (incident["date_start"] or "", incident.get("date_end") or incident["date_start"] or "")
    got = (row["date_start"], row["date_end"])
    return None if want == got == ("", "") else want == got


def judge_city(_field, incident, row):
    """Tell whether the place is right: by its name, or by its point."""
    want = place_name(incident["city"])
    columns = ("city",) if incident.get("lat") is not None else ("city", "admin2", "admin1", "place_text", "country")
    names = [name for name in (place_name(row[column]) for column in columns) if name]
    if not want and not place_name(row["city"]):
        return None
    return is_near(incident, row) or any(want and (want in name or name in want) for name in names)


def judge_toll(field, incident, row):
    """Tell whether low and high are right, dead attackers counted or not: the gold sets differ in that."""
    low, high = number(row[f"{field}_low"]), number(row[f"{field}_high"])
    attackers = (number(row["killed_attackers"]) or 0) if field == "killed" else 0
    want_low, want_high = incident[field] or (None, None)
    if not want_low:
        return None if {low or 0, high or 0} <= {0, attackers} else False
    ways = {0, attackers}
    return any(low == want_low + n and (want_high is None or high in (None, want_high + n)) for n in ways)


def judge_name(field, incident, row):
    """Tell whether a name or code is right: one contains the other, and several may be right."""
    want, got = fold(incident[field] or ""), fold(row[field])
    if not want and not got:
        return None
    return bool(want == got or (want and got and (want in got or got in want)))


def is_stated(field, incident):
    value = incident.get("date_start" if field == "date" else field)
    return bool(value and value[0]) if field in ("killed", "injured") else bool(value)


def is_given(field, row):
    if field in ("killed", "injured"):
        return bool(number(row[f"{field}_low"]))
    return bool(row["date_start" if field == "date" else field])


def is_near(incident, row):
    if incident.get("lat") is None or not row["latitude"]:
        return False
    return distance((incident["lat"], incident["lon"]), (float(row["latitude"]), float(row["longitude"]))) <= NEAR


def distance(here, there):
    """Give kilometres between two points on a sphere."""
    (a, b), (c, d) = (map(math.radians, point) for point in (here, there))
    return 6371 * math.acos(min(1, math.sin(a) * math.sin(c) + math.cos(a) * math.cos(c) * math.cos(b - d)))


def number(cell):
    return float(cell) if cell else None


def fold(words):
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def place_name(words):
    return " ".join(KIND_OF_PLACE.sub("", fold(words or "")).split())


def f1(right, published, stated):
    return round(2 * right / (published + stated), 3) if published + stated else None


def recall_of_totals(articles, rows):
    """Give the share of the totals that were found: the same number on the same sentence."""
    found = [(r["article_id"], number(r["count"]), (int(r["sentence_start"]), int(r["sentence_end"]))) for r in rows]
    wanted = [(a["id"], total) for a in articles for total in a.get("aggregates", ())]
    hits = sum(
        any(i == name and n == total["count"] and overlaps(span, total["sentences"]) for i, n, span in found)
        for name, total in wanted
    )
    return round(hits / len(wanted), 3) if wanted else None
