"""The weekly list of a briefing, as a text document (DOCX) or as Markdown: both say the same."""

from datetime import date

from pipeline.brief.briefing import Briefing, Tell
from pipeline.brief.notes import Footnotes
from pipeline.brief.steady import FIRST_DAY
from pipeline.brief.weekly_docx import write_docx
from pipeline.brief.weekly_list import list_entries
from pipeline.brief.weekly_markdown import write_markdown
from pipeline.brief.weekly_page import lay_sheet
from pipeline.tables.store import Store


def make_weekly(
    briefing: Briefing,
    store: Store,
    *,
    form: str = "docx",
    day: date | None = None,
    tell: Tell = lambda doing, done, of: None,
) -> bytes:
    """Make the list as "docx" or "md"; `day` is the date of the file, by default the as-of."""
    tell("Listing", 0, 2)
    notes = Footnotes()
    entries = list_entries(briefing, store, notes)
    sheet = lay_sheet(briefing, entries, notes.notes)
    tell("Writing", 1, 2)
    made = write_markdown(sheet) if form == "md" else write_docx(sheet, day or briefing.as_of or FIRST_DAY)
    tell("Written", 2, 2)
    return made
