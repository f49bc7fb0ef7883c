"""The four parties' confirmations, a refusal, the arrival, and what falls due between. C-2, transition 22."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from services.registry.attendance.daily import enrolment_of
from services.registry.children.child import Child
from services.registry.children.ids import ChildId, SchoolCode
from services.registry.children.refusals import ChildNotRegistered
from services.registry.children.statuses import AT_SCHOOL, ENDED, Attendance, Registration
from services.registry.leaving.refusals import SchoolingEnded
from services.registry.policy import TransferPolicy
from services.registry.transfers.events import (
    TransferArrived,
    TransferCompleted,
    TransferConfirmed,
    TransferEnded,
    TransferGapFound,
    TransferOverdue,
    TransferredOut,
)
from services.registry.transfers.refusals import (
    ArrivalNeedsReturn,
    BureauConfirms,
    LastDayMissing,
    NothingToArriveAt,
    NoTransferUnderWay,
    ReceiptMissing,
    SuspendedNow,
)
from services.registry.transfers.transfer import (
    PARTY_LABELS,
    SCHOOLS_OF_THE_COUNTY,
    Direction,
    Ending,
    Party,
    Transfer,
)
from services.registry.transitions.papers import Paper
from services.registry.whereabouts.events import ElsewhereConfirmed
from shared.calendar import WorkingCalendar
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore, DateInFuture, SameHandNotAllowed

STILL_EXPECTED = AT_SCHOOL | {Attendance.RETURNED_PROBATION}
SCHOOL_ROLE = "school_admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmTransfer:
    """`receipt` is the national system's, `left_on` the last day at the sending school."""

    NAME: ClassVar[str] = "registry.confirm-transfer"
    child_id: ChildId
    confirmed_on: date
    receipt: str = ""
    left_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndTransfer:
    NAME: ClassVar[str] = "registry.end-transfer"
    child_id: ChildId
    ending: Ending
    reason: str
    ended_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordArrival:
    NAME: ClassVar[str] = "registry.record-arrival"
    child_id: ChildId
    arrived_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckTransferParty:
    """Due when a party's working days are over; it does nothing when the party has answered."""

    NAME: ClassVar[str] = "registry.check-transfer-party"
    child_id: ChildId


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckTransferGap:
    """Due when a child that left must have arrived; it does nothing when it has."""

    NAME: ClassVar[str] = "registry.check-transfer-gap"
    child_id: ChildId


def confirm_transfer(
    policy: TransferPolicy, calendar: WorkingCalendar, child: Child, command: ConfirmTransfer, context: Context
) -> Sequence[Any]:
    """The last party's confirmation completes the transfer."""
    transfer, party = _under_way(child)
    if child.attendance in ENDED:
        raise SchoolingEnded(child.attendance)
    if child.registration is Registration.SUSPENDED:
        raise SuspendedNow()
    _check_day(transfer, "confirmed_on", command.confirmed_on, context)
    _check_hand(transfer, party, command, context)
    left_on = _last_day(child, transfer, party, command, context)
    parties = list(Party)
    following = parties[parties.index(party) + 1 :]
    confirmed = TransferConfirmed(
        child_id=child.id,
        transfer_id=transfer.id,
        party=party,
        next_party=following[0] if following else "",
        respond_by=calendar.add_working_days(context.today, policy.party_working_days) if following else None,
        left_on=left_on,
        receipt=command.receipt,
        confirmed_on=command.confirmed_on,
        confirmed_by=context.actor,
    )
    return [confirmed] if following else [confirmed, *_completed(child, transfer, command, context)]


def end_transfer(child: Child, command: EndTransfer, context: Context) -> list[TransferEnded]:
    transfer, _ = _under_way(child)
    _check_day(transfer, "ended_on", command.ended_on, context)
    return [
        TransferEnded(
            child_id=child.id,
            transfer_id=transfer.id,
            ending=command.ending,
            reason=command.reason,
            ended_on=command.ended_on,
        )
    ]


def record_arrival(child: Child, command: RecordArrival, context: Context) -> list[TransferArrived]:
    """Said again, it changes nothing."""
    if not child.registered:
        raise ChildNotRegistered()
    transfer = child.transfer
    if transfer is None or transfer.completed_on is None or transfer.direction is Direction.OUT:
        raise NothingToArriveAt()
    if transfer.arrived_on is not None:
        return []
    if child.is_away:
        raise ArrivalNeedsReturn()
    if command.arrived_on > context.today:
        raise DateInFuture("arrived_on")
    if transfer.left_on and command.arrived_on < transfer.left_on:
        raise DateBefore("arrived_on", "最后在原校日期", "the last day at the former school", transfer.left_on)
    return [
        TransferArrived(
            child_id=child.id,
            transfer_id=transfer.id,
            school_code=enrolment_of(child).school_code,
            arrived_on=command.arrived_on,
        )
    ]


