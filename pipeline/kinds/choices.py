"""Choose an event type by how its words stand to each other, where the order of means alone would mislead.

Each rule looks at the signs of all spans and their texts and gives the sign that decides, or None; they are tried in
order.
"""

import re
from collections.abc import Callable, Sequence

from pipeline.kinds.signs import Sign

MEANS = (
    "suicide bombing",
    "vehicle attack",
    "air or drone strike",
    "shelling",
    "bombing",
    "stabbing",
    "arson",
    "shooting",
)
LADEN = re.compile(
    r"\b(?:full of|laden with|packed with|loaded with|filled with|rigged with|carrying) (?:\w+ ){0,3}?explosives?\b"
    r"|\b(?:explosives?|bomb)[- ](?:laden|packed|filled|rigged)\b",
    re.IGNORECASE,
)
VEHICLE = (
    r"(?:cars?|vans?|trucks?|lorry|lorries|vehicles?|bus|minibus|pick-?up|ute|SUV|taxi|tractor|bulldozer|jeep"
    r"|motorhome|limousine|sedan)"
)
CROWD = (
    r"(?:crowds?|people|pedestrians?|queue|stalls?|market|worshippers?|shoppers?|passers-?by|soldiers?|officers?"
    r"|policem[ae]n|protesters?|demonstrators?|marchers|spectators|revell?ers|cyclists?|bus stop|tram stop"
    r"|pavement|sidewalk|promenade|festival|fair|parade|procession|children|students|mourners|fans|commuters)"
)
INTO_CROWD = re.compile(
    rf"\b(?:steer|drov|driv|plough|plow|swerv|accelerat|career)\w* (?:[\w'-]+ ){{0,4}}?{VEHICLE} "
    rf"(?:[\w-]+ )?(?:into|through|at|onto|along|towards?) [^.;]{{0,40}}?\b{CROWD}\b",
    re.IGNORECASE,
)
RAMMED = re.compile(r"\b(?:ramm|crash|slamm|plough|plow)(?:ed|ing)\b", re.IGNORECASE)
UNMANNED = re.compile(r"\b(?:parked|left|remote\w*|drones?|UAVs?|unmanned|aircraft|plane)\b", re.IGNORECASE)
OWN_DEATH = re.compile(
    r"\bkill(?:ed|ing|s)? (?:him|her|it|them)sel(?:f|ves)(?: and|,| along| together| as well| with)", re.IGNORECASE
)
EXPLOSIVE = re.compile(r"\b(?:bombs?|explosives?|grenades?|explosion|blast|detonat\w+|device)\b", re.IGNORECASE)
PROTESTERS = (
    r"(?:protesters?|protestors?|demonstrators?|mobs?|activists|supporters|students|villagers|crowds?|strikers|pickets"
    r"|blockaders|fans|residents|youths|marchers)"
)
CROWD_CLASH = re.compile(
    rf"\b{PROTESTERS}\b[^.;]{{0,40}}?\b(?:clash\w*|pelt(?:ed|ing)|beat|lynched|rampaged|ransacked|looted|smashed)\b"
    rf"|\bclash\w*[^.;]{{0,40}}?\b(?:with|between|and) (?:[\w-]+ ){{0,2}}?{PROTESTERS}\b",
    re.IGNORECASE,
)
FORCES = r"(?:[a-z]+ forces?|marines|commandos|navy|sailors|troops|soldiers|police|coast ?guards?|SWAT team)"
CRAFT = (
    r"(?:jets?|war ?planes?|planes?|aircraft|helicopters?|gunships?|drones?|quadcopters?|UAVs?|bombers|fighter jets?"
    r"|air force(?! (?:base|officer|personnel|compound|academy|convoy|bus))|Yak-\d+|Su-\d+|MiG-\d+|F-\d+s?|Mi-\d+)"
)
FROM_AIR = re.compile(
    rf"(?<!hijacked )(?<!passenger )(?<!by )(?<!by two )\b{CRAFT},? (?:(?!was\b|were\b|by\b|near\b)[\w-]+ ){{0,4}}?"
    r"(?:dropped|hit|struck|bombed|attacked|fired|launched|pounded|strafed|targeted|set|destroyed|killed|carried"
    r" out)\b",
    re.IGNORECASE,
)
FOE = (
    r"(?:militants?|rebels?|insurgents?|terrorists?|suspects?|fighters|gunmen|bandits|extremists|jihadi(?:st)?s?"
    r"|guerrillas|gang members|kidnappers|members of)"
)
BY_FORCES = re.compile(
    rf"\b{FORCES}\b[^.;]{{0,60}}?\b(?:killed|killing|neutrali[sz]ed|eliminated)\b [^.;]{{0,30}}?\b{FOE}\b"
    rf"|\b{FORCES}\b(?: \w+)? (?:stormed|swooped on|searched)\b|\b{FOE}\b[^.;]{{0,30}}? (?:were|was) "
    rf"(?:killed|neutrali[sz]ed|eliminated) (?:by|in an operation by) (?:[\w-]+ ){{0,3}}?{FORCES}\b",
    re.IGNORECASE,
)
ARMS = re.compile(
    r"(?:hand|rocket)?[- ]?(?:propelled )?(?:grenade|RPG|land|mine|IED|improvised|explosive|planted mine)",
    re.IGNORECASE,
)
BOARDED = re.compile(
    rf"\b{FORCES}\b[^.;]{{0,60}}?\b(?:boarded|stormed|retook|recaptured|freed|rescued|liberated)\b", re.IGNORECASE
)
AT_CAR = re.compile(
    r"(?<!tank )\bmissiles? (?:\w+ )?(?:struck|hit|at|into|slammed into) (?:an?|the|his|their|its)"
    r" (?:[\w-]+ ){0,2}?(?:car|van|motorcycle|motorbike|SUV|pick-?up|taxi|sedan)\b"
    r"|(?<!tank )\bmissiles? [^.;]{0,60}?\bkilling (?:its|the) (?:\w+ )?(?:occupants?|passengers?|driver)\b",
    re.IGNORECASE,
)
ARMED = re.compile(
    r"\b(?:fighters|rebels|militants|insurgents|bandits|attackers|assailants|raiders|militiamen|jihadists|extremists"
    r"|guerrillas|armed men|marauders)\b(?: (?:of|from|loyal to) [^.;]{0,60}?)? (?:have |had |also |then )?"
    r"(?:killed|murdered|slaughtered|massacred)\b",
    re.IGNORECASE,
)


