"""Mark which articles are copies of one text: word for word, nearly so, cut down, or rewritten with other words.

Copies of one text are one story, and a story counts once. Two articles that tell of one event in their own words are
two stories. Every comparison begins with a key that both share, so the work grows with the articles and not with
their pairs.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.incidents.signatures import (
    PERMUTATIONS,
    Signature,
    containment,
    likeness,
    pack_signature,
    sign_article,
    unpack_signature,
)
from pipeline.model import Article, Story

NEAR = 0.6  # of all runs of five words: an edited copy has more, two reports of one event have less than a tenth
BAND = 4  # with 32 bands of 4, of pairs at 0.6 one in a hundred is missed, at 0.7 one in five thousand
CUT = 0.5  # of the shorter text's words stand in the longer one as whole sentences,
LEAST_SENTENCES = 3  # of which there are so many, since two short texts may share one long quotation;
WHOLE = 0.8  # or, of a teaser of a sentence or two, nearly all
LEAST_WORDS = 20
TOP = 5  # sentences: a cut copy shares some of its first, texts with one footer do not
COMMON = 8  # groups of near copies: a sentence that more of them have is boilerplate
MANY = 40  # articles under one key, from which on not all pairs are compared
LEAST_BONES = 4
SAME_BONES = 0.6


class Groups:
    """Articles, by number, joined into groups (union-find)."""

    def __init__(self, count: int) -> None:
        """Begin with each article alone."""
        self.parent = list(range(count))

    def find(self, one: int) -> int:
        """Give the number that stands for the group of `one`."""
        while self.parent[one] != one:
            self.parent[one] = self.parent[self.parent[one]]
            one = self.parent[one]
        return one

    def join(self, one: int, other: int) -> None:
        """Make the groups of both one; the smallest number stands for it."""
        first, second = sorted((self.find(one), self.find(other)))
        self.parent[second] = first


def mark_copies(articles: Iterable[Article]) -> list[Story]:
    """Give where each article stands among the copies of its text, sorted by id, whatever the order of `articles`."""
    return mark_signed([pack_signature(sign_article(article)) for article in articles])


class Signatures(Sequence[Signature]):
    """Signatures in the order of their articles' ids, packed until they are looked at."""

    def __init__(self, packed: Iterable[bytes]) -> None:
        """Put them in order."""
        self.packed = sorted(packed, key=lambda one: unpack_signature(one).article_id)

    def __len__(self) -> int:
        """Give how many there are."""
        return len(self.packed)

    def __getitem__(self, number: Any) -> Any:  # noqa: ANN401  numbers only: slices are not asked for
        """Give one signature."""
        return unpack_signature(self.packed[number])


def mark_signed(packed: Iterable[bytes]) -> list[Story]:
    """Give where each article stands among the copies of its text, from packed signatures.

    The article that stands for its story is the earliest published, then the longest, then the first by id.
    """
    signed = Signatures(packed)
    same = Groups(len(signed))
    unlike = join_exact(signed, same)
    join_near(signed, unlike, same)
    join_cut(signed, unlike, same)
    told = Groups(len(signed))
    told.parent = list(same.parent)
    join_rewritten(signed, unlike, told)
    stories: defaultdict[int, list[int]] = defaultdict(list)
    for number in range(len(signed)):
        stories[told.find(number)].append(number)
    found = (story for numbers in stories.values() for story in place_copies(signed, numbers, same))
    return sorted(found, key=lambda story: story.article_id)


def join_exact(signed: Sequence[Signature], groups: Groups) -> list[int]:
    """Join articles with the same words, and give one of each."""
    first: dict[bytes, int] = {}
    for number, signature in enumerate(signed):
        groups.join(first.setdefault(signature.seal, number), number)
    return list(first.values())


def join_near(signed: Sequence[Signature], numbers: list[int], groups: Groups) -> None:
    """Join articles most of whose runs of words are the same."""
    seen: set[tuple[int, int]] = set()
    table = np.array([signed[number].minhash for number in numbers], np.uint32).reshape(-1, PERMUTATIONS)
    for start in range(0, PERMUTATIONS, BAND):
        keys: defaultdict[bytes, list[int]] = defaultdict(list)
        for number, band in zip(numbers, np.ascontiguousarray(table[:, start : start + BAND]), strict=True):
            keys[band.tobytes()].append(number)
        for pair in pairs_of(keys.values(), signed):
            if pair not in seen and groups.find(pair[0]) != groups.find(pair[1]):
                seen.add(pair)
                if likeness(signed[pair[0]], signed[pair[1]]) >= NEAR:
                    groups.join(*pair)


