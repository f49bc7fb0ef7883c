"""What the way into school makes of a child."""

from dataclasses import replace
from datetime import date, timedelta
from typing import assert_never

from services.registry.attendance.spells import missed_from
from services.registry.children.child import Child
from services.registry.children.statuses import Attendance
from services.registry.entering.events import (
    ChildBecameDue,
    EnrolmentNoticeIssued,
    EnteringEvent,
    GateExplained,
    OutOfSchoolChildFound,
    RegistrationCompleted,
    RegistrationGapFound,
)
from services.registry.entering.gates import Gates, Passage
from shared.calendar.terms import school_year_of


def evolve_entering(child: Child, event: EnteringEvent) -> Child:
    match event:
        case ChildBecameDue(due_on=day):
            return came_of_age(child, day)
        case EnrolmentNoticeIssued():
            notified = awaited(replace(child, notice=event), event.report_by + timedelta(days=1))
            return passed(notified, Gates.NOTICE, event.issued_on, event.notice_no)
        case RegistrationGapFound():
            found = replace(child, attendance=Attendance.IN_SCHOOL_UNREGISTERED, registration_gap=True)
            return replace(found, gap_on=event.found_on, gap_complete_by=event.complete_by)
        case RegistrationCompleted():
            unregistered = child.attendance is Attendance.IN_SCHOOL_UNREGISTERED
            attendance = Attendance.IN_SCHOOL if unregistered else child.attendance
            return replace(child, attendance=attendance, registration_gap=False)
        case GateExplained(gate=gate, reason=reason):
            return replace(child, gates_explained={**child.gates_explained, gate: reason})
        case OutOfSchoolChildFound(absent_since=since, found_on=day, cycle=cycle):
            missed = replace(child, spell=missed_from(since), sought_on=day)
            return replace(missed, cycle=cycle, attempts=0, failed_attempts=0)
        case _:
            assert_never(event)


def came_of_age(child: Child, known_on: date) -> Child:
    """It is at no school, and should have been since the school year began, whenever that came to be known."""
    due = replace(child, attendance=Attendance.NEVER_ENROLLED, known_due_on=known_on)
    return awaited(due, school_year_of(known_on).first_day)


def awaited(child: Child, since: date) -> Child:
    """It should be at school from this day on, or from a later one of which somebody has spoken."""
    return replace(child, awaited_since=max(since, child.awaited_since or since))


def passed(child: Child, gate: Gates, on: date, document: str) -> Child:
    """The child has gone through a gate; the last time counts."""
    return replace(child, passages={**child.passages, gate: Passage(on=on.isoformat(), document=document)})
