"""The first day at the receiving school, and the gap of a child that does not come. C-2, transition 22."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from services.registry.attendance.daily import enrolment_of
from services.registry.children.child import Child
from services.registry.children.ids import ChildId
from services.registry.children.refusals import ChildNotRegistered
from services.registry.children.statuses import AT_SCHOOL, Attendance
from services.registry.transfers.events import TransferArrived, TransferGapFound
from services.registry.transfers.refusals import ArrivalNeedsReturn, NothingToArriveAt
from services.registry.transfers.transfer import Direction
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore, DateInFuture

STILL_EXPECTED = AT_SCHOOL | {Attendance.RETURNED_PROBATION}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordArrival:
    NAME: ClassVar[str] = "registry.record-arrival"
    child_id: ChildId
    arrived_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckTransferGap:
    """Due when a child that left must have arrived; it does nothing when it has."""

    NAME: ClassVar[str] = "registry.check-transfer-gap"
    child_id: ChildId


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
