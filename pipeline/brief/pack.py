"""The evidence pack: all rows behind a view with the codebook, a read-me and a seal of each file, in one ZIP.

Another desk can check every cell with it: the sentences, their places in the articles, and the seals of the articles'
texts. The same view of the same tables gives the same bytes.
"""

import hashlib
import io
from collections.abc import Iterable, Iterator
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pipeline.brief.readme import READING, tell_facts
from pipeline.brief.rows import TAKEN, stream_rows
from pipeline.brief.table import stream_csv
from pipeline.tables.columns import CODE_LISTS
from pipeline.tables.package import write_codebook
from pipeline.tables.rows import Edition, list_rows
from pipeline.tables.store import Store
from pipeline.view import View

Seals = dict[str, str]
LEFT_OUT = (
    "The texts of the articles are not in this pack, for they are their publishers'. articles.csv has the address of "
    "each and the seal of its text (text_sha256); the offsets of sentences and figures count in that text.",
    "Cells are exact. A program that runs formulas found in cells should read them as text.",
    "codebook.md describes all published tables; SHA256SUMS seals every file (`sha256sum -c SHA256SUMS`).",
)


def write_pack(store: Store, view: View, link: str = "") -> bytes:
    """Write the pack of the incidents that `view` keeps."""
    out = io.BytesIO()
    seals: Seals = {}
    with ZipFile(out, "w", ZIP_DEFLATED) as pack:
        for name, content in _list_files(store, view):
            seals[name] = _add(pack, name, content)
        readme = write_readme(store, view, link, seals).encode("utf-8", "replace")
        seals["README.md"] = _add(pack, "README.md", [readme])
        _add(pack, "SHA256SUMS", [f"{seal}  {name}\n".encode() for name, seal in sorted(seals.items())])
    return out.getvalue()


def write_readme(store: Store, view: View, link: str, seals: Seals) -> str:
    """Give the read-me: what was asked, how to read it, and the seals of the files."""
    parts = [
        "# Incidents: evidence pack",
        "\n".join(f"- {name}: {value}" for name, value in tell_facts(store, view, link)),
        "## How to read it",
        "\n".join(f"- {line}" for line in (*READING, *LEFT_OUT)),
        "## Files",
        "\n".join(["| file | SHA-256 |", "|---|---|", *(f"| {name} | {seal} |" for name, seal in seals.items())]),
    ]
    return "\n\n".join(parts) + "\n"


def _list_files(store: Store, view: View) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Give the files by name, each in pieces."""
    yield "codebook.md", [write_codebook().encode()]
    codes = list_rows(CODE_LISTS, Edition(articles=(), stories=(), incidents=()))
    yield "codes.csv", stream_csv(CODE_LISTS.columns, iter([codes]))
    for table in TAKEN:
        yield f"{table.name}.csv", stream_csv(table.columns, stream_rows(store, view, table))


def _add(pack: ZipFile, name: str, pieces: Iterable[bytes]) -> str:
    """Add a file without a clock, and give its seal."""
    info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type, info.external_attr, info.create_system = ZIP_DEFLATED, 0o644 << 16, 3
    content = b"".join(pieces)
    pack.writestr(info, content)
    return hashlib.sha256(content).hexdigest()
