"""Who is before the page, without a browser: what the settings allow, and that nothing opens what they do not."""

import doctest
import time

import pytest
from generate import write
from hypothesis import given
from hypothesis import strategies as st
from page import make_app, said, told
from streamlit.testing.v1 import AppTest

from dashboard import alone, roles, who
from dashboard.roles import Roles, identify, may_read, read_roles
from pipeline.curation.people import NotAllowedError, Person, refuse_stranger
from pipeline.tables.load import read_tables

SECRET = "x" * 40
AUTH = {"redirect_uri": "http://localhost:8501/oauth2callback", "cookie_secret": SECRET, "client_id": "a",
        "client_secret": "b", "server_metadata_url": "http://localhost/.well-known/openid-configuration"}  # fmt: skip
CODE = """
import streamlit as st
from dashboard.who import admit_reader, draw_who, find_person
admit_reader()
draw_who()
person = find_person()
st.text(f"{person.name}, {person.how}, {person.may_curate}, {person.why_not}")
"""


@pytest.fixture(autouse=True)
def _fresh(monkeypatch, tmp_path):
    monkeypatch.setattr(who, "_SIGNS_IN", set())
    monkeypatch.setattr(who, "_ENDED", {})
    monkeypatch.setattr(alone, "REMEMBERED", tmp_path / "curator.txt")
    monkeypatch.delenv("INCIDENT_CURATOR", raising=False)


def ana(**more):
    return {"is_logged_in": True, "iat": time.time() - 60, "sub": "1", "email": "ana@news.example",
            "email_verified": True, **more}  # fmt: skip


def run(code=CODE, secrets=None, user=None):
    app = AppTest.from_string(code, default_timeout=60) if isinstance(code, str) else code
    for key, value in (secrets or {}).items():
        app.secrets[key] = value
    app.user = user or {}
    app.run()
    assert not app.exception, app.exception[0].message
    return app


@pytest.mark.parametrize("module", [alone, roles])
def test_the_examples_in_the_rules_hold(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("curation", "user", "may"),
    [
        ({"curators": ["Ana@news.example"]}, {}, True),
        ({"curators": ["ben@news.example"]}, {}, False),
        ({"curators": []}, {}, False),
        ({}, {}, False),
        ({"curators": ["ana@news.example"]}, {"email_verified": False}, False),
        ({"curators": ["ana@news.example"]}, {"email_verified": "true"}, True),
        ({"curators": ["ana@news.example"]}, {"email_verified": 1}, False),
        ({"curators": ["ana@news.example"]}, {"email": ["ana@news.example"]}, False),
        ({"curators": ["ana@news.example"]}, {"iat": 0}, False),
        ({"curators": ["ana@news.example"]}, {"iat": None}, False),
        ({"curators": ["ana@news.example"]}, {"is_logged_in": "yes"}, False),
        ({"curators": ["kate@news.example"]}, {"email": "\u212aate@news.example"}, False),
        ({"role_claim": "roles", "role": "curator"}, {"roles": "curator"}, True),
        ({"role_claim": "roles", "role": "curator"}, {"roles": ["curators"]}, False),
        ({"role_claim": "roles", "role": "curator"}, {"roles": "not a curator"}, False),
        ({"role_claim": "roles", "role": "curator"}, {"roles": ["curator"], "email_verified": False}, True),
        ({"role_claim": "https://a.example/roles", "role": "x"}, {"https://a.example/roles": ["x"]}, True),
    ],
)
def test_who_is_signed_in_decides_where_the_settings_say_so(curation, user, may):
    app = run(secrets={"auth": AUTH, "curation": curation}, user=ana(**user))
    assert f", {may}," in app.text[0].value


def test_a_curator_is_called_what_the_settings_say_and_nobody_calls_themselves(monkeypatch):
    settings = read_roles({"curators": ["ana@news.example"], "names": {"Ana@news.example": "Ana Sari"}})
    assert identify(ana(name="Somebody"), settings, time.time()).name == "Ana Sari"
    by_role = Roles(role_claim="r", role="c")
    liar = {"is_logged_in": True, "iat": time.time(), "sub": "77", "name": "Ana Sari", "r": "c"}
    assert identify(liar, by_role, time.time()).name == "Ana Sari (77)"


