"""Cut an article into blocks (paragraphs) and sentences, each exactly as it stands in the text.

The cut is ours and not the parser's, so that a stored sentence never depends on a model. A sentence never crosses a
block, and headings, captions, list items and boilerplate keep their kind.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from math import inf
from statistics import median

from pipeline.model import Article, Block, Sentence

ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof rev hon gen lt col maj sgt cpl capt cmdr adm brig pvt gov sen rep st mt ft jr sr no nos vs etc "
    "inc ltd co corp dept est approx jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs "
    "fri sat sun ave blvd rd hwy calif fla tex ariz mass conn wash ore pa ill ind mich minn wis ala ga va tenn ky ark "
    "okla kan neb nev colo wyo mont ida messrs supt insp det al i.e e.g a.k.a".split()
)
OPENERS = frozenset(
    "the a an in on at it he she they this that these those there after before when while as but and one two three "
    "four five six seven eight nine ten no its his her their we i you police officials authorities".split()
)
LONGEST_WORD = 60  # characters to look at beside a full stop, so that a long line costs no more than its length
SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-Z0-9À-ÞĀ-Ž])")
BULLET = re.compile(r"\s*(?:[-*•◦▪‣·–—]|\(?\d{1,2}[.)])\s+\S")
DATE_HEAD = re.compile(
    r"\s*(?:[-*•◦▪‣·–—]\s*)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    r"(?:\d{4}-\d\d-\d\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?(?:,?\s+\d{4})?"
    r"|\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:,?\s+\d{4})?)\s*[:–—-]",
    re.IGNORECASE,
)
HEADING_MARK = re.compile(r"\s*(?:#{1,6}\s|[=–—*-]{1,3}\s*\S.*\S\s*[=–—*-]{1,3}\s*$)")
BOILERPLATE = re.compile(
    r"\s*(?:leave a (?:comment|reply)|advertisement|share (?:this|on)|read (?:more|also|next)"
    r"|related(?: (?:articles?|stories))?:"
    r"|sign up|subscribe|follow us|click here|all rights reserved|copyright|©"
    r"|\(?(?:reporting|writing|editing|additional reporting)"
    r" by\b|by\s+[A-Z][\w.’'-]+(?:\s+(?:and\s+)?[A-Z][\w.’'-]+){1,5}\s*(?:,[^.]{0,60})?$"
    r"|.{0,120}\bcontributed to this (?:report|story|article)|watch:|listen:"
    r"|updated? (?:at|on)?\b.{0,40}$|published\b.{0,40}$)",
    re.IGNORECASE,
)
CAPTION_MARK = re.compile(
    r"\((?:file )?photo|\bfile (?:photo|picture|image)\b|\b(?:photo(?:graph)?|image|picture|courtesy)\s*(?:by|:|/)"
    r"|/(?:AFP|AP|Getty|Reuters)\b",
    re.IGNORECASE,
)
CAPTION_SHAPE = re.compile(
    r"\s*(?:the (?:aftermath|scene|site|wreckage|debris|damage|damaged|burned|burnt|charred|destroyed"
    r"|remains|ruins|body|bodies)\b"
    r"(?!.{0,60}\b(?:was|were|had|has|have|is|are)\b)"
    r"|(?:an? |the |two |three |some )?(?:[\w’'-]+\s){0,6}"
    r"(?:stands?|guards?|inspects?|gathers?|looks?|carry|carries|mourns?|walks?|attends?|searche?s?|weeps?|prays?|sits?|"
    r"examines?|collects?|clears?|arrives?|patrols?|watch(?:es)?|rush(?:es)?|pass(?:es)?|react(?:s)?|load(?:s)?|leaves?)\b"
    r"\s(?:[\w’'-]+\s){0,3}(?:an?|the|at|amid|near|outside|beside|by|in|on|around|over|through|past|as|guard|after|along)\b)",
    re.IGNORECASE,
)


def split_blocks(article: Article) -> list[Block]:
    """Give the blocks of an article, in order, with their kind."""
    text = article.text
    spans, captions = list(paragraph_spans(text)), join_spans(article.caption_spans)
    return [
        Block(no, a, b, "caption" if lies_in(a, captions) else block_kind(article, no, a, b))
        for no, (a, b) in enumerate(spans)
    ]


def join_spans(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give stretches in order, those that overlap as one.

    >>> join_spans([(5, 9), (0, 3), (2, 4)])
    [(0, 4), (5, 9)]
    """
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def lies_in(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a place lies in one of stretches that are in order."""
    before = bisect_right(spans, (at, inf)) - 1
    return before >= 0 and at < spans[before][1]


def paragraph_spans(text: str) -> Iterator[tuple[int, int]]:
    """Give start and end of each paragraph: a line, or lines up to a blank line where the text is wrapped by hand."""
    pattern = r"\S(?:.*?\S)??(?=[ \t\r\f\v]*(?:\n[ \t\r\f\v]*\n|\Z))" if is_wrapped(text) else r"[^\s](?:[^\n]*[^\s])?"
    flags = re.DOTALL if is_wrapped(text) else 0
    for match in re.finditer(pattern, text, flags):
        yield match.span()


def is_wrapped(text: str) -> bool:
    r"""Tell whether lines were broken by hand, so that a paragraph ends at a blank line only.

    >>> is_wrapped("A bomb went off in the middle of the market on\nSunday.\n\nNobody was hurt.")
    False
    """
    lines = [line for line in text.splitlines() if line.strip()]
    inner = [a for a, b in zip(text.splitlines(), text.splitlines()[1:], strict=False) if a.strip() and b.strip()]
    if len(inner) < 4 or len(inner) < 0.4 * len(lines):
        return False
    unfinished = sum(not re.search(r"[.!?:;”\"]\s*$", line) for line in inner)
    return 40 <= median(len(line) for line in inner) <= 100 and unfinished >= 0.6 * len(inner)


def block_kind(article: Article, no: int, start: int, end: int) -> str:
    """Give the kind of one block: boilerplate, caption, item, title, heading or body."""
    words = article.text[start:end]
    if BOILERPLATE.match(words):
        return "boilerplate"
    if DATE_HEAD.match(words) or BULLET.match(words):
        return "item"
    if no == 0 and (words == article.title or is_headline(words)):
        return "title"
    if HEADING_MARK.match(words) or is_headline(words):
        return "heading"
    return "caption" if is_caption(words) else "body"


def is_headline(words: str) -> bool:
    """Tell whether a block reads as a headline: short, no full stop at the end.

    >>> is_headline("Blast in Herat kills five"), is_headline("Nobody was hurt.")
    (True, False)
    """
    return len(words.split()) <= 25 and not re.search(r"[.!?…:;,][\"'”’)\]]*$|^[\"“‘]", words)


def is_caption(words: str) -> bool:
    """Tell whether a block reads as the caption of a picture: one sentence that describes a scene.

    >>> is_caption("Soldiers guard a street near the market in Herat on May 3, after a bomb went off.")
    True
    """
    if len(words.split()) > 60 or re.match(r"[\"“‘]", words):
        return False
    if CAPTION_MARK.search(words):
        return True
    return bool(CAPTION_SHAPE.match(words)) and not SENTENCE_END.search(words)


def split_sentences(article: Article, blocks: list[Block] | None = None) -> list[Sentence]:
    """Give the sentences of an article, in order, each an exact piece of its text."""
    sentences: list[Sentence] = []
    for block in split_blocks(article) if blocks is None else blocks:
        for start, end in sentence_spans(article.text, block.start, block.end):
            sentences.append(Sentence(len(sentences), start, end, article.text[start:end], block.no, block.kind))
    return sentences


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give start and end of each sentence between two offsets.

    >>> [("Gen. Khan died in the U.S. on May 3. Nobody else did.")[a:b] for a, b in sentence_spans(
    ...  "Gen. Khan died in the U.S. on May 3. Nobody else did.", 0, 53)]
    ['Gen. Khan died in the U.S. on May 3.', 'Nobody else did.']
    """
    first = start
    for match in SENTENCE_END.finditer(text, start, end):
        if ends_sentence(text, first, match):
            yield first, match.start() + len(match.group().rstrip())
            first = match.end()
    if text[first:end].strip():
        yield first, end


def ends_sentence(text: str, first: int, match: re.Match[str]) -> bool:
    """Tell whether the full stop found ends a sentence, or only an abbreviation."""
    if match.group()[0] != ".":
        return True
    before = re.search(r"(\S+)$", text[max(first, match.start() - LONGEST_WORD) : match.start()])
    word = before.group(1).lstrip("\"'“‘(«[") if before else ""
    following = re.match(r"[\"'“‘«(\[]*([\w’'-]+)", text[match.end() : match.end() + LONGEST_WORD])
    opener = bool(following) and following.group(1).lower() in OPENERS if following else False
    if re.fullmatch(r"(?:[A-Z]\.)+[A-Z]|[ap]\.m", word):
        return opener
    if re.fullmatch(r"[A-Z]", word):
        return False
    if word in {"no", "co", "al", "sun", "sat", "mar"}:  # words of their own too
        return opener
    return word.lower() not in ABBREVIATIONS
