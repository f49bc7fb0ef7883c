"""Grades and classes as schools write them: 九年级, 初三, 9, 三年级(2)班, 六1班, 701班."""

import re
from dataclasses import dataclass
from datetime import date

from shared.calendar.terms import school_year_of
from shared.faults import Fault, InvalidValue
from shared.identifiers.text import compact
from shared.workbooks.cells import Cell, shown

GRADE_UNREADABLE = Fault(
    "grade-unreadable",
    "不是可以识别的年级",
    "This is not a grade of compulsory education.",
    "请填写一年级至九年级，如“七年级”或“7”",
)
CLASS_UNREADABLE = Fault(
    "class-unreadable", "不是可以识别的班级", "This is not a class.", "请填写班级，如“七年级（2）班”或“2”"
)

NO_STAGE = Fault(
    "grade-without-stage",
    "只写了入学年份，没有写明小学还是初中",
    "A year of entry tells the grade only together with the stage.",
    "请写明学段，如“小学2021级”“初中2024级”，或直接填写年级",
)
NOT_OF_THIS_YEAR = Fault(
    "grade-of-another-year",
    "按入学年份推算，本学年已不在这个学段",
    "By the year of entry the pupil is no longer, or not yet, in this stage.",
    "请核对入学年份，或直接填写年级",
)

FIRST_JUNIOR_GRADE = 7
_STAGES = {"小学": (0, 6), "初中": (FIRST_JUNIOR_GRADE - 1, 3)}
"""How many grades come before a stage, and how many it has."""
_YEAR_OF_ENTRY = re.compile(r"(?P<stage>小学|初中)?(?P<year>20\d{2})级?")
_NUMERALS = {numeral: value for value, numeral in enumerate("一二三四五六七八九十", 1)}
_NUMBER = r"\d{1,2}|十?[一二三四五六七八九]|十"
_CLASS = rf"(?:[(.\-]?(?P<class_no>{_NUMBER})\)?班?)?"
_WRITTEN_GRADE = re.compile(rf"(?:小学|初中)?(?P<grade>[1-9一二三四五六七八九])(?:年级|年|级)?{_CLASS}")
_PRIMARY_OR_JUNIOR = re.compile(rf"(?P<stage>初中|初)(?P<grade>[1-3一二三])(?:年级|年)?{_CLASS}")
_GRADE_IN_CLASS_NUMBER = re.compile(r"(?P<grade>[1-9])(?P<class_no>\d{2})班?")
_CLASS_ALONE = re.compile(rf"\(?(?P<class_no>{_NUMBER})\)?班?")


@dataclass(frozen=True, slots=True)
class GradeClass:
    """A grade 1–9, a class number from 1, or both, as far as the cell tells."""

    grade: int | None
    class_no: int | None


def read_grade(cell: Cell, today: date) -> GradeClass:
    """A cell of the grade column, which may name the class as well, or the year of entry. Raises `InvalidValue`."""
    written = _written(cell)
    if entered := _YEAR_OF_ENTRY.fullmatch(written):
        return GradeClass(_grade_since(entered["stage"], int(entered["year"]), today), None)
    found = _PRIMARY_OR_JUNIOR.fullmatch(written) or _WRITTEN_GRADE.fullmatch(written)
    if found is None:
        raise InvalidValue(GRADE_UNREADABLE)
    return _grade_class(found)


def _grade_since(stage: str | None, year: int, today: date) -> int:
    if stage is None:
        raise InvalidValue(NO_STAGE)
    before, grades = _STAGES[stage]
    in_stage = school_year_of(today).start - year + 1
    if not 1 <= in_stage <= grades:
        raise InvalidValue(NOT_OF_THIS_YEAR)
    return before + in_stage


def read_class(cell: Cell) -> GradeClass:
    """A cell of the class column, which may name the grade as well. Raises `InvalidValue`."""
    written = _written(cell)
    for form in (_CLASS_ALONE, _GRADE_IN_CLASS_NUMBER, _PRIMARY_OR_JUNIOR, _WRITTEN_GRADE):
        found = form.fullmatch(written)
        if found is not None:
            return _grade_class(found)
    raise InvalidValue(CLASS_UNREADABLE)


def _written(cell: Cell) -> str:
    """Text, or a whole number; any other cell reads as nothing that could be a grade or class."""
    if isinstance(cell, str):
        return compact(cell)
    return shown(cell) if isinstance(cell, (int, float)) and cell == int(cell) else ""


def _grade_class(found: re.Match[str]) -> GradeClass:
    parts = found.groupdict()
    grade = _number(parts.get("grade"))
    if grade is not None and parts.get("stage"):
        grade += FIRST_JUNIOR_GRADE - 1
    class_no = _number(parts.get("class_no"))
    if class_no == 0:
        raise InvalidValue(CLASS_UNREADABLE)
    return GradeClass(grade, class_no)


def _number(written: str | None) -> int | None:
    if written is None:
        return None
    if written.isdigit():
        return int(written)
    return sum(_NUMERALS[numeral] for numeral in written)
