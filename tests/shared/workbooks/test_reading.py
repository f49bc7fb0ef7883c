import re
import struct
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from shared.workbooks import refusals
from shared.workbooks.cells import NOT_CALCULATED
from shared.workbooks.reading import Limits, open_workbook
from shared.workbooks.rows import GoodRow, read_tables
from tests.shared.workbooks.building import HEADING, PUPILS, workbook_of

FIRST_ROW_OF_DIMENSIONS = 1731  # the place in old_format.xls; 255 there claims most of a terabyte
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"%PDF-1.7", "姓名,身份证号\n".encode("gbk"), b"<html><table></table></html>"],
    ids=["nothing", "text", "pdf", "csv", "html"],
)
def test_what_is_not_excel_is_refused_with_a_sentence_that_says_what_to_do(content: bytes) -> None:
    with pytest.raises(refusals.NotAnExcelFile) as refused:
        open_workbook(content)
    assert "另存为" in refused.value.fault.remedy_zh
    assert refused.value.code == "workbook-not-excel"


def test_a_zip_archive_of_something_else_is_not_excel() -> None:
    stream = BytesIO()
    with ZipFile(stream, "w") as package:
        package.writestr("letter.txt", "x")
    with pytest.raises(refusals.NotAnExcelFile):
        open_workbook(stream.getvalue())


@pytest.mark.parametrize("kept", [0.3, 0.7, 0.98])
def test_a_file_that_breaks_off_is_damaged(kept: float) -> None:
    whole = workbook_of({"名单": [HEADING, *[[n, "林小满", "1"] for n in range(200)]]})
    with pytest.raises(refusals.DamagedWorkbook):
        open_workbook(whole[: int(len(whole) * kept)])


def test_an_old_file_that_breaks_off_is_damaged() -> None:
    with pytest.raises(refusals.DamagedWorkbook):
        open_workbook(OLE + bytes(600))


def test_an_old_file_that_would_end_its_reader_is_damaged_and_ends_nothing_else() -> None:
    content = bytearray((Path(__file__).parent / "old_format.xls").read_bytes())
    content[FIRST_ROW_OF_DIMENSIONS] = 255
    with pytest.raises(refusals.DamagedWorkbook):
        open_workbook(bytes(content))


def test_a_file_with_a_password_is_refused_as_such() -> None:
    content = OLE + bytes(1024) + "EncryptedPackage".encode("utf-16-le") + bytes(1024)
    with pytest.raises(refusals.EncryptedWorkbook) as refused:
        open_workbook(content)
    assert "密码" in refused.value.fault.zh


def test_a_workbook_of_blank_sheets_is_empty() -> None:
    with pytest.raises(refusals.EmptyWorkbook):
        open_workbook(workbook_of({"一": [], "二": []}))


def test_a_workbook_whose_only_filled_sheet_is_hidden_is_empty() -> None:
    with pytest.raises(refusals.EmptyWorkbook):
        open_workbook(workbook_of({"看得见": [], "字典": [["男"]]}, hidden=["字典"]))


def test_a_file_beyond_the_limit_is_too_large_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(bytes(2048))
    with pytest.raises(refusals.WorkbookTooLarge) as refused:
        open_workbook(path, limits=Limits(file_bytes=1024))
    assert "超过" in refused.value.fault.zh


def test_a_small_file_that_unpacks_beyond_the_limit_is_too_large() -> None:
    content = workbook_of({"名单": [["同"] * 50] * 500})
    with pytest.raises(refusals.WorkbookTooLarge) as refused:
        open_workbook(content, limits=Limits(unpacked_bytes=10_000))
    assert "解压" in refused.value.fault.zh


SHEET = "xl/worksheets/sheet1.xml"
HEAD = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def sheet_of(rows: str, after: str = "") -> bytes:
    """A workbook whose only sheet has this XML."""
    return repacked({SHEET: f"{HEAD}<sheetData>{rows}</sheetData>{after}</worksheet>".encode()})


def repacked(parts: Mapping[str, bytes], without: str = "") -> bytes:
    """A small workbook with some of its parts replaced, added or left out."""
    stream = BytesIO()
    with ZipFile(BytesIO(workbook_of({"名单": [[7]]}))) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        kept = {name: old.read(name) for name in old.namelist() if name != without}
        for name, content in (kept | parts).items():
            new.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="ZZ199999"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c\tr="ZZ199999"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c\n s="1"  r = \'ZZ199999\' ><v>1</v></c></row>',
        '<row r="1"><c r="ZZ1"><v>1</v></c></row><row r="199999"><c r="A199999"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048575"/><row>' + "<c><v>1</v></c>" * 40 + "</row>",
        '<row r="1"><c r="A1"><v>1</v></c></row><x:row xmlns:x="y" r="9"><x:c r="ZZ199999"><x:v>1</x:v></x:c></x:row>',
    ],
    ids=["farthest", "within old limits", "tab", "spaces", "crossed", "without positions", "prefixed"],
)
def test_two_cells_far_apart_do_not_claim_the_memory_of_the_whole_sheet(rows: str) -> None:
    with pytest.raises(refusals.WorkbookTooLarge) as refused:
        open_workbook(sheet_of(rows))
    assert "工作表“名单”" in refused.value.fault.zh


FAR = f"""{HEAD}<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="ZZ199999"><v>1</v></c></row>
</sheetData></worksheet>"""


def test_a_sheet_outside_the_usual_folder_is_looked_through_too() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"'
        ' Target="elsewhere.xml"/></Relationships>'
    )
    parts = {"xl/_rels/workbook.xml.rels": relations.encode(), "xl/elsewhere.xml": FAR.encode()}
    with pytest.raises(refusals.WorkbookTooLarge):
        open_workbook(repacked(parts, without=SHEET))


