from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from shared.workbooks.reading import open_workbook
from shared.workbooks.rows import BadRow, GoodRow, PassedOver, read_tables
from shared.workbooks.shapes import Problem
from tests.shared.workbooks.building import HEADING, PUPILS, rows_of, workbook_of

PUPIL = [1, "林小满", "349921201409031020", "2014-09-03", 6]


def test_a_good_row_has_its_values_and_excels_own_row_number() -> None:
    (row,) = rows_of(["名单"], HEADING, [1, "林 小满", "３４９９２１２０１４０９０３１０２ｘ", date(2014, 9, 3), 6])
    assert isinstance(row, GoodRow)
    assert (row.sheet, row.row_number) == ("名单", 3)
    assert row.values == {
        "name": "林小满",
        "card": "34992120140903102X",
        "born_on": date(2014, 9, 3),
        "grade": 6,
        "guardian": None,
    }


def test_an_identity_number_kept_as_a_number_has_lost_its_last_digits_and_is_refused() -> None:
    (row,) = rows_of(HEADING, [1, "林小满", 349921201409031020, "2014-09-03", 6])
    assert isinstance(row, BadRow)
    (problem,) = row.problems
    assert (problem.code, problem.field_title) == ("cell-digits-lost", "身份证号")
    assert problem.value_shown == "3.49921201409031E+17"
    assert "文本" in problem.remedy


def test_all_problems_of_a_row_are_told_at_once_with_the_original_cells() -> None:
    (row,) = rows_of(HEADING, [1, None, "349921201409031020", "2014-02-30", 12])
    assert isinstance(row, BadRow)
    assert [(problem.code, problem.field_title) for problem in row.problems] == [
        ("cell-missing", "姓名"),
        ("cell-impossible-date", "出生日期"),
        ("cell-out-of-range", "年级"),
    ]
    assert row.problems[1].reason == "日期不存在：2014年2月没有30日"
    assert list(row.cells) == [1.0, "", "349921201409031020", "2014-02-30", 12.0]
    assert row.headings == ("序号", "姓名", "身份证号", "出生日期", "年级")


@pytest.mark.parametrize("blank", ["", "  ", "　", "/", "-", "—", "无", None])
def test_the_marks_for_nothing_are_nothing(blank: str | None) -> None:
    (row,) = rows_of(HEADING, [1, "林小满", "1", blank, blank])
    assert isinstance(row, GoodRow)
    assert row.values["born_on"] is None
    assert row.values["grade"] is None


def test_blank_rows_totals_notes_repeated_headings_and_unfilled_lines_are_no_records() -> None:
    rows = rows_of(
        HEADING,
        PUPIL,
        [],
        HEADING,
        [None, "合 计", "2人"],
        [2, None, None, None, None],
        ["填表人：", "周一诺", "审核人："],
        [" "],
        ["注：本表一式两份"],
        PUPIL,
    )
    assert [(row.row_number, getattr(row, "why", "good")) for row in rows] == [
        (2, "good"),
        (4, "heading"),
        (5, "total"),
        (6, "unfilled"),
        (7, "note"),
        (9, "note"),
        (10, "good"),
    ]


def test_a_pupil_whose_name_begins_like_a_total_is_a_pupil() -> None:
    (row,) = rows_of(["姓名", "身份证号"], ["合欢", "1"])
    assert isinstance(row, GoodRow)


def test_a_cell_merged_downwards_counts_for_every_row_that_it_covers() -> None:
    rows = rows_of(
        ["监护人姓名", "姓名", "身份证号"],
        ["林大山", "林小满", "1"],
        [None, "林小雨", "2"],
        [None, "周一诺", "3"],
        merges=("A2:A3",),
    )
    guardians = [row.values["guardian"] for row in rows if isinstance(row, GoodRow)]
    assert guardians == ["林大山", "林大山", None]


def test_a_row_check_refuses_or_warns_once_all_cells_are_read() -> None:
    def check(values: Mapping[str, Any]) -> Iterable[Problem]:
        if values["grade"] > 6:
            yield Problem(
                code="grade-high",
                field_title="年级",
                value_shown=str(values["grade"]),
                reason="年级偏高",
                remedy="请核对。",
                blocking=values["grade"] == 9,
            )

    shape = replace(PUPILS, check=check)
    good, warned, bad, unread = rows_of(
        HEADING,
        [1, "林小满", "1", None, 6],
        [2, "林小雨", "2", None, 7],
        [3, "周一诺", "3", None, 9],
        [4, "周一诺", "3", "没有", 9],
        shape=shape,
    )
    assert isinstance(good, GoodRow)
    assert good.warnings == ()
    assert isinstance(warned, GoodRow)
    assert [problem.code for problem in warned.warnings] == ["grade-high"]
    assert isinstance(bad, BadRow)
    assert [problem.code for problem in bad.problems] == ["grade-high"]
    assert isinstance(unread, BadRow)
    assert [problem.code for problem in unread.problems if problem.blocking] == ["grade-high"]


def test_a_table_can_be_read_twice_with_the_same_result() -> None:
    (table,) = read_tables(open_workbook(workbook_of({"名单": [HEADING, PUPIL, PUPIL]})), PUPILS).tables
    assert list(table.rows()) == list(table.rows())
    assert not any(isinstance(row, PassedOver) for row in table.rows())


def test_a_refused_row_still_has_what_could_be_read_of_it() -> None:
    (row,) = rows_of(HEADING, [1, None, "349921201409031020", "2014-02-30", 6])
    assert isinstance(row, BadRow)
    assert (row.values["name"], row.values["grade"], row.values["born_on"]) == (None, 6, None)


@pytest.mark.parametrize("shown", ["2014-02-30", "没有", "2014-02", "#N/A"])
def test_a_cell_that_nobody_needs_loses_its_value_and_does_not_cost_the_row(shown: str) -> None:
    (row,) = rows_of(HEADING, [1, "林小满", "349921201409031020", shown, 6])
    assert isinstance(row, GoodRow)
    assert row.values["born_on"] is None
    assert [(problem.field_title, problem.value_shown) for problem in row.warnings] == [("出生日期", shown)]


@pytest.mark.parametrize("essential", [True, False])
def test_an_essential_cell_that_cannot_be_read_costs_the_row(essential: bool) -> None:
    fields = tuple(replace(field, essential=essential and field.name == "born_on") for field in PUPILS.fields)
    (row,) = rows_of(HEADING, [1, "林小满", "1", "没有", 6], shape=replace(PUPILS, fields=fields))
    assert isinstance(row, BadRow) is essential


def test_what_cannot_be_read_is_not_blank() -> None:
    """Given a required cell that shows an error; then it is not said to be missing, but to be unreadable."""
    (row,) = rows_of(HEADING, [1, "林小满", "#N/A", "2014-09-03", 6])
    assert isinstance(row, BadRow)
    (problem,) = row.problems
    assert (problem.code, problem.reason) == ("cell-unreadable", "单元格显示为 #N/A，无法读取")
