"""Small records of an invented town, for the tests of what happens after reading."""

from datetime import date

from pipeline.model import (
    Aggregate,
    Article,
    Count,
    Days,
    Facts,
    Figure,
    Incident,
    Issue,
    Mention,
    Place,
    Published,
    Removed,
    Report,
    Sentence,
    Story,
)
from pipeline.tables.candidate import Candidate
from pipeline.tables.decision import Decided
from pipeline.tables.rows import Edition

FIRST = "A bomb killed three people in Testa on 5 May 2021."
SECOND = 'Mayor Ana Ruiz said "at least 3 died", and 10 were hurt.'
TEXT = f"{FIRST} {SECOND}"
TESTA = Place(
    precision="city",
    country="Testland",
    country_code="TL",
    admin1="North",
    city="Testa",
    latitude=34.5,
    longitude=-69.123456,
    radius_km=5.0,
    geo_id="geonames:1",
    text="in Testa",
)


def sentence(no: int, text: str) -> Sentence:
    """Give a sentence of TEXT."""
    return Sentence(no, TEXT.index(text), TEXT.index(text) + len(text), text, 0, "body")


def article(article_id: str = "wire/1", text: str = TEXT) -> Article:
    """Give an article whose text is TEXT unless said otherwise."""
    return Article(
        article_id=article_id,
        text=text,
        title="Bomb in Testa",
        outlet="The Wire",
        url="https://example.org/1",
        published=Published(date(2021, 5, 1), date(2021, 5, 31), "inferred"),
    )


def facts() -> Facts:
    """Give what the article says."""
    return Facts(
        event_type="bombing",
        days=Days.parse("2021-05-05"),
        date_text="on 5 May 2021",
        date_basis="explicit",
        place=TESTA,
        weapon="explosives",
        killed=Count(3, 3, None, "open_high", "latest_independent"),
        injured=Count(10, 10, 10, "exact", "only_one"),
        killed_attackers=0,
    )


def report(article_id: str = "wire/1", start: int = 0) -> Report:
    """Give the report of TEXT, told by two sentences."""
    said = Figure(
        measure="killed",
        who="people",
        count=Count(3, 3, 3, "exact"),
        words="three",
        start=TEXT.index("three"),
        end=TEXT.index("three") + 5,
        sentence_no=0,
    )
    return Report(
        article_id=article_id,
        facts=facts(),
        mentions=(
            Mention(sentence=sentence(0, FIRST), trigger="bomb", fields=("date", "city", "killed")),
            Mention(sentence=sentence(1, SECOND), trigger="died", fields=("killed", "injured")),
        ),
        figures=(said,),
        rules=(("date_start", "day_month_year"), ("city", "in_place")),
        confidence=0.8125,
        start=start,
    )


def incident(incident_id: str = "wire/1:0", **changes: object) -> Incident:
    """Give the incident that the report tells of."""
    known: dict[str, object] = {"title": "Bombing in Testa", "facts": facts(), "reports": (report(),)}
    return Incident(incident_id=incident_id, **(known | changes))  # type: ignore[arg-type]


def edition(**changes: object) -> Edition:
    """Give all the records of a build of one article."""
    known: dict[str, object] = {
        "articles": [article()],
        "stories": [Story(article_id="wire/1", story_id="wire/1")],
        "incidents": [incident()],
        "aggregates": [
            Aggregate(article_id="wire/1", sentence=sentence(1, SECOND), count=70, unit="attacks", start=60)
        ],
        "issues": [Issue(kind="no_place", message="no place", to_do="look", article_id="wire/1", start=0)],
        "removed": [Removed(incident_id="wire/1:9", reason="merged", merged_into="wire/1:0", since="0.1.0")],
        "candidates": [
            Candidate(
                candidate_id="far:b1",
                kind="far",
                incident_id="wire/1:0",
                weight=0.7,
                reasons_for=("1200 km from Testa", "another country"),
                words=("in Testa",),
            )
        ],
        "decisions": [
            Decided(
                row_id="7",
                at="2024-03-05",
                incident_id="wire/1:0",
                column="killed_low",
                was="2",
                now="3",
                reason="so the mayor, twice",
                by="ana",
                state="agrees",
                machine="3",
                words=("three", "at least 3"),
                rule="only_one",
                no=1,
            )
        ],
    }
    return Edition(**(known | changes))  # type: ignore[arg-type]
