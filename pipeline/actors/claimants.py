"""Read who says a number of people: the words for who, and what kind of source that is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.actors.groups import tokenise_groups

SAYS = re.compile(
    r"\b(?<!were )(?<!was )(?<!been )(?<!are )(?<!is )(?<!be )"
    r"(?:said|says|say|told|reported|reports|confirmed|confirms|announced|announces|stated|states|estimated|estimates"
    r"|put the|puts the|putting the|added|tweeted|declared|counted|documented|recorded|verified|gave the|gave a"
    r"|claim(?:ed|s)?\b(?! (?:\w+ ){0,2}responsib| by| (?:the )?(?:lives|life)| (?:\S+ ){1,3}(?:lives"
    r"|victims)| (?:the|this) (?:attack|blast|bombing)))"
    r"(?! (?:dead|missing|injured|killed|wounded)\b)",
)
ABLE = re.compile(r"\b(?:was|were) able to (?:confirm|verify|count|establish)")
ACCORDING = re.compile(
    r"\b(?:[Aa]ccording to|on the word of|as reported by|confirmed by|in the words of|figures? (?:from|by|of)"
    r"|reports? (?:from|by)|statement (?:from|by))\s+"
)
CLAIMING = re.compile(
    r"\b(?:claiming|boasting|alleging|claimed|claims) (?:to have|that (?:it|its|they)|it|they|its)\b"
    r"(?! was not)"
)
SAYING = re.compile(r"\b(?:saying|adding|claiming|reporting|putting)\b")
SEGMENT = re.compile(
    r";|\.\s|,? (?:while|but|whereas|although|though|yet)\b|, (?:and|with) (?=(?:the |a )?(?:\w+ ){1,5}"
    r"(?:said|says|claimed|put|reported))"
)
OPENING = re.compile(
    (
        r"^(?:(?:and|but|while|as|after|when|though|although|however|meanwhile|later|also|then|on \w+day"
        r"|earlier|the same day|at the time|where|which)\b,? *)+"
    ),
    re.IGNORECASE,
)
TYPES: tuple[tuple[str, str], ...] = (
    (
        "authority",
        (
            r"health (?:ministry|minister|ministries|department|authorit\w+)|ministry of health"
            r"|ministry of public health|(?:police|army|security|government|military|intelligence|judicial"
            r"|official) sources?|coroner"
        ),
    ),
    (
        "un",
        (
            r"\bUN\b|U\.N\.|United Nations|UNAMA|UNAMI|UNICEF|UNHCR|OCHA|OHCHR|MINUSMA|MONUSCO|UNIFIL"
            r"|World Health Organi[sz]ation|\bWHO\b"
        ),
    ),
    (
        "ngo",
        (
            r"Human Rights Watch|\bHRW\b|Amnesty|Red Cross|Red Crescent|\bICRC\b|\bMSF\b|M[ée]decins"
            r"|Doctors Without Borders|Save the Children|Observatory|\bSOHR\b|Airwars|Afghan Witness|B'?Tselem"
            r"|White Helmets|\b(?:rights|monitoring|aid|advocacy|humanitarian|campaign|watchdog|conservation) "
            r"(?:group|organi[sz]ation|agency|body|monitor|watchdog)s?|monitors?\b|charit(?:y|ies)|\bNGOs?\b"
            r"|civil society|foundation|watchdog|rights groups?"
        ),
    ),
    (
        "hospital",
        (
            r"hospitals?|doctors?|medics?|medical|clinic|surgeons?|nurses?|paramedics?|ambulance|morgue"
            r"|mortuary|emergency services?|health (?:officials?|workers?|director|chief)|rescue(?:rs| workers"
            r"| officials| services?)"
        ),
    ),
    (
        "media",
        (
            r"\bCNN|\bBBC|Reuters|\bAFP|Agence France|\bAP\b|Associated Press|Al[- ]?Jazeera|\bNew York Times"
            r"|Washington Post|Guardian|\bDawn\b|Xinhua|Interfax|TASS|Anadolu|TOLO|Tolo|Pajhwok|Kyodo|\bdpa\b"
            r"|\bEFE\b|newspapers?|news agenc(?:y|ies)|news (?:site|outlet|channel|network|service|website)"
            r"|broadcasters?|television|\bTV\b|radio|media|journalists?|correspondents?|reporters?|the (?:paper"
            r"|daily|magazine|outlet|channel)|daily|press"
        ),
    ),
    (
        "witness",
        (
            r"witness(?:es)?|eyewitness(?:es)?|residents?|survivors?|villagers?|locals|local people"
            r"|neighbou?rs?|relatives?|family|families|passengers?|shopkeepers?|(?:tribal|village|community"
            r"|local) elders?|his brother|her brother|parents?|father|mother|onlookers?|bystanders?"
            r"|worshippers?|students?|activists?|teachers?|priest|pastor"
        ),
    ),
    (
        "authority",
        (
            r"police|polic\w+|officials?|authorit(?:y|ies)|government|minist(?:ry|ries|er)|army|military"
            r"|governor|spokes\w+|mayor|prosecutors?|president|officers?|sheriff|commander|general|colonel"
            r"|captain|major|court|troops|security|intelligence|Pentagon|White House|administration|embassy"
            r"|\bFBI|\bCIA|department|council|senator|lawmaker|MP\b|parliament|gendarmerie|coast guard|navy"
            r"|air force|chief|district head|investigators?|statement from the (?:ministry|army)|administrator"
            r"|emirate|commission|coalition|forces|NATO|deputy|Kremlin"
        ),
    ),
    (
        "perpetrator",
        (
            r"\bgroup\b|militants?|rebels?|insurgents?|attackers?|militia|jihadists?|guerrillas?|separatists?"
            r"|gunmen|terrorists?"
        ),
    ),
    ("unnamed", r"sources?|reports?|some|others|accounts?|they|he|she|it\b"),
)
COMPILED = tuple(
    (kind, re.compile(rf"(?:\b(?=\w)|)(?:{pattern})\b", re.IGNORECASE if kind not in {"un", "media", "ngo"} else 0))
    for kind, pattern in TYPES
)
RULERS = re.compile(
    r"\b(?:authorit\w+|government|officials?|ministry|police|governor|administration|run|minister"
    r"|security forces|spokes\w+ for the (?:interior|health))\b"
)


SOURCE_END = re.compile(r"[,;:]|\.\s|\.$| (?:that|who|which|when|after|on|in|said|told)\b")
INVERTED = re.compile(r" ((?:the |an? |\w+'s )?(?:[A-Z][\w.'-]*|[a-z-]+)(?: (?:of |for |the )*[\w'-]+){0,5})")
ADVERB = re.compile(r" (?:has|have|had|also|later|earlier|then|\w+ly)$")
CLAUSE = re.compile(r"[;:“”\"—]|,\s|\.\s| (?:while|but|whereas|although|after|when|as|that|and) ")


@dataclass(frozen=True, slots=True)
class Claim:
    """One "who says": where the saying stands, and the words for who."""

    start: int
    who: str
    kind: str
    leads: bool  # stands before what is said


def claimant_of(sentence: str, figure_start: int) -> tuple[str, str]:
    """Give who says the number at `figure_start`, in the sentence's words, and the codebook's type of claimant.

    >>> claimant_of("Police said 12 people died, but the group claimed 40 were killed.", 12)
    ('Police', 'authority')
    >>> claimant_of("Police said 12 people died, but the group claimed 40 were killed.", 50)
    ('the group', 'perpetrator')
    >>> claimant_of("Twelve people died.", 0)
    ('', 'media')
    """
    claims = sorted(find_claims(sentence), key=lambda claim: claim.start)
    borders = [0, *(m.start() for m in SEGMENT.finditer(sentence)), len(sentence)]
    first = max(b for b in borders if b <= figure_start)
    last = min((b for b in borders if b > figure_start), default=len(sentence))
    same = [c for c in claims if first <= c.start < last]
    before = [c for c in same if c.start < figure_start and c.leads]
    after = [c for c in same if c.start >= figure_start and not c.leads]
    opening = [c for c in same if c.start < figure_start and not c.leads]
    trailing = [c for c in claims if c.start >= last and not c.leads]
    earlier = [c for c in claims if c.start < first and c.leads and c.kind != "perpetrator"]
    for pool in (before[-1:], after[:1], opening[-1:], trailing[-1:], earlier[-1:]):
        if pool:
            return pool[0].who, pool[0].kind
    return "", "media"


def find_claims(sentence: str) -> Iterator[Claim]:
    """Give every "who says" of a sentence.

    >>> [(c.who, c.kind) for c in find_claims("Ten died, according to hospital sources.")]
    [('hospital sources', 'hospital')]
    """
    for match in ACCORDING.finditer(sentence):
        who = SOURCE_END.split(sentence[match.end() :])[0].strip()
        if who:
            yield Claim(match.start(), who, type_of(who), match.start() == 0)
    for match in CLAIMING.finditer(sentence):
        alone = match.group().split()[0].endswith("ing")
        who = "" if alone else subject_before(sentence, match.start())
        yield Claim(match.start(), who or doer_of(sentence), type_of(who) if who else "perpetrator", True)
    for match in (*SAYS.finditer(sentence), *ABLE.finditer(sentence)):
        yield from said_by(sentence, match)


def said_by(sentence: str, says: re.Match[str]) -> Iterator[Claim]:
    """Give the claim of one verb of saying, if somebody says it: "X said that ...", "..., X said", "..., said X".

    >>> text = "Six died, said the mayor."
    >>> [(c.who, c.leads) for c in said_by(text, re.search("said", text))]
    [('the mayor', False)]
    """
    before, after = sentence[: says.start()], sentence[says.end() :]
    if who := subject_before(sentence, says.start()):
        ends = re.match(
            (
                r"[\s.\"”]*$|\s*(?:[.,;]|on \w+day|in a statement| ?(?:reporters|journalists|the \w+"
                r"|[A-Z]+)\.?$)"
            ),
            after,
        )
        closing = re.search(r",\s*(?:an? |the )?" + re.escape(who) + r"(?:,.*)?\s*$", before)
        yield Claim(says.start(), who, type_of(who), not (ends and closing))
    elif (inverted := INVERTED.match(after)) and re.search(r"[,”\"]\s*$", before):
        yield Claim(says.start(), inverted.group(1), type_of(inverted.group(1)), False)


def subject_before(sentence: str, end: int) -> str:
    """Give the words for who says, which end at `end`.

    >>> subject_before("A bomb killed six, the provincial governor said.", 43)
    'the provincial governor'
    """
    before = ADVERB.sub("", ADVERB.sub("", sentence[:end].rstrip()))
    chunk = OPENING.sub("", CLAUSE.split(before)[-1].strip(" ,")).strip()
    if not chunk or (before.endswith(",") and type_of(chunk) == "unnamed"):
        return ""
    return " ".join(chunk.split()[-8:])


DOER = re.compile(
    r"They\b|It\b|(?:The )?(?:group|militants|rebels|insurgents|gunmen|attackers|organi[sz]ation)\b"
    r"|(?:The )?[A-Z][\w'’-]*(?: (?:[A-Z][\w'’-]*|fighters|militants|gunmen|rebels|insurgents)\b)*"
)


def doer_of(sentence: str) -> str:
    """Give who claims where only "claiming" stands: the subject that opens the sentence."""
    match = DOER.match(sentence)
    return match.group() if match else ""


def type_of(who: str) -> str:
    """Give the codebook's type of a claimant.

    >>> type_of("Hospital officials"), type_of("the UN mission"), type_of("al-Shabaab"), type_of("Taliban authorities")
    ('hospital', 'un', 'perpetrator', 'authority')
    """
    tokens = tokenise_groups(who)
    if any(named.kind == "armed group" for named in tokens.named) and not RULERS.search(who):
        return "perpetrator"
    if any(named.kind == "state force" and named.is_noun for named in tokens.named):
        return next(
            (kind for kind, pattern in COMPILED if kind in {"un", "media", "ngo"} and pattern.search(who)), "authority"
        )
    return next((kind for kind, pattern in COMPILED if pattern.search(who)), "unnamed")
