"""The one list of the published tables: each column, its type, its meaning, and where in the records its value lies.

Publishing, the data package, the codebook, the corrections and `explain` all read this list, so that they cannot
disagree. A table may gain a column at its end; a column never changes its meaning.
"""

from pipeline.tables.curated import CANDIDATES, DECISIONS
from pipeline.tables.shapes import Column, Table, code

__all__ = [  # the shapes too: who reads the list of columns needs what they are
    "AGGREGATES", "ARTICLES", "CANDIDATES", "CODE_LISTS", "DECISIONS", "FIGURES", "INCIDENTS", "ISSUES", "MENTIONS",
    "PUBLISHED", "REMOVED", "REPORTS", "SHORT_EXPORT", "TABLES", "Column", "Table",
]  # fmt: skip


def count(measure: str, words: str) -> tuple[Column, ...]:
    """Give the three columns of one toll."""
    return (
        Column(f"{measure}_low", "int", f"facts.{measure}.low", f"lowest independent figure of people {words}"),
        Column(f"{measure}_best", "int", f"facts.{measure}.best", f"the figure of people {words} that holds best"),
        Column(
            f"{measure}_high", "int", f"facts.{measure}.high", f"highest figure of people {words}; empty where open"
        ),
    )


def state(measure: str) -> Column:
    """Give the column that says how firm one toll is."""
    return code(f"{measure}_state", f"facts.{measure}.state", f"how firm {measure}_* are", "state", required=True)


# What reports and incidents both say; the root `facts` is the article's own telling, or the merged one.
FACTS = (
    code("event_type", "facts.event_type", "what happened: the means before the purpose", required=True),
    code("status", "facts.status", "whether it happened", required=True),
    Column("date_start", "date", "facts.days.first", "first day it can have happened on"),
    Column("date_end", "date", "facts.days.last", "last day it can have happened on, included"),
    code("date_precision", "date_precision", "how many days date_start to date_end span", required=True),
    Column("date_text", "str", "facts.date_text", "the words of the article that the dates were read from"),
    code("date_basis", "facts.date_basis", "how the words give the dates"),
    Column("country", "str", "facts.place.country", "name of the country"),
    Column("country_code", "str", "facts.place.country_code", "ISO 3166-1 alpha-2"),
    Column("admin1", "str", "facts.place.admin1", "the province, by its usual name"),
    Column("admin2", "str", "facts.place.admin2", "the district, by its usual name"),
    Column("city", "str", "facts.place.city", "city, town or village, never a province or district"),
    Column("place_text", "str", "facts.place.text", "the place words of the article"),
    Column("venue", "str", "facts.place.venue", "the building or site, if named"),
    Column("latitude", "float", "facts.place.latitude", "WGS 84; with longitude or not at all", decimals=5),
    Column("longitude", "float", "facts.place.longitude", "WGS 84; with latitude or not at all", decimals=5),
    code("geo_precision", "facts.place.precision", "what kind of place the point stands for", required=True),
    Column("geo_radius_km", "float", "facts.place.radius_km", "how far off the point can be, in km", decimals=2),
    Column("geo_id", "str", "facts.place.geo_id", "gazetteer id, such as geonames:1138958"),
    code("target_type", "facts.target_type", "what was attacked", required=True),
    Column("target_text", "str", "facts.target_text", "the words that name the target"),
    code("weapon", "facts.weapon", "the means that was used", required=True),
    code("suicide", "facts.suicide", "whether the attacker meant to die", required=True),
    Column("perpetrator", "str", "facts.perpetrator", "usual name of the side that did it"),
    code("attribution", "facts.attribution", "who says that this side did it", required=True),
    *count("killed", "killed"),
    *count("injured", "injured"),
    *count("casualties", "killed or injured, where the two are not told apart"),
    Column(
        "killed_attackers",
        "int",
        "facts.killed_attackers",
        "attackers among the dead; killed_* includes them exactly when the article's figure does",
    ),
    Column("injured_attackers", "int", "facts.injured_attackers", "attackers among the injured"),
    *(state(measure) for measure in ("killed", "injured", "casualties")),
)

INCIDENT_ID = Column("incident_id", "str", "incident.incident_id", "the incident; stable, never reused", required=True)
REPORT_ID = Column("report_id", "str", "report.report_id", "article_id:start of the report", required=True)
MENTION_ID = Column("mention_id", "str", "mention_id", "report_id:start of the sentence", required=True)
ARTICLE_ID = Column("article_id", "str", "article.article_id", "the article", required=True)


def sentence(prefix: str, path: str) -> tuple[Column, ...]:
    """Give the columns that show a sentence and say where in the article's text it stands."""
    return (
        Column(f"{prefix}sentence", "str", f"{path}.text", "the sentence, an exact piece of the text", required=True),
        Column(f"{prefix}start", "int", f"{path}.start", "where it begins in texts/, in code points", required=True),
        Column(f"{prefix}end", "int", f"{path}.end", "where it ends, exclusive", required=True),
    )


