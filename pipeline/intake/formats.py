"""Read one file of any format into drafts of articles: the text, and what the file itself says about it.

A draft keeps apart what a person stated (a field of a record) from what a format merely carries (the metadata of a
page or document), since a person's word in sources.csv stands between the two.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.intake.decode import decode_text
from pipeline.intake.documents import read_docx, read_pdf
from pipeline.intake.drafts import MOST_CHARACTERS, Draft, UnreadableError, too_long
from pipeline.intake.parquet import read_parquet
from pipeline.intake.records import read_json, read_jsonl
from pipeline.intake.web import read_html


@dataclass(frozen=True, slots=True)
class Format:
    """How a file is read, and the size from which on it is not even opened (0: any size, it is read bit by bit)."""

    read: Callable[[Path], Iterator[Draft | UnreadableError]]
    most_bytes: int


def read_drafts(path: Path) -> Iterator[Draft | UnreadableError]:
    """Give the articles of one file, and what of it could not be read; raise UnreadableError for the whole file."""
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        ending = path.suffix or "nothing"
        raise UnreadableError(f"files ending in {ending} are not read", f"save it as one of {ENDINGS}")
    try:
        if form.most_bytes and (size := path.stat().st_size) > form.most_bytes:
            raise too_long(size, "bytes")
        for draft in form.read(path):
            if isinstance(draft, Draft) and len(draft.text) > MOST_CHARACTERS:
                refused = too_long(len(draft.text))
                yield UnreadableError(refused.message, refused.to_do, draft.line)
            else:
                yield draft
    except OSError as error:
        raise UnreadableError(f"it cannot be opened ({error.strerror})", "check the file and its rights") from error


def read_plain(path: Path) -> Iterator[Draft]:
    """Give the decoded file, unchanged."""
    decoded = decode_text(path.read_bytes())
    note = "" if decoded.certain else f"it is not clean UTF-8 and was read as {decoded.encoding}"
    yield Draft(text=decoded.text, note=note)


FORMATS = {
    ".txt": Format(read_plain, 16 * MOST_CHARACTERS),
    ".md": Format(read_plain, 16 * MOST_CHARACTERS),
    ".html": Format(read_html, 5 * MOST_CHARACTERS),
    ".htm": Format(read_html, 5 * MOST_CHARACTERS),
    ".pdf": Format(read_pdf, 100 * MOST_CHARACTERS),
    ".docx": Format(read_docx, 100 * MOST_CHARACTERS),
    ".json": Format(read_json, 50 * MOST_CHARACTERS),
    ".jsonl": Format(read_jsonl, 0),
    ".parquet": Format(read_parquet, 0),
}
ENDINGS = " ".join(FORMATS)
