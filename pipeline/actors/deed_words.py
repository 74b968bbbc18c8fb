"""The pieces that patterns about doers are made of: words for fighters and forces, for acts, and for those acted upon.

In the text that the patterns read, names are tokens: `G0G` a group, `S1S` a state, `S2A` its adjective.
"""

import re

PEOPLE = (
    r"(?:fighters?|militants?|gunm[ae]n|insurgents?|terrorists?|rebels?|guerrillas?|members?"
    r"|operatives?|extremists?|jihadists?|bandits|attackers?|assailants?"
    r"|bombers?|soldiers?|men|elements|supporters?|affiliates?|commandos?|separatists?|combatants?"
    r"|snipers?|cells?|units?|branch|group|faction|movement|organi[sz]ation"
    r"|network|forces|remnants|gang|cartel|outfit|suspects?|followers?|dissidents?|militia(?:men|s)?|cadres|youths"
    r"|hijackers?"
    r"|squads?|brigades?|division|wing|party|front|army|infiltrators?|thugs|pirates|raiders)"
)
STATE_FORCE = (
    r"(?:forces?|troops?|soldiers?|army|military|police|polic\w+|air force|navy|warplanes?"
    r"|fighter jets?|jets?|aircraft|planes?|drones?|helicopters?|gunships?|commandos?"
    r"|marines?|rangers?|security forces?|guards?|border guards?|agents?|authorities|government"
    r"|coalition|paramilitar\w+|special forces|regime|artillery|tanks?|junta|operatives|snipers?"
    r"|settlers?|(?:secret |security |intelligence )?services?|intelligence|frigate|warships?|gunboats?|patrol boats?)"
)
G = (
    rf"(?P<g>G\d+G)(?:'s?)?(?:[- ](?:linked|affiliated|aligned|inspired|allied|backed))?(?: (?:(?!G\d"
    rf"|and\b)\w+ ){{0,2}}{PEOPLE}\b)*"
)
ANY = G.replace("G\\d+G", "[GS]\\d+[GSA](?!-)", 1)  # a group or a state
SF = rf"(?P<g>S\d+[SA])(?:'s?)? (?:\w+[ -]){{0,2}}?{STATE_FORCE}\b"
S = rf"(?:{SF}|(?P<s>S\d+S)\b)"
NOT_G = r"(?:(?!G\d+G|\b(?:no|not|nobody|neither|never|none|nor|yet to)\b)[^.;])"
AUX = (
    r"(?:(?:have|has|had|also|then|later|jointly|reportedly|allegedly|again|now|both|all|together|who|which"
    r"|that|\w+ly) )*"
)
ACT = (
    r"(?:attack(?:ed|s)|kill(?:ed|s)(?= (?:at least|an?|the|\w+|\d|more|about|up)\b)(?! (?:in|by|during"
    r"|when|after|on|near|at(?! least)|as|and (?!wounded|injured|wounding|kidnapped))\b)|kidnapp(?:ed"
    r"|ing)|abduct(?:ed|s)"
    r"|sh(?:ot|oots?)(?! (?:dead )?(?:by|in)\b)(?: dead| down)?|open(?:ed|s) fire|bomb(?:ed|s)"
    r"|firebombed|detonat(?:ed|es)|ambush(?:ed|es)|raid(?:ed|s)|storm(?:ed|s)|fir(?:ed|es)|launch(?:ed"
    r"|es)|carr(?:ied|ies) (?:it )?out|conduct(?:ed|s)|execut(?:ed|es)|behead(?:ed|s)"
    r"|torch(?:ed|es)|burn(?:ed|t|s)|set fire|set off|set ablaze|seiz(?:ed|es)|destroy(?:ed|s)|bl(?:ew"
    r"|ows?) (?:up|himself|herself|themselves)|plant(?:ed|s)|threw|throws?|hurl(?:ed|s)|massacr(?:ed"
    r"|es)|murder(?:ed|s)|assassinat(?:ed|es?)"
    r"|str(?:uck|ikes?)|hits?|target(?:ed|s(?= (?:the|an?|\d)))|assault(?:ed|s)|shell(?:ed|s)|took|take|hijack(?:ed|s)"
    r"|bypassed|infiltrat(?:ed|es)|overr[ua]ns?|captured|stag(?:ed|es)|perpetrat(?:ed|es)|explod(?:ed"
    r"|es)|stabb?(?:ed|s)|hack(?:ed|s)|ramm(?:ed|s)|drove"
    r"|injur(?:ed|es)|wound(?:ed|s)|bombard(?:ed|s)|rain(?:ed|s)|slaughter(?:ed|s)|stepped up|triggered"
    r"|left|lobb(?:ed|s)|toss(?:ed|es)|mow(?:ed|s) down|gunn(?:ed|s) down|shooting|attacking|killing"
    r"|crashed (?:into|an?)|sprayed|entered|plott?(?:ed|s)|pull(?:ed|s)|invad(?:ed|es)|activated|set "
    r"(?:\w+ ){0,8}?(?:on fire|ablaze|alight)|slit|damag(?:ed|es)|barged|commit(?:ted|s)|looted"
    r"|boarded|dropped|sabotaged|ransacked|strafed|beat|tortured|strangled|stole|disguised)\b"
)
DEED = (
    r"(?:suicide |car |truck |roadside |bomb |gun |grenade |rocket |mortar |missile |drone |air |arson "
    r"|terror |terrorist |armed |insider |complex |deadly |militant |shooting |sniper |claimed |twin "
    r"|coordinated |\w+ly )*"
    r"(?:attack(?! helicopter)|assault|bombing|bomb|blast|raid|ambush|shooting|explosion|strike"
    r"|airstrike|offensive|incursion|massacre|shelling|operation|hit|suicide bombers?|bombers?|IED"
    r"|landmine|mine|rockets?|mortars?|fire|gunfire|kidnapping|ramming|stabbing|hijacking)\b"
)
# What may stand before a name in its own phrase: "the fighters loyal to the outlawed".
LEAD = r"(?:(?!(?:that|who|which|for|in|at|after|when|said|says|as|but|against|by|while|and|over)\b)[\w'-]+ ){0,6}?"
RESPONSIBILITY = r"(?:full |sole |joint |the |online )?responsib"
GENERIC = (
    r"(?:the|this|that|its|whose) (?:\w+ ){0,2}?(?:group|organi[sz]ation|militants?|movement|insurgents?"
    r"|rebels?|militia|network|attackers|guerrillas?|jihadists?|terrorists|separatists|party|claim)"
)
NOT_DOER = re.compile(
    r"\b(?:held|controlled|run|occupied|freed|verified|used|supported|backed|protected|led|governed"
    r"|headed|condemned|visited|denied|guarded|manned|confirmed|said|reported|announced|released"
    r"|followed|joined"
    r"|accompanied|approved|ruled|imposed|dominated|claimed|owned|foiled|repelled|thwarted|founded"
    r"|banned|branded|inspired|wanted|issued|published|posted|statement|captured|recaptured|arrested"
    r"|defused|treated|praised|appointed|employed|replaced|trained|armed|warnings?|funded|sponsored|wielded"
    r"|assisted|near|close) by $",
    re.IGNORECASE,
)
ATTACKER_ENDED = re.compile(
    r"\b(?:who|he|she|attackers?|assailants?|suspects?|gunm[ae]n|bombers?|perpetrators?|knifeman|hijackers?"
    r"|m[ae]n armed with [^,.;]*)(?:, who [^,]*,)?(?: (?:was|were|is|are|been|being|had|has|have|later|then|also"
    r"|both|all|subsequently|shot|dead|killed|and))+ by (?:the |an? )?$",
    re.IGNORECASE,
)
# A man who has left his force, or turned on it, does not act for it.
LONE = re.compile(r"\b(?:rogue|off-duty|renegade|deserting|former|retired|ex-) ?$", re.IGNORECASE)
# A place is no doer: "in Iraq left eight dead", "northern Somalia killed".
ONLY_A_PLACE = re.compile(
    r"\b(?:in|across|of|from|near|to|into|at|around|inside|throughout|over|outside|(?:north|south|east"
    r"|west)\w*|central)"
    r"(?: the)? $",
    re.IGNORECASE,
)
FILL = (
    r"(?:(?!by\b|when\b|after\b|in\b|as\b|who\b|that\b|which\b|and killed\b|while\b|during\b|to\b|was\b"
    r"|were\b|is\b|are\b|has\b|had\b|have\b|blamed\b|claimed\b|but\b|yet\b|for\b|with\b|from\b"
    r"|on\b)[\w-]+ ){0,5}?"
)
VICTIMS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:kill(?:ed|ing|s)?|wound(?:ed|ing)|injur(?:ed|ing)|captur(?:ed|ing)|arrest(?:ed|ing)"
        rf"|detain(?:ed|ing)|eliminat(?:ed|ing)|neutrali[sz](?:ed|ing)|target(?:ed|ing|s)?|against"
        rf"|attack(?:ed|ing)|attacks?(?: on)"
        rf"|(?:raids?|strikes?|assault|bombing|ambush|shelling|airstrikes?|drone strikes?) (?:on|at|near"
        rf"|in|outside)|hit|hits|hitting|struck|strikes|bombed|ambush(?:ed|ing)|shot(?: dead| down)?"
        rf"|fought|fighting|intended for|aimed at|deaths? of|killing of|assassination of|murder of"
        rf"|execution of"
        rf"|gunned down|beheaded|executed|executing|stabbed|murdered|assassinated|storm(?:ed|ing)|shell"
        rf"(?:ed|ing)|beheading|bypass(?:ed|ing)|evad(?:ed|ing)|kidnapped|abducted|blew up|destroy(?:ed"
        rf"|ing)) {FILL}(?P<v>[GS]\d+[GSA])(?! claimed| said| militants claimed)",
        rf"(?P<v>[GS]\d+[GSA])(?! (?:\w+ ){{0,2}}(?:attackers?|assailants?|bombers?|hijackers?)\b)"
        rf"(?:'s?)?(?: (?:\w+ ){{0,2}}?(?:{PEOPLE}|{STATE_FORCE}|commanders?|leaders?"
        rf"|officials?|officers?|chief|nationals?|citizens?|civilians?|contractors?|workers?|sergeant"
        rf"|captain|colonel|general|pilots?|journalists?|tourists?|men|women|man|woman))?"
        r"(?: \([^)]*\))?(?:,? and [^.;,]{0,40}?)? (?:(?:who|that) )?(?:were|was|are|is|have been"
        r"|has been|had been|being|got|get|lay)(?: \w+ly| also| later| then| both| all)* (?:killed|shot"
        r"|arrested|captured|wounded|injured|executed|attacked|ambushed|targeted|detained|kidnapped"
        r"|abducted|dead|hit|struck|neutrali[sz]ed|eliminated|beheaded|gunned|assassinated|murdered"
        r"|stabbed|taken|bombed|blown)\b(?! for)",
        r"(?P<v>[GS]\d+[GSA])(?:'s?)? (?:(?!\w+ed )(?:security|military|police|provincial|district|army"
        r"|local|rebel|shadow|main|training|naval|refugee|former|deputy|border|air|town of"
        r"|village of) )?(?:checkpoints?|governors?|patrols?|bases?|positions?|hide-?outs?|strongholds?"
        r"|convoys?|vehicles?|ministers?|headquarters|camps?|rule|takeover|employees?|territor\w+"
        r"|prisoners?|detainees?|flags?|delegation|offices?|embassy|consulate|capital|city|town"
        r"|province|village|president|prime minister|parliament|building|facilit\w+|outpost|tourists?"
        r"|nationals?|citizens?|civilians?|withdrawal|border|airport|pilgrims?|diplomats?|journalists?"
        r"|aid workers?|refugees?|contractors?)\b",
        r"\b(?:(?:rescued|taken|captured|wrested|liberated|defected|shelter|away|seized|cleared) from"
        r"|former|ex-|anti-|fled|fleeing|escap(?:ed|ing)|retaken|recaptured|freed from|held by"
        r"|controlled by|seized by|captured by|run by|occupied by|freed by|condemned by|repelled by) "
        r"(?:the )?(?P<v>[GS]\d+[GSA])",
    )
)
