"""The records that flow through the pipeline. Nothing here opens a file or reads a text.

Records are frozen: a step returns new ones, so the words of the article stay beside what was made of them.
None never means zero. Offsets count Unicode code points in the text of the article, end exclusive.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """The days something can have happened on, both ends included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse days that run backwards."""
        if self.first > self.last:
            raise ValueError(f"days run backwards: {self.first} to {self.last}")

    def __str__(self) -> str:
        """Give ISO 8601: a day, or an interval such as 2024-03-01/2024-03-31."""
        return str(self.first) if self.first == self.last else f"{self.first}/{self.last}"

    def __len__(self) -> int:
        """Give the number of days."""
        return (self.last - self.first).days + 1

    @classmethod
    def parse(cls, iso: str) -> "Days":
        """Read what `str` gives.

        >>> len(Days.parse("2024-03-01/2024-03-31"))
        31
        """
        first, _, last = iso.partition("/")
        return cls(date.fromisoformat(first), date.fromisoformat(last or first))

    @property
    def precision(self) -> str:
        """The codebook's `date_precision` of these days.

        >>> Days.parse("2019-01-01/2019-12-31").precision
        'year'
        """
        year = (date(self.first.year, 1, 1), date(self.first.year, 12, 31))
        if (self.first, self.last) == year:
            return "year"
        steps = ((1, "day"), (6, "days"), (11, "week"), (31, "month"))
        return next((name for most, name in steps if len(self) <= most), "range")

    def meet(self, other: "Days") -> "Days | None":
        """Give the days common to both, or None where there are none."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Days(first, last) if first <= last else None

    def widened(self, days: int) -> "Days":
        """Give these days with so many more at either end."""
        return Days(self.first - timedelta(days=days), self.last + timedelta(days=days))


@dataclass(frozen=True, slots=True)
class Published:
    """When an article was published: a day, or the window it must lie in."""

    first: date
    last: date
    basis: str = "given"  # given, metadata, inferred

    @classmethod
    def on(cls, iso: str) -> "Published":
        """Give the publication on one known day, written YYYY-MM-DD."""
        return cls(date.fromisoformat(iso), date.fromisoformat(iso))


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as read: its text, and what is known about it."""

    article_id: str
    text: str
    title: str = ""
    outlet: str = ""
    author: str = ""
    url: str = ""
    published: Published | None = None
    language: str = "en"
    added_on: str = ""
    source: str = ""  # the file it came from, for messages; never published
    caption_spans: tuple[tuple[int, int], ...] = ()  # captions that the format itself marks (HTML)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Where an article stands among the copies of one text."""

    article_id: str
    story_id: str
    copy_of: str = ""
    copy_kind: str = ""  # exact, near, rewritten
    similarity: float | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of an article: one line, or lines, between blank lines or line ends."""

    no: int
    start: int
    end: int
    kind: str  # title, heading, item, body, caption, boilerplate


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, exactly as it stands in the article."""

    no: int
    start: int
    end: int
    text: str
    block: int
    kind: str  # the kind of its block


