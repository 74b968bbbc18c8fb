"""The incidents of a view as the spreadsheet that TimelineJS reads, in its documented columns.

TimelineJS draws nothing without a year, so what has no day is named on the title slide instead. It shows headlines and
texts as HTML, so the words of articles are escaped. One more column, which it passes over, holds the id.
"""

import csv
import io
from collections.abc import Mapping
from datetime import date

from pipeline.brief.cells import defuse, defuse_html, find_link
from pipeline.brief.rows import TOLD, stream_rows
from pipeline.brief.say import say_days, say_place, say_toll
from pipeline.tables.columns import INCIDENTS
from pipeline.tables.rows import Cell
from pipeline.tables.store import Store
from pipeline.view import View

COLUMNS = (
    "Year", "Month", "Day", "Time", "End Year", "End Month", "End Day", "End Time", "Display Date", "Headline", "Text",
    "Media", "Media Credit", "Media Caption", "Media Thumbnail", "Type", "Group", "Background", "Incident ID",
)  # fmt: skip
NAMED = 20  # of the incidents without a day, on the title slide
UNDATED = "SELECT title FROM asked JOIN all_incidents USING (incident_id) WHERE date_start IS NULL ORDER BY place"
Slide = dict[str, object]


def write_timelinejs(store: Store, view: View, link: str = "") -> bytes:
    """Write the dated incidents that `view` keeps, in its order, after a title slide that says what was asked."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerow(tell_title(store, view, link))
    names = [column.name for column in TOLD]
    for rows in stream_rows(store, view, INCIDENTS, TOLD):
        told = (dict(zip(names, row, strict=True)) for row in rows)
        writer.writerows(tell_slide(row) for row in told if row["date_start"] is not None)
    return out.getvalue().encode("utf-8", "replace")


def tell_title(store: Store, view: View, link: str) -> Slide:
    """Say on the first slide what was asked, and what TimelineJS cannot draw."""
    undated = [str(title) for rows in store.stream(view, UNDATED) for (title,) in rows]
    text = f"<p>{defuse_html(view.in_words())}</p>"
    if undated:
        more = f"; and {len(undated) - NAMED:,} more" if len(undated) > NAMED else ""
        named = "; ".join(defuse_html(title) for title in undated[:NAMED])
        text += f"<p>{len(undated):,} without a day are not on this timeline: {named}{more}.</p>"
    if find_link(link):
        text += f'<p><a href="{defuse_html(link)}">The same view, with its sources</a></p>'
    return {"Headline": "Incidents", "Text": text, "Type": "title"}


def tell_slide(row: Mapping[str, Cell]) -> Slide:
    """Give one incident as a slide: its days as a span, the doubt in words."""
    first, final = row["date_start"], row["date_end"] or row["date_start"]
    assert isinstance(first, date) and isinstance(final, date)  # the codebook has dates there
    link, outlet = find_link(str(row["source_url"])), defuse_html(str(row["source_outlet"] or ""))
    source = f'<a href="{defuse_html(link)}">{outlet or "the article"}</a>' if link else outlet
    slide: Slide = {
        "Year": first.year, "Month": first.month, "Day": first.day,
        "Display Date": say_days(first, final), "Headline": defuse_html(str(row["title"])),
        "Text": f"<p>{defuse_html(say_place(row))} · {say_toll(dict(row))}</p>"
                f"<blockquote>{defuse_html(str(row['source_sentence']))}</blockquote><p>{source}</p>",
        "Group": row["event_type"], "Incident ID": defuse(str(row["incident_id"])),
    }  # fmt: skip
    if final != first:
        slide |= {"End Year": final.year, "End Month": final.month, "End Day": final.day}
    return slide
