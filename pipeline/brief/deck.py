"""The slide deck of a briefing: native text, tables and charts that stay editable, and notes for whoever speaks.

A slide without content is left out, but for the one that says what is not known. The same briefing gives the same
bytes.
"""

import io
from datetime import date, datetime

from pipeline.brief.briefing import Briefing, Tell
from pipeline.brief.deck_changes import tell_changes
from pipeline.brief.deck_claims import tell_deadliest, tell_disputed, tell_sources
from pipeline.brief.deck_draft import Draft
from pipeline.brief.deck_ground import lay_ground
from pipeline.brief.deck_lanes import tell_lanes
from pipeline.brief.deck_map import tell_map
from pipeline.brief.deck_months import tell_months, tell_targets
from pipeline.brief.deck_open import open_deck, tell_codes, tell_unknowns
from pipeline.brief.steady import FIRST_DAY, steady
from pipeline.tables.store import Store

SLIDES = (
    ("first slide", open_deck),
    ("deadliest", tell_deadliest),
    ("map", tell_map),
    ("timeline", tell_lanes),
    ("months", tell_months),
    ("targets", tell_targets),
    ("who says how many", tell_disputed),
    ("what changed", tell_changes),
    ("what is not known", tell_unknowns),
    ("sources", tell_sources),
    ("codes", tell_codes),
)


def make_deck(
    briefing: Briefing,
    store: Store,
    *,
    template: bytes | None = None,
    day: date | None = None,
    tell: Tell = lambda doing, done, of: None,
) -> bytes:
    """Make the deck as a PPTX, on a `template` if one is given; `day` is the date of the file, by default the as-of.

    Raises TemplateError where the template cannot be used.
    """
    draft = Draft(briefing, store, lay_ground(template))
    for done, (name, put) in enumerate(SLIDES):
        tell(f"Slides: {name}", done, len(SLIDES))
        put(draft)
    made = day or briefing.as_of or FIRST_DAY
    about = draft.ground.deck.core_properties
    about.title, about.author, about.last_modified_by = briefing.title[:250], "", ""
    about.subject = f"Filters: {briefing.filters}"[:250]
    about.comments = (
        f"{briefing.n} incidents; as of {briefing.as_of_words}; version {briefing.version}; {briefing.link}"[:250]
    )
    about.keywords, about.category, about.revision = "", "", 1
    about.created = about.modified = datetime(made.year, made.month, made.day)
    out = io.BytesIO()
    draft.ground.deck.save(out)
    tell("Slides", len(SLIDES), len(SLIDES))
    return steady(out.getvalue(), made)
