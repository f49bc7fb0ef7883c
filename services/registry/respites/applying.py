"""Application, decision and filing, each by other hands: commands and decisions. Rule 9-25."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from services.registry.attendance.daily import enrolment_of
from services.registry.children.child import Child
from services.registry.children.ids import ChildId
from services.registry.children.refusals import ChildNotRegistered
from services.registry.policy import RespitePolicy
from services.registry.respites.ending import granted, last_of
from services.registry.respites.events import (
    DeferralApproved,
    RespiteApplied,
    RespiteApproved,
    RespiteFiled,
    RespiteRefused,
    SuspensionApproved,
)
from services.registry.respites.kinds import WORDS, RespiteKind, Stage
from services.registry.respites.refusals import (
    ApplicationNotThere,
    ApplicationPending,
    ApplicationUnknown,
    RenewalNotAdjacent,
    RenewedTooOften,
    RespiteTooLong,
    SuspensionNotBegun,
)
from services.registry.respites.respite import Application
from services.registry.transfers.refusals import TransferUnderWay
from services.registry.transitions.guard import guard
from services.registry.transitions.papers import Papers
from shared.calendar import DueDay, SchoolCalendar
from shared.kernel.caller import same_person
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore, DateInFuture, SameHandNotAllowed


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyForRespite:
    """`until` is the last day away; `particulars` come sealed."""

    NAME: ClassVar[str] = "registry.apply-for-respite"
    child_id: ChildId
    application_id: str
    kind: RespiteKind
    from_on: date
    until: date
    applied_on: date
    papers: Papers
    particulars: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveRespite:
    NAME: ClassVar[str] = "registry.approve-respite"
    child_id: ChildId
    application_id: str
    approved_on: date
    papers: Papers


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseRespite:
    NAME: ClassVar[str] = "registry.refuse-respite"
    child_id: ChildId
    application_id: str
    refused_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRespite:
    NAME: ClassVar[str] = "registry.file-respite"
    child_id: ChildId
    application_id: str
    filed_on: date
    filing_number: str


def apply_for_respite(
    policy: RespitePolicy, child: Child, command: ApplyForRespite, context: Context
) -> list[RespiteApplied]:
    words = WORDS[command.kind]
    guard(words.application, child, ("applied_on", command.applied_on), command.papers, context)
    if any(each.kind is command.kind and each.stage is Stage.APPLIED for each in child.applications.values()):
        raise ApplicationPending(words.label)
    renewal = _check_place(policy, child, command)
    _check_length(policy, child, command)
    return [
        RespiteApplied(
            child_id=child.id,
            application_id=command.application_id,
            kind=command.kind,
            renewal=renewal,
            from_on=command.from_on,
            until=command.until,
            particulars=command.particulars,
            papers=list(command.papers),
            applied_on=command.applied_on,
            applied_by=context.actor,
        )
    ]


def approve_respite(
    policy: RespitePolicy, calendar: SchoolCalendar, child: Child, command: ApproveRespite, context: Context
) -> list[RespiteApproved]:
    """From now on the child is away by right: the approval is by another hand than the application's."""
    asked = _pending(child, command.application_id, "批准")
    papers = (*asked.papers, *command.papers)
    guard(WORDS[asked.kind].approval, child, ("approved_on", command.approved_on), papers, context)
    _check_after(asked, "approved_on", command.approved_on)
    if asked.until < context.today:
        raise DateBefore("until", "今天", "today", context.today)
    if same_person(asked.applied_by, context.actor):
        raise SameHandNotAllowed("登记申请", "批准")
    if asked.kind is RespiteKind.SUSPENSION and child.transfer and not child.transfer.over:
        raise TransferUnderWay(child.transfer.receiving_school_name)
    return [_approved(policy, calendar, child, asked, command, context.actor)]


def refuse_respite(child: Child, command: RefuseRespite, context: Context) -> list[RespiteRefused]:
    asked = _pending(child, command.application_id, "不予批准")
    _check_day(asked, "refused_on", command.refused_on, context)
    return [
        RespiteRefused(
            child_id=child.id,
            application_id=command.application_id,
            kind=asked.kind,
            reason=command.reason,
            refused_on=command.refused_on,
        )
    ]


