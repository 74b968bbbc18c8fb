"""Say why a piece of a sentence about violence can be no incident of its own.

It speaks of what may come, of violence in general, of an old case in court or of what nobody knows, or counts attacks.
"""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from pipeline.model import Aggregate, Figure
from pipeline.reports.senses import is_accident, later_words

HYPOTHETICAL = re.compile(
    r"\b(?:could|would|may|might|should|must|will|shall|can|if|unless|whether|(?<!life-)threat(?:en\w*|s)?|warn\w*|"
    r"fear\w*|risk\w*|vow\w*|pledg\w*|"
    r"plan(?:s|ned|ning)? (?:to|for)|(?:on (?:their|his|her) way|ready) to|"
    r"plot(?:s|ted|ting)? to|intend(?:s|ed|ing)? to|inten(?:t|tion)s?|prevent\w*|"
    r"avoid\w*|prepar\w*|possib\w*|potential\w*|"
    r"aim(?:s|ed|ing)? to|want(?:s|ed)? to|seek(?:s|ing)? to|hop(?:e|es|ed|ing) to|call(?:s|ed) (?:for|on)|"
    r"urged?|likely to|"
    r"were to (?:have )?be(?:en)?|to be used|continue (?:to|efforts)|efforts? to|capab\w*|abilit\w*|drill"
    r"|exercise|simulat\w*|rehears\w*|film|movie|"
    r"novel|fiction\w*)\b",
    re.IGNORECASE,
)
FALSE_ALARM = re.compile(
    r"\b(?:turned out to be|false alarm|hoax|was a drill|were fireworks|controlled (?:explosion|detonation)"
    r"|backfir\w+)\b",
    re.IGNORECASE,
)
UNKNOWN = re.compile(
    r"\b(?:how many|how much|on which|which day|when|whether|who)\b.{0,60}\b(?:do(?:es)?|did|is|was|are) (?:not"
    r"|n['’]t) "
    r"(?:say|said|state|give|known|clear|stated)|\b(?:do(?:es)?|did) not (?:say|state) (?:how|when|where|whether|who)\b"
    r"|\bit (?:is|was) (?:not (?:known|clear)|unclear|unknown) (?:how|when|where|whether|who)\b",
    re.IGNORECASE,
)
UNCLAIMED = re.compile(
    r"\b(?:no (?:group|organi[sz]ation|faction|party)|no[- ]?(?:one|body)) (?:has |had |have )?"
    r"(?:so far |yet |immediately )?(?:claimed|said it|admitted)|\bnot (?:yet |immediately )?claimed\b"
    r"|\bno (?:immediate )?claim of responsibility\b",
    re.IGNORECASE,
)
FIRST_PERSON = re.compile(r"\b(?:I|we|We|our|my|us|you|You)\b")
INTENDED = re.compile(
    r"\b(?:if|unless|will|shall|(?<!life-)threat(?:en\w*|s)?|warn\w*|fear\w*|risk\w*|vow\w*|pledg\w*|plan(?:s|ned|ning)?|plot(?:s|ted|ting)?|"
    r"intend\w*|prepar\w*|prevent\w*|avert\w*|drill|exercise|simulat\w*|rehears\w*|film|movie|novel|fiction\w*)\b",
    re.IGNORECASE,
)
DATED = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October"
    r"|November|December|(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.|yesterday|overnight|(?:19|20)\d\d)\b"
)
DAY = re.compile(r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|overnight)\b")
SUBJECTS = ("nsubj", "nsubjpass")
TIME_MARKS = frozenset({"after", "when", "while", "as", "before", "since", "until"})
GENERIC_TENSE = frozenset({"VBP", "VBZ"})
PLURAL_EVENTS = frozenset(
    "attack bombing assault blast explosion shooting raid clash killing strike airstrike ambush assassination "
    "kidnapping murder incident".split()
)
CLAUSE_ENDS = frozenset("; but — – when after as where".split())
FREQUENT = re.compile(
    r"\b(?:often|frequent(?:ly)?|regularly|routinely|repeated(?:ly)?|usually|typically|sometimes|increasingly|"
    r"every (?:day|week|month|year)|"
    r"daily|wave of|series of (?:attacks|raids)|spate of|string of|years of|decades of|uptick|surge|rise in|"
    r"increase in|increased|decreased|"
    r"ongoing|continu\w+|targets? of|in recent (?:days|weeks|months|years)|over the (?:past|last)|scaled up|"
    r"number of attacks|has been blamed for|have been blamed for)\b",
    re.IGNORECASE,
)


def generality(whole: str, span: Span, trigger: Token, figures: Sequence[Figure], totals: Sequence[Aggregate]) -> str:
    """Say why a piece of the sentence `whole` can be no incident of its own, or give nothing where it can."""
    text = whole[span.start_char : span.end_char]
    if totals:
        return "total"
    if whole.lstrip()[:1] in ("“", '"') and FIRST_PERSON.search(text):
        return "quoted"
    first = trigger.left_edge if trigger.tag_[:2] == "NN" else trigger
    dated = DATED.search(whole[first.idx : span.end_char]) is not None
    if is_open(trigger, dated):
        return "hypothetical"
    if FALSE_ALARM.search(whole) or is_accident(text):
        return "generic"
    if UNCLAIMED.search(text):
        return "later"
    if is_told_later(trigger) and not (dated and any(f.counts == "yes" for f in figures)):
        return "later"
    exact = any(f.count.state in ("exact", "open_high", "approximate") and f.counts == "yes" for f in figures)
    return "" if exact or not is_vague(whole, span, trigger) else "generic"


