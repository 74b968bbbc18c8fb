"""Who says how many: the incidents whose figures of killed lie furthest apart, each figure with who says it.

Figures that one sentence adds up (13 soldiers and 170 others) are one figure here; copies of a text say nothing anew.
What a perpetrator says of its own deed is marked, and never weighed like the others.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.brief.notes import Note, clean, read_day, read_note
from pipeline.brief.say import read_count, say_number
from pipeline.tables.store import Store
from pipeline.view import View

MOST = 5  # incidents
PARTY = "perpetrator"
SAID = """weighed AS (SELECT r.incident_id, r.article_id, f.mention_id, f.claimant, f.claimant_type,
  f.low, f.best, f.high, f.words, a.outlet, a.title, a.url, a.published, m.sentence, m.sentence_start FROM all_figures f
  JOIN all_reports r USING (report_id) JOIN asked USING (incident_id) JOIN all_articles a USING (article_id)
  JOIN all_mentions m USING (mention_id)
  WHERE f.measure = 'killed' AND f.counts IN ('yes', 'party_claim') AND coalesce(a.copy_of, '') = ''
), said AS (SELECT incident_id, article_id, mention_id, claimant, claimant_type, any_value(outlet) AS outlet,
  any_value(title) AS title, any_value(url) AS url, any_value(published) AS published,
  any_value(sentence) AS sentence, any_value(sentence_start) AS sentence_start,
  CASE WHEN bool_and(low IS NOT NULL) THEN sum(low) END AS low,
  CASE WHEN bool_and(best IS NOT NULL) THEN sum(best) END AS best,
  CASE WHEN bool_and(high IS NOT NULL) THEN sum(high) END AS high, string_agg(words, ' + ' ORDER BY words) AS words
  FROM weighed GROUP BY ALL
), spread AS (SELECT incident_id, max(coalesce(best, low, high)) - min(coalesce(best, low, high)) AS spread
  FROM said GROUP BY incident_id)"""
DISPUTED = f"""SELECT * FROM spread WHERE spread > 0 AND incident_id IN (
SELECT incident_id FROM said GROUP BY incident_id HAVING count(DISTINCT (claimant, claimant_type, outlet)) > 1)
ORDER BY spread DESC, incident_id LIMIT {MOST}"""
SAYINGS = """SELECT said.* FROM said WHERE list_contains(?, incident_id)
ORDER BY incident_id, coalesce(best, low, high), published, article_id, sentence_start, claimant"""


@dataclass(frozen=True, slots=True)
class Saying:
    """One figure of killed, who says it (in the article's words, else the outlet), and where."""

    who: str
    kind: str  # the type of claimant
    outlet: str
    low: int | None
    best: int | None
    high: int | None
    words: str
    note: Note

    @property
    def is_party(self) -> bool:
        """Tell whether the perpetrator says it."""
        return self.kind == PARTY

    @property
    def number(self) -> str:
        """Say the figure with its doubt."""
        return say_number(self.low, self.best, self.high)


@dataclass(frozen=True, slots=True)
class Disputed:
    """An incident that is told with figures that differ, the lowest first."""

    incident_id: str
    title: str
    start: date | None
    end: date | None
    killed: tuple[int | None, int | None, int | None]  # low, best, high, as in the table
    spread: int
    sayings: tuple[Saying, ...]


def find_disputed(store: Store, view: View) -> tuple[Disputed, ...]:
    """Give the incidents shown whose figures of killed differ most, the widest first."""
    found = [row for rows in store.stream(view, _with(DISPUTED)) for row in rows]
    ids = [str(incident_id) for incident_id, _ in found]
    if not ids:
        return ()
    rows = {str(row["incident_id"]): row for row in store.find("incidents", "incident_id", ids).to_dict("records")}
    said = _read_sayings(store, view, ids)
    return tuple(_tell(rows[i], int(spread), said[i]) for i, (_, spread) in zip(ids, found, strict=True))


def _with(sql: str) -> str:
    """Put a question behind the tables that it needs, which themselves stand behind `asked`."""
    return f"SELECT * FROM (WITH {SAID} {sql})"


def _read_sayings(store: Store, view: View, ids: list[str]) -> dict[str, list[Saying]]:
    """Give what is said of each of some incidents, the lowest first and nothing twice."""
    said: dict[str, list[Saying]] = {one: [] for one in ids}
    for rows in store.stream(view, _with(SAYINGS), parameters=[ids]):
        for row in rows:
            named = dict(zip(COLUMNS, row, strict=True))
            mine, saying = said[str(named["incident_id"])], _read_saying(named)
            if not any((one.who, one.number, one.outlet) == (saying.who, saying.number, saying.outlet) for one in mine):
                mine.append(saying)
    return said


COLUMNS = (
    "incident_id", "article_id", "mention_id", "claimant", "claimant_type", "outlet", "title", "url", "published",
    "sentence", "sentence_start", "low", "best", "high", "words",
)  # fmt: skip


def _read_saying(row: dict[str, Any]) -> Saying:
    """Read one figure; where the article says it by itself, its outlet does."""
    note = read_note(row)
    low, best, high = (read_count(row[end]) for end in ("low", "best", "high"))
    named = row["claimant_type"] not in ("media", "unnamed", "") and clean(row["claimant"])
    return Saying(
        who=named or note.outlet or note.title or note.article_id,
        kind=str(row["claimant_type"]),
        outlet=note.outlet,
        low=low,
        best=best,
        high=high,
        words=clean(row["words"]),
        note=note,
    )


def _tell(row: dict[Any, Any], spread: int, sayings: list[Saying]) -> Disputed:
    """Give one disputed incident."""
    low, best, high = (read_count(row[f"killed_{end}"]) for end in ("low", "best", "high"))
    return Disputed(
        incident_id=str(row["incident_id"]),
        title=clean(row["title"]),
        start=read_day(row["date_start"]),
        end=read_day(row["date_end"]),
        killed=(low, best, high),
        spread=spread,
        sayings=tuple(sayings),
    )
