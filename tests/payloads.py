"""Hostile text for tests: the corpus of payloads, and tables in which each of them stands wherever foreign words can.

What a payload would do if it were run is always the same, so that one look tells: it opens a dialog, sets
`window.__hit`, asks for an address that ends in `/hit`, or makes an element of the class `owned`.
"""

import json
import re
from pathlib import Path

import pandas as pd
from generate import generate
from typer.testing import CliRunner

from pipeline.__main__ import app
from pipeline.curation.ledger import write_ledger
from pipeline.intake.articles import safe_id
from pipeline.tables.texts import name_text

CORPUS = Path(__file__).parent / "cases" / "payloads.jsonl"
FOREIGN = (
    "title",
    "date_text",
    "country",
    "admin1",
    "admin2",
    "city",
    "place_text",
    "venue",
    "target_text",
    "perpetrator",
    "reviewer",
    "notes",
)
WHOLE = "whole:27"
LEAD = "It had been a quiet week. "
# What a terminal obeys, or hides.
OBEYED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
HALF = re.compile("[\ud800-\udfff]")


def load_payloads():
    """Give the payloads as they come from strangers, each with its class."""
    rows = [json.loads(line) for line in CORPUS.read_text("utf-8").splitlines()]
    return [(row["class"], row["text"]) for row in rows]


def load_words():
    """Give the payloads as tables can hold them: half a surrogate is no text, and comes in as a replacement sign."""
    return list(dict.fromkeys(HALF.sub("\ufffd", text) for _, text in load_payloads()))


def say(text):
    """Give the sentence of an article that bears a payload."""
    return f"A bomb killed 3 people at {text} in Kabul, {text} said."


def write_payload_tables(folder, words=None, form="parquet", *, whole=False):
    """Write tables of one incident and one article for each payload, and the texts that the offsets count in.

    With `whole` there is one more, the incident WHOLE, whose article has the sentences and figures of all payloads, and
    what people look at and decided.
    """
    words = words or load_words()
    tables = {name: [] for name in ("incidents", "reports", "mentions", "figures", "articles", "aggregates", "issues")}
    texts = {}
    for number, (text, row) in enumerate(
        zip(words, generate(len(words))[0]["incidents"].to_dict("records"), strict=True)
    ):
        texts |= _tell(number, text, row, tables)
    tables["removed"] = [
        {
            "incident_id": "gone:1",
            "reason": "merged",
            "merged_into": tables["incidents"][0]["incident_id"],
            "since": "2023-10-01",
        }
    ]
    if whole:
        texts |= _tell_whole(words, tables)
        _review(words, tables)
    (folder / "texts").mkdir(parents=True)
    for name, rows in tables.items():
        frame = pd.DataFrame(rows).convert_dtypes()
        if form == "parquet":
            frame.to_parquet(folder / f"{name}.parquet", index=False)
        else:
            cells = frame.astype(object).where(frame.notna(), "").astype(str)
            (folder / f"{name}.csv").write_text(
                write_ledger(list(frame), cells.to_numpy().tolist()), "utf-8", newline=""
            )
    for name, text in texts.items():
        (folder / "texts" / name).write_bytes(text.encode())
    return folder


