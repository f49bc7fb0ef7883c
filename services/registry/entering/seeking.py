"""Children at no school (失学): found, sought, and brought in. Rule 9-07; state machine C-2, transitions 5 and 16."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.attendance.events import StudentReturned
from services.registry.children.child import Child
from services.registry.children.events import ChildEnrolled
from services.registry.children.ids import ChildId, SchoolCode
from services.registry.children.statuses import Attendance
from services.registry.entering.events import Finding, OutOfSchoolChildFound
from services.registry.marks.events import DropoutMarkCorrected
from services.registry.policy import AgePolicy
from services.registry.transitions.guard import guard
from shared.calendar.terms import is_of_age_at_cut_off, school_year_of
from shared.kernel.commands import Context

ENTERED = "入学登记"
"""The evidence of a return that is an enrolment: the school has put the child on its roster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOutOfSchool:
    """Somebody went and asked: the child is at no school. `remark`: what was found."""

    NAME: ClassVar[str] = "registry.report-out-of-school"
    child_id: ChildId
    found_on: date
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckEnrolled:
    """Due when a child should be at school by now, or the lists say that it is not; nothing comes of it when it is."""

    NAME: ClassVar[str] = "registry.check-enrolled"
    child_id: ChildId
    finding: Finding


def report_out_of_school(child: Child, command: ReportOutOfSchool, context: Context) -> list[OutOfSchoolChildFound]:
    """A child that is sought already is sought only once."""
    if child.is_sought:
        return []
    guard("OUT_OF_SCHOOL", child, ("found_on", command.found_on), (), context)
    return [_found(child, command.found_on, Finding.REPORT, command.remark)]


def check_enrolled(
    policy: AgePolicy, child: Child, command: CheckEnrolled, context: Context
) -> list[OutOfSchoolChildFound]:
    """Whom a notice gives time still is waited for; who has grown too old is not sought any more."""
    year = school_year_of(context.today)
    of_age = is_of_age_at_cut_off(child.birth_date, year, policy.youngest, policy.oldest)
    if child.attendance is not Attendance.NEVER_ENROLLED or child.is_sought or not of_age:
        return []
    if child.notice is not None and context.today <= child.notice.report_by:
        return []
    return [_found(child, context.today, command.finding, "")]


def brought_in(child: Child, enrolled: ChildEnrolled) -> list[StudentReturned | DropoutMarkCorrected]:
    """What an enrolment says of a child that was sought: it has come, or, entered before, it never was missing."""
    if not child.is_sought or child.absent_since is None or child.sought_on is None:
        return []
    if enrolled.enrolled_on < child.sought_on:
        return [_never_missing(child, enrolled, child.absent_since, child.sought_on)]
    return [
        StudentReturned(
            child_id=child.id,
            school_code=enrolled.school_code,
            away_since=child.absent_since,
            returned_on=enrolled.enrolled_on,
            after=child.attendance.value,
            evidence=[ENTERED],
            cycle=child.cycle,
        )
    ]


def _never_missing(child: Child, enrolled: ChildEnrolled, since: date, sought_on: date) -> DropoutMarkCorrected:
    return DropoutMarkCorrected(
        child_id=child.id,
        school_code=enrolled.school_code,
        after=child.attendance.value,
        back_to=Attendance.IN_SCHOOL.value,
        away_since=since,
        reason="入学登记补录：查找之前已在校",
        papers=[],
        cycle=child.cycle,
        corrected_on=sought_on,
    )


def _found(child: Child, on: date, finding: Finding, remark: str) -> OutOfSchoolChildFound:
    return OutOfSchoolChildFound(
        child_id=child.id,
        school_code=child.notice.school_code if child.notice else SchoolCode(""),
        absent_since=_due_since(child, on),
        found_on=on,
        finding=finding,
        remark=remark,
        poor=child.category.is_poor,
        cycle=child.cycle + 1,
    )


def _due_since(child: Child, on: date) -> date:
    """The day since which it should have been at school: what somebody has said, else the school year's first."""
    return min(on, max(child.awaited_since or date.min, school_year_of(on).first_day))
