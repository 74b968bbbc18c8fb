"""The eras and milestones that stand behind a timeline, from a small CSV that people write.

A set of tables may bring its own as `eras.csv` in its folder; else those of `seeds/words/eras.csv` hold. Nothing is
derived from them: they name stretches of time for the reader's eye, and no incident is changed by them.
"""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

USUAL = Path(__file__).resolve().parents[2] / "seeds" / "words" / "eras.csv"
COLUMNS = ("name", "first", "last", "countries", "note")


class EraError(Exception):
    """The list of eras is wrong: one sentence says where, and what to do."""


@dataclass(frozen=True, slots=True)
class Era:
    """A stretch of days with a name, `last` None while it goes on; a single day is a milestone."""

    name: str
    first: date
    last: date | None
    countries: tuple[str, ...] = ()  # ISO codes, none for everywhere
    note: str = ""

    @property
    def is_milestone(self) -> bool:
        """Tell whether it is one day."""
        return self.first == self.last


def find_eras(folder: Path) -> Path | None:
    """Give the list that holds for the tables in `folder`, None where there is none."""
    return next((path for path in (folder / "eras.csv", USUAL) if path.is_file()), None)


def read_eras(path: Path) -> tuple[Era, ...]:
    """Read a list of eras, in the order of time; raises EraError where it is not as `COLUMNS` say."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file)
        header = next(lines, [])
        if tuple(header) != COLUMNS:
            raise EraError(f"{path.name}, line 1: the header must be {','.join(COLUMNS)}.")
        eras = [_read_era(path, lines.line_num, cells) for cells in lines if any(cells)]
    return tuple(sorted(eras, key=lambda era: (era.first, era.name)))


def _read_era(path: Path, line: int, cells: list[str]) -> Era:
    """Read one row."""
    where = f"{path.name}, line {line}"
    if len(cells) != len(COLUMNS):
        raise EraError(f"{where}: the row has {len(cells)} cells, the header {len(COLUMNS)}: give each column a cell.")
    name, first, last, countries, note = (cell.strip() for cell in cells)
    try:
        days = date.fromisoformat(first), date.fromisoformat(last) if last else None
    except ValueError as error:
        raise EraError(f"{where}: {error}: write days as YYYY-MM-DD; an open end is empty.") from error
    if not name or (days[1] and days[1] < days[0]):
        raise EraError(f"{where}: an era needs a name, and a last day that is not before its first.")
    return Era(name, *days, tuple(code for part in countries.split("|") if (code := part.strip())), note)
