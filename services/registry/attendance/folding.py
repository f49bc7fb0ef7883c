"""What the attendance book and the course of a suspicion make of a child."""

from dataclasses import replace
from datetime import date
from typing import assert_never

from services.registry.attendance.events import (
    AbsenceRecorded,
    AttendanceEvent,
    AttendanceResumed,
    DayEvent,
    DropoutConfirmed,
    LeaveRecorded,
    PersuasionNoted,
    ReturnStabilised,
    StudentRelapsed,
    StudentReturned,
    SuspectedDropoutFlagged,
)
from services.registry.attendance.spells import NO_SPELL
from services.registry.children.child import Child
from services.registry.children.statuses import Attendance, Registration
from services.registry.entering.folding import passed
from services.registry.entering.gates import Gates


def evolve_day(child: Child, event: DayEvent) -> Child:
    match event:
        case AbsenceRecorded(day=day, believed_from=moment):
            return _stands(replace(child, spell=child.spell.with_absence(day, moment)), event)
        case AttendanceResumed(present_on=day, inferred=True, believed_from=moment):
            return _stands(replace(child, spell=child.spell.with_presumption(day, moment)), event)
        case LeaveRecorded(day=day, believed_from=moment):
            return _stands(replace(child, spell=child.spell.with_leave(day, moment)), event)
        case AttendanceResumed(present_on=day, believed_from=moment):
            return _stands(replace(child, spell=child.spell.after(day, moment), settled_on=day), event)
        case _:
            assert_never(event)


def _stands(child: Child, event: DayEvent) -> Child:
    """Where the child stands once the day is written down; probation goes on whatever the days say."""
    if not isinstance(event, AbsenceRecorded):
        child = replace(child, steady_since=event.steady_since or child.steady_since)
    return child if child.on_probation else replace(child, attendance=status_after(event, child.in_class))


def status_after(event: DayEvent, in_class: Attendance) -> Attendance:
    """What a day makes of a child that is not on probation and stands `in_class` whenever it is present."""
    if event.absent_since is not None:
        return Attendance.ABSENT_UNEXCUSED
    return Attendance.ON_APPROVED_LEAVE if event.on_leave else in_class


def evolve_attendance(child: Child, event: AttendanceEvent) -> Child:
    match event:
        case SuspectedDropoutFlagged(flagged_on=day):
            return _suspect(child, event, day)
        case StudentRelapsed(relapsed_on=day, relapse_count=relapses):
            return replace(_suspect(child, event, day), relapses=relapses)
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


def _suspect(child: Child, event: SuspectedDropoutFlagged | StudentRelapsed, day: date) -> Child:
    """From this day on the child is away until they check in: each day counts, recorded or not."""
    return replace(
        child,
        spell=child.spell.suspected(event.absent_since, day),
        attendance=Attendance.SUSPECTED_DROPOUT,
        cycle=event.cycle,
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
        spell=NO_SPELL,
        settled_on=day,
        returned_on=day,
        steady_since=day,
        respite=None,
    )
