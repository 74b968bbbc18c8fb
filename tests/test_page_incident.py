"""One incident on the page: its facts, squares, number lines, sentences and links, and what became of it."""

import json
import re
from itertools import pairwise
from urllib.parse import quote, unquote

import pandas as pd
import pytest
from browser import retry, serve
from generate import write
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest
from telling import GONE, HOSTILE, ID, write_telling

from dashboard.excerpt import Light, cut_excerpt, find_window, join_windows
from dashboard.fragment import link_sentence
from dashboard.incident import tell_incident
from dashboard.lights import find_lights
from dashboard.squares import STATES, judge_incident
from dashboard.strips import FULL, find_ticks
from pipeline.tables.load import Tables
from pipeline.tables.store import Store

ARTICLES = 60
LONG = "The police of the province said on Friday, after a day of silence, that men on two motorcycles had thrown " \
       "a grenade into a tea house near the old bridge and fled."  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_telling(tmp_path_factory.mktemp("told"), ARTICLES)


@pytest.fixture(scope="module")
def told(folder):
    return tell_incident(Store(folder), ID, whole=False)


def payload(app):
    """Give what the component of the incident is handed, None where it is not drawn."""
    drawn = [one.proto for one in app.get("bidi_component") if "incident_story" in one.proto.component_name]
    return json.loads(drawn[0].json) if drawn else None


@pytest.fixture
def app(folder, monkeypatch):
    monkeypatch.setenv("INCIDENT_DATA", str(folder))
    return AppTest.from_string("from incident_page import draw_page\ndraw_page()", default_timeout=60)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "", "file:///etc/hosts"])
def test_only_pages_of_the_web_are_linked(url):
    assert link_sentence(url, LONG, (0, len(LONG))) == ""


def test_a_long_sentence_is_named_by_its_ends_and_its_neighbours():
    text = f"A quiet day ended. {LONG} No one was seen since."
    link = link_sentence("https://example.org/a?b=1#c:~:text=old", text, (19, 19 + len(LONG)))
    assert link.startswith("https://example.org/a?b=1#c:~:text=")
    parts = link.partition("text=")[2].split(",")
    assert [unquote(part) for part in parts] == [
        "A quiet day ended.-", "The police of the province said", "the old bridge and fled.".join(["near ", ""]),
        "-No one was seen",
    ]  # fmt: skip


@given(st.text(st.sampled_from("ab-,&#% é\n"), min_size=1, max_size=300))
def test_a_fragment_holds_no_sign_that_means_something_else(text):
    named = link_sentence("https://example.org/", text, (0, len(text))).partition(":~:text=")[2]
    for part in named.split(","):
        assert not re.search(r"[&#\s]|(?<!^)-(?!$)", part), part


@given(st.text("ab. \n", max_size=200), st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)), max_size=4))
def test_an_excerpt_shows_the_words_as_they_stand(text, spans):
    spans = [(a, min(a + n, len(text))) for a, n in spans if a < len(text)]
    windows = [find_window(text, span, 20, 20) for span in spans]
    assert all(w[0] <= s[0] and w[1] >= s[1] for w, s in zip(windows, spans, strict=True)), "a sentence is cut"
    shown = cut_excerpt(text, windows, [Light(*span, "lead") for span in spans])
    words = "".join(stretch[0] for paragraph in shown for stretch in paragraph)
    whole = "".join(text[a:b] for a, b in join_windows(windows))
    assert "".join(words.split()) == "".join(whole.split())
    lit = "".join(stretch[0] for paragraph in shown for stretch in paragraph if "lead" in stretch)
    spoken = {at for a, b in spans for at in range(a, b)}
    assert "".join(lit.split()) == "".join("".join(text[at] for at in sorted(spoken)).split())


