"""What a deck says in words: its key sentence, the doubt of it, and which figure is whose."""

from collections.abc import Iterable

from pipeline.brief.briefing import Briefing
from pipeline.brief.notes import Footnotes, Note
from pipeline.tables.totals import Total

MEASURES = ("killed", "injured")


def count_of(n: int, thing: str) -> str:
    """Count things.

    >>> count_of(1, "incident"), count_of(1200, "incident"), count_of(2, "story")
    ('1 incident', '1,200 incidents', '2 stories')
    """
    several = f"{thing[:-1]}ies" if thing.endswith("y") else f"{thing}s"
    return f"{n:,} {thing if n == 1 else several}"


def say_sum(total: Total, measure: str) -> str:
    """Say a sum of people as the sources have it.

    >>> say_sum(Total(5, 7, 9, (3, 2, 2), 0, 3, 0), "killed"), say_sum(Total(5, 7, 9, (3, 2, 2), 0, 3, 1), "killed")
    ('5 to 9 people reported killed', 'at least 5 people reported killed')
    >>> say_sum(Total(0, 0, 0, (0, 0, 0), 3, 0, 0), "killed"), say_sum(Total(0, 0, 4, (0, 0, 1), 0, 1, 0), "injured")
    ('no figure of killed', 'up to 4 people reported injured')
    """
    if not total.stated:
        return f"no figure of {measure}"
    low, high = total.low, max(total.high, total.low)
    people = f"people reported {measure}"
    if not any(total.figures[:2]):
        return f"up to {high:,} {people}"
    if total.open_top:
        return f"at least {low:,} {people}"
    if low == high:
        return f"{low:,} {people if low != 1 else f'person reported {measure}'}" if low else f"no {people}"
    return f"{low:,} to {high:,} {people}"


def say_key(briefing: Briefing) -> str:
    """Say in one sentence what the deck is about."""
    counts = briefing.counts
    if not counts.shown:
        return f"None of {count_of(counts.total, 'incident')} recorded fits what was asked."
    killed = say_sum(counts.killed, "killed")
    return f"{count_of(counts.shown, 'incident')}, {'with ' if counts.killed.stated else ''}{killed}."


def say_doubt(briefing: Briefing) -> str:
    """Say how sure the key sentence is."""
    counts, method = briefing.counts, briefing.method
    if not counts.shown:
        return "That nothing is recorded does not say that nothing happened."
    total = counts.killed
    parts = [say_ends(total)] if total.stated else []
    parts.append(
        f"{method.single_story:,} of {counts.shown:,} rest on a single story, {method.confirmed:,} are confirmed."
    )
    if missing := counts.shown - method.exact_day:
        parts.append(f"{missing:,} have no exact day.")
    return " ".join(parts)


def say_ends(total: Total) -> str:
    """Say each sum by itself, and of how many incidents it is: those with a lowest figure may have no best one.

    >>> say_ends(Total(5, 7, 9, (3, 2, 2), 0, 3, 1))
    'Killed: the lowest figures add up to 5 (of 3 incidents), the best to 7 (of 2); 1 has no upper end.'
    """
    low, best, high = total.figures
    words = (
        f"Killed: the lowest figures add up to {total.low:,} (of {count_of(low, 'incident')}), "
        f"the best to {total.best:,} (of {best:,})"
    )
    if total.open_top:
        words += f"; {total.open_top:,} {'has' if total.open_top == 1 else 'have'} no upper end"
    else:
        words += f", the highest to {total.high:,} (of {high:,})"
    return (
        f"{words}; {total.without:,} {'has' if total.without == 1 else 'have'} no figure."
        if total.without
        else f"{words}."
    )


def say_state(briefing: Briefing) -> str:
    """Say how many are shown, as of which day, and from which tables."""
    counts = briefing.counts
    shown = f"{counts.shown:,} of {count_of(counts.total, 'incident')}"
    return f"{shown} · data as of {briefing.as_of_words} · version {briefing.version}"


def mark(notes: Footnotes, cited: Iterable[Note]) -> str:
    """Give the numbers of footnotes as they stand in a text, "" for none."""
    return "".join(f" [{number}]" for number in notes.numbers(cited))


def say_link(note: Note) -> str:
    """Give a footnote with its address, for the notes of the speaker."""
    return f"{note.text} {note.url}".strip()
