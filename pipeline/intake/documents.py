"""Read the text of PDF and Word files, as paragraphs with a blank line between them.

A PDF knows lines and not paragraphs: its lines are joined again, and what every page repeats at its head or foot is
left out, so that a sentence may run on over the page. Dates in their metadata are those of a file, not of an article.
"""

import logging
import re
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain, pairwise
from pathlib import Path

import docx
from docx.document import Document
from docx.table import Table, _Cell
from pypdf import PdfReader
from pypdf.errors import DependencyError

from pipeline.intake.drafts import MOST_CHARACTERS, Draft, UnreadableError, too_long

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of how a file is made, amid the progress
FULL_STOP = re.compile(r"[.!?:…][\"'”’»)\]]*\Z")
PAGE_NUMBER = re.compile(r"(?:page\s+)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
MOST_UNPACKED = 50 * MOST_CHARACTERS
MOST_XML = 8 * MOST_CHARACTERS  # bytes of a Word document without its pictures
MOST_PAGES = 2_000
MOST_CELLS = 1_000  # that a cell of a table may span
MOST_SECONDS = 30.0  # of the processor, for one document
TOO_SLOW = f"reading it takes more than {MOST_SECONDS:g} seconds"


class SlowError(Exception):
    """A document takes longer than it may."""


def read_pdf(path: Path) -> Iterator[Draft]:
    """Give the text of a PDF, or raise UnreadableError where it is locked, broken or has no text."""
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError("the PDF is locked by a password", "save a copy without the password")
        pages, note = read_pages(reader)
        title = str((reader.metadata and reader.metadata.title) or "")
    except (UnreadableError, OSError):
        raise
    except DependencyError as error:
        raise UnreadableError("the PDF is encrypted", "save a copy without encryption") from error
    except Exception as error:  # pypdf raises what it stumbles over, from KeyError to RecursionError
        raise UnreadableError(f"the PDF is damaged ({type(error).__name__})", "save it again") from error
    text = join_pages(pages)
    if not text:
        raise UnreadableError("the PDF holds no text, perhaps only scanned pages", "run it through OCR")
    yield Draft(text=text, title=title if is_heading(title, text) else "", note=note)


def read_pages(reader: PdfReader) -> tuple[list[list[str]], str]:
    """Give the lines of each page, and a doubt where there are more pages than are read, or they take too long."""
    watch, pages, size = start_watch(), list[list[str]](), 0
    for page in reader.pages:
        if len(pages) == MOST_PAGES:
            return pages, f"only its first {MOST_PAGES:,} pages were read"
        try:
            watch()
            words = page.extract_text(visitor_operand_before=watch)
        except SlowError:
            return (
                pages,
                f"only its first {len(pages):,} pages were read: {TOO_SLOW}",
            )
        lines = [line.replace("\x00", "").strip() for line in words.splitlines()]
        size += sum(map(len, lines))
        if size > MOST_CHARACTERS:
            raise too_long(size)
        pages.append(lines)
    return pages, ""


def start_watch() -> Callable[..., None]:
    """Give what raises SlowError once the processor has worked on a document for as long as it may."""
    until = time.thread_time() + MOST_SECONDS

    def watch(*_: object) -> None:
        if time.thread_time() > until:
            raise SlowError

    return watch


def is_heading(title: str, text: str) -> bool:
    """Say whether a title from metadata is one that the document shows; many only name the program or an old file."""
    return bool(title.strip()) and " ".join(title.split()).casefold() in " ".join(text[:2000].split()).casefold()


def join_pages(pages: list[list[str]]) -> str:
    r"""Join the lines of all pages into paragraphs, without what stands at the head or foot of the pages.

    >>> join_pages([["A bomb hit the city market,", "police said.", "1"], ["Four people died.", "2"]])
    'A bomb hit the city market, police said.\n\nFour people died.'
    """
    filled = [strip_blank(page) for page in pages]
    ends = Counter(chain.from_iterable({mask(line) for line in page[:2] + page[-2:]} for page in filled))
    repeated = {line for line, count in ends.items() if count >= 3 and count * 2 > len(pages)}
    return join_lines(list(chain.from_iterable(without_furniture(page, repeated) for page in filled)))


def strip_blank(lines: list[str]) -> list[str]:
    """Give lines without the empty ones at either end."""
    filled = [place for place, line in enumerate(lines) if line]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def without_furniture(page: list[str], repeated: set[str]) -> list[str]:
    """Take page numbers, and lines that most pages repeat, from the first and last two lines of a page."""
    last = len(page) - 2
    return [line for place, line in enumerate(page) if 1 < place < last or not is_furniture(line, repeated)]


def mask(line: str) -> str:
    """Give a line without what changes from page to page."""
    return re.sub(r"\d+", "0", line)


def is_furniture(line: str, repeated: set[str]) -> bool:
    """Say whether a line belongs to the page and not to the text."""
    return bool(PAGE_NUMBER.fullmatch(line)) or mask(line) in repeated


def join_lines(lines: list[str]) -> str:
    """Join lines into paragraphs: one ends at an empty line, or where a short line ends a sentence or is a heading."""
    width = max((len(line) for line in lines), default=0)
    paragraphs = [""]
    for line, after in pairwise([*lines, ""]):
        paragraphs[-1] = join_line(paragraphs[-1], line)
        short = len(line) + len(after.split(" ")[0]) < width * 0.85  # the next word would have fitted into the line
        opens = bool(re.match(r"[\"'“‘«(\[•–—-]?\s*[A-Z0-9À-Þ•]", after))
        if not line or (opens and short and (FULL_STOP.search(line) or len(line) < width * 0.6)):
            paragraphs.append("")
    return "\n\n".join(filter(None, paragraphs))


def join_line(before: str, line: str) -> str:
    """Put a line after the words before it, mending a word that was broken at the line's end.

    >>> join_line("the sur-", "vivors"), join_line("the mid-", "March attack"), join_line("he", "said")
    ('the survivors', 'the mid-March attack', 'he said')
    """
    if re.search(r"[a-z]-\Z", before):
        return before[:-1] + line if line[:1].islower() else before + line
    return f"{before} {line}".strip()


def read_docx(path: Path) -> Iterator[Draft]:
    """Give the paragraphs and table rows of a Word document, in the order in which they stand."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
        for most, ending in ((MOST_UNPACKED, ""), (MOST_XML, (".xml", ".rels"))):
            if (size := sum(part.file_size for part in parts if part.filename.lower().endswith(ending))) > most:
                raise too_long(size, "bytes")
        document = docx.Document(str(path))
        if any(not span.isdigit() or int(span) > MOST_CELLS for span in document.element.xpath("//w:gridSpan/@w:val")):
            raise UnreadableError("the Word file has a table of more columns than are read", "save it as plain text")
        text = "\n\n".join(filter(None, read_items(document, start_watch())))
        title = " ".join((document.core_properties.title or "").split())
    except (UnreadableError, OSError):
        raise
    except SlowError as error:
        raise UnreadableError(TOO_SLOW, "save it as plain text, or split it") from error
    except Exception as error:  # python-docx raises what it stumbles over, from KeyError to lxml's own
        raise UnreadableError(f"the Word file is damaged ({type(error).__name__})", "save it again as .docx") from error
    yield Draft(text=text, title="" if title == "Word Document" else title)


def read_items(part: Document | _Cell, watch: Callable[..., None]) -> Iterator[str]:
    """Give each paragraph, and each row of a table as one line: what stands in a row belongs together."""
    for item in part.iter_inner_content():
        watch()
        if isinstance(item, Table):
            for row in item.rows:
                cells = {id(cell._tc): cell for cell in row.cells}  # a merged cell is there once for each column
                yield " | ".join(filter(None, (" ".join(read_items(cell, watch)) for cell in cells.values())))
        else:
            yield item.text.strip()