def test_words_are_found_where_the_facts_were_read():
    text = "— 2007 —\n\nOn June 9\na bomb of Daesh-Khorasan hit Herat; two died."
    report = {"sentence_start": 10, "sentence_end": len(text), "date_text": "June 9", "place_text": "",
              "city": "Herat", "country": "Afghanistan", "perpetrator": "ISIS-K"}  # fmt: skip
    lights = find_lights(text, report, [{**report, "trigger": "bomb"}], [])
    found = {one.key: text[one.start : one.end] for one in lights}
    assert {key: found[key] for key in ("date", "place", "who", "what")} == {
        "date": "June 9", "place": "Herat", "who": "Daesh-Khorasan", "what": "bomb",
    }  # fmt: skip
    headed = find_lights(text, report | {"date_text": "2007"}, [], [])
    assert [text[one.start : one.end] for one in headed if one.key == "date"] == ["2007"]


ROW = {
    "incident_id": "a:1", "verification": "single_source", "status": "occurred", "city": "Kabul", "admin1": "Kabul",
    "country": "Afghanistan", "perpetrator": "ISIS-K", "attribution": "attributed", "corrected": "",
    "killed_low": 6, "killed_best": 6, "killed_high": None, "killed_state": "open_high",
}  # fmt: skip
TOLD = {
    "incident_id": "a:1", "date_start": pd.Timestamp("2023-03-03"), "date_end": pd.Timestamp("2023-03-05"),
    "city": "Kabul", "admin1": "Kabul", "country": "Afghanistan", "perpetrator": "ISIS-K",
    "killed_low": 6, "killed_best": 6, "killed_high": None,
}  # fmt: skip
LATER = {"date_start": pd.Timestamp("2023-03-09"), "date_end": pd.Timestamp("2023-03-09")}


@pytest.mark.parametrize(
    ("row", "other", "expected"),
    [
        ({}, None, "1 1 1 1 1"),
        ({"verification": "corroborated"}, {}, "C C C C C"),
        ({"verification": "corroborated"}, {"copy_of": "a"}, "C 1 1 1 1"),
        ({"verification": "verified"}, LATER, "V D C C C"),
        ({"verification": "disputed"}, {"city": "Herat"}, "D C D C C"),
        ({"verification": "party_claim"}, {"perpetrator": "TTP"}, "1 C C D C"),
        ({"attribution": "denied"}, {"killed_low": None, "killed_best": None}, "1 C C D 1"),
        ({"killed_state": "conflicting", "corrected": "date_start | city"}, None, "1 V V 1 D"),
        ({"city": "", "admin1": "", "country": "", "perpetrator": "", "killed_low": None, "killed_best": None},
         {"city": "", "country": ""}, "1 C – – –"),
    ],
)  # fmt: skip
def test_the_squares_follow_their_rule(row, other, expected):
    reports = [TOLD | {"article_id": "a"}]
    articles = [{"article_id": "a", "story_id": "a", "copy_of": ""}]
    if other is not None:
        copied = other.pop("copy_of", "")
        reports.append(TOLD | {"article_id": "b"} | other)
        articles.append({"article_id": "b", "story_id": copied or "b", "copy_of": copied})
        other |= {"copy_of": copied} if copied else {}
    empty = pd.DataFrame({"incident_id": [], "report_id": []})
    tables = Tables(None, empty, pd.DataFrame(reports), empty, empty, pd.DataFrame(articles), empty, empty, empty)
    counts = dict.fromkeys(f"{m}_{end}" for m in ("injured", "casualties") for end in ("low", "best", "high"))
    judged = judge_incident(tables, counts | ROW | row)
    assert [one["name"] for one in judged] == ["Occurred", "When", "Where", "By whom", "How many"]
    assert " ".join(one["letter"] for one in judged) == expected, [one["why"] for one in judged]
    assert all(one["why"] and (one["letter"], one["words"]) == STATES[one["state"]] for one in judged)


@given(st.integers(0, 2_000_000))
def test_ticks_are_round_and_reach_over_all(most):
    ticks = find_ticks(most)
    assert ticks[0] == 0 and ticks[-1] >= most and 2 <= len(ticks) <= 6
    assert len({b - a for a, b in pairwise(ticks)}) == 1


