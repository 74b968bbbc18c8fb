"""Places: each case is a row of cases/places.csv; what must always hold is checked on made-up texts."""

import csv
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Place, PlaceWords
from pipeline.places.find import article_country, choose_place, find_places
from pipeline.places.gazetteer import Gazetteer

CASES = Path(__file__).parent / "cases"
FIELDS = ("city", "admin2", "admin1", "country_code", "venue", "precision")
KNOWN_MISTAKE = pytest.mark.xfail(strict=True, reason="a known mistake: set expect to pass once it reads right")


def rows(name):
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        numbered = list(enumerate(csv.DictReader(file), 2))
    marks = {"pass": (), "fail": KNOWN_MISTAKE}
    return [pytest.param(row, id=f"{name}:{line}", marks=marks[row["expect"]]) for line, row in numbered]


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.open()


@pytest.mark.parametrize("row", rows("places.csv"))
def test_case(row, gazetteer):
    found = find_places(row["text"], gazetteer)
    if not row["words"]:
        named = [w.words for w in found if w.role != "nationality"]
        assert not named, f"{named} are no places: teach place_doubts.py, or add the word to seeds/words/no_places.csv"
        return
    match = [w for w in found if w.words == row["words"]]
    assert match, f"no {row['words']!r} among {[w.words for w in found]}: see place_links.py for what hangs together"
    got = {name: getattr(match[0].place, name) for name in FIELDS if row[name] or name in ("city", "venue")}
    want = {name: row[name] for name in got}
    assert (match[0].role, got) == (row["role"], want), f"read by the rule {match[0].rule!r}: see place_context.py"


@pytest.mark.parametrize("row", rows("place_choices.csv"))
def test_choice(row, gazetteer):
    words = find_places(row["article"], gazetteer)
    background = Place(precision="country", country_code=row["background"]) if row["background"] else None
    place, rule = choose_place(words, background, row["article"])
    got = {name: getattr(place, name) for name in ("city", "admin1", "country_code", "precision", "text")}
    want = {name: row[name] for name in got}
    assert got == want, f"chosen by the rule {rule!r}: see place_choice.py"


SNIPPETS = (
    "Kabul|in|near|the|of|,|.|\n|Helmand province|30 km north of|'s|Moore|-|al-Shaab|Hotel|Iraqi|city|and|–|Ministry|"
    "Paris|(|“|St.|U.S.|é|😀|outside|Georgia|said|’s|1|May|Jammu|embassy|A"
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(SNIPPETS.split("|")), max_size=14).map(" ".join))
def test_words_are_exact_and_places_whole(text):
    found = find_places(text, Gazetteer.open())
    assert [w.start for w in found] == sorted(w.start for w in found)
    for words in found:
        assert text[words.start : words.end] == words.words
        check_place(words.place)
    check_place(choose_place(found)[0])


def check_place(place):
    assert (place.latitude is None) == (place.longitude is None)
    assert (place.latitude, place.longitude) != (0, 0)
    if place.precision in ("country", "unknown"):
        assert place.latitude is None, "a country and the unknown have no point"
    if place.latitude is not None:
        assert place.radius_km and place.radius_km > 0
        assert place.latitude == round(place.latitude, 5)


def test_radius_says_how_far_off(gazetteer):
    at, near, off = (
        find_places(text, gazetteer)[0].place
        for text in ("a bomb in Tikrit, Iraq", "a bomb near Tikrit, Iraq", "a bomb 70 km north of Tikrit, Iraq")
    )
    assert at.radius_km < near.radius_km < off.radius_km
    assert off.latitude - at.latitude == pytest.approx(70 / 111.2, abs=0.01)


def test_title_tells_namesakes_apart(gazetteer):
    text = "A market was shelled in Tripoli."
    assert find_places(text, gazetteer, "Fighting in Lebanon")[0].place.country_code == "LB"
    assert find_places(text, gazetteer, "Fighting in Libya")[0].place.country_code == "LY"


def test_article_country_needs_to_be_clear(gazetteer):
    clear = find_places("Attacks in Mosul, in Kirkuk and in Basra; a man from Paris watched.", gazetteer)
    assert article_country(clear) == Place(precision="country", country="Iraq", country_code="IQ")
    assert article_country(find_places("Blasts in Paris and in Kabul.", gazetteer)) is None
    assert article_country([]) is None


def test_other_roles_do_not_place_an_incident():
    said = PlaceWords(0, 1, "x", Place(city="Doha", country_code="QA"), "other", "where something was said")
    assert choose_place([said])[0].city == ""


def test_speed(gazetteer):
    text = "Gunmen killed two in Khost province. Police in Kabul blamed the Taliban. " * 100

    def spend(words):
        start = process_time()
        find_places(words, gazetteer)
        return process_time() - start

    spend(text)
    short, long = (min(spend(text * times) for _ in range(5)) for times in (1, 8))
    assert long < 20 * short, (
        "eight times the words took more than twenty times as long: look for a loop over the whole"
    )
