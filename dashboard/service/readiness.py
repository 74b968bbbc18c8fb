"""Look whether all that the page needs is there: tables that can be read, the log, and a disk to write to.

Nothing is kept in memory and nothing stays on the disk; of large tables only what says how they are laid out is read.
"""

import errno
import os
import tempfile
from pathlib import Path

import duckdb
import streamlit as st

from pipeline.curation.log import LogError, SeedError, open_log
from pipeline.curation.place import OWN_TABLES, curation_of_page
from pipeline.tables.columns import TABLES
from pipeline.tables.source import find_files, select_columns

OK = "ok"
NO_TABLES = "there are no tables: run a build, or name their folder in INCIDENT_DATA"
BAD_TABLES = "the tables cannot be read: build them again"
BAD_LOG = "the log of decisions is malformed: a build says the line"
NO_LOG = "the log of decisions cannot be reached"
NO_DISK = {errno.ENOSPC: "the disk is full", errno.EDQUOT: "the disk is full", errno.EROFS: "the disk is read-only"}
BAD_DISK = "decisions cannot be written to the disk"
NOT_NEEDED = "not needed"  # nobody decides here
LOCAL = ("localhost", "127.0.0.1", "::1")


def check_readiness() -> dict[str, str]:
    """Give what was looked at and "ok", "not needed" or what is wrong, in words that hold no secret."""
    folder = Path(os.environ.get("INCIDENT_DATA") or OWN_TABLES)
    place = curation_of_page()
    needed = can_decide() and not os.environ.get("DATABASE_URL")
    return {
        "tables": check_tables(folder),
        "log": check_log(place),
        "disk": check_disk(place) if needed else NOT_NEEDED,
    }


def check_tables(folder: Path) -> str:
    """Read a row of each table."""
    try:
        if not find_files(folder, "incidents"):
            return NO_TABLES
        with duckdb.connect() as db:
            for table in TABLES:
                db.execute(f"SELECT * FROM ({select_columns(db, find_files(folder, table.name), table)}) LIMIT 1")
    except (duckdb.Error, OSError):
        return BAD_TABLES
    return OK


def check_log(place: Path) -> str:
    """Read the log of decisions."""
    try:
        open_log(place).read()
    except SeedError:
        return BAD_LOG
    except (LogError, OSError):
        return NO_LOG
    return OK


def check_disk(place: Path) -> str:
    """Write a little where decisions are written, or where their folder will be made."""
    home = next(folder for folder in (place.absolute(), *place.absolute().parents) if folder.is_dir())
    try:
        with tempfile.TemporaryFile(dir=home) as file:
            file.write(b" " * 4096)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return NO_DISK.get(error.errno or 0, BAD_DISK)
    return OK


def can_decide() -> bool:
    """Say whether anyone may decide here: people who sign in, or the one on whose machine the page runs."""
    if st.get_option("server.address") in LOCAL:
        return True
    return bool(st.secrets.load_if_toml_exists() and "auth" in st.secrets)
