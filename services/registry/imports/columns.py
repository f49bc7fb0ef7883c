"""Columns that several of the lists have, and cells that hold an identifier."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TypeVar

from services.registry.imports.grades import read_class, read_grade
from services.registry.imports.vocabulary import SEXES
from shared.faults import Fault, InvalidValue
from shared.identifiers import (
    parse_bank_account,
    parse_division_code,
    parse_mobile,
    parse_resident_id,
    parse_school_code,
    parse_student_number,
)
from shared.identifiers.student_number import embedded_resident_id
from shared.workbooks.cells import Cell
from shared.workbooks.parsers import choice, code, day, name, name_doubts
from shared.workbooks.shapes import Field

T = TypeVar("T")
TEMPORARY_NUMBER = Fault(
    "main-number-temporary",
    "学籍主号一栏填的是临时学籍号，其中没有身份证号",
    "This is a temporary student number, which carries no identity number.",
    "请另设“身份证号”和“学籍号”两栏分别填写",
)


def _identifier(parse: Callable[[str], T]) -> Callable[[Cell], T]:
    """First text with all its digits, then the identifier."""

    def read(cell: Cell) -> T:
        return parse(code(cell))

    return read


resident_id = _identifier(parse_resident_id)


def main_number(cell: Cell) -> str:
    """The identity number itself, or the one in a national student number."""
    written = code(cell)
    if not written[:1].isalpha():
        return parse_resident_id(written)
    embedded = embedded_resident_id(parse_student_number(written))
    if embedded is None:
        raise InvalidValue(TEMPORARY_NUMBER)
    return embedded


division = _identifier(parse_division_code)
mobile = _identifier(parse_mobile)
bank_account = _identifier(parse_bank_account)

PUPIL_NAME = Field(
    name="name", title="姓名", synonyms=("学生姓名", "学生", "名字"), required=True, parse=name, doubts=name_doubts
)
FORMER_NAME = Field(name="former_name", title="曾用名", synonyms=("更名前姓名", "原姓名"), parse=name)
ID_NUMBER = Field(
    name="id_number",
    title="身份证号",
    synonyms=(
        "身份证",
        "身份证号码",
        "公民身份号码",
        "居民身份证号",
        "身份证件号",
        "证件号码",
        "学生身份证号",
    ),
    essential=True,
    parse=resident_id,
)
STUDENT_NUMBER = Field(
    name="student_number",
    title="学籍号",
    synonyms=("全国学籍号", "学籍号码", "学籍编号", "学生学籍号", "全国学籍编号"),
    essential=True,
    parse=_identifier(parse_student_number),
)
MAIN_NUMBER = Field(name="id_number", title="学籍主号", essential=True, parse=main_number)
"""A county's export calls the identity number so: it is taken by its form, not by its heading."""
SCHOOL_CODE = Field(
    name="school_code",
    title="学校标识码",
    synonyms=("学校代码", "学校编码", "标识码", "学校标识代码"),
    essential=True,
    parse=_identifier(parse_school_code),
)
CLASS_NO = Field(
    name="class_no",
    title="班级",
    synonyms=("所在班级", "班别", "班级名称", "年级班级", "班号", "班级号", "班"),
    essential=True,
    parse=read_class,
)


def grade(today: date) -> Field:
    """Grade and class: either column may tell both, so neither has to be there. `today` settles years of entry."""
    return Field(
        name="grade",
        title="年级",
        synonyms=("所在年级", "就读年级", "年级名称"),
        essential=True,
        parse=partial(read_grade, today=today),
    )


def birth_date(today: date) -> Field:
    return Field(
        name="birth_date",
        title="出生日期",
        synonyms=("出生年月日", "生日"),
        essential=True,
        parse=day(latest=today),
    )


SEX = Field(name="sex", title="性别", essential=True, parse=choice(SEXES))
SCHOOL_NAME = Field(name="school_name", title="学校名称", synonyms=("就读学校", "学校", "所在学校"), essential=True)
"""Where a row belongs: were it lost, the row would go to the school that the sheet names."""
