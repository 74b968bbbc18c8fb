"""Links that open a publisher's page at the very sentence: a text fragment, as browsers read it.

A short sentence is named whole; a long one by its first and last words, and where these words stand in the text more
than once, by the words before and after it too.
"""

import re
from urllib.parse import quote

from pipeline.brief.cells import find_link

Span = tuple[int, int]
WHOLE = 140  # characters of a sentence that is named whole
ENDS, AROUND = 6, 4  # words at either end of a longer one, and words beside it


def link_sentence(url: str, text: str, span: Span) -> str:
    """Give the address of a page with a fragment that names the sentence, "" where the address is not one to follow.

    >>> link_sentence("https://example.org/a#top", "One. Two-three, four.", (5, 21))
    'https://example.org/a#top:~:text=Two%2Dthree%2C%20four.'
    >>> link_sentence("javascript:alert(1)", "One.", (0, 4))
    ''
    """
    safe = find_link(url)
    if not safe:
        return ""
    named = name_sentence(text, span)
    base, mark, anchor = safe.partition("#")
    return f"{base}#{anchor.partition(':~:')[0]}:~:text={named}" if named else base + mark + anchor


def name_sentence(text: str, span: Span) -> str:
    """Give what follows `text=`.

    >>> name_sentence("It rained. It rained. We left.", (11, 21))
    'It%20rained.-,It%20rained.,-We%20left.'
    """
    sentence = _flatten(text[slice(*span)])
    if not sentence:
        return ""
    words = sentence.split(" ")
    # What is named whole must stand in one paragraph of the page; a range may reach over several.
    short = len(sentence) <= WHOLE and "\n" not in text[slice(*span)].strip()
    if short or len(words) < 2 * ENDS:
        parts, first = [sentence], sentence
    else:
        parts = [" ".join(words[:ENDS]), " ".join(words[-ENDS:])]
        first = parts[0]
    encoded = [_encode(part) for part in parts]
    if _flatten(text).count(first) > 1 or not short:
        # A line of its own may be another block of the page, whose words are no neighbours to a browser.
        before = _flatten(text[: span[0]].rpartition("\n")[2]).split(" ")[-AROUND:]
        after = _flatten(text[span[1] :].partition("\n")[0]).split(" ")[:AROUND]
        if before != [""]:
            encoded.insert(0, _encode(" ".join(before)) + "-")
        if after != [""]:
            encoded.append("-" + _encode(" ".join(after)))
    return ",".join(encoded)


def _flatten(words: str) -> str:
    """Write words as a page shows them, in one line."""
    return re.sub(r"\s+", " ", words).strip()


def _encode(words: str) -> str:
    """Encode words for a fragment, where a hyphen and a comma have a meaning of their own."""
    return quote(words.encode("utf-8", "replace"), safe="").replace("-", "%2D")
