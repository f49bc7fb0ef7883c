"""What an import did not take is told: in the job's answer, in the workbook that goes back, and in the ledger."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from services.registry.imports.importing import check_file
from services.registry.imports.report import File, ImportReport
from shared.workbooks.reading import open_workbook
from shared.workbooks.refusals import HeaderNotFound
from shared.workbooks.rows import BadRow
from tests.registry.conftest import Registry
from tests.registry.imports.test_importing import PUPILS, ROSTER, SCHOOL, WANG, ZHAO, school, sheet
from tests.registry.test_api import SignIn
from tests.shared.workbooks.building import workbook_of

__all__ = ["school"]  # a fixture, used by name
TITLE = ["青石镇中心小学花名册"]
GUARDED = [*ROSTER, "监护人姓名", "与学生关系", "监护人电话"]
NEWCOMER = ["周小石", "男", "349921201202290033", "六年级", "2班", "H9", "否"]


def said(rows: Sequence[BadRow]) -> list[tuple[str, str]]:
    return [(problem.code, problem.field_title) for row in rows for problem in row.problems]


def names_in(report: ImportReport, sheet: str) -> list[Any]:
    book = openpyxl.load_workbook(BytesIO(report.workbook()))
    return [row[0].value for row in book[sheet].iter_rows(min_row=3)]


def test_skipped_sheets_and_columns_left_stand_in_answer_workbook_and_ledger(
    school: Registry, sign_in: SignIn
) -> None:
    rows = {"六年级": [TITLE, [*ROSTER, "鞋码"], [*PUPILS[0], "36"], [*PUPILS[2], ""]], "封面": [["填表说明"]]}
    report = school.load("rosters", workbook_of(rows), name="花名册.xlsx")
    assert [each["code"] for each in report.told()["unread"]] == ["column-left", "sheet-without-heading"]
    content, name = report.returned("花名册.xlsx")
    assert (name, content is not None) == ("花名册-核对.xlsx", True)
    (explained,) = open_workbook(report.workbook()).sheets
    assert explained.name == "读取说明"
    rows_shown = sign_in("county_admin", division="349921").get("/ledgers/imported-lists").json["rows"]
    notes = [row["cells"]["unread"] for row in rows_shown if row["cells"]["file_name"] == "花名册.xlsx"]
    assert ["“鞋码”（H 列）没有读取，其中 1 行有内容" in note for note in notes] == [True]


def test_the_answer_of_a_job_and_the_ledger_name_no_child(school: Registry) -> None:
    report = school.load("rosters", sheet(TITLE[0], [*ROSTER, "曾用名"], [*PUPILS[0], "王小雪"]))
    assert "王小雪" not in str(report.told())
    assert report.left_out[0].name == "赵小溪"
    assert "赵小溪" not in str(report.told())


def test_a_file_of_which_everything_was_taken_gives_nothing_back(school: Registry) -> None:
    assert school.load("rosters", sheet(TITLE[0], ROSTER, *PUPILS)).returned("花名册.xlsx") == (None, "")


def test_an_unreadable_cell_is_no_blank_one(school: Registry) -> None:
    """Given a poverty list whose member number shows #N/A; then the row is refused, not passed over as a grown-up."""
    headings = ["户编号", "家庭成员姓名", "成员身份证号", "困难类别", "认定日期"]
    rows = [["H1", "王小雨", "#N/A", "脱贫户", "2016-03-01"], ["H2", "李大力", "", "脱贫户", "2016-03-01"]]
    report = school.load("households", sheet("贫困名单", headings, *rows))
    assert said(report.refused) == [("cell-unreadable", "成员身份证号")]
    assert report.counts["passed_over"] == 1


def test_a_taken_row_with_a_lost_value_is_listed_by_row_field_and_value(school: Registry) -> None:
    rows = [[*PUPILS[0], "第一组", "#REF!"]]
    report = school.load("rosters", sheet(TITLE[0], [*ROSTER, "民族", "班主任"], *rows))
    assert said(report.warned) == [("cell-unknown-choice", "民族"), ("cell-unreadable", "班主任")]
    assert report.counts["warned"] == 1
    book = openpyxl.load_workbook(BytesIO(report.workbook()))
    (line,) = list(book["需核对"].iter_rows(min_row=3, values_only=True))
    assert line[1:5] == ("Sheet1", 3, "民族\n班主任", "第一组\n#REF!")


def test_who_is_left_out_of_a_class_is_named_in_the_workbook_alone(school: Registry) -> None:
    report = school.load("rosters", sheet(TITLE[0], ROSTER, PUPILS[0], NEWCOMER))
    assert names_in(report, "未列入的学生") == ["赵小溪"]


