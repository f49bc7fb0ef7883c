"""From absence to suspicion, and from suspicion to a confirmed dropout."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.attendance.counting import days_absent, long_enough
from services.registry.attendance.daily import enrolment_of
from services.registry.attendance.events import DropoutConfirmed, StudentRelapsed, SuspectedDropoutFlagged
from services.registry.attendance.refusals import (
    AbsentTooShort,
    NotAbsent,
    NotSuspected,
    PersuasionMissing,
    SchoolIsClosed,
)
from services.registry.children.child import Child, Enrolment
from services.registry.children.ids import ChildId
from services.registry.children.statuses import Attendance
from services.registry.policy import AbsencePolicy, DropoutPolicy
from shared.calendar import SchoolCalendar
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore, DateInFuture

Suspicion = SuspectedDropoutFlagged | StudentRelapsed


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAbsence:
    """Due when a spell has lasted long enough; it does nothing when the spell has ended."""

    NAME: ClassVar[str] = "registry.check-absence"
    child_id: ChildId


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagSuspectedDropout:
    """The school suspects a dropout before the days are over, for instance because the child went to work."""

    NAME: ClassVar[str] = "registry.flag-suspected-dropout"
    child_id: ChildId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmDropout:
    NAME: ClassVar[str] = "registry.confirm-dropout"
    child_id: ChildId
    confirmed_on: date
    cause: str


def check_absence(
    policy: AbsencePolicy, calendar: SchoolCalendar, child: Child, _: CheckAbsence, context: Context
) -> list[Suspicion]:
    needed = policy.relapsed_after_days if child.on_probation else policy.suspected_after_days
    if child.enrolment is None or child.is_away or not calendar.counts(context.today):
        return []
    since = long_enough(calendar, child.spell, needed, context.today)
    return [_suspect(child, child.enrolment, since, context.today)] if since else []


def flag_suspected_dropout(
    policy: AbsencePolicy, calendar: SchoolCalendar, child: Child, command: FlagSuspectedDropout, context: Context
) -> list[Suspicion]:
    """Raises SchoolIsClosed in the holidays: nobody is ordered back to a school that is closed."""
    enrolment = enrolment_of(child)
    if child.is_away:
        return []
    if child.absent_since is None:
        raise NotAbsent(child.attendance)
    if not calendar.counts(context.today):
        raise SchoolIsClosed(context.today, calendar.school_day_from(context.today))
    needed = policy.relapsed_after_days if child.on_probation else policy.manual_suspicion_after_days
    if (days := days_absent(calendar, child.spell, context.today)) < needed:
        raise AbsentTooShort(days, needed, "列为疑似辍学", "flag a suspected dropout")
    return [_suspect(child, enrolment, child.absent_since, context.today, command.reason)]


def confirm_dropout(
    policy: DropoutPolicy, calendar: SchoolCalendar, child: Child, command: ConfirmDropout, context: Context
) -> list[DropoutConfirmed]:
    enrolment = enrolment_of(child)
    if child.attendance is Attendance.DROPPED_OUT:
        return []
    if child.attendance is not Attendance.SUSPECTED_DROPOUT or child.absent_since is None:
        raise NotSuspected(child.attendance)
    if command.confirmed_on > context.today:
        raise DateInFuture("confirmed_on")
    if command.confirmed_on < child.absent_since:
        raise DateBefore("confirmed_on", "缺勤开始日期", "the absence", child.absent_since)
    if (days := days_absent(calendar, child.spell, command.confirmed_on)) < policy.confirmable_after_days:
        raise AbsentTooShort(days, policy.confirmable_after_days, "确认辍学", "confirm a dropout")
    if child.failed_attempts < policy.failed_attempts:
        raise PersuasionMissing(child.failed_attempts, policy.failed_attempts)
    return [
        DropoutConfirmed(
            child_id=child.id,
            school_code=enrolment.school_code,
            absent_since=child.absent_since,
            confirmed_on=command.confirmed_on,
            cause=command.cause,
            cycle=child.cycle,
        )
    ]


def _suspect(child: Child, enrolment: Enrolment, since: date, today: date, reason: str = "") -> Suspicion:
    if child.on_probation:
        return StudentRelapsed(
            child_id=child.id,
            school_code=enrolment.school_code,
            absent_since=since,
            relapsed_on=today,
            poor=child.category.is_poor,
            relapse_count=child.relapses + 1,
            cycle=child.cycle + 1,
        )
    return SuspectedDropoutFlagged(
        child_id=child.id,
        school_code=enrolment.school_code,
        grade=enrolment.grade,
        class_no=enrolment.class_no,
        absent_since=since,
        flagged_on=today,
        poor=child.category.is_poor,
        cycle=child.cycle + 1,
        reason=reason,
    )
