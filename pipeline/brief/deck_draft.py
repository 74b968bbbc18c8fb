"""A deck that is being written: the briefing, the tables, the ground, and the footnotes numbered so far."""

from dataclasses import dataclass, field

from pipeline.brief.briefing import Briefing
from pipeline.brief.deck_ground import Ground
from pipeline.brief.deck_page import Page
from pipeline.brief.deck_words import say_state
from pipeline.brief.notes import Footnotes
from pipeline.tables.store import Store


@dataclass(frozen=True, slots=True)
class Draft:
    """What every slide is made of."""

    briefing: Briefing
    store: Store
    ground: Ground
    notes: Footnotes = field(default_factory=Footnotes)

    def begin(self, title: str, *, opens: bool = False) -> Page:
        """Begin a slide, whose foot says how many incidents, as of when and from which tables."""
        return Page(self.ground, title, say_state(self.briefing), opens=opens)

    @property
    def standing(self) -> str:
        """Give what the notes of every slide end with: what was asked, and of which state of the data."""
        link = f" Link: {self.briefing.link}" if self.briefing.link else ""
        return f"Filters: {self.briefing.filters}. {say_state(self.briefing)}.{link}"
