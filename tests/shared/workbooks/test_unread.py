"""Nothing of a workbook is left in silence."""

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.workbooks.reading import open_workbook
from shared.workbooks.refusals import HeaderNotFound
from shared.workbooks.rows import BadRow, read_tables
from shared.workbooks.unread import Unread, unread_of
from shared.workbooks.writing import Note, write_refusals
from tests.shared.workbooks.building import HEADING, PUPILS, Rows, workbook_of

PUPIL = [1, "林小满", "349921201409031020", "2014-09-03", 6]


def told(content: bytes) -> list[Unread]:
    workbook = open_workbook(content, "名单.xlsx")
    return unread_of(workbook, [read_tables(workbook, PUPILS)])


def of(sheets: Mapping[str, Rows], hidden: Sequence[str] = ()) -> list[tuple[str, str, bool]]:
    return [(each.code, each.sheet, each.lost) for each in told(workbook_of(sheets, hidden=hidden))]


def test_every_sheet_that_was_skipped_is_told_with_the_reason() -> None:
    sheets: dict[str, Rows] = {
        "一班": [HEADING, PUPIL],
        "封面": [["填表说明"]],
        "空表": [],
        "去年": [HEADING, PUPIL],
        "字典": [["男"], ["女"]],
        "二班": [*[["说明"]] * 30, HEADING, PUPIL],
    }
    assert of(sheets, hidden=["去年", "字典"]) == [
        ("sheet-without-heading", "封面", True),
        ("sheet-empty", "空表", False),
        ("sheet-hidden", "去年", True),
        ("sheet-hidden", "字典", False),
        ("sheet-heading-too-low", "二班", True),
    ]


def test_a_heading_below_the_searched_rows_is_told_with_its_row() -> None:
    low = [*[["说明"]] * 30, HEADING, PUPIL]
    (found,) = told(workbook_of({"一班": [HEADING, PUPIL], "二班": low}))
    assert "表头在第 31 行，只在前 20 行中查找" in found.zh
    with pytest.raises(HeaderNotFound) as refused:
        told(workbook_of({"二班": low}))
    assert "工作表“二班”的表头在第 31 行" in refused.value.fault.zh


def test_columns_that_hold_something_and_were_left_are_told_but_not_serial_numbers_and_empty_ones() -> None:
    rows = [[*HEADING, "鞋码", "特长", None], [*PUPIL, 36, None, "见附件"], [*PUPIL, None, None, None], ["合计", 2, 3]]
    left = told(workbook_of({"名单": rows}))
    assert [(each.code, each.zh) for each in left] == [
        ("column-left", "工作表“名单”“鞋码”（F 列）没有读取，其中 1 行有内容"),
        ("column-left", "工作表“名单”没有列名的 H 列没有读取，其中 1 行有内容"),
    ]


@pytest.mark.parametrize("serial", ["序号", "序 号", "序　号", "No.", "序号（必填）"])
def test_a_serial_number_is_missed_by_nobody_however_its_heading_is_set(serial: str) -> None:
    assert told(workbook_of({"名单": [[serial, *HEADING[1:]], PUPIL]})) == []


def test_of_two_columns_of_one_heading_it_is_told_which_was_taken_and_whether_they_differ() -> None:
    rows = [["姓名", "身份证号", "学生姓名"], ["林小满", "1", "林小满"], ["周一诺", "2", "周一诺诺"]]
    (found,) = told(workbook_of({"名单": rows}))
    assert (found.code, found.lost) == ("column-doubled", True)
    assert "采用 A 列，C 列没有读取，其中 1 行与 A 列不同" in found.zh
    (same,) = told(workbook_of({"名单": rows[:2]}))
    assert (same.code, same.lost) == ("column-doubled", False)


