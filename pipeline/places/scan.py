"""Find the words of an article that may name a place: capitalised names, venues, nationalities, with exact offsets.

A scan proposes only: each `Spot` carries every place its words can mean. `places` decides which of them are places of
the article, and which ones.
"""

from pipeline.places.gazetteer import Entry, Gazetteer
from pipeline.places.spots import Spot
from pipeline.places.tokens import ARTICLES, JOINERS, Tokens
from pipeline.places.venues import find_venue, skip_common
from pipeline.places.words import (
    DIRECTIONS,
    GROUPS,
    KIND_WORDS,
    MONTHS,
    NO_NAMES,
    PERSON_NAMES,
    PRESS,
    SAYING,
    TITLES,
    US_STATES,
    WEEKDAYS,
)

LONGEST = 8  # tokens of a name, hyphens and joining words included
DAY_WORDS = WEEKDAYS | frozenset("on last late early yesterday today this".split())
STAND_INS = frozenset({"capital", "city", "town", "here"})
NO_CAPITAL = frozenset(
    "punishment murder gains market markets charge charges crime crimes offence offense flight sentence case".split()
)
PLAIN = DIRECTIONS | frozenset(KIND_WORDS) | MONTHS | WEEKDAYS | frozenset({"-", ".", "the", "of"})


