"""Words of articles made fit for where the page puts them: no markup of theirs is ever obeyed."""

import html
import re
import textwrap

from pipeline.brief.cells import straighten

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$:~&])")
# Where Streamlit's Markdown would make a link of its own accord, escaped or not.
_LINKED = re.compile(r"(?<=www)(?=\.)|(?<=:)(?=//)|(?=@)", re.IGNORECASE)
_JOINER = "\u2060"  # is not seen


def escape_html(words: object) -> str:
    """Write words so that HTML shows them as they are, in a box that keeps its direction to itself.

    >>> escape_html("<b>5 & more</b>")
    '<bdi>&lt;b&gt;5 &amp; more&lt;/b&gt;</bdi>'
    """
    return f"<bdi>{html.escape(str(words))}</bdi>" if str(words) else ""


def escape_markdown(words: str) -> str:
    r"""Write words so that a label of Streamlit shows them as they are.

    >>> escape_markdown("[x](y) :material/star:")
    '\\[x\\]\\(y\\) \\:material/star\\:'
    """
    plain = straighten(" ".join(words.split()))
    return _MARKDOWN.sub(r"\\\1", _LINKED.sub(_JOINER, plain))


def shorten(words: str, most: int) -> str:
    """Cut words to `most` characters.

    >>> shorten("a very long name indeed", 12)
    'a very long …'
    """
    if len(words) <= most:
        return words
    # A single long word has no blank to cut at.
    return textwrap.shorten(words, most + 1, placeholder=" …") if " " in words[:most] else f"{words[:most]}…"
