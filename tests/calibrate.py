"""Learn what each doubt about a reading weighs, and show whether the confidence holds; `make calibrate` runs it.

Every report that the reader makes of the gold sets is judged by the scorer beside the outer sets: it is right where
none of day, place, killed and injured is wrong, and wrong where the gold has no such incident. What no one judges (a
field that the gold leaves out, closed articles) teaches nothing. The weights go to pipeline/reports/confidence.csv, the
reliability table to its own part of docs/quality.md; it is made of reports whose article taught the weights nothing.
"""

import csv
import importlib.util
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from unittest.mock import patch

import numpy as np
from bench import QUALITY, name_run
from outer import outer_folder, outer_sets
from scoring import GOLD, load_gold
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from pipeline.model import Article, Published, Report
from pipeline.reports.confidence import COLUMNS, START, WEIGHTS, list_doubts, weigh_doubts
from pipeline.reports.confidence_doubts import DOUBTS
from pipeline.reports.language import load_tools
from pipeline.reports.read import read_article

FIELDS = ("date", "city", "killed", "injured")
BINS, FEWEST, MOST_APART = 5, 100, 7
FOLDS = 10
IMAGINED = (True, False)  # verdicts on reports with one doubt that are imagined beside those read
BEGIN, END = "<!-- confidence: written by make calibrate -->", "<!-- confidence: end -->"
HEADER = "| stated confidence | reports | mean stated | right | apart |"
SETS_HEADER = "| set | reports | right | mean stated | mean stated, learnt without the set |"


@dataclass(frozen=True)
class Judged:
    """A report with its verdict."""

    set: str
    article: str
    doubts: tuple[str, ...]
    wrong: tuple[str, ...]  # the fields that are wrong; "extra" where the gold has no such incident

    @property
    def right(self):
        return not self.wrong


def main():
    """Read and judge every set, write weights and table, and say in one line whether the confidence holds."""
    if outer_folder() is None:
        sys.exit("INCIDENT_BENCH names no folder: the outer gold sets are needed, our own have too few reports.")
    judged = list(judge_all())
    stated = cross_validate(judged)
    bins = make_bins(stated, [one.right for one in judged])
    WEIGHTS.write_text(write_weights(fit_weights(judged), judged), encoding="utf-8")
    part = write_part(bins, judged, stated)
    QUALITY.write_text(put_part(QUALITY.read_text(encoding="utf-8"), part), encoding="utf-8")
    print(part)
    print("It holds." if holds(bins) else "It does not hold.")


def judge_all() -> Iterator[Judged]:
    """Read and judge the reports of every set but the closed articles."""
    scorer, tools = load_scorer(), load_tools()
    sets = {
        f"{path.stem}": [a for a in load_gold(path.stem) if a.get("split") != "closed"] for path in GOLD.glob("*.jsonl")
    }
    sets |= {name: scorer.load(path, outer_folder() / "seeds") for name, path in outer_sets().items()}
    with patch("pipeline.reports.facts.rate_report", return_value=0.5):  # the weights in use may not fit the doubts
        for name, articles in sorted(sets.items()):
            for gold in articles:
                yield from judge_article(scorer, name, gold, read_article(make_article(gold), tools).reports)


