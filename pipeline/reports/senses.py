"""Tell a word of violence from the same word in a harmless sense, and an attack from an accident or an act of nature.

The list `no_events` says what is harmed by nobody ("hit a record"), what harms without anybody's will ("a flood killed
two") and what speaks of an attack long after it ("the trial").
"""

import re
from functools import cache

from spacy.tokens import Token

from pipeline.kinds.signs import find_signs
from pipeline.text.phrases import Phrases, split_list
from pipeline.text.words import WORDS, load_words

LITERAL = frozenset("foil thwart lose claim take cost".split())  # a plan is foiled, a life is lost or taken
SIDES = ("nsubj", "dobj", "nsubjpass")
ARMED = re.compile(
    r"\b(?:gunm[ae]n|rebels?|militants?|insurgents?|terrorists?|guerrill?as?|jihadi(?:st)?s?|extremists?|bandits?|bombers?"
    r"|attackers?|assailants?|militia(?:men)?|hitmen|kidnappers?|hijackers?|pirates?|arsonists?|troops|soldiers opened"
    r"|fighters|armed (?:men|group))\b",
    re.IGNORECASE,
)
NATURAL = frozenset({"explosion", "other violence", "arson", "armed attack"})  # what an accident looks like too
ACTS = re.compile(r"(?:attack|assault|ambush|storm(?:ed|ing)|arson|torch|set |petrol|molotov|massacre)", re.IGNORECASE)


@cache
def listed(role: str) -> tuple[str, ...]:
    """Give the words of the list `no_events` that have a role."""
    rows = load_words(WORDS / "no_events.csv", ("role", "words"), ("role", "words"))
    return tuple(word for row in rows if row["role"] == role for word in split_list(row["words"]))


@cache
def causes() -> Phrases:
    """Load the words for what harms without anybody's will."""
    return Phrases((word, "cause") for word in listed("cause"))


@cache
def objects() -> frozenset[str]:
    """Load the things that are hit, struck or killed in a manner of speaking only."""
    return frozenset(listed("object"))


@cache
def later_words(form: str) -> frozenset[str]:
    """Load the words that speak of an attack long after it: the nouns, or the verbs and participles."""
    plain = (word.partition("/") for word in listed("later"))
    return frozenset(word for word, _, only in plain if not only or only == form)


def is_accident(text: str) -> bool:
    """Tell whether what harms in a piece of a sentence is an accident, a disaster or an illness, and no attack is told.

    "A crash killed two" is one; "a crash killed two as gunmen fled" names armed men, and is read as an attack.
    """
    if next(causes().find(text), None) is None or ARMED.search(text):
        return False
    return not any(s.event_type not in NATURAL or ACTS.match(s.words) for s in find_signs(text))


def is_figurative(token: Token) -> bool:
    """Tell whether a word of violence is used of what cannot be harmed: "hit a record", "a blast of criticism"."""
    if token.lemma_.lower() in LITERAL:
        return False
    if token.tag_[:2] == "VB":
        sides = [c for c in token.children if c.dep_ in SIDES]
        sides += [g for c in token.children if c.dep_ == "agent" for g in c.children]
        return any(c.lemma_.lower() in objects() for c in sides)
    of = [g for c in token.children if c.dep_ == "prep" and c.lower_ in ("of", "against", "with") for g in c.children]
    return any(g.dep_ == "pobj" and g.lemma_.lower() in objects() for g in of)


def is_hurt_by_nature(verb: Token) -> bool:
    """Tell whether the subject of a verb is no weapon and no person: "prices hit", "a storm struck"."""
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    return any(
        next(causes().find(" ".join(t.text for t in s.subtree)), None) or s.lemma_.lower() in objects()
        for s in subjects
    )
