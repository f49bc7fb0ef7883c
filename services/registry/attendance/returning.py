"""Persuasion noted, the check-in at school, and the probation after it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from services.registry.attendance.daily import enrolment_of, stabilised
from services.registry.attendance.events import (
    AttendanceResumed,
    DayEvent,
    PersuasionNoted,
    ReturnStabilised,
    StudentReturned,
)
from services.registry.attendance.refusals import ChildIsNotAway, ReturnNeedsEvidence
from services.registry.children.child import Child, Enrolment
from services.registry.children.ids import ChildId, SchoolCode
from services.registry.children.refusals import OtherSchool
from services.registry.children.statuses import Registration
from services.registry.policy import ReturnPolicy
from services.registry.respites.refusals import ResumptionNeeded
from shared.calendar import SchoolCalendar
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore, DateInFuture

AGREED = "AGREED"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePersuasion:
    """What the visits service recorded: that somebody tried, in which cycle, and with what result."""

    NAME: ClassVar[str] = "registry.note-persuasion"
    child_id: ChildId
    attempted_on: date
    result: str
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReturn:
    """The child checked in. `evidence`: references such as the number of the check-in slip or a photo's SHA-256."""

    NAME: ClassVar[str] = "registry.record-return"
    child_id: ChildId
    school_code: SchoolCode
    returned_on: date
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckStability:
    """Due when probation may be over; it does nothing when it is not."""

    NAME: ClassVar[str] = "registry.check-stability"
    child_id: ChildId


def note_persuasion(child: Child, command: NotePersuasion, _: Context) -> list[PersuasionNoted]:
    """An attempt of another cycle, or for a child that is not away, changes nothing."""
    if not child.is_away or command.cycle != child.cycle:
        return []
    return [
        PersuasionNoted(
            child_id=child.id,
            attempts=child.attempts + 1,
            failed=child.failed_attempts + (command.result != AGREED),
            last_result=command.result,
            noted_on=command.attempted_on,
            cycle=child.cycle,
        )
    ]


def record_return(
    policy: ReturnPolicy, child: Child, command: RecordReturn, context: Context
) -> list[StudentReturned | DayEvent]:
    """A suspected or confirmed dropout begins probation; a merely absent child is simply present again."""
    enrolment = enrolment_of(child)
    if child.absent_since is None:
        raise ChildIsNotAway(child.attendance)
    _check_return(policy, child, enrolment, command, context.today)
    if not child.is_away:
        if child.registration is Registration.SUSPENDED:
            raise ResumptionNeeded()
        return [_present_again(child, command)]
    return [
        StudentReturned(
            child_id=child.id,
            school_code=enrolment.school_code,
            away_since=child.absent_since,
            returned_on=command.returned_on,
            after=child.attendance.value,
            evidence=list(command.evidence),
            cycle=child.cycle,
        )
    ]


def _check_return(
    policy: ReturnPolicy, child: Child, enrolment: Enrolment, command: RecordReturn, today: date
) -> None:
    if command.school_code != enrolment.school_code:
        raise OtherSchool(enrolment.school_name)
    if command.returned_on > today:
        raise DateInFuture("returned_on")
    if command.returned_on < (last := child.unexcused[-1]):
        raise DateBefore("returned_on", "最近一次缺勤日期", "the last recorded absence", last)
    if len(command.evidence) < policy.evidence_items:
        raise ReturnNeedsEvidence(policy.evidence_items)


def _present_again(child: Child, command: RecordReturn) -> AttendanceResumed:
    return AttendanceResumed(
        child_id=child.id,
        school_code=command.school_code,
        present_on=command.returned_on,
        inferred=False,
        absent_since=None,
        on_leave=False,
        on_probation=child.on_probation,
        steady_since=command.returned_on if child.on_probation else None,
        believed_from=None,
    )


def check_stability(
    policy: ReturnPolicy, calendar: SchoolCalendar, child: Child, _: CheckStability, context: Context
) -> list[ReturnStabilised]:
    """Nothing while probation goes on, or ended in holidays: then the first day on which the child comes decides."""
    if child.returned_on is None or child.enrolment is None or child.unexcused:
        return []
    due = stability_due(policy, calendar, child)
    if due is None or context.today < due:
        return []
    return [stabilised(child, child.returned_on, child.enrolment, context.today)]


def stability_due(policy: ReturnPolicy, calendar: SchoolCalendar, child: Child) -> date | None:
    """The school day on which time alone ends probation; None when its end falls into holidays."""
    if child.steady_since is None:
        return None
    over = child.steady_since + timedelta(days=policy.stable_after_days)
    due = calendar.school_day_from(over)
    return due if len(list(calendar.counting_days(over, due))) == (due - over).days + 1 else None
