"""The draft of an incident: what an article says of it, while it is being gathered."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.model import DateWords, Days, Place, PlaceWords, Sentence
from pipeline.reports.mentions import Telling
from pipeline.reports.settings import Setting, days_of, event_place


@dataclass
class Draft:
    """What an article says of one incident, while it is being gathered."""

    tellings: list[Telling]
    support: list[Sentence] = field(default_factory=list)
    dates: list[DateWords] = field(default_factory=list)
    places: list[PlaceWords] = field(default_factory=list)
    head: DateWords | None = None
    item: int | None = None  # the block, where an item of a list is the whole incident
    words: set[str] = field(default_factory=set)
    family: str = ""
    days: Days | None = None  # as known so far
    place: Place = field(default_factory=Place)  # as known so far

    def add(self, dates: Iterable[DateWords] = (), places: Iterable[PlaceWords] = ()) -> None:
        """Add words that name days and places, and read anew which day and place they make."""
        self.dates += dates
        self.places += places
        self.days = days_of(self.dates, self.head)
        self.place = event_place(self.places)

    @property
    def block(self) -> int:
        """The block of the last telling."""
        return self.tellings[-1].sentence.block


def open_draft(setting: Setting, item: int | None = None) -> Draft:
    """Make the draft that a telling opens."""
    draft = Draft(tellings=[], head=setting.head, item=item, family=setting.family)
    join(draft, setting)
    return draft


def join(draft: Draft, setting: Setting) -> None:
    """Add a telling, with its days, places and context, to a draft."""
    draft.tellings.append(setting.telling)
    draft.head = draft.head or setting.head
    told = bool(setting.telling.back and (draft.place.city or draft.place.admin1))
    draft.add(
        [d for d in setting.dates if d not in draft.dates],
        [p for p in setting.places if p not in draft.places and not told],
    )
    draft.support += [s for s in setting.support if s not in draft.support]
    draft.words |= setting.words
    draft.family = draft.family or setting.family
