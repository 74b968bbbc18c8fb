"""Find the people that a sentence speaks of, counted or not: "two policemen", "his brother", "no one", "45 others".

People are noun phrases whose head is in the word list `people`, or a number that stands alone for people. Whether
anything happened to them is not decided here.
"""

import itertools
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from pipeline.model import Count
from pipeline.people.amounts import CALENDAR, is_age, is_calendar, is_more, is_part, skip_age, some_of
from pipeline.people.numbers import WORD_VALUES, Quantity, find_quantities

ONE = Count(1, 1, 1, "exact")
BARE = Count(2, None, None, "vague")
NOMINAL = frozenset("JJ JJR JJS NN NNS NNP NNPS VBN VBG POS HYPH PRP$ AFX".split())
ORDINALS = frozenset("second third fourth fifth sixth seventh eighth ninth tenth".split())
HURT = frozenset("injured wounded hurt hospitalised hospitalized".split())
PLACING = frozenset("in at near from to into on outside inside around across between against with off".split())
LONGEST_RUN = 60  # tokens of a noun phrase: one that is longer is a list without its commas
MOST_UNNAMED = 5000  # a larger number without a noun is hardly a number of people
THINGS = frozenset(
    "vehicle car bus truck van train plane aircraft helicopter boat ship tank humvee motorcycle bike house home "
    "building "
    "shop store hotel school mosque church hospital office village town city province district area place road street "
    "checkpoint post station base camp market bomb device grenade rocket mortar shell missile bullet gun rifle "
    "weapon mine "
    "attack bombing blast explosion shooting raid clash strike incident operation ambush assault occasion time "
    "day night "
    "morning evening afternoon week month year hour minute second group organization organisation cell "
    "government state "
    "country nation company bank party report statement claim case part side animal cow sheep goat dog horse livestock "
    "cattle tree window door wall room floor shot round location site position target convoy patrol unit force party "
    "condition hand twenties thirties forties fifties sixties seventies eighties nineties teens "
    "investigation percent responsibility number total toll region border embassy consulate ministry".split()
)
PARTICIPLES = frozenset("wanted armed retired displaced elected suspected alleged leading ruling visiting".split())
MONEY = frozenset(
    "rupee rupees taka tk baht peso pesos naira shilling shillings rand lira yen yuan crown crowns usd billion "
    "lakh".split()
)
UNITS = frozenset(
    "km kilometer kilometre mile meter metre feet foot percent % year month week day hour minute dollar euro "
    "pound am pm "
    "a.m. p.m. kg ton tonne mm caliber calibre th st nd rd".split()
)


@dataclass(frozen=True, slots=True)
class People:
    """People in a sentence: token positions (end exclusive) and how many they are."""

    start: int
    end: int
    head: int
    count: Count
    who: str
    group: str  # civilian, security, attacker, unknown
    words: str
    lone: bool = False  # a number with no noun: people only if something happens to it
    part: bool = False  # "including two children": among people already counted
    definite: bool = False  # "the three men": people spoken of before
    more: bool = False  # "two others", "another five": beside people counted before


def find_people(doc: Doc, nouns: Mapping[str, str], tolls: Collection[str] = ()) -> list[People]:
    """Give the people of one parsed sentence, in order, none overlapping.

    `nouns` maps the lemma of a noun for people to its group; `tolls` are nouns that count people by what befell them
    ("30 deaths"): their group is "toll".
    """
    found: list[People] = []
    nouns = {**nouns, **dict.fromkeys(tolls, "toll")}
    quantities = {q.start: q for q in find_quantities(doc.text)}
    inside = taken(quantities, doc)
    position = 0
    while position < len(doc):
        token = doc[position]
        people = None
        if (quantity := quantities.get(token.idx)) is not None:
            people = counted_people(doc, position, as_many(doc, position, quantity, found), nouns)
        elif position not in inside:
            people = pronoun(doc, position, found) or uncounted_people(doc, position, nouns)
        if people and people.group == "toll" and token.idx not in quantities:
            position = people.end  # "the deaths": no number
        elif people:
            found.append(shared_part(doc, people, found))
            position = max(people.end, position + 1)
        else:
            position += 1
    return found


