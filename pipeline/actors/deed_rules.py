"""The rules about who did, claimed, denied or is suspected of an act, each a name, its verdicts and one pattern."""

import re
from dataclasses import dataclass

from pipeline.actors.deed_words import ACT, ANY, AUX, DEED, GENERIC, LEAD, NOT_G, PEOPLE, RESPONSIBILITY, G


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern whose group `g` is a token, and what it says of it."""

    name: str
    verdicts: tuple[str, ...]
    pattern: re.Pattern[str]


def write_rule(name: str, verdicts: str, pattern: str) -> Rule:
    """Compile one rule."""
    return Rule(name, tuple(verdicts.split()), re.compile(pattern, re.IGNORECASE))


# Read in the whole text, also where the group is a victim: a group may claim, deny or have plotted all the same.
WORD_RULES = (
    write_rule(
        "says it was not",
        "denied",
        (
            rf"{G}{NOT_G}{{0,50}}? (?:denied|denies|deny|denying|disavowed|rejected|dismissed"
            rf"|distanced itself from) (?:\w+ ){{0,4}}?(?:responsib|involve|role|being behind|carrying|any part"
            rf"|accusation|allegation|claim|it\b|link|any hand|participat|having|any connection)"
        ),
    ),
    write_rule("denied by", "denied", rf"\b(?:responsibility|involvement)\b{NOT_G}{{0,40}} denied by (?:the )?{G}"),
    write_rule(
        "says it was not",
        "denied",
        (
            rf"{G}(?: spokes\w+[^.;]{{0,30}})? said (?:that )?(?:it|its \w+|they|G\d+G) (?:was not|were not|had"
            rf" nothing|did not"
            rf"|had no)"
        ),
    ),
    write_rule(
        "claimed by",
        "claimed",
        (
            rf"(?<!not )(?<!n't )(?<!never )(?<!not been )(?<!n't been )(?<!yet been )(?<!yet )\bclaimed "
            rf"(?:\w+ )?(?:in [^.;,]{{0,30}} )?by (?:both )?(?:the )?(?:\w+ ){{0,3}}?{G}(?: and (?:the )?"
            rf"(?P<h>G\d+G))?"
        ),
    ),
    write_rule(
        "claims responsibility",
        "claimed",
        (
            rf"{G}(?: and (?:the )?(?P<h>G\d+G))?{NOT_G}{{0,90}}?\b(?:claim(?:s|ed|ing)?|took|takes?|taking"
            rf"|taken|accept(?:s|ed)|assum(?:es|ed)|admit(?:s|ted)|acknowledg(?:es|ed)) "
            rf"(?:\w+ ){{0,2}}?{RESPONSIBILITY}|{G.replace('?P<g>', '?P<i>', 1)}{NOT_G}{{0,40}}? owned up to\b"
        ),
    ),
    write_rule(
        "responsibility claimed by",
        "claimed",
        (rf"responsibility{NOT_G}{{0,60}}?(?:claimed|taken|assumed|accepted) by (?:the )?(?:\w+ ){{0,3}}?{G}"),
    ),
    write_rule(
        "claim of responsibility",
        "claimed",
        (
            rf"claims? of responsibility (?:\w+ )?(?:by|from) (?:the )?{G}|{G.replace('?P<g>', '?P<h>', 1)}"
            rf"(?: claim of responsibility)"
        ),
    ),
    write_rule(
        "claims the act",
        "claimed",
        (
            rf"{G},? (?:spokes\w+ |said|through [^.;,]{{0,30}}|,)?{AUX}claim(?:ed|s|ing) (?:to have|to be|credit"
            rf"|the|this|that it|it|its|nine|several|an?|killing|\d)(?! attack)? ?"
            rf"(?!\w*? ?government)"
        ),
    ),
    write_rule(
        "says it did it",
        "claimed",
        (
            rf"{G}{NOT_G}{{0,60}}?\b(?:said|says|announced|stated|boasted|confirmed|declared)(?: \w+){{0,7}}? "
            rf"(?:it|its|they|their|one of its|G\d+G(?:'s)?)(?=\W)(?:(?!\b(?:not|no"
            rf"|never)\b)[^.;]){{0,50}}?\b(?:{ACT}|behind|responsible|sent"
            rf"|dispatched|driven|ambushed|kidnapped)\b"
        ),
    ),
    write_rule(
        "calls him its own",
        "claimed",
        (
            rf"{G}{NOT_G}{{0,50}}?\b(?:said|says|described|called|named|identified|hailed|praised"
            rf"|claimed)\b{NOT_G}{{0,40}}?"
            rf"\b(?:its|their)(?: own)? [\"“']?(?:soldiers?|fighters?|martyrs?|bombers?|knights?|warriors?)\b"
            rf"(?! (?:had been|were|was|have been|been) (?:killed|wounded|captured|arrested))"
        ),
    ),
    write_rule(
        "plotted it",
        "attributed plotted",
        (
            rf"{G} (?:\w+ ){{0,2}}?(?:who|that) (?:\w+ )?(?:plotted|planned|masterminded|ordered|organi[sz]ed"
            rf"|led|carried out|directed|orchestrated)"
        ),
    ),
)
# Who merely failed to claim is neither doer nor victim: without its token, "not claimed by" cannot be read as "by".
UNCLAIMED = re.compile(
    rf"(?:not|n't|never|yet)(?: been| yet)* claimed by (?:the )?{G}"
    rf"|{G.replace('?P<g>', '?P<h>', 1)} (?:has|had|have|did|does|is|was)(?: not|n't| never| yet to"
    rf"| neither)+[^.;,]{{0,20}}?claim\w*",
    re.IGNORECASE,
)
SUSPECT_RULES = (
    write_rule(
        "suspected",
        "suspected",
        (
            rf"\b(?:suspected|alleged|presumed|purported|possible|probable|suspected to be|believed to be"
            rf"|thought to be|said to be|supposed|presumably|likely|possibly|probably|apparently)(?: "
            rf"(?:to have been|to be|the|from|by|members?|of|linked|affiliated|affiliate|to|with|loyal|belonging"
            rf"|part|work|\w+ly|{PEOPLE}))*? (?:the )?{G}"
        ),
    ),
    write_rule(
        "is suspected",
        "suspected",
        (
            rf"{G}(?: and (?:the )?(?P<h>G\d+G)(?: {PEOPLE})?)?(?:,? \([^)]*\))?(?: in \S+)? (?:is|are"
            rf"|was|were|has been|have been)"
            rf"(?: \w+ly| also| the| both| prime| main| chief)* (?:suspect|believed|thought|presumed|likely"
            rf"|probably|possibly)"
        ),
    ),
    write_rule(
        "suspicion falls on",
        "suspected",
        (
            rf"\b(?:suspicion|suspicions|suspect(?:s|ed)?|suspecting|fingers?|pointed)\b{NOT_G}{{0,30}}?\b(?:on"
            rf"|at|to|towards|that)? ?(?:the )?{ANY}"
        ),
    ),
    write_rule(
        "hallmarks of",
        "suspected",
        (
            rf"\b(?:hallmarks?|trademarks?|signature|stamp|marks?|fingerprints?|handwriting|in the style"
            rf"|fits the pattern) (?:of|attacks? of) (?:an? |the )?(?:[\w-]+ ){{0,2}}?{G}"
        ),
    ),
    write_rule(
        "could be behind",
        "suspected",
        (
            rf"{G} (?:\w+ ){{0,2}}?(?:may|might|could|is likely|are likely|was likely|appears?|seems?)"
            rf"(?: \w+){{0,3}}? (?:behind|responsible|carried|perpetrat|involved)"
        ),
    ),
    write_rule(
        "may have been by",
        "suspected",
        (
            rf"\b(?:may|might|could|likely|possibly|probably|apparently|believed|thought)\b{NOT_G}{{0,40}}? by "
            rf"(?:the )?{G}"
        ),
    ),
    write_rule(
        "linked to",
        "suspected",
        (
            r"(?:\b(?:linked|affiliated|tied|connected|ties|links) (?:to|with) (?:the )?(?P<g>G\d+G)|"
            r"(?P<h>G\d+G)[- ](?:linked|affiliated|inspired|aligned)(?! (?:\w+ )?G\d))"
        ),
    ),
)
BLAME_RULES = (
    write_rule(
        "blamed",
        "attributed blamed",
        rf"\b(?:blam(?:ed|es?|ing)|accus(?:ed|es?|ing)|held|hold) {LEAD}{ANY}"
        r"(?! (?:\w+ )?(?:of|for) (?:fail|not |neglig|weak|inaction|doing|ignor|allow|the (?:deterior|lack)))",
    ),
    write_rule(
        "blame on",
        "attributed blamed",
        rf"\b(?:blam(?:ed|es?|ing)|pinn?(?:ed|ing)|blame (?:fell|falls|was placed|was put|was laid|lies|on)|work"
        rf"|handiwork|doing)\b{NOT_G}{{0,40}}? ?\b(?:on|of) {LEAD}{ANY}",
    ),
    write_rule(
        "was blamed",
        "attributed blamed",
        (
            rf"{G} (?:was|were|is|are|has been|have been) (?:\w+ly )?(?:blamed|accused|responsible|behind"
            rf"|held responsible)"
        ),
    ),
    write_rule(
        "attributed to",
        "attributed blamed",
        (
            rf"\b(?:attributed|attributes|attributing|ascribed)(?: [\w]+){{0,4}}? to (?:the )?"
            rf"(?:[\w-]+ ){{0,3}}?{G}"
        ),
    ),
    write_rule("behind it", "attributed blamed", rf"{G} (?:\w+ ){{0,2}}?(?:was|were|is|are) behind"),
)
# Read in the whole text too: a side of a fight is also acted against. It counts only where nobody else acts.
FIGHT_RULES = (
    write_rule(
        "a side of the fight",
        "fought",
        rf"\b(?:clash\w*|battle\w*|firefight|gunfight|gunbattle|shoot-?out|encounter|skirmish\w*|exchange of fire"
        rf"|gun battle|shooting|fighting (?=with|between|involving))\b{NOT_G}{{0,60}}?"
        rf" ?(?:with|between|and|against|involving) (?:the )?(?:\w+ ){{0,3}}?{G}",
    ),
)
ACT_RULES = (
    write_rule("attack of", "attributed", rf"\b(?:attack|ambush|raid|assault) of (?:the )?(?:\w+ ){{0,2}}?{G}"),
    write_rule(
        "identified as",
        "attributed",
        (
            rf"\b(?:identified as|described as|presented as|said to be|were part of|belonged to|belonging to)(?:"
            rf" an?| the"
            rf"| members?| fighters?| of| part)* {G}"
        ),
    ),
    write_rule(
        "by", "attributed", rf"(?P<by>\bby) (?:the )?(?:(?!by\b|that\b|who\b|which\b|after\b)[\w-]+ ){{0,5}}?{G}"
    ),
    write_rule(
        "acts",
        "attributed",
        (
            rf"{G}(?:,? (?:who|that|which|armed|dressed|wearing|disguised|on|in|from|riding|belonging|suspected"
            rf"|opposed|loyal|based|known|led|under|using){NOT_G}{{0,70}}?|,{NOT_G}{{0,60}}?,)?(?<!was)(?<!were)"
            rf"(?<!been)(?<!being)(?<!is)(?<!are) {AUX}(?:(?:\w+ed|came|went|broke|drove|made|rode|got"
            rf"|met)\b{NOT_G}{{0,60}}?"
            rf" and (?:then |later )?)?{ACT}"
        ),
    ),
    write_rule("its attack", "attributed", rf"(?P<g>G\d+G)(?:'s?)?(?: {PEOPLE})*[- ]{DEED}"),
    write_rule(
        "its men",
        "attributed",
        (
            r"\b(?P<g>G\d+G) (?:\w+ ){0,1}?(?:attackers?|assailants?|(?:suicide )?bombers?|gunm[ae]n|hijackers?"
            r"|snipers?|kidnappers?)\b"
        ),
    ),
    write_rule(
        "responsible",
        "attributed",
        (
            rf"\b(?:responsible|perpetrators?|attackers?|assailants?|gunm[ae]n|bombers?|killers?|culprits?"
            rf"|raiders?)\b{NOT_G}{{0,40}}?\b"
            rf"(?:members?|from|belonged|belonging|pledged|loyal|allegiance) (?:\w+ ){{0,2}}?(?:to |of |from )?"
            rf"(?:the )?{G}"
        ),
    ),
)
GENERIC_CLAIM = re.compile(
    rf"(?:\b(?:{GENERIC}|it|they|who|which|and|has|had)(?:,[^.;,]{{0,60}},)? (?:(?:has|have|had|later"
    rf"|also|since|quickly|subsequently|then|immediately|did) )*(?:claim(?:ed|s)|taken|took|accepted"
    rf"|admitted)(?: (?:\w+ ){{0,2}}?{RESPONSIBILITY}| (?:the|this) (?:\w+ )?(?:attack|bombing|killing"
    rf"|blast|shooting|assault)| (?:nine|several|two|three|four|five|six|seven|eight|ten|\d+|credit"
    rf"|to have (?:killed|carried|wounded|targeted|shot|attacked)))"
    rf"|\bclaiming (?:to have (?:killed|wounded|injured|carried|targeted)|{RESPONSIBILITY})|{GENERIC} "
    rf"(?:said|says|confirmed) (?:it|its|that it)\b[^.;]{{0,40}}(?:carried out|behind|killed|launched"
    rf"|targeted|responsible))",
    re.IGNORECASE,
)
GENERIC_DENIAL = re.compile(
    (
        rf"\b(?:{GENERIC}|it|which|who) (?:has |have |had |later |also )*(?:denied|denies|denying|rejected) "
        rf"(?:\w+ ){{0,3}}?(?:responsib|involve|role|being behind|the accusation|the allegation|it was|claims)"
    ),
    re.IGNORECASE,
)
GENERIC_HALLMARK = re.compile(rf"\b(?:hallmarks?|trademarks?|signature) of {GENERIC}", re.IGNORECASE)
GENERICS = (("claimed", GENERIC_CLAIM), ("denied", GENERIC_DENIAL), ("suspected", GENERIC_HALLMARK))
NEGATED = re.compile(
    (r"\b(?:no|not|nobody|neither|never|none|nor|yet to|n't)\b(?:(?!\bbut\b)[^.;,]){0,40}$"), re.IGNORECASE
)
