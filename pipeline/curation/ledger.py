"""Read the CSV files that are only ever added to (corrections, ids): the exact header, every row whole.

Unlike the word lists, a cell is taken as it stands, blanks included: an id is never trimmed.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.text.words import read_lines, wrong


def read_ledger(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Give each row with the number of its line; a file that is not there has no rows. Raises SeedError."""
    if not path.exists():
        return
    lines = read_lines(path)
    _, header = next(lines, (1, []))
    if header != list(columns):
        raise wrong(path, 1, f'the header is "{",".join(header)}"', f'write it as "{",".join(columns)}"')
    for line, cells in lines:
        if len(cells) != len(columns):
            what = f"the row has {len(cells)} cells, the header {len(columns)}"
            raise wrong(path, line, what, "give each column a cell, and put quotes around a cell that holds a comma")
        yield line, dict(zip(columns, cells, strict=True))


def write_ledger(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Give the text of such a file."""
    return "".join(map(write_row, (columns, *rows)))


def write_row(cells: Sequence[str]) -> str:
    r"""Give one line of such a file.

    >>> write_row(["a", "b, c"])
    'a,"b, c"\n'
    """
    return ",".join(map(quote, cells)) + "\n"


def quote(text: str) -> str:
    r"""Quote a CSV cell where it must be: Python's own writer leaves a lone carriage return bare.

    >>> quote('said "no", twice'), quote("one\rtwo"), quote("plain")
    ('"said ""no"", twice"', '"one\rtwo"', 'plain')
    """
    if "," in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text
