"""Writes each school's roster in the manner of its clerk, mistakes included."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from services.cli.sample_county.county import County, class_teacher
from services.cli.sample_county.people import Child
from services.cli.sample_county.places import School
from services.cli.sample_county.planted import FileCount, Planted, PlantedFault
from services.cli.sample_county.roster_faults import RosterFault
from services.cli.sample_county.sheets import Book, Page, new_book
from services.cli.sample_county.styles import STYLES, Cells, Style, grade_name

FOLDER = "花名册"
UNLISTED_SCHOOL = "云隐希望小学"
_UNLISTED_PUPILS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A row to write, with the mistake to make in it."""

    child: Child
    fault: RosterFault | None = None


def write_rosters(target: Path, county: County, faults: Mapping[str, RosterFault], planted: Planted) -> None:
    """One workbook for each school, and one for a school that is on no list."""
    lines = _lines(county, faults)
    for school in county.places.schools:
        _write_roster(target, school.name, school, lines[school.code], planted)
    unknown = RosterFault("unknown_school", "row-school-unknown")
    spared = [child for child in county.children if child.key not in faults][:_UNLISTED_PUPILS]
    stray = [Line(child, unknown) for child in spared]
    _write_roster(target, UNLISTED_SCHOOL, None, stray, planted)


def _lines(county: County, faults: Mapping[str, RosterFault]) -> dict[str, list[Line]]:
    lines: dict[str, list[Line]] = {school.code: [] for school in county.places.schools}
    schools = county.places.schools
    for child in county.children:
        fault, here = faults.get(child.key), child.school
        first = later = here
        if fault and fault.elsewhere:  # the row that is noted is the one that comes back
            first = read_first(schools, child)
            later = another_school(schools, child) if first is here else here
        lines[first.code].append(Line(child, None if fault and fault.extra else fault))
        if fault and fault.extra:
            lines[later.code].append(Line(child, fault))
    return lines


def another_school(schools: tuple[School, ...], child: Child) -> School:
    """The next school, by number, that has the child's grade."""
    later = schools[child.school.number + 1 :] + schools[: child.school.number]
    return next(school for school in later if child.grade in school.kind.grades)


def read_first(schools: tuple[School, ...], child: Child) -> School:
    """Of the two schools on whose rosters such a child is, the one whose file comes first by name."""
    return min(child.school, another_school(schools, child), key=lambda school: f"{school.name}.xlsx")


def _write_roster(target: Path, name: str, school: School | None, lines: Iterable[Line], planted: Planted) -> None:
    file = f"{FOLDER}/{name}.xlsx"
    style = STYLES[school.number % len(STYLES)] if school else STYLES[0]
    count = planted.count("rosters", file)
    ordered = sorted(lines, key=lambda line: line.child.grade)
    with new_book(target / file) as book:
        _prepared_sheets(book, style)
        if not style.sheet_per_grade:
            _Roster(book.page("花名册"), style, name, school, count, planted).write(ordered)
            return
        for grade, of_grade in groupby(ordered, key=lambda line: line.child.grade):
            page = book.page(grade_name(grade))
            _Roster(page, style, name, school, count, planted).write(of_grade)


def _prepared_sheets(book: Book, style: Style) -> None:
    for title, hidden in style.prepared_sheets:
        page = book.page(title, hidden)
        for text in ("一、本表由班主任填写，学校审核。", "二、身份证号请以文本格式录入。", "男", "女"):
            page.add([text])


@dataclass(slots=True)
class _Roster:
    """One sheet of a roster."""

    page: Page
    style: Style
    school_name: str
    school: School | None
    count: FileCount
    planted: Planted

    def write(self, lines: Iterable[Line]) -> None:
        self._top()
        written = 0
        for at, line in enumerate(lines):
            if self.style.heading_every and at and at % self.style.heading_every == 0:
                self.page.add(list(self.style.headings.values()))
                self.count.passed_over["heading"] += 1
            self._add(at, line)
            written += 1
        if self.style.totals:
            self.page.add(["合 计", f"{written}人"])
            self.count.passed_over["total"] += 1
        if self.style.footnotes:
            self.page.add([])
            self.page.add(["填表人：", None, None, "审核人：", None, "填表日期：2026年9月"])
            self.page.add(["注：本表一式两份，学校留存一份，报中心学校一份。"])
            self.count.passed_over["note"] += 2

    def _top(self) -> None:
        width = len(self.style.headings)
        if self.style.titled:
            name = f"{self.school_name}2026年秋季" if self.style.names_school else "2026年秋季"
            self.page.add_title(f"{name}在校学生花名册", width)
        if self.style.names_school:
            code = self.school.code if self.school else "2134999999"
            self.page.add(["学校名称：", self.school_name, None, "学校标识码：", code, None, "单位：人"])
        parts = [heading.partition("|") for heading in self.style.headings.values()]
        if any(lower for _, _, lower in parts):
            self._group_headings([upper for upper, _, _ in parts])
            self.page.add([lower for _, _, lower in parts])
        else:
            self.page.add([heading for heading, _, _ in parts])

    def _group_headings(self, groups: list[str]) -> None:
        at = 0
        for group, same in groupby(groups):
            width = len(list(same))
            if width > 1:
                row = self.page.next_row
                self.page.sheet.merge_range(row, at, row, at + width - 1, group, self.page.centred)
            else:
                self.page.sheet.write_string(self.page.next_row, at, group)
            at += width
        self.page.next_row += 1

    def _add(self, at: int, line: Line) -> None:
        cells = self._cells(at, line.child)
        fault = line.fault
        if fault is None or fault.refused is None:
            self.style.noise(at, cells)
            self.count.good += 1
        else:
            self.count.refused[fault.refused] += 1
        if fault is not None:
            fault.spoil(cells)
        row = self.page.add([cells.get(name) for name in self.style.headings])
        if fault is not None:
            self.planted.faults.append(
                PlantedFault(
                    kind=fault.kind,
                    file=self.count.file,
                    sheet=self.page.name,
                    row=row,
                    refused=fault.refused,
                    finding=fault.finding,
                    warned=fault.warned,
                    key=line.child.key,
                )
            )

    def _cells(self, at: int, child: Child) -> Cells:
        style, household = self.style, child.household
        grade, class_no = style.grade_and_class(child)
        return {
            "serial": at + 1,
            "name": child.name,
            "sex": "女" if child.girl else "男",
            "ethnicity": child.ethnicity,
            "id_number": child.id_number,
            "student_number": child.student_number,
            "birth_date": style.day(child.born_on),
            "grade": grade,
            "class_no": class_no,
            "boarder": style.boarder[0 if child.boarder else 1],
            "class_teacher": class_teacher(child),
            "guardian_name": household.guardian.name,
            "guardian_relation": household.guardian.relation,
            "guardian_phone": household.guardian.phone,
            "household_no": household.household_no,
            "village_code": household.village.code,
            "village_name": household.village.name,
            "address": household.address,
            "enrolled_on": style.day(child.enrolled_on),
            "school_name": self.school_name,
            "school_code": self.school.code if self.school else None,
        }
