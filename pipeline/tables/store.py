"""Ask the published tables, however large, without reading them whole: DuckDB over the Parquet (or CSV) files.

What filters, charts and sums need of each incident is kept in memory, once for each process; texts and the other
tables are read from the files for the few rows that a question is about. Types are those of the codebook: a text
that is not stated is "", a number or a day that is not stated is NULL, never zero.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

import duckdb
import pandas as pd
import pyarrow as pa

from pipeline.tables.columns import TABLES
from pipeline.tables.load import DAYS, BrokenTablesError, NoTablesError, Tables
from pipeline.tables.seal import find_broken, seal_tables
from pipeline.tables.source import find_files, open_files, select_columns, weigh_files
from pipeline.tables.totals import Total
from pipeline.view import ORDERS, PICKS, SEARCHED, Pick, View

Ask = Callable[[str], pd.DataFrame]  # a question of what some view shows
MEASURES = ("killed", "injured")
ENDS = ("low", "best", "high")
# What is kept in memory of each incident, beside the folded text that is searched.
KEPT = (
    "incident_id", "title", "event_type", "status", "date_start", "date_end", "date_precision", "country",
    "country_code", "admin1", "admin2", "city", "venue", "latitude", "longitude", "geo_precision", "geo_radius_km",
    "target_type", "weapon", "suicide", "perpetrator", "attribution", "killed_attackers", "verification",
    "n_articles", "n_stories", "confidence", "source_outlet", "source_sentence", "source_published", "review_state",
    "related_ids", "relation",
    *(f"{measure}_{part}" for measure in MEASURES for part in (*ENDS, "state")), *(f"casualties_{end}" for end in ENDS),
)  # fmt: skip
PANDAS_TYPES = {pa.int64(): pd.Int64Dtype(), pa.float64(): pd.Float64Dtype(),
                pa.string(): pd.StringDtype(na_value=math.nan)}  # fmt: skip
# Tables of smaller files are kept in memory, where a question takes a third of the time; larger ones stay on the disk.
MOST_KEPT = 8_000_000  # bytes
# What is kept of larger files together is packed, to a quarter of the memory, though opening takes twice as long.
MOST_UNPACKED = 30_000_000  # bytes
BY_NAME = {table.name: table for table in TABLES}


@dataclass(frozen=True, slots=True)
class Counts:
    """What a view holds: incidents, and the sums of people over them."""

    shown: int
    total: int
    certain: int  # wholly inside the days that are asked
    undated: int
    unplaced: int
    provinces: int
    first: date | None
    last: date | None
    killed: Total
    injured: Total


class Store:
    """The published tables of one folder; cheap to ask from many threads, each with a cursor of its own."""

    def __init__(self, folder: Path) -> None:
        """Open the tables in `folder`; raises NoTablesError where there are none, BrokenTablesError for others."""
        self.folder = folder
        self.files = {name: files for name in BY_NAME if (files := find_files(folder, name))}
        if "incidents" not in self.files:
            raise NoTablesError(f"There is no incidents.parquet or incidents.csv in {folder}.")
        self.db = duckdb.connect()
        self.packs = sum(map(weigh_files, self.files.values())) > MOST_UNPACKED
        self.opened: list[IO[bytes]] = []  # what stays on the disk: a build may put other files in their place
        if broken := next(find_broken(folder, [path for files in self.files.values() for path in files]), None):
            raise BrokenTablesError(f"{broken} is not the table that was built: build the tables again.")
        try:
            self._load()
        except duckdb.Error as error:
            why = " ".join(str(error).split()).rstrip(".")
            raise BrokenTablesError(f"The tables in {folder} are not as the codebook says: {why}.") from error

    def ask(self, view: View, sql: str, parameters: Sequence[Any] = (), *, without: Iterable[str] = ()) -> pd.DataFrame:
        """Run `sql` over `shown`, the incidents that `view` keeps.

        Beside the columns in KEPT, `shown` has `sure` (wholly inside the days asked) and `counts` (not a part of a
        wave that is itself shown, whose toll holds it); its killed_* and injured_* are NULL where only the
        perpetrator says so and the view leaves such figures out. `without` names parts of a link to leave out of
        account.
        """
        condition, asked = view.conditions(*without)
        sure, days = say_sure(view)
        hidden = ", ".join(f"CASE WHEN {m}_claim THEN NULL ELSE {m}_{e} END AS {m}_{e}" for m in MEASURES for e in ENDS)
        replaced = "" if view.claims else f" REPLACE ({hidden})"
        shown = (
            f"WITH kept AS (SELECT *{replaced}, {sure} AS sure FROM incidents WHERE {condition}), "
            "shown AS (SELECT *, incident_id NOT IN (SELECT part FROM parts WHERE whole IN "
            "(SELECT incident_id FROM kept)) AS counts FROM kept) "
        )
        return self._run(shown + sql, [*days, *asked, *parameters])

    def ids(self, view: View, most: int | None = None) -> list[str]:
        """Give the ids that `view` keeps, in its order, all or the first `most`."""
        sql, parameters = view.to_sql()
        found = self._cursor().execute(sql + (f" LIMIT {most}" if most else ""), parameters).fetchall()
        return [row[0] for row in found]

    def rows(self, view: View, *, most: int | None = None, after: int = 0) -> pd.DataFrame:
        """Give the rows that `view` keeps, in its order, with all columns of the codebook."""
        limit = f" LIMIT {most} OFFSET {after}" if most is not None else ""
        sql, parameters = view.to_sql()
        return self._typed(
            "incidents",
            f"WITH asked AS (SELECT incident_id, row_number() OVER () AS place FROM ({sql}{limit})) "
            f"SELECT full_.* FROM asked JOIN all_incidents full_ USING (incident_id) ORDER BY place",
            parameters,
        )

    def stream(
        self, view: View, sql: str, size: int = 5_000, parameters: Sequence[Any] = ()
    ) -> Iterator[list[tuple[Any, ...]]]:
        """Run `sql` over `asked`, the ids that `view` keeps with their `place` in its order, and give rows by `size`.

        The tables are there as `all_incidents` and so on; only `size` rows are in memory at a time.
        """
        ids, asked = view.to_sql()
        named = f"WITH asked AS (SELECT incident_id, row_number() OVER () AS place FROM ({ids})) "
        running = self._cursor().execute(named + sql, [*asked, *parameters])
        while rows := running.fetchmany(size):
            yield rows

    def seal(self) -> str:
        """Give the SHA-256 of the data package, else of the table files: equal seals, equal tables."""
        return seal_tables(self.folder, [path for name in sorted(self.files) for path in self.files[name]])

    def find(self, table: str, column: str, values: Sequence[str]) -> pd.DataFrame:
        """Give the rows of a table whose `column` holds one of `values`, in the order of the table."""
        if table not in BY_NAME or column not in {one.name for one in BY_NAME[table].columns}:
            raise ValueError(f"the codebook has no column {table}.{column}")
        # A list in the open is looked for while the file is read; one in a parameter only afterwards.
        listed = ", ".join("?" * len(values)) or "NULL"
        return self._typed(table, f'SELECT * FROM all_{table} WHERE "{column}" IN ({listed})', list(values))

    def around(self, incident_id: str) -> Tables:
        """Give what stands behind one incident: its row and those it is linked to, and their rows of each table."""
        row = self.find("incidents", "incident_id", [incident_id])
        linked = [other for cell in row["related_ids"] for other in cell.split(" | ") if other]
        reports = self.find("reports", "incident_id", [incident_id])
        articles = sorted({*reports["article_id"], *row["source_article_id"]})
        return Tables(
            self.folder,
            incidents=pd.concat([row, self.find("incidents", "incident_id", linked)]) if linked else row,
            reports=reports,
            mentions=self.find("mentions", "incident_id", [incident_id]),
            figures=self.find("figures", "report_id", list(reports["report_id"])),
            articles=self.find("articles", "article_id", articles),
            aggregates=self.find("aggregates", "article_id", articles),
            issues=self.find("issues", "incident_id", [incident_id]),
            removed=self.find("removed", "merged_into", [incident_id]),
            candidates=pd.concat([self.find("candidates", c, [incident_id]) for c in ("incident_id", "other_id")]),
            decisions=self.find("decisions", "incident_id", [incident_id]),
        )

    def follow(self, incident_id: str) -> tuple[str, str]:
        """Give the id that a removed one leads to ("" for none), and why it was removed ("" if it was not)."""
        reason, seen = "", set[str]()
        while incident_id and incident_id not in seen:
            gone = self.find("removed", "incident_id", [incident_id])
            if gone.empty:
                break
            seen.add(incident_id)
            reason, incident_id = str(gone["reason"].iloc[0]), str(gone["merged_into"].iloc[0])
        return (incident_id, reason) if seen else ("", "")

    def whole(self, table: str, most: int = 100_000) -> pd.DataFrame:
        """Give a table of the codebook, at most `most` rows of it."""
        return self._typed(table, f"SELECT * FROM all_{BY_NAME[table].name} LIMIT {most}", [])

    def size(self, table: str) -> int:
        """Count the rows of a table."""
        return int(self._cursor().execute(f"SELECT count(*) FROM all_{BY_NAME[table].name}").fetchall()[0][0])

    def counts(self, view: View) -> Counts:
        """Count what `view` holds."""
        sums = ", ".join(sum_columns(measure) for measure in MEASURES)
        row = self.ask(
            view,
            "SELECT count(*) AS shown, count(*) FILTER (sure) AS certain, "
            "count(*) FILTER (date_start IS NULL) AS undated, count(*) FILTER (latitude IS NULL) AS unplaced, "
            "count(DISTINCT (country, admin1)) FILTER (admin1 <> '') AS provinces, "
            f"min(date_start) AS first, max(date_end) AS last, {sums} FROM shown",
        ).to_dict("records")[0]
        first, last = (None if pd.isna(row[end]) else row[end].date() for end in ("first", "last"))
        shown, certain, undated, unplaced, provinces = (
            int(row[name]) for name in ("shown", "certain", "undated", "unplaced", "provinces")
        )
        killed, injured = (read_total(row, measure) for measure in MEASURES)
        total = self.size("incidents")
        return Counts(shown, total, certain, undated, unplaced, provinces, first, last, killed, injured)

    def facet(self, view: View, pick: Pick) -> dict[str, int]:
        """Count the incidents of each value of a list as the other filters stand, the commonest first."""
        found = self.ask(
            view,
            f"SELECT coalesce({pick.column}, '') AS value, count(*) AS n FROM shown GROUP BY 1 ORDER BY 2 DESC, 1",
            without=(pick.key,),
        )
        return dict(zip(found["value"], found["n"], strict=True))

    def facets(self, view: View) -> dict[str, dict[str, int]]:
        """Count the values of every list, by the part of the link that asks it: lists that ask nothing in one go."""
        idle = [pick for pick in PICKS if not getattr(view, pick.field)]
        found = {pick.key: self.facet(view, pick) for pick in PICKS if pick not in idle}
        if idle:
            columns = ", ".join(f"({pick.column})" for pick in idle)
            names = ", ".join(pick.column for pick in idle)
            counted = self.ask(
                view, f"SELECT {names}, grouping_id({names}) AS which, count(*) AS n FROM shown GROUP BY GROUPING SETS "
                f"({columns}) ORDER BY n DESC, {names}",
            )  # fmt: skip
            for place, pick in enumerate(idle):
                mine = counted[counted["which"] == (1 << len(idle)) - 1 - (1 << (len(idle) - 1 - place))]
                found[pick.key] = dict(zip(mine[pick.column], mine["n"], strict=True))
        return found

    def _run(self, sql: str, parameters: Sequence[Any]) -> pd.DataFrame:
        """Run one question."""
        return self._cursor().execute(sql, list(parameters)).df()

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        """Give a cursor for one question: a connection is no thing for two threads."""
        cursor = self.db.cursor()
        if self.packs:
            cursor.execute("USE packed")
        return cursor

    def _typed(self, table: str, sql: str, parameters: Sequence[Any]) -> pd.DataFrame:
        """Run a question for rows of a table, with the types that `read_tables` gives."""
        arrow: pa.Table = self._cursor().sql(sql, params=list(parameters)).to_arrow_table()
        frame: pd.DataFrame = arrow.to_pandas(types_mapper=PANDAS_TYPES.get, date_as_object=False)
        days = [column.name for column in BY_NAME[table].columns if column.name in DAYS]
        return frame.astype(dict.fromkeys(days, "datetime64[s]")) if days else frame

    def _load(self) -> None:
        """Lay the tables out for questions, and keep of the incidents what most questions need."""
        if self.packs:
            self.db.execute("ATTACH ':memory:' AS packed (COMPRESS)")
            self.db.execute("USE packed")
        for table in TABLES:
            files = self.files.get(table.name, [])
            is_large = weigh_files(files) > MOST_KEPT
            opened = open_files(files) if is_large else []
            self.opened += opened
            asked = select_columns(self.db, files, table, opened=opened)
            self.db.execute(f"CREATE {'VIEW' if is_large else 'TABLE'} all_{table.name} AS {asked}")
        folded = f"lower(strip_accents(concat_ws(chr(10), {', '.join(SEARCHED)})))"
        self.db.execute(
            f"CREATE TABLE incidents AS SELECT {', '.join(KEPT)}, {folded} AS folded, "
            f"{', '.join(f'coalesce({m}_claim, false) AS {m}_claim' for m in MEASURES)} FROM all_incidents "
            f"LEFT JOIN ({ONLY_CLAIMED}) USING (incident_id) ORDER BY {ORDERS['newest']}"
        )
        self.db.execute(PARTS)
        if self.packs:
            self.db.execute("CHECKPOINT packed")  # packs what was written


ONLY_CLAIMED = """SELECT incident_id,
bool_and(claimant_type = 'perpetrator') FILTER (measure = 'killed') AS killed_claim,
bool_and(claimant_type = 'perpetrator') FILTER (measure = 'injured') AS injured_claim
FROM all_figures JOIN all_reports USING (report_id) GROUP BY incident_id"""
PARTS = """CREATE TABLE parts AS SELECT part, whole FROM (
SELECT incident_id AS part, unnest(string_split(related_ids, ' | ')) AS whole,
unnest(string_split(relation, ' | ')) AS kind FROM incidents WHERE contains(relation, 'part_of'))
WHERE kind = 'part_of'"""


def say_sure(view: View) -> tuple[str, list[Any]]:
    """Give the condition that an incident lies wholly inside the days that are asked, and its parameters."""
    ends = [("date_start >= ?", view.since), ("date_end <= ?", view.until)]
    asked = [(condition, day) for condition, day in ends if day is not None]
    return " AND ".join(["date_start IS NOT NULL", *(c for c, _ in asked)]), [day for _, day in asked]


def sum_columns(measure: str) -> str:
    """Give the SQL of the sums of a measure over `shown`: lows, bests and highs apart, and what no sum can hold.

    >>> sum_columns("killed").count(" AS killed_")
    9
    """
    low, best, high = (f"{measure}_{end}" for end in ENDS)
    stated = f"coalesce({low}, {best}, {high}) IS NOT NULL"
    sums = ", ".join(
        f"coalesce(sum({column}) FILTER (counts), 0) AS {column}, count({column}) FILTER (counts) AS {column}_n"
        for column in (low, best, high)
    )
    return (
        f"{sums}, count(*) FILTER (counts AND NOT ({stated})) AS {measure}_without, "
        f"count(*) FILTER (counts AND {stated}) AS {measure}_stated, "
        f"count(*) FILTER (counts AND {stated} AND {high} IS NULL) AS {measure}_open"
    )


def read_total(row: dict[Any, Any], measure: str) -> Total:
    """Read the sums of a measure that `sum_columns` asked for."""
    low, best, high = (int(row[f"{measure}_{end}"]) for end in ENDS)
    figures = (int(row[f"{measure}_low_n"]), int(row[f"{measure}_best_n"]), int(row[f"{measure}_high_n"]))
    others = (int(row[f"{measure}_{name}"]) for name in ("without", "stated", "open"))
    return Total(low, best, high, figures, *others)
