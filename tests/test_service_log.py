"""The log of the service tells what happened and how long it took, and no word of an article, a person or a search."""

import json
import logging
import re
import shutil

import pytest
from browser import ROOT, serve
from generate import write
from raw_page import RawPage

from dashboard.service.log import LEVELS, LineFormatter, log_event, start_log
from pipeline.tables.load import read_tables

SECRET = "gunmen"
SAID = re.compile(r"[\w.:/+-]+")  # names from code: no sentence has one of these only, and no blank is let through
KNOWN = {"time", "level", "event", "session", "page", "ms", "kind", "by", "status", "format", "incidents", "bytes",
         "rows", "of", "where", "error", "frames"}  # fmt: skip


@pytest.fixture
def quiet(monkeypatch):
    """The loggers of this process as they were, once the test is over."""
    names = ["", "incidents", *logging.root.manager.loggerDict]
    kept = [(one, one.handlers[:], one.level, one.propagate) for one in map(logging.getLogger, names)]
    monkeypatch.setattr("streamlit.logger.setup_formatter", lambda one: None)
    yield
    logging.captureWarnings(False)
    for one, handlers, level, propagate in kept:
        one.handlers, one.propagate = handlers, propagate
        one.setLevel(level)


def lines_of(text):
    """Give the lines of a log, without Streamlit's greeting; each holds only known fields with names and numbers."""
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    for line in lines:
        assert set(line) <= KNOWN, f"{set(line) - KNOWN} may hold anything: say in KNOWN what it is"
        told = [one for value in line.values() for one in (value if isinstance(value, list) else [value])]
        assert not [one for one in told if isinstance(one, str) and not SAID.fullmatch(one)], line
    return lines


@pytest.mark.parametrize("name", ["incidents.other", "streamlit.runtime", "uvicorn.error", "made.later"])
def test_what_a_library_says_is_only_where_it_said_it(quiet, capsys, name):
    start_log({"INCIDENT_LOG": "debug"})
    try:
        raise ValueError(f"no figure in: {SECRET} killed four")
    except ValueError:
        logging.getLogger(name).exception("in %s", SECRET)
    (line,) = lines_of(capsys.readouterr().err)
    assert line["error"] == "ValueError" and line["where"].startswith("test_service_log:")
    assert line["frames"][-1].startswith("tests/test_service_log.py:")


def test_a_logger_that_streamlit_makes_late_joins_too(quiet, capsys):
    start_log({})
    from streamlit.logger import get_logger  # noqa: PLC0415  as a module of it that is loaded late would

    get_logger("streamlit.made_by_a_test").error("the words were %s", SECRET)
    (line,) = lines_of(capsys.readouterr().err)
    assert line["of"] == "streamlit.made_by_a_test"


@pytest.mark.parametrize(
    ("asked", "told"), [("debug", 3), ("info", 2), ("", 1), ("warning", 1), ("error", 0), ("off", 0)]
)
def test_the_level_is_one_setting(quiet, capsys, asked, told):
    start_log({"INCIDENT_LOG": asked})
    for level in (logging.DEBUG, logging.INFO, logging.WARNING):
        log_event("tried", level, ms=1)
    assert len(lines_of(capsys.readouterr().err)) == told


def test_a_level_that_is_none_is_one_sentence(quiet):
    with pytest.raises(ValueError, match=f"INCIDENT_LOG is one of {', '.join(LEVELS)}"):
        start_log({"INCIDENT_LOG": "loud"})


def test_a_line_breaks_nowhere():
    record = logging.LogRecord("incidents", logging.INFO, __file__, 1, "tried", None, None)
    record.said = {"page": "a\nb\u2028c"}
    assert len(LineFormatter().format(record).splitlines()) == 1


@pytest.mark.browser
def test_a_reader_leaves_no_word_in_the_log(page, tmp_path):
    tables = write(tmp_path / "tables", 60)
    incidents = read_tables(tables).incidents
    with (tmp_path / "log").open("w") as log, pytest.MonkeyPatch.context() as patch:
        patch.setenv("INCIDENT_LOG", "debug")
        with serve(tables, log=log) as url:
            page.goto(f"{url}/?q=attack&incident={incidents['incident_id'].iloc[0]}")
            page.locator(".st-key-panel mark, .st-key-panel .mark").first.wait_for()
            page.locator(".st-key-download button").first.click()
            with page.expect_download() as waiting:
                page.locator(".st-key-save button").click()
            assert waiting.value.path().stat().st_size
            page.goto(f"{url}/numbers?city={incidents['city'].iloc[0]}")
            page.get_by_role("heading", name="Numbers").wait_for()
            with RawPage(url) as raw:
                raw.run()
    text = (tmp_path / "log").read_text()
    events = {line["event"]: line for line in lines_of(text)}
    assert {"start", "request", "run", "export", "stop"} <= set(events), set(events)
    assert events["export"]["bytes"] and events["run"]["ms"] and len(events["run"]["session"]) == 12
    for column in ("incident_id", "city", "title", "source_sentence", "perpetrator", "source_outlet"):
        found = [word for word in set(incidents[column].dropna()) if len(word) > 3 and word in text]
        assert not found, f"the log holds {found}"
    assert "attack" not in text and "?" not in text


def test_a_page_that_breaks_leaves_no_word_anywhere(tmp_path):
    project = tmp_path / "project"
    shutil.copytree(ROOT / ".streamlit", project / ".streamlit")
    shutil.copytree(ROOT / "dashboard" / "service", project / "dashboard" / "service")
    (project / "dashboard" / "page.py").write_text(f"def draw_page():\n    raise ValueError('{SECRET} killed four')\n")
    shutil.copyfile(ROOT / "app.py", project / "app.py")
    (project / "pipeline").symlink_to(ROOT / "pipeline")
    with (tmp_path / "log").open("w") as log, serve(tmp_path, root=project, log=log) as url, RawPage(url) as raw:
        raw.run()
        assert SECRET.encode() not in raw.told
    text = (tmp_path / "log").read_text()
    assert SECRET not in text, "an error was printed past the log, with its words"
    (line,) = [line for line in lines_of(text) if "error" in line]
    assert line["error"] == "ValueError" and line["frames"][-1] == "dashboard/page.py:2"
