"""Who has finished the ninth or the sixth grade, as sheets."""

from dataclasses import replace
from datetime import date

from services.registry.imports import checks, vocabulary
from services.registry.imports.columns import ID_NUMBER, PUPIL_NAME, SCHOOL_CODE, STUDENT_NUMBER
from shared.workbooks.parsers import choice, day, text
from shared.workbooks.shapes import Field, SheetShape


def graduates(today: date) -> SheetShape:
    """Who has finished the ninth grade (毕业生名册): a line for each pupil."""
    return SheetShape(
        title="毕业生名册",
        fields=(
            PUPIL_NAME,
            ID_NUMBER,
            STUDENT_NUMBER,
            Field(
                name="certificate",
                title="证书类别",
                synonyms=("毕业或结业", "毕结业类别", "证书类型"),
                required=True,
                parse=choice(vocabulary.CERTIFICATES),
            ),
            Field(
                name="certificate_no",
                title="证书编号",
                synonyms=("毕业证书编号", "毕业证号", "证书号"),
                required=True,
                parse=text(50),
            ),
            _ended_on(today),
        ),
        check=checks.check_identity,
    )


def primary_leavers(today: date) -> SheetShape:
    """Who has finished the sixth grade, and the junior school that awaits each (小学毕业升学名册)."""
    return SheetShape(
        title="小学毕业升学名册",
        fields=(
            PUPIL_NAME,
            ID_NUMBER,
            STUDENT_NUMBER,
            replace(
                SCHOOL_CODE,
                name="next_school_code",
                title="升入学校标识码",
                synonyms=("升入学校代码", "对口初中标识码", "初中标识码"),
                required=True,
            ),
            _ended_on(today),
        ),
        check=checks.check_identity,
    )


def _ended_on(today: date) -> Field:
    return Field(name="ended_on", title="毕业日期", synonyms=("毕业时间",), required=True, parse=day(latest=today))
