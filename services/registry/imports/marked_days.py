"""Which rows of a pupil can be taken: one that cannot never costs the others."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from services.registry.attendance.marks import MarkKind
from services.registry.attendance.refusals import DayMarkedTwice
from services.registry.imports.intents import TurnedAway, problem_of
from services.registry.imports.naming import KnownChild
from shared.calendar import SchoolCalendar
from shared.faults import Fault
from shared.workbooks.rows import GoodRow
from shared.workbooks.shapes import Problem

DAY = "缺勤日期"
BEFORE_ENROLMENT = Fault(
    "day-before-enrolment",
    "日期早于该生的入学日期",
    "The day lies before the child's enrolment.",
    "请核对日期；入学日期登记有误的，请先更正",
)
NO_SCHOOL = Fault(
    "day-without-school",
    "当天不上课（周末、节假日或假期），已记下，但不计入缺勤天数",
    "There was no school on this day: it is written down and does not count.",
    "请核对日期；确为调休上课的，请教育局载入校历",
)
NO_PUPILS = Fault(
    "class-without-pupils",
    "当天该班在花名册上没有学生，人数已记下",
    "The registry knows no pupil of this class on the day; the count is written down.",
    "请核对年级和班级；确有该班的，请先导入花名册",
)
NOT_IN_SESSION = Fault(
    "count-without-school",
    "当天不上课（周末、节假日或假期），人数已记下",
    "There was no school on the day of the count.",
    "请核对日期；确为调休上课的，请教育局载入校历",
)


def tenable(child: KnownChild, rows: Sequence[GoodRow], calendar: SchoolCalendar) -> Iterator[GoodRow | TurnedAway]:
    """Each row, with a warning where there was no school on its day; or why it cannot be taken."""
    kinds: dict[date, set[MarkKind]] = {}
    for row in rows:
        kinds.setdefault(row.values["date"], set()).add(MarkKind(row.values["kind"]))
    for row in rows:
        day = row.values["date"]
        if day < child.enrolled_on:
            yield TurnedAway(row, Problem.of(BEFORE_ENROLMENT, DAY, day.isoformat()))
        elif len(kinds[day]) > 1:
            yield TurnedAway(row, replace(problem_of(DayMarkedTwice(*sorted(kinds[day])[:2])), value_shown=f"{day}"))
        elif row.values["kind"] == MarkKind.UNEXCUSED and not calendar.has_school(day):
            warning = Problem.of(NO_SCHOOL, DAY, day.isoformat(), blocking=False)
            yield replace(row, warnings=(*row.warnings, warning))
        else:
            yield row


def counted(row: GoodRow, pupils: int, calendar: SchoolCalendar) -> GoodRow:
    """A headcount, with a warning where the class has no `pupils`, or no school on that day."""
    told = row.values
    warnings = list(row.warnings)
    if not pupils:
        warnings.append(Problem.of(NO_PUPILS, "班级", f"{told['grade']}年级{told['class_no']}班", blocking=False))
    if not calendar.has_school(told["date"]):
        warnings.append(Problem.of(NOT_IN_SESSION, "日期", told["date"].isoformat(), blocking=False))
    return replace(row, warnings=tuple(warnings))