@dataclass(frozen=True, slots=True)
class DateWords:
    """Words of an article that name a day or days, and the days they can mean."""

    start: int
    end: int
    words: str
    days: Days | None  # None where the words name a time that no rule could place
    basis: str  # explicit, relative, context, inferred
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place, as exact as the words were; latitude and longitude are both there or neither is."""

    precision: str = "unknown"  # site, city, district, province, country, unknown
    country: str = ""
    country_code: str = ""
    admin1: str = ""
    admin2: str = ""
    city: str = ""
    venue: str = ""
    latitude: float | None = None
    longitude: float | None = None
    radius_km: float | None = None
    geo_id: str = ""
    text: str = ""  # the place words of the article


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Words of an article that name a place, and the place they mean."""

    start: int
    end: int
    words: str
    place: Place
    role: str  # event (in, at, near ...), dateline, nationality, other
    rule: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many people: low, best, high as the codebook's "Numbers" has them."""

    low: int | None = None
    best: int | None = None
    high: int | None = None
    state: str = "not_stated"  # exact, open_high, open_low, approximate, vague, stated_zero, not_stated, conflicting
    rule: str = ""  # which figure is best: only_one, latest_independent, majority, lowest, analyst


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of people, as someone said it."""

    measure: str  # killed, injured, killed_or_injured, missing, abducted, arrested, displaced
    who: str = ""
    group: str = "unknown"  # civilian, security, attacker, unknown
    count: Count
    words: str
    start: int
    end: int
    sentence_no: int
    claimant: str = ""
    claimant_type: str = "media"  # perpetrator, authority, hospital, witness, un, ngo, media, unnamed
    counts: str = "yes"  # or part_of_total, repeats, party_claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One sentence that speaks of a report, and which fields it supports."""

    sentence: Sentence
    trigger: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is said of an incident: the columns that reports and incidents share."""

    event_type: str = "other violence"
    status: str = "occurred"
    days: Days | None = None
    date_text: str = ""
    date_basis: str = ""
    place: Place = field(default_factory=Place)
    target_type: str = "unknown"
    target_text: str = ""
    weapon: str = "unknown"
    suicide: str = "unknown"
    perpetrator: str = ""
    attribution: str = "unknown"
    killed: Count = field(default_factory=Count)
    injured: Count = field(default_factory=Count)
    casualties: Count = field(default_factory=Count)
    killed_attackers: int | None = None
    injured_attackers: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One incident as one article tells it."""

    article_id: str
    facts: Facts
    mentions: tuple[Mention, ...]  # never empty, in the order of the text
    figures: tuple[Figure, ...] = ()
    lead: int = 0  # which of the mentions says it best: its sentence is shown beside the incident
    rules: tuple[tuple[str, str], ...] = ()  # column -> the rule that read it, for `explain`
    other_days: tuple[DateWords, ...] = ()  # words of its sentences that name other days than its own
    verifiers: tuple[str, ...] = ()  # named bodies that the article says verified it
    confidence: float = 0.5
    start: int = 0  # start of the leading sentence; of the word that names it where several reports share that sentence

    @property
    def leading(self) -> Mention:
        """The mention that stands for this report."""
        return self.mentions[self.lead]

    @property
    def report_id(self) -> str:
        """Article and place in its text: it names a place in a seed, not our reading, and so outlives a rebuild."""
        return f"{self.article_id}:{self.start}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate:
    """A total over many incidents: never an incident itself."""

    article_id: str
    sentence: Sentence
    count: int | None
    unit: str
    killed_low: int | None = None
    injured_low: int | None = None
    place: str = ""
    since: date | None = None
    until: date | None = None
    claimant: str = ""
    start: int = 0  # where the count stands, so that two totals of one sentence stay apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What an article says that could not be read, or a doubt for a person to settle."""

    kind: str  # unreadable, no_date, no_place, figure_unread, conflict, stale_correction, limit
    message: str
    to_do: str
    article_id: str = ""
    report_id: str = ""
    incident_id: str = ""
    start: int | None = None
    end: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was read in one article."""

    article_id: str
    reports: tuple[Report, ...] = ()
    aggregates: tuple[Aggregate, ...] = ()
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One incident, after merging the reports of it and applying what people decided."""

    incident_id: str
    title: str
    facts: Facts
    reports: tuple[Report, ...]  # never empty; the first is the leading one
    verification: str = "single_source"
    n_articles: int = 1
    n_stories: int = 1
    confidence: float = 0.5
    review_state: str = "suggested"
    reviewer: str = ""
    reviewed_on: str = ""
    corrected: tuple[str, ...] = ()
    related_ids: tuple[str, ...] = ()
    relation: tuple[str, ...] = ()
    notes: str = ""

    @property
    def leading(self) -> Report:
        """The report whose sentence is shown beside the incident."""
        return self.reports[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """An incident id that is gone."""

    incident_id: str
    reason: str  # merged, rejected, withdrawn
    merged_into: str = ""
    since: str = ""


def span_days(all_days: Iterable[Days]) -> Days | None:
    """Give the shortest stretch that holds all of them, or None for none."""
    known = list(all_days)
    return Days(min(d.first for d in known), max(d.last for d in known)) if known else None
