"""Give each number of people the part it plays in a sentence: killed, injured, both, missing, abducted, arrested.

A word of harm takes the people that suffer it: those right beside it, else those the parse gives, else the nearest of its
clause; people joined by "and" go with them. What nobody suffers is no figure.
"""

import re
from itertools import pairwise
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from pipeline.model import Figure, Sentence
from pipeline.people import People, find_people

PASSIVE_AUXILIARIES = frozenset("be get is are was were been being got".split())
JOINERS = frozenset(", and or & plus ; also both then his her their its the".split())
JOINING = re.compile(r"\b(?:as well as|along with|together with)\b")
BREAKERS = frozenset("when while as after before where which that because until ; : but whereas since although".split())
DEADLY_TAILS = ("to death", "dead", "alive", "and killed", "and killing", "fatally")
NOUN_GAP = frozenset(
    "of to at for has had have risen rose climbed stood stands reached now rising from is was the".split()
)
KNOWN = frozenset("victim man woman boy girl person".split())
MEASURES_OF_BOTH = frozenset({"killed", "injured"})


@dataclass(frozen=True, slots=True)
class HarmWords:
    """The open word lists that say what was done to people, and who people are."""

    verbs: Mapping[str, str]  # lemma -> measure; the object suffers it
    subjects: Mapping[str, str]  # lemma -> measure; the subject suffers it
    states: Mapping[str, str]  # adjective -> measure
    nouns: Mapping[str, str]  # lemma -> measure; they count people: "30 deaths"
    deeds: Mapping[str, str]  # lemma -> measure; only with "of": "the killing of two men"
    people: Mapping[str, str]  # lemma -> group


@dataclass(frozen=True, slots=True)
class Harm:
    """A word of harm in a sentence, and how it takes the people who suffer it."""

    token: int
    last: int
    measure: str
    way: str  # active, passive, state, noun, none


@dataclass(frozen=True, slots=True)
class Suffering:
    """People in a sentence with what they suffered, and the word that says so."""

    people: People
    harm: Harm


def find_figures(sentence: Sentence, doc: Doc, words: HarmWords) -> list[tuple[Figure, int]]:
    """Give the figures of one sentence, each with the token of the word of harm that it hangs on."""
    return [(make_figure(sentence, doc, s), s.harm.token) for s in find_sufferings(doc, words)]


def make_figure(sentence: Sentence, doc: Doc, suffering: Suffering) -> Figure:
    """Make the figure of people and their harm, with offsets in the article."""
    people = suffering.people
    span = doc[people.start : people.end]
    end = span.end_char if people.end > people.start else doc[people.start].idx + len(doc[people.start])
    known = people.definite and not people.more and (people.count.low != 1 or people.who.lower() in KNOWN)
    counts = "part_of_total" if people.part else "repeats" if known else "yes"
    return Figure(
        measure=suffering.harm.measure,
        who=people.who,
        group="unknown" if people.group == "toll" else people.group,
        count=people.count,
        words=sentence.text[doc[people.start].idx : end],
        start=sentence.start + doc[people.start].idx,
        end=sentence.start + end,
        sentence_no=sentence.no,
        counts=counts,
    )


def find_sufferings(doc: Doc, words: HarmWords) -> list[Suffering]:
    """Give the people of a sentence with what befell them, in the order of the text."""
    people = find_people(doc, words.people, {*words.nouns, "life"})
    harms = merge_harms(doc, list(find_harms(doc, words)))
    given: dict[int, Harm] = {}
    for way, take in (("noun", take_noun), ("state", take_before), ("passive", take_before), ("active", take_after)):
        for harm in harms:
            if harm.way == way:
                for n in take(doc, people, harm, harms, given):
                    given.setdefault(n, harm)
    return [Suffering(people[n], given[n]) for n in sorted(given) if not told_before(people, n, given)]


def told_before(people: list[People], n: int, given: Mapping[int, Harm]) -> bool:
    """Tell whether "him" or "her" is somebody of whom the same was said already."""
    if people[n].words.lower() not in ("he", "she", "him", "her"):
        return False
    return any(m < n and people[m].count.low == 1 and given[m].measure == given[n].measure for m in given)


