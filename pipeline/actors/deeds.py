"""Find what a text says each named group did, claimed, denied or suffered.

What a group suffered is blanked out before it is asked who acted, so that a victim cannot be taken for the doer.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.actors.deed_rules import (
    ACT_RULES,
    BLAME_RULES,
    FIGHT_RULES,
    GENERICS,
    NEGATED,
    SUSPECT_RULES,
    UNCLAIMED,
    WORD_RULES,
    Rule,
)
from pipeline.actors.deed_states import STATE_RULES
from pipeline.actors.deed_words import ATTACKER_ENDED, LONE, NOT_DOER, ONLY_A_PLACE, VICTIMS
from pipeline.actors.groups import Tokens

# What a group is by another's name: whose branch it is, to whom it swore.
KIN = r"(?:offshoot|branch|affiliate|wing|faction|front|part|splinter|ally|arm|cell)\b"
ASIDES = (
    re.compile(
        r"(?P<who>G\d+G(?: \([^)]*\))?),? (?:an?|the|which (?:is|was)|who are) (?:(?!G\d)[^,.;]){0,50}?\b(?:linked"
        rf"|affiliated|allied|loyal|tied|{KIN}(?:(?!G\d)[^,.;]){{0,20}}?) (?:to|with|of|for|from)"
        r" (?:(?!G\d)[^,.;]){0,30}?G\d+G(?:,(?= (?:said|says|has|had|have|took|also|later|\w+ed)\b))?"
    ),
    re.compile(rf"(?P<who>G\d+G(?: \([^)]*\))?),? G\d+G's? (?:\w+ ){{0,2}}?{KIN}(?: in [^,.;]*)?,?"),
    re.compile(
        r"(?P<who>),? (?:(?:to|with) (?:which|whom) (?:the )?G\d+G[^,.;]{0,40}?\b(?:loyal\w*|allegiance|allied"
        r"|linked)\b,?"
        r"|(?:which|who|that) (?:has |have |had )?(?:pledged|swore|sworn|declared) (?:\w+ )?(?:loyalty|allegiance"
        r"|fealty)"
        r" to (?:the )?G\d+G,?)"
    ),
)


TOKEN = re.compile(r"[GS]\d")
NEAR = 60  # characters before a name in which the word that bears on it stands
SENTENCE = re.compile(r"(?<=[.!?] )")


@dataclass(frozen=True, slots=True)
class Deed:
    """What one rule found of one group: which verdicts it means, and the words."""

    name: str
    verdicts: tuple[str, ...]
    rule: str
    words: str
    start: int


def find_deeds(tokens: Tokens) -> list[Deed]:
    """Give all that the rules find, in the order of the text.

    >>> from pipeline.actors.groups import tokenise_groups
    >>> [(d.name, d.rule) for d in find_deeds(tokenise_groups("A Boko Haram suicide bomber killed six."))]
    [('Boko Haram', 'acts'), ('Boko Haram', 'its attack'), ('Boko Haram', 'its men')]
    """
    if not tokens.named:
        return []
    tokens = Tokens(leave_out_asides(tokens.text), tokens.named)
    text, unhurt = tokens.text, blank_victims(tokens.text)
    deeds = [deed for rule in (*WORD_RULES, *FIGHT_RULES) for deed in apply(rule, text, tokens)]
    deeds += generic_deeds(unhurt, tokens)
    claimed = UNCLAIMED.sub(lambda m: re.sub(r"[GS]\d+[GSA]", _blank, m.group()), text)
    rest = unhurt if claimed == text else blank_victims(claimed)
    for rules in (SUSPECT_RULES, BLAME_RULES, ACT_RULES, STATE_RULES):
        deeds += [deed for rule in rules for deed in apply(rule, rest, tokens)]
    if plotters := [deed for deed in deeds if "plotted" in deed.verdicts]:
        deeds = [deed for deed in deeds if deed in plotters or deed.verdicts != ("attributed",)]
    return sorted(deeds, key=lambda deed: deed.start)


def apply(rule: Rule, text: str, tokens: Tokens) -> Iterator[Deed]:
    """Give what one rule finds."""
    for match in rule.pattern.finditer(text):
        groups = match.groupdict()
        if groups.get("by") and excluded(text[: match.end("by") + 1]):
            continue
        if LONE.search(text[max(0, match.start() - NEAR) : match.start()]):
            continue
        if groups.get("s") and ONLY_A_PLACE.search(text[max(0, match.start("s") - NEAR) : match.start("s")]):
            continue
        for key in ("g", "h", "i", "s"):
            if groups.get(key):
                yield Deed(tokens.of(groups[key]).name, rule.verdicts, rule.name, match.group(), match.start())


def excluded(before: str) -> bool:
    """Say whether the words up to "by" make it no doer's "by": "held by", "the attacker was shot dead by".

    >>> excluded("The town is held by "), excluded("The soldier was shot by ")
    (True, False)
    """
    return bool(NOT_DOER.search(before) or ATTACKER_ENDED.search(before))


def generic_deeds(text: str, tokens: Tokens) -> Iterator[Deed]:
    """Give what is said of "the group": it means the armed group named last before; `text` is without victims.

    >>> from pipeline.actors.groups import tokenise_groups
    >>> tokens = tokenise_groups("ELN rebels stopped the bus. The group later claimed responsibility.")
    >>> [d.verdicts for d in generic_deeds(tokens.text, tokens)]
    [('claimed',)]
    """
    for verdict, pattern in GENERICS:
        for match in pattern.finditer(text):
            before = text[: match.start()]
            named = re.findall(r"(G\d+G)(?!'s|')", before)
            if named and not NEGATED.search(before[-60:]):
                yield Deed(tokens.of(named[-1]).name, (verdict,), "the group", match.group(), match.start())


def leave_out_asides(text: str) -> str:
    """Leave out words that tell what a named group is by another's name: it is the first that acts.

    >>> leave_out_asides("G0G, a splinter of the outlawed G1G, claimed the blast.")
    'G0G claimed the blast.'
    """
    for aside in ASIDES if TOKEN.search(text) else ():
        text = aside.sub(lambda match: match.group("who"), text)
    return text


def blank_victims(text: str) -> str:
    """Hide the tokens of those who were struck, held or merely near.

    >>> blank_victims("Gunmen killed two G0G fighters.")
    'Gunmen killed two ___ fighters.'
    """
    return "".join(blank_in(s) if TOKEN.search(s) else s for s in SENTENCE.split(text))


def blank_in(sentence: str) -> str:
    """Hide the victims' tokens of one sentence."""
    for pattern in VICTIMS:
        sentence = pattern.sub(lambda m: m.group().replace(m.group("v"), "_" * len(m.group("v"))), sentence)
    return sentence


def _blank(match: re.Match[str]) -> str:
    """Hide one token, keeping its length."""
    return "_" * len(match.group())