def pronoun(doc: Doc, position: int, before: list[People]) -> People | None:
    """Read "him", "another" and "as many rebels": people only through others named before."""
    token = doc[position]
    last = before[-1] if before else None
    if token.lower_ in ("him", "her", "he", "she") and (token.lower_ != "her" or token.tag_ == "PRP"):
        others = before[:-1] if token.lower_ in ("him", "her") else before  # an object is not its own subject
        group = others[-1].group if others else "unknown"
        return People(position, position + 1, position, ONE, token.text, group, token.text, definite=True)
    if token.lower_ == "them" and last and position and doc[position - 1].tag_[:2] == "VB":
        several = next((p for p in reversed(before) if p.count.low != 1 and p.group != "attacker"), last)
        return People(position, position + 1, position, several.count, several.who, several.group, token.text)
    following = doc[position + 1] if position + 1 < len(doc) else None
    nth = token.lower_ == "a" and following is not None and following.lower_ in ORDINALS
    behind = doc[position + 2] if nth and position + 2 < len(doc) else following
    if (nth or token.lower_ in ("another", "other")) and (
        behind is None or behind.tag_[:2] in ("VB", "MD", "IN", "JJ", "CC", "WR") or behind.is_punct
    ):
        end = position + 1 + nth
        return People(position, end, position, ONE, "", "unknown", doc[position:end].text, more=True)
    return None


def as_many(doc: Doc, position: int, quantity: Quantity, before: list[People]) -> Quantity:
    """Give "as many" the number of the people before it; leave any other amount as it is."""
    if quantity.words.lower() != "many" or not position or doc[position - 1].lower_ != "as" or not before:
        return quantity
    return replace(quantity, count=before[-1].count)


def shared_part(doc: Doc, people: People, before: list[People]) -> People:
    """Mark people joined to a part as parts too: "including an aid worker and seven children"."""
    last = before[-1] if before else None
    between = doc[last.end : people.start].text.strip() if last else ""
    return (
        replace(people, part=True)
        if last and last.part and not people.more and between in ("and", ",", ", and")
        else people
    )


def taken(quantities: Mapping[int, Quantity], doc: Doc) -> set[int]:
    """Give the positions of tokens inside an amount."""
    inside = {at for quantity in quantities.values() for at in range(quantity.start + 1, quantity.end)}
    return {token.i for token in doc if token.idx in inside}


def counted_people(doc: Doc, start: int, quantity: Quantity, nouns: Mapping[str, str]) -> People | None:
    """Read the people that an amount counts, or None where it counts something else."""
    after = next((t.i for t in doc[start:] if t.idx >= quantity.end), len(doc))
    if is_age(doc, start, after) or is_calendar(doc, start, after, quantity):
        return None
    if quantity.count.low == 0 and (
        told := re.match(r"(?:\w+ )?(?:reports?|word|news) of (?:any )?", doc[after:].text)
    ):
        after = next((t.i for t in doc[after:] if t.idx >= doc[after].idx + told.end()), len(doc))
    while after < len(doc) and doc[after].lower_ in ("of", "the", "its", "their", "his", "these", "those"):
        if doc[after].lower_ == "of" and doc[after + 1 : after + 2].text.lower() in ("them", "whom", "which"):
            return People(start, after + 2, start, quantity.count, "", "unknown", quantity.words, part=True)
        after += 1
        if doc[after - 1].lower_ in ("the", "those", "these") and is_number(doc[after : after + 1].text):
            after += 1  # "three of the ten hostages"
    end, head = nominal_run(doc, after, nouns)
    if head is None:
        counted_unit = after < len(doc) and (doc[after].lemma_.lower() in UNITS or doc[after].lower_ in MONEY)
        few = quantity.count.low is None or quantity.count.low < MOST_UNNAMED
        more = 1 if doc[after : after + 1].text.lower() in ("more", "others") else 0
        hurt = 1 if some_of(doc, after) and doc[after : after + 1].text.lower() in HURT else 0
        lone = replace(lone_people(doc, start, after + (more or hurt), quantity.count), part=some_of(doc, after))
        return (lone if lone.part else placed(doc, lone)) if end == after and few and not counted_unit else None
    return phrase(doc, start, after, end, head, quantity.count, nouns)


def is_number(words: str) -> bool:
    """Tell whether a word is a whole number."""
    return words.isdigit() or words.lower() in WORD_VALUES


