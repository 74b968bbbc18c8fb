"""Single cells on their way out: exact, or harmless to the program that opens them.

What articles say is not ours, and may be written to be run: as a formula by a spreadsheet, as markup by whatever shows
HTML, as an address that is none.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import urlsplit

# What a spreadsheet takes for the start of a formula: in a cell, and in what it may cut off as a cell of its own where
# it parts columns by semicolons, as it does in many countries. The wide forms count in East Asian ones.
_FORMULA = re.compile(r"(^|[;\t\r\n])(?=\s*[=+\-@＝＋－＠])|^(?=[\t\r\n])")
# What XML 1.0 cannot hold, not even escaped.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Characters that turn the direction of the text around them.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
# What no address has: browsers pass over some of these, and turn others into a slash.
_NO_ADDRESS = re.compile(r"[^\S ]|\\")
# Joiners without which Persian and many pictures fall apart.
_JOINERS = "\u200c\u200d"
_MOST_MARKS = 5  # on one letter


def defuse(text: str) -> str:
    """Put an apostrophe before whatever a spreadsheet would reckon with.

    >>> defuse("=1+1"), defuse(" -3"), defuse("a=b"), defuse("so;=1+1")
    ("'=1+1", "' -3", 'a=b', "so;'=1+1")
    """
    return _FORMULA.sub(lambda found: f"{found[1] or ''}'", text)


def defuse_html(text: str) -> str:
    """Write words so that HTML shows them as they are, and a spreadsheet on the way there runs no formula.

    >>> defuse_html("=1+1 <b>"), defuse_html("plain")
    ('&#61;1+1 &lt;b&gt;', 'plain')
    """
    safe = html.escape(straighten(text)).strip()
    return f"&#{ord(safe[0])};{safe[1:]}" if safe.startswith(tuple("=+-@＝＋－＠")) else safe


def straighten(text: str) -> str:
    r"""Take out what turns the direction of text, what no XML can hold, and marks piled up over other lines.

    >>> straighten("a\u202eb\x00c"), len(straighten("Z" + "\u0335" * 99))
    ('abc', 6)
    """
    plain = _NO_XML.sub("", _TURNS.sub("", text))
    return plain if plain.isascii() else "".join(_thin_marks(plain))


def _thin_marks(text: str) -> Iterator[str]:
    """Give the characters of a text, with at most so many marks in a row as scripts use."""
    piled = 0
    for one in text:
        piled = piled + 1 if unicodedata.category(one) in ("Mn", "Me") else 0
        if piled <= _MOST_MARKS:
            yield one


def keep_xml(text: str) -> str:
    """Take out only what no XML can hold."""
    return _NO_XML.sub("", text)


def show_signs(text: str) -> str:
    r"""Write out what a terminal or a log would obey or hide: controls, turns of direction, what has no letter.

    >>> print(show_signs("a\x1b[2Jb\u202ec\x00"), show_signs("\u06a9\u200c\u0627"))
    a\x1b[2Jb\u202ec\x00 \u06a9\u200c\u0627
    """
    return text if text.isprintable() else "".join(map(_show_sign, text))


def _show_sign(one: str) -> str:
    """Give one character as it is, or its number."""
    if one.isprintable() or one == "\n" or one in _JOINERS or unicodedata.category(one) == "Zs":
        return one
    return (
        f"\\x{ord(one):02x}" if ord(one) < 256 else f"\\u{ord(one):04x}" if ord(one) < 65536 else f"\\U{ord(one):08x}"
    )


def find_link(url: str) -> str:
    """Give the address if it is one that a reader may be sent to, else ""; letters that pass for others are told apart.

    >>> find_link("https://example.org/a"), find_link("javascript:alert(1)"), find_link("https:///nowhere")
    ('https://example.org/a', '', '')
    >>> find_link("https://bank.example@evil.example/"), find_link("https://\u0435xample.org/")[8:12]
    ('', 'xn--')
    """
    text = url.strip()
    if not _NO_ADDRESS.search(text) and show_signs(text) == text:
        try:
            parts = urlsplit(text)
            host = (parts.hostname or "").encode("idna" if not parts.netloc.isascii() else "ascii").decode()
            port = f":{parts.port}" if parts.port is not None else ""
        except ValueError:
            return ""
        if parts.scheme in ("http", "https") and host and "@" not in parts.netloc:
            return text if parts.netloc.isascii() else parts._replace(netloc=f"{host}{port}").geturl()
    return ""
