"""Writes the lists from outside as the offices that keep them do."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from services.cli.sample_county.county import County
from services.cli.sample_county.outside import Lines, Outside
from services.cli.sample_county.planted import Planted, PlantedList
from services.cli.sample_county.poverty import FILE as POVERTY_FILE
from services.cli.sample_county.sheets import new_book

FOLDER = "名单"
_PERSON = {"name": "姓名", "sex": "性别", "id_number": "身份证号", "birth_date": "出生日期"}
_VILLAGE = {"village_code": "村(居)代码"}
_SCHOOL = {"school_code": "学校标识码", "school_name": "学校名称", "grade": "年级", "class_no": "班级"}
_GUARDIAN = {"guardian_name": "监护人姓名", "guardian_id_number": "监护人身份证号"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """A list: its file, who keeps it, and its columns."""

    file: str
    title: str
    source: str
    columns: Mapping[str, str]


_KINDS = {
    "population": _Kind(
        file="人口名单.xlsx",
        title="云岭县儿童人口名单（户籍和常住）",
        source="县公安局",
        columns={**_PERSON, **_VILLAGE, "household_no": "户编号", **_GUARDIAN},
    ),
    "registrations": _Kind(
        file="全国学籍系统导出.xlsx",
        title="学生学籍信息导出表",
        source="全国学籍系统",
        columns={"student_number": "全国学籍号", **_PERSON, **_SCHOOL, "file_state": "学籍状态", **_GUARDIAN},
    ),
    "last-rosters": _Kind(
        file="上学期花名册.xlsx",
        title="云岭县上学期学生花名册汇总",
        source="县教育局",
        columns={**_SCHOOL, **_PERSON, "student_number": "学籍号", **_VILLAGE},
    ),
    "disability": _Kind(
        file="持证残疾儿童名单.xlsx",
        title="云岭县持证残疾儿童名单",
        source="县残联",
        columns={**_PERSON, **_VILLAGE, "certificate": "残疾类别等级"},
    ),
    "deaths": _Kind(
        file="死亡销户名单.xlsx",
        title="云岭县死亡销户名单",
        source="县公安局",
        columns={**_PERSON, **_VILLAGE, "died_on": "死亡日期"},
    ),
    "migration": _Kind(
        file="户口迁移名单.xlsx",
        title="云岭县户口迁移名单",
        source="县公安局",
        columns={**_PERSON, **_VILLAGE, "direction": "迁移方向", "moved_on": "迁移日期", "confirmed": "是否核实"},
    ),
}
_OWN = {
    "groups": _Kind(
        file="重点群体名单.xlsx",
        title="云岭县重点群体名单",
        source="县教育局",
        columns={
            **_PERSON,
            "student_number": "学籍号",
            "group": "群体类别",
            "from_on": "列入日期",
            "group_source": "来源",
            "evidence": "佐证",
            "particulars": "具体情况",
        },
    ),
    "guardians": _Kind(
        file="监护人名单.xlsx",
        title="云岭县学生监护人名单",
        source="县教育局",
        columns={
            "name": "学生姓名",
            "id_number": "学生身份证号",
            "student_number": "学籍号",
            "guardian_name": "监护人姓名",
            "guardian_relation": "与学生关系",
            "guardian_id_number": "监护人身份证号",
            "guardian_phone": "监护人电话",
            "linked_on": "起始日期",
            "consent": "同意文书",
        },
    ),
}
"""What the county itself keeps: imported, and not compared."""


def write_outside(target: Path, county: County, lists: Outside, planted: Planted) -> None:
    """One workbook for each kind of list; the poverty list is the one whose households are imported, too."""
    for kind, of_kind in _KINDS.items():
        file, lines = f"{FOLDER}/{of_kind.file}", getattr(lists, kind.replace("-", "_"))
        _write(target / file, of_kind, lines)
        planted.count(kind, file).good += len(lines)
        day = lists.last_term.ended_on if kind == "last-rosters" else county.today
        planted.lists.append(PlantedList(kind=kind, file=file, list_on=day, source=of_kind.source))
    poverty = PlantedList(kind="poverty", file=POVERTY_FILE, list_on=county.today, source="县农业农村局")
    planted.lists.append(poverty)
    for kind, own in _OWN.items():
        lines = getattr(lists, kind)
        _write(target / own.file, own, lines)
        planted.count(kind, own.file).good += len(lines)


def _write(path: Path, kind: _Kind, lines: Lines) -> None:
    with new_book(path) as book:
        page = book.page(kind.title.partition("（")[0])
        page.add_title(kind.title, len(kind.columns))
        page.add(list(kind.columns.values()))
        for cells in lines.values():
            page.add([cells.get(name) for name in kind.columns])
