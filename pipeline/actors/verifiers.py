"""Read which named bodies an article says verified or confirmed an incident."""

import re

from pipeline.actors.claimants import type_of

NAME = r"(?P<name>(?<!\w)(?:[A-Z][\w&'’-]*)(?: (?:of |for |the |on ){0,3}[A-Z][\w&'’-]*){0,12})"
VERIFIERS = (
    re.compile(
        rf"(?:verified|geolocated|authenticated|corroborated|confirmed) (?:\w+ )?by (?:the )?{NAME}(?: and "
        rf"(?:the )?(?P<more>[A-Z][\w&'’-]*(?: [A-Z][\w&'’-]*)*))?"
    ),
    re.compile(
        rf"{NAME}(?:,[^,.;]{{0,80}},)? (?!verified by)(?:(?:has|have|had|also|later|independently|since) )*"
        rf"(?:verified|geolocated|authenticated|corroborated|(?:was|were) able to (?:independently )?"
        rf"(?:confirm|verify)|independently confirmed)"
    ),
    re.compile(rf"{NAME}-verified"),
    re.compile(rf"(?P<body>{NAME}) (?:(?:has|have|had|also|later) )*confirmed"),
)
NEAR = 200  # characters in which a denial stands before what it denies
NOT_VERIFIED = re.compile(
    (r"\b(?:not|n't|never|un|no|cannot|yet to|nor|unable to)\b(?: \w+){0,4} ?$|could not(?: \w+){0,3} $"), re.IGNORECASE
)


def read_verifiers(text: str) -> tuple[str, ...]:
    """Give the named bodies that the text says verified or confirmed what happened.

    >>> read_verifiers("Footage verified by Mnemonic shows the strike, and Reuters was able to confirm 12 deaths.")
    ('Mnemonic', 'Reuters')
    >>> read_verifiers("The toll could not be verified by Reuters. Police confirmed the blast.")
    ()
    """
    found: dict[str, int] = {}
    for pattern in VERIFIERS:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            before = text[max(0, match.start() - NEAR) : match.start()]
            if NOT_VERIFIED.search(before) or re.search(r"\b(?:not|n't|never|yet to)\b", match.group()):
                continue
            if "body" in groups and type_of(groups["body"]) not in {"un", "ngo", "media"}:
                continue
            for key in ("name", "more"):
                if name := groups.get(key):
                    found.setdefault(re.sub(r"^(?:The|An?|But|However|At|In) ", "", name), match.start(key))
    return tuple(sorted(found, key=lambda name: found[name]))
