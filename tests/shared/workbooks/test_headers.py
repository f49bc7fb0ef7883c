from dataclasses import replace

import pytest

from shared.workbooks.headers import Header, NearestRow, find_header
from shared.workbooks.reading import open_workbook
from shared.workbooks.refusals import HeaderNotFound
from shared.workbooks.rows import GoodRow, read_tables
from shared.workbooks.shapes import SheetShape, heading_key
from tests.shared.workbooks.building import HEADING, PUPILS, Rows, rows_of, workbook_of

PUPIL = [1, "林小满", "349921201409031020", "2014-09-03", 6]


def header_of(*rows: list[object], merges: tuple[str, ...] = ()) -> Header:
    found = find_header(open_workbook(workbook_of({"名单": rows}, merges)).sheets[0], PUPILS)
    assert isinstance(found, Header)
    return found


@pytest.mark.parametrize(
    "written",
    [
        "身份证号",
        "身份证号（18位）",
        " 身 份 证 号 ",
        "*身份证号",
        "身份证号：",
        "身份证\n号(必填)",
        "【必填】身份证号",
        "证件号码",
    ],
)
def test_a_heading_is_known_however_it_is_written(written: str) -> None:
    (row,) = rows_of(["姓名", written], ["林小满", "349921201409031020"])
    assert isinstance(row, GoodRow)
    assert row.values["card"] == "349921201409031020"


def test_full_width_letters_and_lower_case_are_the_same_heading() -> None:
    assert heading_key("ＩＤ") == heading_key("id")


def test_a_heading_that_is_nothing_but_a_note_keeps_it() -> None:
    assert heading_key("（姓名）") == "(姓名)"


def test_columns_may_stand_in_any_order_and_unknown_ones_are_named() -> None:
    header = header_of(["年级", "鞋码", "证件号码", "学生姓名"], [6, 38, "1", "林小满"])
    assert {field.name: at for field, at in header.columns} == {"grade": 0, "card": 2, "name": 3}
    assert header.unused == ("鞋码",)


def test_title_rows_and_blank_rows_above_the_heading_are_kept_as_preamble() -> None:
    header = header_of(
        ["落雁乡中心小学2026年秋季学生名单"],
        [],
        ["填表单位：", "落雁乡中心小学", None, "2026年9月"],
        HEADING,
        PUPIL,
        merges=("A1:E1",),
    )
    assert (header.top, header.bottom) == (3, 3)
    assert header.preamble == ("落雁乡中心小学2026年秋季学生名单", "填表单位: 落雁乡中心小学 2026年9月")


def test_a_heading_of_two_rows_is_read_as_one() -> None:
    header = header_of(
        ["序号", "学生信息", None, None, "监护人", None],
        [None, "姓名", "身份证号", "年级", "姓名", "电话"],
        [1, "林小满", "349921201409031020", 6, "林大山", "13800000000"],
        merges=("B1:D1", "E1:F1"),
    )
    assert {field.name: at for field, at in header.columns} == {
        "name": 1,
        "card": 2,
        "grade": 3,
        "guardian": 4,
    }
    assert header.bottom == 1
    assert header.headings == ("序号", "姓名", "身份证号", "年级", "监护人姓名", "监护人电话")


def test_a_data_row_is_never_taken_for_the_lower_half_of_the_heading() -> None:
    assert header_of(HEADING, PUPIL, PUPIL).bottom == 0


def test_the_first_of_two_equal_headings_is_taken() -> None:
    (row,) = rows_of(["姓名", "身份证号", "姓名"], ["林小满", "1", "林大山"])
    assert isinstance(row, GoodRow)
    assert row.values["name"] == "林小满"


@pytest.mark.parametrize(("above", "found"), [(19, True), (20, False)])
def test_the_heading_is_looked_for_in_the_first_twenty_rows(above: int, found: bool) -> None:
    sheet = open_workbook(workbook_of({"名单": [["说明"]] * above + [HEADING, PUPIL]})).sheets[0]
    assert isinstance(find_header(sheet, PUPILS), Header) is found


def test_without_a_heading_the_refusal_names_what_was_looked_for_and_what_is_missing() -> None:
    content = workbook_of({"封面": [["说明"]], "名单": [["姓名", "年级"], ["林小满", 6]]})
    with pytest.raises(HeaderNotFound) as refused:
        read_tables(open_workbook(content), PUPILS)
    assert "缺少的列：身份证号" in refused.value.fault.zh
    assert refused.value.looked_for == ("姓名", "身份证号")
    assert refused.value.missing == ("身份证号",)


def test_every_sheet_with_such_a_heading_is_read_and_the_others_are_named() -> None:
    sheets: dict[str, Rows] = {
        "封面": [["填表说明"]],
        "一班": [HEADING, PUPIL],
        "空表": [],
        "二班": [["名单"], HEADING, PUPIL, PUPIL],
        "旧表": [HEADING, PUPIL],
    }
    reading = read_tables(open_workbook(workbook_of(sheets, hidden=["旧表"])), PUPILS)
    assert [(table.sheet.name, len(list(table.rows()))) for table in reading.tables] == [
        ("一班", 1),
        ("二班", 2),
    ]
    assert [(sheet.name, sheet.why) for sheet in reading.skipped] == [
        ("封面", "no-header"),
        ("空表", "empty"),
        ("旧表", "hidden"),
    ]


def test_a_table_that_does_not_begin_in_the_first_column_is_read() -> None:
    (row,) = rows_of([], [None, None, *HEADING], [None, None, *PUPIL])
    assert isinstance(row, GoodRow)
    assert (row.row_number, row.values["grade"]) == (3, 6)


def test_the_nearest_row_says_what_it_lacks() -> None:
    sheet = open_workbook(workbook_of({"名单": [["身份证号"], ["1"]]})).sheets[0]
    found = find_header(sheet, PUPILS)
    assert isinstance(found, NearestRow)
    assert [field.title for field in found.missing] == ["姓名"]


def test_a_shape_without_required_fields_still_needs_a_heading() -> None:
    optional = SheetShape(title="名单", fields=tuple(replace(field, required=False) for field in PUPILS.fields))
    sheet = open_workbook(workbook_of({"名单": [["天气"], ["晴"]]})).sheets[0]
    assert isinstance(find_header(sheet, optional), NearestRow)
