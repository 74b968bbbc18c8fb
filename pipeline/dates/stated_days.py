"""Read a publication date that a person or a machine wrote down for machines: ISO 8601, a day, a month or a year."""

import re
from datetime import date, timedelta

from pipeline.model import Published

ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ]\d\d:?\d\d.*)?)?)?\Z|(\d{4})(\d\d)(\d\d)(?:T\d{4}.*)?\Z")


def read_published(value: object, basis: str = "given") -> Published | None:
    """Give the day that is written (of a time, its day as it stands there), or the window where only part of it is.

    >>> read_published("2024-03-06T23:30:00-05:00") == Published.on("2024-03-06")
    True
    >>> str(read_published("2024-02").last)
    '2024-02-29'
    >>> read_published("6 March"), read_published("2024-02-31")
    (None, None)
    """
    found = ISO.match(str(value).strip()) if isinstance(value, (str, int)) else None
    if not found:
        return None
    parts = [int(part) for part in found.groups() if part]
    year, month, day = [*parts, 0, 0][:3]
    try:
        first = date(year, month or 1, day or 1)
        last = first if day else end_of_month(year, month or 12)
    except ValueError:
        return None
    return Published(first, last, basis)


def end_of_month(year: int, month: int) -> date:
    """Give the last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