def find_harms(doc: Doc, words: HarmWords) -> Iterator[Harm]:
    """Give the words of harm of a sentence with their way of taking people."""
    for token in doc:
        lemma, lower = token.lemma_.lower(), token.lower_
        if token.tag_.startswith("VB") and (measure := verb_measure(doc, token, words)):
            way = voice(doc, token, words) if lemma not in words.subjects else "passive"
            yield Harm(token.i, deadly_end(doc, token), measure, way)
        elif lower in words.states and (token.tag_[:2] in ("JJ", "NN", "VB") or lower == "hostage"):
            yield Harm(token.i, token.i, words.states[lower], "state")
        elif token.tag_.startswith("NN") and lemma in words.nouns:
            yield borne_harm(doc, token, words.nouns[lemma])
        elif lemma == "life" and (verb := verb_near(doc, token, ("lose", "claim", "take", "cost"))) is not None:
            lost = verb.lemma_ == "lose" and verb.i < token.i
            yield Harm(verb.i if lost else token.i, token.i, "killed", "passive" if lost else "noun")
        elif lemma in words.deeds and doc[token.i + 1 : token.i + 2].text.lower() == "of":
            yield Harm(token.i, token.i, words.deeds[lemma], "noun")


def borne_harm(doc: Doc, token: Token, measure: str) -> Harm:
    """Read "30 deaths", and "three men suffered injuries", where the people bear the harm that the noun names."""
    verb = verb_near(doc, token, ("suffer", "sustain", "receive", "incur"))
    if (
        verb is not None
        and verb.i < token.i
        and all(t.tag_[:2] in ("JJ", "DT", "RB", "VB", "CC") for t in doc[verb.i + 1 : token.i])
    ):
        return Harm(verb.i, token.i, measure, "passive")
    before = doc[max(0, token.i - 3) : token.i].text.lower()
    if measure == "injured" and re.search(r"\bwith(?: \w+)?$", before):
        return Harm(
            next(t.i for t in doc[max(0, token.i - 3) : token.i] if t.lower_ == "with"), token.i, measure, "state"
        )
    return Harm(token.i, token.i, measure, "noun")


def verb_near(doc: Doc, token: Token, lemmas: tuple[str, ...]) -> Token | None:
    """Give the verb of a few that stands within five words before or three behind a token."""
    return next((t for t in doc[max(0, token.i - 5) : token.i + 4] if t.lemma_ in lemmas), None)


def verb_measure(doc: Doc, token: Token, words: HarmWords) -> str:
    """Give what a verb did to people: "shot dead" and "stabbed to death" kill, "shot" alone does not say."""
    lemma = token.lemma_.lower()
    tail = doc[token.i + 1 : token.i + 3].text.lower()
    before = doc[token.i - 1].lower_ if token.i else ""
    if lemma in ("gun", "mow", "cut") and tail.startswith("down"):
        return "killed"
    if lemma in ("shoot", "stab", "beat", "hack", "burn", "bludgeon", "strangle", "knife", "club", "crush", "trample"):
        clause = doc[token.i + 1 : token.i + 9].text.lower()
        if tail.startswith(DEADLY_TAILS) or before == "fatally" or " to death" in clause:
            return "killed"
        if lemma in ("stab", "knife"):
            return "injured"
        return "killed_or_injured" if lemma == "shoot" and not tail.startswith(("at", "down", "into")) else ""
    if lemma == "blow" and tail.startswith("up"):
        return ""
    return words.verbs.get(lemma) or words.subjects.get(lemma) or words.verbs.get(bare_verb(token), "")


def bare_verb(token: Token) -> str:
    """Give the lemma of a past form that the tagger took for another word ("wounded", "injuring")."""
    lower: str = token.lower_
    for ending in ("ped", "ping", "ed", "ing", "d"):
        if lower.endswith(ending):
            stem = lower.removesuffix(ending)
            return {"kidnap": "kidnap", "injur": "injure", "wound": "wound"}.get(stem, stem)
    return lower