def own_bomb(signs: Sequence[Sequence[Sign]], texts: Sequence[str]) -> Sign | None:
    """Read a suicide bombing where the bomber's own death, or a craft full of explosives that rams, tells of it.

    >>> text = "A man with a bomb in his bag killed himself and two guards."
    >>> own_bomb([], [text]).event_type
    'suicide bombing'
    >>> own_bomb([], ["A motorboat laden with explosives rammed the ferry."]).event_type
    'suicide bombing'
    >>> own_bomb([], ["A truck packed with explosives was parked at the gate."]) is None
    True
    """
    shot = any(sign.event_type == "shooting" and sign.strong for of_span in signs for sign in of_span)
    for text in () if shot else texts:
        if (found := OWN_DEATH.search(text)) and EXPLOSIVE.search(text):
            return Sign("suicide bombing", True, found.start(), found.end(), found.group())
        if (found := LADEN.search(text)) and RAMMED.search(text) and not UNMANNED.search(text):
            return Sign("suicide bombing", True, found.start(), found.end(), found.group())
    return None


def into_crowd(signs: Sequence[Sequence[Sign]], texts: Sequence[str]) -> Sign | None:
    """Read a vehicle steered into people as a vehicle attack.

    >>> into_crowd([], ["He steered a rented lorry through the stalls of a fair."]).event_type
    'vehicle attack'
    """
    if any(sign.event_type in ("suicide bombing", "bombing") and sign.strong for of_span in signs for sign in of_span):
        return None
    found = next((found for text in texts if (found := INTO_CROWD.search(text))), None)
    return Sign("vehicle attack", True, found.start(), found.end(), found.group()) if found else None


