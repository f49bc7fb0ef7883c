"""What the attendance book and the course of a suspicion make of a child."""

from dataclasses import replace
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
from services.registry.children.child import Child
from services.registry.children.statuses import Attendance, Registration
from services.registry.entering.folding import passed
from services.registry.entering.gates import Gates


def evolve_day(child: Child, event: AbsenceRecorded | LeaveRecorded | AttendanceResumed) -> Child:
    match event:
        case AbsenceRecorded(day=day):
            unexcused = tuple(sorted({*child.unexcused, day}))
            attendance = child.attendance if child.on_probation else Attendance.ABSENT_UNEXCUSED
            return replace(child, unexcused=unexcused, attendance=attendance)
        case LeaveRecorded(day=day):
            return _settle(child, day, Attendance.ON_APPROVED_LEAVE, event.steady_since)
        case AttendanceResumed(present_on=day):
            return _settle(child, day, child.in_class, event.steady_since)
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


def evolve_attendance(child: Child, event: AttendanceEvent) -> Child:
    match event:
        case SuspectedDropoutFlagged(cycle=cycle):
            return _suspect(child, cycle)
        case StudentRelapsed(cycle=cycle, relapse_count=relapses):
            return replace(_suspect(child, cycle), relapses=relapses)
        case PersuasionNoted(attempts=attempts, failed=failed):
            return replace(child, attempts=attempts, failed_attempts=failed)
        case DropoutConfirmed():
            gone = replace(child, attendance=Attendance.DROPPED_OUT, registration=Registration.RETAINED_DROPOUT)
            return passed(gone, Gates.DROPOUT, event.confirmed_on, event.cause)
        case StudentReturned(returned_on=day):
            return _return(child, day)
        case ReturnStabilised():
            return replace(child, attendance=child.in_class, returned_on=None, steady_since=None)
        case AbsenceRecorded() | LeaveRecorded() | AttendanceResumed():
            return evolve_day(child, event)
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
        respite=None,
    )
