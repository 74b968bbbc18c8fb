"""Name an incident in one line made of its own fields: what happened, to what, where.

Nothing is added that the fields do not hold, and no word is said twice.
"""

import re
from collections.abc import Callable

from pipeline.model import Facts, Place

DONE_TO = frozenset({"assassination", "execution", "kidnapping", "hijacking", "stabbing", "shooting"})
STRIKES = {"drone": "drone strike", "aircraft": "air strike"}
STATUS = {"foiled": "Foiled", "alleged": "Alleged", "denied": "Denied"}
DETERMINERS = ("the", "a", "an", "his", "her", "its", "their", "this", "that", "one", "two", "three", "several")
UNIQUE = ("ministry", "parliament", "capital", "presidency", "border", "government", "army")  # one to a country: "the"
PLURALS = re.compile(r"(?:men|people|children|police|personnel|staff|clergy|[^siu]s)$", re.IGNORECASE)
INSTITUTION = re.compile(r"(?:Ministry|Embassy|University|Bank|Church|Port|House|Palace|Office|Institute|Green Zone)\b")
SITE = re.compile(
    r"(?:mosque|church|cathedral|temple|shrine|synagogue|school|seminary|universit|college|academ|campus|cent(?:er|re)|"
    r"hospital|clinic|market|bazaar|mall|shop|store|station|airport|port|embass|consulate|ministr|office|compound|base|"
    r"camp|post|checkpoint|headquarters|barracks|court|parliament|building|palace|prison|hotel|restaurant|caf[eé]|bar|"
    r"club|bank|bridge|plant|refiner|house|home|village|hall|park|stadium|wedding|funeral|gate|road)(?:s|es|y|ies)?$",
    re.IGNORECASE,
)  # what one is "at"; whatever else is a target, one is "against"
LONGEST = 60  # characters of a place or target that still read as a name
VOWELS = "aeiou"


def name_incident(facts: Facts) -> str:
    """Give the title of an incident.

    >>> kabul = Place(precision="city", city="Kabul", venue="Ministry of Foreign Affairs",
    ...               text="near the Ministry of Foreign Affairs in Kabul")
    >>> name_incident(Facts(event_type="suicide bombing", place=kabul))
    'Suicide bombing near the Ministry of Foreign Affairs, Kabul'
    >>> name_incident(Facts(event_type="air or drone strike", weapon="drone", place=Place(city="Kabul")))
    'Drone strike in Kabul'
    >>> name_incident(Facts(event_type="shooting", status="foiled"))
    'Foiled shooting, place not stated'
    """
    what = _what(facts)
    scene = next((words for rule in SCENES if (words := rule(facts))), "")
    where = [name for name in _where(facts.place) if not _says(scene, name)]
    if scene:
        return ", ".join([f"{what} {scene}", *where])
    return f"{what} in {', '.join(where)}" if where else f"{what}, place not stated"


def _what(facts: Facts) -> str:
    """Name the act, with what is said of its truth.

    >>> _what(Facts(event_type="other violence", status="alleged"))
    'Alleged violence'
    """
    kind = facts.event_type.removeprefix("other ")
    if kind == "air or drone strike":
        kind = STRIKES.get(facts.weapon, kind)
    words = f"{STATUS.get(facts.status, '')} {kind}".strip()
    return words[0].upper() + words[1:]


def _at_venue(facts: Facts) -> str:
    """Say where it happened by the building or site, near it where the article only says near.

    >>> _at_venue(Facts(place=Place(venue="Pakistani embassy")))
    'at the Pakistani embassy'
    """
    venue = _short(facts.place.venue)
    near = re.search(r"\b(near|outside|inside)\b[^,;.]*" + re.escape(venue), facts.place.text, re.IGNORECASE)
    return f"{near.group(1).lower() if near else 'at'} {_with_article(venue)}" if venue else ""


