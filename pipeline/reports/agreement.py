"""Say how well a telling agrees with what was gathered of an incident: day, place, kind, target, toll, nearness."""

from pipeline.model import Days, Place
from pipeline.places.gazetteer_build import distance_km
from pipeline.reports.drafts import Draft
from pipeline.reports.settings import Setting

SUBURB_KM = 20.0
APART_KINDS = (
    {"blast", "strike"},
    {"strike", "guns"},
    {"kidnapping", "blast"},
    {"blade", "blast"},
    {"strike", "blade"},
)


def agreement(draft: Draft, setting: Setting, latest: bool) -> float:
    """Say how well a telling agrees with a draft; below zero where they contradict."""
    days = None if setting.quiet_days else setting.days
    near = setting.telling.sentence.block - draft.block
    place = place_agrees(draft.place, setting.place)
    if setting.telling.back and near == 0 and latest and days is None:
        place = max(place, 0)  # "before the attack he fled the prison in ...": a place of its story, not another's
    score = days_agree(draft.days, days) + place + target_agrees(draft, setting)
    if setting.telling.opens_back and draft.family and setting.family:
        score += 1.5 if draft.family == setting.family else -1.5  # "the shooting", where a blast was told of too
    if setting.telling.back and days is None and setting.names_place and place >= 1 and draft.place.city:
        score += 1.5  # "the Aden bombing"
    if draft.days is None and days and draft.family == setting.family != "" and near in (0, 1):
        score += 1.5  # the day that was still to be told
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
