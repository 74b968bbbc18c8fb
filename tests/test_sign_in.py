"""Who may read and decide, against a real provider and over bare connections: the server refuses, not the page."""

import itertools
import time

import pytest
from browser import PATIENCE, serve
from generate import write
from provider import Provider
from raw_page import RawPage
from websockets.exceptions import InvalidStatus

from pipeline.curation.decisions import load_corrections
from pipeline.tables.load import read_tables

pytestmark = pytest.mark.browser
CURATORS = ('curators = ["ana@news.example"]', 'role_claim = "roles"', 'role = "curator"')
CLOSED = ('reading = "signed in"', 'readers = ["ben@news.example"]')


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    """A desk where people sign in to decide, the whole page where they sign in to read, and their provider."""
    folder = tmp_path_factory.mktemp("team")
    tables = write(folder / "tables", 60)
    provider = Provider()
    provider.write_secrets(folder / "desk.toml", *CURATORS)
    provider.write_secrets(folder / "closed.toml", *CURATORS, *CLOSED)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INCIDENT_CURATION", str(folder / "curation"))
        desk = serve(tables, "tests/desk_page.py", f"--secrets.files={folder / 'desk.toml'}")
        closed = serve(tables, "app.py", f"--secrets.files={folder / 'closed.toml'}")
        with desk as desk_url, closed as closed_url, provider.serve(desk_url, closed_url):
            yield Team(provider, folder, tables, desk_url, closed_url)


class Team:
    def __init__(self, provider, folder, tables, desk, closed):
        self.provider, self.folder, self.tables, self.desk, self.closed = provider, folder, tables, desk, closed

    def decided(self):
        """Give who signed what is in the log."""
        path = self.folder / "curation" / "corrections.csv"
        return [row.by for row in load_corrections(path)] if path.exists() else []


@pytest.fixture
def visit(chromium):
    """Windows that share nothing with each other: each is a reader of their own."""
    contexts = []

    def open_page(url):
        contexts.append(chromium.browser.new_context(viewport={"width": 1280, "height": 800}))
        window = contexts[-1].new_page()
        window.set_default_timeout(PATIENCE)
        window.goto(url)
        return window

    yield open_page
    for context in contexts:
        context.close()


def signed_in(team, visit, name, url):
    """Sign someone in and give their window."""
    window = visit(url)
    window.get_by_role("button", name="Sign in").click()
    team.provider.enter(window, name)
    window.wait_for_url(f"{url}/")
    return window


def cookies_of(window):
    return {one["name"]: one["value"] for one in window.context.cookies()}


def await_told(url, cookies, words):
    """Wait until a page, asked anew, says something, as changed settings are seen within a moment; then decide."""
    for _ in range(40):
        with RawPage(url, cookies=cookies) as page:
            told = page.run()
            if words.encode() in page.told:
                return page.run("Decide") if "Decide" in page.buttons else ""
        time.sleep(0.25)
    raise AssertionError(f"the page never said {words!r}, but {told!r}")


def test_a_curator_decides_until_the_right_or_the_hours_are_gone(team, visit):
    window, before = signed_in(team, visit, "ana", team.desk), len(team.decided())
    window.get_by_text("ana@news.example · curator").wait_for()
    window.get_by_role("button", name="Decide").click()
    window.get_by_text("saved by ana@news.example").wait_for()
    assert team.decided()[before:] == ["ana@news.example"]
    settings, cookies = team.folder / "desk.toml", cookies_of(window)
    try:
        team.provider.write_secrets(settings, 'curators = ["other@news.example"]')
        assert "is not among the curators" in await_told(team.desk, cookies, "may decide: False")
        window.get_by_role("button", name="Decide").click()
        window.get_by_text("refused: ana@news.example is signed in, and is not among the curators").wait_for()
        team.provider.write_secrets(settings, *CURATORS, "hours = 0.0001")
        assert "refused: The sign-in is over" in await_told(team.desk, cookies, "here: signed out")
        settings.write_text("[auth", encoding="utf-8")
        assert await_told(team.desk, cookies, "its secrets cannot be read") == ""
        settings.unlink()
        assert await_told(team.desk, cookies, "settings are gone") == ""
    finally:
        team.provider.write_secrets(settings, *CURATORS)
    await_told(team.desk, {}, "Sign in as a curator")
    assert team.decided()[before:] == ["ana@news.example"]


def test_a_role_of_the_provider_lets_decide_too(team, visit):
    window = signed_in(team, visit, "dora", team.desk)
    window.get_by_role("button", name="Decide").click()
    window.get_by_text("saved by Dora (dora)").wait_for()


