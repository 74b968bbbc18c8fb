"""Say why a piece of a sentence about violence can be no incident of its own.

It speaks of what may come, of violence in general, of an old case in court or of what nobody knows, or counts attacks.
"""

import re
from collections.abc import Sequence

from spacy.tokens import Span, Token

from pipeline.model import Aggregate, Figure

HYPOTHETICAL = re.compile(
    r"\b(?:could|would|may|might|should|must|will|shall|can|if|unless|whether|threat(?:en\w*|s)?|warn\w*|"
    r"fear\w*|risk\w*|vow\w*|pledg\w*|"
    r"plan(?:s|ned|ning)? (?:to|for)|plot(?:s|ted|ting)? to|intend(?:s|ed|ing)? to|inten(?:t|tion)s?|prevent\w*|"
    r"avoid\w*|prepar\w*|possib\w*|potential\w*|"
    r"aim(?:s|ed|ing)? to|want(?:s|ed)? to|seek(?:s|ing)? to|hop(?:e|es|ed|ing) to|call(?:s|ed) (?:for|on)|"
    r"urged?|likely to|"
    r"were to (?:have )?be(?:en)?|to be used|continue (?:to|efforts)|efforts? to|capab\w*|abilit\w*|drill"
    r"|exercise|simulat\w*|rehears\w*|film|movie|"
    r"novel|fiction\w*)\b",
    re.IGNORECASE,
)
ANNIVERSARY = re.compile(
    r"\b(?:suspicion of|accused of|wanted for|anniversar\w+|commemorat\w+|memorial|remembrance|vigil|tribute|"
    r"in memory|trial|on trial|sentenced|"
    r"convict\w+|acquitt\w+|pleaded|"
    r"indict\w+|charged with|court|verdict|jury|lawsuit|appeal(?:ed|s)?|documentary|exhibition)\b",
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
FIRST_PERSON = re.compile(r"\b(?:I|we|We|our|my|us|you|You)\b")
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


def generality(span: Span, trigger: Token, figures: Sequence[Figure], totals: Sequence[Aggregate]) -> str:
    """Say why a piece can be no incident of its own, or give nothing where it can."""
    text = span.text
    if totals:
        return "total"
    if re.match(r"\s*[“\"]", trigger.doc.text) and FIRST_PERSON.search(text):
        return "quoted"
    if governed_by(trigger, HYPOTHETICAL):
        return "hypothetical"
    exact = any(f.count.state in ("exact", "open_high", "approximate") and f.counts == "yes" for f in figures)
    if FALSE_ALARM.search(trigger.doc.text):
        return "generic"
    if ANNIVERSARY.search(text):
        return "later"
    if (UNKNOWN.search(trigger.doc.text) or trigger.doc.text.rstrip().endswith("?")) and not exact:
        return "generic"
    if trigger.tag_ == "NNS" and trigger.lemma_.lower() in PLURAL_EVENTS and not exact and plural_generic(trigger):
        return "generic"
    if FREQUENT.search(text) and not exact:
        return "generic"
    auxiliaries = {c.lower_ for c in trigger.children if c.dep_ in ("aux", "auxpass")}
    if trigger.tag_ == "VBN" and {"have", "been"} <= auxiliaries and not exact:
        return "generic"  # "they have been attacked in schools": more than once
    if trigger.tag_ in GENERIC_TENSE and not exact and trigger.dep_ in ("ROOT", "ccomp", "advcl", "relcl", "conj"):
        return "generic"
    return ""


def plural_generic(trigger: Token) -> bool:
    """Tell whether plural attacks are meant in general: without "two", "twin", "both" before them."""
    before = trigger.doc[max(0, trigger.i - 4) : trigger.i].text.lower()
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
    last = max(pattern.finditer(before), key=lambda m: m.end(), default=None)
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
