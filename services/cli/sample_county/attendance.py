"""Writes the weekly attendance workbooks: who was absent, and how many were there."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from random import Random

from services.cli.sample_county import names
from services.cli.sample_county.county import County
from services.cli.sample_county.half_told_days import NO_KIND, HalfTold
from services.cli.sample_county.people import Child
from services.cli.sample_county.places import School
from services.cli.sample_county.planted import FileCount, Planted, PlantedFault
from services.cli.sample_county.roster_faults import ONE_FAULT_PER_STUDENTS
from services.cli.sample_county.sheets import Page, new_book
from services.cli.sample_county.stories import UNEXCUSED, Absence, Absences
from services.cli.sample_county.styles import class_name
from shared.identifiers.resident_id import check_character

FOLDER = "考勤"
_BY_ID = ("序号", "姓名", "身份证号", "学籍号", "班级", "缺勤日期", "缺勤类型", "备注")
_BY_STUDENT_NUMBER = ("序号", "学生姓名", "学籍号", "所在班级", "日期", "缺勤类别", "备注")
_IMPOSSIBLE_DATE = "cell-impossible-date"
_NOBODY = 499


@dataclass(frozen=True, slots=True)
class Week:
    """The school days of one calendar week."""

    name: str
    days: tuple[date, ...]


def weeks(days: Sequence[date]) -> list[Week]:
    grouped = groupby(days, key=lambda day: day.isocalendar()[:2])
    return [Week(f"{year}年第{week}周", tuple(of_week)) for (year, week), of_week in grouped]


def write_attendance(
    target: Path, county: County, away: Absences, half: HalfTold, days: Sequence[date], seed: int, planted: Planted
) -> None:
    """One workbook for each school and week; a few list a pupil whom nobody knows or a day that never was."""
    random = Random(f"{seed}:attendance")
    times = max(1, len(county.children) // ONE_FAULT_PER_STUDENTS)
    all_weeks = weeks(days)
    spots = [(week.name, school.code) for week in all_weeks for school in county.places.schools]
    faulty = random.sample(spots, min(times * 2, len(spots)))
    strangers = {spot: number for number, spot in enumerate(faulty[::2])}
    of_school: dict[str, list[Child]] = {}
    for child in county.children:
        of_school.setdefault(child.school.code, []).append(child)
    for school in county.places.schools:
        pupils = of_school[school.code]
        for week in all_weeks:
            sheet = _Weekly(target, school, week, half, planted)
            spot = week.name, school.code
            sheet.write(pupils, away, strangers.get(spot), spot in faulty[1::2])


@dataclass(slots=True)
class _Weekly:
    target: Path
    school: School
    week: Week
    half: HalfTold
    planted: Planted

    @property
    def file(self) -> str:
        return f"{FOLDER}/{self.week.name}/{self.school.name}.xlsx"

    def write(self, pupils: Sequence[Child], away: Absences, stranger: int | None, impossible: bool) -> None:
        absent = [(each, day) for day in self.week.days for each in away.get((self.school.code, day), ())]
        with new_book(self.target / self.file) as book:
            page = book.page("缺勤登记")
            self._absentees(page, absent, self.planted.count("attendance", self.file), stranger, impossible)
            self._headcounts(book.page("人数统计"), pupils, absent)

    def _absentees(
        self,
        page: Page,
        absent: Sequence[tuple[Absence, date]],
        count: FileCount,
        stranger: int | None,
        impossible: bool,
    ) -> None:
        by_id = self.school.number % 2 == 0
        headings = _BY_ID if by_id else _BY_STUDENT_NUMBER
        page.add_title(f"{self.school.name}{self.week.name}学生缺勤登记表", len(headings))
        page.add(list(headings))
        for each, day in absent:
            child, last = each.child, day == self.half.day
            if last and child in self.half.forgotten:
                continue
            refused = last and child in self.half.refused
            numbers = [child.id_number, child.student_number] if by_id else [child.student_number]
            facts = [class_name(child), day, NO_KIND if refused else each.kind, each.remark]
            row = page.add([page.next_row - 1, child.name, *numbers, *facts])
            if refused:
                self._refused(page.name, row, child, count)
            else:
                count.good += 1
        if stranger is not None:
            self._fault(page, by_id, "unknown_pupil", _unknown_number(stranger), self.week.days[0])
            count.good += 1
        if impossible:
            self._fault(page, by_id, "impossible_date", _unknown_number(_NOBODY), "2026-02-30")
            count.refused[_IMPOSSIBLE_DATE] += 1

    def _refused(self, sheet: str, row: int, child: Child, count: FileCount) -> None:
        code = "cell-unknown-choice"
        count.refused[code] += 1
        self.planted.faults.append(
            PlantedFault(
                kind="attendance_unknown_kind", file=self.file, sheet=sheet, row=row, refused=code, key=child.key
            )
        )

    def _fault(self, page: Page, by_id: bool, kind: str, number: str, day: date | str) -> None:
        numbers = [number, None] if by_id else [f"G{number}"]
        facts = [f"{self.school.kind.grades[0]}年级1班", day, UNEXCUSED, None]
        row = page.add([page.next_row - 1, "林无名", *numbers, *facts])
        known = isinstance(day, date)
        self.planted.faults.append(
            PlantedFault(
                kind=f"attendance_{kind}",
                file=self.file,
                sheet=page.name,
                row=row,
                refused=None if known else _IMPOSSIBLE_DATE,
                finding="pupil_unknown" if known else None,
                key=number,
            )
        )

    def _headcounts(self, page: Page, pupils: Sequence[Child], absent: Sequence[tuple[Absence, date]]) -> None:
        count = self.planted.count("headcounts", self.file)
        sizes = Counter(class_name(child) for child in pupils)
        missing = Counter((class_name(each.child), day) for each, day in absent)
        page.add_title(f"{self.school.name}{self.week.name}班级人数统计表", 4)
        page.add(["日期", "班级", "应到人数", "实到人数"])
        for day in self.week.days:
            for of_class, size in sizes.items():
                page.add([day, of_class, size, size - missing[of_class, day]])
                count.good += 1


def _unknown_number(number: int) -> str:
    """A regular identity number with a birth date before every pupil's."""
    first_17 = f"{names.COUNTY_CODE}20050101{number * 2 + 1:03}"
    return first_17 + check_character(first_17)