def test_the_sheets_count_together_and_one_that_is_named_twice_counts_twice() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="Z700000"><v>1</v></c></row>'
    alone = sheet_of(rows)
    assert open_workbook(alone).sheets[0].grid.height == 700_000
    with ZipFile(BytesIO(alone)) as package:
        workbook = package.read("xl/workbook.xml").decode()
        sheet = package.read(SHEET)
    (once,) = re.findall("<sheet [^>]*/>", workbook)
    twice = workbook.replace(once, once + once.replace("名单", "又一张"))
    with pytest.raises(refusals.WorkbookTooLarge):
        open_workbook(repacked({"xl/workbook.xml": twice.encode(), SHEET: sheet}))


@pytest.mark.parametrize(
    ("parts", "refusal"),
    [
        ({"xl/workbook.bin": b""}, refusals.NotAnExcelFile),
        ({"content.xml": b"<x/>"}, refusals.NotAnExcelFile),
        ({"XL/worksheets/Sheet1.xml": b"<x/>"}, refusals.DamagedWorkbook),
        ({SHEET: b"<!DOCTYPE x><worksheet><sheetData/></worksheet>"}, refusals.DamagedWorkbook),
        ({SHEET: b"<worksheet><sheetData></worksheet>"}, refusals.DamagedWorkbook),
        ({SHEET: b'<?xml version="1.0" encoding="cp037"?><a/>\xff sheetData'}, refusals.DamagedWorkbook),
    ],
    ids=["xlsb inside", "ods inside", "two parts of one name", "doctype", "unclosed", "another alphabet"],
)
def test_what_two_readers_could_understand_differently_is_refused(
    parts: Mapping[str, bytes], refusal: type[refusals.WorkbookRefused]
) -> None:
    with pytest.raises(refusal):
        open_workbook(repacked(parts))


@pytest.mark.parametrize("cell", ["ZZ199999", "A200000", "AZ999999", "XFD1", "A1048576"])
def test_one_cell_far_out_alone_is_still_read(cell: str) -> None:
    assert open_workbook(sheet_of(f'<row r="1"><c r="{cell}"><v>7</v></c></row>')).sheets[0].grid.height == 1


def test_formatted_and_hidden_empty_rows_down_to_the_last_are_no_content() -> None:
    """Given a value in the first row, and every other row and the last column formatted and empty."""
    empty = "".join(
        f'<row r="{n}" hidden="1"><c r="A{n}" s="0"/><c r="XFD{n}" s="0"/></row>' for n in range(2, 20_000)
    )
    last = '<row r="1048576" s="0" customFormat="1"><c r="XFD1048576" s="0"/></row>'
    sheet = open_workbook(sheet_of('<row r="1"><c r="A1"><v>7</v></c></row>' + empty + last)).sheets[0]
    assert (sheet.grid.height, sheet.grid.width, sheet.marks.hidden) == (1, 1, [])


def test_a_cell_that_shows_an_error_or_was_not_calculated_is_not_blank() -> None:
    cells = (
        '<c r="A1"><v>7</v></c><c r="B1" t="e"><v>#N/A</v></c><c r="C1" t="e"><f>X</f><v>#SPILL!</v></c>'
        '<c r="D1"><f>1+1</f></c><c r="E1"><f>1+1</f><v></v></c><c r="F1" t="str"><f>A1</f><v></v></c>'
        '<c r="G1"><f>1+1</f><v>2</v></c>'
    )
    below = '<row r="4"><c r="A4"><f>A1</f></c></row>'
    rows = list(open_workbook(sheet_of(f'<row r="1">{cells}</row>{below}')).sheets[0].rows())
    assert rows[0] == [7, "#N/A", "#SPILL!", NOT_CALCULATED, NOT_CALCULATED, "", 2]
    assert rows[3][0] == NOT_CALCULATED


def test_a_workbook_of_nothing_but_uncalculated_formulas_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.workbooks.marks.MOST_UNREADABLE", 2)
    cells = "".join(f'<c r="{letter}1"><f>1</f></c>' for letter in "ABC")
    with pytest.raises(refusals.NotCalculated):
        open_workbook(sheet_of(f'<row r="1">{cells}</row>'))


def test_hidden_rows_with_content_and_filters_are_known() -> None:
    rows = '<row r="1"><c r="A1"><v>7</v></c></row><row r="2" hidden="1"><c r="A2"><v>8</v></c></row>'
    after = '<autoFilter ref="A1:A2"><filterColumn colId="0"><filters/></filterColumn></autoFilter>'
    plain, filtered = (open_workbook(sheet_of(rows, each)).sheets[0].marks for each in ("", after))
    assert (plain.hidden, plain.filtered, filtered.hidden, filtered.filtered) == ([1], False, [1], True)


def test_a_packed_part_that_lies_about_its_size_is_damaged() -> None:
    content = bytearray(workbook_of({"名单": [["同"] * 50] * 500}))
    entry = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02"))
    struct.pack_into("<L", content, entry + 24, 10)
    with pytest.raises(refusals.DamagedWorkbook):
        open_workbook(bytes(content))


def test_an_old_xls_file_is_read_like_a_new_one() -> None:
    book = open_workbook(Path(__file__).parent / "old_format.xls")
    rows = [row for table in read_tables(book, PUPILS).tables for row in table.rows()]
    assert [row.values["name"] for row in rows if isinstance(row, GoodRow)] == ["林小满", "周一诺"]
    assert [row.row_number for row in rows] == [3, 4]


def test_the_content_is_checked_not_the_name(tmp_path: Path) -> None:
    path = tmp_path / "名单.xls"
    path.write_bytes(workbook_of({"名单": [HEADING]}))
    assert open_workbook(path).name == "名单.xls"
