"""Split a sentence into the pieces that each tell of one incident.

"Killed the leader who plotted the 2021 bombing" is two, and so is "killed three in Kidal and shot a judge in Gao"; "two
days after the blast, gunmen ..." only names the first.
"""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span

from pipeline.model import Place, PlaceWords
from pipeline.reports.general import DATED
from pipeline.reports.language import Tools
from pipeline.reports.triggers import find_triggers

SPLITS = (
    # words that lead from one incident to another, told in the same sentence
    r",? (?:who|which) (?:had |have |has )?(?:allegedly |reportedly )?"
    r"(?:plotted|planned|masterminded|organi[sz]ed|orchestrated|directed|ordered|led(?! to\b)|carried out|was behind|"
    r"were behind)\b",
    r",? (?:and|as well as) (?=the (?:killing|assassination|murder|kidnapping|abduction|execution|death) of\b)",
    r"(?:\b(?:just |only )?(?:an? |\w+ |several |a few )?(?:hours?|days?|weeks?|months?|years?) (?:after|"
    r"since)\b|\bcomes? after\b|\bcame after\b)"
    r"(?=.{0,80}\b(?:attack|bomb|blast|shoot|kill|explo|raid|massacre|strike|ambush|assault|murder)\w*)",
    r",? (?:in (?:retaliation|revenge|response) (?:for|to)|similar to|reminiscent of|not far from where|"
    r"near where|near the (?:site|scene) of)\b",
    r",? (?:including|among them|notably|most recently|such as) (?=(?:an?|the|one) (?:[\w-]+ ){0,4}(?:attack|"
    r"bombing|blast|explosion|shooting|raid|strike|ambush|assault)\b)",
    r"; (?=.{0,60}\b(?:another|a second|a third|separate|elsewhere)\b)",
)
LEADS_ON = re.compile("|".join(f"(?:{s})" for s in SPLITS), re.IGNORECASE)
ANCHOR = re.compile(
    r"^\W*(?:(?:just|only|barely|less than|more than|about|almost|nearly) )?(?:(?:[\w-]+ ){1,2})??"
    r"(?:minutes?|hours?|days?|weeks?|months?|years?) (?:before|after) (?:the|an?|that|another|\w+[’']s) [^,]{3,90}, ",
    re.IGNORECASE,
)
JUDGED = re.compile(
    r"\b(?:arrest(?:ed)?|sentenced?|convict(?:ed|ion)|jail(?:ed)?|charged|indict(?:ed|ment)|acquit(?:ted|tal)|extradited"
    r"|guilty|detained|trial|imprison(?:ed|ment)|in prison|tried)\b[^;]{0,80}?"
    r"(?= (?:for|over|of|in connection with|on suspicion of) (?:his |her |their )?(?:(?:role|part) in )?"
    r"(?:the |an? )?(?:[\w-]+ ){0,3}(?:kill|murder|shoot|bomb|attack|stab|kidnap|abduct|massacre|assassinat|rap))",
    re.IGNORECASE,
)
BESIDE = re.compile(r",? (?:and|while|but|as) |; ")
PRONOUNS = frozenset("he she it they who that which this these those".split())
FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN"})


def split_pieces(doc: Doc, places: Sequence[tuple[int, PlaceWords]], tools: Tools) -> list[tuple[int, int, str]]:
    """Give start and end, in characters, of the pieces of a sentence, and how each is joined to the others.

    Each has a trigger of its own. `places` are those of the sentence with where in it they start. A piece is "beside"
    another act told in the same sentence, or an "anchor" that only names one.
    """
    text = doc.text
    anchor = ANCHOR.match(text)
    cuts = [0]
    elsewhere = anchor and any(p.role == "event" and at >= anchor.end() for at, p in places)
    if anchor and elsewhere and splits_triggers(doc, 0, anchor.end(), tools):
        cuts.append(anchor.end())
    judged = JUDGED.search(text)
    if judged and DATED.search(text, judged.end()) and splits_triggers(doc, None, judged.end(), tools):
        return [(0, judged.end(), ""), (judged.end(), len(text), "")]
    for match in LEADS_ON.finditer(text):
        if match.start() > cuts[-1] and splits_triggers(doc, cuts[-1], match.start(), tools):
            cuts.append(match.start())
    if len(cuts) > 1:
        pieces = list(zip(cuts, [*cuts[1:], len(text)], strict=True))
        anchored = anchor is not None and cuts[1] == anchor.end()
        return [(a, b, "" if not anchored else "anchor" if a == 0 else "beside") for a, b in pieces]
    cuts += cut_beside(doc, text, places, tools)
    joint = "beside" if len(cuts) > 1 else ""
    return [(a, b, joint) for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def splits_triggers(doc: Doc, start: int | None, cut: int, tools: Tools) -> bool:
    """Tell whether a word that names violence stands behind a cut, and one between `start` and the cut."""
    end = doc[-1].idx + len(doc[-1])
    after = doc.char_span(cut, end, alignment_mode="contract")
    if after is None or not find_triggers(after, tools):
        return False
    before = None if start is None else doc.char_span(start, cut, alignment_mode="contract")
    return start is None or (before is not None and bool(find_triggers(before, tools)))


def cut_beside(doc: Doc, text: str, places: Sequence[tuple[int, PlaceWords]], tools: Tools) -> Iterator[int]:
    """Give where a sentence goes on to an act at another place, done by or to somebody else."""
    last = 0
    named = [(at, p.place) for at, p in places if p.role == "event"]
    for match in BESIDE.finditer(text) if len(named) > 1 else ():
        cut = match.start()
        before = [place for at, place in named if last <= at < cut]
        after = [place for at, place in named if at >= cut]
        if not (before and after and all(apart(a, b) for a in before for b in after[:1])):
            continue
        rest = doc.char_span(match.end(), len(text), alignment_mode="contract")
        if rest is not None and own_clause(rest) and splits_triggers(doc, last, cut, tools):
            yield cut
            last = cut


def apart(one: Place, other: Place) -> bool:
    """Tell whether two places are two: neither lies in the other."""
    levels = ("country_code", "admin1", "city")
    return any(getattr(one, level) and getattr(other, level) not in ("", getattr(one, level)) for level in levels)


def own_clause(rest: Span) -> bool:
    """Tell whether words begin with a clause that has a subject of its own, and no pronoun."""
    verb = next((t for t in rest if t.tag_ in FINITE and t.dep_ not in ("relcl", "amod", "acl")), None)
    if verb is None:
        return False
    clause = verb.head if verb.dep_ in ("aux", "auxpass") else verb
    subject = next((c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    return subject is not None and subject.i >= rest.start and subject.lower_ not in PRONOUNS
