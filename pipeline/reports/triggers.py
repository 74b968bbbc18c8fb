"""Find the word in a piece of a sentence that names violence, and say how surely it does.

The words are the list `events`; a weak one has peaceful senses too, and counts only where its surroundings mean harm.
"""

import re

from spacy.tokens import Span, Token

from pipeline.reports.language import Tools


def find_trigger(span: Span, tools: Tools) -> Token | None:
    """Give the word that names the violence: the first strong one, else the first weak one, or None."""
    weak = None
    for token in span:
        strength = strength_of(token, tools)
        if strength == "strong":
            return token
        if strength == "weak" and weak is None and weak_trigger(token):
            weak = token
    return weak


def strength_of(token: Token, tools: Tools) -> str:
    """Give how surely a word names violence: strong, weak, or nothing."""
    form = "noun" if token.tag_[:2] == "NN" else "verb" if token.tag_[:2] == "VB" else ""
    lemma = token.lemma_.lower()
    if form == "noun" and token.tag_[:3] == "NNP":
        lemma = token.lower_
    strength = tools.events.get((lemma, form), "")
    if not strength and token.lower_ in ("shot", "wounded", "killed", "injured", "dead", "slain"):
        return "strong"
    return strength


def weak_trigger(token: Token) -> bool:
    """Tell whether a word that has peaceful senses too is meant as violence here: "opened fire", "hit a hotel"."""
    lemma = token.lemma_.lower()
    following = token.doc[token.i + 1 : token.i + 6].text.lower()
    before = token.doc[max(0, token.i - 3) : token.i].text.lower()
    tests = {
        "open": "fire" in following,
        "set": "fire" in following or "ablaze" in following or "off" in following[:6],
        "fire": (
            token.tag_[:2] == "VB"
            and bool(re.search(r"\b(?:at|on|into|rockets?|shots?|mortars?|upon|shells?|missiles?)\b", following))
        )
        or "opened" in before
        or "set" in before,
        "blow": "up" in following or "himself" in following,
        "throw": bool(re.search(r"grenade|bomb|molotov|explosive|cocktail|stone", following)),
        "hurl": bool(re.search(r"grenade|bomb|molotov|explosive|cocktail", following)),
        "lob": bool(re.search(r"grenade|bomb|molotov|explosive", following)),
        "plant": bool(re.search(r"bomb|device|explosive|mine|ied", following)),
        "gun": "down" in following,
        "seize": True,
        "strike": token.tag_[:2] == "NN" or acts(token),
        "hit": acts(token),
        "target": token.tag_[:2] == "VB" or "target of" in token.doc[token.i : token.i + 2].text,
        "crash": bool(re.search(r"\b(?:into|through)\b", following)),
        "plow": "into" in following,
        "plough": "into" in following,
        "hack": "death" in following or any(c.dep_ in ("dobj", "nsubjpass") for c in token.children),
    }
    return tests.get(lemma, True)


def acts(verb: Token) -> bool:
    """Tell whether a verb has an object, a passive subject, or an attacker as its subject: "a bomber struck"."""
    attackers = (
        "bomber",
        "gunman",
        "gunmen",
        "militant",
        "militants",
        "rebels",
        "attacker",
        "attackers",
        "drone",
        "drones",
    )
    return any(c.dep_ in ("dobj", "nsubjpass") or (c.dep_ == "nsubj" and c.lower_ in attackers) for c in verb.children)
