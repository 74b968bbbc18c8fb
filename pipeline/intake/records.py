"""Read articles from JSON and JSONL records: {id, title, text, published, outlet, url, author}, `text` alone needed.

A record may also say which stretches of its text are `captions`, as [[start, end], ...]. A broken line or record costs
itself only: it is given back as what could not be read, and the rest is read.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from pipeline.dates.stated_days import read_published
from pipeline.intake.decode import decode_text
from pipeline.intake.drafts import MOST_CHARACTERS, Draft, UnreadableError, too_long

LONE_SURROGATE = re.compile("[\ud800-\udfff]")
MOST_SPANS = 10_000  # captions of one text
MOST_LINE = 16 * MOST_CHARACTERS  # bytes of one record


def read_jsonl(path: Path) -> Iterator[Draft | UnreadableError]:
    """Give the record of each line, reading one line at a time."""
    with path.open("rb") as file:
        if file.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            raise UnreadableError("it is UTF-16", "save it as UTF-8")
        file.seek(0)
        for line, data in enumerate(list_lines(file), 1):
            if isinstance(data, int):
                refused = too_long(data, "bytes")
                yield UnreadableError(refused.message, refused.to_do, line)
            elif data.strip(b" \t\r\n\xef\xbb\xbf"):
                yield read_line(data, line)


def list_lines(file: BinaryIO) -> Iterator[bytes | int]:
    """Give each line, or only the length of one that is too long to be held."""
    while data := file.readline(MOST_LINE):
        size, piece = len(data), data
        while len(piece) == MOST_LINE and not piece.endswith(b"\n"):
            piece = file.readline(MOST_LINE)
            size += len(piece)
        yield data if size <= MOST_LINE else size


def read_line(data: bytes, line: int) -> Draft | UnreadableError:
    """Give the record of one line, or what is wrong with it."""
    try:
        return read_record(load(data), line)
    except UnreadableError as error:
        return UnreadableError(error.message, error.to_do, line)


def read_json(path: Path) -> Iterator[Draft | UnreadableError]:
    """Give the records of a JSON file: one record, a list of them, or a list under the key `articles`."""
    found = load(path.read_bytes())
    if isinstance(found, dict) and isinstance(found.get("articles"), list):
        found = found["articles"]
    if not isinstance(found, list):
        yield read_record(found, None)
        return
    for number, record in enumerate(found, 1):
        try:
            yield read_record(record, number)
        except UnreadableError as error:
            yield UnreadableError(error.message, error.to_do, number)


def load(data: bytes) -> object:
    """Decode and parse JSON, or raise UnreadableError."""
    try:
        return json.loads(decode_text(data).text)
    except json.JSONDecodeError as error:
        raise UnreadableError(f"it is no JSON ({error.msg} at character {error.pos})", "mend it") from error
    except ValueError as error:  # a number of thousands of digits
        raise UnreadableError("its JSON holds a number that is too long", "write it as words") from error
    except RecursionError as error:
        raise UnreadableError("its JSON is nested too deep", "give one flat record an article") from error


def read_record(record: object, line: int | None) -> Draft:
    """Give the draft of one record, or raise UnreadableError."""
    if not isinstance(record, dict):
        raise UnreadableError("it is no record in curly brackets", "write {...} with a field `text`")
    text = record.get("text")
    if not isinstance(text, str):
        raise UnreadableError("it has no field `text` with the article", "add the text")
    published, note = read_published(record.get("published")), ""
    if published is None and record.get("published"):
        note = f'its publication date "{one_line(record["published"])}" is no date (YYYY-MM-DD) and was left out'
    return Draft(
        text=LONE_SURROGATE.sub("�", text),
        article_id=one_line(record.get("id")),
        published=published,
        stated=True,
        line=line,
        note=note,
        title=one_line(record.get("title")),
        outlet=one_line(record.get("outlet")),
        author=one_line(record.get("author")),
        url=one_line(record.get("url")),
        caption_spans=read_spans(record.get("captions"), len(text)),
    )


def read_spans(value: object, length: int) -> tuple[tuple[int, int], ...]:
    """Give the stretches of the text that a record says are captions; what is no stretch of it is passed over.

    >>> read_spans([[0, 4], [3, 90], ["a", 2], 7], 10)
    ((0, 4),)
    """
    pairs = [one for one in value if isinstance(one, list) and len(one) == 2] if isinstance(value, list) else []
    whole = [(start, end) for start, end in pairs if isinstance(start, int) and isinstance(end, int)]
    return tuple((start, end) for start, end in whole[:MOST_SPANS] if 0 <= start < end <= length)


def one_line(value: object) -> str:
    """Give a field as one line of text; a list is joined, anything else but words and numbers is not there.

    >>> one_line(["Ann Lee", "Bo Ray"]), one_line(12), one_line(None)
    ('Ann Lee | Bo Ray', '12', '')
    """
    if isinstance(value, list):
        return " | ".join(filter(None, map(one_line, value)))
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return " ".join(LONE_SURROGATE.sub("�", str(value)).split())