def file_respite(child: Child, command: FileRespite, context: Context) -> list[RespiteFiled]:
    """The bureau's filing number. The same number again changes nothing."""
    approved = _application(child, command.application_id)
    if approved.filing_number == command.filing_number:
        return []
    if approved.stage is not Stage.APPROVED:
        raise ApplicationNotThere("备案", approved.stage)
    _check_day(approved, "filed_on", command.filed_on, context)
    if same_person(approved.approved_by, context.actor):
        raise SameHandNotAllowed("批准", "备案")
    return [
        RespiteFiled(
            child_id=child.id,
            application_id=command.application_id,
            kind=approved.kind,
            filing_number=command.filing_number,
            filed_on=command.filed_on,
        )
    ]


def _check_place(policy: RespitePolicy, child: Child, command: ApplyForRespite) -> bool:
    """Whether this follows a time that was granted, and if so, not too often, and without a gap while that lasts.

    Who asks anew when the last time is over, and was not taught in between, asks for one more renewal.
    """
    if command.kind is RespiteKind.SUSPENSION and command.from_on < (entered := enrolment_of(child).enrolled_on):
        raise DateBefore("from_on", "入学日期", "the enrolment", entered)
    before = last_of(child, command.kind)
    if before is None:
        return False
    words, allowed = WORDS[command.kind], policy.renewals[command.kind]
    if before.renewals >= allowed:
        raise RenewedTooOften(words.renewal, allowed)
    begins = before.until + timedelta(days=1)
    if command.from_on < begins or (granted(child, command.kind) and command.from_on > begins):
        raise RenewalNotAdjacent(words.renewal, begins)
    return True


def _check_length(policy: RespitePolicy, child: Child, command: ApplyForRespite) -> None:
    if command.from_on < child.birth_date:
        raise DateBefore("from_on", "出生日期", "the birth", child.birth_date)
    if command.until < command.from_on:
        raise DateBefore("until", "开始日期", "the beginning", command.from_on)
    days, longest = (command.until - command.from_on).days + 1, policy.longest_days
    if days > longest:
        raise RespiteTooLong(WORDS[command.kind].label, days, longest)


def reminder_day(policy: RespitePolicy, calendar: SchoolCalendar, until: date) -> DueDay:
    """Some working days before the end."""
    return calendar.due(until, calendar.working.add_working_days(until, -policy.remind_working_days_before))


def _approved(
    policy: RespitePolicy,
    calendar: SchoolCalendar,
    child: Child,
    asked: Application,
    command: ApproveRespite,
    actor: str,
) -> RespiteApproved:
    remind = reminder_day(policy, calendar, asked.until)
    if asked.kind is RespiteKind.DEFERRAL:
        return DeferralApproved(
            child_id=child.id,
            application_id=command.application_id,
            renewal=asked.renewal,
            from_on=asked.from_on,
            until=asked.until,
            remind_on=remind.day,
            provisional=remind.provisional,
            papers=list(command.papers),
            approved_on=command.approved_on,
            approved_by=actor,
            cycle=child.cycle,
        )
    if granted(child, asked.kind) is None and command.approved_on < asked.from_on:
        raise SuspensionNotBegun(asked.from_on)
    return SuspensionApproved(
        child_id=child.id,
        school_code=enrolment_of(child).school_code,
        application_id=command.application_id,
        renewal=asked.renewal,
        from_on=asked.from_on,
        until=asked.until,
        remind_on=remind.day,
        provisional=remind.provisional,
        papers=list(command.papers),
        was=child.attendance.value,
        cycle=child.cycle,
        approved_on=command.approved_on,
        approved_by=actor,
    )


def _application(child: Child, id_: str) -> Application:
    if not child.registered:
        raise ChildNotRegistered()
    if id_ not in child.applications:
        raise ApplicationUnknown()
    return child.applications[id_]


def _pending(child: Child, id_: str, label: str) -> Application:
    asked = _application(child, id_)
    if asked.stage is not Stage.APPLIED:
        raise ApplicationNotThere(label, asked.stage)
    return asked


def _check_day(asked: Application, field: str, day: date, context: Context) -> None:
    if day > context.today:
        raise DateInFuture(field)
    _check_after(asked, field, day)


def _check_after(asked: Application, field: str, day: date) -> None:
    if day < asked.last_on:
        raise DateBefore(field, "上一步办理日期", "the step before", asked.last_on)
