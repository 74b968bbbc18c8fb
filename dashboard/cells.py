"""Days, places and numbers as short as a table cell needs them, their doubt still to be seen in their shape.

A month is "2023-03" and not its first day, a province is called one, "at least 19" is "19+"; nothing stated is "".
"""

from calendar import monthrange
from datetime import date
from typing import Any

import pandas as pd

from dashboard.say import Cell, read_count

NEEDED = ["date_start", "date_end", "city", "admin2", "admin1", "country", "verification"] + [
    f"{measure}_{part}" for measure in ("killed", "injured") for part in ("low", "best", "high", "state")
]


def describe_incidents(incidents: pd.DataFrame) -> pd.DataFrame:
    """Give the columns of the table that the page shows, a row for each row of `incidents`."""
    # Plain objects: a row of nullable numbers is slow to take apart.
    records: list[dict[str, Any]] = incidents[NEEDED].astype(object).to_dict("records")  # type: ignore[assignment]
    return pd.DataFrame(
        {
            "when": [write_days(row["date_start"], row["date_end"]) for row in records],
            "where": [write_place(row) for row in records],
            "what": incidents["event_type"].to_numpy(),
            "who": incidents["perpetrator"].to_numpy(),
            "killed": [write_count(row, "killed") for row in records],
            "injured": [write_count(row, "injured") for row in records],
            "stories": [str(count) for count in incidents["n_stories"]],
            "sure": [row["verification"].replace("_", " ") for row in records],
            "sentence": incidents["source_sentence"].to_numpy(),
            "outlet": incidents["source_outlet"].to_numpy(),
            "title": incidents["title"].to_numpy(),
        },
        index=incidents.index,
    )


def write_days(first: date | None, last: date | None) -> str:
    """Write the days something can have happened on.

    >>> write_days(date(2023, 3, 27), date(2023, 3, 27)), write_days(date(2023, 3, 1), date(2023, 3, 31))
    ('2023-03-27', '2023-03')
    >>> write_days(date(2019, 1, 1), date(2019, 12, 31)), write_days(date(2023, 3, 21), date(2023, 3, 30))
    ('2019', '2023-03-21 – 30')
    >>> write_days(date(2022, 9, 1), date(2023, 4, 30)), write_days(None, None)
    ('2022-09 – 2023-04', '')
    >>> write_days(date(2022, 9, 1), date(2022, 10, 7))
    '2022-09-01 – 10-07'
    """
    if first is None or last is None or pd.isna(first) or pd.isna(last):
        return ""
    start, end = str(first)[:10], str(last)[:10]
    if start == end:
        return start
    if start[:4] == end[:4] and (start[5:], end[5:]) == ("01-01", "12-31"):
        return start[:4]
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        return start[:7] if start[:7] == end[:7] else f"{start[:7]} – {end[:7]}"
    if start[:7] == end[:7]:
        return f"{start} – {end[8:]}"
    return f"{start} – {end[5:] if start[:4] == end[:4] else end}"


def write_place(row: dict[str, Cell]) -> str:
    """Write the nearest place that is known, and what kind of place it is where that is no town.

    >>> write_place({"city": "Kabul", "country": "Afghanistan"})
    'Kabul'
    >>> write_place({"admin1": "Nangarhar", "country": "Afghanistan"}), write_place({"country": "Iraq"})
    ('Nangarhar (province)', 'Iraq (country)')
    """
    kinds = {"city": "", "admin2": " (district)", "admin1": " (province)", "country": " (country)"}
    return next((f"{row[column]}{kind}" for column, kind in kinds.items() if row.get(column)), "")


def write_count(row: dict[str, Cell], measure: str) -> str:
    """Write a number of people of a row of `incidents`, first the number, then its doubt.

    >>> write_count({"killed_low": 19, "killed_best": 19, "killed_high": None}, "killed")
    '19+'
    >>> write_count({"killed_low": 10, "killed_best": 11, "killed_high": 12, "killed_state": "conflicting"}, "killed")
    '11 (10–12)'
    >>> write_count({"killed_low": 50, "killed_best": 50, "killed_high": 50, "killed_state": "approximate"}, "killed")
    '50 ±'
    >>> write_count({"killed_high": 30}, "killed"), write_count({"killed_low": 0, "killed_high": 0}, "killed")
    ('30 max', '0')
    >>> write_count({}, "killed")
    ''
    """
    low, best, high = (read_count(row.get(f"{measure}_{end}")) for end in ("low", "best", "high"))
    about = " ±" if row.get(f"{measure}_state") == "approximate" else ""
    least = best if low is None else low
    if least is None:
        return "" if high is None else f"{high:,} max"
    if high is None:
        return f"{least:,}+{about}"
    if least == high:
        return f"{least:,}{about}"
    return f"{least:,}–{high:,}" if best in (None, least) else f"{best:,} ({least:,}–{high:,})"
