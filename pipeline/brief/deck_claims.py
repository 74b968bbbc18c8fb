"""The slides on what is said and by whom: the deadliest incidents, the figures that differ, the sources."""

from collections.abc import Sequence

from pipeline.brief.claims import Disputed, Saying
from pipeline.brief.deck_draft import Draft
from pipeline.brief.deck_page import LEAST, Box, Page, Para
from pipeline.brief.deck_table import SIDE, Cell, Look, put_table
from pipeline.brief.deck_words import count_of, mark, say_link
from pipeline.brief.measure import wrap
from pipeline.brief.notes import Note
from pipeline.brief.say import say_days, say_number

LINES = 3  # of an incident in the table of figures
MOST_OUTLETS = 6
MOST_PAGES = 4  # of footnotes; the notes of the speaker have all of them


def tell_deadliest(draft: Draft) -> None:
    """Put the deadliest incidents, each in a sentence with the sentence that its toll was read from."""
    deadliest = draft.briefing.deadliest
    if not deadliest:
        return
    title = "The deadliest incident" if len(deadliest) == 1 else f"The {len(deadliest)} deadliest incidents"
    page = draft.begin(title)
    width = page.body.width
    look = Look((width * 0.52, width * 0.48), lines=5, air=6)
    rows = [
        [Cell(f"{one.sentence}{mark(draft.notes, one.notes)}"),
         Cell(_quote(one.notes), lead=f"{mark(draft.notes, one.notes).strip()} ")]
        for one in deadliest
    ]  # fmt: skip
    put_table(page, page.body, look, ("what is told", "in the words of"), rows, title,
              lambda n: [Cell(f"and {n} more"), Cell("in the notes")])  # fmt: skip
    told = [f"{one.sentence}{mark(draft.notes, one.notes)}" for one in deadliest]
    page.tell_speaker(*told, *_tell_notes(draft, [note for one in deadliest for note in one.notes]), draft.standing)


def _quote(notes: Sequence[Note]) -> str:
    """Give the words of the first source."""
    if not notes:
        return ""
    first = notes[0]
    return f"{first.source}: {first.remark} “{first.sentence}”" if first.remark else first.text


def _tell_notes(draft: Draft, notes: Sequence[Note]) -> list[str]:
    """Give footnotes with their numbers and addresses."""
    return [f"[{draft.notes.number(note)}] {say_link(note)}" for note in dict.fromkeys(notes)]


def tell_disputed(draft: Draft) -> None:
    """Put the incidents whose figures of killed differ most, each figure with who says it."""
    disputed = draft.briefing.disputed
    if not disputed:
        return
    page = draft.begin(f"Who says how many: the figures of killed differ most in {count_of(len(disputed), 'incident')}")
    width = page.body.width
    widths = (width * 0.31, width * 0.14, width * 0.55)
    column = (widths[2] - 2 * SIDE) / page.ground.wider
    rows = []
    for one in disputed:
        said = _fit_list([_say(draft, saying) for saying in one.sayings], column)
        rows.append([Cell(_name(one)), Cell(say_number(*one.killed) or "not stated", bold=True), Cell(said)])
    put_table(page, page.body, Look(widths, lines=LINES), ("incident", "held best", "who says how many"), rows,
              "Figures of killed by who says them",
              lambda n: [Cell(f"and {n} more"), Cell(""), Cell("in the notes")])  # fmt: skip
    told = [f"{_name(one)}: {'; '.join(_say(draft, saying) for saying in one.sayings)}." for one in disputed]
    notes = [saying.note for one in disputed for saying in one.sayings]
    page.tell_speaker(*told, *_tell_notes(draft, notes), draft.standing)


def _name(one: Disputed) -> str:
    """Name an incident with its days."""
    return f"{one.title}, {say_days(one.start, one.end)}"


def _say(draft: Draft, saying: Saying) -> str:
    """Say one figure, who says it, and where that is told."""
    party = ", the perpetrator" if saying.is_party else ""
    outlet = f", {saying.outlet}" if saying.outlet and saying.outlet != saying.who else ""
    return f"{saying.number or saying.words}: {saying.who}{party}{outlet}{mark(draft.notes, [saying.note])}"


def _fit_list(parts: Sequence[str], width: float) -> str:
    """Join as many parts as fit into the lines of a cell, and say how many more there are."""
    for kept in range(len(parts), 0, -1):
        rest = len(parts) - kept
        text = "; ".join(parts[:kept]) + (f"; and {rest} more" if rest else "")
        if len(wrap(text, width, LEAST)) <= LINES:
            return text
    return parts[0]


def tell_sources(draft: Draft) -> None:
    """Put the footnotes, on as many slides as they need, and which outlets the articles are of."""
    sources, notes = draft.briefing.sources, draft.notes.notes
    if not sources.articles:
        return
    told = [f"[{number}] {say_link(note)}" for number, note in enumerate(notes, start=1)]
    title = f"Sources: {count_of(sources.articles, 'article')}, {count_of(sources.stories, 'independent story')}"
    page = draft.begin(title)
    every = [f"{name or 'outlet not stated'} ({n:,})" for name, n in sources.outlets]
    rest = len(sources.outlets) - MOST_OUTLETS
    outlets = ", ".join(every[:MOST_OUTLETS]) + (f" and {rest:,} more" if rest > 0 else "")
    high = page.say(page.body, [Para(page.fits(f"Articles by outlet: {outlets}", page.body.width, 2), after=8)])
    page.tell_speaker(f"{title}. {', '.join(every)}", *told, draft.standing)
    shown, begun = 0, 1
    room = Box(page.body.left, page.body.top + high, page.body.width, page.body.height - high)
    while shown < len(notes):
        shown += _put_notes(page, room, notes, shown, is_last=begun == MOST_PAGES)
        if shown >= len(notes) or begun == MOST_PAGES:
            break
        begun += 1
        page = draft.begin(f"{title} ({begun})")
        page.tell_speaker("The notes of the slide before have all of them.", draft.standing)
        room = page.body


def _put_notes(page: Page, room: Box, notes: Sequence[Note], start: int, *, is_last: bool) -> int:
    """Put footnotes from `start` on into the room there is, and give how many are in it."""
    width = room.width
    rows = [
        [Cell(f"[{number}]"), Cell(note.text.removeprefix(note.source), lead=note.source, link=note.url)]
        for number, note in enumerate(notes[start:], start=start + 1)
    ]
    more = (lambda n: [Cell(""), Cell(f"and {n} more, in the notes")]) if is_last else None
    sizes = (LEAST,) if start else (22, 20, LEAST)
    return put_table(
        page, room, Look((58, width - 58), lines=4, sizes=sizes), ("", "said where"), rows, "Footnotes", more
    )