def uncounted_people(doc: Doc, start: int, nouns: Mapping[str, str]) -> People | None:
    """Read people without an amount: "a policeman", "his brother", "policemen", "himself", a person's name."""
    token = doc[start]
    if token.lower_ in ("himself", "herself", "themselves"):
        count = BARE if token.lower_ == "themselves" else ONE
        return People(start, start + 1, start, count, token.text, "attacker", token.text)
    article = token.tag_ in ("DT", "PRP$") or token.lower_ in ("another", "other")
    after = skip_age(doc, start + 1) if article else start
    if after > start + 1 and doc[after : after + 1].text.lower() not in nouns:
        return People(start, after, after - 1, ONE, doc[start:after].text, "unknown", doc[start:after].text)
    end, head = nominal_run(doc, after, nouns)
    if (
        head is None
        or token.lower_ == "any"
        or (token.lower_ == "hostage" and is_taken(doc, start))
        or (not article and token.tag_ not in NOMINAL)
    ):
        return None
    plural = head.tag_ in ("NNS", "NNPS") and lemma_of(head) != head.lower_
    several = plural or head.lower_ in ("people", "police", "troops", "personnel")
    count = BARE if several and token.lower_ not in ("a", "an", "one") else ONE
    if head.lower_ == "couple":
        count = Count(2, 2, 2, "exact")
    return phrase(doc, start, after, end, head, count, nouns) or named_person(doc, after, end, head)


def phrase(
    doc: Doc, start: int, after: int, end: int, head: Token, count: Count, nouns: Mapping[str, str]
) -> People | None:
    """Make the people of a noun phrase, or None where its head is no word for people."""
    group = nouns.get(lemma_of(head)) or nouns.get(head.lower_)
    if group == "toll" and re.search(r"\bper ?cent\b|%", doc[start:end].text):
        return None
    if group is None:
        strange = lemma_of(head) in THINGS or head.lower_ in THINGS or head.tag_.startswith("NNP") or start == after
        return None if strange else placed(doc, replace(lone_people(doc, start, end, count), who=doc[after:end].text))
    count, end = family(doc, head, count, end)
    group = group_of(doc, after, end, group, nouns)
    return placed(doc, People(start, end, head.i, count, doc[after:end].text, group, doc[start:end].text))


def placed(doc: Doc, people: People) -> People:
    """Give people with what their surroundings say: part of others, beside others, spoken of before."""
    start, end = people.start, people.end
    definite = doc[start].lower_ in ("the", "this", "these", "those")
    return replace(people, part=is_part(doc, start), more=is_more(doc, start, end), definite=definite)


def lone_people(doc: Doc, start: int, end: int, count: Count) -> People:
    """Make people of words that may count anything: people only if something happens to them directly."""
    return People(start, end, max(end - 1, start), count, "", "unknown", doc[start:end].text, lone=True)


def named_person(doc: Doc, start: int, end: int, head: Token) -> People | None:
    """Read a name as one person who counts only if something happens to them directly."""
    if (
        head.tag_ not in ("NNP", "NNPS")
        or doc[start].tag_ != "NNP"
        or doc[start].lower_ in CALENDAR
        or names_place(doc, start, head)
    ):
        return None
    words = doc[start:end].text
    return People(start, end, head.i, ONE, "", "unknown", words, lone=True, part=is_part(doc, start))


def names_place(doc: Doc, start: int, head: Token) -> bool:
    """Tell whether a name says where something was: "in Kabul", "in Jammu and Kashmir"."""
    while head.dep_ == "conj" and head.head.i < head.i:
        head = head.head
    behind = head.dep_ == "pobj" and head.head.lower_ in PLACING
    return behind or (start > 0 and doc[start - 1].lower_ in PLACING)


