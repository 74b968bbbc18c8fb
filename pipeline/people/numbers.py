"""Read how many: numbers in digits and words, with what makes them open, vague or approximate.

The values follow the codebook's table "Numbers". What a number counts is not decided here.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.model import Count

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen".split()
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
WORD_VALUES = {w: n for n, w in enumerate(UNITS)} | {w: 10 * n for n, w in enumerate(TENS, start=2)}
SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1000000}
UNIT = "|".join(sorted(WORD_VALUES, key=len, reverse=True))
DIGITS = r"\d{1,3}(?:[,.]\d{3})+(?![\d])|\d+"
SPELLED = (
    rf"(?:(?:{UNIT})(?:[ -](?:{UNIT}))?|a)[ -]hundred(?: and (?:{UNIT})(?:[ -](?:{UNIT}))?)?|(?:{UNIT})(?:-(?:{UNIT}))?"
)
THOUSANDS = rf"(?:\d+\.\d+|{DIGITS}|{SPELLED}|a) (?:thousand|million|dozen)"
EXACT = rf"(?:{THOUSANDS}|{DIGITS}|{SPELLED}|dozen)"

# closed words for amounts: low, best, high, state
LOOSE: dict[str, Count] = {
    "half a dozen": Count(6, 6, 6, "approximate"),
    "a half dozen": Count(6, 6, 6, "approximate"),
    "dozens": Count(12, None, None, "vague"),
    "several dozen": Count(24, None, None, "vague"),
    "a few dozen": Count(24, None, None, "vague"),
    "several hundred": Count(200, None, None, "vague"),
    "a few hundred": Count(200, None, None, "vague"),
    "several thousand": Count(2000, None, None, "vague"),
    "a few thousand": Count(2000, None, None, "vague"),
    "tens of thousands": Count(10000, None, None, "vague"),
    "hundreds of thousands": Count(100000, None, None, "vague"),
    "a couple": Count(2, 2, 2, "exact"),
    "a pair": Count(2, 2, 2, "exact"),
    "tens": Count(10, None, None, "vague"),
    "scores": Count(20, None, None, "vague"),
    "a score": Count(20, 20, 20, "approximate"),
    "hundreds": Count(100, None, None, "vague"),
    "thousands": Count(1000, None, None, "vague"),
    "several": Count(2, None, None, "vague"),
    "a number": Count(2, None, None, "vague"),
    "many": Count(2, None, None, "vague"),
    "some": Count(2, None, None, "vague"),
    "numerous": Count(2, None, None, "vague"),
    "multiple": Count(2, None, None, "vague"),
    "a few": Count(2, None, None, "vague"),
    "a handful": Count(2, None, None, "vague"),
    "a group": Count(2, None, None, "vague"),
    "an unknown number": Count(None, None, None, "vague"),
    "an unspecified number": Count(None, None, None, "vague"),
    "an undetermined number": Count(None, None, None, "vague"),
    "both": Count(2, 2, 2, "exact"),
    "no": Count(0, 0, 0, "stated_zero"),
    "none": Count(0, 0, 0, "stated_zero"),
    "no one": Count(0, 0, 0, "stated_zero"),
    "nobody": Count(0, 0, 0, "stated_zero"),
}
LOOSE_WORDS = "|".join(re.escape(w) for w in sorted(LOOSE, key=len, reverse=True))

AT_LEAST = r"at least|not less than|no fewer than|no less than|a minimum of|minimum of"
MORE = r"more than|over|upwards? of|in excess of|above|well over"
UP_TO = r"up to|as many as|at most|no more than|fewer than|less than|a maximum of|as much as"
ABOUT = (
    r"about|around|nearly|some|almost|approximately|roughly|close to|an estimated|estimated|reportedly|circa|just under"
)
QUANTITY = re.compile(
    rf"\b(?:(?P<least>{AT_LEAST})|(?P<more>{MORE})|(?P<upto>{UP_TO})|(?P<about>{ABOUT}))?\s*(?:(?:between|from)\s+)?"
    rf"(?:another |an additional |additional |a further |further |all |the )?"
    rf"(?<![\w.,$€£-])(?<!\bno )(?<!\bhalf )(?<!\bhalf a )(?<!\bseveral )(?<!\bfew )(?P<first>{EXACT})"
    rf"(?:(?:\s*(?:-|–|to|and|or)\s*)(?P<second>{EXACT}))?(?P<ormore> or (?:even )?more|\+)?(?![\w]|\.\d)",
    re.IGNORECASE,
)
LOOSELY = re.compile(rf"\b(?:(?P<least>{AT_LEAST})\s+)?(?P<loose>{LOOSE_WORDS})\b(?:\s+of\b)?", re.IGNORECASE)
OPEN = {"least": "open_high", "more": "open_high", "upto": "open_low", "about": "approximate"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount as it stands in a text: where, in which words, and how much."""

    start: int
    end: int
    words: str
    count: Count


