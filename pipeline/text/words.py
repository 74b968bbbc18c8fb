"""Load the tables that people write (word lists, sources), and stop at the first thing wrong with them.

A list that is read half-way would silently change every build, so a bad header, a row of the wrong length or an
empty key is one sentence that names the file, the line and what to do.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
WORDS = SEEDS / "words"
MOST_LINE = 1_000_000  # characters


class SeedError(Exception):
    """One of our own files is wrong: nothing may be published until a person has mended it."""


def load_words(path: Path, columns: Sequence[str], required: Iterable[str] = (), key: str = "") -> list[dict[str, str]]:
    """Give the rows of a CSV file whose header may hold `columns` only, and must hold those `required`.

    `required` is the first column where nothing else is said, and may be empty in no row; no two rows may have the
    same `key`. Cells lose the blanks around them. Raises SeedError.
    """
    needed = tuple(required) or (columns[0],)
    rows: list[dict[str, str]] = []
    seen: dict[str, int] = {}
    lines = read_lines(path)
    header = check_header(path, next(lines, (1, []))[1], columns, needed)
    for line, cells in lines:
        row = check_row(path, line, header, cells, needed)
        if key and (first := seen.setdefault(row[key], line)) != line:
            raise wrong(path, line, f'"{row[key]}" stands in line {first} too', "keep one")
        rows.append(row)
    return rows


def read_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Give the cells of each line of a CSV file that is not blank, with its number, or raise SeedError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(short_lines(file), strict=True)
            for cells in reader:
                if reader.line_num == 1 or any(cell.strip() for cell in cells):
                    yield reader.line_num, cells
    except UnicodeDecodeError as error:
        raise SeedError(f"{path.name}: the file is not UTF-8: save it as CSV UTF-8.") from error
    except csv.Error as error:
        raise wrong(path, reader.line_num, f"the line is no CSV ({error})", "close its quotes") from error
    except OSError as error:
        raise SeedError(f"{path.name}: the file cannot be opened ({error.strerror}): put it back.") from error


def short_lines(file: TextIO) -> Iterator[str]:
    """Give the lines of a file, or raise csv.Error at one that no table has: it is not held as a whole."""
    while line := file.readline(MOST_LINE):
        if len(line) == MOST_LINE:
            raise csv.Error(f"it has more than {MOST_LINE:,} characters")
        yield line


def wrong(path: Path, line: int, what: str, to_do: str) -> SeedError:
    """Word an error: file, line, what is wrong, what to do.

    >>> str(wrong(Path("seeds/words/weapons.csv"), 3, "the row has 2 cells, the header 3", "add the missing cell"))
    'weapons.csv, line 3: the row has 2 cells, the header 3: add the missing cell.'
    """
    return SeedError(f"{path.name}, line {line}: {what}: {to_do}.")


def check_header(path: Path, cells: list[str], columns: Sequence[str], needed: Sequence[str]) -> list[str]:
    """Give the header, or raise SeedError where a column is unknown, missing or there twice."""
    header = [cell.strip() for cell in cells]
    may = f"the columns may be {', '.join(columns)}"
    for name in header:
        if name not in columns:
            raise wrong(path, 1, f'unknown column "{name}"', may)
        if header.count(name) > 1:
            raise wrong(path, 1, f'the column "{name}" is there twice', "remove one")
    for name in needed:
        if name not in header:
            raise wrong(path, 1, f'the column "{name}" is missing', may)
    return header


def check_row(path: Path, line: int, header: list[str], cells: list[str], needed: Sequence[str]) -> dict[str, str]:
    """Give the row by column, or raise SeedError where its length is wrong or a needed cell is empty."""
    if len(cells) != len(header):
        what = f"the row has {len(cells)} cells, the header {len(header)}"
        raise wrong(path, line, what, "give each column a cell, and put quotes around a cell that holds a comma")
    row = dict(zip(header, (cell.strip() for cell in cells), strict=True))
    for name in needed:
        if not row[name]:
            raise wrong(path, line, f'the cell "{name}" is empty', "fill it or remove the row")
    return row
