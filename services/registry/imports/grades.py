"""Grades and classes as schools write them: 九年级, 初三, 9, 三年级(2)班, 六1班, 701班."""

import re
from dataclasses import dataclass

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

FIRST_JUNIOR_GRADE = 7
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


def read_grade(cell: Cell) -> GradeClass:
    """A cell of the grade column, which may name the class as well. Raises `InvalidValue`."""
    written = _written(cell)
    found = _PRIMARY_OR_JUNIOR.fullmatch(written) or _WRITTEN_GRADE.fullmatch(written)
    if found is None:
        raise InvalidValue(GRADE_UNREADABLE)
    return _grade_class(found)


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
