"""The forms in which the real sheets of offices hold their values: each is taken, or refused in words that name it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from services.registry.imports.columns import CLASS_NO, MAIN_NUMBER, SEX, birth_date, grade
from services.registry.imports.grades import GradeClass
from services.registry.imports.shapes import rosters
from shared.faults import InvalidValue
from shared.workbooks.cells import Cell
from shared.workbooks.shapes import heading_key
from tests.registry.imports.sheets import TODAY

ID = "349921201409031020"


def under(heading: str) -> Callable[[Cell], Any]:
    """How a roster reads a column of this heading."""
    return rosters(TODAY).by_heading()[heading_key(heading)].parse


@pytest.mark.parametrize(
    ("heading", "cell", "value"),
    [
        ("就读方式", "走读", False),
        ("就读方式", "住校", True),
        ("就读方式", "1", False),
        ("就读方式", 1.0, False),
        ("就读方式", "2", True),
        ("就读方式", "1-走读", False),
        ("就读方式", "2-住校", True),
        ("是否寄宿", "1", True),
        ("是否寄宿", 1.0, True),
        ("是否为住宿生", "0", False),
        ("是否住宿生", "Y", True),
        ("是否住宿生", "N", False),
        ("是否住宿生", "1-是", True),
        ("是否住宿生", "0-否", False),
        ("是否住宿生", "√", True),
        ("性别", "男", "M"),
        ("性别", "2", "F"),
        ("性别", 1.0, "M"),
        ("性别", "1-男", "M"),
        ("性别", "2-女", "F"),
        ("民族", "汉族", "01"),
        ("民族", "汉", "01"),
        ("民族", "01", "01"),
        ("民族", "01-汉族", "01"),
        ("民族", "15-土家族", "15"),
        ("年级", "五年级", GradeClass(5, None)),
        ("年级", "5", GradeClass(5, None)),
        ("年级", "小学五年级", GradeClass(5, None)),
        ("年级", "初一", GradeClass(7, None)),
        ("年级", "七年级", GradeClass(7, None)),
        ("年级", "小学2021级", GradeClass(6, None)),
        ("年级", "初中2026级", GradeClass(7, None)),
        ("班级", "1班", GradeClass(None, 1)),
        ("班级", "(1)班", GradeClass(None, 1)),
        ("班级号", "02班", GradeClass(None, 2)),
        ("班级", "五(1)班", GradeClass(5, 1)),
        ("班级", "2", GradeClass(None, 2)),
        ("入学年月", "201409", date(2014, 9, 1)),
        ("入学年月", 201409.0, date(2014, 9, 1)),
        ("入学年月", "2014-09", date(2014, 9, 1)),
        ("入学年月", "2014.9", date(2014, 9, 1)),
        ("入学年月", 2014.9, date(2014, 9, 1)),
        ("入学年月", "2014年9月", date(2014, 9, 1)),
        ("入学年月", "20140901", date(2014, 9, 1)),
        ("入学年月", date(2014, 9, 1), date(2014, 9, 1)),
        ("出生日期", "2015-03-12", date(2015, 3, 12)),
        ("出生日期", "20150312", date(2015, 3, 12)),
        ("出生日期", "2015/3/12", date(2015, 3, 12)),
        ("出生日期", "2015年3月12日", date(2015, 3, 12)),
        ("出生日期", date(2015, 3, 12), date(2015, 3, 12)),
        ("学籍主号", ID, ID),
        ("学籍主号", "G" + ID, ID),
    ],
)
def test_a_form_of_a_real_sheet_is_taken_as_its_column_means_it(heading: str, cell: Cell, value: object) -> None:
    assert under(heading)(cell) == value


@pytest.mark.parametrize(
    ("heading", "cell", "code"),
    [
        ("出生日期", "201503", "cell-no-day"),
        ("入学年月", 2014.1, "cell-month-unclear"),
        ("入学年月", "2014", "cell-no-date"),
        ("入学年月", "201413", "cell-impossible-date"),
        ("年级", "2021级", "grade-without-stage"),
        ("年级", "小学2015级", "grade-of-another-year"),
        ("年级", "初中2027级", "grade-of-another-year"),
        ("就读方式", "3", "cell-unknown-choice"),
        ("是否寄宿", "3-待定", "cell-unknown-choice"),
        ("民族", "01-01", "cell-unknown-choice"),
        ("学籍主号", "L349921201409031020", "main-number-temporary"),
        ("班主任", "#N/A", "cell-name-unreadable"),
        ("户编号", "#REF!", "cell-unreadable"),
        ("家庭住址", "#VALUE!", "cell-unreadable"),
        ("家庭住址", "3.49921201409031E+17", "cell-digits-lost"),
    ],
)
def test_a_form_that_does_not_tell_is_refused_in_words_that_name_it(heading: str, cell: Cell, code: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        under(heading)(cell)
    assert refused.value.code == code


def test_what_tells_a_person_or_a_place_costs_the_row_and_nothing_else_does() -> None:
    assert {field.name for field in rosters(TODAY).fields if field.costs_the_row} == {
        *("name", "sex", "id_number", "student_number", "birth_date", "grade", "class_no"),
        *("school_code", "school_name"),
    }
    assert all(field.essential for field in (SEX, MAIN_NUMBER, CLASS_NO, grade(TODAY), birth_date(TODAY)))