def test_every_claimant_has_a_mark(told):
    killed = told["strips"][0]
    marks = {one["who"]: one for one in killed["marks"]}
    assert len(killed["marks"]) == 6, "one claimant that says the same in many articles has one mark"
    group, police, doctor, un, keeper = (
        marks[who] for who in ("The group", "the police", "a doctor at the hospital", "the UN mission", "a shopkeeper")
    )
    assert group["party"] and not any(one["party"] for one in killed["marks"] if one is not group)
    assert police["dot"] is not None and police["high"] is None, "at least 6 is open at its top"
    assert un["low"] < un["high"] and un["dot"] == un["low"]
    assert keeper["dot"] is None and keeper["low"] == doctor["dot"] == killed["best"]["at"]
    upto = next(one for one in killed["marks"] if one["number"] == "up to 30")
    assert upto["low"] is upto["dot"] is None and upto["high"] is not None
    places = [one[end] for one in killed["marks"] for end in ("low", "dot", "high") if one[end] is not None]
    assert max(places) <= FULL and killed["band"] == [police["low"], un["high"]]


def test_parts_of_one_toll_are_one_mark(told):
    assert sum(len(one["ids"]) for one in told["strips"][0]["marks"]) == ARTICLES


def test_the_outlets_speak_in_order_of_publication_with_copies_under_their_story(told):
    stories = told["stories"]
    assert len(stories) == 40 and sum(len(one["copies"]) for one in stories) == 20
    assert told["articles"] == ARTICLES
    days = [pd.Timestamp(one["published"]) for one in stories]
    assert days == sorted(days)
    assert [one["lead"] for one in stories].count(True) == 1
    assert all(copy["kind"] == "near copy, 97% alike" for one in stories for copy in one["copies"])
    for one in stories:
        lit = [stretch for paragraph in one["text"] for stretch in paragraph if "killed" in stretch[1:]]
        assert lit, f"the number of {one['article']} is not lit"
        assert one["link"].startswith("https://example.org/") or (one["outlet"] == HOSTILE and not one["link"])


def test_what_became_of_it_is_told(told):
    names = [one["name"] for one in told["history"]]
    assert names == [*GONE, HOSTILE], "a merge of a merge belongs to the history"
    notes = told["history"][-1]["notes"]
    assert notes == ["killed best: set to 12; the article says 50", "city: set to Kabul; the article says the same"]
    assert [fact["name"] for fact in told["facts"] if "set by a person" in fact["notes"]] == ["Where", "Killed"]
    assert told["related"][0]["relation"] == "part of"
    assert ["killed", "plain number"] in told["reasons"]["rules"] and "Killed: 6 to 14." in told["reasons"]["doubts"]


def test_a_link_opens_the_incident_and_its_whole_article(app, told):
    app.query_params["incident"] = ID
    app.run()
    assert not app.exception
    drawn = payload(app)
    assert drawn["stories"] == json.loads(json.dumps(told["stories"])) and not drawn["stories"][0]["whole"]
    app.query_params["text"] = "whole"
    app.run()
    lead = payload(app)["stories"][0]
    assert lead["whole"] and sum(len(s[0]) for p in lead["text"] for s in p) > 900
    assert dict(app.query_params)["text"] in ("whole", ["whole"])


def test_generated_incidents_can_all_be_told(tmp_path):
    store = Store(write(tmp_path, 24))
    for incident_id in store.whole("incidents")["incident_id"]:
        one = tell_incident(store, incident_id, whole=True)
        lead = next(story for story in one["stories"] if story["lead"])
        marked = "".join(s[0] for p in lead["text"] for s in p if "lead" in s[1:])
        assert marked and marked in lead["quote"], "the sentence stands unbroken in its article"
        json.dumps(one, allow_nan=False)
    assert tell_incident(store, "nowhere:1", whole=False) is None


@pytest.fixture(scope="module")
def address(folder):
    """Serve the page of one incident."""
    with serve(folder, "tests/incident_page.py") as url:
        yield url


