"""The closed lists of words that the published tables use, each word with what it means.

A code is a word, never a number. The lists of event and target types also say which categories of ACLED and of the
Global Terrorism Database they answer to, so that our counts can be laid beside theirs.
"""

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Code:
    """One word of a list, its meaning, and its nearest category in ACLED and GTD."""

    word: str
    about: str
    acled: str = ""
    gtd: str = ""


REMOTE = "Explosions/Remote violence"
CIVILIANS = "Violence against civilians"
ABDUCTION = f"{CIVILIANS}: Abduction/forced disappearance"
BOMB = "Bombing/Explosion"
KIDNAP = "Hostage Taking (Kidnapping)"

EVENT_TYPES = (
    Code("suicide bombing", "an attacker dies setting off explosives", f"{REMOTE}: Suicide bomb", BOMB),
    Code("bombing", "explosives placed, thrown or set off", f"{REMOTE}: Remote explosive/landmine/IED", BOMB),
    Code("shooting", "firearms used against people", f"{CIVILIANS}: Attack", "Armed Assault"),
    Code("armed attack", "armed assault, its means mixed or not named", f"{CIVILIANS}: Attack", "Armed Assault"),
    Code("armed clash", "two armed sides fight", "Battles: Armed clash", "Armed Assault"),
    Code("air or drone strike", "a strike from the air", f"{REMOTE}: Air/drone strike", BOMB),
    Code("shelling", "artillery, mortars, rockets", f"{REMOTE}: Shelling/artillery/missile attack", BOMB),
    Code("assassination", "a chosen person killed, no means named", f"{CIVILIANS}: Attack", "Assassination"),
    Code("execution", "people held are killed", f"{CIVILIANS}: Attack", KIDNAP),
    Code("stabbing", "knives or other blades", f"{CIVILIANS}: Attack", "Armed Assault"),
    Code("vehicle attack", "a vehicle driven into people", f"{CIVILIANS}: Attack", "Unarmed Assault"),
    Code(
        "arson",
        "fire set on purpose",
        "Strategic developments: Looting/property destruction",
        "Facility/Infrastructure Attack",
    ),
    Code("kidnapping", "people taken or held", ABDUCTION, KIDNAP),
    Code("hijacking", "a vehicle, ship or aircraft seized", ABDUCTION, "Hijacking"),
    Code("raid", "forces search, seize or arrest", "Strategic developments: Arrests", ""),
    Code("riot", "violence by a crowd", "Riots: Mob violence", "Unarmed Assault"),
    Code("explosion", "an explosion of unclear cause", f"{REMOTE}: Remote explosive/landmine/IED", BOMB),
    Code("other violence", "violence of another or unnamed kind", f"{CIVILIANS}: Attack", "Unknown"),
)

TARGET_TYPES = (
    Code("civilians", "people with no part in the fight", "Civilians", "Private Citizens & Property"),
    Code("religious site", "mosque, church, temple, shrine", "Civilians", "Religious Figures/Institutions"),
    Code("school", "school, university, place of learning", "Civilians", "Educational Institution"),
    Code("hospital", "hospital, clinic, health workers", "Civilians", "Private Citizens & Property"),
    Code("market", "market, bazaar, shopping street", "Civilians", "Business"),
    Code("transport", "bus, train, airport, road traffic", "Civilians", "Transportation"),
    Code("aid workers", "humanitarian staff and their sites", "Civilians", "NGO"),
    Code("journalists", "reporters and media offices", "Civilians", "Journalists & Media"),
    Code("diplomatic", "embassies, consulates, their staff", "Civilians", "Government (Diplomatic)"),
    Code("government", "ministries, officials, courts", "Civilians", "Government (General)"),
    Code("police", "police and their posts", "State Forces", "Police"),
    Code("military", "soldiers, bases, convoys", "State Forces", "Military"),
    Code("armed group", "fighters who are not of a state", "Rebel Groups", "Terrorists/Non-State Militia"),
    Code("business", "hotels, banks, companies", "Civilians", "Business"),
    Code("infrastructure", "power, water, pipelines, telecoms", "", "Utilities"),
    Code("other", "a target of another kind", "", "Other"),
    Code("unknown", "not stated", "", "Unknown"),
)

COUNT_STATES = (
    Code("exact", "the number, or the range, is said without a hedge"),
    Code("open_high", "at least so many: there is no upper end"),
    Code("open_low", "at most so many: there is no lower end"),
    Code("approximate", "about, around, nearly"),
    Code("vague", "several, dozens, a bare plural: only a lower end is known"),
    Code("stated_zero", "the article says that there was no one"),
    Code("not_stated", "no figure is given"),
    Code("conflicting", "independent figures disagree"),
)

BEST_RULES = (
    Code("only_one", "there is one figure"),
    Code("latest_independent", "the latest figure that is not a party's own"),
    Code("majority", "the figure that most stories give"),
    Code("lowest", "the lowest of figures that nothing else decides between"),
    Code("analyst", "a person set it"),
)

COPY_KINDS = (
    Code("exact", "the same words"),
    Code("near", "nearly the same words, or a cut-down piece of the text"),
    Code("rewritten", "the same text told in other words"),
)