def test_a_mended_workbook_comes_in_for_the_same_school_and_leaves_nobody_out(school: Registry) -> None:
    """Given a roster that names its school above the heading only; when the refused row is mended and sent back in;
    then it is that school's pupil, and the rest of the class is not missed."""
    report = school.load("rosters", sheet(TITLE[0], ROSTER, *PUPILS, [*NEWCOMER[:4], "", *NEWCOMER[5:]]))
    assert said(report.refused) == [("cell-missing", "班级")]
    book = openpyxl.load_workbook(BytesIO(report.workbook()))
    mended = book.worksheets[0]
    (line,) = [row for row in mended.iter_rows() if row[7].value == "周小石"]
    line[11].value = "2班"
    stream = BytesIO()
    book.save(stream)
    again = school.load("rosters", stream.getvalue(), name="名单-退回.xlsx")
    assert (again.counts["changed"], again.refused, again.left_out, again.unread) == (1, [], [], [])
    child = school.store.ledger_collection("children").find_one({"name": "周小石"})
    assert child is not None
    assert child["school"] == SCHOOL


def test_rows_that_were_handed_back_do_not_claim_to_be_all_that_was_missed(school: Registry) -> None:
    """Given a complete list of absentees with one bad row, that is mended and sent back alone; then nobody who stood
    on the whole list is taken to have been there."""
    book = ["姓名", "身份证号", "年级", "班级", "缺勤日期", "缺勤类型"]
    rows = [
        ["王小雨", WANG, "六年级", "2班", "2026-11-16", "旷课"],
        ["赵小溪", ZHAO, "六年级", "2班", "2026-11-16", "不知"],
    ]
    claim = ["青石镇中心小学缺勤名单（本表为完整缺勤名单）"]
    report = school.load("attendance", workbook_of({"Sheet1": [claim, book, *rows]}))
    assert said(report.refused) == [("cell-unknown-choice", "缺勤类型")]
    workbook = openpyxl.load_workbook(BytesIO(report.workbook()))
    workbook.worksheets[0].cell(4, 13).value = "旷课"
    stream = BytesIO()
    workbook.save(stream)
    again = school.load("attendance", stream.getvalue(), name="名单-退回.xlsx")
    assert (again.counts["changed"], again.refused, again.conclusions.counts) == (1, [], {})
    away = school.store.ledger_collection("children").find({"status": "ABSENT_UNEXCUSED"})
    assert sorted(row["name"] for row in away) == ["王小雨", "赵小溪"]


def test_what_a_roster_says_otherwise_of_a_known_pupil_and_does_not_change_is_told(school: Registry) -> None:
    first = ["林小满", "女", "349921201409031047", "六年级", "2班", "H7", "否", "林大山", "父亲", "13800000001"]
    school.load("rosters", sheet(TITLE[0], GUARDED, first))

    def again(*changed: str) -> list[tuple[str, str]]:
        row = [*first[:7], *changed]
        return said(school.load("rosters", sheet(TITLE[0], GUARDED, row)).warned)

    assert again("林大山", "父亲", "13800000001") == []
    assert again("", "", "") == []
    assert again("林大山", "父亲", "13800000002") == [("guardian-phone-not-taken", "监护人电话")]
    assert again("陈秀英", "母亲", "13800000001") == [("guardian-not-taken", "监护人姓名")]
    report = school.load("rosters", sheet(TITLE[0], ROSTER, [*PUPILS[0][:5], "H77", "否"]))
    assert said(report.warned) == [("roster-value-not-taken", "户编号")]


def test_the_list_of_schools_that_is_exported_comes_in_again_without_change(school: Registry, sign_in: SignIn) -> None:
    exported = sign_in("county_admin", division="349921").get("/ledgers/schools.xlsx").data
    report = school.load("schools", exported, name="学校名单.xlsx")
    assert (dict(report.counts), report.refused) == ({"unchanged": 2, "warned": 0}, [])
    assert {each.code for each in report.unread} == {"column-left"}


def test_a_sheet_of_another_kind_is_told_what_it_looks_like() -> None:
    roster = sheet("青石镇中心小学花名册", ROSTER, *PUPILS)
    with pytest.raises(HeaderNotFound) as refused:
        check_file(File(kind="accounts", name="名单.xlsx", content=roster), date(2026, 11, 20))
    assert "这像是在校生花名册" in refused.value.fault.zh


def test_a_heading_without_a_row_is_told(school: Registry) -> None:
    report = school.load("rosters", sheet("青石镇中心小学花名册", ROSTER))
    assert ["表中没有数据行" in each.zh for each in report.unread if each.code == "no-rows"] == [True]
