"""The habits of five kinds of school clerks: how their rosters are titled, headed, ordered and filled in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from services.cli.sample_county.people import Child

Cells = dict[str, Any]
"""One row of a roster: the canonical key of each column with what the clerk writes there."""

_NUMERALS: Final = "零一二三四五六七八九"
FULL_WIDTH: Final = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


def grade_name(grade: int) -> str:
    return f"{_NUMERALS[grade]}年级"


def class_name(child: Child) -> str:
    return f"{grade_name(child.grade)}({child.class_no})班"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How one kind of clerk keeps a roster.

    `headings` are the columns in their order; a heading "上|下" stands in two rows below a merged "上".
    """

    headings: Mapping[str, str]
    grade_and_class: Callable[[Child], tuple[Any, Any]]
    day: Callable[[date], Any]
    boarder: tuple[str, str] = ("是", "否")
    titled: bool = True
    names_school: bool = True
    sheet_per_grade: bool = False
    heading_every: int | None = None
    totals: bool = False
    footnotes: bool = False
    noise: Callable[[int, Cells], None] = lambda _at, _cells: None
    prepared_sheets: tuple[tuple[str, bool], ...] = ()


def _full_width_now_and_then(at: int, cells: Cells) -> None:
    if at % 6 == 0 and cells["id_number"]:
        cells["id_number"] = cells["id_number"].translate(FULL_WIDTH)
    if at % 9 == 0:
        cells["guardian_phone"] = cells["guardian_phone"].translate(FULL_WIDTH)


def _stray_spaces(at: int, cells: Cells) -> None:
    if len(cells["name"]) == 2:
        cells["name"] = f"{cells['name'][0]}　{cells['name'][1]}"
    if at % 5 == 0 and cells["id_number"]:
        number = cells["id_number"]
        cells["id_number"] = f" {number[:6]} {number[6:14]} {number[14:]} "
    if at % 7 == 0:
        cells["sex"] += " "


def _small_x_and_numbers(at: int, cells: Cells) -> None:
    cells["guardian_phone"] = int(cells["guardian_phone"])
    if cells["id_number"]:
        cells["id_number"] = cells["id_number"].lower()
    if at % 4 == 0:
        cells["remark"] = "/"


_PLAIN = Style(
    headings={
        "serial": "序号",
        "name": "姓名",
        "sex": "性别",
        "ethnicity": "民族",
        "id_number": "身份证号",
        "student_number": "学籍号",
        "birth_date": "出生日期",
        "grade": "年级",
        "class_no": "班级",
        "boarder": "是否寄宿",
        "class_teacher": "班主任",
        "guardian_name": "监护人姓名",
        "guardian_relation": "与学生关系",
        "guardian_phone": "监护人电话",
        "household_no": "户编号",
        "village_code": "村（居）代码",
        "village_name": "村（居）名称",
        "address": "家庭住址",
        "enrolled_on": "入学日期",
        "remark": "备注",
    },
    grade_and_class=lambda child: (grade_name(child.grade), f"{child.class_no}班"),
    day=lambda day: day.isoformat(),
    noise=_full_width_now_and_then,
)

_TWO_ROWS = Style(
    headings={
        "serial": "序号",
        "name": "学生基本信息|姓名",
        "sex": "学生基本信息|性别",
        "birth_date": "学生基本信息|出生年月日",
        "ethnicity": "学生基本信息|民族",
        "id_number": "学生基本信息|公民身份号码",
        "student_number": "学籍信息|全国学籍号",
        "grade": "学籍信息|年级",
        "class_no": "学籍信息|班级",
        "enrolled_on": "学籍信息|入学时间",
        "class_teacher": "学籍信息|班主任",
        "boarder": "学籍信息|是否住校",
        "guardian_name": "监护人|姓名",
        "guardian_relation": "监护人|与学生关系",
        "guardian_phone": "监护人|联系电话",
        "household_no": "户籍信息|户号",
        "village_code": "户籍信息|村代码",
        "address": "户籍信息|家庭地址",
        "remark": "备注",
    },
    grade_and_class=lambda child: (child.grade, child.class_no),
    day=lambda day: f"{day.year}年{day.month}月{day.day}日",
    sheet_per_grade=True,
    totals=True,
    prepared_sheets=(("填表说明", False),),
)

_BARE = Style(
    headings={
        "school_name": "学校名称",
        "class_no": "班级",
        "name": "学生姓名",
        "id_number": "身份证号码",
        "sex": "性别",
        "student_number": "学籍号码",
        "birth_date": "出生日期",
        "boarder": "就读方式",
        "class_teacher": "班主任姓名",
        "guardian_name": "家长姓名",
        "guardian_relation": "家长与学生关系",
        "guardian_phone": "家长电话",
        "household_no": "家庭编号",
        "village_code": "行政村代码",
        "ethnicity": "民族",
        "address": "现住址",
        "enrolled_on": "入学日期",
    },
    grade_and_class=lambda child: (None, class_name(child)),
    day=lambda day: f"{day.year}.{day.month}.{day.day}",
    boarder=("寄宿", "走读"),
    titled=False,
    names_school=False,
)

_NOTED = Style(
    headings={
        "serial": "序 号",
        "school_code": "学校标识码\n（10位）",
        "name": "姓　名*",
        "id_number": "身份证号（18位）",
        "student_number": "学籍号（G/J/L开头）",
        "sex": "性别（男/女）",
        "birth_date": "出生日期（年-月-日）",
        "grade": "所在年级",
        "class_no": "所在班级",
        "boarder": "寄宿（√）",
        "class_teacher": "班主任（签字）",
        "guardian_name": "监护人",
        "guardian_relation": "关系",
        "guardian_phone": "联系方式",
        "household_no": "户号",
        "village_code": "村居代码",
        "ethnicity": "民 族",
        "enrolled_on": "入学时间",
        "remark": "备注",
    },
    grade_and_class=lambda child: (
        f"初{_NUMERALS[child.grade - 6]}" if child.grade > 6 else grade_name(child.grade),
        child.class_no,
    ),
    day=lambda day: day,
    boarder=("√", "×"),
    heading_every=40,
    noise=_stray_spaces,
    prepared_sheets=(("字典", True),),
)

_COMPACT = Style(
    headings={
        "serial": "序号",
        "class_no": "班级",
        "name": "姓名",
        "sex": "性别",
        "id_number": "身份证件号",
        "birth_date": "生日",
        "student_number": "学籍编号",
        "ethnicity": "民族",
        "guardian_name": "监护人姓名",
        "guardian_phone": "手机号",
        "guardian_relation": "监护人关系",
        "boarder": "住校",
        "class_teacher": "班主任",
        "household_no": "户编号",
        "village_code": "村级代码",
        "address": "住址",
        "enrolled_on": "入学日期",
        "remark": "备注",
    },
    grade_and_class=lambda child: (None, f"{child.grade}{child.class_no:02}班"),
    day=lambda day: f"{day:%Y%m%d}",
    names_school=False,
    totals=True,
    footnotes=True,
    noise=_small_x_and_numbers,
)

STYLES: Final = (_PLAIN, _TWO_ROWS, _BARE, _NOTED, _COMPACT)