CODES: dict[str, tuple[Code, ...]] = {
    "event_type": EVENT_TYPES,
    "status": (
        Code("occurred", "told as having happened"),
        Code("foiled", "stopped before it did harm"),
        Code("alleged", "said to have happened, not confirmed"),
        Code("denied", "said not to have happened"),
    ),
    "date_precision": (
        Code("day", "one day"),
        Code("days", "2 to 6 days"),
        Code("week", "7 to 11 days"),
        Code("month", "12 to 31 days"),
        Code("range", "longer than a month, and not one calendar year"),
        Code("year", "exactly one calendar year"),
        Code("unknown", "no date is stated"),
    ),
    "date_basis": (
        Code("explicit", "the words name the date"),
        Code("relative", "the words need the date of publication"),
        Code("context", "read from another sentence"),
        Code("inferred", "worked out from what else is said"),
    ),
    "geo_precision": (
        Code("site", "a building or site, 0.1 to 1 km"),
        Code("city", "a city, town or village"),
        Code("district", "a district; the point is its middle"),
        Code("province", "a province; the point is its middle, not its capital"),
        Code("country", "only the country is known: no point"),
        Code("unknown", "no place is known: no point"),
    ),
    "target_type": TARGET_TYPES,
    "weapon": (
        Code("explosives", "bombs, mines, suicide vests"),
        Code("firearms", "guns"),
        Code("drone", "an unmanned aircraft"),
        Code("aircraft", "a manned aircraft"),
        Code("artillery", "artillery, mortars, rockets, missiles"),
        Code("vehicle", "a vehicle used to run people down"),
        Code("melee", "knives, clubs, hands"),
        Code("incendiary", "fire"),
        Code("chemical", "poison, gas, acid"),
        Code("other", "another weapon"),
        Code("unknown", "not stated"),
    ),
    "suicide": (
        Code("yes", "the attacker meant to die"),
        Code("no", "the article rules it out"),
        Code("unknown", "not stated"),
    ),
    "attribution": (
        Code("claimed", "by the group itself"),
        Code("attributed", "by authorities or in reporting"),
        Code("suspected", "named as a suspicion"),
        Code("denied", "the group denies it"),
        Code("disputed", "sources name different sides"),
        Code("unknown", "not stated"),
    ),
    "state": COUNT_STATES,
    "best_rule": BEST_RULES,
    "verification": (
        Code("verified", "by a named verifier"),
        Code("corroborated", "told by two or more independent stories"),
        Code("single_source", "told by one story"),
        Code("party_claim", "told only by a party to the fight"),
        Code("disputed", "sources disagree whether or how it happened"),
    ),
    "review_state": (
        Code("suggested", "read by the machine, seen by no person yet"),
        Code("accepted", "a person agreed"),
        Code("edited", "a person changed it"),
        Code("conflict", "the machine now reads something else than a person saw"),
    ),
    "relation": (
        Code("same_operation", "one operation over several places"),
        Code("follow_up", "follows that incident"),
        Code("retaliation", "in answer to that incident"),
        Code("part_of", "a part of that wave, whose toll holds this one's"),
    ),
    "measure": (
        Code("killed", "people killed"),
        Code("injured", "people injured"),
        Code("killed_or_injured", "killed and injured, not told apart"),
        Code("missing", "people missing"),
        Code("abducted", "people taken"),
        Code("arrested", "people arrested"),
        Code("displaced", "people driven from home"),
    ),
    "group": (
        Code("civilian", "civilians"),
        Code("security", "soldiers, police, guards"),
        Code("attacker", "attackers"),
        Code("unknown", "not stated"),
    ),
    "claimant_type": (
        Code("perpetrator", "the attackers themselves"),
        Code("authority", "a government or its forces"),
        Code("hospital", "a hospital or medic"),
        Code("witness", "someone who saw it"),
        Code("un", "a body of the United Nations"),
        Code("ngo", "an organisation outside government"),
        Code("media", "the article itself, or another outlet"),
        Code("unnamed", "a source without a name"),
    ),
    "counts": (
        Code("yes", "weighed for the toll"),
        Code("part_of_total", "already inside another figure"),
        Code("repeats", "the same figure said again"),
        Code("party_claim", "a party's own figure, where an independent one exists"),
    ),
    "published_basis": (
        Code("given", "the source says so"),
        Code("metadata", "read from the file's metadata"),
        Code("inferred", "worked out from the text: a window"),
    ),
    "copy_kind": COPY_KINDS,
    "issue_kind": (
        Code("unreadable", "an input that could not be read"),
        Code("no_date", "an incident without a date"),
        Code("no_place", "an incident without a place"),
        Code("figure_unread", "a number of people that no rule reads"),
        Code("conflict", "sources disagree"),
        Code("stale_correction", "a correction that no longer fits"),
        Code("limit", "something left out because it is too large or too many"),
    ),
    "candidate_kind": (
        Code("same_incident", "two incidents that may be one"),
        Code("figures", "numbers of one incident that contradict"),
        Code("dates", "words for the days of one incident that do not agree"),
        Code("far", "a place far from the rest of its article"),
    ),
    "decision_state": (
        Code("holds", "it stands"),
        Code("undone", "a later row takes it back"),
        Code("overtaken", "a later row about the same holds"),
        Code("agrees", "the machine now reads the same"),
        Code("conflict", "it stands, and the machine now reads something that the person had not seen"),
        Code("left_out", "it fits nothing any more"),
    ),
    "removal": (
        Code("merged", "found to be the same as another incident"),
        Code("rejected", "a person said that it is no incident"),
        Code("withdrawn", "no longer read from the articles"),
    ),
}


@cache
def list_words(codes: str) -> tuple[str, ...]:
    """Give the words of a code list.

    >>> list_words("suicide")
    ('yes', 'no', 'unknown')
    """
    return tuple(code.word for code in CODES[codes])
