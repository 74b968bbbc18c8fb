"""Who did it where no group is named: the forces of the state in plain words, or a person whom the police name.

Both come last: soldiers who shoot an attacker are not the doers, nor is who is merely wanted for questioning.
"""

import re
from collections.abc import Iterator

CRAFT = (
    r"(?:forces|troops|soldiers|fighter jets?|jets?|warplanes?|aircraft|helicopters?|gunships?|planes?"
    r"|artillery|drones?)"
)
FORCES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (
        name,
        re.compile(
            rf"(?<!\w)(?<![GS]\d[GSA] )(?<![GS]\d\d[GSA] )(?<!-)(?:the |a )?(?:{pattern})\b(?! (?:in|from the|bomb"
            rf"|officers?|spokes|base|checkpoint|post|patrol|convoy|camp|barracks|trucks?|vehicles?|chief|source"
            rf"|official|headquarters)\b)",
            re.I,
        ),
    )
    for name, pattern in (
        ("junta", rf"(?:(?:ruling |military )*junta|regime)(?:'s)?(?: {CRAFT})?"),
        ("government forces", rf"(?:government|loyalist|pro-government) (?:{CRAFT}|army)"),
        ("security forces", r"(?:state |government |paramilitary )?security (?:forces|personnel)|paramilitary police"),
        ("army", rf"(?:(?:military|army|air force) {CRAFT}|army|military|soldiers|troops|air force)"),
        (
            "police",
            r"(?:riot )?police(?: officers)?(?= (?:opened fire|fired|shot (?:dead )?(?:at )?(?:\w+ ){0,3}(?:protest"
            r"|demonstr|student|march)))",
        ),
    )
)
# Where others took up arms, the forces of the state only answered.
OTHERS = re.compile(
    r"\b(?:gunm[ae]n|attackers?|assailants?|bombers?|militants?|insurgents?|rebels?|robbers?|gangs?|gangsters?|bandits?"
    r"|suspects?|terrorists?|fighters|guerrillas?|(?:armed|masked|unidentified|unknown) (?:men|persons|people)"
    r"|militia\w*"
    r"|shooter|knifeman|hijackers?|kidnappers?|extremists?|pirates|IEDs?|landmine|roadside)\b",
    re.IGNORECASE,
)
PERSON = r"(?P<who>[A-Z][\w'’-]+(?: (?:(?:al|bin|de|van|von|da|el) ?-?)*[A-Z][\w'’-]+){1,3})"
CULPRIT = (
    r"(?:gunm[ae]n|shooter|attacker|assailant|bomber|driver|suspect|suspected \w+|killer|knifeman|perpetrator|hijacker"
    r"|alleged \w+)"
)
PERSONS = (
    ("attributed", rf"\b(?:identified|named) the (?:[\w-]+ ){{0,3}}?{CULPRIT} as (?:[a-z\d-]+ ){{0,6}}?{PERSON}"),
    (
        "attributed",
        rf"\b{CULPRIT}\b[^.;]{{0,60}}?\b(?:identified|named)\b[^.;]{{0,40}}? as (?:[a-z\d-]+ ){{0,6}}?{PERSON}",
    ),
    ("attributed", rf"\b(?:gunman|shooter|attacker|assailant|bomber|knifeman|killer), {PERSON},"),
    (
        "suspected",
        rf"\b{PERSON}, (?:an? )?\d\d,(?:[^.;]{{0,40}},)? (?:was|has been|is|had been) (?:later )?(?:arrested|charged)",
    ),
    ("suspected", rf"\b(?:[Pp]olice|[Oo]fficers|[Aa]gents) (?:later )?(?:arrested|charged) {PERSON}, \d\d"),
)
COMPILED = tuple((verdict, re.compile(pattern)) for verdict, pattern in PERSONS)


def name_forces(text: str, first: int) -> Iterator[tuple[str, re.Pattern[str], str]]:
    """Give a name, a pattern and a token, numbered from `first`, for each force of a state in plain words.

    >>> [name for name, _, _ in name_forces("Army helicopters fired on the village.", 0)]
    ['army']
    >>> list(name_forces("Gunmen fired at soldiers.", 0))
    []
    """
    if not OTHERS.search(text):
        found = [(name, pattern) for name, pattern in FORCES if pattern.search(text)]
        yield from ((name, pattern, f"G{first + n}G") for n, (name, pattern) in enumerate(found))


def read_person(text: str) -> tuple[str, str, str]:
    """Give the person named as the doer, how the text comes to say so, and the words; all empty for none.

    >>> read_person("Police identified the gunman as Jon Berg, 34.")[:2]
    ('Jon Berg', 'attributed')
    >>> read_person("Police identified the victim as Jon Berg.")[0]
    ''
    """
    found = ((match, verdict) for verdict, pattern in COMPILED if (match := pattern.search(text)))
    match, verdict = next(found, (None, ""))
    return (match["who"], verdict, match.group()) if match else ("", "", "")
