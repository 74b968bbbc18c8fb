"""Find totals over many incidents: "283 attacks since the takeover", "nine, including a blast in March".

Such a number is never an incident; it becomes a row of `aggregates`. Two or three blasts of one hour and place stay one
incident, so a total needs words that reach over time, or of counting.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from pipeline.model import Aggregate, DateWords, Figure, PlaceWords, Sentence
from pipeline.people.numbers import find_quantities

EVENTS = (
    r"(?:attacks?|bombings?|assaults?|blasts?|explosions?|shootings?|raids?|clashes|killings|strikes|airstrikes|"
    r"ambushes|"
    r"assassinations|kidnappings|abductions|murders|incidents|occasions|massacres|operations|violations|abuses"
    r"|homicides|incursions|encounters|skirmishes|robberies|hijackings|seizures|executions"
    r"|stabbings|beheadings|lynchings|sieges|detonations|fires|violent events|acts of (?:violence|terrorism)"
    r"|(?:homicide|murder)"
    r" (?:files|cases))"
)
EVIDENCE = r"(?:pieces of (?:[\w-]+ ){0,3}evidence|videos?|images|reports|claims)"
COUNTED = re.compile(
    rf"\s*(?:of (?:the|its|their) )?(?:(?!and\b|people\b|casualties\b|victims\b|deaths\b|killed\b|in\b|"
    rf"were\b)[\w’'-]+ ){{0,5}}?(?P<unit>{EVENTS}|{EVIDENCE})\b",
    re.IGNORECASE,
)
ALONE = re.compile(r"\s*(?:,|;|\.|including\b|in\b|since\b|so far\b|this year\b|$)", re.IGNORECASE)
CLAIMING = re.compile(
    r"\b(?:claim(?:s|ed|ing)?|record(?:s|ed)?|document(?:s|ed)?|verif(?:y|ies|ied)|count(?:s|ed)?|register(?:s|"
    r"ed)?|carried out|"
    r"conducted|launched|staged|mounted|reported|committed|suffered|seen|noted|logged|tallied|perpetrated)\s*$",
    re.IGNORECASE,
)
REACH = re.compile(
    r"\b(?:since|so far|during|over the (?:past|last|course)|in the (?:past|last|first|second|same period)|"
    r"this year|last year|to date|"
    r"(?:in|throughout|for) (?:19|20)\d\d|between (?:early|mid|late|january|february|march|april|may|june|july|"
    r"august|september|october|"
    r"november|december|19\d\d|20\d\d)|(?:ha[sd]|have) (?:\w+ )?(?:claimed|carried|conducted|recorded|"
    r"documented|verified|been|struck|launched|registered|logged|noted|counted|seen|suffered)|"
    r"(?:in|over|during) (?:the (?:week|month|weekend|year|quarter)|a (?:week|month|year))|add(?:s|ed)? up to|"
    r"in total|altogether|dataset|database|data|statistics|figures show|tally|on \w+ occasions|annual(?:ly)?|"
    r"months?|years?|decades?)\b",
    re.IGNORECASE,
)
ONE_DAY = re.compile(
    r"\b(?:twin|simultaneous|coordinated|same day|within (?:hours|minutes)|minutes apart|on (?:mon|tues|wednes|"
    r"thurs|fri|satur|sun)day|today|yesterday)\b",
    re.IGNORECASE,
)
LONG = re.compile(
    r"\bsince (?!(?:mon|tues|wednes|thurs|fri|satur|sun)day|then\b|yesterday|dawn|early|the attack|the blast)"
    r"|\bso far this year\b|\bthis year\b"
    r"|\bin (?:the )?(?:19|20)\d\d alone\b|\b(?:in|over|during) the (?:past|last|first) (?:[\w-]+ )?(?:weeks?"
    r"|months|years?|decades?|quarter)\b"
    r"|\bin (?:january|february|march|april|may|june|july|august|september|october|november|december)\b(?! \d)"
    r"|\blast (?:month|year)\b"
    r"|\bin (?:the )?(?:19|20)\d\d\b"
    r"|\b(?:in|over|during) (?:the )?[\w-]+ (?:months|years|decades)(?: of)?\b|\bin (?:them|(?:such|these|those) (?:\w+"
    r" )?(?:attacks|raids|clashes|incidents|strikes|shootings|bombings))\b",
    re.IGNORECASE,
)
PERFECT = re.compile(
    r"\b(?:have|has) (?:now |already |so far )?(?:been (?:killed|injured|wounded|kidnapped|abducted|displaced"
    r"|murdered|shot)"
    r"|died|lost their li(?:fe|ves)|been left)\b"
    r"|\b(?:has|have) (?:killed|claimed|left|cost|displaced|taken)\b|\ba total of\b",
    re.IGNORECASE,
)
TALLY = re.compile(
    r"\b(?:figures?|tally|tallies|count|data|statistics|records|database|compiled|monitor(?:s|ing)?|toll since"
    r"|in total|altogether|alone"
    r"|acts of (?:terrorism|violence))\b",
    re.IGNORECASE,
)
COUNTS = re.compile(  # a body that counts people, whose count is a total unless it is of one attack
    r"\bnumber of (?:[\w-]+ ){0,3}(?:killed|dead|deaths|casualties|victims|injured|wounded|abducted|kidnapped)\b"
    r"|\b(?:has|have) (?:\w+ )?(?:counted|recorded|documented|registered|verified|logged|tallied)\b",
    re.IGNORECASE,
)
ONE_ATTACK = re.compile(
    r"\b(?:the|that|this|an?) (?:[\w-]+ ){0,3}?(?:attack|assault|bombing|blast|explosion|shooting|raid|ambush|airstrike"
    r"|strike|massacre|siege|clash|killing|stabbing)\b",
    re.IGNORECASE,
)
HARD_REACH = re.compile(
    r"\b(?:since|so far|over the (?:past|last)|to date|occasions|dataset|database|evidence)\b", re.IGNORECASE
)


ORDINALS = (
    "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
RANK = re.compile(
    rf"\b(?:the|its|their|his|her|a) (?P<n>{'|'.join(ORDINALS)}|\d+(?:st|nd|rd|th))"
    r"(?: (?P<unit>(?:(?!in\b|of\b|since\b|this\b|to\b|at\b|on\b|for\b|and\b|was\b)[\w'’-]+ ?){1,4}?))?"
    r"(?! of [A-Z][a-z]+ber\b| of (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug))(?=,? (?:in|on|at|of|since|this|to|so far"
    r"|over|against|by|within|outside|near|across)\b|[,.;]|$)",
    re.IGNORECASE,
)
WITHIN = re.compile(
    r"\bsince (?!then)|\bso far\b|\bof the (?:year|month|season)\b|\bthis (?:year|month|week|season|summer|winter)\b"
    r"|\b(?:in|within|over|during) (?:the (?:past|last) )?(?:\w+|\d+) (?:days|weeks|months|years)\b"
    r"|\b(?:in|over|during) (?:as many|the (?:past|last)) (?:day|week|month|year)s?\b|\blast (?:year|month)\b",
    re.IGNORECASE,
)
DEED = re.compile(
    r"(?:attack|bomb|blast|explosion|shooting|raid|clash|encounter|kill|strike|ambush|assassinat|kidnap|abduct|murder"
    r"|incident|massacre|homicide|stabb|assault|hijack|seiz|execut|arson|behead|riot|shot)",
    re.IGNORECASE,
)
SUMMED = re.compile(
    r"\b(?:add(?:s|ed|ing)?(?: up to)?|(?:bring|take)(?:s|ing)?(?: the (?:total|number|count|tally)[^,.;]{0,60}?)?"
    r" to|brought"
    r"(?: the (?:total|number|count|tally)[^,.;]{0,60}?)? to) $",
    re.IGNORECASE,
)
NUMBER_OF = re.compile(r"\s*(?:the )?(?:total )?(?:number|count|tally) of (?P<unit>(?:[\w-]+ ){0,2}?[\w-]+)\b", re.I)


LIVES = re.compile(  # a number of people as the words have it, where no figure was read
    r"\b\d[\d,]* (?:[\w-]+ ){0,3}?(?:(?:have|has|had) (?:been killed|died|lost their li(?:fe|ves))"
    r"|were (?:killed|neutrali[sz]ed)|lives since)\b",
    re.IGNORECASE,
)


def find_aggregates(
    sentence: Sentence, figures: Sequence[Figure], dates: Sequence[DateWords], places: Sequence[PlaceWords]
) -> list[Aggregate]:
    """Give the totals over many incidents in one sentence, with the toll, place and time that stand with them."""
    text = sentence.text
    ranks = list(read_ranks(text))
    reaching = REACH.search(text) and (HARD_REACH.search(text) or not ONE_DAY.search(text))
    counted = list(read_counts(text)) if reaching else []
    if not counted and not ranks and not is_long_toll(text, figures):
        return []
    span = [d for d in dates if d.days and sentence.start <= d.start < sentence.end]
    place = next((p.words for p in places if sentence.start <= p.start < sentence.end and p.role == "event"), "")
    since, until = reach_of(span)
    total = Aggregate(
        article_id="",
        sentence=sentence,
        count=None,
        unit="",
        killed_low=toll_of(figures, "killed"),
        injured_low=toll_of(figures, "injured"),
        place=place,
        since=since,
        until=until,
    )
    if ranks:
        rank = replace(total, killed_low=None, injured_low=None)
        both = sorted([*ranks, *counted], key=lambda total: total[2])
        return [replace(rank, count=count, unit=unit, start=sentence.start + at) for count, unit, at in both]
    if not counted:
        return [replace(total, unit="people", start=min((f.start for f in figures), default=sentence.start))]
    return [replace(total, count=count, unit=unit, start=sentence.start + at) for count, unit, at in counted]


def is_long_toll(text: str, figures: Sequence[Figure]) -> bool:
    """Tell whether a toll is that of months or years: "61 people have been killed since January"."""
    if not any(f.counts == "yes" and f.count.low for f in figures) and not LIVES.search(text):
        return False
    counted = COUNTS.search(text) and not ONE_ATTACK.search(text)
    return bool(LONG.search(text)) and bool(PERFECT.search(text) or TALLY.search(text) or counted)


def read_counts(text: str) -> Iterator[tuple[int, str, int]]:
    """Give number, unit and place of each count of attacks in a text.

    >>> list(read_counts("The group has claimed nine attacks, eight bombings in May among them."))
    [(9, 'attacks', 22), (8, 'bombings', 36)]
    """
    plural = re.search(rf"\b{EVENTS}\b", text, re.IGNORECASE)
    for quantity in find_quantities(text):
        count = quantity.count.low if quantity.count.low is not None else quantity.count.high
        a_year = quantity.words.isdigit() and len(quantity.words) == 4 and 1900 <= (count or 0) <= 2100
        if count is None or count < 2 or quantity.count.state == "vague" or a_year:
            continue
        match = COUNTED.match(text, quantity.end)
        if SUMMED.search(text[: quantity.start]):
            named = NUMBER_OF.match(text, quantity.end)
            unit = named["unit"] if named else plural.group() if plural else ""
            if unit:
                yield count, unit.lower(), quantity.start
            continue
        if match and (match["unit"].lower().endswith(("s", "evidence")) and not match["unit"].lower().endswith("ss")):
            yield count, match["unit"].lower(), quantity.start
        elif plural and ALONE.match(text, quantity.end) and CLAIMING.search(text[: quantity.start]):
            yield count, plural.group().lower(), quantity.start


def read_ranks(text: str) -> Iterator[tuple[int, str, int]]:
    """Give number, unit and place of what is the so-manieth within a time: "the 14th such attack this year".

    >>> list(read_ranks("It was the seventh ship seized in the gulf since May."))
    [(7, 'ship seized', 7)]
    >>> list(read_ranks("The second attack came an hour later."))
    []
    """
    for match in RANK.finditer(text) if WITHIN.search(text) else ():
        unit = (match["unit"] or "").strip()
        if DEED.search(unit or text):
            word = match["n"].lower()
            count = ORDINALS.index(word) + 2 if word in ORDINALS else int(re.sub(r"\D", "", word))
            yield count, re.sub(r"^(?:such|known|reported|confirmed) ", "", unit) or "attack", match.start()


def is_rank(total: Aggregate) -> bool:
    """Tell whether a total only says the so-manieth of its kind this is: the sentence may tell of this one too."""
    return bool(RANK.match(total.sentence.text, total.start - total.sentence.start))


def toll_of(figures: Sequence[Figure], measure: str) -> int | None:
    """Give the low sum of what a sentence says of one measure, or None where it says nothing."""
    lows = [f.count.low for f in figures if f.measure == measure and f.counts == "yes" and f.count.low is not None]
    return sum(lows) if lows else None


def reach_of(dates: Sequence[DateWords]) -> tuple[date | None, date | None]:
    """Give the first and last day that a total reaches over: after "since" there is no last."""
    if not dates:
        return None, None
    days = dates[0].days
    if days is None:
        return None, None
    if dates[0].rule == "since":
        return days.first, None
    return days.first, days.last if days.last - days.first < timedelta(days=4000) else None
