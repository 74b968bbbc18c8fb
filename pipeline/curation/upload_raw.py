"""What a file that comes back holds before anything is made of it: cells of whatever type, in numbered lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime


class UploadError(Exception):
    """A file that cannot be taken back; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell that holds no value, and why; of a formula, what it is."""

    why: str
    text: str = ""


Raw = str | int | float | bool | date | datetime | Broken | None
Line = tuple[int, Sequence[Raw]]


def tidy_name(cell: object) -> str:
    """Give the name of a column as the codebook writes it.

    >>> tidy_name(' "Incident_ID" '), tidy_name("Killed low")
    ('incident_id', 'killed_low')
    """
    return re.sub(r"\s+", "_", str(cell).strip("\ufeff \"'\t\r").lower()) if isinstance(cell, str) else ""
