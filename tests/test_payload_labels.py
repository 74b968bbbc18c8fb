"""Hostile text in labels: whatever Streamlit reads as Markdown says words of payloads escaped, each on its own view.

The pages in a browser see many payloads at once; here each of those that Markdown or Streamlit would obey is alone.
"""

import pytest
from page import make_app, opened
from payloads import load_payloads, write_payload_tables

from dashboard.words import escape_markdown

OBEYED = ("markdown", "streamlit", "mathematics", "html", "templates")
READ = (
    "title",
    "header",
    "subheader",
    "markdown",
    "caption",
    "info",
    "warning",
    "error",
    "button",
    "toggle",
    "expander",
)
TEXTS = [text for kind, text in load_payloads() if kind in OBEYED and escape_markdown(text) != text and len(text) > 5]


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    return write_payload_tables(tmp_path_factory.mktemp("payloads") / "tables")


def labels(app):
    """Give all that is read as Markdown."""
    for kind in READ:
        for one in getattr(app, kind):
            yield from (str(getattr(one, name, "") or "") for name in ("value", "label", "help"))


def read_alone(app, text):
    """Look at the view of one payload."""
    said = list(labels(opened(app, country=text)))
    plain, safe = " ".join(text.split()), escape_markdown(text)
    found = [one for one in said if plain in one.replace(safe, "")]
    assert not found, f"escape_markdown is missing: {found[0][:200]!r}"
    assert any(safe in one for one in said), "the words are not said at all"


def open_alone(tables, monkeypatch, tmp_path, texts):
    monkeypatch.setenv("INCIDENT_DATA", str(tables))
    monkeypatch.setenv("INCIDENT_CURATION", str(tmp_path))
    app = make_app()
    for text in texts:
        read_alone(app, text)


def test_labels_say_them_escaped(tables, monkeypatch, tmp_path):
    open_alone(tables, monkeypatch, tmp_path, TEXTS[::8])


@pytest.mark.soak
def test_labels_say_every_one_escaped(tables, monkeypatch, tmp_path):
    open_alone(tables, monkeypatch, tmp_path, TEXTS)
