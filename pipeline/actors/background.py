"""Blank out what a sentence says about other incidents, so that it does not lend this one its means or its actors."""

import re
from functools import lru_cache

BACKGROUND: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:in|as) (?:an? )?(?:\w+ )?(?:retaliation|revenge|reprisal|response|vengeance) (?:for|to"
        r"|against)\b[^.;,]*",
        r"\bto avenge\b[^.;,]*",
        r"\b(?:hours?|days?|weeks?|months?|years?|minutes?) after (?:an?|another|the|a similar|two|three)\b[^.;,]*",
        r"\banniversary of\b[^.;,]*",
        r"\b(?:similar to|reminiscent of|unlike|the deadliest (?:\w+ )?since)\b[^.;,]*",
        r"\bwhich had (?:earlier|previously)\b[^.;,]*",
        r"\b(?:had|has|have) (?:already |previously |repeatedly )?(?:suffered|seen|witnessed|experienced|endured)\b"
        r"[^.;,—]*?\b(?:attacks|bombings|shootings|violence|raids)\b",
        r"\b(?:fears?|feared|warned|warnings?|threat(?:s|ened)?) (?:of|that|to)\b[^.;,]*",
    )
)


@lru_cache(maxsize=256)  # the pieces of an article are asked for their kind and for their actors
def mask_background(text: str) -> str:
    """Blank out other incidents, keeping every offset.

    >>> mask_background("Troops shelled the town in retaliation for a car bomb.").rstrip(". ")
    'Troops shelled the town'
    """
    for pattern in BACKGROUND:
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    return text
