"""The rows behind a view, table by table, in streams: a million incidents need no more memory than a few thousand."""

from collections.abc import Iterator, Sequence

from pipeline.tables.columns import (
    ARTICLES,
    FIGURES,
    INCIDENT_ID,
    INCIDENTS,
    MENTIONS,
    REPORTS,
    SHORT_EXPORT,
    Column,
    Table,
)
from pipeline.tables.rows import Row
from pipeline.tables.store import Store
from pipeline.view import View

Batches = Iterator[list[Row]]

SHORT = tuple(INCIDENTS.column(name) for name in SHORT_EXPORT)
MAPPED = (*SHORT, INCIDENTS.column("geo_radius_km"))
# What a description in words needs beside.
TOLD = (*MAPPED, *(INCIDENTS.column(f"casualties_{end}") for end in ("low", "best", "high")))
TELLERS = """(SELECT article_id FROM all_reports JOIN asked USING (incident_id)
UNION SELECT source_article_id FROM all_incidents JOIN asked USING (incident_id))"""
# Where the rows of each table that belong to the incidents in `asked` are found; `t` is the table itself.
BEHIND = {
    "incidents": "asked JOIN all_incidents t USING (incident_id)",
    "reports": "asked JOIN all_reports t USING (incident_id)",
    "mentions": "asked JOIN all_mentions t USING (incident_id)",
    "figures": "asked JOIN all_reports r USING (incident_id) JOIN all_figures t USING (report_id)",
    "articles": f"{TELLERS} JOIN all_articles t USING (article_id)",
}
TAKEN = (INCIDENTS, REPORTS, MENTIONS, FIGURES, ARTICLES)


def stream_rows(store: Store, view: View, table: Table, columns: Sequence[Column] = ()) -> Batches:
    """Give the rows of `table` behind the incidents that `view` keeps, some `columns` of them or all.

    Incidents come in the order of the view, other tables in their own. A figure can be asked for its `incident_id`,
    which its table does not have.
    """
    own = {column.name for column in table.columns}
    names = [f't."{c.name}"' if c.name in own else f"r.{c.name}" for c in columns or table.columns]
    order = "place" if table is INCIDENTS else ", ".join(f't."{name}"' for name in table.sort)
    return store.stream(view, f"SELECT {', '.join(names)} FROM {BEHIND[table.name]} ORDER BY {order}")


def count_rows(store: Store, view: View, table: Table) -> int:
    """Count the rows that `stream_rows` would give."""
    (counted,) = next(store.stream(view, f"SELECT count(*) FROM {BEHIND[table.name]}"))
    return int(counted[0])


def with_incident(table: Table) -> tuple[Column, ...]:
    """Give the columns of a table, the incident first where its rows do not name it."""
    return table.columns if table is not FIGURES else (INCIDENT_ID, *table.columns)
