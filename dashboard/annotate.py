"""An article's own text with everything that was read from it marked, and what it gave noted beside its paragraph.

Offsets count code points, as the codebook has them. The text is only ever shown: no markup of it is obeyed.
"""

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

KINDS = ("lead", "told", "total", "doubt")
FIRST = 40_000  # characters shown until the whole is asked for


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text: of what kind, and the number of the note that it belongs to ("" for none)."""

    start: int
    end: int
    kind: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What stands beside the text where `start` is; `body` is HTML that we have written."""

    start: int
    kind: str
    number: str
    body: str


def write_annotated(text: str, marks: Sequence[Mark], notes: Sequence[Note], most: int = FIRST) -> str:
    r"""Write the text paragraph by paragraph, each with its notes beside it, and say where it is cut.

    >>> print(write_annotated("A <b>.\n\nB.", [Mark(0, 6, "lead", "1")], [Note(0, "lead", "1", "N")]))
    <div class="para" dir="auto"><p><mark class="lead" id="at-0">A &lt;b&gt;.</mark><sup>1</sup></p></div>
    <div class="notes"><div class="jot lead"><b class="no">1</b><div>N</div></div></div>
    <div class="para" dir="auto"><p>B.</p></div>
    <div class="notes"></div>
    """
    rows = []
    for start, end in find_paragraphs(text[:most]):
        inside = [mark for mark in marks if mark.start < end and mark.end > start]
        beside = "".join(write_note(note) for note in notes if start <= note.start < max(end, start + 1))
        rows.append(f'<div class="para" dir="auto"><p>{write_paragraph(text, start, end, inside)}</p></div>')
        rows.append(f'<div class="notes">{beside}</div>')
    if len(text) > most:
        rows.append(f'<div class="para cut">The text goes on for {len(text) - most:,} characters.</div>')
    return "\n".join(rows)


def find_paragraphs(text: str) -> list[tuple[int, int]]:
    r"""Give the lines of a text that hold words; what lies between two lines belongs to the first.

    >>> find_paragraphs("One.\n\nTwo.")
    [(0, 4), (6, 10)]
    """
    spans, at = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            spans.append((at, at + len(line.rstrip())))
        at += len(line)
    return spans


def write_paragraph(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """Write a paragraph with its marks; where marks lie over one another, their stretch is of all their kinds."""
    cuts = sorted({start, end, *(cut for mark in marks for cut in (mark.start, mark.end) if start < cut < end)})
    parts = []
    for one, other in pairwise(cuts):
        over = [mark for mark in marks if mark.start <= one and mark.end >= other]
        words = html.escape(text[one:other])
        if over:
            kinds = " ".join(kind for kind in KINDS if any(mark.kind == kind for mark in over))
            words = f'<mark class="{kinds}" id="at-{one}">{words}</mark>'
        parts.append(words + write_numbers(mark for mark in marks if mark.end == other and mark.number))
    return "".join(parts)


def write_numbers(marks: Iterable[Mark]) -> str:
    """Write the numbers of the notes that a stretch belongs to."""
    numbers = sorted({mark.number for mark in marks}, key=lambda one: (len(one), one))
    return f"<sup>{html.escape(', '.join(numbers))}</sup>" if numbers else ""


def write_note(note: Note) -> str:
    """Write one note."""
    return f'<div class="jot {note.kind}"><b class="no">{html.escape(note.number)}</b><div>{note.body}</div></div>'