def missile_at_car(signs: Sequence[Sequence[Sign]], texts: Sequence[str]) -> Sign | None:
    """Read missiles that strike a moving car as fired from the air; a tank's or an army's own target is not one.

    >>> missile_at_car([], ["Two missiles struck a red van, killing its driver."]).event_type
    'air or drone strike'
    """
    if any(sign.event_type in ("suicide bombing", "vehicle attack") for of_span in signs for sign in of_span):
        return None
    found = next((found for text in texts if (found := AT_CAR.search(text))), None)
    return Sign("air or drone strike", True, found.start(), found.end(), found.group()) if found else None


def crowd_clash(signs: Sequence[Sequence[Sign]], texts: Sequence[str]) -> Sign | None:
    """Read a clash that a crowd takes part in as a riot, unless more than shots and fire is told of it.

    >>> text = "Villagers clashed with police over a road."
    >>> crowd_clash([[]], [text]).event_type
    'riot'
    """
    means = {sign.event_type for of_span in signs for sign in of_span if sign.strong} & set(MEANS)
    found = CROWD_CLASH.search(texts[0]) if texts else None
    if found is None or means - {"shooting", "arson", "stabbing"}:
        return None
    return Sign("riot", True, found.start(), found.end(), found.group())


def boarded_by_forces(signs: Sequence[Sequence[Sign]], texts: Sequence[str]) -> Sign | None:
    """Read as a raid that forces of a state boarded or stormed what armed men held.

    >>> boarded_by_forces([[]], ["Marines boarded the dhow and killed two of the pirates."]).event_type
    'raid'
    """
    strong = {sign.event_type for of_span in signs for sign in of_span if sign.strong}
    found = next((found for text in texts if (found := BOARDED.search(text))), None)
    held = any(re.search(r"\b(?:pirates?|hijack\w*|hostages?|captors?|kidnappers?|abductors?)\b", t) for t in texts)
    if found is None or not held or strong - {"hijacking", "raid", "kidnapping"} or opens_with_seizure(texts[0]):
        return None
    return Sign("raid", True, found.start(), found.end(), found.group())


def opens_with_seizure(text: str) -> bool:
    """Tell whether a text first tells how the ship, plane or persons were taken: then that is the incident.

    >>> opens_with_seizure("Gunmen hijacked a plane; commandos stormed it.")
    True
    >>> opens_with_seizure("Commandos stormed the hijacked plane.")
    False
    """
    seized = re.search(
        r"\b(?:hijack|kidnap|abduct)(?:p?ed|s)(?! (?:\w+ )?(?:plane|airliner|ship|vessel|tanker|dhow|trawler|bus|boat))"
        r"|\b(?:gunmen|pirates|men|militants|hijackers) (?:have |had )?(?:hijacked|seized|took)",
        text,
        re.IGNORECASE,
    )
    freed = BOARDED.search(text)
    return bool(seized and (freed is None or seized.start() < freed.start()))


def killed_by_armed(signs: Sequence[Sequence[Sign]], texts: Sequence[str]) -> Sign | None:
    """Read killing by fighters, of which no means is told, as an armed attack.

    >>> killed_by_armed([[]], ["Fighters of the militia killed a baker and burned his shop."]).event_type
    'armed attack'
    """
    if any(sign.strong or sign.event_type == "shooting" for of_span in signs for sign in of_span):
        return None
    found = next((found for text in texts if (found := ARMED.search(text))), None)
    return Sign("armed attack", True, found.start(), found.end(), found.group()) if found else None