def check_party(child: Child, _: CheckTransferParty, context: Context) -> list[TransferOverdue]:
    transfer = child.transfer
    if transfer is None or transfer.turn is None or transfer.respond_by is None or child.attendance in ENDED:
        return []
    if context.today <= transfer.respond_by:
        return []
    return [
        TransferOverdue(
            child_id=child.id,
            transfer_id=transfer.id,
            party=transfer.turn,
            respond_by=transfer.respond_by,
            overdue_on=context.today,
        )
    ]


def check_gap(child: Child, _: CheckTransferGap, context: Context) -> list[TransferGapFound]:
    """Of a child that is absent, suspected or gone already, the gap says nothing new."""
    transfer = child.transfer
    if transfer is None or child.attendance not in STILL_EXPECTED or (since := transfer.gone_since) is None:
        return []
    return [
        TransferGapFound(
            child_id=child.id,
            transfer_id=transfer.id,
            absent_since=since + timedelta(days=1),
            found_on=context.today,
        )
    ]


def _under_way(child: Child) -> tuple[Transfer, Party]:
    if not child.registered:
        raise ChildNotRegistered()
    if child.transfer is None or child.transfer.turn is None:
        raise NoTransferUnderWay()
    return child.transfer, child.transfer.turn


def _check_day(transfer: Transfer, field: str, day: date, context: Context) -> None:
    if day > context.today:
        raise DateInFuture(field)
    if day < transfer.last_on:
        raise DateBefore(field, "上一步办理日期", "the step before", transfer.last_on)


def _check_hand(transfer: Transfer, party: Party, command: ConfirmTransfer, context: Context) -> None:
    """Schools of the county confirm for themselves; every other step is the county's, by another hand."""
    schools = SCHOOLS_OF_THE_COUNTY[transfer.direction]
    if party in schools:
        return
    if context.caller.role == SCHOOL_ROLE:
        raise BureauConfirms(PARTY_LABELS[party])
    if not command.receipt:
        raise ReceiptMissing(PARTY_LABELS[party])
    if context.actor in {hand for each, hand in transfer.hands.items() if each in schools}:
        raise SameHandNotAllowed("学校核办", "教育局核办")


def _last_day(
    child: Child, transfer: Transfer, party: Party, command: ConfirmTransfer, context: Context
) -> date | None:
    if party is not Party.SENDING_SCHOOL:
        return None
    day = command.left_on
    if day is None:
        if transfer.direction is Direction.IN:
            return None
        raise LastDayMissing()
    if day > context.today:
        raise DateInFuture("left_on")
    if child.enrolment and day < child.enrolment.enrolled_on:
        raise DateBefore("left_on", "入学日期", "the enrolment", child.enrolment.enrolled_on)
    return day


def _completed(child: Child, transfer: Transfer, command: ConfirmTransfer, context: Context) -> Sequence[Any]:
    enrolment = child.enrolment
    former_code = enrolment.school_code if enrolment else SchoolCode("")
    former_name = enrolment.school_name if enrolment else ""
    to = transfer.destination
    if to is None:
        return [
            TransferCompleted(
                child_id=child.id,
                transfer_id=transfer.id,
                receiving_school_code=transfer.receiving_school_code,
                receiving_school_name=transfer.receiving_school_name,
                former_school_code=former_code,
                former_school_name=former_name,
                grade=transfer.grade,
                moved_on=command.confirmed_on,
            )
        ]
    return [
        TransferredOut(
            child_id=child.id,
            transfer_id=transfer.id,
            former_school_code=former_code,
            former_school_name=former_name,
            moved_on=command.confirmed_on,
        ),
        ElsewhereConfirmed(
            child_id=child.id,
            province=to.province,
            city=to.city,
            county=to.county,
            school_name=to.school_name,
            grade=to.grade,
            out_of_province=to.out_of_province,
            verifier=context.caller.name or context.actor,
            papers=[Paper(kind="SYSTEM_RECEIPT", reference=command.receipt)],
            confirmed_on=command.confirmed_on,
            cycle=child.cycle,
        ),
    ]
