"""The page without a browser, for tests: opening it, picking on it, and reading what it shows."""

import itertools
import json

from streamlit.testing.v1 import AppTest

PATIENCE = 120  # seconds: other checks may run beside this one
_NONCES = itertools.count(1)


def make_app(code=None):
    """Make the page, or what `code` draws of it, not yet opened; INCIDENT_DATA says what it shows."""
    if code:
        return AppTest.from_string(code, default_timeout=PATIENCE)
    return AppTest.from_file("../app.py", default_timeout=PATIENCE)


def opened(app, **query):
    """Open the page with a link."""
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception[0].message
    return app


def link(app):
    """Give the fields of the link, each with its values."""
    query = dict(app.query_params)
    return {key: [value] if isinstance(value, str) else list(value) for key, value in query.items()}


def said(app):
    """Give all HTML of the page."""
    return "\n".join(part.proto.body for part in app.get("html"))


def told(app):
    """Give every text that components of ours were sent: they put it into the page as text only."""
    return "\n".join(json.dumps(json.loads(one.proto.json), ensure_ascii=False) for one in app.get("bidi_component"))


def sent(app, key):
    """Give what a component of ours was sent, or None where it is not drawn."""
    found = [one.proto for one in app.get("bidi_component") if one.proto.id.endswith(f"-{key}")]
    return json.loads(found[0].json) if found else None


def shown(app, key="table"):
    """Give the ids of the rows that are drawn, in their order."""
    data = sent(app, key)
    return [row[0] for row in data["rows"]] if data else []


def act(app, key, kind, value):
    """Do in rows what a reader does: `open` an incident, ask for an `order` or a `page`."""
    app.session_state[key] = {"act": {"kind": kind, "value": value, "nonce": next(_NONCES)}}
    app.run()
    assert not app.exception, app.exception[0].message
    return app
