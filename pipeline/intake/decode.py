"""Turn the bytes of a file into the text in which every offset counts, or say why they are no text.

Line ends and every other character stay as they are; only the mark of the encoding itself (BOM) is not text.
"""

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from pipeline.intake.drafts import UnreadableError

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
WESTERN = re.compile(r"[\xa0-\xff‘’“”‚„–—…•€™ŠšŽžŒœŸ]")
SAMPLE = 65_536


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read in, and whether that encoding is certain."""

    text: str
    encoding: str
    certain: bool = True


def decode_text(data: bytes) -> Decoded:
    """Read `data` as text: by its mark, as UTF-8, as UTF-16, else in the encoding that fits best.

    >>> decode_text("Café".encode("utf-8-sig")).text, decode_text("Café".encode("utf-16")).text
    ('Café', 'Café')
    >>> decode_text("“Café”".encode("cp1252"))
    Decoded(text='“Café”', encoding='cp1252', certain=False)
    """
    for magic, name in MAGIC:
        if data.startswith(magic):
            raise UnreadableError(f"it is {name}, not a text", "give it its own ending, or save it as plain text")
    decoded = next((found for way in WAYS if (found := way(data)) is not None), None)
    if decoded is None or len(CONTROL.findall(decoded.text, 0, SAMPLE)) * 100 > min(len(decoded.text), SAMPLE):
        raise UnreadableError("it holds binary data, not a text", "replace it by the article's text")
    return decoded


def by_mark(data: bytes) -> Decoded | None:
    """Read a text that begins with the mark of its encoding."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            text = data.decode(encoding, errors="replace")
            return Decoded(text, encoding.removesuffix("-sig"), certain="�" not in text)
    return None


def as_utf8(data: bytes) -> Decoded | None:
    r"""Read UTF-8; also where a byte or two were damaged, since the rest could be nothing else.

    >>> as_utf8("naïve – “so”".encode()[:-1])
    Decoded(text='naïve – “so�', encoding='utf-8', certain=False)
    >>> as_utf8(b"caf\xe9")
    """
    if b"\x00" in data[:SAMPLE]:
        return None
    text = data.decode("utf-8", errors="replace")
    damaged = text.count("�") - data.count("�".encode())
    if not damaged:
        return Decoded(text, "utf-8")
    wide = sum(1 for character in text if character > "\x7f") - damaged
    return Decoded(text, "utf-8", certain=False) if wide >= 3 * damaged else None


def as_utf16(data: bytes) -> Decoded | None:
    """Read UTF-16 without a mark: in a Western text every other byte is zero.

    >>> as_utf16("A bus was hit".encode("utf-16-be"))
    Decoded(text='A bus was hit', encoding='utf-16-be', certain=False)
    """
    sample = data[:SAMPLE]
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half, other = sample[first::2], sample[1 - first :: 2]
        if len(half) > 3 and half.count(0) * 2 > len(half) and other.count(0) * 20 < len(other):
            return Decoded(data.decode(encoding, errors="replace"), encoding, certain=False)
    return None


def as_western(data: bytes) -> Decoded | None:
    """Read Windows-1252 (Latin-1 with typographic quotes), where what is not ASCII is rare and looks Western."""
    if b"\x00" in data[:SAMPLE]:
        return None
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    wide = [character for character in text[:SAMPLE] if character > "\x7f"]
    plausible = sum(1 for character in wide if WESTERN.match(character))
    if plausible == len(wide) and len(wide) * 2 <= min(len(text), SAMPLE):
        return Decoded(text, "cp1252", certain=False)
    return None


def as_guessed(data: bytes) -> Decoded | None:
    """Read the encoding that charset-normalizer finds most coherent, if any."""
    if b"\x00" in data[:SAMPLE]:
        return None
    best = from_bytes(data[:SAMPLE]).best()
    if best is None or best.encoding.startswith("utf_"):  # those were tried; any bytes of even length are some UTF-16
        return None
    return Decoded(data.decode(best.encoding, errors="replace"), best.encoding, certain=False)


WAYS = (by_mark, as_utf8, as_utf16, as_western, as_guessed)
