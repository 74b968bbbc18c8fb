"""Find the armed groups and forces that a text names, under whichever alias, and put tokens in their place.

With "al-Shabaab" read as `G0G`, the rules about who did what need not know a single name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.text.phrases import Found, Phrases, split_list
from pipeline.text.words import WORDS, SeedError, load_words

KINDS = ("armed group", "state force", "other")


@dataclass(frozen=True, slots=True)
class Named:
    """One group or force in a text: its usual name, and the words there."""

    name: str
    kind: str
    words: str
    is_noun: bool  # "Israel", not "Israeli": can act without "forces"


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text in which names are tokens: `G3G` an armed group, `S3S` a force of a state, 3 the place in `named`."""

    text: str
    named: tuple[Named, ...]

    def of(self, token: str) -> Named:
        """Give what a token stands for."""
        return self.named[int(token[1:-1])]


@cache
def group_phrases() -> Phrases:
    """Load the names of groups and forces with their aliases."""
    columns = ("name", "kind", "countries", "aliases")
    rows = load_words(WORDS / "groups.csv", columns, ("name", "kind", "aliases"), key="name")
    for row in rows:
        if row["kind"] not in KINDS:
            raise SeedError(f'groups.csv: "{row["kind"]}" is no kind: use one of {", ".join(KINDS)}.')
    names = ((row["name"], row) for row in rows)
    return Phrases((alias, f"{n}|{r['kind']}") for n, r in names for alias in (n, *split_list(r["aliases"])))


def tokenise_groups(text: str, local: Phrases | None = None) -> Tokens:
    """Put tokens in place of names; `local` holds those that only the article makes known.

    >>> tokens = tokenise_groups("Israeli jets struck after Hizbollah (Hezbollah) fired rockets.")
    >>> tokens.text, [named.name for named in tokens.named]
    ('S0A jets struck after G1G fired rockets.', ['Israel', 'Hezbollah', 'Hezbollah'])
    """
    text = re.sub(r"\s+", " ", text.replace("’", "'"))
    named: list[Named] = []
    pieces: list[str] = []
    end = 0
    for found in find_names(text, local):
        name, _, kind = found.meaning.partition("|")
        noun = is_noun(name, found.words)
        pieces += [text[end : found.start], token(kind, len(named), noun)]
        named.append(Named(name, kind, found.words, noun))
        end = found.end
    joined = re.sub(r"[\"“]([GS]\d+[GSA])[\"”]", r"\1", "".join((*pieces, text[end:])))
    return Tokens(join_apposition(joined, named), tuple(named))


def find_names(text: str, local: Phrases | None) -> Iterator[Found]:
    """Give the names in a text, none overlapping another: the one that begins first and is longest holds.

    >>> from pipeline.text.phrases import Phrases
    >>> local = Phrases([("Oyo National Liberation Army", "")])
    >>> [f.words for f in find_names("The Oyo National Liberation Army", local)]
    ['Oyo National Liberation Army']
    """
    own = list(local.find(text)) if local else []
    end = 0
    for found in sorted([*group_phrases().find(text), *own], key=lambda f: (f.start, -f.end)):
        a_noun_of_the_one_before = found.meaning.endswith("|other") and found.words.islower() and found.start == end + 1
        if found.start >= end and not (end and a_noun_of_the_one_before):
            yield found
            end = found.end


def token(kind: str, number: int, noun: bool) -> str:
    """Write a token: S1S for the noun of a state, S1A for its adjective, G1G for all others."""
    if kind != "state force":
        return f"G{number}G"
    return f"S{number}S" if noun else f"S{number}A"


def is_noun(name: str, words: str) -> bool:
    """Say whether the words name the state itself rather than what belongs to it.

    >>> is_noun("Israel", "Israel"), is_noun("Israel", "Israeli"), is_noun("United States", "U.S.")
    (True, False, True)
    """
    bare = words.replace(".", "")
    return (
        words == name
        or bare.isupper()
        or bool(re.search((r"(?:coalition|government|regime|forces|military|army|Guards|Union|Bet)$"), words))
    )


def join_apposition(text: str, named: list[Named]) -> str:
    """Make one of a name and its short form: "the Shining Path, or Sendero Luminoso", "the Tamil Tigers (LTTE)"."""

    def same(match: re.Match[str]) -> str:
        first, second = match.group(1), match.group(2)
        both = named[int(first[1:-1])].name == named[int(second[1:-1])].name
        return first if both else match.group()

    return re.sub(r"([GS]\d+[GSA])(?:,? or(?: the)? | \(|, also known as |, known as )([GS]\d+[GSA])\)?,?", same, text)