def join_cut(signed: Sequence[Signature], numbers: list[int], groups: Groups) -> None:
    """Join articles where one holds most sentences of the other."""
    keys = shared_keys([signed[number].sentences for number in numbers], numbers, groups)
    linked = {pair for pair in pairs_of(keys, signed) if is_cut(signed[pair[0]], signed[pair[1]])}
    for one, other in sorted(linked):
        groups.join(one, other)


def is_cut(one: Signature, other: Signature) -> bool:
    """Say whether one text is a part of the other, judged by whole sentences and not by a shared footer."""
    share, shared = containment(one, other)
    if min(one.words.sum(), other.words.sum()) < LEAST_WORDS:
        return False
    top = shared[: max(1, min(TOP, len(shared) // 2))]
    return share >= WHOLE or (share >= CUT and int(shared.sum()) >= LEAST_SENTENCES and bool(top.any()))


def join_rewritten(signed: Sequence[Signature], numbers: list[int], groups: Groups) -> None:
    """Join articles whose sentences, one after the other, have the same names and numbers in other words."""
    keys = shared_keys([signed[number].bones for number in numbers], numbers, groups)
    counts = Counter(pairs_of(keys, signed))
    likely = sorted(pair for pair, count in counts.items() if count >= LEAST_BONES)
    linked = [pair for pair in likely if same_bones(signed[pair[0]], signed[pair[1]]) >= SAME_BONES]
    for one, other in linked:
        groups.join(one, other)


def same_bones(one: Signature, other: Signature) -> float:
    """Give which share of the bony sentences of the shorter text comes, in order and as long, in the longer too."""
    short, long = sorted((one, other), key=lambda signature: len(signature.bones))
    places = {int(bone): place for place, bone in reversed(list(enumerate(long.bones)))}
    found = [(places[int(bone)], place) for place, bone in enumerate(short.bones) if int(bone) in places]
    alike = [there for there, here in found if 0.6 < long.bone_words[there] / short.bone_words[here] < 1.67]
    if len(alike) < LEAST_BONES:
        return 0.0
    in_order = sum(1 for before, after in pairwise(alike) if before < after) + 1
    return in_order / len(short.bones)


def shared_keys(hashes: list[NDArray[np.uint64]], numbers: list[int], groups: Groups) -> Iterator[list[int]]:
    """Give the articles under each hash that several groups share, but not so many that it must be boilerplate."""
    owners = np.repeat(np.array(numbers, np.int64), [len(own) for own in hashes])
    every = np.concatenate([np.empty(0, np.uint64), *hashes])
    order = np.lexsort((owners, every))
    every, owners = every[order], owners[order]
    bounds = np.flatnonzero(np.diff(every)) + 1
    starts, ends = np.concatenate([[0], bounds]), np.concatenate([bounds, [len(every)]])
    for place in np.flatnonzero(ends - starts > 1):
        under = sorted(set(owners[starts[place] : ends[place]].tolist()))
        if 1 < len({groups.find(number) for number in under}) <= COMMON:
            yield under


def pairs_of(keys: Iterable[list[int]], signed: Sequence[Signature]) -> Iterator[tuple[int, int]]:
    """Give the pairs under each key; where there are many articles, each with the longest and with its neighbour."""
    for under in keys:
        if len(under) <= MANY:
            yield from combinations(under, 2)
            continue
        by_length = sorted(under, key=lambda number: (-signed[number].length, number))
        both = {*pairwise(by_length), *((by_length[0], number) for number in by_length[1:])}
        yield from sorted((min(pair), max(pair)) for pair in both)


def place_copies(signed: Sequence[Signature], numbers: list[int], same: Groups) -> Iterator[Story]:
    """Give the articles of one story: the one that stands for it, and of the others how they relate to it."""
    lead = min(numbers, key=lambda number: (signed[number].published, -signed[number].length, number))
    first = signed[lead]
    for number in numbers:
        copy = signed[number]
        if number == lead:
            yield Story(article_id=copy.article_id, story_id=first.article_id)
            continue
        alike = min(0.99, max(likeness(first, copy), containment(first, copy)[0]))  # 1 is for exact copies alone
        kind, similarity = "near", alike
        if copy.seal == first.seal:
            kind, similarity = "exact", 1.0
        elif same.find(number) != same.find(lead):
            kind, similarity = "rewritten", max(alike, same_bones(first, copy))
        yield Story(
            article_id=copy.article_id,
            story_id=first.article_id,
            copy_of=first.article_id,
            copy_kind=kind,
            similarity=round(similarity, 2),
        )
