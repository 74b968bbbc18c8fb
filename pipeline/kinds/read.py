"""Read what kind of incident the words tell of: event type, weapon, suicide, target and status.

Everything rests on word lists in `seeds/words` and a few rules about their surroundings; no parse is needed. Where
words name several means, the codebook's order decides: means before purpose, the more exact before the common.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.actors.background import mask_background
from pipeline.kinds.choices import CHOICES, MEANS
from pipeline.kinds.signs import Sign, find_signs, is_negated
from pipeline.kinds.statuses import read_status
from pipeline.kinds.targets import read_target
from pipeline.tables.codes import CODES
from pipeline.text.phrases import Phrases, load_phrases

PURPOSES = ("explosion", "assassination", "execution", "kidnapping", "hijacking")
OTHERS = ("riot", "armed clash", "raid", "armed attack", "other violence")
RANK = {name: rank for rank, name in enumerate((*MEANS, *PURPOSES, *OTHERS))}
FIXED_WEAPON = {
    "suicide bombing": "explosives",
    "bombing": "explosives",
    "vehicle attack": "vehicle",
    "shelling": "artillery",
    "arson": "incendiary",
    "stabbing": "melee",
    "shooting": "firearms",
}
NOT_SUICIDE = re.compile(
    r"\b(?:planted|placed|hidden|buried|parked|remote(?:ly)?[- ]control\w*|remotely|roadside|timed|timer|time bombs?"
    r"|magnetic|sticky|left (?:in|at|on|under|by|outside)|thrown|threw|throws|throwing|hurled|lobbed"
    r"|tossed|land ?mines?"
    r"|booby[- ]trap\w*|parcel|letter bombs?|attached to|not a suicide)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """What kind of incident, with the rule behind each column."""

    event_type: str
    weapon: str
    suicide: str
    target_type: str
    target_text: str
    status: str
    rules: tuple[tuple[str, str], ...] = ()


def read_kind(spans: Sequence[str]) -> Kind:
    """Read the kind of the incident that `spans` tell of, the leading span first.

    >>> kind = read_kind(["A car bomb exploded outside the police station, killing two officers."])
    >>> kind.event_type, kind.weapon, kind.target_type, kind.target_text
    ('bombing', 'explosives', 'police', 'police station')
    """
    texts = own_texts(spans)
    event_type, words = choose_event_type([find_signs(text) for text in texts], texts)
    weapon = read_weapon(texts, event_type)
    target = read_target(texts)
    status, status_words = read_status(texts)
    rules = (
        ("event_type", words),
        ("status", status_words),
        ("target_type", target.rule),
    )
    return Kind(event_type, weapon, read_suicide(texts, event_type), target.kind, target.words, status, rules)


def read_event_type(spans: Sequence[str]) -> str:
    """Read no more than the event type that `spans` tell of, the leading span first.

    >>> read_event_type(["A car bomb exploded outside the police station."])
    'bombing'
    """
    texts = own_texts(spans)
    return choose_event_type([find_signs(text) for text in texts], texts)[0]


def own_texts(spans: Sequence[str]) -> list[str]:
    """Give the texts of spans without what they say of other incidents."""
    return [mask_background(span.replace("’", "'")) for span in spans]


@cache
def weapon_phrases() -> Phrases:
    """Load the words for weapons."""
    return load_phrases("weapons", ("weapon",), {code.word for code in CODES["weapon"]})


def choose_event_type(signs: Sequence[Sequence[Sign]], texts: Sequence[str]) -> tuple[str, str]:
    """Choose one event type among the signs of all spans, and give it with the words that decided.

    >>> text = "Two soldiers were shot in a gun battle."
    >>> choose_event_type([find_signs(text)], [text])
    ('armed clash', 'gun battle')
    """
    flat = [sign for of_span in signs for sign in of_span]
    strong = [sign for sign in flat if sign.strong]
    for rule in CHOICES:
        if chosen := rule(signs, texts):
            return chosen.event_type, chosen.words
    for pool in (strong, flat):
        if pool:
            best = min(pool, key=lambda sign: RANK[sign.event_type])
            return best.event_type, best.words
    return "other violence", ""


def read_weapon(texts: Sequence[str], event_type: str) -> str:
    """Read the weapon, which for most event types follows from the type.

    >>> read_weapon(["Warplanes bombed the bridge."], "air or drone strike")
    'aircraft'
    >>> read_weapon(["They attacked with rifles."], "armed attack")
    'firearms'
    """
    found = [hit for text in texts for hit in weapon_phrases().find(text) if hit.meaning != "none"]
    named = {hit.meaning for hit in found if not any(is_negated(text, hit, "") for text in texts)}
    if "chemical" in named and event_type in {
        "air or drone strike",
        "shelling",
        "armed attack",
        "other violence",
        "explosion",
    }:
        return "chemical"
    if event_type == "air or drone strike":
        return "drone" if "drone" in named else "aircraft"
    if event_type == "explosion":
        return "unknown"
    if event_type in FIXED_WEAPON:
        return FIXED_WEAPON[event_type]
    return next((hit.meaning for hit in found if hit.meaning in named), "unknown")


def read_suicide(texts: Sequence[str], event_type: str) -> str:
    """Say whether an attacker meant to die: `yes` or `no` where the words tell, else `unknown`.

    >>> read_suicide(["A bomb planted under the car exploded."], "bombing")
    'no'
    """
    if event_type == "suicide bombing":
        return "yes"
    told = event_type in {"bombing", "explosion"} and any(NOT_SUICIDE.search(text) for text in texts)
    return "no" if told else "unknown"
