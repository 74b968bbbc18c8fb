"""Tell the day on which something was said from the day on which it happened."""

import re

from pipeline.model import DateWords, Sentence

SAYING = (
    r"(?:said|says|told|wrote|writes|recalled|repeated|added|noted|acknowledged|admitted|claimed|announced"
    r"|(?<!was )(?<!were )(?<!been )reported|warned|stated|tweeted|testified|confirmed|address(?:ed)?|"
    r"statement|interview|briefing|"
    r"speech|posted|released|published|obtained|disclosed|declared|estimated)"
)
SAID_ON = re.compile(
    rf"\b{SAYING}\b(?:\s+(?!that\b)[\w’'.-]+){{0,6}}?\s*(?:,\s*)?(?:on|in|late|early|earlier)?\s*$", re.IGNORECASE
)
LOOKING_BACK = re.compile(
    r"\b(?:came back|come back|returned|looked back|revisited|reported again|wrote again)\b[^,.;]{0,60}?\b(?:on"
    r"|in)\s*$",
    re.IGNORECASE,
)
IN_A_SPEECH = re.compile(
    r"^\W*in an? (?:address|interview|statement|report|speech|briefing|letter|tweet|post)\b", re.IGNORECASE
)
COUNTED_ON = re.compile(
    r"\b(?:tolls?|deaths?|dead|number|count)\b[^.;]{0,60}\b(?:rose|risen|climbed|grown?|grew|increased|reached|stood"
    r"|jumped|went up|raised|revised)\b[^.;]{0,40}$"
    r"|\b(?:died|succumbed) (?:of|from|to|in) [^.;]{0,40}\b(?:wounds?|injur(?:y|ies)|burns|hospital)\b[^.;]{0,20}$",
    re.IGNORECASE,
)
RANKED = re.compile(
    r"\b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)|deadliest|worst|latest|"
    r"bloodiest|first|"
    r"most recent|largest|biggest)\b[^,.;]{0,60}$",
    re.IGNORECASE,
)
HARM_BETWEEN = re.compile(
    r"\b(?:attack|bomb|blast|explo|kill|shoot|shot|struck|raid|ambush|clash|died|wound|injur)\w*", re.IGNORECASE
)


def is_statement_date(sentence: Sentence, date: DateWords) -> bool:
    """Tell whether a date is that of a statement, of a count or of a later death, and not of what is told.

    >>> words = "Officials claimed in April that a commander had been killed."
    >>> april = DateWords(18, 26, "in April", None, "explicit", "month")
    >>> is_statement_date(Sentence(0, 0, 60, words, 0, "body"), april)
    True
    """
    if not sentence.start <= date.start < sentence.end:
        return False
    before = sentence.text[: date.start - sentence.start]
    if LOOKING_BACK.search(before) or COUNTED_ON.search(before):
        return True
    if date.days and len(date.days) > 6 and RANKED.search(before):
        return True
    said = SAID_ON.search(before)
    if said and not HARM_BETWEEN.search(said.group()):
        return True
    return bool(IN_A_SPEECH.match(before)) and not HARM_BETWEEN.search(before)
