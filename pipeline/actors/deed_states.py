"""The rules about what the forces of a state did: they act through an army, a jet or a strike, seldom by name alone."""

from pipeline.actors.deed_rules import write_rule
from pipeline.actors.deed_words import ACT, AUX, NOT_G, STATE_FORCE, S

STATE_RULES = (
    write_rule(
        "by a state",
        "attributed",
        (rf"(?P<by>\bby) (?:the )?(?:(?!by\b|in\b|from\b|of\b|near\b|at\b)[\w-]+ ){{0,2}}?{S}"),
    ),
    write_rule(
        "a state's strike",
        "attributed",
        (
            r"(?P<g>S\d+[SA])(?:'s?)? (?:(?:military|army|air force|navy|drone|air|missile|artillery|helicopter"
            r"|rocket|tank|precision|botched|suspected|covert|special forces|commando|cross-border|aerial"
            r"|retaliatory|deadly|glide|cluster|cruise|ballistic|guided|army|kamikaze|military) ?-?)*(?:strikes?"
            r"|airstrikes?|raids?|shelling|bombardment|bombings?|gunfire"
            r"|missiles?|shells?|drones|fire|bombs?|rockets?)\b"
        ),
    ),
    write_rule(
        "a state says it did it",
        "attributed owned",
        (
            rf"{S}(?: (?:on|in|late|early|also|later) \w+)?,? (?:also |later )?(?:said|says|announced|confirmed|stated"
            rf"|acknowledged|admitted|reported)\b{NOT_G}{{0,30}}? (?:it|its|they|their|{STATE_FORCE})\b"
            rf"{NOT_G}{{0,40}}? (?<!been )(?<!were )(?<!was )(?:carried out|conducted|launched|bombarded|bombed"
            rf"|struck|shelled|hit|destroyed|targeted|killed"
            rf"|raided)\b"
        ),
    ),
    write_rule(
        "a state owns the strike",
        "attributed owned",
        (
            rf"{S} (?:\w+ ){{0,2}}?(?:confirmed|acknowledged|admitted|announced) (?:the|that|its|an?) "
            rf"(?:\w+ ){{0,2}}?(?:strikes?|airstrikes?|raids?|bombardment|shelling|killing)\b"
        ),
    ),
    write_rule(
        "a state acts",
        "attributed",
        (
            rf"{S}(?:,? (?:who|that|which|backed|supported){NOT_G}{{0,50}}?)?(?<!was)(?<!were)(?<!been)"
            rf"(?<!being)(?<!is)(?<!are) {AUX}{ACT}"
        ),
    ),
)
