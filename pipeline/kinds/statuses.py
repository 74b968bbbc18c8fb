"""Read whether an incident occurred, was foiled, is only alleged, or is denied."""

import re
from collections.abc import Callable, Sequence

BAD = (
    r"(?:attack|attacks|assault|bombing|bombings|bomb|bombs|plot|explosion|strike|strikes|airstrike"
    r"|airstrikes|raid|shooting|killing|killings|massacre|attempt|ambush|abduction|kidnapping|hijacking"
    r"|incident|shelling|mass killing)"
)
FOILED = re.compile(
    rf"\b(?:foil(?:ed|s|ing)|thwart(?:ed|s|ing)|avert(?:ed|s|ing)|was prevented|were prevented"
    rf"|prevented (?:an?|the|another) (?:\w+ ){{0,3}}{BAD}"
    rf"|defus(?:ed|es|ing)|deactivat(?:ed|es|ing)|disarmed (?:the|a) (?:\w+ )?(?:bomb|device)"
    rf"|(?:made|rendered) (?:it |them |the \w+ )?safe"
    rf"|(?:found|discovered) [^.;]{{0,80}}?\band (?:blew|destroyed|detonated|dismantled)\b"
    rf"|(?:found and|safely) (?:blown up|destroyed)"
    rf"|(?:attempt|bid|plan|plot) to [^.;]{{0,60}}? (?:failed|was stopped|was abandoned)"
    rf"|safely detonated|controlled (?:explosion|detonation)"
    r"|(?:fail(?:ed|s|ing)|did not manage) to (?:explode|detonate|go off|ignite|blow)|did not "
    r"(?:explode|detonate|go off)|didn't (?:explode|detonate|go off)|never (?:exploded|detonated"
    r"|went off)"
    rf"|(?:failed|unsuccessful|botched|abortive|aborted|attempted) (?:suicide |car |bomb |terrorist "
    rf"|terror |assassination |knife |arson |kidnap\w* )*{BAD} (?:was|were|on|at|in|against|by|of)?"
    r"|before (?:he|she|they|it|either|any of them|the bombers?|the attackers?)? ?(?:were able to"
    r"|was able to|could|managed to|had a chance to|being able to) (?:self-)?(?:detonate|reach|explode"
    r"|blow|carry out|set off|attack|strike|enter)"
    r"|before (?:blowing|detonating|exploding|reaching|setting off) (?:himself|herself|themselves|his"
    r"|her|their|the|its)"
    r"|before (?:it|they|the bombs?|the devices?) (?:could|exploded|detonated|went off)"
    r"|plot (?:was|had been) (?:uncovered|disrupted|broken up)|(?:disrupted|uncovered|broke up) (?:an?"
    r"|the) (?:\w+ ){0,2}plot"
    r"|(?:was|were) (?:shot down|intercepted) (?:before|by air defen[cs]e)|all (?:were )?intercepted|intercepted by)\b",
    re.IGNORECASE,
)
# A second device that did not go off does not undo the first.
ANOTHER = re.compile(
    (
        r"\b(?:another|others?|a second|a third|a fourth|a fifth|second|third|remaining|one of|two of"
        r"|some of|two more|one more|several other)\b[^.;]{0,120}$"
    ),
    re.IGNORECASE,
)
HARMED = re.compile(
    (
        r"\b(?:kill(?:ed|ing|s)|wound(?:ed|ing|s)|injur(?:ed|ing|es)|dead|died|explode[sd]|exploded"
        r"|detonates)\b"
    ),
    re.IGNORECASE,
)
ATTEMPT = re.compile(r"\b(?:attempted|failed|unsuccessful|botched)\b", re.IGNORECASE)
DENIED = re.compile(
    rf"\b(?:den(?:y|ied|ies|ying)|rejected (?:reports|claims)|dismissed (?:reports|claims)) (?:that )?"
    rf"(?:there (?:had been|was|were)|any|such an?|the|reports? of|claims of|having carried out"
    rf"|carrying out|an?)? ?(?:\w+ ){{0,3}}{BAD}(?: (?:had )?(?:taken|took) place| (?:had )?(?:happened"
    rf"|occurred))?"
    rf"|no such {BAD}|(?:{BAD}) (?:never|did not) (?:happened|happen|took place|take place|occur)",
    re.IGNORECASE,
)
ROLE = re.compile(r"\b(?:responsibility|involvement|role|being behind|any part|hand) ?", re.IGNORECASE)
ALLEGED = re.compile(
    rf"\b(?:alleged|purported|supposed|unconfirmed|unverified) (?:[\w-]+ ){{0,3}}{BAD}\b|\b"
    rf"(?:unconfirmed|unverified) (?:reports?|claims?|accounts?|footage)\b"
    r"|\b(?:allegedly|reportedly) (?:attacked|killed|bombed|shot|raided|executed|massacred|tortured"
    r"|abducted|kidnapped|carried out|shelled|struck)\b"
    r"|\b(?:could not|cannot|couldn't) be (?:independently )?(?:verified|confirmed)\b",
    re.IGNORECASE,
)


def is_foiled(text: str) -> str:
    """Give the words that say an incident was stopped.

    >>> is_foiled("A car bomb outside the court was defused by experts.")
    'defused'
    >>> is_foiled("Two bombs killed six; a third was defused.")
    ''
    """
    for match in FOILED.finditer(text):
        harmed = HARMED.search(text)
        if harmed and (ANOTHER.search(text[: match.start()]) or ATTEMPT.match(match.group())):
            continue
        if re.match(r"(?i)botched", match.group()) and "strike" in match.group():
            continue
        return match.group()
    return ""


def is_denied(text: str) -> str:
    """Give the words that say nothing of the kind happened; denying a part in it is another matter.

    >>> is_denied("The army denied that any strike took place.")
    'denied that any strike took place'
    >>> is_denied("The group denied responsibility for the bombing.")
    ''
    """
    match = DENIED.search(text)
    return match.group() if match and not ROLE.search(match.group()) else ""


def is_alleged(text: str) -> str:
    """Give the words that leave open whether it happened.

    >>> is_alleged("Activists reported an alleged chemical attack on the town.")
    'alleged chemical attack'
    """
    match = ALLEGED.search(text)
    return match.group() if match else ""


RULES: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("denied", is_denied),
    ("foiled", is_foiled),
    ("alleged", is_alleged),
)


def read_status(texts: Sequence[str]) -> tuple[str, str]:
    """Give the status that the spans tell, the leading span first, and the words that tell it.

    >>> read_status(["Police foiled a plot to bomb the embassy."])
    ('foiled', 'foiled')
    """
    for status, rule in RULES:
        for text in texts:
            if words := rule(text):
                return status, words
    return "occurred", ""
