"""Reach the database that a team shares, and bring its tables to this version.

The tables are brought up when the database is first opened, under a lock of the database itself: several servers may
start a new version at once, and an operator who forgets a command would be left with a page that cannot save. What a
newer version has brought further is refused: an older one cannot know what its rows mean.
"""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionError
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from pipeline.curation.signing import LogError

MIGRATIONS = Path(__file__).parent / "migrations"
PATIENCE = 30  # seconds: for a connection, an answer, or the others who write
BRINGING_UP = 5_190_523  # any number that no other lock of this database has
WITHOUT_TLS, TLS_UNCHECKED, TLS_CHECKED = ("disable", "allow", "prefer"), ("require",), ("verify-ca", "verify-full")


def open_database(address: str) -> Engine:
    """Give the database at a URL, its tables brought up; raises LogError with one sentence where it cannot be used."""
    with say_away():
        engine = _open(address)
    if engine.dialect.name == "sqlite" and engine.url.database and not Path(engine.url.database).is_file():
        name = Path(engine.url.database).name  # SQLite would make an empty one in its place
        raise LogError(f"The database of the log, {name}, is gone: put it back, or restore a backup.")
    return engine


@cache
def _open(address: str) -> Engine:
    """Open a database once in this process; one that failed is tried again."""
    url, how = read_address(address)
    is_file = url.get_backend_name() == "sqlite"
    # A connection to a file goes on writing when the file is deleted: each decision opens it anew.
    engine = create_engine(url, connect_args=how, pool_pre_ping=True, poolclass=NullPool if is_file else None)
    if is_file:
        event.listen(engine, "connect", leave_begin)
        event.listen(engine, "begin", begin_writing)
    bring_up(engine)
    return engine


def read_address(address: str) -> tuple[URL, dict[str, Any]]:
    """Read the URL of a database as hosts write it, and give how to connect to it.

    >>> url, how = read_address("postgres://ana:secret@db.example.org/incidents?sslmode=disable")
    >>> url.drivername, url.host, how
    ('postgresql+pg8000', 'db.example.org', {'timeout': 30})
    """
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise LogError("DATABASE_URL is no address of a database: write postgresql://NAME:WORD@HOST/BASE.") from error
    if url.drivername in ("postgres", "postgresql", "postgresql+pg8000"):
        asked = {name: str(value) for name, value in url.query.items()}
        url = url.set(drivername="postgresql+pg8000", query={})
        return url, {"timeout": PATIENCE} | secure(asked.pop("sslmode", "prefer")) | reach(asked, url)
    if url.get_backend_name() == "sqlite":
        return url, {"timeout": PATIENCE}
    raise LogError(f"DATABASE_URL names {url.drivername}: the log is kept in postgresql:// or sqlite:///.")


def secure(mode: str) -> dict[str, Any]:
    """Give how a connection is secured, as `sslmode` says."""
    if mode in WITHOUT_TLS:
        return {}
    if mode not in (*TLS_UNCHECKED, *TLS_CHECKED):
        raise LogError(f"DATABASE_URL says sslmode={mode}: write disable, require or verify-full.")
    context = ssl.create_default_context()
    if mode != "verify-full":
        context.check_hostname = False
    if mode in TLS_UNCHECKED:
        context.verify_mode = ssl.CERT_NONE
    return {"ssl_context": context}


def reach(asked: dict[str, str], url: URL) -> dict[str, Any]:
    """Give what else the query of the URL says: a socket's folder as `host`, a name for the connection."""
    known = {"host", "application_name", "connect_timeout"}
    if strange := sorted(set(asked) - known):
        raise LogError(f"DATABASE_URL says {strange[0]}, which is not known here: leave it out.")
    how: dict[str, Any] = {name: asked[name] for name in ("application_name",) if name in asked}
    if "host" in asked:
        how["unix_sock"] = f"{asked['host']}/.s.PGSQL.{url.port or 5432}"
    return how


def leave_begin(connection: Any, _: object) -> None:  # noqa: ANN401  a connection of the driver
    """Keep Python's driver for SQLite from beginning transactions by itself, later than they should."""
    connection.isolation_level = None


def begin_writing(connection: Connection) -> None:
    """Begin a transaction that waits for other writers at once, not when it is too late to."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def bring_up(engine: Engine) -> None:
    """Take the steps that the tables lack, all or none."""
    script = ScriptDirectory(str(MIGRATIONS))
    head = script.get_current_head()
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": BRINGING_UP})
        context = MigrationContext.configure(connection)
        now = context.get_current_revision()
        if now == head:
            return
        try:
            steps = list(script.iterate_revisions(head or "head", now or "base"))
        except (CommandError, RevisionError) as error:
            raise LogError(
                f"The database of the log is at version {now}, newer than this program: update it."
            ) from error
        with Operations.context(context):
            for step in reversed(steps):
                step.module.upgrade()
                context.stamp(script, step.revision)


@contextmanager
def say_away() -> Iterator[None]:
    """Turn what goes wrong with a database into one sentence, without its password."""
    try:
        yield
    except (OperationalError, InterfaceError, OSError) as error:
        why = tell(error)
        raise LogError(f"The database of the log cannot be reached or does not answer ({why}): try again.") from error
    except DBAPIError as error:
        raise LogError(f"The database of the log refused ({tell(error)}): ask whoever keeps it.") from error
    except SQLAlchemyError as error:
        raise LogError(f"The database of the log cannot be used ({type(error).__name__}).") from error


def tell(error: BaseException) -> str:
    """Give the words of a driver's error, on one line and without the query.

    >>> tell(OSError(111, "Connection refused"))
    '[Errno 111] Connection refused'
    """
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    if cause.args and isinstance(cause.args[0], dict):  # PostgreSQL's own: M is the message
        return str(cause.args[0].get("M", "no message"))
    return " ".join(str(cause).split()) or type(cause).__name__
