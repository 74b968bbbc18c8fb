"""The sentence an incident was read from, marked inside the article's own text, as HTML that only shows words.

Offsets count code points, as the codebook has them. What the text around the sentence says is shown too, so that a
reader can judge the sentence by its surroundings; a long text is cut at blanks, and says so.
"""

import html
from collections.abc import Iterable

Span = tuple[int, int]
BEFORE, AFTER, WHOLE = 160, 650, 40_000  # characters shown on either side; little before, so that the mark is in sight


def write_excerpt(text: str, lead: Span, others: Iterable[Span] = (), *, whole: bool = False) -> str:
    r"""Write the paragraphs around `lead`, with it and the `others` marked; the `whole` text on demand.

    >>> write_excerpt("One.\n\nTwo <b>. Three.\n\nFour.", (6, 14))
    '<p>One.</p><p><mark>Two &lt;b&gt;.</mark> Three.</p><p>Four.</p>'
    """
    start, end = _find_window(text, lead, (WHOLE, WHOLE) if whole else (BEFORE, AFTER))
    spans = [(lead, "<mark>"), *((span, '<mark class="also">') for span in others if not _overlap(span, lead))]
    paragraphs = [
        _mark(text, paragraph, spans)
        for paragraph in _find_paragraphs(text, start, end)
        if text[slice(*paragraph)].strip()
    ]
    before = '<p class="cut">…</p>' if text[:start].strip() else ""
    after = '<p class="cut">…</p>' if text[end:].strip() else ""
    return before + "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs) + after


def _find_window(text: str, lead: Span, around: Span) -> Span:
    """Give the stretch of text to show: whole words, so many characters before and after the sentence."""
    before, after = around
    start, end = max(0, lead[0] - before), min(len(text), lead[1] + after)
    if start:
        near = start + before // 3
        start = _after(text, start, near, "\n") or _after(text, start, near, " ") or start
    if end < len(text):
        near = end - after // 3
        end = max(text.rfind("\n", near, end), text.rfind(" ", near, end), near)
    return start, end


def _after(text: str, start: int, end: int, mark: str) -> int:
    """Give the place after the first `mark` between start and end, or 0."""
    return text.find(mark, start, end) + 1


def _find_paragraphs(text: str, start: int, end: int) -> list[Span]:
    """Give the lines of a stretch of text."""
    spans, at = [], start
    for line in text[start:end].splitlines(keepends=True):
        spans.append((at, at + len(line.rstrip("\r\n"))))
        at += len(line)
    return spans


def _mark(text: str, paragraph: Span, spans: list[tuple[Span, str]]) -> str:
    """Escape a paragraph, with the marks that fall into it."""
    parts, at = [], paragraph[0]
    inside = sorted((max(span[0], paragraph[0]), min(span[1], paragraph[1]), tag) for span, tag in spans)
    for start, end, tag in inside:
        if end <= at or start >= end:
            continue
        parts += [html.escape(text[at : max(at, start)]), tag, html.escape(text[max(at, start) : end]), "</mark>"]
        at = end
    return "".join([*parts, html.escape(text[at : paragraph[1]])])


def _overlap(one: Span, other: Span) -> bool:
    """Say whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]
