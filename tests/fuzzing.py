"""Feed broken bytes to every reader of what strangers send, and keep what breaks one (`make fuzz`).

A case is a file of the corpus, changed at random: bytes flipped, cut, doubled, swapped with those of other files, and
signs put in that readers stumble over. A reader may give something or raise one of its own errors, within seconds, and
every stretch that it names holds the words that it says. `python tests/fuzzing.py SECONDS` runs; what breaks a reader
lies in `tests/fuzz/corpus` afterwards, beside what broke one before.
"""

import hashlib
import io
import random
import signal
import sys
import tempfile
import time
import zipfile
from contextlib import contextmanager
from email.message import Message
from pathlib import Path
from urllib.parse import parse_qs

from stretches import check_stretches

from pipeline.curation.decisions import load_corrections
from pipeline.curation.ids import load_registry
from pipeline.curation.signing import LogError
from pipeline.curation.upload_file import read_upload
from pipeline.curation.upload_raw import UploadError
from pipeline.dates.stated_days import read_published
from pipeline.intake.articles import read_articles
from pipeline.intake.decode import decode_text
from pipeline.intake.drafts import UnreadableError
from pipeline.intake.fetch import unpack
from pipeline.intake.fetch_guard import RefusedError, check_url
from pipeline.intake.published import infer_published
from pipeline.intake.sources import load_sources
from pipeline.model import Article
from pipeline.reports.language import load_tools
from pipeline.reports.read import read_article
from pipeline.suggest import trust_url
from pipeline.text.words import SeedError
from pipeline.view.view import View

CORPUS = Path(__file__).parent / "fuzz" / "corpus"
ARTICLES = Path(__file__).parents[1] / "seeds" / "articles"
SLOW = 60  # seconds, on a busy machine
OURS = (SeedError, UnreadableError, UploadError, RefusedError, LogError)
SIGNS = (
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b'"',
    b"'",
    b"<",
    b">",
    b"&#x0;",
    b"&lt;",
    b"\\ud800",
    b"\r\n",
    b"\n\n",
    b"{",
    b"[",
    b"]",
    b"}",
    b",",
    b"|",
    b"1" * 5000,
    b"-1",
    b"1e999",
    b"NaN",
    b"null",
    b"%00",
    b"http://[",
    b"//@",
    "\u202e\u200b\u2028".encode(),
    "e\u0301".encode() * 20,
    b"2023-02-30",
    b"9999-12-31",
    b"0000",
    b"<script>",
    b"obj",
    b"stream",
    b"killed four people",
    b"in Kabul",
    b"on May 3, 2021",
    b" a year later ",
    b"at least ",
    b"\x1b[31m",
    b"=cmd()",
    b"@graph",
)


def read_file(data, ending, folder):
    """Read a file as an article is read, to the last offset."""
    path = folder / f"case{ending}"
    path.write_bytes(data)
    for one in read_articles((path,)):
        if isinstance(one, Article):
            read_text(one)


def read_text(article):
    """Read an article, and hold every stretch that is named against its text."""
    check_stretches(article, read_article(article, load_tools()))


def read_tables(data, ending, folder):
    """Read bytes as each of the tables that people write."""
    for name, read in (("corrections.csv", load_corrections), ("ids.csv", load_registry)):
        (folder / name).write_bytes(data)
        call(read, folder / name)
    (folder / "sources.csv").write_bytes(data)
    call(load_sources, folder)


def read_address(data, ending, folder):
    """Read bytes as an address of the web, as a link of the page and as the address that a page gives itself."""
    words = data.decode("utf-8", "replace")
    call(check_url, words)
    trust_url(words, "https://news.example/")
    view = View.from_query(parse_qs(words, keep_blank_values=True))
    assert View.from_query(view.to_query()) == view, "a link gives the view back"


def read_answer(data, ending, folder):
    """Read bytes as what a server said: packed content, and the kind of it in a header."""
    for encoding in ("gzip", "br", "zstd", "identity", data[:20].decode("latin-1")):
        call(unpack, data, encoding, 100_000)
    header = Message()
    header["Content-Type"] = data[:200].decode("latin-1").replace("\n", " ").replace("\r", " ")
    header.get_content_type()


