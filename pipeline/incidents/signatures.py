"""Sign articles, so that copies of one text can be found without holding the texts.

A signature is about two kilobytes: a MinHash of the runs of five words, a hash of each sentence, and a hash of the
names and numbers of each sentence, which a rewritten copy keeps.
"""

import hashlib
import re
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import msgspec
import numpy as np
from datasketch import MinHash
from numpy.typing import NDArray

from pipeline.model import Article

RUN = 5  # words
PERMUTATIONS = 128
CHUNK = 20_000  # runs hashed at once: bounds the memory that a long text takes
MIXERS = np.array([0x9E3779B97F4A7C15 ** (2 * place + 1) % 2**64 for place in range(RUN)], np.uint64)  # odd numbers
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+|\n\s*\n")
WORD = re.compile(r"\w+")
LEAST_WORDS = 6  # a shorter sentence ("He declined to comment.") stands in unrelated texts
ANCHOR = re.compile(r"\d[\d.,]*|(?<=[\w,;:] )[A-Z][\w’'-]+")
LEAST_ANCHORS = 2
OUTLET = "outlet"
ARRAYS = {"minhash": np.uint32, "sentences": np.uint64, "words": np.uint32, "bones": np.uint64, "bone_words": np.uint32}


@dataclass(frozen=True, slots=True, eq=False)
class Signature:
    """What tells an article's text from others: `sentences` and `bones` are hashes, with the words they stand for.

    `length` is in words; `seal` is the hash of all of them.
    """

    article_id: str
    published: date
    length: int
    seal: bytes
    minhash: NDArray[np.uint32]
    sentences: NDArray[np.uint64]
    words: NDArray[np.uint32]
    bones: NDArray[np.uint64]
    bone_words: NDArray[np.uint32]


def sign_article(article: Article) -> Signature:
    """Give the signature of an article; the outlet's own name in its text counts as no difference."""
    text = without_outlet(unicodedata.normalize("NFKC", article.text), article.outlet)
    every = WORD.findall(text.casefold()) or [article.article_id]  # a text without words is like no other
    sentences = [(WORD.findall(sentence.casefold()), sentence) for sentence in SENTENCE_END.split(text)]
    real = [(words, sentence) for words, sentence in sentences if len(words) >= LEAST_WORDS]
    anchored = ((find_anchors(sentence), len(words)) for words, sentence in real)
    bones = [(anchors, count) for anchors, count in anchored if len(anchors) >= LEAST_ANCHORS]
    return Signature(
        article_id=article.article_id,
        published=article.published.first if article.published else date.max,
        length=len(every),
        seal=hashlib.blake2b(" ".join(every).encode(), digest_size=16).digest(),
        minhash=hash_runs(every),
        sentences=np.fromiter((hash_words(words) for words, _ in real), np.uint64, len(real)),
        words=np.fromiter((len(words) for words, _ in real), np.uint32, len(real)),
        bones=np.fromiter((hash_words(anchors) for anchors, _ in bones), np.uint64, len(bones)),
        bone_words=np.fromiter((count for _, count in bones), np.uint32, len(bones)),
    )


def pack_signature(signed: Signature) -> bytes:
    """Give a signature as bytes, to be kept or sent.

    >>> one = sign_article(Article(article_id="a", text="One bomb. Two bombs."))
    >>> unpack_signature(pack_signature(one)).minhash.tolist() == one.minhash.tolist()
    True
    """
    plain = (signed.article_id, signed.published.toordinal(), signed.length, signed.seal)
    return msgspec.msgpack.encode((*plain, *(getattr(signed, name).tobytes() for name in ARRAYS)))


def unpack_signature(packed: bytes) -> Signature:
    """Give the signature that `pack_signature` packed; its arrays look into the bytes."""
    article_id, published, length, seal, *arrays = msgspec.msgpack.decode(packed)
    held = {name: np.frombuffer(data, form) for (name, form), data in zip(ARRAYS.items(), arrays, strict=True)}
    return Signature(article_id=article_id, published=date.fromordinal(published), length=length, seal=seal, **held)


def without_outlet(text: str, outlet: str) -> str:
    """Put one word for every naming of the outlet, since a copy swaps the name ("told Plain News").

    >>> without_outlet("He told Plain News. Plain News’ Ann Lee reported.", "Plain News")
    'He told outlet. outlet’ Ann Lee reported.'
    """
    name = unicodedata.normalize("NFKC", outlet).strip()
    return re.sub(rf"\b{re.escape(name)}(?!\w)", OUTLET, text) if name else text


def find_anchors(sentence: str) -> list[str]:
    """Give the names and numbers of a sentence, which outlive a swap of its words; its first word is no sign of a name.

    >>> find_anchors("Police in Herat said 14 people, among them Ali Reza, died.")
    ['Herat', '14', 'Ali', 'Reza']
    """
    return [found.rstrip(".,") for found in ANCHOR.findall(sentence)]


def hash_words(words: list[str]) -> int:
    """Give 64 bits for some words."""
    return int.from_bytes(hashlib.blake2b(" ".join(words).encode(), digest_size=8).digest(), "little")


def hash_runs(words: list[str]) -> NDArray[np.uint32]:
    """Give the MinHash of the runs of five words; a shorter text is one run."""
    minhash = MinHash(num_perm=PERMUTATIONS, hashfunc=int)
    padded = words + [""] * (RUN - len(words))
    hashes = np.fromiter((zlib.crc32(word.encode()) for word in padded), np.uint64, len(padded)) + np.uint64(1)
    runs = sum((hashes[place : len(hashes) - RUN + 1 + place] * MIXERS[place] for place in range(RUN)), np.uint64(0))
    for chunk in chunks(np.unique(np.asarray(runs) >> np.uint64(32))):
        minhash.update_batch(chunk)
    return np.asarray(minhash.hashvalues, np.uint32)


def chunks(hashes: NDArray[np.uint64]) -> Iterator[NDArray[np.uint64]]:
    """Give the hashes a part at a time."""
    return (hashes[start : start + CHUNK] for start in range(0, len(hashes), CHUNK))


def likeness(one: Signature, other: Signature) -> float:
    """Estimate which share of the runs of both texts is common to both (Jaccard)."""
    return float(np.mean(one.minhash == other.minhash))


def containment(one: Signature, other: Signature) -> tuple[float, NDArray[np.bool_]]:
    """Give which share of the shorter text, by words, stands in the longer as whole sentences, and which those are."""
    short, long = sorted((one, other), key=lambda signature: int(signature.words.sum()))
    shared = np.isin(short.sentences, long.sentences)
    return int(short.words[shared].sum()) / max(1, int(short.words.sum())), shared
