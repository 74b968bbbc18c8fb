"""Cut a text into words and signs with their offsets, and ask simple things of them."""

import re
from typing import NamedTuple

TOKEN = re.compile(r"[A-Za-z](?:\.[A-Za-z])+\.?(?!\w)|[^\W\d_]+(?:['’ʼ‘`][^\W\d_]+)*|\d+(?:[.,]\d+)*|[^\w\s]|_")
POSSESSIVES = ("'s", "’s")
ENDS = frozenset('.!?:;–—•*“"‘(')
ARTICLES = frozenset("al el ar as ad an at az ash".split())
JOINERS = frozenset("i e ye el al ul ud ad as ar az an de da do del la las los le les upon sur du der wa va".split())


class Token(NamedTuple):
    """One word or sign of the text."""

    start: int
    end: int
    text: str
    low: str
    is_name: bool  # begins with a capital letter


def cut_tokens(text: str) -> list[Token]:
    """Cut a text into words and signs; a possessive ending is a token of its own.

    >>> [token.text for token in cut_tokens("Kabul's U.S. embassy, Mazar-i-Sharif")]
    ['Kabul', "'s", 'U.S.', 'embassy', ',', 'Mazar', '-', 'i', '-', 'Sharif']
    """
    tokens: list[Token] = []
    for found in TOKEN.finditer(text):
        start, end, word = found.start(), found.end(), found[0]
        if word.endswith(POSSESSIVES):
            tokens.append(Token(start, end - 2, word[:-2], word[:-2].lower(), word[0].isupper()))
            tokens.append(Token(end - 2, end, "'s", "'s", False))
        else:
            tokens.append(Token(start, end, word, word.lower(), word[0].isupper()))
    return tokens


class Tokens:
    """The tokens of one text; asking outside the text gives nothing."""

    def __init__(self, text: str) -> None:
        """Cut `text`."""
        self.text = text
        self.tokens = cut_tokens(text)

    def __len__(self) -> int:
        """Give the number of tokens."""
        return len(self.tokens)

    def low(self, number: int) -> str:
        """Give the lower-case word at a number."""
        return self.tokens[number].low if 0 <= number < len(self.tokens) else ""

    def is_name(self, number: int) -> bool:
        """Tell whether the word at a number begins with a capital."""
        return 0 <= number < len(self.tokens) and self.tokens[number].is_name

    def gap(self, number: int) -> str:
        """Give the text between a token and the next; a line end where either is missing."""
        if not 0 <= number < len(self.tokens) - 1:
            return "\n"
        return self.text[self.tokens[number].end : self.tokens[number + 1].start]

    def slice(self, first: int, last: int) -> str:
        """Give the text from one token to another, both included."""
        return self.text[self.tokens[first].start : self.tokens[last].end]

    def starts_sentence(self, number: int) -> bool:
        """Tell whether a token is the first of its sentence, item or line."""
        return number == 0 or self.tokens[number - 1].text in ENDS or "\n" in self.gap(number - 1)

    def begins_name(self, at: int) -> bool:
        """Tell whether a name can begin here: a capital, or an Arabic article before a capital ("al-Shaab")."""
        if self.is_name(at):
            return True
        return self.low(at) in ARTICLES and self.low(at + 1) == "-" and self.is_name(at + 2)

    def run_end(self, at: int) -> int:
        """Give the last token of the run of capitalised words: joined by blanks, hyphens and small joining words.

        >>> words = Tokens("in Mazar-i-Sharif City and Kabul")
        >>> words.slice(1, words.run_end(1))
        'Mazar-i-Sharif City'
        """
        end = at
        while (step := self.next_name(end)) is not None:
            end = step
        return end

    def next_name(self, at: int) -> int | None:
        """Give the next capitalised token of the same run, over hyphens and one or two joining words."""
        joined = 0
        for number in range(at + 1, min(at + 6, len(self.tokens))):
            before, token = self.gap(number - 1), self.tokens[number]
            if "\n" in before:
                return None
            if token.is_name:
                local = token.low == "local" and self.low(number + 1) == "government"  # "Rafi Local Government Area"
                return None if local else number
            hyphen = token.text == "-" and before == "" == self.gap(number)
            dot = token.text == "." and self.low(number - 1) in ("st", "mt", "ft") and number - 1 == at
            joined += token.low in JOINERS
            if not (hyphen or dot or (token.low in JOINERS and joined < 3)):
                return None
        return None
