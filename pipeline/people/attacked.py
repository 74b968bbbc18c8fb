"""Find the several things that one sentence says were attacked over a stretch of time: each is an incident of its own.

"Between May and July the group attacked the Greek and Turkish embassies and hit a hotel" tells of three. Within one day
the same words tell of one attack with several targets, so the caller asks only where the time is longer.
"""

from collections.abc import Callable, Iterator

from spacy.tokens import Doc, Token

ACTS = frozenset("attack hit strike bomb target storm raid assault shell ambush torch blow destroy burn".split())
DEEDS = frozenset("attack bombing explosion blast assault raid shooting strike ambush".split())
DOING = frozenset("carry conduct launch stage mount commit perpetrate claim cause set".split())


def find_attacked(doc: Doc, is_person: Callable[[Token], bool]) -> list[tuple[str, int, int, int]]:
    """Give each thing attacked: its words, the start of its noun, and the characters of the clause that tells of it.

    Empty where the sentence names fewer than two things, or people as what was attacked.
    """
    found = []
    for verb in doc:
        if verb.tag_ not in ("VBD", "VBN") or not in_row(verb):
            continue
        for noun in objects_of(verb):
            if is_person(noun) or noun.tag_.startswith("PRP"):
                return []
            start, end = verb.idx, end_of(noun)
            found += [(words, at, start, end) for words, at in name_each(noun)]
    return clip(found) if len(found) > 1 else []


def clip(found: list[tuple[str, int, int, int]]) -> list[tuple[str, int, int, int]]:
    """End each clause before the next one starts, where the parse let it run on."""
    starts = sorted({start for _, _, start, _ in found})
    return [(words, at, start, min([end, *(s for s in starts if s > start)])) for words, at, start, end in found]


def in_row(verb: Token) -> bool:
    """Tell whether a verb is the main one of the sentence or shares its subject: it has none of its own.

    The parse often hangs the last verb of a row on a clause before it, so only the missing subject is asked for.
    """
    own = any(child.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass") for child in verb.children)
    told = verb.dep_ == "ccomp" and verb.head.dep_ == "ROOT"
    return bool(verb.dep_ == "ROOT") or told or (verb.dep_ in ("conj", "dep") and not own)


def objects_of(verb: Token) -> Iterator[Token]:
    """Give the nouns that an act was aimed at: its object, or the place of "carried out a bombing at"."""
    for child in verb.children:
        if child.dep_ not in ("dobj", "obj"):
            continue
        if verb.lemma_ in ACTS:
            yield from conjoined(child)
        elif verb.lemma_ in DOING and child.lemma_.lower() in DEEDS:
            places = [
                t
                for p in (*child.children, *verb.children)
                if p.dep_ == "prep" and p.lower_ in ("at", "on", "against", "in", "near")
                for t in p.children
            ]
            yield from (noun for place in places[:1] if place.dep_ == "pobj" for noun in conjoined(place))


def conjoined(noun: Token) -> Iterator[Token]:
    """Give a noun and those joined to it by "and"."""
    yield noun
    for child in noun.children:
        if child.dep_ == "conj" and child.tag_.startswith("NN"):
            yield from conjoined(child)


def name_each(noun: Token) -> list[tuple[str, int]]:
    """Give words and start for each thing that a noun names: "the Greek and Turkish embassies" are two."""
    owners = [c for c in noun.children if c.dep_ in ("amod", "compound", "nmod") and c.i < noun.i]
    joined = [o for owner in owners for o in (owner, *(c for c in owner.children if c.dep_ == "conj"))]
    if noun.tag_ == "NNS" and len(joined) > 1 and any(c.dep_ == "cc" for o in owners for c in o.children):
        return [(f"{o.text} {noun.lemma_}", o.idx) for o in joined]
    named = [t for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" for t in c.children if t.dep_ == "pobj"]
    listed = [t for name in named for t in conjoined(name)]
    if noun.tag_ == "NNS" and len(listed) > 1:
        return [(f"{noun.lemma_} of {t.text}", t.idx) for t in listed]
    first = min([noun.i, *(t.i for o in owners for t in o.subtree)])
    return [(noun.doc[first : noun.i + 1].text, noun.doc[first].idx)]


def end_of(noun: Token) -> int:
    """Give the character behind a noun and what describes it."""
    return int(max(t.idx + len(t) for t in noun.subtree))
