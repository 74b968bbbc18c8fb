"""The record of words that may name a place, on their way through the steps of `places`."""

from dataclasses import dataclass

from pipeline.places.gazetteer import Entry


@dataclass(slots=True)
class Spot:
    """Words that may name a place. `first` and `last` are the numbers of its tokens, kind words included."""

    first: int
    last: int
    name: str
    what: str  # place, nationality, venue, unknown
    entries: tuple[Entry, ...] = ()
    kind: str = ""  # what a word beside it says: admin1, admin2, city, area
    name_first: int = 0
    name_last: int = 0
    inner: "Spot | None" = None  # the place in the name of a venue
    right_name: bool = False  # a capitalised word that is no place stands right after it
    evidence: bool = False  # the words beside it say that it is a place

    @property
    def is_single(self) -> bool:
        """Tell whether the name is one word."""
        return self.name_first == self.name_last
