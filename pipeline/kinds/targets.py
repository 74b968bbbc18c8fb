"""Read what an incident was aimed at: the object of the attack, else its venue, else the people it struck."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.actors.groups import group_phrases
from pipeline.tables.codes import TARGET_TYPES
from pipeline.text.phrases import Found, Phrases, load_phrases

# What may stand between a verb or preposition and the word for the target.
FILL = (
    r"(?:(?!that\b|which\b|who\b|when\b|after\b|before\b|as\b|while\b|kill\w+\b|by\b|with\b|where\b|at\b"
    r"|in\b|on\b|near\b|outside\b|inside\b|into\b|to\b|from\b|wound\w+|injur\w+|left\b|leaving\b|was\b"
    r"|were\b|hits?\b|struck\b)(?:an?|the|its|his|her|their|this|one|two|three|four|five|six|seven|eight"
    r"|nine|ten|several|many|some|of|at least|more than|\d[\d,]*|[a-z]+(?:-[a-z]+)?(?:'s)?"
    r"|[A-Z][\w.'-]*)\s+){0,6}"
)
AIM = (
    r"(?:attack(?:ed|ing|s)?|target(?:ed|ing|s)?|hit|hits|hitting|struck|strikes?|striking|storm(?:ed"
    r"|ing)|raid(?:ed|ing)|ambush(?:ed|ing)|bomb(?:ed|ing)"
    r"|shell(?:ed|ing)|assault(?:ed|ing)|aimed at|directed at|against|ramm(?:ed|ing) (?:\w+ ){0,3}into"
    r"|torch(?:ed|ing)|set fire to|burn(?:ed|t|ing)(?: down)?|destroy(?:ed|ing|s)|blew up|blown up"
    r"|opened fire (?:on|at|in|inside)|open(?:ed|ing) (?:\w+ )?fire (?:on|at)|fir(?:ed|ing) "
    r"(?:\w+ ){0,3}(?:on|at|into|upon)|kidnapp(?:ed|ing)|abduct(?:ed|ing)|assassinat(?:ed|ing|es?)"
    r"|hijack(?:ed|ing)|pelt(?:ed|ing)|derail(?:ed|ing)?|boarded|riddled|laid on|fixed to|attached to"
    r"|(?:attack|assault|raid|(?:air-?)?strike|bombing|blast|explosion|shooting|ambush|attempt|fire)s? "
    r"(?:on|against|at|targeting|outside|inside|near|in)|(?:landed|fell|dropped) (?:on|in|at)|plough"
    r"(?:ed|ing) into|plow(?:ed|ing) into|dr(?:ove|iving) (?:\w+ ){0,3}into|(?:tore|ripped|tears|rips) "
    r"(?:through|into|apart|the \w+ off)|placed under|planted (?:in"
    r"|at|under|near))"
)
VENUE = (
    r"(?:at|in|inside|outside|near|next to|close to|in front of|into|beside|by|under|from|between|among"
    r"|along|underneath)"
)
HARM = (
    r"(?:kill(?:ed|ing|s)?|murder(?:ed|ing)|wound(?:ed|ing|s)|injur(?:ed|ing|es)|shot(?: dead)?|gunned down"
    r"|stabb(?:ed|ing)|behead(?:ed|ing)|execut(?:ed|ing|es)|left|leaving|maim(?:ed|ing)|hurt|massacr(?:ed"
    r"|ing|es)|slaughter(?:ed|ing)|hacked(?: to death)?|claimed the (?:life|lives) of|death of|deaths of"
    r"|lives of|beat|bash(?:ed|ing)|dragged|carried off"
    r"|graz(?:ed|ing)|snatch(?:ed|ing))"
)
AIMED = re.compile(rf"(?i:\b{AIM})\s+{FILL}$")
THERE = re.compile(rf"(?i:\b{VENUE})\s+{FILL}$")
BESIDE = re.compile(rf"(?i:\b(?:near|close to|next to|from|along|by|between))\s+{FILL}$")
HARMING = re.compile(rf"(?i:\b{HARM})\s+{FILL}$")
PASSIVE = re.compile(
    r"^(?: staff| personnel| workers| employees| members| officials| drivers?)?(?:\W+(?:and|from|in|of"
    r"|members?|\w+ing)\W+(?:\w+\W+){0,3}?|\s*\([^)]*\))?\s*(?:who|which|that)?\s*(?:was|were|is|are"
    r"|has been|have been|had been|died|came under)\s+(?:\w+ly |also )?(?:reported(?:ly)? )?(?:killed"
    r"|attacked|hit|struck|targeted|bombed|shot|ambushed|wounded|injured|kidnapped|abducted"
    r"|taken away|carried off|snatched|grazed|riddled|sprayed|pelted"
    r"|assassinated|executed|murdered|stabbed|beheaded|gunned|hacked|massacred|lynched|beaten|damaged"
    r"|flattened|stormed|torched|burned|burnt|destroyed|shelled|blown|set|dead|hijacked|among the|fire"
    r"|attack|left dead)?"
)
ACTS = re.compile(
    r"^(?:'s)? (?:\w+ ){0,3}?(?:killed|shot|arrested|opened|returned|repelled|foiled|thwarted|defused"
    r"|fired|detained|raided)\b"
)
STRUCK = re.compile(
    r"\b(?:attack|hit|struck|target|bombed|ambush|storm|torch|shell|set|came under|destroyed|burn|blown"
    r"|damaged|flattened|riddled|sprayed|pelted)"
)
HARMED = re.compile(
    r"\b(?:killed|wounded|injured|dead|shot|murdered|kidnapped|abducted|assassinated|executed|stabbed"
    r"|beheaded|gunned|died|hacked|massacred|lynched|beaten|taken away|carried off"
    r"|snatched|grazed)\b"
)
# "Two soldiers shot dead near the border": a headline leaves out the verb.
REDUCED = re.compile(
    r"^ (?:(?:shot dead|gunned down|hacked to death|stabbed to death)(?! (?:an?|the|two|three|\d|several|at least)\b)"
    r"|(?:killed|wounded|injured|murdered|kidnapped|abducted|stabbed|assassinated)(?= (?:in|by|near"
    r"|outside|at|when|after|during|on)\b|[.,;]|$))"
)
# Words around a claim, an agent or a place of treatment are not a target.
NOT_TARGET_BEFORE = re.compile(
    (
        r"(?:\b(?:according to|told|said|says|by|taken to|rushed to|brought to|transferred to|treated (?:at"
        r"|in)|died (?:at|in)|dressed as|disguised as|disguised in|posing as|wearing|former|chased by"
        r"|pursued by|as|confirmed by|from|uniforms? of) (?:(?:an?|the|its|local|nearby|state|\w+'s|city"
        r"|interior|provincial|district|government|their|\w+ese|\w+ian|\w+an|\w+ish|\w+i) ?){0,3})$"
    ),
    re.IGNORECASE,
)
NOT_TARGET_AFTER = re.compile(
    r"^(?:'s)?(?: (?:and|or|in|of|chief|spokes\w+|sources?|officials?|statement|commander|department"
    r"|force|forces|officers?|[A-Z]\w+)){0,3},? (?:said|says|told|confirmed|reported|announced|claimed"
    r"|added|stated|blamed|believe|later said|responded|uniforms?|records?|sources|suspects?"
    r"|suspected)\b"
)


@dataclass(frozen=True, slots=True)
class Target:
    """What was aimed at: its type, the words, and how they were found."""

    kind: str = "unknown"
    words: str = ""
    rule: str = ""


@cache
def target_phrases() -> Phrases:
    """Load the words for targets."""
    return load_phrases("targets", ("target_type",), {code.word for code in TARGET_TYPES})


def read_target(texts: Sequence[str]) -> Target:
    """Give the best target that the spans name, the leading span first.

    >>> read_target(["Gunmen attacked the Pakistani embassy in the capital."])
    Target(kind='diplomatic', words='Pakistani embassy', rule='object of the attack')
    >>> read_target(["Police said two people died."])
    Target(kind='unknown', words='', rule='')
    """
    ranked: list[tuple[int, int, int, Target]] = []
    for number, text in enumerate(texts):
        masked = mask_groups(text)
        for found in target_phrases().find(masked):
            if found.meaning != "none" and (place := judge(masked, found)):
                rank, rule = place
                ranked.append((rank, number, found.start, Target(found.meaning, noun_phrase(text, found), rule)))
    return min(ranked, default=(0, 0, 0, Target()), key=lambda row: row[:3])[3]


def mask_groups(text: str) -> str:
    """Hide names of several words, keeping every offset: the New People's Army is not an army's post.

    >>> mask_groups("killed by the New People's Army")
    'killed by the Xxxxxxxxxxxxxxxxx'
    """
    for found in group_phrases().find(text):
        if "armed group" in found.meaning and " " in found.words:
            hidden = "X" + "x" * (len(found.words) - 1)
            text = text[: found.start] + hidden + text[found.end :]
    return text


def judge(text: str, found: Found) -> tuple[int, str] | None:
    """Say how a target word stands in its sentence: the lower the number the likelier the target.

    >>> text = "The bomb hit a police van."
    >>> judge(text, Found(15, 25, "police van", "police"))
    (0, 'object of the attack')
    """
    # nothing further off than this can govern the word; the search would grow with the square of the text
    before, after = text[max(0, found.start - 160) : found.start], text[found.end :]
    if NOT_TARGET_BEFORE.search(before) or NOT_TARGET_AFTER.search(after):
        return None
    if AIMED.search(before):
        return 0, "object of the attack"
    passive = PASSIVE.search(after)
    done = passive.group() if passive else ""
    if STRUCK.search(done):
        return 0, "attacked"
    vague = found.meaning == "civilians"
    if THERE.search(before) and found.meaning != "armed group":
        return (3 if BESIDE.search(before) else 2 if vague else 1), "venue"
    if ACTS.search(after) and not HARMED.search(done) and not REDUCED.match(after):
        return None
    if HARMING.search(before) or HARMED.search(done) or REDUCED.match(after):
        return 2 if vague else 1, "people harmed"
    return None


def noun_phrase(text: str, found: Found) -> str:
    """Give the target word with what describes it: "Pakistani embassy", "Ministry of Health".

    >>> text = "They hit a crowded Shia mosque."
    >>> noun_phrase(text, Found(24, 30, "mosque", ""))
    'crowded Shia mosque'
    """
    before = text[: found.start]
    start = found.start
    words = re.findall(r"\S+\s+", before)[-5:]
    for place in range(len(words) - 1, 0, -1):
        bare, left = words[place].strip(), words[place - 1].strip().lower()
        participle = re.fullmatch(r"\w+(?:ed|ing)", bare.lower()) and left not in {"a", "an", "the"}
        if participle or not re.fullmatch(r"[A-Za-z][\w'-]*", bare) or re.fullmatch(STOP, bare.lower()):
            break
        start -= len(words[place])
    tail = re.match(r"(?: of(?: [A-Z][\w'-]+)+(?: and [A-Z][\w'-]+)*)?", text[found.end :])
    return text[start : found.end + (tail.end() if tail else 0)].strip()


STOP = (
    r"(?:an?|the|its|his|her|their|this|that|these|those|one|two|three|four|five|six|seven|eight|nine"
    r"|ten|eleven|twelve|several|many|some|of|at|on|in|by|to|"
    r"and|or|near|outside|inside|into|from|against|with|for|under|other|others|another|least|than|more"
    r"|nearby|hit|struck|shot|blew|left|stormed|strikes?|attacks?|"
    r"when|while|after|as|who|which|was|were|including|dead|next|close|between|among|along|dozens"
    r"|scores|hundreds|local|down|up|open|fire|it|he|she|they|then|also|kills?|both|all|per|no|set)"
)
