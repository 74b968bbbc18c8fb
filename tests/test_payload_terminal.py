"""Hostile text on a terminal: no command of ours lets a payload colour, move, retitle or copy anything.

Tables of payloads go through every command that shows words of theirs; so do file names, messages and lines for
programs. What comes of articles is in test_payload_articles.py.
"""

import csv
import io
import json
import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from payloads import LEAD, OBEYED, load_words, run, say, write_payload_tables

import pipeline
from dashboard import brief_job
from dashboard.brief_job import BriefJob, Order
from dashboard.service.log import LineFormatter
from pipeline.__main__ import say_line
from pipeline.brief.briefs import BRIEFS, Options
from pipeline.brief.cells import show_signs
from pipeline.brief.formats import BY_KEY
from pipeline.curation.editions import keep_edition
from pipeline.curation.ledger import write_ledger
from pipeline.tables.store import Store
from pipeline.terminal import one_line, say_data
from pipeline.view import View

WORDS = load_words()
NUMBER = re.compile(r"\\(?:x(\w\w)|u(\w{4})|U(\w{8}))")


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    return write_payload_tables(tmp_path_factory.mktemp("payloads") / "tables", form="csv")


@pytest.fixture
def curation(tmp_path, monkeypatch):
    monkeypatch.setenv("INCIDENT_CURATION", str(tmp_path / "curation"))
    (tmp_path / "curation").mkdir()
    return tmp_path / "curation"


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, rows):
    path.write_text(write_ledger(list(rows[0]), [list(row.values()) for row in rows]), "utf-8", newline="")


def visible(text):
    return show_signs(one_line(text))


def test_words_are_shown_sign_by_sign_and_obeyed_by_no_terminal():
    for text in WORDS:
        shown = show_signs(text)
        assert not OBEYED.search(shown), text
        back, told = (NUMBER.sub(lambda m: chr(int(m[1] or m[2] or m[3], 16)), one) for one in (shown, text))
        assert back == told, "a sign is shown by its number, and nothing is lost"


def test_explain_shows_the_words_of_each_payload_and_keeps_its_lines(tables):
    rows = read(tables / "incidents.csv")
    for row in rows[::23]:
        said = run("explain", "--data", tables, "--", row["incident_id"]).stdout
        for name in ("title", "notes", "venue", "perpetrator"):
            assert visible(row[name]) in said, name
        assert f"{len(LEAD)}–{len(LEAD) + len(say(row['title']))}" in said, "offsets are those of the text"
        assert len(said.splitlines()) < 60, "a payload made lines of its own"


def test_changes_take_one_line_each(tables, curation, tmp_path):
    keep_edition(tables, curation, datetime.now(UTC) - timedelta(days=3))
    now = tmp_path / "now"
    now.mkdir()
    rows = read(tables / "incidents.csv")
    write(now / "incidents.csv", [row | {"perpetrator": WORDS[at - 1], "killed_best": "99", "killed_high": "99"}
                                  for at, row in enumerate(rows)])  # fmt: skip
    since = (datetime.now(UTC) - timedelta(days=2)).date()
    told = run("changes", "--since", since, "--data", now)
    lines = told.stdout.splitlines()
    assert len(lines) == 201, "the counts, and as many lines as are told"
    assert all(re.match(r"(?:new|revised|newly claimed)\b", line) for line in lines[1:])


def test_correct_shows_what_a_file_changes(tables, curation, tmp_path):
    content = BY_KEY["csv-full"].write(Store(tables), View(), "").decode()
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    path = tmp_path / "back.csv"
    write(path, [row | {"notes": f"{WORDS[at - 1]} x", "incident_id": row["incident_id"] if at % 9 else WORDS[at]}
                 for at, row in enumerate(rows)])  # fmt: skip
    said = run("correct", path, "--data", tables, "--dry-run", code=None).stdout
    assert said.count("-> ") > 100 and said.count("REFUSED row") > 10


@pytest.mark.parametrize("command", ["explain --data TABLES --", "changes --data TABLES --since", "read --",
                                     "brief --as weekly --data TABLES --out OUT --from-url", "correct --data TABLES --",
                                     "import-log --"])  # fmt: skip
def test_what_is_asked_comes_back_in_one_plain_sentence(tables, curation, monkeypatch, command):
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    for text in [one for one in WORDS if "\x00" not in one and len(one) < 200][::11]:
        if text.startswith(("http", "//")):
            continue  # `read` would ask for it
        asked = f"from={text}" if command.startswith("brief") else text
        places = {"TABLES": tables, "OUT": curation}
        run(*(places.get(word, word) for word in command.split()), asked, code=None)


def test_a_line_for_programs_is_plain_ascii_and_exact(capsys):
    for text in WORDS:
        say_line({"doing": text})
        line = capsys.readouterr().out
        assert not OBEYED.search(line) and line.isascii() and line.count("\n") == 1
        assert json.loads(line) == {"doing": text}


def test_data_is_exact_for_a_file_and_plain_where_a_person_watches(capsys, monkeypatch):
    say_data("\x1b[2J\n")
    assert capsys.readouterr().out == "\x1b[2J\n"
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    say_data("\x1b[2J\n")
    assert capsys.readouterr().out == "\\x1b[2J\n"


def test_the_log_of_the_server_is_plain(tables, monkeypatch, caplog):
    order = Order(BRIEFS["weekly"], Store(tables), "", View(), "", Options())
    monkeypatch.setattr(brief_job, "make_brief", lambda *_, **__: {}["".join(WORDS)])
    job = BriefJob(order)
    until = time.monotonic() + 20
    while not job.is_over and time.monotonic() < until:
        time.sleep(0.05)
    assert "the log of the server says why" in job.failure and "KeyError" in caplog.text
    line = LineFormatter().format(next(one for one in caplog.records if one.exc_info))
    assert json.loads(line)["error"] == "KeyError" and "hit" not in line and line.isascii() and "\x1b" not in line


SPEAKS = re.compile(r"^(?!.*>>>).*?(?<![\w.])(?:typer\.|click\.)?(?:echo|secho|print)\(.*", re.MULTILINE)


def test_no_command_speaks_past_the_terminal_guard():
    root = Path(pipeline.__file__).parent
    paths = [path for path in root.rglob("*.py") if path.name != "terminal.py"]
    said = [f"{path.name}: {one}" for path in paths for one in SPEAKS.findall(path.read_text("utf-8"))]
    wrong = [one for one in said if "json.dumps" not in one and "error.strerror" not in one]
    assert not wrong, f"{wrong}: say it with say_words, or give data with say_data, of pipeline/terminal.py"
