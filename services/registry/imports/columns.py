"""Columns that several of the lists have, and cells that hold an identifier."""

from collections.abc import Callable
from typing import TypeVar

from services.registry.imports.grades import read_class, read_grade
from shared.identifiers import (
    parse_bank_account,
    parse_division_code,
    parse_mobile,
    parse_resident_id,
    parse_school_code,
    parse_student_number,
)
from shared.workbooks.cells import Cell
from shared.workbooks.parsers import code, name, name_doubts
from shared.workbooks.shapes import Field

T = TypeVar("T")


def _identifier(parse: Callable[[str], T]) -> Callable[[Cell], T]:
    """First text with all its digits, then the identifier."""

    def read(cell: Cell) -> T:
        return parse(code(cell))

    return read


resident_id = _identifier(parse_resident_id)
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
    parse=resident_id,
)
STUDENT_NUMBER = Field(
    name="student_number",
    title="学籍号",
    synonyms=("全国学籍号", "学籍号码", "学籍编号", "学生学籍号", "全国学籍编号"),
    parse=_identifier(parse_student_number),
)
SCHOOL_CODE = Field(
    name="school_code",
    title="学校标识码",
    synonyms=("学校代码", "学校编码", "标识码", "学校标识代码"),
    parse=_identifier(parse_school_code),
)
GRADE = Field(name="grade", title="年级", synonyms=("所在年级", "就读年级", "年级名称"), parse=read_grade)
"""Grade and class: either column may tell both, so neither has to be there."""
CLASS_NO = Field(
    name="class_no",
    title="班级",
    synonyms=("所在班级", "班别", "班级名称", "年级班级", "班号", "班"),
    parse=read_class,
)
