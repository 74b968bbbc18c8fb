"""Single cells on their way out: exact, or harmless to the program that opens them.

What articles say is not ours, and may be written to be run: as a formula by a spreadsheet, as markup by whatever shows
HTML, as an address that is none.
"""

import html
import re
from urllib.parse import urlsplit

# What a spreadsheet takes for the start of a formula: in a cell, and in what it may cut off as a cell of its own where
# it parts columns by semicolons, as it does in many countries. The wide forms count in East Asian ones.
_FORMULA = re.compile(r"(^|[;\t\r\n])(?=\s*[=+\-@＝＋－＠])|^(?=[\t\r\n])")
# What XML 1.0 cannot hold, not even escaped.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Characters that turn the direction of the text around them.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


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
    r"""Take out what turns the direction of text, and what no XML can hold.

    >>> straighten("a\u202eb\x00c")
    'abc'
    """
    return _NO_XML.sub("", _TURNS.sub("", text))


def keep_xml(text: str) -> str:
    """Take out only what no XML can hold."""
    return _NO_XML.sub("", text)


def find_link(url: str) -> str:
    """Give the address if it is one that a reader may be sent to, else "".

    >>> find_link("https://example.org/a"), find_link("javascript:alert(1)"), find_link("https:///nowhere")
    ('https://example.org/a', '', '')
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else ""
