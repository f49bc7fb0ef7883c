"""A child as decisions see it, folded from the events of its stream."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import assert_never

from services.registry.attendance.events import (
    AbsenceRecorded,
    AttendanceEvent,
    AttendanceResumed,
    DropoutConfirmed,
    LeaveRecorded,
    PersuasionNoted,
    ReturnStabilised,
    StudentRelapsed,
    StudentReturned,
    SuspectedDropoutFlagged,
)
from services.registry.children.events import ChildEnrolled, ChildFileEvent, ChildRegistered, EnrolmentChanged
from services.registry.children.ids import ChildId, SchoolCode
from services.registry.children.statuses import AWAY, Attendance, Registration, StudentNumberKind
from services.registry.groups.events import GroupEntered, GroupEvent, GroupLeft
from services.registry.guardians.events import GuardianEvent, GuardianLinked, GuardianUnlinked
from services.registry.guardians.guardians import (
    Guardians,
    guardian_of,
    named_on_registration,
    with_guardian,
    without,
)
from services.registry.households.categories import HouseholdCategory
from services.registry.households.events import GuardianAccountSet, HouseholdCategorySet, HouseholdEvent
from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Place

ChildEvent = ChildFileEvent | HouseholdEvent | GroupEvent | GuardianEvent | AttendanceEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """Where the child's student file is, and what is written in it."""

    school_code: SchoolCode
    school_name: str
    grade: int
    class_no: int
    boarder: bool
    student_number: str | None
    student_number_index: str | None
    student_number_kind: StudentNumberKind
    class_teacher: str
    enrolled_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """`unexcused`: the days of the present spell, in order. `settled_on`: the last day known to be no unexcused one;
    what the attendance book says of that day or earlier is old news. `steady_since`: on probation, the day from
    which unbroken attendance counts. `groups`: the special groups it belongs to, each with the day since when;
    `left_groups`: those it belonged to, with the day on which it last left.
    """

    id: ChildId
    registered: bool = False
    birth_date: date = date.min
    division: str = ""
    household_no: str = ""
    category: HouseholdCategory = HouseholdCategory.NONE
    account_index: str | None = None
    guardians: Guardians = ()
    groups: Mapping[str, date] = field(default_factory=dict)
    left_groups: Mapping[str, date] = field(default_factory=dict)
    enrolment: Enrolment | None = None
    registration: Registration = Registration.NONE
    attendance: Attendance = Attendance.NOT_DUE
    unexcused: tuple[date, ...] = ()
    settled_on: date = date.min
    returned_on: date | None = None
    steady_since: date | None = None
    attempts: int = 0
    failed_attempts: int = 0
    cycle: int = 0
    relapses: int = 0

    @property
    def absent_since(self) -> date | None:
        return self.unexcused[0] if self.unexcused else None

    @property
    def is_away(self) -> bool:
        return self.attendance in AWAY

    @property
    def on_probation(self) -> bool:
        return self.attendance is Attendance.RETURNED_PROBATION


def evolve(child: Child, event: ChildEvent) -> Child:
    match event:
        case ChildRegistered() | ChildEnrolled() | EnrolmentChanged():
            return _evolve_file(child, event)
        case HouseholdCategorySet(category=category, household_no=household_no):
            return replace(child, category=category, household_no=household_no)
        case GuardianAccountSet(account_index=index):
            return replace(child, account_index=index)
        case GuardianLinked():
            return replace(child, guardians=with_guardian(child.guardians, guardian_of(event)))
        case GuardianUnlinked(guardian_id=guardian_id):
            return replace(child, guardians=without(child.guardians, guardian_id))
        case GroupEntered(group=group, from_on=day):
            return replace(child, groups={**child.groups, group: day})
        case GroupLeft(group=group, left_on=day):
            rest = {name: since for name, since in child.groups.items() if name != group}
            return replace(child, groups=rest, left_groups={**child.left_groups, group: day})
        case AbsenceRecorded() | LeaveRecorded() | AttendanceResumed():
            return _evolve_day(child, event)
        case _:
            return _evolve_schooling(child, event)


