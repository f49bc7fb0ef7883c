"""Asking for a transfer, and reporting a school that drives a child out. State machine C-2, transition 22."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.attendance.daily import enrolment_of
from services.registry.children.child import Child
from services.registry.children.ids import ChildId, SchoolCode
from services.registry.children.statuses import Registration
from services.registry.policy import TransferPolicy
from services.registry.schools.schools import School, name_for_grade
from services.registry.transfers.events import PushOutReported, TransferRequested
from services.registry.transfers.refusals import (
    AlreadyThere,
    SchoolDriven,
    SuspendedNow,
    TransferUnderWay,
)
from services.registry.transfers.steps import party_day
from services.registry.transfers.transfer import Destination, Direction, Initiator
from services.registry.transitions.guard import guard
from services.registry.transitions.papers import Papers
from shared.calendar import SchoolCalendar
from shared.identifiers.text import compact
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore, DateInFuture


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestTransfer:
    """A school of the county asks for a child, of another school here or from outside."""

    NAME: ClassVar[str] = "registry.request-transfer"
    child_id: ChildId
    transfer_id: str
    receiving_school_code: SchoolCode
    grade: int
    reason: str
    initiated_by: Initiator
    requested_on: date
    papers: Papers
    attending_since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestTransferOut:
    """A school outside the county has asked for the child."""

    NAME: ClassVar[str] = "registry.request-transfer-out"
    child_id: ChildId
    transfer_id: str
    destination: Destination
    reason: str
    initiated_by: Initiator
    requested_on: date
    papers: Papers


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPushOut:
    NAME: ClassVar[str] = "registry.report-push-out"
    child_id: ChildId
    what: str
    reported_by: str
    reported_on: date


def request_transfer(
    policy: TransferPolicy,
    receiving: School,
    calendar: SchoolCalendar,
    child: Child,
    command: RequestTransfer,
    context: Context,
) -> list[TransferRequested]:
    _check(policy, child, command, context)
    name = name_for_grade(receiving, command.grade, context.today)
    if child.enrolment and child.enrolment.school_code == receiving.code:
        raise AlreadyThere()
    if command.attending_since and command.attending_since > context.today:
        raise DateInFuture("attending_since")
    due = party_day(policy, calendar, context.today)
    return [
        TransferRequested(
            child_id=child.id,
            transfer_id=command.transfer_id,
            direction=Direction.WITHIN if child.enrolment else Direction.IN,
            sending_school_code=child.enrolment.school_code if child.enrolment else SchoolCode(""),
            sending_school_name=child.enrolment.school_name if child.enrolment else "",
            receiving_school_code=receiving.code,
            receiving_school_name=name,
            destination=None,
            grade=command.grade,
            reason=command.reason,
            attending_since=command.attending_since,
            papers=list(command.papers),
            respond_by=due.day,
            counts_from=context.today,
            provisional=due.provisional,
            requested_on=command.requested_on,
            requested_by=context.actor,
            child_name=child.identity.name,
            receiving_division=receiving.division,
        )
    ]


def request_transfer_out(
    policy: TransferPolicy, calendar: SchoolCalendar, child: Child, command: RequestTransferOut, context: Context
) -> list[TransferRequested]:
    _check(policy, child, command, context)
    enrolment, to = enrolment_of(child), command.destination
    due = party_day(policy, calendar, context.today)
    return [
        TransferRequested(
            child_id=child.id,
            transfer_id=command.transfer_id,
            direction=Direction.OUT,
            sending_school_code=enrolment.school_code,
            sending_school_name=enrolment.school_name,
            receiving_school_code=SchoolCode(""),
            receiving_school_name=f"{to.province}{to.city}{to.county}{to.school_name}",
            destination=to,
            grade=to.grade,
            reason=command.reason,
            attending_since=None,
            papers=list(command.papers),
            respond_by=due.day,
            counts_from=context.today,
            provisional=due.provisional,
            requested_on=command.requested_on,
            requested_by=context.actor,
        )
    ]


def report_push_out(child: Child, command: ReportPushOut, context: Context) -> list[PushOutReported]:
    enrolment = enrolment_of(child)
    if command.reported_on > context.today:
        raise DateInFuture("reported_on")
    return [
        PushOutReported(
            child_id=child.id,
            school_code=enrolment.school_code,
            what=command.what,
            reported_by=command.reported_by,
            reported_on=command.reported_on,
            absent_since=None,
        )
    ]


def _check(
    policy: TransferPolicy, child: Child, command: RequestTransfer | RequestTransferOut, context: Context
) -> None:
    """Raises what stands against any transfer. The words of a push-out are looked for even under a guardian's name."""
    reason = compact(command.reason)
    said_so = any(word in reason for word in policy.push_out_words)
    if command.initiated_by is Initiator.SCHOOL or said_so:
        raise SchoolDriven()
    guard("TRANSFER", child, ("requested_on", command.requested_on), command.papers, context)
    if child.registration is Registration.SUSPENDED:
        raise SuspendedNow()
    if child.transfer and not child.transfer.over:
        raise TransferUnderWay(child.transfer.receiving_school_name)
    if child.enrolment and command.requested_on < child.enrolment.enrolled_on:
        raise DateBefore("requested_on", "入学日期", "the enrolment", child.enrolment.enrolled_on)
