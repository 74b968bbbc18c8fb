"""Find the words of harm in a sentence and how each takes the people who suffer it.

An active verb harms those behind it, a passive or a state those before it; a noun counts people, or is "of" them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from pipeline.people.find import People, describes, find_people
from pipeline.people.naming import among_from, is_group, naming_verb

PASSIVE_AUXILIARIES = frozenset("be get is are was were been being got".split())
DEADLY_TAILS = ("to death", "dead", "alive", "and killed", "and killing", "fatally")
TRIED = re.compile(
    r"\b(?:tr(?:y|ies|ied|ying)|attempt(?:s|ed|ing)?|fail(?:s|ed)?|plan(?:s|ned|ning)?|plot(?:s|ted|ting)?|threaten\w*|want\w*|"
    r"hop\w+|intend\w*|vow\w*) to$"
)
NUMBER_OF = re.compile(r"\bnumber of (?:the |those |people |persons |victims |civilians )*$")
PLURALS = frozenset("deaths fatalities casualties injuries victims bodies".split())
MODALS = re.compile(r"\b(?:could|would|should|will|can|must)(?: (?:\w+ly|also|have|be|been))*$")
NEGATED = re.compile(r"(?:\bnot|n['’]t|\bnever|\bneither)(?: (?:(?!only)\w+ly|been|be|have|being))*$")
FOUND = frozenset(
    "find recover discover retrieve pull exhume dump unearth bring carry collect receive lie float see count".split()
)
HOSPITAL = re.compile(r"\bto (?:[\w’'-]+ ){0,4}?(?:hospitals?|clinics?|infirmary)\b")
BROUGHT = frozenset("take rush evacuate airlift fly transport admit bring ferry".split())
HIT = re.compile(
    r"(?:in|on) (?:the|his|her|their|both|one) (?:\w+ )?(?:legs?|arms?|head|chest|neck|back|face|abdomen|stomach|"
    r"shoulders?|hands?|foot|feet|thighs?|knees?|torso)\b"
    r"|by (?:an? |the )?(?:\w+ )?(?:bullets?|gunfire|shrapnel|splinters?|pellets?)\b"
)
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
    way: str  # active, passive, state, noun, toll, none
    part: bool = False  # it names people among those it befell: "among the dead were two nurses"


def find_harms(doc: Doc, words: HarmWords) -> Iterator[Harm]:
    """Give the words of harm of a sentence with their way of taking people."""
    for token in doc:
        lemma, lower = token.lemma_.lower(), token.lower_
        if (named := named_harm(doc, token, words)) is not None:
            if doc[token.i - 1].tag_ == "CD":
                yield Harm(token.i, token.i, named.measure, "state")  # "the 23 killed included"
            yield named
            continue
        if not can_harm(token, words) or NEGATED.search(doc[max(0, token.i - 5) : token.i].text.lower()):
            continue
        if token.tag_.startswith("VB") and (measure := verb_measure(doc, token, words)):
            way = voice(doc, token, words) if lemma not in words.subjects else "passive"
            yield Harm(token.i, deadly_end(doc, token), measure, way)
        elif lower == "fatally" and not any(
            t.lemma_ in ("shoot", "stab", "wound") for t in doc[token.i + 1 : token.i + 2]
        ):
            yield Harm(token.i, token.i, "killed", "state")
        elif (
            lower in words.states
            and not names_group(doc, token)
            and (token.tag_[:2] in ("JJ", "NN", "VB") or lower == "hostage")
        ):
            yield Harm(token.i, token.i, words.states[lower], "state")
        elif lower in ("wounds", "injures") and opens_people(doc, token.i + 1, words):
            yield Harm(token.i, token.i, "injured", "active")
        elif token.tag_.startswith("NN") and lemma in words.nouns:
            if lemma != "body" or any(t.lemma_ in FOUND for t in doc):
                yield borne_harm(doc, token, words.nouns[lemma])
        elif lemma == "life" and (verb := verb_near(doc, token, ("lose", "claim", "take", "cost"))) is not None:
            lost = verb.lemma_ == "lose" and verb.i < token.i
            yield Harm(verb.i if lost else token.i, token.i, "killed", "passive" if lost else "noun")
        elif lemma in words.deeds and doc[token.i + 1 : token.i + 2].text.lower() == "of":
            yield Harm(token.i, token.i, words.deeds[lemma], "noun")


def can_harm(token: Token, words: HarmWords) -> bool:
    """Tell whether a word can be one of harm at all, before its surroundings are read."""
    lemma, lower = token.lemma_.lower(), token.lower_
    listed = lemma in words.nouns or lemma in words.deeds or lower in words.states
    return listed or token.tag_.startswith("VB") or lemma == "life" or lower in ("fatally", "wounds", "injures")


def named_harm(doc: Doc, token: Token, words: HarmWords) -> Harm | None:
    """Read a word of harm by which people are counted ("number of dead") or named ("the dead include")."""
    lower = token.lower_
    measure = words.states.get(lower, "") or (token.tag_ == "VBN" and words.verbs.get(token.lemma_.lower(), "")) or ""
    if not measure and lower != "toll" and lower not in PLURALS:
        return None
    counted = doc[max(0, token.i - 4) : token.i].text_with_ws.lower()
    if NUMBER_OF.search(counted) and (measure or lower in PLURALS):
        return Harm(token.i, token.i, measure or words.nouns.get(token.lemma_.lower(), "killed"), "toll")
    if lower == "toll" or not measure:
        both = "casualty" in counted
        return Harm(token.i, token.i, "killed_or_injured" if both else "killed", "toll") if lower == "toll" else None
    group = is_group(doc, token.i)
    if (verb := naming_verb(doc, token.i, lambda d, at: opens_people(d, at, words))) is not None:
        return Harm(token.i, verb, measure, "active", part=group)
    if (verb := among_from(doc, token.i)) is not None:
        return Harm(verb, token.i, measure, "passive", part=True)
    return None


def names_group(doc: Doc, token: Token) -> bool:
    """Tell whether "the injured" or "the critically hurt" names people, and does not say what befell others."""
    before = token.i - 1
    while before >= 0 and doc[before].tag_ == "RB":
        before -= 1
    after = doc[token.i + 1].tag_[:2] if token.i + 1 < len(doc) else ""
    return before >= 0 and doc[before].lower_ in ("the", "of") and after != "NN"


def borne_harm(doc: Doc, token: Token, measure: str) -> Harm:
    """Read "30 deaths", and "three men suffered injuries", where the people bear the harm that the noun names."""
    verb = verb_near(doc, token, ("suffer", "sustain", "receive", "incur"))
    if (
        verb is not None
        and verb.i < token.i
        and all(t.tag_[:2] in ("JJ", "DT", "RB", "VB", "CC") for t in doc[verb.i + 1 : token.i])
    ):
        return Harm(verb.i, token.i, measure, "passive")
    before = doc[max(0, token.i - 4) : token.i].text.lower()
    if "fatal" in before:
        measure = "killed"
    if re.search(r"\bwith(?: [\w-]+){0,2}$", before):
        bearing = next(t.i for t in doc[max(0, token.i - 4) : token.i] if t.lower_ == "with")
        return Harm(bearing, token.i, measure, "state")
    return Harm(token.i, token.i, measure, "noun")


def verb_near(doc: Doc, token: Token, lemmas: tuple[str, ...]) -> Token | None:
    """Give the verb of a few that stands within five words before or three behind a token."""
    return next((t for t in doc[max(0, token.i - 5) : token.i + 4] if t.lemma_ in lemmas), None)


def verb_measure(doc: Doc, token: Token, words: HarmWords) -> str:
    """Give what a verb did to people: "shot dead" and "stabbed to death" kill, "shot" alone does not say."""
    lemma = token.lemma_.lower()
    led = doc[max(0, token.i - 5) : token.i].text.lower()
    if (token.tag_ == "VB" and TRIED.search(led)) or MODALS.search(led):
        return ""
    tail = doc[token.i + 1 : token.i + 3].text.lower()
    before = doc[token.i - 1].lower_ if token.i else ""
    if lemma in ("gun", "mow", "cut") and tail.startswith("down"):
        return "killed"
    if lemma in ("shoot", "stab", "beat", "hack", "burn", "bludgeon", "strangle", "knife", "club", "crush", "trample"):
        clause = doc[token.i + 1 : token.i + 9].text.lower()
        if tail.startswith(DEADLY_TAILS) or before == "fatally" or " to death" in clause:
            return "killed"
        if lemma in ("stab", "knife") or (lemma == "burn" and before.endswith("ly")):
            return "injured"
        missed = tail.startswith("into") or (tail.startswith("at") and doc[token.i - 1].lemma_ not in ("be", "get"))
        return "shot" if lemma == "shoot" and not missed else ""
    if before == "fatally" and lemma in words.verbs:
        return "killed"
    if lemma == "blow" and tail.startswith("up"):
        return ""
    if token.tag_ == "VBN" and (measure := treated_measure(doc, token)):
        return measure
    return words.verbs.get(lemma) or words.subjects.get(lemma) or words.verbs.get(bare_verb(token), "")


def treated_measure(doc: Doc, token: Token) -> str:
    """Give the harm of a passive without a word of harm: "treated for cuts", "hit in the leg", "taken to hospital".

    Where somebody dies in the same sentence, the way to the hospital says nothing more.
    """
    behind = doc[token.i + 1 : token.i + 9].text.lower()
    if token.lemma_ in ("hit", "strike") and HIT.match(behind):
        return "shot"
    if token.lemma_ == "treat" and re.match(r"(?:in|at|by|for) (?!shock|stress|trauma)", behind):
        return "injured"
    brought = token.lemma_ in BROUGHT and doc[token.i - 1].lower_ in ("were", "been") and HOSPITAL.match(behind)
    fatal = any(t.lemma_ in ("die", "succumb", "dead", "body", "kill") for t in doc)
    return "injured" if brought and not fatal else ""


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
    if describes(token):
        return "state"
    if opens_people(doc, deadly_end(doc, token) + 1, words):
        return "state" if left_behind(doc, token.i, words) else "active"
    if any(child.dep_ == "dobj" and child.i > token.i for child in token.children):
        return "active"
    return "state"


def opens_people(doc: Doc, position: int, words: HarmWords) -> bool:
    """Tell whether people, counted or not, begin at a token."""
    starts = {p.start for p in people_of(doc, words)}
    while position < len(doc) and position not in starts and doc[position].tag_ == "RB":
        position += 1
    return position in starts


def left_behind(doc: Doc, position: int, words: HarmWords) -> bool:
    """Tell whether "leaving" or "with" brings in people right before, so that the word of harm follows its people."""
    before = doc[max(0, position - 6) : position]
    if not any(t.lemma_ == "leave" or t.lower_ == "with" for t in before):
        return False
    return any(p.end == position for p in people_of(doc, words))


def people_of(doc: Doc, words: HarmWords) -> list[People]:
    """Give the people of a sentence, which are found once, whatever number of its words ask for them."""
    key = f"people of {id(words.people)}"
    if key not in doc.user_data:
        doc.user_data[key] = find_people(doc, words.people)
    found: list[People] = doc.user_data[key]
    return found


def merge_harms(doc: Doc, harms: list[Harm]) -> list[Harm]:
    """Join words of harm that share their people: "killed or wounded 100" is both, "shot and killed two" killed."""
    out: list[Harm] = []
    for harm in harms:
        last = out[-1] if out else None
        between = [t.lower_ for t in doc[last.last + 1 : harm.token]] if last else []
        if last and last.way == harm.way == "noun" and between in (["or"], ["and"]):
            out[-1] = Harm(last.token, harm.last, joint_measure(last.measure, harm.measure), "noun")
            continue
        if last and between in (["and"], ["or"], ["/"], ["and", "/", "or"]) and "noun" not in (last.way, harm.way):
            measure = joint_measure(last.measure, harm.measure)
            way = harm.way if last.way in ("passive", "state") and harm.way == "active" else last.way
            out[-1] = Harm(last.token, harm.last, measure, "active" if harm.way == "active" else way)
        elif last and not between and harm.way == "state":
            out[-1] = replace(last, last=max(last.last, harm.last))
        else:
            out.append(harm)
    return out


def joint_measure(first: str, second: str) -> str:
    """Give the measure of two words of harm with the same people: the surer one, or both where they differ.

    >>> joint_measure("shot", "killed"), joint_measure("killed", "injured")
    ('killed', 'killed_or_injured')
    """
    measures = {first, second} - {"shot"} or {"shot"}
    if measures == MEASURES_OF_BOTH:
        return "killed_or_injured"
    return first if first in measures and first != "killed_or_injured" else second if second in measures else first
