from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from shared.workbooks.cells import Cell
from shared.workbooks.reading import open_workbook
from shared.workbooks.rows import BadRow, GoodRow, read_tables
from shared.workbooks.writing import TableTooLong, write_refusals, write_table
from tests.shared.workbooks.building import HEADING, PUPILS, rows_of, workbook_of


def written(rows: Sequence[Sequence[Cell | None]], sheet_name: str = "台账") -> Any:
    stream = BytesIO()
    write_table(stream, sheet_name, "疑似辍学台账", [("姓名", 10), ("身份证号", 20)], rows)
    return openpyxl.load_workbook(stream).worksheets[0]


def test_a_table_has_a_title_a_frozen_heading_and_its_rows() -> None:
    stream = BytesIO()
    assert (
        write_table(stream, "台账", "疑似辍学台账", [("姓名", 10), ("返校日", 12)], [["林小满", date(2026, 9, 1)]])
        == 1
    )
    sheet = openpyxl.load_workbook(stream).worksheets[0]
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert values[:2] == [["疑似辍学台账", None], ["姓名", "返校日"]]
    assert values[2][0] == "林小满"
    assert values[2][1].date() == date(2026, 9, 1)
    assert sheet.freeze_panes == "A3"


@pytest.mark.parametrize("text", ["=1+1", "+8613800000000", "-2", "@SUM(A1)", '=HYPERLINK("http://a.example")'])
def test_text_never_becomes_a_formula(text: str) -> None:
    cell = written([[text]])["A3"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix


def test_identity_numbers_keep_every_digit_even_when_given_as_numbers() -> None:
    sheet = written([["349921201409031020", 349921201409031020]])
    assert [sheet["A3"].value, sheet["B3"].value] == ["349921201409031020", "349921201409031020"]
    assert sheet["A3"].number_format == "@"


def test_a_sheet_name_that_excel_forbids_is_mended() -> None:
    assert written([], "落雁乡/七年级[1]：名单" * 4).title == ("落雁乡 七年级 1 ：名单" * 4)[:31]


def test_more_rows_than_excel_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.workbooks.writing.LAST_ROW", 4)
    written([["一"], ["二"]])
    with pytest.raises(TableTooLong):
        written([["一"], ["二"], ["三"]])


def test_rows_are_taken_one_by_one() -> None:
    asked: list[int] = []

    def rows() -> Iterator[list[Cell]]:
        for number in range(3):
            asked.append(number)
            yield [str(number)]

    stream = BytesIO()
    assert write_table(stream, "台账", "台账", [("号", 5)], rows()) == 3
    assert asked == [0, 1, 2]


def refused_rows() -> list[BadRow]:
    rows = rows_of(HEADING, [7, None, "349921201409031020", "2014-02-30", 6], [8, "林小满", "1", None, 6])
    return [row for row in rows if isinstance(row, BadRow)]


def test_a_refused_row_is_one_line_with_all_reasons_and_its_original_cells() -> None:
    stream = BytesIO()
    assert write_refusals(stream, refused_rows()) == 1
    lines = [[cell.value for cell in row] for row in openpyxl.load_workbook(stream).worksheets[0].iter_rows()]
    assert lines[1] == ["文件", "工作表", "行号", "字段", "原值", "原因", "处理办法", *HEADING]
    assert lines[2][1:4] == ["名单", 2, "姓名\n出生日期"]
    assert lines[2][5] == "必填项没有填写\n日期不存在：2014年2月没有30日"
    assert lines[2][7:] == [7, None, "349921201409031020", "2014-02-30", 6]


def test_the_mended_workbook_of_refused_rows_can_be_read_as_it_is() -> None:
    stream = BytesIO()
    write_refusals(stream, refused_rows())
    book = openpyxl.load_workbook(stream)
    book.worksheets[0]["I3"], book.worksheets[0]["K3"] = "林小满", "2014-02-28"
    mended = BytesIO()
    book.save(mended)
    (table,) = read_tables(open_workbook(mended.getvalue()), PUPILS).tables
    (row,) = table.rows()
    assert isinstance(row, GoodRow)
    assert (row.values["name"], row.values["born_on"]) == ("林小满", date(2014, 2, 28))


def test_rows_with_other_headings_stand_on_another_sheet() -> None:
    other = BadRow("乙校", 5, refused_rows()[0].problems, ["349921", 6], ("身份证号", "年级"), "乙校.xlsx")
    stream = BytesIO()
    assert write_refusals(stream, [*refused_rows(), other, *refused_rows()]) == 3
    first, second = openpyxl.load_workbook(stream).worksheets
    assert (first.max_row, second.max_row) == (4, 3)
    assert [cell.value for cell in second[3]][:3] == ["乙校.xlsx", "乙校", 5]


def test_no_refused_rows_still_make_a_workbook() -> None:
    stream = BytesIO()
    assert write_refusals(stream, []) == 0
    assert openpyxl.load_workbook(stream).worksheets[0]["A2"].value == "文件"


def test_the_file_name_stands_beside_each_refused_row() -> None:
    content = workbook_of({"名单": [HEADING, [1, None, "1"]]})
    (table,) = read_tables(open_workbook(content, "甲校.xlsx"), PUPILS).tables
    (row,) = table.rows()
    assert isinstance(row, BadRow)
    assert row.file == "甲校.xlsx"