def _tell(number, text, row, tables):
    """Add the rows of one payload, and give its article."""
    article_id = f"{safe_id(text)}~{number}"
    sentence = say(text)
    start, end = len(LEAD), len(LEAD) + len(sentence)
    body = f"{LEAD}{sentence} No one could be reached."
    report_id = f"{article_id}:{start}"
    source = {"title": text, "outlet": text, "author": text, "url": text, "published": f"2023-{1 + number % 9:02d}-11"}
    span = {"sentence": sentence, "sentence_start": start, "sentence_end": end}
    key = {"report_id": report_id, "incident_id": report_id, "article_id": article_id}
    facts = dict.fromkeys(FOREIGN, text) | {"attribution": "claimed", "confidence": 0.2}
    lead = {f"source_{name}": cell for name, cell in source.items() if name != "author"}
    tables["incidents"].append(
        {
            **row,
            **facts,
            **lead,
            "incident_id": report_id,
            "source_article_id": article_id,
            "source_sentence": sentence,
            "source_start": start,
            "source_end": end,
            "n_articles": 1,
            "n_stories": 1,
            "relation": "",
            "related_ids": "",
            "corrected": "",
        }
    )
    told = {
        name: cell
        for name, cell in {**row, **facts}.items()
        if name not in ("incident_id", "title", "reviewer", "notes")
    }
    tables["reports"].append(told | key | span | {"rules": f"date: {text.replace(' | ', ' ')} | killed: plain number"})
    tables["mentions"].append(
        key
        | span
        | {
            "mention_id": f"{report_id}/0",
            "sentence_no": 2,
            "trigger": text,
            "fields": "date_start | city | killed_best",
        }
    )
    at = start + sentence.index("3 people")
    tables["figures"].append(
        {
            "figure_id": f"{report_id}/killed",
            "report_id": report_id,
            "mention_id": f"{report_id}/0",
            "measure": "killed",
            "who": text,
            "group": "unknown",
            "low": 3,
            "best": 3,
            "high": 3,
            "words": text,
            "start": at,
            "end": at + 8,
            "claimant": text,
            "claimant_type": "hospital",
            "counts": "yes",
        }
    )
    tables["articles"].append(
        {
            "article_id": article_id,
            **source,
            "published_basis": "given",
            "published_latest": "",
            "language": "en",
            "text_sha256": "",
            "words": 20,
            "story_id": article_id,
            "copy_of": "",
            "copy_kind": "",
            "similarity": None,
            "added_on": "",
        }
    )
    tables["aggregates"].append(
        {
            "aggregate_id": f"{article_id}:total",
            "article_id": article_id,
            "statement": sentence,
            "sentence_start": start,
            "sentence_end": end,
            "count": 40,
            "unit": text,
            "killed_low": None,
            "injured_low": None,
            "place": text,
            "since": "2023-01-01",
            "until": "",
            "claimant": text,
        }
    )
    tables["issues"].append(
        {
            "issue_id": f"no_date:{number}",
            "kind": "no_date",
            "article_id": article_id,
            "report_id": report_id,
            "incident_id": report_id,
            "start": start,
            "end": end,
            "words": text,
            "message": f"{text} could not be read.",
            "to_do": f"Add the day: {text}",
        }
    )
    return {name_text(article_id): body}


def _tell_whole(words, tables):
    """Add one incident with the sentences of all payloads, and give its article."""
    text, first = LEAD, tables["incidents"][0]
    report = {"report_id": WHOLE, "incident_id": WHOLE, "article_id": "whole"}
    for number, one in enumerate(words):
        text += "\n\n"
        sentence, start = say(one), len(text)
        span = {"sentence": sentence, "sentence_start": start, "sentence_end": start + len(sentence)}
        text += sentence
        mention = {"mention_id": f"{WHOLE}/{number}", "sentence_no": number}
        tables["mentions"].append({**tables["mentions"][number], **report, **span, **mention})
        at = {"start": start, "end": start + len(sentence), "figure_id": f"{WHOLE}/{number}/killed"}
        figure = {**tables["figures"][number], **at, "report_id": WHOLE, "mention_id": f"{WHOLE}/{number}"}
        tables["figures"].append(figure | dict.fromkeys(("low", "best", "high"), 3 + number))
        if not number:
            lead = {"source_start": start, "source_end": start + len(sentence), "source_sentence": sentence}
            tables["incidents"].append({**first, **lead, "incident_id": WHOLE, "source_article_id": "whole"})
            tables["reports"].append({**tables["reports"][0], **report, **span})
    tables["articles"].append({**tables["articles"][0], "article_id": "whole", "story_id": "whole"})
    return {"whole.txt": text}


def _review(words, tables):
    """Add what a person should look at and what people decided, in the words of payloads."""
    rows = list(zip(words, tables["incidents"], strict=False))
    kinds = ("same_incident", "figures", "dates", "far")
    tables["candidates"] = [
        {"candidate_id": f"c{number}", "kind": kinds[number % 4], "incident_id": row["incident_id"],
         "other_id": WHOLE if number % 4 == 0 else "", "weight": 0.5, "reasons_for": text, "reasons_against": text,
         "words": text}
        for number, (text, row) in enumerate(rows)
    ]  # fmt: skip
    tables["decisions"] = [
        dict.fromkeys(("was", "now", "reason", "by", "machine", "words", "rule"), text)
        | {"row_id": f"{number:05d}", "at": "2023-10-02T10:00:00Z", "incident_id": row["incident_id"], "no": number,
           "column": "notes", "undoes": "", "state": "conflict" if number % 2 else "holds"}
        for number, (text, row) in enumerate(rows)
    ]  # fmt: skip


def run(*words, code=0):
    """Run a command of ours, and give what it said, of which a terminal obeys nothing; code None means any."""
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert code is None or done.exit_code == code, done.output
    for said in (done.stdout, done.stderr):
        found = OBEYED.search(said)
        assert not found, f"{words[0]} lets a terminal obey {said[max(found.start() - 60, 0) :][:120]!r}"
    return done
