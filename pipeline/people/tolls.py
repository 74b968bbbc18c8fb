"""Read the toll that an article states: "the death toll has climbed to 61", "the number of wounded stood at 12".

Such a number is the whole: it takes in everybody else of whom the sentence says the same.
"""

import re
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.model import Count
from pipeline.people.find import People
from pipeline.people.harms import Harm

FAR = 16  # words between "toll" and its number: "the toll from the attack on the market has risen to 12"
LEADING = re.compile(
    r"\b(?:to|at|of|as high as|as|reach\w*|hit|hits|top\w*|pass\w*|exceed\w*|is|was|be|now|than)(?: \w+ly)?$"
)


def take_toll(doc: Doc, people: list[People], harm: Harm) -> tuple[int, People] | None:
    """Give the number behind "toll" or "number of dead", and its place among the people of the sentence."""
    for n, one in enumerate(people):
        if not harm.last < one.start <= harm.last + FAR or one.part or (one.lone and one.who):
            continue
        between = doc[harm.last + 1 : one.start]
        if any(t.lower_ in ("that", "who", "which", ";", "when", "while") for t in between):
            return None
        climbed = one.words.lower().startswith(("from ", "up to "))
        if climbed or LEADING.search(between.text.lower()) or not len(between):
            return n, (risen(one) if climbed else one)
    return None


def risen(people: People) -> People:
    """Give the number that a toll has come to: "from 5 to 9" is nine, "gone up to 9" too."""
    high = people.count.high
    return people if high is None else replace(people, count=Count(high, high, high, "exact"))
