"""The incidents of a view as KML 2.2, for Google Earth and others: points with the span of days they can lie in.

A balloon shows HTML, so the words of articles are escaped twice: as HTML, and as XML. What has no point is listed
without one.
"""

import html
import io
from collections.abc import Mapping
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from pipeline.brief.cells import find_link, keep_xml, straighten
from pipeline.brief.rows import MAPPED, TOLD, stream_rows
from pipeline.brief.say import say_days, say_place, say_toll
from pipeline.tables.columns import INCIDENTS
from pipeline.tables.rows import Cell
from pipeline.tables.store import Store
from pipeline.view import View

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2">
<Document>
<name>{name}</name>
<description>{about}</description>
"""
# Colours are alpha, blue, green, red. A balloon shows the description alone: what else is in the file is no HTML.
STYLE = """<Style id="{name}"><IconStyle><color>{colour}</color><scale>{scale}</scale></IconStyle>\
<BalloonStyle><text>$[description]</text></BalloonStyle></Style>
"""
STYLES = {"place": ("ff3a5fd9", "1.0"), "area": ("8c3a5fd9", "0.8")}
FOOT = "</Document>\n</kml>\n"


def write_kml(store: Store, view: View, link: str = "") -> bytes:
    """Write the incidents that `view` keeps, in its order."""
    out = io.BytesIO()
    about = f"{view.in_words()}\n{link}".strip()
    out.write(HEAD.format(name="Incidents", about=escape(html.escape(straighten(about)))).encode())
    for name, (colour, scale) in STYLES.items():
        out.write(STYLE.format(name=name, colour=colour, scale=scale).encode())
    names = [column.name for column in TOLD]
    for rows in stream_rows(store, view, INCIDENTS, TOLD):
        placemarks = "".join(tell_placemark(dict(zip(names, row, strict=True))) for row in rows)
        out.write(placemarks.encode("utf-8", "replace"))
    out.write(FOOT.encode())
    return out.getvalue()


def tell_placemark(row: Mapping[str, Cell]) -> str:
    """Give one incident as a placemark, its parts in the order that the schema asks for."""
    style = "place" if row["geo_precision"] in ("site", "city") else "area"
    data = "".join(
        f"<Data name={quoteattr(column.name)}><value>{escape(keep_xml(str(row[column.name])))}</value></Data>"
        for column in MAPPED
        if row[column.name] not in (None, "")
    )
    point = (
        ""
        if row["latitude"] is None
        else f"<Point><coordinates>{row['longitude']},{row['latitude']}</coordinates></Point>"
    )
    return (
        f'<Placemark><name>{escape(straighten(str(row["title"])))}</name><Snippet maxLines="0"></Snippet>'
        f"<description>{escape(describe(row))}</description>{tell_span(row)}<styleUrl>#{style}</styleUrl>"
        f"<ExtendedData>{data}</ExtendedData>{point}</Placemark>\n"
    )


def tell_span(row: Mapping[str, Cell]) -> str:
    """Give the days it can have happened on; without any, nothing.

    >>> tell_span({"date_start": "2023-03-01", "date_end": "2023-03-31"})
    '<TimeSpan><begin>2023-03-01</begin><end>2023-03-31</end></TimeSpan>'
    """
    if row["date_start"] is None or row["date_end"] is None:
        return ""
    return f"<TimeSpan><begin>{row['date_start']}</begin><end>{row['date_end']}</end></TimeSpan>"


def describe(row: Mapping[str, Cell]) -> str:
    """Describe an incident in HTML of ours."""
    first, final = (day if isinstance(day, date) else None for day in (row["date_start"], row["date_end"]))
    link = find_link(str(row["source_url"]))
    outlet = html.escape(straighten(str(row["source_outlet"] or "")))
    source = f'<a href="{html.escape(link)}">{outlet or "the article"}</a>' if link else outlet
    lines = (str(row["title"]), say_days(first, final), say_place(row), say_toll(dict(row)))
    title, *facts = (html.escape(straighten(part)) for part in lines)
    sentence = html.escape(straighten(str(row["source_sentence"])))
    told = f"<b>{title}</b><br>{'<br>'.join(facts)}<p>“{sentence}”</p>{source}"
    return told.replace("$[", "&#36;[")  # a balloon would put raw cells in the place of such names
