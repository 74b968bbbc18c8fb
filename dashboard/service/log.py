"""The log of the service: one line of JSON for each thing that happened, and never a word of what was read or asked.

A line holds names from code and numbers only. What other libraries say is brought down to where in their code they
said it: their messages may hold anything, a link with the words that were searched or a sentence in an error.
"""

import hashlib
import json
import logging
import os
import secrets
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from types import TracebackType

import streamlit.logger
from streamlit.runtime.scriptrunner import get_script_run_ctx

LEVELS = ("debug", "info", "warning", "error", "off")
USUAL = "warning"
OURS = logging.getLogger("incidents")
HOME = Path(__file__).resolve().parents[2]
MOST_FRAMES = 6
_SALT = secrets.token_bytes(16)  # of this process: who holds the log cannot tell whose session it was


class LineFormatter(logging.Formatter):
    """Write a record as one line of JSON; one of a library says only where it was said."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
        }
        if record.name == OURS.name:
            line |= {"event": record.msg, **record.__dict__.get("said", {})}
        else:
            line |= {"event": "library", "of": record.name, "where": f"{record.module}:{record.lineno}"}
        if session := name_session():
            line["session"] = session
        if record.exc_info and record.exc_info[0]:
            line |= {"error": record.exc_info[0].__name__, "frames": list_frames(record.exc_info[2])}
        return json.dumps(line)


def start_log(environ: Mapping[str, str] = os.environ) -> None:
    """Turn all that is said in this process into lines on standard error, from the level of INCIDENT_LOG on.

    Raises ValueError for a level that is none.
    """
    asked = environ.get("INCIDENT_LOG") or USUAL
    if asked not in LEVELS:
        raise ValueError(f'INCIDENT_LOG is one of {", ".join(LEVELS)}, not "{asked}".')
    level = logging.CRITICAL + 1 if asked == "off" else logging.getLevelNamesMapping()[asked.upper()]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LineFormatter())
    logging.captureWarnings(True)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(max(level, logging.WARNING))  # libraries chatter below that
    OURS.setLevel(level)
    # Streamlit gives each of its loggers a way out of its own, some of them late: all of them join ours.
    streamlit.logger.setup_formatter = join_log
    streamlit.logger.update_formatter()
    for name in ("uvicorn", "uvicorn.access", "uvicorn.error"):
        join_log(logging.getLogger(name))


def join_log(logger: logging.Logger) -> None:
    """Let a logger speak through the log of the service only."""
    logger.handlers = []
    logger.setLevel(logging.NOTSET)
    logger.propagate = True


def log_event(event: str, level: int = logging.INFO, **said: str | float) -> None:
    """Log that something happened: `said` are names from code and numbers, never what somebody wrote."""
    OURS.log(level, event, extra={"said": said})


@contextmanager
def time_event(event: str, level: int = logging.INFO, **said: str | float) -> Iterator[dict[str, str | float]]:
    """Log that something happened and how many milliseconds it took; what is put into what it gives is said, too."""
    started = perf_counter()
    more: dict[str, str | float] = {}
    try:
        yield more
    finally:
        log_event(event, level, **said, **more, ms=round(1000 * (perf_counter() - started)))


def name_session() -> str:
    """Give a name for the reader's session that is good in this log only, "" where none is before the page."""
    context = get_script_run_ctx(suppress_warning=True)
    return hashlib.sha256(_SALT + context.session_id.encode("utf-8")).hexdigest()[:12] if context else ""


def list_frames(trace: TracebackType | None) -> list[str]:
    """Give where an error came from, the innermost last: files and lines, and not what it says.

    >>> try:
    ...     Path("a sentence of an article").read_text(encoding="utf-8")
    ... except OSError as error:
    ...     print([frame.split(":")[0] for frame in list_frames(error.__traceback__)][-1])
    pathlib.py
    """
    frames = traceback.extract_tb(trace)[-MOST_FRAMES:]
    return [f"{name_file(frame.filename)}:{frame.lineno}" for frame in frames]


def name_file(path: str) -> str:
    """Name a file of ours by its folder, any other by its own name."""
    own = Path(path)
    return own.relative_to(HOME).as_posix() if own.is_relative_to(HOME) and ".venv" not in own.parts else own.name
