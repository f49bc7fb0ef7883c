"""What must hold between the fields of a row, and what follows from one field for another."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from services.registry.sealing import SEX_LETTERS
from shared.faults import Fault, InvalidValue
from shared.identifiers import parse_mobile
from shared.identifiers.bank_account import warnings_about
from shared.identifiers.resident_id import birth_date_of, sex_of
from shared.identifiers.student_number import birth_date_in_number, embedded_resident_id
from shared.workbooks.rows import VALUE_MISSING
from shared.workbooks.shapes import Problem, RowCheck

NO_IDENTITY = Fault(
    "row-no-identity",
    "身份证号和学籍号都没有填写，无法确定是哪名学生",
    "Neither an identity number nor a student number tells who this is.",
    "请至少填写其中一项",
)
NUMBERS_DIFFER = Fault(
    "row-student-number-differs",
    "学籍号中的身份证号与身份证号一栏不一致",
    "The student number carries another identity number.",
    "请对照户口簿和学籍系统核对两个号码",
)
SEX_DIFFERS = Fault(
    "row-sex-differs",
    "性别与身份证号不一致（倒数第二位单数为男，双数为女）",
    "The sex does not fit the identity number.",
    "请对照户口簿核对性别和身份证号",
)
BIRTH_DIFFERS = Fault(
    "row-birth-date-differs",
    "出生日期与身份证号中的出生日期不一致",
    "The birth date does not fit the identity number.",
    "请对照户口簿核对出生日期和身份证号",
)
GRADES_DIFFER = Fault(
    "row-grades-differ", "年级与班级中的年级不一致", "Grade and class name two grades.", "请核对年级和班级"
)
AGE_UNUSUAL = Fault(
    "row-age-unusual", "年龄与年级相差较大", "The age is unusual for the grade.", "请核对出生日期和年级"
)
MORE_PRESENT_THAN_EXPECTED = Fault(
    "row-more-present-than-expected",
    "实到人数多于应到人数",
    "More pupils are present than belong to the class.",
    "请核对人数",
)

FIRST_GRADE_AGE = 6
YEARS_EARLY, YEARS_LATE = 1, 3


def roster_check(today: date) -> RowCheck:
    """The check of a roster row in the school year of `today`; only a wrong phone or odd age is let pass."""

    def check(values: dict[str, Any]) -> Iterator[Problem]:
        yield from check_identity(values)
        yield from settle_grade_and_class(values)
        yield from complete_from_identity(values)
        yield from _warn_of_phone(values)
        yield from _warn_of_age(values, today)

    return check


def check_attendance(values: dict[str, Any]) -> Iterator[Problem]:
    """An absent pupil is known by a number; the class is a help for the reader only."""
    yield from check_identity(values)
    spread_grade_and_class(values)


def check_headcount(values: dict[str, Any]) -> Iterator[Problem]:
    """Not more present than belong to the class."""
    yield from settle_grade_and_class(values)
    if values["present"] > values["expected"]:
        yield Problem.of(MORE_PRESENT_THAN_EXPECTED, "实到", values["present"])


def check_identity(values: dict[str, Any]) -> Iterator[Problem]:
    """An identity number or a student number is there, and the two agree."""
    id_number, student_number = values["id_number"], values["student_number"]
    if student_number is None:
        if id_number is None:
            yield Problem.of(NO_IDENTITY, "身份证号", None)
        return
    embedded = embedded_resident_id(student_number)
    if id_number is None:
        values["id_number"] = embedded
    elif embedded is not None and embedded != id_number:
        yield Problem.of(NUMBERS_DIFFER, "学籍号", student_number)


def settle_grade_and_class(values: dict[str, Any]) -> Iterator[Problem]:
    """One grade and one class, whichever of the two columns told them."""
    by_grade, by_class = values["grade"], values["class_no"]
    grades = {found.grade for found in (by_grade, by_class) if found and found.grade}
    if len(grades) > 1:
        yield Problem.of(GRADES_DIFFER, "年级", by_grade.grade)
    spread_grade_and_class(values)
    for name, title in (("grade", "年级"), ("class_no", "班级")):
        if values[name] is None:
            yield Problem.of(VALUE_MISSING, title, None)


def spread_grade_and_class(values: dict[str, Any]) -> None:
    found = [cell for cell in (values["grade"], values["class_no"]) if cell is not None]
    values["grade"] = next((cell.grade for cell in found if cell.grade is not None), None)
    values["class_no"] = next((cell.class_no for cell in reversed(found) if cell.class_no is not None), None)


def complete_from_identity(values: dict[str, Any]) -> Iterator[Problem]:
    """Sex and birth date agree with the identity number, and come from it where they were left blank."""
    sex, born = values["sex"], values["birth_date"]
    if (id_number := values["id_number"]) is not None:
        values["sex"], values["birth_date"] = SEX_LETTERS[sex_of(id_number)], birth_date_of(id_number)
        if sex not in (None, values["sex"]):
            yield Problem.of(SEX_DIFFERS, "性别", "男" if sex == "M" else "女")
        if born not in (None, values["birth_date"]):
            yield Problem.of(BIRTH_DIFFERS, "出生日期", born)
    elif born is None and values["student_number"] is not None:
        values["birth_date"] = birth_date_in_number(values["student_number"])
    for name, title in (("sex", "性别"), ("birth_date", "出生日期")):
        if values[name] is None:
            yield Problem.of(VALUE_MISSING, title, None)


def check_account(values: dict[str, Any]) -> Iterator[Problem]:
    """The pupil is known; passbook accounts need not follow the formula of cards, so that is only told."""
    yield from check_identity(values)
    for fault in warnings_about(values["guardian_account"]):
        yield Problem.of(fault, "账号", values["guardian_account"], blocking=False)


def _warn_of_phone(values: dict[str, Any]) -> Iterator[Problem]:
    if values["guardian_phone"] is None:
        return
    try:
        values["guardian_phone"] = parse_mobile(values["guardian_phone"])
    except InvalidValue as invalid:
        yield Problem.of(invalid.fault, "监护人电话", values["guardian_phone"], blocking=False)


def _warn_of_age(values: dict[str, Any], today: date) -> Iterator[Problem]:
    born, grade = values["birth_date"], values["grade"]
    if born is None or grade is None:
        return
    school_year = today.year if today.month >= 9 else today.year - 1
    age = school_year - born.year - ((born.month, born.day) > (8, 31))
    usual = FIRST_GRADE_AGE - 1 + grade
    if not usual - YEARS_EARLY <= age <= usual + YEARS_LATE:
        yield Problem.of(AGE_UNUSUAL, "年级", f"{grade}年级，{age}周岁", blocking=False)
