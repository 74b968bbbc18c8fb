"""Find who suffers each word of harm: the people right beside it, else those the parse gives, else the nearest.

People joined by "and" go together; an explanation between commas adds nobody.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc, Token

from pipeline.people.find import PLACING, People
from pipeline.people.harms import Harm

JOINERS = frozenset(", and or & plus ; also both then his her their its the".split())
AGES = re.compile(r"^\s*,?\s*aged? \d+(?:\s*,\s*\d+)*(?:\s*,?\s*and \d+)?|^\s*of \d+|^\s*,\s*\d{1,2}\s*(?=,)")
THEIRS = re.compile(r"\b(?:his|her|their|its)\b", re.IGNORECASE)  # "the chief who ran the town and two of his men"
JOINING = re.compile(r"\b(?:as well as|along with|together with)\b")
BREAKERS = frozenset("when while as after before where which that because until ; : but whereas since although".split())
CARRYING = frozenset(
    "be have get report confirm leave find include take rush evacuate airlift fly transport admit bring treat".split()
)
NOUN_GAP = frozenset(
    "of to at for has had have risen rose climbed stood stands reached now rising from is was the".split()
)
NAMED = re.compile(  # between somebody and the name
    r",(?: (?:better |also |locally )?(?:known|identified|named)(?: only)?(?: (?:as|by))?| called| nicknamed| alias)?",
    re.IGNORECASE,
)


def take_noun(doc: Doc, people: list[People], harm: Harm, harms: list[Harm], given: Mapping[int, Harm]) -> list[int]:
    """Take the number of "30 deaths", "a death toll of 53", "the deaths of two girls", "no casualties"."""
    ahead = harm.last + 1
    starts = {p.start for p in people}
    while (
        ahead < len(doc)
        and (ahead not in starts or ahead == harm.last + 1)
        and (
            doc[ahead].lower_ in NOUN_GAP
            or doc[ahead].tag_ in ("RB", "RP")
            or doc[ahead].lemma_ in ("rise", "climb", "reach")
        )
    ):
        ahead += 1
    counted = [n for n, p in enumerate(people) if p.group == "toll" and p.head == harm.token]
    if counted:
        return counted
    first = next((n for n, p in enumerate(people) if p.start == ahead and p.group != "toll"), None)
    if first is None or ahead == harm.last + 1 or is_strange(people[first]):
        return []
    if doc[harm.token].lemma_ in ("massacre", "slaughter") and is_name(doc, people[first]):
        return []  # "the massacre of Lod" is named for its place
    return chain_after(doc, people, first, given)


def take_before(doc: Doc, people: list[People], harm: Harm, harms: list[Harm], given: Mapping[int, Harm]) -> list[int]:
    """Take the people of whom a passive or a state is said: before it, or around it as in "wounded soldiers"."""
    around = [n for n, p in enumerate(people) if p.start <= harm.token < p.end]
    if around:
        later = any(h.measure == "killed" and h.token >= people[around[0]].end for h in harms)
        return [] if people[around[0]].part and later else around  # "two of the wounded died"
    subject = subject_before(doc, people, harm, harms)
    if subject is None or subject in given:
        return []
    if doc[people[subject].end - 1].lower_ in ("whom", "which"):
        return [subject]
    chain = chain_before(doc, people, subject, harm, harms, given)
    if is_singular(doc, harm) and all(people[n].count.low == 1 for n in chain):
        return chain[:1]  # "a road worker and father of four was shot"
    parts = [n for n in range(chain[-1] + 1, len(people)) if people[n].part and people[n].end <= harm.token]
    return chain + [n for n in parts if n not in given]


def is_singular(doc: Doc, harm: Harm) -> bool:
    """Tell whether the verb of harm says that it befell one person: "was killed"."""
    before = harm.token - 1
    while before > 0 and doc[before].tag_ == "RB":
        before -= 1
    return before > 0 and doc[before].lower_ in ("was", "is")


def subject_before(doc: Doc, people: list[People], harm: Harm, harms: list[Harm]) -> int | None:
    """Give the people of whom harm is said: right before it, else its subject, else the nearest of its clause."""
    before = [n for n, p in enumerate(people) if p.end <= harm.token and p.group != "toll"]
    counted = [n for n in before if not is_name(doc, people[n])]
    limit = clause_start(doc, harm, harms)
    for n in reversed(before):
        if is_strange(people[n]) and doc[people[n].start - 1].tag_ == "IN":
            continue  # "five workers at the plant were shot"
        beside = people[n].start >= limit and is_beside(doc, behind_age(doc, people[n].end), harm.token)
        if beside and (not people[n].part or doc[people[n].end - 1].lower_ in ("whom", "which")):
            return whose(doc, people, n)
    own, inherited = subject_tokens(doc[harm.token])
    if (subject := containing(people, counted + before, own)) is not None:
        return subject
    near = [n for n in counted if people[n].start >= limit and not people[n].part and not is_strange(people[n])]
    direct = [n for n in near if is_light(doc, people[n].end, harm.token)]
    if direct:
        return direct[-1]
    if (subject := containing(people, counted + before, inherited)) is not None:
        return subject
    free = [n for n in near if not people[n].lone]
    return free[-1] if free and harm.way == "passive" and not own else None


def whose(doc: Doc, people: list[People], n: int) -> int:
    """Give the people counted where others only say whose they are: "four members of a family"."""
    before = n > 0 and doc[people[n].start - 1].lower_ == "of" and people[n - 1].end == people[n].start - 1
    return n - 1 if before else n


def containing(people: list[People], among: list[int], tokens: list[int]) -> int | None:
    """Give the first people among some that hold one of the tokens."""
    return next((n for n in among if any(people[n].start <= i < people[n].end for i in tokens)), None)


def is_beside(doc: Doc, start: int, end: int) -> bool:
    """Tell whether only auxiliaries and adverbs stand between people and what befell them."""
    return all(
        t.tag_ in ("RB", "RBR", "MD") or t.lemma_ in ("be", "have", "get") or t.lower_ in ("reportedly",)
        for t in doc[start:end]
    )


def behind_age(doc: Doc, position: int) -> int:
    """Give the position behind an age between commas: "a boy, 9, was killed"."""
    aged = position + 2 < len(doc) and doc[position].text == "," and doc[position + 1].text.isdigit()
    return position + 3 if aged and doc[position + 2].text == "," else position


def is_name(doc: Doc, people: People) -> bool:
    """Tell whether people are only a name, not a number."""
    return people.lone and bool(doc[people.start].tag_ == "NNP")


def subject_tokens(verb: Token) -> tuple[list[int], list[int]]:
    """Give the tokens that the parse makes the subject of a verb, and those it takes from a verb it is joined to."""
    subjects = [c.i for c in verb.children if c.dep_ in ("nsubjpass", "nsubj")]
    if not subjects and verb.dep_ in ("acl", "amod", "relcl"):
        return [verb.head.i], []
    if subjects and doc_relative(verb, subjects):
        return [verb.head.i], []
    if not subjects and verb.dep_ in ("conj", "acomp", "oprd", "xcomp"):
        joined_to = verb.head.children
        return [], [c.i for c in joined_to if c.dep_ in ("nsubjpass", "nsubj", "dobj") and c.i < verb.i]
    return subjects, []


def doc_relative(verb: Token, subjects: list[int]) -> bool:
    """Tell whether the subject is only "who" or "which", so that the noun before is meant."""
    return all(verb.doc[i].tag_ in ("WP", "WDT") for i in subjects) and verb.dep_ == "relcl"


def clause_start(doc: Doc, harm: Harm, harms: list[Harm]) -> int:
    """Give the first token of the clause of a word of harm: behind the last breaker or the last other word of harm."""
    limit = max((h.last + 1 for h in harms if h.last < harm.token), default=0)
    for token in doc[limit : harm.token]:
        if token.lower_ in BREAKERS and token.lower_ != "as":
            limit = token.i + 1
    return limit


def is_light(doc: Doc, start: int, end: int) -> bool:
    """Tell whether only auxiliaries, adverbs and places stand between two positions."""
    return end - start <= 12 and not any(
        t.tag_ in ("VBD", "VBZ", "VBG", "VBN", "VB") and t.lemma_ not in CARRYING for t in doc[start:end]
    )


def take_gapped(doc: Doc, people: list[People], harms: list[Harm], given: Mapping[int, Harm]) -> dict[int, Harm]:
    """Give people whose verb is left out, with that of those before: "one died at the scene and two in hospital"."""
    out: dict[int, Harm] = {}
    for n, one in enumerate(people[1:], start=1):
        told = {**given, **out}
        last = max((m for m in told if m < n), default=None)
        bare = (one.lone and not one.who) or one.words.lower() in ("another", "the other")
        beside = doc[one.start - 1].lower_ in ("and", ",") and doc[one.end : one.end + 1].text.lower() in PLACING
        if n in told or last is None or not (bare and beside):
            continue
        since = max(people[last].end, told[last].last + 1)
        if not any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") or t.lower_ in BREAKERS for t in doc[since : one.start]):
            out[n] = told[last]
    return out


def chain_before(
    doc: Doc, people: list[People], n: int, harm: Harm, harms: list[Harm], given: Mapping[int, Harm]
) -> list[int]:
    """Give people with those joined to them on the left: "a soldier and two children were killed"."""
    while n + 1 < len(people) and people[n + 1].end <= harm.token and joined(doc, people[n].end, people[n + 1].start):
        n += 1
    chain = [n]
    while n > 0 and n - 1 not in given and joined(doc, people[n - 1].end, people[n].start):
        taken = any(h.last + 1 == people[n - 1].start and h.way == "active" for h in harms)
        if taken or is_strange(people[n - 1]):
            break
        n -= 1
        chain.append(n)
    return without_apposition(doc, people, sorted(chain))


def without_apposition(doc: Doc, people: list[People], chain: list[int]) -> list[int]:
    """Leave out what only explains the people before it: in "his brother, an employee," nobody is added by "and"."""
    links = [doc[people[a].end : people[b].start].text.lower() for a, b in pairwise(chain)]
    last_and = max(
        (k for k, link in enumerate(links) if re.search(r"\b(?:and|or|plus|with|also|then)\b|&", link)), default=-1
    )
    if (
        last_and < 0 and len(chain) > 2
    ):  # "the dean, a professor, a student and wounded two": a list, its "and" is the verb's
        return chain
    kept = chain[: last_and + 2]
    return kept + [n for n in chain[last_and + 2 :] if people[n].part or people[n].more or people[n].count.low != 1]


def take_after(doc: Doc, people: list[People], harm: Harm, harms: list[Harm], given: Mapping[int, Harm]) -> list[int]:
    """Take the people that an active word of harm acts on: right behind it, else its object in the parse."""
    start = harm.last + 1
    while (
        start < len(doc)
        and (doc[start].tag_ == "RB" or doc[start].lower_ in ("in", "total", "of"))
        and start < harm.last + 4
    ):
        if any(p.start == start for p in people):
            break
        start += 1
    first = next((n for n, p in enumerate(people) if p.start in (start, harm.last + 1)), None)
    if first is None:
        objects = [c.i for c in doc[harm.last].children if c.dep_ == "dobj"] + [
            c.i for c in doc[harm.token].children if c.dep_ == "dobj"
        ]
        first = next(
            (n for n, p in enumerate(people) if any(p.start <= i < p.end and i > harm.token for i in objects)), None
        )
    if first is None or first in given:
        return []
    return chain_after(doc, people, first, given)


def chain_after(doc: Doc, people: list[People], n: int, given: Mapping[int, Harm]) -> list[int]:
    """Give people with those joined to them on the right, up to those that something else befell."""
    chain, last = [n], n
    while last + 1 < len(people) and last + 1 not in given:
        last += 1
        here, there = people[chain[-1]], people[last]
        if is_strange(there) or (doc[there.start - 1].lower_ == "of" and not there.part):
            continue  # "13 members of the armed forces and ...": these only say whose the others are
        beside = joined(doc, here.end, there.start) or there.part or listed_place(doc, here, there)
        beside = beside or (doc[there.head].dep_ == "conj" and here.start <= doc[there.head].head.i < here.end)
        beside = beside or (doc[there.start - 1].lower_ == "and" and bool(THEIRS.search(there.words)))
        if not beside or (is_name(doc, there) and not joined(doc, here.end, there.start)):
            break
        if subject_of_verb(doc, there) or there.group == "toll":
            break
        chain.append(last)
    return without_apposition(doc, people, chain)


def merge_names(doc: Doc, people: list[People]) -> list[People]:
    """Join a name to the one person it belongs to: "the owner, Mrs Khan, and two guests" are three people."""
    merged: list[People] = []
    for one in people:
        last = merged[-1] if merged else None
        between = doc[last.end : one.start].text.strip() if last else ""
        if last and is_name(doc, one) and last.count.low == 1 and NAMED.fullmatch(between):
            merged[-1] = replace(last, end=one.end)
        elif last and is_name(doc, last) and explains(doc, one) and re.fullmatch(r",(?: \d+ ?,)?", between):
            merged[-1] = replace(one, start=last.start, words=last.words)
        else:
            merged.append(one)
    return merged


def explains(doc: Doc, people: People) -> bool:
    """Tell whether people behind a name say who that is: "Omar Daud, a nurse," is one person."""
    behind = doc[people.end : people.end + 1].text
    return doc[people.start].lower_ in ("a", "an", "the") and people.count.low == 1 and behind == ","


def is_strange(people: People) -> bool:
    """Tell whether a noun in no list was taken for people, as it may be only right beside a word of harm."""
    return people.lone and bool(people.who)


def joined(doc: Doc, start: int, end: int) -> bool:
    """Tell whether only commas and words like "and" stand between two positions."""
    if not 0 < end - start <= 12:
        return False
    between = AGES.sub("", JOINING.sub("and", doc[start:end].text.lower()))
    return all(word in JOINERS for word in re.findall(r"[\w&]+|[,;]|\S", between))


def listed_place(doc: Doc, here: People, there: People) -> bool:
    """Tell whether people are joined with a place or a name in between: "two in Kabul and three in Herat"."""
    between = doc[here.end : there.start]
    return (
        0 < len(between) <= 6
        and between[-1].lower_ == "and"
        and not any(t.tag_ in ("VBD", "VBZ", "VBP", "VBG", "MD") or t.lower_ in BREAKERS for t in between)
    )


def subject_of_verb(doc: Doc, people: People) -> bool:
    """Tell whether people are the subject of a verb of their own, and so begin a new clause."""
    following = doc[people.end] if people.end < len(doc) else None
    return following is not None and (
        following.tag_ in ("VBD", "VBZ", "VBP", "MD") and following.lower_ not in ("killed", "injured", "wounded")
    )
