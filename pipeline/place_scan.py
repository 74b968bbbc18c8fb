"""Find the words of an article that may name a place: capitalised names, venues, nationalities, with exact offsets.

A scan proposes only: each `Spot` carries every place its words can mean, and the words beside it that tell its kind.
`places` decides which of them are places of the article, and which ones.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.gazetteer import Entry, Gazetteer
from pipeline.place_words import (
    DIRECTIONS,
    KIND_WORDS,
    LOWER_VENUES,
    MINISTRIES,
    MONTHS,
    NO_NAMES,
    TITLES,
    US_STATES,
    VENUE_NOUNS,
    VENUE_OF,
    WEEKDAYS,
)

TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W\d_]+(?:['’ʼ‘`][^\W\d_]+)*|\d+(?:[.,]\d+)*|[^\w\s]|_")
POSSESSIVE = re.compile(r"['’]s$")
JOINERS = frozenset(
    "i e ye el al ul ud ad as ar az an de da do del la las los le les of the and upon on sur du der".split()
)
GAP = re.compile(r" ?-? ?|[ \t]*\n[ \t]*(?!\s)")
LONGEST = 6  # words of a name, joiners included


class Token(NamedTuple):
    """One word or sign of the text."""

    start: int
    end: int
    text: str
    low: str

    @property
    def is_name(self) -> bool:
        """Tell whether the token begins with a capital letter."""
        return self.text[0].isupper()


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
    left_name: bool = False  # a capitalised word that is no place stands right before it
    right_name: bool = False
    evidence: bool = False  # the words beside it say that it is a place
    facts: list[str] = field(default_factory=list)


def cut_tokens(text: str) -> list[Token]:
    """Cut a text into words and signs; a possessive ending is a token of its own.

    >>> [token.text for token in cut_tokens("Kabul's U.S. embassy, Mazar-i-Sharif")]
    ['Kabul', "'s", 'U.S.', 'embassy', ',', 'Mazar', '-', 'i', '-', 'Sharif']
    """
    tokens: list[Token] = []
    for found in TOKEN.finditer(text):
        start, end, word = found.start(), found.end(), found[0]
        owner = POSSESSIVE.search(word)
        if owner and owner.start():
            cut = start + owner.start()
            tokens.append(Token(start, cut, word[: owner.start()], word[: owner.start()].lower()))
            tokens.append(Token(cut, end, "'s", "'s"))
        else:
            tokens.append(Token(start, end, word, word.lower()))
    return tokens


class Scan:
    """One article's tokens, and the spots found in them."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        """Scan `text` from its first to its last word."""
        self.text = text
        self.gazetteer = gazetteer
        self.tokens = cut_tokens(text)
        self.spots: list[Spot] = []
        at = 0
        while at < len(self.tokens):
            at = self.read_from(at)

    def gap(self, number: int) -> str:
        """Give the text between a token and the next."""
        return self.text[self.tokens[number].end : self.tokens[number + 1].start]

    def low(self, number: int) -> str:
        """Give the lower-case word at a number, or nothing outside the text."""
        return self.tokens[number].low if 0 <= number < len(self.tokens) else ""

    def starts_sentence(self, number: int) -> bool:
        """Tell whether a token is the first of its sentence, item or line."""
        if number == 0:
            return True
        before = self.tokens[number - 1]
        return before.text in '.!?:;–—•*“"' or "\n" in self.gap(number - 1)

    def read_from(self, at: int) -> int:
        """Read the run of capitalised words that starts at a token; give the number of the token after it."""
        if not self.begins_name(at):
            return at + 1
        end = self.run_end(at)
        self.read_run(at, end)
        return end + 1

    def begins_name(self, at: int) -> bool:
        """Tell whether a name can begin here: a capital, or an Arabic article before a capital ("al-Shaab")."""
        token = self.tokens[at]
        if token.is_name:
            return True
        follows = at + 2 < len(self.tokens) and self.tokens[at + 1].text == "-" and self.tokens[at + 2].is_name
        return token.low in ("al", "el", "ar", "as", "ad", "an", "at", "az", "ash") and follows

    def run_end(self, at: int) -> int:
        """Give the last token of the run of capitalised words: joined by blanks, hyphens and small joining words."""
        end = at
        while True:
            step = self.next_name(end)
            if step is None:
                return end
            end = step

    def next_name(self, at: int) -> int | None:
        """Give the next capitalised token of the same run, over hyphens and one or two joining words."""
        number, joined = at + 1, 0
        while number < len(self.tokens) and "\n" not in self.gap(number - 1):
            token = self.tokens[number]
            if token.is_name:
                return number
            hyphen = token.text == "-" and self.gap(number - 1) == "" and self.gap(number) == ""
            dot = token.text == "." and self.low(number - 1) in ("st", "mt", "ft") and number - 1 == at
            if token.low in JOINERS and token.low not in ("and", "the", "on", "of") and joined < 2:
                joined += 1
            elif not hyphen and not dot:
                return None
            number += 1
            if number >= len(self.tokens):
                return None
        return None

    def read_run(self, first: int, last: int) -> None:
        """Take the names out of a run of capitalised words, longest first, then the venue that they may make."""
        found: list[Spot] = []
        at = first
        before_title = self.after_title(first)
        while at <= last:
            spot = self.longest_place(at, last)
            if spot is None:
                at += 1
                continue
            found.append(spot)
            at = spot.last + 1
        venue = self.find_venue(first, last, found)
        if before_title and venue is None:
            found = [spot for spot in found if spot.name_last > spot.name_first and spot.first == first]
        for spot in found:
            self.mark_neighbours(spot, first, last, found)
            if venue is None or not venue.first <= spot.first <= venue.last:
                self.spots.append(spot)
        if venue is not None:
            self.spots.append(venue)
        if not found and venue is None:
            self.spots.append(self.unknown(first, last))
        self.spots.sort(key=lambda spot: spot.first)

    def after_title(self, first: int) -> bool:
        """Tell whether a title of persons stands right before a run or begins it."""
        before = first - 1
        if self.low(before) == "." and self.low(before - 1) in TITLES:
            before -= 1
        return self.low(before) in TITLES and "\n" not in self.gap(before)

    def longest_place(self, at: int, last: int) -> Spot | None:
        """Give the longest name from a token on that is a nationality or known to the gazetteer."""
        top = min(last, at + LONGEST + 2, len(self.tokens) - 1)
        for end in range(top, at - 1, -1):
            if not (self.tokens[end].is_name or self.tokens[end].text == "."):
                continue
            words = self.text[self.tokens[at].start : self.tokens[end].end]
            if at == end and (spot := self.abbreviation(at)):
                return spot
            if self.gazetteer.nationality(words):
                country = self.gazetteer.nationality(words)
                return Spot(at, end, words, "nationality", (country,) if country else (), "", at, end)
            entries = self.named(at, end, words)
            if entries:
                return Spot(at, end, words, "place", entries, "", at, end)
        return None

    def abbreviation(self, at: int) -> Spot | None:
        """Read "Calif.", "TX" or "D.C." after a name and a comma as the state it stands for."""
        token = self.tokens[at]
        state = US_STATES.get(token.text.replace(".", "").upper())
        before = self.low(at - 1)
        near = before == "," or (token.text.count(".") > 1 and at > 0 and self.tokens[at - 1].is_name)
        if not state or not near or (token.text.isupper() is False and self.low(at + 1) != "."):
            return None
        entries = tuple(e for e in self.gazetteer.lookup(state) if e.kind == "admin1" and e.country_code == "US")
        return Spot(at, at, state, "place", entries, "admin1", at, at, evidence=True)

    def named(self, at: int, end: int, words: str) -> tuple[Entry, ...]:
        """Give what the gazetteer knows under the words, nothing where they are rather common words."""
        if at == end:
            token = self.tokens[at]
            acronym = token.text.isupper() and len(token.text.replace(".", "")) <= 4
            if token.low in NO_NAMES and token.low not in ("us",):
                return ()
            if acronym:
                listed = self.gazetteer.lookup(words)
                return tuple(e for e in listed if e.listed or e.kind == "country") if token.text != "US." else ()
            if len(token.text) < 3:
                return ()
        elif any(self.tokens[n].low in MONTHS | WEEKDAYS for n in (at, end)):
            return ()
        elif self.tokens[at].low in NO_NAMES and self.starts_sentence(at) and self.tokens[at].low not in DIRECTIONS:
            found = self.gazetteer.lookup(words)
            return found if any(e.population > 50_000 or e.listed for e in found) else ()
        return self.gazetteer.lookup(words)

    def find_venue(self, first: int, last: int, found: list[Spot]) -> Spot | None:
        """Give the building or site that a run of names ends in, or None."""
        start = self.skip_common(first, last)
        whole = next((s for s in found if s.first == start and s.last == last), None)
        if whole is not None and whole.what == "place":
            return None
        end = next((n for n in range(last, start, -1) if self.tokens[n].low in VENUE_NOUNS), None)
        if end is None and self.tokens[start].low in VENUE_OF and self.low(last + 1) == "of":
            end = last
        if end is None:
            return self.lower_venue(start, last, found)
        if self.tokens[end].low in VENUE_OF or self.tokens[end].low.endswith("s"):
            end = self.extend_of(end)
        inner = next((s for s in found if s.first >= start and s.last <= end and s.what == "place"), None)
        return self.venue(start, max(end, start), inner)

    def skip_common(self, first: int, last: int) -> int:
        """Give the first token of a run that is not just the capital of a sentence, a date or a direction."""
        start = first
        common = (
            MONTHS | WEEKDAYS | DIRECTIONS | {"the", "a", "an", "in", "at", "on", "near", "outside", "two", "three"}
        )
        while start < last and (self.tokens[start].low in common or not self.tokens[start].is_name):
            start += 1
        return start

    def lower_venue(self, start: int, last: int, found: list[Spot]) -> Spot | None:
        """Read "Russian embassy", "Kabul airport" and "Interior ministry" as venues."""
        number, words = last + 1, 0
        while words < 3 and number < len(self.tokens) and self.gap(number - 1) in (" ", "") and words < 3:
            low = self.low(number)
            if low in LOWER_VENUES:
                spot = found[-1] if found and found[-1].last == last else None
                ministry = self.tokens[last].low in MINISTRIES and low == "ministry"
                named = spot is not None and spot.first == start
                embassy = named and low in ("embassy", "consulate")
                if (
                    ministry
                    or embassy
                    or (named and spot and spot.what == "place" and low in ("airport", "prison", "base"))
                ):
                    return self.venue(start, number, spot if spot and spot.what == "place" else None)
                return None
            if low not in ("international", "air", "military", "army", "naval", "central"):
                return None
            words += 1
            number += 1
        return None

    def extend_of(self, end: int) -> int:
        """Give the last token of "Ministry of Hajj and Religious Affairs", "University of Central Arkansas"."""
        if self.low(end + 1) != "of":
            return end
        at = end + 2
        if self.low(at) == "the":
            at += 1
        if at >= len(self.tokens) or not self.tokens[at].is_name:
            return end
        at = self.run_end(at)
        while self.low(at + 1) in ("and", "&") and at + 2 < len(self.tokens) and self.tokens[at + 2].is_name:
            more = self.run_end(at + 2)
            if self.tokens[more].low not in ("affairs", "education", "culture", "tourism", "technology", "relief"):
                break
            at = more
        return at

    def venue(self, first: int, last: int, inner: Spot | None) -> Spot:
        """Give the spot of a building or site, with the place in its name."""
        name = self.text[self.tokens[first].start : self.tokens[last].end]
        known = tuple(e for e in self.gazetteer.lookup(name) if e.kind in ("site", "neighbourhood"))
        return Spot(first, last, name, "venue", known, "", first, last, inner)

    def unknown(self, first: int, last: int) -> Spot:
        """Give the spot of a name that no gazetteer knows."""
        start = self.skip_common(first, last)
        name = self.text[self.tokens[start].start : self.tokens[last].end]
        return Spot(start, last, name, "unknown", (), "", start, last)

    def mark_neighbours(self, spot: Spot, first: int, last: int, found: list[Spot]) -> None:
        """Note whether capitalised words that are no places stand beside a spot in its run."""
        taken = {n for other in found for n in range(other.first, other.last + 1)}
        plain = DIRECTIONS | set(KIND_WORDS) | MONTHS | WEEKDAYS | {"-", ".", "the", "of"}
        before, after = spot.first - 1, spot.last + 1
        while before >= first and (self.low(before) == "-" or not self.tokens[before].is_name):
            before -= 1
        while after <= last and (self.low(after) == "-" or not self.tokens[after].is_name):
            after += 1
        left_free = before < first or before in taken or self.low(before) in plain
        if not left_free and self.low(before) in NO_NAMES and self.starts_sentence(before):
            left_free = True
        spot.left_name = not left_free
        spot.right_name = not (after > last or after in taken or self.low(after) in plain)
