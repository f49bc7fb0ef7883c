"""Rosters of single pupils, at several schools. They contradict other rosters, so they are loaded once, after all."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from services.cli.sample_county.county import class_teacher
from services.cli.sample_county.people import Child
from services.cli.sample_county.places import School
from services.cli.sample_county.planted import Planted, PlantedFault
from services.cli.sample_county.roster_faults import RosterFault
from services.cli.sample_county.sheets import new_book
from services.cli.sample_county.styles import grade_name

_HEADINGS = ("学校标识码", "学校名称", "姓名", "性别", "身份证号", "学籍号", "年级", "班级", "班主任", "是否寄宿")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: the child as the list has it, at the school that the list means. `coded`: it gives the school's code."""

    child: Child
    school: School
    fault: RosterFault
    coded: bool = True


def write_supplement(target: Path, file: str, entries: Sequence[Entry], planted: Planted) -> None:
    """Nothing where there is nobody to be written."""
    if not entries:
        return
    count = planted.count("rosters", file)
    with new_book(target / file) as book:
        page = book.page("花名册")
        page.add(list(_HEADINGS))
        for each in entries:
            child, fault = each.child, each.fault
            school = [each.school.code if each.coded else None, each.school.name]
            person = [child.name, "女" if child.girl else "男", child.id_number, child.student_number]
            place = [grade_name(child.grade), child.class_no, class_teacher(child), "是" if child.boarder else "否"]
            row = page.add([*school, *person, *place])
            told = {"refused": fault.refused, "finding": fault.finding, "warned": fault.warned, "key": child.key}
            planted.faults.append(PlantedFault(kind=fault.kind, file=file, sheet=page.name, row=row, **told))
            if fault.refused:
                count.refused[fault.refused] += 1
            else:
                count.good += 1
