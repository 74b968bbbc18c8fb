"""The gazetteer: how names are looked up, how its file comes to be, and what is said where its lists are wrong."""

import sqlite3
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.places import gazetteer_build
from pipeline.places.compose import travel
from pipeline.places.gazetteer import COLUMNS, Gazetteer
from pipeline.places.gazetteer_build import Row, build_gazetteer, distance_km, file_seal, is_whole, middle
from pipeline.places.names import spell_key
from pipeline.text.words import WORDS, SeedError


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.open()


@pytest.mark.parametrize(
    ("names", "kind", "country"),
    [
        (("Mazar-i-Sharif", "Mazar-e-Sharif", "Mazār-e Sharīf", "MAZAR-I-SHARIF"), "city", "AF"),
        (("Kunduz", "Qunduz", "Konduz"), "city", "AF"),
        (("Lashkar Gah", "Lashkargah", "Lashkargāh"), "city", "AF"),
        (("Saladin", "Salahuddin", "Salah ad-Din", "Şalāḩ ad Dīn"), "admin1", "IQ"),
        (("Nangarhar", "Nangarhār"), "admin1", "AF"),
        (("São Paulo", "Sao Paulo"), "city", "BR"),
        (("Qamishli", "Al-Qamishli", "al Qamishli"), "city", "SY"),
        (("Dasht-e-Barchi", "Dasht-i-Barchi", "Dasht-e Barchi"), "neighbourhood", "AF"),
        (("US", "U.S.", "United States", "USA"), "country", "US"),
    ],
)
def test_spellings_lead_to_one_place(names, kind, country, gazetteer):
    numbers = [{e.number for e in gazetteer.lookup(n) if (e.kind, e.country_code) == (kind, country)} for n in names]
    assert set.intersection(*numbers), f"{names}: add the spelling to seeds/words/places.csv"


@pytest.mark.parametrize("name", ["Dasht-e-Barchiq", "Pul-e-Charkhiz", "Qwzx", "", "-", "カブール"])
def test_nothing_is_guessed(name, gazetteer):
    assert gazetteer.lookup(name) == ()


def test_hierarchy(gazetteer):
    kabul = next(e for e in gazetteer.lookup("Kabul") if e.kind == "city" and e.country_code == "AF")
    province = next(e for e in gazetteer.lookup("Kabul") if e.kind == "admin1")
    gate = gazetteer.lookup("Abbey Gate")[0]
    assert kabul.geo_id == "geonames:1138958"
    assert kabul.lies_in(province)
    assert gate.lies_in(kabul)
    assert gate.lies_in(province)
    assert not province.lies_in(kabul)
    assert province.point == "province"
    assert distance_km(province.position, kabul.position) < province.radius_km


def test_nationalities_have_countries(gazetteer):
    for word, code in gazetteer.nationalities.items():
        assert gazetteer.country(code), f"nationalities.csv: {word} has the unknown code {code}"


def write_lists(folder, places):
    folder.mkdir(exist_ok=True)
    (folder / "nationalities.csv").write_text((WORDS / "nationalities.csv").read_text())
    (folder / "places.csv").write_text(",".join(COLUMNS) + "\n" + places)
    return folder


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Nowhere,,city,,,,AF,,,", "give its latitude"),
        ("Gate,,site,Atlantis,,,AF,34.5,69.2,1", "no city Atlantis"),
        ("Gate,,site,,,,QQ,34.5,69.2,1", "QQ"),
        ("Gate,,gate,Kabul,,,AF,34.5,69.2,1", "kind"),
        ("Gate,,site,Kabul,,,AF,north,69.2,1", "number"),
        ("Gate,,site,Kabul,,,AF,34.5,,1", "longitude"),
    ],
)
def test_wrong_list_is_one_clear_sentence(line, says, tmp_path, gazetteer):
    path = next(iter(gazetteer.base.execute("PRAGMA database_list")))[2]
    with pytest.raises(SeedError) as error:
        Gazetteer(type(tmp_path)(path), write_lists(tmp_path / "words", line + "\n"))
    assert "places.csv" in str(error.value)
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_two_builders_do_not_harm_each_other(tmp_path, monkeypatch):
    rows = [Row("country", "Freedonia", "XX", main="Freedonia"), Row("city", "Sylvania", "XX", main="Sylvania")]
    monkeypatch.setattr(gazetteer_build, "gather_rows", lambda tell: list(rows))
    path = tmp_path / "deep" / "gazetteer.sqlite"
    builders = [threading.Thread(target=build_gazetteer, args=(path,)) for _ in range(4)]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join()
    left = {file.name for file in path.parent.iterdir()}
    assert left == {path.name, file_seal(path).name}, "what was built aside must be gone"
    assert is_whole(path)
    assert sqlite3.connect(path).execute("SELECT count(*) FROM entries").fetchone() == (2,)


def test_a_build_that_dies_leaves_nothing(tmp_path, monkeypatch):
    def fail(tell):
        raise RuntimeError("no room")

    monkeypatch.setattr(gazetteer_build, "gather_rows", fail)
    with pytest.raises(RuntimeError):
        build_gazetteer(tmp_path / "gazetteer.sqlite")
    assert list(tmp_path.iterdir()) == []


@given(st.text(max_size=30))
def test_key_is_settled(name):
    assert spell_key(spell_key(name)) == spell_key(name)
    assert spell_key(name.replace(" ", "-")) == spell_key(name.replace("-", " "))


points = st.tuples(st.floats(-80, 80), st.floats(-180, 180))


@given(points, st.floats(1, 500), st.floats(0, 360))
def test_travel_goes_as_far_as_told(point, km, bearing):
    assert distance_km(point, travel(point, km, bearing)) == pytest.approx(km, abs=0.05)


@given(points)
def test_middle_of_one_point_is_itself(point):
    assert distance_km(point, middle([point])) < 0.01
