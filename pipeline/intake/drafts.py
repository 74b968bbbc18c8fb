"""What a format gives: a draft of an article, or the reason why there is none."""

from dataclasses import dataclass

from pipeline.model import Published

MOST_CHARACTERS = 2_000_000  # about 350,000 words: longer than any article, and what a laptop reads in a minute


class UnreadableError(Exception):
    """A file or record that cannot be read as an article: what is wrong, and what a person can do."""

    def __init__(self, message: str, to_do: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.to_do = to_do
        self.line = line


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One article as its file gives it; `stated` says that a person wrote these fields beside the text."""

    text: str
    article_id: str = ""
    title: str = ""
    outlet: str = ""
    author: str = ""
    url: str = ""
    published: Published | None = None
    stated: bool = False
    line: int | None = None  # where the file holds many
    note: str = ""  # a doubt about the reading itself
    caption_spans: tuple[tuple[int, int], ...] = ()


def too_long(size: int, unit: str = "characters") -> UnreadableError:
    """Word the refusal of what is too long for one article.

    >>> too_long(20_000_000).message
    'it has 20,000,000 characters, more than the 2,000,000 that one article may have'
    """
    message = f"it has {size:,} {unit}, more than the {MOST_CHARACTERS:,} that one article may have"
    return UnreadableError(message, "split it into its articles")
