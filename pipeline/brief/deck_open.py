"""The slides that frame a deck: the first with its key sentence, what is not known, and how the numbers are read."""

from pptx.enum.shapes import MSO_SHAPE

from pipeline.brief.briefing import BORDERS, Briefing
from pipeline.brief.deck_changes import list_changes
from pipeline.brief.deck_draft import Draft
from pipeline.brief.deck_ground import ACCENT, MARGIN
from pipeline.brief.deck_page import Box, Page, Para, draw, paint
from pipeline.brief.deck_table import Cell, Look, put_table
from pipeline.brief.deck_words import count_of, say_doubt, say_key, say_state
from pipeline.brief.readme import READING
from pipeline.view.filters import say_days

ISSUES = {
    "unreadable": "inputs that could not be read",
    "no_date": "incidents without a date",
    "no_place": "incidents without a place",
    "figure_unread": "numbers of people that no rule reads",
    "conflict": "sources that disagree",
    "stale_correction": "corrections that no longer fit",
    "limit": "things left out because there are too many",
}
CODES = (
    ("at least", "the sources give no upper end; a sum with such a figure has none either"),
    ("low – best – high", "the lowest, the best and the highest independent figure, each added up by itself"),
    ("not stated", "no source says; it is never taken for zero"),
    ("no one killed", "a source says that there was no one"),
    ("hollow mark", "a place known to the district or province only, or a day known to lie in a span"),
    ("claimed", "the group itself says that it did it; its own figures are marked"),
    ("confirmed", "a named verifier or two independent stories attest it; copies of one text count once"),
)


def open_deck(draft: Draft) -> None:
    """Put the first slide: the key sentence and its doubt."""
    briefing = draft.briefing
    page = draft.begin(_break_title(briefing), opens=True)
    if draft.ground.is_own:
        rule = draw(page.slide.shapes, MSO_SHAPE.RECTANGLE, Box(MARGIN, 62, 84, 6))
        paint(rule, ACCENT)
        rule.name = "Rule"
    paras = [
        Para(say_key(briefing), 28, bold=True, after=8),
        Para(say_doubt(briefing), 20, after=16),
        Para(_fit(page, f"Filters: {briefing.filters}", 2), muted=True),
        Para(say_state(briefing), muted=True),
    ]
    if briefing.since is not None and not list_changes(draft):
        paras.append(Para(_fit(page, f"Nothing changed since {briefing.since.words}.", 1), muted=True))
    if briefing.link:
        link = Para("The same view, with its sources", muted=True, link=briefing.link)
        paras.append(link)
    page.tell_opening(paras)
    page.tell_speaker(say_key(briefing), say_doubt(briefing), _say_total(briefing), draft.standing)


def _break_title(briefing: Briefing) -> str:
    """Give the title with its days on a line of their own."""
    days = say_days(briefing.view.since or briefing.counts.first, briefing.view.until or briefing.counts.last)
    begin = briefing.title.removesuffix(f", {days}")
    return f"{begin}\n{days}" if days and begin != briefing.title else briefing.title


def _fit(page: Page, text: str, lines: int) -> str:
    """Cut text to lines of the body."""
    return page.fits(text, page.body.width, lines)


def _say_total(briefing: Briefing) -> str:
    """Say both sums with what they leave out."""
    counts = briefing.counts
    told = ((name, getattr(counts, name)) for name in ("killed", "injured"))
    return " ".join(
        f"{name.capitalize()} (low – best – high): {total}; {total.without:,} without a figure." if total.stated
        else f"{name.capitalize()}: no incident has a figure."
        for name, total in told
    )  # fmt: skip


def tell_unknowns(draft: Draft) -> None:
    """Put the slide of what is not known; it is there whatever else is left out."""
    briefing = draft.briefing
    page = draft.begin("What we do not know")
    facts = list_unknowns(briefing)
    if not briefing.n:
        words = (
            "No incident in these tables fits what was asked.",
            "That nothing is recorded does not say that nothing happened: the tables hold what those articles tell "
            "that were read.",
        )
        page.say(page.body, [Para(text, 24, after=12) for text in words])
        page.tell_speaker(*words, draft.standing)
        return
    number, width = 90, page.body.width
    rows = [[Cell(f"{n:,}", bold=True), Cell(text)] for n, text in facts]
    tail = "The tables hold what the articles tell that were read; what no article told is not here."
    room = Box(page.body.left, page.body.top, width, page.body.height - 50)
    more = lambda n: [Cell(""), Cell(f"and {n} more, in the notes")]  # noqa: E731
    put_table(page, room, Look((number, width - number), frozenset({0}), lines=2, air=3),
              ("of " + f"{briefing.n:,}", "incidents"), rows, "What is not known of the incidents", more)  # fmt: skip
    low = Box(page.body.left, page.body.bottom - 46, width, 46)
    page.say(low, [Para(page.fits(tail, width, 2), muted=True, after=0)])
    page.tell_speaker(*(f"{n:,} {text}." for n, text in facts), tail, draft.standing)


def list_unknowns(briefing: Briefing) -> list[tuple[int, str]]:
    """Give how many incidents lack what, the gravest first, those of none left out."""
    unknown, method, n = briefing.unknowns, briefing.method, briefing.n
    facts = [
        (unknown.no_killed, "have no figure of killed: they are in no sum, and are not zero"),
        (unknown.no_injured, "have no figure of injured"),
        (unknown.no_day, "have no day at all"),
        (n - method.exact_day - unknown.no_day, "have days in doubt: some day in a week, a month or longer"),
        (unknown.no_point, "have no point on the map: only the country is known, or nothing"),
        (method.area, "are placed to a district or province only"),
        (unknown.no_perpetrator, "name no perpetrator"),
        (unknown.no_target, "name no target"),
        (unknown.single_story, "rest on a single story"),
        (len(briefing.party_only), "have their killed from the perpetrator alone"),
        (method.disputed, "are disputed: sources disagree whether or how it happened"),
    ]
    issues = [(count, f"open questions: {ISSUES.get(kind, kind.replace('_', ' '))}") for kind, count in unknown.issues]
    return [(count, words) for count, words in [*facts, *issues] if count > 0]


def tell_codes(draft: Draft) -> None:
    """Put the slide that says how words and numbers are meant, and what the map does not say."""
    page = draft.begin("How to read it")
    width, first = page.body.width, 190
    borders = page.fits(BORDERS, width, 3)
    low = Box(page.body.left, page.body.bottom - 68, width, 68)
    room = Box(page.body.left, page.body.top, width, page.body.height - 74)
    rows = [[Cell(name, bold=True), Cell(meaning)] for name, meaning in CODES]
    put_table(page, room, Look((first, width - first), lines=2), ("words", "meaning"), rows, "What words mean")
    page.say(low, [Para(borders, muted=True, after=0)])
    sources = draft.briefing.sources
    read = f"{count_of(sources.articles, 'article')}, {count_of(sources.stories, 'independent story')}."
    page.tell_speaker(*(f"{name}: {meaning}." for name, meaning in CODES), *READING, BORDERS, read, draft.standing)
