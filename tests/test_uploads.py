"""A table that comes back from a spreadsheet: what programs do to cells is no change, what a person does is one."""

import csv
import io
import zipfile
from datetime import datetime
from itertools import count

import pyarrow.parquet as pq
import pytest
from case_tables import cases
from generate import generate, write
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.brief.formats import BY_KEY
from pipeline.curation.edits import EDITABLE
from pipeline.curation.upload import compare_upload, make_drafts
from pipeline.curation.upload_cells import Habits, is_same, read_cell
from pipeline.curation.upload_file import check_parts, read_upload
from pipeline.curation.upload_now import StoreNow, find_past
from pipeline.curation.upload_raw import Broken, UploadError
from pipeline.tables.columns import INCIDENTS
from pipeline.tables.store import Store
from pipeline.view import View

openpyxl = pytest.importorskip("openpyxl")
TYPED = {
    "none": lambda text: None,
    "num": float,
    "day": datetime.fromisoformat,
    "yes": lambda text: True,
    "no": lambda text: False,
    "broken": lambda text: Broken("the cell shows an error"),
}
ROUND = ("xlsx", "csv", "csv-full", "excel", "excel-full")


def typed(cell):
    """Give a cell of the table of cases as a file would hold it."""
    kind, mark, text = cell.partition(":")
    return TYPED[kind](text) if mark and kind in TYPED else cell


@pytest.mark.parametrize("row", list(cases("uploads.csv")))
def test_a_cell_is_read(row):
    column, cell = EDITABLE[row["column"]], typed(row["cell"])
    habits = Habits("cp1252" if row["file"] == "ansi" else "utf-8", row["file"] == ";")
    if not row["reads"]:
        assert is_same(column, row["was"], cell, habits), f"{row['was']!r} and {cell!r} are told apart"
        return
    assert not is_same(column, row["was"], cell, habits), f"{row['was']!r} and {cell!r} are not told apart"
    if row["reads"].startswith("!"):
        with pytest.raises(ValueError, match=row["reads"][1:]):
            read_cell(column, cell, habits)
    else:
        assert read_cell(column, cell, habits) == row["reads"].replace("empty", "")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return Store(write(tmp_path_factory.mktemp("tables"), 60))


@pytest.fixture(scope="module")
def now(store):
    return StoreNow(store)


@pytest.fixture(scope="module")
def workbook(store):
    return BY_KEY["xlsx"].write(store, View(), "")


def compared(content, now, name="incidents.xlsx"):
    return compare_upload(read_upload(content, name), now)


