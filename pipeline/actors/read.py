"""Read who did it and who says so: perpetrator, attribution, and who verified it.

Names become tokens (`groups.py`), then patterns tell the doer from the one it was done to. A group that only suffers,
is fought, or says that it was not the doer never becomes the perpetrator; what nobody is named for stays unknown.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.actors.background import mask_background
from pipeline.actors.claimants import claimant_of
from pipeline.actors.deeds import Deed, find_deeds
from pipeline.actors.groups import Named, Tokens, tokenise_groups
from pipeline.actors.unnamed import name_forces, read_person
from pipeline.actors.verifiers import read_verifiers
from pipeline.text.phrases import Phrases

__all__ = ["Actors", "claimant_of", "read_actors"]

NOBODY = re.compile(
    (
        r"\b(?:unknown|unidentified|unnamed|unclaimed)\b|\bno (?:\w+ )?(?:group|one|organi[sz]ation"
        r"|claim)\b|\bnobody\b"
    ),
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Actors:
    """Who did it: usual name or "", how the article comes to say so, who verified it, and the rules behind these."""

    perpetrator: str = ""
    attribution: str = "unknown"
    verifiers: tuple[str, ...] = ()
    rules: tuple[tuple[str, str], ...] = ()


def read_actors(
    spans: Sequence[str], context: Iterable[str] = (), answers: Iterable[str] = (), local: Phrases | None = None
) -> Actors:
    """Read who did what `spans` tell, the leading span first; `context` is where a shared subject may stand.

    `answers` only say who answers for it; `local` holds the names of groups that only the article makes known.
    Context and answers are asked for only where the spans leave it open.

    >>> read_actors(["Al Shabab later claimed the blast."]).attribution
    'claimed'
    >>> read_actors(["Twelve Taliban fighters were killed by a mine."]).perpetrator
    ''
    """
    told = " ".join(spans)
    found = judge(tokens_of(told, local))
    if not found.perpetrator and not any(NOBODY.search(span) for span in spans):
        found = judge(tokens_of(" ".join(context), local))
    if not found.perpetrator or found.attribution == "attributed":
        said = " ".join(answers)
        answer = judge(tokens_of(said, local))
        if found.perpetrator in ("", answer.perpetrator):
            found = answer
        if not found.perpetrator:
            found = read_unnamed(f"{told} {said}", local)
    return replace(found, verifiers=read_verifiers(told))


def read_unnamed(text: str, local: Phrases | None) -> Actors:
    """Read who did it where no group is named: a person whom the police name, or the forces of the state.

    >>> read_unnamed("Two boys died when army helicopters fired on a school.", None).perpetrator
    'army'
    """
    person, verdict, words = read_person(text)
    if person:
        return Actors(person, verdict, (), (("perpetrator", f"a person: {words}"), ("attribution", "a person")))
    tokens = tokens_of(text, local)
    plain, named = tokens.text, list(tokens.named)
    for name, pattern, token in name_forces(plain, len(named)):
        plain = pattern.sub(token, plain)
        named.append(Named(name, "state force", name, is_noun=True))
    return judge(Tokens(plain, tuple(named)))


def tokens_of(text: str, local: Phrases | None) -> Tokens:
    """Give the text without other incidents, names as tokens."""
    return tokenise_groups(mask_background(text), local)


def judge(tokens: Tokens) -> Actors:
    """Weigh what is said of each group: its own word first, then suspicion, then plain statement.

    >>> judge(tokenise_groups("Police blamed the PKK, but the group denied involvement.")).attribution
    'denied'
    """
    deeds = find_deeds(tokens)
    denied, blamed = names_of(deeds, "denied"), names_of(deeds, "blamed")
    accused = denied and blamed and set(blamed) <= set(denied)  # what it then says of others weighs little
    for verdict in ("claimed", "suspected", "attributed", "fought"):
        names = [name for name in names_of(deeds, verdict) if name not in denied]
        if not names or (accused and verdict != "claimed"):
            continue
        rules = rules_of(deeds, verdict)
        others = [n for n in blamed if n not in {*names, *denied}] if verdict == "claimed" else []
        if verdict == "claimed" and (others or (len(names) > 1 and not re.search(r"\bjoint", tokens.text))):
            return Actors(" | ".join([*names, *others]), "disputed", (), rules)
        if verdict in {"attributed", "fought"}:
            owned = names[0] in names_of(deeds, "owned")
            return Actors(names[0], "claimed" if owned else "attributed", (), rules)
        return Actors(" | ".join(names), verdict, (), rules)
    if denied:
        return Actors(" | ".join(denied), "denied", (), rules_of(deeds, "denied"))
    return Actors()


def names_of(deeds: Sequence[Deed], verdict: str) -> list[str]:
    """Give the groups of which a verdict is said, each once, in the order of the text."""
    return list(dict.fromkeys(deed.name for deed in deeds if verdict in deed.verdicts))


def rules_of(deeds: Sequence[Deed], verdict: str) -> tuple[tuple[str, str], ...]:
    """Give the rule and the words by which a verdict came about, for the columns that show it."""
    deed = next(deed for deed in deeds if verdict in deed.verdicts)
    return ("perpetrator", f"{deed.rule}: {deed.words}"), ("attribution", deed.rule)