def read_sheet(data, ending, folder):
    """Read bytes as a table that comes back."""
    read_upload(data, f"back{ending}")


def read_pieces(data, ending, folder):
    """Read bytes as text, and the text for days of publication."""
    words = decode_text(data).text
    read_published(words[:200])
    infer_published(words)


def call(read, *given):
    """Call a reader that may refuse."""
    try:
        return read(*given)
    except OURS:
        return None


READERS = {
    ".txt": (read_file, read_pieces),
    ".md": (read_file, read_pieces),
    ".html": (read_file, read_pieces),
    ".pdf": (read_file,),
    ".docx": (read_file,),
    ".json": (read_file,),
    ".jsonl": (read_file,),
    ".csv": (read_tables, read_sheet),
    ".xlsx": (read_sheet,),
    ".url": (read_address,),
    ".gz": (read_answer,),
}


@contextmanager
def watch(seconds):
    """Raise TimeoutError in what takes longer."""

    def ring(*_):
        raise TimeoutError(f"it takes more than {seconds} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def try_case(data, ending):
    """Give it to every reader of its kind; raises whatever is none of our own errors."""
    with tempfile.TemporaryDirectory() as folder:
        for read in READERS[ending]:
            with watch(SLOW):
                call(read, data, ending, Path(folder))


def mutate(rng, data, others):
    """Change bytes in one to eight ways; of a packed file mostly a part, so that the change is not only a wrong sum."""
    if data.startswith(b"PK") and rng.random() < 0.8:
        return change_part(rng, data)
    for _ in range(rng.choice((1, 1, 2, 4, 8))):
        data = rng.choice(CHANGES)(rng, data, others)
    return data[:200_000]


def change_part(rng, data):
    """Change one part of an archive and pack it again."""
    out = io.BytesIO()
    try:
        before = zipfile.ZipFile(io.BytesIO(data))
    except NotImplementedError:  # of the corpus, and so made on purpose
        return flip(rng, data, [])
    with before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        names = before.namelist()
        chosen = rng.choice(names)
        for name in names:
            part = before.read(name)
            after.writestr(name, mutate(rng, part, [part]) if name == chosen else part)
    return out.getvalue()


def flip(rng, data, others):
    """Change one byte."""
    at = rng.randrange(len(data) + 1)
    return data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]


def cut(rng, data, others):
    """Take a stretch out."""
    at = rng.randrange(len(data) + 1)
    return data[:at] + data[at + rng.randrange(1, 200) :]


def double(rng, data, others):
    """Repeat a stretch."""
    at = rng.randrange(len(data) + 1)
    return data[:at] + data[at : at + rng.randrange(1, 60)] * rng.choice((2, 2, 20, 400)) + data[at:]


def put(rng, data, others):
    """Put a sign in."""
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(SIGNS) * rng.choice((1, 1, 1, 50)) + data[at:]


def splice(rng, data, others):
    """Go on with another file."""
    other = rng.choice(others)
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]


CHANGES = (flip, flip, cut, double, put, put, splice)


def list_corpus():
    """Give the files that cases are made of: the project's own articles, and what lies in the corpus."""
    return sorted(path for folder in (ARTICLES, CORPUS) for path in folder.iterdir() if path.suffix in READERS)


def run(seconds, seed):
    """Try changed files for so many seconds; give how many were tried, and what broke a reader."""
    rng, until, tried, found = random.Random(seed), time.monotonic() + seconds, 0, []
    files = [(path.read_bytes(), path.suffix) for path in list_corpus()]
    while time.monotonic() < until:
        data, ending = rng.choice(files)
        case = mutate(rng, data, [other for other, kind in files if kind == ending])
        tried += 1
        try:
            try_case(case, ending)
        except Exception as error:
            found.append((case, ending, error))
    return tried, found


def main():
    """Run, and keep what broke a reader."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time())
    tried, found = run(seconds, seed)
    for case, ending, error in found:
        path = CORPUS / f"found-{hashlib.sha256(case).hexdigest()[:12]}{ending}"
        path.write_bytes(case)
        print(f"{path.name}: {type(error).__name__}: {str(error)[:200]}")
    print(f"{tried:,} cases in {seconds} seconds, seed {seed}: {len(found)} broke a reader")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
