"""Find the phrases of a word list in a text, the longest first, so that "petrol bomb" is not also read as "bomb".

A phrase is plain words and begins with a letter or digit: `*` stands for the rest of a word, `...` for up to three
words, a hyphen for a hyphen, a blank or nothing ("air-strike"). A phrase without a capital letter is found in any case,
one with capitals only as written.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.text.words import WORDS, SeedError, load_words

TAIL = r"[\w’']*"
GAP = r"(?:\s+[^\s,;.]+){0,3}?\s+"
HYPHEN = r"[-‐‑–\s]?"
WORD = re.compile(r"(?<![$€£])\b\w+")
OPENING = 3  # letters by which phrases are looked up


@dataclass(frozen=True, slots=True)
class Found:
    """One phrase in a text: where it stands, its words there, and what the list says they mean."""

    start: int
    end: int
    words: str
    meaning: str


class Phrases:
    """A word list ready to search.

    >>> [(f.words, f.meaning) for f in Phrases([("bomb*", "bombing"), ("petrol-bomb*", "arson")]).find("A petrol bomb")]
    [('petrol bomb', 'arson')]
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Take pairs of a phrase and its meaning; of two equal phrases the first holds."""
        unique = dict(reversed([(phrase.strip(), meaning) for phrase, meaning in pairs]))
        self._by_letter: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for phrase, meaning in sorted(unique.items(), key=lambda pair: (-len(pair[0]), pair[0])):
            self._by_letter[phrase[0].lower()].append((opening_of(phrase), phrase, meaning))
        self._section = lru_cache(maxsize=20_000)(self._make_section)

    def find(self, text: str) -> Iterator[Found]:
        """Give every phrase of `text`, in order, none overlapping another."""
        end = 0
        for word in WORD.finditer(text):
            start = word.start()
            section = self._section(text[start : start + OPENING].lower()) if start >= end else None
            if section and (match := section[0].match(text, start)):
                end = match.end()
                yield Found(start, end, match.group(), section[1][(match.lastindex or 1) - 1])

    def _make_section(self, opening: str) -> tuple[re.Pattern[str], list[str]] | None:
        """Give the phrases that words with these first letters can begin, as one pattern, and what each means."""
        fitting = [row for row in self._by_letter.get(opening[0], ()) if opening.startswith(row[0])]
        pattern = "|".join(phrase_pattern(phrase) for _, phrase, _ in fitting)
        return (re.compile(pattern), [meaning for _, _, meaning in fitting]) if fitting else None


def opening_of(phrase: str) -> str:
    """Give the first letters that a phrase has wherever it stands.

    >>> opening_of("bomb*"), opening_of("AK-47*"), opening_of("a shell")
    ('bom', 'ak', 'a')
    """
    return re.split(r"[*\s-]", phrase)[0][:OPENING].lower()


def phrase_pattern(phrase: str) -> str:
    """Give the regular expression of one phrase, in one group of its own.

    >>> bool(re.fullmatch(phrase_pattern("blew ... up"), "Blew himself up"))
    True
    >>> bool(re.fullmatch(phrase_pattern("IED*"), "ied"))
    False
    """
    words = [
        re.escape(word).replace(r"\*", TAIL).replace(r"\-", HYPHEN) for word in phrase.replace(" ... ", " … ").split()
    ]
    body = r"\s+".join(words).replace(r"\s+…\s+", GAP)
    inner = body if phrase != phrase.lower() else f"(?i:{body})"
    return rf"({inner}(?!\w))"


def split_list(cell: str) -> list[str]:
    """Give the values of a cell that joins several.

    >>> split_list("IED* | car-bomb*")
    ['IED*', 'car-bomb*']
    """
    return [value.strip() for value in cell.split(" | ") if value.strip()]


def load_phrases(name: str, columns: tuple[str, ...], codes: Collection[str]) -> Phrases:
    """Load the list `seeds/words/<name>.csv`: the columns that make up the meaning, then `words`.

    The first column must hold one of `codes`, or "none" for words that mean nothing here. Raises SeedError.
    """
    rows = load_words(WORDS / f"{name}.csv", (*columns, "words"), (*columns, "words"))
    for row in rows:
        if row[columns[0]] not in {*codes, "none"}:
            known = ", ".join(sorted(codes))
            raise SeedError(f'{name}.csv: "{row[columns[0]]}" is no {columns[0]}: use one of {known}, none.')
    return Phrases((phrase, "|".join(row[c] for c in columns)) for row in rows for phrase in split_list(row["words"]))
