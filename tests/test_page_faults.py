"""The page under faults: broken tables are named, what is shown is of one build, and decisions are kept."""

import shutil
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from generate import write
from postgres import PostgreSQL
from streamlit.testing.v1 import AppTest
from test_page_review import CODE, act, desk, opened
from test_publish import publish

from dashboard.load import open_whole
from pipeline.curation.sql_log import SqlLog
from pipeline.tables import store as store_module
from pipeline.tables.load import BrokenTablesError
from pipeline.tables.store import Store
from pipeline.view import View
from tests.newsroom import edition, incident, report

SHOW = "from dashboard.load import load_store\nimport streamlit as st\nst.text(load_store()[0].size('incidents'))"


def flip_bit(content: bytes) -> bytes:
    at = len(content) * 2 // 3
    return content[:at] + bytes([content[at] ^ 4]) + content[at + 1 :]


SPOIL = {
    "cut off": lambda content: content[: len(content) // 2],
    "emptied": lambda _: b"",
    "a flipped bit": flip_bit,
}
FILES = ("incidents.parquet", "reports.parquet", "incidents.csv")


def show(folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """What the page says: its title, and all it writes."""
    monkeypatch.setenv("INCIDENT_DATA", str(folder))
    app = AppTest.from_string(SHOW, default_timeout=60).run()
    assert not app.exception, app.exception[0].message
    said = " ".join(one.value for one in [*app.markdown, *app.text, *app.code])
    return (app.title[0].value if app.title else "", said)


def publish_as_read(data: Path, name: str) -> Path:
    """Publish tables of which the file `name` is read: CSV only where there is no Parquet, as after a fresh clone."""
    publish(data)
    for path in data.glob("*.parquet") if name.endswith(".csv") else ():
        path.unlink()
    return data


@pytest.mark.parametrize("name", FILES)
def test_broken_tables_are_named_with_what_to_do_and_not_half_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    data = publish_as_read(tmp_path / "data", name)
    whole = (data / name).read_bytes()
    assert show(data, monkeypatch) == ("", "1")
    for how, spoil in SPOIL.items():
        (data / name).write_bytes(spoil(whole))
        title, said = show(data, monkeypatch)
        assert title == "These tables cannot be shown", f"{how}: {said}"
        assert "is not the table that was built" in said and "python -m pipeline build" in said
        assert "Traceback" not in said
    publish_as_read(data, name)
    assert (data / name).read_bytes() == whole
    assert show(data, monkeypatch) == ("", "1"), "a build does not repair it"


def test_a_page_that_is_read_while_builds_publish_is_of_one_build(tmp_path: Path) -> None:
    """Builds of one and of two incidents take turns; incidents, reports and texts must always be of the same."""
    one = edition()
    two = edition(incidents=[incident(), incident("wire/1:51", reports=(report(start=51),), title="Second")])
    data, stop = publish(tmp_path / "data", one), threading.Event()

    def publish_on() -> None:
        for turn in range(2000):
            publish(data, two if turn % 2 == 0 else one)
            if stop.wait(0.02 * 2 ** (turn % 6)):  # often enough to come between, and seldom enough to be read whole
                return

    publisher = threading.Thread(target=publish_on)
    publisher.start()
    seen, reads, end = set(), 0, time.monotonic() + 40
    try:
        while (len(seen) < 2 or reads < 30) and time.monotonic() < end:
            reads += 1
            try:
                store, _ = open_whole(data)
            except BrokenTablesError as error:
                assert "change faster" in str(error)
                continue
            seen.add((store.size("incidents"), store.size("reports")))
    finally:
        stop.set()
        publisher.join(60)
    assert seen <= {(1, 1), (2, 2)}, f"tables of two builds were shown together: {seen}"
    assert len(seen) == 2, "no build ended while the page read: read more often"


def test_a_build_that_ends_while_tables_are_opened_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, select, asked = publish(tmp_path / "data"), store_module.select_columns, list[str]()
    two = edition(incidents=[incident(), incident("wire/1:51", reports=(report(start=51),), title="Second")])

    def publish_meanwhile(*words: Any, **named: Any) -> str:
        asked.append(words[2].name)
        if len(asked) == 2:  # the first table is read already
            publish(data, two)
        return select(*words, **named)

    monkeypatch.setattr(store_module, "select_columns", publish_meanwhile)
    store, _ = open_whole(data)
    assert (store.size("incidents"), store.size("reports")) == (2, 2), "tables of two builds were opened together"


def test_large_tables_stay_those_that_were_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "MOST_KEPT", 0)  # every table stays on the disk,
    monkeypatch.setattr(store_module, "MOST_UNPACKED", 0)  # and what is kept of the incidents is packed
    data = publish(tmp_path / "data")
    store = Store(data)
    publish(data, edition(incidents=[incident(title="Another"), incident("wire/1:51", reports=(report(start=51),))]))
    assert store.size("incidents") == store.ask(View(), "SELECT * FROM shown").shape[0] == 1
    assert list(store.around("wire/1:0").reports["report_id"]) == ["wire/1:0"]
    assert Store(data).size("incidents") == 2
    shutil.rmtree(data)
    assert store.size("reports") == 1, "even where the folder is gone"


def test_what_is_decided_while_the_database_is_away_is_saved_when_it_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INCIDENT_DATA", str(write(tmp_path / "tables", 60)))
    monkeypatch.setenv("INCIDENT_CURATION", str(tmp_path / "curation"))
    monkeypatch.setenv("INCIDENT_CURATOR", "Ana")
    with PostgreSQL() as base:
        monkeypatch.setenv("DATABASE_URL", address := base.make_database())
        app = opened(AppTest.from_string(CODE, default_timeout=60))
        first = desk(app)["incident"]
        base.stop()
        act(app, "accept", reason="as the article says")
        assert desk(app) is None, "nothing is shown that may be out of date"
        assert "cannot be reached" in app.error[0].value and "keeps it, and saves it" in app.error[0].value
        app.button(key="review-again").click().run()
        assert "keeps it, and saves it" in app.error[0].value, "it is kept for as long as it takes"
        base.start()
        app.button(key="review-again").click().run()
        assert not app.error and not app.exception
        (row,) = SqlLog(address).read()
        assert (row.incident_id, row.column, row.by) == (first, "accepted", "Ana")
        app.run()
        assert len(SqlLog(address).read()) == 1, "it is saved once"
