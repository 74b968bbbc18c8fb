"""The names that articles give to a group, from the word list that analysts extend; only to find its words again."""

import csv
from functools import cache
from pathlib import Path

GROUPS = Path(__file__).parent.parent / "seeds" / "words" / "groups.csv"


def find_aliases(name: str) -> tuple[str, ...]:
    """Give the names of a group, the longest first; its usual name alone where the list does not know it.

    >>> find_aliases("Nobody's Own Front")
    ("Nobody's Own Front",)
    """
    return tuple(sorted({name, *_read(GROUPS).get(name, ())} - {""}, key=lambda one: (-len(one), one)))


@cache
def _read(path: Path) -> dict[str, tuple[str, ...]]:
    """Read the list; the page does without it where it is not there."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["name"]: tuple(alias.strip() for alias in (row.get("aliases") or "").split("|"))
            for row in csv.DictReader(file)
            if row.get("name")
        }
