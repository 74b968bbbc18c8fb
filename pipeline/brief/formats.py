"""The one list of what a view can be taken along as, for the page, the command line and the tests."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from pipeline.brief.geojson import write_geojson
from pipeline.brief.kml import write_kml
from pipeline.brief.names import name_file
from pipeline.brief.pack import write_pack
from pipeline.brief.rows import SHORT
from pipeline.brief.table import write_csv
from pipeline.brief.timelinejs import write_timelinejs
from pipeline.brief.workbook import refuse_xlsx, write_xlsx
from pipeline.tables.columns import INCIDENTS, Column
from pipeline.tables.store import Store
from pipeline.view import View

Write = Callable[[Store, View, str], bytes]
Refuse = Callable[[Store, View], str]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: `write` makes it of a view and its link, `refuse` says why it cannot, or ""."""

    key: str
    name: str
    about: str
    suffix: str
    mime: str
    write: Write
    stem: str = "incidents"
    full: bool = False  # the same with all columns
    refuse: Refuse = lambda store, view: ""

    @property
    def columns(self) -> tuple[Column, ...]:
        """Give the columns of incidents that it has, where one can choose."""
        return INCIDENTS.columns if self.full else SHORT

    def name_file(self, view: View, day: date, release: str = "") -> str:
        """Name the file of a view that is taken on `day`, from the tables of now or a release."""
        return name_file(f"{self.stem}_{release}" if release else self.stem, self.suffix, view, day)


_CSV = ("CSV", "For R, Python and databases: exact cells, UTF-8", "csv", "text/csv")
_EXCEL = ("CSV for Excel", "Opens in Excel with a double click; formulas in it cannot run", "csv", "text/csv")
FORMATS = (
    Format("csv", *_CSV, write_csv),
    Format("csv-full", *_CSV, partial(write_csv, full=True), "incidents-full", full=True),
    Format("excel", *_EXCEL, partial(write_csv, spreadsheet=True), "incidents-excel"),
    Format(
        "excel-full", *_EXCEL, partial(write_csv, full=True, spreadsheet=True), "incidents-excel-full", full=True
    ),
    Format(
        "xlsx", "Excel workbook", "Incidents, figures, sentences, sources, codebook and read-me as sheets", "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx, refuse=refuse_xlsx,
    ),
    Format("geojson", "GeoJSON", "For QGIS and web maps", "geojson", "application/geo+json", write_geojson),
    Format(
        "kml", "KML", "For Google Earth, with its time slider", "kml", "application/vnd.google-earth.kml+xml", write_kml
    ),
    Format(
        "timelinejs", "TimelineJS", "A spreadsheet for TimelineJS; best below 100 incidents", "csv", "text/csv",
        write_timelinejs, "incidents-timelinejs",
    ),
    Format(
        "pack", "Evidence pack", "All tables, sentences and sources behind it, sealed, to check each cell", "zip",
        "application/zip", write_pack, "incidents-evidence",
    ),
)  # fmt: skip
BY_KEY = {one.key: one for one in FORMATS}
