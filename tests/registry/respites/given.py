"""Applications, approvals and ends of an invented pupil's time away, what a test does not care about filled in."""

from datetime import date
from functools import partial

from services.registry.respites.applying import (
    ApplyForRespite,
    ApproveRespite,
    FileRespite,
    apply_for_respite,
    approve_respite,
)
from services.registry.respites.ending import ExpireRespite, ResumeStudent
from services.registry.respites.events import RespiteApplied, SuspensionApproved, SuspensionExpired
from services.registry.respites.kinds import RespiteKind
from services.registry.transitions.papers import Paper
from shared.calendar import shipped_calendar
from tests.registry.facts import CHILD, POLICY, SCHOOL, day

FIRST, SECOND, THIRD, LAST = day(0), day(1), day(2), day(180)
CALENDAR = shipped_calendar()
APPLICATION = Paper(kind="GUARDIAN_APPLICATION", reference="申请书1号")
ILLNESS = Paper(kind="MEDICAL_PROOF", reference="县医院病案页")
APPROVAL = Paper(kind="APPROVAL", reference="青石镇〔2026〕3号")
FITNESS = Paper(kind="FITNESS_CERTIFICATE", reference="康复证明1号")
applying = partial(apply_for_respite, POLICY.respite)
approving = partial(approve_respite, POLICY.respite, CALENDAR)


def ask(
    kind: RespiteKind = RespiteKind.SUSPENSION,
    *,
    from_on: date = FIRST,
    until: date = LAST,
    on: date = FIRST,
    id: str = "a1",
    papers: tuple[Paper, ...] = (APPLICATION, ILLNESS),
) -> ApplyForRespite:
    return ApplyForRespite(
        child_id=CHILD,
        application_id=id,
        kind=kind,
        from_on=from_on,
        until=until,
        applied_on=on,
        papers=papers,
    )


def approve(on: date = SECOND, *, id: str = "a1", papers: tuple[Paper, ...] = (APPROVAL,)) -> ApproveRespite:
    return ApproveRespite(child_id=CHILD, application_id=id, approved_on=on, papers=papers)


def file(number: str = "备〔2026〕1号", on: date = THIRD, *, id: str = "a1") -> FileRespite:
    return FileRespite(child_id=CHILD, application_id=id, filed_on=on, filing_number=number)


def resume(on: date, *, papers: tuple[Paper, ...] = (APPLICATION, FITNESS)) -> ResumeStudent:
    return ResumeStudent(child_id=CHILD, school_code=SCHOOL, resumed_on=on, papers=papers)


def applied(kind: RespiteKind = RespiteKind.SUSPENSION, until: int = 180) -> RespiteApplied:
    return RespiteApplied(
        child_id=CHILD,
        application_id="a1",
        kind=kind,
        renewal=False,
        from_on=day(0),
        until=day(until),
        particulars=None,
        papers=[APPLICATION, ILLNESS],
        applied_on=day(0),
        applied_by="school-1",
    )


def suspended(was: str = "IN_SCHOOL", until: int = 180, cycle: int = 0) -> SuspensionApproved:
    return SuspensionApproved(
        child_id=CHILD,
        school_code=SCHOOL,
        application_id="a1",
        renewal=False,
        from_on=day(0),
        until=day(until),
        remind_on=CALENDAR.working.add_working_days(day(until), -15),
        papers=[APPROVAL],
        was=was,
        cycle=cycle,
        approved_on=day(1),
        approved_by="u1",
        provisional=day(until).year > 2026,
    )


def expired(until: int = 180) -> SuspensionExpired:
    return SuspensionExpired(
        child_id=CHILD,
        school_code=SCHOOL,
        application_id="a1",
        until=day(until),
        absent_since=day(until + 1),
        expired_on=day(until + 1),
    )


EXPIRE = ExpireRespite(child_id=CHILD, application_id="a1")
