"""Read the names of armed groups that are in no list, from what a text says of them.

A name shows itself by its own words ("Karen National Liberation Army"), by the word beside it ("the Lakurawa group",
"Fano militiamen"), by an aside ("Twirwaneho, a local militia"), or because it claims an act. Places are none.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.actors.groups import group_phrases
from pipeline.text.phrases import Phrases

CAP = r"(?:(?:al|el|ul|an|as|ash|ad)-)?[A-Z0-9][\w'’]*(?:-(?:\w+))*"
LINK = r"(?:of|for|the|and|de|del|la|do|da|wal|bin|al|el|ul|fi)"
NAME = rf"(?<!\w){CAP}(?: (?:{LINK} ){{0,2}}{CAP}){{0,6}}"
ACRONYM = r"(?: \((?:the )?[\"“]?(?P<short>[A-Z][\w/-]{1,9})[\"”]?[^)]{0,30}\))?"
OF_ARMS = (
    r"(?:armed|militant|rebel|jihadist|jihadi|islamist|separatist|insurgent|extremist|terrorist|terror|guerrilla"
    r"|outlawed|banned|shadowy|obscure|splinter|breakaway|paramilitary|criminal|drug|neo-nazi|far-right|far-left"
    r"|little-known|unknown|allied|secessionist|resistance|anarchist|vigilante|supremacist)"
)
KIND = (
    r"(?:gang|militia|cartel|clan|crime family|(?:" + OF_ARMS + r" )+(?:group|movement|organi[sz]ation|network|faction"
    r"|outfit|cell|alliance)|group|faction|mafia|syndicate)"
)
MEN = (
    r"(?:fighters|rebels|militia(?:men)?|militants|insurgents|guerrillas|separatists|jihadists|gunmen|hitmen|gang"
    r" members)"
)
HAVE = r"(?:(?:has|have|had|later|also|then|since|quickly|promptly|immediately|subsequently) )*"
ACTS = (
    r"(?:liberation|resistance|mujahid\w*|mujahed\w*|jihad|martyrs?|revolutionary|insurgents?|militia|brigades?|cartel"
    r"|commandos?|guerrillas?|self-defen[cs]e|army|front|movement|battalion|gang|mafia|boys|avengers|vengeance"
    r"|tigers|warriors"
    r"|(?:defen[cs]e|democratic|patriotic|popular|people's|nationalities|islamic) forces?|cells|patriots|vigilantes)"
)
NAMED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?i:group|gang|militia|faction|organi[sz]ation|movement|outfit|cartel|network)s?(?: \w+){{0,3}}?"
        rf" (?:(?:call|styl|nam)ing itself|(?:that|which) (?:call|style)s itself|called|known(?: \w+)? as|named"
        rf"|dubbed) (?:the )?[\"“]?"
        rf"(?P<name>{NAME}){ACRONYM}",
        rf"\b(?:[Tt]he|[Bb]y|[Oo]f|[Aa]nd|[Ff]rom) (?P<name>{NAME}){ACRONYM}[ -](?P<kind>(?i:{KIND}))\b",
        rf"(?P<name>{NAME}){ACRONYM} {MEN}\b",
        rf"(?P<name>{NAME}){ACRONYM},? (?:an?|the|one of the) (?:[\w-]+ ){{0,4}}?(?i:{OF_ARMS}|ethnic|local|tribal"
        rf"|\w+-backed)"
        rf" (?:[\w-]+ ){{0,2}}?(?i:group|militia|organi[sz]ation|movement|network|faction|alliance|coalition|outfit"
        rf"|gang)\b",
        rf"(?P<name>{NAME}){ACRONYM}, (?:an?|the) (?:[\w'’-]+ ){{0,3}}?(?i:militia|gang|cartel|splinter|offshoot"
        rf"|guerrillas|rebels|alliance of (?:separatists|rebels|militias))\b",
        rf"\b[Aa]n? (?:[\w-]+ ){{0,12}}?(?i:{OF_ARMS}) (?:group|faction|organi[sz]ation|outfit|movement), (?:the )?"
        rf"(?P<name>{NAME}){ACRONYM},",
        rf"(?P<name>{NAME}){ACRONYM}(?:,[^,.;]{{0,70}},)? {HAVE}(?:claimed|took|accepted|admitted) (?:\w+ )?responsib",
        rf"\bclaimed (?:in [^,.;]{{0,40}} )?by (?:the |a group called )?(?P<name>{NAME}){ACRONYM}",
        rf"(?P<name>{NAME}){ACRONYM}(?:,[^,.;]{{0,70}},)? said (?:that )?(?:it (?:was behind|had carried out"
        rf"|carried out)"
        rf"|its (?:fighters|men|forces|troops|members|commandos) had (?:ambushed|attacked|killed|planted|carried))",
        rf"\b(?:[Bb]lam|[Aa]ccus|[Aa]ttribut|[Ss]uspect)\w* (?:[a-z]+ ){{0,3}}?(?P<name>{NAME})"
        rf" \((?P<short>[A-Z][\w/-]{{1,9}})\)",
        rf"\b(?i:fighters|militants|militia(?:men)?|rebels|insurgents|guerrillas|gunmen|hitmen)"
        rf" (?:of|from|belonging to|loyal to) the (?P<name>{NAME}){ACRONYM}",
    )
)
WHOLE = re.compile(rf"(?P<name>{NAME}){ACRONYM}")
HEAD = re.compile(rf"\b{ACTS}\b", re.IGNORECASE)
# What opens a sentence or goes before a name is no part of it.
BEFORE = re.compile(
    r"^(?:(?:(?:of|for|from|in|and|the|al) )*(?:The|An?|On|In|At|By|For|From|But|And|As|When|After|Both|Suspected"
    r"|Alleged|Members|Fighters|Militants"
    r"|Gunmen|Rebels|Insurgents|Troops|Soldiers|Police|Meanwhile|Earlier|Since|With|While|Under|Another|Police"
    r"|President"
    r"|Officials|Former|General|Commander|Leader|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day) (?:(?:of|for|from|in"
    r"|and|the) )*)+"
)
# No name of a group: bodies of a state and of its society, peoples and creeds, and the bare words themselves.
NO_GROUP = re.compile(
    r"\b(?:Police|Guards?|Ministry|Minister|University|Court|Committee|Church|Hospital|Commission|Agency|Nations|Rights"
    r"|Office|Parliament|Department|School|Institute|Association|Bank|Airport|Street|Road|Salvation Army|Red Army"
    r"|Air Force|Border|Security|Armed Forces|Task Force|Chief|Cup|Club|United|Watch|Journalists|Times|News|Reuters|AFP"
    r"|Observatory|Monitor|Cross|Crescent|Union|Congress|Party|NATO|EU|UN|US|Command|President|General|Infantry)\b"
    r"|^(?:The|An?|It|When|If|After|While|As|Since|Before|Where|Although|Though|Until|Because|It|They|He|She|We|I"
    r"|Who|No|None|Nobody|Someone|One|This|That|These|Those|Some|Many|Most|Several"
    r"|Other"
    r"|Others|Armed|Masked|Suspected|Alleged|Unknown|Unidentified|Hooded|Islamist|Jihadist|Separatist|Rival|Rebel|Local"
    r"|Foreign|Government|Tribal|Rogue|Enemy|Communist|Leftist|Marxist|Young|Drug|Street|Criminal|Ethnic|Sunni|Shia"
    r"|Shiite|Muslim|Christian|Hindu|Arab|Kurdish|Kurd|Tuareg|Militant|Anti-\S+|Pro-\S+|\S+-(?:backed|linked|led|based"
    r"|affiliated|allied|aligned|inspired|style|controlled|born)|Army|Front|Movement|Brigade|Gang|Militia|Resistance"
    r"|(?:National|Western|Eastern|Northern|Southern|Central|First|Second|Third|Fourth|Fifth) (?:Army|Front|Brigade)"
    r"|\d\S*|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September"
    r"|October|November|December|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Dozens|Hundreds|Al|Islamic|Islam|Jihad)$"
    r"|^\d+(?:st|nd|rd|th)\b|\bArmy (?:Col|Gen|Maj|Lt|spokes)"
)


TITLE = re.compile(r"\b(?:an?|spokes\w+|leader|commander|chief|official|man|woman|named|president|minister) $")
NEAR = 80  # characters in which a title stands before a name
MOST_LOOKED_AT = 50_000  # characters of a text in which a group is made known
OF_A_CAUSE = re.compile(
    r"\b(?:Liberation|Resistance|Revolution\w*|Martyrs?|Islamic|Freedom|Front|Movement|People's|Popular|Jihad\w*)\b"
)


@lru_cache(maxsize=16)
def find_unlisted(text: str) -> Phrases | None:
    """Give the names of groups that `text` makes known, and their short forms, or None where there are none.

    >>> found = find_unlisted("The Oyo Army (OA) and Zarkawa, a new jihadist group, attacked two posts in Mese.")
    >>> [(f.words, f.meaning) for f in found.find("The OA denied it, Zarkawa did not; Mese burned.")]
    [('OA', 'Oyo Army|armed group'), ('Zarkawa', 'Zarkawa|armed group')]
    """
    text = re.sub(r"\s+", " ", text[:MOST_LOOKED_AT].replace("’", "'"))
    names: dict[str, str] = {}
    for name, short in read_names(text):
        names.setdefault(name, name)
        if short and any(c.isupper() for c in short):
            names.setdefault(short, name)
    return Phrases((alias, f"{name}|armed group") for alias, name in names.items()) if names else None


def read_names(text: str) -> Iterator[tuple[str, str]]:
    """Give each name and its short form, or "" where none stands beside it."""
    for pattern in NAMED:
        for match in pattern.finditer(text):
            name = BEFORE.sub("", match["name"])
            if TITLE.search(text[max(0, match.start("name") - NEAR) : match.start("name")]):
                continue
            kind = match.groupdict().get("kind") or ""
            if NO_GROUP.search(name) or is_listed(name) or (" " not in name and is_place(name, text)):
                continue
            full = f"{name} {kind}" if " " not in name and kind in ("gang", "militia", "cartel", "clan") else name
            yield full, match["short"] or ""
    for match in WHOLE.finditer(text):
        name = BEFORE.sub("", match["name"])
        if " " in name and HEAD.search(name) and not NO_GROUP.search(name) and not is_listed(name):
            yield name, match["short"] or ""


def is_listed(name: str) -> bool:
    """Tell whether a name is that of the list with more around it, or that of a state's force.

    >>> is_listed("Rwanda-backed M23"), is_listed("Kenyan Defence Forces"), is_listed("Oyo National Liberation Army")
    (True, True, False)
    """
    found = list(group_phrases().find(f"The {name}"))
    whole = [f for f in found if not f.meaning.endswith("state force") and not HEAD.search(f.words)]
    if whole or (found and found[0].start <= len("The ") and found[0].meaning.endswith("armed group")):
        return True
    return bool(found) and found[0].meaning.endswith("state force") and not OF_A_CAUSE.search(name)


def is_place(name: str, text: str) -> bool:
    """Tell whether a text uses a name as that of a place.

    >>> is_place("Gaza", "Gaza militants fired rockets. Two people in Gaza died.")
    True
    """
    return bool(
        re.search(rf"\b(?:[Ii]n|[Nn]ear|[Aa]t|[Ii]nto|[Aa]cross|[Aa]round|[Oo]utside) {re.escape(name)}\b", text)
    )
