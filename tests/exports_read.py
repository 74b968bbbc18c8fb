"""Read the ids of the incidents back from each format, as whoever gets the file would."""

import csv
import io
import json
import xml.etree.ElementTree as ET
import zipfile

KML = "{http://www.opengis.net/kml/2.2}"


def read_csv(content):
    """Read a CSV."""
    return [row["incident_id"] for row in csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))]


def read_excel(content):
    """Read a CSV for Excel."""
    return [row["incident_id"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))]


def read_xlsx(content):
    """Read the first sheet of a workbook."""
    import openpyxl  # noqa: PLC0415  only those who have it can read one

    sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True)["incidents"]
    return [row[0] for row in sheet.iter_rows(min_row=2, max_col=1, values_only=True) if row[0] is not None]


def read_geojson(content):
    """Read a GeoJSON."""
    return [feature["properties"]["incident_id"] for feature in json.loads(content)["features"]]


def read_kml(content):
    """Read a KML."""
    path = f".//{KML}Data[@name='incident_id']/{KML}value"
    return [mark.findtext(path) for mark in ET.fromstring(content).iter(f"{KML}Placemark")]


def read_timelinejs(content):
    """Read the slides of a timeline, the title aside."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
    return [row["Incident ID"] for row in rows if row["Type"] != "title"]


def read_pack(content):
    """Read the incidents of an evidence pack."""
    return read_csv(zipfile.ZipFile(io.BytesIO(content)).read("incidents.csv"))


READ = {
    "csv": read_csv, "csv-full": read_csv, "excel": read_excel, "excel-full": read_excel, "xlsx": read_xlsx,
    "geojson": read_geojson, "kml": read_kml, "timelinejs": read_timelinejs, "pack": read_pack,
}  # fmt: skip