class Scan(Tokens):
    """One article's tokens, and the spots found in them."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        """Scan `text` from its first to its last word."""
        super().__init__(text)
        self.gazetteer = gazetteer
        self.spots: list[Spot] = []
        self.persons: set[str] = set()  # surnames of persons named in full
        at = 0
        for number, token in enumerate(self.tokens):
            if number >= at and (token.is_name or token.low in ARTICLES) and self.begins_name(number):
                at = self.read_run(number, self.run_end(number))
            elif token.low in STAND_INS and (what := stand_in(self, number)):
                self.spots.append(Spot(number, number, token.text, what, (), "", number, number))

    def read_run(self, first: int, last: int) -> int:
        """Take the places out of a run of capitalised words, longest first; give the number of the token after it."""
        found: list[Spot] = []
        at = first
        while at <= last:
            spot = self.longest_place(at, last)
            if spot:
                found.append(spot)
            at = spot.last + 1 if spot else at + 1
        venue = find_venue(self, self.gazetteer, first, last, found)
        if venue:
            found = [s for s in found if s.last < venue.first]
            self.spots += [*self.split_run(first, venue.first - 1, found), venue]
            return max(last, venue.last) + 1
        if self.after_title(first):
            self.persons.add(self.low(last))
            found = [s for s in found if s.first == first and not s.is_single]
        last = max(last, *(s.last for s in found)) if found else last
        self.spots += self.split_run(first, last, found)
        return last + 1

    def split_run(self, first: int, last: int, found: list[Spot]) -> list[Spot]:
        """Give the spots of a run in order: places, and what is left between them as unknown names.

        A place with a capitalised word before it that is none ("Jan Khan") is part of an unknown name.
        """
        if self.low(last) in GROUPS and first < last:
            return [
                spot for spot in found if spot.what == "nationality" or (spot.first == first and not is_minor(spot))
            ]
        spots: list[Spot] = []
        free = first
        for spot in self.merge_minor(found):
            left = [n for n in range(free, spot.first) if self.is_part(n)]
            if left and spot.what == "place":
                spots.append(self.unknown(left[0], spot.last))
            else:
                spots += [self.unknown(left[0], left[-1])] if left else []
                spots.append(spot)
            free = spot.last + 1
        rest = [n for n in range(free, last + 1) if self.is_part(n)]
        before = spots[-1] if spots and rest and self.are_beside(spots[-1].last, rest[0]) else None
        named = self.low(last + 1) in KIND_WORDS and not self.is_name(last + 1)  # "the Ain Zara suburb"
        if before and (before.what == "unknown" or is_minor(before) or (named and is_town(before))):
            spots[-1] = self.unknown(before.first, rest[-1])
        elif rest:
            if before:
                before.right_name = True
            spots.append(self.unknown(rest[0], rest[-1]))
        return [spot for spot in spots if spot.what != "unknown" or not self.is_common(spot)]

    def is_common(self, spot: Spot) -> bool:
        """Tell whether an unknown name is made of common words only: "Taliban", "Islamic State"."""
        return all(self.low(n) in NO_NAMES or not self.is_name(n) for n in range(spot.first, spot.last + 1))

    def merge_minor(self, found: list[Spot]) -> list[Spot]:
        """Make one unknown name of small places that stand side by side and have nothing to do with each other."""
        merged: list[Spot] = []
        for spot in found:
            before = merged[-1] if merged else None
            beside = before and before.what == spot.what == "place" and self.are_beside(before.last, spot.first)
            minor = before and is_minor(before) and is_minor(spot)
            if before and beside and is_town(before) and is_town(spot) and (minor or not lie_together(before, spot)):
                merged[-1] = self.unknown(before.first, spot.last)
            else:
                merged.append(spot)
        return merged

    def are_beside(self, one: int, other: int) -> bool:
        """Tell whether two tokens follow each other, hyphens and small joining words between them aside."""
        return all(self.low(n) == "-" or self.low(n) in JOINERS for n in range(one + 1, other))

    def is_part(self, number: int) -> bool:
        """Tell whether a token of a run is part of some name, not just a common word with a capital."""
        low = self.low(number)
        if low in PLAIN or not self.tokens[number].text[0].isalpha():
            return False
        return not (low in NO_NAMES and self.starts_sentence(number) and self.low(number + 1) != "-")

    def after_title(self, first: int) -> bool:
        """Tell whether a title of persons stands right before a run."""
        before = first - 2 if self.low(first - 1) == "." else first - 1
        return self.low(before) in TITLES and "\n" not in self.gap(before)

    def longest_place(self, at: int, last: int) -> Spot | None:
        """Give the longest name from a token on that is a nationality or known to the gazetteer."""
        for end in range(min(last, at + LONGEST), at - 1, -1):
            if not (self.is_name(at) or self.low(at + 1) == "-") or not self.is_name(end):
                continue
            words = self.slice(at, end)
            if at == end and (spot := self.abbreviation(at)):
                return spot
            if country := self.gazetteer.nationality(words):
                return Spot(at, end, words, "nationality", (country,), "", at, end)
            if end == last and (whole := self.named_with_and(at, end)):
                return whole
            if entries := self.named(at, end, words):
                return Spot(at, end, words, "place", entries, "", at, end)
        return None

    def named_with_and(self, at: int, end: int) -> Spot | None:
        """Read a name with "and" or "of" in it: "Jammu and Kashmir", "Democratic Republic of the Congo"."""
        last = end + 3 if self.low(end + 1) == "of" and self.low(end + 2) == "the" else end + 2
        if self.low(end + 1) not in ("and", "of") or not self.is_name(last):
            return None
        words = self.slice(at, last)
        entries = tuple(e for e in self.gazetteer.lookup(words) if e.kind in ("country", "admin1"))
        return Spot(at, last, words, "place", entries, "", at, last) if entries else None

    def abbreviation(self, at: int) -> Spot | None:
        """Read "Calif.", "TX" or "D.C." after a name and a comma as the state it stands for."""
        text = self.tokens[at].text
        state = US_STATES.get(text.replace(".", "").upper())
        if state is None or not (self.low(at - 1) == "," or ("." in text and self.is_name(at - 1))):
            return None
        if not text.isupper() and self.low(at + 1) != ".":
            return None
        entries = tuple(e for e in self.gazetteer.lookup(state) if e.kind == "admin1" and e.country_code == "US")
        return Spot(at, at, state, "place", entries, "admin1", at, at, evidence=True)

    def named(self, at: int, end: int, words: str) -> tuple[Entry, ...]:
        """Give what the gazetteer knows under the words, nothing where they are rather common words."""
        ends = {self.low(at), self.low(end)}
        if ends & (MONTHS | WEEKDAYS) or self.is_press(end + 1):
            return ()
        if at == end:
            return self.named_alone(at)
        found = self.gazetteer.lookup(words)
        if self.low(at) in NO_NAMES and self.starts_sentence(at) and self.low(at) not in DIRECTIONS:
            return found if any(e.population > 50_000 or e.listed for e in found) else ()
        return found

    def is_press(self, at: int) -> bool:
        """Tell whether a word makes a newspaper of the name before it: "The Baltimore Sun"."""
        return self.low(at) in PRESS and self.is_name(at) and self.low(at + 1) != "office"

    def named_alone(self, at: int) -> tuple[Entry, ...]:
        """Give what the gazetteer knows under one word: short words in capitals are countries or listed, or nothing."""
        token = self.tokens[at]
        letters = token.text.replace(".", "")
        if len(letters) <= 4 and letters.isupper():
            return tuple(e for e in self.gazetteer.lookup(token.text) if e.listed or e.kind == "country")
        first_name = token.low in PERSON_NAMES and self.is_name(at + 1) and self.gap(at) == " "
        if token.low in NO_NAMES or len(letters) < 3 or first_name:
            return ()
        return self.gazetteer.lookup(token.text)

    def unknown(self, first: int, last: int) -> Spot:
        """Give the spot of a name that no gazetteer knows, without the word for its kind at its end."""
        start = skip_common(self, first, last)
        if start < last and self.low(last) in KIND_WORDS:
            last -= 1
        if self.low(start) in PERSON_NAMES and start < last:
            self.persons.add(self.low(last))
        return Spot(start, last, self.slice(start, last), "unknown", (), "", start, last)


def stand_in(words: Tokens, number: int) -> str:
    """Tell what a word stands for: the capital of a country, "here" where the report was sent from, the city told of.

    >>> text = Tokens("in the capital on Friday, in Herat, the capital of Herat, and shot here on Monday, said here")
    >>> [stand_in(text, n) for n in range(len(text)) if text.low(n) in ("capital", "here")]
    ['capital', '', 'here', '']
    """
    low, before, after = words.low(number), words.low(number - 1), words.low(number + 1)
    if low in ("city", "town"):
        inside = words.low(number - 2) in ("in", "across", "of") and after in (".", ",", "on", "late", "early")
        return "city" if before == "the" and (after == "'s" or inside) and not words.is_name(number + 1) else ""
    if low == "here":
        said = any(words.low(n) in SAYING for n in range(number - 4, number))
        beside = words.is_name(number - 1) or before in ("of", "from") or after in DAY_WORDS
        return "here" if not said and beside else ""
    told = words.is_name(number + 1) or (after == "," and words.is_name(number + 2)) or after in ("of", *NO_CAPITAL)
    beside = before == "the" and words.low(number - 2) == "," and words.is_name(number - 3)
    whose = before in ("the", "'s") or words.is_name(number - 1)
    return "capital" if low == "capital" and whose and not told and not beside else ""


def lie_together(one: Spot, other: Spot) -> bool:
    """Tell whether a place that one spot can mean lies in a larger one that the other can mean."""
    return any(a.kind != b.kind and (a.lies_in(b) or b.lies_in(a)) for a in one.entries for b in other.entries)


def is_town(spot: Spot) -> bool:
    """Tell whether a spot names neither a country nor a province."""
    return spot.what == "place" and not any(e.kind in ("country", "admin1") for e in spot.entries)


def is_minor(spot: Spot) -> bool:
    """Tell whether a spot names small places only, so that a capitalised word after it makes it another name."""
    major = any(e.listed or e.kind in ("country", "admin1") or e.population >= 100_000 for e in spot.entries)
    return spot.what == "place" and not major
