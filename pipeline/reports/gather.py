"""Gather the tellings of an article into drafts: one draft for each incident that the article reports.

A telling joins the draft it agrees with best in day, place, kind, target and nearness in the text; one that agrees with
none opens a draft of its own if it says enough to be an incident. An item of a list is an incident of its own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.dates.find import choose_days
from pipeline.model import DateWords, Days, Place, PlaceWords, Sentence
from pipeline.places.gazetteer_build import distance_km
from pipeline.reports.mentions import Telling
from pipeline.reports.settings import Layout, Setting, event_place, place_tellings

JOIN_AT = 2.0  # agreement from which on a telling that sets a scene belongs to a draft
NEVER = 1000.0
SUBURB_KM = 20.0
SAME_DAY = re.compile(
    r"\b(?:hours?|minutes) (?:later|after(?:wards)?|earlier|before)\b|\bthe same (?:day|night|evening|morning)\b"
    r"|\bthat (?:day|night|evening|morning|afternoon)\b",
    re.IGNORECASE,
)
NEXT = 3  # blocks further on in which an incident without a day is still news of the same day
FURTHER_BACK = re.compile(
    r"\b(?:had (?:been (?!\w+ing\b)|also|already|earlier|previously)|previous(?:ly)?|earlier (?:this|that)|ago"
    r"|in the past|once|(?:years?|months?|weeks?) (?:earlier|before)|for (?:years|months|decades)"
    r"|last (?:week|month|year))\b",
    re.IGNORECASE,
)
AFTERMATH = re.compile(
    r"\b(?:died|succumbed)\b[^.;]{0,60}\b(?:wounds?|injur(?:y|ies)|burns|hospital)\b"
    r"|\b(?:toll|number of (?:dead|deaths|those killed|people killed)|dead)\b[^.;]{0,30}\b(?:to|at|reached) (?=\w)"
    r"|\b(?:raised?|raising|bringing|brought|put) the (?:death )?toll\b",
    re.IGNORECASE,
)
FOUND_BURNT = re.compile(r"\b(?:found|recovered) (?:\w+ )?(?:torched|burn(?:t|ed|ing)|ablaze)\b", re.IGNORECASE)
OUTCOMES = frozenset("died die dies dying succumbed death deaths dead toll".split())
APART_KINDS = (
    {"blast", "strike"},
    {"strike", "guns"},
    {"kidnapping", "blast"},
    {"blade", "blast"},
    {"strike", "blade"},
)


@dataclass
class Draft:
    """What an article says of one incident, while it is being gathered."""

    tellings: list[Telling]
    support: list[Sentence] = field(default_factory=list)
    dates: list[DateWords] = field(default_factory=list)
    places: list[PlaceWords] = field(default_factory=list)
    head: DateWords | None = None
    item: int | None = None  # the block, where an item of a list is the whole incident
    words: set[str] = field(default_factory=set)
    family: str = ""

    @property
    def days(self) -> Days | None:
        """The days as known so far."""
        chosen = choose_days(self.dates) if self.dates else None
        if chosen and chosen.days:
            return chosen.days
        return self.head.days if self.head else None

    @property
    def place(self) -> Place:
        """The place as known so far."""
        return event_place(self.places)

    @property
    def block(self) -> int:
        """The block of the last telling."""
        return self.tellings[-1].sentence.block


def gather_tellings(tellings: Sequence[Telling], layout: Layout) -> list[Draft]:
    """Give the drafts of an article, in the order in which their first telling stands."""
    settings = place_tellings(tellings, layout)
    body = [s for s in settings if s.telling.sentence.kind not in ("title", "heading")]
    drafts: list[Draft] = []
    held: Setting | None = None
    for setting in body:
        held = add_setting(drafts, setting, held)
    if not drafts:
        drafts = [open_draft(s) for s in settings if s.telling.general in ("", "later")][:1]
    for setting in settings:
        if setting.telling.sentence.kind in ("title", "heading") and (best := best_draft(drafts, setting)):
            join(best, setting)
    return inherit_days(drafts)


def inherit_days(drafts: list[Draft]) -> list[Draft]:
    """Give a draft without days those of the one told just before it, as news of one day is told.

    Only a day is passed on, only to the next paragraphs, and not to what the words put further back.
    """
    for before, draft in pairwise(drafts):
        days = before.days
        opening = draft.tellings[0].sentence
        near = opening.block - before.tellings[0].sentence.block <= NEXT or bool(SAME_DAY.search(opening.text))
        further = bool(FURTHER_BACK.search(opening.text))
        if draft.days is None and days and len(days) <= 2 and near and not further:
            said = choose_days(before.dates) or before.head
            if said is not None:
                draft.dates.append(replace(said, days=days, basis="context", rule="told with the one before"))
    return drafts


def add_setting(drafts: list[Draft], setting: Setting, held: Setting | None) -> Setting | None:
    """Give a telling to the draft it belongs to, open a new one, or hold it until the next sentence says more.

    "Rockets were fired at the town. Nobody was hurt.": the first alone says too little, the second has no place.
    """
    block = setting.telling.sentence.block
    if setting.own_head:
        same = [d for d in drafts if d.item == block]
        if same:
            join(same[-1], setting)
        elif setting.telling.general in ("", "generic", "later"):
            drafts.append(open_draft(setting, item=block))
        return None
    if held is not None and completes(held, setting):
        drafts.append(open_draft(held))
        join(drafts[-1], setting)
        return None
    if drafts and is_aftermath(setting):
        setting = replace(setting, dates=(), places=(), telling=replace(setting.telling, back=True, opens_back=True))
    best = best_draft(drafts, setting)
    if best is not None:
        join(best, setting)
    elif says_enough(setting, first=not drafts):
        drafts.append(open_draft(setting))
    elif can_be_held(setting):
        return setting
    return None


def is_aftermath(setting: Setting) -> bool:
    """Tell whether a telling says only what became of the wounded: its day and place are not the act's."""
    told = setting.telling
    if FOUND_BURNT.search(told.text):
        return True
    return not setting.family and told.trigger.lower() in OUTCOMES and bool(AFTERMATH.search(told.text))


