"""Find the words of a text that point to an event type, and drop those whose surroundings take the meaning away."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.tables.codes import EVENT_TYPES
from pipeline.text.phrases import Found, Phrases, load_phrases


@dataclass(frozen=True, slots=True)
class Sign:
    """Words that point to an event type; a weak sign counts only where nothing else does."""

    event_type: str
    strong: bool
    start: int
    end: int
    words: str


@cache
def event_phrases() -> Phrases:
    """Load the words that point to event types."""
    return load_phrases("event_types", ("event_type", "sign"), {code.word for code in EVENT_TYPES})


@lru_cache(maxsize=256)  # a piece is asked for alone, and again with the others of its incident
def find_signs(text: str) -> tuple[Sign, ...]:
    """Give the words of one span that point to an event type.

    >>> [(s.event_type, s.words) for s in find_signs("No bomb was found; gunmen opened fire.")]
    [('shooting', 'gunmen'), ('shooting', 'opened fire')]
    """
    signs = []
    for found in event_phrases().find(text):
        event_type, _, force = found.meaning.partition("|")
        if event_type == "none" or any(rule(text, found, event_type) for rule in DROPS):
            continue
        signs.append(Sign(event_type, force == "strong", found.start, found.end, found.words))
    return tuple(signs)


def is_negated(text: str, found: Found, event_type: str) -> bool:
    """Say whether a sign is denied by the words before it.

    >>> text = "It was not a suicide bombing."
    >>> is_negated(text, Found(13, 28, "suicide bombing", ""), "suicide bombing")
    True
    """
    before = text[max(0, found.start - 40) : found.start]
    return bool(
        re.search(
            r"\b(?:no|not|n't|never|without|nor|neither|rather than|instead of|ruled out|rule out)"
            r"(?: (?:an?|the|any|been|being|was|by|of|signs?|caused))*\s*$",
            before,
            re.IGNORECASE,
        )
    )


def is_attackers_end(text: str, found: Found, event_type: str) -> bool:
    """Say whether the words tell how the attackers died, which is not the means of their attack.

    >>> text = "Two attackers were shot dead by police."
    >>> is_attackers_end(text, Found(19, 23, "shot", ""), "shooting")
    True
    """
    if event_type not in {"shooting", "armed clash", "raid"}:
        return False
    before, after = text[max(0, found.start - 50) : found.start], text[found.end : found.end + 60]
    attackers = (
        r"\b(?:attackers?|assailants?|bombers?|perpetrators?|suspects?|hijackers?|kidnappers?|abductors?"
        r"|knifeman|arsonists?|rioters?)"
    )
    passive = re.search(
        attackers
        + (
            r"(?: (?:who|himself|also|later|then|all))*(?:,? (?:was|were|is|are|being|been|had|has|have))+ "
            r"(?:\w+ly |also |then |later )*$"
        ),
        before,
    )
    active = re.search(
        (
            r"^(?: (?:dead|and killed|and wounded|and injured))*(?: (?:the|a|an|one|two|three|four|both|all"
            r"|of))* "
        )
        + attackers,
        after,
    )
    by_police = re.search(
        (r"^ (?:dead |and killed )*by (?:\w+ ){0,2}(?:police|officers?|guards?|security|soldiers?|troops)\b"), after
    )
    said_of_him = re.search(r"\b(?:he|she|they|who|man|woman) (?:was|were) (?:\w+ly |then |later )*$", before)
    return bool(passive or active or (by_police and said_of_him))


def is_aside(text: str, found: Found, event_type: str) -> bool:
    """Say whether burning or abducting is only what the attackers also did after they had killed.

    >>> text = "Rebels attacked the village, killing six and burning homes."
    >>> is_aside(text, Found(45, 52, "burning", ""), "arson")
    True
    """
    if event_type not in {"arson", "kidnapping"}:
        return False
    before = text[: found.start]
    return bool(re.search(r"\bkill(?:ed|ing)\b[^.;]*\b(?:and|as well as|before)\b[^.;,]{0,50}$", before))


def is_attribute(text: str, found: Found, event_type: str) -> bool:
    """Say whether the word only describes a thing: "the burned front" tells what is left, not what was done.

    >>> text = "The burned front of a shop"
    >>> is_attribute(text, Found(4, 10, "burned", ""), "arson")
    True
    """
    before, after = text[: found.start], text[found.end :]
    described = re.search(r"\b(?:the|an?|its|their|of)\s+$", before, re.IGNORECASE) and re.match(r"[- ][a-z]", after)
    return found.words.lower() in {"burned", "burnt", "burning"} and bool(described)


def is_booty(text: str, found: Found, event_type: str) -> bool:
    """Say whether a weapon is only what was seized after a fight.

    >>> text = "After the shootout the army seized rifles and two hand grenades."
    >>> is_booty(text, Found(50, 63, "hand grenades", ""), "bombing")
    True
    """
    if event_type not in {"bombing", "suicide bombing", "stabbing", "shelling"}:
        return False
    before = text[: found.start]
    taken = re.search(r"\b(?:seized|confiscated|recovered|impounded)\b[^.;]{0,90}$", before, re.IGNORECASE)
    after = text[found.end :]
    passive = re.match(r"[^.;]{0,60}?\b(?:were|was|been) (?:also )?(?:seized|confiscated|recovered|impounded)\b", after)
    return bool(taken or passive) and not re.match(r"[^.;]{0,30}?\b(?:exploded|detonated|went off)", after)


def is_break_in(text: str, found: Found, event_type: str) -> bool:
    """Say whether a vehicle only broke a door open: for a robbery or a fire, not to run people over.

    >>> text = "They rammed a stolen jeep through the doors of a bank and set it alight."
    >>> is_break_in(text, Found(5, 11, "rammed", ""), "vehicle attack")
    True
    """
    through = (
        r"[^.;]{0,40}?\b(?:through|into) (?:the|an?) (?:[\w-]+ ){0,3}?(?:front|doors?|window|shutters?|gates?|wall"
        r"|entrance|shopfront|façade|facade)\b[^.;]*\b(?:set|fire|alight|ablaze|torch\w*|robb\w+|stole|loot\w*|theft)\b"
    )
    return event_type == "vehicle attack" and bool(re.match(through, text[found.end :], re.IGNORECASE))


DROPS: tuple[Callable[[str, Found, str], bool], ...] = (
    is_negated,
    is_attackers_end,
    is_aside,
    is_attribute,
    is_booty,
    is_break_in,
)