def deadly_end(doc: Doc, token: Token) -> int:
    """Give the last token of a word of harm: "shot dead", "stabbed to death", "shot and killed"."""
    tail = doc[token.i + 1 : token.i + 3]
    if tail.text.lower().startswith("to death"):
        return token.i + 2
    if len(tail) and tail[0].lower_ in ("dead", "down", "alive"):
        return int(token.i + 1)
    return int(token.i)


def voice(doc: Doc, token: Token, words: HarmWords) -> str:
    """Tell whether a verb acts on what follows it (active) or on what stands before it (passive, state)."""
    before = [
        t for t in doc[max(0, token.i - 4) : token.i] if t.tag_ != "RB" and t.lower_ not in ("reportedly", "also")
    ]
    if before and (before[-1].lemma_ in ("be", "get") or before[-1].lower_ in PASSIVE_AUXILIARIES):
        return "passive"
    if token.lower_.endswith("ing") or token.tag_ in ("VB", "VBZ", "VBP"):
        return "active"
    if before and before[-1].lemma_ == "have":
        return "active"
    if len(before) > 1 and before[-1].lower_ in ("and", "or", ",") and before[-2].tag_ in ("VBN", "VBD", "JJ"):
        return voice(doc, before[-2], words) if not opens_people(doc, token.i + 1, words) else "active"
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in token.children):
        return "passive"
    if opens_people(doc, deadly_end(doc, token) + 1, words):
        return "state" if left_behind(doc, token.i) else "active"
    if any(child.dep_ == "dobj" and child.i > token.i for child in token.children):
        return "active"
    return "state"


def opens_people(doc: Doc, position: int, words: HarmWords) -> bool:
    """Tell whether people, counted or not, begin at a token."""
    starts = {p.start for p in find_people(doc, words.people)}
    while position < len(doc) and position not in starts and doc[position].tag_ == "RB":
        position += 1
    return position in starts


def left_behind(doc: Doc, position: int) -> bool:
    """Tell whether "leaving" or "with" stands before, so that the words of harm follow their people."""
    return any(t.lemma_ == "leave" or t.lower_ == "with" for t in doc[max(0, position - 6) : position])


def merge_harms(doc: Doc, harms: list[Harm]) -> list[Harm]:
    """Join words of harm that share their people: "killed or wounded more than 100" is both, "shot and killed two" killed."""
    out: list[Harm] = []
    for harm in harms:
        last = out[-1] if out else None
        between = [t.lower_ for t in doc[last.last + 1 : harm.token]] if last else []
        if last and between in (["and"], ["or"], ["/"], ["and", "/", "or"]) and "noun" not in (last.way, harm.way):
            measures = {last.measure, harm.measure}
            measure = (
                "killed_or_injured"
                if measures == MEASURES_OF_BOTH
                else harm.measure
                if last.measure == "killed_or_injured"
                else last.measure
            )
            way = harm.way if last.way in ("passive", "state") and harm.way == "active" else last.way
            out[-1] = Harm(last.token, harm.last, measure, "active" if harm.way == "active" else way)
        elif last and not between and harm.way == "state":
            out[-1] = replace(last, last=harm.last)
        else:
            out.append(harm)
    return out


def take_noun(doc: Doc, people: list[People], harm: Harm, harms: list[Harm], given: Mapping[int, Harm]) -> list[int]:
    """Take the number of "30 deaths", "a death toll of 53", "the deaths of two girls", "no casualties"."""
    ahead = harm.last + 1
    while ahead < len(doc) and (
        doc[ahead].lower_ in NOUN_GAP
        or doc[ahead].tag_ in ("RB", "RP")
        or doc[ahead].lemma_ in ("rise", "climb", "reach")
    ):
        ahead += 1
    counted = [n for n, p in enumerate(people) if p.group == "toll" and p.head == harm.token]
    if counted:
        return counted
    first = next((n for n, p in enumerate(people) if p.start == ahead and p.group != "toll"), None)
    return [] if first is None or ahead == harm.last + 1 else chain_after(doc, people, first, given)


def take_before(doc: Doc, people: list[People], harm: Harm, harms: list[Harm], given: Mapping[int, Harm]) -> list[int]:
    """Take the people of whom a passive or a state is said: they stand before it, or after it as in "wounded soldiers"."""
    around = [n for n, p in enumerate(people) if p.start <= harm.token < p.end]
    if around:
        return around
    subject = subject_before(doc, people, harm, harms)
    if subject is None or subject in given:
        return []
    return chain_before(doc, people, subject, harm, harms, given)


