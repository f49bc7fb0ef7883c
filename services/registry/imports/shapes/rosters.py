"""A school's roster as a sheet."""

from dataclasses import replace
from datetime import date

from services.registry.children.ethnicities import parse_ethnicity
from services.registry.imports import checks, vocabulary
from services.registry.imports.columns import (
    CLASS_NO,
    FORMER_NAME,
    ID_NUMBER,
    MAIN_NUMBER,
    PUPIL_NAME,
    SCHOOL_CODE,
    SCHOOL_NAME,
    SEX,
    STUDENT_NUMBER,
    birth_date,
    division,
    grade,
)
from shared.workbooks.parsers import choice, code, day, name, name_doubts
from shared.workbooks.shapes import Field, SheetShape

GUARDIAN = (
    Field(
        name="guardian_name",
        title="监护人姓名",
        synonyms=("监护人", "家长姓名", "家长", "监护人1姓名"),
        parse=name,
        doubts=name_doubts,
    ),
    Field(
        name="guardian_relation",
        title="与学生关系",
        synonyms=("关系", "监护人关系", "与监护人关系", "监护人与学生关系", "家长与学生关系"),
        parse=choice(vocabulary.GUARDIAN_RELATIONS),
    ),
    Field(
        name="guardian_phone",
        title="监护人电话",
        synonyms=("联系电话", "家长电话", "监护人联系电话", "联系方式", "手机号", "电话"),
        parse=code,
    ),
)
_HOME = (
    Field(name="household_no", title="户编号", synonyms=("户号", "家庭编号", "户口编号"), parse=code),
    Field(
        name="village_code",
        title="村(居)代码",
        synonyms=("村居代码", "村代码", "行政村代码", "户籍地代码", "村级代码"),
        parse=division,
    ),
    Field(
        name="village_name",
        title="村(居)名称",
        synonyms=("行政村", "所在村", "村居", "村委会", "户籍村"),
    ),
    Field(name="address", title="家庭住址", synonyms=("住址", "家庭地址", "现住址", "详细地址")),
)


def rosters(today: date) -> SheetShape:
    """A school's roster (在校生花名册). After the check, sex, birth date, grade and class are always there.

    `school_code` and `school_name` are what the row itself says; see `places` for where a roster belongs.
    """
    return SheetShape(
        title="学生花名册",
        fields=(
            PUPIL_NAME,
            FORMER_NAME,
            SEX,
            replace(ID_NUMBER, expected=True),
            MAIN_NUMBER,
            STUDENT_NUMBER,
            birth_date(today),
            grade(today),
            CLASS_NO,
            Field(
                name="boarder",
                title="是否寄宿",
                synonyms=(
                    "是否住校",
                    "寄宿",
                    "住校",
                    "是否寄宿生",
                    "是否住宿生",
                    "是否为住宿生",
                    "住宿情况",
                    "寄宿情况",
                ),
                parse=choice(vocabulary.BOARDING),
            ),
            Field(
                name="boarder",
                title="就读方式",
                synonyms=("住读方式",),
                parse=choice(vocabulary.WAYS_OF_ATTENDING),
            ),
            *GUARDIAN,
            Field(
                name="class_teacher",
                title="班主任",
                synonyms=("班主任姓名", "班主任老师"),
                parse=name,
                doubts=name_doubts,
            ),
            *_HOME,
            Field(name="ethnicity", title="民族", parse=parse_ethnicity),
            SCHOOL_CODE,
            SCHOOL_NAME,
            Field(
                name="enrolled_on",
                title="入学日期",
                synonyms=("入学时间", "入学年月", "入校日期", "入校时间"),
                parse=day(latest=today, month_is_enough=True),
            ),
        ),
        check=checks.roster_check(today),
    )
