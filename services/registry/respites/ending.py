"""The end of a time away: the reminder before it, the day after it, and resumption (复学)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from services.registry.attendance.daily import enrolment_of
from services.registry.children.child import Child
from services.registry.children.ids import ChildId, SchoolCode
from services.registry.children.refusals import OtherSchool
from services.registry.children.statuses import Attendance, Registration
from services.registry.respites.events import DeferralExpired, RespiteEndsSoon, StudentResumed, SuspensionExpired
from services.registry.respites.kinds import WORDS, RespiteKind
from services.registry.respites.refusals import NotSuspendedByRight
from services.registry.respites.respite import Respite
from services.registry.transitions.guard import guard
from services.registry.transitions.papers import Papers
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindOfRespiteEnd:
    """Due some working days before the end; nothing comes of it when the time away has ended or was renewed."""

    NAME: ClassVar[str] = "registry.remind-of-respite-end"
    child_id: ChildId
    application_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireRespite:
    """Due on the day after the end; nothing comes of it when the child is back, at school or elsewhere."""

    NAME: ClassVar[str] = "registry.expire-respite"
    child_id: ChildId
    application_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeStudent:
    NAME: ClassVar[str] = "registry.resume-student"
    child_id: ChildId
    school_code: SchoolCode
    resumed_on: date
    papers: Papers


def granted(child: Child, kind: RespiteKind) -> Respite | None:
    """The time away of this kind that has not been ended: by school, by another status, or, a deferral, by its end.

    A suspension that has expired is still to be ended, by resumption or renewal.
    """
    if child.respite is None or child.respite.kind is not kind:
        return None
    if kind is RespiteKind.DEFERRAL:
        return child.respite if child.attendance is Attendance.DEFERRED else None
    return child.respite if child.registration is Registration.SUSPENDED else None


def last_of(child: Child, kind: RespiteKind) -> Respite | None:
    """The last time away of this kind, also when it has ended, unless the child has been taught since then."""
    return child.respite if child.respite and child.respite.kind is kind else None


def remind_of_respite_end(child: Child, command: RemindOfRespiteEnd, context: Context) -> list[RespiteEndsSoon]:
    respite = _running(child, command.application_id)
    if respite is None:
        return []
    return [
        RespiteEndsSoon(
            child_id=child.id,
            application_id=respite.application_id,
            kind=respite.kind,
            until=respite.until,
            reminded_on=context.today,
        )
    ]


def expire_respite(
    child: Child, command: ExpireRespite, context: Context
) -> list[DeferralExpired | SuspensionExpired]:
    respite = _running(child, command.application_id)
    if respite is None or context.today <= respite.until:
        return []
    if respite.kind is RespiteKind.DEFERRAL:
        return [
            DeferralExpired(
                child_id=child.id,
                application_id=respite.application_id,
                until=respite.until,
                expired_on=context.today,
            )
        ]
    return [
        SuspensionExpired(
            child_id=child.id,
            school_code=enrolment_of(child).school_code,
            application_id=respite.application_id,
            until=respite.until,
            absent_since=respite.until + timedelta(days=1),
            expired_on=context.today,
        )
    ]


def resume_student(child: Child, command: ResumeStudent, context: Context) -> list[StudentResumed]:
    """Back in class, at the child's own school, after the last day that it missed."""
    guard("RESUMPTION", child, ("resumed_on", command.resumed_on), command.papers, context)
    respite = granted(child, RespiteKind.SUSPENSION)
    if respite is None:
        raise NotSuspendedByRight()
    enrolment = enrolment_of(child)
    if command.school_code != enrolment.school_code:
        raise OtherSchool(enrolment.school_name)
    missed = max((respite.since, *child.unexcused))
    if command.resumed_on < missed:
        raise DateBefore("resumed_on", "休学开始或最近一次缺勤日期", "the last day missed", missed)
    return [
        StudentResumed(
            child_id=child.id,
            school_code=enrolment.school_code,
            application_id=respite.application_id,
            papers=list(command.papers),
            was=child.attendance.value,
            resumed_on=command.resumed_on,
        )
    ]


def running(child: Child) -> Respite | None:
    """The time away, while the child is where it allows it to be."""
    respite = granted(child, child.respite.kind) if child.respite else None
    return respite if respite and child.attendance is WORDS[respite.kind].status else None


def _running(child: Child, application_id: str) -> Respite | None:
    respite = running(child)
    return respite if respite and respite.application_id == application_id else None
