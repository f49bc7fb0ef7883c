"""What an end of schooling, or the way to the next school, makes of a child."""

from dataclasses import replace
from typing import assert_never

from services.registry.attendance.spells import NO_SPELL, missed_from
from services.registry.children.child import Child
from services.registry.children.statuses import Attendance, Registration
from services.registry.leaving.events import (
    Certificate,
    DeathRecorded,
    DeclaredMissing,
    GraduationRecorded,
    LeavingEvent,
    NextSchoolMissed,
    PrimaryCompleted,
    WentAbroad,
)


def evolve_leaving(child: Child, event: LeavingEvent) -> Child:
    match event:
        case GraduationRecorded(certificate=certificate):
            return _ended(child, Attendance.COMPLETED, registration_with(certificate))
        case DeathRecorded():
            return _ended(child, Attendance.DECEASED, Registration.CANCELLED)
        case WentAbroad():
            return _ended(child, Attendance.ABROAD, Registration.CANCELLED)
        case DeclaredMissing():
            return _ended(child, Attendance.MISSING_DECLARED, child.registration)
        case PrimaryCompleted(next_school_code=school, completed_on=day):
            return replace(child, next_school=school, left_primary_on=day)
        case NextSchoolMissed(absent_since=day):
            missed = replace(child, left_primary_on=None)
            return replace(missed, attendance=Attendance.ABSENT_UNEXCUSED, spell=missed_from(day))
        case _:
            assert_never(event)


def registration_with(certificate: Certificate) -> Registration:
    return Registration.GRADUATED if certificate is Certificate.DIPLOMA else Registration.COMPLETED


def _ended(child: Child, attendance: Attendance, registration: Registration) -> Child:
    """No spell and no probation run on."""
    return replace(
        child,
        attendance=attendance,
        registration=registration,
        spell=NO_SPELL,
        returned_on=None,
        steady_since=None,
        next_school=None,
    )
