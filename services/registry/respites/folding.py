"""What time away by right makes of a child."""

from dataclasses import replace
from datetime import timedelta
from typing import assert_never

from services.registry.attendance.spells import NO_SPELL, missed_from
from services.registry.children.child import Child
from services.registry.children.statuses import Attendance, Registration
from services.registry.entering.folding import awaited
from services.registry.respites.events import (
    DeferralApproved,
    DeferralExpired,
    RespiteApplied,
    RespiteApproved,
    RespiteEndsSoon,
    RespiteEvent,
    RespiteFiled,
    RespiteRefused,
    StudentResumed,
    SuspensionApproved,
    SuspensionExpired,
)
from services.registry.respites.kinds import RespiteKind, Stage
from services.registry.respites.respite import Application, Respite


def evolve_respite(child: Child, event: RespiteEvent) -> Child:
    match event:
        case RespiteApplied():
            return _with(child, event.application_id, _application(event))
        case RespiteRefused():
            return _step(child, event.application_id, stage=Stage.REFUSED, last_on=event.refused_on)
        case DeferralApproved():
            deferred = replace(_grant(child, event, RespiteKind.DEFERRAL), attendance=Attendance.DEFERRED)
            return replace(deferred, spell=NO_SPELL)
        case SuspensionApproved():
            return _suspend(_grant(child, event, RespiteKind.SUSPENSION), event)
        case RespiteFiled():
            filed = {"stage": Stage.FILED, "filing_number": event.filing_number, "last_on": event.filed_on}
            return _step(child, event.application_id, **filed)
        case RespiteEndsSoon():
            return replace(child, respite=replace(child.respite, remind_on=None) if child.respite else None)
        case DeferralExpired(until=day):
            return awaited(replace(child, attendance=Attendance.NEVER_ENROLLED), day + timedelta(days=1))
        case SuspensionExpired(absent_since=since):
            missed = replace(child, spell=missed_from(since), settled_on=event.until)
            return replace(missed, attendance=Attendance.ABSENT_UNEXCUSED)
        case StudentResumed():
            return _resume(child, event)
        case _:
            assert_never(event)


def _application(event: RespiteApplied) -> Application:
    return Application(
        kind=event.kind,
        from_on=event.from_on,
        until=event.until,
        renewal=event.renewal,
        papers=tuple(event.papers),
        stage=Stage.APPLIED,
        last_on=event.applied_on,
        applied_by=event.applied_by,
    )


def _with(child: Child, id_: str, application: Application) -> Child:
    return replace(child, applications={**child.applications, id_: application})


def _step(child: Child, id_: str, **changes: object) -> Child:
    return _with(child, id_, replace(child.applications[id_], **changes))  # type: ignore[arg-type]


def _grant(child: Child, event: RespiteApproved, kind: RespiteKind) -> Child:
    before = child.respite if event.renewal else None
    goes_on = before is not None and event.from_on == before.until + timedelta(days=1)
    respite = Respite(
        application_id=event.application_id,
        kind=kind,
        since=before.since if before and goes_on else event.from_on,
        until=event.until,
        renewals=before.renewals + 1 if before else 0,
        remind_on=event.remind_on,
        provisional=event.provisional,
    )
    decided = _step(
        child,
        event.application_id,
        stage=Stage.APPROVED,
        approved_by=event.approved_by,
        last_on=event.approved_on,
    )
    return replace(decided, respite=respite)


def _suspend(child: Child, event: SuspensionApproved) -> Child:
    """The spell is over, and so is probation; what the attendance book says of the days before is old news."""
    return replace(
        child,
        attendance=Attendance.ON_APPROVED_LEAVE,
        registration=Registration.SUSPENDED,
        spell=NO_SPELL,
        settled_on=max(child.settled_on, event.approved_on),
        returned_on=None,
        steady_since=None,
    )


def _resume(child: Child, event: StudentResumed) -> Child:
    enrolment = child.enrolment
    return replace(
        child,
        attendance=child.in_class,
        registration=enrolment.student_number_kind.registration if enrolment else child.registration,
        spell=NO_SPELL,
        settled_on=event.resumed_on,
        respite=None,
    )
