"""Give each number of people the part it plays in a sentence: killed, injured, both, missing, abducted, arrested.

A word of harm takes the people that suffer it, the nearest claim first; what nobody suffers is no figure.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Doc

from pipeline.model import Figure, Sentence
from pipeline.people.find import HURT, People, find_people
from pipeline.people.harms import Harm, HarmWords, find_harms, merge_harms
from pipeline.people.sufferers import merge_names, take_after, take_before, take_gapped, take_noun
from pipeline.people.tolls import take_toll

BORNE = frozenset(("wound", "burn"))  # their number is none of people: "several knife wounds"
EARLIER = re.compile(
    r"\b(?:initially|earlier|at first|previously|had (?:\w+ly )?(?:put|said|spoken|reported|given|listed|counted))\b"
    r"(?! (?:this|that|in|on)\b)",
    re.IGNORECASE,
)
KNOWN = frozenset("victim man woman boy girl person".split())  # "the man" is somebody told of before


@dataclass(frozen=True, slots=True)
class Suffering:
    """People in a sentence with what they suffered, and the word that says so."""

    people: People
    harm: Harm


def find_figures(sentence: Sentence, doc: Doc, words: HarmWords) -> list[tuple[Figure, int]]:
    """Give the figures of one sentence, each with the token of the word of harm that it hangs on."""
    found = find_sufferings(doc, words)
    whole = {s.harm.measure for s in found if s.harm.way == "toll"}
    return [
        (make_figure(sentence, doc, s, told=s.harm.way != "toll" and s.harm.measure in whole), s.harm.token)
        for s in found
    ]


def make_figure(sentence: Sentence, doc: Doc, suffering: Suffering, told: bool) -> Figure:
    """Make the figure of people and their harm, with offsets in the article."""
    people = suffering.people
    span = doc[people.start : people.end]
    end = span.end_char if people.end > people.start else doc[people.start].idx + len(doc[people.start])
    known = people.definite and not people.more and (people.count.low != 1 or people.who.lower() in KNOWN)
    known = known and not (people.group == "attacker" and people.count.state == "exact")
    died = suffering.harm.measure == "killed" and people.words.lower().endswith(tuple(HURT))
    part = (people.part or suffering.harm.part) and not died  # the injured who die were not among the dead
    told = told or bool(EARLIER.search(doc[: people.start].text))
    counts = "part_of_total" if part else "repeats" if known or told else "yes"
    return Figure(
        measure=suffering.harm.measure,
        who=people.who,
        group="unknown" if people.group == "toll" else people.group,
        count=people.count,
        words=sentence.text[doc[people.start].idx : end],
        start=sentence.start + doc[people.start].idx,
        end=sentence.start + end,
        sentence_no=sentence.no,
        counts=counts,
    )


def find_sufferings(doc: Doc, words: HarmWords) -> list[Suffering]:
    """Give the people of a sentence with what befell them, in the order of the text."""
    harms = merge_harms(doc, list(find_harms(doc, words)))
    if not harms:
        return []
    people = merge_names(doc, find_people(doc, words.people, {*words.nouns, "life"} - BORNE))
    given: dict[int, Harm] = {}
    for harm in harms:
        if harm.way == "toll" and (taken := take_toll(doc, people, harm)):
            people[taken[0]] = taken[1]
            given.setdefault(taken[0], harm)
    for way, take in (("state", take_before), ("noun", take_noun), ("passive", take_before), ("active", take_after)):
        for harm in sorted(harms, key=lambda h: h.measure != "killed"):  # who was hit and died was killed
            if harm.way == way:
                for n in take(doc, people, harm, harms, given):
                    given.setdefault(n, harm)
    given |= take_gapped(doc, people, harms, given)
    return [Suffering(people[n], given[n]) for n in sorted(given) if not told_before(people, n, given)]


def told_before(people: list[People], n: int, given: Mapping[int, Harm]) -> bool:
    """Tell whether "him" or "her" is somebody of whom the same was said already."""
    if people[n].words.lower() not in ("he", "she", "him", "her", "them"):
        return False
    low = people[n].count.low
    return any(m < n and people[m].count.low == low and given[m].measure == given[n].measure for m in given)
