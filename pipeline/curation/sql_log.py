"""The log of decisions in a database that the servers of a team share: the same rows as the file, in the same order."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from pipeline.curation.database import PATIENCE, open_database, say_away
from pipeline.curation.decisions import COLUMNS, Correction
from pipeline.curation.drafts import Draft
from pipeline.curation.people import Person
from pipeline.curation.signing import LogError, check_drafts, refuse_others, sign

TABLE = sa.table("corrections", sa.column("no"), *map(sa.column, COLUMNS))
ALL = sa.select(*(TABLE.c[name] for name in COLUMNS)).order_by(TABLE.c.no)


class SqlLog:
    """The log in the table `corrections` of a database."""

    def __init__(self, address: str) -> None:
        """Name the database by its URL; it is reached when it is first asked."""
        self.address = address

    def read(self) -> list[Correction]:
        """Give all rows in the order they were written. Raises LogError."""
        engine = open_database(self.address)
        with say_away(), engine.begin() as connection:
            return read_rows(connection)

    def append(
        self, drafts: Sequence[Draft], by: Person, now: datetime | None = None, *, seen: str | None = None
    ) -> list[Correction]:
        """Sign and save all of `drafts` or none, as `Log.append` says."""
        check_drafts(drafts, by)
        engine = open_database(self.address)
        rows: list[Correction] = []
        try:
            with say_away(), engine.begin() as connection:
                hold(connection)
                rows = sign(drafts, by, read_rows(connection), now, seen)
                write_rows(connection, rows)
        except LogError as error:
            if not (rows and self._has(rows)):
                raise
            del error  # the answer was lost on its way, the rows were not
        return rows

    def take(self, rows: Sequence[Correction]) -> int:
        """Take rows of a file, as they were signed there; those taken before are left. Gives how many are new.

        Raises LogError where a row says something else than the one taken before.
        """
        engine = open_database(self.address)
        with say_away(), engine.begin() as connection:
            hold(connection)
            known = {row.row_id: row for row in read_rows(connection)}
            if strange := next((row for row in rows if known.get(row.row_id, row) != row), None):
                raise LogError(f"Row {strange.row_id} says something else in the database: nothing was taken.")
            new = [row for row in rows if row.row_id not in known]
            write_rows(connection, new)
        return len(new)

    def put_back(self, rows: Sequence[Correction], seen: Sequence[Correction]) -> None:
        """Make the log hold `rows` and no others, as `Log.put_back` says."""
        engine = open_database(self.address)
        with say_away(), engine.begin() as connection:
            hold(connection)
            refuse_others(read_rows(connection), seen)
            connection.execute(sa.delete(TABLE))
            write_rows(connection, rows)

    def _has(self, rows: Sequence[Correction]) -> bool:
        """Tell whether rows are saved whose saving ended in an error; one that cannot be asked says that too."""
        try:
            return set(rows) <= set(self.read())
        except LogError as error:
            raise LogError(
                f"It is not known whether the decision was saved: look before you repeat it. {error}"
            ) from error


def read_rows(connection: sa.Connection) -> list[Correction]:
    """Give all rows in the order they were written."""
    return [Correction(*row) for row in connection.execute(ALL)]


def write_rows(connection: sa.Connection, rows: Sequence[Correction]) -> None:
    """Add rows."""
    if rows:
        connection.execute(sa.insert(TABLE), [asdict(row) for row in rows])


def hold(connection: sa.Connection) -> None:
    """Wait for other writers, so that the order of rows is that of their saving, and ask for a safe one."""
    if connection.dialect.name == "postgresql":  # SQLite does both by itself
        connection.execute(sa.text(f"SET LOCAL lock_timeout = '{PATIENCE // 2}s'"))
        connection.execute(sa.text("SET LOCAL synchronous_commit = on"))
        connection.execute(sa.text("LOCK TABLE corrections IN SHARE ROW EXCLUSIVE MODE"))
