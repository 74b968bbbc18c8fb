"""Say how sure a reading is: the probability that day, place and toll of a report are all read right.

Every doubt about a report lowers it, by a weight that `make calibrate` learns from gold sets and writes to
confidence.csv. docs/quality.md says how far what is stated holds.
"""

import math
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from pipeline.model import Report
from pipeline.reports.confidence_doubts import DOUBTS
from pipeline.text.words import SeedError, load_words

WEIGHTS = Path(__file__).with_name("confidence.csv")
COLUMNS = ("doubt", "weight", "reports", "right")
START = "(none)"  # the row of a report without any doubt


def rate_report(report: Report, alone: bool = True) -> float:
    """Give a confidence from 0 to 1; `alone` says whether the report is the only one of its article.

    >>> from pipeline.model import Facts, Mention, Sentence
    >>> blast = Mention(sentence=Sentence(0, 0, 8, "A blast.", 0, "body"), trigger="blast")
    >>> 0 < rate_report(Report(article_id="a", facts=Facts(), mentions=(blast,))) < 1
    True
    """
    return round(weigh_doubts(list_doubts(report, alone), load_weights()), 2)


def list_doubts(report: Report, alone: bool) -> tuple[str, ...]:
    """Give the names of the doubts that hold of a report."""
    return tuple(name for name, doubt in DOUBTS.items() if doubt(report, alone))


def weigh_doubts(doubts: Iterable[str], weights: Mapping[str, float]) -> float:
    """Give the probability that a report is right: the odds without a doubt, lowered by each doubt that holds.

    >>> weights = {"(none)": math.log(9), "vague toll": -math.log(6)}
    >>> [round(weigh_doubts(doubts, weights), 2) for doubts in ([], ["vague toll"])]
    [0.9, 0.6]
    """
    return 1 / (1 + math.exp(-math.fsum(weights[name] for name in (START, *doubts))))


@cache
def load_weights(path: Path = WEIGHTS) -> dict[str, float]:
    """Load the learnt weights; raises SeedError where a doubt has none, or one that would raise the confidence."""
    rows = load_words(path, COLUMNS, COLUMNS[:2], "doubt")
    try:
        weights = {row["doubt"]: float(row["weight"]) for row in rows}
    except ValueError as error:
        raise SeedError(f"{path.name}: a weight is no number ({error}): run make calibrate.") from error
    if set(weights) != {START, *DOUBTS}:
        raise SeedError(f"{path.name}: its doubts are not those of the code: run make calibrate.")
    if raising := [name for name, weight in weights.items() if name != START and not weight <= 0]:
        raise SeedError(f'{path.name}: the doubt "{raising[0]}" would raise the confidence: run make calibrate.')
    return weights