def killed_by_forces(signs: Sequence[Sequence[Sign]], texts: Sequence[str]) -> Sign | None:
    """Read as a raid that forces of a state killed armed men or stormed a place, where no means is told.

    >>> killed_by_forces([[]], ["Commandos killed four militants in the hills."]).event_type
    'raid'
    """
    if any(sign.strong for of_span in signs for sign in of_span):
        return None
    found = next((found for text in texts if (found := BY_FORCES.search(text))), None)
    return Sign("raid", True, found.start(), found.end(), found.group()) if found else None


def from_the_air(signs: Sequence[Sequence[Sign]], texts: Sequence[str]) -> Sign | None:
    """Read what aircraft drop, fire or hit as a strike from the air, whatever it is that they drop.

    >>> from_the_air([[]], ["A jet dropped two bombs on a school."]).event_type
    'air or drone strike'
    """
    if any(sign.event_type == "suicide bombing" for of_span in signs for sign in of_span):
        return None
    found = next((found for text in texts if (found := FROM_AIR.search(text))), None)
    return Sign("air or drone strike", True, found.start(), found.end(), found.group()) if found else None


def clash_first(signs: Sequence[Sequence[Sign]], texts: Sequence[str]) -> Sign | None:
    """Prefer a clash that opens the story to the shots it is made of; an attack that a fight follows stays an attack.

    >>> from pipeline.kinds.signs import find_signs
    >>> clash_first([find_signs("Gunmen opened fire and a shootout followed.")], []) is None
    True
    """
    strong = [sign for of_span in signs for sign in of_span if sign.strong]
    means = {sign.event_type for sign in strong if not ARMS.match(sign.words)} & set(MEANS)
    later = {"arson"} - {sign.event_type for sign in signs[0]} if signs else set()
    if means - {"shooting"} - later or not signs:
        return None
    clash = next((s for s in signs[0] if s.event_type == "armed clash"), None)
    opened = (
        s
        for s in signs[0]
        if s.event_type == "armed attack" or re.match((r"(?i)open|mass|school|sniper|drive|gunm"), s.words)
    )
    first = next(opened, None)
    return clash if clash and (first is None or clash.start < first.start) else None


def raided_by_rebels(signs: Sequence[Sequence[Sign]], texts: Sequence[str]) -> Sign | None:
    """Read a raid by armed men on a village as an attack: only forces of a state raid in the codebook's sense.

    >>> from pipeline.kinds.signs import find_signs
    >>> text = "Cattle rustlers raided a village at dawn."
    >>> raided_by_rebels([find_signs(text)], [text]).event_type
    'armed attack'
    """
    strong = {sign.event_type for of_span in signs for sign in of_span if sign.strong}
    raid = next((sign for of_span in signs for sign in of_span if sign.event_type == "raid"), None)
    if raid is None or not raid.words.lower().startswith("raid") or strong - {"raid"}:
        return None
    text = texts[0]
    forces = (
        r"\b(?:police|polic\w+|soldiers?|troops|army|military|forces?|commandos?|officers?|agents?"
        r"|authorities|government|units?|navy|marines|guards?|SWAT|coalition)\b"
    )
    prey = (
        r"\braid\w* (?:on|against|of)? ?(?:an? |the )?(?:[\w-]+ ){0,3}(?:hide-?outs?|compound|safe house"
        r"|militants?|insurgents?|terrorists?|suspects?|rebels?|bomb factory|home of)\b"
    )
    if re.search(forces, text) or re.search(prey, text):
        return None
    return Sign("armed attack", True, raid.start, raid.end, raid.words)


Choice = Callable[[Sequence[Sequence[Sign]], Sequence[str]], Sign | None]
CHOICES: tuple[Choice, ...] = (
    own_bomb,
    into_crowd,
    missile_at_car,
    from_the_air,
    crowd_clash,
    clash_first,
    boarded_by_forces,
    raided_by_rebels,
    killed_by_armed,
    killed_by_forces,
)
