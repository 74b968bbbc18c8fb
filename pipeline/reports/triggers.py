"""Find the words in a piece of a sentence that name violence, and say how surely each does.

The words are the list `events`; a weak one has peaceful senses too, and counts only where its surroundings mean harm. A
verb that is part of a strong sign of the list `event_types` ("set the bus ablaze", "exchanged fire") is as sure.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from spacy.tokens import Span, Token

from pipeline.kinds.read import weapon_phrases
from pipeline.kinds.signs import event_phrases
from pipeline.kinds.targets import target_phrases
from pipeline.reports.language import Tools
from pipeline.reports.senses import ARMED, is_figurative, is_hurt_by_nature

SURE = frozenset({"armed clash"})  # event types whose signs name a deed and no weapon, even without a verb
LAUNCH = frozenset("throw hurl lob toss pelt fire launch lay plant drop discharge spray".split())
TAKE = frozenset({"seize", "capture"})
STRIKERS = re.compile(
    r"\b(?:unions?|wages?|pay|walk-?out|teachers?|nurses?|pilots?|dockers?|drivers?|workers?|staff|employees)\b",
    re.IGNORECASE,
)
SHOT = ("shot", "wounded", "killed", "injured", "dead", "slain")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that names violence, and how surely: strong or weak."""

    token: Token
    strength: str


def find_triggers(span: Span, tools: Tools, counted: Collection[int] = ()) -> list[Trigger]:
    """Give the words that name violence, the strong ones first; those that `counted` people surely do."""
    harmless, sure = read_signs(span)
    told = dict.fromkeys(counted, "strong")
    found = []
    for token in span:
        known = "" if token.i in harmless else strength_of(token, tools)
        strength = "strong" if token.i in sure and token.i not in harmless else known or told.get(token.i, "")
        if strength and not is_figurative(token):
            found.append(Trigger(token, strength))
    return sorted(found, key=lambda trigger: trigger.strength == "weak")


def read_signs(span: Span) -> tuple[set[int], set[int]]:
    """Give the tokens of harmless phrases ("heart attack"), and the verbs of phrases that surely name violence."""
    harmless: set[int] = set()
    sure: set[int] = set()
    for found in event_phrases().find(span.text):
        event_type, _, force = found.meaning.partition("|")
        words = span.char_span(found.start, found.end, alignment_mode="expand")
        if words is None:
            continue
        if event_type == "none":
            harmless |= {t.i for t in words}
        elif force == "strong" and (len(words) > 1 or words[0].tag_[:2] == "VB"):
            verbs = {t.i for t in words if t.tag_[:2] == "VB" and t.tag_ != "VB"}
            sure |= verbs or ({words[-1].i} if event_type in SURE else set())
    return harmless, sure


def strength_of(token: Token, tools: Tools) -> str:
    """Give how surely a word names violence as it stands: strong, weak, or nothing."""
    form = "noun" if token.tag_[:2] == "NN" else "verb" if token.tag_[:2] == "VB" else ""
    lemma = token.lower_ if token.tag_[:3] == "NNP" else token.lemma_.lower()
    strength = tools.events.get((lemma, form), "").replace("hint", "")
    if not strength and token.lower_ in SHOT:
        return "strong"
    if strength != "weak":
        return strength
    return "strong" if is_plain(token) else "weak" if means_harm(token) else ""


def is_plain(verb: Token) -> bool:
    """Tell whether a weak verb leaves no doubt: armed men or weapons hit something, or a house or a bus is burned."""
    lemma = verb.lemma_.lower()
    if verb.tag_ not in ("VBD", "VBN") or lemma not in ("hit", "strike", "target", "burn"):
        return False
    parts = ("nsubjpass", "dobj") if lemma == "burn" else ("nsubj", "agent")
    text = " ".join(t.text for c in verb.children if c.dep_ in parts for t in c.subtree)
    if lemma == "burn":
        return any(found.meaning != "none" for found in target_phrases().find(text))
    named = ARMED.search(text) or next(weapon_phrases().find(text), None)
    return acts(verb) and named is not None and not is_hurt_by_nature(verb)


def means_harm(token: Token) -> bool:
    """Tell whether a word that has peaceful senses too is meant as violence here: "hurled a grenade", "hit a hotel"."""
    lemma = token.lemma_.lower()
    following = token.doc[token.i + 1 : token.i + 7].text
    if token.tag_[:2] == "VB" and lemma in LAUNCH:
        return any(found.meaning != "none" for found in weapon_phrases().find(following))
    if lemma in TAKE:
        return ARMED.search(token.doc.text) is not None
    if lemma == "strike" and token.tag_[:2] == "NN":
        return STRIKERS.search(token.doc.text) is None
    if lemma in ("strike", "hit"):
        return acts(token) and not is_hurt_by_nature(token)
    if lemma == "target":
        return token.tag_[:2] == "VB" or "target of" in token.doc[token.i : token.i + 2].text
    if lemma in ("crash", "plow", "plough"):
        return re.search(r"\b(?:into|through)\b", following) is not None
    return lemma not in ("open", "set", "blow", "gun") and (lemma != "hack" or acts(token))


def acts(verb: Token) -> bool:
    """Tell whether a verb has an object, a passive subject, or armed men as its subject: "a bomber struck"."""
    return any(
        c.dep_ in ("dobj", "nsubjpass") or (c.dep_ == "nsubj" and re.search(r"drone|missile|" + ARMED.pattern, c.text))
        for c in verb.children
    )
