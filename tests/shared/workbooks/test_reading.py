import struct
import zlib
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from shared.workbooks import refusals
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


@pytest.mark.parametrize("cell", ["XFD1", "A1048576", "AAA5", "B1000000", "BA200000"])
def test_one_stray_cell_far_out_does_not_claim_the_memory_of_the_whole_sheet(cell: str) -> None:
    content = _with_cell_at(cell)
    with pytest.raises(refusals.WorkbookTooLarge) as refused:
        open_workbook(content)
    assert "工作表" in refused.value.fault.zh


@pytest.mark.parametrize("cell", ["ZZ199999", "A200000", "AZ999999"])
def test_a_cell_at_the_edge_is_still_read(cell: str) -> None:
    assert open_workbook(_with_cell_at(cell)).sheets[0].name == "Sheet1"


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


def _with_cell_at(cell: str) -> bytes:
    """A workbook whose only cell is moved to `cell` by editing the packed sheet."""
    stream = BytesIO()
    with ZipFile(BytesIO(workbook_of({"Sheet1": [[7]]}))) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                assert zlib.crc32(content) == part.CRC
                content = content.replace(b'r="A1"', f'r="{cell}"'.encode())
            new.writestr(part.filename, content)
    return stream.getvalue()