def nominal_run(doc: Doc, start: int, nouns: Mapping[str, str]) -> tuple[int, Token | None]:
    """Give the end of the run of adjectives and nouns from `start`, and its head: the person, else the last noun."""
    end, head, person = start, None, None
    while end < min(len(doc), start + LONGEST_RUN):
        if doc[end].lower_ == "(" and head is not None and (behind := behind_bracket(doc, end)):
            end = behind
        token = doc[end]
        manner = token.tag_ == "RB" and token.lower_.endswith("ly") and doc[end + 1 : end + 2].text in PARTICIPLES
        if (token.tag_ not in NOMINAL and not manner) or ends_run(doc, end, start, head, nouns):
            break
        if token.lower_ == "passer":  # "passer-by" is three tokens, of which the first is the noun
            return min(end + 3, len(doc)), token
        if token.tag_.startswith("NN"):
            head = token
            person = token if nouns.get(lemma_of(token)) or nouns.get(token.lower_) else person
        end += 1
    if person is not None and head is not person and doc[person.i + 1].tag_ == "NNP":
        head = person  # "police chief Abdul Khan": the title is the person, the name stays with it
    return (end, head) if head is not None else (start, None)


def ends_run(doc: Doc, position: int, start: int, head: Token | None, nouns: Mapping[str, str]) -> bool:
    """Tell whether a token that could be part of a noun phrase begins something else."""
    token = doc[position]
    before = doc[position - 1] if position else None
    if token.lower_ == "dead" and before is not None and before.lemma_ in ("shoot", "gun", "leave"):
        return True
    if describes(token) and nouns.get(lemma_of(token.head)):
        return False
    if token.tag_ in ("VBG", "VBN") and before is not None and before.tag_ != "HYPH" and before.text != "-":
        return (head is not None and token.lower_ not in PARTICIPLES) or token.lower_ not in PARTICIPLES
    return is_state(doc, position, nouns)


def describes(token: Token) -> bool:
    """Tell whether a participle stands between a noun and its number or article: "four injured adults"."""
    noun = token.head
    early = token.tag_ == "VBN" and token.dep_ == "amod" and noun.i > token.i
    return early and any(c.i < token.i and c.dep_ in ("nummod", "det", "poss") for c in noun.children)


def behind_bracket(doc: Doc, position: int) -> int | None:
    """Give the position behind a short bracket that a noun phrase goes on after: "Army (NA) soldiers"."""
    for end in range(position + 1, min(position + 5, len(doc) - 1)):
        if doc[end].text == ")":
            return end + 1 if doc[end + 1].tag_.startswith("NN") else None
    return None


def is_state(doc: Doc, position: int, nouns: Mapping[str, str]) -> bool:
    """Tell whether "dead", "wounded" and the like say what became of people, and do not open a noun phrase."""
    token = doc[position]
    if token.lower_ == "hostage":
        return is_taken(doc, position)
    if token.lower_ not in ("dead", "wounded", "injured", "killed", "missing", "hurt"):
        return False
    following = list(itertools.takewhile(lambda t: t.tag_ in NOMINAL, doc[position + 1 : position + 5]))
    return not any(nouns.get(lemma_of(t)) for t in following)


def is_taken(doc: Doc, position: int) -> bool:
    """Tell whether "hostage" says what became of people: "were taken hostage", "took 14 villagers hostage"."""
    return any(t.lemma_ in ("take", "hold", "keep", "seize") for t in doc[max(0, position - 6) : position]) and (
        doc[position - 1].tag_ not in ("DT", "CD", "JJ", "PRP$")
    )


def lemma_of(token: Token) -> str:
    """Give a noun's lemma in lower case, also for nouns that a capital made a name of."""
    lower: str = token.lower_
    lemma: str = token.lemma_.lower()
    if lemma == lower and token.tag_ in ("NNP", "NNPS", "NNS"):
        for ending, singular in (("men", "man"), ("ies", "y"), ("s", "")):
            if lower.endswith(ending) and len(lower) > len(ending) + 2:
                return lower.removesuffix(ending) + singular
    return lemma


def group_of(doc: Doc, start: int, end: int, group: str, nouns: Mapping[str, str]) -> str:
    """Give the group of a phrase: its head's, or that of a word before it where the head says nothing."""
    if group != "unknown":
        return group
    words = (nouns.get(lemma_of(doc[i])) for i in range(start, end))
    return next((g for g in words if g and g != "unknown"), "unknown")


def family(doc: Doc, head: Token, count: Count, end: int) -> tuple[Count, int]:
    """Read "a family of six" as six; the end moves behind the number."""
    if head.lower_ not in ("family", "crew", "group", "team") or count.low != 1:
        return count, end
    members = find_quantities(doc[head.i + 2 : head.i + 3].text) if doc[end : end + 1].text == "of" else []
    return (members[0].count, head.i + 3) if members else (BARE, end)
