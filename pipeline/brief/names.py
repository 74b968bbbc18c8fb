"""Name a file after what was asked and the day it was taken, in letters that every file system holds."""

import re
import unicodedata
from calendar import monthrange
from datetime import date

from pipeline.view import View

LONGEST = 60  # characters for what was asked


def name_file(stem: str, suffix: str, view: View, day: date) -> str:
    """Name a file that holds `view`.

    >>> view = View(cities=("Kabul",), since=date(2023, 3, 1), until=date(2023, 3, 31))
    >>> name_file("incidents", "csv", view, date(2026, 11, 22))
    'incidents_kabul_2023-03_20261122.csv'
    """
    return f"{stem}_{name_view(view)}_{day:%Y%m%d}.{suffix}"


def name_view(view: View) -> str:
    """Say in few letters what is asked.

    >>> name_view(View()), name_view(View(cities=("کابل",))), name_view(View(cities=("Kabul",), killed_from=10))
    ('all', 'filtered', 'kabul_10-or-more-killed')
    """
    asked = [slug for words, _ in view.without_days().chips() if (slug := make_slug(words))]
    days = name_days(view.since, view.until)
    kept: list[str] = []
    for slug in asked:
        if len("_".join([*kept, slug, days])) > LONGEST:
            kept.append("and-more")
            break
        kept.append(slug)
    return "_".join([*kept, *([days] if days else [])]) or ("filtered" if view.chips() else "all")


def name_days(since: date | None, until: date | None) -> str:
    """Name a stretch of days, a whole month or year by itself.

    >>> name_days(date(2022, 1, 1), date(2022, 12, 31)), name_days(date(2022, 1, 5), None), name_days(None, None)
    ('2022', 'from-2022-01-05', '')
    """
    if since is None or until is None:
        return f"from-{since}" if since else f"until-{until}" if until else ""
    if (since.month, since.day, until.month, until.day) == (1, 1, 12, 31):
        return f"{since.year}" if since.year == until.year else f"{since.year}-to-{until.year}"
    if since.day == 1 and until == since.replace(day=monthrange(since.year, since.month)[1]):
        return f"{since:%Y-%m}"
    return f"{since}" if since == until else f"{since}-to-{until}"


def make_slug(words: str) -> str:
    """Write words in lower-case letters and digits, joined by hyphens.

    >>> make_slug("Mazar-e Sharif"), make_slug("“Éxample” <b>"), make_slug("10° E")
    ('mazar-e-sharif', 'example-b', '10-e')
    """
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower())[:32].strip("-")
