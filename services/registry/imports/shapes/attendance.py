"""Who was absent, and how many were there, as sheets of one workbook."""

from dataclasses import replace
from datetime import date

from services.registry.imports import checks, vocabulary
from services.registry.imports.columns import CLASS_NO, ID_NUMBER, PUPIL_NAME, STUDENT_NUMBER, grade
from shared.workbooks.parsers import choice, day, integer, sentence
from shared.workbooks.shapes import Field, SheetShape

MOST_PUPILS_OF_A_CLASS = 200


def attendance(today: date) -> SheetShape:
    """A list of absent pupils: a line for each pupil and day."""
    return SheetShape(
        title="学生缺勤登记表",
        fields=(
            PUPIL_NAME,
            ID_NUMBER,
            STUDENT_NUMBER,
            replace(grade(today), essential=False),
            replace(CLASS_NO, essential=False),
            Field(
                name="date",
                title="缺勤日期",
                synonyms=("日期", "缺课日期", "缺勤时间", "缺课时间"),
                required=True,
                parse=day(latest=today),
            ),
            Field(
                name="kind",
                title="缺勤类型",
                synonyms=("类型", "缺勤类别", "考勤类型", "缺课类型", "请假类型"),
                required=True,
                parse=choice(vocabulary.ABSENCE_KINDS),
            ),
            Field(name="remark", title="备注", synonyms=("说明", "缺勤原因", "缺课原因"), parse=sentence(500)),
        ),
        check=checks.check_attendance,
    )


def headcounts(today: date) -> SheetShape:
    """The headcount of each class and day beside the list of the absent: it shows that school was held."""
    count = integer(0, MOST_PUPILS_OF_A_CLASS)
    return SheetShape(
        title="班级人数统计表",
        fields=(
            Field(name="date", title="日期", synonyms=("考勤日期",), required=True, parse=day(latest=today)),
            grade(today),
            CLASS_NO,
            Field(name="expected", title="应到", synonyms=("应到人数", "应到数"), required=True, parse=count),
            Field(name="present", title="实到", synonyms=("实到人数", "实到数"), required=True, parse=count),
        ),
        check=checks.check_headcount,
    )
