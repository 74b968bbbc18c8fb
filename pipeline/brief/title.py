"""Name a view: where its incidents are, and of which days."""

from collections.abc import Sequence

from pipeline.brief.notes import clean
from pipeline.tables.store import Ask, Counts
from pipeline.view import View, say_days

COUNTRIES = "SELECT country, count(*) AS n FROM shown GROUP BY 1 ORDER BY n DESC, country"


def name_briefing(ask: Ask, counts: Counts, view: View) -> str:
    """Give the title of a view: its places, and the days asked, else those that its incidents reach over."""
    named = name_places([clean(name) for name in ask(COUNTRIES)["country"]])
    first, last = view.since or counts.first, view.until or counts.last
    return f"{named}, {say_days(first, last)}" if first or last else named


def name_places(countries: Sequence[str]) -> str:
    """Name the countries that incidents are in, the one with most of them first, for the title.

    >>> name_places(["Iraq", ""])
    'Incidents in Iraq'
    """
    named = [name for name in countries if name]
    if not named:
        return "Incidents"
    if len(named) <= 3:
        return "Incidents in " + " and ".join(", ".join(named).rsplit(", ", 1))
    return f"Incidents in {len(named)} countries"