def edited(content, change):
    """Give a workbook after `change` was done to it by a program that knows only its cells."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def place(book, row, column):
    """Give a cell of the incidents by its row and the name of its column."""
    sheet = book["incidents"]
    return sheet.cell(row, [cell.value for cell in sheet[1]].index(column) + 1)


def told(diff):
    """Give the changes of a diff."""
    return [(one.incident_id, one.column, one.was, one.now) for one in diff.changes]


def nothing(diff):
    return not (diff.changes or diff.refused or diff.strays)


@pytest.mark.parametrize("key", ROUND)
def test_what_comes_back_as_it_was_changes_nothing(store, now, key):
    diff = compared(BY_KEY[key].write(store, View(), ""), now, f"incidents.{BY_KEY[key].suffix}")
    assert nothing(diff) and diff.incidents == diff.unchanged == 60


def test_a_changed_cell_is_a_change_and_everything_beside_it_is_not(store, now, workbook):
    first = store.rows(View(), most=1).iloc[0]

    def change(book):
        place(book, 2, "city").value = " Testa "
        place(book, 2, "killed_best").value = 7.0
        place(book, 2, "killed_low").value, place(book, 2, "killed_high").value = 7, 7
        book["incidents"].auto_filter.ref = "A1:C9"
        book["incidents"].delete_cols(3)
        book["incidents"].insert_rows(1)
        book["incidents"]["A1"] = "Corrected by hand"
        book.create_sheet("sums", 0)["A1"] = "nothing"

    diff = compared(edited(workbook, change), now)
    name = first["incident_id"]
    was = {one.column: one.was for one in diff.changes}
    assert ("city", "Testa") in {(one.column, one.now) for one in diff.changes}
    assert {one.incident_id for one in diff.changes} == {name} and {"city"} <= set(was) <= {
        "city", "killed_low", "killed_best", "killed_high"
    }  # fmt: skip
    assert was["city"] == first["city"] and not diff.refused and diff.unchanged == 59


def test_sorted_rows_removed_rows_and_removed_columns_change_nothing(now, workbook):
    def change(book):
        sheet = book["incidents"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)][::-1][:40]
        sheet.delete_rows(2, 60)
        for row in rows:
            sheet.append(row)
        sheet.delete_cols(10, 5)

    diff = compared(edited(workbook, change), now)
    assert nothing(diff) and (diff.incidents, diff.left_out) == (40, 20)


def test_a_cell_that_the_codebook_does_not_allow_is_refused_with_what_it_allows(now, workbook):
    def change(book):
        place(book, 2, "weapon").value = "gun"
        place(book, 3, "n_stories").value = 99
        place(book, 4, "date_precision").value = "day or so"
        place(book, 5, "latitude").value, place(book, 5, "longitude").value = 200, 0
        place(book, 6, "killed_low").value, place(book, 6, "killed_best").value = 50, 2
        place(book, 7, "notes").value = "=1/0"
        place(book, 8, "notes").value = "x" * 6_000

    diff = compared(edited(workbook, change), now)
    why = {(one.row, one.column): one.why for one in diff.refused}
    weapon = next(one for one in diff.refused if one.column == "weapon")
    assert "drone" in weapon.allowed and "write one of" in weapon.why
    assert "cannot be changed" in why[3, "n_stories"] and "date_start" in why[4, "date_precision"]
    assert "no place on earth" in why[5, "latitude"] or "needs a geo_precision" in why[5, "latitude"]
    assert "out of order" in why[6, "killed_low"] and "out of order" in why[6, "killed_best"]
    assert "formula" in why[7, "notes"] and "5,000" in why[8, "notes"]
    assert not diff.changes


def test_new_rows_repeated_rows_and_unknown_ids_are_refused_in_a_sentence(store, now, workbook):
    def change(book):
        sheet = book["incidents"]
        row = [cell.value for cell in sheet[2]]
        sheet.append([None, "Something that happened"])
        sheet.append(["nowhere:1", "Something else"])
        sheet.append([row[0], "A copy of a row, changed", *row[2:]])
        sheet.append(["gone:3", "It was rejected"])
        sheet.append(row)

    diff = compared(edited(workbook, change), now)
    why = [stray.why for stray in diff.strays]
    assert len(why) == 4 and not diff.changes
    assert "new" in why[0] and "No incident has this id" in why[1] and "keep one" in why[2] and "rejected" in why[3]


def test_the_row_of_an_incident_that_was_merged_since_goes_to_what_it_is_now(store, now, workbook):
    successor = store.follow("gone:1")[0]
    row = dict(now.cells([successor])[successor])

    def change(book):
        sheet = book["incidents"]
        names = [cell.value for cell in sheet[1]]
        cells = dict(zip(names, [cell.value for cell in sheet[2]], strict=True)) | {"incident_id": "gone:1"}
        cells |= {"venue": "Testa Hall"}
        sheet.append([cells[name] for name in names])
        taken = book["as taken"]
        old = [cell.value for cell in taken[2]]
        start = old[0].index('"', 0) + 1
        first = old[0][start : old[0].index('"', start)]
        taken.append([old[0].replace(first, "gone:1", 1), *old[1:]])

    diff = compared(edited(workbook, change), now)
    assert diff.followed == (("gone:1", successor),)
    venue = next(one for one in diff.changes if one.column == "venue")
    assert (venue.incident_id, venue.now, venue.current) == (successor, "Testa Hall", row["venue"])


def moved_on(folder, name, column, value):
    """Give tables in which a cell has changed."""
    rows = generate(60)[0]["incidents"]
    rows.loc[rows["incident_id"] == name, column] = value
    rows.to_parquet(folder / "incidents.parquet")
    return Store(folder)


def test_a_cell_that_the_tables_moved_on_in_is_a_conflict_and_what_they_have_by_now_is_not(store, workbook, tmp_path):
    name = store.ids(View(), 3)[1]
    newer = StoreNow(moved_on(tmp_path, name, "venue", "New Hall"))

    def say(venue):
        return compared(edited(workbook, lambda book: setattr(place(book, 3, "venue"), "value", venue)), newer)

    (one,) = say("Old Hall").changes
    assert one.is_conflict and (one.now, one.current) == ("Old Hall", "New Hall") and not one.is_older
    settled = say("New Hall")
    assert nothing(settled) and settled.settled == 1
    assert nothing(compared(workbook, newer)), "a cell that no one touched stays as the tables have it"


def test_a_csv_is_laid_beside_the_edition_it_was_taken_from(store, tmp_path):
    name = store.ids(View(), 3)[1]
    (tmp_path / "editions").mkdir()
    table = INCIDENTS.columns
    source = store.folder / "incidents.parquet"
    pq.write_table(pq.read_table(source), tmp_path / "editions" / "20261101T080000-0a1b2c3d.parquet")
    newer = StoreNow(moved_on(tmp_path, name, "venue", "New Hall"))
    rows = list(csv.reader(io.StringIO(BY_KEY["csv-full"].write(store, View(), "").decode())))
    rows[3][[column.name for column in table].index("city")] = "Testa"
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    sheet = read_upload(out.getvalue().encode(), "incidents.csv")
    diff = compare_upload(sheet, newer, find_past(sheet, newer, tmp_path))
    assert "1 November 2026" in diff.since
    found = {(one.incident_id, one.column): one for one in diff.changes}
    old = found.pop((name, "venue"))
    assert old.is_conflict and old.is_older and old.current == "New Hall", "what is only older is never taken silently"
    ((_, column),) = found
    assert column == "city" and not found[_, column].is_conflict


def written(rows, encoding="utf-8", delimiter=",", before=""):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return (before + out.getvalue()).encode(encoding, "replace")


@pytest.mark.parametrize(
    ("encoding", "delimiter", "before"),
    [
        ("utf-8-sig", ";", ""), ("utf-16", "\t", ""), ("utf-16-le", ";", ""), ("cp1252", ";", ""),
        ("utf-8", ";", "sep=;\n"), ("utf-8", "\t", "a note\n"),
    ],
)  # fmt: skip
def test_a_csv_of_any_program_is_read(store, now, encoding, delimiter, before):
    rows = list(csv.reader(io.StringIO(BY_KEY["csv"].write(store, View(), "").decode())))
    names = rows[0]
    rows[0] = [name.upper() for name in names]
    if delimiter == ";":
        places = [names.index(name) for name in ("latitude", "longitude")]
        rows[1:] = [[c.replace(".", ",") if at in places else c for at, c in enumerate(row)] for row in rows[1:]]
    content = written([row[::-1] for row in rows], encoding, delimiter, before)
    diff = compared(content, now, "incidents.csv")
    assert nothing(diff) and diff.incidents == 60
    rows[1][names.index("city")] = "Testa"
    assert [one.now for one in compared(written(rows, encoding, delimiter, before), now, "x.csv").changes] == ["Testa"]


def test_days_that_can_be_two_are_read_as_the_rest_of_the_file_has_them(store, now):
    rows = list(csv.reader(io.StringIO(BY_KEY["csv"].write(store, View(), "").decode())))
    start, end = (rows[0].index(f"date_{which}") for which in ("start", "end"))
    for row in rows[1:]:
        for at in (start, end):
            row[at] = f"{row[at][5:7]}/{row[at][8:]}/{row[at][:4]}" if row[at] else ""
    assert nothing(compared(written(rows), now, "x.csv"))
    one = next(row for row in rows[1:] if row[start])
    one[start] = one[end] = "03/04/2022"
    assert {c.now for c in compared(written(rows), now, "x.csv").changes} <= {"2022-03-04"}


def test_the_decisions_name_what_the_person_saw_and_make_sense_together(store, now, workbook):
    def change(book):
        for name, value in (("killed_low", 40), ("killed_best", 41), ("killed_high", 42)):
            place(book, 2, name).value = value

    changes = compared(edited(workbook, change), now).changes
    drafts = make_drafts(changes, "hospital lists", now)
    assert [(one.column, one.was, one.now, one.reason) for one in drafts] == [
        (one.column, one.current, one.now, "hospital lists") for one in changes
    ]
    low = [one for one in changes if one.column == "killed_low"]
    if changes[0].current and int(changes[-1].current or 0) < 40:
        with pytest.raises(ValueError, match="out of order"):
            make_drafts(low, "hospital lists", now)


BOMB = b"PK\x03\x04" + b"x" * 50


def packed(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in parts.items():
            pack.writestr(name.replace("__", "/"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "x.csv", "empty"), (BOMB, "x.xlsx", "not whole"), (b"\0" * 90, "x.xlsx", "not whole"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 90, "x.xls", "password"), (b"a,b\n1,2\n", "x.csv", "incident_id"),
        (b"incident_id,city,city\na,b,c\n", "x.csv", "Two columns"), (packed(a__b="x"), "x.xlsx", "no workbook"),
        (packed(xl__workbook="x"), "x.ods", "no workbook"),
        (b"incident_id,city\n" + b"a,b\n" * 51_000, "x.csv", "rows"),
        (b'incident_id,city\na,"' + b"b" * 200_000, "x.csv", "Line 2"), (b"x" * (51 << 20), "x.csv", "51 MB"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_of_ours_is_refused_in_a_sentence(content, name, says):
    with pytest.raises(UploadError, match=says) as refused:
        read_upload(content, name)
    assert str(refused.value).endswith(".") and "\n" not in str(refused.value)


def test_a_workbook_that_unpacks_to_more_than_it_may_is_never_unpacked(workbook):
    out = io.BytesIO(workbook)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as pack, pack.open("xl/media/big.bin", "w") as part:
        for _ in range(420):
            part.write(b"\0" * (1 << 20))
    with pytest.raises(UploadError, match="unpacks to"):
        check_parts(out.getvalue())


def test_macros_links_to_other_files_and_entities_are_let_be(now, workbook):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part, old.read(part))
        new.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0macro")
        new.writestr("xl/externalLinks/externalLink1.xml", b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>')
    assert nothing(compared(out.getvalue(), now, "incidents.xlsm"))
    bomb = (
        b'<!DOCTYPE a [<!ENTITY a "'
        + b"x" * 1000
        + b'">'
        + b"".join(b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 50) for letter in b"bcdefgh")
        + b"]><a>&h;</a>"
    )
    parts = {part.filename: part for part in zipfile.ZipFile(io.BytesIO(workbook)).infolist()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in parts:
            new.writestr(name, bomb if name == "xl/worksheets/sheet1.xml" else old.read(name))
    with pytest.raises(UploadError, match="cannot be read"):
        read_upload(out.getvalue(), "incidents.xlsx")


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40) | st.sampled_from(
    [
        "=1+1",
        "'=1+1",
        "@a",
        "a;=1",
        "007",
        "1e5",
        "March 27",
        "true",
        "_x0041_",
        "_x0000_",
        "\r\n",
        " a  b ",
        "1/2",
        "#N/A",
    ]
)
CELLS = {"int": st.integers(0, 10**6), "str": TEXTS, "list": TEXTS}


def cells_of(column):
    """Any cell of a column; a number has no more decimals than the codebook gives it."""
    numbers = st.floats(-80, 80).map(lambda number: round(number, column.decimals))
    return CELLS.get(column.type, numbers)


KEPT = ("incident_id", "related_ids", "relation", "source_published", "reviewed_on")
ANY = st.sampled_from([c for c in INCIDENTS.columns if c.type in (*CELLS, "float") and c.name not in KEPT]).flatmap(
    lambda column: st.tuples(st.just(column.name), st.integers(0, 1), st.none() | cells_of(column))
)
NUMBERS = count()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@example(cells=[("reviewer", 0, "_x0000_"), ("reviewer", 1, "_x005F_x0041_")], day=None)
@given(cells=st.lists(ANY, max_size=8), day=st.none() | st.dates())
def test_whatever_the_tables_say_comes_back_as_it_was(tmp_path_factory, cells, day):
    """Any text in any column, any number, any day: written and read back, nothing has changed."""
    folder = tmp_path_factory.mktemp(f"any{next(NUMBERS)}")
    rows = generate(2)[0]["incidents"]
    for name, row, cell in cells:
        rows.loc[row, name] = cell
    rows["date_start"] = rows["date_end"] = day
    rows.to_parquet(folder / "incidents.parquet")
    store = Store(folder)
    for key in ROUND:
        diff = compared(BY_KEY[key].write(store, View(), ""), StoreNow(store), f"x.{BY_KEY[key].suffix}")
        assert nothing(diff) and diff.unchanged == 2, key
