"""What a weekly list says beside its entries, the same in every form."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.brief.briefing import BORDERS, Briefing
from pipeline.brief.deck_words import count_of, say_state, say_sum
from pipeline.brief.notes import Note
from pipeline.brief.weekly_list import Entry

READING = (
    "Figures are what sources report. “At least” stands before each, for sources are seldom complete; what is not "
    "stated is not zero. Numbers in brackets lead to the sentences at the end; copies of one text count once.",
    "A figure by the perpetrator’s own account is marked as such.",
)
EMPTY = "No incident fits what was asked. That nothing is recorded does not say that nothing happened."
SENTENCES = "Sentences"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A weekly list: its head, its entries in order, the sentences behind them."""

    title: str
    facts: tuple[str, ...]
    link: str
    entries: tuple[Entry, ...]
    notes: tuple[Note, ...]

    @property
    def ends(self) -> tuple[str, ...]:
        """Give what stands at the end."""
        return (*READING, BORDERS)


def lay_sheet(briefing: Briefing, entries: Sequence[Entry], notes: Sequence[Note]) -> Sheet:
    """Put a list together."""
    counts = briefing.counts
    sums = f"{say_sum(counts.killed, 'killed')}, {say_sum(counts.injured, 'injured')}"
    facts = [f"Filters: {briefing.filters}", say_state(briefing)]
    if counts.shown:
        silent = (
            f"; {count_of(counts.killed.without, 'incident')} without a figure of killed"
            if counts.killed.without
            else ""
        )
        facts.append(f"In all: {count_of(counts.shown, 'incident')}; {sums}{silent}")
    if briefing.left_out:
        facts.append(f"The list holds {len(briefing.rows):,} of them; {briefing.left_out:,} more are in the tables.")
    return Sheet(f"Weekly list: {briefing.title}", tuple(facts), briefing.link, tuple(entries), tuple(notes))