def at(path: str) -> tuple[Column, ...]:
    """Give sentence_start and sentence_end."""
    _, start, end = sentence("sentence_", path)
    return start, end


INCIDENTS = Table(
    "incidents",
    "each incident, after merging reports and applying corrections",
    (
        Column(
            "incident_id",
            "str",
            "incident.incident_id",
            "article_id:start of the leading mention when first seen; stable, never reused",
            required=True,
        ),
        Column("title", "str", "incident.title", "one line: what, where; built from the other cells"),
        *FACTS,
        code("killed_rule", "facts.killed.rule", "which figure killed_best is", "best_rule"),
        code("injured_rule", "facts.injured.rule", "which figure injured_best is", "best_rule"),
        code("verification", "incident.verification", "how well attested it is", required=True),
        Column("n_articles", "int", "incident.n_articles", "articles that tell of it, copies included", required=True),
        Column("n_stories", "int", "incident.n_stories", "independent stories: copies count once", required=True),
        Column("confidence", "float", "incident.confidence", "0 to 1: how sure the reading is", "", True, 3),
        Column("source_article_id", "str", "article.article_id", "article of the leading mention", required=True),
        Column("source_title", "str", "article.title", "the title of the article"),
        Column("source_outlet", "str", "article.outlet", "the outlet that published it"),
        Column("source_url", "str", "article.url", "the address of the article"),
        Column("source_published", "date", "article.published.first", "day, or first day, it can be from"),
        *sentence("source_", "report.leading.sentence"),
        code("review_state", "incident.review_state", "what a person did with it", required=True),
        Column("reviewer", "str", "incident.reviewer", "who last reviewed it"),
        Column("reviewed_on", "date", "incident.reviewed_on", "the day of the last decision on it"),
        Column("corrected", "list", "incident.corrected", "columns that a person has set"),
        Column("related_ids", "list", "incident.related_ids", "linked incidents"),
        Column("relation", "list", "incident.relation", "how each of related_ids is linked, in that order", "relation"),
        Column("notes", "str", "incident.notes", "what is disputed, in words"),
    ),
    "incident_id",
    ("date_start", "date_end", "incident_id"),
    {"source_article_id": ("articles", "article_id")},
)

REPORTS = Table(
    "reports",
    "each incident as one article tells it, with that article's own values",
    (
        REPORT_ID,
        INCIDENT_ID,
        ARTICLE_ID,
        *FACTS,
        Column("confidence", "float", "report.confidence", "0 to 1: how sure the reading is", "", True, 3),
        Column("sentence", "str", "report.leading.sentence.text", "the sentence that says it best", required=True),
        *at("report.leading.sentence"),
        Column("rules", "list", "rules", "which rule read which column, each as column: rule"),
    ),
    "report_id",
    ("article_id", "sentence_start", "report_id"),
    {"incident_id": ("incidents", "incident_id"), "article_id": ("articles", "article_id")},
)

MENTIONS = Table(
    "mentions",
    "each sentence that speaks of a report",
    (
        MENTION_ID,
        REPORT_ID,
        INCIDENT_ID,
        ARTICLE_ID,
        Column("sentence_no", "int", "mention.sentence.no", "number of the sentence in the article", required=True),
        *at("mention.sentence"),
        Column("sentence", "str", "mention.sentence.text", "the sentence, an exact piece of the text", required=True),
        Column("trigger", "str", "mention.trigger", "the word that made it a mention"),
        Column("fields", "list", "mention.fields", "what of the report it supports"),
    ),
    "mention_id",
    ("article_id", "sentence_start", "mention_id"),
    {
        "report_id": ("reports", "report_id"),
        "incident_id": ("incidents", "incident_id"),
        "article_id": ("articles", "article_id"),
    },
)

FIGURES = Table(
    "figures",
    "each number of people as someone said it",
    (
        Column("figure_id", "str", "figure_id", "report_id:start of the words:measure", required=True),
        REPORT_ID,
        Column("mention_id", "str", "mention_id", "the sentence that says it"),
        code("measure", "figure.measure", "what is counted", required=True),
        Column("who", "str", "figure.who", "the words for the people counted"),
        code("group", "figure.group", "which side they are of", required=True),
        Column("low", "int", "figure.count.low", "lower end"),
        Column("best", "int", "figure.count.best", "the number"),
        Column("high", "int", "figure.count.high", "upper end; empty where it is open"),
        Column("words", "str", "figure.words", "the words of the number"),
        Column("start", "int", "figure.start", "where the words begin in texts/, in code points", required=True),
        Column("end", "int", "figure.end", "where they end, exclusive", required=True),
        Column("claimant", "str", "figure.claimant", "the words for who says so"),
        code("claimant_type", "figure.claimant_type", "what kind of source that is", required=True),
        code("counts", "figure.counts", "whether it is weighed, or why not", required=True),
    ),
    "figure_id",
    ("report_id", "start", "figure_id"),
    {"report_id": ("reports", "report_id"), "mention_id": ("mentions", "mention_id")},
)

