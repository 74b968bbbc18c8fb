"""How wide text is and how many lines it takes, so that what is laid out beforehand fits its box.

The widths are those of Arial and of the fonts that are drawn to its measure (Helvetica, Liberation Sans). What they do
not have is reckoned generously: a line that is said to fit does.
"""

import unicodedata
from collections.abc import Iterator

# Thousandths of the size of the type, for the characters of ASCII; every other one is 556.
_WIDTHS = {
    191: "'", 222: "ijl", 260: "|", 278: " !,./:;I[\\]ft", 333: "()-`r", 334: "{}", 355: '"', 389: "*", 469: "^",
    500: "Jckvxyzs", 584: "+<=>~", 611: "FTZ", 667: "&ABEKPSVXY", 722: "CDHNRUw", 778: "GOQ", 833: "Mm", 889: "%",
    944: "W", 1015: "@",
}  # fmt: skip
_WIDTH_OF = {character: width for width, characters in _WIDTHS.items() for character in characters}
_USUAL, _STRANGE, _FULL = 556, 720, 1000
_SIGNS = {"–": 556, "—": 1000, "…": 1000, "“": 333, "”": 333, "‘": 222, "’": 222, "·": 333, "•": 350, "→": 1000}
BOLD = 1.1  # how much wider bold type is, at most
LINE = 1.2  # heights of the type from line to line


def measure(text: str, size: float, *, bold: bool = False) -> float:
    """Give the width of a line of text in the unit of `size`.

    >>> measure("Kabul", 18) < measure("Kabul", 18, bold=True) < measure("喀布尔喀布尔", 18)
    True
    """
    width = sum(map(_measure_one, text)) * size / 1000
    return width * BOLD if bold else width


def wrap(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Break text into lines no wider than `width`, as programs that show slides do; a long word is broken.

    >>> wrap("Incidents in Mazar-e Sharif", 100, 18)
    ['Incidents in', 'Mazar-e', 'Sharif']
    """
    if "\n" in text:
        return [line for part in text.split("\n") for line in wrap(part, width, size, bold=bold)]
    lines, line = list[str](), ""
    for word in _split(text):
        if not line or measure((line + word).rstrip(), size, bold=bold) <= width:
            line += word
        else:
            lines.append(line.rstrip())
            line = word
        while measure(line.rstrip(), size, bold=bold) > width and len(line) > 1:
            at = _find_break(line, width, size, bold)
            lines.append(line[:at])
            line = line[at:]
    return [*lines, line.rstrip()] if line.rstrip() or not lines else lines


def cut(text: str, width: float, size: float, lines: int = 1, *, bold: bool = False) -> str:
    """Give text that takes no more than `lines`, its end left out and that said by "…".

    >>> cut("Movement for the Liberation of the Northern Valleys", 200, 18)
    'Movement for the…'
    """
    wrapped = wrap(text, width, size, bold=bold)
    if len(wrapped) <= lines:
        return text
    kept = _join(wrapped[:lines], text)
    while kept and len(wrap(f"{kept}…", width, size, bold=bold)) > lines:
        shorter = kept.rpartition(" ")[0].rstrip(" ,;·–—(")
        # Half a line lost to one long word says less than a broken word.
        kept = shorter if len(shorter) > len(kept) * 2 // 3 else kept[:-1].rstrip()
    return f"{kept}…"


def find_height(paragraphs: list[tuple[str, float]], width: float, *, gap: float = 0) -> float:
    """Give the height that paragraphs of text, each with its size, take in a column so wide."""
    heights = [len(wrap(text, width, size)) * size * LINE for text, size in paragraphs]
    return sum(heights) + gap * max(0, len(heights) - 1)


def _measure_one(character: str) -> int:
    """Give the width of one character in thousandths."""
    if character.isascii():
        return _WIDTH_OF.get(character, _USUAL)
    if character in _SIGNS:
        return _SIGNS[character]
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn"):
        return 0
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return _FULL
    plain = unicodedata.normalize("NFKD", character)[0]
    return _WIDTH_OF.get(plain, _USUAL) if plain.isascii() else _STRANGE


def _split(text: str) -> Iterator[str]:
    """Give the pieces between which a line may end: words with the space after them, and single full-width signs."""
    word = ""
    for character in text:
        if unicodedata.east_asian_width(character) in ("W", "F"):
            if word:
                yield word
            word = ""
            yield character
            continue
        word += character
        if character in " -–—\t":
            yield word
            word = ""
    if word:
        yield word


def _find_break(line: str, width: float, size: float, bold: bool) -> int:
    """Say after how many characters a word that is too long for a line is broken."""
    for at in range(2, len(line)):
        if measure(line[:at], size, bold=bold) > width:
            return at - 1
    return max(1, len(line) - 1)


def _join(lines: list[str], text: str) -> str:
    """Give the beginning of `text` that makes up these lines."""
    at = 0
    for line in lines:
        at = text.index(line, at) + len(line)
    return text[:at]
