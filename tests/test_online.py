from dataclasses import replace

from geopy.exc import GeocoderUnavailable
from stories import make_report

from pipeline.model import Place, Reading
from pipeline.places.online import locate_online, open_nominatim

VILLAGE = Place(
    precision="province", city="Some Village", admin1="Balkh", country="Afghanistan", country_code="AF",
    latitude=36.7, longitude=67.1, radius_km=90.0,
)  # fmt: skip


def reading(article_id: str, place: Place) -> Reading:
    report = make_report(article_id, "bombing; 2022-09-30; Kabul")
    return Reading(article_id=article_id, reports=(replace(report, facts=replace(report.facts, place=place)),))


def test_only_a_town_that_the_gazetteer_lacks_is_asked_for():
    asked = []
    known = replace(VILLAGE, precision="city", city="Mazar-i-Sharif")
    nameless = replace(VILLAGE, city="")
    located = locate_online([reading(str(no), place) for no, place in enumerate((VILLAGE, known, nameless))],
                            lambda *question: asked.append(question) or (36.9, 66.9))  # fmt: skip
    assert asked == [("Some Village, Balkh, Afghanistan", "AF")]
    places = [r.reports[0].facts.place for r in located.readings]
    assert (places[0].precision, places[0].latitude, places[0].longitude) == ("city", 36.9, 66.9)
    assert places[1:] == [known, nameless]


def test_an_answer_is_asked_for_once(tmp_path):
    asked = []
    for _ in range(2):
        ask = open_nominatim(tmp_path / "answers.json", lambda *question: asked.append(question))
        assert ask("Some Village", "AF") is None
    assert len(asked) == 1


def test_without_a_network_the_build_goes_on_and_says_so():
    def fail(*_):
        raise GeocoderUnavailable("no network")

    readings = [reading("a", VILLAGE), reading("b", VILLAGE)]
    located = locate_online(readings, fail)
    assert located.readings == readings
    assert [issue.kind for issue in located.issues] == ["limit"]


def test_broken_answers_are_asked_for_again(tmp_path):
    (tmp_path / "answers.json").write_text("[1, 2")
    assert open_nominatim(tmp_path / "answers.json", lambda *_: (1.0, 2.0))("Some Village", "AF") == (1.0, 2.0)