def can_be_held(setting: Setting) -> bool:
    """Tell whether a telling sets the scene of an act, without saying what came of it."""
    place = event_place(setting.places)
    where = bool(place.city or place.admin1 or place.venue)
    act = bool(setting.family) or setting.telling.strength == "strong"
    return act and not setting.telling.general and (where or (bool(setting.days) and not setting.quiet_days))


def completes(held: Setting, setting: Setting) -> bool:
    """Tell whether a telling says what came of the act in the sentence before it, and sets no scene of its own."""
    telling = setting.telling
    beside = telling.sentence.block == held.telling.sentence.block and telling.sentence.no != held.telling.sentence.no
    own = telling.apart or telling.sets_scene or bool(setting.days and not setting.quiet_days)
    return beside and not own and not setting.names_place and not telling.general and has_toll(telling)


def best_draft(drafts: Sequence[Draft], setting: Setting) -> Draft | None:
    """Give the draft that a telling agrees with best, or None where none agrees enough."""
    if not drafts:
        return None
    last = max(draft.block for draft in drafts)
    scored = [(agreement(draft, setting, latest=draft.block == last), n) for n, draft in enumerate(drafts)]
    score, n = max(scored)
    return drafts[n] if score >= enough(setting) else None


def enough(setting: Setting) -> float:
    """Give the agreement from which on a telling belongs to a draft: less for one that sets no scene of its own."""
    if setting.telling.general == "quoted" and not setting.telling.figures:
        return NEVER
    if setting.telling.general in ("generic", "hypothetical", "quoted"):
        return JOIN_AT + 1 if setting.telling.back else NEVER
    scene = setting.telling.apart or any(d.days for d in setting.dates) or setting.names_place
    return JOIN_AT if scene or not (setting.telling.figures or setting.telling.back) else JOIN_AT - 1


def agreement(draft: Draft, setting: Setting, latest: bool) -> float:
    """Say how well a telling agrees with a draft; below zero where they contradict."""
    days = None if setting.quiet_days else setting.days
    near = setting.telling.sentence.block - draft.block
    place = place_agrees(draft.place, event_place(setting.places))
    if setting.telling.back and near == 0 and latest and days is None:
        place = max(place, 0)  # "before the attack he fled the prison in ...": a place of its story, not another's
    score = days_agree(draft.days, days) + place + target_agrees(draft, setting)
    if setting.telling.opens_back and draft.family and setting.family:
        score += 1.5 if draft.family == setting.family else -1.5  # "the shooting", where a blast was told of too
    if setting.telling.sentence.kind == "item" and near > 0 and not setting.telling.back:
        score -= 3  # another item of the list
    if {draft.family, setting.family} in APART_KINDS and draft.block != setting.telling.sentence.block:
        score -= 3
    score += min(3.0, 0.75 * len(draft.words & setting.words))
    if latest or near == 0:
        score += {0: 2.5, 1: 1.0, 2: 0.5}.get(near, 0.0) if near >= 0 else 0.0
        score += 1.5 if setting.telling.back and near <= 3 else 0.0
        score += 3.0 if setting.telling.opens_back and near <= 3 and days is None and not setting.names_place else 0.0
    if setting.telling.apart:
        score -= 3
    if setting.telling.sets_scene and place <= 0:
        score -= 1.5
    if any(t.sentence.no == setting.telling.sentence.no for t in draft.tellings):
        score -= 10  # the sentence itself tells of it beside the other
    return score + tolls_agree(draft, setting)


