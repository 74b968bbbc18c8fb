"""Bound what the reading of one article costs: what is too long to be read is cut out beforehand, and said.

Cut out are sentences longer than any that people write, stretches of nothing but blanks, and what stands behind the
most that is read of one article. A cut lies where a paragraph ends, so no words are joined over it, and what was read
is put back to where it stands in the whole text. An article without any of this is read as it is.
"""

import re
import time
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import inf
from typing import TypeVar

from pipeline.model import Aggregate, Article, DateWords, Figure, Issue, Report, Sentence
from pipeline.text.sentences import paragraph_spans, sentence_spans

MOST_SENTENCE = 2_000  # characters: some four times the longest of thousands of articles
MOST_READ = 300_000  # characters of one article: a book of 50,000 words
MOST_TOLD = 60_000  # characters of sentences with a word of harm: what costs most
LEAST_TOLD = 60  # what a short sentence counts for among them: each is weighed against all that is told before it
MOST_SECONDS = 120.0  # of the processor: what ends the reading where all the other bounds were not enough
GAP = re.compile(r"(?<!\s)\s{1000,}")
SHOWN = 200  # characters of what was cut out
BREAK = "\n\n"
T = TypeVar("T")
Words = TypeVar("Words", Sentence, Figure, DateWords)


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of a text that is not read, and why: "sentence", "end" or, where nothing is lost, "blank"."""

    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Bounded:
    """An article as it is read; `parts` are where each part of its text begins, there and in the whole text."""

    article: Article
    issues: tuple[Issue, ...] = ()
    parts: tuple[tuple[int, int], ...] = ((0, 0),)

    def place(self, at: int) -> int:
        """Give the place in the whole text of a place in what is read."""
        here, there = self.parts[bisect_right(self.parts, (at, inf)) - 1]
        return at - here + there

    def words(self, one: Words) -> Words:
        """Put a sentence, a figure or the words of a day back to their place."""
        return replace(one, start=self.place(one.start), end=self.place(one.start) + one.end - one.start)

    def report(self, one: Report) -> Report:
        """Put a report back to its place."""
        if self.parts == ((0, 0),):
            return one
        mentions = tuple(replace(mention, sentence=self.words(mention.sentence)) for mention in one.mentions)
        figures = tuple(map(self.words, one.figures))
        others = tuple(map(self.words, one.other_days))
        return replace(one, start=self.place(one.start), mentions=mentions, figures=figures, other_days=others)

    def total(self, one: Aggregate) -> Aggregate:
        """Put a total back to its place."""
        return replace(one, start=self.place(one.start), sentence=self.words(one.sentence))


@dataclass(slots=True)
class Clock:
    """How much of the processor the reading of one article has taken in its thread: other work slows nothing down."""

    begun: float = field(default_factory=time.thread_time)
    most: float = MOST_SECONDS
    ran_out: bool = False

    def is_over(self) -> bool:
        """Tell whether the time is over, and remember that somebody had to stop for it."""
        self.ran_out = self.ran_out or time.thread_time() - self.begun > self.most
        return self.ran_out


def bound_article(article: Article) -> Bounded:
    """Give what is read of an article, and an issue for each thing that is not."""
    cuts = list(find_cuts(article.text))
    if not cuts:
        return Bounded(article)
    parts, pieces, at, start = [], [], 0, 0
    for cut in [*cuts, Cut(len(article.text), len(article.text), "blank")]:
        piece = article.text[start : cut.start]
        if piece.strip():
            parts.append((at, start))
            pieces.append(piece)
            at += len(piece) + len(BREAK)
        start = cut.end
    whole = parts or [(0, 0)]
    captions = tuple(move_spans(article.caption_spans, whole, pieces))
    read = replace(article, text=BREAK.join(pieces), caption_spans=captions)
    return Bounded(read, tuple(say_cut(article, cut, cut.start) for cut in cuts if cut.why != "blank"), tuple(whole))


def move_spans(
    spans: Sequence[tuple[int, int]], parts: Sequence[tuple[int, int]], pieces: Sequence[str]
) -> Iterator[tuple[int, int]]:
    """Give those stretches of the whole text that are read whole, where they stand in what is read."""
    for (here, there), piece in zip(parts, pieces, strict=False):
        yield from ((a - there + here, b - there + here) for a, b in spans if there <= a and b <= there + len(piece))


def find_cuts(text: str) -> Iterator[Cut]:
    """Give what is not read of a text, in order."""
    left, before = MOST_READ, 0
    for gap in [*GAP.finditer(text), None]:
        after = gap.start() if gap else len(text)
        for first, last in paragraph_spans(text[before:after]):
            for start, end in split_long(text, before + first, before + last):
                if end - start > MOST_SENTENCE:
                    yield Cut(start, end, "sentence")
                    continue
                left -= end - start
                if left < 0:
                    yield Cut(start, len(text), "end")
                    return
        if gap:
            yield Cut(gap.start(), gap.end(), "blank")
            before = gap.end()


def split_long(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give a paragraph as it is, or the sentences of one that is too long to be a single sentence."""
    if end - start <= MOST_SENTENCE:
        yield start, end
    else:
        yield from sentence_spans(text, start, end)


def take_told(article: Article, sentences: Sequence[Sentence]) -> tuple[list[Sentence], list[Cut]]:
    """Give those of the sentences with a word of harm that are read, and what is not."""
    taken, cuts, left = list[Sentence](), list[Cut](), MOST_TOLD
    for sentence in sentences:
        if len(sentence.text) > MOST_SENTENCE:
            cuts.append(Cut(sentence.start, sentence.end, "sentence"))
            continue
        left -= max(len(sentence.text), LEAST_TOLD)
        if left < 0:
            return taken, [*cuts, Cut(sentence.start, len(article.text), "end")]
        taken.append(sentence)
    return taken, cuts


def until_over(parsed: Iterable[T], clock: Clock) -> Iterator[T]:
    """Pass on what comes, until the time is over."""
    for one in parsed:
        if clock.is_over():
            return
        yield one


def say_cut(article: Article, cut: Cut, start: int) -> Issue:
    """Word what is not read; `start` is where it stands in the whole text."""
    size = f"{cut.end - cut.start:,} characters"
    if cut.why == "sentence":
        message, to_do = f"A sentence of {size} was not read.", "Break it into sentences."
    else:
        message, to_do = f"What follows, {size}, was not read: the article is too long.", "Split it into its articles."
    words = " ".join(article.text[cut.start : cut.start + SHOWN].split())
    end = start + cut.end - cut.start
    return Issue(
        kind="limit", message=message, to_do=to_do, article_id=article.article_id, start=start, end=end, words=words
    )


def say_slow(article: Article) -> Issue:
    """Word that the time was over."""
    return Issue(
        kind="limit",
        message=f"It took more than {MOST_SECONDS:g} seconds to read: some of it was not read.",
        to_do="Split it into its articles.",
        article_id=article.article_id,
    )