def lit(page):
    """Give the words that are lit, one after another."""
    return page.locator(".word.lit").all_text_contents()


def copied(page, button):
    """Click a button that copies, and give what it copied."""
    button.click()
    button.get_by_text("Copied").wait_for()
    return page.evaluate("navigator.clipboard.readText()")


@pytest.mark.browser
def test_a_reader_checks_an_incident(page, address, told):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{address}/?incident={quote(ID)}")
    page.locator(".incident h3").wait_for()
    assert "<img src=x" in page.locator(".incident h3").inner_text()
    assert page.locator(".incident img, .incident script").count() == 0
    # Every fact with words lights them, beside it and in the articles; Escape lets go.
    page.locator(".facts button.fact", has_text="6 to 14").hover()
    assert lit(page)[:2] == ["50 dead", "50 dead"] and len(lit(page)) == 41
    page.locator(".facts button.fact", has_text="3 March 2023").click()
    assert set(lit(page)) == {"on 3 March"}
    page.mouse.move(2, 2)
    assert "on 3 March" in lit(page)[0], "what is clicked stays lit"
    assert "on 3 March" in page.locator(".live").inner_text()
    page.keyboard.press("Escape")
    assert lit(page) == []
    # A claimant leads to the words of its own figure, wherever they are.
    page.get_by_role("button", name="up to 30").click()
    assert set(lit(page)) == {"up to 30 people"}
    first = page.locator(".word.lit").first
    retry(page, lambda: first.evaluate(IN_SIGHT), "the words of the claimant were to come into sight")
    square = page.get_by_role("button", name=re.compile("How many.*disputed", re.S))
    square.focus()
    page.keyboard.press("Enter")
    assert "Independent figures of the killed conflict" in page.locator(".why").inner_text()
    # What is copied can be pasted into a report.
    button = page.get_by_role("button", name="Copy link to this incident")
    assert copied(page, button) == f"{address}/?incident={quote(ID, safe='')}"
    said = copied(page, page.get_by_role("button", name="Copy quote with its outlet"))
    assert said == told["stories"][0]["quote"] and "Example Wire, 4 Mar 2023, https://example.org/told-00#:~" in said
    addresses = page.locator(".incident a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert len(addresses) > 40 and all(one.startswith(("https://", "sources?article=")) for one in addresses)
    wide = page.locator(".incident").evaluate(CUT)
    assert wide == [], "something is wider than the panel"


@pytest.mark.browser
def test_the_whole_article_and_a_linked_incident_open(page, address, told):
    page.goto(f"{address}/?incident={quote(ID)}")
    page.get_by_role("button", name="Show the whole article").click()
    page.get_by_role("button", name="Show the sentence only").wait_for()
    page.wait_for_url(re.compile("text=whole"))
    title = page.locator(".incident h3").inner_text()
    page.locator(".related button").click()
    page.wait_for_url(re.compile(re.escape(quote(told["related"][0]["id"], safe=""))))
    retry(page, lambda: page.locator(".incident h3").inner_text() != title, "the linked incident was opened")


@pytest.mark.browser
def test_the_link_opens_the_page_at_the_sentence(page, chromium):
    body = "".join(f"<p>Day {n} was quiet, and so it went on.</p>" for n in range(300))
    text = f"A day.\n{LONG} No one was seen."
    address = link_sentence("http://localhost/a", text, (7, 7 + len(LONG)))
    told = f"<!doctype html><meta charset=utf-8>{body}<p id=there>{LONG} No one was seen.</p>{body}"
    page.route("http://localhost/a", lambda route: route.fulfill(body=told, content_type="text/html"))
    page.goto(address)
    retry(page, lambda: page.locator("#there").evaluate(IN_SIGHT), "the link names a sentence")


IN_SIGHT = "one => { const box = one.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight }"
CUT = """root => [root, ...root.querySelectorAll('*')].filter(one => !one.closest('.live, svg, .plot')
    && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline').map(one => one.className)"""
