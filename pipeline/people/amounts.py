"""Say what the words around an amount make of it: an age, a year, a part of others, people beside others.

An age or a date counts nobody; a part is counted already in its whole.
"""

import re

from spacy.tokens import Doc

from pipeline.people.numbers import UNIT, Quantity

GRADES = (" severely", " seriously", " critically", " slightly", " lightly", " gravely")
AGED = re.compile(r"\bage[ds]? (?:(?:between|from|about|around|just|only) )?(?:\d+(?:,|-|–)? (?:(?:and|or|to) )?)*$")
OLD = re.compile(rf"(?:\d+|{UNIT})[- ](?:year|month)s?[- ]olds?\b")
AGES_WORDS = 40  # tokens of ages told one after another
AGE_WORDS = 8  # tokens of an age, with room
YOUNG_AND_OLD = frozenset("boy girl man woman child youth teenager son daughter lad".split())  # "a boy of 13"
CALENDAR = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec "
    "jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec.".split()
)


def skip_age(doc: Doc, position: int) -> int:
    """Give the position behind "31-year-old" and a comma or adjective after it, or the same position."""
    end = min(position + AGE_WORDS, len(doc))
    age = OLD.match(doc[position:end].text)
    if not age:
        return position
    return next((t.i for t in doc[position:] if t.idx >= doc[position].idx + age.end()), len(doc))


def some_of(doc: Doc, after: int) -> bool:
    """Tell whether an amount is of people told of before: "two of the wounded"."""
    return doc[max(0, after - 2) : after].text.lower() in ("of the", "of those", "of these")


def is_age(doc: Doc, start: int, after: int) -> bool:
    """Tell whether an amount is an age: "18-year-old", "aged 18", "Amiri, 18,"."""
    following = doc[after : after + 5].text.lower().lstrip("- ")
    before = doc[start - 1] if start else None
    if following.startswith(("year-old", "year old", "years old", "-year", "years of age", "month-old", "months old")):
        return True
    if AGED.search(doc[max(0, start - AGES_WORDS) : start].text_with_ws.lower()):
        return True
    if before is not None and before.lower_ == "of" and start > 1 and doc[start - 2].lower_ in YOUNG_AND_OLD:
        return following[:1] in (",", ".", ")", ";", "") or following.split()[0] in ("was", "and", "who", "died")
    apposed = (
        before is not None and before.text in (",", "(") and start > 1 and doc[start - 2].tag_ in ("NNP", "NNPS", "NN")
    )
    return apposed and doc[start].text.isdigit() and len(doc[start]) < 4 and following[:1] in (",", ".", ")", ";", "")


def is_calendar(doc: Doc, start: int, after: int, quantity: Quantity) -> bool:
    """Tell whether an amount is a year, a day of a month, a time or part of a name."""
    before = doc[start - 1] if start else None
    following = doc[after].lower_ if after < len(doc) else ""
    low = quantity.count.low or 0
    bare = quantity.words.isdigit()
    if (
        bare
        and 1900 <= low <= 2100
        and (before is None or before.tag_ in ("IN", ",", "NNP", "DT") or following in (",", ":", "-"))
    ):
        return following not in ("people", "civilians", "others")
    if before is not None and before.lower_ in CALENDAR and bare and low <= 31:
        return True
    return bare and following in CALENDAR


def is_part(doc: Doc, start: int) -> bool:
    """Tell whether people are named as among people already counted."""
    before = doc[max(0, start - 3) : start].text.lower()
    if doc[start : start + 2].text.lower().endswith(GRADES):
        return True  # "wounded four, two severely"
    if doc[start].lower_ in ("both", "all") and before.endswith(","):
        return True  # "two customers, both railway workers"
    return before.endswith(
        ("including", "including at least", "among them", "among them,", "included", "of whom", "inclusive of")
    )


def is_more(doc: Doc, start: int, end: int) -> bool:
    """Tell whether people are said to be beside others counted before."""
    words = {t.lower_ for t in doc[start:end]} | ({doc[end].lower_} if end < len(doc) else set())
    if doc[start:end].text.lower().startswith("more than"):
        words -= {"more"}
    return bool(words & {"other", "others", "more", "another", "additional", "further"})
