"""Guardians of children as a sheet."""

from dataclasses import replace
from datetime import date

from services.registry.imports import checks
from services.registry.imports.columns import ID_NUMBER, PUPIL_NAME, STUDENT_NUMBER, mobile, resident_id
from services.registry.imports.shapes.rosters import GUARDIAN
from shared.workbooks.parsers import day, text
from shared.workbooks.shapes import Field, SheetShape


def guardians(today: date) -> SheetShape:
    """A list of guardians (监护人名单): a line for each child and guardian."""
    named, related, reached = GUARDIAN
    return SheetShape(
        title="监护人名单",
        fields=(
            replace(PUPIL_NAME, title="学生姓名", synonyms=("姓名", "学生", "儿童姓名")),
            replace(ID_NUMBER, synonyms=("学生身份证号", *ID_NUMBER.synonyms)),
            STUDENT_NUMBER,
            replace(named, required=True),
            replace(related, required=True),
            Field(
                name="guardian_id_number",
                title="监护人身份证号",
                synonyms=("监护人身份证", "监护人证件号码", "家长身份证号", "监护人身份证号码"),
                essential=True,
                parse=resident_id,
            ),
            replace(reached, parse=mobile),
            Field(
                name="linked_on",
                title="起始日期",
                synonyms=("监护起始日期", "监护开始日期", "担任日期", "起始时间"),
                required=True,
                parse=day(latest=today),
            ),
            Field(
                name="consent",
                title="同意文书",
                synonyms=("同意文书名称和编号", "同意证明", "佐证", "佐证材料", "文号"),
                parse=text(100),
            ),
        ),
        check=checks.check_identity,
    )