@pytest.mark.parametrize(
    ("secrets", "why"),
    [
        ({"curation": {"curators": ["ana@news.example"]}}, "[curation] and no [auth]"),
        ({"auth": AUTH | {"cookie_secret": "change me"}}, "cookie_secret"),
        ({"auth": {"cookie_secret": SECRET}}, "names no provider"),
        ({"auth": "yes"}, "is no table"),
        ({"auth": AUTH, "curation": {"reading": "shut"}}, "reading"),
        ({"auth": AUTH, "curation": {"curatos": []}}, "curatos"),
        ({"auth": AUTH, "curation": {"curators": "ana@news.example"}}, "is a list"),
        ({"auth": AUTH, "curation": {"curators": ["@news.example"]}}, "is no address"),
        ({"auth": AUTH, "curation": {"role": "curator"}}, "together"),
        ({"auth": AUTH, "curation": {"hours": 0}}, "hours"),
    ],
)
def test_settings_that_are_wrong_close_the_page_and_say_so(secrets, why):
    app = run(secrets=secrets, user=ana())
    assert not app.text and why in app.error[0].value.replace("\\", "")
    assert SECRET not in app.error[0].value


def test_settings_that_vanish_while_the_page_runs_close_it():
    assert run(secrets={"auth": AUTH}).text
    app = run()
    assert not app.text and "start it again" in app.error[0].value


def test_headers_are_never_trusted_for_who_someone_is(monkeypatch):
    option, named = who.st.get_option, {"server.trustedUserHeaders": {"X-User": "email"}}
    monkeypatch.setattr(who.st, "get_option", lambda name: named.get(name) or option(name))
    assert "trustedUserHeaders" in run(secrets={"auth": AUTH}, user=ana()).error[0].value


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write(tmp_path_factory.mktemp("closed"), 12)


@pytest.mark.parametrize("part", ["app", "explore", "numbers", "sources"])
@pytest.mark.parametrize("user", [{}, ana(email="eve@evil.example"), ana(iat=0)], ids=["out", "other", "over"])
def test_a_closed_page_and_each_part_that_draws_data_stop_before_it(folder, monkeypatch, part, user):
    monkeypatch.setenv("INCIDENT_DATA", str(folder))
    secrets = {"auth": AUTH, "curation": {"reading": "signed in", "readers": ["@news.example"]}}
    app = run(make_app() if part == "app" else f"from dashboard.{part} import *\ndraw_{part}()", secrets, user)
    text = said(app) + told(app) + str(app.main) + str(app.sidebar)
    words = [word for name in ("incident_id", "title") for word in read_tables(folder).incidents[name]]
    assert words and not [word for word in words if word in text]
    assert [one.label for one in app.button] in (["Sign in"], ["Sign out"])


@pytest.mark.parametrize(("email", "may"), [("ana@news.example", True), ("ben@news.example", False)])
def test_articles_are_taken_in_by_curators_only(folder, monkeypatch, email, may):
    monkeypatch.setenv("INCIDENT_DATA", str(folder))
    app = AppTest.from_string("from dashboard.sources import *\ndraw_sources()", default_timeout=60)
    app.query_params["list"] = "add"
    run(app, {"auth": AUTH, "curation": {"curators": ["ana@news.example"]}}, ana(email=email))
    assert bool(app.get("file_uploader")) is may
    assert any("not among the curators" in one.value for one in app.info) is not may


def test_the_name_of_the_one_person_can_be_changed_and_is_remembered(monkeypatch):
    monkeypatch.setenv("INCIDENT_CURATOR", "Ana")
    app = run()
    assert app.text[0].value.startswith("Ana, single user, True")
    app.text_input(key="own-name").set_value("  Ana\u202e Sari ").run()
    assert app.text[0].value.startswith("Ana Sari, single user")
    monkeypatch.delenv("INCIDENT_CURATOR")
    assert run().text[0].value.startswith("Ana Sari, single user")


def test_outside_of_a_page_nobody_is_there():
    with pytest.raises(NotAllowedError):
        refuse_stranger(who.find_person())


@given(
    st.dictionaries(st.sampled_from(["is_logged_in", "iat", "email", "email_verified", "sub", "name", "roles"]),
                    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.lists(st.text(max_size=3)))
)  # fmt: skip
def test_no_claims_of_any_shape_make_a_curator_by_chance(claims):
    settings = read_roles({"curators": ["ana@news.example"], "role_claim": "roles.x", "role": "curator",
                           "reading": "signed in", "readers": ["@news.example"]})  # fmt: skip
    person = identify(claims, settings, 1_000.0)
    assert isinstance(person, Person) and not person.may_curate
    assert not may_read(claims, settings, 1_000.0)