def _evolve_file(child: Child, event: ChildFileEvent) -> Child:
    match event:
        case ChildRegistered():
            return replace(
                child,
                registered=True,
                birth_date=event.birth_date,
                division=event.division,
                household_no=event.household_no,
                guardians=named_on_registration(event.guardian_name, event.guardian_relation, event.guardian_phone),
                attendance=Attendance.NEVER_ENROLLED if event.of_age else Attendance.NOT_DUE,
            )
        case ChildEnrolled():
            enrolment = Enrolment(
                school_code=event.school_code,
                school_name=event.school_name,
                grade=event.grade,
                class_no=event.class_no,
                boarder=event.boarder,
                student_number=event.student_number,
                student_number_index=event.student_number_index,
                student_number_kind=event.student_number_kind,
                class_teacher=event.class_teacher,
                enrolled_on=event.enrolled_on,
            )
            registration = event.student_number_kind.registration
            return replace(child, enrolment=enrolment, registration=registration, attendance=Attendance.IN_SCHOOL)
        case EnrolmentChanged():
            return _change_enrolment(child, event)
        case _:
            assert_never(event)


def _change_enrolment(child: Child, event: EnrolmentChanged) -> Child:
    if child.enrolment is None:
        return child
    changed = replace(
        child.enrolment,
        grade=event.grade,
        class_no=event.class_no,
        boarder=event.boarder,
        student_number=event.student_number,
        student_number_index=event.student_number_index,
        student_number_kind=event.student_number_kind,
        class_teacher=event.class_teacher,
    )
    kept = child.registration is Registration.RETAINED_DROPOUT
    registration = child.registration if kept else event.student_number_kind.registration
    return replace(child, enrolment=changed, registration=registration)


def _evolve_day(child: Child, event: AbsenceRecorded | LeaveRecorded | AttendanceResumed) -> Child:
    match event:
        case AbsenceRecorded(day=day):
            unexcused = tuple(sorted({*child.unexcused, day}))
            attendance = child.attendance if child.on_probation else Attendance.ABSENT_UNEXCUSED
            return replace(child, unexcused=unexcused, attendance=attendance)
        case LeaveRecorded(day=day):
            return _settle(child, day, Attendance.ON_APPROVED_LEAVE, event.steady_since)
        case AttendanceResumed(present_on=day):
            return _settle(child, day, Attendance.IN_SCHOOL, event.steady_since)
        case _:
            assert_never(event)


def _settle(child: Child, day: date, attendance: Attendance, steady_since: date | None) -> Child:
    """A day of presence or leave ends the spell up to it; later unexcused days, known before, remain."""
    rest = unexcused_after(child, day)
    if child.on_probation:
        attendance = child.attendance
    elif rest:
        attendance = Attendance.ABSENT_UNEXCUSED
    steady_since = steady_since or child.steady_since
    return replace(child, unexcused=rest, settled_on=day, attendance=attendance, steady_since=steady_since)


def unexcused_after(child: Child, day: date) -> tuple[date, ...]:
    return tuple(each for each in child.unexcused if each > day)


def _evolve_schooling(
    child: Child,
    event: SuspectedDropoutFlagged
    | PersuasionNoted
    | DropoutConfirmed
    | StudentReturned
    | ReturnStabilised
    | StudentRelapsed,
) -> Child:
    match event:
        case SuspectedDropoutFlagged(cycle=cycle):
            return _suspect(child, cycle)
        case StudentRelapsed(cycle=cycle, relapse_count=relapses):
            return replace(_suspect(child, cycle), relapses=relapses)
        case PersuasionNoted(attempts=attempts, failed=failed):
            return replace(child, attempts=attempts, failed_attempts=failed)
        case DropoutConfirmed():
            return replace(child, attendance=Attendance.DROPPED_OUT, registration=Registration.RETAINED_DROPOUT)
        case StudentReturned(returned_on=day):
            return _return(child, day)
        case ReturnStabilised():
            return replace(child, attendance=Attendance.IN_SCHOOL, returned_on=None, steady_since=None)
        case _:
            assert_never(event)


def _suspect(child: Child, cycle: int) -> Child:
    return replace(
        child,
        attendance=Attendance.SUSPECTED_DROPOUT,
        cycle=cycle,
        attempts=0,
        failed_attempts=0,
        returned_on=None,
        steady_since=None,
    )


def _return(child: Child, day: date) -> Child:
    enrolment = child.enrolment
    return replace(
        child,
        attendance=Attendance.RETURNED_PROBATION,
        registration=enrolment.student_number_kind.registration if enrolment else child.registration,
        unexcused=(),
        settled_on=day,
        returned_on=day,
        steady_since=day,
    )


def place(child: Child) -> Place:
    return Place(child.division, child.enrolment.school_code if child.enrolment else "")


CHILDREN: Aggregate[Child] = Aggregate(
    category="child",
    initial=lambda id_: Child(id=ChildId(id_)),
    evolve=evolve,
    place=place,
)