def load_scorer():
    """Load the scorer that lies beside the outer sets."""
    spec = importlib.util.spec_from_file_location("outer_scorer", outer_folder() / "bench" / "score.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def make_article(gold):
    published = Published.on(gold["published"]) if gold.get("published") else None
    return Article(article_id=gold["id"], text=gold["text"], title=gold.get("title", ""), published=published)


def judge_article(scorer, name, gold, reports) -> Iterator[Judged]:
    """Judge the reports of one article; a report that nothing is known of is left out."""
    reports = sorted(reports, key=lambda r: r.mentions[0].sentence.start)
    rows = [write_row(report) for report in reports]
    partner = {j: i for i, j in scorer.align(gold["gold"], rows, gold.get("one"))}
    for no, (row, report) in enumerate(zip(rows, reports, strict=True)):
        doubts = list_doubts(report, len(reports) == 1)
        if no not in partner:
            yield Judged(name, f"{name} {gold['id']}", doubts, ("extra",))
            continue
        verdicts = scorer.right(gold["gold"][partner[no]], row)
        known = {f: verdicts[f] for f in FIELDS if verdicts.get(f) is not None}
        if "city" not in verdicts and "acc25" in verdicts:
            known["city"] = verdicts["acc25"]
        if known:
            yield Judged(name, f"{name} {gold['id']}", doubts, tuple(f for f, ok in known.items() if not ok))


def write_row(report: Report):
    """Give the cells of a report that the scorer looks at."""
    facts, place = report.facts, report.facts.place
    cells = {
        "date_start": facts.days and str(facts.days.first),
        "date_end": facts.days and str(facts.days.last),
        "event_type": facts.event_type,
        "perpetrator": facts.perpetrator,
        "place_text": place.text,
        "killed_attackers": facts.killed_attackers,
        "sentence": report.leading.sentence.text,
        "spans": " ".join(f"{m.sentence.start}-{m.sentence.end}" for m in report.mentions),
    }
    cells |= {name: getattr(place, name) for name in ("city", "admin1", "admin2", "country", "latitude", "longitude")}
    for measure in ("killed", "injured"):
        count = getattr(facts, measure)
        cells |= {f"{measure}_low": count.low, f"{measure}_high": count.high}
    return {name: "" if cell is None else cell for name, cell in cells.items()}


def fit_weights(judged):
    """Learn the weights; a doubt that would raise the confidence weighs nothing.

    Each doubt is also given two imagined reports, one of them right, with nothing else against them: what the sets
    hardly know is then a doubt and not a certainty.
    """
    used = list(DOUBTS)
    while True:
        rows = [one.doubts for one in judged] + [(name,) for name in used for _ in IMAGINED]
        verdicts = [one.right for one in judged] + [right for _ in used for right in IMAGINED]
        table = np.array([[name in row for name in used] for row in rows], dtype=float)
        model = LogisticRegression(C=10.0, max_iter=1000).fit(table, verdicts)
        weights = dict(zip(used, model.coef_[0], strict=True))
        if max(weights.values()) <= 0:
            learnt = dict.fromkeys(DOUBTS, 0.0) | weights
            return {START: model.intercept_[0]} | {name: learnt[name] for name in DOUBTS}
        used.remove(max(weights, key=weights.get))


def cross_validate(judged):
    """Give the confidence that each report is stated with by weights that its article taught nothing."""
    stated = np.zeros(len(judged))
    folds = GroupKFold(FOLDS, shuffle=True, random_state=0)
    for known, new in folds.split(stated, groups=[one.article for one in judged]):
        weights = fit_weights([judged[n] for n in known])
        for n in new:
            stated[n] = round(weigh_doubts(judged[n].doubts, weights), 2)
    return stated


def make_bins(stated, right):
    """Cut the reports into bins of about one size by what is stated; those with the same number stay together."""
    numbers, counts = np.unique(stated, return_counts=True)
    ends = np.cumsum(counts)
    cuts = [numbers[np.argmin(abs(ends - len(stated) * n / BINS))] for n in range(1, BINS)]
    pairs = sorted(zip(map(float, stated), map(bool, right), strict=True))
    bins = [[pair for pair in pairs if np.searchsorted(cuts, pair[0]) == n] for n in range(BINS)]
    return [one for one in bins if one]


def holds(bins):
    """Tell whether all bins are there and full, and in each what is stated is near the share that is right."""
    near = (abs(percent(s for s, _ in one) - percent(r for _, r in one)) <= MOST_APART for one in bins)
    return len(bins) == BINS and min(map(len, bins)) >= FEWEST and all(near)


def percent(values):
    return 100 * float(np.mean(list(values)))


def write_weights(weights, judged):
    """Write the weights, each with how many reports the doubt holds of and which share of these is right."""
    file = io.StringIO()
    table = csv.writer(file, lineterminator="\n")
    table.writerow(COLUMNS)
    for name, weight in weights.items():
        held = [one.right for one in judged if (name in one.doubts if name != START else not one.doubts)]
        table.writerow(
            [name, f"{weight:.3f}".replace("-0.000", "0.000"), len(held), f"{np.mean(held):.3f}" if held else ""]
        )
    return file.getvalue()


def write_part(bins, judged, stated):
    """Write the part of docs/quality.md that says whether the confidence holds."""
    wrong = {f: sum(f in one.wrong for one in judged) for f in (*FIELDS, "extra")}
    lines = [HEADER, "|---|---|---|---|---|"]
    for one in bins:
        says, is_so = percent(s for s, _ in one), percent(r for _, r in one)
        lines.append(
            f"| {one[0][0]:.2f}–{one[-1][0]:.2f} | {len(one)} | {says:.1f} % | {is_so:.1f} % | {says - is_so:+.1f} |"
        )
    lines += ["", SETS_HEADER, "|---|---|---|---|---|"]
    for name in sorted({one.set for one in judged}):
        mine = [n for n, one in enumerate(judged) if one.set == name]
        others = fit_weights([one for one in judged if one.set != name])
        alone = percent(weigh_doubts(judged[n].doubts, others) for n in mine)
        is_so, says = percent(judged[n].right for n in mine), percent(stated[n] for n in mine)
        lines.append(f"| `{name}` | {len(mine)} | {is_so:.1f} % | {says:.1f} % | {alone:.1f} % |")
    verdict = "It holds" if holds(bins) else "**It does not hold**"
    told = TEXT.format(
        run=name_run(), n=len(judged), articles=len({one.article for one in judged}), folds=FOLDS, doubts=len(DOUBTS),
        fewest=FEWEST,
        bins=BINS, apart=MOST_APART, verdict=verdict, **wrong,
    )  # fmt: skip
    return "\n".join([told.strip(), "", *lines])


TEXT = """
## Does the confidence hold?

The confidence of a report is the probability that its day, place and toll are all read right. It starts from the
odds of a report that nothing speaks against, and each of {doubts} doubts that can be seen in the report itself lowers
it; what they weigh is learnt by logistic regression (`make calibrate`) and stands in
`pipeline/reports/confidence.csv`. No doubt may raise it, and each is learnt with two imagined reports, one of them
right, so that luck with a rare one counts little.

Run {run}: {n} reports of {articles} articles of all sets but the closed articles, as `score.py` judges
them. A report is right where none of day, place, killed and injured is wrong; a field that the gold does not have is
not judged, and a report that the gold has no incident for is wrong. What is stated comes from weights that were learnt
without the article ({folds} folds by article). There must be {bins} bins of {fewest} reports or more, and in
each the two may differ by {apart} points. {verdict}.

Wrong are {date} days, {city} places, {killed} numbers of killed and {injured} of injured, and {extra} reports have
no incident. On these sets the confidence is in the main one in the toll; what doubts about days and places weigh rests
on few mistakes. The second table says what to expect of other texts: its last column was learnt from the other sets
alone. Most sets were chosen for their numbers; where an article rightly gives no toll, as in `digests` and `seeds`,
the confidence is too low. The confidence of an incident that several stories tell is not a measured one: no set has
such incidents, so each further story is taken, by hand, to leave six tenths of the doubt.
"""


def put_part(text, part):
    """Put the part between its marks, at the end where there are none; all else stays."""
    whole = f"{BEGIN}\n{part}\n{END}"
    if BEGIN in text:
        return re.sub(f"{re.escape(BEGIN)}.*?{re.escape(END)}", lambda _: whole, text, flags=re.DOTALL)
    return f"{text.rstrip()}\n\n{whole}\n"


if __name__ == "__main__":
    main()