def days_agree(known: Days | None, days: Days | None) -> float:
    """Say whether two readings of the days can be the same: the same day speaks for it, no common day against."""
    if known is None or days is None:
        return 0
    common = known.meet(days)
    if common is None:
        return -6
    return 2.5 if len(common) == 1 and min(len(known), len(days)) == 1 else 1.0 if len(common) < 40 else 0.5


def place_agrees(known: Place, place: Place) -> float:
    """Say whether two places can be the same: the same city speaks for it, another city against."""
    for level, weight in (("country_code", -6.0), ("admin1", -4.0), ("city", -3.0)):
        a, b = getattr(known, level), getattr(place, level)
        if a and b and a != b:
            return 0.0 if level == "city" and near_by(known, place) else weight
    if known.venue and place.venue and known.venue == place.venue:
        return 2.5
    if known.city and place.city:
        return 1.0
    return 0.5 if known.admin1 and place.admin1 else 0.0


def near_by(one: Place, other: Place) -> bool:
    """Tell whether two places can be a suburb and its city: their points lie close together."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return False
    return distance_km((one.latitude, one.longitude), (other.latitude, other.longitude)) <= SUBURB_KM


def target_agrees(draft: Draft, setting: Setting) -> float:
    """Say whether a telling speaks of the very thing attacked, where one sentence told of several."""
    if setting.telling.target:
        return 0 if setting.telling.target.lower().split()[-1] in draft.words else -4
    targets = [t.target.lower().split()[-1] for t in draft.tellings if t.target]
    if not targets:
        return 0
    return 2.0 if setting.words & set(targets) else -1.5


def tolls_agree(draft: Draft, setting: Setting) -> float:
    """Say whether the numbers killed can be of one incident: the same number speaks for it, a larger one against."""
    known = {f.count.low for t in draft.tellings for f in t.figures if f.measure == "killed" and f.counts == "yes"}
    new = {f.count.low for f in setting.telling.figures if f.measure == "killed" and f.counts == "yes"}
    if not known or not new or None in known | new:
        return 0
    if known & new and max(x or 0 for x in known & new) > 2:
        return 1.5
    return -1.0 if max(n or 0 for n in new) > 2 * max(k or 0 for k in known) else 0


def has_toll(telling: Telling) -> bool:
    """Tell whether a telling says how many were hurt or taken, or that nobody was."""
    return any(
        f.counts == "yes" and (f.count.low or f.count.state == "stated_zero")
        for f in telling.figures
        if f.measure in ("killed", "injured", "killed_or_injured", "shot", "abducted")
    )


def says_enough(setting: Setting, first: bool) -> bool:
    """Tell whether a telling says enough to be an incident of its own."""
    telling = setting.telling
    if telling.general:
        return False
    exact = has_toll(telling)
    when = bool(setting.days)
    place = event_place(setting.places)
    where = bool(place.city or place.admin1 or place.venue)
    if telling.opens_back and not first and (setting.quiet_days or not setting.days):
        return False
    if telling.strength == "weak" and not exact:
        act = telling.happened and bool(setting.family) and where and not setting.quiet_days
        return (first or telling.apart or act) and (when or where)
    done = telling.strength == "strong" and telling.happened
    return (
        (exact and (when or where or first))
        or (where and (when or done))
        or (when and bool(telling.target))
        or first
        or (exact and telling.sets_scene)
    )


def open_draft(setting: Setting, item: int | None = None) -> Draft:
    """Make the draft that a telling opens."""
    draft = Draft(tellings=[], head=setting.head, item=item, family=setting.family)
    join(draft, setting)
    return draft


def join(draft: Draft, setting: Setting) -> None:
    """Add a telling, with its days, places and context, to a draft."""
    draft.tellings.append(setting.telling)
    draft.dates += [d for d in setting.dates if d not in draft.dates]
    if not setting.telling.back or not (draft.place.city or draft.place.admin1):
        draft.places += [p for p in setting.places if p not in draft.places]
    draft.support += [s for s in setting.support if s not in draft.support]
    draft.words |= setting.words
    draft.head = draft.head or setting.head
    draft.family = draft.family or setting.family