def _done_to(facts: Facts) -> str:
    """Say who was assassinated, executed, kidnapped, hijacked, stabbed or shot.

    >>> _done_to(Facts(event_type="assassination", target_text="Taliban governor of Balkh"))
    'of the Taliban governor of Balkh'
    """
    target = _short(facts.target_text)
    return f"of {_with_article(target)}" if target and facts.event_type in DONE_TO and not is_site(target) else ""


def _against(facts: Facts) -> str:
    """Say whom or what it was aimed at.

    >>> [_against(Facts(event_type="bombing", target_text=words)) for words in ("policemen", "foreign ministry")]
    ['against policemen', 'at the foreign ministry']
    """
    target = _short(facts.target_text)
    link = "at" if is_site(target) else "with" if facts.event_type == "armed clash" else "against"
    return f"{link} {_with_article(target)}" if target else ""


SCENES: tuple[Callable[[Facts], str], ...] = (_done_to, _at_venue, _against)


def _where(place: Place) -> list[str]:
    """Name the place, and what it lies in where it is no city.

    >>> _where(Place(precision="district", admin2="Sayad", admin1="Sar-e Pol", country="Afghanistan"))
    ['Sayad district', 'Sar-e Pol']
    >>> _where(Place(precision="province", admin1="Nangarhar", country="Afghanistan"))
    ['Nangarhar', 'Afghanistan']
    """
    if place.city:
        return [place.city]
    if place.admin2 and place.precision not in ("province", "country"):
        kind = "" if re.search(r"district|county", place.admin2, re.IGNORECASE) else " district"
        return [name for name in (place.admin2 + kind, place.admin1) if name]
    return [name for name in (place.admin1 if place.precision != "country" else "", place.country) if name]


def is_site(name: str) -> bool:
    """Tell whether words name a building or another site rather than people.

    >>> is_site("Pakistani embassy"), is_site("embassy guards")
    (True, False)
    """
    return SITE.search(_head(name)) is not None


def _head(name: str) -> str:
    """Give the noun that a name turns on.

    >>> _head("Taliban governor of Balkh province")
    'governor'
    """
    return (re.split(r"\s(?:of|for|in|at|near)\s", name)[0].split() or [""])[-1]


def _with_article(name: str) -> str:
    """Put "the" or "a" before a name where English wants it.

    >>> [_with_article(n) for n in ("Kaaj Educational Center", "foreign ministry", "Russian embassy", "embassies")]
    ['Kaaj Educational Center', 'the foreign ministry', 'the Russian embassy', 'embassies']
    >>> [_with_article(n) for n in ("hotel", "air base", "Israeli soldier", "Taliban governor of Balkh")]
    ['a hotel', 'an air base', 'an Israeli soldier', 'the Taliban governor of Balkh']
    """
    words = name.split()
    head = _head(name)
    if words[0].lower() in DETERMINERS or words[0][0].isdigit() or re.search(r"['’]s?$", words[0]):
        return name
    if INSTITUTION.match(name) or head.lower() in UNIQUE:
        return f"the {name}"
    if PLURALS.search(head) or head[0].isupper():
        return name
    if " of " in name or (is_site(name) and any(word[0].isupper() for word in words)):
        return f"the {name}"
    return f"an {name}" if name[0].lower() in VOWELS else f"a {name}"


def _short(words: str) -> str:
    """Give words on one line, without an article of their own; nothing where they are a sentence rather than a name."""
    line = re.sub(r"\s+", " ", words).strip(" ,;:.-–—“”\"'")
    return re.sub(r"^(?:the|a|an)\s+", "", line, flags=re.IGNORECASE) if len(line) <= LONGEST else ""


def _says(scene: str, where: str) -> bool:
    """Tell whether the scene already names the place.

    >>> _says("at Kabul airport", "Kabul"), _says("at the Kabulistan hotel", "Kabul")
    (True, False)
    """
    return re.search(rf"\b{re.escape(where)}\b", scene, re.IGNORECASE) is not None