def read_integer(words: str) -> int | None:
    """Give the whole number that digits or number words mean, or None.

    >>> [read_integer(w) for w in ("1,200", "twenty-five", "one hundred and six", "two thousand", "a hundred", "soon")]
    [1200, 25, 106, 2000, 100, None]
    """
    text = words.lower().strip()
    if re.fullmatch(r"\d{1,3}(?:[,.]\d{3})+|\d+", text):
        return int(re.sub(r"[,.]", "", text)) if len(text) < 13 else None
    decimal = re.fullmatch(r"(\d+\.\d+) (dozen|thousand|million)", text)
    if decimal:
        return round(float(decimal[1]) * SCALES[decimal[2]])
    total = part = 0
    for word in re.split(r"[ -]+(?:and[ -]+)?", text):
        if word in SCALES and SCALES[word] <= 100:
            part = max(part, 1) * SCALES[word]
        elif word in SCALES:
            total, part = total + max(part, 1) * SCALES[word], 0
        elif word in WORD_VALUES:
            part += WORD_VALUES[word]
        elif word.isdigit():
            part += int(word)
        elif word != "a":
            return None
    return total + part


@lru_cache(maxsize=64)  # what counts people and what counts attacks ask for the same sentence
def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Give every amount in a text, in order, none overlapping another.

    >>> found = find_quantities("At least 25 died, between 10 and 12 were hurt, up to 30 say others; dozens fled.")
    >>> [(q.words, q.count.low, q.count.high) for q in found]
    [('At least 25', 25, None), ('between 10 and 12', 10, 12), ('up to 30', None, 30), ('dozens', 12, None)]
    """
    found: list[Quantity] = []
    for match in QUANTITY.finditer(text):
        found += quantities_of(match)
    taken = [(q.start, q.end) for q in found]
    for match in LOOSELY.finditer(text):
        if not any(a < match.end() and match.start() < b for a, b in taken):
            count = LOOSE[match["loose"].lower()]
            state = "open_high" if match["least"] and count.state in ("exact", "approximate") else count.state
            count = replace(count, state=state, high=None if state == "open_high" else count.high)
            found.append(Quantity(match.start(), match.end(), match.group(), count))
    return tuple(sorted(found, key=lambda q: q.start))


def quantities_of(match: re.Match[str]) -> list[Quantity]:
    """Give the amounts in one match: one, a range, or two that only stand side by side."""
    first = read_integer(match["first"])
    second = read_integer(match["second"]) if match["second"] else None
    opening = next((OPEN[name] for name in OPEN if match[name]), None)
    if first is None:
        return []
    if second is None:
        end = match.end("ormore") if match["ormore"] else match.end("first")
        return [whole(match, match.start(), end, counted(first, "open_high" if match["ormore"] else opening))]
    joiner = match.string[match.end("first") : match.start("second")].strip().lower()
    between = "between" in match.group().lower()
    if (
        first < second
        and (joiner != "and" or between)
        and (joiner != "or" or second == first + 1 or second <= 2 * first)
    ):
        low, best, high = first, first, second
        state = opening or "exact"
        count = Count(low, best, None if state == "open_high" else high, state)
        return [whole(match, match.start(), match.end("second"), count)]
    left = whole(match, match.start(), match.end("first"), counted(first, opening))
    return [left, whole(match, match.start("second"), match.end("second"), counted(second, None))]


def whole(match: re.Match[str], start: int, end: int, count: Count) -> Quantity:
    """Make the amount that stands between two offsets of the matched text, without the space around it."""
    words = match.string[start:end]
    start += len(words) - len(words.lstrip())
    return Quantity(start, end, words.strip(), count)


def counted(value: int, opening: str | None) -> Count:
    """Give the count of one number, opened as its words say.

    >>> counted(30, "open_low")
    Count(low=None, best=None, high=30, state='open_low', rule='')
    """
    if opening == "open_high":
        return Count(value, value, None, "open_high")
    if opening == "open_low":
        return Count(None, None, value, "open_low")
    if value == 0:
        return Count(0, 0, 0, "stated_zero")
    return Count(value, value, value, opening or "exact")


def add_counts(counts: list[Count]) -> Count:
    """Add counts that stand for different people; lows, bests and highs apart.

    >>> add_counts([Count(13, 13, 13, "exact"), Count(170, 170, None, "open_high")])
    Count(low=183, best=183, high=None, state='open_high', rule='')
    """
    counts = [c for c in counts if c.state != "stated_zero"] or counts[:1]
    if len(counts) == 1:
        return counts[0]
    lows = [c.low for c in counts if c.low is not None]
    bests = [c.best for c in counts]
    highs = [c.high for c in counts]
    states = [c.state for c in counts]
    order = ("vague", "open_high", "open_low", "approximate", "exact")
    return Count(
        sum(lows) if lows else None,
        None if None in bests else sum(b for b in bests if b is not None),
        None if None in highs else sum(h for h in highs if h is not None),
        next((s for s in order if s in states), "exact"),
    )