@pytest.mark.parametrize(("name", "why"), [("ben", "is not among the curators"), ("eve", "does not say that")])
def test_the_wrong_role_and_an_address_that_is_not_verified_are_refused_at_the_server(team, visit, name, why):
    window, before = signed_in(team, visit, name, team.desk), team.decided()
    window.get_by_role("button", name="Decide").click()
    window.get_by_text("refused: ").filter(has_text=why).wait_for()
    with RawPage(team.desk, cookies=cookies_of(window)) as forged:
        assert "here: signed in, may decide: False" in forged.run()
        assert "refused: " in forged.run("Decide")
    assert team.decided() == before


def test_signed_out_nobody_decides_whatever_they_send(team, visit):
    before = team.decided()
    ours = cookies_of(signed_in(team, visit, "ana", team.desk))
    user = ours["_streamlit_user"]
    forged = [
        {},
        {**ours, "_streamlit_user": user[:-2] + ("AA" if user[-2:] != "AA" else "BB")},
        {**ours, "_streamlit_user": '{"is_logged_in": true, "email": "ana@news.example", "email_verified": true}'},
        {**ours, "_streamlit_xsrf": "2|other"},
    ]
    for cookies, headers in itertools.product(forged, ({}, {"X-Forwarded-User": "ana", "X-Streamlit-User": "ana"})):
        with RawPage(team.desk, cookies=cookies, headers=headers) as page:
            assert "here: signed out, may decide: False" in page.run()
            assert "refused: Sign in as a curator" in page.run("Decide")
    assert team.decided() == before


def test_a_sign_out_holds_for_copied_cookies_too(team, visit):
    window, before = signed_in(team, visit, "ana", team.desk), team.decided()
    kept = cookies_of(window)
    with RawPage(team.desk, cookies=kept) as other:
        assert "may decide: True" in other.run()
        window.get_by_role("button", name="Sign out").click()
        window.get_by_role("button", name="End it").click()
        window.get_by_text("here: signed out").wait_for()
        assert "refused" in other.run("Decide")
    with RawPage(team.desk, cookies=kept) as copied:
        assert "here: signed out" in copied.run()
    assert team.decided() == before


def test_a_closed_page_tells_nothing_to_who_may_not_read(team, visit):
    incidents = read_tables(team.tables).incidents
    secret = {word.encode() for name in ("incident_id", "city", "source_sentence", "title") for word in incidents[name]
              if len(word) > 4}  # fmt: skip
    for part in ("", "sources", "about"):
        window = visit(f"{team.closed}/{part}")
        window.get_by_text("This page is for people who are signed in.").wait_for()
        assert window.get_by_text("Numbers").count() == 0
    eve = cookies_of(signed_in(team, visit, "eve", team.closed))
    for cookies in ({}, eve):
        with RawPage(team.closed, cookies=cookies) as page:
            page.run()
            assert secret and not [word for word in secret if word in page.told]
    reader = visit(f"{team.closed}/?city=Kabul")
    reader.get_by_role("button", name="Sign in").click()
    team.provider.enter(reader, "ben")
    reader.wait_for_url(f"{team.closed}/?city=Kabul")
    reader.get_by_text("ben@news.example · reader").wait_for()
    reader.get_by_role("heading", name="Timeline").wait_for()
    with RawPage(team.closed, cookies=cookies_of(reader)) as page:
        page.run()
        assert [word for word in secret if word in page.told], "the words we look for are what a reader is told"


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """The desk of one person on this machine, who lets every name of a host through."""
    folder = tmp_path_factory.mktemp("alone")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INCIDENT_CURATION", str(folder))
        patch.setenv("INCIDENT_CURATOR", "Ana")
        with serve(folder, "tests/desk_page.py", "--server.allowedHosts=*", "--server.enableCORS=false") as url:
            yield url


def test_one_person_on_their_own_machine_decides(alone):
    with RawPage(alone) as page:
        assert "here: single user, may decide: True" in page.run()
        assert "saved by Ana" in page.run("Decide")


@pytest.mark.parametrize(
    "said",
    [
        {"host": "evil.example"},
        {"host": "localhost.evil.example"},
        {"origin": "https://evil.example"},
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
        {"headers": {"Forwarded": "for=localhost"}},
    ],
)
def test_a_stranger_is_never_taken_for_that_person(alone, said):
    with RawPage(alone, **said) as page:
        assert "here: nobody, may decide: False" in page.run()
        assert "refused: Nobody may decide here" in page.run("Decide")


def test_as_it_is_shipped_the_page_does_not_even_talk_to_other_names(tmp_path):
    with serve(tmp_path, "tests/desk_page.py") as url, pytest.raises(InvalidStatus), RawPage(url, host="evil.example"):
        pass


def test_served_to_other_machines_nobody_decides(tmp_path):
    with serve(tmp_path, "tests/desk_page.py", "--server.address=0.0.0.0") as url, RawPage(url) as page:
        assert "served to other machines" in page.run()
        assert "refused: " in page.run("Decide")
