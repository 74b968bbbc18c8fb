"""Put a group's name where a text only says "the rebels" or "it": whoever was named last before.

The rules about who did what then need to know names only. A group that was merely struck is not meant.
"""

import re

from pipeline.actors.deeds import blank_victims, leave_out_asides
from pipeline.actors.groups import tokenise_groups
from pipeline.text.phrases import Phrases

REACH = 3000  # characters back in which the group may have been named
WORDS = (
    r"(?:group|organi[sz]ation|militants|insurgents|rebels|militia|guerrillas|jihadists|jihadis|terrorists|separatists"
    r"|movement|gang|cartel|network|outfit|extremists|faction|fighters|ultras|militiamen|bandits)"
)
THE = re.compile(
    r"\b(?i:(?:the|this|that) (?:(?:armed|militant|rebel|jihadist|islamist|separatist|insurgent|extremist|terror"
    r"|terrorist"
    r"|guerrilla|outlawed|banned|same|paramilitary|criminal|communist) ){0,2}" + WORDS + r")\b"
    r"(?! (?:of|from|in|who|that|which|called|calling|known|linked|loyal|affiliated|named)\b)(?!,? [A-Z])"
)
PLURALS = r"(?:insurgents|rebels|guerrillas|separatists)"
BARE = re.compile(
    rf"(?:(?<=^)|(?<=[.;,] )|(?<=\bby )|(?<=\bwhen )){PLURALS}\b(?! (?:of|from|loyal|linked)\b)", re.IGNORECASE
)
SUBJECT = re.compile(
    r"^(?:It|They|The (?:men|gunmen|attackers))\b"
    r"(?=\s+\w+ed\b|\s+(?:shot|struck|hit|set|blew|fired|opened|stormed|also|then|said|later|has|have|had)\b)"
)


def name_stand_ins(text: str, before: str, whole: str, local: Phrases | None = None) -> str:
    """Give `text` with names for its stand-ins; `before` is what stands before it in the article `whole`.

    >>> text = "ELN rebels stopped a bus near Tame. The rebels later burned it."
    >>> name_stand_ins(text[36:], text[:36], text)
    'ELN later burned it.'
    """
    said = ""

    def put(match: re.Match[str]) -> str:
        return name_before(f"{before[-REACH:]} {text[: match.start()]}", local) or match.group()

    subject = SUBJECT.match(text)
    if subject and (name := name_before(last_sentences(before), local)):
        said, text = name, text[subject.end() :]
    text = said + THE.sub(put, text)
    if BARE.search(text):
        text = BARE.sub(lambda match: sole_group(whole, match.group(), local) or match.group(), text)
    return text


def name_before(text: str, local: Phrases | None) -> str:
    """Give the armed group that the last sentence to name one names first, not as a victim, or "".

    >>> name_before("The ELN fought. Shining Path men slipped past an M-19 guard. It rained.", None)
    'Shining Path'
    """
    tokens = tokenise_groups(text, local)
    possessor = ""
    for sentence in reversed(re.split(r"(?<=[.!?]) ", leave_out_asides(tokens.text)) if tokens.named else ()):
        unhurt = blank_victims(sentence)
        if named := re.search(r"G\d+G(?!')", unhurt):
            return tokens.of(named.group()).words
        if not possessor and (named := re.search(r"G\d+G", unhurt)):
            possessor = tokens.of(named.group()).words
    return possessor


def last_sentences(text: str) -> str:
    """Give the end of a text in which "it" may find its name: the paragraph so far."""
    return text[-REACH:].rstrip(" ").split("\n")[-1][-400:]


def sole_group(whole: str, word: str, local: Phrases | None) -> str:
    """Give the one group of an article whose men it calls by this word ("NPA rebels"), or "".

    >>> sole_group("Six NPA rebels fled. Rebels burned a bus.", "Rebels", None)
    'NPA'
    """
    tokens = tokenise_groups(whole, local)
    paired = re.findall(rf"(G\d+G) (?:\w+ )?{word}\b", tokens.text, re.IGNORECASE)
    return tokens.of(paired[0]).words if len({tokens.of(token).name for token in paired}) == 1 else ""
