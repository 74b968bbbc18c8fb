"""The draft of an incident: what an article says of it, while it is being gathered."""

from dataclasses import dataclass, field

from pipeline.dates.find import choose_days
from pipeline.model import DateWords, Days, Place, PlaceWords, Sentence
from pipeline.reports.mentions import Telling
from pipeline.reports.settings import Setting, event_place


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

    @property
    def days(self) -> Days | None:
        """The days as known so far."""
        chosen = choose_days(self.dates) if self.dates else None
        if chosen and chosen.days:
            return chosen.days
        return self.head.days if self.head else None

    @property
    def place(self) -> Place:
        """The place as known so far."""
        return event_place(self.places)

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
    draft.dates += [d for d in setting.dates if d not in draft.dates]
    if not setting.telling.back or not (draft.place.city or draft.place.admin1):
        draft.places += [p for p in setting.places if p not in draft.places]
    draft.support += [s for s in setting.support if s not in draft.support]
    draft.words |= setting.words
    draft.head = draft.head or setting.head
    draft.family = draft.family or setting.family