def is_vague(whole: str, span: Span, trigger: Token) -> bool:
    """Tell whether words that give no number speak of violence in general, of many acts or of what nobody knows."""
    if UNKNOWN.search(whole) or whole.rstrip().endswith("?"):
        return True
    auxiliaries = {c.lower_ for c in trigger.children if c.dep_ in ("aux", "auxpass")}
    behind = whole[trigger.idx : span.end_char]
    return (
        (FREQUENT.search(whole[span.start_char : span.end_char]) is not None)
        or (any(plural_generic(t) for t in (trigger, *subject_words(trigger))) and not DAY.search(behind))
        # "they have been attacked in schools": more than once
        or (trigger.tag_ == "VBN" and {"have", "been"} <= auxiliaries)
        or (trigger.tag_ in GENERIC_TENSE and trigger.dep_ in ("ROOT", "ccomp", "advcl", "relcl", "conj"))
    )


def is_open(trigger: Token, dated: bool) -> bool:
    """Tell whether it is left open that the deed was done; "whether the shooting on Monday is linked" does not."""
    if dated and trigger.tag_[:2] == "NN":
        return governed_by(trigger, INTENDED)
    return governed_by(trigger, HYPOTHETICAL)


def is_told_later(trigger: Token) -> bool:
    """Tell whether a word of courts or remembrance stands above the deed, or it names a crime: "for murder"."""
    bare = trigger.dep_ == "pobj" and trigger.head.lower_ in ("of", "for", "with") and trigger.tag_ == "NN"
    crime = bare and all(c.dep_ == "amod" for c in trigger.children)
    return crime or any(speaks_later(token) for token in climb(trigger))


def climb(token: Token) -> Iterator[Token]:
    """Give the words that a deed hangs on, and their subjects.

    A clause of time ("held after a bomb killed two") and a main clause of its own stand on their own feet.
    """
    while token.head.i != token.i:
        marks = {c.lower_ for c in token.children if c.dep_ in ("mark", "advmod")}
        own = token.dep_ == "conj" and any(c.dep_ in SUBJECTS for c in token.children)
        if own or (token.dep_ == "advcl" and marks & TIME_MARKS):
            return
        if ";" in token.doc[min(token.i, token.head.i) : max(token.i, token.head.i)].text:
            return
        behind = token.lower_ in ("after", "following")
        token = token.head
        yield from (c for c in token.children if c.dep_ in SUBJECTS)
        if behind:
            return
        yield token


def speaks_later(token: Token) -> bool:
    """Tell whether a word speaks of an attack long after it: a court, an arrest, a vigil."""
    return token.lemma_.lower() in later_words("verb" if token.tag_[:2] == "VB" else "noun")


def subject_words(verb: Token) -> list[Token]:
    """Give the words of a verb's subject: what holds of them holds of what they do."""
    return [t for c in verb.children if c.dep_ in SUBJECTS for t in c.subtree]


def plural_generic(token: Token) -> bool:
    """Tell whether plural attacks are meant in general: without "two", "twin", "both" before them, or a day behind."""
    if token.tag_ != "NNS" or token.lemma_.lower() not in PLURAL_EVENTS:
        return False
    before = token.doc[max(0, token.i - 4) : token.i].text.lower()
    return not re.search(
        r"\b(?:twin|two|three|four|five|six|coordinated|simultaneous|both|these|those|back-to-back|"
        r"near-simultaneous)\b",
        before,
    )


def governed_by(trigger: Token, pattern: re.Pattern[str]) -> bool:
    """Tell whether a word that puts things in doubt or in the future governs the trigger.

    A verb in the past happened, unless a modal verb or "if" goes with it; for a noun the words before it decide.
    """
    if trigger.tag_ in ("VBD", "VBN"):
        marks = [c.lower_ for c in trigger.children if c.dep_ in ("aux", "mark", "advmod")]
        if trigger.tag_ == "VBD" or any(m in ("was", "were", "has", "have", "had") for m in marks):
            return any(m in ("if", "unless", "whether") or is_modal(m) for m in marks)
    start = max(
        (t.i + 1 for t in trigger.doc[: trigger.i] if t.lower_ in CLAUSE_ENDS and t.i < trigger.i - 1), default=0
    )
    before = trigger.doc[start : trigger.i].text
    found = (m for m in pattern.finditer(before) if m.group() != "May")
    last = max(found, key=lambda m: m.end(), default=None)
    if last is None:
        return False
    after = before[last.end() :]
    done = (
        r"\b(?:killed|injured|wounded|died)\b"
        if is_modal(last.group().lower())
        else r"\b(?:killed|injured|wounded|died|able|managed)\b"
    )
    return len(after.split()) <= 10 and not re.search(done, after)


def is_modal(word: str) -> bool:
    """Tell whether a word is a modal verb that leaves open whether something happened."""
    return word in ("could", "would", "may", "might", "should", "must", "will", "shall", "can", "'ll", "’ll")