def subject_before(doc: Doc, people: list[People], harm: Harm, harms: list[Harm]) -> int | None:
    """Give the people of whom harm is said: right before it, or its subject in the parse, or the nearest of its clause."""
    before = [n for n, p in enumerate(people) if p.end <= harm.token and p.group != "toll"]
    counted = [n for n in before if not is_name(doc, people[n])]
    limit = clause_start(doc, harm, harms)
    for n in reversed(counted):
        if people[n].start >= limit and not people[n].part and is_beside(doc, people[n].end, harm.token):
            return n
    own, inherited = subject_tokens(doc[harm.token])
    if (n := containing(people, counted + before, own)) is not None:
        return n
    near = [n for n in counted if people[n].start >= limit and not people[n].part]
    direct = [n for n in near if is_light(doc, people[n].end, harm.token)]
    if direct:
        return direct[-1]
    if (n := containing(people, counted + before, inherited)) is not None:
        return n
    free = [n for n in near if not people[n].lone]
    return free[-1] if free and harm.way == "passive" and not own else None


def containing(people: list[People], among: list[int], tokens: list[int]) -> int | None:
    """Give the first people among some that hold one of the tokens."""
    return next((n for n in among if any(people[n].start <= i < people[n].end for i in tokens)), None)


def is_beside(doc: Doc, start: int, end: int) -> bool:
    """Tell whether only auxiliaries and adverbs stand between people and what befell them."""
    return all(
        t.tag_ in ("RB", "RBR", "MD") or t.lemma_ in ("be", "have", "get") or t.lower_ in ("reportedly",)
        for t in doc[start:end]
    )


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
        t.tag_ in ("VBD", "VBZ", "VBG", "VBN", "VB")
        and t.lemma_ not in ("be", "have", "get", "report", "confirm", "leave", "find", "include")
        for t in doc[start:end]
    )


def chain_before(
    doc: Doc, people: list[People], n: int, harm: Harm, harms: list[Harm], given: Mapping[int, Harm]
) -> list[int]:
    """Give people with those joined to them on the left: "a soldier and two children were killed"."""
    while n + 1 < len(people) and people[n + 1].end <= harm.token and joined(doc, people[n].end, people[n + 1].start):
        n += 1
    chain = [n]
    while n > 0 and n - 1 not in given and joined(doc, people[n - 1].end, people[n].start):
        if any(h.last + 1 == people[n - 1].start and h.way == "active" for h in harms):
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
    chain = [n]
    while n + 1 < len(people) and n + 1 not in given:
        here, there = people[n], people[n + 1]
        beside = joined(doc, here.end, there.start) or there.part or listed_place(doc, here, there)
        if not beside or (is_name(doc, there) and not joined(doc, here.end, there.start)):
            break
        if subject_of_verb(doc, there) or there.group == "toll":
            break
        n += 1
        chain.append(n)
    return without_apposition(doc, people, chain)


def joined(doc: Doc, start: int, end: int) -> bool:
    """Tell whether only commas and words like "and" stand between two positions."""
    if not 0 < end - start <= 5:
        return False
    between = JOINING.sub("and", doc[start:end].text.lower())
    return all(word in JOINERS for word in re.findall(r"[\w&]+|[,;]|\S", between))


def listed_place(doc: Doc, here: People, there: People) -> bool:
    """Tell whether people are joined with a place or a name in between: "two in Kabul and three in Herat"."""
    between = doc[here.end : there.start]
    return (
        0 < len(between) <= 6
        and between[-1].lower_ == "and"
        and not any(t.tag_.startswith("VB") or t.lower_ in BREAKERS for t in between)
    )


def subject_of_verb(doc: Doc, people: People) -> bool:
    """Tell whether people are the subject of a verb of their own, and so begin a new clause."""
    following = doc[people.end] if people.end < len(doc) else None
    return following is not None and (
        following.tag_ in ("VBD", "VBZ", "VBP", "MD") and following.lower_ not in ("killed", "injured", "wounded")
    )
