"""When and where: openings of news from many countries, read whole; each case is a row of cases/scenes.csv."""

import pytest
from case_tables import cases

from pipeline.model import Article, Facts, Published
from pipeline.reports.language import load_tools
from pipeline.reports.read import read_article


@pytest.fixture(scope="module")
def tools():
    return load_tools()


@pytest.mark.parametrize("row", list(cases("scenes.csv")))
def test_the_first_incident_has_its_days_and_place(row, tools):
    article = Article(
        article_id="scene", text=row["text"].replace("¶", "\n\n"), published=Published.on(row["published"])
    )
    reports = read_article(article, tools).reports
    facts = reports[0].facts if reports else Facts()
    place = facts.place
    got = (str(facts.days or ""), place.city, place.admin1, place.country_code)
    want = tuple(row[name] for name in ("days", "city", "admin1", "country_code"))
    assert got == want, f"{row['text']!r}: read from {facts.date_text!r} and {place.text!r}"
