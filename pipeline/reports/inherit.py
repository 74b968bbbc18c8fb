"""Give an incident the day and the place that its article leaves to what was told just before.

News of one day is told in a row, and only the first says which; "the office" that was attacked again lies where it lay.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.dates.calendar import shifted
from pipeline.dates.find import choose_days
from pipeline.dates.grammar import count_units
from pipeline.dates.statements import is_statement_date
from pipeline.model import Days
from pipeline.reports.drafts import Draft
from pipeline.reports.settings import Layout

FURTHER_BACK = re.compile(
    r"\b(?:had (?:been (?!\w+ing\b)|also|already|earlier|previously)|previous(?:ly)?|earlier (?:this|that)|ago"
    r"|in the past|once|(?:years?|months?|weeks?) (?:earlier|before)|for (?:years|months|decades)"
    r"|last (?:week|month|year))\b",
    re.IGNORECASE,
)
SAME_DAY = re.compile(
    r"\b(?:hours?|minutes) (?:later|after(?:wards)?|earlier|before)\b|\bthe same (?:day|night|evening|morning)\b"
    r"|\bthat (?:day|night|evening|morning|afternoon)\b",
    re.IGNORECASE,
)
NEXT = 3  # blocks further on in which an incident without a day is still news of the same day
OFFSET = re.compile(
    r"^\W*(?P<count>(?:just |only |less than )?(?:[\w-]+ )?(?:hours?|days?|weeks?|months?|years?)) "
    r"(?P<way>after|before)\b",
    re.IGNORECASE,
)
CALLED = re.compile(r"\b(?:called|alerted|happened|occurred|took place|found|scene)\b", re.IGNORECASE)
AGAIN = re.compile(
    r"^\W*(?:It|This|They) (?:was|were|is|had|has)\b|\b(?:the|that|this) (?:same|very) \w+|\bthere\b"
    r"|\b(?:that|this) (?:city|town|village|place|spot|road|market|area|neighbou?rhood)\b",
    re.IGNORECASE,
)


def inherit_settings(drafts: list[Draft], layout: Layout) -> list[Draft]:
    """Give each draft that lacks a day or a place the one that the text around it leaves to it."""
    for n, draft in enumerate(drafts):
        if draft.days is None:
            complete_day(draft, drafts, layout)
        if n and draft.days is None:
            inherit_day(drafts[n - 1], draft)
        if n and not located(draft):
            inherit_place(drafts[:n], draft)
    return drafts


def complete_day(draft: Draft, drafts: Sequence[Draft], layout: Layout) -> None:
    """Give a draft without days the day of a quiet sentence soon behind it: "Officers were called ... on Sunday"."""
    told = {t.sentence.no for d in drafts if d is not draft for t in d.tellings}
    first = draft.tellings[0].sentence
    for sentence in layout.sentences[first.no + 1 :]:
        if sentence.no in told or sentence.block > first.block + 2:
            return
        dates = [d for d in layout.dates if sentence.start <= d.start < sentence.end and d.days and len(d.days) <= 2]
        dates = [d for d in dates if not is_statement_date(sentence, d)]
        if dates and CALLED.search(sentence.text):
            draft.add(dates[:1])
            draft.support.append(sentence)
            return


def inherit_day(before: Draft, draft: Draft) -> None:
    """Give a draft the day of the one told just before it, as news of one day is told, or so many days off it.

    Only a day is passed on, only to the next paragraphs, and not to what the words put further back.
    """
    days, opening = before.days, draft.tellings[0]
    said = choose_days(before.dates) or before.head
    if days is None or said is None or len(days) > 2:
        return
    off = OFFSET.match(opening.text)
    if off:
        moved = move_days(days, off["count"], -1 if off["way"].lower() == "after" else 1)
        if moved:
            draft.add([replace(said, days=moved, basis="context", rule="so many days from the one before")])
        return
    text = opening.sentence.text
    near = opening.sentence.block - before.tellings[0].sentence.block <= NEXT or bool(SAME_DAY.search(text))
    if near and not FURTHER_BACK.search(text):
        draft.add([replace(said, days=days, basis="context", rule="told with the one before")])


def move_days(days: Days, words: str, way: int) -> Days | None:
    """Move days by what the words count, or give None where they count nothing: "two days", "a week", "hours".

    >>> str(move_days(Days.parse("2023-05-18"), "two days", -1)), move_days(Days.parse("2023-05-18"), "years", -1)
    ('2023-05-16', None)
    """
    counted = count_units(words)
    if "hour" in words:
        return days
    return shifted(days, way * counted[0], counted[1]) if counted else None


def located(draft: Draft) -> bool:
    """Tell whether something places a draft nearer than a country."""
    place = draft.place
    return bool(place.city or place.admin1 or place.venue)


def inherit_place(before: Sequence[Draft], draft: Draft) -> None:
    """Give a draft the place of one told before it that its first words point back to: "the same road"."""
    opening = draft.tellings[0]
    pointed = [d for d in before if located(d) and d.words & opening.lemmas]
    if not pointed and AGAIN.search(opening.text):
        pointed = [d for d in before if located(d)][-1:]
    if pointed:
        draft.add(places=[p for p in pointed[-1].places if p.role == "event"])
