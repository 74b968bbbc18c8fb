"""Find the pieces of sentences that tell of violence, and say of each whether it can be one incident.

A piece ("telling") is a sentence, or the part of it that belongs to one incident: "killed the leader who plotted the
2021 bombing" is two. A piece about violence in general, what may come, or a number of attacks is no incident.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from spacy.tokens import Doc, Span, Token

from pipeline.dates.statements import is_statement_date
from pipeline.model import Aggregate, DateWords, Figure, PlaceWords, Sentence
from pipeline.people.aggregates import find_aggregates, is_rank, toll_of
from pipeline.people.attacked import find_attacked
from pipeline.people.figures import find_figures
from pipeline.reports.general import generality
from pipeline.reports.language import Tools
from pipeline.reports.pieces import split_pieces
from pipeline.reports.triggers import Trigger, find_triggers

BACK = re.compile(
    r"\b(?:the|this|that|both|these|those) (?:[\w’'-]+ ){0,3}(?:attacks?|assaults?|bombings?|blasts?|"
    r"explosions?|shootings?|incidents?|raids?|"
    r"ambush|strikes?|airstrikes?|massacre|siege|killings?|clash(?:es)?|assassination|kidnapping|abduction|"
    r"attackers?|gunm[ae]n|bombers?|"
    r"assailants?|shooter|victims?|dead|wounded|injured|toll|bomb|device|vehicle)\b|\bit was (?:claimed|the)\b|"
    r"\bno (?:group|one) (?:has |had )?claimed",
    re.IGNORECASE,
)
APART = re.compile(
    r"\b(?:another|a second|a third|a fourth|a separate|separate(?:ly)?|a similar|a further|a different|"
    r"elsewhere|in other violence|"
    r"meanwhile|unrelated|(?:hours|minutes|days|an hour|half an hour|a day) (?:before|after|later|earlier)"
    r"|also on \w+day|earlier (?:this|that|in)|last (?:week|month|year)|previous(?:ly)?|"
    r"in a previous|a previous|an earlier|earlier,)\b",
    re.IGNORECASE,
)
ANOTHER = frozenset("another second third fourth separate similar further different".split())
OPENS_BACK = re.compile(
    r"^\W*(?:the|this|that) (?:(?:first|second|third|latest|deadly|huge|powerful) )?"
    r"(?:attack|assault|bombing|blast|explosion|shooting|raid|ambush|airstrike|massacre|siege|killing|stabbing|fire)\b",
    re.IGNORECASE,
)
DEFINITE = re.compile(r"^\W*(?:The|They|He|She|It|That|Those|His|Her|Their)\b")
SCENE = re.compile(
    r"^\W*(?:(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside) (?:[A-Z]|the (?:capital|city|town|province|district|village|same"
    r"|north|south|east|west))"
    r"|(?:[Ee]lsewhere|[Mm]eanwhile|[Ss]eparately|[Bb]esides|[Hh]alf an hour|[Hh]ours|[Mm]inutes)\b"
    r"|(?:\w+ ){1,4}(?:hours?|minutes) (?:later|afterwards|earlier)\b)"
)
QUIET = ("arrested", "displaced", "missing")  # what alone is no attack
LONGEST_ACT = 6  # days
NEAR = 300  # characters before a sentence in which a date still sets its scene
THESE = re.compile(
    r"^\W*(?:[\w ]{0,25}\b)?(?:these|they|those|such attacks|in all|altogether|in total)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Telling:
    """A piece of a sentence that tells of one incident, or of a total over many."""

    sentence: Sentence
    start: int  # characters in the article
    end: int
    trigger: str
    trigger_start: int
    strength: str  # strong, weak
    figures: tuple[Figure, ...]
    back: bool  # "the attack": an incident told of before
    apart: bool  # "another blast", "in a separate attack"
    general: str  # why it can be no incident of its own: "", hypothetical, generic, quoted, later, or total
    totals: tuple[Aggregate, ...]
    lemmas: frozenset[str]
    opens_back: bool = False  # "The blast ...": it can be no incident of its own
    sets_scene: bool = False  # "In the capital, ...", "Half an hour later, ..."
    happened: bool = True  # a verb in the past, or one attack and not attacks
    led: bool = False  # "including a blast in March": what stands before it in the sentence holds for it too
    beside: bool = False  # one of two acts that a sentence tells side by side: a day said of one holds for the other
    definite: bool = False  # "The bandits ...": they were told of before
    target: str = ""  # one of several things that one sentence says were attacked

    @property
    def text(self) -> str:
        """The words of the piece."""
        offset = self.sentence.start
        return self.sentence.text[self.start - offset : self.end - offset]


def find_tellings(
    parsed: Sequence[tuple[Sentence, Doc]], dates: Sequence[DateWords], places: Sequence[PlaceWords], tools: Tools
) -> list[Telling]:
    """Give the pieces of parsed sentences that tell of violence, in the order of the text."""
    found = [telling for sentence, doc in parsed for telling in tell(sentence, doc, dates, places, tools)]
    for before, n in zip(found, range(1, len(found)), strict=False):
        if before.totals and not found[n].totals and continues_total(before, found[n]):
            found[n - 1], found[n] = with_toll(before, found[n])
    return found


def continues_total(before: Telling, telling: Telling) -> bool:
    """Tell whether a telling goes on about the many attacks that the sentence before it counted."""
    beside = telling.sentence.no == before.sentence.no + 1 and telling.sentence.block == before.sentence.block
    sums = any(not is_rank(total) for total in before.totals)
    return beside and sums and bool(THESE.search(telling.text))


def with_toll(before: Telling, telling: Telling) -> tuple[Telling, Telling]:
    """Give a total the toll that the next sentence states of it; that sentence is no incident then."""
    killed, injured = toll_of(telling.figures, "killed"), toll_of(telling.figures, "injured")
    totals = tuple(
        replace(t, killed_low=t.killed_low or killed, injured_low=t.injured_low or injured) for t in before.totals
    )
    return replace(before, totals=totals), replace(telling, general="total")


def tell(
    sentence: Sentence, doc: Doc, dates: Sequence[DateWords], places: Sequence[PlaceWords], tools: Tools
) -> Iterator[Telling]:
    """Give the tellings of one sentence: one, or one for each incident that its words lead to."""
    figures = find_figures(sentence, doc, tools.harm)
    pieces = split_pieces(doc, [(p.start - sentence.start, p) for p in places if in_sentence(p, sentence)], tools)
    for start, end, joint in pieces:
        own = [(figure, token) for figure, token in figures if start <= doc[token].idx < end]
        span = doc.char_span(start, end, alignment_mode="expand")
        triggers = find_triggers(span, tools, [n for f, n in own if f.measure not in QUIET]) if span is not None else []
        if span is None or not triggers:
            continue
        totals = find_aggregates(sentence, [f for f, _ in own], dates, places)
        inside = tuple(t for t in totals if start <= t.start - sentence.start < end)
        telling = make_telling(sentence, span, triggers, own, inside, tells_apart(span, tools))
        telling = replace(telling, beside=joint == "beside")
        if joint == "anchor" and not telling.general:
            telling = replace(telling, general="generic", back=True)
        parts = []
        if len(pieces) == 1 and not own and not telling.general and reaches_far(sentence, dates):
            parts = find_attacked(doc, partial(is_person, tools))
        yield from aim_each(telling, parts)


def in_sentence(words: PlaceWords, sentence: Sentence) -> bool:
    """Tell whether words that name a place stand in a sentence."""
    return sentence.start <= words.start < sentence.end


def make_telling(
    sentence: Sentence,
    span: Span,
    triggers: Sequence[Trigger],
    own: Sequence[tuple[Figure, int]],
    totals: tuple[Aggregate, ...],
    apart: bool,
) -> Telling:
    """Make the telling of one piece of a sentence, named by the first trigger that can be an incident of its own."""
    figures, text = tuple(figure for figure, _ in own), span.text
    sums = [total for total in totals if not is_rank(total)]
    ways = ((generality(sentence.text, span, t.token, figures, sums), t) for t in triggers)
    first = next(ways)
    general, chosen = first if not first[0] else next((way for way in ways if not way[0]), first)
    trigger = chosen.token
    counted = any(trigger.i == token for _, token in own)
    goes_on = any(c.dep_ == "nsubj" and c.lower_ in ("he", "she") for c in trigger.children)
    return Telling(
        sentence=sentence,
        start=sentence.start + span.start_char,
        end=sentence.start + span.end_char,
        trigger=trigger.text,
        trigger_start=sentence.start + trigger.idx,
        strength="strong" if counted else chosen.strength,
        figures=figures,
        back=bool(BACK.search(text)) and not apart,
        opens_back=bool(OPENS_BACK.match(text)),
        definite=bool(DEFINITE.match(text)),
        sets_scene=bool(SCENE.match(text)) and not goes_on,
        apart=apart and not goes_on,
        general=general,
        totals=totals,
        lemmas=lemmas_of(span),
        happened=trigger.tag_ in ("VBD", "VBN", "NN", "NNP"),
        led=span.start > 0 and text.lstrip(", ").lower().startswith(("including", "among them", "such as")),
    )


def aim_each(telling: Telling, parts: Sequence[tuple[str, int, int, int]]) -> list[Telling]:
    """Give a telling for each of the things attacked, or the telling as it is where there are no several."""
    offset = telling.sentence.start
    return [
        replace(
            telling,
            target=words,
            start=offset + start,
            end=offset + end,
            trigger_start=offset + at,
            lemmas=frozenset(w.lower() for w in words.split()),
        )
        for words, at, start, end in parts
    ] or [telling]


def reaches_far(sentence: Sentence, dates: Sequence[DateWords]) -> bool:
    """Tell whether the days named in a sentence, or last named before it, are longer than one act takes."""
    named = [d for d in dates if sentence.start <= d.start < sentence.end and not is_statement_date(sentence, d)]
    own = [d.days for d in named if d.days]
    before = [d.days for d in dates if sentence.start - NEAR <= d.start < sentence.start and d.days]
    days = own or before[-1:]
    return bool(days) and min(len(d) for d in days) > LONGEST_ACT


def tells_apart(span: Span, tools: Tools) -> bool:
    """Tell whether a piece sets its act apart from others told of: "another blast", not "wounded another two"."""
    return any(not counts_on(span, found, tools) for found in APART.finditer(span.text))


def counts_on(span: Span, found: re.Match[str], tools: Tools) -> bool:
    """Tell whether "another" or "a second" counts one more person, and no other act."""
    token = next((t for t in span if t.idx - span.start_char + len(t) == found.end()), None)
    if token is None or token.lower_ not in ANOTHER:
        return False
    counted = token.head if token.dep_ in ("det", "amod", "nummod", "quantmod") else token
    return counted is token or counted.like_num or is_person(tools, counted)


def is_person(tools: Tools, token: Token) -> bool:
    """Tell whether a noun is a word for people."""
    return token.lemma_.lower() in tools.harm.people


def lemmas_of(span: Span) -> frozenset[str]:
    """Give the nouns, names and adjectives of a piece, as lemmas in lower case."""
    return frozenset(t.lemma_.lower() for t in span if t.tag_[:2] in ("NN", "JJ") and len(t) > 2)
