"""A table goes through a real LibreOffice, which changes cells itself: what comes back is exactly those changes."""

import pytest
from generate import write
from office import Office

from pipeline.brief.formats import BY_KEY
from pipeline.curation.upload import compare_upload
from pipeline.curation.upload_file import read_upload
from pipeline.curation.upload_now import StoreNow
from pipeline.curation.upload_raw import UploadError
from pipeline.tables.columns import INCIDENTS
from pipeline.tables.store import Store
from pipeline.view import View

NAMES = [column.name for column in INCIDENTS.columns]
SORT = """
  Dim field(0) As New com.sun.star.table.TableSortField
  field(0).Field = 1 : field(0).IsAscending = False
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "SortFields" : how(0).Value = field()
  how(1).Name = "ContainsHeader" : how(1).Value = True
  cursor = sheet.createCursor() : cursor.gotoEndOfUsedArea(False)
  sheet.getCellRangeByPosition(0, 0, cursor.RangeAddress.EndColumn, cursor.RangeAddress.EndRow).sort(how())
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return Store(write(tmp_path_factory.mktemp("tables"), 40))


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return Office(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def plain(store):
    """The rows of the table in its order, one with a day and a toll first."""
    return store.rows(View())


def compared(path, store):
    return compare_upload(read_upload(path.read_bytes(), path.name), StoreNow(store))


def cell(column, row, names=NAMES):
    """Name a cell in Basic."""
    return f"sheet.getCellByPosition({names.index(column)}, {row + 1})"


def find_rows(plain):
    """Give the places of some incidents that can be corrected, each fit for one correction."""
    toll = plain.index[plain["killed_state"] == "exact"][0]
    day = plain.index[(plain["date_precision"] == "day")][0]
    named = plain.index[plain["city"] != ""][3]
    return int(toll), int(day), int(named)


def corrections(plain, store):
    """Give steps of Basic that correct cells, and the changes that are to come of them."""
    toll, day, named = find_rows(plain)
    steps = [f"{cell(f'killed_{end}', toll)}.Value = 41" for end in ("low", "best", "high")]
    steps += [f'{cell("date_end", day)}.Formula = "2024-02-29"', f'{cell("city", named)}.String = " Neustadt "']
    steps += [f'{cell("venue", named)}.String = "=Halle & Co"', f'{cell("notes", day)}.String = "seen; ""twice"""']
    wanted = {(toll, f"killed_{end}", "41") for end in ("low", "best", "high")}
    wanted |= {(day, "date_end", "2024-02-29"), (named, "city", "Neustadt"), (named, "venue", "=Halle & Co")}
    wanted |= {(day, "notes", 'seen; "twice"')}
    ids = list(plain["incident_id"])
    return "\n".join(steps), {(ids[row], name, now) for row, name, now in wanted}


@pytest.mark.parametrize("key", ["xlsx", "excel-full"])
def test_what_libreoffice_only_saves_anew_changes_nothing(office, store, tmp_path, key):
    path = tmp_path / f"{key}.{BY_KEY[key].suffix}"
    path.write_bytes(BY_KEY[key].write(store, View(), ""))
    diff = compared(office.correct(path, form=path.suffix[1:]), store)
    assert not (diff.changes or diff.refused or diff.strays), diff
    assert diff.unchanged == 40


def test_what_libreoffice_changes_and_nothing_else_comes_back(office, store, plain, tmp_path):
    path = tmp_path / "incidents.xlsx"
    path.write_bytes(BY_KEY["xlsx"].write(store, View(), ""))
    steps, wanted = corrections(plain, store)
    beside = f"{SORT}\nsheet.Columns.removeByIndex({NAMES.index('country_code')}, 1)\n"
    beside += 'doc.Sheets.insertNewByName("mine", 0)\nsheet.Rows.insertByIndex(0, 2)'
    corrected = office.correct(path, f"{steps}\n{beside}")
    diff = compared(corrected, store)
    assert {(one.incident_id, one.column, one.now) for one in diff.changes} == wanted
    assert not (diff.refused or diff.strays or diff.conflicts) and diff.left_out == 0
    again = office.correct(office.correct(corrected, form="ods"))
    assert compared(again, store).changes == diff.changes, "through LibreOffice's own form and back"


def test_a_csv_that_libreoffice_saves_with_semicolons_comes_back(office, store, plain, tmp_path):
    path = tmp_path / "incidents.xlsx"
    path.write_bytes(BY_KEY["xlsx"].write(store, View(), ""))
    steps, wanted = corrections(plain, store)
    diff = compared(office.correct(path, steps, form="csv"), store)
    assert {(one.incident_id, one.column, one.now) for one in diff.changes} == wanted and not diff.refused
    assert not diff.strays and diff.since == "the tables as they are"


def test_a_file_in_libreoffices_own_form_says_how_to_save_it(office, store, tmp_path):
    path = tmp_path / "incidents.xlsx"
    path.write_bytes(BY_KEY["xlsx"].write(store, View(), ""))
    with pytest.raises(UploadError, match=r"save it as \.xlsx"):
        compared(office.correct(path, form="ods"), store)
