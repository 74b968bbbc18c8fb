"""Name the file that holds the text of an article, whatever characters its id is made of."""

import hashlib
import re

REFUSED = frozenset('%/\\:*?"<>|') | {chr(c) for c in (*range(32), 127)}
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)  # by Windows, whatever the ending
LONGEST = 200  # bytes; file systems take names of 255


def name_text(article_id: str) -> str:
    """Give the file name of an article's text in `texts/`: its id, with refused characters written as in a URL.

    `urllib.parse.unquote` gives the id back, but for an id too long for a file name, which ends in a seal of itself.

    >>> name_text("kabul-2023"), name_text("wire/2023:7"), name_text("x" * 300)[-20:]
    ('kabul-2023.txt', 'wire%2F2023%3A7.txt', '0d4e2ca9e9cbced7.txt')
    >>> name_text("con"), name_text("NUL.2"), name_text("concert")
    ('%63on.txt', '%4EUL.2.txt', 'concert.txt')
    """
    raw = article_id.encode("utf-8", "replace")
    name = "".join("".join(f"%{b:02X}" for b in c.encode()) if c in REFUSED else c for c in raw.decode("utf-8"))
    if len(name.encode("utf-8")) > LONGEST:
        name = (
            name.encode("utf-8")[: LONGEST - 17].decode("utf-8", "ignore") + "~" + hashlib.sha256(raw).hexdigest()[:16]
        )
    return f"%{ord(name[0]):02X}{name[1:]}.txt" if RESERVED.match(name) else f"{name}.txt"
