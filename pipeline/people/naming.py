"""Read people named behind the harm they came to: "Also wounded were nine", "the dead included two nurses".

Who is named as among the dead or the injured is part of them, and adds nobody where their number is told.
"""

from collections.abc import Callable

from spacy.tokens import Doc

NAMING = frozenset("be include comprise".split())
OPENERS = frozenset("also and both dead killed injured wounded missing among the those , first too".split())
FAR = 10  # words between harm and people: "killed in the attack on the convoy were three guards"

OpensPeople = Callable[[Doc, int], bool]


def naming_verb(doc: Doc, position: int, opens_people: OpensPeople) -> int | None:
    """Give the verb that names the people of a harm behind it, or None where nobody is named so.

    The harm opens the sentence ("Killed were ...") or names a group ("the wounded include ...").
    """
    if not (is_group(doc, position) or opens_sentence(doc, position)):
        return None
    for token in doc[position + 1 : position + FAR]:
        if token.lemma_ in NAMING and token.tag_ in ("VBD", "VBZ", "VBP", "VBG"):
            return int(token.i) if opens_people(doc, token.i + 1) else None
        if token.tag_ in ("VBD", "VBZ", "VBP", "MD") or token.lower_ in ("that", "who", "when", ";", ","):
            return None
    return None


def is_group(doc: Doc, position: int) -> bool:
    """Tell whether a word of harm names people by it: "the dead", "those killed", "the 23 wounded"."""
    before = position - 1
    while before > 0 and doc[before].tag_ in ("RB", "CD"):
        before -= 1
    return before >= 0 and doc[before].lower_ in ("the", "those")


def opens_sentence(doc: Doc, position: int) -> bool:
    """Tell whether a word of harm stands before its subject, at the head of the sentence."""
    return doc[position].tag_ in ("VBN", "VBD", "JJ") and all(t.lower_ in OPENERS for t in doc[:position])


def among_from(doc: Doc, position: int) -> int | None:
    """Give the verb of "two nurses were among the dead", or None where nobody is said to be among them."""
    start = max(0, position - 5)
    among = next((t.i for t in doc[start:position] if t.lower_ == "among"), None)
    if among is None or not is_group(doc, position):
        return None
    verb = among - 1
    while verb > 0 and doc[verb].tag_ == "RB":
        verb -= 1
    return verb if doc[verb].lemma_ == "be" else None
