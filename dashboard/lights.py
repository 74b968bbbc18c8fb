"""Where in an article the words stand that a fact was read from: numbers by their offsets, other words by search.

A fact is looked for in the sentences that speak of the incident first, the sentence that leads before the others; a
day that stands in none of them (a heading's, say) is looked for in the text before.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from dashboard.aliases import find_aliases
from dashboard.excerpt import Light, Span
from dashboard.facts import Row

MEASURES = {"killed": "killed", "injured": "injured", "killed_or_injured": "casualties"}
WEIGHED = ("", "yes", "party_claim")


def find_lights(text: str, report: Row, mentions: Sequence[Row], figures: Sequence[Row]) -> list[Light]:
    """Give every stretch that says something of a report, the sentences themselves first."""
    lead = (int(report["sentence_start"]), int(report["sentence_end"]))
    spans = [lead, *(span for one in mentions if (span := find_span(one)) != lead)]
    lights = [Light(*lead, "lead"), *(Light(*span, "also") for span in spans[1:] if not _cross(span, lead))]
    lights += [Light(*span, "what") for one in mentions if (span := _find(text, one["trigger"], find_span(one)))]
    for key, words in _list_words(report):
        found = next((places for one in words if (places := _find_all(text, one, spans))), [])
        if not found and key == "date" and words and (far := _find_before(text, words[0], lead[0])):
            found = [far]
        lights += [Light(*place, key) for place in found]
    for one in figures:
        place = (int(one["start"]), int(one["end"]))
        lights.append(Light(*place, str(one["figure_id"])))
        if one["measure"] in MEASURES and one["counts"] in WEIGHED:
            lights.append(Light(*place, MEASURES[one["measure"]]))
    return lights


def find_span(row: Row) -> Span:
    """Give where the sentence of a mention stands."""
    return int(row["sentence_start"]), int(row["sentence_end"])


def _list_words(report: Row) -> list[tuple[str, list[str]]]:
    """Give for each fact the words to look for, the best first."""
    cell = lambda name: str(report.get(name) or "")  # noqa: E731  short for what is said nine times
    places = [cell(name) for name in ("place_text", "venue", "city", "admin2", "admin1", "country")]
    listed = [
        ("date", [cell("date_text")]),
        ("place", places),
        ("who", list(find_aliases(cell("perpetrator")))),
        ("target", [cell("target_text")]),
    ]
    return [(key, [one for one in words if one.strip()]) for key, words in listed]


def _find_all(text: str, words: str, spans: Sequence[Span]) -> list[Span]:
    """Find words in each of some stretches of a text, once in each."""
    return [place for span in spans if (place := _find(text, words, span))]


def _find(text: str, words: str, span: Span) -> Span | None:
    """Find words in a stretch of a text.

    >>> _find("A blast in  Kabul killed two.", "in Kabul", (0, 29)), _find("Kabulis fled.", "Kabul", (0, 13))
    ((8, 17), None)
    """
    if not words.strip():
        return None
    found = _compile(words).search(text, *span)
    return found.span() if found else None


def _find_before(text: str, words: str, end: int) -> Span | None:
    """Find where words stand last before a place in the text."""
    found = None
    for found in _compile(words).finditer(text, 0, end):  # noqa: B007  the last one is wanted
        pass
    return found.span() if found else None


@lru_cache(maxsize=500)
def _compile(words: str) -> re.Pattern[str]:
    """Make a search for whole words, however they are broken into lines and whatever their case."""
    spaced = r"\s+".join(map(re.escape, words.split()))
    return re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)


def _cross(one: Span, other: Span) -> bool:
    """Say whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]
