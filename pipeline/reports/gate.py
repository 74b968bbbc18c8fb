"""Tell which sentences have a word of harm and are worth a parse, from the letters of their words alone."""

import re
from collections.abc import Iterable

WORD = re.compile(r"\w+")
LONGEST_ENDING = 4  # letters: "ambush" and "ambushers"
PAST = frozenset("shot slain slew struck burnt blew blown threw thrown lives life lost dying".split())


class HarmGate:
    """Tell at a glance whether a sentence has a word of harm in any of its forms.

    >>> gate = HarmGate(["kill", "die", "ambush"])
    >>> [gate.passes(text) for text in ("Two died.", "an ambush", "They did, skilled.", "dying")]
    [True, True, False, True]
    """

    def __init__(self, words: Iterable[str]) -> None:
        """Take the words as lemmas."""
        self._stems = frozenset(re.sub(r"(?<=\w\w\w)(?:e|y)$", "", word) for word in words)
        self._known: dict[str, bool] = {}  # grows no faster than the vocabulary of the model itself

    def passes(self, text: str) -> bool:
        """Tell whether a text has such a word."""
        return any(self._known[word] if word in self._known else self._learn(word) for word in WORD.findall(text))

    def _learn(self, word: str) -> bool:
        """Tell whether a word is a stem with an ending, and keep the answer."""
        lower = word.lower()
        ends = range(max(1, len(lower) - LONGEST_ENDING), len(lower) + 1)
        return self._known.setdefault(word, lower in PAST or any(lower[:end] in self._stems for end in ends))