@pytest.mark.parametrize(("filtered", "code"), [(False, "rows-hidden"), (True, "rows-filtered")])
def test_rows_that_are_not_shown_are_read_and_told_by_number(filtered: bool, code: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (HEADING, PUPIL, PUPIL, PUPIL, PUPIL):
        sheet.append(row)
    for number in (2, 3, 5):
        sheet.row_dimensions[number].hidden = True
    if filtered:
        sheet.auto_filter.ref = "A1:E5"
        sheet.auto_filter.add_filter_column(4, ["6"])
    stream = BytesIO()
    book.save(stream)
    (found,) = told(stream.getvalue())
    assert (found.code, found.lost) == (code, True)
    assert "3 行（第 2—3、5 行），已一并读取" in found.zh
    (table,) = read_tables(open_workbook(stream.getvalue()), PUPILS).tables
    assert len(list(table.rows())) == 4


def test_of_an_old_file_it_is_told_what_cannot_be_known() -> None:
    with open("tests/shared/workbooks/old_format.xls", "rb") as file:
        assert [(each.code, each.lost) for each in told(file.read())][:1] == [("old-format", False)]


def refused(content: bytes, name: str) -> list[BadRow]:
    tables = read_tables(open_workbook(content, name), PUPILS).tables
    return [row for table in tables for row in table.rows() if isinstance(row, BadRow)]


def handed_back(rows: Sequence[BadRow], *notes: Note) -> bytes:
    stream = BytesIO()
    write_refusals(stream, rows, notes)
    return stream.getvalue()


def test_a_workbook_that_was_handed_back_names_the_same_school_and_sheet_as_the_first() -> None:
    above = [["落雁乡中心小学花名册"], ["填表日期：", "2026年9月1日"]]
    sheets = {
        "一班": [*above, HEADING, [1, None, "1"]],
        "二班": [["青石镇中心小学花名册"], HEADING, [1, None, "2"]],
    }
    again = open_workbook(handed_back(refused(workbook_of(sheets), "名单.xlsx")))
    tables = read_tables(again, PUPILS).tables
    assert [(table.sheet.name, table.header.preamble[1:]) for table in tables] == [
        ("一班", ("落雁乡中心小学花名册", "填表日期: 2026年9月1日")),
        ("二班", ("青石镇中心小学花名册",)),
    ]


def test_many_lines_above_do_not_push_the_heading_out_of_sight() -> None:
    above = [[f"说明 {number}"] for number in range(19)]
    rows = refused(workbook_of({"一班": [*above, HEADING, [1, None, "1"]]}), "名单.xlsx")
    (again,) = refused(handed_back(rows), "名单-退回.xlsx")
    assert "说明 18" in again.preamble[-1]


def test_what_we_add_is_neither_read_nor_told_as_left_when_it_comes_in_again() -> None:
    rows = refused(workbook_of({"一班": [HEADING, [1, None, "1"]]}), "名单.xlsx")
    notes = Note("读取说明", "读取说明", [("工作表", 10), ("姓名", 10)], [["一班", "林"]])
    assert told(handed_back(rows, notes)) == []


CELLS = st.one_of(
    st.none(),
    st.sampled_from(["林小满", "349921201409031020", 349921201409031020, "", "#N/A", "=1+1", 6, 12, 2.5, True]),
    st.sampled_from(["2014-02-30", "2014-09-03", "3.49E+17", date(2014, 9, 3), time(8, 30), timedelta(hours=30), "/"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[CELLS] * len(HEADING)), min_size=1, max_size=4))
def test_a_workbook_that_is_handed_back_and_comes_in_unchanged_is_refused_for_the_same_reasons(
    rows: list[tuple[object, ...]],
) -> None:
    first = refused(workbook_of({"一班": [["落雁乡中心小学"], HEADING, *rows]}), "名单.xlsx")
    again = refused(handed_back(first), "名单-退回.xlsx") if first else []
    assert [[problem.code for problem in row.problems] for row in again] == [
        [problem.code for problem in row.problems] for row in first
    ]
    assert [row.headings for row in again] == [row.headings for row in first]