ARTICLES = Table(
    "articles",
    "each article read, copies included",
    (
        ARTICLE_ID,
        Column("title", "str", "article.title", "the title of the article"),
        Column("outlet", "str", "article.outlet", "who published it"),
        Column("author", "str", "article.author", "who wrote it"),
        Column("url", "str", "article.url", "the address of the article"),
        Column("published", "date", "article.published.first", "day of publication, or first day of its window"),
        code("published_basis", "article.published.basis", "how that day is known"),
        Column("published_latest", "date", "published_latest", "last day of the window, where it is inferred"),
        Column("language", "str", "article.language", "ISO 639-1"),
        Column("text_sha256", "str", "text_sha256", "seal of texts/<article_id>.txt", required=True),
        Column("words", "int", "words", "words of the text", required=True),
        Column("story_id", "str", "story.story_id", "the story: copies of one text share it", required=True),
        Column("copy_of", "str", "story.copy_of", "the article it copies"),
        code("copy_kind", "story.copy_kind", "how close the copy is"),
        Column("similarity", "float", "story.similarity", "0 to 1: how much of the text is shared", decimals=3),
        Column("added_on", "date", "article.added_on", "day it was added, as sources.csv says"),
    ),
    "article_id",
    ("article_id",),
    {"copy_of": ("articles", "article_id")},
)

AGGREGATES = Table(
    "aggregates",
    "each total over many incidents",
    (
        Column("aggregate_id", "str", "aggregate_id", "article_id:start of the count", required=True),
        ARTICLE_ID,
        Column("statement", "str", "aggregate.sentence.text", "the sentence that states it", required=True),
        *at("aggregate.sentence"),
        Column("count", "int", "aggregate.count", "how many"),
        Column("unit", "str", "aggregate.unit", "of what"),
        Column("killed_low", "int", "aggregate.killed_low", "people killed over all of them, at least"),
        Column("injured_low", "int", "aggregate.injured_low", "people injured over all of them, at least"),
        Column("place", "str", "aggregate.place", "where"),
        Column("since", "date", "aggregate.since", "first day counted"),
        Column("until", "date", "aggregate.until", "last day counted"),
        Column("claimant", "str", "aggregate.claimant", "who counts"),
    ),
    "aggregate_id",
    ("article_id", "sentence_start", "aggregate_id"),
    {"article_id": ("articles", "article_id")},
)

ISSUES = Table(
    "issues",
    "each thing an article says that could not be read, or a doubt a person should settle",
    (
        Column("issue_id", "str", "issue_id", "made of what it is about: outlives a rebuild", required=True),
        code("kind", "issue.kind", "what kind of trouble", "issue_kind", required=True),
        Column("article_id", "str", "issue.article_id", "the article, or the file that is none"),
        Column("report_id", "str", "issue.report_id", "the report it touches"),
        Column("incident_id", "str", "issue.incident_id", "the incident it touches"),
        Column("start", "int", "issue.start", "where the words begin in texts/, in code points"),
        Column("end", "int", "issue.end", "where they end, exclusive"),
        Column("words", "str", "issue.words", "the words"),
        Column("message", "str", "issue.message", "what is wrong", required=True),
        Column("to_do", "str", "issue.to_do", "what a person can do"),
    ),
    "issue_id",
    ("article_id", "start", "kind", "issue_id"),
)

REMOVED = Table(
    "removed",
    "each incident id that is gone, and which id it was merged into",
    (
        Column("incident_id", "str", "removed.incident_id", "the id that is gone", required=True),
        code("reason", "removed.reason", "why", "removal", required=True),
        Column("merged_into", "str", "removed.merged_into", "the incident that it now is"),
        Column("since", "str", "removed.since", "the release, or the day of the correction, that it went with"),
    ),
    "incident_id",
    ("incident_id",),
)

CODE_LISTS = Table(
    "codes",
    "each word of the code lists, with the category of ACLED and of GTD that comes nearest",
    (
        Column("code_id", "str", "code_id", "list:word", required=True),
        Column("list", "str", "list", "name of the list", required=True),
        Column("word", "str", "code.word", "the word", required=True),
        Column("meaning", "str", "code.about", "what it means", required=True),
        Column("acled", "str", "code.acled", "ACLED: event type and sub-event type, or kind of actor attacked"),
        Column("gtd", "str", "code.gtd", "Global Terrorism Database: attack type, or target type"),
    ),
    "code_id",
    ("code_id",),
)

TABLES = (INCIDENTS, REPORTS, MENTIONS, FIGURES, ARTICLES, AGGREGATES, ISSUES, REMOVED, CANDIDATES, DECISIONS)
PUBLISHED = (*TABLES, CODE_LISTS)

SHORT_EXPORT = (
    *("incident_id", "title", "event_type", "date_start", "date_end", "date_precision", "country", "admin1", "city"),
    *("latitude", "longitude", "geo_precision", "perpetrator", "attribution", "killed_low", "killed_best"),
    *("killed_high", "injured_low", "injured_best", "injured_high", "n_stories", "verification"),
    *("source_sentence", "source_outlet", "source_url"),
)
