"""The attendance book: absence, leave and presence, day by day.

Sheets come late, twice, and in any order, so a mark changes only what is not yet settled: on or before the last
day of known presence or leave it is old news and gives no event.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.attendance.events import AbsenceRecorded, AttendanceResumed, LeaveRecorded
from services.registry.attendance.folding import unexcused_after
from services.registry.attendance.marks import Mark, MarkKind
from services.registry.attendance.refusals import (
    DayMarkedTwice,
    HomeReflectionIsNoLeave,
    ReturnMustBeCheckedIn,
)
from services.registry.children.child import Child, Enrolment
from services.registry.children.ids import ChildId
from services.registry.children.refusals import ChildNotRegistered, NotEnrolled
from services.registry.children.state import evolve
from services.registry.children.statuses import ENDED, Attendance, Registration
from services.registry.leaving.refusals import SchoolingEnded
from services.registry.placements.refusals import TaughtAtHome
from services.registry.policy import LeavePolicy
from services.registry.respites.refusals import ResumptionNeeded
from services.registry.respites.respite import Respite
from shared.identifiers.text import compact
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore, DateInFuture

DayEvent = AbsenceRecorded | LeaveRecorded | AttendanceResumed


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAttendance:
    """What the attendance book says of one child: one day, or all days of a sheet."""

    NAME: ClassVar[str] = "registry.record-attendance"
    child_id: ChildId
    marks: tuple[Mark, ...]


def record_attendance(
    policy: LeavePolicy, child: Child, command: RecordAttendance, context: Context
) -> Sequence[DayEvent]:
    enrolment = enrolment_of(child)
    marks = sorted(set(command.marks), key=lambda mark: mark.day)
    _check(policy, enrolment, marks, context.today)
    events: list[DayEvent] = []
    for mark in marks:
        for event in _decide(child, enrolment, mark):
            child = evolve(child, event)
            events.append(event)
    return events


def enrolment_of(child: Child) -> Enrolment:
    """Raises ChildNotRegistered, SchoolingEnded or NotEnrolled."""
    if not child.registered:
        raise ChildNotRegistered()
    if child.attendance in ENDED:
        raise SchoolingEnded(child.attendance)
    if child.enrolment is None:
        raise NotEnrolled()
    return child.enrolment


def _check(policy: LeavePolicy, enrolment: Enrolment, marks: Sequence[Mark], today: date) -> None:
    kinds: dict[date, MarkKind] = {}
    for mark in marks:
        if mark.day > today:
            raise DateInFuture("day")
        if mark.day < enrolment.enrolled_on:
            raise DateBefore("day", "入学日期", "the enrolment", enrolment.enrolled_on)
        if (first := kinds.setdefault(mark.day, mark.kind)) is not mark.kind:
            raise DayMarkedTwice(first, mark.kind)
        if mark.kind.is_leave:
            for word in policy.no_leave_words:
                if word in compact(mark.remark):
                    raise HomeReflectionIsNoLeave(word)


def _decide(child: Child, enrolment: Enrolment, mark: Mark) -> list[DayEvent]:
    if mark.day <= child.settled_on:
        return []
    if child.is_away:
        return _while_away(child, mark)
    if child.attendance is Attendance.HOME_TEACHING:
        return _while_at_home(mark)
    if child.respite is not None and child.registration is Registration.SUSPENDED:
        return _while_suspended(child, child.respite, enrolment, mark)
    if mark.kind is MarkKind.UNEXCUSED:
        return _absent(child, enrolment, mark)
    before_spell = child.absent_since is not None and mark.day < child.absent_since
    if before_spell:
        return []
    return _on_leave(child, mark) if mark.kind.is_leave else _present(child, enrolment, mark)


def _while_away(child: Child, mark: Mark) -> list[DayEvent]:
    """Another unexcused day says nothing new; presence or leave since the child went would be a return."""
    is_old = child.absent_since is None or mark.day < child.absent_since
    if mark.kind is MarkKind.UNEXCUSED or is_old:
        return []
    raise ReturnMustBeCheckedIn(child.attendance)


def _while_at_home(mark: Mark) -> list[DayEvent]:
    """A sheet of the whole class may say present of everybody; absence or leave of this child is a mistake."""
    if mark.kind is MarkKind.PRESENT:
        return []
    raise TaughtAtHome()


def _while_suspended(child: Child, respite: Respite, enrolment: Enrolment, mark: Mark) -> list[DayEvent]:
    """A suspension covers its days; neither presence nor a day's leave ends it, also when it has expired."""
    covered = child.attendance is Attendance.ON_APPROVED_LEAVE
    if mark.kind is MarkKind.UNEXCUSED:
        return [] if covered else _absent(child, enrolment, mark)
    is_old = mark.day < (child.absent_since or respite.since)
    if is_old or (covered and mark.kind.is_leave):
        return []
    raise ResumptionNeeded()


def _absent(child: Child, enrolment: Enrolment, mark: Mark) -> list[DayEvent]:
    if mark.day in child.unexcused:
        return []
    return [
        AbsenceRecorded(
            child_id=child.id,
            school_code=enrolment.school_code,
            day=mark.day,
            absent_since=min((mark.day, *child.unexcused)),
            kind=mark.kind,
            remark=mark.remark,
            on_probation=child.on_probation,
        )
    ]


def _on_leave(child: Child, mark: Mark) -> list[DayEvent]:
    rest = unexcused_after(child, mark.day)
    return [
        LeaveRecorded(
            child_id=child.id,
            day=mark.day,
            kind=mark.kind,
            remark=mark.remark,
            absent_since=rest[0] if rest else None,
            on_probation=child.on_probation,
            steady_since=_steady_since(child, mark.day, rest),
        )
    ]


def _present(child: Child, enrolment: Enrolment, mark: Mark) -> list[DayEvent]:
    if not child.unexcused and child.attendance is not Attendance.ON_APPROVED_LEAVE:
        return []
    rest = unexcused_after(child, mark.day)
    return [
        AttendanceResumed(
            child_id=child.id,
            school_code=enrolment.school_code,
            present_on=mark.day,
            absent_since=rest[0] if rest else None,
            on_probation=child.on_probation,
            steady_since=_steady_since(child, mark.day, rest),
        )
    ]


def _steady_since(child: Child, day: date, rest: tuple[date, ...]) -> date | None:
    """On probation, unbroken attendance counts anew from the day that ended a spell."""
    if not child.on_probation or rest:
        return None
    return day if child.unexcused else child.steady_since
