"""Gather the tellings of an article into drafts: one draft for each incident that the article reports.

A telling joins the draft it agrees with best in day, place, kind, target and nearness in the text; one that agrees with
none opens a draft of its own if it says enough to be an incident. An item of a list is an incident of its own.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.reports.agreement import agreement
from pipeline.reports.drafts import Draft, join, open_draft
from pipeline.reports.inherit import inherit_settings
from pipeline.reports.mentions import Telling
from pipeline.reports.settings import Layout, Setting, place_tellings

JOIN_AT = 2.0  # agreement from which on a telling that sets a scene belongs to a draft
NEVER = 1000.0
AFTERMATH = re.compile(
    r"\b(?:died|succumbed)\b[^.;]{0,60}\b(?:wounds?|injur(?:y|ies)|burns|hospital)\b"
    r"|\b(?:died|succumbed) [^.;]{0,20}\b(?:hours?|days?|weeks?|months?) later\b"
    r"|\b(?:toll|number of (?:dead|deaths|those killed|people killed)|dead)\b[^.;]{0,30}\b(?:to|at|reached) (?=\w)"
    r"|\b(?:raised?|raising|bringing|brought|put) the (?:death )?toll\b",
    re.IGNORECASE,
)
FOUND_BURNT = re.compile(r"\b(?:found|recovered) (?:\w+ )?(?:torched|burn(?:t|ed|ing)|ablaze)\b", re.IGNORECASE)
OUTCOMES = frozenset("died die dies dying succumbed death deaths dead toll wounded injured".split())


def gather_tellings(tellings: Sequence[Telling], layout: Layout) -> list[Draft]:
    """Give the drafts of an article, in the order in which their first telling stands."""
    settings = place_tellings(tellings, layout)
    body = [s for s in settings if s.telling.sentence.kind not in ("title", "heading")]
    drafts: list[Draft] = []
    held: Setting | None = None
    for setting in body:
        held = add_setting(drafts, setting, held)
    if not drafts:
        drafts = [open_draft(s) for s in settings if s.telling.general in ("", "later") and tells_something(s)][:1]
    for setting in settings:
        if setting.telling.sentence.kind in ("title", "heading") and (best := best_draft(drafts, setting)):
            join(best, setting)
    return inherit_settings(drafts, layout)


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
    place = setting.place
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


def tells_something(setting: Setting) -> bool:
    """Tell whether a telling says more than that there was violence."""
    return setting.telling.strength == "strong" or bool(setting.days) or setting.names_place


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
    place = setting.place
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
