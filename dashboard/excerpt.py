"""Pieces of an article around the sentences of an incident, cut into stretches that are lit for what they support.

Offsets count code points, as the codebook has them. What the text around a sentence says is shown too, so that a
reader can judge the sentence by its surroundings; where text is left out, that is said.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int, int]
WHOLE = 40_000  # characters shown of a whole article, around its sentence
NEAR = 120  # pieces nearer to one another than this are one


@dataclass(frozen=True, slots=True)
class Light:
    """A stretch of a text, and the key of what it says; "lead" and "also" are whole sentences."""

    start: int
    end: int
    key: str


Stretch = list[str]  # the words, then the keys they are lit for
Paragraph = list[Stretch]


def cut_excerpt(text: str, windows: Iterable[Span], lights: Sequence[Light]) -> list[Paragraph]:
    r"""Give the paragraphs of the `windows`, each as stretches of words with their keys; [] where text is left out.

    >>> cut_excerpt("One.\n\nTwo <b>. Three.\n\nFour.", [(6, 20)], [Light(6, 14, "lead"), Light(6, 9, "killed")])
    [[], [['Two', 'lead', 'killed'], [' <b>.', 'lead'], [' Three']], []]
    """
    paragraphs: list[Paragraph] = []
    at = 0
    for start, end in join_windows(windows):
        if text[at:start].strip():
            paragraphs.append([])
        paragraphs += [_cut(text, span, lights) for span in _find_lines(text, start, end)]
        at = end
    return [*paragraphs, []] if text[at:].strip() else paragraphs


def find_window(text: str, sentence: Span, before: int, after: int) -> Span:
    """Give the stretch of text around a sentence: whole words, about so many characters on either side.

    >>> find_window("one two three four five six seven", (14, 18), 8, 8)
    (8, 23)
    """
    start, end = max(0, sentence[0] - before), min(len(text), sentence[1] + after)
    if start:
        near = min(sentence[0], start + before // 2)
        start = text.find("\n", start, near) + 1 or text.find(" ", start, near) + 1 or start
    if end < len(text):
        near = max(sentence[1], end - after // 2)
        end = max(text.rfind("\n", near, end), text.rfind(" ", near, end))
        end = end if end >= near else min(len(text), max(near, sentence[1] + after))
    return start, end


def join_windows(windows: Iterable[Span]) -> list[Span]:
    """Put windows together that touch or nearly do.

    >>> join_windows([(400, 500), (0, 90), (100, 200)])
    [(0, 200), (400, 500)]
    """
    joined: list[Span] = []
    for start, end in sorted(windows):
        if joined and start - joined[-1][1] < NEAR:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _find_lines(text: str, start: int, end: int) -> list[Span]:
    """Give the lines of a stretch of text that hold words."""
    spans, at = [], start
    for line in text[start:end].splitlines(keepends=True):
        if line.strip():
            spans.append((at + len(line) - len(line.lstrip("\r\n")), at + len(line.rstrip("\r\n"))))
        at += len(line)
    return spans


def _cut(text: str, line: Span, lights: Sequence[Light]) -> Paragraph:
    """Cut a line wherever a light begins or ends."""
    inside = [light for light in lights if light.start < line[1] and light.end > line[0]]
    cuts = sorted({*line, *(cut for one in inside for cut in (one.start, one.end) if line[0] < cut < line[1])})
    return [
        [text[one:other], *dict.fromkeys(light.key for light in inside if light.start <= one and light.end >= other)]
        for one, other in pairwise(cuts)
    ]
